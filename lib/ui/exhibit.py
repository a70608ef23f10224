"""An exhibit on the screen: Figure, Numbers and Code, and what lies behind a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.charts import (
    PLOTLY_CONFIG,
    WIDE,
    Bars,
    Chart,
    Clustermap,
    Drawing,
    Format,
    Heatmap,
    Intervals,
    Page,
    Scatter,
    Theme,
    enlarge,
    render,
    sheet,
    theme_named,
)
from lib.course import Behind, Exhibit, Guess, Link, Point, Step, Value
from lib.ui import address
from lib.ui.components import guess_map, point_plot
from lib.ui.notebook import notebook
from lib.ui.report import report_page
from lib.ui.widgets import WORDS, fill_cell, move_point, widget_key

if TYPE_CHECKING:
    from plotly.basedatatypes import BaseFigure

_OPENED = "opened-cell"
_CLICKED = "clicked-cell"
_OPENED_GROUP = "opened-group"
_FORMATS: dict[Format, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


# How much larger figures are on a projector.
_PROJECTED = 1.25
# The panel of a figure that stands beside others, in pixels.
_BESIDE = 250


def on_screen(chart: Chart, across: int = 1, *, clickable: bool = False) -> BaseFigure:
    """The chart in the theme that the learner sees, larger in a presentation.

    Beside others it is narrower. What is high by its number of rows stays so.
    """
    return _drawn(chart, _theme(), across, clickable, address.is_presenting()).to_plotly()


@lru_cache(maxsize=32)
def _drawn(chart: Chart, theme: Theme, across: int, clickable: bool, presenting: bool) -> Drawing:
    """Remembered: most of what a learner does leaves the figure as it is."""
    if isinstance(chart, Heatmap | Clustermap):
        width = WIDE if across == 1 else _BESIDE
        figure = chart.screen(theme, width=width, clickable=clickable)
    else:
        figure = chart.screen(theme)
        if across > 1 and not isinstance(chart, Bars | Intervals):
            figure.layout["height"] *= 0.7
    return enlarge(figure, _PROJECTED) if presenting else figure


def _theme() -> Theme:
    return theme_named(st.context.theme.type or "light")


def show_waiting(step: Step) -> None:
    """What stands in the figure's place until the learner has predicted."""
    with st.container(border=True, height=360, key="waiting", horizontal_alignment="center"):
        st.space("large")
        st.markdown(":material/visibility_off:", text_alignment="center", width="stretch")
        st.markdown(
            "The figure waits for your prediction.", text_alignment="center", width="stretch"
        )
    _show_terms(step)


def show_exhibit(step: Step, values: Mapping[str, Value]) -> None:
    exhibit = step.exhibit(values)
    figure, numbers, code = st.tabs(
        ["Figure", "Numbers", "Code"], key="view", on_change="rerun", bind="query-params"
    )
    if figure.open:
        with figure:
            _show_figures(step, values, exhibit)
    if numbers.open:
        with numbers:
            st.markdown(exhibit.description)
            st.dataframe(exhibit.table, alt=exhibit.description)
    if code.open:
        with code:
            st.code(exhibit.code)
    with st.container(horizontal=True, vertical_alignment="center", key="exhibit-bar"):
        _show_downloads(step, values, exhibit)
        _show_terms(step)
    _open_cell(exhibit)
    _open_group(exhibit)


def _show_figures(step: Step, values: Mapping[str, Value], exhibit: Exhibit) -> None:
    for name, control in step.controls.items():
        if isinstance(control, Guess):
            _show_guess(step, name, control, values)
    if exhibit.stopped:
        st.code(exhibit.stopped, language=None, wrap_lines=True)
    across = min(exhibit.across, len(exhibit.figures))
    for number in range(len(exhibit.figures)):
        if number % across == 0:
            places = st.columns(across)
        with places[number % across]:
            _show_figure(step, values, exhibit, number, across)
    if exhibit.behind is not None:
        _offer_cells(exhibit)
    if exhibit.members is not None:
        _offer_groups(exhibit)
    if exhibit.links:
        _show_links(exhibit.links)


def _show_figure(
    step: Step, values: Mapping[str, Value], exhibit: Exhibit, number: int, across: int
) -> None:
    key = f"{step.slug}-figure-{number}"
    chart = exhibit.figures[number]
    name = _point_of(step)
    if isinstance(chart, Page):
        picture = _paper(step, tuple(values.items()), number, "png")
        st.image(picture, width="stretch", alt=exhibit.description)
    elif isinstance(chart, Scatter) and chart.marked is not None and name is not None:
        _show_point(step, name, values, chart, key)
    else:
        _show_chart(chart, exhibit, key, number, across)


