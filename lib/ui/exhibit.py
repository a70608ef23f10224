"""An exhibit on the screen: Figure, Numbers and Code, and what lies behind a cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import streamlit as st

from lib.charts import PLOTLY_CONFIG, Chart, Format, Heatmap, Page, enlarge, render, theme_named
from lib.course import Behind, Exhibit, Step, Value
from lib.ui import address
from lib.ui.notebook import notebook

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_OPENED = "opened-cell"
_CLICKED = "clicked-cell"
_FORMATS: dict[Format, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


# How much larger figures are on a projector.
_PROJECTED = 1.25


def on_screen(chart: Chart) -> Figure:
    """The chart in the theme that the learner sees, larger in a presentation."""
    figure = chart.screen(theme_named(st.context.theme.type or "light"))
    return enlarge(figure, _PROJECTED) if address.is_presenting() else figure


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


def _show_figures(step: Step, values: Mapping[str, Value], exhibit: Exhibit) -> None:
    if exhibit.stopped:
        st.code(exhibit.stopped, language=None, wrap_lines=True)
    for number, chart in enumerate(exhibit.figures):
        if isinstance(chart, Page):
            picture = _paper(step, tuple(values.items()), number, "png")
            st.image(picture, width="stretch", alt=exhibit.description)
        else:
            _show_chart(chart, exhibit, key=f"{step.slug}-figure-{number}")
    if exhibit.behind is not None:
        _offer_cells(exhibit)


def _show_chart(chart: Chart, exhibit: Exhibit, key: str) -> None:
    opens = exhibit.behind is not None
    st.plotly_chart(
        on_screen(chart),
        key=key,
        theme=None,
        config=PLOTLY_CONFIG,
        on_select=(lambda: _remember_click(key)) if opens else "ignore",
        selection_mode="points",
        alt=exhibit.description,
    )


def _remember_click(key: str) -> None:
    """Note the cell that was clicked.

    A second click on the same cell deselects it, as Plotly sees it; the learner means the cell.
    """
    points = st.session_state[key].selection.points
    if points:
        st.session_state[_CLICKED] = (str(points[0]["y"]), str(points[0]["x"]))
    if _CLICKED in st.session_state:
        st.session_state[_OPENED] = st.session_state[_CLICKED]


def _cells(exhibit: Exhibit) -> list[tuple[str, str]]:
    """The cells that open something: those that are visible on a heatmap."""
    return [
        (str(row), str(column))
        for chart in exhibit.figures
        if isinstance(chart, Heatmap)
        for row, seen in chart.visible.iterrows()
        for column in seen.index[seen]
    ]


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
                    partial(_paper, step, setting, 0, kind),
                    f"{step.slug}.{kind}",
                    mime,
                    key=f"download-{kind}",
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


def show_cover(chart: Chart, description: str) -> None:
    """A figure alone, as on a title page."""
    st.plotly_chart(
        on_screen(chart),
        key="cover",
        theme=None,
        config=PLOTLY_CONFIG,
        alt=description,
    )
