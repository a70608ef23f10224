"""What followed from what a learner did: a record a step, a lesson, and where they were last."""

from __future__ import annotations

from collections.abc import Mapping
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
    Restarted,
    Shown,
    Tried,
)


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
    opened, seen, predicted_at, passed_at   when it was first opened, last on the screen, first
                    predicted by themselves, and passed; None if not
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
    predicted_at: float | None = None
    passed_at: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def after(self, event: Event) -> StepRecord:
        """The record with what follows from one more event."""
        seen = replace(self, seen=event.at)
        match event:
            case Opened():
                return replace(seen, opened=event.at if self.opened is None else self.opened)
            case Restarted():
                return replace(seen, said=None, values={})
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
    record = replace(record, said=event.said, misconceptions=record._with(event.misconception))
    if event.right is None or record.predicted:
        return record
    return replace(record, predicted=True, right=event.right, predicted_at=event.at)


def _after_attempt(record: StepRecord, event: Tried) -> StepRecord:
    return replace(
        record,
        values=dict(event.values),
        attempts=record.attempts + (event.counts and not record.passed),
        misconceptions=record._with(event.misconception),
    )


# One for all: every dot of every lesson is drawn with every move.
_NOTHING_DONE = StepRecord()


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
        return self.steps.get(slug, _NOTHING_DONE)

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

    def after(self, *events: Event) -> Records:
        """The records with what follows from more events."""
        return reduce(Records._after_one, events, self)

    def _after_one(self, event: Event) -> Records:
        lesson = (self.lessons.get(event.lesson) or LessonRecord()).after(event)
        return Records(
            (event.lesson, event.step) if isinstance(event, Opened) else self.last,
            {**self.lessons, event.lesson: lesson},
        )
