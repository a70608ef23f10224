"""Where a learner stands in the course: what comes next, what is weak, what was kept and noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..course import QUIZ, Course, Lesson, Misconception, Part, Progress, Station, stations

_MOST_WEAK = 3


@dataclass(frozen=True)
class Next:
    """The station that comes next.

    part   to which it belongs; None for the quiz
    """

    lesson: Lesson
    station: Station
    part: Part | None

    @property
    def minutes(self) -> int:
        """About how long the part takes; what is left of a lesson is its quiz."""
        return self.part.minutes if self.part is not None else _QUIZ_MINUTES


_QUIZ_MINUTES = 5


def next_up(course: Course, progress: Progress) -> Next | None:
    """What comes next: from where the learner was last onwards, and then what was left out.

    None where all is done.
    """
    every = [
        (lesson, station)
        for lesson in course.lessons
        for station in stations(lesson, progress.lesson(lesson.slug))
    ]
    places = [(lesson.slug, station.slug) for lesson, station in every]
    start = places.index(progress.last) if progress.last in places else 0
    for lesson, station in every[start:] + every[:start]:
        if station.standing == "open" or _is_tried(progress, lesson, station):
            return Next(lesson, station, _part_of(lesson, station.slug))
    for lesson, station in every:
        if station.standing == "skipped":
            return Next(lesson, station, _part_of(lesson, station.slug))
    return None


def _is_tried(progress: Progress, lesson: Lesson, station: Station) -> bool:
    """Whether only the prediction was skipped, and the task was tried and is not yet passed."""
    attempts = progress.step(lesson.slug, station.slug).attempts
    return station.standing == "skipped" and attempts > 0


def _part_of(lesson: Lesson, station: str) -> Part | None:
    if station == QUIZ:
        return None
    return next(part for part in lesson.parts if station in [stop.slug for stop in part.stops])


def weak_spots(course: Course, progress: Progress) -> Sequence[Misconception]:
    """What was got wrong last and has not been put right, as far as the course still has it."""
    known = (course.misconceptions.get(slug) for slug in progress.records.weak)
    return [each for each in known if each is not None][:_MOST_WEAK]


@dataclass(frozen=True)
class Kept:
    """A step with a bookmark or a note."""

    lesson: Lesson
    slug: str
    title: str
    bookmarked: bool
    note: str


def kept(course: Course, progress: Progress) -> Iterator[Kept]:
    """Steps with a bookmark or a note, in the order of the course."""
    for lesson in course.lessons:
        for station in stations(lesson, progress.lesson(lesson.slug)):
            record = progress.step(lesson.slug, station.slug)
            if record.bookmarked or record.note:
                yield Kept(lesson, station.slug, station.title, record.bookmarked, record.note)
