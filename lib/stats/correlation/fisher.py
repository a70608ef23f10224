"""Fisher's z: a scale on which the error of a correlation hardly depends on its size."""

import numpy as np
from scipy import special

from ..table import Floats, Integers


def error_of_z(r: Floats, n: Floats | Integers, method: str) -> Floats:
    """Standard error of artanh(r) from n rows; NaN where they are too few.

    Of Spearman's rho and Kendall's tau as `correlate` documents them, of others that of r. There
    is none of skipped correlations.
    """
    degrees = n - (4.0 if method == "kendall" else 3.0)
    kind = method.split()[-1]  # of partial correlations, that of what is left
    numerator = {"spearman": 1 + r**2 / 2, "kendall": 0.437, "skipped": np.nan}.get(kind, 1.0)
    return np.asarray(np.sqrt(numerator / np.where(degrees > 0, degrees, np.nan)))


def error_of_semipartial_z(
    r: Floats, attainable: Floats, n: Floats | Integers, method: str
) -> Floats:
    """The same of semipartial correlations, by the delta method for jointly normal columns.

    r is the partial correlation times what is attainable, and both are estimated. NaN where the
    partial one is -1 or 1.
    """
    partial, given = r / attainable, np.sqrt(1 - attainable**2)
    left = np.where(np.abs(partial) < 1, 1 - partial**2, np.nan)
    of_partial = left * error_of_z(partial, n, method)
    of_attainable = partial * given * np.sqrt(1 + left) * error_of_z(given, n, method)
    return np.asarray(attainable * np.hypot(of_partial, of_attainable) / ((1 - r) * (1 + r)))


def ends_of_interval(r: Floats, error: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The ends of the intervals of correlations, from standard errors of z; NaN at |r| = 1."""
    return ends_within(r, special.ndtri((1 + confidence) / 2) * error)


def ends_by_error(r: Floats, error: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The same from standard errors of r, which are NaN at |r| = 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return ends_of_interval(r, error / ((1 - r) * (1 + r)), confidence)


def ends_within(r: Floats, reach: Floats) -> tuple[Floats, Floats]:
    """What lies so far from r to either side on the scale of z; NaN where |r| = 1."""
    # tanh(artanh(r) - z) without artanh, which is slow, and infinite for |r| = 1.
    reach = np.where(np.abs(r) < 1, np.tanh(reach), np.nan)
    share = r * reach
    return (r - reach) / (1 - share), (r + reach) / (1 + share)
