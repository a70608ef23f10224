"""Pearson's r of pairs that share different rows, by matrix products."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy import sparse

from ..table import (
    Booleans,
    Floats,
    Integers,
    blocks,
    bounded,
    centred_columns,
    constant_columns,
)
from .complete import SAFE_SHARE, complete_r, in_range, weighted_r

Found = TypeVar("Found")

# Deviations below this, as a share of the column's largest value, may be those of rounding.
_SAFE_DEVIATION = 1e-12
# Where the rows that a pair does not share take more of a column's squares away, three of
# float64's sixteen digits have cancelled.
_SAFE_SHARE_KEPT = 1e-3
# A sparse product is the quicker one where fewer cells than this share are missing, and by so many
# fewer that setting it up pays.
_SPARSE_SHARE, _WORTH_OF_SPARSE = 0.15, 4000
_ROWS_AT_ONCE = 2048


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
    present, present_beside = _of_both(lambda side: (~np.isnan(side)).astype(np.float64), x, y)
    total = (present * weights[:, np.newaxis]).T @ present_beside
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
        products /= lengths_x * lengths_y.T
        r = bounded(products)
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
    squares theirs; products are with those of j. One a column, over all that it has, are
    `squares_of_column`, `all_squares`, the same without weights, and `size`, which the largest
    value is not above.
    """

    deviations: Floats
    squares: Floats
    products: Floats
    squares_of_column: Floats
    all_squares: Floats
    size: Floats


def _sums_of_both(x: Floats, y: Floats, weights: Floats | None) -> tuple[_Sums, _Sums]:
    """Those of x beside y, and those of y beside x."""
    with np.errstate(over="ignore", invalid="ignore"):
        side_x, side_y = _of_both(lambda side: _Side.of(side, weights), x, y)
        products = side_x.weighted.T @ side_y.about_mean
        of_x = side_x.beside(side_y, products)
        return of_x, of_x if y is x else side_y.beside(side_x, products.T)


@dataclass(frozen=True, eq=False)
class _Side:
    """A table's deviations from its means, 0 where a value is missing, and these times weights.

    `missing` is turned: of each column, 1 for a row without a value, 0 for all others.
    """

    about_mean: Floats
    weighted: Floats
    missing: "Floats | sparse.csc_array"
    means: Floats

    @classmethod
    def of(cls, values: Floats, weights: Floats | None) -> "_Side":
        each = np.ones(len(values)) if weights is None else weights
        about_mean = np.array(values, order="C")
        cells = about_mean.reshape(-1)
        gaps = np.flatnonzero(np.isnan(cells))
        cells[gaps] = 0.0
        missing = _turned(gaps, values.shape)
        count = each.sum() - missing @ each
        means = each @ about_mean / np.where(count > 0, count, 1)
        about_mean -= means
        cells[gaps] = 0.0
        weighted = about_mean if weights is None else about_mean * weights[:, np.newaxis]
        return cls(about_mean, weighted, missing, means)

    def beside(self, other: "_Side", products: Floats) -> _Sums:
        """What the rows without the other take away is quicker to add up than what is left."""
        squared = self.weighted * self.about_mean
        squares = all_squares = _totals(squared)
        if self.weighted is not self.about_mean:
            all_squares = _totals(self.about_mean * self.about_mean)
        return _Sums(
            deviations=(_totals(self.weighted) - other.missing @ self.weighted).T,
            squares=(squares - other.missing @ squared).T,
            products=products,
            squares_of_column=squares,
            all_squares=all_squares,
            size=np.abs(self.means) + np.sqrt(all_squares),
        )


def _totals(values: Floats) -> Floats:
    """Of each column; of some rows at a time, which keeps more digits than one by one."""
    parts = (values[some] for some in blocks(len(values), _ROWS_AT_ONCE))
    return np.asarray(sum(np.ones(len(part)) @ part for part in parts))


def _turned(gaps: Integers, shape: tuple[int, int]) -> "Floats | sparse.csc_array":
    """1 in these cells and 0 in all others, turned; sparse if that is quicker to multiply by."""
    row, column = np.divmod(gaps, shape[1])
    if len(gaps) > _SPARSE_SHARE * shape[0] * shape[1] - _WORTH_OF_SPARSE:
        full = np.zeros(shape[::-1])
        full[column, row] = 1.0
        return full
    ends = np.bincount(row + 1, minlength=shape[0] + 1).cumsum()
    return sparse.csc_array((np.ones(len(row)), column, ends), shape=shape[::-1])


def _lengths(sums: _Sums, n: Integers | Floats) -> tuple[Floats, Booleans]:
    """Square roots of the sums of squares about the mean of the shared rows; which are safe."""
    squares = sums.squares - sums.deviations**2 / n
    rounding = (_SAFE_DEVIATION * sums.size) ** 2
    least = np.maximum(_SAFE_SHARE_KEPT * sums.squares_of_column, rounding)
    safe = squares > np.maximum(SAFE_SHARE * sums.squares, least[:, np.newaxis])
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
