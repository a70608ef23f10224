"""Every pair of columns, each by the measure that fits it, with what makes it worth believing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from ..course import Choice, Columns, Exhibit, Fact, Value, fill, one_call, unless
from ..notebook.mapping import SYMBOLS, Map, cell_texts, in_order, painted
from ..stats import CorrelationMethod, WeightKind
from .checks import BEWARES, PAIR_FACTS, check_givens, checks
from .columns import (
    NONE,
    categories,
    dates,
    everything,
    listed,
    numbers,
    numbers_or_none,
)
from .instrument import Instrument, Remark, table_of
from .mapping import kept, measured_map, unsigned, with_days
from .opening import opened
from .options import ADJUSTMENTS, LEVELS, adjust_choice, level_choice, significance_settings

if TYPE_CHECKING:
    from ..course.outcome import State
    from ..tables import Sheet

METHODS: dict[str, CorrelationMethod | None] = {
    "by kind": None,
    "Pearson": "pearson",
    "Spearman": "spearman",
    "Kendall": "kendall",
}
HALVES = ("lower half", "upper half", "both halves")
ORDERS = ("as filed", "clustered", "by name")
WEIGHTS: dict[str, WeightKind] = {"a survey's weights": "survey", "counts of rows": "frequency"}


@dataclass(frozen=True)
class Choosing:
    """Which columns a map shows, and what was left out of it on the way."""

    columns: tuple[str, ...]
    against: tuple[str, ...]
    dropped: tuple[str, ...]
    left_out: int


def _is_corrected(state: Mapping[str, Any]) -> bool:
    return bool(state["adjust"] != "none" and state["pair_count"] > 1)


def _is_none_significant(state: Mapping[str, Any]) -> bool:
    return bool(state["tested_count"] > 0 and state["significant_count"] == 0)


class AssociationMap(Instrument):
    """All pairs as a map; a cell opens the pair."""

    title = "Association map"
    question = "Which columns go together, how strongly, and how sure is it?"
    lesson = ("categorical", "mixed")
    example = "highway"
    foremost = ("method", "order")
    checks = ("checks",)

    columns = Columns("Columns", everything, default=())
    against = Columns("Against", everything, default=(), at_least=0)
    method = Choice("Measure", tuple(METHODS), default="by kind")
    half = Choice("Show", HALVES, default="lower half")
    order = Choice("Order", ORDERS, default="as filed")
    cells = Choice("In the cells", ("value", "rows", "interval", "nothing"), default="value")
    marks = Choice("Marks", ("stars", "pale", "none"), default="pale")
    adjust = adjust_choice()
    level = level_choice()
    weights = Choice("Weights, for Pearson's r", numbers_or_none, default=NONE)
    weights_are = Choice("The weights are", tuple(WEIGHTS), default="a survey's weights")

    findings = (
        Remark(
            "{significant_count:,} of {pair_count:,} {pair_count:pair|pairs} "
            "{significant_count:is|are} significant at {level}, corrected by {adjust} for their "
            "number.",
            when=lambda s: s["significant_count"] > 0 and _is_corrected(s),
            holds=lambda s: 0 < s["significant_count"] <= s["pair_count"],
        ),
        Remark(
            "{significant_count:,} of {pair_count:,} {pair_count:pair|pairs} "
            "{significant_count:is|are} significant at {level}, if each were the only one that "
            "is looked at.",
            when=lambda s: (
                s["significant_count"] > 0 and not _is_corrected(s) and s["pair_count"] > 1
            ),
            holds=lambda s: 0 < s["significant_count"] <= s["pair_count"],
        ),
        Remark(
            "The only pair is significant at {level}.",
            when=lambda s: s["significant_count"] == s["pair_count"] == 1,
            holds=lambda s: s["significant_count"] == s["pair_count"] == 1,
        ),
        Remark(
            "No pair is significant at {level}.",
            when=lambda s: _is_none_significant(s) and s["uncorrected_count"] == 0,
            holds=lambda s: s["significant_count"] == s["uncorrected_count"] == 0,
        ),
        Remark(
            "No pair is significant at {level} after the correction by {adjust} for "
            "{tested_count:,} pairs. Without it, {uncorrected_count:,} would be. Of as many pairs "
            "of unrelated columns, about {by_chance:.1f} would be.",
            when=lambda s: _is_none_significant(s) and s["uncorrected_count"] > 0,
            holds=lambda s: s["adjust"] != "none" and s["by_chance"] > 0,
        ),
        Remark(
            "Two numbers are tested for a straight line, and for nothing else: a curve or a season "
            "may relate them all the same.",
            when=lambda s: _is_none_significant(s) and s["line_count"] > 0,
            holds=lambda s: s["line_count"] <= s["tested_count"],
        ),
        Remark(
            "Ranks are tested for what rises throughout or falls throughout, and for nothing else: "
            "what turns on its way may be related all the same.",
            when=lambda s: _is_none_significant(s) and s["rank_count"] > 0,
            holds=lambda s: s["rank_count"] <= s["tested_count"],
        ),
        Remark(
            "{strong_count:,} pairs are equally strong, and none is stronger. One of them is "
            "{strong_x} and {strong_y}: {strong_symbol} = {strong_value:.2f} over {strong_n:,.0f} "
            "rows.",
            when=lambda s: s["strong_count"] > 1,
            holds=lambda s: s["strong_count"] <= s["pair_count"],
        ),
        Remark(
            "The strongest pair is {strong_x} and {strong_y}: {strong_symbol} = "
            "{strong_value:.2f} over {strong_n:,.0f} rows, 95 % interval {strong_low:.2f} to "
            "{strong_high:.2f}.",
            when=lambda s: s["strong_count"] == 1 and s["strong_low"] == s["strong_low"],
            holds=lambda s: s["strong_low"] - 1e-9 <= s["strong_value"] <= s["strong_high"] + 1e-9,
        ),
        Remark(
            "The strongest pair is {strong_x} and {strong_y}: {strong_symbol} = "
            "{strong_value:.2f} over {strong_n:,.0f} rows.",
            when=lambda s: s["strong_count"] == 1 and s["strong_low"] != s["strong_low"],
            holds=lambda s: s["strong_n"] >= 2,
        ),
        Remark(
            "Pale cells are not significant.",
            when=lambda s: s["marks"] == "pale" and s["significant_count"] < s["pair_count"],
            holds=lambda s: s["significant_count"] < s["pair_count"],
        ),
        Remark(
            "A star stands where a pair is significant.",
            when=lambda s: s["marks"] == "stars" and s["significant_count"] > 0,
            holds=lambda s: s["significant_count"] > 0,
        ),
    )
    bewares = (
        Remark(
            "Nothing is corrected. Among {tested_count:,} pairs of unrelated columns, "
            "about {by_chance:.1f} would be significant at {level} by chance.",
            when=lambda s: s["adjust"] == "none" and s["tested_count"] > 1,
            holds=lambda s: s["by_chance"] > 0,
        ),
        Remark(
            "{unsigned_symbols} {unsigned_kinds:has|have} no sign, so the colours show strength "
            "alone, from none to full. {unsigned_kinds:It is|They are} shown without what chance "
            "adds where levels are many.",
            when=lambda s: s["unsigned_count"] > 0,
            holds=lambda s: s["map_low"] == 0 and bool(s["unsigned_symbols"]),
        ),
        Remark(
            "The map has different measures. They share this scale and not a meaning.",
            when=lambda s: s["unsigned_count"] > 0 and s["measure_count"] > 1,
            holds=lambda s: s["measure_count"] > 1,
        ),
        Remark(
            "{dropped_names} {dropped_count:is|are} not in the map: this measure takes numbers "
            "alone. By kind, every column has its measure.",
            when=lambda s: s["dropped_count"] > 0,
            holds=lambda s: s["method"] != "by kind",
        ),
        Remark(
            "The map keeps those {map_columns:,} columns that go together most strongly with "
            "another, and leaves out {left_out:,}. So it looks stronger than the table.",
            when=lambda s: s["left_out"] > 0,
            holds=lambda s: s["left_out"] > 0,
        ),
        Remark(
            "What is said here of single pairs is of Pearson's r that counts each row once, and "
            "not by {weights}.",
            when=lambda s: s["weights"] != NONE and any(s[name] for name in PAIR_FACTS),
            holds=lambda s: s["weights"] != NONE,
        ),
        *BEWARES,
    )

    def fits(self, sheet: Sheet) -> str:
        if len(sheet.frame) < 3:
            return "This table has fewer than three rows: nothing can be said of its columns."
        if table_of(sheet).shape[1] < 2:
            return (
                "A map needs two columns of numbers, dates or categories. Change the kind of a "
                "column, or take another table."
            )
        return ""

    def idle(self, state: State) -> Sequence[str]:
        return ("weights_are",) if state["weights"] == NONE else ()

    def script_name(self, sheet: Sheet, **values: Any) -> str:
        chosen = _choose(sheet, **values)
        table = sheet.frame[list(chosen.columns)]
        if values["method"] == "by kind" and categories(table):
            return "association_map"
        return "association_map_of_numbers"

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:
        chosen = _choose(sheet, **values)
        table = sheet.frame[list(chosen.columns)]
        ordered = sheet.of_kind("ordered")
        return {
            **check_givens(
                sheet,
                chosen.columns,
                beside=chosen.against,
                row_counts=_row_counts(values["weights"], values["weights_are"]),
            ),
            "against": chosen.against,
            "dates": tuple(dates(table)),
            "ordered": tuple(name for name in table if name in ordered),
            "dropped": chosen.dropped,
            "left_out": chosen.left_out,
        }

    def measure(
        self,
        sheet: Sheet,
        *,
        columns: Sequence[str],
        against: Sequence[str],
        method: str,
        half: str,
        order: str,
        cells: str,
        marks: str,
        adjust: str,
        level: str,
        weights: str,
        weights_are: str,
    ) -> Exhibit:
        chosen = _choose(sheet, columns=columns, against=against, method=method, weights=weights)
        if reason := _refused(sheet, chosen, method, weights, weights_are):
            return stopped_map(sheet, chosen, reason)
        table = with_days(sheet.frame[list(chosen.columns)])
        weighted = None if weights == NONE else sheet.frame[weights]
        found = measured_map(
            table,
            "pearson" if weighted is not None else METHODS[method],
            ADJUSTMENTS[adjust],
            against=chosen.against,
            weights=weighted,
            weights_are=None if weighted is None else WEIGHTS[weights_are],
        )
        is_r = method in ("by kind", "Pearson") and weighted is None and not chosen.against
        known = found.value if is_r else None
        facts = map_facts(found, chosen, level) | checks(
            sheet,
            chosen.columns,
            known,
            beside=chosen.against,
            row_counts=_row_counts(weights, weights_are),
        )
        shown = in_order(found, order)
        significant = shown.p_adjusted < LEVELS[level]
        figure = painted(
            shown,
            half=half,
            texts=cell_texts(shown, cells, significant if marks == "stars" else None),
            faded=~significant if marks == "pale" else None,
        )
        return Exhibit(
            facts=facts,
            table=found.pairs,
            description=_described(facts),
            readings=READINGS if facts["strong_x"] else NO_STRONGEST,
            figures=(figure,),
            behind=opened(sheet.frame, found, corrected=adjust != "none"),
            call=_call(chosen, method, order, adjust, level) if weighted is None else "",
        )


def _call(chosen: Choosing, method: str, order: str, adjust: str, level: str) -> str:
    return one_call(
        "heatmap",
        "table[columns]",
        *(("y=against",) if chosen.against else ()),
        method=METHODS[method],
        order=unless(order, "as filed"),
        **significance_settings(adjust, level),
    )


READINGS = {
    "strongest": "{strong_symbol} = {strong_value:.2f}",
    "pairs": "{pair_count:,}",
    "significant": "{significant_count:,}",
    "fewest rows of a pair": "{fewest_n:,}",
}
NO_STRONGEST = READINGS | {"strongest": "none"}
"""Where no pair has a number."""


def _choose(
    sheet: Sheet,
    *,
    columns: Sequence[str],
    against: Sequence[str],
    method: str,
    weights: str,
    **_: Any,
) -> Choosing:
    """The columns that this measure can take, and at most as many as a map can show."""
    table = sheet.frame[[name for name in columns if name != weights]]
    taken = everything(table) if method == "by kind" else [*numbers(table), *dates(table)]
    dropped = [name for name in everything(table) if name not in taken]
    wanted = [name for name in columns if name in taken]
    beside = tuple(
        name
        for name in against
        if name != weights and (method == "by kind" or name in _measurable(sheet))
    )
    shown = kept(sheet.frame[[*wanted, *(name for name in beside if name not in wanted)]])
    return Choosing(
        columns=tuple(shown),
        against=tuple(name for name in beside if name in shown),
        dropped=tuple(dropped),
        left_out=len({*wanted, *beside}) - len(shown),
    )


def _row_counts(weights: str, are: str) -> str:
    """The column that says how many rows each row stands for; "" if each is one."""
    return weights if weights != NONE and WEIGHTS[are] == "frequency" else ""


def _measurable(sheet: Sheet) -> list[str]:
    table = table_of(sheet)
    return [*numbers(table), *dates(table)]


def _refused(sheet: Sheet, chosen: Choosing, method: str, weights: str, are: str) -> str:
    """Why there is no map at this setting; "" if there is one."""
    others = [name for name in chosen.columns if name not in chosen.against]
    if len(chosen.columns) < 2 or not others:
        return (
            "Fewer than two columns are left to compare. Choose more of them, or the measure by "
            "kind, which takes categories as well."
        )
    if weights == NONE:
        return ""
    if method not in ("Pearson", "by kind") or categories(sheet.frame[list(chosen.columns)]):
        return "Weights are used with Pearson's r. Choose it as the measure, or no weights."
    values = sheet.frame[weights]
    if values.isna().any() or (values < 0).any() or not values.sum() > 0:
        return f"{weights} cannot weigh the rows: weights are zero or more, and none is missing."
    if WEIGHTS[are] == "frequency" and (values % 1 != 0).any():
        return f"{weights} cannot count rows: counts are whole numbers."
    return ""


def stopped_map(sheet: Sheet, chosen: Choosing, reason: str) -> Exhibit:
    """An exhibit without a figure, with the facts of an empty map."""
    facts = map_facts(None, chosen, "5 %") | checks(sheet, chosen.columns)
    return Exhibit(
        facts=facts,
        table=pd.DataFrame({"column": list(chosen.columns)}),
        description=f"There is no map here. {reason}",
        readings=NO_STRONGEST,
        stopped=reason,
    )


def map_facts(found: Map | None, chosen: Choosing, level: str) -> dict[str, Fact]:
    """What the remarks name of a map; of none, that there is nothing in it."""
    facts: dict[str, Fact] = {
        "map_columns": len(chosen.columns),
        "left_out": chosen.left_out,
        "dropped_count": len(chosen.dropped),
        "dropped_names": listed(chosen.dropped),
        "pair_count": 0,
        "tested_count": 0,
        "significant_count": 0,
        "uncorrected_count": 0,
        "line_count": 0,
        "rank_count": 0,
        "undefined_count": 0,
        "unsigned_count": 0,
        "unsigned_kinds": 0,
        "unsigned_symbols": "",
        "measure_count": 0,
        "by_chance": 0.0,
        "map_low": -1,
        "strong_x": "",
        "strong_y": "",
        "strong_count": 0,
        "strong_symbol": "r",
        "strong_value": float("nan"),
        "strong_n": 0.0,
        "strong_low": float("nan"),
        "strong_high": float("nan"),
    }
    if found is None:
        return facts
    pairs = found.pairs
    tests = pairs[pairs["p"].notna()]
    tested = len(tests)
    facts |= {
        "pair_count": len(pairs),
        "tested_count": tested,
        "significant_count": int((pairs["p_adjusted"] < LEVELS[level]).sum()),
        "uncorrected_count": int((tests["p"] < LEVELS[level]).sum()),
        "line_count": int((tests["measure"] == "pearson").sum()),
        "rank_count": int(tests["measure"].isin(["spearman", "kendall"]).sum()),
        "undefined_count": int(pairs["value"].isna().sum()),
        **unsigned(pairs["measure"]),
        "measure_count": int(pairs["measure"].nunique()),
        "by_chance": tested * LEVELS[level],
        "map_low": -1 if found.is_signed else 0,
    }
    if pairs["value"].notna().any():
        first, sizes = pairs.iloc[0], pairs["value"].abs().round(10)
        facts |= {
            "strong_x": str(first["x"]),
            "strong_y": str(first["y"]),
            "strong_count": int((sizes == sizes.max()).sum()),
            "strong_symbol": SYMBOLS[str(first["measure"])],
        }
        facts |= {
            f"strong_{name}": float(cast(float, first[name]))
            for name in ("value", "n", "low", "high")
        }
    return facts


def _described(facts: Mapping[str, Fact]) -> str:
    text = "A map of {map_columns} columns with {pair_count:,} {pair_count:pair|pairs}. "
    if facts["strong_x"]:
        text += "The strongest is " if facts["strong_count"] == 1 else "One of the strongest is "
        text += (
            "{strong_x} and {strong_y}, {strong_symbol} = {strong_value:.2f}; "
            "{significant_count:,} {significant_count:is|are} significant."
        )
    else:
        text += "None of them has a value."
    return fill(text, facts)
