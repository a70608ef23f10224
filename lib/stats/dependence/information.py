"""Mutual information of pairs of columns, continuous or discrete."""

import numpy as np
from scipy import special

from ..table import Booleans, Floats, Integers, bounded, standardised

# Values are rounded to multiples of this, so that sums and differences of them are exact: whether
# a neighbour lies at the radius or within it is then never a matter of rounding.
_GRID = 2.0**-42
_NOISE = 1e-10


class MutualInformation:
    """Mutual information, in nats, of columns without missing values, in any order of rows.

    What `mutual_information` asks for each of its shuffles, for who wants every one of them.

    Parameters
    ----------
    columns
        n rows x k columns that vary, a discrete one with a number for each of its values.
    discrete
        k booleans: which columns are discrete.
    noise
        n x k standard normal numbers, which break ties of continuous values as in
        `mutual_information`. A row's noise goes with it into any order.
    neighbours
        Nearest neighbours that the estimates of continuous columns look at, at least 1.

    References
    ----------
    Kraskov, Stögbauer and Grassberger (2004), Physical Review E 69, 066138. Ross (2014), PLoS ONE
    9, e87357.

    Examples
    --------
    Two columns that say the same, as they are and with the second turned round:

    >>> coins = np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    >>> estimate = MutualInformation(coins, np.array([True, True]), np.zeros((4, 2)), 3)
    >>> orders = np.array([[[0, 1, 2, 3], [0, 1, 2, 3]], [[0, 1, 2, 3], [3, 2, 1, 0]]])
    >>> estimate(orders, np.array([0]), np.array([1])).round(3)
    array([[0.562],
           [0.085]])
    """

    def __init__(self, columns: Floats, discrete: Booleans, noise: Floats, neighbours: int) -> None:
        self._neighbours = neighbours
        self._groups: dict[int, Integers] = {}
        self._values: dict[int, Floats] = {}
        for place, column in enumerate(columns.T):
            if discrete[place]:
                self._groups[place] = np.unique(column, return_inverse=True)[1]
            else:
                self._values[place] = _spread(column, noise[:, place])

    def __call__(self, orders: Integers, first: Integers, second: Integers) -> Floats:
        """Of pairs of columns, when each column's rows come in an order of its own.

        Orders are tables x columns x rows; the result is tables x pairs, NaN where the rows are
        too few.
        """
        information = np.array(
            [
                [self._of_pair(order, *pair) for pair in zip(first, second, strict=True)]
                for order in orders
            ]
        )
        return np.asarray(np.maximum(information, 0.0))  # below 0 is noise; NaN stays

    def _of_pair(self, order: Integers, x: int, y: int) -> float:
        groups = [self._groups[place][order[place]] for place in (x, y) if place in self._groups]
        values = [self._values[place][order[place]] for place in (x, y) if place in self._values]
        if not values:
            return _of_discrete(groups[0], groups[1])
        if not groups:
            return _of_continuous(values[0], values[1], self._neighbours)
        return _of_mixed(groups[0], values[0], self._neighbours)


class Normalised:
    """Mutual information between 0 and 1, of columns in any order of rows.

    With a discrete column as a share of its entropy, the smaller one of two; of two continuous
    ones as the |r| that a normal pair has with as much.
    """

    def __init__(self, information: MutualInformation, columns: Floats, discrete: Booleans) -> None:
        self._information = information
        self._entropies = np.array(
            [
                _entropy(column) if is_discrete else np.inf
                for column, is_discrete in zip(columns.T, discrete, strict=True)
            ]
        )

    def __call__(self, orders: Integers, first: Integers, second: Integers) -> Floats:
        """As `MutualInformation`."""
        nats = self._information(orders, first, second)
        entropy = np.minimum(self._entropies[first], self._entropies[second])
        share = bounded(np.minimum(nats / entropy, 1.0))
        return np.where(np.isinf(entropy), np.sqrt(-np.expm1(-2 * nats)), share)


def _entropy(values: Floats | Integers) -> float:
    return float(special.entr(np.unique(values, return_counts=True)[1] / len(values)).sum())


def _spread(column: Floats, noise: Floats) -> Floats:
    """Centred, with standard deviation 1 and ties broken."""
    spread = standardised(column, axis=0) * np.sqrt(len(column)) + _NOISE * noise
    return np.asarray(np.rint(spread / _GRID) * _GRID)


def _of_discrete(x: Integers, y: Integers) -> float:
    """What the shares of rows say: the entropies of both, less that of their combinations."""
    combinations = x * (y.max() + 1) + y
    return _entropy(x) + _entropy(y) - _entropy(combinations)


def _of_mixed(groups: Integers, values: Floats, neighbours: int) -> float:
    """Ross's estimate; rows alone in their group are left out, and NaN if all are."""
    sizes = np.bincount(groups)
    kept = sizes[groups] > 1
    if not kept.any():
        return np.nan
    groups, values = groups[kept], values[kept]
    ascending = np.sort(values)
    radius = np.empty(len(values))
    by_group = np.argsort(groups, kind="stable")
    for members in np.split(by_group, np.flatnonzero(np.diff(groups[by_group])) + 1):
        radius[members] = _reach(values[members], min(neighbours, len(members) - 1))
    found = np.minimum(neighbours, sizes[groups] - 1)
    return float(
        special.digamma(len(values))
        + special.digamma(found).mean()
        - special.digamma(sizes[groups]).mean()
        - special.digamma(_closer(values, radius, ascending)).mean()
    )


def _of_continuous(x: Floats, y: Floats, neighbours: int) -> float:
    """The first estimate of Kraskov, Stögbauer and Grassberger."""
    from scipy.spatial import KDTree  # 0.2 s to import

    if len(x) <= neighbours:
        return np.nan
    points = np.column_stack([x, y])
    # The nearest of all is the point itself.
    distances = KDTree(points).query(points, k=[neighbours + 1], p=np.inf)[0]
    radius = np.ravel(distances)
    return float(
        special.digamma(len(x))
        + special.digamma(neighbours)
        - special.digamma(_closer(x, radius, np.sort(x))).mean()
        - special.digamma(_closer(y, radius, np.sort(y))).mean()
    )


def _reach(values: Floats, neighbours: int) -> Floats:
    """The distance from each value to the neighbour that is so many places near."""
    order = np.argsort(values)
    beyond = np.full(neighbours, np.inf)
    ascending = np.concatenate([-beyond, values[order], beyond])
    middle = ascending[neighbours : neighbours + len(values)]
    # Of neighbours + 1 values in a row that include this one, the farther end.
    ends = [
        np.maximum(
            middle - ascending[start : start + len(values)],
            ascending[start + neighbours : start + neighbours + len(values)] - middle,
        )
        for start in range(neighbours + 1)
    ]
    reach = np.empty(len(values))
    reach[order] = np.minimum.reduce(ends)
    return reach


def _closer(values: Floats, radius: Floats, ascending: Floats) -> Integers:
    """How many values lie closer to each than its radius, itself included."""
    count = np.searchsorted(ascending, values + radius, "left") - np.searchsorted(
        ascending, values - radius, "right"
    )
    return np.asarray(np.maximum(count, 1))  # a radius of 0 excludes the value itself
