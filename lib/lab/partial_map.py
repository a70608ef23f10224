"""Every pair before and after another column is held fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..charts import Heatmap
from ..course import Choice, Columns, Exhibit, Fact, Value, fill
from ..course.behind import pair_behind
from ..course.remembered import remembered
from ..stats import (
    Adjustment,
    Correlations,
    WithinCorrelations,
    correlate,
    correlate_within,
    partial_correlate,
)
from .checks import COLUMN_BEWARES, check_givens, checks, given_one
from .columns import categories, everything, listed, numbers
from .instrument import Instrument, Remark, table_of
from .mapping import kept
from .options import ADJUSTMENTS, LEVELS, adjust_choice, level_choice

if TYPE_CHECKING:
    from ..tables import Sheet

MOST = "the one that explains most"
MOST_COLUMNS = 60
_MOST_GROUPS = 20
_GREW = 0.1
_WORTH_SAYING = 0.05
_ROUNDING = 1e-9
_NOTHING = 1e-6  # of a column's spread: less is left by rounding
_CURVED = 0.1
# Of n rows, the six terms of a curve beside the line change r by about sqrt(6) / n where there is
# no curve; the largest change of many pairs seldom is four times as large.
_BY_CHANCE = 10.0


def thirds(table: pd.DataFrame) -> list[str]:
    """What can be held fixed: a number, or a category of few levels; first, whichever does most."""
    fixed = [*numbers(table), *_groupings(table)]
    return [MOST, *(name for name in everything(table) if name in fixed)]


def _groupings(table: pd.DataFrame) -> list[str]:
    return [
        name
        for name in categories(table)
        if 2 <= table[name].nunique() <= min(_MOST_GROUPS, table[name].count() / 5)
    ]


def _fell(state: Mapping[str, Any]) -> float:
    """How much nearer to zero r is of the pair that loses most."""
    return abs(state["fell_before"]) - abs(state["fell_after"]) if state["fell_x"] else 0.0


class PartialMap(Instrument):
    """Two maps of the same rows: as they are, and with a third column held fixed."""

    title = "Partial correlations"
    question = "What is left of each pair when a third column is held fixed?"
    lesson = ("action", "confound")
    example = "highway"
    foremost = ("fixed",)
    checks = ("checks",)

    columns = Columns("Columns", numbers, default=(), at_least=2)
    fixed = Choice("Held fixed", thirds, default=MOST)
    adjust = adjust_choice()
    level = level_choice()

    findings = (
        Remark(
            "{fell_x} and {fell_y} lose most when {held} is held fixed: r is {fell_before:.2f} "
            "before and {fell_after:.2f} after.",
            when=lambda s: _fell(s) >= _WORTH_SAYING,
            holds=lambda s: abs(s["fell_after"]) < abs(s["fell_before"]),
        ),
        Remark(
            "No pair loses as much as 0.05 of r when {held} is held fixed.",
            when=lambda s: s["pair_count"] > 0 and _fell(s) < _WORTH_SAYING,
            holds=lambda s: _fell(s) < 0.05,
        ),
        Remark(
            "What is held fixed is a straight line: of each column, what a line in {held} says is "
            "taken away.",
            when=lambda s: s["pair_count"] > 0 and not s["held_by_groups"],
            holds=lambda s: bool(s["held"]),
        ),
        Remark(
            "What is held fixed is a group: of each column, its mean in each group of {held} is "
            "taken away.",
            when=lambda s: s["pair_count"] > 0 and s["held_by_groups"],
            holds=lambda s: bool(s["held"]),
        ),
        Remark(
            "Of the columns here, {held} takes most away: the mean size of r is {mean_before:.2f} "
            "before and {mean_after:.2f} after.",
            when=lambda s: s["fixed"] == MOST and s["mean_after"] < s["mean_before"],
            holds=lambda s: s["mean_after"] < s["mean_before"],
        ),
        Remark(
            "Significant at {level} before: {before_count:,} of {pair_count:,} "
            "{pair_count:pair|pairs}; after: {after_count:,}.",
            when=lambda s: s["pair_count"] > 0,
            holds=lambda s: max(s["before_count"], s["after_count"]) <= s["pair_count"],
        ),
    )
    bewares = (
        Remark(
            "{turned_count:,} {turned_count:pair turns its|pairs turn their} sign when {held} "
            "is held fixed, and {turned_count:is|are} significant on both sides.",
            when=lambda s: s["turned_count"] > 0,
            holds=lambda s: s["turned_count"] <= min(s["before_count"], s["after_count"]),
        ),
        Remark(
            "{grew_x} and {grew_y} grow from {grew_before:.2f} to {grew_after:.2f}. To hold fixed "
            "what both influence makes a correlation of nothing. It can also uncover one that "
            "{held} hid.",
            when=lambda s: bool(s["grew_x"]),
            holds=lambda s: abs(s["grew_after"]) > abs(s["grew_before"]),
        ),
        Remark(
            "A curve in {held} takes more away than the line: {bend_x} and {bend_y} have r = "
            "{bend_line:.2f} given the line, and {bend_left:.2f} given powers of {held} and of "
            "its ranks. Look at both against {held}.",
            when=lambda s: bool(s["bend_x"]),
            holds=lambda s: abs(s["bend_line"]) - abs(s["bend_left"]) > 0.1,
        ),
        Remark(
            "{held} holds a few whole numbers. If they are codes of categories, a straight line "
            "depends on how they were numbered: change its kind, and its groups are held fixed.",
            when=lambda s: s["held_codes"],
            holds=lambda s: not s["held_by_groups"],
        ),
        Remark(
            "No table tells whether {held} stands behind the others or between them. What came "
            "first has to be known.",
            when=lambda s: bool(s["held"]),
            holds=lambda s: bool(s["held"]),
        ),
        Remark(
            "{same_names} {same_count:is|are} {held} in other units, and left out: nothing of "
            "{same_count:it|them} is left when {held} is held fixed.",
            when=lambda s: s["same_count"] > 0,
            holds=lambda s: bool(s["same_names"]),
        ),
        Remark(
            "{left_out:,} columns are left out: the map keeps those that go together most "
            "strongly with another.",
            when=lambda s: s["left_out"] > 0,
            holds=lambda s: s["left_out"] > 0,
        ),
        *COLUMN_BEWARES,
    )

    def fits(self, sheet: Sheet) -> str:
        table = table_of(sheet)
        if len(numbers(table)) < 2 or len(thirds(table)) < 4 - bool(_groupings(table)):
            return (
                "Two columns of numbers are needed, and a third column to hold fixed: a number, "
                "or a category of at most twenty levels. Change the kind of a column."
            )
        if len(sheet.frame) < 10:
            return "Ten rows are needed: of fewer, too little is left when a column is held fixed."
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:
        choosing = _choose(sheet, tuple(values["columns"]), values["fixed"])
        return {
            **check_givens(sheet, choosing.columns),
            "held": choosing.third,
            "candidates": tuple(choosing.candidates),
            "groupings": tuple(_groupings(table_of(sheet))),
            "same": tuple(choosing.same),
            "left_out": choosing.left_out,
        }

    def measure(
        self, sheet: Sheet, *, columns: Sequence[str], fixed: str, adjust: str, level: str
    ) -> Exhibit:
        choosing = _choose(sheet, tuple(columns), fixed)
        if choosing.reason:
            facts = {**_facts(None, choosing, LEVELS[level]), **_of_held(sheet, choosing)}
            facts |= checks(sheet, choosing.columns)
            return Exhibit(
                facts=facts,
                table=pd.DataFrame({"column": list(columns)}),
                description=f"There is no map here. {choosing.reason}",
                readings=READINGS,
                stopped=choosing.reason,
            )
        found = _before_and_after(sheet.frame, choosing, ADJUSTMENTS[adjust])
        facts = {
            **_facts(found, choosing, LEVELS[level]),
            **_of_held(sheet, choosing),
            **_curve(sheet.frame, choosing, found[1].r),
            **checks(sheet, choosing.columns),
        }
        figures = tuple(
            Heatmap.lower(
                one.r, faded=~(one.p_adjusted < LEVELS[level]), title=f"{title} {choosing.third}"
            )
            for one, title in zip(found, ("Whatever", "Given"), strict=True)
        )
        return Exhibit(
            facts=facts,
            table=_pairs(found),
            description=fill(
                "Two maps of the same rows. The mean size of r is {mean_before:.2f}, and "
                "{mean_after:.2f} with {held} held fixed.",
                facts,
            ),
            readings=READINGS,
            figures=figures,
            across=2,
            behind=(
                pair_behind(sheet.frame, "rows"),
                pair_behind(_left(sheet.frame, choosing), "rows"),
            ),
        )


READINGS = {
    "held fixed": "{held}",
    "mean size of r": "{mean_before:.2f} → {mean_after:.2f}",
    "significant": "{before_count:,} → {after_count:,}",
}


@dataclass(frozen=True)
class Choosing:
    """What is compared, what is held fixed, and why not."""

    columns: list[str]
    third: str
    candidates: list[str]
    same: list[str]
    left_out: int
    reason: str = ""


Maps = tuple[Correlations, "Correlations | WithinCorrelations"]


@remembered(64)
def _choose(sheet: Sheet, columns: tuple[str, ...], fixed: str) -> Choosing:
    """Remembered: of a setting it is asked for twice, and most leave it as it is."""
    shown = kept(sheet.frame[list(columns)], MOST_COLUMNS)
    left_out = len(columns) - len(shown)
    candidates = [*shown, *_groupings(table_of(sheet))]
    if fixed == MOST:
        losses = {name: _loss(sheet.frame, shown, name) for name in candidates}
        known = {name: loss for name, loss in losses.items() if np.isfinite(loss)}
        fixed = max(known, key=known.__getitem__) if known else ""
    same = _determined(sheet.frame, shown, fixed)
    rest = [name for name in shown if name != fixed and name not in same]
    reason = ""
    if not fixed or len(rest) < 2:
        reason = "Two columns must be left to compare. Choose more columns, or hold another fixed."
    elif np.isnan(_loss(sheet.frame, rest, fixed)):
        reason = f"{fixed} leaves nothing to compare. Hold another column fixed."
    return Choosing(rest, fixed, candidates, same, left_out, reason)


def _determined(frame: pd.DataFrame, columns: Sequence[str], third: str) -> list[str]:
    """The columns of numbers of which nothing is left when a number is held fixed."""
    if not third or isinstance(frame[third].dtype, pd.CategoricalDtype):
        return []
    others = [name for name in columns if name != third]
    if not others:
        return []
    r = correlate(frame[[*others, third]], y=third, min_n=2, adjust="none").r[third]
    return [name for name in others if abs(r[name]) > 1 - 1e-12]


def _loss(frame: pd.DataFrame, columns: Sequence[str], third: str) -> float:
    """How much the mean size of r falls over the pairs without it; NaN where nothing is left."""
    rest = [name for name in columns if name != third]
    values = frame.loc[frame[third].notna(), rest]
    if len(rest) < 2 or len(values) < 10:
        return float("nan")
    above = np.triu_indices(len(rest), 1)
    before = correlate(values, adjust="none").r.to_numpy()
    if third in columns or not isinstance(frame[third].dtype, pd.CategoricalDtype):
        to_third = correlate(frame[[*rest, third]], y=third, adjust="none").r.to_numpy()[:, 0]
        after = given_one(before, to_third[:, np.newaxis], to_third)
    else:
        after = correlate_within(frame[[*rest, third]], third, adjust="none").r.to_numpy()
    lost = (np.abs(before) - np.abs(after))[above]
    lost = lost[np.isfinite(lost)]
    return float(lost.mean()) if lost.size else float("nan")


def _before_and_after(frame: pd.DataFrame, choosing: Choosing, adjust: Adjustment) -> Maps:
    rows = frame[[*choosing.columns, choosing.third]].dropna(subset=choosing.third)
    before = correlate(rows[choosing.columns], adjust=adjust)
    if isinstance(frame[choosing.third].dtype, pd.CategoricalDtype):
        return before, correlate_within(rows, choosing.third, adjust=adjust)
    return before, partial_correlate(rows, given=choosing.third, adjust=adjust)


def _left(frame: pd.DataFrame, choosing: Choosing) -> pd.DataFrame:
    """Each column less what the third says of it, by the rows that it shares with it."""
    third = frame[choosing.third]
    left = {}
    for name in choosing.columns:
        both = frame[name].notna() & third.notna()
        y = frame[name].where(both).astype(float)
        if isinstance(third.dtype, pd.CategoricalDtype):
            left[name] = y - y.groupby(third, observed=True).transform("mean")
        else:
            x = third.where(both).astype(float)
            x = x - x.mean()
            left[name] = y - y.mean() - x * (x * y).sum() / (x * x).sum()
    return pd.DataFrame(left)


def _is_grouping(frame: pd.DataFrame, third: str) -> bool:
    return bool(third) and isinstance(frame[third].dtype, pd.CategoricalDtype)


def _of_held(sheet: Sheet, choosing: Choosing) -> dict[str, Fact]:
    """Whether groups are held fixed or a line, and whether that line is through codes."""
    third = choosing.third
    return {
        "held_by_groups": _is_grouping(sheet.frame, third),
        "held_codes": bool(third) and checks(sheet, [third])["code_count"] == 1,
    }


def _curve(frame: pd.DataFrame, choosing: Choosing, given_line: pd.DataFrame) -> dict[str, Fact]:
    """The pair of which a curve in the third column takes most more than a line, if it is much."""
    if _is_grouping(frame, choosing.third):
        return {}
    left = _beside_a_curve(frame[choosing.columns].astype(float), frame[choosing.third])
    given_curve = correlate(left, adjust="none")
    rows, columns = np.triu_indices(len(choosing.columns), 1)
    line, curve, n = (
        each.to_numpy()[rows, columns] for each in (given_line, given_curve.r, given_curve.n)
    )
    is_nothing = left.abs().max().eq(0).to_numpy()
    curve = np.where(is_nothing[rows] | is_nothing[columns], 0.0, curve)
    lost = np.nan_to_num(np.abs(line) - np.abs(curve)).round(10)
    lost = np.where(lost > np.maximum(_CURVED, _BY_CHANCE / np.maximum(n, 1)), lost, 0.0)
    place = int(lost.argmax())
    if not lost[place]:
        return {}
    return {
        "bend_x": choosing.columns[rows[place]],
        "bend_y": choosing.columns[columns[place]],
        "bend_line": float(line[place]),
        "bend_left": float(curve[place]),
    }


def _beside_a_curve(values: pd.DataFrame, third: pd.Series[Any]) -> pd.DataFrame:
    """What is left of each column beside powers of the third and of its ranks; 0 for nothing.

    Powers find what bends, and powers of ranks what steps, wherever it does.
    """
    left = pd.DataFrame(np.nan, values.index, values.columns)
    present = values.notna().mul(third.notna(), axis=0)
    alike: dict[bytes, list[str]] = {}
    for name in everything(values):
        alike.setdefault(present[name].to_numpy().tobytes(), []).append(name)
    for names in alike.values():
        rows = present[names[0]].to_numpy()
        z = third[rows].to_numpy(dtype=float)
        if not len(z) or z.max() == z.min():
            continue
        y = values.loc[rows, names].to_numpy()
        y = y / np.maximum(np.abs(y).max(axis=0), np.finfo(float).tiny)
        y = y - y.mean(axis=0)
        design = _curve_of(z)
        beside = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        is_nothing = beside.std(axis=0) <= _NOTHING * y.std(axis=0)
        left.loc[rows, names] = np.where(is_nothing, 0.0, beside)
    return left


def _curve_of(z: Any) -> Any:
    """1, z, its square and cube, and Legendre's polynomials of degree 2 to 5 of its ranks."""
    scaled = z / np.abs(z).max()
    scaled = (scaled - scaled.mean()) / scaled.std()
    ranks = 2 * (pd.Series(z).rank().to_numpy() - 0.5) / len(z) - 1
    of_ranks = np.polynomial.legendre.legvander(ranks, 5)[:, 2:]
    return np.column_stack([scaled[:, np.newaxis] ** np.arange(4), of_ranks])


