"""Figures on the screen, in the theme that the learner sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from ..charts import (
    PLOTLY_CONFIG,
    WIDE,
    Chart,
    Clustermap,
    Drawing,
    Format,
    Grid,
    Heatmap,
    Page,
    Scatter,
    Theme,
    enlarge,
    gathered,
    name_text,
    render,
    theme_named,
    without_numbers,
)
from ..course import Exhibit, Point, hide_numbers
from ..course.remembered import remembered
from ..course.spelling import as_name
from . import address
from .components.cells import spoken_cells
from .components.point import point_plot
from .failing import guarded
from .layout import Projection, is_stacked, projected
from .memory import give_memory_back
from .opening import choose_cell, remember_click

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from plotly.basedatatypes import BaseFigure

# A map is drawn for the height that a projector leaves it; of other figures the rows come closer,
# and the type is larger where they need not come close.
_CLOSER = 1.35
# Between figures side by side, in pixels.
_GAP = 16
# Those that a class has on its screens: else each learner's would be drawn again for the next.
_FIGURES = 128

# A map with more columns has no room for their names; so many others stand around the one that is
# looked for.
_READABLE = 40
_NEAR = 14
# With 45,000 shapes a browser takes half a minute to draw a map.
_MOST_CLICKED = 10_000

_UNTOLD = "A figure. Its numbers are revealed later."
_is_bare: ContextVar[bool] = ContextVar("figures without numbers", default=False)

UNWRITTEN = "These cells are too small for their numbers: point at one, or tap it, to read its own."


@dataclass(frozen=True)
class Handle:
    """A point that is dragged in a scatter plot: its control, where it is, who hears of a move."""

    control: Point
    at: tuple[float, float]
    on_move: Callable[[float, float], None]


def theme() -> Theme:
    """The theme that the learner sees."""
    return theme_named(st.context.theme.type or "light")


def on_screen(
    chart: Chart | Grid,
    *,
    panel: float | None = None,
    clickable: bool = False,
    projection: Projection | None = None,
) -> BaseFigure:
    """The chart in the theme that the learner sees, larger in a presentation.

    ``panel`` is its width in pixels; None where the browser has not said it. ``projection`` is what
    a projector leaves it, where this is no presentation of a lesson.
    """
    if projection is None and address.is_presenting():
        projection = projected()
    if _is_bare.get():
        return _drawn_bare(chart, theme(), panel, projection).to_plotly()
    return _drawn(chart, theme(), panel, clickable, projection).to_plotly()


@contextmanager
def numbers_hidden() -> Iterator[None]:
    """Within the block, figures tell no number.

    None is written into them or over them, said where they are pointed at, or to who hears them.
    """
    token = _is_bare.set(True)
    try:
        yield
    finally:
        _is_bare.reset(token)


def has_numbers(exhibit: Exhibit) -> bool:
    """Whether numbers stand in its figures, over them, or in large type."""
    return bool(exhibit.readings) or any(map(_tells_numbers, exhibit.figures))


@remembered(_FIGURES)
def _tells_numbers(chart: Chart | Page) -> bool:
    if isinstance(chart, Page):
        return bool(chart.heatmap.has_texts)
    is_told = any(heatmap.has_texts for heatmap in _maps(chart, 0).values())
    return is_told or hide_numbers(chart.title) != chart.title


@remembered(_FIGURES)
def _drawn_bare(
    chart: Chart | Grid, theme: Theme, panel: float | None, projection: Projection | None
) -> Drawing:
    """As large as with its numbers, so that nothing moves when they are revealed."""
    return without_numbers(_drawn(chart, theme, panel, False, projection), hide_numbers)


@remembered(_FIGURES)
def _drawn(
    chart: Chart | Grid,
    theme: Theme,
    panel: float | None,
    clickable: bool,
    projection: Projection | None,
) -> Drawing:
    """Remembered: most of what a learner does leaves the figure as it is."""
    if projection is not None:
        return _projected(chart, theme, panel or WIDE, clickable, projection)
    return _drawn_for(chart, theme, panel, None, clickable)


def _projected(
    chart: Chart | Grid, theme: Theme, panel: float, clickable: bool, projection: Projection
) -> Drawing:
    """As large as a projector has room for, with all that is written into it."""
    height = projection.height
    closer = 1.0 if isinstance(chart, Heatmap | Clustermap | Grid) else _CLOSER
    figures = [
        enlarge(_drawn_for(chart, theme, panel / factor, height / factor, clickable), factor)
        for factor in projection.enlarged
    ]
    # The height of a smaller drawing was rounded, and is enlarged with it.
    most = closer * height + 1
    fitting = [each for each in figures if each.layout["height"] <= most] or figures[-1:]
    figure = max(fitting, key=lambda each: (_written(each), _names_every_row(each)))
    figure.layout["height"] = min(figure.layout["height"], height)
    return figure


def _written(drawing: Drawing) -> int:
    """How much is written into a figure."""
    return sum(bool(text) for trace in drawing.data for text in trace.get("text", ()))


def _names_every_row(drawing: Drawing) -> bool:
    """Whether a map's rows are high enough for their names; else Plotly leaves out some."""
    rows = drawing.layout.get("yaxis", {})
    return rows.get("type") != "category" or "range" not in rows or "dtick" in rows


