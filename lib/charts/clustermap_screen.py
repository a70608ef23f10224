"""A clustermap on the screen, as Plotly draws it: the heatmap, and trees on two of its sides."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from lib.charts.drawing import Drawing
from lib.charts.heatmap_screen import gap_between
from lib.charts.plot import group_colours
from lib.charts.screen import label_width
from lib.charts.theme import Theme
from lib.charts.tree import Branch, branches

if TYPE_CHECKING:
    from lib.charts.clustermap import Clustermap
    from lib.stats import Clustering

_TREE = 0.17
"""The share of the panel that a tree takes."""


def screen(chart: Clustermap, theme: Theme, width: float, *, clickable: bool) -> Drawing:
    """The figure for a panel of so many pixels."""
    drawing = chart.heatmap.screen(theme, width=width, clickable=clickable)
    rows, columns = chart.heatmap.shape
    top = 0.0 if chart.columns is None else _TREE
    height = max(240.0, min(max(500.0, 9 * rows), 1.3 * width))
    _fill_panel(drawing, chart, top, height)
    _resize_cells(drawing, min(height / rows, (1 - _TREE) * (width - 100) / columns))
    if chart.columns is not None:
        drawing.layout.update(_axes_above(chart.columns, top, columns))
        drawing.data.extend(_lines(branches(chart.columns), None, theme, upright=True))
    found = branches(chart.rows)
    drawing.layout.update(_axes_beside(chart.rows, top, rows))
    drawing.data.extend(_lines(found, chart.cut, theme, upright=False))
    if chart.cut is not None:
        drawing.layout["shapes"].append(_cut_line(chart.cut, rows, theme))
    drawing.data.append(_knots(found, theme))
    return drawing


def _fill_panel(drawing: Drawing, chart: Clustermap, top: float, height: float) -> None:
    """Let the map fill what its trees leave, in cells that need not be square."""
    layout = drawing.layout
    # Room for the names is set aside: what Plotly sets aside by itself never settles where
    # names on both sides take most of a narrow panel.
    beside = min(label_width(chart.shown.index), 120.0) + 10
    below = min(label_width(chart.shown.columns), 120.0) + 16
    layout["height"] = height / (1 - top) + layout["margin"]["t"] + below
    layout["margin"] |= {"r": beside, "b": below}
    for name in ("xaxis", "yaxis"):
        del layout[name]["constrain"]
        layout[name]["automargin"] = False
    del layout["yaxis"]["scaleanchor"]
    layout["xaxis"]["domain"] = [_TREE, 1]
    layout["yaxis"] |= {"domain": [0, 1 - top], "side": "right", "ticklabelstandoff": 4}


def _resize_cells(drawing: Drawing, cell: float) -> None:
    gap = gap_between(cell)
    for trace in drawing.data:
        if trace["type"] == "heatmap":
            trace |= {"xgap": gap, "ygap": gap}
        elif "marker" in trace:
            trace["marker"]["size"] = 0.85 * cell
    drawing.layout["hoverdistance"] = max(1, round(0.3 * cell))


def _tree_axis(**settings: Any) -> dict[str, Any]:
    return {"visible": False, "fixedrange": True, **settings}


def _reach(tree: Clustering) -> float:
    """A little more than the height of the tree."""
    return float(1.05 * tree.linkage[:, 2].max())


def _axes_beside(tree: Clustering, top: float, rows: int) -> dict[str, Any]:
    return {
        "xaxis2": _tree_axis(domain=[0, _TREE - 0.01], range=[_reach(tree), 0], anchor="y2"),
        "yaxis2": _tree_axis(domain=[0, 1 - top], range=[rows - 0.5, -0.5], anchor="x2"),
    }


def _axes_above(tree: Clustering, top: float, columns: int) -> dict[str, Any]:
    return {
        "xaxis3": _tree_axis(domain=[_TREE, 1], range=[-0.5, columns - 0.5], anchor="y3"),
        "yaxis3": _tree_axis(domain=[1 - top + 0.01, 1], range=[0, _reach(tree)], anchor="x3"),
    }


def _cut_line(cut: float, rows: int, theme: Theme) -> dict[str, Any]:
    ends = {"x0": cut, "x1": cut, "y0": -0.5, "y1": rows - 0.5}
    line = {"color": theme.text, "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "x2", "yref": "y2", "line": line} | ends


def _knots(found: list[Branch], theme: Theme) -> dict[str, Any]:
    """What can be clicked: a dot on each branch of the rows' tree."""
    hover = [
        f"{len(branch.members)} together at {branch.height:.3g}<br>"
        + escape(", ".join(branch.members[:6]))
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
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {"size": 9, "color": theme.link, "opacity": 0.75},
        "selected": {"marker": {"opacity": 1, "size": 13, "color": theme.accent}},
        "unselected": {"marker": {"opacity": 0.75}},
    }


def _lines(
    found: list[Branch], cut: float | None, theme: Theme, *, upright: bool
) -> list[dict[str, Any]]:
    """A tree as lines, one trace a colour; neighbouring groups below the cut differ."""
    paths: dict[str, tuple[list[float | None], list[float | None]]] = {}
    colour_of = {} if cut is None else _group_colours(found, cut, theme)
    for branch in found:
        whole = cut is not None and branch.height <= cut
        colour = colour_of[branch.members[0]] if whole else theme.muted
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
            **axes,
        }
        for colour, (along, above) in paths.items()
    ]


def _group_colours(found: list[Branch], cut: float, theme: Theme) -> dict[str, str]:
    """The colour of each leaf that hangs together with others below the cut."""
    tops: dict[str, Branch] = {}
    # A merge comes after those that it merges.
    for branch in reversed(found):
        if branch.height <= cut and branch.members[0] not in tops:
            tops |= dict.fromkeys(branch.members, branch)
    palette = group_colours(theme, 4)
    groups = sorted(set(tops.values()), key=lambda branch: branch.middle)
    return {
        leaf: palette[number % len(palette)]
        for number, group in enumerate(groups)
        for leaf in group.members
    }
