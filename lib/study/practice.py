"""Which exercise comes next: none twice until all have come, and always with fresh numbers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..course import LessonRecord, PracticeRecord, Progress

FRESH = 500
"""Draws begin below this number, so that they stay for long among the thousand that are tried."""

_NOTHING_ASKED = PracticeRecord()


class Asked(NamedTuple):
    """An exercise: the lesson, the slug of the kind, the draw of its numbers."""

    lesson: str
    kind: str
    draw: int


def next_exercise(
    pools: Mapping[str, Sequence[str]], progress: Progress, *, wrong_first: bool = False
) -> Asked:
    """The exercise that comes next, which follows from the progress alone.

    Of one lesson the kinds come in rounds, each in an order of its own: no kind comes twice until
    all have come. Several lessons take turns.

    Parameters
    ----------
    pools
        The slugs of the kinds that may be asked, by lesson; at least one.
    progress
        What was answered before, and the seed that shuffles.
    wrong_first
        Whether kinds whose last answer was wrong come before all others, the one first that was
        answered longest ago.

    Examples
    --------
    >>> pools = {"five_steps": ["pairs"]}
    >>> next_exercise(pools, Progress("demo", seed=1207))
    Asked(lesson='five_steps', kind='pairs', draw=207)
    """
    lesson, kind = (wrong_first and _wrong(pools, progress)) or _in_turn(pools, progress)
    record = progress.lesson(lesson).practice.get(kind)
    draw = progress.seed % FRESH if record is None else record.draw + 1
    return Asked(lesson, kind, draw)


def _wrong(pools: Mapping[str, Sequence[str]], progress: Progress) -> tuple[str, str] | None:
    wrong = [
        (record.at, lesson, kind)
        for lesson, kinds in pools.items()
        for kind in kinds
        if (record := _record(progress.lesson(lesson), kind)).asked and not record.row
    ]
    return min(wrong)[1:] if wrong else None


def _in_turn(pools: Mapping[str, Sequence[str]], progress: Progress) -> tuple[str, str]:
    shuffled = _shuffled(pools, progress.seed, "lessons")
    lesson = min(shuffled, key=lambda each: _last(progress.lesson(each), pools[each]))
    record = progress.lesson(lesson)
    asked = {kind: _record(record, kind).asked for kind in pools[lesson]}
    round_ = min(asked.values())
    order = _shuffled(asked, progress.seed, f"{lesson} {round_}")
    return lesson, next(kind for kind in order if asked[kind] == round_)


def _last(record: LessonRecord, kinds: Sequence[str]) -> float:
    """When a lesson was practised last."""
    return max(_record(record, kind).at for kind in kinds)


def _record(record: LessonRecord, kind: str) -> PracticeRecord:
    return record.practice.get(kind, _NOTHING_ASKED)


def _shuffled(names: Iterable[str], seed: int, salt: str) -> list[str]:
    """A random.Random seeded by a string gives the same order in every process."""
    order = sorted(names)
    random.Random(f"{seed} {salt}").shuffle(order)
    return order
