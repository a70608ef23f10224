"""Which cells are missing, and do they go together?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..charts import Heatmap
from ..course import Choice, Exhibit, Fact, Value, fill
from ..course.behind import counted
from ..course.exhibit import Behind
from ..stats import correlate
from .columns import categories, everything, numbers
from .gaps import WORTH_A_WORD, dependence, together
from .instrument import Instrument, Remark, table_of
from .options import LEVELS, level_choice

if TYPE_CHECKING:
    from ..tables import Sheet

MOST_COLUMNS = 300
_BANDS = 60


_BOTH_SHARES = (
    "Where {together_x} is missing, {with_share:.0%} of the rows lack {together_y}; elsewhere, "
    "{without_share:.0%} do. r of the two gaps is {together_r:.2f}, {together_p:p} after "
    "correction by Holm."
)


def _depends(state: Mapping[str, Any]) -> bool:
    return bool(state["depends"] and state["depends_p"] < LEVELS[state["level"]])


class MissingValues(Instrument):
    """The cells that hold nothing, as a map, and the columns that miss together."""

    title = "Missing values"
    question = "Which cells are missing, do they go together, and do they depend on other columns?"
    lesson = ("significance", "gaps")
    example = "airquality"
    in_order = True

    view = Choice("Show", ("cells", "missing together"), default="cells")
    level = level_choice()

    findings = (
        Remark(
            "{missing_count:,} of {cell_count:,} cells are missing, in "
            "{gappy_count:,} {gappy_count:column|columns}. {worst} misses most: "
            "{worst_percent:.1f} % of its rows.",
            when=lambda s: s["missing_count"] > 0,
            holds=lambda s: 0 < s["worst_percent"] <= 100,
        ),
        Remark(
            "{complete_rows:,} of {row_count:,} rows are complete. To keep those alone would "
            "throw away {lost_percent:.0f} % of the rows.",
            when=lambda s: s["complete_rows"] < s["row_count"],
            holds=lambda s: s["complete_rows"] <= s["row_count"],
        ),
        Remark(
            "{together_x} and {together_y} tend to be missing in the same rows. " + _BOTH_SHARES,
            when=lambda s: s["together_r"] > 0 and s["together_p"] < LEVELS[s["level"]],
            holds=lambda s: s["with_share"] > s["without_share"],
        ),
        Remark(
            "{together_x} and {together_y} tend to be missing in different rows. " + _BOTH_SHARES,
            when=lambda s: s["together_r"] < 0 and s["together_p"] < LEVELS[s["level"]],
            holds=lambda s: s["with_share"] < s["without_share"],
        ),
        Remark(
            "No two columns are shown to miss together, or apart. Nearest to it are {together_x} "
            "and {together_y}: r of the two gaps is {together_r:.2f}, {together_p:p} after "
            "correction by Holm.",
            when=lambda s: s["pair_count"] > 0 and s["together_p"] >= LEVELS[s["level"]],
            holds=lambda s: s["together_p"] >= LEVELS[s["level"]],
        ),
        Remark(
            "Do other columns tell where cells are missing? Of {tested_count:,} "
            "{tested_count:pair|pairs} of a column with gaps and another, {depends_count:,} "
            "{depends_count:is|are} significant at {level} after correction by Holm. "
            "Where both repeat from row to row, p counts fewer rows and is rough.",
            when=lambda s: s["tested_count"] > 0,
            holds=lambda s: s["depends_count"] <= s["tested_count"],
        ),
    )
    bewares = (
        Remark(
            "Where {depends} is missing, {depends_on} is {depends_word}: r with the gap is "
            "{depends_size:.2f}, {depends_p:p} after correction by Holm. So the rows that have it "
            "differ from those that do not.",
            when=lambda s: _depends(s) and bool(s["depends_word"]),
            holds=lambda s: (s["depends_size"] > 0) == (s["depends_word"] == "higher"),
        ),
        Remark(
            "Whether {depends} is missing goes with {depends_on}. Where that is {most_level}, "
            "{most_share:.0%} of the rows lack {depends}; where it is {least_level}, "
            "{least_share:.0%} do. "
            "V = {depends_size:.2f}, {depends_p:p} after correction by Holm. So the rows that have "
            "it differ from those that do not.",
            when=lambda s: _depends(s) and not s["depends_word"],
            holds=lambda s: s["most_share"] > s["least_share"],
        ),
        Remark(
            "{run_gap} is missing in runs of rows, and {run_on} changes little from row to row. "
            "They go together: {run_measure} of the gap and {run_on} is {run_size:.2f}. But a p "
            "would take each row for news, so none is given.",
            when=lambda s: bool(s["run_gap"]),
            holds=lambda s: abs(s["run_size"]) > WORTH_A_WORD - 1e-9,
        ),
        Remark(
            "{together_x} and {together_y} are missing in runs of rows. Few runs tell little, "
            "however many rows they have: the p of their gaps counts fewer rows, and is rough.",
            when=lambda s: s["together_runs"] and abs(s["together_r"]) >= WORTH_A_WORD,
            holds=lambda s: s["pair_count"] > 0,
        ),
        Remark(
            "No column here is shown to tell where gaps are. That does not mean that they fell by "
            "chance: they may depend on the value that is missing.",
            when=lambda s: not _depends(s) and not s["run_gap"],
            holds=lambda s: s["missing_count"] > 0 and s["depends_count"] == 0,
        ),
        Remark(
            "{empty_count:,} {empty_count:column has|columns have} no value at all.",
            when=lambda s: s["empty_count"] > 0,
            holds=lambda s: s["worst_percent"] == 100,
        ),
        Remark(
            "Each row of the figure is a band of {band_rows:,} rows or so, and shows what share "
            "is missing.",
            when=lambda s: s["band_rows"] > 1 and s["view"] == "cells",
            holds=lambda s: s["band_rows"] > 1,
        ),
        Remark(
            "{left_out:,} columns are left out: the figure keeps those that miss most.",
            when=lambda s: s["left_out"] > 0,
            holds=lambda s: s["left_out"] > 0,
        ),
    )

    def fits(self, sheet: Sheet) -> str:
        if not sheet.frame.size or not sheet.frame.isna().to_numpy().any():
            return (
                "No cell of this table is missing. If some stand for nothing, such as 999, say so "
                "where the file is read; or remove some at random."
            )
        return ""

    def givens(self, sheet: Sheet, **_: Any) -> Mapping[str, Value]:
        return {
            "names": tuple(_shown(sheet.frame)),
            "numbers": tuple(_numbers(sheet)),
            "words": tuple(_words(sheet)),
            "left_out": max(0, sheet.frame.shape[1] - MOST_COLUMNS),
        }

    def measure(self, sheet: Sheet, *, view: str, level: str) -> Exhibit:
        names = _shown(sheet.frame)
        missing = sheet.frame[names].isna()
        gaps = missing.loc[:, missing.any() & ~missing.all()].astype(float)
        r = correlate(gaps, adjust="none").r if gaps.shape[1] > 1 else None
        facts = {
            **_facts(missing),
            **together(gaps, r),
            **dependence(gaps, sheet.frame[[*_numbers(sheet), *_words(sheet)]], LEVELS[level]),
            "left_out": max(0, sheet.frame.shape[1] - MOST_COLUMNS),
        }
        shares = missing.mean()
        table = pd.DataFrame({"missing": missing.sum(), "share": shares})
        described = fill(
            "{missing_count:,} of {cell_count:,} cells are missing. {worst} misses most, "
            "{worst_percent:.1f} % of its rows.",
            facts,
        )
        if view == "cells":
            return Exhibit(facts, table, described, READINGS, (_cells(missing),))
        if r is None:
            reason = "Fewer than two columns have gaps, so none can be missing together."
            return Exhibit(facts, table, described, READINGS, stopped=reason)
        figure = Heatmap.lower(r, title="Gaps that go together", scale="r of gaps")

        def open_cell(row: str, column: str) -> Behind:
            first, second = (
                missing[name].map({True: "missing", False: "there"}) for name in (row, column)
            )
            if row == column:
                return Behind(figure, f"{row} with itself: no finding.")
            both = int((missing[row] & missing[column]).sum())
            return Behind(
                counted(first, second),
                fill("Both are missing in {both:,} {both:row|rows}.", {"both": both}),
            )

        return Exhibit(facts, table, described, READINGS, (figure,), behind=open_cell)


READINGS = {
    "missing": "{missing_percent:.1f} %",
    "complete rows": "{complete_rows:,} of {row_count:,}",
    "columns with gaps": "{gappy_count:,} of {column_count:,}",
}


def _shown(frame: pd.DataFrame) -> list[str]:
    """At most so many columns, those that miss most, in the table's order."""
    names = everything(frame)
    if len(names) <= MOST_COLUMNS:
        return names
    order = np.argsort(-frame.isna().sum().to_numpy(), kind="stable")[:MOST_COLUMNS]
    return [names[place] for place in np.sort(order)]


