"""From frames to numbers: what is accepted, and what is refused."""

from collections.abc import Iterable
from typing import Any, NoReturn

import numpy as np
import pandas as pd
from pandas.api import types

from .arrays import LARGEST_EXACT_INTEGER, Floats, unmasked
from .columns import settled
from .kinds import holds, is_number, is_time, refuse_complex
from .refusals import dropped, listed, refuse
from .whole import less, middle_of


def numeric_matrix(data: pd.DataFrame, *, gaps: bool = True) -> Floats:
    """The n x k values of a table as float64, NaN where missing.

    Booleans become 0 and 1, dates days since the earliest of their column, durations days; NaT is
    missing. Nullable, Arrow and sparse columns are welcome, and objects that are all numbers. A
    column of integers too large for float64 is shifted by its minimum, or, where these lie too far
    apart, by one in their midst, which no correlation notices. Where `gaps` are no way out of
    infinite values, the refusal names another.

    Raises
    ------
    ValueError
        For fewer than two columns, no rows, duplicated names, columns that are not numbers,
        booleans or dates, and infinite values. The message names the columns and the way out.

    Examples
    --------
    >>> numeric_matrix(pd.DataFrame({"lit": [True, False], "cars": [3.5, None]}))
    array([[1. , 3.5],
           [0. , nan]])
    """
    check_columns(data.columns)
    if data.empty:
        refuse_no_rows(data.columns)
    dtypes = set(data.dtypes)
    if not are_plain(dtypes):
        data = numbers_of(data)
        dtypes = set(data.dtypes)
    values = data.to_numpy(np.float64, na_value=np.nan)
    if np.isinf(values).any():
        refuse(
            data.columns[np.isinf(values).any(axis=0)].tolist(),
            "infinite in places: replace infinities by missing values, in a table with "
            "data.replace([np.inf, -np.inf], np.nan)"
            + ("" if gaps else ", and fill these in, for example with interpolate()"),
        )
    if any(dtype.kind in "iu" for dtype in dtypes):
        return _with_identifiers_shifted(values, data)
    return values


def numbers_of(data: pd.DataFrame) -> pd.DataFrame:
    """The table with columns of numbers and booleans only, as `numeric_matrix` reads them.

    Raises
    ------
    ValueError
        For columns that are not numbers, booleans or dates. The message names them.
    """
    if are_plain(data.dtypes):
        return data
    columns = [_numbers(settled(column)) for _, column in data.items()]
    refuse_complex(data)
    others = [
        name for name, column in zip(data, columns, strict=True) if not is_number(column.dtype)
    ]
    refuse(
        others,
        "not numeric: convert with pd.to_numeric what is a number; leave out what is not, of a "
        f"table with {dropped(others)}",
    )
    arrays = {place: column.array for place, column in enumerate(columns)}
    return pd.DataFrame(arrays, data.index).set_axis(data.columns, axis=1)


def are_plain(dtypes: Iterable[Any]) -> bool:
    """Whether these are numpy's numbers and booleans, with nothing to convert or to refuse."""
    return all(isinstance(dtype, np.dtype) and dtype.kind in "biuf" for dtype in dtypes)


def float_array(values: Any, name: object) -> Floats:
    """An array or nested lists of numbers as float64, NaN where missing or masked.

    Raises
    ------
    ValueError
        For what is not numeric, and for lists of different lengths. The message bears the name.
    """
    try:
        array = unmasked(np.asanyarray(values))
    except ValueError:
        raise ValueError(f"The rows of {name} differ in length: pass the same n of each.") from None
    if array.dtype.kind in "biuf":
        return np.asarray(array, dtype=np.float64)
    column = _numbers(settled(pd.Series(array.reshape(-1))))
    if types.is_complex_dtype(column.dtype) or holds(column) == "complex":
        raise ValueError(f"{name} is complex: take the size of each number, with abs({name}).")
    if not is_number(column.dtype):
        raise ValueError(f"{name} is not numeric: convert with pd.to_numeric what is a number.")
    return column.to_numpy(np.float64, na_value=np.nan).reshape(array.shape)


def _numbers(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if is_time(column.dtype):
        return _days(column)
    if column.dtype == object and types.infer_dtype(column, skipna=True) == "empty":
        return column.astype(np.float64)
    return column


def _days(column: "pd.Series[Any]") -> "pd.Series[float]":
    """Dates as days since the earliest of them, which keeps all digits; durations as days."""
    if isinstance(column.dtype, pd.PeriodDtype):
        column = column.dt.to_timestamp()
    index = pd.Index(column)
    ticks, present = index.asi8, index.notna()
    if column.dtype.kind == "M" and present.any():
        # What wraps around in 64 bits is right without a sign: no two dates are too far apart.
        ticks = (ticks - ticks[present].min()).view(np.uint64)
    days = ticks / (pd.Timedelta(days=1) / pd.Timedelta(1, index.unit))
    return pd.Series(np.where(present, days, np.nan), column.index, name=column.name)


def check_columns(names: "pd.Index[Any]") -> None:
    """Raise ValueError for names of fewer than two columns, or of two columns alike."""
    if not len(names):
        raise ValueError("The table has no columns: a correlation needs at least two.")
    if not names.is_unique:
        refuse(
            names[names.duplicated()].unique().tolist(),
            "there more than once: give every column a name of its own",
        )
    if len(names) == 1:
        raise ValueError(f"The table has only column {names[0]!r}: add at least one more.")


def refuse_no_rows(names: "pd.Index[Any]") -> NoReturn:
    """Raise ValueError that a table with these columns has no rows."""
    raise ValueError(
        f"The table has columns ({listed(names.tolist())}) but no rows: add rows or loosen "
        "the filter."
    )


def _with_identifiers_shifted(values: Floats, data: pd.DataFrame) -> Floats:
    """Of identifiers and nanoseconds, float64 would round the values but holds the differences."""
    shifted = values.copy()
    too_large = np.fmax.reduce(np.abs(values)) > LARGEST_EXACT_INTEGER
    for number, (_, column) in enumerate(data.items()):
        if too_large[number] and types.is_integer_dtype(column.dtype):
            present = column.notna().to_numpy()
            kind = "u8" if column.dtype.kind == "u" else "i8"
            whole = column[present].to_numpy(kind)
            shifted[present, number] = less(whole, middle_of(whole))
    return shifted
