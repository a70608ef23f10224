"""Two columns of categories: what goes with what, how strongly, and whether it lasts in strata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from ..charts import Bars, Chart, Heatmap
from ..course import Choice, Exhibit, Fact, Value, fill
from ..stats import adjusted_residuals, associate_categories, stratified_odds_ratio
from .chance import chance_information
from .columns import (
    NONE,
    categories,
    categories_or_none,
    count_column,
    crossed,
    numbers,
    numbers_or_none,
)
from .instrument import Instrument, Remark, table_of

if TYPE_CHECKING:
    from ..stats import StratifiedOddsRatio
    from ..tables import Sheet

SHOWN = (
    "adjusted residuals",
    "counts",
    "shares of each row",
    "shares of each column",
    "shares of all",
)
MISSING_WORDS = ("na", "n/a", "nan", "none", "null", "missing", "unknown", "?", "-", ".")
"""How tables write that a value is not there, in small letters."""

_MOST_LEVELS = 30
_MOST_ROWS = 2_000_000
_EXPECTED = 5
_MANY = 3
_SOME = 0.05
_LEFT = 1 / 3


def others_first(table: pd.DataFrame) -> list[str]:
    """The columns of categories, the first of them last: a second choice begins elsewhere."""
    names = categories(table)
    return [*names[1:], *names[:1]]


def counted_first(table: pd.DataFrame) -> list[str]:
    """None and the columns of numbers; a column that looks like counts first, if it can be used."""
    options, name = numbers_or_none(table), count_column(table)
    if not name or _no_counts(table[name], name):
        return options
    return [name, *(option for option in options if option != name)]


class TwoCategories(Instrument):
    """A contingency table with its residuals, V, U in both directions, and strata."""

    title = "Two categories"
    question = "Which levels of two columns go together, and does it last within a third?"
    lesson = ("categorical", "residuals")
    example = "titanic"
    foremost = ("x", "y")

    x = Choice("Rows", categories, default="")
    y = Choice("Columns", others_first, default="")
    strata = Choice("Within", categories_or_none, default=NONE)
    counted = Choice("A row of the table counts", counted_first, default="")
    show = Choice("Show", SHOWN, default="adjusted residuals")

    findings = (
        Remark(
            "V = {v:.2f}, corrected for what chance gives to {x_levels} by {y_levels} levels. "
            "The 95 % interval is {v_low:.2f} to {v_high:.2f}; {p:p}, from {n:,} rows.",
            when=lambda s: s["n"] > 0,
            holds=lambda s: s["v_low"] <= s["v_high"],
        ),
        Remark(
            "To know {x} takes away {u_y:.0%} of what is uncertain about {y}. To know {y} takes "
            "away {u_x:.0%} of what is uncertain about {x}. Were they independent, chance alone "
            "would make that {chance_y:.0%} and {chance_x:.0%}.",
            when=lambda s: s["n"] > 0,
            holds=lambda s: (
                all(0 <= s[share] <= 1 for share in ("u_x", "u_y"))
                and all(0 <= s[share] <= 1 for share in ("chance_x", "chance_y"))
            ),
        ),
        Remark(
            "Each row of the table counts as {counted} says: {n:,} in all, from {row_count:,} rows "
            "of the table.",
            when=lambda s: s["counted"] != NONE and s["n"] > 0,
            holds=lambda s: s["counted"] != NONE,
        ),
        Remark(
            "Farthest from what independence expects are the rows with {far_row} and {far_column}: "
            "there are more, {far_residual:.1f} standard errors.",
            when=lambda s: s["far_residual"] > 2,
            holds=lambda s: s["far_residual"] > 0,
        ),
        Remark(
            "Farthest from what independence expects are the rows with {far_row} and {far_column}: "
            "there are fewer, {far_residual:.1f} standard errors.",
            when=lambda s: s["far_residual"] < -2,
            holds=lambda s: s["far_residual"] < 0,
        ),
        Remark(
            "No cell is two standard errors from what independence expects.",
            when=lambda s: abs(s["far_residual"]) <= 2,
            holds=lambda s: abs(s["far_residual"]) <= 2,
        ),
        Remark(
            "The odds ratio within {strata} is {pooled:.2f}, 95 % interval {pooled_low:.2f} to "
            "{pooled_high:.2f}. All rows together give {crude:.2f}. It compares the {comparison}.",
            when=lambda s: s["pooled_low"] == s["pooled_low"],
            holds=lambda s: s["pooled_low"] <= s["pooled"] <= s["pooled_high"],
        ),
        Remark(
            "{strata} is set aside: odds are compared within it where {x} and {y} have two levels "
            "each. Merge levels first.",
            when=lambda s: (
                s["strata"] != NONE and s["n"] > 0 and not s["x_levels"] == s["y_levels"] == 2
            ),
            holds=lambda s: max(s["x_levels"], s["y_levels"]) > 2,
        ),
    )
    bewares = (
        Remark(
            "Each row is another combination of categories, and {looks_like_counts} is a whole "
            "number: this looks like a table of counts. As it stands, a combination that came "
            "often weighs no more than a rare one. Let a row of the table count as "
            "{looks_like_counts} says.",
            when=lambda s: bool(s["looks_like_counts"]) and s["n"] > 0,
            holds=lambda s: s["counted"] == NONE and s["n"] <= s["row_count"],
        ),
        Remark(
            "In {few_cells} of {cells} cells, independence expects fewer than five rows, in one of "
            "them {smallest_expected:.2g}. There p and residuals are rough: merge rare levels.",
            when=lambda s: s["few_cells"] > 0,
            holds=lambda s: s["smallest_expected"] < _EXPECTED,
        ),
        Remark(
            "{identifier} has {identifier_levels:,} levels in {n:,} rows, fewer than three rows a "
            "level. A column that nearly names the rows seems to tell any other, and will tell "
            "little of new rows.",
            when=lambda s: bool(s["identifier"]),
            holds=lambda s: _MANY * s["identifier_levels"] > s["n"],
        ),
        Remark(
            "Within {strata} it turns round. All rows together give an odds ratio of {crude:.2f}; "
            "like compared with like, it is {pooled:.2f}, 95 % interval {pooled_low:.2f} to "
            "{pooled_high:.2f}. {x} and {y} both go with {strata}.",
            when=lambda s: s["p"] < _SOME and _turns(s),
            holds=lambda s: s["pooled_high"] < 1 < s["crude"] or s["crude"] < 1 < s["pooled_low"],
        ),
        Remark(
            "Within {strata} most of it goes: an odds ratio of {crude:.2f} becomes {pooled:.2f}, "
            "95 % interval {pooled_low:.2f} to {pooled_high:.2f}.",
            when=lambda s: s["p"] < _SOME and _fades(s),
            holds=lambda s: not _turns(s) and _left(s) <= _LEFT,
        ),
        Remark(
            "The strata of {strata} differ, {homogeneity_p:p}: one pooled ratio averages what is "
            "not the same. Look at each.",
            when=lambda s: s["homogeneity_p"] < _SOME,
            holds=lambda s: s["homogeneity_p"] < _SOME,
        ),
        Remark(
            "{na_level} is a level of {na_column}, in {na_count:,} {na_count:row|rows}. If it "
            "means that the value is missing, say so: here it is counted as a category.",
            when=lambda s: bool(s["na_level"]),
            holds=lambda s: s["na_count"] > 0,
        ),
        Remark(
            "The map shows the {drawn} most frequent levels. V, U and p are those of all.",
            when=lambda s: max(s["x_levels"], s["y_levels"]) > _MOST_LEVELS,
            holds=lambda s: s["drawn"] == _MOST_LEVELS,
        ),
    )

    def fits(self, sheet: Sheet) -> str:
        if len(categories(table_of(sheet))) < 2:
            return (
                "This needs two columns of categories. Change the kind of a column, or cut "
                "numbers into classes."
            )
        return ""

    def givens(self, sheet: Sheet, **_: Any) -> Mapping[str, Value]:
        words = crossed(table_of(sheet))
        return {
            "crossed": tuple(words),
            "beside": numbers(table_of(sheet))[0] if words else "",
        }

    def measure(
        self, sheet: Sheet, *, x: str, y: str, strata: str, counted: str, show: str
    ) -> Exhibit:
        if len({x, y, strata}) < 3:
            return _stopped("One column is chosen twice. Choose different ones.")
        if counted != NONE and (reason := _no_counts(sheet.frame[counted], counted)):
            return _stopped(reason)
        rows = _rows(sheet.frame, x, y, strata, counted)
        counts = pd.crosstab(rows[x], rows[y])
        if min(counts.shape) < 2:
            still = x if len(counts) < 2 else y
            return _stopped(f"{still} has one level in the rows that have both. Choose another.")
        compared = _within(rows, x, y, strata) if counts.shape == (2, 2) else None
        residuals = adjusted_residuals(rows[x], rows[y])
        facts = {
            **_strength(rows, counts, x, y),
            **_farthest(residuals),
            **_odds(compared),
            **_table_facts(sheet, counted),
            **_names(rows, [x, y, *([strata] if strata != NONE else [])]),
        }
        figures = [_map(counts, residuals, show)]
        return Exhibit(
            facts=facts,
            table=_shown(counts, residuals, show)[0].rename_axis(columns=None),
            description=_described(facts, x, y, show),
            readings=READINGS | (STRATIFIED if compared else {}),
            figures=figures if compared is None else [*figures, _strata_bars(compared, facts)],
        )


READINGS = {
    "V, corrected": "{v:.2f}",
    "95 % interval": "{v_low:.2f} to {v_high:.2f}",
    "of independence": "{p:p}",
}
STRATIFIED = {"odds ratio, crude and within": "{crude:.2f}, {pooled:.2f}"}


def _turns(state: Mapping[str, Any]) -> bool:
    """Whether the pooled ratio lies on the other side of 1, with all of its interval."""
    crude, low, high = state["crude"], state["pooled_low"], state["pooled_high"]
    return bool(high < 1 < crude or crude < 1 < low)


def _fades(state: Mapping[str, Any]) -> bool:
    """Whether the pooled ratio is much nearer to 1, or beyond it by no more than chance."""
    return not _turns(state) and _left(state) <= _LEFT


def _left(state: Mapping[str, Any]) -> float:
    """What is left of the crude ratio within strata, as a share of its logarithm."""
    crude, pooled = state["crude"], state["pooled"]
    if not (0 < crude < np.inf and 0 < pooled < np.inf) or crude == 1:
        return np.nan
    return float(np.log(pooled) / np.log(crude))


def _stopped(reason: str) -> Exhibit:
    counts = (
        *("n", "row_count", "x_levels", "y_levels", "few_cells", "cells", "na_count"),
        "identifier_levels",
    )
    numbers = ("v", "v_low", "v_high", "p", "far_residual", "homogeneity_p", "crude", "pooled")
    return Exhibit(
        facts={
            **dict.fromkeys(counts, 0),
            **dict.fromkeys(numbers, np.nan),
            **dict.fromkeys(("identifier", "na_level", "na_column", "looks_like_counts"), ""),
            **dict.fromkeys(("pooled_low", "pooled_high"), np.nan),
        },
        table=pd.DataFrame({"reason": [reason]}),
        description=f"There is no figure. {reason}",
        readings={"rows": "{n}"},
        stopped=reason,
    )


def _no_counts(column: pd.Series[Any], name: str) -> str:
    """Why a column cannot say how many rows each row stands for; "" if it can."""
    values = column.to_numpy(float, na_value=0.0)
    if (values < 0).any() or (values % 1 != 0).any():
        return f"{name} does not count rows: counts are whole numbers from 0 upwards."
    if values.sum() > _MOST_ROWS:
        return f"{name} adds up to more than {_MOST_ROWS:,} rows, too many to repeat them here."
    return ""


def _rows(frame: pd.DataFrame, x: str, y: str, strata: str, counted: str) -> pd.DataFrame:
    """One row a case, with those levels alone that occur; a stratum that is missing is kept."""
    names = [x, y, *([strata] if strata != NONE else [])]
    if counted != NONE:
        times = frame[counted].to_numpy(float, na_value=0.0).astype(int)
        frame = frame.iloc[np.repeat(np.arange(len(frame)), times)]
    rows = frame[names].dropna(subset=[x, y]).reset_index(drop=True)
    used: pd.DataFrame = rows.apply(lambda column: column.cat.remove_unused_categories())
    return used


def _table_facts(sheet: Sheet, counted: str) -> dict[str, Fact]:
    """How many rows the table has, and the column that looks like counts and is not taken so."""
    counts = count_column(table_of(sheet))
    return {"row_count": len(sheet.frame), "looks_like_counts": counts if counted == NONE else ""}


def _strength(rows: pd.DataFrame, counts: pd.DataFrame, x: str, y: str) -> dict[str, Fact]:
    found = associate_categories(rows[[x, y]], adjust="none")
    observed = counts.to_numpy(float)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / observed.sum()
    return {
        "n": len(rows),
        "x_levels": counts.shape[0],
        "y_levels": counts.shape[1],
        "v": float(found.v.to_numpy()[0, 1]),
        "v_plain": float(found.v_uncorrected.to_numpy()[0, 1]),
        "v_low": float(found.v_low.to_numpy()[0, 1]),
        "v_high": float(found.v_high.to_numpy()[0, 1]),
        "u_x": float(found.u.to_numpy()[0, 1]),
        "u_y": float(found.u.to_numpy()[1, 0]),
        **_by_chance(observed),
        "chi_square": float(found.chi_square.to_numpy()[0, 1]),
        "freedom": int(found.freedom.to_numpy()[0, 1]),
        "p": float(found.p.to_numpy()[0, 1]),
        "cells": observed.size,
        "few_cells": int((expected < _EXPECTED).sum()),
        "smallest_expected": float(expected.min()),
        "drawn": min(_MOST_LEVELS, max(counts.shape)),
    }


def _by_chance(observed: NDArray[np.float64]) -> dict[str, Fact]:
    """What U would be on average, were the rows of one column put beside the other's by lot."""
    information = chance_information(observed)
    entropies = [special.entr(observed.sum(axis=side) / observed.sum()).sum() for side in (1, 0)]
    shares = [float(np.clip(information / entropy, 0, 1)) for entropy in entropies]
    return dict(zip(("chance_x", "chance_y"), shares, strict=True))


