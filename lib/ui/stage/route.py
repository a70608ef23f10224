"""Where a presentation goes next: along its talk, or along the lesson where it has none."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import streamlit as st

from ...course import (
    MOST_STOPS,
    Course,
    Lesson,
    Progress,
    Station,
    StepAddress,
    Talk,
    neighbours,
    read_talk,
    stations,
)
from .. import address
from ..corrections import note_correction
from ..pages import open_page

_NO_TALK = "The address holds no talk that can be read."
_LEFT_OUT = (
    "The address names steps that cannot be in this talk: the course does not have them, they "
    f"stand there twice, or they come after the first {MOST_STOPS}. They were left out."
)


def talk_in_address(course: Course, instead: str = "Here is the lesson as it is.") -> Talk | None:
    """The talk that the address holds, if it holds one; what is wrong with it is put right.

    `instead` says what there is where it cannot be read.
    """
    written = address.talk_in_address()
    if written is None:
        return None
    talk = read_talk(course, written)
    if talk is None:
        note_correction(f"{_NO_TALK} {instead}")
    elif talk.left_out:
        note_correction(_LEFT_OUT)
    address.hold_talk(talk.written if talk else None)
    return talk


def beside(
    talk: Talk | None, lesson: Lesson, station: str
) -> tuple[StepAddress | None, StepAddress | None]:
    """What comes before and after a station: in the talk, or else in its lesson."""
    if talk is not None:
        return talk.neighbours(StepAddress(lesson.slug, station))
    before, after = neighbours(lesson, station)
    return _within(lesson, before), _within(lesson, after)


def yet_to_come(talk: Talk | None, lesson: Lesson, station: str) -> Sequence[StepAddress]:
    """All steps after a station: of the talk, or else of its lesson."""
    here = StepAddress(lesson.slug, station)
    every = [StepAddress(lesson.slug, stop.slug) for stop in lesson.stops]
    if talk is not None:
        every = list(talk.stops)
        # From a step that is not in the talk the way leads to its first one.
        return every[every.index(here) + 1 :] if here in every else every
    return every[every.index(here) + 1 :] if here in every else []


def stations_of_talk(course: Course, talk: Talk, progress: Progress) -> list[Station]:
    """The stops of a talk as stations, each with its whole address for a slug."""
    return [
        replace(station, slug=".".join(stop))
        for stop in talk.stops
        for station in stations(course.lesson(stop.lesson), progress.lesson(stop.lesson))
        if station.slug == stop.step
    ]


def runs_of_talk(course: Course, talk: Talk) -> list[tuple[str, int]]:
    """How many stops stand together that are of one lesson, each run with that lesson's title."""
    runs = groupby(talk.stops, key=lambda stop: stop.lesson)
    return [(course.lesson(lesson).title, len(list(stops))) for lesson, stops in runs]


def place_in_talk(talk: Talk, stop: StepAddress) -> str:
    """How far a talk is.

    >>> here = StepAddress("methods", "one_row")
    >>> place_in_talk(Talk((here,), 10), here)
    '1 of 1'
    """
    count = len(talk.stops)
    return f"{talk.stops.index(stop) + 1} of {count}" if stop in talk.stops else f"{count} steps"


def _within(lesson: Lesson, station: str | None) -> StepAddress | None:
    return None if station is None else StepAddress(lesson.slug, station)


def go_to(here: str, to: StepAddress) -> None:
    """Open a step, in this lesson or in another: the presentation goes on. For callbacks."""
    if to.lesson == here:
        address.go_to(to.step)
        return
    kept = {name: st.query_params[name] for name in address.STAYING if name in st.query_params}
    open_page(to.lesson, {address.STEP: to.step, **kept})
