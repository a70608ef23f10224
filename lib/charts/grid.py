"""Several heatmaps as one figure: one colour bar, and a grid of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, TypeGuard

from . import grid_screen
from .drawing import Drawing
from .heatmap import Heatmap
from .heatmap_paper import draw_cells, finish_bar, fit_numbers, sizes_beside
from .heatmap_room import room_for
from .names import name_text
from .paper import DRAWING, in_lines, new_figure
from .theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FONT_SIZE = 9.0
_BAR = 1.0
"""The inches that the colour bar takes."""


def share_a_key(charts: Sequence[object]) -> TypeGuard[Sequence[Heatmap]]:
    """Whether these are at least two heatmaps that one colour bar can serve, or that need none.

    >>> import pandas as pd
    >>> map = Heatmap(pd.DataFrame({"x": [1.0]}))
    >>> share_a_key([map, map]), share_a_key([map, replace(map, scale="p")])
    (True, False)
    """
    maps = [chart for chart in charts if isinstance(chart, Heatmap)]
    if not len(maps) == len(charts) > 1:
        return False
    return not any(chart.colour_bar for chart in maps) or len(set(map(_meaning, maps))) == 1


def _meaning(chart: Heatmap) -> tuple[object, ...]:
    return (
        chart.range,
        chart.center,
        chart.colours,
        chart.scale,
        chart.deuteranope,
        chart.colour_bar,
    )


@dataclass(frozen=True, eq=False)
class Grid:
    """Heatmaps side by side and below each other, each under its title.

    - ``maps``: two or more; a colour means the same in all of them, or none has a colour bar.
    - ``across``: how many stand side by side where there is room.

    A ValueError says that the maps do not share a colour bar.

    >>> import pandas as pd
    >>> map = Heatmap(pd.DataFrame({"x": [1.0], "y": [0.5]}), title="One")
    >>> Grid((map, map, map), across=2).rows
    2
    """

    maps: Sequence[Heatmap]
    across: int = 2
    title: str = ""

    def __post_init__(self) -> None:
        if not share_a_key(self.maps):
            raise ValueError(
                "A grid needs two or more heatmaps that share a colour bar or have none."
            )

    @property
    def columns(self) -> int:
        """How many stand side by side where there is room."""
        return max(1, min(self.across, len(self.maps)))

    @property
    def rows(self) -> int:
        """How many rows of maps there are where there is room."""
        return ceil(len(self.maps) / self.columns)

    def screen(
        self,
        theme: Theme,
        *,
        width: float | None = None,
        height: float | None = None,
        clickable: bool = False,
    ) -> Drawing:
        """The grid as Plotly draws it, in a panel of so many pixels: fewer side by side if narrow.

        A click names the cell by ``x`` and ``y``, and the map by its number in ``customdata``.
        ``height`` is the most that the figure may take.

        >>> import pandas as pd
        >>> from . import LIGHT
        >>> map = Heatmap(pd.DataFrame({"x": [1.0], "y": [0.5]}), title="One")
        >>> drawing = Grid((map, map)).screen(LIGHT, clickable=True)
        >>> [trace["customdata"][0] for trace in drawing.data if "customdata" in trace]
        [[0], [0], [1], [1]]
        """
        return grid_screen.screen(self, theme, width, height, clickable=clickable)

    def paper(self, *, width: float | None = None, height: float | None = None) -> Figure:
        """The grid on a white page of so many inches.

        >>> import pandas as pd
        >>> map = Heatmap(pd.DataFrame({"x": [1.0], "y": [0.5]}), title="One")
        >>> len(Grid((map, map)).paper().axes)
        3
        """
        width = width or min(16, 4.4 * self.columns + _BAR)
        height = height or 4 * self.rows
        figure = new_figure(width, height, dpi=100)
        figure.set_layout_engine("constrained")
        with DRAWING:
            places = figure.subplots(self.rows, self.columns, squeeze=False).ravel()
            # Of the page and not of the axes, whose room changes while they are filled.
            slot = (width - _BAR) / self.columns, height / self.rows
            sizes = [sizes_beside(chart, *slot, _FONT_SIZE) for chart in self.maps]
            numbers = self._numbers(each.numbers for each in sizes)
            for chart, axes, fitting in zip(self.maps, places, sizes, strict=False):
                bare = replace(chart, colour_bar=False)
                draw_cells(bare, axes, fitting._replace(numbers=numbers))
            for axes in places[len(self.maps) :]:
                axes.set_axis_off()
            if self.maps[0].colour_bar:
                bar = figure.colorbar(places[0].collections[0], ax=list(places), aspect=30)
                bar.outline.set_visible(False)
                finish_bar(self.maps[0], bar, _FONT_SIZE)
            size = 1.2 * _FONT_SIZE
            title = in_lines(name_text(self.title), width, size)
            figure.suptitle(title, x=0.01, ha="left", fontsize=size)
            if numbers is not None:
                # Long names leave less room, and how much, the layout alone can tell.
                figure.draw_without_rendering()
                fit_numbers(figure, len(self.maps))
        return figure

    def _numbers(self, sizes: Iterable[float | None]) -> float | None:
        """The size of numbers in all maps; None leaves them out.

        In all or in none: a map without numbers beside one with them seems to lack them.
        """
        fitting = [size for size in sizes if size is not None]
        has_room = all(room_for(chart, None).number_size is not None for chart in self.maps)
        return min(fitting) if has_room and len(fitting) == len(self.maps) else None


def gathered(charts: Sequence[object], across: int) -> Grid | None:
    """The charts as one figure, if they stand side by side and share a colour bar."""
    if across > 1 and share_a_key(charts):
        return Grid(tuple(charts), across)
    return None
