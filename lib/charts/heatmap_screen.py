"""A heatmap on the screen, as Plotly draws it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from math import hypot
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from .colour import as_hex, inks_on
from .drawing import Drawing
from .heatmap_room import (
    BAR_HEIGHT,
    FOOT,
    HIGH_ENOUGH,
    RIGHT,
    SMALLEST_TEXT,
    Bar,
    Room,
    above,
    are_level,
    bar_for,
    height_of,
    room_for,
)
from .names import axis_names, name_text, title_of
from .screen import aliases, layout, markup
from .theme import Theme

if TYPE_CHECKING:
    from .heatmap import Heatmap


# Of so many cells each byte counts: what all of them say is said once.
_MANY = 10_000


class _Cell(NamedTuple):
    """What is written into a cell, and said when it is pointed at."""

    column: str
    row: str
    text: str
    hover: str
    ink: str


def screen(
    heatmap: Heatmap, theme: Theme, width: float | None, height: float | None, *, clickable: bool
) -> Drawing:
    """The figure for a panel of so many pixels."""
    room = room_for(heatmap, width, height)
    bar, figure = bar_for(heatmap, room.for_cells), _layout(heatmap, theme, room)
    data = traces(heatmap, theme, room, clickable=clickable)
    data[0]["colorbar"] = colour_bar(heatmap, theme, bar, figure["height"])
    return Drawing(data, figure)


def gap_between(cell: float) -> int:
    """The pixels between cells of so many pixels: they would be most of a small one's colour.

    >>> gap_between(4), gap_between(12), gap_between(40)
    (0, 1, 2)
    """
    return 2 if cell >= 24 else 1 if cell >= 10 else 0


def traces(heatmap: Heatmap, theme: Theme, room: Room, *, clickable: bool) -> list[dict[str, Any]]:
    """The cells, what lies over them, and what is written into them; the first has no bar yet."""
    said = {} if clickable else _said_at_once(heatmap)
    cells = _cells(heatmap, theme, numbers=room.number_size is not None, all_of_them=not said)
    mesh = _mesh(heatmap, theme, room)
    veil = [_veil(heatmap, theme, mesh)] if heatmap.marked(heatmap.faded).any() else []
    # A cross in a cell without a value stands there however small the cell.
    size = room.number_size or min(SMALLEST_TEXT, max(4.0, min(room.across, room.down)))
    if clickable:
        over = _by_ink(cells, partial(_markers, theme, room, size))
    else:
        mesh |= said or {"hovertext": _hover(heatmap, cells), "hoverinfo": "text"}
        over = _by_ink([each for each in cells if each.text], partial(_writing, size))
    return [mesh, *veil, *over]


@lru_cache(maxsize=64)
def _stops(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    """A colour scale with two stops a colour, so that each cell has exactly its own."""
    edges = np.linspace(0, 1, len(colours) + 1).round(6).tolist()
    return [
        (edge, colour)
        for start, end, colour in zip(edges, edges[1:], colours, strict=False)
        for edge in (start, end)
    ]


def _mesh(heatmap: Heatmap, theme: Theme, room: Room) -> dict[str, Any]:
    low, high = heatmap.range
    precision = np.float32 if heatmap.numbers.size >= _MANY else np.float64
    return {
        "type": "heatmap",
        "z": np.where(heatmap.painted, heatmap.numbers, np.nan).astype(precision),
        "x": [str(name) for name in heatmap.values.columns],
        "y": [str(name) for name in heatmap.values.index],
        "colorscale": _stops(tuple(as_hex(heatmap.colours_in_effect(theme)))),
        # Plotly would choose limits of its own where they are equal.
        "zmin": low if high > low else low - 0.5,
        "zmax": high if high > low else high + 0.5,
        "xgap": gap_between(room.across),
        "ygap": gap_between(room.down),
        "hoverinfo": "skip",
        "showscale": heatmap.colour_bar,
    }


def _veil(heatmap: Heatmap, theme: Theme, mesh: dict[str, Any]) -> dict[str, Any]:
    """What lies over the cells that step back, drawn thinly."""
    colour = heatmap.veil_colour(theme)
    return mesh | {
        "z": np.where(heatmap.marked(heatmap.faded), 1.0, np.nan).astype(mesh["z"].dtype),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [(0, colour), (1, colour)],
        "opacity": heatmap.veil,
        "showscale": False,
    }


# From the middle of a cell, to the right and upwards: through the middle, and near two corners.
_MIDDLE = ((-0.45, -0.45, 0.45, 0.45),)
_HALVES = ((-0.45, 0.0, 0.0, 0.45), (0.0, -0.45, 0.45, 0.0))
_CORNERS = ((-0.45, 0.15, -0.15, 0.45), (0.15, -0.45, 0.45, -0.15))


def strokes(heatmap: Heatmap, theme: Theme, room: Room) -> list[dict[str, Any]]:
    """Diagonal strokes over each cell that is struck through, as one shape an ink.

    Where a number stands they keep to the corners.
    """
    struck = np.argwhere(heatmap.marked(heatmap.hatched)).tolist()
    if not struck:
        return []
    ends = _CORNERS if heatmap.has_texts and room.number_size else _MIDDLE + _HALVES
    colours = heatmap.colour_array(theme)
    inks = inks_on({colours[row, column] for row, column in struck})
    paths: dict[str, str] = {}
    for row, column in struck:
        ink = inks[colours[row, column]]
        paths[ink] = paths.get(ink, "") + "".join(
            f"M{column + x0:g},{row - y0:g}L{column + x1:g},{row - y1:g}" for x0, y0, x1, y1 in ends
        )
    return [
        {"type": "path", "path": path, "line": {"color": ink, "width": 1}}
        for ink, path in paths.items()
    ]


def colour_bar(heatmap: Heatmap, theme: Theme, bar: Bar, height: float) -> dict[str, Any]:
    """Slim and above the map, where it takes nothing from the width of a phone.

    It is placed from the top of a figure so high: beside the map Plotly would set more room aside
    than it takes.
    """
    low, high = heatmap.range
    labels = heatmap.bar_labels
    ticks = [low, high] if high > low else [low]
    if len(ticks) == 2 and low < 0 < high and _zero_has_room(heatmap, bar):
        ticks, labels = [low, 0.0, high], (labels[0], "0", labels[1])
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "yref": "container",
        "y": 1 - (bar.height - BAR_HEIGHT) / height,
        "yanchor": "top",
        "lenmode": "pixels",
        # Plotly takes the padding of both ends from it.
        "len": bar.length + 2 * bar.before,
        "thickness": 8,
        "outlinewidth": 0,
        "xpad": bar.before,
        "ypad": 4,
        "tickvals": ticks,
        "ticktext": list(labels),
        # Else Plotly leaves out the label that reaches over the bar's end.
        "ticklabeloverflow": "allow",
        "tickangle": 0,
        "tickfont": {"size": 12, "color": theme.muted},
    }


def _zero_has_room(heatmap: Heatmap, bar: Bar) -> bool:
    low, high = heatmap.range
    place = -low / (high - low) * bar.length
    after = 6.5 * len(heatmap.bar_labels[1]) / 2
    return place >= bar.before + 10 and bar.length - place >= after + 10


def _cells(
    heatmap: Heatmap, theme: Theme, *, numbers: bool, all_of_them: bool = True
) -> list[_Cell]:
    """The cells that are not hidden, row by row; all of them, or those without a value alone."""
    columns, rows = ([str(name) for name in names] for names in heatmap.values.axes[::-1])
    said_columns, said_rows = (
        [markup(name) for name in axis_names(names)] for names in heatmap.values.axes[::-1]
    )
    painted = heatmap.painted
    wanted = heatmap.shown if all_of_them else heatmap.shown & ~painted
    if not wanted.any():
        return []
    texts = heatmap.texts
    colours = heatmap.colour_array(theme)
    inks = inks_on(set(colours[painted]))
    meanings = heatmap.meanings
    cells = []
    for row, column in np.argwhere(wanted).tolist():
        text, ink = markup(texts[row, column]), theme.muted
        if painted[row, column]:
            ink, text = inks[colours[row, column]], text if numbers else ""
        meaning = markup(meanings[row, column])
        hover = f"{said_columns[column]} × {said_rows[row]}<br>{meaning}"
        cells.append(_Cell(columns[column], rows[row], text, hover, ink))
    return cells


def _said_at_once(heatmap: Heatmap) -> dict[str, Any]:
    """What each of very many cells says, where Plotly says it as we do; else nothing."""
    if heatmap.numbers.size < _MANY or heatmap.text is not None or heatmap.decimals is None:
        return {}
    names = [str(name) for names in heatmap.values.axes for name in names]
    sizes = np.abs(heatmap.numbers[heatmap.painted])
    is_almost_one = (sizes.round(heatmap.decimals) == 1) & (sizes < 1)
    if any(markup(name) != name for name in names) or is_almost_one.any():
        return {}
    named = f"{markup(heatmap.scale)} = " if heatmap.scale else ""
    said = f"%{{x}} × %{{y}}<br>{named}%{{z:.{heatmap.decimals}f}}<extra></extra>"
    return {"hoverinfo": "all", "hovertemplate": said}


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


def _markers(theme: Theme, room: Room, size: float, ink: str, cells: list[_Cell]) -> dict[str, Any]:
    """Transparent squares that carry the numbers; the selected one gets an outline."""
    return _writing(size, ink, cells) | {
        "mode": "markers+text",
        "hovertext": [cell.hover for cell in cells],
        "hoverinfo": "text",
        "marker": {
            "symbol": "square",
            "size": 0.85 * min(room.across, room.down),
            "color": "rgba(0,0,0,0)",
            "line": {"color": theme.text, "width": 2},
            "opacity": 0,
        },
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": ink}},
        "unselected": {"marker": {"opacity": 0}, "textfont": {"color": ink}},
    }


def reach(room: Room) -> int:
    """How far from a marker the pointer still is over its cell, in pixels: up to the corner."""
    corner = hypot(room.across, room.down) / 2
    return max(1, round(corner - 0.425 * min(room.across, room.down)))


def _layout(heatmap: Heatmap, theme: Theme, room: Room) -> dict[str, Any]:
    bar = bar_for(heatmap, room.for_cells)
    figure = layout(theme, height_of(heatmap, room))
    # What Plotly finds to be missing beside them, it adds.
    figure["margin"] = {
        "l": room.left,
        "r": RIGHT,
        "t": above(heatmap, room.for_cells),
        "b": room.below + FOOT,
    }
    figure["hoverdistance"] = reach(room)
    figure["annotations"] = axis_titles(heatmap, theme, room)
    if heatmap.colour_bar:
        figure["annotations"].append(scale_name(bar, theme))
    figure["shapes"] = strokes(heatmap, theme, room)
    columns, rows = axes(heatmap, theme, room)
    return figure | {"xaxis": columns, "yaxis": rows}


def axes(
    heatmap: Heatmap, theme: Theme, room: Room, anchor: str = "x"
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The axis of the columns and the one of the rows, without their titles."""
    columns, rows = (_axis(theme, names, room) for names in heatmap.values.axes[::-1])
    # Only to the sides that names grow to: what stands above the map is placed from its top.
    # Plotly lets names touch before it slants them.
    level = are_level(heatmap.values.columns, room.name_size, room.longest, room.across)
    columns |= {"autotickangles": [0, -45, -90][not level :], "automargin": "bottom"}
    rows |= {"range": rows["range"][::-1], "automargin": "left"}
    # Where Plotly has its way, it leaves out every other name of rows that have room for all.
    if room.down >= HIGH_ENOUGH * room.name_size:
        rows["dtick"] = 1
    if room.is_square:
        columns |= {"constrain": "domain", "constraintoward": "left"}
        rows |= {"constrain": "domain", "constraintoward": "top", "scaleanchor": anchor}
    else:
        columns["domain"] = [0, min(1, heatmap.shape[1] * room.across / room.for_cells)]
    return columns, rows


