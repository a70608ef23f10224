"""Spearman's rho and Kendall's tau-b of all pairs, and their p-values."""

from functools import lru_cache

import numpy as np

from lib.stats._pearson import bounded, complete_r, p_of_r
from lib.stats._table import Floats, Integers, constant_columns, shared_pair

_LARGEST_EXACT_N = 9


def spearman(values: Floats, n: Integers) -> tuple[Floats, Floats]:
    """rho and its two-sided p of all pairs, which share n rows each; NaN where undefined.

    Ranks are those within the rows that a pair shares; tied values get their mean rank.
    """
    complete = (n == len(values)).all()
    rho = _complete_rho(values) if complete else _pairwise_rho(values, n)
    p = p_of_r(rho, n)
    for first, second in np.argwhere(np.triu(~np.isnan(rho) & (n <= _LARGEST_EXACT_N), 1)):
        pair = shared_pair(values, first, second)
        p[first, second] = p[second, first] = _exact_p(pair)
    return rho, p


def kendall(values: Floats, n: Integers) -> tuple[Floats, Floats]:
    """tau-b and its two-sided p of all pairs, which share n rows each; NaN where undefined."""
    from scipy.stats import kendalltau  # 0.8 s to import, and only Kendall needs it

    tau = np.full(n.shape, np.nan)
    p = tau.copy()
    for first, second in np.argwhere(np.triu(n > 1, 1)):
        pair = shared_pair(values, first, second)
        if not constant_columns(pair).any():
            found = kendalltau(pair[:, 0], pair[:, 1])
            tau[first, second] = tau[second, first] = found.statistic
            p[first, second] = p[second, first] = found.pvalue
    return bounded(tau), p


def _average_ranks(column: Floats) -> Floats:
    """Ranks from 1; tied values share the mean of their ranks."""
    _, group, size = np.unique(column, return_inverse=True, return_counts=True)
    ranks: Floats = (size.cumsum() - (size - 1) / 2)[group]
    return ranks


def _complete_rho(values: Floats) -> Floats:
    ranks = np.column_stack([_average_ranks(column) for column in values.T])
    rho = complete_r(ranks)
    constant = constant_columns(values)
    rho[constant, :] = rho[:, constant] = np.nan
    return rho


def _pairwise_rho(values: Floats, n: Integers) -> Floats:
    rho = np.full(n.shape, np.nan)
    for first, second in np.argwhere(np.triu(n > 1, 1)):
        pair = shared_pair(values, first, second)
        rho[first, second] = rho[second, first] = _complete_rho(pair)[0, 1]
    return rho


def _exact_p(pair: Floats) -> float:
    """The share of all orders of y that bring rho at least as far from 0 as it is."""
    n = len(pair)
    # Twice the ranks, from zero: mean ranks end in .5, and whole numbers compare exactly.
    x, y = (np.rint(2 * _average_ranks(column) - 2).astype(np.int64) for column in pair.T)
    orders = _orders_by_product(tuple(sorted(x.tolist())), tuple(sorted(y.tolist())))
    product_at_zero = n * (n - 1) ** 2
    distances = np.abs(np.arange(len(orders)) - product_at_zero)
    return float(orders[distances >= abs(x @ y - product_at_zero)].sum() / orders.sum())


@lru_cache(maxsize=1024)
def _orders_by_product(x: tuple[int, ...], y: tuple[int, ...]) -> Integers:
    """How many orders of y give the sum of products with x that is the position, 0 upwards.

    Both sorted. Built subset by subset: the first values of x meet every subset of as many
    values of y, so n values cost 2^n steps instead of n! orders.
    """
    largest = sum(a * b for a, b in zip(x, y, strict=True))
    orders: Integers = np.zeros((2 ** len(x), largest + 1), dtype=np.int64)
    orders[0, 0] = 1
    for used in range(2 ** len(x) - 1):
        partner = x[used.bit_count()]
        for position, value in enumerate(y):
            if not used >> position & 1:
                step = partner * value
                orders[used | 1 << position, step:] += orders[used, : largest + 1 - step]
    return np.array(orders[-1])
