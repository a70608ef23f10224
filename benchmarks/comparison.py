"""One piece of work done by us and by a peer: the same result first, then the ratio of times."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

_SECONDS_FOR_A_SIDE = 1.0
_FEWEST_RUNS, _MOST_RUNS = 3, 50
_SLOW = 3.0


@dataclass(frozen=True)
class Comparison:
    """What is compared, and the goal.

    Attributes
    ----------
    work, peer
        In words, for the table.
    ours, theirs
        The work, ready to be called again and again: data are made beforehand.
    same
        Called with both results; raises AssertionError where they differ.
    at_least
        The goal, as the peer's time divided by ours: 500 means 500 times as fast as the peer, 0.2
        that at most five times the peer's time is taken.
    """

    work: str
    peer: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    same: Callable[[Any, Any], None]
    at_least: float


@dataclass(frozen=True)
class Result:
    """Seconds of both sides, medians of runs that alternate."""

    comparison: Comparison
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        return self.theirs / self.ours

    @property
    def reached(self) -> bool:
        return self.ratio >= self.comparison.at_least


def compare(comparison: Comparison) -> Result:
    """Check that both sides agree, then time them in turns, so that both meet the same machine."""
    first_ours, found = _timed(comparison.ours)
    first_theirs, expected = _timed(comparison.theirs)
    comparison.same(found, expected)
    runs_of_ours = _runs(first_ours)
    # A peer that takes many seconds is timed once: its first call has nothing to warm up.
    runs_of_theirs = 0 if first_theirs > _SLOW else _runs(first_theirs)
    ours, theirs = [], []
    for run in range(max(runs_of_ours, runs_of_theirs)):
        if run < runs_of_ours:
            ours.append(_timed(comparison.ours)[0])
        if run < runs_of_theirs:
            theirs.append(_timed(comparison.theirs)[0])
    return Result(comparison, median(ours), median(theirs) if theirs else first_theirs)


def _runs(seconds: float) -> int:
    return min(max(int(_SECONDS_FOR_A_SIDE / seconds), _FEWEST_RUNS), _MOST_RUNS)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result
