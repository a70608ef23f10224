"""What the cells of a page open, collected once: columns that many cells share are stored once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api import types

from ...charts import Clustermap, Heatmap, Intervals, Scatter, name_text
from ...course import Exhibit
from ...course.working import working
from ..mapping import with_days
from ..opening import DRAWN
from .drawn import Palette, heatmap_data, intervals_data, numbers

if TYPE_CHECKING:
    from ...charts import Chart
    from ...tables import Sheet

MOST_ROWS = 2_000
MOST_CELLS = 2_500
_MOST_NUMBERS = 300_000
_SEED = 0
_BY_LOT = f" Drawn are {DRAWN:,} of the rows, chosen by lot."

Cell: TypeAlias = tuple[str, str]
Floats: TypeAlias = NDArray[np.float64]


@dataclass
class Collected:
    """What is in the file behind its cells.

    opened   of a figure, a row and a column the number of its detail
    details  a sentence and a chart each
    series   columns of points, to which charts refer by number
    notes    what was left out, in sentences
    """

    opened: dict[tuple[int, str, str], int] = field(default_factory=dict)
    details: list[dict[str, Any]] = field(default_factory=list)
    series: list[list[Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def collect(sheet: Sheet, exhibit: Exhibit, palette: Palette) -> Collected:
    """What all cells open; of many cells the strongest, as the map paints them."""
    collected = Collected()
    points = _Points(sheet, collected.series)
    wanted = _cells(exhibit)
    if len(wanted) > MOST_CELLS:
        collected.notes.append(
            f"Of {len(wanted):,} cells, the {MOST_CELLS:,} with the largest values open."
        )
        wanted = wanted[:MOST_CELLS]
    for done, (place, row, column) in enumerate(wanted):
        working(done / len(wanted), "Collecting what the cells open")
        open_cell = exhibit.behind_cell(place)
        assert open_cell is not None
        behind = open_cell(row, column)
        sentence, chart = _drawing(behind.chart, behind.sentence, points, palette)
        collected.opened[place, row, column] = len(collected.details)
        collected.details.append(
            {"of": [name_text(row), name_text(column)], "sentence": sentence, "chart": chart}
        )
    return collected


def _cells(exhibit: Exhibit) -> list[tuple[int, str, str]]:
    """All cells that open something: figure, row and column, the largest values first."""
    found = []
    for place, figure in enumerate(exhibit.figures):
        chart = figure.heatmap if isinstance(figure, Clustermap) else figure
        if not isinstance(chart, Heatmap) or exhibit.behind_cell(place) is None:
            continue
        rows, columns = chart.values.axes
        size = np.nan_to_num(np.abs(chart.numbers), posinf=0.0)
        for row, column in np.argwhere(chart.shown).tolist():
            found.append((-size[row, column], place, rows[row], columns[column]))
    found.sort(key=lambda cell: cell[0])
    return [cell[1:] for cell in found]


def _drawing(
    chart: Chart, sentence: str, points: _Points, palette: Palette
) -> tuple[str, dict[str, Any] | None]:
    match chart:
        case Scatter():
            return points.of(chart, sentence)
        case Intervals():
            return sentence, intervals_data(chart)
        case Heatmap():
            return sentence, heatmap_data(chart, palette, {})
    return sentence, None


class _Points:
    """Scatter plots that refer to columns of the table where they show nothing else."""

    def __init__(self, sheet: Sheet, series: list[list[Any]]) -> None:
        frame = with_days(sheet.frame)
        self._table = {
            str(name): column.to_numpy(dtype=float, na_value=np.nan)
            for name, column in frame.items()
            if types.is_numeric_dtype(column.dtype)
        }
        self._index = frame.index
        self._rows = np.arange(len(frame))
        if len(frame) > MOST_ROWS:
            random = np.random.default_rng(_SEED)
            self._rows = np.sort(random.choice(len(frame), MOST_ROWS, replace=False))
        self._series = series
        self._known: dict[object, int] = {}
        self._left = _MOST_NUMBERS

    def of(self, chart: Scatter, sentence: str) -> tuple[str, dict[str, Any] | None]:
        """The sentence, and the plot in numbers; none where the file would grow too large."""
        drawing: dict[str, Any] = {
            "kind": "scatter",
            "xName": name_text(chart.x.name),
            "yName": name_text(chart.y.name),
            "line": chart.line,
        }
        names = str(chart.x.name), str(chart.y.name)
        complete = self._complete(chart, names, is_drawn=_BY_LOT in sentence)
        if complete is None:
            return self._alone(chart, sentence, drawing)
        sentence = sentence.replace(_BY_LOT, "")
        drawn = int(complete[self._rows].sum())
        if drawn < complete.sum():
            sentence += f" Drawn are {drawn:,} of the {complete.sum():,} rows, chosen by lot."
        x, y = (self._column(name) for name in names)
        return sentence, drawing | {"x": x, "y": y, "rows": self._row_numbers()}

    def _complete(
        self, chart: Scatter, names: tuple[str, str], *, is_drawn: bool
    ) -> NDArray[np.bool_] | None:
        """The rows that have both columns, if the plot shows them all or some drawn of them."""
        if chart.groups is not None or any(name not in self._table for name in names):
            return None
        at = self._index.get_indexer(chart.x.index)
        columns = [self._table[name] for name in names]
        for column, shown in zip(columns, (chart.x, chart.y), strict=True):
            values = shown.to_numpy(dtype=float, na_value=np.nan)
            if (at < 0).any() or not np.array_equal(column[at], values, equal_nan=True):
                return None
        complete: NDArray[np.bool_] = np.isfinite(columns[0]) & np.isfinite(columns[1])
        return complete if is_drawn or complete[at].sum() == complete.sum() else None

    def _alone(
        self, chart: Scatter, sentence: str, drawing: dict[str, Any]
    ) -> tuple[str, dict[str, Any] | None]:
        """A plot of values of its own."""
        x, y = (self._array(series) for series in (chart.x, chart.y))
        if x is None or y is None:
            return f"{sentence} Its plot is left out, to keep this file small.", None
        drawing |= {"x": x, "y": y}
        if chart.groups is not None:
            codes, names = pd.factorize(chart.groups)
            drawing["groupNames"] = [name_text(name) for name in names]
            drawing["groups"] = self._stored(("groups", codes.tobytes()), codes.tolist)
        return sentence, drawing

    def _column(self, name: str) -> int:
        return self._stored(name, lambda: numbers(self._table[name][self._rows]))

    def _row_numbers(self) -> int:
        return self._stored(None, (self._rows + 1).tolist)

    def _array(self, series: pd.Series[Any]) -> int | None:
        values = series.to_numpy(dtype=float, na_value=np.nan)
        key = values.tobytes()
        if key not in self._known:
            if len(values) > min(self._left, MOST_ROWS):
                return None
            self._left -= len(values)
        return self._stored(key, lambda: numbers(values))

    def _stored(self, key: object, values: Callable[[], list[Any]]) -> int:
        if key not in self._known:
            self._known[key] = len(self._series)
            self._series.append(values())
        return self._known[key]
