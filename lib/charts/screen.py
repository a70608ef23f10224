"""What the figures on the screen have in common."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from html import escape
from typing import Any

from .names import axis_names, letters, name_text
from .theme import Theme

PLOTLY_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""What to pass to Plotly as ``config``: these figures are read and clicked, not zoomed."""

WIDE = 540
"""The pixels of the panel that a figure has for itself on a small laptop."""

PHONE = 320
"""The pixels of the panel on a small phone."""

LONGEST_NAME = 24
"""The letters of a name on an axis, beyond which it loses its middle, in a panel of usual width."""

_LETTER = 6.5
"""About the pixels of a letter of the size of 12."""


def longest_name(panel: float, height: float | None = None) -> int:
    """The letters that a name on an axis may have in a panel of so many pixels.

    Where the height is short, names of columns must leave some of it.

    >>> longest_name(540), longest_name(250), longest_name(540, 300)
    (24, 11, 16)
    """
    across = 0.29 * panel
    slanted = across if height is None else 0.25 * height / 0.72
    return round(min(32, max(8, min(across, slanted) / _LETTER)))


def room_in_height(full: float, width: float | None) -> float:
    """The height of a plot that is ``full`` high where it has the usual width.

    >>> room_in_height(400, None), room_in_height(400, 250)
    (400, 280.0)
    """
    return full if width is None else min(full, max(0.7 * full, 1.1 * width))


_MARKUP = re.compile("[&<>\"'%]")


def markup(text: object) -> str:
    """A text that Plotly shows as it is: it has neither tags nor places to be filled in.

    >>> markup("<b>50 %{x}</b>")
    '&lt;b&gt;50 &#37;{x}&lt;/b&gt;'
    """
    plain = str(text)
    return escape(plain).replace("%", "&#37;") if _MARKUP.search(plain) else plain


def aliases(names: Iterable[Hashable], longest: int = LONGEST_NAME) -> dict[str, str]:
    """What stands on an axis for each name: short, different from the others, without markup.

    >>> aliases(["<b>x</b>", "a long name"], longest=8)
    {'<b>x</b>': '&lt;b&gt;x&lt;/b&gt;', 'a long name': 'a lo…ame'}
    """
    given = list(names)
    shown = axis_names(given, longest)
    return {str(name): markup(text) for name, text in zip(given, shown, strict=True)}


def text_pixels(text: str, size: float = 12) -> float:
    """About the pixels that a text takes in type of so many pixels.

    >>> text_pixels("rate")
    26.0
    """
    return _LETTER * letters(text) * size / 12


def label_width(names: Iterable[Hashable], size: float = 12, longest: int = LONGEST_NAME) -> float:
    """About the pixels that the longest of the names takes on an axis.

    >>> label_width(["x", "rate"])
    26.0
    """
    return max(text_pixels(text, size) for text in axis_names(names, longest))


def axis_title(theme: Theme, name: Hashable) -> dict[str, Any]:
    """An axis's title, as quiet as its labels.

    >>> from . import LIGHT
    >>> axis_title(LIGHT, "year")["text"]
    'year'
    """
    return {
        "text": markup(name_text(name)),
        "font": {"size": 13, "color": theme.muted},
        "standoff": 8,
    }


def layout(theme: Theme, height: float) -> dict[str, Any]:
    """The layout of a figure that takes its width from the panel and its ground from the page.

    It has no title: the page sets that above it, where it can wrap.

    >>> from . import DARK
    >>> layout(DARK, 480)["font"]["color"]
    '#e9e6df'
    """
    return {
        "autosize": True,
        "height": round(height),
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": '"Source Sans", sans-serif', "color": theme.text, "size": 13},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": theme.second_background,
            "bordercolor": theme.border,
            "font": {"color": theme.text},
            "align": "left",
        },
        "dragmode": False,
    }
