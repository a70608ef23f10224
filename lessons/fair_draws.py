"""What the exercises of several lessons need: draws that are fair, and words for their numbers."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import special

Drawn = TypeVar("Drawn")

_TRIES = 2000


def fair(draw: Callable[[], Drawn], is_fair: Callable[[Drawn], bool]) -> Drawn:
    """The first draw that is fair; RuntimeError if so many are not that something is wrong."""
    for _ in range(_TRIES):
        drawn = draw()
        if is_fair(drawn):
            return drawn
    raise RuntimeError(f"None of {_TRIES} draws is fair.")


def p_of_r(r: float, n: int) -> float:
    """The p of a single r from so many rows, by the t test."""
    t = abs(r) * np.sqrt((n - 2) / (1 - r**2))
    return float(2 * special.stdtr(n - 2, -t))


def interval_of_r(r: float, n: int) -> tuple[float, float]:
    """The 95 % interval by Fisher's z."""
    reach = special.ndtri(0.975) / np.sqrt(n - 3)
    low, high = np.tanh(np.arctanh(r) + np.array([-reach, reach]))
    return float(low), float(high)


def apart(values: npt.ArrayLike, ratio: float) -> bool:
    """Whether each of these sizes is so many times as large as the next smaller one."""
    ordered = np.sort(np.abs(np.asarray(values, dtype=float)))
    return bool((ordered[1:] >= ratio * ordered[:-1]).all())
