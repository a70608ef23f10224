"""Numbers and categories of a table that is read in parts: one pass, whatever is summed on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from ..correlation import Weights
from ..streams import (
    Coded,
    Counts,
    Grouped,
    Moments,
    Numbers,
    Source,
    coded_column,
    is_discrete_type,
    kind_of_type,
    total,
)
from ..table import (
    Booleans,
    Floats,
    Grid,
    Integers,
    Kind,
    Missing,
    check_columns,
    refuse,
    refuse_no_complete_row,
    refuse_no_rows,
    vary,
)
from .groups import Explained


@dataclass(frozen=True, eq=False)
class Summed:
    """What a map of columns of all kinds needs of the rows.

    `places` says where among the numbers, or among the categories, each column of the map stands.
    `groups` has one entry for each column that is nominal.
    """

    names: "pd.Index[str]"
    kinds: list[Kind]
    places: list[int]
    moments: Moments
    counts: Counts
    groups: dict[int, Grouped]

    @property
    def n(self) -> Integers:
        """How many rows each two columns share."""
        columns = range(len(self.kinds))
        return np.array([[self._n(x, y) for y in columns] for x in columns], dtype=np.int64)

    @property
    def varying(self) -> Booleans:
        """Which columns vary."""
        numbers = vary(self.moments.lowest, self.moments.highest)
        return np.array(
            [
                numbers[place] if kind == "numeric" else self.counts.varies(place)
                for place, kind in zip(self.places, self.kinds, strict=True)
            ]
        )

    def r(self) -> Floats:
        """Pearson's r of all pairs of numbers, NaN for the others."""
        numeric = np.flatnonzero(np.array(self.kinds) == "numeric")
        r = np.full((len(self.kinds),) * 2, np.nan)
        if len(numeric):
            r[np.ix_(numeric, numeric)] = self.moments.r(self.names[numeric].tolist())
        return r

    def cells(self) -> tuple[Floats, Weights]:
        """The tables of all pairs of categories as one, and the rows that each cell stands for.

        Columns of numbers are missing in it.
        """
        codes, weights = self.counts.cells()
        values = np.full((len(codes), len(self.kinds)), np.nan)
        for column, (place, kind) in enumerate(zip(self.places, self.kinds, strict=True)):
            if kind != "numeric":
                values[:, column] = codes[:, place]
        return values, Weights(weights, "frequency")

    def explained(self, groups: int, numbers: Integers) -> Explained:
        """How much of some columns of numbers the levels of another column explain."""
        found = self.groups[groups]
        columns = np.array([self.places[number] for number in numbers])
        between, within = found.between, found.squares.sum(axis=0)
        sizes = (found.n > 0).sum(axis=0)
        defined = found.varying & (sizes > 1)
        whole = np.where(defined, between + within, np.nan)
        return Explained(
            explained=(between / whole)[columns],
            unexplained=(within / whole)[columns],
            groups=sizes[columns],
            n=found.n.sum(axis=0)[columns].astype(np.int64),
        )

    def _n(self, x: int, y: int) -> int:
        if self.kinds[x] != "numeric":
            x, y = y, x
        place, beside = self.places[x], self.places[y]
        if self.kinds[x] != "numeric":
            return self.counts.n(place, beside)
        if self.kinds[y] == "numeric":
            return int(self.moments.n[place, beside])
        return int(self.groups[y].n[:, place].sum()) if y in self.groups else 0


def kinds_in(source: Source, names: "pd.Index[str]", grid: Grid) -> list[Kind]:
    """The kind of each column of a map.

    Raises
    ------
    ValueError
        For columns that have none, and for ordered levels beside numbers, which take the ranks
        of all rows. The message names them.
    """
    check_columns(names)
    kinds = [kind_of_type(source.schema.field(name).type) for name in names]
    refuse(
        [name for name, kind in zip(names, kinds, strict=True) if kind is None],
        "neither numbers nor text nor categories: leave it out where the table is made, for "
        "example with polars.scan_parquet(path).drop(names)",
    )
    found = np.array(kinds, dtype=np.str_)
    rows, columns = found[grid.rows][:, np.newaxis], found[grid.columns]
    if (
        ((rows == "ordinal") & (columns == "numeric"))
        | ((rows == "numeric") & (columns == "ordinal"))
    ).any():
        refuse(
            names[found == "ordinal"].tolist(),
            "of ordered levels beside numbers, which takes the ranks of all rows at once: make it "
            "unordered or numbers where the table is made, name it in neither x nor y, or draw "
            "some rows, with sample(data, 100_000)",
        )
    return [kind for kind in kinds if kind is not None]


