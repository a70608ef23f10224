"""Bars: a few numbers beside each other."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .drawing import Drawing
from .names import axis_names, name_text
from .numbers import significant_text
from .plot import (
    axis_of_names,
    draw_marks,
    draw_names,
    finish,
    group_colours,
    in_legend,
    longest_of_names,
    must_be_told_apart,
    on_page,
    quiet_axis,
    show_legend,
    show_marks,
)
from .screen import WIDE, layout, markup, text_pixels
from .theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


_EDGES, _GAP = 36, 12
"""The pixels beside the plot and the names, and beside words at the end of a bar."""
_SHORTEST = 0.25
"""The share of a plot that the longest bar has at least."""
_FADED = 0.4
_ON_PAPER = 1.4
"""How many times as far out as the longest bar an axis of paper goes."""


@dataclass(frozen=True, eq=False)
class Bars:
    """Horizontal bars: a group a row from top to bottom, a bar a column.

    - ``x``: the title of the x axis.
    - ``marks``: words and the x value at which a reference line carries them.
    - ``text``: what stands at the ends of the bars, in place of numbers along the axis.
    - ``limits``: where the numbers along the axis begin and end, whatever is drawn, beside words
      at the ends of the bars.
    - ``faded``: the rows whose bars step back.

    A ValueError says what does not fit: no rows, a column that is not numeric, more columns than
    can be told apart, a ``text`` with other rows or columns, a row of ``faded`` that there is not.

    >>> values = pd.DataFrame({"kept": [11, 10]}, index=["all", "without adt"])
    >>> len(Bars(values).paper().axes[0].patches)
    2
    """

    values: pd.DataFrame
    title: str = ""
    x: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)
    text: pd.DataFrame | None = None
    limits: tuple[float, float] | None = None
    faded: Collection[Hashable] = ()

    def __post_init__(self) -> None:
        if self.values.empty:
            raise ValueError("There is nothing to draw: the table has no rows or no columns.")
        for name, column in self.values.items():
            if not pd.api.types.is_numeric_dtype(column):
                raise ValueError(f"Column {name!r} is not numeric: a bar needs a number.")
        must_be_told_apart(self.values.index)
        group_colours(LIGHT, len(self.values.columns))
        if self.text is not None and not (
            self.text.index.equals(self.values.index)
            and self.text.columns.equals(self.values.columns)
        ):
            raise ValueError("text must have the rows and columns of the values.")
        if not set(self.faded) <= set(self.values.index):
            raise ValueError("faded must be rows of the values.")

    def _reach(self, stretch: float) -> tuple[float, float]:
        """Where the axis ends, so many times as far out as the bars, for what stands there."""
        numbers = self.values.to_numpy(float, na_value=np.nan)
        low, high = min(0.0, float(np.nanmin(numbers))), max(0.0, float(np.nanmax(numbers)))
        begin, end = self.limits or (0.0, 0.0)
        return min(begin, stretch * low), max(end, stretch * high) or 1.0

    @property
    def _ticks(self) -> list[float]:
        """Quarters of what lies between the limits: beyond them words alone have their room."""
        if self.limits is None:
            return []
        ticks: list[float] = np.linspace(*self.limits, 5).tolist()
        return ticks

    @property
    def _strengths(self) -> list[float]:
        """How much of its colour each row's bars have."""
        return [_FADED if name in self.faded else 1.0 for name in self.values.index]

    def _stretch(self, width: float | None) -> float:
        """How far out the axis has to go in a panel of so many pixels for the words to fit."""
        panel = WIDE if width is None else width
        names = axis_names(self.values.index, longest_of_names(width))
        plot = panel - _EDGES - max(map(text_pixels, names))
        words = max(text_pixels(text) for name in self.values for text in self._ends(name))
        return float(plot / max(plot - words - _GAP, _SHORTEST * plot))

    def _ends(self, name: Hashable) -> list[str]:
        """What stands at the ends of one column's bars."""
        assert self.text is not None
        return [name_text(text) for text in self.text[name]]

    def screen(self, theme: Theme, *, width: float | None = None) -> Drawing:
        """The bars as Plotly draws it on the screen, in a panel of so many pixels."""
        rows = [name_text(name) for name in self.values.index]
        colours = group_colours(theme, len(self.values.columns))
        bars = [
            {
                "type": "bar",
                "orientation": "h",
                "name": markup(name_text(name)),
                "x": column.to_numpy(float, na_value=np.nan),
                "y": [str(row) for row in self.values.index],
                "marker": {"color": colour, "line": {"width": 0}, "opacity": self._strengths},
                "hovertext": [
                    markup(f"{row}, {name_text(name)}: {significant_text(value)}")
                    for row, value in zip(rows, column, strict=True)
                ],
                "hoverinfo": "text",
                "showlegend": len(colours) > 1,
                **self._at_the_ends(name, theme),
            }
            for (name, column), colour in zip(self.values.items(), colours, strict=True)
        ]
        figure = layout(theme, 62 + len(rows) * (14 + 18 * len(bars)))
        figure |= {"barmode": "group", "bargap": 0.25}
        if len(bars) > 1:
            show_legend(figure, theme)
        show_marks(figure, theme, self.marks, across=False)
        if figure["showlegend"]:
            figure["height"] += 28
        figure["xaxis"] = quiet_axis(theme, self.x)
        if self.text is not None:
            figure["xaxis"] |= {
                "range": list(self._reach(self._stretch(width))),
                "showticklabels": self.limits is not None,
                **({"tickvals": self._ticks} if self.limits else {}),
            }
        figure["yaxis"] = axis_of_names(theme, self.values.index, width)
        return Drawing(bars, figure)

    def _at_the_ends(self, name: Hashable, theme: Theme) -> dict[str, Any]:
        """What Plotly has to know of the words at one column's bars."""
        if self.text is None:
            return {}
        return {
            "text": [markup(text) for text in self._ends(name)],
            "textposition": "outside",
            "textfont": {"size": 12, "color": theme.text},
            "cliponaxis": False,
        }

    def draw(self, axes: Axes, font_size: float) -> None:
        """The bars on axes of paper."""
        rows, count = np.arange(len(self.values)), len(self.values.columns)
        thickness = 0.75 / count
        colours = group_colours(LIGHT, count)
        for number, ((name, column), colour) in enumerate(
            zip(self.values.items(), colours, strict=True)
        ):
            offset = (number - (count - 1) / 2) * thickness
            known = in_legend(name) if count > 1 else ""
            bars = axes.barh(rows + offset, column.to_numpy(), thickness, color=colour, label=known)
            for bar, strength in zip(bars, self._strengths, strict=True):
                bar.set_alpha(strength)
            if self.text is not None:
                axes.bar_label(bars, self._ends(name), padding=3, fontsize=0.9 * font_size)
        if self.text is not None:
            axes.set_xlim(*self._reach(_ON_PAPER))
            axes.set_xticks(self._ticks)
        draw_marks(axes, self.marks, across=False)
        draw_names(axes, self.values.index)
        finish(axes, self.title, self.x, "", font_size)

    def paper(self, *, width: float = 7, height: float | None = None, dpi: float = 100) -> Figure:
        """The bars on a white page of so many inches."""
        rows, columns = self.values.shape
        return on_page(self, width, height or 1.2 + rows * (0.15 + 0.2 * columns), dpi)
