"""The search page: where the course speaks of something."""

from functools import cache

import streamlit as st

from ...course import Course
from ...course.spelling import harmless
from ...study.search import Entry, Found, Index, Kind, entries_of
from ..failing import guarded
from ..pages import Screen, lesson_page, other_screens, screen_page

_KEY = "find"
_GROUPS: dict[Kind, str] = {
    "step": "Steps",
    "word": "Words of the field",
    "belief": "Beliefs that the course answers",
    "exercise": "Exercises",
    "screen": "Beside the lessons",
}
_HINT = "For example: *confounder*, *mask*, *few rows*, *season*, *Holm*."


def show_search(course: Course) -> None:
    with st.container(key="search", width=760):
        st.markdown("## Search", anchors=False)
        question = st.text_input(
            "What are you looking for?",
            key=_KEY,
            bind="query-params",
            max_chars=100,
            placeholder="A word, or several",
        )
        if not question.strip():
            st.markdown(f"Steps, words of the field, beliefs and exercises of all lessons. {_HINT}")
            return
        index = _index(course, other_screens())
        found = index.find(question)
        if not found:
            found = index.find_some(question)
            _say_nothing(index, question, is_near=bool(found))
        for kind, title in _GROUPS.items():
            of_kind = [each for each in found if each.entry.kind == kind]
            if of_kind:
                st.markdown(f"### {title}", anchors=False)
            for number, each in enumerate(of_kind):
                _show(course, each, f"{kind}-{number}")


@cache
def _index(course: Course, screens: tuple[Screen, ...]) -> Index:
    """One for all: it is the same for everyone."""
    beside = (Entry("screen", each.title, each.about, "", each.name) for each in screens)
    return Index([*entries_of(course), *beside])


def _say_nothing(index: Index, question: str, *, is_near: bool) -> None:
    meant = index.meant(question)

    def ask() -> None:
        st.session_state[_KEY] = meant

    st.markdown("The course does not speak of that in these words.")
    if is_near:
        st.markdown("Some of them stand here:")
    elif not meant:
        st.markdown(_HINT)
    if meant:
        st.button(f"Look for {harmless(meant)}", key="find-meant", on_click=guarded(ask))


def _show(course: Course, found: Found, key: str) -> None:
    entry = found.entry
    with st.container(key=f"found-{key}", gap=None):
        page, parameters = _place(entry)
        st.page_link(
            page,
            label=f"{harmless(entry.title)}{_numbered(course, entry)}",
            icon=":material/arrow_forward:",
            query_params=parameters,
        )
        st.caption(harmless(found.excerpt))


def _numbered(course: Course, entry: Entry) -> str:
    if entry.kind == "screen":
        return ""
    number = [lesson.slug for lesson in course.lessons].index(entry.lesson) + 1
    return f" · :gray[lesson {number}]"


def _place(entry: Entry) -> tuple[str, dict[str, str]]:
    if entry.kind == "screen":
        return screen_page(entry.step), {}
    if entry.kind == "exercise":
        asked = {"lesson": entry.lesson, "kind": entry.step, "draw": "0"}
        return screen_page("practice"), asked
    return lesson_page(entry.lesson), {"step": entry.step}
