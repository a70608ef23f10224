"""Ranks, as far as correlations need them."""

import numpy as np

from lib.stats.table import Booleans, Floats, Grid, Integers, varying_in_shared_rows


def rank_deviations(column: Floats) -> Integers:
    """How many values lie below each value, less how many lie above. No value may be missing.

    Twice the distance of its rank from the mean rank, tied values at their mean rank: whole
    numbers, which add and compare exactly.
    """
    order = column.argsort()
    ascending = column[order]
    deviations = np.empty(len(column), dtype=np.int64)
    deviations[order] = ascending.searchsorted(ascending, "left")
    deviations[order] += ascending.searchsorted(ascending, "right")
    return deviations - len(column)


def varying_together(values: Floats, grid: Grid) -> Booleans:
    """Cells of the grid whose two columns both vary in the rows that they share."""
    x, y = values[:, grid.rows], values[:, grid.columns]
    if grid.is_square:
        varying = varying_in_shared_rows(x)
        return varying & varying.T
    return varying_in_shared_rows(x, y) & varying_in_shared_rows(y, x).T
