"""A heatmap on paper, as seaborn draws it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from .colour import inks_on
from .names import axis_names, letters, name_text, title_of
from .numbers import tick_texts
from .paper import DRAWING, SMALLEST_TEXT, cell_width, in_lines, new_figure, text_width
from .plot import LONGEST_ON_PAPER
from .theme import LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colorbar import Colorbar
    from matplotlib.figure import Figure

    from .heatmap import Heatmap

_USUAL = 10.0


class Sizes(NamedTuple):
    """The sizes of type on a map, in points: each axis and the colour bar have their own.

    - ``numbers``: None leaves them out.
    - ``every``: of so many rows, and of so many columns, one is named.
    - ``upright``: whether the names of columns stand; None lets seaborn see.
    """

    rows: float
    columns: float
    rest: float
    numbers: float | None
    every: tuple[int, int] = (1, 1)
    longest: int = LONGEST_ON_PAPER
    upright: bool | None = None


def sizes_for(heatmap: Heatmap, width: float, height: float, largest: float = _USUAL) -> Sizes:
    """What fits a map of so many inches; nothing is smaller than what can be read.

    >>> from . import Heatmap
    >>> sizes = sizes_for(Heatmap(pd.DataFrame(0.5, range(3), range(120))), 6.2, 2.3)
    >>> sizes.rows, sizes.rest, sizes.columns, sizes.every, sizes.numbers
    (10.0, 10.0, 6.0, (1, 2), None)
    """
    pitches = [
        72 * inches / count for inches, count in zip((height, width), heatmap.shape, strict=True)
    ]
    rows, columns = (min(largest, max(SMALLEST_TEXT, 0.9 * pitch)) for pitch in pitches)
    every = [max(1, ceil(SMALLEST_TEXT / 0.9 / pitch - 0.01)) for pitch in pitches]
    numbers = min(largest, 0.9 * min(pitches))
    # A letter is about 0.6 times as wide as the type is high.
    widest = 0.6 * columns * max(map(letters, axis_names(heatmap.values.columns)))
    return Sizes(
        rows,
        columns,
        largest,
        numbers if numbers >= SMALLEST_TEXT else None,
        (every[0], every[1]),
        upright=widest > 0.95 * every[1] * pitches[1],
    )


_MOST_DRAWN = 60
"""Columns or rows of a map whose cells are shapes; those of a larger one are a picture."""


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
    sizes = sizes_for(heatmap, 0.62 * width, 0.77 * height)
    if font_size is not None:
        labels = label_size or font_size
        sizes = Sizes(labels, labels, labels, font_size)
    if not numbers:
        sizes = sizes._replace(numbers=None)
    with DRAWING:
        draw_cells(heatmap, figure.subplots(), sizes)
    if font_size is None:
        fit_numbers(figure)
    return figure


def draw(heatmap: Heatmap, axes: Axes, font_size: float, *, numbers: bool) -> None:
    """The heatmap on axes beside others, with labels of so many points where they fit."""
    box, dpi = axes.get_window_extent(), _figure_of(axes).dpi
    sizes = sizes_beside(heatmap, box.width / dpi, box.height / dpi, font_size)
    draw_cells(heatmap, axes, sizes if numbers else sizes._replace(numbers=None))


def sizes_beside(heatmap: Heatmap, width: float, height: float, font_size: float) -> Sizes:
    """What fits a map that has so many inches with all its names, beside others."""
    sizes = sizes_for(heatmap, 0.62 * width, 0.77 * height, font_size)
    largest = 0.8 * min(sizes.rows, sizes.columns)
    return sizes._replace(numbers=fitting_numbers(heatmap, 0.62 * width, largest))


def fitting_numbers(heatmap: Heatmap, width: float, largest: float) -> float | None:
    """The size of numbers in a map so many inches wide; None where they cannot be read."""
    longest = max(letters(text) for text in set(heatmap.texts.ravel().tolist()))
    fitting = 0.9 * 72 * width / heatmap.shape[1] / (0.62 * max(longest, 1))
    size = min(largest, fitting)
    return size if size >= SMALLEST_TEXT else None


def draw_cells(
    heatmap: Heatmap, axes: Axes, sizes: Sizes, bar_axes: Axes | None = None, **bar: Any
) -> None:
    """The map with its names, numbers, marks and colour bar; the bar in axes of its own if given.

    ``bar`` are settings of the colour bar in matplotlib's words.
    """
    import seaborn
    from matplotlib.colors import ListedColormap

    # Before seaborn turns the labels that overlap.
    axes.tick_params(axis="y", labelsize=sizes.rows)
    axes.tick_params(axis="x", labelsize=sizes.columns)
    low, high = heatmap.range
    rows, columns = (_named(names, sizes.longest) for names in heatmap.values.axes)
    seaborn.heatmap(
        pd.DataFrame(heatmap.numbers, rows, columns),
        mask=~heatmap.painted,
        vmin=low,
        vmax=high,
        # Already centered: seaborn paints a single value at the center with the low end.
        cmap=ListedColormap(heatmap.colours_in_effect(LIGHT)),
        annot=heatmap.texts if sizes.numbers and heatmap.has_texts else None,
        fmt="",
        annot_kws={"fontsize": sizes.numbers},
        linewidths=0.5 if max(heatmap.shape) <= _MOST_DRAWN else 0,
        linecolor="white",
        yticklabels=sizes.every[0],
        xticklabels=sizes.every[1],
        cbar=heatmap.colour_bar,
        cbar_ax=bar_axes,
        cbar_kws={"extend": _extend(heatmap)} | bar,
        ax=axes,
    )
    axes.tick_params(axis="y", rotation=0)
    if sizes.upright is not None:
        axes.tick_params(axis="x", rotation=90 if sizes.upright else 0)
    axes.xaxis.label.set_fontsize(sizes.rest)
    axes.yaxis.label.set_fontsize(sizes.rest)
    _ink_numbers(heatmap, axes)
    _draw_marks(heatmap, axes)
    for cells in axes.collections:
        # Of 300 columns, the shapes of all cells would be 20 MB.
        cells.set_rasterized(max(heatmap.shape) > _MOST_DRAWN)
    _cross_out(heatmap, axes, min(sizes.rows, sizes.columns) / max(sizes.every))
    size = 1.2 * sizes.rest
    inches = axes.get_window_extent().width / _figure_of(axes).dpi
    axes.set_title(in_lines(name_text(heatmap.title), inches, size), fontsize=size, loc="left")
    if heatmap.colour_bar:
        finish_bar(heatmap, axes.collections[0].colorbar, sizes.rest)


def _named(names: pd.Index[Any], longest: int) -> pd.Index[Any]:
    title = title_of(names)
    return pd.Index(
        axis_names(names, longest), name=None if title is None else name_text(title), dtype=object
    )


def _extend(heatmap: Heatmap) -> str:
    below, above = (value is not None for value in heatmap.overruns)
    return {(True, True): "both", (True, False): "min", (False, True): "max"}.get(
        (below, above), "neither"
    )


def finish_bar(heatmap: Heatmap, bar: Colorbar | None, size: float) -> None:
    """Both ends of the colour bar with their values, and what its colours mean."""
    assert bar is not None
    low, high = heatmap.range
    ticks = [float(tick) for tick in bar.get_ticks()]
    span, largest = high - low, max(-low, high)
    ends = (min(ticks, default=np.nan), max(ticks, default=np.nan))
    has_ends = np.allclose(ends, (low, high), rtol=0, atol=1e-6 * span)
    # Elsewhere matplotlib would write a common factor or term at the end of the bar.
    is_plain = 1e-3 <= largest < 1e5 and span > 1e-3 * largest
    if span > 0 and not (has_ends and is_plain):
        gap = 0.08 * span
        ticks = [low, *(tick for tick in ticks if low + gap < tick < high - gap), high]
        bar.set_ticks(ticks, labels=tick_texts(ticks, heatmap.decimals))
    bar.ax.tick_params(labelsize=size)
    inches = bar.ax.get_window_extent().height / _figure_of(bar.ax).dpi
    bar.ax.set_ylabel(in_lines(name_text(heatmap.bar_words), inches, size), fontsize=size)


def _ink_numbers(heatmap: Heatmap, axes: Axes) -> None:
    """Colour the numbers anew: seaborn's white on a middling colour has a contrast of 2.3.

    A struck number has the colour of its cell around it.
    """
    from matplotlib.patheffects import withStroke

    colours = heatmap.colour_array(LIGHT)[heatmap.painted]
    struck = heatmap.marked(heatmap.hatched)[heatmap.painted]
    inks = inks_on(set(colours))
    for text, colour, is_struck in zip(axes.texts, colours, struck, strict=False):
        text.set_color(inks[colour])
        if is_struck:
            text.set_path_effects([withStroke(linewidth=3, foreground=colour)])


_CORNERS_OF_A_CELL = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])


def _draw_marks(heatmap: Heatmap, axes: Axes) -> None:
    from matplotlib.collections import PolyCollection
    from matplotlib.patches import Rectangle

    colours = heatmap.colour_array(LIGHT)
    faded = heatmap.marked(heatmap.faded)
    if faded.any():
        # As one: thousands of patches would take seconds.
        corners = np.argwhere(faded)[:, np.newaxis, ::-1] + _CORNERS_OF_A_CELL
        fill = colours[faded].tolist()
        pale = PolyCollection(list(corners), facecolors=fill, edgecolors="white", linewidths=0.5)
        axes.add_collection(pale, autolim=False)
    struck = heatmap.marked(heatmap.hatched)
    inks = inks_on(set(colours[struck]))
    for row, column in np.argwhere(struck):
        ink = inks[colours[row, column]]
        axes.add_patch(Rectangle((column, row), 1, 1, fill=False, hatch="///", ec=ink, lw=0))


def _cross_out(heatmap: Heatmap, axes: Axes, size: float) -> None:
    """A cross in each cell that is shown and has no value."""
    rows, columns = np.nonzero(heatmap.shown & ~heatmap.painted)
    axes.scatter(columns + 0.5, rows + 0.5, marker="x", s=size**2 / 5, c=LIGHT.muted)


def fit_numbers(figure: Figure, maps: int = 1) -> None:
    """Shrink the numbers until the widest leaves a tenth of its cell free, or leave them out.

    Several maps are the figure's first axes, and have numbers of one size.
    """
    room, widest = 0.9 * cell_width(figure, maps), text_width(figure, maps)
    texts = [text for axes in figure.axes[:maps] for text in axes.texts]
    if widest <= room:
        return
    size = float(texts[0].get_fontsize()) * room / widest
    for text in texts:
        text.set_fontsize(size)
    # Small glyphs have whole pixels, so that their width does not shrink with their size.
    while text_width(figure, maps) > room and size >= SMALLEST_TEXT:
        size -= 0.25
        for text in texts:
            text.set_fontsize(size)
    if size < SMALLEST_TEXT:
        for text in texts:
            text.remove()


def _figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("These axes belong to no figure.")
    return figure
