"""Kendall's tau-b of all pairs at once, and its p-value."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from ..table import (
    Booleans,
    Floats,
    Grid,
    Integers,
    blocks,
    bounded,
    constant_columns,
)
from .inversions import count_inversions
from .orders import LARGEST_EXACT_N, Ranks, p_of_all_orders
from .ranks import varying_together
from .weights import Weights

_VALUES_AT_ONCE = 2**18
_LARGEST_EXACT_N_WITHOUT_TIES = 33


def kendall(
    values: Floats, n: Integers | Floats, grid: Grid, weights: Weights | None
) -> tuple[Floats, Floats]:
    """tau-b as a matrix, and its two-sided p one a pair, which shares n rows; NaN where undefined.

    p is exact for few rows, otherwise normal with the variance of tied ranks. Weights are
    frequencies.
    """
    if weights is not None:
        values = weights.expanded(values)
    rows = grid.pairs_of(n).astype(np.int64)
    parts = zip(*_compared(values, rows.astype(np.float64), grid), strict=True)
    difference, tied, tau, p = (np.concatenate(part) for part in parts)
    varying = varying_together(values, grid)
    tau[~grid.pairs_of(varying)] = np.nan
    _put_p_without_ties(p, difference, rows, ~tied & (rows <= _LARGEST_EXACT_N_WITHOUT_TIES))
    few = tied & (rows <= LARGEST_EXACT_N) & ~np.isnan(tau)
    p[few] = p_of_all_orders(values, grid.first[few], grid.second[few], _signs)
    matrix = grid.matrix_of(tau)
    matrix[grid.same & varying] = 1.0
    return matrix, p


def tau_of_tables(x: Floats, y: Floats) -> Floats:
    """tau-b of each of many tables of two columns, x and y: both tables x rows, none missing.

    NaN where a column is constant.
    """
    # By hashing: the tables hold few different values, and many times.
    of_x, of_y = (pd.factorize(column.ravel(), sort=True)[0].reshape(x.shape) for column in (x, y))
    bits = int(max(of_x.max(), of_y.max()) + 1).bit_length()
    tables, rows = x.shape
    both = of_x << bits | of_y
    tau = _compare(both, bits, np.full(tables, float(rows)))[2]
    tau[constant_columns(x.T) | constant_columns(y.T)] = np.nan
    return tau


def _compared(
    values: Floats, n: Floats, grid: Grid
) -> Iterator[tuple[Floats, Booleans, Floats, Floats]]:
    """What `_compare` gives, of some pairs of columns at a time."""
    bits = len(values).bit_length()
    none = 2**bits - 1
    missing = np.isnan(values.T)
    codes = np.array([np.unique(column, return_inverse=True)[1] for column in values.T])
    for some in blocks(len(n), _VALUES_AT_ONCE // len(values)):
        x, y = grid.first[some], grid.second[some]
        both = codes[x] << bits | codes[y]
        both[missing[x] | missing[y]] = none << bits | none
        yield _compare(both, bits, n[some])


def _compare(both: Integers, bits: int, n: Floats) -> tuple[Floats, Booleans, Floats, Floats]:
    """Compare all pairs of rows: concordant less discordant, whether tied, tau-b, its normal p.

    Of each pair of columns, x and y, a row of numbers: the code of x followed by the bits of that
    of y, all ones where a value is missing. Sorts them in place.
    """
    none = 2**bits - 1
    both.sort(axis=1)
    # In order of x, and of y where x is tied: each inversion of y is a discordant pair.
    y = (both & none).astype(np.int32)
    discordant = count_inversions(y)  # which leaves y in its own order
    of_x, of_y, of_both = (
        _ties(both >> bits, none),
        _ties(y, none),
        _ties(both, none << bits | none),
    )
    pairs = n * (n - 1) / 2
    difference = pairs - of_x.pairs - of_y.pairs + of_both.pairs - 2 * discordant
    with np.errstate(invalid="ignore", divide="ignore"):
        tau = difference / np.sqrt(pairs - of_x.pairs) / np.sqrt(pairs - of_y.pairs)
        z = difference / np.sqrt(_variance(n, of_x, of_y))
    return difference, of_x.pairs + of_y.pairs > 0, bounded(tau), 2 * special.ndtr(-np.abs(z))


@dataclass(frozen=True, eq=False)
class _Ties:
    """Of each pair of columns, sums over one's groups of t tied values."""

    pairs: Floats  # t (t - 1) / 2
    triples: Floats  # t (t - 1) (t - 2)
    weighted: Floats  # t (t - 1) (2 t + 5)


def _ties(ascending: NDArray[np.integer], none: int) -> _Ties:
    """Ties within each row of codes; `none` is the code of a missing value."""
    starts = np.ones(ascending.shape, dtype=np.bool_)
    np.not_equal(ascending[:, 1:], ascending[:, :-1], out=starts[:, 1:])
    if starts.all():
        return _Ties(*np.zeros((3, len(ascending))))
    start = np.flatnonzero(starts)
    sizes = np.diff(start, append=ascending.size)
    groups = (sizes > 1) & (ascending.ravel()[start] != none)
    row = start[groups] // ascending.shape[1]
    t = sizes[groups].astype(np.float64)

    def summed(terms: Floats) -> Floats:
        return np.bincount(row, weights=terms, minlength=len(ascending)).astype(np.float64)

    return _Ties(
        pairs=summed(t * (t - 1) / 2),
        triples=summed(t * (t - 1) * (t - 2)),
        weighted=summed(t * (t - 1) * (2 * t + 5)),
    )


def _variance(n: Floats, x: _Ties, y: _Ties) -> Floats:
    """Variance of concordant less discordant pairs, over all orders of ranks with these ties."""
    ordered = n * (n - 1)
    variance: Floats = (
        (ordered * (2 * n + 5) - x.weighted - y.weighted) / 18
        + 2 * x.pairs * y.pairs / ordered
        + x.triples * y.triples / (9 * ordered * np.maximum(n - 2, 1))
    )
    return variance


def _put_p_without_ties(p: Floats, difference: Floats, rows: Integers, where: Booleans) -> None:
    for n in np.unique(rows[where]):
        these = where & (rows == n)
        fewer = (n * (n - 1) // 2 - np.abs(difference[these])) / 2
        p[these] = _share_as_far(int(n))[fewer.astype(np.int64)]


@cache
def _share_as_far(n: int) -> Floats:
    """The share of the orders of n different values with so many discordant pairs or fewer.

    The position says how many. Orders turned round are as far from 0, and counted too.
    """
    share = np.ones(1)
    for values in range(2, n + 1):  # one more value is discordant with 0, 1, ... or all others
        share = np.convolve(share, np.full(values, 1 / values))
    as_far: Floats = np.minimum(2 * share.cumsum(), 1.0)
    return as_far


def _signs(ranks: Ranks) -> Ranks:
    """Which of two rows has the higher rank, for all pairs of rows."""
    first, second = np.tril_indices(ranks.shape[-1], -1)
    signs: Ranks = np.sign(ranks[..., first] - ranks[..., second])
    return signs
