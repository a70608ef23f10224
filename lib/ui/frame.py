"""The frame around every page: title, navigation, and the progress that lives in the browser."""

import streamlit as st

from lib.course import Course, Lesson, Progress
from lib.ui import address
from lib.ui.session import keep_progress, progress_of, restore_progress
from lib.ui.standing import lesson_icon, lesson_label
from lib.ui.style import apply_style
from lib.ui.warm import warm_up

_SIDEBAR_WIDTH = 300


def open_app(course: Course) -> None:
    """Draw the frame, then the page that the address names."""
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
    warm_up()
    home = st.Page("screens/home.py", title="Home", default=True)
    progress_page = st.Page("screens/progress.py", title="Progress", url_path="progress")
    lessons = [
        st.Page(f"screens/{lesson.slug}.py", title=lesson.title, url_path=lesson.slug)
        for lesson in course.lessons
    ]
    page = st.navigation([home, *lessons, progress_page], position="hidden")
    page.run()
    # After the page, because it may have changed what the learner has done.
    if not presenting:
        _sidebar(course, progress_of(course))
    keep_progress(course)


def _sidebar(course: Course, progress: Progress) -> None:
    with st.sidebar, st.container(key="course-nav", gap="small"):
        st.markdown(f"#### {course.title}", anchors=False)
        st.caption("Reading colour without being fooled")
        st.page_link("screens/home.py", label="Home", icon=":material/home:")
        for number, lesson in enumerate(course.lessons, 1):
            _lesson_link(number, lesson, progress)
        st.page_link("screens/progress.py", label="Your progress", icon=":material/save:")


def _lesson_link(number: int, lesson: Lesson, progress: Progress) -> None:
    record = progress.lessons.get(lesson.slug)
    st.page_link(
        f"screens/{lesson.slug}.py",
        label=f"{number} · {lesson.title}{lesson_label(lesson, record)}",
        icon=lesson_icon(lesson, record),
    )
