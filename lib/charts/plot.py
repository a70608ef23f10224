"""What the figures with a scale on both sides have in common: axes, colours of groups, marks."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

import pandas as pd

from .names import axis_names, letters, name_text
from .numbers import log_ticks, significant_text
from .paper import DRAWING, new_figure
from .screen import WIDE, aliases, axis_title, longest_name, markup
from .theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .chart import Chart

MOST_GROUPS = 6

LONGEST_ON_PAPER = 40
"""The letters of a name on paper, beyond which it loses its middle."""

# After the theme's own two, those that a search found farthest from all before them: to the usual
# eye, without green cones and without red ones, at a contrast of 3 with the ground.
_MORE_COLOURS = {
    "light": ("#009b88", "#d36d14", "#8478f3", "#592c46"),
    "dark": ("#f8ac36", "#6a62da", "#737701", "#e4e092"),
}
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x")
MARKERS = ("o", "D", "s", "^", "P", "X")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
STROKES = ("-", "--", ":", "-.", (0, (8, 3)), (0, (8, 3, 2, 3)))
# Of reference lines, whose colour is that of the text.
_MARK_DASHES = ("dot", "dash", "longdashdot", "solid")
_MARK_STROKES = (":", "--", "-.", "-")


def group_colours(theme: Theme, count: int) -> tuple[str, ...]:
    """A colour a group, the theme's own first.

    >>> group_colours(LIGHT, 3)
    ('#2a5f8f', '#b2343a', '#009b88')
    """
    if count > MOST_GROUPS:
        raise ValueError(f"{count} groups cannot be told apart: show at most {MOST_GROUPS}.")
    return (theme.link, theme.accent, *_MORE_COLOURS[theme.name])[:count]


def must_be_told_apart(names: pd.Index[Any], what: str = "rows") -> None:
    """ValueError if two rows have one name: on an axis of names they would lie on each other."""
    texts = [str(name) for name in names]
    if len(set(texts)) < len(texts):
        twice = next(text for place, text in enumerate(texts) if text in texts[:place])
        raise ValueError(f"Two {what} are named {twice!r}.")


def longest_of_names(width: float | None) -> int:
    """The letters of a name beside such an axis, in a panel of so many pixels."""
    # Names are half of what such a chart says.
    return longest_name(1.4 * (WIDE if width is None else width))


def axis_of_names(
    theme: Theme, names: pd.Index[Any], width: float | None, title: str = ""
) -> dict[str, Any]:
    """A quiet axis of names, the first at the top."""
    longest = longest_of_names(width)
    return quiet_axis(theme, title) | {
        "type": "category",
        "autorange": "reversed",
        "showgrid": False,
        "labelalias": aliases(names, longest),
    }


def log_axis(theme: Theme, title: Hashable, values: Sequence[float]) -> dict[str, Any]:
    """A logarithmic axis with whole numbers on it: Plotly's own puts a small 2 beside 100."""
    ticks = log_ticks(min(values), max(values))
    return quiet_axis(theme, title) | {
        "type": "log",
        "tickvals": ticks,
        "ticktext": [significant_text(tick) for tick in ticks],
    }


def draw_log_axis(axes: Axes, values: Sequence[float]) -> None:
    """The same on paper."""
    ticks = log_ticks(min(values), max(values))
    axes.set_xscale("log")
    axes.set_xticks(ticks, [significant_text(tick) for tick in ticks])
    axes.set_xticks([], minor=True)


def draw_names(axes: Axes, names: pd.Index[Any]) -> None:
    """Names beside an axis of paper, the first at the top."""
    axes.set_yticks(range(len(names)), axis_names(names, LONGEST_ON_PAPER))
    axes.set_ylim(len(names) - 0.5, -0.5)


def quiet_axis(theme: Theme, title: Hashable) -> dict[str, Any]:
    """An axis that steps back behind what it measures."""
    axis: dict[str, Any] = {
        "gridcolor": theme.border,
        "showgrid": True,
        "zeroline": False,
        "linecolor": theme.border,
        "tickfont": {"size": 12, "color": theme.muted},
        "fixedrange": True,
        "automargin": True,
    }
    return axis if title in ("", None) else axis | {"title": axis_title(theme, title)}


