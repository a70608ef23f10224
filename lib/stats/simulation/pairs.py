"""Pairs of columns whose correlation is known."""

import numpy as np

from ..table import Floats, check_number, check_whole, generator_of
from .normal import checked_sizes, normal


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
        For r outside [-1, 1], a negative lag, replicates or n that are no whole numbers, 0 or
        more, and a seed that numpy does not take.

    Examples
    --------
    >>> x, y = correlated_pairs(1, 5000, r=0.8, lag=3, seed=1)
    >>> f"{np.corrcoef(x[0], y[0])[0, 1]:.1f}"
    '0.0'
    >>> f"{np.corrcoef(x[0, :-3], y[0, 3:])[0, 1]:.1f}"
    '0.8'
    """
    _check_r(r)
    check_whole("lag", lag, 0, "choose 0 or more, and exchange x and y where y leads")
    checked_sizes(replicates=replicates, n=n)
    longer = normal(2 * replicates, n + lag, seed)
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

    Raises
    ------
    ValueError
        For replicates or n that are no whole numbers, 0 or more, and a seed that numpy does not
        take.

    Examples
    --------
    >>> from .. import correlate_rows
    >>> r, p = correlate_rows(*heteroscedastic_pairs(10_000, 30, seed=1))
    >>> f"{np.mean(p < 0.05):.0%}"
    '25%'
    """
    checked_sizes(replicates=replicates, n=n)
    x, error = np.split(normal(2 * replicates, n, seed), 2)
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
        For more true pairs than columns allow, r outside [-1, 1], replicates, n or columns that
        are no whole numbers, 0 or more, and a seed that numpy does not take.

    Examples
    --------
    >>> table = noise_tables(1, 5000, 4, true_pairs=1, r=0.4, seed=1)[0]
    >>> np.corrcoef(table, rowvar=False)[0].round(1) + 0
    array([1. , 0.4, 0. , 0. ])
    """
    _check_r(r)
    size = checked_sizes(replicates=replicates, n=n, columns=columns)
    advice = f"{columns} columns have room for 0 to {columns // 2}"
    check_whole("true_pairs", true_pairs, 0, advice)
    if true_pairs > columns // 2:
        raise ValueError(f"true_pairs is {true_pairs}: {advice}.")
    tables: Floats = generator_of(seed).normal(size=size)
    first, second = (tables[..., side : 2 * true_pairs : 2] for side in (0, 1))
    second[:] = _related(first, second, r)
    return tables


def _related(x: Floats, error: Floats, r: float) -> Floats:
    related: Floats = r * x + np.sqrt((1 - r) * (1 + r)) * error
    return related


def _check_r(r: float) -> None:
    check_number("r", r, "choose between -1 and 1")
    if not -1 <= r <= 1:
        raise ValueError(f"r is {r}: choose between -1 and 1.")
