"""The screen: the only part of lib that knows Streamlit.

What the pages call. Each call enters the frame first, and imports what it draws with only then, so
that no page waits for another's.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..course import Course, Lesson
from .frame import enter_frame, open_app
from .pages import Screen
from .session import is_restored
from .warm import preload_plotly

if TYPE_CHECKING:
    from .lab.state import Bundled

__all__ = [
    "Screen",
    "open_app",
    "show_cards",
    "show_class",
    "show_critic",
    "show_home",
    "show_lab",
    "show_lesson",
    "show_map",
    "show_practice",
    "show_progress",
    "show_search",
    "show_speed",
    "show_stage",
]


def show_home(course: Course) -> None:
    """What this is, where you left off, and the map of the course."""
    enter_frame()
    from . import home

    home.show_home(course)


def show_lesson(course: Course, lesson: Lesson) -> None:
    """The step of the lesson that the address names."""
    above = enter_frame()
    # A browser that has not answered has not loaded what draws figures.
    if not is_restored():
        with above:
            preload_plotly()
    from . import lesson as page

    page.show_lesson(course, lesson)


def show_cards(course: Course) -> None:
    """The cards that are due, one at a time."""
    enter_frame()
    from .study import cards

    cards.show_cards(course)


def show_class(course: Course) -> None:
    """A class: its door, or the room that the address names."""
    enter_frame()
    from .room import page

    page.show_class(course)


def show_progress(course: Course) -> None:
    """What the learner did: to download and to load, to look through, and to show."""
    enter_frame()
    from . import progress_file
    from .study import certificate, diary

    progress_file.show_progress(course)
    diary.show_diary(course)
    certificate.show_certificate(course)


def show_lab(course: Course, tables: "Mapping[str, Bundled]") -> None:
    """Every instrument on any table; `tables` are those that come with the course."""
    enter_frame()
    from .lab import page

    page.show_lab(course, tables)


def show_critic(course: Course) -> None:
    """What a reviewer would say of a heatmap's code; the steps that show it are the course's."""
    enter_frame()
    from .critic import page

    page.show_critic(course)


def show_practice(course: Course) -> None:
    """Exercises with fresh numbers, one after the other."""
    enter_frame()
    from .study import practice

    practice.show_practice(course)


def show_speed(course: Course) -> None:
    """Scatter plots to be judged against the clock."""
    enter_frame()
    from .study import speed

    speed.show_speed(course)


def show_search(course: Course) -> None:
    """Where the course speaks of something."""
    enter_frame()
    from .study import search

    search.show_search(course)


def show_map(course: Course) -> None:
    """Measures by kinds of columns, pitfalls with their cures."""
    enter_frame()
    from .study import course_map

    course_map.show_map(course)


def show_stage(course: Course) -> None:
    """A talk, to be put together and presented; or the window of whoever presents it."""
    enter_frame()
    from .stage import speaker

    if speaker.is_speakers():
        speaker.show_speaker(course)
        return
    from . import talk

    talk.show_talk(course)
