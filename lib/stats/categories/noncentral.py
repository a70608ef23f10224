"""Intervals by turning a noncentral distribution round: the departures that leave a test likely.

Steiger and Fouladi (1997), in Harlow, Mulaik and Steiger, What If There Were No Significance
Tests?, 221-257. Smithson (2003), Confidence Intervals, Sage, chapters 3 to 5.
"""

from collections.abc import Callable

import numpy as np
from scipy import special

from ..table import Booleans, Floats

# From here on the distributions are those of their limits, to a ten-thousandth of a standard error;
# their own take seconds, and then end as NaN.
_FAR = 1e9
_HALVINGS = 45  # of an interval that is at most a few times the root


def of_chi_square(chi_square: Floats, freedom: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Both ends for the noncentrality of each chi-square; NaN where it or its freedom is NaN.

    An end is 0 where even chi-square without any noncentrality would rather be larger.
    """

    far = chi_square > _FAR
    near = np.where(far, np.nan, chi_square)

    def share_below(root: Floats) -> Floats:
        return np.asarray(special.chndtr(near, freedom, root**2))

    # The root of chi-square is normal about that of the noncentrality.
    low, high = (
        (np.sqrt(np.where(far, chi_square, np.nan)) - special.ndtri(share)) ** 2
        for share in _shares(confidence)
    )
    return _either(far, (low, high), _ends(share_below, near, confidence))


def of_f(f: Floats, between: Floats, within: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The same for each F, finite, with its degrees of freedom."""

    far = f * between > _FAR
    near = np.where(far, np.nan, f)

    def share_below(root: Floats) -> Floats:
        return np.asarray(special.ncfdtr(between, within, root**2, near))

    # F is not above this where the sum of squares within groups is not above its quantile.
    above = near * between * special.chdtri(within, (1 - confidence) / 4) / within
    # The sum of squares between groups is its noncentrality; the one within is chi-square.
    low, high = (
        np.where(far, f, np.nan) * between * special.chdtri(within, share) / within
        for share in _shares(confidence)
    )
    return _either(far, (low, high), _ends(share_below, above, confidence))


def _shares(confidence: float) -> tuple[float, float]:
    """What lies below the statistic at the lower end, and at the upper."""
    return (1 + confidence) / 2, (1 - confidence) / 2


def _either(
    far: Booleans, limits: tuple[Floats, Floats], ends: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    low, high = (np.where(far, limit, end) for limit, end in zip(limits, ends, strict=True))
    return low, high


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
        _noncentrality(share_below, at_zero, reach, share) for share in _shares(confidence)
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
