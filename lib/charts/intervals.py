"""Intervals: estimates, and how far they may be off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .drawing import Drawing
from .names import name_text
from .numbers import significant_text
from .plot import (
    axis_of_names,
    draw_marks,
    draw_names,
    finish,
    must_be_told_apart,
    on_page,
    quiet_axis,
    show_marks,
)
from .screen import layout, markup
from .theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW = 30


@dataclass(frozen=True, eq=False)
class Intervals:
    """An estimate with its interval a row, from top to bottom.

    - ``values``: columns low, value and high; the index names the rows. An estimate without an
      interval has NaN at both ends, and is a dot.
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

    def screen(self, theme: Theme, *, width: float | None = None) -> Drawing:
        """The intervals as Plotly draws it on the screen, in a panel of so many pixels."""
        low, value, high = (self.values[name].to_numpy() for name in ("low", "value", "high"))
        trace = {
            "type": "scatter",
            "mode": "markers",
            "x": value,
            "y": [str(name) for name in self.values.index],
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
            "hovertext": [markup(words) for words in self._spoken()],
            "hoverinfo": "text",
        }
        figure = layout(theme, 62 + _ROW * len(self.values))
        show_marks(figure, theme, self._marks, across=False)
        figure["xaxis"] = quiet_axis(theme, self.x)
        figure["yaxis"] = axis_of_names(theme, self.values.index, width)
        return Drawing([trace], figure)

    @property
    def _marks(self) -> dict[str, float]:
        return {} if self.mark is None else {"": self.mark}

    def _spoken(self) -> list[str]:
        """Each row in words."""
        spoken = []
        for name, *numbers in self.values[["value", "low", "high"]].itertuples():
            value, low, high = map(significant_text, numbers)
            ends = "no interval" if np.isnan(numbers[1:]).all() else f"from {low} to {high}"
            spoken.append(f"{name_text(name)}: {value}, {ends}")
        return spoken

    def draw(self, axes: Axes, font_size: float) -> None:
        """The intervals on axes of paper."""
        rows = np.arange(len(self.values))
        low, value, high = (self.values[name].to_numpy() for name in ("low", "value", "high"))
        axes.errorbar(
            value, rows, xerr=[value - low, high - value], fmt="o", color=LIGHT.link, capsize=3
        )
        draw_marks(axes, self._marks, across=False)
        draw_names(axes, self.values.index)
        finish(axes, self.title, self.x, "", font_size)

    def paper(self, *, width: float = 7, height: float | None = None, dpi: float = 100) -> Figure:
        """The intervals on a white page of so many inches."""
        return on_page(self, width, height or 1.2 + 0.3 * len(self.values), dpi)
