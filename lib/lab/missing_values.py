"""Which cells are missing, and do they go together?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib.charts import Heatmap
from lib.course import Choice, Exhibit, Fact, Value, fill
from lib.course.behind import counted
from lib.course.exhibit import Behind
from lib.lab.columns import everything, numbers
from lib.lab.instrument import Instrument, Remark, table_of
from lib.lab.options import LEVELS, level_choice
from lib.stats import adjust_p_values, correlate

if TYPE_CHECKING:
    from lib.tables import Sheet

MOST_COLUMNS = 300
_BANDS = 60


class MissingValues(Instrument):
    """The cells that hold nothing, as a map, and the columns that miss together."""

    title = "Missing values"
    question = "Which cells are missing, do they go together, and do they depend on other columns?"
    lesson = ("significance", "gaps")
    example = "airquality"

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
            "{together_x} and {together_y} tend to be missing in the same rows: r of the two "
            "gaps is {together_r:.2f}.",
            when=lambda s: s["together_r"] >= 0.5,
            holds=lambda s: s["together_r"] >= 0.5,
        ),
        Remark(
            "No two columns tend to be missing in the same rows.",
            when=lambda s: s["gappy_count"] > 1 and -0.1 < s["together_r"] < 0.1,
            holds=lambda s: s["together_r"] < 0.1,
        ),
    )
    bewares = (
        Remark(
            "Where {depends} is missing, {depends_on} is {depends_word}: r with the gap is "
            "{depends_r:.2f}, {depends_p:p} after correction by Holm. So the rows that have it "
            "differ from those that do not.",
            when=lambda s: bool(s["depends"]) and s["depends_p"] < LEVELS[s["level"]],
            holds=lambda s: (s["depends_r"] > 0) == (s["depends_word"] == "higher"),
        ),
        Remark(
            "That no column here tells where gaps are does not mean that they fell by chance: "
            "they may depend on the value that is missing.",
            when=lambda s: not (s["depends"] and s["depends_p"] < LEVELS[s["level"]]),
            holds=lambda s: s["missing_count"] > 0,
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
            "numbers": tuple(_beside(sheet)),
            "left_out": max(0, sheet.frame.shape[1] - MOST_COLUMNS),
        }

    def measure(self, sheet: Sheet, *, view: str, level: str) -> Exhibit:  # noqa: ARG002
        names = _shown(sheet.frame)
        missing = sheet.frame[names].isna()
        gaps = missing.loc[:, missing.any() & ~missing.all()].astype(float)
        together = correlate(gaps, adjust="none").r if gaps.shape[1] > 1 else None
        facts = {
            **_facts(missing, together),
            **_dependence(gaps, sheet.frame[_beside(sheet)]),
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
        if together is None:
            reason = "Fewer than two columns have gaps, so none can be missing together."
            return Exhibit(facts, table, described, READINGS, stopped=reason)
        figure = Heatmap.lower(together, title="Gaps that go together", scale="r of gaps")

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


def _beside(sheet: Sheet) -> list[str]:
    return numbers(table_of(sheet))[:MOST_COLUMNS]


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


def _facts(missing: pd.DataFrame, together: pd.DataFrame | None) -> dict[str, Fact]:
    shares = missing.mean()
    rows, complete = len(missing), int((~missing.any(axis=1)).sum())
    x, y, r = "", "", 0.0
    if together is not None:
        above = np.triu_indices(len(together), 1)
        place = int(np.nanargmax(together.to_numpy()[above]))
        x, y = (str(together.index[part[place]]) for part in above)
        r = float(together.to_numpy()[above][place])
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
        "together_x": x,
        "together_y": y,
        "together_r": r,
        "band_rows": -(-rows // _BANDS),
    }


def _dependence(gaps: pd.DataFrame, values: pd.DataFrame) -> dict[str, Fact]:
    """The column of numbers that tells most about where another is missing."""
    nothing: dict[str, Fact] = {"depends": "", "depends_on": "", "depends_word": ""}
    nothing |= {"depends_r": 0.0, "depends_p": 1.0}
    gap_names = [f"gap {place}" for place in range(gaps.shape[1])]
    if not gap_names or values.empty:
        return nothing
    places = list(range(values.shape[1]))
    data = pd.concat(
        [gaps.set_axis(gap_names, axis=1), values.astype(float).set_axis(places, axis=1)], axis=1
    )
    found = correlate(data, x=gap_names, y=places, adjust="none")
    r, p = found.r.to_numpy(), found.p.to_numpy()
    if np.isnan(p).all():
        return nothing
    adjusted = adjust_p_values(p.ravel(), "holm")
    place = int((p <= np.nanmin(p) * (1 + 1e-9)).argmax())  # of equal ones the first
    row, column = np.unravel_index(place, p.shape)
    return {
        "depends": str(gaps.columns[int(row)]),
        "depends_on": str(values.columns[int(column)]),
        "depends_word": "higher" if r[row, column] > 0 else "lower",
        "depends_r": float(r[row, column]),
        "depends_p": float(adjusted[place]),
    }
