"""What can be done to a series before it is correlated, for the screen and as code."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.stats import deseasonalise, detrend, difference

Floats = NDArray[np.float64]

YEAR = 12
"""Months."""


@dataclass(frozen=True)
class Change:
    """A treatment of series that lie along an array's last axis, and a script's way to do it."""

    apply: Callable[[Any], Any]
    code: str


CHANGES = {
    "nothing": Change(lambda x: x, "x"),
    "difference": Change(difference, "np.diff(x)"),
    "detrend": Change(detrend, "signal.detrend(x)"),
    "season out": Change(lambda x: deseasonalise(x, YEAR), "without_season(x)"),
    "year on year": Change(lambda x: difference(x, YEAR), "x[..., 12:] - x[..., :-12]"),
}
"""By the name that a learner chooses."""

WITHOUT_SEASON = '''
def without_season(x):
    """Each January loses the mean of all Januaries, and so on."""
    x = np.array(x, dtype=float)
    for month in range(12):
        x[..., month::12] -= x[..., month::12].mean(axis=-1, keepdims=True)
    return x
'''
