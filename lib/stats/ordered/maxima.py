"""Maxima of many likelihoods at once, each of one angle."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from ..table import Floats, Integers

_MOST_STEPS = 200
_CLOSE_ENOUGH = 1e-9  # a step of Newton's leaves an error of about its square

# Of some likelihoods, by their numbers, at an angle each: first and second derivatives.
Derivatives: TypeAlias = Callable[[Floats, Integers], tuple[Floats, Floats]]


def angles_of_maxima(derivatives: Derivatives, start: Floats) -> Floats:
    """Where within (-pi / 2, pi / 2) each likelihood is largest, if it falls towards both ends.

    Newton's steps, between ends that the slope's sign moves closer; where a step would leave them,
    half of the way. Those that have arrived are not computed any more.
    """
    angles = start.copy()
    low, high = np.full(len(start), -np.pi / 2), np.full(len(start), np.pi / 2)
    going = np.flatnonzero(~np.isnan(start))
    for _ in range(_MOST_STEPS):
        if not len(going):
            break
        angle = angles[going]
        slope, curvature = derivatives(angle, going)
        rising = slope > 0
        low[going[rising]] = angle[rising]
        high[going[~rising]] = angle[~rising]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = np.where(curvature < 0, -slope / curvature, np.nan)
        inside = (angle + step >= low[going]) & (angle + step <= high[going])
        there = inside & (np.abs(step) < _CLOSE_ENOUGH)
        halfway = (low[going] + high[going]) / 2
        angles[going] = np.where(inside, angle + step, halfway)
        there |= high[going] - low[going] < _CLOSE_ENOUGH
        going = going[~there]
    return angles
