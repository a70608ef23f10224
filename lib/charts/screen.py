"""What the figures on the screen have in common."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from html import escape
from typing import Any

from lib.charts.theme import Theme

PLOTLY_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""What to pass to Plotly as ``config``: these figures are read and clicked, not zoomed."""

_LONGEST_LABEL = 24


def minus_signs(text: str) -> str:
    """The text of a number with a minus sign (U+2212) for the hyphen.

    >>> minus_signs("-0.47")
    '−0.47'
    """
    return text.replace("-", "\N{MINUS SIGN}")


def number_text(value: float, decimals: int = 2) -> str:
    """A number as figures write it: with a minus sign, and without one where it rounds to zero.

    >>> number_text(-0.466), number_text(-0.001)
    ('−0.47', '0.00')
    """
    return minus_signs(f"{value:z.{decimals}f}")


def label(name: Hashable) -> str:
    """A row's or column's name as an axis can carry it: short, and without markup.

    >>> label("<b>x</b>"), label("a very long name for a column")
    ('&lt;b&gt;x&lt;/b&gt;', 'a very long name for a …')
    """
    text = str(name)
    return escape(text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + "…")


def label_width(names: Iterable[Hashable]) -> float:
    """About the pixels that the longest of the names takes on an axis.

    >>> label_width(["x", "rate"])
    26.0
    """
    return 6.5 * max(len(label(name)) for name in names)


def axis_title(theme: Theme, name: Hashable) -> dict[str, Any]:
    """An axis's title, as quiet as its labels.

    >>> from lib.charts import LIGHT
    >>> axis_title(LIGHT, "year")["text"]
    'year'
    """
    return {"text": label(name), "font": {"size": 13, "color": theme.muted}}


WIDE = 540
"""The pixels of the panel that a figure has for itself on a small laptop."""


def layout(theme: Theme, height: float) -> dict[str, Any]:
    """The layout of a figure that takes its width from the panel and its ground from the page.

    It has no title: the page sets that above it, where it can wrap.

    >>> from lib.charts import DARK
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
