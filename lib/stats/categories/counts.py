"""Two columns of categories, as they are given: row by row, with weights, or counted already."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from ..correlation import WeightKind, Weights, without_weights
from ..table import (
    Booleans,
    Column,
    Floats,
    Grid,
    Integers,
    Table,
    coded,
    listed,
    plain,
    side_by_side,
    table_of,
)
from .contingency import Contingency, contingency
from .rows import PairRows

FIRST_BESIDE_SECOND = Grid(np.array([0]), np.array([1]))
_PANDAS_TOTALS = "All"


@dataclass(frozen=True, eq=False)
class TwoColumns:
    """n x 2 codes, NaN where missing, the levels that they stand for, and the rows' weights."""

    codes: Floats
    levels: tuple["pd.Index[Any]", "pd.Index[Any]"]
    weights: Weights | None

    @property
    def table(self) -> Contingency:
        """As a map of one cell."""
        return contingency(self.codes, FIRST_BESIDE_SECOND, self._n, self.weights)

    @property
    def counts(self) -> pd.DataFrame:
        """The rows that count, by the levels that occur in complete rows."""
        complete = np.asarray(~np.isnan(self.codes).any(axis=1))
        each = np.ones(len(self.codes)) if self.weights is None else self.weights.of_rows
        places, codes = zip(
            *(np.unique(column, return_inverse=True) for column in self.codes[complete].T),
            strict=True,
        )
        counts = np.zeros([len(occurring) for occurring in places])
        np.add.at(counts, codes, each[complete])
        index, columns = (
            levels[occurring.astype(np.int64)]
            for levels, occurring in zip(self.levels, places, strict=True)
        )
        if self.weights is not None and self.weights.kind == "survey" and counts.size:
            counts *= self._n / counts.sum()
        return pd.DataFrame(counts, index, columns)

    @property
    def _n(self) -> Integers | Floats:
        return PairRows.of(self.codes, FIRST_BESIDE_SECOND, self.weights).that_count


def two_columns(
    columns: "dict[str, Column | None]",
    table: "Table | None",
    weights: "Column | None",
    weights_are: WeightKind | None,
) -> TwoColumns:
    """Of two columns by name, with or without weights, or else of a table of counts.

    Raises
    ------
    ValueError
        For both or neither of them, and for columns, weights and counts that are refused.
    """
    given = {name: column for name, column in columns.items() if column is not None}
    first, second = columns
    if table is not None:
        if given or weights is not None or weights_are is not None:
            raise ValueError(
                f"Pass either table, which is counted already, or {first} and {second}, with "
                "weights if they have some."
            )
        return _of_counts(table)
    if len(given) < 2:
        raise ValueError(
            f"Pass {first} and {second}, a column each, or table=..., a table of counts such as "
            "pd.crosstab gives."
        )
    data, weighting = columns_and_weights(given, weights, weights_are)
    codes, levels = zip(*(coded(column, name) for name, column in data.items()), strict=True)
    index, names = (
        each.rename(getattr(column, "name", None))
        for each, column in zip(levels, given.values(), strict=True)
    )
    return TwoColumns(np.column_stack(codes), (index, names), weighting)


def columns_and_weights(
    columns: dict[str, Column], weights: "Column | None", weights_are: WeightKind | None
) -> tuple[pd.DataFrame, Weights | None]:
    """Columns side by side and what their rows count, without the rows that count nothing."""
    if weights is None:
        return without_weights(side_by_side(**columns), None, weights_are)
    return without_weights(side_by_side(**columns, weights=weights), "weights", weights_are)


def _of_counts(table: Table) -> TwoColumns:
    if isinstance(table, (list, tuple)) and not any(map(types.is_list_like, table)):
        table = np.asarray(table)
    if isinstance(table, (np.ndarray, pd.Series)) and table.ndim != 2 and not table.dtype.names:
        raise ValueError(
            f"The table of counts has {table.ndim} dimensions: pass rows and columns, as "
            "pd.crosstab gives them."
        )
    frame = table_of(table)
    counts = _checked(frame)
    places = np.nonzero(counts)
    return TwoColumns(
        np.column_stack(places).astype(np.float64),
        (frame.index, frame.columns),
        Weights(counts[places], "frequency"),
    )


def _checked(table: pd.DataFrame) -> Floats:
    others = [name for name, column in table.items() if not _holds_counts(column)]
    if others:
        raise ValueError(
            f"The table of counts is not numeric in {listed(others)}: pass counts alone, as "
            "pd.crosstab gives them. A column of names is the index, for example with "
            f"table.set_index({plain(others[0])!r})."
        )
    counts: Floats = table.to_numpy(np.float64, na_value=np.nan)
    _refuse_counts(table, np.isnan(counts), "missing: where there are no rows, it is 0")
    _refuse_counts(table, counts < 0, "negative")
    _refuse_counts(
        table,
        np.isinf(counts) | (counts != np.floor(counts)),
        "not whole: pass how many rows there are, not shares; a survey's weighted sums do not say "
        "how many answered, which its rows with weights=... do",
    )
    if not counts.any():
        raise ValueError("All counts are 0, so that there are no rows.")
    _refuse_totals(table, counts)
    return counts


def _holds_counts(column: "pd.Series[Any]") -> bool:
    """Whether it holds real numbers, or nothing; booleans, dates and texts are no counts."""
    dtype = column.dtype
    if types.is_bool_dtype(dtype) or types.is_complex_dtype(dtype):
        return False
    return types.is_numeric_dtype(dtype) or bool(column.isna().all())


def _refuse_counts(table: pd.DataFrame, wrong: Booleans, reason: str) -> None:
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        place = f"{table.index[row]!r}, {table.columns[column]!r}"
        raise ValueError(f"The count of {place} is {reason}.")


def _refuse_totals(table: pd.DataFrame, counts: Floats) -> None:
    """Those that pd.crosstab adds with margins=True."""
    named = [str(names[-1]) == _PANDAS_TOTALS for names in (table.index, table.columns)]
    added = np.array_equal(counts[:-1].sum(axis=0), counts[-1])
    if all(named) and added:
        raise ValueError(
            "The last row and column of the table are totals: leave them out, for example with "
            "table.iloc[:-1, :-1]."
        )