def _axis(theme: Theme, names: pd.Index[Any], room: Room) -> dict[str, Any]:
    return {
        "type": "category",
        "range": [-0.5, len(names) - 0.5],
        "labelalias": aliases(names, room.longest),
        "tickfont": {"size": room.name_size, "color": theme.muted},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
    }


def axis_titles(
    heatmap: Heatmap, theme: Theme, room: Room, suffix: str = ""
) -> list[dict[str, Any]]:
    """What columns and rows are called, at the outer edge of the room that their names take.

    Plotly's own titles keep their distance from where the names stood when it last measured them:
    some were seen among the names.
    """
    columns, rows = map(title_of, heatmap.values.axes[::-1])
    note = {
        "xref": f"x{suffix} domain",
        "yref": f"y{suffix} domain",
        "yanchor": "bottom",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 13, "color": theme.muted},
    }
    titles = []
    if columns is not None and room.below:
        place = {"x": 0.5, "xanchor": "center", "y": 0, "yshift": -room.below}
        titles.append(note | place | {"text": markup(name_text(columns))})
    if rows is not None and room.left:
        place = {"x": 0, "xanchor": "left", "xshift": -room.left, "y": 0.5, "yanchor": "middle"}
        titles.append(note | place | {"text": markup(name_text(rows)), "textangle": -90})
    return titles


def scale_name(bar: Bar, theme: Theme) -> dict[str, Any]:
    """What the colours mean, beside their bar or over it."""
    return {
        "text": "<br>".join(map(markup, bar.lines)),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": bar.before + bar.length + 10 if bar.is_beside else 0,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": BAR_HEIGHT - (18 if bar.is_beside else 2),
        "align": "left",
        "showarrow": False,
        "font": {"size": 12, "color": theme.muted},
    }
