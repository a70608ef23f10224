"""A scatter plot: the rows that stand behind one cell of a heatmap."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
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
    finish,
    group_colours,
    in_legend,
    on_page,
    quiet_axis,
    show_legend,
)
from .screen import layout, markup, room_in_height
from .theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MANY = 2000
_SIDE = 0.86  # of either side, where bars stand beside the points
_MOST_BARS = 24


def _counted(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The edges of classes of equal width, about as many as the root of the rows; their counts."""
    classes = int(np.clip(np.sqrt(len(values)), 4, _MOST_BARS))
    counts, edges = np.histogram(values, classes)
    return edges, counts


def _middles(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    middles: NDArray[np.float64] = (edges[1:] + edges[:-1]) / 2
    return middles


@dataclass(frozen=True, eq=False)
class Scatter:
    """Two numeric columns of one table against each other; their names are the axis titles.

    Rows where either is missing or infinite are left out.

    - ``labels``: names of the rows when they are pointed at; without them the index does.
    - ``groups``: a word a row. Each group has a colour and a symbol of its own.
    - ``line``: draws the least-squares line, one a group.
    - ``marked``: the row, by its name in the index, that is large and in the accent colour.
    - ``margins``: how the values of either column lie, as bars along its side.
    - ``limits``: where x begins and ends, and where y does; None fits them to the points.

    A ValueError says which series is not numeric or has other rows than ``x``, that there are too
    many groups to be told apart, or that the marked row is not there.

    >>> x = pd.Series([1.0, 2.0, None], name="length")
    >>> Scatter(x, pd.Series([2.0, 4.0, 6.0], name="weight")).n
    2
    """

    x: pd.Series[Any]
    y: pd.Series[Any]
    labels: pd.Series[Any] | None = None
    title: str = ""
    groups: pd.Series[Any] | None = None
    line: bool = False
    marked: Hashable | None = None
    limits: tuple[tuple[float, float], tuple[float, float]] | None = None
    margins: bool = False

    def __post_init__(self) -> None:
        for series in (self.x, self.y):
            if not pd.api.types.is_numeric_dtype(series):
                raise ValueError(f"{series.name!r} is not numeric: a scatter plot needs numbers.")
        for other in (self.y, self.labels, self.groups):
            if other is not None and not other.index.equals(self.x.index):
                raise ValueError(f"{other.name!r} must have the rows of {self.x.name!r}.")
        if self.marked is not None and self.marked not in self.x.index:
            raise ValueError(f"There is no row {self.marked!r} to mark.")
        group_colours(LIGHT, len(self._names))

    @cached_property
    def points(self) -> pd.DataFrame:
        """What is drawn: columns x, y, label and group, one row a point."""
        labels = self.x.index if self.labels is None else self.labels
        points = pd.DataFrame(
            {
                "x": self.x.to_numpy(dtype=float, na_value=np.nan),
                "y": self.y.to_numpy(dtype=float, na_value=np.nan),
                "label": [name_text(name) for name in labels],
                "group": "" if self.groups is None else self.groups.astype(str),
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

    @cached_property
    def _names(self) -> list[str]:
        """The groups, in the order of their categories or of their first rows."""
        if self.groups is None:
            return [""]
        words = self.groups.dropna()
        if isinstance(words.dtype, pd.CategoricalDtype):
            return [str(name) for name in words.cat.categories if (words == name).any()]
        return [str(name) for name in words.unique()]

    def _plain(self, group: str) -> pd.DataFrame:
        """The points of a group without the marked one."""
        points = self.points
        return points.loc[(points["group"] == group) & (points.index != self.marked)]

    def _lines(self) -> list[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
        """The number of a group, and the ends of its least-squares line."""
        if not self.line:
            return []
        lines = []
        for number, name in enumerate(self._names):
            points = self.points.loc[self.points["group"] == name]
            x, y = points["x"].to_numpy(), points["y"].to_numpy()
            if len(x) > 1 and np.ptp(x) > 0:
                slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
                ends = np.array([x.min(), x.max()])
                lines.append((number, ends, y.mean() + slope * (ends - x.mean())))
        return lines

    def screen(self, theme: Theme, *, width: float | None = None) -> Drawing:
        """The scatter plot as Plotly draws it on the screen, in a panel of so many pixels.

        >>> x = pd.Series([1.0, 2.0], index=["a", "b"], name="length")
        >>> Scatter(x, x.rename("weight")).screen(LIGHT).layout["yaxis"]["title"]["text"]
        'weight'
        """
        colours = group_colours(theme, len(self._names))
        clouds = [
            self._cloud(self._plain(name), colours[number], SYMBOLS[number], name)
            for number, name in enumerate(self._names)
        ]
        lines = [
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": y,
                "line": {"color": colours[number], "width": 2, "dash": DASHES[number]},
                "hoverinfo": "skip",
                "showlegend": False,
            }
            for number, x, y in self._lines()
        ]
        marked = self.points.loc[self.points.index == self.marked]
        large = self._cloud(marked, theme.accent, "circle", "")
        large["marker"] |= {"size": 16, "opacity": 1}
        figure = layout(theme, room_in_height(480, width))
        figure["xaxis"] = quiet_axis(theme, self.x.name)
        figure["yaxis"] = quiet_axis(theme, self.y.name)
        if self.limits is not None:
            figure["xaxis"]["range"], figure["yaxis"]["range"] = self.limits
        if self.groups is not None:
            show_legend(figure, theme)
        bars = self._bars(theme, figure) if self.margins and self.n else []
        return Drawing([*clouds, *lines, *([large] if len(marked) else []), *bars], figure)

    def _bars(self, theme: Theme, figure: dict[str, Any]) -> list[dict[str, Any]]:
        """How often which values occur, over the points and to their right; makes room for it."""
        hidden = {"domain": [_SIDE + 0.02, 1], "visible": False, "fixedrange": True}
        for axis in ("xaxis", "yaxis"):
            figure[axis]["domain"] = [0, _SIDE]
        figure |= {"xaxis2": hidden | {"anchor": "y"}, "yaxis2": hidden | {"anchor": "x"}}
        figure["bargap"] = 0
        bars: dict[str, Any] = {
            "type": "bar",
            "marker": {"color": theme.muted, "opacity": 0.5},
            "showlegend": False,
        }
        (x, of_x), (y, of_y) = (_counted(self.points[name].to_numpy()) for name in "xy")
        above = {"x": _middles(x), "y": of_x, "width": np.diff(x), "yaxis": "y2"}
        beside = {"y": _middles(y), "x": of_y, "width": np.diff(y), "xaxis": "x2"}
        said = {"hovertemplate": "%{y} rows about %{x}<extra></extra>"}
        said_beside = {"hovertemplate": "%{x} rows about %{y}<extra></extra>"}
        return [bars | above | said, bars | beside | said_beside | {"orientation": "h"}]

    def _cloud(self, points: pd.DataFrame, colour: str, symbol: str, name: str) -> dict[str, Any]:
        return {
            # One SVG element a point is slow beyond a few thousand.
            "type": "scattergl" if len(points) > _MANY else "scatter",
            "mode": "markers",
            "name": markup(name_text(name)),
            "x": points["x"].to_numpy(),
            "y": points["y"].to_numpy(),
            "text": [markup(words) for words in points["label"]],
            "hovertemplate": "%{text}<br>%{x}, %{y}<extra></extra>",
            "marker": {"color": colour, "symbol": symbol, "size": 8, "opacity": self._opacity},
            "showlegend": bool(name),
        }

    def draw(self, axes: Axes, font_size: float) -> None:
        """The scatter plot on axes of paper."""
        colours = group_colours(LIGHT, len(self._names))
        for number, name in enumerate(self._names):
            points = self._plain(name)
            axes.scatter(
                points["x"],
                points["y"],
                color=colours[number],
                marker=MARKERS[number],
                alpha=self._opacity,
                linewidths=0,
                label="" if self.groups is None else in_legend(name),
            )
        for number, x, y in self._lines():
            axes.plot(x, y, color=colours[number], ls=STROKES[number])
        marked = self.points.loc[self.points.index == self.marked]
        axes.scatter(marked["x"], marked["y"], color=LIGHT.accent, s=120)
        if self.limits is not None:
            axes.set_xlim(self.limits[0])
            axes.set_ylim(self.limits[1])
        if self.margins and self.n:
            self._draw_bars(axes)
        top = 1.16 if self.margins else 1.0
        finish(axes, self.title, self.x.name, self.y.name, font_size, top=top)

    def _draw_bars(self, axes: Axes) -> None:
        (x, of_x), (y, of_y) = (_counted(self.points[name].to_numpy()) for name in "xy")
        above = axes.inset_axes((0, 1.02, 1, 0.14), sharex=axes)
        above.bar(_middles(x), of_x, np.diff(x), color=LIGHT.muted, alpha=0.5)
        beside = axes.inset_axes((1.02, 0, 0.14, 1), sharey=axes)
        beside.barh(_middles(y), of_y, np.diff(y), color=LIGHT.muted, alpha=0.5)
        above.set_axis_off()
        beside.set_axis_off()

    def paper(
        self, *, width: float = 6, height: float = 5, dpi: float = 100, font_size: float = 10
    ) -> Figure:
        """The scatter plot on a white page of so many inches.

        >>> x = pd.Series([1.0, 2.0], name="length")
        >>> Scatter(x, x.rename("weight")).paper().axes[0].get_xlabel()
        'length'
        """
        return on_page(self, width, height, dpi, font_size)
