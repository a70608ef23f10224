"""Home: what this is, where you left off, and the map of the course."""

import time

import streamlit as st

from ..course import Course, Lesson, Progress, done_count, stations
from ..study import cards_of, due
from ..study.going_on import Next, next_up, weak_spots
from .components.course_map import MapEntry, course_map
from .pages import lesson_page, screen_page
from .prose import show_prose
from .session import progress_of
from .short import say_lost

_COVER = """
<img src="app/static/cover-{theme}.svg" width="700" height="590"
  style="display: block; width: 100%; max-width: 700px; height: auto"
  alt="A correlation heatmap as tutorials draw it, of eleven highway variables.">
"""


def show_home(course: Course) -> None:
    say_lost()
    progress = progress_of(course)
    text, picture = st.columns([5, 6], gap="large", vertical_alignment="center")
    with text:
        st.markdown(
            f"# {course.title}\n\n"
            "A heatmap is your data's gossip board: who talks non-stop, who has gone silent, "
            "and who lies. Most tutorials show you how to hang it up. This course teaches you to "
            "read it.\n\n"
            "You predict. You tweak real data. You see what is true, and why the other thing was "
            "so tempting.",
            anchors=False,
        )
        _offer_to_go_on(course, progress)
    with picture:
        st.html(_COVER.format(theme=st.context.theme.type or "light"))
        st.caption(
            "The picture that every tutorial shows, on real highways. It misleads in more than one "
            "way. By the end of lesson one you will have found them."
        )
    st.markdown("## The course", anchors=False)
    asked = course_map(
        [_entry(number, lesson, progress) for number, lesson in enumerate(course.lessons, 1)],
        key="course-map",
    )
    if asked is not None:
        _open(course, *asked)
    _offer_words(course)


def _offer_words(course: Course) -> None:
    """The glossary, lesson by lesson, for those who look something up."""
    words = st.expander("The words of the course", key="words", on_change="rerun")
    if words.open:
        for lesson in course.lessons:
            terms = [term for term in course.glossary.terms if term.lesson == lesson.slug]
            lines = (f"- **{term.names[0]}**: {term.meaning}" for term in terms)
            words.markdown("\n".join([f"**{lesson.title}**\n", *lines]))


def _open(course: Course, lesson: str, step: str | None) -> None:
    """Open a lesson of the map, if it is one: a browser may send anything."""
    if lesson in (known.slug for known in course.lessons):
        st.switch_page(lesson_page(lesson), query_params={} if step is None else {"step": step})


def _offer_to_go_on(course: Course, progress: Progress) -> None:
    """What comes next and how long it takes; then what waits besides, for who has begun."""
    following = next_up(course, progress)
    if following is None:
        st.markdown("**You have been through all of it.** What is left is to keep it.")
    elif progress.last is None:
        _link(lesson_page(following.lesson.slug), "**Begin with lesson one**", None)
    else:
        label = f"**Continue:** {following.station.title}"
        _link(lesson_page(following.lesson.slug), label, {"step": following.station.slug})
        st.caption(_about(course, following))
    if progress.last is not None:
        _offer_to_repeat(course, progress)


def _link(page: str, label: str, parameters: dict[str, str] | None) -> None:
    st.page_link(page, label=label, icon=":material/play_arrow:", query_params=parameters)


def _about(course: Course, following: Next) -> str:
    """The lesson and the part of what comes next, and how long that part takes."""
    number = course.lessons.index(following.lesson) + 1
    part = "the quiz" if following.part is None else following.part.title
    return f"Lesson {number}, {following.lesson.title} · {part} · about {following.minutes} minutes"


def _offer_to_repeat(course: Course, progress: Progress) -> None:
    count = len(due(cards_of(course), progress.records, time.time()))
    if count:
        st.page_link(
            screen_page("cards"),
            label=f"{count} {'card' if count == 1 else 'cards'} for today",
            icon=":material/style:",
        )
    st.page_link(
        screen_page("practice"), label="Practise with fresh numbers", icon=":material/exercise:"
    )
    weak = weak_spots(course, progress)
    if weak:
        st.markdown("Worth another look, since you got it wrong there:")
    for number, misconception in enumerate(weak):
        stops = course.lesson(misconception.lesson).stops
        title = next(stop.title for stop in stops if stop.slug == misconception.step)
        with st.container(key=f"weak-{number}", gap=None):
            st.page_link(
                lesson_page(misconception.lesson),
                label=title,
                icon=":material/replay:",
                query_params={"step": misconception.step},
            )
            show_prose(f":small[:gray[*{misconception.belief}*]]")


def _entry(number: int, lesson: Lesson, progress: Progress) -> MapEntry:
    record = progress.lesson(lesson.slug)
    every = stations(lesson, record)
    done = done_count(lesson, record)
    about = f"about {lesson.minutes} minutes"
    return MapEntry(
        lesson=lesson.slug,
        title=f"{number} · {lesson.title}",
        about=f"{about} · {done} of {len(every)} done" if done else about,
        objectives=lesson.objectives,
        stations=every,
    )
