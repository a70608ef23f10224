"""A table of numbers: what the measures of association accept, and which rows each pair shares."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api import types

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = "pd.Series[Any] | Sequence[Any] | NDArray[Any]"
Missing: TypeAlias = Literal["pairwise", "complete"]

_LARGEST_EXACT_INTEGER = 2**53


def numeric_matrix(data: pd.DataFrame) -> Floats:
    """The n x k values of a table as float64, NaN where missing.

    Booleans become 0 and 1. Nullable, Arrow and sparse columns are welcome. A column of integers
    too large for float64 is shifted by its minimum, which no correlation notices.

    Raises
    ------
    ValueError
        For fewer than two columns, no rows, duplicated names, columns that are not numeric or
        boolean, and infinite values. The message names the columns and the way out.

    Examples
    --------
    >>> numeric_matrix(pd.DataFrame({"lit": [True, False], "cars": [3.5, None]}))
    array([[1. , 3.5],
           [0. , nan]])
    """
    _check_shape(data)
    _refuse(
        [name for name, column in data.items() if not _is_numeric(column)],
        "not numeric: convert with pd.to_numeric what is a number, leave out what is not, "
        "for example with data.select_dtypes(['number', 'bool'])",
    )
    values = np.column_stack([_floats(column) for _, column in data.items()])
    _refuse(
        [name for name, column in zip(data, values.T, strict=True) if np.isinf(column).any()],
        "infinite in places: replace infinities by missing values, for example with "
        "data.replace([np.inf, -np.inf], np.nan)",
    )
    return values


def side_by_side(**columns: Column) -> pd.DataFrame:
    """Columns of one length as a table: their first values in its first row, and so on.

    Raises
    ------
    ValueError
        For columns of different lengths, and for Series with different row labels: pairing those
        by position would pair the wrong rows.

    Examples
    --------
    >>> side_by_side(x=[1, 2], y=["a", "b"])
       x  y
    0  1  a
    1  2  b
    """
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        counts = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueError(f"The columns differ in length ({counts}): pass the same rows of each.")
    series = {name: column for name, column in columns.items() if isinstance(column, pd.Series)}
    if series:
        first, *others = series
        for other in others:
            if not series[first].index.equals(series[other].index):
                raise ValueError(
                    f"{first} and {other} have different row labels: join them into one table "
                    "first, for example with pd.concat([x, y], axis=1, join='inner')."
                )
    return pd.DataFrame({name: pd.Series(column).array for name, column in columns.items()})


def rows_to_use(values: Floats, missing: Missing) -> Floats:
    """All rows, or with "complete" those without a missing value.

    Raises
    ------
    ValueError
        For an unknown choice, and where no row is complete.
    """
    if missing not in get_args(Missing):
        raise ValueError(
            f"Unknown choice {missing!r} for missing: choose from {', '.join(get_args(Missing))}."
        )
    if missing == "pairwise":
        return values
    complete = values[~np.isnan(values).any(axis=1)]
    if not len(complete):
        raise ValueError(
            "No row is complete: leave out the emptiest columns, or use missing='pairwise'."
        )
    return complete


def shared_rows(values: Floats) -> Integers:
    """The k x k numbers of rows in which both columns of an n x k table have a value."""
    present = (~np.isnan(values)).astype(np.float64)
    return (present.T @ present).astype(np.int64)


def shared_pair(values: Floats, first: int, second: int) -> Floats:
    """The rows that two columns share, as an array of two columns."""
    pair = values[:, [first, second]]
    return pair[~np.isnan(pair).any(axis=1)]


def constant_columns(values: Floats) -> Booleans:
    """Which columns do not vary by more than float64 rounds (all-missing ones included).

    0.3 and 0.1 + 0.2 differ in their last bit: a correlation with that difference is noise.
    """
    size = np.fmax.reduce(np.abs(values))
    with np.errstate(over="ignore"):
        spread = np.fmax.reduce(values) - np.fmin.reduce(values)
    varies: Booleans = spread > 4 * np.finfo(np.float64).eps * size
    return ~varies


def _check_shape(data: pd.DataFrame) -> None:
    names = data.columns.tolist()
    if not names:
        raise ValueError("The table has no columns: a correlation needs at least two.")
    _refuse(
        data.columns[data.columns.duplicated()].unique().tolist(),
        "there more than once: give every column a name of its own",
    )
    if len(names) == 1:
        raise ValueError(f"The table has only column {names[0]!r}: add at least one more.")
    if data.empty:
        raise ValueError(
            f"The table has columns ({_listed(names)}) but no rows: add rows or loosen the filter."
        )


def _refuse(names: Sequence[object], reason: str) -> None:
    if names:
        subject = f"Column {names[0]!r} is" if len(names) == 1 else f"Columns {_listed(names)} are"
        raise ValueError(f"{subject} {reason}.")


def _listed(names: Sequence[object]) -> str:
    return ", ".join(repr(name) for name in names)


def _is_numeric(column: "pd.Series[float]") -> bool:
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype) or types.is_complex_dtype(dtype):
        return False
    return types.is_numeric_dtype(dtype) or types.is_bool_dtype(dtype)


def _floats(column: "pd.Series[float]") -> Floats:
    if types.is_integer_dtype(column.dtype) and column.count():
        low, high = int(column.min()), int(column.max())
        # Identifiers and nanoseconds: float64 would round them, their differences it holds.
        if max(abs(low), abs(high)) > _LARGEST_EXACT_INTEGER >= high - low:
            column = column - low
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
