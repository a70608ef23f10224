"""A clustermap: a heatmap in the order of its trees, and the trees.

The screen draws it with Plotly, the paper with matplotlib. Both have the rows and columns in one
order, the one of the clusterings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import clustermap_paper, clustermap_screen
from .drawing import Drawing
from .heatmap import Heatmap
from .plot import group_colours
from .theme import LIGHT, Theme
from .tree import branches

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..stats import Clustering


@dataclass(frozen=True, eq=False)
class Clustermap:
    """A matrix to be painted in the order of one tree or two.

    - ``values``: numbers, as for a Heatmap, in any order.
    - ``rows``, ``columns``: the clusterings whose leaves are the rows and the columns. For a
      matrix of pairs they are the same; None leaves the columns as they are.
    - ``cut``: a height at which a line cuts the tree of the rows; what hangs together below it is
      drawn in one colour.
    - ``strips``: a column a strip, a word a row: which group each row belongs to. A strip of
      colours beside the map shows it, with a key below. There are at most six groups in all; a
      row without a word has no colour. The tree then has one colour, so that each colour means
      one thing.
    - ``limits``, ``colours``, ``decimals``, ``scale``, ``title``: as for a Heatmap.

    A ValueError says what does not fit: a tree of other leaves than the rows or columns, strips
    of other rows or of more groups than can be told apart, and whatever a Heatmap refuses.

    >>> from ..stats import cluster, correlate
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
    strips: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        trees = (("rows", self.rows, self.values.index), ("columns", self.columns, self._names))
        for axis, tree, names in trees:
            if tree is not None and set(tree.order) != set(names):
                raise ValueError(f"The tree of the {axis} has other leaves than the {axis}.")
        if self.strips is not None:
            if set(self.strips.index) != set(self.values.index):
                raise ValueError("The strips have other rows than the values.")
            group_colours(LIGHT, len(self.groups_in_strips))
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

    @cached_property
    def groups_in_strips(self) -> tuple[tuple[str, str], ...]:
        """The groups that have a colour: the strip, and the word of the group.

        In a categorical's own order, or sorted.

        >>> from ..stats import cluster, correlate
        >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
        >>> kinds = pd.DataFrame({"kind": ["old", "new", "old"]}, index=["a", "c", "b"])
        >>> Clustermap(correlate(table).r, cluster(table), strips=kinds).groups_in_strips
        (('kind', 'new'), ('kind', 'old'))
        """
        if self.strips is None:
            return ()
        return tuple(
            (str(name), str(level))
            for name, column in self.strips.items()
            for level in column.dropna()
            .astype("category")
            .cat.remove_unused_categories()
            .cat.categories
        )

    def strip_rows(self) -> Iterator[tuple[str, list[int], int]]:
        """For each group with a colour: what the key says, where its rows are, and its strip.

        Rows are counted from the top of the map, strips from the left.
        """
        if self.strips is None:
            return
        words = self.strips.loc[self.rows.order].astype("string")
        names = [str(name) for name in words]
        for name, level in self.groups_in_strips:
            strip = names.index(name)
            is_there = (words.iloc[:, strip] == level).to_numpy(dtype=bool, na_value=False)
            places = np.flatnonzero(is_there).tolist()
            yield (level if len(names) == 1 else f"{name}: {level}"), places, strip

    @property
    def tree_cut(self) -> float | None:
        """The cut by which the tree is coloured: none beside strips, whose colours mean groups."""
        return self.cut if self.strips is None else None

    def groups(self) -> dict[str, tuple[str, ...]]:
        """What hangs on each branch of the rows' tree, the largest first, by a label.

        >>> from ..stats import cluster, correlate
        >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
        >>> Clustermap(correlate(table).r, cluster(table)).groups()
        {'3: c to b': ('c', 'a', 'b'), '2: a to b': ('a', 'b')}
        """
        found = sorted(branches(self.rows), key=lambda branch: -len(branch.members))
        return {branch.label: branch.members for branch in found}

    def screen(
        self,
        theme: Theme,
        *,
        width: float | None = None,
        height: float | None = None,
        clickable: bool = False,
    ) -> Drawing:
        """The clustermap as Plotly draws it; its cells can be clicked like a heatmap's.

        The dots on the rows' tree can be clicked: each has its group's label in ``customdata``.
        ``height`` is the most that the figure may take.

        >>> from ..stats import cluster, correlate
        >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
        >>> clustering = cluster(table)
        >>> drawing = Clustermap(correlate(table).r, clustering, clustering).screen(LIGHT)
        >>> drawing.data[-1]["customdata"]
        [['2: a to b'], ['3: c to b']]
        """
        return clustermap_screen.screen(self, theme, width, height, clickable=clickable)

    def draw(self, axes: Axes, font_size: float) -> None:
        """The map and the rows' tree on axes of paper, beside others."""
        wide = 0 if self.strips is None else 0.03 * len(self.strips.columns)
        tree = axes.inset_axes((-0.23 - wide, 0, 0.19, 1))
        clustermap_paper.draw_tree(tree, self, 0.8 * font_size)
        self.heatmap.draw(axes, font_size)
        if self.strips is not None:
            strips = axes.inset_axes((-0.03 - wide, 0, wide, 1))
            clustermap_paper.draw_strips(strips, self)
            clustermap_paper.draw_key(axes, strips, font_size)
        axes.yaxis.tick_right()
        axes.tick_params(axis="y", rotation=0)

    def paper(self, *, width: float = 8, height: float = 8) -> Figure:
        """The clustermap on a white page of so many inches; its cells are a Heatmap's.

        >>> from ..stats import cluster, correlate
        >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "c": [2, 1, 2, 1], "b": [1, 2, 3, 5]})
        >>> figure = Clustermap(correlate(table).r, cluster(table), cluster(table)).paper()
        >>> [text.get_text() for text in figure.axes[2].get_xticklabels()]
        ['c', 'a', 'b']
        """
        return clustermap_paper.paper(self, width, height)