def refuse_numbers(source: Source, names: "pd.Index[str]") -> None:
    """Raise ValueError for columns that are not text, categories or booleans."""
    check_columns(names)
    types = [source.schema.field(name).type for name in names]
    refuse(
        [name for name, kind in zip(names, types, strict=True) if not is_discrete_type(kind)],
        "not text, categories or booleans: if its values are levels, make texts of them where the "
        "table is made; numbers are compared by associate",
    )


def summed(source: Source, names: "pd.Index[str]", kinds: list[Kind], missing: Missing) -> Summed:
    """One pass over the source.

    Raises
    ------
    ValueError
        For no rows, infinite values, and for too many levels.
    """
    numeric = [name for name, kind in zip(names, kinds, strict=True) if kind == "numeric"]
    others = [name for name, kind in zip(names, kinds, strict=True) if kind != "numeric"]
    places = [
        (numeric if kind == "numeric" else others).index(name)
        for name, kind in zip(names, kinds, strict=True)
    ]
    nominal = {column: places[column] for column, kind in enumerate(kinds) if kind == "nominal"}
    nothing = _Sums.none(len(numeric), others, nominal)
    fields = [source.schema.field(name) for name in numeric]
    of_batch = partial(_sums_of_batch, nothing, fields, nominal, missing)
    found = total(source, names.tolist(), of_batch, nothing)
    if not found.rows:
        refuse_no_complete_row() if missing == "complete" else refuse_no_rows(names)
    found.moments.refuse_sizes(numeric)
    return Summed(names, kinds, places, found.moments, found.counts, found.groups)


@dataclass(frozen=True, eq=False)
class _Sums:
    """All that is summed in one pass, and adds up."""

    rows: int
    moments: Moments
    counts: Counts
    groups: dict[int, Grouped]

    @classmethod
    def none(cls, numbers: int, others: list[str], nominal: Iterable[int]) -> "_Sums":
        """Those of no rows."""
        coded = Coded(np.empty(0, dtype=np.int64), ())
        grouped = Grouped.of(coded, np.empty((numbers, 0)), np.zeros((2, numbers)))
        return cls(
            rows=0,
            moments=Moments.none(numbers),
            counts=Counts.of(others, [coded] * len(others)),
            groups=dict.fromkeys(nominal, grouped),
        )

    def merge(self, other: "_Sums") -> "_Sums":
        """Those of both sets of rows."""
        return _Sums(
            self.rows + other.rows,
            self.moments.merge(other.moments),
            self.counts.merge(other.counts),
            {column: found.merge(other.groups[column]) for column, found in self.groups.items()},
        )


def _sums_of_batch(
    nothing: _Sums, fields: list[Any], nominal: dict[int, int], missing: Missing, batch: Any
) -> _Sums:
    used = batch if missing == "pairwise" else _complete(batch)
    others = nothing.counts.names
    columns = [coded_column(used.column(name)) for name in others]
    numbers, moments, groups = Numbers(fields), nothing.moments, dict(nothing.groups)
    start = 0
    for block in numbers.blocks(used.select([field.name for field in fields])) if fields else ():
        some = slice(start, start + block.shape[1])
        for column, place in nominal.items():
            codes, levels = columns[place]
            of_block = Grouped.of(Coded(codes[some], levels), block, numbers.bases)
            groups[column] = groups[column].merge(of_block)
        moments = moments.merge(Moments.of(block, numbers.bases))
        start = some.stop
    return _Sums(used.num_rows, moments, Counts.of(others, columns), groups)


def _complete(batch: Any) -> Any:
    """The rows of a batch without a missing value."""
    import pyarrow as pa

    missing = np.zeros(batch.num_rows, dtype=np.bool_)
    for column in batch.columns:
        missing |= np.asarray(column.is_null(nan_is_null=True))
    return batch.filter(pa.array(~missing))
