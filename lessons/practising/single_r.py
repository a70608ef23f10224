"""p and interval of a single r, quick enough to draw until they are fair."""

import numpy as np
from scipy import special


def p_of_r(r: float, n: int) -> float:
    """The p of a single r from so many rows, by the t test."""
    t = abs(r) * np.sqrt((n - 2) / (1 - r**2))
    return float(2 * special.stdtr(n - 2, -t))


def interval_of_r(r: float, n: int) -> tuple[float, float]:
    """The 95 % interval by Fisher's z."""
    reach = special.ndtri(0.975) / np.sqrt(n - 3)
    low, high = np.tanh(np.arctanh(r) + np.array([-reach, reach]))
    return float(low), float(high)
