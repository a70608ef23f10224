"""Pearson's r of all pairs at once, and its p-value."""

import numpy as np
from scipy import special

from ..table import Floats, Grid, Integers
from .complete import complete_r, complete_r_between, weighted_r
from .pairwise import pairwise_r, weighted_pairwise_r
from .weights import Weights

# From so many degrees of freedom on, and for r² up to this, Hill's series gives all digits of p.
_MANY_DEGREES = 200
_SMALL_R_SQUARE = 0.1


def pearson(
    values: Floats, n: Integers | Floats, grid: Grid, weights: Weights | None
) -> tuple[Floats, Floats]:
    """r as a matrix, and its two-sided p one a pair, by its n rows; NaN where undefined."""
    x = values if grid.is_square else values[:, grid.rows]
    y = x if grid.is_square else values[:, grid.columns]
    complete = not np.isnan(values).any()
    if weights is not None:
        found = weighted_r if complete else weighted_pairwise_r
        r = found(x, y, weights.of_rows)
    elif not complete:
        r = pairwise_r(x, y, n)
    else:
        r = complete_r(x) if y is x else complete_r_between(x, y)
    return r, p_of_r(grid.pairs_of(r), grid.pairs_of(n))


def p_of_r(r: Floats, n: Integers | Floats) -> Floats:
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
