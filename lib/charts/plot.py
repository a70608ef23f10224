"""What the figures with a scale on both sides have in common: axes, colours of groups, marks."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from lib.charts.paper import DRAWING, new_figure
from lib.charts.screen import axis_title
from lib.charts.theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from lib.charts.chart import Chart

MOST_GROUPS = 6

# After the theme's own two, Okabe and Ito's colours that hold on light and dark grounds alike.
_MORE_COLOURS = ("#009e73", "#d18a00", "#b06fa0", "#4f9fd0")
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x")
MARKERS = ("o", "D", "s", "^", "P", "X")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
STROKES = ("-", "--", ":", "-.", (0, (8, 3)), (0, (8, 3, 2, 3)))


def group_colours(theme: Theme, count: int) -> tuple[str, ...]:
    """A colour a group, the theme's own first.

    >>> group_colours(LIGHT, 3)
    ('#2a5f8f', '#b2343a', '#009e73')
    """
    if count > MOST_GROUPS:
        raise ValueError(f"{count} groups cannot be told apart: show at most {MOST_GROUPS}.")
    return (theme.link, theme.accent, *_MORE_COLOURS)[:count]


def must_be_told_apart(names: pd.Index[Any], what: str = "rows") -> None:
    """ValueError if two rows have one name: on an axis of names they would lie on each other."""
    texts = [str(name) for name in names]
    if len(set(texts)) < len(texts):
        twice = next(text for place, text in enumerate(texts) if text in texts[:place])
        raise ValueError(f"Two {what} are named {twice!r}.")


def quiet_axis(theme: Theme, title: object) -> dict[str, Any]:
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
    return axis | {"title": axis_title(theme, str(title))} if str(title) else axis


def legend_above(theme: Theme) -> dict[str, Any]:
    """A key in one line over the figure, where it takes nothing from a phone's width."""
    return {
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


def marks_on(
    theme: Theme, marks: Mapping[str, float], *, across: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Reference lines with their words: the shapes and annotations of a Plotly layout.

    ``across`` draws them from left to right, otherwise from bottom to top.
    """
    here, there = ("y", "x") if across else ("x", "y")
    line = {"type": "line", "line": {"color": theme.text, "width": 1, "dash": "dot"}}
    shapes, notes = [], []
    for number, (words, value) in enumerate(marks.items()):
        ends = {f"{here}0": value, f"{here}1": value, f"{there}0": 0, f"{there}1": 1}
        shapes.append(line | ends | {f"{there}ref": "paper", f"{here}ref": here})
        place = (
            {"x": 1, "xref": "paper", "xanchor": "right", "y": value, "yanchor": "bottom"}
            if across
            # One below the other, so that near marks do not write over each other.
            else {
                "x": value,
                "xanchor": "left",
                "y": 1 - 0.09 * number,
                "yref": "paper",
                "yanchor": "top",
            }
        )
        notes.append(
            place
            | {
                "text": escape(words),
                "showarrow": False,
                "font": {"size": 12, "color": theme.text},
                "bgcolor": theme.background,
                "opacity": 0.9,
            }
        )
    return shapes, notes


def draw_marks(axes: Axes, marks: Mapping[str, float], font_size: float, *, across: bool) -> None:
    """The same on paper."""
    for number, (words, value) in enumerate(marks.items()):
        (axes.axhline if across else axes.axvline)(value, color=LIGHT.text, ls=":", lw=1)
        place = (1.0, value) if across else (value, 1 - 0.07 * number)
        transform = axes.get_yaxis_transform() if across else axes.get_xaxis_transform()
        axes.text(
            *place,
            words if across else f" {words}",
            transform=transform,
            ha="right" if across else "left",
            va="bottom" if across else "top",
            fontsize=font_size,
        )


def finish(axes: Axes, title: str, x: str, y: str, font_size: float) -> None:
    """Titles and quiet edges, on paper."""
    axes.tick_params(labelsize=font_size)
    axes.set_xlabel(x, fontsize=font_size)
    axes.set_ylabel(y, fontsize=font_size)
    axes.set_title(title, fontsize=1.2 * font_size, loc="left")
    axes.spines[["top", "right"]].set_visible(False)


def on_page(
    chart: Chart, width: float, height: float, dpi: float = 100, font_size: float = 10
) -> Figure:
    """The chart alone on a white page of so many inches."""
    figure = new_figure(width, height, dpi)
    with DRAWING:
        chart.draw(figure.subplots(), font_size)
        figure.set_layout_engine("tight")
    return figure
