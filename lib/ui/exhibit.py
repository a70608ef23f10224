"""An exhibit on the screen: Figure, Numbers and Code, and what lies behind a cell."""

from collections.abc import Mapping
from functools import lru_cache, partial

import streamlit as st

from lib.charts import PLOTLY_CONFIG, Chart, Format, Heatmap, Page, Theme, render, theme_named
from lib.course import Behind, Exhibit, Step, Value
from lib.ui.notebook import notebook

_OPENED = "opened-cell"
_FORMATS: dict[Format, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def current_theme() -> Theme:
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
            st.code(exhibit.code, height=440)
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
        _offer_pairs(exhibit)


def _show_chart(chart: Chart, exhibit: Exhibit, key: str) -> None:
    opens = exhibit.behind is not None
    st.plotly_chart(
        chart.screen(current_theme()),
        key=key,
        theme=None,
        config=PLOTLY_CONFIG,
        on_select=(lambda: _remember_click(key)) if opens else "ignore",
        selection_mode="points",
        alt=exhibit.description,
    )


def _remember_click(key: str) -> None:
    points = st.session_state[key].selection.points
    if points:
        st.session_state[_OPENED] = (str(points[0]["y"]), str(points[0]["x"]))


def _offer_pairs(exhibit: Exhibit) -> None:
    """The keyboard's way to what a click on a cell opens."""
    chart = exhibit.figures[0]
    if not isinstance(chart, Heatmap):
        return
    visible = chart.visible
    cells = [
        (row, column) for row in visible.index for column in visible if visible.at[row, column]
    ]

    def open_chosen() -> None:
        chosen = st.session_state["open-a-cell"]
        if chosen in cells:
            st.session_state[_OPENED] = chosen
        st.session_state["open-a-cell"] = None

    st.selectbox(
        "Open a cell: click it, or choose it here",
        cells,
        None,
        format_func=lambda cell: f"{cell[0]} × {cell[1]}",
        key="open-a-cell",
        placeholder="Row × column",
        on_change=open_chosen,
        width=320,
    )


def _open_cell(exhibit: Exhibit) -> None:
    opened = st.session_state.pop(_OPENED, None)
    if opened is not None and exhibit.behind is not None:
        _show_behind(exhibit.behind(*opened), " × ".join(opened))


def _show_behind(behind: Behind, title: str) -> None:
    @st.dialog(title, width="medium")
    def draw() -> None:
        st.plotly_chart(
            behind.chart.screen(current_theme()),
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
        chart.screen(current_theme()),
        key="cover",
        theme=None,
        config=PLOTLY_CONFIG,
        alt=description,
    )
