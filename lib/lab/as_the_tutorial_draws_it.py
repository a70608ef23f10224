"""The map that a popular recipe gives, beside the honest one, with the differences named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..charts import Heatmap
from ..course import Columns, Exhibit, Fact, Value, fill
from ..notebook.mapping import cell_texts, painted
from ..stats import Correlations, correlate
from .columns import categories, everything, listed, numbers
from .instrument import Instrument, Remark, table_of
from .mapping import kept, measured_map, with_days
from .opening import opened
from .options import ADJUSTMENTS, LEVELS, adjust_choice, level_choice

if TYPE_CHECKING:
    from ..tables import Sheet

_MOST_NUMBERS = 60
_MOST_BESIDE = 6  # columns of maps that stand side by side with their numbers
_ROUNDING = 1e-12  # of an r that is 0
_TRUTH = {"true": 1.0, "false": 0.0}


class AsTheTutorialDrawsIt(Instrument):
    """`sns.heatmap(df.corr(numeric_only=True), annot=True)`, and what it leaves unsaid."""

    title = "As the tutorial draws it"
    question = "What would the popular recipe show of this table, and what would it hide?"
    lesson = ("five_steps", "colour")
    example = "highway"

    columns = Columns("Columns of the honest map", everything, default=())
    adjust = adjust_choice()
    level = level_choice()

    findings = (
        Remark(
            "The colours run from {recipe_low:.2f} to {recipe_high:.2f}, the least and the "
            "largest number on the map. On another table the same colour means another r.",
            when=lambda s: s["recipe_low"] > -1,
            holds=lambda s: -1 <= s["recipe_low"] <= s["recipe_high"] <= 1,
        ),
        Remark(
            "Zero is not in the middle. The middle of the colours stands for {middle:.2f}.",
            when=lambda s: abs(s["middle"]) >= 0.05,
            holds=lambda s: abs(s["recipe_low"] + s["recipe_high"]) >= 0.1,
        ),
        Remark(
            "The colours go from dark to light in one way, so no colour tells minus from plus. "
            "{negative_count:,} {negative_count:pair has|pairs have} a negative r.",
            when=lambda s: s["negative_count"] > 0,
            holds=lambda s: s["negative_count"] <= s["recipe_pairs"],
        ),
        Remark(
            "{lost_names} {lost_count:is|are} not on it: `numeric_only=True` leaves out words "
            "and dates. The honest map has a measure for them.",
            when=lambda s: s["lost_count"] > 0,
            holds=lambda s: bool(s["lost_names"]),
        ),
        Remark(
            "{identifier_names} {identifier_count:is|are} on it, because "
            "{identifier_count:it looks like a number|they look like numbers}. An identifier "
            "measures nothing.",
            when=lambda s: s["identifier_count"] > 0,
            holds=lambda s: bool(s["identifier_names"]),
        ),
        Remark(
            "{coded_names} {coded_count:is|are} on it as {coded_count:a number|numbers}. r of "
            "codes depends on how the categories were numbered.",
            when=lambda s: s["coded_count"] > 0,
            holds=lambda s: bool(s["coded_names"]),
        ),
        Remark(
            "It has {recipe_cells:,} cells for {recipe_pairs:,} {recipe_pairs:pair|pairs}. Each "
            "pair is there twice, and on the diagonal a column meets itself.",
            when=lambda s: s["recipe_pairs"] > 0,
            holds=lambda s: s["recipe_cells"] == 2 * s["recipe_pairs"] + s["recipe_columns"],
        ),
        Remark(
            "It does not say over how many rows. Here it is from {recipe_fewest:,} to "
            "{recipe_most:,}.",
            when=lambda s: s["recipe_fewest"] < s["recipe_most"],
            holds=lambda s: s["recipe_fewest"] < s["recipe_most"],
        ),
        Remark(
            "It does not say over how many rows: {recipe_most:,} for every pair.",
            when=lambda s: s["recipe_fewest"] == s["recipe_most"],
            holds=lambda s: s["recipe_fewest"] == s["recipe_most"],
        ),
        Remark(
            "Nothing marks what may be chance. {chance_count:,} of {recipe_pairs:,} "
            "{recipe_pairs:pair|pairs} {chance_count:is|are} not significant at {level} "
            "(correction: {adjust}).",
            when=lambda s: s["chance_count"] > 0,
            holds=lambda s: s["chance_count"] <= s["recipe_pairs"],
        ),
        Remark(
            "{blank_names} {blank_count:does|do} not vary, and their cells are blank without a "
            "word.",
            when=lambda s: s["blank_count"] > 0,
            holds=lambda s: bool(s["blank_names"]),
        ),
        Remark(
            "It has numbers for {recipe_columns:,} columns in each cell, which no screen can show.",
            when=lambda s: s["recipe_columns"] > _MOST_NUMBERS,
            holds=lambda s: s["recipe_cells"] > _MOST_NUMBERS**2,
        ),
    )

    def fits(self, sheet: Sheet) -> str:
        if len(as_pandas_reads(sheet).columns) < 2 or len(sheet.frame) < 3:
            return (
                "The recipe needs two columns of numbers and three rows: here it would draw an "
                "empty map. The association map takes categories as well."
            )
        if table_of(sheet).shape[1] < 2:
            return "The honest map needs two columns. Change the kind of a column."
        return ""

    def givens(self, sheet: Sheet, **_: Any) -> Mapping[str, Value]:
        recipe = everything(as_pandas_reads(sheet))
        own = numbers(table_of(sheet))
        truths = [name for name in recipe if name not in own and _is_truth(sheet.frame[name])]
        return {
            "recipe_names": tuple(recipe),
            "read_as_numbers": tuple(n for n in recipe if n not in own and n not in truths),
            "read_as_truths": tuple(truths),
            "lost": tuple(n for n in everything(table_of(sheet)) if n not in recipe),
            "identifiers": tuple(n for n in sheet.of_kind("identifier") if n in recipe),
            "coded": tuple(
                n for n in categories(table_of(sheet)) if n in recipe and n not in truths
            ),
        }

    def measure(self, sheet: Sheet, *, columns: Sequence[str], adjust: str, level: str) -> Exhibit:
        recipe = as_pandas_reads(sheet)
        plain = correlate(recipe, adjust=ADJUSTMENTS[adjust])
        table = with_days(sheet.frame[kept(sheet.frame[list(columns)])])
        honest = measured_map(table, None, ADJUSTMENTS[adjust])
        facts = _facts(plain, recipe, self.givens(sheet), LEVELS[level])
        figures = (
            Heatmap(
                recipe.corr(),
                None,
                colours="rocket",
                decimals=2 if len(plain.r) <= _MOST_NUMBERS else None,
                title="As the tutorial draws it",
            ),
            painted(
                honest,
                half="lower half",
                texts=cell_texts(honest, "value", None),
                faded=~(honest.p_adjusted < LEVELS[level]),
                title="The same table",
            ),
        )
        return Exhibit(
            facts=facts,
            table=plain.pairs().rename(columns={"r": "value"}),
            description=fill(
                "First the recipe's map of {recipe_columns} columns, its colours from "
                "{recipe_low:.2f} to {recipe_high:.2f}. Then the map by kind: each pair once, "
                "what is not significant is pale.",
                facts,
            ),
            readings={
                "columns on the recipe's map": "{recipe_columns:,}",
                "columns it loses": "{lost_count:,}",
                "its colours": "{recipe_low:.2f} to {recipe_high:.2f}",
                "not significant": "{chance_count:,} of {recipe_pairs:,}",
            },
            figures=figures,
            across=2 if max(recipe.shape[1], len(honest.value)) <= _MOST_BESIDE else 1,
            behind=(
                opened(recipe, _as_map(recipe, adjust), corrected=adjust != "none"),
                opened(sheet.frame, honest, corrected=adjust != "none"),
            ),
        )


def _as_map(recipe: pd.DataFrame, adjust: str) -> Any:
    return measured_map(recipe, "pearson", ADJUSTMENTS[adjust])


def as_pandas_reads(sheet: Sheet) -> pd.DataFrame:
    """The columns that plain pandas takes for numbers: codes and numeric identifiers too."""
    read = {}
    for column in sheet.columns:
        values = sheet.frame[column.name]
        if column.kind == "number":
            read[column.name] = values.astype(float)
        elif column.kind in ("identifier", "category", "ordered"):
            texts = values.astype(object)
            found = texts.map(_TRUTH) if _is_truth(values) else _as_numbers(texts)
            if found is not None:
                read[column.name] = found.astype(float)
    return pd.DataFrame(read, index=sheet.frame.index)


def _is_truth(values: pd.Series[Any]) -> bool:
    distinct = set(values.dropna().unique())
    return bool(distinct) and distinct <= set(_TRUTH)


def _as_numbers(texts: pd.Series[Any]) -> pd.Series[Any] | None:
    found = pd.to_numeric(texts, errors="coerce")
    is_read = found.notna().any() and bool((found.notna() == texts.notna()).all())
    return found if is_read and np.isfinite(found.dropna()).all() else None


def _facts(
    plain: Correlations, recipe: pd.DataFrame, givens: Mapping[str, Any], level: float
) -> dict[str, Fact]:
    pairs, r = plain.pairs(), recipe.corr().to_numpy()
    blank = [name for name in everything(recipe) if recipe[name].nunique() < 2]
    low, high = (
        (float(end) for end in (np.nanmin(r), np.nanmax(r)))
        if (~np.isnan(r)).any()
        else (
            0.0,
            0.0,
        )
    )
    return {
        "recipe_columns": len(r),
        "recipe_cells": r.size,
        "recipe_pairs": len(pairs),
        "recipe_low": low,
        "recipe_high": high,
        "middle": (low + high) / 2,
        "negative_count": int((pairs["r"] < -_ROUNDING).sum()),
        "lost_count": len(givens["lost"]),
        "lost_names": listed(givens["lost"]),
        "identifier_count": len(givens["identifiers"]),
        "identifier_names": listed(givens["identifiers"]),
        "coded_count": len(givens["coded"]),
        "coded_names": listed(givens["coded"]),
        "recipe_fewest": int(pairs["n"].min()),
        "recipe_most": int(pairs["n"].max()),
        "chance_count": int((pairs["p_adjusted"] >= level).sum()),
        "blank_count": len(blank),
        "blank_names": listed(blank),
    }
