"""What it takes for one correlation to be significant."""

import numpy as np
from scipy import special

from ..table import check_number

_LEAST_LEVEL = 1e-300
_MOST_ROWS = 2**53  # beyond, two numbers of rows that differ by 1 are the same in float64


def critical_r(n: int, alpha: float = 0.05) -> float:
    """The smallest |r| that is significant at n rows, by the two-sided t test of one Pearson r.

    Parameters
    ----------
    n
        Rows, at least 3.
    alpha
        Level of the test, from 1e-300 to below 1. For one test among m, alpha / m is Bonferroni's.

    Returns
    -------
    Between 0 and 1. A correlation at least as far from 0 has p <= alpha.

    Raises
    ------
    ValueError
        For fewer than 3 rows: two points always lie on a line. For alpha outside (0, 1).

    References
    ----------
    Student (1908), Biometrika 6, 302-310. Fisher (1915), Biometrika 10, 507-521.

    Examples
    --------
    >>> round(critical_r(39), 3)
    0.316
    >>> round(critical_r(10_000), 4)
    0.0196
    """
    check_number("n", n, "the test of a correlation needs at least 3 rows")
    if not n >= 3:
        raise ValueError(f"n is {n}: the test of a correlation needs at least 3 rows.")
    _check_level(alpha)
    freedom = float(n) - 2
    t = special.stdtrit(freedom, alpha / 2)  # the lower tail keeps its digits at any alpha
    if np.isinf(t):  # of few rows, where 1 - r² still has its digits
        return float(np.sqrt(1 - special.betaincinv(freedom / 2, 0.5, alpha)))
    return float(-t / np.hypot(t, np.sqrt(freedom)))


def n_for_significance(r: float, alpha: float = 0.05) -> int:
    """The fewest rows at which a Pearson correlation of r is significant, two-sided.

    Parameters
    ----------
    r
        From -1 to 1, not 0.
    alpha
        Level of the test, between 0 and 1.

    Returns
    -------
    n, at least 3: |r| reaches `critical_r(n, alpha)` and misses that of n - 1 rows. How often a
    sample of that size is significant is another question: if r is the true correlation, about
    every second one.

    Raises
    ------
    ValueError
        For r = 0, which no number of rows makes significant, and r outside [-1, 1]; for alpha
        outside (0, 1). For an r so near 0 that float64 cannot tell the rows that it takes apart,
        about 2e-8 at 5 %.

    References
    ----------
    As `critical_r`.

    Examples
    --------
    >>> n_for_significance(0.32)
    39
    >>> n_for_significance(-0.02)
    9605
    """
    check_number("r", r, "choose one from -1 to 1 that is not 0")
    if not 0 < abs(r) <= 1:
        raise ValueError(f"r is {r}: choose one from -1 to 1 that is not 0.")
    if critical_r(_MOST_ROWS, alpha) > abs(r):
        raise ValueError(
            f"r is {r}: it would take more than {_MOST_ROWS:.0e} rows, more than can be told "
            "apart. Choose one further from 0."
        )
    too_few, enough = 2, 3
    while critical_r(enough, alpha) > abs(r):
        too_few, enough = enough, 2 * enough
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if critical_r(middle, alpha) > abs(r):
            too_few = middle
        else:
            enough = middle
    return enough


def _check_level(alpha: float) -> None:
    check_number("alpha", alpha, "choose a level between 0 and 1, say 0.05")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}: choose a level between 0 and 1, say 0.05.")
    if alpha < _LEAST_LEVEL:
        raise ValueError(f"alpha is {alpha}: choose a level of {_LEAST_LEVEL} or more.")
