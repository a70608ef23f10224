"""When a card comes back: FSRS, the scheduler that Anki uses, asks again when nine in ten know it.

Ye, Su and Cao (2022), A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
Scheduling, KDD; the weights are those that the package fsrs comes with.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from ..course import MOST_STABLE, CardRecord, Reviewed

if TYPE_CHECKING:
    import fsrs

RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}

_MINUTE = 60.0
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_MONTH = 365.25 / 12 * _DAY
_YEAR = 365.25 * _DAY


def review(card: str, record: CardRecord | None, rating: int, at: float) -> Reviewed:
    """What follows from rating a card at a time: above all, when it comes back.

    Parameters
    ----------
    card
        Its slug.
    record
        What came of it before; None for a card that was never turned.
    rating
        One of RATINGS.
    at
        In seconds since 1970 (UTC).

    Raises
    ------
    ValueError
        If there is no such rating.

    Examples
    --------
    >>> first = review("zero_is_nothing", None, 3, at=0.0)
    >>> comes_back(first.due, at=0.0)
    'in 2 days'
    """
    import fsrs

    before = fsrs.Card(card_id=1) if record is None else _card(record)
    after, _ = _scheduler().review_card(before, fsrs.Rating(rating), _moment(at))
    assert after.stability is not None
    assert after.difficulty is not None
    return Reviewed(
        at=at,
        card=card,
        rating=rating,
        due=at + (after.due - _moment(at)).total_seconds(),
        stability=min(after.stability, MOST_STABLE),
        difficulty=after.difficulty,
        state=int(after.state),
    )


def comes_back(due: float, at: float) -> str:
    """In words, how long after `at` a card comes back.

    >>> comes_back(due=600.0, at=0.0), comes_back(due=86_400.0, at=0.0)
    ('in 10 minutes', 'in 1 day')
    """
    left = due - at
    for unit, name in ((_YEAR, "year"), (_MONTH, "month"), (_DAY, "day"), (_HOUR, "hour")):
        # Of two months one says days no more, and of one and a half one still does.
        if left >= (2 * unit if unit > _DAY else unit):
            return _counted(round(left / unit), name)
    return _counted(max(1, round(left / _MINUTE)), "minute")


def _counted(count: int, name: str) -> str:
    return f"in {count} {name}{'' if count == 1 else 's'}"


@cache
def _scheduler() -> fsrs.Scheduler:
    """Without chance: the same in every process. What is not known comes back within the hour."""
    from fsrs import Scheduler

    soon = (timedelta(minutes=10),)
    return Scheduler(learning_steps=soon, relearning_steps=soon, enable_fuzzing=False)


def _card(record: CardRecord) -> fsrs.Card:
    from fsrs import Card, State

    state = State(record.state)
    return Card(
        card_id=1,
        state=state,
        # There is one short step, and a card that is reviewed is past it.
        step=None if state is State.Review else 0,
        stability=record.stability,
        difficulty=record.difficulty,
        due=_moment(record.due),
        last_review=_moment(record.at),
    )


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
