"""A symmetric matrix as one vector of its pairs, and back."""

from functools import lru_cache
from typing import TypeVar

import numpy as np

from lib.stats._table import Booleans, Floats, Integers

Numbers = TypeVar("Numbers", Floats, Integers, Booleans)


def pairs_of(matrix: Numbers) -> Numbers:
    """The k (k - 1) / 2 values above the diagonal, row by row: (0, 1), (0, 2) and so on."""
    return matrix[_above_diagonal(len(matrix))]


def matrix_of(pairs: Floats, diagonal: Floats | float) -> Floats:
    """The symmetric matrix whose pairs are given."""
    columns = (1 + int(np.sqrt(1 + 8 * len(pairs)))) // 2
    above = _above_diagonal(columns)
    matrix = np.empty((columns, columns))
    matrix[above] = pairs
    matrix.T[above] = pairs
    np.fill_diagonal(matrix, diagonal)
    return matrix


@lru_cache(maxsize=1)
def _above_diagonal(columns: int) -> Booleans:
    return ~np.tri(columns, dtype=np.bool_)
