"""A clustermap: a heatmap in the order of its trees, and the trees.

The screen draws it with Plotly, the paper with seaborn. Both have the rows and columns in one
order, the one of the clusterings.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from lib.charts.heatmap import Heatmap, gap_between
from lib.charts.paper import DRAWING
from lib.charts.plot import group_colours
from lib.charts.screen import WIDE, label_width
from lib.charts.theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from plotly.graph_objects import Figure as ScreenFigure

    from lib.stats import Clustering

_TREE = 0.17
"""The share of the panel that a tree takes."""

_PYPLOT = Lock()
"""Held while seaborn draws: it makes its figure with pyplot, which all sessions share."""


class Branch(NamedTuple):
    """A merge, as a tree draws it: from one side up to its height and down the other side.

    Positions count leaves from 0, in the order in which they are drawn.
    """

    members: tuple[str, ...]
    positions: tuple[float, float]
    feet: tuple[float, float]
    height: float

    @property
    def middle(self) -> float:
        return sum(self.positions) / 2


def branches(clustering: Clustering) -> list[Branch]:
    """The merges of a clustering, the lowest first.

    >>> from lib.stats import cluster
    >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 3, 5], "c": [2, 1, 2, 1]})
    >>> [branch.members for branch in branches(cluster(table))]
    [('a', 'b'), ('c', 'a', 'b')]
    """
    names = [str(name) for name in clustering.order]
    place = {name: position for position, name in enumerate(clustering.order)}
    leaves = len(names)
    at = [float(place[name]) for name in clustering.distances.columns]
    foot, span = [0.0] * leaves, [(int(position), int(position)) for position in at]
    found = []
    for first, second, height, _ in clustering.linkage:
        sides = sorted((int(first), int(second)), key=lambda side: at[side])
        ends = tuple(end for side in sides for end in span[side])
        span.append((min(ends), max(ends)))
        found.append(
            Branch(
                tuple(names[span[-1][0] : span[-1][1] + 1]),
                (at[sides[0]], at[sides[1]]),
                (foot[sides[0]], foot[sides[1]]),
                float(height),
            )
        )
        at.append(found[-1].middle)
        foot.append(float(height))
    return found


@dataclass(frozen=True, eq=False)
class Clustermap:
    """A matrix to be painted in the order of one tree or two.

    - ``values``: numbers, as for a Heatmap, in any order.
    - ``rows``, ``columns``: the clusterings whose leaves are the rows and the columns. For a
      matrix of pairs they are the same; None leaves the columns as they are.
    - ``cut``: a height at which a line cuts the tree of the rows; what hangs together below it is
      drawn in one colour.
    - ``limits``, ``colours``, ``decimals``, ``scale``, ``title``: as for a Heatmap.

    A ValueError says what does not fit: a tree of other leaves than the rows or columns, and
    whatever a Heatmap refuses.

    >>> from lib.stats import cluster, correlate
    >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
    >>> chart = Clustermap(correlate(table).r, cluster(table), cluster(table))
    >>> list(chart.shown)
    ['c', 'a', 'b']
    """

    values: pd.DataFrame
    rows: Clustering
    columns: Clustering | None = None
    _: KW_ONLY
    limits: tuple[float, float] | None = (-1, 1)
    colours: str = "house"
    decimals: int | None = None
    scale: str = "r"
    title: str = ""
    cut: float | None = None

    def __post_init__(self) -> None:
        trees = (("rows", self.rows, self.values.index), ("columns", self.columns, self._names))
        for axis, tree, names in trees:
            if tree is not None and set(tree.order) != set(names):
                raise ValueError(f"The tree of the {axis} has other leaves than the {axis}.")
        self.heatmap.shape  # noqa: B018 - what a heatmap refuses is refused now

    @property
    def _names(self) -> pd.Index[Any]:
        return self.values.columns

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The values in the order in which they are drawn."""
        columns = self._names if self.columns is None else self.columns.order
        return self.values.loc[self.rows.order, columns]

    @cached_property
    def heatmap(self) -> Heatmap:
        """The map without its trees."""
        return Heatmap(
            self.shown,
            self.limits,
            colours=self.colours,
            decimals=self.decimals,
            scale=self.scale,
            title=self.title,
        )

    def groups(self) -> dict[str, tuple[str, ...]]:
        """What hangs on each branch of the rows' tree, the largest first, by a label.

        >>> from lib.stats import cluster, correlate
        >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
        >>> Clustermap(correlate(table).r, cluster(table)).groups()
        {'3: c to b': ('c', 'a', 'b'), '2: a to b': ('a', 'b')}
        """
        found = sorted(branches(self.rows), key=lambda branch: -len(branch.members))
        return {_label(branch.members): branch.members for branch in found}

    def screen(self, theme: Theme, *, width: float = WIDE, clickable: bool = False) -> ScreenFigure:
        """The clustermap as a Plotly figure; its cells can be clicked like a heatmap's.

        The dots on the rows' tree can be clicked: each has its group's label in ``customdata``.

        >>> from lib.charts import LIGHT
        >>> from lib.stats import cluster, correlate
        >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
        >>> clustering = cluster(table)
        >>> figure = Clustermap(correlate(table).r, clustering, clustering).screen(LIGHT)
        >>> figure.data[-1].customdata
        (['2: a to b'], ['3: c to b'])
        """
        figure = self.heatmap.screen(theme, width=width, clickable=clickable)
        rows, columns = self.shown.shape
        top = 0.0 if self.columns is None else _TREE
        above = figure.layout.margin.t
        map_height = max(240.0, min(max(500.0, 9 * rows), 1.3 * width))
        # Room for the names is set aside: what Plotly sets aside by itself never settles where
        # names on both sides take most of a narrow panel.
        beside = min(label_width(self.shown.index), 120.0) + 10
        below = min(label_width(self.shown.columns), 120.0) + 16
        figure.layout.height = map_height / (1 - top) + above + below
        figure.layout.margin.update(r=beside, b=below)
        figure.update_xaxes(domain=[_TREE, 1], constrain=None, automargin=False)
        figure.update_yaxes(
            domain=[0, 1 - top],
            constrain=None,
            scaleanchor=None,
            side="right",
            ticklabelstandoff=4,
            automargin=False,
        )
        cell = min(map_height / rows, (1 - _TREE) * (width - 100) / columns)
        figure.update_traces(marker_size=0.85 * cell, selector={"mode": "markers+text"})
        gap = gap_between(cell)
        figure.update_traces(xgap=gap, ygap=gap, selector={"type": "heatmap"})
        figure.layout.hoverdistance = max(1, round(0.3 * cell))
        tree_axis = {"visible": False, "fixedrange": True}
        reach = 1.05 * self.rows.linkage[:, 2].max()
        figure.update_layout(
            xaxis2=tree_axis | {"domain": [0, _TREE - 0.01], "range": [reach, 0], "anchor": "y2"},
            yaxis2=tree_axis
            | {"domain": [0, 1 - top], "range": [rows - 0.5, -0.5], "anchor": "x2"},
        )
        if self.columns is not None:
            reach = 1.05 * self.columns.linkage[:, 2].max()
            figure.update_layout(
                xaxis3=tree_axis
                | {"domain": [_TREE, 1], "range": [-0.5, columns - 0.5], "anchor": "y3"},
                yaxis3=tree_axis
                | {"domain": [1 - top + 0.01, 1], "range": [0, reach], "anchor": "x3"},
            )
            figure.add_traces(_lines(branches(self.columns), None, theme, upright=True))
        found = branches(self.rows)
        figure.add_traces(_lines(found, self.cut, theme, upright=False))
        if self.cut is not None:
            figure.add_shape(
                type="line", xref="x2", yref="y2", x0=self.cut, x1=self.cut, y0=-0.5, y1=rows - 0.5,
                line={"color": theme.text, "width": 1, "dash": "dot"},
            )  # fmt: skip
        figure.add_trace(self._knots(found, theme))
        return figure

    def _knots(self, found: list[Branch], theme: Theme) -> dict[str, Any]:
        """What can be clicked: a dot on each branch of the rows' tree."""
        hover = [
            f"{len(branch.members)} together at {branch.height:.3g}<br>"
            + escape(", ".join(branch.members[:6]))
            + (" …" if len(branch.members) > 6 else "")
            for branch in found
        ]
        return {
            "type": "scatter",
            "mode": "markers",
            "xaxis": "x2",
            "yaxis": "y2",
            "x": [branch.height for branch in found],
            "y": [branch.middle for branch in found],
            "customdata": [[_label(branch.members)] for branch in found],
            "hovertext": hover,
            "hoverinfo": "text",
            "marker": {"size": 9, "color": theme.link, "opacity": 0.75},
            "selected": {"marker": {"opacity": 1, "size": 13, "color": theme.accent}},
            "unselected": {"marker": {"opacity": 0.75}},
        }

    def draw(self, axes: Axes, font_size: float) -> None:
        """The map and the rows' tree on axes of paper, beside others."""
        tree = axes.inset_axes((-0.2, 0, 0.19, 1))
        for branch in branches(self.rows):
            x, y = _path(branch)
            tree.plot(y, x, color=LIGHT.muted, lw=0.8)
        if self.cut is not None:
            tree.axvline(self.cut, color=LIGHT.text, ls=":", lw=1)
        tree.set_ylim(len(self.shown) - 0.5, -0.5)
        tree.invert_xaxis()
        tree.set_axis_off()
        self.heatmap.draw(axes, font_size)
        axes.yaxis.tick_right()
        axes.tick_params(axis="y", rotation=0)

    def paper(self, *, width: float = 8, height: float = 8) -> Figure:
        """The clustermap as seaborn draws it on a white page of so many inches.

        >>> from lib.stats import cluster, correlate
        >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
        >>> figure = Clustermap(correlate(table).r, cluster(table), cluster(table)).paper()
        >>> [text.get_text() for text in figure.axes[2].get_xticklabels()]
        ['c', 'a', 'b']
        """
        import matplotlib.pyplot as plt
        import seaborn
        from matplotlib.colors import ListedColormap

        rows = self.rows.distances.index
        columns = self._names if self.columns is None else self.columns.distances.index
        low, high = self.heatmap.range
        with DRAWING, _PYPLOT:
            grid = seaborn.clustermap(
                self.values.loc[rows, columns],
                row_linkage=self.rows.linkage,
                col_linkage=None if self.columns is None else self.columns.linkage,
                col_cluster=self.columns is not None,
                vmin=low,
                vmax=high,
                cmap=ListedColormap(self.heatmap.colours_in_effect(LIGHT)),
                annot=self.decimals is not None,
                fmt=f".{self.decimals or 0}f",
                figsize=(width, height),
                xticklabels=True,
                yticklabels=True,
                cbar_kws={"label": self.scale},
            )
            plt.close(grid.figure)
        size = min(10.0, 0.55 * 72 * height / max(self.values.shape))
        grid.ax_heatmap.tick_params(labelsize=size)
        grid.ax_heatmap.tick_params(axis="y", rotation=0)
        grid.ax_heatmap.set(xlabel="", ylabel="")
        if self.cut is not None:
            grid.ax_row_dendrogram.axvline(self.cut, color=LIGHT.text, ls=":", lw=1)
        # Above the page's edge: the tree reaches up to it.
        grid.figure.suptitle(self.title, y=1.01, va="bottom")
        figure: Figure = grid.figure
        return figure


