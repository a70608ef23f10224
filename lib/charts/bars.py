"""Bars: a few numbers beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.charts.drawing import Drawing
from lib.charts.plot import (
    draw_marks,
    finish,
    group_colours,
    legend_above,
    marks_on,
    must_be_told_apart,
    on_page,
    quiet_axis,
)
from lib.charts.screen import label, layout
from lib.charts.theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Bars:
    """Horizontal bars: a group a row from top to bottom, a bar a column.

    - ``x``: the title of the x axis.
    - ``marks``: words and the x value at which a reference line carries them.

    A ValueError says what does not fit: no rows, a column that is not numeric, more columns than
    can be told apart.

    >>> values = pd.DataFrame({"kept": [11, 10]}, index=["all", "without adt"])
    >>> len(Bars(values).paper().axes[0].patches)
    2
    """

    values: pd.DataFrame
    title: str = ""
    x: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.values.empty:
            raise ValueError("There is nothing to draw: the table has no rows or no columns.")
        for name, column in self.values.items():
            if not pd.api.types.is_numeric_dtype(column):
                raise ValueError(f"Column {name!r} is not numeric: a bar needs a number.")
        must_be_told_apart(self.values.index)
        group_colours(LIGHT, len(self.values.columns))

    def screen(self, theme: Theme) -> Drawing:
        """The bars as Plotly draws it on the screen."""
        names = [str(name) for name in self.values.index]
        colours = group_colours(theme, len(self.values.columns))
        bars = [
            {
                "type": "bar",
                "orientation": "h",
                "name": escape(str(name)),
                "x": column.to_numpy(float, na_value=np.nan),
                "y": names,
                "marker": {"color": colour, "line": {"width": 0}},
                "hovertemplate": f"%{{y}}, {escape(str(name))}: %{{x:.3g}}<extra></extra>",
            }
            for (name, column), colour in zip(self.values.items(), colours, strict=True)
        ]
        shapes, notes = marks_on(theme, self.marks, across=False)
        height = 62 + len(names) * (14 + 18 * len(bars))
        figure = layout(theme, height)
        figure |= {"shapes": shapes, "annotations": notes, "barmode": "group", "bargap": 0.25}
        if len(bars) > 1:
            figure |= {"showlegend": True, "legend": legend_above(theme)}
            figure["margin"]["t"] += 28
        figure["xaxis"] = quiet_axis(theme, self.x)
        figure["yaxis"] = quiet_axis(theme, "") | {
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
            "labelalias": {name: label(name) for name in names},
        }
        return Drawing(bars, figure)

    def draw(self, axes: Axes, font_size: float) -> None:
        """The bars on axes of paper."""
        rows, count = np.arange(len(self.values)), len(self.values.columns)
        thickness = 0.75 / count
        colours = group_colours(LIGHT, count)
        for number, ((name, column), colour) in enumerate(
            zip(self.values.items(), colours, strict=True)
        ):
            offset = (number - (count - 1) / 2) * thickness
            axes.barh(rows + offset, column.to_numpy(), thickness, color=colour, label=str(name))
        draw_marks(axes, self.marks, font_size, across=False)
        axes.set_yticks(rows, [str(name) for name in self.values.index])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        if count > 1:
            axes.legend(fontsize=font_size, frameon=False)
        finish(axes, self.title, self.x, "", font_size)

    def paper(self, *, width: float = 7, height: float | None = None, dpi: float = 100) -> Figure:
        """The bars on a white page of so many inches."""
        rows, columns = self.values.shape
        return on_page(self, width, height or 1.2 + rows * (0.15 + 0.2 * columns), dpi)
