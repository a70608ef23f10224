"""Several charts on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lib.charts.chart import Chart
from lib.charts.grid import gathered
from lib.charts.heatmap import Heatmap
from lib.charts.paper import DRAWING, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT, _FONT_SIZE = 5.0, 4.2, 9.0
_WIDTH_ALONE, _HEIGHT_ALONE = 8.0, 6.0
"""Of a chart that has the page's width to itself."""
_AROUND = 1.2
"""The inches that title, names and labels take of a height."""


def sheet(charts: Sequence[Chart], across: int) -> Figure:
    """The charts on one white page, so many side by side; maps of one key as a grid.

    A map of fewer rows than columns takes less height.

    Raises
    ------
    ValueError
        If there is no chart.

    Examples
    --------
    >>> import pandas as pd
    >>> from lib.charts import Heatmap, Histogram
    >>> x = pd.DataFrame({"x": [1.0, 2.0]})
    >>> sheet([Heatmap(x), Histogram(x["x"])], 2).get_size_inches().tolist()
    [10.0, 4.2]
    """
    if not charts:
        raise ValueError("There is no chart to put on the page.")
    grid = gathered(charts, across)
    if grid is not None:
        return grid.paper()
    columns = min(across, len(charts))
    width, height = (_WIDTH, _HEIGHT) if across > 1 else (_WIDTH_ALONE, _HEIGHT_ALONE)
    rows = [charts[start : start + columns] for start in range(0, len(charts), columns)]
    heights = [max(_height_of(chart, height) for chart in row) for row in rows]
    figure = new_figure(width * columns, sum(heights), dpi=100)
    figure.set_layout_engine("constrained")
    with DRAWING:
        places = figure.subplots(len(rows), columns, squeeze=False, height_ratios=heights).ravel()
        for chart, axes in zip(charts, places, strict=False):
            chart.draw(axes, _FONT_SIZE)
        for axes in places[len(charts) :]:
            axes.set_axis_off()
    return figure


def _height_of(chart: Chart, most: float) -> float:
    """The inches for a chart that may have so many: cells are to be no higher than wide."""
    if not isinstance(chart, Heatmap):
        return most
    rows, columns = chart.shape
    return _AROUND + min(1, rows / columns) * (most - _AROUND)
