"""A heatmap: what it shows, apart from where it is drawn.

The screen draws it with Plotly in the theme of the moment, the paper with seaborn. Both paint a
cell with the same colour, the one of :meth:`Heatmap.cell_colours`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.charts.colour import FloatArray, as_deuteranope, as_hex, as_rgb, colour_map, ink_on
from lib.charts.paper import DRAWING, cell_width, new_figure, text_width
from lib.charts.screen import WIDE, axis_title, label, label_width, layout, minus_signs
from lib.charts.theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from plotly.graph_objects import Figure as ScreenFigure

UNDEFINED = "×"
"""Stands in a cell that is shown but has no value."""

_SMALLEST_TEXT = 9
"""The smallest type that can be read, in pixels."""

_VEIL = 0.72
"""How much of the ground lies over a cell that steps back."""

_BAR = 140
"""The length of the colour bar, in pixels."""


def _index(values: FloatArray, limits: tuple[float, float], count: int) -> NDArray[np.intp]:
    """Which of ``count`` colours each value takes, as matplotlib's Normalize and Colormap say.

    The middle one where the limits are equal: a colour bar makes matplotlib move them apart.
    """
    low, high = limits
    position = (values - low) / (high - low) if high > low else np.full_like(values, 0.5)
    position = np.clip(np.nan_to_num(position), 0, 1)
    return np.minimum((position * count).astype(np.intp), count - 1)


def gap_between(cell: float) -> int:
    """The pixels between cells of so many pixels: they would be most of a small one's colour.

    >>> gap_between(4), gap_between(12), gap_between(40)
    (0, 1, 2)
    """
    return 2 if cell >= 24 else 1 if cell >= 10 else 0


class _Cell(NamedTuple):
    """What the screen writes into a cell, and says when it is pointed at."""

    column: str
    row: str
    text: str
    hover: str
    ink: str


@dataclass(frozen=True, eq=False)
class Heatmap:
    """A matrix to be painted. Rows run from top to bottom, columns from left to right.

    - ``values``: numbers; NaN and infinities are cells without a value, marked with a cross.
    - ``limits``: the values of the colour map's two ends. None takes them from the visible cells,
      as seaborn does, whatever they may be.
    - ``center``: the value of the colour map's middle. The longer arm keeps all its colours and
      the shorter is cut, as with seaborn's ``center=``.
    - ``colours``: a name for :func:`lib.charts.colour_map`.
    - ``hidden``: True hides the cell, as with seaborn's ``mask=``.
    - ``decimals``: of the numbers in the cells; None leaves them out.
    - ``text``: what stands in the cells instead of the numbers.
    - ``scale``: what the colours mean.
    - ``faded``: True lets the cell step back: its colour comes near the ground.
    - ``hatched``: True strikes the cell through.
    - ``colour_bar``: whether the colours need a key; an array of True and False needs none.
    - ``deuteranope``: painted as a person without green cones sees it.

    A ValueError says what does not fit: no rows or columns, columns that are not numbers, two rows
    or columns of one name, a ``hidden``, ``text``, ``faded`` or ``hatched`` with other rows or
    columns, limits that do not ascend.

    >>> values = pd.DataFrame({"x": [1.0, -0.5], "y": [-0.5, 1.0]}, index=["x", "y"])
    >>> Heatmap(values, limits=None).range
    (-0.5, 1.0)
    >>> Heatmap(values, limits=None).neutral_value
    0.25
    >>> Heatmap(values, limits=None, center=0).neutral_value
    0.0
    """

    values: pd.DataFrame
    limits: tuple[float, float] | None = (-1, 1)
    center: float | None = None
    colours: str = "house"
    hidden: pd.DataFrame | None = None
    decimals: int | None = 2
    text: pd.DataFrame | None = None
    title: str = ""
    scale: str = "r"
    deuteranope: bool = False
    colour_bar: bool = True
    faded: pd.DataFrame | None = None
    hatched: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        if self.values.empty:
            raise ValueError("There is nothing to paint: the table has no rows or no columns.")
        for name, column in self.values.items():
            if not pd.api.types.is_numeric_dtype(column):
                raise ValueError(f"Column {name!r} is not numeric: a heatmap paints numbers.")
        for axis, labels in (("rows", self.values.index), ("columns", self.values.columns)):
            names = pd.Index(labels.map(str))
            if not names.is_unique:
                raise ValueError(f"Two {axis} are named {names[names.duplicated()][0]!r}.")
        for field in ("hidden", "text", "faded", "hatched"):
            frame = getattr(self, field)
            if frame is not None and not (
                frame.index.equals(self.values.index) and frame.columns.equals(self.values.columns)
            ):
                raise ValueError(f"{field} must have the rows and columns of the values.")
        if self.limits is not None and not self.limits[0] < self.limits[1]:
            raise ValueError(
                f"Limits run from low to high, not {self.limits[0]:g} to {self.limits[1]:g}."
            )

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return self.values.shape

    @cached_property
    def _numbers(self) -> FloatArray:
        return self.values.to_numpy(dtype=float, na_value=np.nan)

    @cached_property
    def _shown(self) -> NDArray[np.bool_]:
        if self.hidden is None:
            return np.ones(self.shape, dtype=bool)
        return ~self.hidden.to_numpy(dtype=bool)

    @property
    def visible(self) -> pd.DataFrame:
        """True where a cell is painted: it is not hidden and has a value."""
        return self._frame(self._shown & np.isfinite(self._numbers))

    @property
    def range(self) -> tuple[float, float]:
        """The values of the colour map's ends in effect, as seaborn's ``get_clim``.

        (0, 1) when they should come from the data but no cell is visible.
        """
        if self.limits is not None:
            return float(self.limits[0]), float(self.limits[1])
        visible = self._numbers[self.visible.to_numpy()]
        return (float(visible.min()), float(visible.max())) if visible.size else (0.0, 1.0)

    @property
    def neutral_value(self) -> float:
        """The value that is painted with the middle of the colour map."""
        if self.center is not None:
            return float(self.center)
        low, high = self.range
        return (low + high) / 2

    def cell_colours(self, theme: Theme = LIGHT) -> pd.DataFrame:
        """Each visible cell's colour as ``#rrggbb``; None elsewhere."""
        full = self.colours_in_effect(theme)
        pale = (1 - _VEIL) * full + _VEIL * as_rgb(theme.background)
        colours, paled = (np.array(as_hex(each), dtype=object) for each in (full, pale))
        at = _index(self._numbers, self.range, len(colours))
        painted = np.where(self._marked(self.faded), paled[at], colours[at])
        return self._frame(np.where(self.visible.to_numpy(), painted, np.array(None)))

    def _marked(self, marks: pd.DataFrame | None) -> NDArray[np.bool_]:
        """The visible cells that are marked."""
        if marks is None:
            return np.zeros(self.shape, dtype=bool)
        marked: NDArray[np.bool_] = marks.to_numpy(dtype=bool) & self.visible.to_numpy()
        return marked

    def _frame(self, cells: NDArray[Any]) -> pd.DataFrame:
        return pd.DataFrame(cells, index=self.values.index, columns=self.values.columns)

    def colours_in_effect(self, theme: Theme) -> FloatArray:
        """The colours from the range's low end to its high end.

        With a center, 256 samples of the part of the map that the range covers, as
        ``seaborn.matrix._HeatMapper._determine_cmap_params`` takes them.
        """
        colours = colour_map(self.colours, theme)
        if self.deuteranope:
            colours = as_deuteranope(colours)
        low, high = self.range
        if self.center is None or low == high == self.center:
            return colours
        reach = max(high - self.center, self.center - low)
        whole = (self.center - reach, self.center + reach)
        first, last = ((end - whole[0]) / (whole[1] - whole[0]) for end in (low, high))
        return colours[_index(np.linspace(first, last, 256), (0, 1), len(colours))]

    def _number(self, value: float) -> str:
        """A value as hover and colour bar give it, also where the cells carry no numbers."""
        if self.decimals is not None:
            return minus_signs(f"{value:z.{self.decimals}f}")
        return minus_signs(f"{value:z,.0f}" if abs(value) >= 1000 else f"{value:z.3g}")

    @property
    def _has_texts(self) -> bool:
        return self.text is not None or self.decimals is not None

    def _texts(self, *, numbers: bool = True) -> NDArray[np.object_]:
        """What stands in each cell; nothing in the hidden ones."""
        texts = np.full(self.shape, "", dtype=object)
        texts[self._shown] = UNDEFINED
        visible = self.visible.to_numpy()
        texts[visible] = ""
        if numbers and self.text is not None:
            given = self.text.astype(object).fillna("").map(str).to_numpy(dtype=object)
            texts[visible] = given[visible]
        elif numbers and self.decimals is not None:
            texts[visible] = [self._number(value) for value in self._numbers[visible]]
        return texts

    def screen(self, theme: Theme, *, width: float = WIDE, clickable: bool = False) -> ScreenFigure:
        """The heatmap as a Plotly figure, for a panel of so many pixels or a phone.

        Numbers stand in the cells where they have room. Clicks come from transparent markers over
        the cells, with the names of column and row in ``x`` and ``y``: where nothing is to be
        clicked, a map of thousands of cells is drawn much faster without them.

        >>> from lib.charts import DARK
        >>> figure = Heatmap(pd.DataFrame({"x": [0.25]}, index=["y"])).screen(DARK)
        >>> figure.data[1].x, figure.data[1].y, figure.data[1].text
        (('x',), ('y',), ('0.25',))
        """
        from plotly.graph_objects import Figure

        cell = self._cell_size(width)
        cells = self._cells(theme, numbers=self._has_room(cell))
        mesh = self._mesh(theme, cell)
        veil = [self._veil(theme, cell)] if self._marked(self.faded).any() else []
        if clickable:
            over = self._by_ink(cells, partial(self._markers, theme, cell))
        else:
            mesh |= {"hovertext": self._hover(cells), "hoverinfo": "text"}
            written = [each for each in cells if each.text]
            over = self._by_ink(written, partial(self._writing, cell))
        return Figure([mesh, *veil, *over], self._layout(theme, cell))

    def _cell_size(self, width: float) -> float:
        """The pixels of a cell in a panel so wide; small maps stay small, large ones fit."""
        rows, columns = self.shape
        return min(64, (width - 100) / columns, max(400 / rows, 18))

    def _mesh(self, theme: Theme, cell: float) -> dict[str, Any]:
        """The cells. The scale has two stops a colour, so that each cell has exactly its own."""
        low, high = self.range
        colours = as_hex(self.colours_in_effect(theme))
        edges = np.linspace(0, 1, len(colours) + 1).round(6).tolist()
        gap = gap_between(cell)
        return {
            "type": "heatmap",
            "z": np.where(self.visible.to_numpy(), self._numbers, np.nan),
            "x": [str(name) for name in self.values.columns],
            "y": [str(name) for name in self.values.index],
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
            "showscale": self.colour_bar,
            "colorbar": self._colour_bar(theme),
        }

    def _veil(self, theme: Theme, cell: float) -> dict[str, Any]:
        """The ground, drawn thinly over the cells that step back."""
        mesh = self._mesh(theme, cell)
        return mesh | {
            "z": np.where(self._marked(self.faded), 1.0, np.nan),
            "zmin": 0,
            "zmax": 1,
            "colorscale": [(0, theme.background), (1, theme.background)],
            "opacity": _VEIL,
            "showscale": False,
        }

    def _strokes(self, theme: Theme) -> list[dict[str, Any]]:
        """Three diagonal strokes over each cell that is struck through, as one shape."""
        ends = ((-0.45, 0.0, 0.0, 0.45), (-0.45, -0.45, 0.45, 0.45), (0.0, -0.45, 0.45, 0.0))
        path = "".join(
            f"M{column + x0:g},{row - y0:g}L{column + x1:g},{row - y1:g}"
            for row, column in np.argwhere(self._marked(self.hatched))
            for x0, y0, x1, y1 in ends
        )
        line = {"color": theme.text, "width": 1}
        return [{"type": "path", "path": path, "line": line, "opacity": 0.45}] if path else []

    def _colour_bar(self, theme: Theme) -> dict[str, Any]:
        """Slim and above the map, where it takes nothing from the width of a phone."""
        low, high = self.range
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
            "ticktext": [self._tick(value) for value in ticks],
            "tickfont": {"size": 12, "color": theme.muted},
        }

    def _tick(self, value: float) -> str:
        text = self._number(value)
        return text.rstrip("0").rstrip(".") if "." in text else text

    def _cells(self, theme: Theme, *, numbers: bool) -> list[_Cell]:
        """The cells that are not hidden, row by row."""
        colours, visible = self.cell_colours(theme).to_numpy(), self.visible.to_numpy()
        inks = {colour: ink_on(colour) for colour in set(colours[visible])}
        texts, said = self._texts(numbers=numbers), self._texts()
        cells = []
        for row, column in np.argwhere(self._shown):
            name, other = str(self.values.columns[column]), str(self.values.index[row])
            if visible[row, column]:
                value = said[row, column] or self._number(self._numbers[row, column])
                meaning = f"{self.scale} = {value}" if self.scale else value
                ink = inks[colours[row, column]]
            else:
                meaning, ink = "not defined", theme.muted
            hover = f"{escape(name)} × {escape(other)}<br>{escape(meaning)}"
            cells.append(_Cell(name, other, escape(texts[row, column]), hover, ink))
        return cells

    def _hover(self, cells: list[_Cell]) -> list[list[str]]:
        """What each cell says under the pointer, as rows; nothing where it is hidden."""
        said = {(each.row, each.column): each.hover for each in cells}
        columns = [str(name) for name in self.values.columns]
        return [
            [said.get((row, column), "") for column in columns]
            for row in map(str, self.values.index)
        ]

    @staticmethod
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

    def _writing(self, size: float, ink: str, cells: list[_Cell]) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "text",
            "x": [cell.column for cell in cells],
            "y": [cell.row for cell in cells],
            "text": [cell.text for cell in cells],
            "hoverinfo": "skip",
            "textfont": {"color": ink, "size": self._text_size(size)},
        }

    def _markers(self, theme: Theme, size: float, ink: str, cells: list[_Cell]) -> dict[str, Any]:
        """Transparent squares that carry the numbers; the selected one gets an outline."""
        return self._writing(size, ink, cells) | {
            "mode": "markers+text",
            "hovertext": [cell.hover for cell in cells],
            "hoverinfo": "text",
            "marker": {
                "symbol": "square",
                "size": 0.85 * size,
                "color": "rgba(0,0,0,0)",
                "line": {"color": theme.text, "width": 2},
                "opacity": 0,
            },
            "selected": {"marker": {"opacity": 1}, "textfont": {"color": ink}},
            "unselected": {"marker": {"opacity": 0}, "textfont": {"color": ink}},
        }

    @cached_property
    def _longest_text(self) -> int:
        return max(1, *(len(text) for text in self._texts().ravel().tolist()))

    def _has_room(self, cell: float) -> bool:
        """Whether what stands in the cells fits them in type that can be read."""
        return cell >= 0.5 * _SMALLEST_TEXT * self._longest_text

    def _text_size(self, cell: float) -> float:
        """The size at which the numbers fit the cells of a phone, as far as it can be read."""
        phone = (320 - label_width(self.values.index)) / self.shape[1]
        cell = min(cell, phone)
        return float(np.clip(np.floor(cell / (0.5 * self._longest_text)), _SMALLEST_TEXT, 14))

    def _layout(self, theme: Theme, cell: float) -> dict[str, Any]:
        labels = label_width(self.values.columns)
        below = 24 if labels <= cell else 20 + 0.7 * labels
        above = 10 + (34 if self.colour_bar else 0)
        figure = layout(theme, self.shape[0] * cell + above + below + 20)
        figure["margin"]["t"] = above
        # The pointer is over a cell up to the corners of its square, not only within a circle.
        figure["hoverdistance"] = max(1, round(0.3 * cell))
        figure["annotations"] = [self._scale_name(theme)] if self.colour_bar else []
        figure["shapes"] = self._strokes(theme)
        columns = self._axis(theme, self.values.columns)
        rows = self._axis(theme, self.values.index)
        columns |= {"constraintoward": "left", "autotickangles": [0, -45, -90]}
        rows |= {"range": rows["range"][::-1], "constraintoward": "top", "scaleanchor": "x"}
        return figure | {"xaxis": columns, "yaxis": rows}

    def _axis(self, theme: Theme, names: pd.Index[Any]) -> dict[str, Any]:
        axis: dict[str, Any] = {
            "type": "category",
            "range": [-0.5, len(names) - 0.5],
            "labelalias": {str(name): label(name) for name in names},
            "tickfont": {"size": 12 if max(self.shape) <= 20 else 10, "color": theme.muted},
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

    def _scale_name(self, theme: Theme) -> dict[str, Any]:
        """What the colours mean, beside their bar: Plotly sets a bar's own title above it."""
        return {
            "text": escape(self.scale),
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

    def paper(
        self,
        *,
        width: float = 10,
        height: float = 8,
        dpi: float = 100,
        font_size: float | None = None,
        label_size: float | None = None,
        numbers: bool = True,
    ) -> Figure:
        """The heatmap as seaborn draws it on a white page of so many inches.

        Everything is where a plain ``sns.heatmap`` puts it, so that a script can repeat it.

        ``font_size`` in points is taken as it is, even where the numbers overlap; None lets
        labels and numbers fit, at most 10 points. ``label_size`` is that of the labels where it
        differs.

        >>> figure = Heatmap(pd.DataFrame({"x": [1, -0.5]}, index=["x", "y"])).paper()
        >>> [text.get_text() for text in figure.axes[0].texts]
        ['1.00', '−0.50']
        """
        figure = new_figure(width, height, dpi)
        pitch = self._pitch(width, height)
        number_size = font_size or min(10, 0.9 * pitch)
        with DRAWING:
            self._draw(figure.subplots(), number_size, label_size or number_size, numbers)
        if font_size is None:
            self._fit_numbers(figure)
        return figure

    def draw(self, axes: Axes, font_size: float) -> None:
        """The heatmap on axes of paper, beside others."""
        box = axes.get_window_extent()
        dpi = _figure_of(axes).dpi
        width, height = box.width / dpi, box.height / dpi
        size = min(font_size, 0.9 * self._pitch(width, height))
        self._draw(axes, 0.8 * size, size, numbers=self._has_room(self._cell_size(WIDE)))

    def _pitch(self, width: float, height: float) -> float:
        """About the points from a row to the next, and from a column to the next."""
        rows, columns = self.shape
        return float(72 * min(0.77 * height / rows, 0.62 * width / columns))

    def _draw(self, axes: Axes, number_size: float, label_size: float, numbers: bool) -> None:
        import seaborn
        from matplotlib.colors import ListedColormap

        # Before seaborn turns the labels that overlap.
        axes.tick_params(labelsize=label_size)
        others = set(_figure_of(axes).axes)
        low, high = self.range
        visible = self.visible
        seaborn.heatmap(
            self._frame(self._numbers),
            mask=~visible,
            vmin=low,
            vmax=high,
            # Already centered: seaborn paints a single value at the center with the low end.
            cmap=ListedColormap(self.colours_in_effect(LIGHT)),
            annot=self._texts() if numbers and self._has_texts else None,
            fmt="",
            annot_kws={"fontsize": number_size},
            linewidths=0.5,
            linecolor="white",
            xticklabels=True,
            yticklabels=True,
            cbar=self.colour_bar,
            ax=axes,
        )
        axes.tick_params(axis="y", rotation=0)
        # seaborn's white on a middling colour has a contrast of 2.3.
        for text, colour in zip(axes.texts, self.cell_colours().to_numpy()[visible], strict=False):
            text.set_color(ink_on(colour))
        self._draw_marks(axes)
        rows, columns = np.nonzero(self._shown & ~visible.to_numpy())
        axes.scatter(columns + 0.5, rows + 0.5, marker="x", s=label_size**2 / 5, c=LIGHT.muted)
        axes.set_title(self.title, fontsize=1.2 * label_size, loc="left")
        for bar in set(_figure_of(axes).axes) - others:
            bar.tick_params(labelsize=label_size)
            bar.set_ylabel(self.scale, fontsize=label_size)

    def _draw_marks(self, axes: Axes) -> None:
        from matplotlib.patches import Rectangle

        colours = self.cell_colours().to_numpy()
        for row, column in np.argwhere(self._marked(self.faded)):
            colour = colours[row, column]
            axes.add_patch(Rectangle((column, row), 1, 1, fc=colour, ec="white", lw=0.5))
        for row, column in np.argwhere(self._marked(self.hatched)):
            strokes = Rectangle((column, row), 1, 1, fill=False, hatch="///", ec=LIGHT.text, lw=0)
            strokes.set_alpha(0.45)
            axes.add_patch(strokes)

    def _fit_numbers(self, figure: Figure) -> None:
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
