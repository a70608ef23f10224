"""A heatmap on a page of paper, and whether it can be read there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lib.charts.heatmap import Heatmap
from lib.charts.paper import cell_width, drawn_box, text_size

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

# matplotlib's own, in points.
_LABEL_SIZE = 10


class _Measures(NamedTuple):
    cell_width: float
    text_width: float
    size: tuple[int, int]
    is_cut: bool


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
        return self._drawn(numbers=True)

    def _drawn(self, *, numbers: bool) -> Figure:
        return self.heatmap.paper(
            width=self.width,
            height=self.height,
            font_size=self.font_size,
            label_size=_LABEL_SIZE,
            numbers=numbers,
        )

    @cached_property
    def _measured(self) -> _Measures:
        """Measured without drawing the numbers, which cost more than everything else."""
        from matplotlib import rcParams
        from matplotlib.transforms import Bbox

        figure = self._drawn(numbers=False)
        page = figure.bbox_inches
        widest, numbers = self._numbers(figure)
        drawn = Bbox.union([drawn_box(figure), *numbers])
        saved = drawn.padded(rcParams["savefig.pad_inches"]) if self.tight else page
        return _Measures(
            cell_width(figure),
            widest,
            (int(saved.width * figure.dpi), int(saved.height * figure.dpi)),
            not self.tight and tuple(Bbox.union([page, drawn]).extents) != tuple(page.extents),
        )

    def _numbers(self, figure: Figure) -> tuple[float, list[Bbox]]:
        """The width of the widest number in pixels, and a box around all of them in inches."""
        from matplotlib.transforms import Bbox

        texts = self.heatmap.texts
        rows, columns = np.nonzero(self.heatmap.painted & (texts != ""))
        if not len(rows):
            return 0.0, []
        sizes = np.array(
            [text_size(text, self.font_size, figure.dpi) for text in texts[rows, columns]]
        )
        middles = figure.axes[0].transData.transform(np.column_stack([columns, rows]) + 0.5)
        ends = (middles - sizes / 2).min(axis=0), (middles + sizes / 2).max(axis=0)
        return float(sizes[:, 0].max()), [Bbox(np.array(ends) / figure.dpi)]

    @property
    def cell_width(self) -> float:
        """The width of a cell, in pixels."""
        return self._measured.cell_width

    @property
    def text_width(self) -> float:
        """The width of the widest number, in pixels; 0 without numbers."""
        return self._measured.text_width

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the saved page, in pixels."""
        return self._measured.size

    @property
    def is_cut(self) -> bool:
        """Whether something drawn lies beyond the edge of the saved page."""
        return self._measured.is_cut
