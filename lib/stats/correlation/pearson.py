"""Pearson's r of all pairs at once, and its p-value."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from lib.stats.table import (
    Booleans,
    Floats,
    Integers,
    bounded,
    centred_columns,
    constant_columns,
    pairs_of,
    row_blocks,
    shared_pair,
)

# Where removing a mean leaves less than this share of the sum of squares, more than one of
# float64's sixteen digits has cancelled.
_SAFE_SHARE = 0.1
# Between these no square has overflowed or vanished, and no product of two sums will.
_SAFE_SQUARES = (1e-140, 1e140)
# Deviations below this, as a share of the column's largest value, may be those of rounding.
_SAFE_DEVIATION = 1e-12
# From so many degrees of freedom on, and for r² up to this, Hill's series gives all digits of p.
_MANY_DEGREES = 200
_SMALL_R_SQUARE = 0.1


def pearson(values: Floats, n: Integers) -> tuple[Floats, Floats]:
    """r as a matrix, and its two-sided p one a pair, which shares n rows; NaN where undefined."""
    complete = (n == len(values)).all()
    r = complete_r(values) if complete else _pairwise_r(values, n)
    return r, p_of_r(pairs_of(r), pairs_of(n))


def complete_r(values: Floats) -> Floats:
    """Pearson's r of all pairs of an n x k table without missing values (n >= 1)."""
    varying = ~constant_columns(values)
    about_means, safe = _products(values)
    if not safe[varying].all():
        about_means, _ = _products(centred_columns(values, np.ones(values.shape, dtype=np.bool_)))
    lengths = np.sqrt(np.where(varying, np.diagonal(about_means), np.nan))
    return bounded(about_means / np.outer(lengths, lengths))


def p_of_r(r: Floats, n: Integers) -> Floats:
    """Two-sided p of r under t with n - 2 degrees of freedom; NaN below three rows."""
    shape = np.broadcast_shapes(r.shape, n.shape)
    freedom = np.broadcast_to(np.where(n > 2, n - 2.0, np.nan), shape).ravel()
    r = np.broadcast_to(r, shape).ravel()
    # |r| = 1 is infinitely far out, and its p is 0.
    is_near_normal = (freedom >= _MANY_DEGREES) & (r * r < _SMALL_R_SQUARE)
    p = np.empty(r.shape)
    p[is_near_normal] = 2 * special.ndtr(-_normal_of_r(r[is_near_normal], freedom[is_near_normal]))
    r, freedom = r[~is_near_normal], freedom[~is_near_normal]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = r * np.sqrt(freedom / ((1 - r) * (1 + r)))  # 1 - r² loses digits near |r| = 1
        p[~is_near_normal] = 2 * special.stdtr(freedom, -np.abs(t))
    return p.reshape(shape)


def _normal_of_r(r: Floats, freedom: Floats) -> Floats:
    """The standard normal deviate with the tail of r's t, ten times as fast as t itself.

    Hill (1970), Communications of the ACM 13, 617-619 (algorithm 395).
    """
    scale = freedom - 0.5
    y = -scale * np.log1p(-r * r)  # log(1 + t² / freedom)
    b = 48 * scale * scale
    series = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b) + y + 3
    deviate: Floats = np.sqrt(y) * (1 + series / b)
    return deviate


def _products(values: Floats) -> tuple[Floats, Booleans]:
    """Sums of products of deviations from the means, and of which columns they can be trusted."""
    rows, columns = values.shape
    with np.errstate(over="ignore", invalid="ignore"):
        means = np.ones(rows) @ values / rows
        sums, products = np.zeros(columns), np.zeros((columns, columns))
        for block in row_blocks(values):
            deviations = block - means
            sums += np.ones(len(block)) @ deviations
            products += deviations.T @ deviations
        # A mean near 1e8 is itself rounded: what is left of it is removed as well.
        about_means = products - np.outer(sums, sums) / rows
        squares = np.diagonal(about_means)
        safe = _in_range(squares) & (squares > _SAFE_SHARE * np.diagonal(products))
    return about_means, safe


def _pairwise_r(values: Floats, n: Integers) -> Floats:
    """Pearson's r of each pair over its shared rows, by matrix products.

    Columns are centred on their own means first. The means over a pair's shared rows differ from
    those, and are removed afterwards; the few pairs in which that cancels digits are recomputed.
    """
    varying = ~constant_columns(values)
    sums = _pairwise_sums(values, n)
    if not _in_range(np.diagonal(sums.of_squares)[varying]).all():
        present = ~np.isnan(values)
        sums = _pairwise_sums(np.where(present, centred_columns(values, present), np.nan), n)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        squares = sums.of_squares - sums.of_deviations**2 / n
        products = sums.of_products - sums.of_deviations * sums.of_deviations.T / n
        lengths = np.sqrt(squares)
        r = bounded(products / (lengths * lengths.T))
    rounding = _SAFE_DEVIATION * sums.size[:, np.newaxis]
    safe = squares > np.maximum(_SAFE_SHARE * sums.of_squares, rounding**2)
    safe &= safe.T
    defined = np.outer(varying, varying) & (n > 1)
    r[~(safe & defined)] = np.nan
    doubtful = defined & ~safe
    for first, second in np.argwhere(np.triu(doubtful, 1)) if doubtful.any() else ():
        exact = complete_r(shared_pair(values, first, second))[0, 1]
        r[first, second] = r[second, first] = exact
    return r


@dataclass(frozen=True, eq=False)
class _PairwiseSums:
    """[i, j]: sums over the rows that column i shares with column j.

    Deviations are those of i from the mean of all that it has, products those with j's. The
    largest value of a column is not above its size.
    """

    of_deviations: Floats
    of_squares: Floats
    of_products: Floats
    size: Floats


def _pairwise_sums(values: Floats, n: Integers) -> _PairwiseSums:
    total = np.zeros(values.shape[1])
    deviations_, squares, products = np.zeros((3, *n.shape))
    # Written over block by block: fresh memory costs more than the arithmetic in it.
    room = np.empty((2, len(next(row_blocks(values))), values.shape[1]))
    with np.errstate(over="ignore", invalid="ignore"):
        for block in row_blocks(values):
            filled = room[0, : len(block)]
            np.copyto(filled, block)
            np.putmask(filled, np.isnan(block), 0.0)
            total += np.ones(len(block)) @ filled
        means = total / np.maximum(np.diagonal(n), 1)
        for block in row_blocks(values):
            deviations, present = room[:, : len(block)]
            missing = np.isnan(block)
            np.logical_not(missing, out=present)
            np.subtract(block, means, out=deviations)
            np.putmask(deviations, missing, 0.0)
            deviations_ += deviations.T @ present
            products += deviations.T @ deviations
            deviations *= deviations
            squares += deviations.T @ present
        size = np.abs(means) + np.sqrt(np.diagonal(squares))
    return _PairwiseSums(deviations_, squares, products, size)


def _in_range(squares: Floats) -> Booleans:
    smallest, largest = _SAFE_SQUARES
    return (squares > smallest) & (squares < largest)