def _drawn_for(
    chart: Chart | Grid, theme: Theme, width: float | None, height: float | None, clickable: bool
) -> Drawing:
    if isinstance(chart, Heatmap | Clustermap | Grid):
        return chart.screen(theme, width=width, height=height, clickable=clickable)
    return chart.screen(theme, width=width)


def show_figures(
    exhibit: Exhibit, key: str, handle: Handle | None, panel: float | None = None
) -> None:
    """Every figure of an exhibit, so many side by side as it says.

    ``panel`` is the width that they have together, in pixels; None where the browser has not
    said it.
    """
    if exhibit.stopped:
        st.code(exhibit.stopped, language=None, wrap_lines=True)
    grid = _grid(exhibit)
    if grid is not None:
        _show_chart(grid, exhibit, f"{key}-figure-0", 0, panel)
        return
    for row in _rows(exhibit):
        across = len(row)
        places: Sequence[AbstractContextManager[object]] = [nullcontext()]
        share = panel
        if across > 1:
            places = st.columns(across)
            share = ((panel or WIDE) - _GAP * (across - 1)) / across
        for number, place in zip(row, places, strict=True):
            with place:
                _show_figure(exhibit, number, handle, key, share)


def _rows(exhibit: Exhibit) -> list[range]:
    """The numbers of the figures that stand side by side, row by row."""
    count = len(exhibit.figures)
    # A projector's screen is not scrolled: nothing stands below.
    if address.is_presenting():
        return rows_of_figures(count, count, leads=False)
    return rows_of_figures(count, 1 if is_stacked() else exhibit.across, leads=exhibit.leads)


def rows_of_figures(count: int, across: int, *, leads: bool) -> list[range]:
    """Of so many figures those that stand side by side; what is left over has a row of its own.

    >>> rows_of_figures(3, 2, leads=False), rows_of_figures(3, 2, leads=True)
    ([range(0, 2), range(2, 3)], [range(0, 1), range(1, 3)])
    """
    first = 1 if leads else 0
    others = [
        range(start, min(start + across, count)) for start in range(first, count, max(across, 1))
    ]
    return [range(first), *others] if leads else others


def _show_figure(
    exhibit: Exhibit, number: int, handle: Handle | None, key: str, panel: float | None
) -> None:
    chart = exhibit.figures[number]
    if isinstance(chart, Page):
        show_picture(chart, _told(exhibit), numbers=not _is_bare.get())
    elif (
        isinstance(chart, Scatter)
        and chart.marked is not None
        and handle is not None
        and not _is_bare.get()
    ):
        _show_point(chart, handle, f"{key}-figure-{number}")
    else:
        _show_chart(chart, exhibit, f"{key}-figure-{number}", number, panel)


@remembered(_FIGURES)
def _grid(exhibit: Exhibit) -> Grid | None:
    """The figures as one, where they can be one; remembered, so that its drawing is as well."""
    return gathered(exhibit.figures, exhibit.across)


def show_title(chart: Chart | Grid) -> None:
    """What stands over a chart: the figure itself has no title, so that this one can wrap."""
    if chart.title:
        title = hide_numbers(chart.title) if _is_bare.get() else chart.title
        st.html(f'<p class="figure-title">{escape(title)}</p>')


def _told(exhibit: Exhibit) -> str:
    """What who does not see a figure is told of it."""
    return _UNTOLD if _is_bare.get() else exhibit.description


def _show_point(scatter: Scatter, handle: Handle, key: str) -> None:
    assert scatter.limits is not None
    point_plot(
        _still(scatter),
        at=handle.at,
        limits=scatter.limits,
        reach=(handle.control.x, handle.control.y),
        step=handle.control.step,
        titles=(str(scatter.x.name), str(scatter.y.name)),
        label=handle.control.label,
        colours=asdict(theme()),
        key=key,
        on_move=handle.on_move,
    )


@remembered(64)
def _still(scatter: Scatter) -> tuple[tuple[float, float], ...]:
    """The points of a scatter plot that stay where they are."""
    points = scatter.points.drop(index=scatter.marked)
    return tuple(zip(points["x"].tolist(), points["y"].tolist(), strict=True))


@remembered(_FIGURES)
def _around(heatmap: Heatmap, name: str) -> Heatmap:
    return heatmap.around(name, _NEAR)


