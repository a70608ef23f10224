"""What autocorrelation leaves of n."""

from lib.stats.series.values import gapless_matrix
from lib.stats.table import Column, side_by_side, standardised


def effective_n(x: Column, y: Column) -> float:
    """How many independent rows would tell as much about the correlation of x and y.

    n (1 - a b) / (1 + a b), where a and b are the autocorrelations of x and y at lag 1. Values
    that resemble their neighbours repeat each other, and r of two such series strays further from
    0 than n says. One of the two without autocorrelation is enough for all rows to count.

    It holds for first-order autoregressions. It fails for what lag 1 does not tell: two series
    that both have a trend, or the same season, stay "significant" whatever their effective n. Of
    two random walks it finds about 6 rows, however long they are. And it is rough for few rows,
    whose autocorrelations come out too small: for two AR(0.9) with n = 100, the formula gives
    10.5 with the true coefficients and on average 15.5 with estimated ones, where r varies as
    between 13.5 independent rows.

    Where one autocorrelation is negative, r strays less than between independent rows, and the
    result is larger than n. It is not capped.

    Parameters
    ----------
    x, y
        n numbers each in order of time, the same time apart and none missing; n at least 3.

    Returns
    -------
    A number of rows, seldom whole. NaN for a constant series.

    Raises
    ------
    ValueError
        For fewer than three rows, missing or infinite values, different lengths or row labels,
        and what is not numeric or boolean.

    References
    ----------
    Bartlett (1935), Journal of the Royal Statistical Society 98, 536-543.

    Examples
    --------
    >>> effective_n([1, 2, 3, 4, 5, 6, 7, 8], [2, 3, 3, 4, 6, 7, 6, 8])
    3.9
    """
    table = side_by_side(x=x, y=y)
    if len(table) < 3:
        raise ValueError(f"x and y have {len(table)} rows: an autocorrelation needs at least 3.")
    values = standardised(gapless_matrix(table), axis=0)
    a, b = (values[1:] * values[:-1]).sum(axis=0)
    return float(len(table) * (1 - a * b) / (1 + a * b))
