"""Fisher's z: a scale on which the error of a correlation hardly depends on its size."""

import numpy as np
from scipy import special

from lib.stats.table import Floats, Integers


def error_of_z(r: Floats, n: Floats | Integers, method: str) -> Floats:
    """Standard error of artanh(r) from n rows; NaN where they are too few.

    Of Spearman's rho and Kendall's tau as `correlate` documents them, of others that of r. There
    is none of skipped correlations.
    """
    degrees = n - (4.0 if method == "kendall" else 3.0)
    kind = method.split()[-1]  # of partial correlations, that of what is left
    numerator = {"spearman": 1 + r**2 / 2, "kendall": 0.437, "skipped": np.nan}.get(kind, 1.0)
    return np.asarray(np.sqrt(numerator / np.where(degrees > 0, degrees, np.nan)))


def ends_of_interval(r: Floats, error: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The ends of the intervals of correlations, from standard errors of z; r itself at |r| = 1."""
    return ends_within(r, special.ndtri((1 + confidence) / 2) * error)


def ends_by_error(r: Floats, error: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The same from standard errors of r, which are NaN at |r| = 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return ends_of_interval(r, error / ((1 - r) * (1 + r)), confidence)


def ends_within(r: Floats, reach: Floats) -> tuple[Floats, Floats]:
    """What lies so far from r to either side on the scale of z; r itself where |r| = 1."""
    # tanh(artanh(r) - z) without artanh, which is infinite for |r| = 1, as both ends are.
    reach = np.tanh(reach) * (np.abs(r) != 1)
    share = r * reach
    return (r - reach) / (1 - share), (r + reach) / (1 + share)
