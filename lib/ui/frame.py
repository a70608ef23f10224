"""The frame around every page: title, navigation, and the progress that lives in the browser."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ..course import Course, Lesson, Progress
from . import address
from .components.course_links import PageEntry, course_links
from .components.taps import hear_taps
from .corrections import say_corrections
from .failing import ASKED, show_failure, take_failed
from .pages import Screen, navigate, open_page, turn_to_page
from .progress_file import say_what_is_unread
from .session import (
    browser_has_spoken,
    is_restored,
    keep_progress,
    progress_of,
    restore_progress,
)
from .standing import lesson_label, lesson_mark
from .style import apply_style
from .warm import cold_start, is_warm, warm_up

_SIDEBAR_WIDTH = 236
# An address: a file would be opened in every run.
_ICON = "/app/static/favicon.png"
_above: ContextVar[DeltaGenerator | None] = ContextVar("above the page", default=None)


def open_app(course: Course, screens: Sequence[Screen]) -> None:
    """Draw the frame, then the page that the address names. `screens` are those beside lessons."""
    restore_progress(course)
    presenting = address.is_presenting()
    is_alone = presenting or address.is_in_a_room()
    # Streamlit imports numpy for an icon: at first that waits until the page is out.
    warm = is_warm()
    st.set_page_config(
        page_title=course.title,
        page_icon=_ICON if warm else None,
        layout="wide",
        initial_sidebar_state="collapsed" if is_alone else _SIDEBAR_WIDTH,
        menu_items={
            "About": f"**{course.title}**: learn to read a heatmap. The code is under the MIT "
            "licence; each table keeps its own terms, shown beside it."
        },
    )
    apply_style(presenting=presenting)
    page = navigate()
    turn_to_page()
    frame = _frame(course, screens, current=page.url_path, is_alone=is_alone)
    with cold_start(), frame:
        page.run()
    if not warm:
        st.set_page_config(page_icon=_ICON)
    # Once the browser has answered, the first page is on its screen.
    warm_up(course, now=is_restored())


def enter_frame() -> DeltaGenerator:
    """Begin again with the frame, where Streamlit has begun with a page alone.

    It runs the scripts of a folder named pages by themselves until st.navigation tells it better,
    and a server's first visitor may come by the address of a page. Within the frame, returns the
    place above the page.
    """
    above = _above.get()
    if above is None:
        navigate()
        st.rerun()
    return above


@contextmanager
def _frame(
    course: Course, screens: Sequence[Screen], *, current: str, is_alone: bool
) -> Iterator[None]:
    """Draw what stands around a page after it: it may change what the learner has done.

    A page that fails leaves the frame standing, and with it the way on.
    """
    try:
        with inside_frame() as above:
            if not is_alone and current != "progress":
                with above:
                    say_what_is_unread()
            yield
            with above:
                say_corrections()
    except Exception as error:  # Whatever a page does wrong
        show_failure(error, "page", "This page")
    # A step says it in its own place.
    if failed := take_failed():
        show_failure(failed, "page", ASKED)
    _draw_frame(course, screens, current=current, is_alone=is_alone)


@contextmanager
def inside_frame() -> Iterator[DeltaGenerator]:
    """Within the block pages draw at once: what stands around them is somebody else's care.

    Gives the place above the page. What comes and goes is drawn there: were it to move what
    follows, a browser would take widgets away while it puts them elsewhere, and what a learner
    sets in that moment would not reach the address.
    """
    above = st.container(key="above", gap=None)
    token = _above.set(above)
    try:
        yield above
    finally:
        _above.reset(token)


def _draw_frame(course: Course, screens: Sequence[Screen], *, current: str, is_alone: bool) -> None:
    if not is_alone:
        _sidebar(course, screens, current)
    with st.container(key="in-the-browser", gap=None):
        _speak_with_the_browser(course)
        hear_taps()


@st.fragment
def _speak_with_the_browser(course: Course) -> None:
    """The browser answers when it likes, such as when somebody clicks.

    For a fragment, what it says waits for the run that is under way. Were it to ask for the whole
    page, that run would be stopped, and with it a click that is not heard yet.
    """
    if browser_has_spoken():
        st.rerun()
    keep_progress(course)


def _sidebar(course: Course, screens: Sequence[Screen], current: str) -> None:
    progress = progress_of(course)
    lessons = (
        _lesson_entry(number, lesson, progress) for number, lesson in enumerate(course.lessons, 1)
    )
    others = (PageEntry(screen.name, screen.title) for screen in screens)
    with st.sidebar:
        about = ":small[:gray[Reading colour without being fooled]]"
        st.markdown(f"#### {course.title}\n\n{about}", anchors=False)
        course_links(
            [PageEntry("", "Home"), *lessons, *others],
            current=current,
            key="course-links",
            on_open=open_page,
        )


def _lesson_entry(number: int, lesson: Lesson, progress: Progress) -> PageEntry:
    record = progress.lesson(lesson.slug)
    title = f"{number} · {lesson.title}{lesson_label(lesson, record)}"
    return PageEntry(lesson.slug, title, lesson_mark(lesson, record))
