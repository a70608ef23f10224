"""Series in order of time: one value a row, the rows the same time apart."""

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from lib.stats.table import Column, Floats, numeric_matrix, side_by_side


def series_values(series: Column) -> Floats:
    """The n values of one series as float64, NaN where missing.

    What a series may hold, and what is refused, is as `numeric_matrix` says of a column.
    """
    column = pd.Series(series)
    check_dates(column.index)
    name = _name(column)
    # numeric_matrix wants two columns: the numbers of the rows stand beside the series.
    table = pd.DataFrame({name: column.array, f"rows of {name}": range(len(column))})
    return numeric_matrix(table)[:, 0]


def gapless_values(series: Column) -> Floats:
    """The n values of one series, none of them missing.

    Raises
    ------
    ValueError
        As for `gapless_matrix`.
    """
    values = series_values(series)
    _refuse_gaps(values[:, np.newaxis], [_name(pd.Series(series))])
    return values


def gapless_matrix(data: pd.DataFrame) -> Floats:
    """The n x k values of a table, none of them missing.

    Raises
    ------
    ValueError
        For a missing value: leaving out its row would make neighbours in time of two rows that
        are not. And for what `numeric_matrix` refuses.
    """
    check_dates(data.index)
    values = numeric_matrix(data)
    _refuse_gaps(values, data.columns)
    return values


def side_by_side_in_time(**series: Column) -> pd.DataFrame:
    """Series as a table, by position; dates among their labels are looked at by `check_dates`."""
    for each in series.values():
        if isinstance(each, pd.Series):
            check_dates(each.index)
    return side_by_side(**series)


def check_dates(index: "pd.Index[Any]") -> None:
    """Refuse dates that are not in order, and months, quarters or years of which some are absent.

    Rows are taken as the same time apart. Days may be: a market has no Sundays.

    Raises
    ------
    ValueError
        With the way out.
    """
    if not isinstance(index, pd.DatetimeIndex | pd.PeriodIndex) or len(index) < 2:
        return
    if not index.is_monotonic_increasing or not index.is_unique:
        raise ValueError(
            "The dates of the rows are not in order, or there twice: sort them, for example with "
            "sort_index(), and keep one row a date."
        )
    months = index.year.to_numpy() * 12 + index.month.to_numpy()
    steps = np.diff(months)
    if _is_by_month(index) and steps.min() >= 1 and (steps != steps.min()).any():
        late = int((steps != steps.min()).argmax()) + 1
        way = "asfreq()" if isinstance(index, pd.DatetimeIndex) else "reindex(pd.period_range(...))"
        raise ValueError(
            f"Between the rows of {index[late - 1]:%Y-%m} and {index[late]:%Y-%m} others are "
            f"absent: put rows without a value in their places, for example with {way}."
        )


def _is_by_month(index: "pd.DatetimeIndex | pd.PeriodIndex") -> bool:
    """Whether the rows are months, quarters or years: each on the same day, or on the last."""
    days = index if isinstance(index, pd.DatetimeIndex) else index.to_timestamp()
    return bool((days.day == days.day[0]).all() or days.is_month_end.all())


def check_lags(lags: int, n: int) -> None:
    """Refuse lags that are not between 1 and n - 1."""
    if not 1 <= lags < n:
        raise ValueError(
            f"lags is {lags}: choose at least 1, and fewer than there are values ({n})."
        )


def _name(column: "pd.Series[float]") -> Hashable:
    return "series" if column.name is None else column.name


def _refuse_gaps(values: Floats, names: Iterable[Hashable]) -> None:
    missing = np.isnan(values)
    for name, count, row in zip(names, missing.sum(axis=0), missing.argmax(axis=0), strict=True):
        if count:
            raise ValueError(
                f"Column {name!r} lacks {count} of its {len(values)} values, the first in row "
                f"{row}: fill in those between others, for example with interpolate(), and cut "
                "off those at the ends."
            )
