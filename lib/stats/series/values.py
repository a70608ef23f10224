"""Series in order of time: one value a row, the rows the same time apart."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from ..table import (
    Column,
    Floats,
    check_whole,
    column_of,
    counted,
    float_array,
    numeric_matrix,
    side_by_side,
    table_of,
)
from .dates import check_dates

TimeSeries = TypeVar("TimeSeries", "pd.Series[Any]", pd.DataFrame, Floats)


def series_of(series: TimeSeries) -> TimeSeries:
    """One series or several: pandas' as they are, arrays and lists as float64, NaN where missing.

    Tables and columns of other libraries, and dicts of columns, are pandas frames and Series.

    Raises
    ------
    ValueError
        As `table_of` and `column_of`; for arrays that are not numeric.
    """
    given: Any = series
    if isinstance(given, (pd.Series, pd.DataFrame)):
        found: Any = given
    elif _has_names(given):
        found = table_of(given)
    elif isinstance(given, (np.ndarray, list, tuple)):
        found = float_array(given, "series")
        if not found.ndim:
            raise ValueError(f"series is the single number {found:g}: pass one value a row.")
    elif len(getattr(given, "shape", "n")) == 2:
        found = table_of(given)
    else:
        found = column_of(given, "series")
    return cast(TimeSeries, found)


def _has_names(given: Any) -> bool:
    """Whether it is columns by name: a dict of them, rows that are dicts, a structured array."""
    if isinstance(given, (list, tuple)):
        return any(isinstance(row, Mapping) for row in given)
    return isinstance(given, Mapping) or bool(isinstance(given, np.ndarray) and given.dtype.names)


def series_values(series: Column, called: str = "series", *, gaps: bool = True) -> Floats:
    """The n values of one series as float64, NaN where missing.

    What a series may hold, and what is refused, is as `numeric_matrix` says of a column, and
    `check_dates` of its labels.
    """
    column = column_of(series, called)
    check_dates(column.index)
    name = called if column.name is None else column.name
    # numeric_matrix wants two columns: the numbers of the rows stand beside the series.
    table = pd.DataFrame({name: column.array, f"rows of {name}": range(len(column))})
    return numeric_matrix(table, gaps=gaps)[:, 0]


def gapless_values(series: Column, called: str) -> Floats:
    """The n values of one series, none of them missing; `called` is its name where it has none.

    Raises
    ------
    ValueError
        As for `gapless_matrix`.
    """
    values = series_values(series, called, gaps=False)
    name = column_of(series, called).name
    _refuse_gaps(values[:, np.newaxis], [called if name is None else name])
    return values


def gapless_matrix(data: pd.DataFrame) -> Floats:
    """The n x k values of a table, none of them missing.

    Raises
    ------
    ValueError
        For a missing value: leaving out its row would make neighbours in time of two rows that
        are not. And for what `numeric_matrix` and `check_dates` refuse.
    """
    check_dates(data.index)
    values = numeric_matrix(data, gaps=False)
    _refuse_gaps(values, data.columns)
    return values


def gapless_pair(x: Column, y: Column) -> Floats:
    """The n x 2 values of two series, none of them missing.

    Raises
    ------
    ValueError
        As for `gapless_matrix` and `side_by_side`.
    """
    pair = side_by_side(x=x, y=y)
    for series in (x, y):
        if isinstance(series, pd.Series):
            check_dates(series.index)
    return gapless_matrix(pair)


def check_lags(lags: int, n: int) -> None:
    """Refuse lags that are not between 1 and n - 1."""
    if n < 2:
        raise ValueError(f"The series has {counted(n, 'row')}: a lag takes at least 2.")
    advice = f"choose at least 1, and fewer than there are values ({n})"
    check_whole("lags", lags, 1, advice)
    if lags >= n:
        raise ValueError(f"lags is {lags}: {advice}.")


def _refuse_gaps(values: Floats, names: Iterable[Hashable]) -> None:
    missing = np.isnan(values)
    for name, count, row in zip(names, missing.sum(axis=0), missing.argmax(axis=0), strict=True):
        if count:
            raise ValueError(
                f"Column {name!r} lacks {count} of its {len(values)} values, the first in row "
                f"{row}: fill in those between others, for example with interpolate(), and cut "
                "off those at the ends."
            )
