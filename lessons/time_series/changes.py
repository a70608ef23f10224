"""What can be done to a series before it is correlated."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.stats import deseasonalise, detrend, difference

Floats = NDArray[np.float64]

YEAR = 12
"""Months."""

CHANGES: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda x: x,
    "difference": difference,
    "detrend": detrend,
    "season out": lambda x: deseasonalise(x, YEAR),
    "year on year": lambda x: difference(x, YEAR),
}
"""By the name that a learner chooses; the series lie along an array's last axis."""


def standardised(table: pd.DataFrame) -> pd.DataFrame:
    """Each column in standard deviations from its mean, so that they fit one picture."""
    return table.sub(table.mean()).div(table.std())
