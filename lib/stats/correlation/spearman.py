"""Spearman's rho of all pairs at once, and its p-value."""

from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ..table import (
    Booleans,
    Floats,
    Grid,
    Integers,
    blocks,
    bounded,
)
from .orders import LARGEST_EXACT_N, Ranks, p_of_all_orders, p_of_perfect_order
from .pearson import p_of_r
from .ranks import rank_deviations, varying_together
from .weights import Weights

_VALUES_AT_ONCE = 2**20


def spearman(
    values: Floats, n: Integers | Floats, grid: Grid, weights: Weights | None
) -> tuple[Floats, Floats]:
    """rho as a matrix, and its two-sided p one a pair, by its n rows; NaN where undefined.

    Ranks are those within the rows that a pair shares; tied values get their mean rank.
    """
    each = None if weights is None else weights.of_rows
    find = _pairwise_rho if np.isnan(values).any() else _complete_rho
    rho = find(values, grid, each)
    rho[~varying_together(values, grid)] = np.nan
    return rho, _p_of_rho(grid.pairs_of(rho), grid.pairs_of(n), values, grid, weights)


def _complete_rho(values: Floats, grid: Grid, weights: Floats | None) -> Floats:
    deviations = np.array(
        [rank_deviations(column, weights) for column in values.T], dtype=np.float64
    )
    x, y = deviations[grid.rows], deviations[grid.columns]
    weighted_x, weighted_y = (x, y) if weights is None else (x * weights, y * weights)
    squares = np.outer(np.vecdot(weighted_x, x), np.vecdot(weighted_y, y))
    return _rho(weighted_x @ y.T, squares)


def _pairwise_rho(values: Floats, grid: Grid, weights: Floats | None) -> Floats:
    """rho of each pair over its shared rows, for some rows of the grid and some columns at once."""
    table = _SortedColumns.of(values, weights)
    size = max(1, isqrt(_VALUES_AT_ONCE // len(values)))
    rho = np.empty((len(grid.rows), len(grid.columns)))
    for above in blocks(len(grid.rows), size):
        for beside in blocks(len(grid.columns), size):
            if grid.is_square and beside.start < above.start:
                continue
            these, those = grid.rows[above], grid.columns[beside]
            x = _deviations_within(table, these, those)
            y = _deviations_within(table, those, these).transpose(1, 0, 2)
            weighted_x, weighted_y = (x, y) if weights is None else (x * weights, y * weights)
            squares = np.vecdot(weighted_x, x) * np.vecdot(weighted_y, y)
            found = _rho(np.vecdot(weighted_x, y), squares)
            rho[above, beside] = found
            if grid.is_square:
                rho[beside, above] = found.T
    return rho


@dataclass(frozen=True, eq=False)
class _SortedColumns:
    """Columns and their order, as k x n arrays."""

    present: Booleans
    order: Integers  # rows by ascending value, the missing ones last
    below: NDArray[np.int32]  # how many values of the column lie below each
    not_above: NDArray[np.int32]
    weights: Floats | None  # one a row

    @classmethod
    def of(cls, values: Floats, weights: Floats | None) -> "_SortedColumns":
        columns = np.ascontiguousarray(values.T)
        order = columns.argsort(axis=1)
        below, not_above = np.empty((2, *columns.shape), dtype=np.int32)
        for number, rows in enumerate(order):
            ascending = columns[number, rows]
            below[number, rows] = ascending.searchsorted(ascending, "left")
            not_above[number, rows] = ascending.searchsorted(ascending, "right")
        return cls(~np.isnan(columns), order, below, not_above, weights)


def _deviations_within(columns: _SortedColumns, these: Integers, those: Integers) -> Floats:
    """[i, j, row]: `rank_deviations` of i within the rows that j has too, 0 in other rows.

    Of the rows that j has, those that come before a value in the order of i lie below it: a
    cumulative count, or sum of weights, so that i is not sorted anew for each j.
    """
    rows = columns.present.shape[1]
    others = columns.present[those]
    deviations = np.empty((len(these), len(those), rows))
    weights = columns.weights
    kind = np.int32 if weights is None else np.float64
    count = np.zeros((len(those), rows + 1), dtype=kind)
    for place, column in enumerate(these):
        # No index is outside; "clip" is fast because it does not look for one that is.
        in_order = others.take(columns.order[column], axis=1, mode="clip")
        counted = in_order if weights is None else in_order * weights[columns.order[column]]
        np.cumsum(counted, axis=1, dtype=kind, out=count[:, 1:])
        found = count.take(columns.below[column], axis=1, mode="clip")
        found += count.take(columns.not_above[column], axis=1, mode="clip")
        present = columns.present[column]
        found -= count[:, [np.count_nonzero(present)]]
        np.multiply(found, others & present, out=deviations[place])
    return deviations


def _rho(products: Floats, squares: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return bounded(products / np.sqrt(squares))


def _p_of_rho(
    rho: Floats, n: Integers | Floats, values: Floats, grid: Grid, weights: Weights | None
) -> Floats:
    """From t, but from the orders of the ranks where these are few or the order is perfect."""
    p = p_of_many_orders(rho, n)
    if weights is not None and weights.kind == "survey":
        return p  # n is no number of rows, and the orders of rows are not equally likely
    for pair in np.flatnonzero((np.abs(rho) == 1) & (n > LARGEST_EXACT_N)):
        first, second = values[:, grid.first[pair]], values[:, grid.second[pair]]
        shared = ~(np.isnan(first) | np.isnan(second))
        each = None if weights is None else weights.of_rows[shared]
        p[pair] = p_of_perfect_order(first[shared], each)
    few = ~np.isnan(rho) & (n <= LARGEST_EXACT_N)
    if weights is not None:  # pairs of few rows have none that counts for more than few
        values = weights.expanded(values, at_most=LARGEST_EXACT_N + 1)
    p[few] = p_of_all_orders(values, grid.first[few], grid.second[few], _themselves)
    return p


def p_of_many_orders(rho: Floats, n: "Integers | Floats | int") -> Floats:
    """Two-sided p by t, and never below that of a perfect order."""
    # t calls a perfect order of ten rows impossible by chance; it is one order of 10!, or two.
    p: Floats = np.fmax(p_of_r(rho, np.asarray(n)), 2 * np.exp(-special.gammaln(n + 1)))
    return p


def _themselves(ranks: Ranks) -> Ranks:
    return ranks
