"""What learners met and what the server used, in a few lines."""

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DEAREST = 10


@dataclass(frozen=True, order=True)
class Run:
    """The seconds until an answer was there, and what was asked."""

    seconds: float
    asked: str


@dataclass
class Tally:
    """What all learners met: their first runs, all others, and errors."""

    first: list[Run] = field(default_factory=list)
    moves: list[Run] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def runs(self) -> int:
        return len(self.first) + len(self.moves)


@dataclass(frozen=True)
class Use:
    """What a process has used so far: seconds of processor, and megabytes that it holds."""

    processor: float
    memory: float


def report(tally: Tally, seconds: float) -> Iterator[str]:
    """The lines that say how long learners waited."""
    yield f"{tally.runs} runs in {seconds:.0f} s, {tally.runs / seconds:.1f} a second"
    yield f"learners who met an error: {len(tally.failures)}"
    for name, some in (("first run", tally.first), ("move", tally.moves)):
        p50, p95, most = (percentile([run.seconds for run in some], p) for p in (50, 95, 100))
        yield f"{name:10} p50 {p50:.2f} s   p95 {p95:.2f} s   max {most:.2f} s"
    for run in sorted(tally.moves, reverse=True)[:DEAREST]:
        yield f"  {run.seconds:6.2f} s  {run.asked}"
    for failure in tally.failures[:DEAREST]:
        yield f"  failed: {failure}"


def cost(before: Use, after: Use, runs: int) -> str:
    """The line that says what the server used for so many runs."""
    processor = (after.processor - before.processor) / max(1, runs)
    return (
        f"server     {1000 * processor:.0f} ms of processor a run, "
        f"memory {before.memory:.0f} -> {after.memory:.0f} MB"
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` per cent of the values do not exceed; NaN of none.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 50), percentile([4.0, 1.0, 3.0, 2.0], 95)
    (2.0, 4.0)
    """
    if not values:
        return float("nan")
    return sorted(values)[max(0, math.ceil(share / 100 * len(values)) - 1)]


def use_of(process: int) -> Use:
    """What a process has used, by its number; of Linux alone."""
    folder = Path("/proc", str(process))
    # After the name, which stands in brackets and may hold spaces.
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
    return Use(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
