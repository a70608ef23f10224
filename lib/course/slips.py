"""What a learner has got wrong: which misconceptions were shown, where, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .events import (
    Answered,
    Event,
    Passed,
    Practised,
    Predicted,
    Reviewed,
    StepEvent,
    Tried,
)

Place = tuple[str, str, str]
"""A lesson, one of "step", "quiz" and "practice", and the slug of the step, question or kind."""

_RECALLED = 2


@dataclass(frozen=True)
class Slip:
    """A misconception that a learner has shown.

    times      how often
    at         when last; 0 where an earlier version of the course did not say
    places     where, in the order of their names
    right_at   when it was put right last: the step passed or predicted rightly, the question
               answered rightly, the kind practised rightly where it was shown; its card recalled
    extra      what a newer version of the course has written
    """

    times: int = 0
    at: float = 0.0
    places: tuple[Place, ...] = ()
    right_at: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it was not put right since it was shown last."""
        return self.right_at is None or self.right_at < self.at

    def shown(self, at: float, place: Place) -> Slip:
        """The same, shown once more."""
        places = tuple(sorted({*self.places, place}))
        return replace(self, times=self.times + 1, at=at, places=places)


def slips_after(
    slips: Mapping[str, Slip], event: Event, *, is_passed: bool = False
) -> Mapping[str, Slip]:
    """The slips, by misconception, with what follows from one more event.

    is_passed   whether the task of its step was passed before: what is set after that is play
    """
    match event:
        case Reviewed(card=card, rating=rating):
            known = [card] if card in slips and rating >= _RECALLED else []
            return _put_right(slips, known, event.at)
        case (
            Passed()
            | Predicted(own=True, right=True)
            | Answered(right=True)
            | Practised(right=True)
        ):
            place = _place(event)
            here = [slug for slug, slip in slips.items() if place in slip.places]
            return _put_right(slips, here, event.at)
        case Tried() if is_passed:
            return slips
        case (
            Predicted(own=True, misconception=str(slug))
            | Tried(misconception=str(slug))
            | Answered(misconception=str(slug))
            | Practised(misconception=str(slug))
        ):
            return {**slips, slug: slips.get(slug, Slip()).shown(event.at, _place(event))}
        case _:
            return slips


def _place(event: StepEvent) -> Place:
    match event:
        case Answered():
            return event.lesson, "quiz", event.question
        case Practised():
            return event.lesson, "practice", event.step
        case _:
            return event.lesson, "step", event.step


def _put_right(slips: Mapping[str, Slip], which: Iterable[str], at: float) -> Mapping[str, Slip]:
    return {**slips, **{slug: replace(slips[slug], right_at=at) for slug in which}}
