"""Several charts on one page."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from .chart import Chart
from .grid import gathered
from .paper import DRAWING, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT, _FONT_SIZE = 5.0, 4.2, 9.0


def sheet(charts: Sequence[Chart], across: int) -> Figure:
    """The charts on one white page, so many side by side; maps of one key as a grid.

    Raises
    ------
    ValueError
        If there is no chart.

    Examples
    --------
    >>> import pandas as pd
    >>> from . import Heatmap, Histogram
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
    rows = ceil(len(charts) / columns)
    figure = new_figure(_WIDTH * columns, _HEIGHT * rows, dpi=100)
    figure.set_layout_engine("constrained")
    with DRAWING:
        places = figure.subplots(rows, columns, squeeze=False).ravel()
        for chart, axes in zip(charts, places, strict=False):
            chart.draw(axes, _FONT_SIZE)
        for axes in places[len(charts) :]:
            axes.set_axis_off()
    return figure
