"""Lines: how numbers change along a scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .drawing import Drawing
from .names import name_text
from .plot import (
    DASHES,
    MARKERS,
    STROKES,
    SYMBOLS,
    draw_log_axis,
    draw_marks,
    finish,
    group_colours,
    in_legend,
    log_axis,
    on_page,
    quiet_axis,
    show_legend,
    show_marks,
)
from .screen import layout, markup, room_in_height
from .theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BAND = 0.18
# Beyond so many a line's marks would hide the line.
_MOST_MARKED = 60


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
    def is_discrete(self) -> bool:
        """Whether there is nothing between the rows, as between lags: each is then marked.

        >>> Lines(pd.DataFrame({"r": [0.8, 0.4]}, index=[0, 1])).is_discrete
        True
        """
        return len(self.values) <= _MOST_MARKED and bool(
            pd.api.types.is_integer_dtype(self.values.index.dtype)
        )

    def _bands(self) -> list[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
        """The number of a line, and the ends of its band."""
        if self.low is None or self.high is None:
            return []
        return [
            (number, _numbers(self.low[name]), _numbers(self.high[name]))
            for number, name in enumerate(self.values.columns)
            if name in self.low and name in self.high
        ]

    def screen(self, theme: Theme, *, width: float | None = None) -> Drawing:
        """The lines as Plotly draws it on the screen, in a panel of so many pixels."""
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
                "mode": "lines+markers" if self.is_discrete else "lines",
                "name": markup(name_text(name)),
                "x": x,
                "y": _numbers(column),
                "line": {"color": colours[number], "width": 2.5, "dash": DASHES[number]},
                "marker": {"color": colours[number], "symbol": SYMBOLS[number], "size": 7},
                "hovertemplate": f"{markup(name_text(name))}<br>%{{x}}, %{{y:.3g}}<extra></extra>",
                "showlegend": len(colours) > 1,
            }
            for number, (name, column) in enumerate(self.values.items())
        ]
        figure = layout(theme, room_in_height(400, width))
        if len(lines) > 1:
            show_legend(figure, theme)
        show_marks(figure, theme, self.marks, across=True)
        title = self.values.index.name
        figure["xaxis"] = (
            log_axis(theme, title, x.tolist()) if self.log else quiet_axis(theme, title)
        )
        figure["yaxis"] = quiet_axis(theme, self.y)
        return Drawing([*bands, *lines], figure)

    def draw(self, axes: Axes, font_size: float) -> None:
        """The lines on axes of paper."""
        from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
        from matplotlib.ticker import MaxNLocator

        colours = group_colours(LIGHT, len(self.values.columns))
        x = self.values.index.to_numpy()
        for number, low, high in self._bands():
            axes.fill_between(x, low, high, color=colours[number], alpha=_BAND, lw=0)
        for number, (name, column) in enumerate(self.values.items()):
            axes.plot(
                x,
                _numbers(column),
                color=colours[number],
                ls=STROKES[number],
                lw=2,
                marker=MARKERS[number] if self.is_discrete else None,
                ms=4,
                label=in_legend(name) if len(colours) > 1 else "",
            )
        if self.log:
            draw_log_axis(axes, x.tolist())
        elif self.is_discrete:
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        elif isinstance(self.values.index, pd.DatetimeIndex):
            # Whole dates at as many ticks as numbers have would lie on each other.
            locator = AutoDateLocator(maxticks=7)  # type: ignore[no-untyped-call]
            axes.xaxis.set_major_locator(locator)
            dates = ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
            axes.xaxis.set_major_formatter(dates)
        draw_marks(axes, self.marks, across=True)
        finish(axes, self.title, self.values.index.name, self.y, font_size)

    def paper(self, *, width: float = 7, height: float = 4.5, dpi: float = 100) -> Figure:
        """The lines on a white page of so many inches."""
        return on_page(self, width, height, dpi)


def _numbers(column: pd.Series[Any]) -> NDArray[np.float64]:
    return column.to_numpy(np.float64, na_value=np.nan)
