"""A heatmap on paper, as seaborn draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lib.charts.colour import inks_on
from lib.charts.paper import DRAWING, cell_width, new_figure, text_width
from lib.charts.theme import LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from lib.charts.heatmap import Heatmap


def paper(
    heatmap: Heatmap,
    width: float,
    height: float,
    dpi: float,
    font_size: float | None,
    label_size: float | None,
    *,
    numbers: bool,
) -> Figure:
    """The heatmap alone on a page of so many inches."""
    figure = new_figure(width, height, dpi)
    pitch = _pitch(heatmap, width, height)
    number_size = font_size or min(10, 0.9 * pitch)
    with DRAWING:
        _draw(heatmap, figure.subplots(), number_size, label_size or number_size, numbers)
    if font_size is None:
        _fit_numbers(figure)
    return figure


def draw(heatmap: Heatmap, axes: Axes, font_size: float, *, numbers: bool) -> None:
    """The heatmap on axes beside others, with labels of so many points where they fit."""
    box = axes.get_window_extent()
    dpi = _figure_of(axes).dpi
    size = min(font_size, 0.9 * _pitch(heatmap, box.width / dpi, box.height / dpi))
    _draw(heatmap, axes, 0.8 * size, size, numbers)


def _pitch(heatmap: Heatmap, width: float, height: float) -> float:
    """About the points from a row to the next, and from a column to the next."""
    rows, columns = heatmap.shape
    return 72 * min(0.77 * height / rows, 0.62 * width / columns)


def _draw(
    heatmap: Heatmap, axes: Axes, number_size: float, label_size: float, numbers: bool
) -> None:
    import seaborn
    from matplotlib.colors import ListedColormap

    # Before seaborn turns the labels that overlap.
    axes.tick_params(labelsize=label_size)
    others = set(_figure_of(axes).axes)
    low, high = heatmap.range
    seaborn.heatmap(
        pd.DataFrame(heatmap.numbers, heatmap.values.index, heatmap.values.columns),
        mask=~heatmap.painted,
        vmin=low,
        vmax=high,
        # Already centered: seaborn paints a single value at the center with the low end.
        cmap=ListedColormap(heatmap.colours_in_effect(LIGHT)),
        annot=heatmap.texts if numbers and heatmap.has_texts else None,
        fmt="",
        annot_kws={"fontsize": number_size},
        linewidths=0.5,
        linecolor="white",
        xticklabels=True,
        yticklabels=True,
        cbar=heatmap.colour_bar,
        ax=axes,
    )
    axes.tick_params(axis="y", rotation=0)
    _ink_numbers(heatmap, axes)
    _draw_marks(heatmap, axes)
    rows, columns = np.nonzero(heatmap.shown & ~heatmap.painted)
    axes.scatter(columns + 0.5, rows + 0.5, marker="x", s=label_size**2 / 5, c=LIGHT.muted)
    axes.set_title(heatmap.title, fontsize=1.2 * label_size, loc="left")
    for bar in set(_figure_of(axes).axes) - others:
        bar.tick_params(labelsize=label_size)
        bar.set_ylabel(heatmap.scale, fontsize=label_size)


def _ink_numbers(heatmap: Heatmap, axes: Axes) -> None:
    """Colour the numbers anew: seaborn's white on a middling colour has a contrast of 2.3."""
    colours = heatmap.colour_array(LIGHT)[heatmap.painted]
    inks = inks_on(set(colours))
    for text, colour in zip(axes.texts, colours, strict=False):
        text.set_color(inks[colour])


def _draw_marks(heatmap: Heatmap, axes: Axes) -> None:
    from matplotlib.patches import Rectangle

    colours = heatmap.colour_array(LIGHT)
    for row, column in np.argwhere(heatmap.marked(heatmap.faded)):
        colour = colours[row, column]
        axes.add_patch(Rectangle((column, row), 1, 1, fc=colour, ec="white", lw=0.5))
    for row, column in np.argwhere(heatmap.marked(heatmap.hatched)):
        strokes = Rectangle((column, row), 1, 1, fill=False, hatch="///", ec=LIGHT.text, lw=0)
        strokes.set_alpha(0.45)
        axes.add_patch(strokes)


def _fit_numbers(figure: Figure) -> None:
    """Shrink the numbers until the widest leaves a tenth of its cell free."""
    room, widest = 0.9 * cell_width(figure), text_width(figure)
    texts = figure.axes[0].texts
    if widest <= room:
        return
    size = float(texts[0].get_fontsize()) * room / widest
    for text in texts:
        text.set_fontsize(size)
    # Small glyphs have whole pixels, so that their width does not shrink with their size.
    while text_width(figure) > room and size > 1:
        size -= 0.25
        for text in texts:
            text.set_fontsize(size)


def _figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("These axes belong to no figure.")
    return figure
