"""A scatter plot: the rows that stand behind one cell of a heatmap."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib.charts.paper import DRAWING, new_figure
from lib.charts.screen import axis_title, layout
from lib.charts.theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from plotly.graph_objects import Figure as ScreenFigure

_MANY = 2000


@dataclass(frozen=True, eq=False)
class Scatter:
    """Two numeric columns of one table against each other; their names are the axis titles.

    Rows where either is missing or infinite are left out. ``labels`` name the rows when they are
    pointed at; without them the index does. A ValueError says which series is not numeric or has
    other rows than ``x``.

    >>> x = pd.Series([1.0, 2.0, None], name="length")
    >>> Scatter(x, pd.Series([2.0, 4.0, 6.0], name="weight")).n
    2
    """

    x: pd.Series[Any]
    y: pd.Series[Any]
    labels: pd.Series[Any] | None = None
    title: str = ""

    def __post_init__(self) -> None:
        for series in (self.x, self.y):
            if not pd.api.types.is_numeric_dtype(series):
                raise ValueError(f"{series.name!r} is not numeric: a scatter plot needs numbers.")
        for other in (self.y, self.labels):
            if other is not None and not other.index.equals(self.x.index):
                raise ValueError(f"{other.name!r} must have the rows of {self.x.name!r}.")

    @property
    def points(self) -> pd.DataFrame:
        """What is drawn: columns x, y and label, one row a point."""
        labels = self.x.index if self.labels is None else self.labels
        points = pd.DataFrame(
            {
                "x": self.x.to_numpy(dtype=float, na_value=np.nan),
                "y": self.y.to_numpy(dtype=float, na_value=np.nan),
                "label": [str(name) for name in labels],
            },
            index=self.x.index,
        )
        finite: pd.DataFrame = points.loc[np.isfinite(points["x"]) & np.isfinite(points["y"])]
        return finite

    @property
    def n(self) -> int:
        """The number of points."""
        return len(self.points)

    @property
    def _opacity(self) -> float:
        """Few points can be solid; where many overlap, their density should show."""
        return float(np.clip(8 / np.sqrt(max(self.n, 1)), 0.15, 0.75))

    def screen(self, theme: Theme) -> ScreenFigure:
        """The scatter plot as a Plotly figure.

        >>> from lib.charts import LIGHT
        >>> x = pd.Series([1.0, 2.0], index=["a", "b"], name="length")
        >>> Scatter(x, x.rename("weight")).screen(LIGHT).layout.yaxis.title.text
        'weight'
        """
        from plotly.graph_objects import Figure

        points = self.points
        axis = {
            "gridcolor": theme.border,
            "showgrid": True,
            "zeroline": False,
            "linecolor": theme.border,
            "tickfont": {"size": 12, "color": theme.muted},
            "fixedrange": True,
            "automargin": True,
        }
        trace = {
            # One SVG element a point is slow beyond a few thousand.
            "type": "scattergl" if len(points) > _MANY else "scatter",
            "mode": "markers",
            "x": points["x"].to_numpy(),
            "y": points["y"].to_numpy(),
            "text": points["label"].map(escape).to_numpy(),
            "hovertemplate": "%{text}<br>%{x}, %{y}<extra></extra>",
            "marker": {"color": theme.link, "size": 8, "opacity": self._opacity},
        }
        figure = layout(theme, self.title, height=480)
        figure["xaxis"] = axis | {"title": axis_title(theme, self.x.name)}
        figure["yaxis"] = axis | {"title": axis_title(theme, self.y.name)}
        return Figure([trace], figure)

    def paper(
        self, *, width: float = 6, height: float = 5, dpi: float = 100, font_size: float = 10
    ) -> Figure:
        """The scatter plot on a white page of so many inches.

        >>> x = pd.Series([1.0, 2.0], name="length")
        >>> Scatter(x, x.rename("weight")).paper().axes[0].get_xlabel()
        'length'
        """
        figure = new_figure(width, height, dpi)
        points = self.points
        with DRAWING:
            axes = figure.subplots()
            axes.scatter(
                points["x"], points["y"], color=LIGHT.link, alpha=self._opacity, linewidths=0
            )
            axes.tick_params(labelsize=font_size)
            axes.set_xlabel(str(self.x.name), fontsize=font_size)
            axes.set_ylabel(str(self.y.name), fontsize=font_size)
            axes.set_title(self.title, fontsize=1.2 * font_size, loc="left")
            axes.spines[["top", "right"]].set_visible(False)
        return figure
