"""Which columns stand beside which: a square of all, or a rectangle of some against others."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .arrays import Booleans, Floats, Integers
from .options import said
from .refusals import listed, refuse

Numbers = TypeVar("Numbers", bound=NDArray[Any])
Names: TypeAlias = Hashable | Sequence[Any] | pd.Index


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of a map, and its pairs of columns.

    Attributes
    ----------
    rows, columns
        What each row and each column of the map shows: the position of a column of the table.
    ordered
        Whether [a, b] and [b, a] are two pairs. Otherwise they are one, which counts where the
        map has it first, row by row. A column beside itself is none.
    """

    rows: Integers
    columns: Integers
    ordered: bool = False

    @classmethod
    def of_labels(
        cls, rows: "pd.Index[Any]", columns: "pd.Index[Any]", *, ordered: bool = False
    ) -> "Grid":
        """The grid of a map that bears these names."""
        places = rows.get_indexer(columns)
        others = places < 0
        places[others] = len(rows) + np.arange(others.sum())
        return cls(np.arange(len(rows)), places.astype(np.int64), ordered)

    @cached_property
    def is_square(self) -> bool:
        """Whether it is the table's columns beside themselves, each pair in two cells."""
        whole = np.arange(len(self.rows))
        in_order = np.array_equal(self.rows, whole) and np.array_equal(self.columns, whole)
        return in_order and not self.ordered

    @cached_property
    def same(self) -> Booleans:
        """Cells of a column beside itself."""
        return np.equal.outer(self.rows, self.columns)

    @cached_property
    def counted(self) -> Booleans:
        """The one cell of each pair."""
        if self.is_square:
            return ~np.tri(len(self.rows), dtype=np.bool_)
        if self.ordered:
            return ~self.same
        return ~(self.same | self._repeated)

    @cached_property
    def first(self) -> Integers:
        """Of each pair, the position of the row's column in the table."""
        return self.rows[np.nonzero(self.counted)[0]]

    @cached_property
    def second(self) -> Integers:
        """Of each pair, the position of the column's column in the table."""
        return self.columns[np.nonzero(self.counted)[1]]

    def pairs_of(self, matrix: Numbers) -> Numbers:
        """One value a pair, row by row."""
        return cast(Numbers, matrix[self.counted])

    def matrix_of(self, pairs: Floats) -> Floats:
        """The map whose pairs are given; NaN for a column beside itself."""
        matrix = np.full(self.counted.shape, np.nan)
        matrix[self.counted] = pairs
        if self.is_square:
            matrix.T[self.counted] = pairs
        elif not self.ordered:
            row, column = np.nonzero(self._repeated)
            place = _places(self.rows)[self.columns[column]], _places(self.columns)[self.rows[row]]
            matrix[row, column] = matrix[place]
        return matrix

    def labels(self, names: "pd.Index[Any]") -> tuple["pd.Index[Any]", "pd.Index[Any]"]:
        """The map's index and columns, out of the names of the table's columns."""
        whole = np.arange(len(names))
        index = names if np.array_equal(self.rows, whole) else names[self.rows]
        return index, index if self.is_square else names[self.columns]

    @property
    def _repeated(self) -> Booleans:
        """Cells whose pair an earlier row has: its row shows the column of this one."""
        size = max(self.rows.max(), self.columns.max()) + 1
        row_of = _places(self.rows, size)[self.columns]
        has_column = _places(self.columns, size)[self.rows] >= 0
        earlier = np.less.outer(row_of, np.arange(len(self.rows))).T
        return earlier & (row_of >= 0) & has_column[:, np.newaxis]


def _places(positions: Integers, size: int | None = None) -> Integers:
    """Where each column of the table stands in the list of positions; -1 where it does not."""
    places = np.full(positions.max() + 1 if size is None else size, -1)
    places[positions] = np.arange(len(positions))
    return places


def chosen(data: pd.DataFrame, x: Names | None, y: Names | None) -> tuple[pd.DataFrame, Grid]:
    """The columns that a map of x (its rows) against y (its columns) needs, and the map.

    Each is a column's name or a list of names. Where one is left out, it is all columns that the
    other does not name; where both are, every column stands beside every column.

    Raises
    ------
    ValueError
        For names that the table does not have, or that are listed twice, and where nothing is
        left to compare.
    """
    everything = np.arange(len(data.columns))
    if x is None and y is None:
        return data, Grid(everything, everything)
    refuse(
        data.columns[data.columns.duplicated()].unique().tolist(),
        "there more than once: give every column a name of its own",
    )
    if x is None:
        columns = places_of(data, "y", y)
        rows = np.setdiff1d(everything, columns)
    else:
        rows = places_of(data, "x", x)
        columns = np.setdiff1d(everything, rows) if y is None else places_of(data, "y", y)
    if not (len(rows) and len(columns)):
        raise ValueError(
            f"{'y' if x is None else 'x'} names all columns, so that none is left to compare them "
            "with: name fewer, or leave x and y out for all pairs."
        )
    used, grid = shown(rows, columns)
    if len(used) == 1:
        raise ValueError(
            f"x and y are the same column, {data.columns[used[0]]!r}: name one more in either."
        )
    return data.iloc[:, used], grid


def shown(rows: Integers, columns: Integers) -> tuple[Integers, Grid]:
    """The columns of a table that a map of these shows, and the map where there are no others."""
    used = rows if np.array_equal(rows, columns) else np.union1d(rows, columns)
    places = _places(used)
    return used, Grid(places[rows], places[columns])


def places_of(data: pd.DataFrame, side: str, names: Names | None) -> Integers:
    """The positions of the columns that are named; `side` is what the names are called.

    Raises
    ------
    ValueError
        As `chosen`.
    """
    wanted = list(names) if isinstance(names, (list, pd.Index)) else [names]
    places: dict[Any, int] = {name: place for place, name in enumerate(data.columns)}
    try:
        unknown = [name for name in wanted if name not in places]
    except TypeError:
        raise ValueError(
            f"{side} is {said(names)}: pass a column's name, or a list of names."
        ) from None
    if unknown == [names] and isinstance(names, tuple) and all(name in places for name in names):
        raise ValueError(
            f"{side} is a tuple, which would be one name: for several columns pass a list, "
            f"{side}={list(names)}."
        )
    refuse(unknown, f"not in the table, but in {side}: choose from {listed(data.columns)}")
    found = np.array([places[name] for name in wanted], dtype=np.int64)
    if not len(found):
        raise ValueError(f"{side} is an empty list: name at least one column, or leave {side} out.")
    counts = pd.Series(wanted, dtype=object)
    refuse(counts[counts.duplicated()].unique().tolist(), f"more than once in {side}: name it once")
    return found
