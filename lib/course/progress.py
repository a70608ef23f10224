"""What a learner has done: recorded, never enforced, and theirs to carry away.

Progress is made of events. What happened lately is kept event by event, so that two tabs can put
together what each has seen; what lies further back is kept as what followed from it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from lib.course.controls import Value
from lib.course.events import (
    Answered,
    Event,
    Hinted,
    Opened,
    Passed,
    Predicted,
    Shown,
    Tried,
    moment,
)

MOST_EVENTS = 200
"""How many events are kept one by one; then the older half is folded into the records."""


@dataclass(frozen=True)
class StepRecord:
    """What happened in one step.

    said            the prediction on show: an index or a number as text, "skip", or None
    predicted       whether this learner committed to a prediction
    right           whether the first prediction of their own was right
    attempts        settings tried while the task was open
    hints           hints read
    solution_shown  whether the solution was asked for
    passed          whether the task was passed
    values          controls and answers as they were left, where they differ from their defaults
    misconceptions  those that predictions and attempts showed, the first first
    opened, seen, passed_at   when it was first opened, last on the screen, and passed; None if not
    extra           what a newer version of the course has written
    """

    said: str | None = None
    predicted: bool = False
    right: bool | None = None
    attempts: int = 0
    hints: int = 0
    solution_shown: bool = False
    passed: bool = False
    values: Mapping[str, Value] = field(default_factory=dict)
    misconceptions: tuple[str, ...] = ()
    opened: float | None = None
    seen: float | None = None
    passed_at: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def after(self, event: Event) -> StepRecord:
        """The record with what follows from one more event."""
        seen = replace(self, seen=event.at)
        match event:
            case Opened():
                return replace(seen, opened=event.at if self.opened is None else self.opened)
            case Predicted(own=False):
                return replace(seen, said=event.said)
            case Predicted():
                return _after_prediction(seen, event)
            case Hinted():
                return replace(seen, hints=self.hints + 1)
            case Shown():
                return replace(seen, solution_shown=True)
            case Tried():
                return _after_attempt(seen, event)
            case Passed():
                passed_at = event.at if self.passed_at is None else self.passed_at
                return replace(seen, passed=True, passed_at=passed_at)
            case _:
                return seen

    def _with(self, misconception: str | None) -> tuple[str, ...]:
        if misconception is None or misconception in self.misconceptions:
            return self.misconceptions
        return (*self.misconceptions, misconception)


def _after_prediction(record: StepRecord, event: Predicted) -> StepRecord:
    return replace(
        record,
        said=event.said,
        predicted=record.predicted or event.right is not None,
        right=event.right if record.right is None else record.right,
        misconceptions=record._with(event.misconception),
    )


def _after_attempt(record: StepRecord, event: Tried) -> StepRecord:
    return replace(
        record,
        values=dict(event.values),
        attempts=record.attempts + (event.counts and not record.passed),
        misconceptions=record._with(event.misconception),
    )


@dataclass(frozen=True)
class LessonRecord:
    """What happened in one lesson.

    steps      by slug
    quiz       the answers tried for each question, first to last
    answered   when each question was answered last
    """

    steps: Mapping[str, StepRecord] = field(default_factory=dict)
    quiz: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    answered: Mapping[str, float] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def step(self, slug: str) -> StepRecord:
        return self.steps.get(slug) or StepRecord()

    def after(self, event: Event) -> LessonRecord:
        """The record with what follows from one more event."""
        if isinstance(event, Answered):
            return self._after_answer(event)
        return replace(self, steps={**self.steps, event.step: self.step(event.step).after(event)})

    def _after_answer(self, event: Answered) -> LessonRecord:
        """The same answer again is not another try."""
        tried = self.quiz.get(event.question, ())
        if tried[-1:] != (event.answer,):
            tried = (*tried, event.answer)
        return replace(
            self,
            quiz={**self.quiz, event.question: tried},
            answered={**self.answered, event.question: event.at},
        )


@dataclass(frozen=True)
class Records:
    """What followed from some events: a record for each lesson, and where the learner was last."""

    last: tuple[str, str] | None = None
    lessons: Mapping[str, LessonRecord] = field(default_factory=dict)

    def after(self, event: Event) -> Records:
        """The records with what follows from one more event."""
        lesson = (self.lessons.get(event.lesson) or LessonRecord()).after(event)
        return Records(
            (event.lesson, event.step) if isinstance(event, Opened) else self.last,
            {**self.lessons, event.lesson: lesson},
        )


def _after_all(records: Records, events: Iterable[Event]) -> Records:
    return reduce(Records.after, events, records)


@dataclass(frozen=True)
class Progress:
    """Everything that a learner has done in one course.

    seed      shuffles quiz answers, the same way for this learner each time
    base      what followed from all that happened until `until`
    events    what has happened since, in the order of time
    until     a time in seconds since 1970 (UTC); 0 for none
    replaced  when this progress took the place of another, as a file does that is loaded; else 0
    foreign   events of a newer version of the course, as they were written
    extra     what else a newer version has written
    records   what followed from everything

    Examples
    --------
    >>> progress = Progress("demo").apply(Passed(at=1.0, lesson="five_steps", step="mask"))
    >>> progress.step("five_steps", "mask").passed
    True
    """

    course: str
    seed: int = field(default_factory=lambda: secrets.randbelow(2**31))
    base: Records = field(default_factory=Records)
    events: tuple[Event, ...] = ()
    until: float = 0.0
    replaced: float = 0.0
    foreign: tuple[Mapping[str, Any], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    records: Records = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "records", _after_all(self.base, self.events))

    @property
    def last(self) -> tuple[str, str] | None:
        """Lesson and step that were opened last."""
        return self.records.last

    def lesson(self, lesson: str) -> LessonRecord:
        return self.records.lessons.get(lesson) or LessonRecord()

    def step(self, lesson: str, step: str) -> StepRecord:
        return self.lesson(lesson).step(step)

    def apply(self, *events: Event) -> Progress:
        """The progress after these events as well.

        One that is there already, or lies so far back that it is folded, changes nothing.
        """
        known = set(self.events)
        new = {event for event in events if event not in known and event.at > self.until}
        if not new:
            return self
        return replace(self, events=tuple(sorted(known | new, key=moment)))._folded()

    def _folded(self) -> Progress:
        """The same, with the older half of too many events in the base."""
        if len(self.events) <= MOST_EVENTS:
            return self
        until = self.events[-MOST_EVENTS // 2 - 1].at
        old = [event for event in self.events if event.at <= until]
        return replace(
            self, base=_after_all(self.base, old), events=self.events[len(old) :], until=until
        )

    def merge(self, other: Progress) -> Progress:
        """What this one and another of the same learner hold together, whichever is asked.

        Where one of them took the place of a progress, what the other did before that is gone.
        """
        newer, older = sorted((self, other), key=_precedence, reverse=True)
        since = newer.replaced if newer.replaced > older.replaced else 0.0
        foreign = [*newer.foreign, *(each for each in older.foreign if each not in newer.foreign)]
        return replace(
            newer,
            foreign=tuple(sorted(foreign, key=repr)),
            extra={**older.extra, **newer.extra},
        ).apply(*(event for event in older.events if event.at > since))


def _precedence(progress: Progress) -> tuple[Any, ...]:
    """Which of two has the base that holds more; the rest only decides the same way for both."""
    return (
        progress.replaced,
        progress.until,
        bool(progress.base.lessons),
        len(progress.events),
        repr(progress),
    )
