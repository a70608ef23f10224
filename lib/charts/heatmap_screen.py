"""A heatmap on the screen, as Plotly draws it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from lib.charts.colour import as_hex, inks_on
from lib.charts.drawing import Drawing
from lib.charts.screen import axis_title, label, label_width, layout
from lib.charts.theme import Theme

if TYPE_CHECKING:
    from lib.charts.heatmap import Heatmap

_SMALLEST_TEXT = 9
"""The smallest type that can be read, in pixels."""

_BAR = 140
"""The length of the colour bar, in pixels."""


class _Cell(NamedTuple):
    """What is written into a cell, and said when it is pointed at."""

    column: str
    row: str
    text: str
    hover: str
    ink: str


def screen(heatmap: Heatmap, theme: Theme, width: float, *, clickable: bool) -> Drawing:
    """The figure for a panel of so many pixels."""
    cell = cell_size(heatmap, width)
    cells = _cells(heatmap, theme, numbers=has_room(heatmap, cell))
    mesh = _mesh(heatmap, theme, cell)
    veil = [_veil(heatmap, theme, mesh)] if heatmap.marked(heatmap.faded).any() else []
    size = _text_size(heatmap, cell)
    if clickable:
        over = _by_ink(cells, partial(_markers, theme, cell, size))
    else:
        mesh |= {"hovertext": _hover(heatmap, cells), "hoverinfo": "text"}
        over = _by_ink([each for each in cells if each.text], partial(_writing, size))
    return Drawing([mesh, *veil, *over], _layout(heatmap, theme, cell))


def cell_size(heatmap: Heatmap, width: float) -> float:
    """The pixels of a cell in a panel so wide; small maps stay small, large ones fit."""
    rows, columns = heatmap.shape
    return min(64, (width - 100) / columns, max(400 / rows, 18))


def gap_between(cell: float) -> int:
    """The pixels between cells of so many pixels: they would be most of a small one's colour.

    >>> gap_between(4), gap_between(12), gap_between(40)
    (0, 1, 2)
    """
    return 2 if cell >= 24 else 1 if cell >= 10 else 0


def has_room(heatmap: Heatmap, cell: float) -> bool:
    """Whether what stands in the cells fits so many pixels in type that can be read."""
    return cell >= 0.5 * _SMALLEST_TEXT * _longest_text(heatmap)


def _longest_text(heatmap: Heatmap) -> int:
    return max(1, *(len(text) for text in heatmap.texts.ravel().tolist()))


def _text_size(heatmap: Heatmap, cell: float) -> float:
    """The size at which the numbers fit the cells of a phone, as far as it can be read."""
    phone = (320 - label_width(heatmap.values.index)) / heatmap.shape[1]
    fitting = min(cell, phone) // (0.5 * _longest_text(heatmap))
    return min(max(fitting, _SMALLEST_TEXT), 14)


def _mesh(heatmap: Heatmap, theme: Theme, cell: float) -> dict[str, Any]:
    """The cells. The scale has two stops a colour, so that each cell has exactly its own."""
    low, high = heatmap.range
    colours = as_hex(heatmap.colours_in_effect(theme))
    edges = np.linspace(0, 1, len(colours) + 1).round(6).tolist()
    gap = gap_between(cell)
    return {
        "type": "heatmap",
        "z": np.where(heatmap.painted, heatmap.numbers, np.nan),
        "x": [str(name) for name in heatmap.values.columns],
        "y": [str(name) for name in heatmap.values.index],
        "colorscale": [
            (edge, colour)
            for start, end, colour in zip(edges, edges[1:], colours, strict=False)
            for edge in (start, end)
        ],
        # Plotly would choose limits of its own where they are equal.
        "zmin": low if high > low else low - 0.5,
        "zmax": high if high > low else high + 0.5,
        "xgap": gap,
        "ygap": gap,
        "hoverinfo": "skip",
        "showscale": heatmap.colour_bar,
        "colorbar": _colour_bar(heatmap, theme),
    }


def _veil(heatmap: Heatmap, theme: Theme, mesh: dict[str, Any]) -> dict[str, Any]:
    """The ground, drawn thinly over the cells that step back."""
    return mesh | {
        "z": np.where(heatmap.marked(heatmap.faded), 1.0, np.nan),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [(0, theme.background), (1, theme.background)],
        "opacity": heatmap.veil,
        "showscale": False,
    }


def _strokes(heatmap: Heatmap, theme: Theme) -> list[dict[str, Any]]:
    """Three diagonal strokes over each cell that is struck through, as one shape."""
    ends = ((-0.45, 0.0, 0.0, 0.45), (-0.45, -0.45, 0.45, 0.45), (0.0, -0.45, 0.45, 0.0))
    path = "".join(
        f"M{column + x0:g},{row - y0:g}L{column + x1:g},{row - y1:g}"
        for row, column in np.argwhere(heatmap.marked(heatmap.hatched))
        for x0, y0, x1, y1 in ends
    )
    line = {"color": theme.text, "width": 1}
    return [{"type": "path", "path": path, "line": line, "opacity": 0.45}] if path else []


def _colour_bar(heatmap: Heatmap, theme: Theme) -> dict[str, Any]:
    """Slim and above the map, where it takes nothing from the width of a phone."""
    low, high = heatmap.range
    # A label at zero needs room beside the ends' labels.
    zero = [0.0] if low < 0 < high and min(-low, high) >= 0.2 * (high - low) else []
    ticks = [low, *zero, high] if high > low else [low]
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "lenmode": "pixels",
        "len": _BAR,
        "thickness": 8,
        "outlinewidth": 0,
        "xpad": 0,
        "ypad": 8,
        "tickvals": ticks,
        "ticktext": [_tick(heatmap.as_text(value)) for value in ticks],
        "tickfont": {"size": 12, "color": theme.muted},
    }


def _tick(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cells(heatmap: Heatmap, theme: Theme, *, numbers: bool) -> list[_Cell]:
    """The cells that are not hidden, row by row."""
    columns, rows = ([str(name) for name in names] for names in heatmap.values.axes[::-1])
    said_columns, said_rows = ([escape(name) for name in names] for names in (columns, rows))
    scale = f"{escape(heatmap.scale)} = " if heatmap.scale else ""
    texts, painted = heatmap.texts, heatmap.painted
    values, colours = heatmap.numbers.tolist(), heatmap.colour_array(theme)
    inks = inks_on(set(colours[painted]))
    cells = []
    for row, column in np.argwhere(heatmap.shown).tolist():
        text = escape(texts[row, column])
        if painted[row, column]:
            meaning = scale + (text or heatmap.as_text(values[row][column]))
            ink, text = inks[colours[row, column]], text if numbers else ""
        else:
            meaning, ink = "not defined", theme.muted
        hover = f"{said_columns[column]} × {said_rows[row]}<br>{meaning}"
        cells.append(_Cell(columns[column], rows[row], text, hover, ink))
    return cells


def _hover(heatmap: Heatmap, cells: list[_Cell]) -> list[list[str]]:
    """What each cell says under the pointer, as rows; nothing where it is hidden."""
    said = np.full(heatmap.shape, "", dtype=object)
    said[heatmap.shown] = [cell.hover for cell in cells]
    hover: list[list[str]] = said.tolist()
    return hover


def _by_ink(
    cells: list[_Cell], trace: Callable[[str, list[_Cell]], dict[str, Any]]
) -> list[dict[str, Any]]:
    """One trace an ink.

    After a click Plotly fades whatever is not selected; only a trace with a single text colour
    can be told to keep it.
    """
    return [
        trace(ink, [each for each in cells if each.ink == ink])
        for ink in sorted({each.ink for each in cells})
    ]


def _writing(size: float, ink: str, cells: list[_Cell]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [cell.column for cell in cells],
        "y": [cell.row for cell in cells],
        "text": [cell.text for cell in cells],
        "hoverinfo": "skip",
        "textfont": {"color": ink, "size": size},
    }


def _markers(
    theme: Theme, pixels: float, size: float, ink: str, cells: list[_Cell]
) -> dict[str, Any]:
    """Transparent squares that carry the numbers; the selected one gets an outline."""
    return _writing(size, ink, cells) | {
        "mode": "markers+text",
        "hovertext": [cell.hover for cell in cells],
        "hoverinfo": "text",
        "marker": {
            "symbol": "square",
            "size": 0.85 * pixels,
            "color": "rgba(0,0,0,0)",
            "line": {"color": theme.text, "width": 2},
            "opacity": 0,
        },
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": ink}},
        "unselected": {"marker": {"opacity": 0}, "textfont": {"color": ink}},
    }


def _layout(heatmap: Heatmap, theme: Theme, cell: float) -> dict[str, Any]:
    labels = label_width(heatmap.values.columns)
    below = 24 if labels <= cell else 20 + 0.7 * labels
    above = 10 + (34 if heatmap.colour_bar else 0)
    figure = layout(theme, heatmap.shape[0] * cell + above + below + 20)
    figure["margin"]["t"] = above
    # The pointer is over a cell up to the corners of its square, not only within a circle.
    figure["hoverdistance"] = max(1, round(0.3 * cell))
    figure["annotations"] = [_scale_name(heatmap, theme)] if heatmap.colour_bar else []
    figure["shapes"] = _strokes(heatmap, theme)
    columns, rows = (_axis(heatmap, theme, names) for names in heatmap.values.axes[::-1])
    columns |= {"constraintoward": "left", "autotickangles": [0, -45, -90]}
    rows |= {"range": rows["range"][::-1], "constraintoward": "top", "scaleanchor": "x"}
    return figure | {"xaxis": columns, "yaxis": rows}


def _axis(heatmap: Heatmap, theme: Theme, names: pd.Index[Any]) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "type": "category",
        "range": [-0.5, len(names) - 0.5],
        "labelalias": {str(name): label(name) for name in names},
        "tickfont": {"size": 12 if max(heatmap.shape) <= 20 else 10, "color": theme.muted},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "automargin": True,
        "constrain": "domain",
    }
    # Even an empty title takes room.
    return axis if names.name is None else axis | {"title": axis_title(theme, names.name)}


def _scale_name(heatmap: Heatmap, theme: Theme) -> dict[str, Any]:
    """What the colours mean, beside their bar: Plotly sets a bar's own title above it."""
    return {
        "text": escape(heatmap.scale),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": _BAR + 10,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 19,
        "showarrow": False,
        "font": {"size": 12, "color": theme.muted},
    }
