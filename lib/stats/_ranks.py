"""Ranks, as far as correlations need them."""

import numpy as np

from lib.stats._table import Floats, Integers


def rank_deviations(column: Floats) -> Integers:
    """How many values lie below each value, less how many lie above. No value may be missing.

    Twice the distance of its rank from the mean rank, tied values at their mean rank: whole
    numbers, which add and compare exactly.
    """
    ascending = np.sort(column)
    below = ascending.searchsorted(column, "left")
    not_above = ascending.searchsorted(column, "right")
    return below + not_above - len(column)
