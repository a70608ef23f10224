"""A clustermap on paper: a heatmap, trees on two of its sides, and each with its scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.charts.heatmap_paper import draw_cells, fitting_numbers, sizes_for
from lib.charts.names import name_text
from lib.charts.numbers import round_ticks, significant_text
from lib.charts.paper import DRAWING, new_figure
from lib.charts.theme import LIGHT
from lib.charts.tree import branch_colours, branches, reach

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from lib.charts.clustermap import Clustermap
    from lib.stats import Clustering


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
        beside, above, cells, bar = _places(figure, with_columns=chart.columns is not None)
        draw_cells(chart.heatmap, cells, sizes, bar)
        cells.set_title("", loc="left")
        cells.yaxis.tick_right()
        cells.yaxis.set_label_position("right")
        cells.tick_params(axis="y", rotation=0, length=0)
        draw_tree(beside, chart.rows, chart.cut, 0.9 * sizes.rest)
        if above is not None and chart.columns is not None:
            _draw_tree_above(above, chart.columns, 0.9 * sizes.rest)
        figure.suptitle(name_text(chart.title), x=0.01, ha="left", fontsize=1.2 * sizes.rest)
    return figure


def _places(figure: Figure, *, with_columns: bool) -> tuple[Axes, Axes | None, Axes, Axes]:
    """Where the rows' tree goes, the columns', the cells and the colour bar."""
    ratios = {"width_ratios": (0.2, 1, 0.04)}
    if not with_columns:
        beside, cells, bar = figure.subplots(1, 3, gridspec_kw=ratios)
        return beside, None, cells, bar
    grid = figure.add_gridspec(2, 3, height_ratios=(0.2, 1), **ratios)
    beside, above = figure.add_subplot(grid[1, 0]), figure.add_subplot(grid[0, 1])
    return beside, above, figure.add_subplot(grid[1, 1]), figure.add_subplot(grid[1, 2])


def draw_tree(axes: Axes, tree: Clustering, cut: float | None, size: float) -> None:
    """The rows' tree from right to left, over an axis of heights."""
    found = branches(tree)
    for branch, colour in zip(found, branch_colours(found, cut, LIGHT), strict=True):
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
