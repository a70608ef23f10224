"""How far the middle of a column reaches, whatever its ends do."""

import numpy as np

from ..table import Floats

_ROUNDING = 4 * np.finfo(np.float64).eps


def median_deviations(columns: Floats) -> tuple[Floats, Floats]:
    """Deviations from each median along the last axis, and their median size.

    NaN where that is no more than rounding. That axis has length 1.
    """
    median = np.median(columns, axis=-1, keepdims=True)
    deviations = columns - median
    size = np.median(np.abs(deviations), axis=-1, keepdims=True)
    return deviations, beyond_rounding(size, median)


def beyond_rounding(scale: Floats, median: Floats) -> Floats:
    """The scale of columns, NaN where values near the median differ by no more than rounding."""
    return np.where(scale > _ROUNDING * np.abs(median), scale, np.nan)
