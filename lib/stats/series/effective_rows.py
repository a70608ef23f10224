"""What autocorrelation leaves of n."""

from collections.abc import Sequence

import numpy as np

from ..table import (
    Column,
    Floats,
    counted,
    float_array,
    standardised,
)
from .echoes import echoes
from .values import check_lags, gapless_pair

_ROUNDING = 1e-9


def effective_n(x: Column, y: Column, *, lags: int | None = None) -> float:
    """How many independent rows would tell as much about the correlation of x and y.

    Values that resemble their neighbours repeat each other, and r of two such series strays
    further from 0 than n says. One of the two without autocorrelation is enough for all rows to
    count.

    Without `lags`, n (1 - a b) / (1 + a b), where a and b are the autocorrelations of x and y at
    lag 1: the short formula, for first-order autoregressions. What lag 1 does not tell, as that
    values are sums which overlap, needs the sum over `lags`: n / (1 + 2 sum (1 - k / n) a_k b_k).

    Both fail for two series that both have a trend, or the same season: these stay "significant"
    whatever their effective n. Of two random walks the short formula finds about 7 rows, however
    long they are. And both are made for many rows: for two AR(0.9) with n = 100, the short one
    gives 10.5 with the true coefficients and on average 16.4 with estimated ones, where r varies
    as between 14.4 independent rows. That number is `effective_n_known`. The test that goes with
    effective rows is `series_test`.

    Where one autocorrelation is negative, r strays less than between independent rows, and the
    result is larger than n. It is not capped.

    Parameters
    ----------
    x, y
        n numbers each in order of time, the same time apart and none missing; n at least 3.
    lags
        The largest lag in the sum, 1 to n - 1. The fewer, the more may be overlooked; the more,
        the more chance is added up. With n - 1, which is all, the sum is never negative.

    Returns
    -------
    A number of rows, seldom whole. NaN for a constant series, and where the estimated sum is not
    positive.

    Raises
    ------
    ValueError
        For fewer than three rows, lags out of range, missing or infinite values, dates or years
        that are not the same time apart, different lengths or row labels, and what is not numeric
        or boolean.

    References
    ----------
    Bartlett (1935), Journal of the Royal Statistical Society 98, 536-543. The sum over lags: Pyper
    and Peterman (1998), Canadian Journal of Fisheries and Aquatic Sciences 55, 2127-2140.

    Examples
    --------
    >>> x, y = [1, 2, 3, 4, 5, 6, 7, 8], [2, 3, 3, 4, 6, 7, 6, 8]
    >>> effective_n(x, y)
    3.9
    >>> round(effective_n(x, y, lags=2), 1)
    4.6
    """
    values = gapless_pair(x, y)
    n = len(values)
    if n < 3:
        raise ValueError(f"x and y have {counted(n, 'row')}: an autocorrelation needs at least 3.")
    if lags is not None:
        check_lags(lags, n)
    products = echoes(standardised(values, axis=0), lags or 1)[1:].prod(axis=1)
    if lags is None:
        return float(n * (1 - products[0]) / (1 + products[0]))
    total = 1 + 2 * (1 - np.arange(1, lags + 1) / n) @ products
    return float(n / total) if total > 0 else float("nan")


def effective_n_known(x_echo: Sequence[float], y_echo: Sequence[float]) -> float:
    """How many independent rows have an r that varies as that of two unrelated known processes.

    Between n independent rows of noise the variance of r is 1 / (n - 1), so the result is 1 +
    1 / var(r). That variance is exact for Gaussian series, also for few rows: r is computed with
    means and standard deviations that are estimated from the same n rows. The short formula of
    `effective_n` takes them as known, and gives too few rows where rows are few.

    Parameters
    ----------
    x_echo, y_echo
        The autocorrelations of the two processes at the lags 0 to n - 1, the first of them 1; n
        at least 3.

    Returns
    -------
    A number of rows, seldom whole.

    Raises
    ------
    ValueError
        For fewer than three lags, different numbers of them, and what is no autocorrelation: not
        1 at lag 0, missing or infinite at another, or not those of any process.

    References
    ----------
    1 + 1 / var(r): Clifford, Richardson and Hémon (1989), Biometrics 45, 123-134. The variance, a
    moment of ratios of quadratic forms, by one integral: Magnus (1986), Annales d'Économie et de
    Statistique 4, 95-109.

    Examples
    --------
    >>> phi = 0.9 ** np.arange(100)
    >>> round(effective_n_known(phi, phi), 1)
    14.4
    >>> noise = [1] + 99 * [0]
    >>> round(effective_n_known(phi, noise), 1)
    100.0
    """
    echoes = {name: float_array(e, name) for name, e in [("x_echo", x_echo), ("y_echo", y_echo)]}
    lags = {name: echo.size for name, echo in echoes.items()}
    if len({*lags.values()}) > 1:
        raise ValueError(f"x_echo has {lags['x_echo']} lags, y_echo {lags['y_echo']}.")
    directions = [_direction(echo, name) for name, echo in echoes.items()]
    variance = np.sum(directions[0] * directions[1])
    return float(1 + 1 / variance)


def _direction(echo: Floats, name: str) -> Floats:
    """The mean of u u', where u is a series less its mean, scaled to length one.

    The mean is diagonal where the covariance is. With l its values and z independent normal
    deviates, the mean of l_i z_i^2 / sum(l_j z_j^2) is the integral over positive t of
    l_i / (1 + 2 t l_i) / sqrt(product(1 + 2 t l_j)).
    """
    from scipy import integrate, linalg  # slow to import

    if echo.ndim != 1:
        raise ValueError(f"{name} has {echo.ndim} dimensions: pass one number a lag.")
    n = len(echo)
    if n < 3:
        raise ValueError(f"{name} has {counted(n, 'lag')}: choose at least 3.")
    if not np.isfinite(echo).all():
        lag = int((~np.isfinite(echo)).argmax())
        raise ValueError(f"{name} is {echo[lag]} at lag {lag}: give it a number at every lag.")
    if not echo[0] == 1:
        raise ValueError(f"An autocorrelation is 1 at lag 0, but {name} is {echo[0]} there.")
    covariance = linalg.toeplitz(echo)
    if linalg.eigvalsh(covariance)[0] < -_ROUNDING * n:
        raise ValueError(f"No process has the autocorrelations of {name}.")
    centred = covariance - covariance.mean(axis=0) - covariance.mean(axis=1)[:, np.newaxis]
    sizes, vectors = np.linalg.eigh(centred + covariance.mean())
    sizes = np.maximum(sizes, 0) / sizes.sum()

    def moments(t: float) -> Floats:
        spread = 1 + 2 * t * sizes
        return np.asarray(sizes / spread * np.exp(-np.log(spread).sum() / 2))

    shares, _ = integrate.quad_vec(moments, 0, np.inf, epsrel=1e-10)
    return np.asarray(vectors * shares @ vectors.T)