def _farthest(residuals: pd.DataFrame) -> dict[str, Fact]:
    numbers = residuals.to_numpy()
    row, column = divmod(int(np.nanargmax(np.abs(numbers).round(9))), numbers.shape[1])
    return {
        "far_row": str(residuals.index[row]),
        "far_column": str(residuals.columns[column]),
        "far_residual": float(numbers[row, column]),
    }


def _within(rows: pd.DataFrame, x: str, y: str, strata: str) -> StratifiedOddsRatio | None:
    if strata == NONE or rows[strata].notna().sum() == 0:
        return None
    known = rows[rows[strata].notna()]
    if min(known[x].nunique(), known[y].nunique()) < 2:
        return None
    return stratified_odds_ratio(known[x], known[y], known[strata])


def _odds(compared: StratifiedOddsRatio | None) -> dict[str, Fact]:
    names = ("crude", "pooled", "low", "high", "p", "homogeneity_p")
    keys = ("crude", "pooled", "pooled_low", "pooled_high", "pooled_p", "homogeneity_p")
    if compared is None:
        return {**dict.fromkeys(keys, np.nan), "comparison": "", "stratum_count": 0}
    found = {key: float(getattr(compared, name)) for key, name in zip(keys, names, strict=True)}
    return {**found, "comparison": compared.comparison, "stratum_count": len(compared.strata)}


