"""From frames and columns to numbers: what is accepted, and what is refused."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from lib.stats.table.arrays import Column, Floats

DAYS_OF_DATES = "count the days of what is a date with (column - column.min()).dt.days"
"""The way out for dates: pd.to_numeric would make a number of one that is missing."""

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
    dtypes = data.dtypes
    numeric = {dtype: _is_numeric(dtype) for dtype in set(dtypes)}
    if not all(numeric.values()):
        refuse(
            [name for name, dtype in zip(data, dtypes, strict=True) if not numeric[dtype]],
            f"not numeric: convert with pd.to_numeric what is a number, {DAYS_OF_DATES}, leave out "
            "what is not, for example with data.select_dtypes(['number', 'bool'])",
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


def check_table(data: object) -> None:
    """Refuse what is no DataFrame.

    >>> check_table([[1, 2], [3, 4]])
    Traceback (most recent call last):
        ...
    ValueError: The data are no table but a list: make one, for example with pd.DataFrame(data).
    """
    if not isinstance(data, pd.DataFrame):
        raise ValueError(
            f"The data are no table but a {type(data).__name__}: make one, for example with "
            "pd.DataFrame(data)."
        )


def _check_shape(data: pd.DataFrame) -> None:
    check_table(data)
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
            f"The table has columns ({listed(names.tolist())}) but no rows: add rows or loosen "
            "the filter."
        )


def refuse(names: Sequence[object], reason: str) -> None:
    """Raise ValueError that says of these columns, if there are any, what is wrong."""
    if names:
        subject = f"Column {names[0]!r} is" if len(names) == 1 else f"Columns {listed(names)} are"
        raise ValueError(f"{subject} {reason}.")


def listed(names: Iterable[object]) -> str:
    """Names as a message has them."""
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
