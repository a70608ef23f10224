"""Samples whose truth is known, thousands at a time: rows are replicates of one experiment.

Every simulator gives float64 arrays with one replicate a row, 8 bytes a value: 10 000 series of
100 values take 8 MB. The same seed gives the same numbers; two independent groups of series are
two seeds, or two halves of one call, never twice the same seed.
"""

from typing import Literal, TypeAlias, get_args

import numpy as np

from lib.stats._table import Floats

Distribution: TypeAlias = Literal[
    "normal", "uniform", "exponential", "lognormal", "t3", "binary", "cauchy"
]


def noise(replicates: int, n: int, *, distribution: Distribution = "normal", seed: int) -> Floats:
    """Independent draws from one distribution.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    distribution
        - "normal": mean 0, variance 1.
        - "uniform": from 0 to 1.
        - "exponential": mean 1.
        - "lognormal": the exponential function of a standard normal.
        - "t3": Student's t with 3 degrees of freedom.
        - "binary": 1 with probability 0.3, else 0.
        - "cauchy": without mean or variance.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n).

    Raises
    ------
    ValueError
        For an unknown distribution.

    Examples
    --------
    >>> noise(2, 3, distribution="binary", seed=4)
    array([[0., 0., 0.],
           [1., 0., 0.]])
    """
    if distribution not in get_args(Distribution):
        known = ", ".join(get_args(Distribution))
        raise ValueError(f"Unknown distribution {distribution!r}: choose from {known}.")
    rng = np.random.default_rng(seed)
    size = (replicates, n)
    match distribution:
        case "normal":
            return rng.normal(size=size)
        case "uniform":
            return rng.uniform(size=size)
        case "exponential":
            return rng.exponential(size=size)
        case "lognormal":
            return rng.lognormal(size=size)
        case "t3":
            return rng.standard_t(3, size=size)
        case "binary":
            return (rng.uniform(size=size) < 0.3).astype(np.float64)
        case "cauchy":
            return rng.standard_cauchy(size=size)


def random_walks(replicates: int, n: int, *, seed: int) -> Floats:
    """Sums of independent standard normal steps: x[t] = x[t - 1] + e[t], from x[0] = e[0].

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n). The variance of column t, from 0, is t + 1.

    Examples
    --------
    Unrelated, and most of them "significantly" correlated:

    >>> from lib.stats.replicates import correlate_rows
    >>> x, y = np.split(random_walks(10_000, 100, seed=1), 2)
    >>> r, p = correlate_rows(x, y)
    >>> f"{np.mean(p < 0.05):.0%}"
    '77%'
    """
    return np.cumsum(_normal(replicates, n, seed), axis=1)


def autoregressions(replicates: int, n: int, *, phi: float, seed: int) -> Floats:
    """First-order autoregressions: x[t] = phi x[t - 1] + e[t], e standard normal.

    Stationary from the first value on, whose variance 1 / (1 - phi²) is that of all others.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    phi
        Autocorrelation at lag 1, between -1 and 1.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n).

    Raises
    ------
    ValueError
        For |phi| of 1 or more.

    Examples
    --------
    >>> x = autoregressions(1, 5000, phi=0.9, seed=1)[0]
    >>> f"{np.corrcoef(x[:-1], x[1:])[0, 1]:.1f}"
    '0.9'
    """
    if not -1 < phi < 1:
        raise ValueError(
            f"phi is {phi}: choose between -1 and 1, or random_walks for what phi = 1 gives."
        )
    values = _normal(replicates, n, seed)
    values[:, 0] /= np.sqrt((1 - phi) * (1 + phi))
    for t in range(1, n):
        values[:, t] += phi * values[:, t - 1]
    return values


def trends(replicates: int, n: int, *, slope: float, noise: float = 1.0, seed: int) -> Floats:
    """Noise about a straight line: x[t] = slope t + noise e[t], t from 0, e standard normal.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    slope
        Rise from one value to the next.
    noise
        Standard deviation about the line.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n).

    Examples
    --------
    >>> trends(1, 4, slope=0.5, noise=0, seed=1)
    array([[0. , 0.5, 1. , 1.5]])
    """
    return slope * np.arange(n) + noise * _normal(replicates, n, seed)


def seasons(
    replicates: int,
    n: int,
    *,
    period: int,
    amplitude: float,
    noise: float = 1.0,
    seed: int,
) -> Floats:
    """Noise about a season: x[t] = amplitude cos(2 pi t / period) + noise e[t], e as in `trends`.

    Parameters
    ----------
    replicates, n
        Rows and columns of the result.
    period
        Values until the season begins again, at least 2.
    amplitude
        Height of its top above its mean.
    noise
        Standard deviation about the season.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n). The season is highest in column 0.

    Raises
    ------
    ValueError
        For a period below 2.

    Examples
    --------
    >>> seasons(1, 6, period=4, amplitude=2, noise=0, seed=1).round(3) + 0
    array([[ 2.,  0., -2.,  0.,  2.,  0.]])
    """
    if period < 2:
        raise ValueError(f"period is {period}: a season takes at least 2 rows.")
    season = np.cos(2 * np.pi * (np.arange(n) % period) / period)  # the same to the last bit
    return amplitude * season + noise * _normal(replicates, n, seed)