def _names(rows: pd.DataFrame, columns: list[str]) -> dict[str, Fact]:
    """A column that nearly names the rows, and a level that may mean a missing value."""
    levels = {name: rows[name].nunique() for name in columns}
    identifier = next((name for name in columns[:2] if _MANY * levels[name] > len(rows)), "")
    suspects = [
        (name, str(level))
        for name in columns
        for level in rows[name].cat.categories
        if str(level).strip().lower() in MISSING_WORDS
    ]
    na_column, na_level = suspects[0] if suspects else ("", "")
    count = int((rows[na_column].astype(str) == na_level).sum()) if suspects else 0
    return {
        "identifier": identifier,
        "identifier_levels": levels.get(identifier, 0),
        "na_column": na_column,
        "na_level": na_level,
        "na_count": count,
    }


def _shown(counts: pd.DataFrame, residuals: pd.DataFrame, show: str) -> tuple[pd.DataFrame, str]:
    """The numbers of the map, and what their colours mean."""
    if show == "adjusted residuals":
        return residuals, "standard errors from what independence expects"
    if show == "shares of each row":
        return counts.div(counts.sum(axis=1), axis=0), "share of the row"
    if show == "shares of each column":
        return counts / counts.sum(), "share of the column"
    if show == "shares of all":
        return counts / counts.to_numpy().sum(), "share of all rows"
    return counts, "rows"


