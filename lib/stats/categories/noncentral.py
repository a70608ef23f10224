"""Intervals by turning a noncentral distribution round: the departures that leave a test likely.

Steiger and Fouladi (1997), in Harlow, Mulaik and Steiger, What If There Were No Significance
Tests?, 221-257. Smithson (2003), Confidence Intervals, Sage, chapters 3 to 5.
"""

from collections.abc import Callable

import numpy as np
from scipy import special

from lib.stats.table import Floats

_HALVINGS = 45  # of an interval that is at most a few times the root


def of_chi_square(chi_square: Floats, freedom: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Both ends for the noncentrality of each chi-square; NaN where it or its freedom is NaN.

    An end is 0 where even chi-square without any noncentrality would rather be larger.
    """

    def share_below(root: Floats) -> Floats:
        return np.asarray(special.chndtr(chi_square, freedom, root**2))

    return _ends(share_below, chi_square, confidence)


def of_f(f: Floats, between: Floats, within: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The same for each F, finite, with its degrees of freedom."""

    def share_below(root: Floats) -> Floats:
        return np.asarray(special.ncfdtr(between, within, root**2, f))

    # F is not above this where the sum of squares within groups is not above its quantile.
    above = f * between * special.chdtri(within, (1 - confidence) / 4) / within
    return _ends(share_below, above, confidence)


def _ends(
    share_below: Callable[[Floats], Floats], above: Floats, confidence: float
) -> tuple[Floats, Floats]:
    """Where the statistic has (1 + confidence) / 2 below it, and where (1 - confidence) / 2.

    The share falls as the noncentrality grows. Of one degree of freedom, chi-square is the square
    of a normal deviate about the noncentrality's root; of more, it is larger. So the root lies
    within a normal quantile of that of `above`.
    """
    reach = np.sqrt(above) - special.ndtri((1 - confidence) / 4)
    at_zero = share_below(np.zeros_like(reach))
    low, high = (
        _noncentrality(share_below, at_zero, reach, share)
        for share in ((1 + confidence) / 2, (1 - confidence) / 2)
    )
    return low, high


def _noncentrality(
    share_below: Callable[[Floats], Floats], at_zero: Floats, reach: Floats, share: float
) -> Floats:
    low, high = np.zeros_like(reach), reach
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        # Far beyond the root, where the share vanishes, ncfdtr is NaN: not larger either.
        is_larger = share_below(middle) > share
        low, high = np.where(is_larger, middle, low), np.where(is_larger, high, middle)
    return np.where(np.isnan(at_zero), np.nan, np.where(at_zero > share, high**2, 0.0))
