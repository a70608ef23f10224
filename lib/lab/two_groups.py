"""Two groups of rows: do their correlations differ?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..charts import Heatmap, Scatter
from ..course import Behind, Choice, Columns, Exhibit, Fact, Value, fill, one_call, unless
from ..notebook.mapping import ranked
from ..stats import Comparison, CorrelationMethod, adjust_p_values, compare, critical_r
from .checks import DRIFT_BEWARES, FEW_ROWS, TABLE_BEWARES, check_givens, checks
from .columns import NONE, categories, listed, numbers
from .instrument import Instrument, Remark, table_of
from .mapping import kept
from .options import ADJUSTMENTS, LEVELS, adjust_choice, level_choice, significance_settings

if TYPE_CHECKING:
    from ..tables import Sheet

MOST_COLUMNS = 100
_MOST_LEVELS = 12
_LEAST_ROWS = 4
_HEAVY = 3.0
_WIDER = 1.5

SHUFFLES = {NONE: 0, "199 shuffles": 199}
MOST_CELLS = {"Pearson": 100_000, "Spearman": 50_000, "Kendall": 10_000}
"""Rows times columns that are shuffled at most: they take some seconds."""

METHODS: dict[str, CorrelationMethod] = {
    "Pearson": "pearson",
    "Spearman": "spearman",
    "Kendall": "kendall",
}


def splits(table: pd.DataFrame) -> dict[str, tuple[str, str, str]]:
    """Ways to split the rows in two: column, first level, second level or "the rest".

    >>> list(splits(pd.DataFrame({"sex": pd.Categorical(["f", "m"] * 4)})))
    ['sex: f against m']
    """
    found = {}
    for name in categories(table):
        counts = table[name].value_counts()
        levels = [str(level) for level in table[name].cat.categories if counts[level] > 0]
        if len(levels) == 2:
            ways = [(levels[0], levels[1])]
        else:
            ways = [(level, "the rest") for level in levels] if len(levels) <= _MOST_LEVELS else []
        for first, second in ways:
            inside = int(counts[first])
            if min(inside, int(counts.sum()) - inside) >= _LEAST_ROWS and len(levels) > 1:
                found[f"{name}: {first} against {second}"] = (name, first, second)
    return found


def split_names(table: pd.DataFrame) -> list[str]:
    """The ways to split the rows, as they are offered."""
    return list(splits(table))


class TwoGroups(Instrument):
    """The difference of two maps, with its test in every cell."""

    title = "Two groups compared"
    question = "Do two groups of rows differ in which columns go together?"
    lesson = ("action", "confound")
    example = "breast_cancer"
    foremost = ("groups", "whole")
    checks = ("checks",)

    groups = Choice("Groups", split_names, default="")
    columns = Columns("Columns", numbers, default=())
    method = Choice("Measure", tuple(METHODS), default="Pearson")
    whole = Choice("Test of the whole map", tuple(SHUFFLES), default=NONE)
    adjust = adjust_choice()
    level = level_choice()

    findings = (
        Remark(
            "Do the maps differ at all? {whole_p:p}. Of {shuffle_count:,} shuffles of the rows "
            "between the groups, {reached_count:,} {reached_count:makes|make} maps that differ at "
            "least as much, all pairs together.",
            when=lambda s: s["shuffle_count"] > 0,
            holds=lambda s: (
                abs(s["whole_p"] - (1 + s["reached_count"]) / (1 + s["shuffle_count"])) < 1e-9
            ),
        ),
        Remark(
            "{differ_count:,} of {pair_count:,} {pair_count:pair|pairs} "
            "{differ_count:differs|differ} significantly between {first_name} and "
            "{second_name}.",
            when=lambda s: s["differ_count"] > 0,
            holds=lambda s: s["differ_count"] <= s["pair_count"],
        ),
        Remark(
            "No pair differs significantly between {first_name} and {second_name}. That does "
            "not show that they are the same.",
            when=lambda s: s["differ_count"] == 0,
            holds=lambda s: s["differ_count"] == 0,
        ),
        Remark(
            "The largest difference is {diff_x} with {diff_y}: {diff_first:.2f} for {first_name} "
            "and {diff_second:.2f} for {second_name}. The 95 % interval of the difference goes "
            "from {diff_low:.2f} to {diff_high:.2f}.",
            when=lambda s: bool(s["diff_x"]) and s["diff_low"] == s["diff_low"],
            holds=lambda s: s["diff_low"] <= s["diff_first"] - s["diff_second"] <= s["diff_high"],
        ),
    )
    bewares = (
        Remark(
            "With {shuffle_count:,} shuffles p of the whole map is {least_p:.3f} at least: at "
            "{level} it cannot be significant.",
            when=lambda s: s["shuffle_count"] > 0 and s["least_p"] >= LEVELS[s["level"]],
            holds=lambda s: s["whole_p"] >= LEVELS[s["level"]],
        ),
        Remark(
            "The whole map is not tested: these are {cell_count:,} cells, rows times columns, and "
            "by {method} the test takes {most_cells:,} at most. Choose fewer columns, or another "
            "measure.",
            when=lambda s: s["whole"] != NONE and s["cell_count"] > s["most_cells"],
            holds=lambda s: s["shuffle_count"] == 0,
        ),
        Remark(
            "{one_star_count:,} {one_star_count:pair is|pairs are} significant in one group and "
            "not in the other, while the difference is not. A star here and none there is no "
            "difference.",
            when=lambda s: s["one_star_count"] > 0,
            holds=lambda s: s["one_star_count"] <= s["pair_count"],
        ),
        Remark(
            "The groups are of different sizes, {first_rows:,} and {second_rows:,} rows: r is "
            "less sure in the smaller.",
            when=lambda s: (
                max(s["first_rows"], s["second_rows"]) >= 3 * min(s["first_rows"], s["second_rows"])
            ),
            holds=lambda s: s["first_rows"] != s["second_rows"],
        ),
        Remark(
            "{heavy_names} {heavy_count:has|have} heavy tails within the groups, where this test "
            "often finds differences that are none. Spearman's rho is safer.",
            when=lambda s: s["heavy_count"] > 0 and s["method"] == "Pearson",
            holds=lambda s: bool(s["heavy_names"]),
        ),
        Remark(
            "{heavy_names} {heavy_count:has|have} heavy tails within the groups. By {method} the "
            "test minds them much less than by Pearson. But where two columns are extreme in the "
            "same rows, it too finds a difference that is none a little more often than it says.",
            when=lambda s: s["heavy_count"] > 0 and s["method"] != "Pearson",
            holds=lambda s: bool(s["heavy_names"]),
        ),
        Remark(
            "{spread_x} varies {spread_ratio:.1f} times as much in {spread_group}. Where a column "
            "varies more, the same slope gives a larger r. The slopes of {spread_y} along "
            "{spread_x} are {slope_first:.3g} for {first_name} and {slope_second:.3g} for "
            "{second_name}. Compare those too.",
            when=lambda s: bool(s["spread_x"]),
            holds=lambda s: s["spread_ratio"] >= _WIDER,
        ),
        Remark(
            "Within a group, some pairs have {group_fewest} {group_fewest:row|rows} only. Among so "
            "few, chance alone reaches r = {group_needed_r:.2f} in one pair of twenty.",
            when=lambda s: 3 <= s["group_fewest"] < FEW_ROWS,
            holds=lambda s: s["group_needed_r"] > 0.3,
        ),
        Remark(
            "Within a group, some pairs share fewer than three rows: nothing can be said of them.",
            when=lambda s: s["group_fewest"] < 3,
            holds=lambda s: s["group_fewest"] <= 2,
        ),
        Remark(
            "{left_out:,} columns are left out: the map keeps those that go together most "
            "strongly with another.",
            when=lambda s: s["left_out"] > 0,
            holds=lambda s: s["left_out"] > 0,
        ),
        *DRIFT_BEWARES,
        *TABLE_BEWARES,
    )

    def fits(self, sheet: Sheet) -> str:
        table = table_of(sheet)
        if len(numbers(table)) < 2:
            return "Two columns of numbers are needed. Change the kind of a column."
        if not splits(table):
            return (
                "A column of categories is needed that splits the rows in two, four or more in "
                "each. Cut a column of numbers into classes, or change the kind of a column."
            )
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:
        name, first, second = splits(table_of(sheet))[values["groups"]]
        shown = kept(sheet.frame[list(values["columns"])], MOST_COLUMNS)
        return {
            **check_givens(sheet, shown),
            "split_by": name,
            "first_name": first,
            "second_name": second,
            "left_out": len(values["columns"]) - len(shown),
        }

    def measure(
        self,
        sheet: Sheet,
        *,
        groups: str,
        columns: Sequence[str],
        method: str,
        whole: str,
        adjust: str,
        level: str,
    ) -> Exhibit:
        name, first, second = splits(table_of(sheet))[groups]
        shown = kept(sheet.frame[list(columns)], MOST_COLUMNS)
        one, other = _tables(sheet.frame, shown, name, first)
        found = compare(
            one, other, method=METHODS[method], adjust=ADJUSTMENTS[adjust], permutations=0
        )
        facts = {
            "first_name": first,
            "second_name": second,
            "first_rows": len(one),
            "second_rows": len(other),
            "left_out": len(columns) - len(shown),
            **_facts(found, one, other, (first, second), LEVELS[level]),
            **_whole(one, other, method, SHUFFLES[whole]),
            **checks(sheet, shown),
        }
        pale = ~(found.p_adjusted < LEVELS[level])
        return Exhibit(
            facts=facts,
            table=ranked(found.pairs(), found.p, "difference"),
            description=fill(
                "Three maps of {pair_count:,} {pair_count:pair|pairs}: {first_name} less "
                "{second_name}, {first_name}, {second_name}. {differ_count:,} "
                "{differ_count:difference is|differences are} significant.",
                facts,
            ),
            readings={
                "differ": "{differ_count:,} of {pair_count:,}",
                "rows": "{first_rows:,} and {second_rows:,}",
                "largest difference": "{diff_value:.2f}",
            },
            figures=(
                Heatmap.lower(
                    found.difference,
                    faded=pale,
                    title=f"{first} less {second}",
                    scale="difference of r",
                ),
                Heatmap.lower(found.first.r, title=first),
                Heatmap.lower(found.second.r, title=second),
            ),
            across=2,
            leads=True,
            behind=_behind(found, one, other, (first, second)),
            call=one_call(
                "compare",
                "one",
                "other",
                method=unless(METHODS[method], "pearson"),
                **significance_settings(adjust, level),
                permutations=facts["shuffle_count"],
            ),
        )


def _tables(
    frame: pd.DataFrame, columns: Sequence[str], name: str, first: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    inside = frame[name].astype(object) == first
    outside = ~inside & frame[name].notna()
    return frame.loc[inside, list(columns)], frame.loc[outside, list(columns)]


def _whole(
    one: pd.DataFrame, other: pd.DataFrame, method: str, shuffles: int
) -> Mapping[str, Fact]:
    """The test that the two maps are one; its p is not a number where there is none."""
    cells = (len(one) + len(other)) * one.shape[1]
    p = float("nan")
    if shuffles and cells <= MOST_CELLS[method]:
        first, second = (group.to_numpy(dtype=float).tobytes() for group in (one, other))
        p = _p_of_whole(first, second, one.shape[1], METHODS[method], shuffles)
    is_tested = p == p
    return {
        "whole_p": p,
        "reached_count": round(p * (1 + shuffles)) - 1 if is_tested else 0,
        "shuffle_count": shuffles if is_tested else 0,
        "least_p": 1 / (1 + shuffles),
        "cell_count": cells,
        "most_cells": MOST_CELLS[method],
    }


# Whoever sets another level or correction asks for the same shuffles again.
@lru_cache(maxsize=8)
def _p_of_whole(
    first: bytes, second: bytes, columns: int, method: CorrelationMethod, shuffles: int
) -> float:
    one, other = (
        pd.DataFrame(np.frombuffer(group).reshape(-1, columns)) for group in (first, second)
    )
    found = compare(one, other, method=method, adjust="none", permutations=shuffles, seed=0)
    return float(found.whole["p"]["sum of squares"])


def _facts(
    found: Comparison,
    one: pd.DataFrame,
    other: pd.DataFrame,
    names: tuple[str, str],
    level: float,
) -> dict[str, Fact]:
    pairs = ranked(found.pairs(), found.p, "difference")
    above = np.triu_indices(len(found.p), 1)
    first, second = (
        adjust_p_values(group.p.to_numpy()[above], found.adjust) < level
        for group in (found.first, found.second)
    )
    one_star = (first != second) & (found.p_adjusted.to_numpy()[above] >= level)
    heavy = _heavy(one, other)
    fewest = int(min(group.n.to_numpy()[above].min() for group in (found.first, found.second)))
    top: dict[str, Any] = {"x": "", "y": ""}
    values = dict.fromkeys(("r_first", "r_second", "difference", "low", "high", "p"), np.nan)
    if pairs["difference"].notna().any():
        row = pairs.iloc[0]
        top = {"x": str(row["x"]), "y": str(row["y"])}
        values = {name: float(row[name]) for name in values}
    return {
        "pair_count": len(pairs),
        "differ_count": int((pairs["p_adjusted"] < level).sum()),
        "one_star_count": int(one_star.sum()),
        "group_fewest": fewest,
        "group_needed_r": critical_r(fewest) if fewest > 2 else 1.0,
        **_spread(one, other, names, top, values),
        "heavy_count": len(heavy),
        "heavy_names": listed(heavy),
        "diff_x": top["x"],
        "diff_y": top["y"],
        "diff_first": values["r_first"],
        "diff_second": values["r_second"],
        "diff_value": values["difference"],
        "diff_low": values["low"],
        "diff_high": values["high"],
        "diff_p": values["p"],
    }


def _heavy(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """Columns with heavy tails within the groups, whatever lies between these."""
    groups = (one.astype(float), other.astype(float))
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = pd.concat([(group - group.mean()) / group.std() for group in groups])
    tails = scores.replace([np.inf, -np.inf], np.nan).kurt().round(9)
    return [str(name) for name in tails.index if tails[name] > _HEAVY]


def _spread(
    one: pd.DataFrame,
    other: pd.DataFrame,
    names: tuple[str, str],
    top: Mapping[str, str],
    values: Mapping[str, float],
) -> dict[str, Fact]:
    """Of the pair that differs most, the column that varies more where r is larger."""
    none: dict[str, Fact] = {
        **{"spread_x": "", "spread_y": "", "spread_group": "", "spread_ratio": 1.0},
        **{"slope_first": 0.0, "slope_second": 0.0},
    }
    if not top["x"]:
        return none
    both = list(top.values())
    first, second = (group[both].astype(float).dropna() for group in (one, other))
    first_is_larger = abs(values["r_first"]) > abs(values["r_second"])
    wide, narrow = (first, second) if first_is_larger else (second, first)
    with np.errstate(all="ignore"):
        ratios = wide.std() / narrow.std()
    if ratios.isna().any() or not _WIDER <= ratios.max() < np.inf:
        return none
    x, y = both if ratios.round(9).idxmax() == both[0] else reversed(both)
    return {
        "spread_x": x,
        "spread_y": y,
        "spread_group": names[0] if first_is_larger else names[1],
        "spread_ratio": float(ratios[x]),
        "slope_first": _slope(first, x, y),
        "slope_second": _slope(second, x, y),
    }


def _slope(rows: pd.DataFrame, x: str, y: str) -> float:
    """How much y grows along x, in a straight line."""
    return float(rows[x].corr(rows[y]) * rows[y].std() / rows[x].std())


def _behind(
    found: Comparison, one: pd.DataFrame, other: pd.DataFrame, names: tuple[str, str]
) -> Callable[[str, str], Behind]:
    both = pd.concat([one, other])
    of = pd.Series(np.repeat(names, [len(one), len(other)]), both.index, name="group")

    def open_cell(row: str, column: str) -> Behind:
        drawn = np.sort(np.random.default_rng(0).permutation(len(both))[:1000])
        points = both.iloc[drawn].reset_index(drop=True)
        chart = Scatter(
            points[column], points[row], groups=of.iloc[drawn].reset_index(drop=True), line=True
        )
        if row == column:
            return Behind(chart, f"{row} against itself: no finding, in either group.")
        sentence = fill(
            "{one}: r = {r:.2f} over {n:,} rows. {other}: r = {q:.2f} over {m:,} rows.",
            {
                "one": names[0],
                "other": names[1],
                "r": found.first.r.loc[row, column],
                "n": found.first.n.loc[row, column],
                "q": found.second.r.loc[row, column],
                "m": found.second.n.loc[row, column],
            },
        )
        return Behind(chart, sentence)

    return open_cell