def _point_of(step: Step) -> str | None:
    """The control that is dragged in this step's scatter plot, if there is one."""
    return next((name for name, c in step.controls.items() if isinstance(c, Point)), None)


def _show_point(
    step: Step, name: str, values: Mapping[str, Value], scatter: Scatter, key: str
) -> None:
    control = step.controls[name]
    assert isinstance(control, Point)
    assert scatter.limits is not None
    point_plot(
        scatter.points.drop(index=scatter.marked),
        at=control.clean(values[name]),
        limits=scatter.limits,
        reach=(control.x, control.y),
        step=control.step,
        titles=(str(scatter.x.name), str(scatter.y.name)),
        label=control.label,
        colours=asdict(_theme()),
        key=key,
        on_move=partial(move_point, step, name),
    )


def _show_guess(step: Step, name: str, guess: Guess, values: Mapping[str, Value]) -> None:
    levels = pd.DataFrame([guess.levels])
    guess_map(
        guess.columns,
        guess.clean(values[name]),
        levels=guess.levels,
        colours=list(Heatmap(levels).cell_colours(_theme()).iloc[0]),
        words=[WORDS[level] for level in guess.levels],
        key=f"{widget_key(step, name)}-map",
        on_fill=partial(fill_cell, step, name),
    )


def _show_links(links: Sequence[Link]) -> None:
    with st.container(horizontal=True, key="links"):
        for link in links:
            st.button(
                link.text,
                key=f"link-{link.step}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=address.go_to,
                args=(link.step,),
            )


def _show_title(chart: Chart) -> None:
    if chart.title:
        st.html(f'<p class="figure-title">{escape(chart.title)}</p>')


def _show_chart(chart: Chart, exhibit: Exhibit, key: str, number: int, across: int) -> None:
    _show_title(chart)
    cells = exhibit.behind is not None and isinstance(chart, Heatmap | Clustermap)
    branches = exhibit.members is not None and isinstance(chart, Clustermap)
    st.plotly_chart(
        on_screen(chart, across, clickable=cells),
        key=key,
        theme=None,
        config=PLOTLY_CONFIG,
        on_select=(lambda: _remember_click(key, number)) if cells or branches else "ignore",
        selection_mode="points",
        alt=exhibit.description,
    )


def _remember_click(key: str, number: int) -> None:
    """Note the cell or the branch that was clicked, on the figure with this number.

    A second click on the same one deselects it, as Plotly sees it; the learner means what is there.
    """
    points = st.session_state[key].selection.points
    if points and "customdata" in points[0]:
        st.session_state[_CLICKED] = (_OPENED_GROUP, (number, str(points[0]["customdata"][0])))
    elif points:
        st.session_state[_CLICKED] = (_OPENED, (str(points[0]["y"]), str(points[0]["x"])))
    if _CLICKED in st.session_state:
        opened, what = st.session_state[_CLICKED]
        st.session_state[opened] = what


def _cells(exhibit: Exhibit) -> list[tuple[str, str]]:
    """The cells that open something: those that are visible on a heatmap, once each."""
    cells = (
        (str(row), str(column))
        for heatmap in _heatmaps(exhibit)
        for row, seen in heatmap.visible.iterrows()
        for column in seen.index[seen]
    )
    return list(dict.fromkeys(cells))


def _heatmaps(exhibit: Exhibit) -> Iterator[Heatmap]:
    for chart in exhibit.figures:
        if isinstance(chart, Heatmap):
            yield chart
        elif isinstance(chart, Clustermap):
            yield chart.heatmap


def _clustermaps(exhibit: Exhibit) -> dict[int, Clustermap]:
    """The clustermaps by their numbers among the figures."""
    return {
        number: chart
        for number, chart in enumerate(exhibit.figures)
        if isinstance(chart, Clustermap)
    }


def _groups(exhibit: Exhibit) -> dict[tuple[int, str], tuple[str, ...]]:
    """What hangs on each branch, by the number of its figure and its label there.

    Two trees of the same leaves can have branches of one label and different members.
    """
    return {
        (number, label): members
        for number, chart in _clustermaps(exhibit).items()
        for label, members in chart.groups().items()
    }


