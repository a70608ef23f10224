"""What a learner has done: recorded, never enforced, and theirs to carry away.

Progress is made of events. What happened lately is kept event by event, so that two tabs can put
together what each has seen; what lies further back is kept as what followed from it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from .events import Event, moment
from .joining import join
from .records import LessonRecord, Records, StepRecord

MOST_EVENTS = 100
"""How many events are kept one by one; then the older half is folded into the records."""


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

    Examples
    --------
    >>> from . import Passed
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

    @cached_property
    def records(self) -> Records:
        """What followed from everything."""
        return self.base.after(*self.events)

    @property
    def last(self) -> tuple[str, str] | None:
        """Lesson and step that were opened last."""
        return self.records.last

    @property
    def latest(self) -> float:
        """When the last thing happened that it knows of."""
        return max(self.until, self.replaced, *(event.at for event in self.events[-1:]))

    def lesson(self, lesson: str) -> LessonRecord:
        return self.records.lessons.get(lesson) or LessonRecord()

    def step(self, lesson: str, step: str) -> StepRecord:
        return self.lesson(lesson).step(step)

    def apply(self, *events: Event) -> Progress:
        """The progress after these events as well.

        One that is there already, or lies so far back that it is folded, changes nothing.
        """
        known = set(self.events)
        new = sorted({e for e in events if e not in known and e.at > self.until}, key=moment)
        if not new:
            return self
        every = tuple(sorted([*self.events, *new], key=moment))
        later = replace(self, events=every)
        if every[-len(new) :] == tuple(new):
            # What follows from the others is known: at every move there is one more.
            later.__dict__["records"] = self.records.after(*new)
        return later._folded()

    def _folded(self) -> Progress:
        """The same, with the older half of too many events in the base."""
        if len(self.events) <= MOST_EVENTS:
            return self
        return self._folded_until(self.events[-MOST_EVENTS // 2 - 1].at)

    def _folded_until(self, until: float) -> Progress:
        """The same, with all that happened up to then in the base."""
        old = [event for event in self.events if event.at <= until]
        return replace(
            self,
            base=self.base.after(*old),
            events=self.events[len(old) :],
            until=max(until, self.until),
        )

    def merge(self, other: Progress) -> Progress:
        """What this one and another of the same learner hold together, whichever is asked.

        Where one of them took the place of a progress, what the other did before that is gone.
        """
        newer, older = sorted((self, other), key=_precedence, reverse=True)
        if newer.replaced > older.replaced:
            after = tuple(event for event in older.events if event.at > newer.replaced)
            older = replace(newer, events=after, foreign=older.foreign, extra=older.extra)
        until = max(newer.until, older.until)
        newer, older = newer._folded_until(until), older._folded_until(until)
        foreign = [*newer.foreign, *(each for each in older.foreign if each not in newer.foreign)]
        return replace(
            newer,
            base=join(newer.base, older.base),
            foreign=tuple(sorted(foreign, key=repr)),
            extra={**older.extra, **newer.extra},
        ).apply(*older.events)


def _precedence(progress: Progress) -> tuple[Any, ...]:
    """Whose seed and whose unknown fields stay; the last only decides the same way for both."""
    return (
        progress.replaced,
        progress.until,
        bool(progress.base.lessons),
        len(progress.events),
        repr(progress),
    )
