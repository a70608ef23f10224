"""An exhibit on the screen: Figure, Numbers and Code, and what lies behind a cell.

It knows no step: whatever makes an exhibit can be shown.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from ..charts import PLOTLY_CONFIG
from ..course import Behind, Exhibit, Script, Table, credit
from ..course.spelling import as_name, harmless
from . import address
from .downloads import show_downloads
from .failing import guarded
from .figures import Handle, numbers_hidden, on_screen, show_figures, show_title
from .layout import dialog_width, panel_width
from .opening import offer_openings, open_chosen


def show_exhibit(
    exhibit: Exhibit,
    key: str,
    tables: Sequence[Table],
    handle: Handle | None = None,
    downloads: Callable[[], None] | None = None,
    *,
    bare: bool = False,
) -> None:
    """Draw an exhibit.

    Parameters
    ----------
    key
        What its widgets are called by; two exhibits in one session need two.
    tables
        What it was made of: shown with its terms, offered as a file where there is one.
    handle
        The point that is dragged in its scatter plot.
    downloads
        Draws what can be taken away, where that is more than the exhibit's own.
    bare
        Whether its numbers are still to be revealed: then it is its figures alone.
    """
    if bare:
        # It stands where it will stand below its tabs.
        with numbers_hidden(), st.container(key="bare"):
            show_figures(exhibit, key, handle, panel_width())
        return
    figure, numbers, code = st.tabs(
        [address.FIGURE, address.NUMBERS, address.CODE],
        key=address.VIEW,
        on_change="rerun",
        bind="query-params",
    )
    if figure.open:
        with figure:
            show_figures(exhibit, key, handle, panel_width())
            offer_openings(exhibit)
            _show_links(exhibit)
    if numbers.open:
        with numbers:
            st.markdown(harmless(exhibit.description))
            st.dataframe(exhibit.table, alt=exhibit.description)
    if code.open:
        with code:
            _show_code(exhibit.code, key)
            _show_call(exhibit.call)
    with st.container(horizontal=True, vertical_alignment="center", key="exhibit-bar"):
        if downloads is None:
            show_downloads(exhibit, key.rpartition("-")[2], tables)
        else:
            downloads()
        show_terms(tables)
    open_chosen(exhibit, _show_behind)


def _show_code(code: Script, key: str) -> None:
    is_whole = bool(code.numbers) and st.toggle(
        "With all numbers that the text names", key=f"{key}-whole"
    )
    st.code(code.whole if is_whole else code.recipe, wrap_lines=True)


def _show_call(call: str) -> None:
    """The library's own way to these numbers, where it is one call."""
    if call:
        st.caption("The same numbers in one call, after `import honest_heatmaps as hh`:")
        st.code(call, wrap_lines=True)


def _show_links(exhibit: Exhibit) -> None:
    if not exhibit.links:
        return
    with st.container(horizontal=True, key="links"):
        for number, link in enumerate(exhibit.links):
            st.button(
                link.text,
                # Two may lead to one step.
                key=f"link-{number}-{link.step}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=guarded(address.go_to),
                args=(link.step,),
            )


def _show_behind(behind: Behind, title: str) -> None:
    @st.dialog(as_name(title), width="medium")
    def draw() -> None:
        show_title(behind.chart)
        st.plotly_chart(
            on_screen(behind.chart, panel=dialog_width()),
            theme=None,
            config=PLOTLY_CONFIG,
            alt=behind.sentence,
        )
        st.markdown(harmless(behind.sentence))

    draw()


def show_terms(tables: Sequence[Table]) -> None:
    """Where the tables come from, and on which terms."""
    for table in tables:
        st.caption(credit(table))
