"""Lines: how numbers change along a scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.charts.drawing import Drawing
from lib.charts.plot import (
    DASHES,
    STROKES,
    draw_marks,
    finish,
    group_colours,
    legend_above,
    marks_on,
    on_page,
    quiet_axis,
)
from lib.charts.screen import layout
from lib.charts.theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BAND = 0.18


@dataclass(frozen=True, eq=False)
class Lines:
    """A line a column, over the index, whose name is the title of the x axis.

    - ``y``: the title of the y axis.
    - ``low``, ``high``: frames with some or all of the columns: a band around each.
    - ``marks``: words and the y value at which a reference line carries them.
    - ``log``: whether the x axis is logarithmic.

    A ValueError says what does not fit: no rows, columns that are not numbers, more lines than can
    be told apart, a band with other rows or with columns that are not there.

    >>> values = pd.DataFrame({"r": [0.8, 0.4]}, index=pd.Index([10, 100], name="rows"))
    >>> Lines(values, y="smallest r", log=True).paper().axes[0].get_xscale()
    'log'
    """

    values: pd.DataFrame
    title: str = ""
    y: str = ""
    low: pd.DataFrame | None = None
    high: pd.DataFrame | None = None
    marks: Mapping[str, float] = field(default_factory=dict)
    log: bool = False

    def __post_init__(self) -> None:
        if self.values.empty:
            raise ValueError("There is nothing to draw: the table has no rows or no columns.")
        for name, column in self.values.items():
            if not pd.api.types.is_numeric_dtype(column):
                raise ValueError(f"Column {name!r} is not numeric: a line needs numbers.")
        group_colours(LIGHT, len(self.values.columns))
        if (self.low is None) != (self.high is None):
            raise ValueError("A band needs both low and high.")
        for name, band in (("low", self.low), ("high", self.high)):
            if band is not None and not (
                band.index.equals(self.values.index) and set(band) <= set(self.values)
            ):
                raise ValueError(f"{name} must have the rows of the values, and columns of theirs.")

    @property
    def _x(self) -> str:
        return str(self.values.index.name or "")

    def _bands(self) -> list[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
        """The number of a line, and the ends of its band."""
        if self.low is None or self.high is None:
            return []
        return [
            (number, _numbers(self.low[name]), _numbers(self.high[name]))
            for number, name in enumerate(self.values.columns)
            if name in self.low and name in self.high
        ]

    def screen(self, theme: Theme) -> Drawing:
        """The lines as Plotly draws it on the screen."""
        colours = group_colours(theme, len(self.values.columns))
        x = self.values.index.to_numpy()
        bands = [
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.concatenate([x, x[::-1]]),
                "y": np.concatenate([high, low[::-1]]),
                "fill": "toself",
                "fillcolor": colours[number],
                "opacity": _BAND,
                "line": {"width": 0},
                "hoverinfo": "skip",
                "showlegend": False,
            }
            for number, low, high in self._bands()
        ]
        lines = [
            {
                "type": "scatter",
                "mode": "lines",
                "name": escape(str(name)),
                "x": x,
                "y": _numbers(column),
                "line": {"color": colour, "width": 2.5, "dash": dash},
                "hovertemplate": f"{escape(str(name))}<br>%{{x}}, %{{y:.3g}}<extra></extra>",
            }
            for (name, column), colour, dash in zip(
                self.values.items(), colours, DASHES, strict=False
            )
        ]
        shapes, notes = marks_on(theme, self.marks, across=True)
        figure = layout(theme, 400)
        figure |= {"shapes": shapes, "annotations": notes}
        if len(lines) > 1:
            figure |= {"showlegend": True, "legend": legend_above(theme)}
            figure["margin"]["t"] += 28
        figure["xaxis"] = quiet_axis(theme, self._x) | (
            {"type": "log", "dtick": "D2"} if self.log else {}
        )
        figure["yaxis"] = quiet_axis(theme, self.y)
        return Drawing([*bands, *lines], figure)

    def draw(self, axes: Axes, font_size: float) -> None:
        """The lines on axes of paper."""
        colours = group_colours(LIGHT, len(self.values.columns))
        x = self.values.index.to_numpy()
        for number, low, high in self._bands():
            axes.fill_between(x, low, high, color=colours[number], alpha=_BAND, lw=0)
        for (name, column), colour, stroke in zip(
            self.values.items(), colours, STROKES, strict=False
        ):
            axes.plot(x, _numbers(column), color=colour, ls=stroke, lw=2, label=str(name))
        if self.log:
            axes.set_xscale("log")
        draw_marks(axes, self.marks, font_size, across=True)
        if len(colours) > 1:
            axes.legend(fontsize=font_size, frameon=False)
        finish(axes, self.title, self._x, self.y, font_size)

    def paper(self, *, width: float = 7, height: float = 4.5, dpi: float = 100) -> Figure:
        """The lines on a white page of so many inches."""
        return on_page(self, width, height, dpi)


def _numbers(column: pd.Series[Any]) -> NDArray[np.float64]:
    return column.to_numpy(np.float64, na_value=np.nan)
