"""Series without their trend, steps or seasons."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..table import (
    Booleans,
    Floats,
    check_whole,
    counted,
    numeric_matrix,
)
from .dates import check_dates
from .values import TimeSeries, series_of, series_values

_FEWEST_FOR_A_LINE = 3
_FEWEST_FOR_A_SEASON = 2
_ROUNDING = 8 * np.finfo(np.float64).eps


def difference(series: TimeSeries, lag: int = 1) -> TimeSeries:
    """Each value minus the one `lag` rows before it.

    Time runs down the rows of a table, and along the rows of an array: a two-dimensional array or
    nested list holds one series a row, as the simulators give it. Transpose others.

    The remedy for random walks, whose steps are independent. With the length of the season as
    lag, it removes a fixed season, and a straight line as well. Differences of logarithms are
    growth rates.

    Where there was no random walk, differences are overdone: noise about a trend becomes noise
    minus its neighbour, negatively autocorrelated, and a test at 5 % rejects 11 % of unrelated
    pairs. Such series want `detrend` or `deseasonalise`. Differences over more than one row of a
    random walk overlap and so are autocorrelated as well.

    Parameters
    ----------
    series
        Numbers in order of time, the same time apart: a Series, a DataFrame whose columns are
        series, or an array with time along its last axis, as the simulators give it. Lists are
        arrays; columns and tables of other libraries become pandas'.
    lag
        Rows between the two values, at least 1.

    Returns
    -------
    What was given, in float64 and without its first `lag` rows; index and names are kept. NaN
    where one of the two values is missing.

    Raises
    ------
    ValueError
        For a lag below 1, no more than `lag` rows, infinite values, dates or years that are
        not the same time apart, and columns that are not numeric or boolean.

    References
    ----------
    Granger and Newbold (1974), Journal of Econometrics 2, 111-120.

    Examples
    --------
    >>> visits = pd.Series([100.0, 110, 121, 133.1], index=[2021, 2022, 2023, 2024])
    >>> difference(visits)
    2022    10.0
    2023    11.0
    2024    12.1
    dtype: float64
    >>> difference(np.log(visits)).round(4)
    2022    0.0953
    2023    0.0953
    2024    0.0953
    dtype: float64
    """
    check_whole("lag", lag, 1, "choose at least 1 row")
    series = series_of(series)
    _check_length(series, lag + 1, f"a difference over {lag}")
    return _changed(series, lambda rows: rows[..., lag:] - rows[..., :-lag], first=lag)


def detrend(series: TimeSeries) -> TimeSeries:
    """Subtract the straight line over the rows that fits best by least squares.

    Time runs down the rows of a table, and along the rows of an array: a two-dimensional array or
    nested list holds one series a row, as the simulators give it. Transpose others.

    The remedy for a trend with independent noise about it. It is none for a random walk, in which
    a line is not what wanders. What remains has mean 0.

    Parameters
    ----------
    series
        Numbers in order of time, the same time apart: a Series, a DataFrame whose columns are
        series, or an array with time along its last axis. Lists are arrays; columns and tables of
        other libraries become pandas'.

    Returns
    -------
    What was given, in float64; index and names are kept. Missing values stay missing, and the
    line is that of the others. NaN throughout a column with fewer than three values, since a line
    leaves nothing of two. Where no more than rounding would be left, 0.

    Raises
    ------
    ValueError
        For fewer than three rows, infinite values, dates or years that are not the same time
        apart, and columns that are not numeric or boolean.

    Examples
    --------
    >>> detrend(pd.Series([1, 3, 2, 4]))
    0   -0.3
    1    0.9
    2   -0.9
    3    0.3
    dtype: float64
    """
    series = series_of(series)
    _check_length(series, _FEWEST_FOR_A_LINE, "a line that leaves something")
    return _changed(series, _without_line)


def deseasonalise(series: TimeSeries, period: int) -> TimeSeries:
    """Subtract from each value the mean of all values at its position in the period.

    Time runs down the rows of a table, and along the rows of an array: a two-dimensional array or
    nested list holds one series a row, as the simulators give it. Transpose others.

    Of months, with period 12, each January loses the mean of all Januaries. What remains has
    mean 0. Of a last period that is cut short, the values count in the means of their positions
    like all others. A season that grows with the level is constant in logarithms. A trend hides
    in the means, since every December comes after its January: remove it first.

    A test of what remains does not know that the means have used up a row each: with ten years of
    months it rejects 6 % of unrelated pairs at 5 %.

    Parameters
    ----------
    series
        Numbers in order of time, the same time apart: a Series, a DataFrame whose columns are
        series, or an array with time along its last axis. Lists are arrays; columns and tables of
        other libraries become pandas'.
    period
        Rows until the season begins again, at least 2: 12 for months, 4 for quarters.

    Returns
    -------
    What was given, in float64; index and names are kept. Missing values stay missing, and the
    means are those of the others. NaN at a position that has a single value: what of it is season
    cannot be told. Where no more than rounding would be left, 0.

    Raises
    ------
    ValueError
        For a period below 2, fewer rows than two periods, infinite values, dates or years that are
        not the same time apart, and columns that are not numeric or boolean.

    Examples
    --------
    >>> deseasonalise(pd.Series([1, 5, 3, 6, 2]), period=2)
    0   -1.0
    1   -0.5
    2    1.0
    3    0.5
    4    0.0
    dtype: float64
    """
    check_whole("period", period, 2, "a season takes at least 2 rows")
    series = series_of(series)
    _check_length(series, 2 * period, f"two periods of {period}")
    return _changed(series, lambda rows: _without_season(rows, period))


def _check_length(series: TimeSeries, fewest: int, purpose: str) -> None:
    rows = series.shape[-1] if isinstance(series, np.ndarray) else len(series)
    if rows < fewest:
        raise ValueError(
            f"The series has {counted(rows, 'row')}: it needs at least {fewest} for {purpose}."
        )


def _changed(series: TimeSeries, change: Callable[[Floats], Floats], first: int = 0) -> TimeSeries:
    """What `change` makes of each series, with the labels from row `first` on.

    `change` takes and gives arrays with time along the last axis.
    """
    if isinstance(series, pd.DataFrame):
        check_dates(series.index)
        rows = _rows_of(series)
        return pd.DataFrame(change(rows).T, series.index[first:], series.columns)
    if isinstance(series, pd.Series):
        return pd.Series(change(series_values(series)), series.index[first:], name=series.name)
    if np.isinf(series).any():
        raise ValueError("The series is infinite in places: replace infinities by np.nan.")
    return change(series)


def _rows_of(table: pd.DataFrame) -> Floats:
    """One series a row; columns may bear one name, and may be one column or none."""
    if table.shape[1] > 1 and table.columns.is_unique and len(table):
        return numeric_matrix(table).T
    columns = [series_values(column) for _, column in table.items()]
    return np.reshape(columns, table.shape[::-1])


def _without_line(rows: Floats) -> Floats:
    positions: Floats = np.arange(rows.shape[-1], dtype=np.float64)
    missing = np.isnan(rows)
    if missing.any():  # else one row of positions serves all series
        positions = np.where(missing, np.nan, positions)
    run, rise = (_about_mean(values, _FEWEST_FOR_A_LINE, axis=-1) for values in (positions, rows))
    with np.errstate(invalid="ignore"):  # of too few values both sums are 0
        slope = np.nansum(run * rise, -1, keepdims=True) / np.nansum(run * run, -1, keepdims=True)
    return _without_rounding(rise - slope * run, rows)


def _without_season(rows: Floats, period: int) -> Floats:
    *series, n = rows.shape
    periods = -(-n // period)
    padded = np.full((*series, periods * period), np.nan)
    padded[..., :n] = rows
    table = padded.reshape(*series, periods, period)
    rest = _about_mean(table, _FEWEST_FOR_A_SEASON, axis=-2).reshape(padded.shape)
    return _without_rounding(rest[..., :n], rows)


def _about_mean(values: Floats, fewest: int, axis: int) -> Floats:
    """Values minus their mean along the axis; NaN where that is a mean of fewer."""
    count = (~np.isnan(values)).sum(axis=axis, keepdims=True)
    divisor = np.where(count < fewest, np.nan, count)
    for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes what is left
        values = values - np.nansum(values, axis=axis, keepdims=True) / divisor
    return values


def _without_rounding(rest: Floats, rows: Floats) -> Floats:
    """0 throughout a series of which only rounding is left: that would correlate with anything."""
    size, left = (np.fmax.reduce(np.abs(part), -1, keepdims=True) for part in (rows, rest))
    nothing: Booleans = left <= _ROUNDING * size
    return np.where(nothing & ~np.isnan(rest), 0.0, rest)
