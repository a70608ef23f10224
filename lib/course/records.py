"""What followed from what a learner did: a record a step, a lesson, and where they were last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce
from typing import Any

from .controls import Value
from .events import (
    Answered,
    Bookmarked,
    Event,
    Hinted,
    Noted,
    Opened,
    Passed,
    Practised,
    Predicted,
    Raced,
    Restarted,
    Reviewed,
    Shown,
    StepEvent,
    Tried,
)
from .slips import Slip, slips_after

MOST_GUESSES = 60
"""How many guesses of a challenge are kept: the last."""


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
    bookmarked, bookmarked_at   whether it has a bookmark, and when that was set or taken away
    note, noted_at  what the learner noted, and when
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
    bookmarked: bool = False
    bookmarked_at: float | None = None
    note: str = ""
    noted_at: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def after(self, event: StepEvent) -> StepRecord:
        """The record with what follows from one more event."""
        match event:
            # These can be done from afar.
            case Bookmarked():
                return replace(self, bookmarked=event.on, bookmarked_at=event.at)
            case Noted():
                return replace(self, note=event.text, noted_at=event.at)
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
class PracticeRecord:
    """What came of one kind of exercise.

    asked   how often it was answered
    right   how often rightly
    row     right answers in a row, up to now
    at      when it was answered last
    draw    the last draw that was answered; later ones are fresh
    extra   what a newer version of the course has written
    """

    asked: int = 0
    right: int = 0
    row: int = 0
    at: float = 0.0
    draw: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)

    def after(self, event: Practised) -> PracticeRecord:
        """The record with one more answer."""
        return replace(
            self,
            asked=self.asked + 1,
            right=self.right + event.right,
            row=self.row + 1 if event.right else 0,
            at=event.at,
            draw=max(self.draw, event.draw),
        )


@dataclass(frozen=True)
class LessonRecord:
    """What happened in one lesson.

    steps      by slug
    quiz       the answers tried for each question, first to last
    answered   when each question was answered last
    practice   what came of each kind of exercise, by slug
    """

    steps: Mapping[str, StepRecord] = field(default_factory=dict)
    quiz: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    answered: Mapping[str, float] = field(default_factory=dict)
    practice: Mapping[str, PracticeRecord] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def step(self, slug: str) -> StepRecord:
        return self.steps.get(slug, _NOTHING_DONE)

    def after(self, event: StepEvent) -> LessonRecord:
        """The record with what follows from one more event."""
        if isinstance(event, Answered):
            return self._after_answer(event)
        if isinstance(event, Practised):
            record = self.practice.get(event.step, PracticeRecord()).after(event)
            return replace(self, practice={**self.practice, event.step: record})
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
class CardRecord:
    """When a card was turned last, and when it comes back.

    at        when it was turned last
    first     when first
    reviews   how often
    rating, due, stability, difficulty, state   as the last `Reviewed` has them
    extra     what a newer version of the course has written
    """

    rating: int
    due: float
    stability: float
    difficulty: float
    state: int
    at: float
    first: float
    reviews: int = 1
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RaceRecord:
    """What came of one speed challenge.

    count     how often it was finished
    best      the highest score
    at        when it was finished last
    guesses   what was true and what was said: the last ones, first to last
    extra     what a newer version of the course has written
    """

    count: int = 0
    best: int = 0
    at: float = 0.0
    guesses: tuple[tuple[float, float], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def after(self, event: Raced) -> RaceRecord:
        """The record with one more race."""
        return replace(
            self,
            count=self.count + 1,
            best=max(self.best, event.score),
            at=event.at,
            guesses=(*self.guesses, *event.guesses)[-MOST_GUESSES:],
        )


@dataclass(frozen=True)
class Records:
    """What followed from some events.

    last      lesson and step that were opened last
    lessons   a record for each lesson, by slug
    slips     what was got wrong, by misconception
    cards     by slug
    races     by challenge
    days      how often what was done, by the name of its kind of event, by day (UTC) as text

    Examples
    --------
    >>> here = {"lesson": "five_steps", "step": "mask"}
    >>> wrong = Predicted(at=1.0, **here, said="0", right=False, misconception="mask_is_beauty")
    >>> Records().after(wrong).weak
    ('mask_is_beauty',)
    >>> Records().after(wrong, Passed(at=2.0, **here)).days
    {'1970-01-01': {'predicted': 1, 'passed': 1}}
    """

    last: tuple[str, str] | None = None
    lessons: Mapping[str, LessonRecord] = field(default_factory=dict)
    slips: Mapping[str, Slip] = field(default_factory=dict)
    cards: Mapping[str, CardRecord] = field(default_factory=dict)
    races: Mapping[str, RaceRecord] = field(default_factory=dict)
    days: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def weak(self) -> tuple[str, ...]:
        """The misconceptions that were shown and not put right since, the latest first."""
        open_ones = [(slip.at, slug) for slug, slip in self.slips.items() if slip.is_open]
        return tuple(slug for _, slug in sorted(open_ones, reverse=True))

    def after(self, *events: Event) -> Records:
        """The records with what follows from more events."""
        return reduce(Records._after_one, events, self)

    def _after_one(self, event: Event) -> Records:
        days = _days_after(self.days, event)
        match event:
            case StepEvent():
                lesson = self.lessons.get(event.lesson) or LessonRecord()
                is_passed = lesson.step(event.step).passed
                return replace(
                    self,
                    last=(event.lesson, event.step) if isinstance(event, Opened) else self.last,
                    lessons={**self.lessons, event.lesson: lesson.after(event)},
                    slips=slips_after(self.slips, event, is_passed=is_passed),
                    days=days,
                )
            case Reviewed():
                return replace(
                    self,
                    cards={**self.cards, event.card: _turned(self.cards.get(event.card), event)},
                    slips=slips_after(self.slips, event),
                    days=days,
                )
            case Raced():
                race = self.races.get(event.challenge, RaceRecord()).after(event)
                return replace(self, races={**self.races, event.challenge: race}, days=days)
            case _:
                raise TypeError(event)


def _turned(record: CardRecord | None, event: Reviewed) -> CardRecord:
    return CardRecord(
        event.rating,
        event.due,
        event.stability,
        event.difficulty,
        event.state,
        event.at,
        first=event.at if record is None else record.first,
        reviews=1 if record is None else record.reviews + 1,
        extra={} if record is None else record.extra,
    )


_END_OF_CALENDAR = datetime(9999, 12, 31, tzinfo=UTC).timestamp()


def day_of(at: float) -> str:
    """The day (UTC) of a time, as text.

    >>> day_of(86_400.0)
    '1970-01-02'
    """
    return datetime.fromtimestamp(min(at, _END_OF_CALENDAR), UTC).date().isoformat()


_COUNTED = (Predicted, Passed, Answered, Practised, Reviewed, Raced)


def _days_after(days: Mapping[str, Mapping[str, int]], event: Event) -> Mapping[str, Any]:
    if not isinstance(event, _COUNTED) or (isinstance(event, Predicted) and event.right is None):
        return days
    day = day_of(event.at)
    done = days.get(day, {})
    return {**days, day: {**done, event.kind: done.get(event.kind, 0) + 1}}
