"""A table of numbers: what the measures of association accept, and which rows each pair shares."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias, TypeVar, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api import types

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Booleans: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = "pd.Series[Any] | Sequence[Any] | NDArray[Any]"
Entry = TypeVar("Entry", np.float64, np.bool_)
Missing: TypeAlias = Literal["pairwise", "complete"]

_LARGEST_EXACT_INTEGER = 2**53
_ROUNDING = 4 * np.finfo(np.float64).eps
_FIRST_ROWS = 64
_VALUES_AT_ONCE = 2**17
_FEWEST_ROWS_AT_ONCE = 256


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
    dtypes = data.dtypes
    numeric = {dtype: _is_numeric(dtype) for dtype in set(dtypes)}
    if not all(numeric.values()):
        refuse(
            [name for name, dtype in zip(data, dtypes, strict=True) if not numeric[dtype]],
            "not numeric: convert with pd.to_numeric what is a number, leave out what is not, "
            "for example with data.select_dtypes(['number', 'bool'])",
        )
    values = data.to_numpy(np.float64, na_value=np.nan)
    if np.isinf(values).any():
        refuse(
            data.columns[np.isinf(values).any(axis=0)].tolist(),
            "infinite in places: replace infinities by missing values, for example with "
            "data.replace([np.inf, -np.inf], np.nan)",
        )
    if any(types.is_integer_dtype(dtype) for dtype in numeric):
        return _with_identifiers_shifted(values, data)
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
    columns = values.shape[1]
    missing = np.isnan(values)
    if not missing.any():
        return np.full((columns, columns), len(values), dtype=np.int64)
    n = np.zeros((columns, columns), dtype=np.int64)
    for rows in row_blocks(missing):
        present = (~rows).astype(np.float32)  # exact for blocks of fewer than 2^24 rows
        n += (present.T @ present).astype(np.int64)
    return n


def row_blocks(values: NDArray[Entry]) -> Iterator[NDArray[Entry]]:
    """The rows of a table, so many at a time as a processor's cache holds."""
    size = max(_FEWEST_ROWS_AT_ONCE, _VALUES_AT_ONCE // values.shape[1])
    return (values[start : start + size] for start in range(0, len(values), size))


def shared_pair(values: Floats, first: int, second: int) -> Floats:
    """The rows that two columns share, as an array of two columns."""
    pair = values[:, [first, second]]
    return pair[~np.isnan(pair).any(axis=1)]


def constant_columns(values: Floats) -> Booleans:
    """Which columns do not vary by more than float64 rounds (all-missing ones included).

    0.3 and 0.1 + 0.2 differ in their last bit: a correlation with that difference is noise.
    """
    # Most columns vary in their first rows. Beyond twice the tolerance they do so whatever comes
    # after: where a later value is large enough to raise the tolerance, it varies all the more.
    first = values[:_FIRST_ROWS]
    evident = vary(np.fmin.reduce(first), np.fmax.reduce(first), 2 * _ROUNDING)
    return ~evident if evident.all() else ~vary(np.fmin.reduce(values), np.fmax.reduce(values))


def varying_in_shared_rows(values: Floats) -> Booleans:
    """[i, j]: whether column i varies in the rows that it shares with j, as `constant_columns`."""
    columns = np.ascontiguousarray(values.T)
    present = ~np.isnan(columns)
    if present.all():
        return np.repeat(~constant_columns(values)[:, np.newaxis], len(columns), axis=1)
    varying = np.zeros((len(columns), len(columns)), dtype=np.bool_)
    for number in np.flatnonzero(present.any(axis=1)):
        rows = columns[number].argsort()[: np.count_nonzero(present[number])]
        shared = present.take(rows, axis=1, mode="clip")  # in ascending order of the values
        lowest = rows[shared.argmax(axis=1)]
        highest = rows[-1 - shared[:, ::-1].argmax(axis=1)]
        varying[number] = vary(columns[number, lowest], columns[number, highest])
    return varying


def vary(lowest: Floats, highest: Floats, rounding: float = _ROUNDING) -> Booleans:
    """Whether values between these vary by more than rounding; not where there are none."""
    size = np.fmax(np.abs(lowest), np.abs(highest))
    with np.errstate(over="ignore"):
        spread = highest - lowest
    varying: Booleans = spread > rounding * size
    return varying


def _check_shape(data: pd.DataFrame) -> None:
    names = data.columns
    if not len(names):
        raise ValueError("The table has no columns: a correlation needs at least two.")
    if not names.is_unique:
        refuse(
            names[names.duplicated()].unique().tolist(),
            "there more than once: give every column a name of its own",
        )
    if len(names) == 1:
        raise ValueError(f"The table has only column {names[0]!r}: add at least one more.")
    if data.empty:
        raise ValueError(
            f"The table has columns ({_listed(names.tolist())}) but no rows: add rows or loosen "
            "the filter."
        )


def refuse(names: Sequence[object], reason: str) -> None:
    if names:
        subject = f"Column {names[0]!r} is" if len(names) == 1 else f"Columns {_listed(names)} are"
        raise ValueError(f"{subject} {reason}.")


def _listed(names: Sequence[object]) -> str:
    return ", ".join(repr(name) for name in names)


def _is_numeric(dtype: "np.dtype[Any] | pd.api.extensions.ExtensionDtype") -> bool:
    if isinstance(dtype, pd.CategoricalDtype) or types.is_complex_dtype(dtype):
        return False
    return types.is_numeric_dtype(dtype) or types.is_bool_dtype(dtype)


def _with_identifiers_shifted(values: Floats, data: pd.DataFrame) -> Floats:
    """Of identifiers and nanoseconds, float64 would round the values but holds the differences."""
    shifted = values.copy()
    too_large = np.fmax.reduce(np.abs(values)) > _LARGEST_EXACT_INTEGER
    for number, (_, column) in enumerate(data.items()):
        if too_large[number] and types.is_integer_dtype(column.dtype):
            low, high = int(column.min()), int(column.max())
            if high - low <= _LARGEST_EXACT_INTEGER:
                shifted[:, number] = (column - low).to_numpy(np.float64, na_value=np.nan)
    return shifted
