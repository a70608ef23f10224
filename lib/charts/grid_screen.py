"""A grid of heatmaps on the screen, as Plotly draws it."""

from __future__ import annotations

from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .drawing import Drawing
from .heatmap_room import (
    FITTINGS,
    LARGEST_CELL,
    RIGHT,
    Room,
    above,
    bar_for,
    beside,
    name_size,
    room_in,
)
from .heatmap_screen import (
    axes,
    axis_titles,
    colour_bar,
    reach,
    scale_name,
    strokes,
    traces,
)
from .names import name_text
from .screen import PHONE, WIDE, layout, longest_name, markup
from .theme import Theme

if TYPE_CHECKING:
    from .grid import Grid
    from .heatmap import Heatmap

_LINE = 17
_GAP = 18
_UNNAMED: dict[str, Any] = {"showticklabels": False}
# The least width of a map with numbers, and without.
_LEAST, _LEAST_BARE = 160, 72


class _Place(NamedTuple):
    """Where a map stands, in pixels from the left and from the top of all maps."""

    heatmap: Heatmap
    room: Room
    x: float
    y: float
    title: list[str]

    @property
    def width(self) -> float:
        return self.heatmap.shape[1] * self.room.across

    @property
    def height(self) -> float:
        return self.heatmap.shape[0] * self.room.down


def screen(
    grid: Grid, theme: Theme, width: float | None, height: float | None, *, clickable: bool
) -> Drawing:
    """The figure for a panel of so many pixels."""
    panel = WIDE if width is None else width
    places, depth = _fitted(grid, panel, height, is_known=width is not None)
    first, left = grid.maps[0], places[0].room.left
    inner = panel - left - RIGHT
    bar, top = bar_for(first, inner), above(first, inner)
    figure = layout(theme, top + depth)
    figure["margin"] = {"l": left, "r": RIGHT, "t": top, "b": 0}
    figure["hoverdistance"] = min(reach(place.room) for place in places)
    figure["annotations"] = [scale_name(bar, theme)] if first.colour_bar else []
    figure["shapes"] = []
    data: list[dict[str, Any]] = []
    for number, place in enumerate(places):
        data += _traces(place, theme, number, clickable=clickable)
        _lay_out(figure, place._replace(x=place.x - left), theme, number, (inner, depth))
    data[0]["colorbar"] = colour_bar(first, theme, bar, figure["height"])
    return Drawing(data, figure)


def _columns(grid: Grid, panel: float) -> int:
    """As many side by side as leave each map its least width, in rows of about the same length."""
    least = _LEAST if any(chart.has_texts for chart in grid.maps) else _LEAST_BARE
    names = max(_names(chart, panel / grid.columns) for chart in grid.maps)
    spared = names if _is_shared(grid, "index") else 0
    fitting = max(1, int((panel - spared + _GAP) // (least + names - spared + _GAP)))
    rows = ceil(len(grid.maps) / min(grid.columns, fitting))
    return ceil(len(grid.maps) / rows)


def _names(chart: Heatmap, slot: float) -> float:
    return beside(chart.values.index, name_size(chart), longest_name(slot))


def _is_shared(grid: Grid, side: Literal["index", "columns"]) -> bool:
    """Whether the maps have the same names there: then they stand at the grid's edge alone."""
    first = getattr(grid.maps[0].values, side)
    return all(getattr(chart.values, side).equals(first) for chart in grid.maps)


def _fitted(
    grid: Grid, panel: float, height: float | None, *, is_known: bool
) -> tuple[list[_Place], float]:
    """Where each map stands, and the depth of them together, within a height."""
    places, depth = _places(grid, panel, is_known=is_known)
    for _ in range(FITTINGS if height is not None else 0):
        left, first = places[0].room.left, places[0].heatmap
        over = above(first, panel - left - RIGHT) + depth - (height or 0)
        if over <= 0:
            break
        cells: dict[float, int] = {}
        for place in places:
            cells[place.y] = max(cells.get(place.y, 0), place.heatmap.shape[0])
        low = max(place.room.down for place in places) - over / sum(cells.values())
        places, depth = _places(grid, panel, is_known=is_known, low=low)
    return places, depth


def _places(
    grid: Grid, panel: float, *, is_known: bool, low: float = LARGEST_CELL
) -> tuple[list[_Place], float]:
    """Where each map stands, and the depth of them together; ``low`` as `room_in` takes it."""
    columns = _columns(grid, panel)
    longest = longest_name(panel / columns)
    names = max(_names(chart, panel / columns) for chart in grid.maps)
    lefts = [names] + [0 if _is_shared(grid, "index") else names] * (columns - 1)
    slot, narrow = (
        (whole - sum(lefts) - (columns - 1) * _GAP - RIGHT) / columns for whole in (panel, PHONE)
    )
    places: list[_Place] = []
    depth = 0.0
    for start in range(0, len(grid.maps), columns):
        row = grid.maps[start : start + columns]
        titles = [wrap(name_text(chart.title), max(8, int(slot / 7))) for chart in row]
        top = depth + 6 + _LINE * max(map(len, titles))
        x = 0.0
        for chart, left, title in zip(row, lefts, titles, strict=False):
            phone = None if is_known else narrow
            room = room_in(chart, slot + left + RIGHT, left, longest, phone, low)
            if _is_shared(grid, "columns") and len(places) + columns < len(grid.maps):
                room = room._replace(below=0)
            places.append(_Place(chart, room, x + left, top, title))
            x += left + slot + _GAP
        depth = 4 + max(place.y + place.height + place.room.below for place in places)
    return places, depth


def _traces(place: _Place, theme: Theme, number: int, *, clickable: bool) -> list[dict[str, Any]]:
    made = traces(place.heatmap, theme, place.room, clickable=clickable)
    for trace in made:
        if number:
            trace |= {"xaxis": f"x{number + 1}", "yaxis": f"y{number + 1}"}
            if trace["type"] == "heatmap":
                trace["showscale"] = False
        if "marker" in trace:
            trace["customdata"] = [[number] for _ in trace["x"]]
    return made


def _lay_out(
    figure: dict[str, Any], place: _Place, theme: Theme, number: int, whole: tuple[float, float]
) -> None:
    """Axes, title and strokes of one map; the domains are its shares of the whole."""
    suffix = str(number + 1) if number else ""
    width, depth = whole
    columns, rows = axes(place.heatmap, theme, place.room, f"x{suffix}")
    top = 1 - place.y / depth
    right = min(1.0, (place.x + place.width) / width)
    bottom = max(0.0, 1 - (place.y + place.height) / depth)
    columns |= {} if place.room.below else _UNNAMED
    rows |= {} if place.room.left else _UNNAMED
    figure[f"xaxis{suffix}"] = columns | {
        "domain": [place.x / width, right],
        "anchor": f"y{suffix}",
        "automargin": False,
    }
    figure[f"yaxis{suffix}"] = rows | {
        "domain": [bottom, top],
        "anchor": f"x{suffix}",
        "automargin": False,
    }
    figure["annotations"] += axis_titles(place.heatmap, theme, place.room, suffix)
    if place.title:
        figure["annotations"].append(
            {
                "text": "<br>".join(map(markup, place.title)),
                "x": place.x / width,
                "xref": "paper",
                "xanchor": "left",
                "y": top,
                "yref": "paper",
                "yanchor": "bottom",
                "align": "left",
                "showarrow": False,
                "font": {"size": 13, "color": theme.text},
            }
        )
    for shape in strokes(place.heatmap, theme, place.room):
        figure["shapes"].append(shape | {"xref": f"x{suffix}", "yref": f"y{suffix}"})
