"""Intervals of measures between -1 and 1 from their standard errors."""

from typing import Literal

import numpy as np
from scipy import special

from lib.stats.table import Floats


def fishers_bound(value: Floats, error: Floats, side: Literal[-1, 1], confidence: float) -> Floats:
    """An end of the confidence intervals: normal on the scale of z, the inverse tanh of the value.

    It never leaves [-1, 1]. NaN where the error is, and at -1 and 1.
    """
    reach = special.ndtri((1 + confidence) / 2) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.tanh(np.arctanh(value) + side * reach / ((1 - value) * (1 + value))))
