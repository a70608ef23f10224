"""One column, whatever holds it, and what its objects are."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from .arrays import LARGEST_EXACT_INTEGER, Column, unmasked
from .refusals import shortened

_DATES = {"date", "datetime", "datetime64"}
_FLOATS = {"floating", "mixed-integer-float", "decimal"}
_MIXED = {"mixed", "mixed-integer"}
_INDEX_LEVEL = re.compile(r"__index_level_\d+__")


def column_of(column: Column, name: object) -> "pd.Series[Any]":
    """One column as a pandas Series: its own row labels and name, where it has them.

    Taken are pandas and polars Series, Arrow's chunked arrays, arrays of one dimension, lists and
    tuples. What is masked is missing.

    Raises
    ------
    ValueError
        For anything else, such as a table, a text or one number. The message names the column.

    Examples
    --------
    >>> column_of(np.ma.array([1.5, 2.5], mask=[False, True]), "x").tolist()
    [1.5, nan]
    """
    if isinstance(column, pd.Series):
        return column
    if isinstance(column, np.ndarray):
        return _of_array(column, name)
    if isinstance(column, pd.DataFrame):
        raise ValueError(f"{name} is a table: pass one of its columns, such as {name}.iloc[:, 0].")
    if isinstance(column, (Mapping, list, tuple, range)):
        values: Any = dict(column) if isinstance(column, Mapping) else column
        found = pd.Series(values)
        return settled(pd.Series(values, dtype=object)) if may_be_rounded(found) else found
    if isinstance(column, (pd.Index, pd.api.extensions.ExtensionArray)):
        return pd.Series(column)
    return _of_library(column, name)


def from_narwhals(known: Any) -> Any:
    """A table or a column as pandas has it: whole numbers with gaps keep all digits.

    Raises
    ------
    ValueError
        For columns of a type that Arrow does not have, such as whole numbers of 128 bits.
    """
    try:
        return from_arrow(known.to_arrow())
    except (ValueError, NotImplementedError) as error:
        raise ValueError(
            f"A type that Arrow does not have ({error}), in {_described(known)}: cast it to 64 "
            "bits, or leave it out."
        ) from error


def _described(known: Any) -> str:
    names = getattr(known, "columns", None)
    if names is None:
        return f"a column of {known.dtype}"
    return shortened([f"column {name!r} ({known[name].dtype})" for name in names])


def is_index_level(name: object) -> bool:
    """Whether pandas calls an index without a name so where it is written into a file."""
    return isinstance(name, str) and _INDEX_LEVEL.fullmatch(name) is not None


def from_arrow(arrow: Any) -> Any:
    """An Arrow array or table as pandas has it."""
    kept = {"integer_object_nulls": True, "date_as_object": False}
    try:
        return arrow.to_pandas(**kept)
    except TypeError:  # row labels or names that were pandas' categories, which it cannot restore
        return arrow.to_pandas(**kept, ignore_metadata=True)


def may_be_rounded(data: "pd.Series[Any] | pd.DataFrame") -> bool:
    """Whether there are floats so large that whole numbers beside a gap have lost digits."""
    floats = pd.DataFrame(data).select_dtypes(np.float64).to_numpy()
    return bool((np.abs(floats) >= LARGEST_EXACT_INTEGER).any())


def settled(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """The column with the type that its values have.

    Objects that are all booleans, whole numbers, other numbers (Decimal, say), dates or durations
    become a column of these, None and NaN missing values in it. So do sparse and Arrow columns
    that do not hold plain numbers. Everything else stays as it is: texts, and mixed objects.
    """
    dtype = column.dtype
    if dtype.kind in "biuf":
        return column
    if isinstance(dtype, pd.ArrowDtype):
        values = from_arrow(column.array.__arrow_array__())
        column = pd.Series(values.array, column.index, name=column.name)
    elif isinstance(dtype, pd.SparseDtype):
        column = pd.Series(np.asarray(column), column.index, name=column.name)
    return _of_objects(column) if column.dtype == object else column


def _of_array(array: "np.ndarray[Any, Any]", name: object) -> "pd.Series[Any]":
    if array.ndim == 0:
        raise ValueError(f"{name} is one value: pass a column, one value a row.")
    if array.ndim > 1:
        raise ValueError(
            f"{name} has {array.ndim} dimensions: pass one column of it, for example "
            f"{name}[{', '.join([':'] + ['0'] * (array.ndim - 1))}]."
        )
    if isinstance(array, np.ma.MaskedArray):
        return settled(pd.Series(unmasked(array)))
    return pd.Series(array)


def in_narwhals(data: Any) -> Any:
    """A table or a column of another library as narwhals has it; other things as they are.

    Raises
    ------
    ValueError
        For a table that is yet to be computed.
    """
    import narwhals as nw  # 0.1 s to import

    if isinstance(data, (str, bytes)):
        return data
    known = nw.from_native(data, allow_series=True, pass_through=True)
    if isinstance(known, nw.LazyFrame):
        or_some = ", or draw some of its rows, with sample(data, 100_000)"
        lazy = "data" if hasattr(data, "collect") else "narwhals.from_native(data)"
        raise ValueError(f"The table is lazy: compute it first, with {lazy}.collect(){or_some}.")
    return known


def _of_library(column: Any, name: object) -> "pd.Series[Any]":
    known = in_narwhals(column)
    if hasattr(known, "to_arrow") and len(known.shape) == 1:
        return settled(from_narwhals(known))
    if hasattr(known, "columns"):
        raise ValueError(f"{name} is a table: pass one of its columns.")
    if hasattr(column, "__array__"):
        return _of_array(np.asarray(column), name)
    raise ValueError(
        f"{name} is no column but {type(column).__name__}: pass a Series, an array or a list, one "
        "value a row."
    )


def _of_objects(column: "pd.Series[Any]") -> "pd.Series[Any]":
    content = types.infer_dtype(column, skipna=True)
    try:
        if content == "boolean":
            return column.astype("boolean")
        if content == "integer":
            return _of_integers(column)
        if content in _DATES:
            return pd.Series(pd.to_datetime(column))
        if content == "timedelta":
            return pd.Series(pd.to_timedelta(column))
        if content == "period":
            return pd.Series(pd.PeriodIndex(column), column.index, name=column.name)
        if content in _FLOATS:
            return pd.to_numeric(column)
        if content in _MIXED and _are_numbers(column):
            return _of_numbers(column)
    except (ValueError, TypeError, OverflowError):
        return column  # dates in several time zones, say
    return column


def _of_integers(column: "pd.Series[Any]") -> "pd.Series[Any]":
    try:
        return column.astype("Int64")
    except OverflowError:
        return _of_numbers(column)


def _are_numbers(column: Iterable[Any]) -> bool:
    """Whether the values are numbers, of one kind or of several; booleans are none of them."""
    return all(
        isinstance(value, (Real, Decimal)) and not isinstance(value, bool)
        for value in column
        if not (value is None or value is pd.NA or value is pd.NaT)
    )


def _of_numbers(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.to_numeric(column.map(float, na_action="ignore"))
