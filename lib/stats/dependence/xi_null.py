"""What Chatterjee's xi is by chance: exactly where it can be had, else from its limit."""

from functools import lru_cache
from itertools import permutations

import numpy as np
from scipy import special

from ..table import Floats, Integers

LARGEST_EXACT_N = 100
LARGEST_EXACT_N_OF_TIES = 8  # 40 320 orders

_FEW_ROWS = 30
_VARIANCE_WITHOUT_TIES = 0.4


def p_of_xi(turns: Integers, xi: Floats, ranks: Integers) -> Floats:
    """How often orders at random have a sum of turns that is as small: one-sided, for each x.

    Parameters
    ----------
    turns
        The sums of |r_i+1 - r_i| when the rows are in the order of each x.
    xi
        What these are as coefficients.
    ranks
        The n ranks r of y, from small to large: how many values are no larger than each.
    """
    n = len(ranks)
    if ranks[0] == 1 and (np.diff(ranks) == 1).all():
        if n <= LARGEST_EXACT_N:
            return _share_up_to(n)[turns]
        return _p_of_limit(xi, n, _VARIANCE_WITHOUT_TIES)
    if n <= LARGEST_EXACT_N_OF_TIES:
        return _share_of_ties_up_to(tuple(ranks.tolist()))[turns]
    return _p_of_limit(xi, n, _variance_with_ties(ranks))


def _p_of_limit(xi: Floats, n: int, variance: float) -> Floats:
    return np.asarray(special.ndtr(-xi * np.sqrt(n / variance)))


def _variance_with_ties(ranks: Integers) -> float:
    """n times the variance of xi as n grows: Chatterjee's estimate of tau squared."""
    n = len(ranks)
    u = ranks / n
    place = np.arange(1, n + 1)
    sums = np.cumsum(u)
    weights = 2 * n - 2 * place + 1
    a = (weights * u**2).sum() / n**2
    b = ((sums + (n - place) * u) ** 2).sum() / n**3
    c = (weights * u).sum() / n**2
    return float((a - 2 * b + c**2) / _spread(ranks) ** 2)


def _spread(ranks: Integers) -> float:
    """The mean of l (n - l) / n^2, where l counts the values no smaller than each."""
    n = len(ranks)
    not_smaller = n - np.searchsorted(ranks, ranks, "left")
    return float((not_smaller * (n - not_smaller)).sum() / n**3)


def _share_up_to(n: int) -> Floats:
    """Of all orders of 1 to n, the share whose turns sum to no more than the position."""
    return _shares_up_to(_FEW_ROWS if n <= _FEW_ROWS else LARGEST_EXACT_N)[n]


@lru_cache(maxsize=2)
def _shares_up_to(largest: int) -> tuple[Floats, ...]:
    """`_share_up_to` of each n from 0 to the largest, by placing 1, 2, 3 and so on one by one.

    What is placed makes pieces, whose neighbours come later and are larger. With every step up,
    each open end of a piece adds 1 to the turns, so that only the number of pieces and of ends of
    the whole order that are placed need be kept.
    """
    most = largest * largest // 2 + largest
    pieces = largest // 2 + 2
    shares = np.zeros((pieces + 1, 3, most + 1))
    shares[0, 0, 0] = 1
    found = [np.ones(1)]
    for number in range(1, largest + 1):
        placed = np.zeros_like(shares)
        for piece in range(pieces):
            for ends in range(3):
                share = shares[piece, ends] / number
                if ends < 2:  # as an end of the whole: alone, or beside a piece
                    placed[piece + 1, ends + 1] += (2 - ends) * share
                    placed[piece, ends + 1] += (2 - ends) * (piece > 0) * share
                placed[piece + 1, ends] += max(piece + 1 - ends, 0) * share  # alone, in between
                placed[piece, ends] += max(2 * piece - ends, 0) * share  # beside a piece
                placed[piece - 1, ends] += max(piece - 1, 0) * share  # joining two
        found.append(np.minimum(placed[1, 2].cumsum(), 1.0))
        shares = np.zeros_like(placed)
        for piece in range(1, pieces):
            for ends in range(3):
                open_ends = 2 * piece - ends
                if open_ends:
                    shares[piece, ends, open_ends:] = placed[piece, ends, :-open_ends]
    return tuple(found)


@lru_cache(maxsize=256)
def _share_of_ties_up_to(ranks: tuple[int, ...]) -> Floats:
    """As `_share_up_to`, of all orders of ranks with ties."""
    orders = np.array(ranks)[_every_order(len(ranks))]
    turns = np.abs(np.diff(orders, axis=1)).sum(axis=1)
    return np.asarray(np.bincount(turns).cumsum() / len(turns))


@lru_cache(maxsize=1)
def _every_order(n: int) -> Integers:
    return np.array(list(permutations(range(n))))
