"""Pearson's r of all pairs at once, and its p-value."""

import numpy as np
from scipy import special

from lib.stats._table import Booleans, Floats, Integers, constant_columns, shared_pair

# Where removing a pair's own means leaves less than this share of the sum of squares, more than
# one of float64's sixteen digits has cancelled.
_SAFE_SHARE = 0.1
# Below this sum of squares, in columns scaled to 1, rounding of the first centring may show.
_SAFE_SQUARES = 1e-24
_ROUNDING_OF_R = 1e-14


def pearson(values: Floats, n: Integers) -> tuple[Floats, Floats]:
    """r and its two-sided p of all pairs, which share n rows each; NaN where undefined."""
    complete = (n == len(values)).all()
    r = complete_r(values) if complete else _pairwise_r(values)
    return r, p_of_r(r, n)


def complete_r(values: Floats) -> Floats:
    """Pearson's r of all pairs of an n x k table without missing values (n >= 1)."""
    centred = _centred(values, np.ones(values.shape, dtype=np.bool_))
    products = centred.T @ centred
    squares = np.diagonal(products)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = bounded(products / np.sqrt(np.outer(squares, squares)))
    varying = ~constant_columns(values)
    return np.where(np.outer(varying, varying), r, np.nan)


def bounded(r: Floats) -> Floats:
    """r within [-1, 1]; what differs from 1 by rounding only is 1, so that a line has p = 0.

    With three rows, r = 1 - 1e-16 would have p = 1e-8.
    """
    return np.where(np.abs(r) > 1 - _ROUNDING_OF_R, np.sign(r), r)


def p_of_r(r: Floats, n: Integers) -> Floats:
    """Two-sided p of r under t with n - 2 degrees of freedom; NaN below three rows."""
    freedom = np.where(n > 2, n - 2.0, np.nan)
    with np.errstate(divide="ignore"):  # t of |r| = 1 is infinite, its p 0
        t = r * np.sqrt(freedom / ((1 - r) * (1 + r)))  # 1 - r² would lose digits near |r| = 1
    return np.asarray(2 * special.stdtr(freedom, -np.abs(t)), dtype=np.float64)


def _pairwise_r(values: Floats) -> Floats:
    """Pearson's r of each pair over its shared rows, by four matrix products.

    Columns are centred on their own means first. The means over a pair's shared rows differ from
    those, and are removed afterwards; the few pairs in which that cancels digits are recomputed.
    """
    present = ~np.isnan(values)
    centred = _centred(values, present)
    mask = present.astype(np.float64)
    n = mask.T @ mask
    sums = centred.T @ mask  # [i, j]: column i over the rows that it shares with column j
    squares = (centred * centred).T @ mask
    with np.errstate(divide="ignore", invalid="ignore"):
        about_means = squares - sums * sums / n
        products = centred.T @ centred - sums * sums.T / n
        r = bounded(products / np.sqrt(about_means * about_means.T))
    safe = about_means > np.maximum(_SAFE_SHARE * squares, _SAFE_SQUARES)
    safe &= safe.T
    varying = ~constant_columns(values)
    defined = np.outer(varying, varying) & (n > 1)
    r[~(safe & defined)] = np.nan
    for first, second in np.argwhere(np.triu(defined & ~safe, 1)):
        exact = complete_r(shared_pair(values, first, second))[0, 1]
        r[first, second] = r[second, first] = exact
    return r


def _centred(values: Floats, present: Booleans) -> Floats:
    """Columns scaled to at most 1 and centred, with 0 where a value is missing.

    The scale is a power of two, so no digit changes and no square overflows.
    """
    filled = np.where(present, values, 0.0)
    _, exponent = np.frexp(np.abs(filled).max(axis=0))
    columns: Floats = np.ldexp(filled, -exponent)
    count = np.maximum(present.sum(axis=0), 1)
    for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes what is left
        columns -= columns.sum(axis=0) / count
        columns *= present
    return columns