def show_legend(figure: dict[str, Any], theme: Theme) -> None:
    """A key over the figure, where it lies on no data and takes nothing from a phone's width."""
    figure["showlegend"] = True
    figure["margin"]["t"] += 28
    figure["legend"] = {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "font": {"size": 12, "color": theme.text},
        "bgcolor": "rgba(0,0,0,0)",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def show_marks(
    figure: dict[str, Any], theme: Theme, marks: Mapping[str, float], *, across: bool
) -> None:
    """Reference lines on a Plotly layout; the key says what they are.

    ``across`` draws them from left to right, otherwise from bottom to top.
    """
    here, there = ("y", "x") if across else ("x", "y")
    for number, (words, value) in enumerate(marks.items()):
        dash = _MARK_DASHES[number % len(_MARK_DASHES)]
        line = {"type": "line", "line": {"color": theme.text, "width": 1.2, "dash": dash}}
        ends = {f"{here}0": value, f"{here}1": value, f"{there}0": 0, f"{there}1": 1}
        known = {"name": markup(words), "showlegend": True} if words else {}
        figure.setdefault("shapes", []).append(
            line | ends | known | {f"{there}ref": "paper", f"{here}ref": here}
        )
    if any(marks) and not figure["showlegend"]:
        show_legend(figure, theme)


def draw_marks(axes: Axes, marks: Mapping[str, float], *, across: bool) -> None:
    """The same on paper."""
    for number, (words, value) in enumerate(marks.items()):
        stroke = _MARK_STROKES[number % len(_MARK_STROKES)]
        draw = axes.axhline if across else axes.axvline
        draw(value, color=LIGHT.text, ls=stroke, lw=1.4, label=in_legend(words))


def in_legend(name: Hashable) -> str:
    """A name in a key on paper, where matplotlib leaves out those that begin with an underscore.

    >>> in_legend("_x"), in_legend("x"), in_legend("")
    (' _x', 'x', '')
    """
    text = name_text(name)
    return f" {text}" if text.startswith("_") else text


def finish(
    axes: Axes, title: str, x: Hashable, y: Hashable, font_size: float, *, top: float = 1.0
) -> None:
    """Titles, quiet edges and the key over the figure, on paper.

    ``top`` is where the title stands, in heights of the axes: above 1 where something lies over
    them.
    """
    axes.tick_params(labelsize=font_size)
    axes.set_xlabel("" if x is None else name_text(x), fontsize=font_size)
    axes.set_ylabel("" if y is None else name_text(y), fontsize=font_size)
    axes.spines[["top", "right"]].set_visible(False)
    lines = _draw_legend(axes, font_size)
    pad = 6 + 1.5 * font_size * lines
    axes.set_title(name_text(title), fontsize=1.2 * font_size, loc="left", pad=pad, y=top)


def _draw_legend(axes: Axes, font_size: float) -> int:
    """The key above the axes, and how many lines it has."""
    handles, labels = axes.get_legend_handles_labels()
    if not handles:
        return 0
    figure = axes.figure
    points = 72 * axes.get_window_extent().width / figure.dpi
    entry = font_size * (3.5 + 0.6 * max(map(letters, labels)))
    columns = int(min(len(labels), max(1, points // entry)))
    axes.legend(
        handles,
        labels,
        fontsize=font_size,
        frameon=False,
        ncols=columns,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        borderaxespad=0.1,
        borderpad=0.2,
        labelspacing=0.3,
    )
    return ceil(len(labels) / columns)


def on_page(
    chart: Chart, width: float, height: float, dpi: float = 100, font_size: float = 10
) -> Figure:
    """The chart alone on a white page of so many inches."""
    figure = new_figure(width, height, dpi)
    with DRAWING:
        chart.draw(figure.subplots(), font_size)
        figure.set_layout_engine("tight")
    return figure
