"""A clustermap on paper: a heatmap, trees on two of its sides, and each with its scale."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from .heatmap_paper import draw_cells, fitting_numbers, sizes_for
from .names import letters, name_text
from .numbers import round_ticks, significant_text
from .paper import DRAWING, in_lines, new_figure
from .plot import group_colours, in_legend
from .theme import LIGHT
from .tree import branch_colours, branches, reach

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..stats import Clustering
    from .clustermap import Clustermap


def paper(chart: Clustermap, width: float, height: float) -> Figure:
    """The clustermap on a page of so many inches: nothing lies on anything.

    Where everything goes is measured, names and all, by matplotlib's constrained layout.
    """
    figure = new_figure(width, height, dpi=100)
    figure.set_layout_engine("constrained", w_pad=0.03, h_pad=0.03, wspace=0, hspace=0)
    across, down = 0.6 * width, (0.75 if chart.columns is None else 0.62) * height
    sizes = sizes_for(chart.heatmap, across, down)
    numbers = fitting_numbers(chart.heatmap, across, sizes.numbers or 0)
    sizes = sizes._replace(
        numbers=numbers,
        longest=max(8, int(0.28 * 72 * min(width, height) / (0.6 * sizes.rows))),
    )
    with DRAWING:
        beside, strips, above, cells, bar = _places(figure, chart)
        draw_cells(chart.heatmap, cells, sizes, bar)
        cells.set_title("", loc="left")
        cells.yaxis.tick_right()
        cells.yaxis.set_label_position("right")
        cells.tick_params(axis="y", rotation=0, length=0)
        draw_tree(beside, chart, 0.9 * sizes.rest)
        if strips is not None:
            draw_strips(strips, chart)
            figure.legend(
                *strips.get_legend_handles_labels(),
                title=strips.get_title(),
                loc="outside lower left",
                ncols=_across(strips, width, sizes.rest),
                fontsize=sizes.rest,
                title_fontsize=sizes.rest,
                alignment="left",
                frameon=False,
            )
            strips.set_title("")
        if above is not None and chart.columns is not None:
            _draw_tree_above(above, chart.columns, 0.9 * sizes.rest)
        size = 1.2 * sizes.rest
        title = in_lines(name_text(chart.title), width, size)
        figure.suptitle(title, x=0.01, ha="left", fontsize=size)
    return figure


class _Places(NamedTuple):
    """Where the rows' tree goes, the strips, the columns' tree, the cells and the colour bar."""

    beside: Axes
    strips: Axes | None
    above: Axes | None
    cells: Axes
    bar: Axes


def _places(figure: Figure, chart: Clustermap) -> _Places:
    strips = 0 if chart.strips is None else len(chart.strips.columns)
    widths = (0.2, *((0.03 * strips,) if strips else ()), 1, 0.04)
    heights = (1,) if chart.columns is None else (0.2, 1)
    grid = figure.add_gridspec(
        len(heights), len(widths), height_ratios=heights, width_ratios=widths
    )
    row, cells = len(heights) - 1, len(widths) - 2
    return _Places(
        beside=figure.add_subplot(grid[row, 0]),
        strips=figure.add_subplot(grid[row, 1]) if strips else None,
        above=figure.add_subplot(grid[0, cells]) if row else None,
        cells=figure.add_subplot(grid[row, cells]),
        bar=figure.add_subplot(grid[row, cells + 1]),
    )


def draw_strips(axes: Axes, chart: Clustermap) -> None:
    """Strips of groups, a bar a row; the axes' title is what the key is about."""
    found = list(chart.strip_rows())
    colours = group_colours(LIGHT, len(found))
    for (words, places, strip), colour in zip(found, colours, strict=True):
        axes.barh(places, 1, 1, left=strip, color=colour, label=in_legend(words))
    if chart.strips is not None:
        axes.set_xlim(0, len(chart.strips.columns))
        axes.set_title(name_text(chart.strips.columns[0]) if chart.strips.shape[1] == 1 else "")
    axes.set_ylim(len(chart.rows.order) - 0.5, -0.5)
    axes.set_axis_off()


def draw_key(axes: Axes, strips: Axes, size: float) -> None:
    """What the colours of the strips mean, over the map and under its title."""
    handles, labels = strips.get_legend_handles_labels()
    across = _across(strips, 0.8 * axes.get_window_extent().width / axes.figure.dpi, size)
    axes.legend(
        handles,
        labels,
        title=strips.get_title(),
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=across,
        fontsize=size,
        title_fontsize=size,
        alignment="left",
        frameon=False,
    )
    strips.set_title("")
    lines = 1 + ceil(len(labels) / across)
    title = axes.get_title(loc="left")
    axes.set_title(title, fontsize=1.2 * size, loc="left", pad=6 + 1.6 * size * lines)


def _across(strips: Axes, inches: float, size: float) -> int:
    """How many groups of the key stand beside each other in so many inches."""
    _, labels = strips.get_legend_handles_labels()
    entry = size * (4 + 0.6 * max(map(letters, labels), default=0))
    return int(min(len(labels), max(1, 72 * inches // entry)))


def draw_tree(axes: Axes, chart: Clustermap, size: float) -> None:
    """The rows' tree from right to left, over an axis of heights."""
    tree, cut = chart.rows, chart.cut
    found = branches(tree)
    for branch, colour in zip(found, branch_colours(found, chart.tree_cut, LIGHT), strict=True):
        along, heights = branch.path
        axes.plot(heights, along, color=colour, lw=0.8)
    if cut is not None:
        axes.axvline(cut, color=LIGHT.text, ls=":", lw=1)
    axes.set_xlim(reach(tree), 0)
    axes.set_ylim(len(tree.order) - 0.5, -0.5)
    ticks = round_ticks(reach(tree))
    axes.set_xticks(ticks, [significant_text(tick) for tick in ticks])
    axes.set_yticks([])
    axes.set_xlabel("height", fontsize=size)
    axes.tick_params(labelsize=size)
    axes.spines[["left", "right", "top"]].set_visible(False)


def _draw_tree_above(axes: Axes, tree: Clustering, size: float) -> None:
    """The columns' tree upwards, beside an axis of heights."""
    for branch in branches(tree):
        along, heights = branch.path
        axes.plot(along, heights, color=LIGHT.muted, lw=0.8)
    axes.set_xlim(-0.5, len(tree.order) - 0.5)
    axes.set_ylim(0, reach(tree))
    ticks = round_ticks(reach(tree))
    axes.yaxis.tick_right()
    axes.yaxis.set_label_position("right")
    axes.set_yticks(ticks, [significant_text(tick) for tick in ticks])
    axes.set_xticks([])
    axes.set_ylabel("height", fontsize=size)
    axes.tick_params(labelsize=size)
    axes.spines[["left", "bottom", "top"]].set_visible(False)
