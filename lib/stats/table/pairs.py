"""One value a pair of columns: as a symmetric matrix, as a vector, as a table of pairs."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from .arrays import Booleans, Floats, Integers
from .grid import Grid

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


def framed(matrix: Floats | Integers, columns: "pd.Index[str]") -> pd.DataFrame:
    """The matrix with the table's columns as its index and columns."""
    return pd.DataFrame(matrix, index=columns, columns=columns, copy=False)


class WithInterval(ABC):
    """A result whose intervals are computed when one of their ends is first asked for."""

    @property
    def low(self) -> pd.DataFrame:
        return self._interval[0]

    @property
    def high(self) -> pd.DataFrame:
        return self._interval[1]

    @cached_property
    def _interval(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self._ends()

    @abstractmethod
    def _ends(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The frames of the lower and of the upper ends."""


def pairs_table(measures: Mapping[str, pd.DataFrame | None], strongest: str) -> pd.DataFrame:
    """One row a pair: x, y and the measures, by size of the one named `strongest`, descending.

    Measures that are None are left out. x is the pair's row and y its column: of a square, all
    k (k - 1) / 2 pairs of the upper triangle; of a rectangle, the pairs of its `Grid`. Equal sizes
    keep the frames' order, row by row; pairs without a value come last.
    """
    frames = {name: frame for name, frame in measures.items() if frame is not None}
    frame = frames[strongest]
    counted = Grid.of_labels(frame.index, frame.columns).counted
    # Sorted before it is a table: a frame's rows are slow to move.
    order = by_strength(frame.to_numpy()[counted])
    table = names_of_pairs(frame, counted, order)
    for name, measure in frames.items():
        table[name] = measure.to_numpy()[counted][order]
    return pd.DataFrame(table, copy=False)


def names_of_pairs(frame: pd.DataFrame, counted: Booleans, order: Integers) -> dict[str, Any]:
    """The names of the row (x) and of the column (y) of the cells that count, in an order."""
    row, column = np.nonzero(counted)
    return {
        "x": frame.index.to_flat_index().take(row[order]),
        "y": frame.columns.to_flat_index().take(column[order]),
    }


def strongest_first(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows by size of a measure, descending: ties as they were, those without it last."""
    order = by_strength(table[measure].to_numpy())
    return table.iloc[order].reset_index(drop=True)


def by_strength(values: Floats) -> Integers:
    """The order of values by size, descending: ties as they were, missing ones last."""
    sizes = np.abs(np.asarray(values, dtype=np.float64))
    # Numbers are sorted far faster than positions are. So each takes its position along, in its
    # last bits; a stable sort, quick for what is nearly in order, then looks at all bits.
    last_bits = np.uint64(2 ** len(sizes).bit_length() - 1)
    keys = ~sizes.view(np.uint64) & ~last_bits | np.arange(len(sizes), dtype=np.uint64)
    keys.sort()
    nearly = (keys & last_bits).astype(np.int64)
    order: Integers = nearly[np.argsort(-sizes[nearly], kind="stable")]
    return order
