"""Pearson's r and its p for thousands of simulated samples at once."""

from collections.abc import Iterator

import numpy as np

from ..correlation import p_of_r
from ..table import Floats, blocks, bounded, float_array, standardised

_VALUES_AT_ONCE = 2**21


def correlate_rows(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Correlate row i of x with row i of y, for all i at once.

    Parameters
    ----------
    x, y
        Arrays of shape (replicates, n), as the simulators give them.

    Returns
    -------
    r and its two-sided p from t with n - 2 degrees of freedom, arrays of length replicates. Both
    are NaN where a row is constant or has a missing value, p also for n = 2.

    Raises
    ------
    ValueError
        For arrays of different shapes or not of two dimensions, and infinite values.

    References
    ----------
    Student (1908), Biometrika 6, 302-310. Fisher (1915), Biometrika 10, 507-521.

    Notes
    -----
    Spearman's rho is r of the ranks, scipy.stats.rankdata(x, axis=1).

    Examples
    --------
    >>> x = np.array([[1, 2, 3, 4, 5], [1, 1, 1, 1, 1]])
    >>> y = np.array([[2, 1, 4, 3, 5], [5, 3, 1, 2, 4]])
    >>> correlate_rows(x, y)
    (array([0.8, nan]), array([0.104, nan]))
    """
    x, y = float_array(x, "x"), float_array(y, "y")
    if x.shape != y.shape:
        raise ValueError(f"x has shape {x.shape}, y {y.shape}: pass as many rows of the same n.")
    _check(x, dimensions=2, shape="(replicates, n)")
    _check(y, dimensions=2, shape="(replicates, n)")
    r = np.concatenate(
        [
            np.einsum("ij,ij->i", standardised(x[some], axis=1), standardised(y[some], axis=1))
            for some in _blocks(x)
        ]
    )
    return _with_p(r, n=x.shape[1])


def correlate_tables(tables: Floats) -> tuple[Floats, Floats]:
    """Correlate all pairs of columns within each of many tables.

    Parameters
    ----------
    tables
        Array of shape (replicates, n, k), as `noise_tables` gives it, k at least 2.

    Returns
    -------
    r and its two-sided p from t with n - 2 degrees of freedom, arrays of shape (replicates,
    k (k - 1) / 2): a table's pairs in the order of np.triu_indices(k, 1), which is (0, 1), (0, 2)
    and so on. Both are NaN where a column is constant or has a missing value, p also for n = 2.

    Raises
    ------
    ValueError
        For an array that has not three dimensions, fewer than two columns, and infinite values.

    References
    ----------
    As `correlate_rows`.

    Examples
    --------
    Of the 190 pairs of 20 columns of noise, how many have p < 0.05?

    >>> from .. import noise_tables
    >>> r, p = correlate_tables(noise_tables(500, 100, 20, seed=1))
    >>> f"{(p < 0.05).sum(axis=1).mean():.1f}"
    '9.6'
    """
    tables = float_array(tables, "tables")
    _check(tables, dimensions=3, shape="(replicates, n, k)")
    columns = tables.shape[2]
    if columns < 2:
        raise ValueError(f"The tables have {columns} columns: a correlation needs at least two.")
    first, second = np.triu_indices(columns, 1)
    blocks = []
    for some in _blocks(tables):
        z = standardised(tables[some], axis=1)
        blocks.append((z.transpose(0, 2, 1) @ z)[:, first, second])
    return _with_p(np.concatenate(blocks), n=tables.shape[1])


def _check(values: Floats, dimensions: int, shape: str) -> None:
    if values.ndim != dimensions:
        raise ValueError(f"The shape is {values.shape}: pass an array of shape {shape}.")
    if not values.size:
        raise ValueError(f"The shape is {values.shape}: there are no values to correlate.")
    if np.isinf(values).any():
        raise ValueError("Values are infinite in places: replace infinities by np.nan.")


def _blocks(samples: Floats) -> Iterator[slice]:
    """Replicates by blocks, so that working copies stay small however many there are."""
    return blocks(len(samples), _VALUES_AT_ONCE // max(1, samples[:1].size))


def _with_p(r: Floats, n: int) -> tuple[Floats, Floats]:
    r = bounded(r)
    return r, p_of_r(r, np.asarray(n))
