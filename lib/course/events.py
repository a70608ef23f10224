"""What a learner does, as plain data with a time. `Progress.apply` says what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, ClassVar

from .checked import (
    read_count,
    read_difficulty,
    read_flag,
    read_integer,
    read_note,
    read_optional,
    read_pair,
    read_several,
    read_stability,
    read_text,
    read_time,
    read_values,
)
from .controls import Value

SKIPPED = "skip"
"""What a learner says who would rather see than predict."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened.

    at   when, in seconds since 1970 (UTC)
    """

    kind: ClassVar[str]

    at: float


@dataclass(frozen=True, kw_only=True)
class StepEvent(Event):
    """Something that happened in a step."""

    lesson: str
    step: str


@dataclass(frozen=True, kw_only=True)
class Opened(StepEvent):
    """A step, or the quiz, came on the screen."""

    kind = "opened"


@dataclass(frozen=True, kw_only=True)
class Restarted(StepEvent):
    """The step was begun afresh: what was said and set is gone, what was achieved stays."""

    kind = "restarted"


@dataclass(frozen=True, kw_only=True)
class Predicted(StepEvent):
    """A prediction was made, or skipped.

    said            an index or a number as text, or SKIPPED
    own             whether this learner committed to it; else it came with an address
    right           whether it was right; None for one that was skipped
    misconception   the one that it shows
    """

    kind = "predicted"

    said: str
    own: bool = True
    right: bool | None = None
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class Hinted(StepEvent):
    """One more hint was read."""

    kind = "hinted"


@dataclass(frozen=True, kw_only=True)
class Shown(StepEvent):
    """The solution was asked for."""

    kind = "shown"


@dataclass(frozen=True, kw_only=True)
class Tried(StepEvent):
    """Controls or answers were set.

    values          those that differ from their defaults, by name
    counts          whether it was an attempt at the task
    misconception   the one that it shows
    """

    kind = "tried"

    values: tuple[tuple[str, Value], ...]
    counts: bool = True
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class Passed(StepEvent):
    """The task was passed."""

    kind = "passed"


@dataclass(frozen=True, kw_only=True)
class Answered(StepEvent):
    """A question of the quiz was answered.

    question        its slug
    answer          the index of the answer
    right           whether it was right; None where an earlier version of the course did not say
    misconception   the one that it shows
    """

    kind = "answered"

    question: str
    answer: int
    right: bool | None = None
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class Practised(StepEvent):
    """An exercise was answered; `step` is the slug of its kind.

    draw            of which numbers
    said            what was answered, as text
    misconception   the one that it shows
    """

    kind = "practised"

    draw: int
    said: str
    right: bool
    misconception: str | None = None

    def __post_init__(self) -> None:
        read_flag(self.right)


@dataclass(frozen=True, kw_only=True)
class Bookmarked(StepEvent):
    """A bookmark was set or taken away."""

    kind = "bookmarked"

    on: bool


@dataclass(frozen=True, kw_only=True)
class Noted(StepEvent):
    """A note of the learner's own; an empty one removes it. ValueError for one that is not clean.

    What was typed becomes a note by `clean_note`.
    """

    kind = "noted"

    text: str

    def __post_init__(self) -> None:
        read_note(self.text)


@dataclass(frozen=True, kw_only=True)
class Reviewed(Event):
    """A card was turned and rated: how well it was known, and when it comes back.

    card         its slug; that of a misconception, if it is about one
    rating       1 again, 2 hard, 3 good, 4 easy
    due          when it comes back, in seconds since 1970 (UTC)
    stability    the days until it would be recalled nine times in ten
    difficulty   between 1 and 10
    state        1 learning, 2 reviewing, 3 learning again
    """

    kind = "reviewed"

    card: str
    rating: int
    due: float
    stability: float
    difficulty: float
    state: int


@dataclass(frozen=True, kw_only=True)
class Raced(Event):
    """A speed challenge was finished.

    challenge   its slug
    guesses     what was true and what was said, first to last
    """

    kind = "raced"

    challenge: str
    guesses: tuple[tuple[float, float], ...]
    score: int


# In this order they follow from each other within one moment.
KINDS: tuple[type[Event], ...] = (
    Opened,
    Restarted,
    Predicted,
    Hinted,
    Shown,
    Tried,
    Passed,
    Answered,
    Practised,
    Bookmarked,
    Noted,
    Reviewed,
    Raced,
)
_BY_NAME = {kind.kind: kind for kind in KINDS}


def moment(event: Event) -> tuple[float, int, str]:
    """What events are sorted by: their time, then what follows from what."""
    return event.at, KINDS.index(type(event)), repr(event)


def to_data(event: Event) -> dict[str, Any]:
    """The event as JSON keeps it."""
    data = {field.name: getattr(event, field.name) for field in fields(event)}
    if isinstance(event, Tried):
        data["values"] = dict(event.values)
    return {"kind": event.kind, **data}


def is_known(data: object) -> bool:
    """Whether this version of the course knows such an event."""
    return isinstance(data, Mapping) and data.get("kind") in _BY_NAME


def from_data(data: Mapping[str, Any]) -> Event:
    """The event that `to_data` wrote; what it did not know takes its default.

    Raises
    ------
    KeyError, TypeError, ValueError
        If the event is damaged.

    Examples
    --------
    >>> hint = Hinted(at=12.5, lesson="five_steps", step="mask")
    >>> from_data(to_data(hint)) == hint
    True
    """
    kind = _BY_NAME[data["kind"]]
    known = {
        field.name: _READ[field.name](data[field.name])
        for field in fields(kind)
        if field.name in data
    }
    return kind(**known)


_READ: dict[str, Callable[[Any], Any]] = {
    "at": read_time,
    "lesson": read_text,
    "step": read_text,
    "said": read_text,
    "own": read_flag,
    "right": partial(read_optional, read_flag),
    "misconception": partial(read_optional, read_text),
    "values": lambda values: tuple(read_values(values).items()),
    "counts": read_flag,
    "question": read_text,
    "answer": read_count,
    "draw": read_count,
    "on": read_flag,
    "text": read_note,
    "card": read_text,
    "rating": partial(read_integer, 1, 4),
    "due": read_time,
    "stability": read_stability,
    "difficulty": read_difficulty,
    "state": partial(read_integer, 1, 3),
    "challenge": read_text,
    "guesses": partial(read_several, read_pair),
    "score": read_count,
}
