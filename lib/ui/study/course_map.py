"""The map's page: measures and pitfalls drawn, and the same as a list; what is done or weak."""

from collections.abc import Callable

import streamlit as st

from ...course import Course, StepAddress
from ...study.map_drawing import SIGNS, Mark, draw_measures, draw_pitfalls
from ..figures import theme
from ..layout import is_stacked
from ..pages import lesson_page
from ..session import progress_of
from .sheets import show_sheets

_VIEW = "map-view"
_MEASURES, _PITFALLS, _SHEETS = "Measures", "Pitfalls and cures", "Sheets to print"
_AS_LIST = "map-as-list"


def show_map(course: Course) -> None:
    with st.container(key="map-page"):
        st.markdown("## The map", anchors=False)
        st.markdown(
            "Which measure takes which columns, and what helps against which pitfall. Each name "
            "opens the step that shows it. A tick marks what you have passed, an exclamation mark "
            "what you got wrong there and have not put right."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            view = st.segmented_control(
                "Show",
                [_MEASURES, _PITFALLS, _SHEETS],
                default=_MEASURES,
                required=True,
                key=_VIEW,
                bind="query-params",
            )
            as_list = view != _SHEETS and st.toggle("As a list", is_stacked(), key=_AS_LIST)
        if view == _SHEETS:
            with st.container(width=760):
                show_sheets(course)
        elif as_list:
            (_list_measures if view == _MEASURES else _list_pitfalls)(course)
        else:
            _draw(course, view)


def _draw(course: Course, view: str) -> None:
    draw = draw_measures if view == _MEASURES else draw_pitfalls
    st.graphviz_chart(
        draw(course.map, theme(), marks(course)),
        alt="The map as a drawing; the list says the same.",
    )


def marks(course: Course) -> Callable[[StepAddress], Mark]:
    """How the learner stands with each step."""
    records = progress_of(course).records
    weak = {
        (each.lesson, each.step)
        for slug in records.weak
        if (each := course.misconceptions.get(slug)) is not None
    }

    def mark_of(at: StepAddress) -> Mark:
        if tuple(at) in weak:
            return "weak"
        return "done" if progress_of(course).step(*at).passed else "open"

    return mark_of


def _list_measures(course: Course) -> None:
    kinds = list(dict.fromkeys(measure.kinds for measure in course.map.measures))
    for number, kind in enumerate(kinds):
        st.markdown(f"### {kind}", anchors=False)
        with st.container(key=f"map-kind-{number}", gap=None):
            for measure in course.map.measures:
                if measure.kinds == kind:
                    _link(course, measure.name, measure.at)


def _list_pitfalls(course: Course) -> None:
    with st.container(key="map-pitfalls", gap=None):
        for pitfall in course.map.pitfalls:
            _link(course, f"**{pitfall.name}** → {pitfall.cure}", pitfall.at)


def _link(course: Course, label: str, at: StepAddress) -> None:
    st.page_link(
        lesson_page(at.lesson),
        label=SIGNS[marks(course)(at)] + label,
        query_params={"step": at.step},
    )
