"""Home: what this is, where you left off, and the map of the course."""

import streamlit as st

from lib.charts import Chart
from lib.course import Course, Lesson, Progress
from lib.ui.exhibit import show_cover
from lib.ui.session import progress_of
from lib.ui.standing import dots, lesson_icon

_STANDING_ICONS = {
    "done": ":material/check_circle:",
    "skipped": ":material/remove_circle_outline:",
    "open": ":material/radio_button_unchecked:",
}


def show_home(course: Course, cover: Chart) -> None:
    progress = progress_of(course)
    text, picture = st.columns([5, 6], gap="large", vertical_alignment="center")
    with text:
        st.markdown(f"# {course.title}", anchors=False)
        st.markdown(
            "A heatmap is your data's gossip board: who talks non-stop, who has gone silent, "
            "and who lies. Most tutorials show you how to hang it up. This course teaches you to "
            "read it.\n\n"
            "You predict. You tweak real data. You see what is true, and why the other thing was "
            "so tempting."
        )
        _offer_to_go_on(course, progress)
    with picture:
        show_cover(
            cover, "A correlation heatmap as tutorials draw it, of eleven highway variables."
        )
        st.caption(
            "The picture that every tutorial shows, on real highways. It misleads in more than one "
            "way. By the end of lesson one you will have found them."
        )
    st.markdown("## The course", anchors=False)
    for number, lesson in enumerate(course.lessons, 1):
        _show_lesson(number, lesson, progress)


def _offer_to_go_on(course: Course, progress: Progress) -> None:
    first = course.lessons[0]
    lesson, step = progress.last or (first.slug, "")
    known = lesson in (known.slug for known in course.lessons)
    if progress.last is None or not known:
        st.page_link(
            f"screens/{first.slug}.py",
            label="**Begin with lesson one**",
            icon=":material/play_arrow:",
        )
        return
    names = {dot.step: dot.name for dot in dots(course.lesson(lesson), progress.lesson(lesson))}
    st.page_link(
        f"screens/{lesson}.py",
        label=f"**Continue where you left off:** {names.get(step, course.lesson(lesson).title)}",
        icon=":material/play_arrow:",
        query_params={"step": step} if step in names else None,
    )


def _show_lesson(number: int, lesson: Lesson, progress: Progress) -> None:
    record = progress.lesson(lesson.slug)
    with st.container(border=True, key=f"map-{lesson.slug}"):
        about, steps = st.columns([5, 6], gap="large")
        with about:
            st.markdown(f"### {number} · {lesson.title}", anchors=False)
            st.caption(f"{lesson_icon(lesson, record)} about {lesson.minutes} minutes")
            st.markdown("\n".join(f"- {objective}" for objective in lesson.objectives))
        with steps, st.container(gap=None):
            for dot in dots(lesson, record):
                st.page_link(
                    f"screens/{lesson.slug}.py",
                    label=dot.name,
                    icon=_STANDING_ICONS[dot.standing],
                    help=dot.standing,
                    query_params={"step": dot.step},
                )
