"""Figures for paper: rendering matplotlib's figures to bytes, and measuring what is on them.

Every figure here is a ``Figure()`` of its own. Sessions are threads, and pyplot's current figure
and rcParams belong to all of them at once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from textwrap import fill
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from .theme import LIGHT

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import QuadMesh
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

Format: TypeAlias = Literal["png", "svg", "pdf"]

DRAWING = BoundedSemaphore(2)
"""Held while matplotlib draws: each concurrent drawing costs memory that is never given back."""

# What would otherwise differ between two renderings of one figure.
_METADATA: dict[str, dict[str, Any]] = {
    "png": {},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}


SMALLEST_TEXT = 6.0
"""The smallest type that can be read on paper, in points."""

# Those with Chinese, Japanese or Korean letters that systems bring along.
_EAST_ASIAN_FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans CJK KR",
    "Noto Sans JP",
    "Noto Sans SC",
    "Noto Sans KR",
    "Source Han Sans",
    "Droid Sans Fallback",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "IPAexGothic",
    "IPAGothic",
    "TakaoGothic",
    "NanumGothic",
    "Hiragino Sans",
    "PingFang SC",
    "Apple SD Gothic Neo",
    "Arial Unicode MS",
    "Yu Gothic",
    "Microsoft YaHei",
    "MS Gothic",
    "Malgun Gothic",
)


@cache
def _fonts() -> tuple[str, ...]:
    """The usual font, and after it those that have the letters that it lacks."""
    from matplotlib.font_manager import fontManager

    here = set(fontManager.get_font_names())
    return ("DejaVu Sans", *(name for name in _EAST_ASIAN_FONTS if name in here))


@cache
def _settle() -> None:
    """The constants of the whole process: figures are drawn in threads and share them."""
    import matplotlib

    matplotlib.rcParams.update(
        {
            # Names are anyone's: a dollar sign in them is a dollar sign.
            "text.parse_math": False,
            "font.sans-serif": list(_fonts()),
            # The identifiers in SVG files are random without it.
            "svg.hashsalt": "honest-heatmaps",
        }
    )


def new_figure(width: float, height: float, dpi: float) -> Figure:
    """An empty white figure of so many inches, with a canvas that can measure text.

    Every text on it is taken as it is written: none is mathematics.

    >>> new_figure(4, 3, dpi=100).bbox.size.tolist()
    [400.0, 300.0]
    """
    from matplotlib.figure import Figure

    _settle()

    figure = Figure(figsize=(width, height), dpi=dpi, facecolor="white")
    _canvas()(figure)
    return figure


@cache
def _canvas() -> type[FigureCanvasAgg]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    class LayoutCanvas(FigureCanvasAgg):
        """Where seaborn draws a figure to see which labels overlap, laying it out is enough.

        Without a layout that depends on what is drawn, it is enough to place the labels.
        """

        def draw(self) -> None:
            if self.figure.get_layout_engine() is not None:
                self.figure.draw_without_rendering()
            for axes in self.figure.axes:
                axes.get_xticklabels()
                axes.get_yticklabels()

    return LayoutCanvas


_FINE = 300
"""Dots an inch of a picture in a drawing."""


def render(
    figure: Figure, format: Format = "png", *, dpi: float = 100, tight: bool = True
) -> bytes:
    """The figure as a file's bytes, on a white page, the same bytes every time.

    ``tight`` changes the page so that everything drawn is on it and nothing else; without it the
    page has the size that was asked for, and what lies outside is cut.

    >>> render(new_figure(2, 1, dpi=100), "pdf")[:5]
    b'%PDF-'
    """
    if format not in _METADATA:
        raise ValueError(f"A figure is rendered as {', '.join(_METADATA)}, not as {format!r}.")
    buffer = BytesIO()
    with DRAWING:
        _say_what_is_missing(figure)
        figure.savefig(
            buffer,
            format=format,
            # Elsewhere the dots are those of the pictures within it.
            dpi=dpi if format == "png" else _FINE,
            bbox_inches="tight" if tight else None,
            facecolor="white",
            metadata=_METADATA[format],
        )
    return buffer.getvalue()


def missing_letters(text: str) -> str:
    """Those letters of a text that no font here has, once each, in their order.

    Paper prints a box for them.

    >>> missing_letters("rate in %")
    ''
    """
    known = _known_letters()
    return "".join(
        dict.fromkeys(letter for letter in text if ord(letter) not in known and letter != "\n")
    )


@cache
def _known_letters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, fontManager, get_font

    paths = [fontManager.findfont(FontProperties(family=[name])) for name in _fonts()]
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


_MISSING = "missing-letters"


def _say_what_is_missing(figure: Figure) -> None:
    """A line below the figure where it has letters that cannot be printed."""
    from matplotlib.text import Text

    texts = (text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))
    count = len(missing_letters("".join(texts)))
    if count and not any(text.get_gid() == _MISSING for text in figure.texts):
        figure.text(
            0,
            -0.02,
            f"Boxes stand for {count} letter{'s' * (count > 1)} that no font on this computer has.",
            gid=_MISSING,
            fontsize=8,
            color=LIGHT.muted,
            va="top",
        )


def _mesh(figure: Figure, place: int) -> QuadMesh:
    """The cells of a heatmap on the figure."""
    from matplotlib.collections import QuadMesh

    for artist in figure.axes[place].collections if figure.axes else ():
        if isinstance(artist, QuadMesh):
            return artist
    raise ValueError("There is no heatmap on this figure.")


def cell_width(figure: Figure, maps: int = 1) -> float:
    """The width of a cell of the figure's heatmap, in pixels at the figure's dpi.

    Of several heatmaps, which are the figure's first axes, that of the narrowest cell.

    >>> import pandas as pd
    >>> from . import Heatmap
    >>> cell_width(Heatmap(pd.DataFrame({"x": [1.0], "y": [0.5]})).paper(width=10))
    310.0
    """
    # One more edge than cells.
    columns = [np.shape(_mesh(figure, place).get_coordinates())[1] - 1 for place in range(maps)]
    return min(
        float(axes.get_window_extent().width / count)
        for axes, count in zip(figure.axes, columns, strict=False)
    )


def text_width(figure: Figure, maps: int = 1) -> float:
    """The width of the widest number in the cells, in pixels at the figure's dpi; 0 without.

    Several heatmaps are the figure's first axes.

    >>> text_width(new_figure(2, 1, dpi=100))
    0.0
    """
    # Cells share few distinct numbers, and measuring is what costs.
    texts = [text for axes in figure.axes[:maps] for text in axes.texts]
    distinct = {(text.get_text(), text.get_fontsize()): text for text in texts}
    return max((float(text.get_window_extent().width) for text in distinct.values()), default=0.0)


def in_lines(text: str, inches: float, font_size: float) -> str:
    """A text of so many points in lines of so many inches.

    >>> in_lines("How much the rates differ", 1.5, 12).splitlines()
    ['How much the', 'rates differ']
    """
    # A letter is about 0.6 times as wide as the type is high.
    return fill(text, max(12, int(72 * inches / (0.6 * font_size))))


def text_size(text: str, font_size: float, dpi: float) -> tuple[float, float]:
    """Width and height of a line of text of so many points, in pixels.

    >>> text_size("0.47", 10, 100) < text_size("0.47", 12, 100)
    True
    """
    return text_box(text, font_size, dpi)[:2]


@lru_cache(maxsize=4096)
def text_box(text: str, font_size: float, dpi: float) -> tuple[float, float, float]:
    """The same, and how much of the height lies below the line that letters stand on.

    >>> width, height, below = text_box("0.47", 10, 100)
    >>> 0 < below < height / 2
    True
    """
    from matplotlib.text import Text

    line = Text(text=text, fontsize=font_size)
    line.set_figure(_ruler(dpi))
    box = line.get_window_extent()
    return float(box.width), float(box.height), float(-box.y0)


@cache
def _ruler(dpi: float) -> Figure:
    return new_figure(1, 1, dpi)


def drawn_box(figure: Figure) -> Bbox:
    """The box around everything that is drawn, in inches from the page's lower left corner."""
    with DRAWING:
        return figure.get_tightbbox()