def _numbers(sheet: Sheet) -> list[str]:
    return numbers(table_of(sheet))[:MOST_COLUMNS]


def _words(sheet: Sheet) -> list[str]:
    return categories(table_of(sheet))[:MOST_COLUMNS]


def _cells(missing: pd.DataFrame) -> Heatmap:
    """Rows from top to bottom, as they are or in bands, painted by the share that is missing."""
    bands = _bands(len(missing))
    numbered = np.arange(len(missing))
    shares = missing.astype(float).groupby(bands).mean()
    rows = pd.Series(numbered + 1).groupby(bands).agg(["min", "max"]).to_numpy().tolist()
    shares.index = [
        f"row {first:,}" if first == last else f"rows {first:,} to {last:,}" for first, last in rows
    ]
    return Heatmap(shares, (0, 1), colours="viridis", decimals=None, scale="share missing")


def _bands(rows: int) -> Any:
    return np.arange(rows) * min(rows, _BANDS) // max(rows, 1)


def _facts(missing: pd.DataFrame) -> dict[str, Fact]:
    shares = missing.mean()
    rows, complete = len(missing), int((~missing.any(axis=1)).sum())
    return {
        "row_count": rows,
        "column_count": missing.shape[1],
        "cell_count": missing.size,
        "missing_count": int(missing.to_numpy().sum()),
        "missing_percent": 100 * float(missing.to_numpy().mean()),
        "gappy_count": int(missing.any().sum()),
        "empty_count": int(missing.all().sum()),
        "worst": str(shares.idxmax()),
        "worst_percent": 100 * float(shares.max()),
        "complete_rows": complete,
        "lost_percent": 100 * (1 - complete / rows),
        "band_rows": -(-rows // _BANDS),
    }
