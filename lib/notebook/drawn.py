"""What a call gives: a figure that says what was chosen for it, and the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeAlias, TypeVar, get_args

from ..charts import LIGHT, Clustermap, Format, Grid, Heatmap, new_figure, render
from ..charts.heatmap_paper import draw
from ..charts.paper import DRAWING
from ..stats.table import check_choice
from .captions import under_drawing, under_figure

Backend: TypeAlias = Literal["matplotlib", "plotly"]

_FORMATS: dict[Backend, tuple[str, ...]] = {
    "matplotlib": get_args(Format),
    "plotly": ("html",),
}

Found = TypeVar("Found")


@dataclass(frozen=True, eq=False, repr=False)
class Drawn(Generic[Found]):
    """A figure, what was chosen for it, and what it shows.

    The last line of a cell of a notebook shows the figure, with what was chosen under it.

    Attributes
    ----------
    figure
        matplotlib's `Figure`, or Plotly's: change it, put it elsewhere, save it in its own words.
    says
        What was chosen and what follows, a sentence each. The figure has them as its caption.
    found
        The numbers, as the function of `lib.stats` gives them that was asked.

    Examples
    --------
    >>> from . import heatmap
    >>> drawn = heatmap({"hours": [1, 2, 3, 4, 5], "score": [2, 1, 4, 3, 5]})
    >>> drawn
    Measured by Pearson's r.
    The colours run from −1 to 1 and are neutral at 0.
    Each pair has 5 rows.
    The pair is not significant at 5 %, and pale.
    >>> drawn.found.pairs()[["x", "y", "value", "n"]].round(2)
           x      y  value  n
    0  hours  score    0.8  5
    >>> type(drawn.figure).__name__
    'Figure'
    """

    figure: Any
    says: tuple[str, ...]
    found: Found
    backend: Backend

    def __repr__(self) -> str:
        return "\n".join(self.says)

    def save(self, path: str | Path) -> None:
        """Write the figure to a file, whole, whatever the length of its names.

        Raises
        ------
        ValueError
            For an ending other than .png, .svg and .pdf; of Plotly's figures, other than .html.
        """
        ending = Path(path).suffix.removeprefix(".").lower()
        check_choice("ending", ending, _FORMATS[self.backend])
        if self.backend == "plotly":
            self.figure.write_html(path)
        else:
            Path(path).write_bytes(render(self.figure, ending, dpi=200))  # type: ignore[arg-type]

    def _repr_png_(self) -> bytes | None:
        return None if self.backend == "plotly" else render(self.figure)

    def _repr_html_(self) -> str | None:
        if self.backend == "matplotlib":
            return None
        html: str = self.figure.to_html(full_html=False, include_plotlyjs="cdn")
        return html


def check_backend(backend: str) -> None:
    """Raise ValueError for a library that draws nothing here."""
    check_choice("backend", backend, get_args(Backend))


def drawn_map(
    chart: Heatmap | Clustermap | Grid, says: tuple[str, ...], found: Found, backend: Backend
) -> Drawn[Found]:
    """The chart as this library draws it, with what it says under it."""
    if backend == "plotly":
        from plotly.graph_objects import Figure

        figure = Figure(under_drawing(chart.screen(LIGHT), chart.title, says).to_dict())
    else:
        figure = under_figure(_on_paper(chart), says)
    return Drawn(figure, says, found, backend)


def _on_paper(chart: Heatmap | Clustermap | Grid) -> Any:
    if not isinstance(chart, Heatmap):
        return chart.paper()
    rows, columns = chart.shape
    # Wide enough for what stands in the cells, where these are few.
    longest = max(len(text) for text in chart.texts.ravel().tolist())
    width = _inches(2.6, columns * max(_CELL, _LETTER * longest), 4.5)
    figure = new_figure(width, _inches(1.2, rows * _CELL, 2), dpi=100)
    figure.set_layout_engine("constrained")
    with DRAWING:
        axes = figure.subplots()
        draw(chart, axes, _FONT_SIZE, numbers=True)
    # The lines of a long title take nothing from the map.
    further = axes.get_title(loc="left").count("\n")
    figure.set_figheight(figure.get_figheight() + further * _LINE_OF_TITLE)
    return figure


_FONT_SIZE = 9.0
_LINE_OF_TITLE = 1.45 * _FONT_SIZE / 72
_CELL, _LETTER, _MOST = 0.55, 0.11, 11.0


def _inches(around: float, cells: float, least: float) -> float:
    """The side of a page for cells of so many inches, of which those of a large map are small."""
    return min(_MOST, max(least, around + cells))
