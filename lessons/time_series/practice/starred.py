"""How many unrelated pairs of series have a star: what most of these exercises rest on."""

from functools import cache

import numpy as np

from lessons.time_series.changes import CHANGES, YEAR, Floats
from lib.charts import number_text
from lib.stats import (
    autoregressions,
    correlate_rows,
    deseasonalise,
    detrend,
    noise,
    random_walks,
    seasons,
    trends,
)

LEVEL = 0.05
CURED = 8.2
"""Per cent; no draw of the lesson has more by chance where five are expected."""

_PAIRS = 2000


@cache
def starred(cause: str, change: str, rows: int) -> float:
    """Per cent of unrelated pairs of one kind with a star, after a change of both."""
    series = CHANGES[change](drawn(cause, 2 * _PAIRS, rows, seed=1))
    _, p = correlate_rows(series[:_PAIRS], series[_PAIRS:])
    return float(100 * np.mean(p < LEVEL))


def drawn(cause: str, count: int, rows: int, seed: int) -> Floats:
    """Unrelated series of one kind; a number for the share of its last value that each keeps."""
    match cause:
        case "walks":
            return random_walks(count, rows, seed=seed)
        case "trends":
            return trends(count, rows, slope=0.05, seed=seed)
        case "seasons":
            return seasons(count, rows, period=YEAR, amplitude=4.0, seed=seed)
        case "noise":
            return noise(count, rows, seed=seed)
        case _:
            return autoregressions(count, rows, phi=float(cause), seed=seed)


def told(name: str, x: Floats) -> str:
    """What can be seen of a series, in numbers."""
    by_month = 1 - np.var(deseasonalise(x, YEAR)) / np.var(x)
    next_month = float(np.corrcoef(x[1:], x[:-1])[0, 1])
    return (
        f"Of {name} a straight line tells {100 * told_by_line(x):.0f} %, the month of the year "
        f"{100 * by_month:.0f} %, "
        f"and its r with itself a month later is {number_text(next_month)}."
    )


def told_by_line(x: Floats) -> float:
    """Which share of the variance a straight line tells."""
    return float(1 - np.var(detrend(x)) / np.var(x))


def seed_from(generator: np.random.Generator) -> int:
    return int(generator.integers(2**31))
