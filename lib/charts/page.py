"""A heatmap on a page of paper, and whether it can be read there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import compress, decompress

import numpy as np
from numpy.typing import NDArray

from .colour import FloatArray, inks_on
from .heatmap import Heatmap
from .page_screen import Number, blank, compose, write
from .paper import drawn_box, text_size
from .theme import LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

# matplotlib's own, in points.
_LABEL_SIZE = 10


class _Frame(NamedTuple):
    """A page without its numbers: what is drawn and the paper in inches, the cells in pixels."""

    drawn: Bbox
    paper: Bbox
    cells: Bbox
    dpi: float


@dataclass(frozen=True)
class _Blank:
    """A heatmap, equal to all that look alike but for their cells."""

    looks: Hashable
    heatmap: Heatmap = field(compare=False)

    @classmethod
    def of(cls, heatmap: Heatmap) -> _Blank:
        names = (heatmap.values.index, heatmap.values.columns)
        sides = tuple((axis.name, *axis) for axis in names)
        return cls(
            (
                sides,
                heatmap.range,
                heatmap.bar_words,
                heatmap.bar_labels,
                heatmap.decimals,
                heatmap.title,
                heatmap.colour_bar,
            ),
            heatmap,
        )


@lru_cache(maxsize=128)
def _frame(blank: _Blank, width: float, height: float) -> _Frame:
    """Laid out once for all pages that differ in their numbers alone: it is what takes long."""
    figure = _lay_out(blank.heatmap, width, height)
    cells = figure.axes[0].get_window_extent()
    # Unless frozen, a box keeps its figure.
    frame = _Frame(
        drawn_box(figure).frozen(), figure.bbox_inches.frozen(), cells.frozen(), figure.dpi
    )
    _MEASURED[id(blank.heatmap), width, height] = blank.heatmap, figure
    while len(_MEASURED) > _FEW:
        _MEASURED.popitem(last=False)
    return frame


_FEW = 2
_MEASURED: OrderedDict[tuple[int, float, float], tuple[Heatmap, Figure]] = OrderedDict()
"""Pages that were just measured: who shows one draws it next."""


def _lay_out(heatmap: Heatmap, width: float, height: float) -> Figure:
    return heatmap.paper(width=width, height=height, font_size=_LABEL_SIZE, numbers=False)


@dataclass(frozen=True)
class _Painted(_Blank):
    """A heatmap, equal to all that look alike with their cells."""

    cells: Hashable

    @classmethod
    def of(cls, heatmap: Heatmap) -> _Painted:
        colours, struck = heatmap.colour_array(LIGHT), heatmap.marked(heatmap.hatched)
        cells = (*colours.ravel().tolist(), heatmap.painted.tobytes(), struck.tobytes())
        return cls(_Blank.of(heatmap).looks, heatmap, cells)


@lru_cache(maxsize=64)
def _blank(painted: _Painted, width: float, height: float) -> bytes:
    """Drawn once for all pages that differ in their numbers alone; compressed to a tenth."""
    # Taken away: of two threads, one lays it out anew.
    known = _MEASURED.pop((id(painted.heatmap), width, height), None)
    figure = known[1] if known else _lay_out(painted.heatmap, width, height)
    return compress(blank(figure).encode())


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

    def screen(self, *, numbers: bool = True) -> str:
        """What is saved as a browser draws it, an SVG of the same size; its cells may be empty."""
        return compose(
            decompress(_blank(_Painted.of(self.heatmap), self.width, self.height)).decode(),
            write(self._numbers() if numbers else (), self.font_size, self._frame.dpi),
            self._window,
            self.height,
            self.size,
        )

    def _numbers(self) -> Iterator[Number]:
        colours = self.heatmap.colour_array(LIGHT)[self._written]
        inks = inks_on(set(colours))
        bottom = self.height * self._frame.dpi
        for text, (x, y), colour in zip(
            self.heatmap.texts[self._written], self._middles.tolist(), colours, strict=True
        ):
            yield Number(text, x, bottom - y, inks[colour])

    @cached_property
    def _frame(self) -> _Frame:
        return _frame(_Blank.of(self.heatmap), self.width, self.height)

    @cached_property
    def _written(self) -> NDArray[np.bool_]:
        """True where a number stands in its cell."""
        written: NDArray[np.bool_] = self.heatmap.painted & (self.heatmap.texts != "")
        return written

    @cached_property
    def _text_sizes(self) -> FloatArray:
        """Width and height of each number, in pixels."""
        texts = self.heatmap.texts[self._written]
        sizes = [text_size(text, self.font_size, self._frame.dpi) for text in texts]
        return np.array(sizes).reshape(-1, 2)

    @cached_property
    def _middles(self) -> FloatArray:
        """Where the middle of each number is, in pixels from the lower left corner."""
        cells = self._frame.cells
        rows, columns = np.nonzero(self._written)
        x = cells.x0 + (columns + 0.5) * self.cell_width
        y = cells.y1 - (rows + 0.5) * cells.height / self.heatmap.shape[0]
        return np.column_stack([x, y])

    @cached_property
    def _drawn(self) -> Bbox:
        """The box around everything that is drawn, in inches."""
        from matplotlib.transforms import Bbox

        drawn, _, _, dpi = self._frame
        if not self._written.any():
            return drawn
        middles, halves = self._middles, self._text_sizes / 2
        ends = [(middles - halves).min(axis=0), (middles + halves).max(axis=0)]
        return Bbox.union([drawn, Bbox(np.array(ends) / dpi)])

    @property
    def cell_width(self) -> float:
        """The width of a cell, in pixels."""
        return float(self._frame.cells.width / self.heatmap.shape[1])

    @property
    def text_width(self) -> float:
        """The width of the widest number, in pixels; 0 without numbers."""
        return float(self._text_sizes[:, 0].max(initial=0))

    @cached_property
    def _window(self) -> Bbox:
        """What is saved, in inches."""
        from matplotlib import rcParams

        if not self.tight:
            return self._frame.paper
        return self._drawn.padded(rcParams["savefig.pad_inches"])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the saved page, in pixels."""
        window, dpi = self._window, self._frame.dpi
        return int(window.width * dpi), int(window.height * dpi)

    @property
    def is_cut(self) -> bool:
        """Whether something drawn lies beyond the edge of the saved page."""
        left, bottom, right, top = self._drawn.extents
        page = self._frame.paper
        beyond = left < page.x0 or bottom < page.y0 or right > page.x1 or top > page.y1
        return bool(beyond) and not self.tight
