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
    """The ends of the intervals of correlations; r itself where |r| = 1."""
    reach = np.tanh(special.ndtri((1 + confidence) / 2) * error)
    # tanh(artanh(r) - z) without artanh, which is infinite for |r| = 1, as both ends are.
    reach = reach * (np.abs(r) != 1)
    share = r * reach
    return (r - reach) / (1 - share), (r + reach) / (1 + share)