def _offer_groups(exhibit: Exhibit) -> None:
    """The keyboard's way to what a click on a branch opens."""
    maps = _clustermaps(exhibit)

    def named(group: tuple[int, str]) -> str:
        number, label = group
        return label if len(maps) == 1 else f"{maps[number].title} · {label}"

    def open_chosen() -> None:
        st.session_state[_OPENED_GROUP] = st.session_state["open-a-group"]
        st.session_state["open-a-group"] = None

    st.selectbox(
        "Open a branch: click its dot, or choose it here",
        list(_groups(exhibit)),
        None,
        format_func=named,
        key="open-a-group",
        placeholder="Size: first to last",
        on_change=open_chosen,
        width=320,
    )


def _open_group(exhibit: Exhibit) -> None:
    opened = st.session_state.pop(_OPENED_GROUP, None)
    groups = _groups(exhibit)
    if exhibit.members is not None and opened in groups:
        members = groups[opened]
        _show_behind(exhibit.members(members), f"{len(members)} that hang together")


def _offer_cells(exhibit: Exhibit) -> None:
    """The keyboard's way to what a click on a cell opens."""

    def open_chosen() -> None:
        st.session_state[_OPENED] = st.session_state["open-a-cell"]
        st.session_state["open-a-cell"] = None

    st.selectbox(
        "Open a cell: click it, or choose it here",
        _cells(exhibit),
        None,
        format_func=" × ".join,
        key="open-a-cell",
        placeholder="Row × column",
        on_change=open_chosen,
        width=320,
    )


def _open_cell(exhibit: Exhibit) -> None:
    opened = st.session_state.pop(_OPENED, None)
    if exhibit.behind is not None and opened in _cells(exhibit):
        _show_behind(exhibit.behind(*opened), " × ".join(opened))


def _show_behind(behind: Behind, title: str) -> None:
    @st.dialog(title, width="medium")
    def draw() -> None:
        _show_title(behind.chart)
        st.plotly_chart(
            on_screen(behind.chart),
            theme=None,
            config=PLOTLY_CONFIG,
            alt=behind.sentence,
        )
        st.markdown(behind.sentence)

    draw()


def _show_downloads(step: Step, values: Mapping[str, Value], exhibit: Exhibit) -> None:
    setting = tuple(values.items())
    with st.popover("Download", icon=":material/download:", type="tertiary", key="download"):
        if exhibit.figures:
            for kind, mime in _FORMATS.items():
                st.download_button(
                    f"Picture, {kind.upper()}",
                    partial(_sheet, step, setting, kind),
                    f"{step.slug}.{kind}",
                    mime,
                    key=f"download-{kind}",
                    on_click="ignore",
                )
        if exhibit.report is not None:
            st.download_button(
                "Report, one page",
                partial(report_page, exhibit.report, exhibit.description),
                f"{step.slug}.html",
                "text/html",
                key="download-report",
                on_click="ignore",
            )
        st.download_button(
            "Code, Python script",
            exhibit.code,
            f"{step.slug}.py",
            "text/x-python",
            key="download-py",
            on_click="ignore",
        )
        st.download_button(
            "Code, notebook",
            notebook(exhibit.code),
            f"{step.slug}.ipynb",
            "application/x-ipynb+json",
            key="download-ipynb",
            on_click="ignore",
        )
        for table in step.tables:
            st.download_button(
                f"Table, {table.file.name}",
                table.file.read_bytes,
                table.file.name,
                "text/csv",
                key=f"download-{table.file.stem}",
                on_click="ignore",
            )


def _show_terms(step: Step) -> None:
    for table in step.tables:
        st.caption(f"{table.title}. {table.source}. Terms: {table.licence}.")


@lru_cache(maxsize=24)
def _paper(step: Step, setting: tuple[tuple[str, Value], ...], number: int, kind: Format) -> bytes:
    """The figure as it prints; remembered, because drawing it takes a moment."""
    chart = step.exhibit(dict(setting)).figures[number]
    tight = chart.tight if isinstance(chart, Page) else True
    return render(chart.paper(), kind, tight=tight)


@lru_cache(maxsize=24)
def _sheet(step: Step, setting: tuple[tuple[str, Value], ...], kind: Format) -> bytes:
    """Every figure on one page."""
    exhibit = step.exhibit(dict(setting))
    charts = [chart for chart in exhibit.figures if not isinstance(chart, Page)]
    if len(charts) < 2:
        return _paper(step, setting, 0, kind)
    return render(sheet(charts, exhibit.across), kind)


def show_cover(chart: Chart, description: str) -> None:
    """A figure alone, as on a title page."""
    _show_title(chart)
    st.plotly_chart(
        on_screen(chart),
        key="cover",
        theme=None,
        config=PLOTLY_CONFIG,
        alt=description,
    )
