"""Dates of a series: whether its rows are the same time apart, as every function here takes them.

What counts rows counts time only then. Of dates that are out of order, there twice or lacking, the
neighbours in the table are not neighbours in time. Nor are those of years that lack one.
"""

from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from pandas.api import types

from ..table import Booleans, Floats, Integers

# Months differ by a tenth; a row that is lacking doubles the step, one too many halves it.
_SHORTEST_STEP, _LONGEST_STEP = 0.5, 1.5
_FEWEST_FOR_A_FREQUENCY = 3
_SATURDAY = 5
# Of more dates than so many times the rows, most of a series that is filled in would be made up.
_MOST_DATES = 2

Dates: TypeAlias = pd.DatetimeIndex | pd.PeriodIndex | pd.TimedeltaIndex


def check_dates(index: "pd.Index[Any]") -> None:
    """Refuse dates that are not in order and the same time apart, and numbers that leave some out.

    Numbers that grow from row to row may be times, such as years; in any other order they are
    names of the rows. Names say nothing of time.

    Dates are dates, periods and durations. Weekdays and other calendars that pandas knows
    (`pd.infer_freq`) are the same time apart; so are rows whose steps differ from the usual one by
    less than half of it.

    Raises
    ------
    ValueError
        For a date that is missing, dates that are there twice, out of order or lacking, and
        numbers that are lacking. The message names the first of them and the way out.

    Examples
    --------
    >>> check_dates(pd.DatetimeIndex(["2024-01-01", "2024-02-01", "2024-03-01"]))
    >>> check_dates(pd.DatetimeIndex(["2024-01-01", "2024-02-01", "2024-01-15"]))
    Traceback (most recent call last):
    ...
    ValueError: The dates are out of order: 2024-01-15 comes after 2024-02-01. Sort the rows, for
    example with data.sort_index().
    """
    dates = _dates_of(index)
    if dates is None:
        if types.is_integer_dtype(index.dtype) or types.is_float_dtype(index.dtype):
            _check_numbers(index.to_numpy(dtype=np.float64, na_value=np.nan))
        return
    missing = dates.isna()
    if missing.any():
        raise ValueError(
            f"Row {missing.argmax()} has no date: give it one, or leave it out and fill the gap."
        )
    steps = np.diff(dates.asi8)
    _refuse_order(dates, steps)
    unusual = _unusual(steps)
    if unusual.any() and not _known_calendar(dates):
        _refuse_steps(index, dates, unusual)


def _dates_of(index: "pd.Index[Any]") -> Dates | None:
    if isinstance(index, (pd.DatetimeIndex, pd.PeriodIndex, pd.TimedeltaIndex)):
        return index
    if types.is_datetime64_any_dtype(index.dtype):  # Arrow's
        return pd.DatetimeIndex(index)
    if index.dtype == object and types.infer_dtype(index, skipna=True) in {"date", "datetime"}:
        return pd.DatetimeIndex(index)
    return None


def _check_numbers(labels: Floats) -> None:
    steps = np.diff(labels)
    if len(steps) < 2 or not (steps > 0).all():
        return
    unusual = _unusual(steps)
    if not unusual.any():
        return
    leave_out = (
        "if rows count and not their labels, leave the labels out with data.reset_index(drop=True)"
    )
    every = _every_number(labels, float(np.median(steps)))
    if every is None:
        row = int(unusual.argmax())
        raise ValueError(
            f"The rows' labels are not the same step apart: {labels[row]:.15g} is followed by "
            f"{labels[row + 1]:.15g}. Give each step its row, or, {leave_out}."
        )
    lacking = np.setdiff1d(every, labels)
    raise ValueError(
        f"The rows' labels are not the same step apart: {len(lacking)} of {len(every)} have none, "
        f"the first {lacking[0]}. Give them rows, for example with "
        f"data.reindex({every}).interpolate(), or, {leave_out}."
    )


def _every_number(labels: Floats, step: float) -> range | None:
    """The whole numbers from the first label to the last, if all labels are among them."""
    if step % 1 or labels[0] % 1:
        return None
    every = range(int(labels[0]), int(labels[-1]) + 1, int(step))
    few = len(every) < _MOST_DATES * len(labels)
    return every if few and np.isin(labels, every).all() else None


