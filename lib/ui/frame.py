"""The frame around every page: title, navigation, and the progress that lives in the browser."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from lib.course import Course, Lesson, Progress
from lib.ui import address
from lib.ui.components.history import one_entry_a_screen
from lib.ui.failing import show_failure
from lib.ui.pages import HOME, Screen, lesson_page, navigate, screen_page
from lib.ui.progress_file import say_what_is_unread
from lib.ui.session import is_restored, keep_progress, progress_of, restore_progress
from lib.ui.standing import lesson_icon, lesson_label
from lib.ui.style import apply_style
from lib.ui.warm import cold_start, warm_up

_SIDEBAR_WIDTH = 300
_inside = ContextVar("inside the frame", default=False)


def open_app(course: Course, screens: Sequence[Screen]) -> None:
    """Draw the frame, then the page that the address names. `screens` are those beside lessons."""
    restore_progress(course)
    presenting = address.is_presenting()
    st.set_page_config(
        page_title=course.title,
        page_icon="static/favicon.png",
        layout="wide",
        initial_sidebar_state="collapsed" if presenting else _SIDEBAR_WIDTH,
        menu_items={
            "About": f"**{course.title}**: learn to read a heatmap. The code is under the MIT "
            "licence; each table keeps its own terms, shown beside it."
        },
    )
    apply_style(presenting=presenting)
    page = navigate()
    if not presenting and page.url_path != "progress":
        say_what_is_unread()
    with cold_start(), _frame(course, screens, presenting=presenting):
        page.run()
    # Once the browser has answered, the first page is on its screen.
    warm_up(course, now=is_restored())


def enter_frame() -> None:
    """Begin again with the frame, where Streamlit has begun with a page alone.

    It runs the scripts of a folder named pages by themselves until st.navigation tells it better,
    and a server's first visitor may come by the address of a page.
    """
    if not _inside.get():
        navigate()
        st.rerun()


@contextmanager
def _frame(course: Course, screens: Sequence[Screen], *, presenting: bool) -> Iterator[None]:
    """Draw what stands around a page after it: it may change what the learner has done.

    A page that fails leaves the frame standing, and with it the way on.
    """
    try:
        with inside_frame():
            yield
    except Exception as error:  # Whatever a page does wrong
        show_failure(error, "page", "This page")
    _draw_frame(course, screens, presenting=presenting)


@contextmanager
def inside_frame() -> Iterator[None]:
    """Within the block pages draw at once: what stands around them is somebody else's care."""
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def _draw_frame(course: Course, screens: Sequence[Screen], *, presenting: bool) -> None:
    if not presenting:
        _sidebar(course, screens, progress_of(course))
    with st.container(key="in-the-browser", gap=None):
        one_entry_a_screen(address.SCREEN)
        keep_progress(course)


def _sidebar(course: Course, screens: Sequence[Screen], progress: Progress) -> None:
    with st.sidebar, st.container(key="course-nav", gap="small"):
        st.markdown(f"#### {course.title}", anchors=False)
        st.caption("Reading colour without being fooled")
        st.page_link(HOME, label="Home", icon=":material/home:")
        for number, lesson in enumerate(course.lessons, 1):
            _lesson_link(number, lesson, progress)
        for screen in screens:
            st.page_link(screen_page(screen.name), label=screen.title, icon=screen.icon)


def _lesson_link(number: int, lesson: Lesson, progress: Progress) -> None:
    record = progress.lesson(lesson.slug)
    st.page_link(
        lesson_page(lesson.slug),
        label=f"{number} · {lesson.title}{lesson_label(lesson, record)}",
        icon=lesson_icon(lesson, record),
    )
