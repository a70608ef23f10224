"""A heatmap: what it shows, apart from where it is drawn.

The screen draws it with Plotly in the theme of the moment, the paper with seaborn. Both paint a
cell with the same colour, the one of :meth:`Heatmap.cell_colours`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from . import heatmap_paper, heatmap_room, heatmap_screen
from .colour import FloatArray, as_deuteranope, as_hex, as_rgb, colour_map, is_diverging
from .drawing import Drawing
from .names import axis_names
from .numbers import number_text, significant_text, tick_texts
from .plot import must_be_told_apart
from .theme import LIGHT, Theme
from .triangle import on_or_above_diagonal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNDEFINED = "×"
"""Stands in a cell that is shown but has no value."""


def _index(values: FloatArray, limits: tuple[float, float], count: int) -> NDArray[np.intp]:
    """Which of ``count`` colours each value takes, as matplotlib's Normalize and Colormap say.

    The middle one where the limits are equal: a colour bar makes matplotlib move them apart.
    """
    low, high = limits
    position = (values - low) / (high - low) if high > low else np.full_like(values, 0.5)
    position = np.clip(np.nan_to_num(position), 0, 1)
    return np.minimum((position * count).astype(np.intp), count - 1)


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
    - ``faded``: True lets the cell step back: its colour comes near the ground's.
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

    veil: ClassVar[float] = 0.72
    """How much of the ground lies over a cell that steps back."""

    def __post_init__(self) -> None:
        _check_table(self.values)
        if self.values.empty:
            raise ValueError("There is nothing to paint: the table has no rows or no columns.")
        for name, dtype in self.values.dtypes.items():
            if not pd.api.types.is_numeric_dtype(dtype):
                raise ValueError(f"Column {name!r} is not numeric: a heatmap paints numbers.")
        must_be_told_apart(self.values.index, "rows")
        must_be_told_apart(self.values.columns, "columns")
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

    @classmethod
    def lower(cls, values: pd.DataFrame, **settings: Any) -> Heatmap:
        """The lower triangle of a table of pairs: each pair once, and none with itself.

        The first row and the last column, which would be empty, are left out. ``settings`` are
        those of a Heatmap; its tables have the rows and columns of ``values``, and what they hide
        is hidden beside the rest. A ValueError says that the table is not square or has a single
        row, and whatever a Heatmap refuses.

        >>> names = ["x", "y", "z"]
        >>> chart = Heatmap.lower(pd.DataFrame(0.5, names, names), title="Pairs")
        >>> chart.visible
               x      y
        y   True  False
        z   True   True
        """
        hidden = on_or_above_diagonal(values)
        if settings.get("hidden") is not None:
            hidden |= settings["hidden"]
        trimmed: dict[str, Any] = {
            name: setting.iloc[1:, :-1] if isinstance(setting, pd.DataFrame) else setting
            for name, setting in (settings | {"hidden": hidden}).items()
        }
        return cls(values.iloc[1:, :-1], **trimmed)

    def around(self, name: str, most: int) -> Heatmap:
        """The part of a map of pairs with one column and the others that go with it most strongly.

        At most so many others, in the map's order and colours. A ValueError says that the column
        is not there.

        >>> names = ["x", "y", "z"]
        >>> values = pd.DataFrame([[1, 0.2, -0.9], [0.2, 1, 0.5], [-0.9, 0.5, 1]], names, names)
        >>> Heatmap.lower(values).around("x", most=1).values
             x
        z -0.9
        """
        rows, columns = ([str(label) for label in labels] for labels in self.values.axes)
        if name not in rows and name not in columns:
            raise ValueError(f"There is no column {name!r} in this map.")
        size = np.where(self.painted, np.abs(self.numbers), -1.0)
        strength = dict.fromkeys([*rows, *columns], -1.0)
        if name in rows:
            strength |= dict(zip(columns, size[rows.index(name)].tolist(), strict=True))
        if name in columns:
            for other, one in zip(rows, size[:, columns.index(name)].tolist(), strict=True):
                strength[other] = max(strength[other], one)
        others = [other for other in strength if other != name and strength[other] >= 0]
        near = {name, *sorted(others, key=lambda other: -strength[other])[:most]}
        both = [[row in near and column in near for column in columns] for row in rows]
        kept = np.argwhere(self.shown & np.array(both))
        return replace(self, limits=self.range, **self._parts(*map(np.unique, kept.T)))

    def _parts(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> dict[str, Any]:
        """The tables of some rows and columns, by their places."""
        tables = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: table.iloc[rows, columns]
            for name, table in tables.items()
            if isinstance(table, pd.DataFrame)
        }

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return self.values.shape

    @cached_property
    def numbers(self) -> FloatArray:
        """The values as an array."""
        return self.values.to_numpy(dtype=float, na_value=np.nan)

    @cached_property
    def shown(self) -> NDArray[np.bool_]:
        """True where a cell is not hidden."""
        if self.hidden is None:
            return np.ones(self.shape, dtype=bool)
        return ~self.hidden.to_numpy(dtype=bool)

    @cached_property
    def painted(self) -> NDArray[np.bool_]:
        """True where a cell is painted: it is not hidden and has a value."""
        painted: NDArray[np.bool_] = self.shown & np.isfinite(self.numbers)
        return painted

    @property
    def visible(self) -> pd.DataFrame:
        """The cells that are painted, by their names."""
        return self._frame(self.painted)

    @cached_property
    def range(self) -> tuple[float, float]:
        """The values of the colour map's ends in effect, as seaborn's ``get_clim``.

        (0, 1) when they should come from the data but no cell is visible.
        """
        if self.limits is not None:
            return float(self.limits[0]), float(self.limits[1])
        painted = self.numbers[self.painted]
        return (float(painted.min()), float(painted.max())) if painted.size else (0.0, 1.0)

    @property
    def neutral_value(self) -> float:
        """The value that is painted with the middle of the colour map."""
        if self.center is not None:
            return float(self.center)
        low, high = self.range
        return (low + high) / 2

    def cell_colours(self, theme: Theme = LIGHT) -> pd.DataFrame:
        """Each visible cell's colour as ``#rrggbb``; None elsewhere."""
        return self._frame(self.colour_array(theme))

    def colour_array(self, theme: Theme) -> NDArray[np.object_]:
        """The cells' colours as an array."""
        full = self.colours_in_effect(theme)
        at = _index(self.numbers, self.range, len(full))
        coloured = np.array(as_hex(full), dtype=object)[at]
        faded = self.marked(self.faded)
        if faded.any():
            pale = (1 - self.veil) * full + self.veil * as_rgb(self.veil_colour(theme))
            coloured[faded] = np.array(as_hex(pale), dtype=object)[at[faded]]
        return np.where(self.painted, coloured, np.array(None))

    def veil_colour(self, theme: Theme) -> str:
        """What lies over the cells that step back.

        The ground, where the map's middle is the theme's neutral: a pale cell is not a zero. The
        dark end of a map without a middle would be lost in a dark ground: there it is the neutral.
        """
        diverges = is_diverging(colour_map(self.colours, theme))
        return theme.background if diverges else theme.neutral

    def marked(self, marks: pd.DataFrame | None) -> NDArray[np.bool_]:
        """The visible cells that ``faded`` or ``hatched`` marks."""
        if marks is None:
            return np.zeros(self.shape, dtype=bool)
        marked: NDArray[np.bool_] = marks.to_numpy(dtype=bool) & self.painted
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

    @cached_property
    def overruns(self) -> tuple[float | None, float | None]:
        """The lowest and the highest painted value where they lie beyond the colour map's ends.

        >>> Heatmap(pd.DataFrame({"x": [-0.5, 1000.0]})).overruns
        (None, 1000.0)
        """
        painted = self.numbers[self.painted]
        low, high = self.range
        # What floating point adds to 1 is no overrun.
        slack = 1e-9 * (high - low)
        below, above = painted[painted < low - slack], painted[painted > high + slack]
        return (
            float(below.min()) if below.size else None,
            float(above.max()) if above.size else None,
        )

    @property
    def bar_labels(self) -> tuple[str, ...]:
        """What stands at the ends of the colour bar; an arrow where values lie beyond."""
        low, high = self.range
        if low == high:
            return (self.as_text(low),)
        first, last = tick_texts([low, high], self._decimals)
        below, above = self.overruns
        return (
            first if below is None else f"◂ {first}",
            last if above is None else f"{last} ▸",
        )

    @property
    def bar_words(self) -> str:
        """What the colours mean, and how far the values go beyond the bar's ends.

        >>> Heatmap(pd.DataFrame({"x": [-0.5, 1000.0]})).bar_words
        'r, up to 1,000'
        """
        words = [self.scale] if self.scale else []
        for direction, value in zip(("down to", "up to"), self.overruns, strict=True):
            if value is not None:
                words.append(f"{direction} {significant_text(value, 4)}")
        return ", ".join(words)

    @cached_property
    def _decimals(self) -> int | None:
        """The decimals of numbers; None where all of them would be zeros."""
        if self.decimals is None:
            return None
        painted = np.abs(self.numbers[self.painted])
        largest = painted.max(initial=0)
        return None if 0 < largest < 0.5 * 10.0**-self.decimals else self.decimals

    def as_text(self, value: float) -> str:
        """A value as hover and colour bar give it, also where the cells carry no numbers."""
        if self._decimals is not None:
            return number_text(value, self._decimals)
        return significant_text(value)

    @cached_property
    def meanings(self) -> NDArray[np.object_]:
        """What each cell says in words; nothing where it is hidden.

        >>> Heatmap(pd.DataFrame({"x": [0.25, None]})).meanings.tolist()
        [['r = 0.25'], ['not defined']]
        """
        meanings = np.full(self.shape, "", dtype=object)
        meanings[self.shown] = "not defined"
        painted = zip(self.texts[self.painted], self.numbers[self.painted].tolist(), strict=True)
        meanings[self.painted] = [
            self._equation(text or self.as_text(value)) for text, value in painted
        ]
        return meanings

    def _equation(self, text: str) -> str:
        """What the colour means, and its value: "r = 0.25", "p < 0.001"."""
        if not self.scale:
            return text
        if text[0] in "<>":
            return f"{self.scale} {text[0]} {text[1:]}"
        return f"{self.scale} = {text}"

    def spoken(self) -> pd.DataFrame:
        """Each cell in a sentence, for who hears the map: its row, its column, value and marks.

        Hidden cells are empty.

        >>> values = pd.DataFrame({"x": [0.25]}, index=["y"])
        >>> Heatmap(values, hatched=values > 0).spoken().loc["y", "x"]
        'y and x: r = 0.25, struck through'
        """
        rows, columns = (axis_names(names) for names in self.values.axes)
        faded, hatched = self.marked(self.faded), self.marked(self.hatched)
        said = np.full(self.shape, "", dtype=object)
        for row, column in np.argwhere(self.shown).tolist():
            words = [f"{rows[row]} and {columns[column]}: {self.meanings[row, column]}"]
            words += ["pale"] if faded[row, column] else []
            words += ["struck through"] if hatched[row, column] else []
            said[row, column] = ", ".join(words)
        return self._frame(said)

    @property
    def has_texts(self) -> bool:
        """Whether something may stand in the cells."""
        return self.text is not None or self.decimals is not None

    @cached_property
    def texts(self) -> NDArray[np.object_]:
        """What may stand in each cell; nothing in the hidden ones."""
        texts = np.full(self.shape, "", dtype=object)
        texts[self.shown] = UNDEFINED
        texts[self.painted] = ""
        if self.text is not None:
            given = self.text.astype(object).fillna("").map(str).to_numpy(dtype=object)
            texts[self.painted] = given[self.painted]
        elif self.decimals is not None:
            texts[self.painted] = [self.as_text(value) for value in self.numbers[self.painted]]
        return texts

    def screen(
        self,
        theme: Theme,
        *,
        width: float | None = None,
        height: float | None = None,
        clickable: bool = False,
    ) -> Drawing:
        """The heatmap as Plotly draws it, in a panel of so many pixels.

        None where the width is not known: it fits a small laptop, and a phone as far as it can.
        Where ``height`` is too little for squares, cells are lower than wide.

        Numbers stand in the cells where they have room. Clicks come from transparent markers over
        the cells, with the names of column and row in ``x`` and ``y``: where nothing is to be
        clicked, a map of thousands of cells is drawn much faster without them.

        >>> from . import DARK
        >>> drawing = Heatmap(pd.DataFrame({"x": [0.25]}, index=["y"])).screen(DARK)
        >>> [drawing.data[1][name] for name in ("x", "y", "text")]
        [['x'], ['y'], ['0.25']]
        """
        return heatmap_screen.screen(self, theme, width, height, clickable=clickable)

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
        return heatmap_paper.paper(self, width, height, dpi, font_size, label_size, numbers=numbers)

    def draw(self, axes: Axes, font_size: float) -> None:
        """The heatmap on axes of paper, beside others, with numbers where the screen has them."""
        numbers = heatmap_room.room_for(self, None).number_size is not None
        heatmap_paper.draw(self, axes, font_size, numbers=numbers)


def _check_table(values: object) -> None:
    if not isinstance(values, pd.DataFrame):
        raise ValueError(
            f"A heatmap is drawn of a table, not of a {type(values).__name__}: make one, for "
            "example with pd.DataFrame(values)."
        )