def _refuse_order(dates: Dates, steps: Integers) -> None:
    if (steps < 0).any():
        row = int((steps < 0).argmax()) + 1
        raise ValueError(
            f"The dates are out of order: {_said(dates[row])} comes after "
            f"{_said(dates[row - 1])}. Sort the rows, for example with data.sort_index()."
        )
    if (steps == 0).any():
        date = _said(dates[int((steps == 0).argmax())])
        raise ValueError(
            f"The date {date} is there more than once: keep one row a date, for example the mean "
            "of them, with data.groupby(level=0).mean()."
        )


def _known_calendar(dates: Dates) -> bool:
    return isinstance(dates, pd.DatetimeIndex) and _frequency(dates) is not None


def _frequency(dates: pd.DatetimeIndex | pd.TimedeltaIndex) -> str | None:
    if len(dates) < _FEWEST_FOR_A_FREQUENCY:
        return None
    with pd.option_context("future.infer_freq_returns_offset", True):  # else it warns
        found: Any = pd.infer_freq(dates)
    return None if found is None else str(found.freqstr)


def _unusual(steps: Integers | Floats) -> Booleans:
    usual = np.median(steps) if len(steps) else 0
    unusual: Booleans = (steps >= _LONGEST_STEP * usual) | (steps <= _SHORTEST_STEP * usual)
    return unusual


def _refuse_steps(index: "pd.Index[Any]", dates: Dates, unusual: Booleans) -> None:
    leave_out = "leave the dates out with data.reset_index(drop=True)"
    every = _every(dates, unusual)
    if every is None:
        row = int(unusual.argmax())
        raise ValueError(
            f"The rows are not the same time apart: {_said(dates[row])} is followed by "
            f"{_said(dates[row + 1])}. Take means over equal times (pandas' "
            f"resample does), or, if rows count and not dates, {leave_out}."
        )
    lacking = every[~every.isin(dates)]
    raise ValueError(
        f"The rows are not the same time apart: {len(lacking)} of {len(every)} dates have none, "
        f"the first {_said(lacking[0])}. Give them rows, for example with "
        f"{_opened(index, every)}.interpolate(), or, if rows count and not dates, as of trading "
        f"days, {leave_out}."
    )


def _every(dates: Dates, unusual: Booleans) -> Dates | None:
    """All dates from the first to the last, where the longest run of usual steps says which."""
    if isinstance(dates, pd.PeriodIndex):
        neighbours = np.median(np.diff(dates.asi8)) == 1
        return pd.period_range(dates[0], dates[-1]) if neighbours else None
    ends = np.flatnonzero(np.concatenate([[True], unusual, [True]]))
    longest = int(np.diff(ends).argmax())
    frequency = _frequency(dates[ends[longest] : ends[longest + 1]])
    if frequency is None:
        return None
    every: Dates
    if isinstance(dates, pd.TimedeltaIndex):
        every = pd.timedelta_range(dates[0], dates[-1], freq=frequency)
    else:
        weekdays = frequency == "D" and (dates.day_of_week < _SATURDAY).all()
        every = pd.date_range(dates[0], dates[-1], freq="B" if weekdays else frequency)
    return every if dates.isin(every).all() and len(every) < _MOST_DATES * len(dates) else None


def _opened(index: "pd.Index[Any]", every: Dates) -> str:
    """The code that gives a row to each of the dates."""
    first_to_last = "data.index[0], data.index[-1]"
    if isinstance(every, pd.PeriodIndex):
        return f"data.reindex(pd.period_range({first_to_last}))"
    if isinstance(every, pd.TimedeltaIndex):
        return f"data.reindex(pd.timedelta_range({first_to_last}, freq={every.freqstr!r}))"
    dated = "" if isinstance(index, pd.DatetimeIndex) else ".set_axis(pd.DatetimeIndex(data.index))"
    return f"data{dated}.asfreq({every.freqstr!r})"


def _said(date: object) -> str:
    return str(date).removesuffix(" 00:00:00")
