"""Correlations over lags: of a series with its own past, and of two series with each other's."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from ..table import Column, Floats, Table, check_flag, column_of, standardised, table_of
from . import prewhitening
from .echoes import cross_echoes, echoes
from .values import check_lags, gapless_matrix, gapless_pair, gapless_values

_COVERAGE = 0.95


def autocorrelation(x: Column, lags: int) -> pd.DataFrame:
    """Correlate a series with itself, some rows later.

    Parameters
    ----------
    x
        n numbers in order of time, the same time apart and none missing.
    lags
        The largest lag, 1 to n - 1.

    Returns
    -------
    A frame with one row a lag, 0 to `lags`:

    - value: sum of products at that lag divided by n times the variance, 1 at lag 0.
    - low, high: where a value lies in 95 of 100 cases if x is white noise, +-1.96 / sqrt(n).
      Each lag on its own: of 20 lags of noise, one is expected outside. NaN at lag 0.

    Values are NaN for a constant series.

    Raises
    ------
    ValueError
        For lags out of range, missing or infinite values, dates or years that are not the
        same time apart, and what is not numeric or boolean.

    References
    ----------
    Box, Jenkins and Reinsel (1994), Time Series Analysis, 3rd edition, chapter 2.

    Examples
    --------
    >>> autocorrelation([1, 2, 3, 4, 5, 4, 3, 2], lags=2).round(3)
         value    low   high
    lag
    0    1.000    NaN    NaN
    1    0.500 -0.693  0.693
    2   -0.083 -0.693  0.693
    """
    x = column_of(x, "x")
    check_lags(lags, len(x))
    z = standardised(gapless_values(x, "x"), axis=0)
    return _with_band(_own_echoes(z, lags), first_lag=0, n=len(z))


def partial_autocorrelation(x: Column, lags: int) -> pd.DataFrame:
    """Correlate a series with itself some rows later, given the rows between.

    The value at lag k is the last coefficient of an autoregression of order k. An autoregression
    of order p has none beyond lag p, apart from chance.

    Parameters
    ----------
    x
        n numbers in order of time, the same time apart and none missing.
    lags
        The largest lag, 1 to n / 2.

    Returns
    -------
    A frame with one row a lag, 0 to `lags`: value (1 at lag 0), low and high as for
    `autocorrelation`. Values are NaN for a constant series.

    Raises
    ------
    ValueError
        For lags out of range, missing or infinite values, dates or years that are not the
        same time apart, and what is not numeric or boolean.

    Notes
    -----
    By the Durbin-Levinson recursion on the autocorrelations as `autocorrelation` gives them
    (statsmodels.tsa.stattools.pacf with method "ldbiased"; R's pacf is the same). The default of
    statsmodels divides by n - k instead of n, and its values may leave [-1, 1].

    References
    ----------
    Box, Jenkins and Reinsel (1994), Time Series Analysis, 3rd edition, chapter 3. Durbin (1960),
    Review of the International Statistical Institute 28, 233-244.

    Examples
    --------
    >>> partial_autocorrelation([1, 2, 3, 4, 5, 4, 3, 2], lags=2).round(3)
         value    low   high
    lag
    0    1.000    NaN    NaN
    1    0.500 -0.693  0.693
    2   -0.444 -0.693  0.693
    """
    x = column_of(x, "x")
    check_lags(lags, len(x))
    if lags > len(x) // 2:
        raise ValueError(f"lags is {lags}: choose at most half of the {len(x)} values.")
    z = standardised(gapless_values(x, "x"), axis=0)
    return _with_band(_last_coefficients(_own_echoes(z, lags)), first_lag=0, n=len(z))


def cross_correlation(x: Column, y: Column, lags: int, *, prewhiten: bool = False) -> pd.DataFrame:
    """Correlate x with y some rows later, and some rows earlier.

    At lag k it is the correlation of x at time t with y at t + k: a peak at a positive lag says
    that x leads. (R's ccf counts its lags the other way round.)

    Parameters
    ----------
    x, y
        n numbers each in order of time, the same time apart and none missing.
    lags
        The largest lag, 1 to n - 1.
    prewhiten
        Whether to pass both series through `prewhiten` first. The band is that of two series of
        which one at least is white noise. Where both repeat themselves, the values stray much
        further, and neighbouring lags together, so that unrelated series seem to lead each other.
        After prewhitening by x the band holds, and n is smaller by the order of the filter.

    Returns
    -------
    A frame with one row a lag, -`lags` to `lags`:

    - value: sum of products at that lag, divided by n times both standard deviations.
    - low, high: where a value lies in 95 of 100 cases if x and y are unrelated and one of them is
      white noise, +-1.96 / sqrt(n). Each lag on its own.

    Values are NaN where a series is constant, or was before or after prewhitening.

    Raises
    ------
    ValueError
        For lags out of range, missing or infinite values, dates or years that are not the
        same time apart, different lengths or row labels, and what is not numeric or boolean.

    References
    ----------
    Bartlett (1955), An Introduction to Stochastic Processes. Box, Jenkins and Reinsel (1994),
    Time Series Analysis, 3rd edition, chapter 11.

    Examples
    --------
    >>> from .. import correlated_pairs
    >>> x, y = correlated_pairs(1, 200, r=0.8, lag=3, seed=1)
    >>> found = cross_correlation(x[0], y[0], lags=5)
    >>> found["value"].idxmax()
    3
    >>> found.loc[2:4].round(2)
         value   low  high
    lag
    2    -0.04 -0.14  0.14
    3     0.79 -0.14  0.14
    4    -0.01 -0.14  0.14
    """
    check_flag("prewhiten", prewhiten)
    if prewhiten:
        white = prewhitening.prewhiten(x, y)
        x, y = white.x.to_numpy(), white.y.to_numpy()  # whose labels were those of x and y
    z = standardised(gapless_pair(x, y), axis=0)
    check_lags(lags, len(z))
    values = cross_echoes(z, lags, np.array([0]), np.array([1]))[0]
    return _with_band(values, first_lag=-lags, n=len(z))


def lagged_correlations(data: Table, lags: int) -> pd.DataFrame:
    """Cross-correlate all pairs of columns: pair by lag, the table of a lag heatmap.

    Parameters
    ----------
    data
        n rows in order of time, the same time apart, x k columns of numbers or booleans, k at
        least 2, none missing.
    lags
        The largest lag, 1 to n - 1.

    Returns
    -------
    A frame with one row for each of the k (k - 1) / 2 pairs, x before y as in the table, named by
    the levels x and y of the index, and one column a lag, -`lags` to `lags`. At a positive lag, x
    leads. Values are as those of `cross_correlation` without prewhitening: read them against
    +-1.96 / sqrt(n) only where all columns but one at most are white noise. Rows with a constant
    column are NaN.

    Raises
    ------
    ValueError
        For lags out of range, missing or infinite values, dates or years that are not the
        same time apart, duplicated names, fewer than two columns, and columns that are not
        numeric or boolean.

    References
    ----------
    As `cross_correlation`.

    Examples
    --------
    >>> from .. import correlated_pairs
    >>> x, y = correlated_pairs(1, 2000, r=0.8, lag=1, seed=1)
    >>> table = pd.DataFrame({"rain": x[0], "river": y[0], "sea": -y[0]})
    >>> lagged_correlations(table, lags=2).round(1) + 0
    lag           -2   -1    0    1    2
    x     y
    rain  river  0.0  0.0  0.0  0.8  0.0
          sea    0.0  0.0  0.0 -0.8  0.0
    river sea    0.0  0.0 -1.0  0.0  0.0
    """
    data = table_of(data)
    z = standardised(gapless_matrix(data), axis=0)
    n, columns = z.shape
    check_lags(lags, n)
    first, second = np.triu_indices(columns, 1)
    values = cross_echoes(z, lags, first, second)
    names: Any = data.columns.to_flat_index()
    return pd.DataFrame(
        values,
        index=pd.MultiIndex([names, names], [first.tolist(), second.tolist()], names=["x", "y"]),
        columns=pd.RangeIndex(-lags, lags + 1, name="lag"),
    )


def _own_echoes(z: Floats, lags: int) -> Floats:
    values = echoes(z[:, np.newaxis], lags)[:, 0]
    values[0] = np.where(np.isnan(values[0]), np.nan, 1.0)
    return values


def _last_coefficients(r: Floats) -> Floats:
    """Of the autoregressions of each order, from the autocorrelations r, by Durbin and Levinson."""
    lags = len(r) - 1
    values, coefficients, unexplained = np.ones(lags + 1), np.zeros(lags), r[0]
    for order in range(1, lags + 1):
        shorter = coefficients[: order - 1]
        values[order] = (r[order] - shorter @ r[order - 1 : 0 : -1]) / unexplained
        shorter -= values[order] * shorter[::-1]
        coefficients[order - 1] = values[order]
        unexplained *= 1 - values[order] ** 2
    values[0] = r[0]
    return values


def _with_band(values: Floats, first_lag: int, n: int) -> pd.DataFrame:
    high = np.full(len(values), special.ndtri((1 + _COVERAGE) / 2) / np.sqrt(n))
    if first_lag == 0:  # a series with itself, without any delay: 1 by definition
        high[0] = np.nan
    lags = pd.RangeIndex(first_lag, first_lag + len(values), name="lag")
    return pd.DataFrame({"value": values, "low": -high, "high": high}, index=lags)
