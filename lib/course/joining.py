"""Two records of one learner put together, so that nothing that was done in either is lost.

The same comes out whichever is asked, and to put the same together twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from .records import (
    CardRecord,
    LessonRecord,
    PracticeRecord,
    RaceRecord,
    Records,
    StepRecord,
)
from .slips import Slip

Kept = TypeVar("Kept")


def join(one: Records, other: Records) -> Records:
    """What two records of one learner hold together: nothing that was done in either is lost."""
    lessons = {
        slug: _join_lessons(one.lessons.get(slug), other.lessons.get(slug))
        for slug in sorted({*one.lessons, *other.lessons})
    }
    return Records(
        last=max((one.last, other.last), key=partial(_seen, lessons)),
        lessons=lessons,
        slips=_by_key(one.slips, other.slips, _join_slips),
        cards=_by_key(one.cards, other.cards, _join_cards),
        races=_by_key(one.races, other.races, _join_races),
        days=_by_key(one.days, other.days, lambda a, b: _by_key(a, b, max)),
    )


def _seen(lessons: Mapping[str, LessonRecord], place: tuple[str, str] | None) -> tuple[float, str]:
    """When a place was last on the screen."""
    if place is None:
        return -1.0, ""
    lesson, step = place
    return lessons.get(lesson, LessonRecord()).step(step).seen or 0.0, repr(place)


def _join_lessons(one: LessonRecord | None, other: LessonRecord | None) -> LessonRecord:
    if one is None or other is None or one == other:
        return one or other or LessonRecord()
    return LessonRecord(
        steps=_by_key(one.steps, other.steps, _join_steps),
        quiz=_by_key(one.quiz, other.quiz, lambda a, b: max(a, b, key=lambda t: (len(t), t))),
        answered=_by_key(one.answered, other.answered, max),
        practice=_by_key(one.practice, other.practice, _join_practice),
        extra={**other.extra, **one.extra},
    )


def _by_key(
    one: Mapping[str, Kept], other: Mapping[str, Kept], both: Callable[[Kept, Kept], Kept]
) -> dict[str, Kept]:
    return {
        key: both(one[key], other[key])
        if key in one and key in other
        else (one if key in one else other)[key]
        for key in sorted({*one, *other})
    }


_SCHEDULE = ("rating", "due", "stability", "difficulty", "state")

Dated = TypeVar("Dated", PracticeRecord, CardRecord, RaceRecord, Slip)


def _later(one: Dated, other: Dated, *names: str) -> tuple[Dated, Dated]:
    """The later first; of one moment, the one with the larger values of these fields."""

    def lateness(record: Dated) -> tuple[Any, ...]:
        return record.at, *(getattr(record, name) for name in names)

    later, earlier = sorted((one, other), key=lateness, reverse=True)
    return later, earlier


def _join_practice(one: PracticeRecord, other: PracticeRecord) -> PracticeRecord:
    later, earlier = _later(one, other, "row")
    return replace(
        later,
        asked=max(one.asked, other.asked),
        right=max(one.right, other.right),
        draw=max(one.draw, other.draw),
        extra={**earlier.extra, **later.extra},
    )


def _join_cards(one: CardRecord, other: CardRecord) -> CardRecord:
    later, earlier = _later(one, other, *_SCHEDULE)
    return replace(
        later,
        first=min(one.first, other.first),
        reviews=max(one.reviews, other.reviews),
        extra={**earlier.extra, **later.extra},
    )


def _join_races(one: RaceRecord, other: RaceRecord) -> RaceRecord:
    later, earlier = _later(one, other, "guesses")
    return replace(
        later,
        count=max(one.count, other.count),
        best=max(one.best, other.best),
        extra={**earlier.extra, **later.extra},
    )


def _join_slips(one: Slip, other: Slip) -> Slip:
    later, earlier = _later(one, other)
    put_right = [each.right_at for each in (one, other) if each.right_at is not None]
    return replace(
        later,
        times=max(one.times, other.times),
        places=tuple(sorted({*one.places, *other.places})),
        right_at=max(put_right, default=None),
        extra={**earlier.extra, **later.extra},
    )


def _lateness(record: StepRecord) -> tuple[Any, ...]:
    """What records are sorted by; of one moment, the one that says more comes later."""
    return record.seen or 0.0, len(record.values), repr(record.values), repr(record)


def _join_steps(one: StepRecord, other: StepRecord) -> StepRecord:
    """The later one, with all that was ever done in the earlier.

    Of counts that have gone on in both, the larger is sure.
    """
    later, earlier = sorted((one, other), key=_lateness, reverse=True)
    # One of the first version of the course has no date, and came before all that have one.
    first = min(one, other, key=lambda e: (not e.predicted, e.predicted_at or 0.0, repr(e)))
    dated = {
        name: min(filter(None, (getattr(one, name), getattr(other, name))), default=None)
        for name in ("opened", "passed_at")
    }
    both = (one, other)
    # What holds all of the other's keeps its order.
    fewest, most = sorted(
        (each.misconceptions for each in both), key=lambda each: (len(each), each)
    )
    bookmarked_at, bookmarked = max((each.bookmarked_at or 0.0, each.bookmarked) for each in both)
    noted_at, note = max((each.noted_at or 0.0, each.note) for each in both)
    return replace(
        later,
        said=earlier.said if later.said is None else later.said,
        predicted=one.predicted or other.predicted,
        right=first.right if first.predicted else None,
        predicted_at=first.predicted_at,
        attempts=max(one.attempts, other.attempts),
        hints=max(one.hints, other.hints),
        solution_shown=one.solution_shown or other.solution_shown,
        passed=one.passed or other.passed,
        values=later.values,
        bookmarked=bookmarked,
        bookmarked_at=bookmarked_at or None,
        note=note,
        noted_at=noted_at or None,
        misconceptions=tuple(dict.fromkeys((*most, *fewest))),
        extra={**earlier.extra, **later.extra},
        **dated,
    )
