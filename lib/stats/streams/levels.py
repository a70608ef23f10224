"""Categories of a table that is read in parts: which level each row has, and how often two meet."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from ..table import Floats, Integers, Kind, refuse
from .numbers import is_number

Levels: TypeAlias = tuple[Hashable, ...]

_MOST_LEVELS = 1000
_MOST_CELLS = 2**24


class Coded(NamedTuple):
    """Some rows of a column: the position of each one's level, -1 where missing; the levels."""

    codes: Integers
    levels: Levels


def kind_of_type(kind: Any) -> Kind | None:
    """What a column of this Arrow type measures, as `kind_of` has it."""
    import pyarrow as pa

    types = pa.types
    if types.is_dictionary(kind):
        return "ordinal" if kind.ordered else "nominal"
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return "nominal"
    if types.is_null(kind):
        return "nominal"  # as a column of objects without a value
    return "numeric" if is_number(kind) else None


def is_discrete_type(kind: Any) -> bool:
    """Whether a column of this Arrow type holds text, categories or booleans."""
    import pyarrow as pa

    return kind_of_type(kind) in {"nominal", "ordinal"} or pa.types.is_boolean(kind)


def coded_column(column: Any) -> Coded:
    """A column of a batch as codes. Levels of a dictionary keep its order."""
    import pyarrow as pa

    if pa.types.is_null(column.type):
        return Coded(np.full(len(column), -1, dtype=np.int64), ())
    if pa.types.is_string_view(column.type):
        column = column.cast(pa.large_string())
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    missing = np.asarray(column.is_null())
    codes = column.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return Coded(np.where(missing, -1, codes), tuple(column.dictionary.to_pylist()))


def united(levels: Levels, others: Levels) -> tuple[Levels, Integers]:
    """The levels and after them those that only the others have; where each other one stands."""
    places = {level: place for place, level in enumerate(levels)}
    found = [places.setdefault(level, len(places)) for level in others]
    return tuple(places), np.array(found, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Counts:
    """How many rows each pair of levels has, of all pairs of columns: they add up by `merge`.

    Attributes
    ----------
    names, levels
        One a column.
    tables
        By the positions of two columns, the first not after the second: levels by levels. Of a
        column with itself, its own counts are the diagonal.
    """

    names: tuple[str, ...]
    levels: tuple[Levels, ...]
    tables: dict[tuple[int, int], Integers]

    @classmethod
    def of(cls, names: Sequence[str], columns: Sequence[Coded]) -> "Counts":
        """Those of one batch.

        Raises
        ------
        ValueError
            As `merge`.
        """
        _refuse_many(names, [len(column.levels) for column in columns])
        tables = {}
        for x, (codes, levels) in enumerate(columns):
            for y in range(x, len(columns)):
                others, beside = columns[y]
                shared = (codes >= 0) & (others >= 0)
                cell = codes[shared] * len(beside) + others[shared]
                cells = np.bincount(cell, minlength=len(levels) * len(beside))
                tables[x, y] = cells.reshape(len(levels), len(beside))
        return cls(tuple(names), tuple(column.levels for column in columns), tables)

    def merge(self, other: "Counts") -> "Counts":
        """Those of both sets of rows.

        Raises
        ------
        ValueError
            For more than 1,000 levels, and for tables of more than 16 million cells in all.
        """
        both = [united(*pair) for pair in zip(self.levels, other.levels, strict=True)]
        levels = tuple(each for each, _ in both)
        _refuse_many(self.names, [len(each) for each in levels])
        tables = {}
        for (x, y), counted in self.tables.items():
            rows, columns = counted.shape
            cells = np.zeros((len(levels[x]), len(levels[y])), dtype=np.int64)
            cells[:rows, :columns] = counted
            cells[np.ix_(both[x][1], both[y][1])] += other.tables[x, y]
            tables[x, y] = cells
        return Counts(self.names, levels, tables)

    def n(self, x: int, y: int) -> int:
        """How many rows two columns share, or how many values one has."""
        return int(self.tables[min(x, y), max(x, y)].sum())

    def varies(self, x: int) -> bool:
        """Whether a column has two levels or more."""
        return bool(np.count_nonzero(self.tables[x, x]) > 1)

    def cells(self) -> tuple[Floats, Floats]:
        """All tables as one: a row for each cell, with the codes of its two columns.

        Other columns are missing there, so that two columns share the cells of their own table and
        no others. And how many rows of the source each row stands for.
        """
        codes, weights = [np.empty((0, len(self.names)))], [np.empty(0)]
        for (x, y), counted in self.tables.items():
            levels, beside = np.nonzero(counted)
            rows = np.full((len(levels), len(self.names)), np.nan)
            rows[:, x], rows[:, y] = levels, beside
            codes.append(rows)
            weights.append(counted[levels, beside].astype(np.float64))
        return np.concatenate(codes), np.concatenate(weights)


def _refuse_many(names: Sequence[str], levels: list[int]) -> None:
    most = max(levels, default=0)
    if most > _MOST_LEVELS or sum(levels) ** 2 > 2 * _MOST_CELLS:
        refuse(
            [names[levels.index(most)]],
            f"of {most:,} levels or more, and the rows of each pair of levels are counted: leave "
            "it out, bring its levels together, or draw some rows, with sample(data, 100_000)",
        )
