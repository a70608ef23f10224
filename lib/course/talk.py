"""A talk: steps of the course in the order of whoever presents them, kept as an address."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, groupby

from .course_map import StepAddress
from .lesson import Course, Lesson, Part
from .predict import Predict
from .step import Step

TALK_MINUTES = (10, 20, 45)
"""The minutes for which a talk is planned."""
MOST_STOPS = 60
_MOST_LETTERS = 4_000
_MINUTES = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_BETWEEN_LESSONS, _BETWEEN_STEPS = "~", "."


@dataclass(frozen=True)
class Talk:
    """The steps of a talk in order, each once, and the minutes that there are for it.

    left_out   how much of its address the course does not have, or the talk has no room for

    >>> talk = Talk((StepAddress("methods", "four_panels"), StepAddress("methods", "one_row")), 10)
    >>> talk.neighbours(StepAddress("methods", "one_row"))
    (StepAddress(lesson='methods', step='four_panels'), None)
    """

    stops: tuple[StepAddress, ...]
    minutes: int
    left_out: int = field(default=0, compare=False)

    @property
    def written(self) -> str:
        """The talk as a short text for an address; `read_talk` reads it.

        >>> Talk((StepAddress("methods", "four_panels"), StepAddress("methods", "one_row")), 10
        ... ).written
        '10~methods.four_panels.one_row'
        """
        runs = (
            _BETWEEN_STEPS.join([lesson, *(stop.step for stop in stops)])
            for lesson, stops in groupby(self.stops, key=lambda stop: stop.lesson)
        )
        return _BETWEEN_LESSONS.join([str(self.minutes), *runs])

    def neighbours(self, stop: StepAddress) -> tuple[StepAddress | None, StepAddress | None]:
        """The stops before and after this one; None where there is none.

        After a step that is not in the talk comes its first one.
        """
        if stop not in self.stops:
            return None, next(iter(self.stops), None)
        at = self.stops.index(stop)
        return (self.stops[at - 1] if at else None), next(iter(self.stops[at + 1 :]), None)


def read_talk(course: Course, text: str) -> Talk | None:
    """The talk that a text holds; None where it holds none.

    Whoever wrote the address may have written anything. Steps that the course does not have are
    left out, and so are repeated ones and what comes after the sixtieth.
    """
    minutes, *runs = text[: _MOST_LETTERS + 1].split(_BETWEEN_LESSONS)
    if len(text) > _MOST_LETTERS or not _MINUTES.fullmatch(minutes):
        return None
    named = [
        StepAddress(lesson, step)
        for lesson, *steps in (run.split(_BETWEEN_STEPS) for run in runs)
        for step in steps
    ]
    known = {
        StepAddress(lesson.slug, stop.slug) for lesson in course.lessons for stop in lesson.stops
    }
    stops = tuple(stop for stop in dict.fromkeys(named) if stop in known)[:MOST_STOPS]
    return Talk(stops, int(minutes), left_out=len(named) - len(stops)) if stops else None


def plan(lesson: Lesson, minutes: int) -> Talk:
    """A proposal for a talk of so many minutes about a lesson.

    The first step begins it. Of the others those come first that a room answers wrongly: whose
    question has a wrong choice that tempts most people. Then come those that ask for a number, then
    those whose tempting choice is right, and last those that ask nothing. Among equals the earlier
    one comes first. Each that still fits into the minutes is taken, and all are shown in the order
    of the lesson. What a learner does alone at the end of a lesson is no part of a talk, and
    neither is the quiz.
    """
    times = minutes_of(lesson)
    first, *others = [step for step in lesson.steps if not _is_on_ones_own(lesson, step)]
    taken, left = {first.slug}, minutes - times[first.slug]
    for step in sorted(others, key=_last_to_be_taken):
        if times[step.slug] <= left:
            taken.add(step.slug)
            left -= times[step.slug]
    stops = (StepAddress(lesson.slug, stop.slug) for stop in lesson.stops if stop.slug in taken)
    return Talk(tuple(stops), minutes)


def _last_to_be_taken(step: Step) -> int:
    """How late a step is taken into a talk, from 0. A right choice names no misconception."""
    question = step.predict
    if question is None:
        return 3
    if not isinstance(question, Predict):
        return 1
    tempting = (each for each in question.choices if each.tempting)
    return 0 if any(each.misconception is not None for each in tempting) else 2


def _is_on_ones_own(lesson: Lesson, step: Step) -> bool:
    return step.predict is None and step.slug == lesson.stops[-1].slug


@cache
def minutes_of(lesson: Lesson) -> Mapping[str, int]:
    """About how many minutes each step takes, by its slug: a minute or more.

    A lesson says how long its parts take. The minutes of a part are shared among its steps:
    equally, but where lines are written, and at the end where a learner is alone, a step takes
    twice as long. They are whole minutes, and those of a part add up to the part's.
    """
    return {
        slug: minutes for part in lesson.parts for slug, minutes in _shared_minutes(lesson, part)
    }


def _shared_minutes(lesson: Lesson, part: Part) -> Iterator[tuple[str, int]]:
    shares = [2 if step.writes or _is_on_ones_own(lesson, step) else 1 for step in part.steps]
    ends = [round(part.minutes * share / sum(shares)) for share in accumulate(shares)]
    for stop, begin, end in zip(part.stops, [0, *ends], ends, strict=False):
        yield stop.slug, max(end - begin, 1)
