"""Fisher's z: a scale on which the error of a correlation hardly depends on its size."""

from typing import Literal

import numpy as np
from scipy import special

from lib.stats.table import Floats, Integers


def error_of_z(r: Floats, n: Floats | Integers, method: str) -> Floats:
    """Standard error of artanh(r) from n rows; NaN where they are too few.

    Of Spearman's rho and Kendall's tau as `correlate` documents them, of others that of r.
    """
    degrees = n - (4.0 if method == "kendall" else 3.0)
    numerator = {"spearman": 1 + r**2 / 2, "kendall": 0.437}.get(method, 1.0)
    return np.asarray(np.sqrt(numerator / np.where(degrees > 0, degrees, np.nan)))


def end_of_interval(r: Floats, error: Floats, confidence: float, side: Literal[-1, 1]) -> Floats:
    """The lower or upper end of the interval of a correlation; r itself where |r| = 1."""
    reach = special.ndtri((1 + confidence) / 2) * error
    with np.errstate(divide="ignore"):  # z of |r| = 1 is infinite, and so are both ends
        return np.asarray(np.tanh(np.arctanh(r) + side * reach))
