"""Pearson's r of pairs that share different rows, by matrix products."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from lib.stats.correlation.complete import SAFE_SHARE, complete_r, in_range, weighted_r
from lib.stats.table import (
    Booleans,
    Floats,
    Integers,
    blocks,
    bounded,
    centred_columns,
    constant_columns,
)

Found = TypeVar("Found")

# Deviations below this, as a share of the column's largest value, may be those of rounding.
_SAFE_DEVIATION = 1e-12
# Few at a time, so that they are still in the processor's cache when they are multiplied.
_VALUES_AT_ONCE = 16_000
_FEWEST_ROWS_AT_ONCE = 128


def pairwise_r(x: Floats, y: Floats, n: Integers | Floats) -> Floats:
    """r of the columns of x with those of y, each pair over the n rows that it shares.

    Where y is x, of all pairs of one table. Columns are centred on their own means first. The
    means over a pair's shared rows differ from those, and are removed afterwards; the few pairs in
    which that cancels digits are recomputed.
    """
    return _pairwise_r(x, y, n, None)


def weighted_pairwise_r(x: Floats, y: Floats, weights: Floats) -> Floats:
    """The same where rows count as much as their weights, which are above 0."""
    weights = weights / weights.max()
    total = np.zeros((x.shape[1], y.shape[1]))
    for some in _blocks(*total.shape, len(x)):
        present, present_beside = (~np.isnan(side[some]) for side in (x, y))
        total += (present * weights[some, np.newaxis]).T @ present_beside
    return _pairwise_r(x, y, total, weights)


def _pairwise_r(x: Floats, y: Floats, n: Integers | Floats, weights: Floats | None) -> Floats:
    """n: the shared rows, or the sums of their weights."""
    square = y is x
    varying_x, varying_y = _of_both(_varying, x, y)
    of_x, of_y = _sums_of_both(x, y, weights)
    usable = in_range(of_x.all_squares[varying_x]), in_range(of_y.all_squares[varying_y])
    if not (usable[0].all() and usable[1].all()):
        of_x, of_y = _sums_of_both(*_of_both(_scaled, x, y), weights)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        lengths_x, safe_x = _lengths(of_x, n)
        lengths_y, safe_y = (lengths_x, safe_x) if square else _lengths(of_y, n.T)
        products = of_x.products - of_x.deviations * of_y.deviations.T / n
        r = bounded(products / (lengths_x * lengths_y.T))
    defined = np.outer(varying_x, varying_y) & (n > (1 if weights is None else 0))
    safe = safe_x & safe_y.T
    r[~(safe & defined)] = np.nan
    doubtful = defined & ~safe
    if doubtful.any():
        for first, second in np.argwhere(np.triu(doubtful, 1) if square else doubtful):
            r[first, second] = _r_of_pair(x[:, first], y[:, second], weights)
            if square:
                r[second, first] = r[first, second]
    return r


def _r_of_pair(x: Floats, y: Floats, weights: Floats | None) -> float:
    shared = ~(np.isnan(x) | np.isnan(y))
    pair = np.column_stack([x[shared], y[shared]])
    if weights is None:
        return float(complete_r(pair)[0, 1])
    return float(weighted_r(pair[:, :1], pair[:, 1:], weights[shared])[0, 0])


@dataclass(frozen=True, eq=False)
class _Sums:
    """[i, j]: sums over the rows that column i of one table shares with column j of the other.

    Each row times its weight. Deviations are those of i from the mean of all that it has, and
    squares theirs; products are with those of j. One a column, `all_squares` is the sum over all
    rows without weights, and the largest value is not above its `size`.
    """

    deviations: Floats
    squares: Floats
    products: Floats
    all_squares: Floats
    size: Floats


def _sums_of_both(x: Floats, y: Floats, weights: Floats | None) -> tuple[_Sums, _Sums]:
    """Those of x beside y, and those of y beside x."""
    of_x = _sums(x, y, weights)
    return of_x, of_x if y is x else _sums(y, x, weights)


def _sums(x: Floats, y: Floats, weights: Floats | None) -> _Sums:
    shape = x.shape[1], y.shape[1]
    deviations, squares, products = np.zeros((3, *shape))
    all_squares = np.zeros(shape[0])
    with np.errstate(over="ignore", invalid="ignore"):
        means_x, means_y = _of_both(lambda side: _means(side, weights), x, y)
        for some in _blocks(*shape, len(x)):
            about_mean, present = _about(means_x, x[some])
            beside, present_beside = (about_mean, present) if y is x else _about(means_y, y[some])
            squared = about_mean * about_mean
            all_squares += np.ones(len(squared)) @ squared
            if weights is not None:
                each = weights[some, np.newaxis]
                beside, present_beside = beside * each, present_beside * each
            deviations += about_mean.T @ present_beside
            products += about_mean.T @ beside
            squares += squared.T @ present_beside
        size = np.abs(means_x) + np.sqrt(all_squares)
    return _Sums(deviations, squares, products, all_squares, size)


def _means(values: Floats, weights: Floats | None) -> Floats:
    """Of each column, over what it has."""
    total, count = np.zeros((2, values.shape[1]))
    for some in _blocks(1, len(total), len(values)):
        filled = values[some].copy()
        missing = np.isnan(filled)
        np.copyto(filled, 0.0, where=missing)
        each = np.ones(len(filled)) if weights is None else weights[some]
        total += each @ filled
        count += each.sum() - each @ missing
    return np.asarray(total / np.where(count > 0, count, 1))


def _blocks(columns: int, others: int, rows: int) -> Iterator[slice]:
    """Some rows at a time."""
    at_once = _VALUES_AT_ONCE // max(columns, others)
    return blocks(rows, max(_FEWEST_ROWS_AT_ONCE, at_once))


def _about(means: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Deviations from the means, 0 where a value is missing; and 1 where one is there, 0 else."""
    deviations = values - means
    missing = np.isnan(deviations)
    np.copyto(deviations, 0.0, where=missing)
    return deviations, (~missing).astype(np.float64)


def _lengths(sums: _Sums, n: Integers | Floats) -> tuple[Floats, Booleans]:
    """Square roots of the sums of squares about the mean of the shared rows; which are safe."""
    squares = sums.squares - sums.deviations**2 / n
    rounding = _SAFE_DEVIATION * sums.size[:, np.newaxis]
    safe = squares > np.maximum(SAFE_SHARE * sums.squares, rounding**2)
    return np.sqrt(squares), safe


def _varying(values: Floats) -> Booleans:
    return ~constant_columns(values)


def _scaled(values: Floats) -> Floats:
    present = ~np.isnan(values)
    return np.where(present, centred_columns(values, present), np.nan)


def _of_both(function: Callable[[Floats], Found], x: Floats, y: Floats) -> tuple[Found, Found]:
    """What the function gives of either; the same object twice where y is x."""
    found = function(x)
    return found, found if y is x else function(y)
