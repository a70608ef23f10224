"""P-values of rank correlations from every order that the ranks could have had."""

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from math import comb, factorial, prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ..table import Floats, Integers, blocks
from .ranks import rank_deviations

LARGEST_EXACT_N = 9  # 362 880 orders; ten rows would have 3.6 million

_VALUES_AT_ONCE = 2**20
Ranks: TypeAlias = NDArray[np.integer[Any]]
Scores: TypeAlias = Callable[[Ranks], Ranks]

_Pattern: TypeAlias = tuple[int, ...]


def p_of_all_orders(values: Floats, first: Integers, second: Integers, scores: Scores) -> Floats:
    """Two-sided p of pairs of columns that share at most LARGEST_EXACT_N rows.

    The share of the orders of one column that bring the statistic at least as far from 0 as it
    is. The statistic is the sum of products of both columns' scores: whole numbers that follow
    from the `rank_deviations` along the last axis. For Spearman's rho they are those themselves,
    for Kendall's tau the signs of their differences (Daniels 1944, Biometrika 33, 129-135).
    """
    p = np.empty(len(first))
    for some in blocks(len(first), _VALUES_AT_ONCE // len(values)):
        x, y = values.T[first[some]], values.T[second[some]]
        shared = ~(np.isnan(x) | np.isnan(y))
        rows = shared.sum(axis=1)
        found = p[some]
        for n in np.unique(rows):
            these = rows == n
            among = shared[these]
            x_shared, y_shared = (side[these][among].reshape(-1, n) for side in (x, y))
            found[these] = _p_of_same_n(_deviations(x_shared), _deviations(y_shared), scores)
    return p


def _p_of_same_n(x: Integers, y: Integers, scores: Scores) -> Floats:
    """p of pairs x n rank deviations: pairs with the same ranks, in any order, share the work."""
    distances = np.abs((scores(x) * scores(y)).sum(axis=1))
    patterns, found_in = _patterns(np.concatenate([x, y]))
    pairs = np.sort(found_in.reshape(2, -1), axis=0)
    both = pairs[0] * len(patterns) + pairs[1]
    p = np.empty(len(x))
    # One after another, those that go through the same orders.
    by_patterns = np.argsort(both)
    new = np.flatnonzero(np.diff(both[by_patterns]))
    for alike in np.split(by_patterns, new + 1):
        permuted, fixed = (patterns[number] for number in pairs[:, alike[0]])
        p[alike] = _share_as_far(permuted, fixed, scores)[distances[alike]]
    return p


def _patterns(deviations: Integers) -> tuple[list[_Pattern], Integers]:
    """The different sorted rows, those with the fewest orders first, and which each row is."""
    ascending = np.sort(deviations, axis=1)
    base = 2 * LARGEST_EXACT_N
    codes = (ascending + LARGEST_EXACT_N) @ base ** np.arange(ascending.shape[1])
    _, place, found_in = np.unique(codes, return_index=True, return_inverse=True)
    patterns = [tuple(row) for row in ascending[place].tolist()]
    by_orders = np.argsort([_orders(pattern) for pattern in patterns], kind="stable")
    return [patterns[number] for number in by_orders], np.argsort(by_orders)[found_in]


def _deviations(values: Floats) -> Integers:
    """`rank_deviations` of each row, for short ones."""
    row, others = values[:, :, np.newaxis], values[:, np.newaxis, :]
    deviations: Integers = (others < row).sum(axis=2) - (others > row).sum(axis=2)
    return deviations


def p_of_perfect_order(column: Floats, weights: Floats | None = None) -> float:
    """Two-sided p of a column beside one whose ranks agree with its own, or agree turned round.

    As far from 0 are the orders that swap tied values only, and where the ranks are symmetric,
    their mirror images. Weights say how often each value is there.
    """
    weights = np.ones(len(column)) if weights is None else weights
    ranks, found_in = np.unique(rank_deviations(column, weights), return_inverse=True)
    ties = np.bincount(found_in, weights)
    alike = np.exp(special.gammaln(ties + 1).sum() - special.gammaln(ties.sum() + 1))
    symmetric = np.array_equal(ranks, -ranks[::-1]) and np.array_equal(ties, ties[::-1])
    return float(2 * alike if symmetric else alike)


def _orders(ranks: _Pattern) -> int:
    """How many different orders there are of ranks in ascending order."""
    return factorial(len(ranks)) // prod(factorial(ranks.count(rank)) for rank in set(ranks))


@lru_cache(maxsize=4096)
def _share_as_far(permuted: _Pattern, fixed: _Pattern, scores: Scores) -> Floats:
    """The share of orders whose statistic is at least so far from 0 as the position, 0 upwards."""
    # float32 is exact here, and matrix products of integers are slow.
    statistics = _scores_of_orders(permuted, scores) @ scores(np.array(fixed)).astype(np.float32)
    counts = np.bincount(np.abs(statistics).astype(np.int64))
    return counts[::-1].cumsum()[::-1] / len(statistics)


@lru_cache(maxsize=1)
def _scores_of_orders(ranks: _Pattern, scores: Scores) -> NDArray[np.float32]:
    return scores(_different_orders(ranks)).astype(np.float32)


def _different_orders(ranks: _Pattern) -> NDArray[np.int8]:
    """Every different order of the ranks, one a row."""
    orders = np.empty((1, 0), dtype=np.int8)
    for rank in sorted(set(ranks)):
        ties = ranks.count(rank)
        length = orders.shape[1] + ties
        places = np.zeros((comb(length, ties), length), dtype=np.bool_)
        chosen = np.array(list(combinations(range(length), ties)))
        np.put_along_axis(places, chosen, True, axis=1)
        longer = np.full((len(orders), *places.shape), rank, dtype=np.int8)
        longer[:, ~places] = np.tile(orders, len(places))
        orders = longer.reshape(-1, length)
    return orders
