"""What a cut of a tree of rows is worth: what its groups explain, and whether they last."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..stats import Distance, Linkage

Floats: TypeAlias = NDArray[np.float64]
Groups: TypeAlias = NDArray[np.int64]

SHUFFLES = 39
SUBSETS = 100
_DIGITS = 12  # of distances: those that rounding alone tells apart are ties


def explained(apart: Floats, groups: Groups) -> float:
    """The share of the squared distances between all rows that lies between the groups.

    Of Euclidean distances it is the share of the variance: 1 less the squares within the groups,
    each divided by the size of its group, as a share of those of all rows. Anderson (2001), Austral
    Ecology 26, 32-46.

    apart    rows x rows, the distances
    groups   one number a row, from 0

    >>> points = np.array([[0.0], [2.0], [10.0], [12.0]])
    >>> explained(np.abs(points - points.T), np.array([0, 0, 1, 1]))  # 1 - 4 / 104
    0.9615384615384616
    """
    squares = apart**2
    member = (groups[:, np.newaxis] == np.arange(groups.max() + 1)).astype(float)
    within = ((squares @ member) * member).sum(axis=0) / member.sum(axis=0)
    total = squares.sum() / len(squares)
    return float(1 - within.sum() / total) if total > 0 else float("nan")


def explained_by_noise(values: Floats, distance: Distance, linkage: Linkage, k: int) -> Floats:
    """What a cut into k explains where each column is shuffled on its own, in each of some tables.

    A table in which a row does not vary has no r, and is left out.

    >>> explained_by_noise(np.eye(6), "euclidean", "average", 2).shape
    (39,)
    """
    generator = np.random.default_rng(0)
    found = []
    for _ in range(SHUFFLES):
        apart = distances(generator.permuted(values, axis=0), distance)
        if np.isfinite(apart).all():
            found.append(explained(apart, _groups_of(apart, linkage, k)))
    return np.array(found)


def likeness(apart: Floats, groups: Groups, linkage: Linkage) -> Floats:
    """How like each group is to the nearest one of a tree of two thirds of the rows, on average.

    Likeness is Jaccard's: of the rows that are in either, the share in both. Hennig (2007),
    Computational Statistics & Data Analysis 52, 258-271, with subsets.

    >>> points = np.array([[0.0], [0.1], [0.3], [9.0], [9.2], [9.3]])
    >>> likeness(np.abs(points - points.T), np.array([0, 0, 0, 1, 1, 1]), "average")
    array([1., 1.])
    """
    n, k = len(groups), int(groups.max()) + 1
    size = max(k, -(-2 * n // 3))
    generator = np.random.default_rng(0)
    found = np.full((SUBSETS, k), np.nan)
    for alike in found:
        some = np.sort(generator.choice(n, size, replace=False))
        again = _groups_of(apart[np.ix_(some, some)], linkage, k)
        both = np.zeros((k, k))
        np.add.at(both, (groups[some], again), 1)
        sizes = both.sum(axis=1, keepdims=True)
        nearest = (both / (sizes + both.sum(axis=0) - both)).max(axis=1)
        alike[:] = np.where(sizes[:, 0] > 0, nearest, np.nan)
    return np.array([np.nanmean(one) if np.isfinite(one).any() else np.nan for one in found.T])


def distances(values: Floats, distance: Distance) -> Floats:
    """Between all rows, rows x rows; NaN where a row that does not vary would need an r.

    >>> distances(np.array([[0.0, 0.0], [3.0, 4.0]]), "euclidean")
    array([[0., 5.],
           [5., 0.]])
    """
    from scipy.spatial.distance import pdist, squareform

    if distance == "euclidean":
        return np.asarray(squareform(pdist(values)))
    with np.errstate(invalid="ignore", divide="ignore"):
        r: Floats = np.asarray(np.corrcoef(values))
    apart: Floats = np.clip(1 - r if distance == "1-r" else 1 - np.abs(r), 0, None)
    np.fill_diagonal(apart, 0)
    return apart


def _groups_of(apart: Floats, linkage: Linkage, k: int) -> Groups:
    from scipy.cluster import hierarchy
    from scipy.spatial.distance import squareform

    between = squareform(apart, checks=False)
    ties = (between / (between.max() or 1.0)).round(_DIGITS)
    return _cut(hierarchy.linkage(ties, linkage)[:, :2].astype(int).tolist(), k)


def _cut(merges: Sequence[Sequence[int]], k: int) -> Groups:
    """The group of each leaf, from 0, when all merges but the last k - 1 are done."""
    leaves = len(merges) + 1
    done = leaves - k
    above: list[Any] = list(range(leaves + done))
    for place, (first, second) in enumerate(merges[:done]):
        above[first] = above[second] = leaves + place
    for node in reversed(range(leaves + done)):
        above[node] = above[above[node]]
    return np.unique(above[:leaves], return_inverse=True)[1]