def _pairs(found: Maps) -> pd.DataFrame:
    before, after = (
        one.pairs().set_index(["x", "y"])[["r", "n", "p_adjusted", "low", "high"]] for one in found
    )
    return before.join(after.add_suffix("_given")).reset_index()


def _facts(found: Maps | None, choosing: Choosing, level: float) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "held": choosing.third,
        "same_count": len(choosing.same),
        "same_names": listed(choosing.same),
        "left_out": choosing.left_out,
        "pair_count": 0,
        "before_count": 0,
        "after_count": 0,
        "turned_count": 0,
        "mean_before": float("nan"),
        "mean_after": float("nan"),
        "fell_x": "",
        "fell_y": "",
        "fell_before": 0.0,
        "fell_after": 0.0,
        "grew_x": "",
        "grew_y": "",
        "grew_before": 0.0,
        "grew_after": 0.0,
        "bend_x": "",
        "bend_y": "",
        "bend_line": 0.0,
        "bend_left": 0.0,
    }
    if found is None:
        return facts
    rows, columns = np.triu_indices(len(choosing.columns), 1)
    before, after = (one.r.to_numpy()[rows, columns] for one in found)
    stars = [one.p_adjusted.to_numpy()[rows, columns] < level for one in found]
    both = np.isfinite(before) & np.isfinite(after)
    facts |= {
        "pair_count": len(rows),
        "before_count": int(stars[0].sum()),
        "after_count": int(stars[1].sum()),
        "turned_count": int((stars[0] & stars[1] & (before * after < 0)).sum()),
    }
    if not both.any():
        return facts
    facts |= {
        "mean_before": float(np.abs(before[both]).mean()),
        "mean_after": float(np.abs(after[both]).mean()),
    }
    lost = np.where(both, np.abs(before) - np.abs(after), 0.0)
    places = {}
    if lost.max() > _ROUNDING:
        places["fell"] = int(lost.round(10).argmax())
    if lost.min() < -_GREW:
        places["grew"] = int(lost.round(10).argmin())
    for word, place in places.items():
        facts |= {
            f"{word}_x": choosing.columns[rows[place]],
            f"{word}_y": choosing.columns[columns[place]],
            f"{word}_before": float(before[place]),
            f"{word}_after": float(after[place]),
        }
    return facts
