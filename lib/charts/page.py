"""A heatmap on a page of paper, and whether it can be read there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lib.charts.heatmap import Heatmap
from lib.charts.paper import cell_width, page_size, reaches_over_the_edge, text_width

if TYPE_CHECKING:
    from matplotlib.figure import Figure


# matplotlib's own, in points.
_LABEL_SIZE = 10


@dataclass(frozen=True, eq=False)
class Page:
    """A heatmap of so many inches, to be saved with or without a tight box.

    The numbers have a font size of their own; labels keep the usual one.

    >>> import pandas as pd
    >>> page = Page(Heatmap(pd.DataFrame({"x": [1.0, -0.5]})), 4, 3, font_size=8, tight=False)
    >>> page.size
    (400, 300)
    >>> page.is_cut
    False
    """

    heatmap: Heatmap
    width: float
    height: float
    font_size: float
    tight: bool

    def paper(self) -> Figure:
        """The figure, drawn anew."""
        return self.heatmap.paper(
            width=self.width,
            height=self.height,
            font_size=self.font_size,
            label_size=_LABEL_SIZE,
        )

    @cached_property
    def _measured(self) -> tuple[float, float, tuple[int, int], bool]:
        figure = self.paper()
        return (
            cell_width(figure),
            text_width(figure),
            page_size(figure, self.tight),
            not self.tight and reaches_over_the_edge(figure),
        )

    @property
    def cell_width(self) -> float:
        """The width of a cell, in pixels."""
        return self._measured[0]

    @property
    def text_width(self) -> float:
        """The width of the widest number, in pixels; 0 without numbers."""
        return self._measured[1]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the saved page, in pixels."""
        return self._measured[2]

    @property
    def is_cut(self) -> bool:
        """Whether something drawn lies beyond the edge of the saved page."""
        return self._measured[3]