def correlated_pairs(
    replicates: int, n: int, *, r: float, lag: int = 0, seed: int
) -> tuple[Floats, Floats]:
    """Pairs of standard normal series: y[t] = r x[t - lag] + sqrt(1 - r²) e[t].

    Without a lag, row i of x and row i of y are a bivariate normal sample with correlation r.
    With one, y follows x that many rows later, and at every other lag they are independent.

    Parameters
    ----------
    replicates, n
        Rows and columns of the results.
    r
        The true correlation, -1 to 1.
    lag
        Rows by which x leads, at least 0.
    seed
        For np.random.default_rng.

    Returns
    -------
    x and y, arrays of shape (replicates, n).

    Raises
    ------
    ValueError
        For r outside [-1, 1] and a negative lag.

    Examples
    --------
    >>> x, y = correlated_pairs(1, 5000, r=0.8, lag=3, seed=1)
    >>> f"{np.corrcoef(x[0], y[0])[0, 1]:.1f}"
    '0.0'
    >>> f"{np.corrcoef(x[0, :-3], y[0, 3:])[0, 1]:.1f}"
    '0.8'
    """
    _check_r(r)
    if lag < 0:
        raise ValueError(f"lag is {lag}: choose 0 or more, and exchange x and y where y leads.")
    longer = _normal(2 * replicates, n + lag, seed)
    x, error = longer[:replicates], longer[replicates:, lag:]
    return x[:, lag:], _related(x[:, :n], error, r)


def heteroscedastic_pairs(replicates: int, n: int, *, seed: int) -> tuple[Floats, Floats]:
    """Uncorrelated pairs that are dependent: y = |x| e, with x and e standard normal.

    The true correlation is 0; x only says how far y strays. The test of r, which assumes that it
    says nothing, then rejects far too often, however large n is.

    Parameters
    ----------
    replicates, n
        Rows and columns of the results.
    seed
        For np.random.default_rng.

    Returns
    -------
    x and y, arrays of shape (replicates, n).

    Examples
    --------
    >>> from lib.stats.replicates import correlate_rows
    >>> r, p = correlate_rows(*heteroscedastic_pairs(10_000, 30, seed=1))
    >>> f"{np.mean(p < 0.05):.0%}"
    '25%'
    """
    x, error = np.split(_normal(2 * replicates, n, seed), 2)
    return x, np.abs(x) * error


def noise_tables(
    replicates: int, n: int, columns: int, *, true_pairs: int = 0, r: float = 0.0, seed: int
) -> Floats:
    """Tables of independent standard normal columns, of which the first pairs may be real.

    Parameters
    ----------
    replicates, n, columns
        How many tables, and their shape: n rows x columns.
    true_pairs
        Columns 0 and 1, 2 and 3, and so on: this many pairs have the true correlation r.
    r
        -1 to 1.
    seed
        For np.random.default_rng.

    Returns
    -------
    Array of shape (replicates, n, columns): 2000 tables of 100 x 20 take 32 MB.

    Raises
    ------
    ValueError
        For more true pairs than columns allow, and r outside [-1, 1].

    Examples
    --------
    >>> table = noise_tables(1, 5000, 4, true_pairs=1, r=0.4, seed=1)[0]
    >>> np.corrcoef(table, rowvar=False)[0].round(1) + 0
    array([1. , 0.4, 0. , 0. ])
    """
    _check_r(r)
    if not 0 <= true_pairs <= columns // 2:
        raise ValueError(
            f"true_pairs is {true_pairs}: {columns} columns have room for 0 to {columns // 2}."
        )
    tables: Floats = np.random.default_rng(seed).normal(size=(replicates, n, columns))
    first, second = (tables[..., side : 2 * true_pairs : 2] for side in (0, 1))
    second[:] = _related(first, second, r)
    return tables


def _normal(replicates: int, n: int, seed: int) -> Floats:
    draws: Floats = np.random.default_rng(seed).normal(size=(replicates, n))
    return draws


def _related(x: Floats, error: Floats, r: float) -> Floats:
    related: Floats = r * x + np.sqrt((1 - r) * (1 + r)) * error
    return related


def _check_r(r: float) -> None:
    if not -1 <= r <= 1:
        raise ValueError(f"r is {r}: choose between -1 and 1.")
