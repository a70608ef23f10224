"""What every chart can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .drawing import Drawing
    from .theme import Theme


class Chart(Protocol):
    """A specification that the screen draws with Plotly and the paper with matplotlib."""

    @property
    def title(self) -> str: ...

    def __hash__(self) -> int: ...

    def screen(self, theme: Theme, *, width: float | None = None) -> Drawing: ...

    def draw(self, axes: Axes, font_size: float) -> None: ...

    def paper(self) -> Figure: ...