def _found(heatmap: Heatmap, key: str) -> Heatmap:
    """Of a map of pairs with too many columns to read, the part around one that is looked for."""
    rows, columns = ([str(name) for name in names] for names in heatmap.values.axes)
    names = list(dict.fromkeys([*columns, *rows]))
    of_pairs = set(rows) & set(columns)
    if len(names) <= _READABLE or not of_pairs or address.is_presenting():
        return heatmap
    name = st.selectbox(
        "Find a column",
        names,
        None,
        key=f"{key}-find",
        format_func=name_text,
        placeholder=f"One of {len(names)}: the map shows it with what goes with it",
        width=420,
    )
    if name not in names:
        return heatmap
    found = _around(heatmap, name)
    others = len({*map(str, found.values.index), *map(str, found.values.columns)}) - 1
    st.caption(
        f"{as_name(name)} and {others} of {len(names) - 1} others, those that go with it most "
        "strongly. Empty the list to see all."
    )
    return found


def _show_chart(
    chart: Chart | Grid, exhibit: Exhibit, key: str, number: int, panel: float | None
) -> None:
    show_title(chart)
    if isinstance(chart, Heatmap):
        chart = _found(chart, key)
    maps = _maps(chart, number)
    # What belongs to a map stands close to it.
    with st.container(gap=None) if maps else nullcontext():
        _show_plot(chart, exhibit, key, number, panel)
        for own, heatmap in maps.items():
            # The table of numbers says a very large one, and what is found in it is spoken.
            if heatmap.values.size > _MOST_CLICKED or _is_bare.get():
                continue
            opens = exhibit.behind_cell(own) is not None
            spoken_cells(
                heatmap,
                key=f"{key}-cells-{own}",
                on_open=partial(choose_cell, own) if opens else None,
            )
        # Last: it comes and goes with the width, and moves no widget.
        clickable = _opens_cells(chart, exhibit)
        if not address.is_presenting() and _leaves_out(chart, theme(), panel, clickable):
            st.caption(UNWRITTEN)


def _maps(chart: Chart | Grid, number: int) -> dict[int, Heatmap]:
    """The heatmaps in a chart by the numbers of their figures."""
    if isinstance(chart, Grid):
        return dict(enumerate(chart.maps))
    heatmap = chart.heatmap if isinstance(chart, Clustermap) else chart
    return {number: heatmap} if isinstance(heatmap, Heatmap) else {}


@remembered(_FIGURES)
def _leaves_out(chart: Chart | Grid, theme: Theme, panel: float | None, clickable: bool) -> bool:
    """Whether a map has numbers that this panel has no room for."""
    written = _written(_drawn(chart, theme, panel, clickable, None))
    return written < sum(int((each.texts != "").sum()) for each in _maps(chart, 0).values())


def _opens_cells(chart: Chart | Grid, exhibit: Exhibit) -> bool:
    """Whether its cells can be clicked: each needs a shape of its own, and a large map has none."""
    cells = sum(heatmap.values.size for heatmap in _maps(chart, 0).values())
    return exhibit.behind is not None and 0 < cells <= _MOST_CLICKED and not _is_bare.get()


def _show_plot(
    chart: Chart | Grid, exhibit: Exhibit, key: str, number: int, panel: float | None
) -> None:
    cells = _opens_cells(chart, exhibit)
    has_branches = exhibit.members is not None and isinstance(chart, Clustermap)
    branches = has_branches and not _is_bare.get()
    st.plotly_chart(
        on_screen(chart, panel=panel, clickable=cells),
        key=key,
        theme=None,
        config=PLOTLY_CONFIG,
        on_select=guarded(partial(remember_click, key, number)) if cells or branches else "ignore",
        selection_mode="points",
        alt=_told(exhibit),
    )


def show_picture(page: Page, description: str, *, numbers: bool = True) -> None:
    """What was drawn for paper, as it prints; or without the numbers in its cells."""
    st.image(_pictured(page, numbers), width="stretch", alt=description)


@remembered(24)
def _pictured(page: Page, numbers: bool) -> str:
    """As it is shown; what drawing it took goes back to the system."""
    picture = page.screen(numbers=numbers)
    give_memory_back()
    return picture


@remembered(24)
def printed(chart: Chart | Page, kind: Format) -> bytes:
    """The figure as it prints; remembered, because drawing it takes a moment."""
    tight = chart.tight if isinstance(chart, Page) else True
    return rendered(chart.paper(), kind, tight=tight)


def rendered(figure: Figure, kind: Format, *, tight: bool = True) -> bytes:
    """A figure for paper as a file; what drawing it took goes back to the system.

    That is up to 50 MB, which the process would hold from then on.
    """
    picture = render(figure, kind, tight=tight)
    give_memory_back()
    return picture