def _label(members: tuple[str, ...]) -> str:
    return f"{len(members)}: {members[0]} to {members[-1]}"


def _path(branch: Branch) -> tuple[list[float], list[float]]:
    """Along the leaves, and above them."""
    (left, right), (left_foot, right_foot), top = branch.positions, branch.feet, branch.height
    return [left, left, right, right], [left_foot, top, top, right_foot]


def _lines(
    found: list[Branch], cut: float | None, theme: Theme, *, upright: bool
) -> list[dict[str, Any]]:
    """A tree as lines, one trace a colour; neighbouring groups below the cut differ."""
    palette = group_colours(theme, 4)
    paths: dict[str, tuple[list[float | None], list[float | None]]] = {}
    colour_of: dict[str, str] = {}
    if cut is not None:
        below = [branch for branch in found if branch.height <= cut]
        tops = [b for b in below if not any(set(b.members) < set(o.members) for o in below)]
        for number, top in enumerate(sorted(tops, key=lambda branch: branch.middle)):
            colour_of |= dict.fromkeys(top.members, palette[number % len(palette)])
    for branch in found:
        whole = cut is not None and branch.height <= cut
        colour = colour_of[branch.members[0]] if whole else theme.muted
        along, above = paths.setdefault(colour, ([], []))
        x, y = _path(branch)
        along += [*x, None]
        above += [*y, None]
    axes = {"xaxis": "x3", "yaxis": "y3"} if upright else {"xaxis": "x2", "yaxis": "y2"}
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": along if upright else above,
            "y": above if upright else along,
            "line": {"color": colour, "width": 1.4},
            "hoverinfo": "skip",
            **axes,
        }
        for colour, (along, above) in paths.items()
    ]
