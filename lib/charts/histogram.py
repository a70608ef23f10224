"""A histogram: how often values of each size occur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .drawing import Drawing
from .plot import draw_marks, finish, on_page, quiet_axis, show_marks
from .screen import layout, room_in_height
from .theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_BINS = 60
_FEW = 8
"""Counts below which an axis would be marked by halves of one."""
_OVER = 1.05
"""How far an axis goes on over its highest bar."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """How often values of each size occur; the name of the values is the title of the x axis.

    - ``bins``: how many, or the ends of all of them, between which each value has to lie; None
      takes as many as the values ask for, and one a whole number where all values are whole and
      near each other.
    - ``marks``: words and the x value at which a reference line carries them.
    - ``shade``: a range that is shaded, such as where most values should lie.
    - ``limits``: where the axis of values ends whatever is drawn, so that two draws can be
      compared; values beyond them still move it out.
    - ``tallest``: the count that the other axis has room for, so that two histograms can be
      compared; higher bars still move it out.

    Missing and infinite values are left out. A ValueError says when none is left, or when one lies
    in no bin.

    >>> stars = pd.Series([9, 9, 10, 12], name="stars")
    >>> Histogram(stars).counts.tolist()
    [2, 1, 0, 1]
    """

    values: pd.Series[Any]
    title: str = ""
    bins: int | Sequence[float] | None = None
    marks: Mapping[str, float] = field(default_factory=dict)
    shade: tuple[float, float] | None = None
    limits: tuple[float, float] | None = None
    tallest: int | None = None

    def __post_init__(self) -> None:
        if not len(self._finite):
            raise ValueError(f"{self.values.name!r} has no value to draw.")
        if self.counts.sum() < len(self._finite):
            raise ValueError(f"{self.values.name!r} has a value outside of all bins.")

    @cached_property
    def _finite(self) -> NDArray[np.float64]:
        values = self.values.to_numpy(np.float64, na_value=np.nan)
        finite: NDArray[np.float64] = values[np.isfinite(values)]
        return finite

    @cached_property
    def edges(self) -> NDArray[np.float64]:
        """The ends of the bins."""
        if isinstance(self.bins, Sequence):
            return np.asarray(self.bins, dtype=np.float64)
        low, high = self._finite.min(), self._finite.max()
        whole = bool((self._finite == np.round(self._finite)).all())
        if self.bins is None and whole and high - low < _MOST_BINS:
            return np.arange(low - 0.5, high + 1)
        edges = np.histogram_bin_edges(self._finite, self.bins or "auto")
        if len(edges) > _MOST_BINS + 1:
            edges = np.histogram_bin_edges(self._finite, _MOST_BINS)
        return np.asarray(edges, dtype=np.float64)

    @property
    def reach(self) -> tuple[float, float] | None:
        """Where the axis of values ends; None for where the values do."""
        if self.limits is None:
            return None
        low, high = self.limits
        return float(min(low, self.edges[0])), float(max(high, self.edges[-1]))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many values lie in each bin."""
        return np.asarray(np.histogram(self._finite, self.edges)[0], dtype=np.int64)

    @property
    def _highest(self) -> int:
        """The count that the axis has room for."""
        return max(int(self.counts.max()), self.tallest or 0)

    def screen(self, theme: Theme, *, width: float | None = None) -> Drawing:
        """The histogram as Plotly draws it on the screen, in a panel of so many pixels."""
        low, high = self.edges[:-1], self.edges[1:]
        bars = {
            "type": "bar",
            "x": (low + high) / 2,
            "y": self.counts,
            "width": (high - low) * 0.94,
            "marker": {"color": theme.link, "line": {"width": 0}},
            "showlegend": False,
            "customdata": np.column_stack([low, high]),
            "hovertemplate": "%{customdata[0]:.3g} to %{customdata[1]:.3g}: %{y}<extra></extra>",
        }
        figure = layout(theme, room_in_height(360, width))
        figure["shapes"] = [] if self.shade is None else [_shade(theme, self.shade)]
        show_marks(figure, theme, self.marks, across=False)
        figure["xaxis"] = quiet_axis(theme, self.values.name) | {"showgrid": False}
        if self.reach is not None:
            figure["xaxis"]["range"] = list(self.reach)
        figure["yaxis"] = quiet_axis(theme, "how often")
        if self.tallest is not None:
            figure["yaxis"]["range"] = [0, self._highest * _OVER]
        if self._highest < _FEW:
            figure["yaxis"]["dtick"] = 1
        return Drawing([bars], figure)

    def draw(self, axes: Axes, font_size: float) -> None:
        """The histogram on axes of paper."""
        if self.shade is not None:
            axes.axvspan(*self.shade, color=LIGHT.border, zorder=0)
        axes.stairs(self.counts, self.edges, fill=True, color=LIGHT.link)
        if self.reach is not None:
            axes.set_xlim(*self.reach)
        if self.tallest is not None:
            axes.set_ylim(0, self._highest * _OVER)
        if self._highest < _FEW:
            axes.set_yticks(range(self._highest + 1))
        draw_marks(axes, self.marks, across=False)
        finish(axes, self.title, self.values.name, "how often", font_size)

    def paper(self, *, width: float = 7, height: float = 4.5, dpi: float = 100) -> Figure:
        """The histogram on a white page of so many inches."""
        return on_page(self, width, height, dpi)


def _shade(theme: Theme, shade: tuple[float, float]) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": shade[0],
        "x1": shade[1],
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "fillcolor": theme.border,
        "line": {"width": 0},
        "layer": "below",
    }
