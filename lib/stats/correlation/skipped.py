"""Skipped correlations: of the rows that do not lie far out in the plane of two columns."""

import warnings

import numpy as np

from ..table import Booleans, Floats, Integers, blocks, bounded
from .ranks import rank_deviations
from .spread import median_deviations

_LEAST_ROWS = 5
_SEED = 0
_VALUES_AT_ONCE = 2**20
# The root of what one in forty of chi-square's values with two degrees of freedom exceeds.
_REACH = np.sqrt(-2 * np.log(0.025))


def skipped(values: Floats) -> tuple[Floats, Integers]:
    """Spearman's rho of the rows that are kept, as a matrix, NaN where undefined; how many."""
    present = ~np.isnan(values)
    columns = values.shape[1]
    r = np.full((columns, columns), np.nan)
    n = np.diag(present.sum(axis=0))
    for column in np.flatnonzero(np.diagonal(n)):
        _, scale = median_deviations(values[present[:, column], column])
        r[column, column] = np.where(np.isnan(scale[0]), np.nan, 1.0)
    for first, second in zip(*np.triu_indices(columns, 1), strict=True):
        rows = present[:, first] & present[:, second]
        pair = values[rows][:, [first, second]]
        n[first, second] = n[second, first] = len(pair)
        if len(pair) < _LEAST_ROWS:
            continue
        deviations, scale = median_deviations(pair.T)
        if np.isnan(scale).any():
            continue
        kept = pair[~_far_out((deviations / scale).T)]
        n[first, second] = n[second, first] = len(kept)
        r[first, second] = r[second, first] = _rho(kept)
    return r, n


def _far_out(points: Floats) -> Booleans:
    """Which of n x 2 points lie far from the centre, seen along the line to any of them."""
    points = points - _centre(points)
    lengths = np.sqrt((points**2).sum(axis=1))
    far = np.zeros(len(points), dtype=np.bool_)
    for some in blocks(len(points), _VALUES_AT_ONCE // len(points)):
        direction = points[some] / np.where(lengths[some] > 0, lengths[some], 1.0)[:, np.newaxis]
        distances = np.sort(np.abs(direction @ points.T), axis=1)
        limit = np.median(distances, axis=1) + _REACH * _fourths_apart(distances)
        far |= (np.abs(direction @ points.T) > limit[:, np.newaxis]).any(axis=0)
    return far


def _centre(points: Floats) -> Floats:
    from sklearn.covariance import MinCovDet

    with warnings.catch_warnings():
        # Points on a line have no covariance of full rank; their centre is found all the same.
        warnings.simplefilter("ignore")
        return np.asarray(MinCovDet(random_state=_SEED).fit(points).location_)


def _fourths_apart(ascending: Floats) -> Floats:
    """The interquartile range of each row, by its ideal fourths."""
    count = ascending.shape[1]
    place = int(np.floor(count / 4 + 5 / 12))
    share = count / 4 + 5 / 12 - place
    low = (1 - share) * ascending[:, place - 1] + share * ascending[:, place]
    high = (1 - share) * ascending[:, count - place] + share * ascending[:, count - place - 1]
    return np.asarray(high - low)


def _rho(pair: Floats) -> float:
    x, y = (rank_deviations(column).astype(np.float64) for column in pair.T)
    squares = (x @ x) * (y @ y)
    return float(bounded(x @ y / np.sqrt(squares))) if squares > 0 else np.nan
