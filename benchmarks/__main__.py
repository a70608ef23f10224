"""Every comparison as one table: each is checked for the same result before it is timed."""

import sys
from importlib import import_module

from benchmarks.comparison import Result, compare
from benchmarks.memory import GOAL_IN_MEGABYTES, peaks

AREAS = (
    "correlation",
    "categorical",
    "ordered",
    "dependence",
    "resampling",
    "groups",
    "surfaces",
    "interactions",
)
WIDTHS = (48, 40, 10, 10, 18, 18, 8)
HEADINGS = ("work", "peer", "ours", "peer's", "ratio", "goal", "reached")


def main() -> int:
    """Print the table row by row; the exit code tells whether every goal was reached."""
    print(_row(HEADINGS), flush=True)
    missed = 0
    for area in AREAS:
        for comparison in import_module(f"benchmarks.{area}").comparisons():
            result = compare(comparison)
            print(_row(_cells(result)), flush=True)
            missed += not result.reached
    print(f"\npeak of memory allocated, in MB (goal: at most {GOAL_IN_MEGABYTES})")
    for work, megabytes in peaks():
        print(_row((work, "", f"{megabytes:.0f}")), flush=True)
        missed += megabytes > GOAL_IN_MEGABYTES
    return missed


def _cells(result: Result) -> tuple[str, ...]:
    comparison = result.comparison
    return (
        comparison.work,
        comparison.peer,
        _time(result.ours),
        _time(result.theirs),
        _ratio(result.ratio),
        _goal(comparison.at_least),
        "yes" if result.reached else "NO",
    )


def _ratio(ratio: float) -> str:
    return f"{ratio:.3g}x as fast" if ratio >= 1 else f"{1 / ratio:.3g}x the time"


def _goal(at_least: float) -> str:
    return f">= {at_least:g}x" if at_least >= 1 else f"<= {1 / at_least:g}x the time"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def _row(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
