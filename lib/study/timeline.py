"""What was done when, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..course import Course, Progress, day_of

_WORDS: Mapping[str, tuple[str, str]] = {
    "predicted": ("prediction", "predictions"),
    "answered": ("answer in a quiz", "answers in quizzes"),
    "practised": ("exercise", "exercises"),
    "reviewed": ("card", "cards"),
    "raced": ("round of speed", "rounds of speed"),
}


@dataclass(frozen=True)
class Day:
    """One day (UTC).

    passed   the titles of the steps that were passed on it, by lesson
    counts   what else was done, in words
    """

    date: str
    passed: Mapping[str, Sequence[str]]
    counts: str


def timeline(course: Course, progress: Progress) -> list[Day]:
    """The days on which something was done, the latest first."""
    passed = _passed(course, progress)
    days = progress.records.days
    return [
        Day(date, passed.get(date, {}), _counted(days.get(date, {})))
        for date in sorted({*passed, *days}, reverse=True)
    ]


def _passed(course: Course, progress: Progress) -> dict[str, dict[str, list[str]]]:
    passed: dict[str, dict[str, list[str]]] = {}
    for lesson in course.lessons:
        for stop in lesson.stops:
            at = progress.step(lesson.slug, stop.slug).passed_at
            if at is not None:
                passed.setdefault(day_of(at), {}).setdefault(lesson.title, []).append(stop.title)
    return passed


def _counted(counts: Mapping[str, int]) -> str:
    """What was counted on a day, in words.

    >>> _counted({"practised": 3, "reviewed": 1, "passed": 2})
    '3 exercises, 1 card'
    """
    return ", ".join(
        f"{counts[name]} {words[counts[name] != 1]}"
        for name, words in _WORDS.items()
        if counts.get(name)
    )