def _map(counts: pd.DataFrame, residuals: pd.DataFrame, show: str) -> Heatmap:
    rows = counts.sum(axis=1).nlargest(_MOST_LEVELS).index
    columns = counts.sum().nlargest(_MOST_LEVELS).index
    values, scale = _shown(counts, residuals, show)
    values = values.loc[values.index.isin(rows), values.columns.isin(columns)]
    values.index = values.index.astype(str)
    values.columns = values.columns.astype(str)
    if show == "adjusted residuals":
        reach = max(3.0, float(np.nanmax(np.abs(values.to_numpy()))))
        return Heatmap(values, (-reach, reach), decimals=1, scale=scale)
    top = max(1.0, float(values.to_numpy().max())) if show == "counts" else 1.0
    decimals = 0 if show == "counts" else 2
    return Heatmap(values, (0, top), colours="viridis", decimals=decimals, scale=scale)


def _strata_bars(compared: StratifiedOddsRatio, facts: Mapping[str, Fact]) -> Chart:
    most = compared.strata.nlargest(_MOST_LEVELS, "n").index
    kept = compared.strata[compared.strata.index.isin(most)]
    signed = np.sign(float(facts["crude"]) - 1) * float(facts["v_plain"])
    phi = pd.Series({"all together": signed}, name="phi")
    parts = kept["phi"].set_axis(kept.index.astype(str))
    return Bars(
        pd.concat([phi, parts]).to_frame("phi"),
        title="All rows together, and each stratum",
        x="V with a sign: above 0 where the odds ratio is above 1",
        marks={"": 0.0},
    )


def _described(facts: Mapping[str, Fact], x: str, y: str, show: str) -> str:
    return fill(
        "{show} of {x} by {y}: {x_levels} by {y_levels} levels, {n:,} rows. Cramér's V is "
        "{v:.2f}, {p:p}.",
        {**facts, "x": x, "y": y, "show": show.capitalize()},
    )
