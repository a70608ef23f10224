"""Distance correlations of pairs of columns, without their n x n distances."""

import numpy as np

from ..table import Floats, Integers, blocks, bounded, scaled_columns

_NUMBERS_AT_A_TIME = 30_000  # a dozen times that is what the processor's cache holds
_FEW_ROWS = 32
# What rounding leaves of a squared correlation of 0.
_ROUNDING_OF_SQUARE = 1e-14


class DistanceCorrelation:
    """Distance correlations of columns that vary, without missing values, in any order of rows.

    `corrected` ones are those that Székely and Rizzo made unbiased, of 4 rows or more: squares,
    below 0 as often as above where there is no dependence.
    """

    def __init__(self, columns: Floats, *, corrected: bool = False) -> None:
        n = len(columns)
        self._corrected = corrected
        # What the means of rows and of all count for, beside the products themselves.
        self._weight_of_rows = 2 * n / (n - 2) if corrected else 2.0
        self._weight_of_all = n**2 / ((n - 1) * (n - 2)) if corrected else 1.0
        scaled = scaled_columns(columns).T  # no square overflows
        ascending = np.argsort(scaled, axis=1)
        self._ranks = np.argsort(ascending, axis=1)
        self._values = np.take_along_axis(scaled, ascending, axis=1)
        for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes the rest
            self._values -= self._values.mean(axis=1, keepdims=True)
        self._means = _mean_distances(self._values)
        self._mean = self._means.mean(axis=1)
        # The mean squared distance is twice the variance.
        squares = 2 * (self._values**2).mean(axis=1)
        self._variances = squares.copy()
        self._variances -= self._weight_of_rows * (self._means**2).mean(axis=1)
        self._variances += self._weight_of_all * self._mean**2
        if corrected:  # that of a column in which a single value differs is 0
            nothing = self._variances <= _ROUNDING_OF_SQUARE * squares
            self._variances[nothing] = np.nan

    def __call__(self, orders: Integers, first: Integers, second: Integers) -> Floats:
        """Of pairs of columns, when each column's rows come in an order of its own.

        Orders are tables x columns x rows; the result is tables x pairs.
        """
        ranks = np.take_along_axis(self._ranks[np.newaxis], orders, axis=2)
        tables, rows = len(orders), orders.shape[2]
        covariances = np.empty((tables, len(first)))
        for some in blocks(len(first), _NUMBERS_AT_A_TIME // (tables * rows)):
            covariances[:, some] = self._covariances(ranks, first[some], second[some])
        variances = np.sqrt(self._variances[first] * self._variances[second])
        if self._corrected:
            return bounded(covariances / variances)
        squares = covariances / variances
        return bounded(np.sqrt(np.where(squares > _ROUNDING_OF_SQUARE, squares, 0.0)))

    def _covariances(self, ranks: Integers, first: Integers, second: Integers) -> Floats:
        """Squared distance covariances: the mean product of distances, less that of their means."""
        ranks_of_y = np.empty((len(ranks), len(first), ranks.shape[2]), dtype=np.int64)
        np.put_along_axis(ranks_of_y, ranks[:, first], ranks[:, second], axis=2)
        x = self._values[first]
        y = np.take_along_axis(self._values[second][np.newaxis], ranks_of_y, axis=2)
        means_y = np.take_along_axis(self._means[second][np.newaxis], ranks_of_y, axis=2)
        means = self._weight_of_rows * (self._means[first] * means_y).mean(axis=2)
        means -= self._weight_of_all * self._mean[first] * self._mean[second]
        return np.asarray(_mean_products_of_distances(x, y, ranks_of_y) - means)


def _mean_distances(ascending: Floats) -> Floats:
    """Of each value, the mean distance to all in its row, which ascends."""
    count = ascending.shape[1]
    up_to = np.cumsum(ascending, axis=1)
    places = np.arange(1, count + 1)
    sums = (2 * places - count) * ascending - 2 * up_to + up_to[:, -1:]
    return np.asarray(sums / count)


def _mean_products_of_distances(x: Floats, y: Floats, ranks_of_y: Integers) -> Floats:
    """The mean of |x_i - x_j| |y_i - y_j| over all i and j, along the last axis; x ascending.

    Rows are halved by y. For i in the lower half and j in the upper one, the product is
    +-(x_j - x_i) (y_j - y_i), with the sign of j's place after or before i: all such products of
    one j come from four running sums. Then each half is halved in turn, until few rows are left.
    """
    shape, rows = y.shape[:-1], y.shape[-1]
    halvings = max(0, int(np.ceil(np.log2(rows / _FEW_ROWS))))
    size = -(-rows // 2**halvings)
    padding = [(0, 0)] * len(shape) + [(0, size * 2**halvings - rows)]
    counted = np.ones(y.shape)
    terms = np.stack(
        [np.pad(term, padding) for term in (counted, np.broadcast_to(x, y.shape), y, x * y)]
    )
    ranks = np.pad(ranks_of_y, padding)
    ranks[..., rows:] = np.arange(rows, ranks.shape[-1])
    terms, ranks = terms[..., np.newaxis, :], ranks[..., np.newaxis, :]
    total = np.zeros(shape)
    while terms.shape[-1] > size:
        half = terms.shape[-1] // 2
        upper = ranks >= half
        before = np.cumsum(terms * ~upper, axis=-1)
        signed = 2 * before - before[..., -1:]  # before less after
        products = terms[3] * signed[0]
        products -= terms[1] * signed[2]
        products -= terms[2] * signed[1]
        products += terms[0] * signed[3]
        products *= upper
        total += products.sum(axis=(-2, -1))
        halves = (*shape, -1, half)
        terms = np.concatenate(
            [terms[:, members].reshape(4, *halves) for members in (~upper, upper)], axis=-2
        )
        ranks = np.concatenate(
            [ranks[~upper].reshape(halves), ranks[upper].reshape(halves) - half], axis=-2
        )
    counted, x, y, _ = terms
    for apart in range(1, size):
        products = np.abs(x[..., apart:] - x[..., :-apart])
        products *= np.abs(y[..., apart:] - y[..., :-apart])
        products *= counted[..., apart:] * counted[..., :-apart]
        total += products.sum(axis=(-2, -1))
    return np.asarray(2 * total / rows**2)
