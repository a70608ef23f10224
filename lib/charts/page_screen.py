"""A page as a browser draws it: the same lines and letters for a hundredth of the work.

matplotlib lays out and draws what pages share that differ in their numbers alone. The numbers,
most of what it would draw, are set into that here, as outlines of the same letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .paper import render, text_box

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

_POINTS = 72
"""To the inch: what matplotlib writes SVG in."""
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_COMMANDS = {1: "M", 2: "L", 3: "Q", 4: "C", 79: "Z"}
"""Those of SVG by matplotlib's codes of a path."""
_EM = 1000
"""Outlines are written in thousandths of the type's size."""


class Number(NamedTuple):
    """A number on a page: its middle in pixels from the upper left corner, and its colour."""

    text: str
    x: float
    y: float
    ink: str


def blank(figure: Figure) -> str:
    """All on a page without its numbers: what is inside an SVG."""
    inside = _INSIDE.search(render(figure, "svg", tight=False).decode())
    assert inside is not None
    # Each point of a path stands on a line of its own.
    return " ".join(inside[1].split())


def compose(blank: str, numbers: str, window: Bbox, height: float, pixels: tuple[int, int]) -> str:
    """What a window, in inches, shows of a page of this height, in so many pixels."""
    x, y = _POINTS * window.x0, _POINTS * (height - window.y1)
    across, down = _POINTS * window.width, _POINTS * window.height
    view = f"{x:.2f} {y:.2f} {across:.2f} {down:.2f}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{pixels[0]}" height="{pixels[1]}" viewBox="{view}">'
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{across:.2f}" height="{down:.2f}" fill="white"/>'
        f"{blank}{numbers}</svg>"
    )


def write(numbers: Iterable[Number], font_size: float, dpi: float) -> str:
    """Numbers of so many points, each as wide as it is on a picture of so many dots an inch.

    There, letters are moved to whole pixels, so that a number is wider than its outlines.
    """
    known: dict[str, str] = {}
    shapes, places = [], []
    for text, x, y, ink in numbers:
        width, height, below = text_box(text, font_size, dpi)
        if text not in known:
            known[text] = f"number-{len(known)}"
            path, advance = _outline(text)
            across, up = width / advance, font_size * dpi / _POINTS / _EM
            shapes.append(
                f'<path id="{known[text]}" transform="scale({across:.5f} {-up:.5f})" d="{path}"/>'
            )
        left, base = x - width / 2, y + height / 2 - below
        places.append(
            f'<use xlink:href="#{known[text]}" x="{left:.1f}" y="{base:.1f}" fill="{ink}"/>'
        )
    scale = _POINTS / dpi
    return f'<defs>{"".join(shapes)}</defs><g transform="scale({scale})">{"".join(places)}</g>'


@lru_cache(maxsize=1024)
def _outline(text: str) -> tuple[str, float]:
    """The letters of a line in thousandths of their size, and how far they reach."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath, text_to_path

    usual = FontProperties()
    path = TextPath((0, 0), text, size=_EM, prop=usual)
    reach, _, _ = text_to_path.get_text_width_height_descent(text, usual, ismath=False)
    words = (
        _COMMANDS[int(code)] + " ".join(f"{value:.0f}" for value in points)
        if code != path.CLOSEPOLY
        else "Z"
        for points, code in path.iter_segments(simplify=False)
    )
    return "".join(words), float(reach) * _EM / usual.get_size_in_points()
