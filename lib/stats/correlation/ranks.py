"""Ranks, as far as correlations need them."""

from typing import overload

import numpy as np

from ..table import Booleans, Floats, Grid, Integers, varying_in_shared_rows


@overload
def rank_deviations(column: Floats, weights: None = None) -> Integers: ...


@overload
def rank_deviations(column: Floats, weights: Floats | None) -> Integers | Floats: ...


def rank_deviations(column: Floats, weights: Floats | None = None) -> Integers | Floats:
    """How many values lie below each value, less how many lie above. No value may be missing.

    Twice the distance of its rank from the mean rank, tied values at their mean rank: whole
    numbers, which add and compare exactly. With weights, how much weight lies below and above.
    """
    order = column.argsort()
    ascending = column[order]
    below, not_above = (ascending.searchsorted(ascending, side) for side in ("left", "right"))
    if weights is None:
        deviations = np.empty(len(column), dtype=np.int64)
        deviations[order] = below + not_above
        return deviations - len(column)
    up_to = np.concatenate([[0.0], weights[order].cumsum()])
    weighted = np.empty(len(column))
    weighted[order] = up_to[below] + up_to[not_above] - up_to[-1]
    return weighted


def varying_together(values: Floats, grid: Grid) -> Booleans:
    """Cells of the grid whose two columns both vary in the rows that they share."""
    x, y = values[:, grid.rows], values[:, grid.columns]
    if grid.is_square:
        varying = varying_in_shared_rows(x)
        return varying & varying.T
    return varying_in_shared_rows(x, y) & varying_in_shared_rows(y, x).T
