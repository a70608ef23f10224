"""Intervals: estimates, and how far they may be off."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.charts.drawing import Drawing
from lib.charts.plot import finish, marks_on, must_be_told_apart, on_page, quiet_axis
from lib.charts.screen import label, layout
from lib.charts.theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW = 30


@dataclass(frozen=True, eq=False)
class Intervals:
    """An estimate with its interval a row, from top to bottom.

    - ``values``: columns low, value and high; the index names the rows.
    - ``x``: the title of the x axis.
    - ``mark``: where a vertical line stands, such as zero.

    A ValueError says which of the three columns is missing, or that there are no rows.

    >>> values = pd.DataFrame({"low": [-0.2], "value": [0.5], "high": [0.9]}, index=["n = 10"])
    >>> Intervals(values, mark=0).paper().axes[0].get_yticklabels()[0].get_text()
    'n = 10'
    """

    values: pd.DataFrame
    title: str = ""
    x: str = ""
    mark: float | None = None

    def __post_init__(self) -> None:
        missing = [name for name in ("low", "value", "high") if name not in self.values]
        if missing:
            raise ValueError(
                f"An interval needs columns low, value and high: {missing[0]!r} is missing."
            )
        if self.values.empty:
            raise ValueError("There is nothing to draw: the table has no rows.")
        must_be_told_apart(self.values.index)

    def screen(self, theme: Theme) -> Drawing:
        """The intervals as Plotly draws it on the screen."""
        names = [str(name) for name in self.values.index]
        low, value, high = (self.values[name].to_numpy() for name in ("low", "value", "high"))
        trace = {
            "type": "scatter",
            "mode": "markers",
            "x": value,
            "y": names,
            "error_x": {
                "type": "data",
                "symmetric": False,
                "array": high - value,
                "arrayminus": value - low,
                "color": theme.link,
                "thickness": 2.5,
                "width": 6,
            },
            "marker": {"color": theme.link, "size": 10},
            "customdata": np.column_stack([low, high]),
            "text": [escape(name) for name in names],
            "hovertemplate": "%{text}<br>%{x:.2f}, from %{customdata[0]:.2f} to "
            "%{customdata[1]:.2f}<extra></extra>",
        }
        figure = layout(theme, 62 + _ROW * len(names))
        marks = {} if self.mark is None else {"": self.mark}
        figure["shapes"], _ = marks_on(theme, marks, across=False)
        figure["xaxis"] = quiet_axis(theme, self.x)
        figure["yaxis"] = quiet_axis(theme, "") | {
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
            "labelalias": {name: label(name) for name in names},
        }
        return Drawing([trace], figure)

    def draw(self, axes: Axes, font_size: float) -> None:
        """The intervals on axes of paper."""
        rows = np.arange(len(self.values))
        low, value, high = (self.values[name].to_numpy() for name in ("low", "value", "high"))
        axes.errorbar(
            value, rows, xerr=[value - low, high - value], fmt="o", color=LIGHT.link, capsize=3
        )
        if self.mark is not None:
            axes.axvline(self.mark, color=LIGHT.text, ls=":", lw=1)
        axes.set_yticks(rows, [str(name) for name in self.values.index])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        finish(axes, self.title, self.x, "", font_size)

    def paper(self, *, width: float = 7, height: float | None = None, dpi: float = 100) -> Figure:
        """The intervals on a white page of so many inches."""
        return on_page(self, width, height or 1.2 + 0.3 * len(self.values), dpi)
