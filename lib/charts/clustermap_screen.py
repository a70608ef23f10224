"""A clustermap on the screen, as Plotly draws it: the heatmap, and trees on two of its sides."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from .drawing import Drawing
from .heatmap_room import Room, above, bar_for, number_size, room_for
from .heatmap_screen import axes, colour_bar, scale_name, traces
from .names import name_text
from .numbers import round_ticks, significant_text
from .plot import group_colours
from .screen import PHONE, WIDE, label_width, layout, markup, text_pixels
from .theme import Theme
from .tree import Branch, branch_colours, branches, reach

if TYPE_CHECKING:
    from ..stats import Clustering
    from .clustermap import Clustermap
    from .heatmap import Heatmap

_TREE = 0.17
"""The share of the panel that a tree takes."""

_STRIP = 0.03
"""The share of the panel that a strip of groups takes, between the tree and the map."""

_LEFT = 8
# The least height of trees and map together.
_LEAST = 100


def screen(
    chart: Clustermap, theme: Theme, width: float | None, most: float | None, *, clickable: bool
) -> Drawing:
    """The figure for a panel of so many pixels, ``most`` of them from top to bottom."""
    heatmap = chart.heatmap
    top = 0.0 if chart.columns is None else _TREE
    left = _TREE + (0 if chart.strips is None else _STRIP * len(chart.strips.columns))
    key = _key(chart, theme, WIDE if width is None else width)
    room, beside = _room(heatmap, width, most, top, left, key.height)
    inner = room.panel - beside - _LEFT
    bar, over = bar_for(heatmap, inner), above(heatmap, inner)
    height = heatmap.shape[0] * room.down / (1 - top)
    figure = layout(theme, height + over + room.below)
    # Room for the names is set aside: what Plotly sets aside by itself never settles where
    # names on both sides take most of a narrow panel.
    figure["margin"] = {"l": _LEFT, "r": beside, "t": over, "b": room.below}
    figure["hoverdistance"] = max(1, round(0.3 * min(room.across, room.down)))
    figure["annotations"] = [scale_name(bar, theme)] if heatmap.colour_bar else []
    figure["shapes"] = []
    columns, rows = axes(heatmap, theme, room)
    # Slanted names would reach under the tree, to its axis.
    figure["xaxis"] = columns | {
        "domain": [left, 1],
        "automargin": False,
        "autotickangles": [0, -90],
    }
    figure["yaxis"] = rows | {
        "domain": [0, 1 - top],
        "side": "right",
        "ticklabelstandoff": 4,
        "automargin": False,
    }
    data = traces(heatmap, theme, room, clickable=clickable)
    data[0]["colorbar"] = colour_bar(heatmap, theme, bar, figure["height"])
    if chart.columns is not None:
        figure.update(_axes_above(theme, chart.columns, top, left, top * height))
        data.extend(_lines(branches(chart.columns), None, theme, upright=True))
    found = branches(chart.rows)
    wide = _TREE * inner
    figure.update(_axes_beside(theme, chart.rows, top, wide))
    _spare_zeros(figure, room)
    if chart.strips is not None:
        figure.update(_axes_of_strips(chart, top, left))
        figure.update(key.settings)
        data.extend(_strips(chart, theme))
    data.extend(_lines(found, chart.tree_cut, theme, upright=False))
    if chart.cut is not None:
        figure["shapes"].append(_cut_line(chart.cut, heatmap.shape[0], theme))
    data.append(_knots(found, chart.tree_cut, theme))
    return Drawing(data, figure)


def _room(
    heatmap: Heatmap,
    width: float | None,
    most: float | None,
    top: float,
    left: float,
    key: float,
) -> tuple[Room, float]:
    """The room of a map that fills what its trees leave, and the pixels of the rows' names.

    ``top`` and ``left`` are the shares that trees and strips take, ``key`` the pixels under it.
    """
    plain = room_for(heatmap, width)
    names = label_width(heatmap.values.index, plain.name_size, plain.longest)
    # The axis of the columns' tree stands there as well.
    beside = max(names + 10, 48)
    rows, columns = heatmap.shape
    cells = (1 - left) * (plain.panel - _LEFT - beside)
    across = cells / columns
    down = max(240.0, min(max(500.0, 9 * rows), 1.3 * plain.panel)) / rows
    upright = label_width(heatmap.values.columns, plain.name_size, plain.longest) + 16
    # The axis of the rows' tree, and what it says.
    below = max(upright, 44) + key
    if most is not None:
        remaining = most - above(heatmap, cells / (1 - left)) - below
        down = min(down, max(remaining, _LEAST) * (1 - top) / rows)
    phone = across if width is not None else (1 - left) * (PHONE - _LEFT - beside) / columns
    room = plain._replace(
        across=across,
        down=down,
        left=plain.panel - cells,
        below=below,
        number_size=number_size(heatmap, across, down, phone),
    )
    return room, beside


def _height_axis(theme: Theme, tree: Clustering, pixels: float, **settings: Any) -> dict[str, Any]:
    """The axis of a tree of so many pixels."""
    ticks = round_ticks(reach(tree), 3 if pixels >= 60 else 1)
    return {
        "tickvals": ticks,
        "ticktext": [significant_text(tick) for tick in ticks],
        "tickfont": {"size": 10, "color": theme.muted},
        "title": {
            "text": "height",
            "font": {"size": 11, "color": theme.muted},
            "standoff": 4,
        },
        "ticks": "outside",
        "ticklen": 3,
        "tickcolor": theme.muted,
        "showline": True,
        "linecolor": theme.muted,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        **settings,
    }


def _leaf_axis(**settings: Any) -> dict[str, Any]:
    return {"visible": False, "fixedrange": True, **settings}


def _axes_beside(theme: Theme, tree: Clustering, top: float, pixels: float) -> dict[str, Any]:
    leaves = len(tree.order)
    return {
        "xaxis2": _height_axis(
            theme, tree, pixels, domain=[0, _TREE - 0.01], range=[reach(tree), 0], anchor="y2"
        ),
        "yaxis2": _leaf_axis(domain=[0, 1 - top], range=[leaves - 0.5, -0.5], anchor="x2"),
    }


def _axes_above(
    theme: Theme, tree: Clustering, top: float, left: float, pixels: float
) -> dict[str, Any]:
    leaves = len(tree.order)
    return {
        "xaxis3": _leaf_axis(domain=[left, 1], range=[-0.5, leaves - 0.5], anchor="y3"),
        "yaxis3": _height_axis(
            theme,
            tree,
            pixels,
            domain=[1 - top + 0.01, 1],
            range=[0, reach(tree)],
            anchor="x3",
            side="right",
        ),
    }


class _Key(NamedTuple):
    """What the colours of the strips mean, at the foot of the figure: its pixels, its layout."""

    height: float
    settings: dict[str, Any]


def _key(chart: Clustermap, theme: Theme, panel: float) -> _Key:
    words = [words for words, _, _ in chart.strip_rows()]
    if chart.strips is None or not words:
        return _Key(0, {})
    # Plotly gives all groups the room of the widest one, where they need more than one line.
    entry = 48 + max(text_pixels(name_text(each)) for each in words)
    lines = ceil(len(words) / max(1, panel // entry))
    is_one = chart.strips.shape[1] == 1
    title = {"text": markup(name_text(chart.strips.columns[0])), "side": "top"} if is_one else {}
    legend = {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "xref": "container",
        "y": 0,
        "yanchor": "bottom",
        "yref": "container",
        "title": title,
        "font": {"size": 12, "color": theme.text},
        "bgcolor": "rgba(0,0,0,0)",
        "itemclick": False,
        "itemdoubleclick": False,
    }
    height = 20 * (lines + is_one) + 12
    return _Key(height, {"showlegend": True, "legend": legend, "barmode": "overlay", "bargap": 0})


def _axes_of_strips(chart: Clustermap, top: float, left: float) -> dict[str, Any]:
    leaves = len(chart.rows.order)
    strips = 0 if chart.strips is None else len(chart.strips.columns)
    return {
        "xaxis4": _leaf_axis(domain=[_TREE, left - 0.006], range=[0, strips], anchor="y4"),
        "yaxis4": _leaf_axis(domain=[0, 1 - top], range=[leaves - 0.5, -0.5], anchor="x4"),
    }


def _strips(chart: Clustermap, theme: Theme) -> list[dict[str, Any]]:
    """A bar a row beside the map, one trace a group."""
    found = list(chart.strip_rows())
    names = [name_text(name) for name in chart.rows.order]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "xaxis": "x4",
            "yaxis": "y4",
            "name": markup(name_text(words)),
            "x": [1] * len(places),
            "base": [strip] * len(places),
            "y": places,
            "width": 1,
            "marker": {"color": colour, "line": {"width": 0}},
            # A branch that is chosen is no reason to pale.
            "unselected": {"marker": {"opacity": 1}},
            "hovertext": [markup(f"{names[place]}: {name_text(words)}") for place in places],
            "hoverinfo": "text",
            "showlegend": True,
        }
        for (words, places, strip), colour in zip(
            found, group_colours(theme, len(found)), strict=True
        )
    ]


def _spare_zeros(figure: dict[str, Any], room: Room) -> None:
    """Leave out a zero that would lie on the name of a first cell smaller than its letters."""
    for name, cell in (("xaxis2", room.across), ("yaxis3", room.down)):
        if name in figure and cell < room.name_size + 2:
            axis = figure[name]
            figure[name] = axis | {each: axis[each][1:] for each in ("tickvals", "ticktext")}


def _cut_line(cut: float, rows: int, theme: Theme) -> dict[str, Any]:
    ends = {"x0": cut, "x1": cut, "y0": -0.5, "y1": rows - 0.5}
    line = {"color": theme.text, "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "x2", "yref": "y2", "line": line} | ends


def _knots(found: list[Branch], cut: float | None, theme: Theme) -> dict[str, Any]:
    """What can be clicked: a dot on each branch of the rows' tree."""
    hover = [
        f"{len(branch.members)} together at {branch.height:.3g}<br>"
        + markup(", ".join(branch.members[:6]))
        + (" …" if len(branch.members) > 6 else "")
        for branch in found
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "xaxis": "x2",
        "yaxis": "y2",
        "x": [branch.height for branch in found],
        "y": [branch.middle for branch in found],
        "customdata": [[branch.label] for branch in found],
        "showlegend": False,
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {"size": 9, "color": branch_colours(found, cut, theme), "opacity": 0.85},
        "selected": {"marker": {"opacity": 1, "size": 13}},
        "unselected": {"marker": {"opacity": 0.85}},
    }


def _lines(
    found: list[Branch], cut: float | None, theme: Theme, *, upright: bool
) -> list[dict[str, Any]]:
    """A tree as lines, one trace a colour; neighbouring groups below the cut differ."""
    paths: dict[str, tuple[list[float | None], list[float | None]]] = {}
    for branch, colour in zip(found, branch_colours(found, cut, theme), strict=True):
        along, above = paths.setdefault(colour, ([], []))
        x, y = branch.path
        along += [*x, None]
        above += [*y, None]
    axes = {"xaxis": "x3", "yaxis": "y3"} if upright else {"xaxis": "x2", "yaxis": "y2"}
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": along if upright else above,
            "y": above if upright else along,
            "line": {"color": colour, "width": 1.4},
            "hoverinfo": "skip",
            "showlegend": False,
            **axes,
        }
        for colour, (along, above) in paths.items()
    ]
