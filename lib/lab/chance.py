"""What one column of categories seems to tell of another where it tells nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

_FAR = 10  # standard deviations, beyond which a count is not worth adding up
_SMALL = 20  # the same for counts that are expected to be near none


def chance_information(counts: NDArray[Any]) -> float:
    """The mutual information, in nats, that tables with these totals have on average by chance.

    The average is over all orders in which the rows of one column may stand beside the other's,
    so each count is hypergeometric. `counts` are a x b whole numbers, each row and each column of
    them with one at least.

    References
    ----------
    Vinh, Epps and Bailey (2010), Journal of Machine Learning Research 11, 2837-2854.

    Examples
    --------
    >>> round(chance_information(np.array([[1, 0], [0, 1]])), 3), round(float(np.log(2)), 3)
    (0.693, 0.693)
    """
    n = int(counts.sum())
    rows, row_times = np.unique(counts.sum(axis=1).astype(int), return_counts=True)
    columns, column_times = np.unique(counts.sum(axis=0).astype(int), return_counts=True)
    information = 0.0
    for row, times in zip(rows.tolist(), row_times, strict=True):
        for column, as_often in zip(columns.tolist(), column_times, strict=True):
            information += times * as_often * _of_one_cell(row, column, n)
    return float(information)


def _of_one_cell(row: int, column: int, n: int) -> float:
    mean = row * column / n
    reach = _FAR * np.sqrt(mean) + _SMALL
    low, high = max(1, row + column - n), min(row, column)
    k = np.arange(max(low, int(mean - reach)), min(high, int(mean + reach)) + 1)
    ways = _choose(column, k) + _choose(n - column, row - k) - _choose(n, row)
    return float(np.sum(np.exp(ways) * k / n * np.log(n * k / (row * column))))


def _choose(n: Any, k: Any) -> Any:
    """The logarithm of how many ways there are to choose k of n."""
    return special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
