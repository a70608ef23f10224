"""What a learner does, as plain data with a time. `Progress.apply` says what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, ClassVar

from lib.course.checked import (
    read_count,
    read_flag,
    read_optional,
    read_text,
    read_time,
    read_values,
)
from lib.course.controls import Value

SKIPPED = "skip"
"""What a learner says who would rather see than predict."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened in a step.

    at   when, in seconds since 1970 (UTC)
    """

    kind: ClassVar[str]

    at: float
    lesson: str
    step: str


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """A step, or the quiz, came on the screen."""

    kind = "opened"


@dataclass(frozen=True, kw_only=True)
class Restarted(Event):
    """The step was begun afresh: what was said and set is gone, what was achieved stays."""

    kind = "restarted"


@dataclass(frozen=True, kw_only=True)
class Predicted(Event):
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
class Hinted(Event):
    """One more hint was read."""

    kind = "hinted"


@dataclass(frozen=True, kw_only=True)
class Shown(Event):
    """The solution was asked for."""

    kind = "shown"


@dataclass(frozen=True, kw_only=True)
class Tried(Event):
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
class Passed(Event):
    """The task was passed."""

    kind = "passed"


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    """A question of the quiz was answered.

    question   its slug
    answer     the index of the answer
    """

    kind = "answered"

    question: str
    answer: int


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
}
