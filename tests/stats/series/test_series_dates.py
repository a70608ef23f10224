"""Dates of series: every function refuses those that are not the same time apart, with a way out.

And what every function of series has in common besides: masked is missing, many rows are no matter.
"""

import re

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.stattools import acf, ccf, pacf

from lib.stats import (
    autocorrelation,
    autoregressions,
    cross_correlation,
    deseasonalise,
    detrend,
    difference,
    effective_n,
    lagged_correlations,
    partial_autocorrelation,
    prewhiten,
    series_test,
)


def beside(x):
    return x.iloc[::-1].set_axis(x.index) ** 2


FUNCTIONS = {
    "difference": difference,
    "difference of a table": lambda x: difference(x.to_frame()),
    "detrend": detrend,
    "deseasonalise": lambda x: deseasonalise(x, 4),
    "effective_n": lambda x: effective_n(x, beside(x)),
    "effective_n beside a list": lambda x: effective_n(beside(x).tolist(), x),
    "autocorrelation": lambda x: autocorrelation(x, 2),
    "partial_autocorrelation": lambda x: partial_autocorrelation(x, 2),
    "cross_correlation": lambda x: cross_correlation(x, beside(x), 2),
    "cross_correlation, prewhitened": lambda x: cross_correlation(x, beside(x), 2, prewhiten=True),
    "lagged_correlations": lambda x: lagged_correlations(pd.DataFrame({"x": x, "y": beside(x)}), 2),
    "prewhiten": lambda x: prewhiten(x, beside(x), order=1),
    "series_test": lambda x: series_test(x, beside(x)),
}
EVERY_FUNCTION = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def dated(index):
    return pd.Series(np.random.default_rng(1).normal(size=len(index)).cumsum(), index, name="x")


def months(freq="MS"):
    return pd.date_range("2020-01", periods=24, freq=freq)


DAYS = pd.date_range("2024-01-01", periods=60, freq="B")
OUT_OF_STEP = {
    "a month lacking": (months().delete([5, 9]), "2 of 24 dates have none, the first 2020-06-01"),
    "the end of a month lacking": (months("ME").delete(5), "1 of 24 dates .* first 2020-06-30"),
    "a period lacking": (months().to_period("M").delete(5), "1 of 24 dates .* first 2020-06"),
    "a weekday lacking": (DAYS.delete(7), "1 of 60 dates have none, the first 2024-01-10"),
    "an hour lacking": (
        pd.date_range("2024-03-30", periods=48, freq="h", tz="Europe/Berlin").delete(10),
        "1 of 48 dates have none, the first 2024-03-30 10:00:00",
    ),
    "a second lacking": (pd.to_timedelta(np.delete(np.arange(30), 4), "s"), "1 of 30 dates"),
    "a date lacking among objects": (pd.Index(months().delete(5).date), "first 2020-06-01"),
    "a date lacking in Arrow's": (
        pd.Index(months().delete(5).to_series().astype("timestamp[ns][pyarrow]")),
        "first 2020-06-01",
    ),
    "shuffled": (months()[[0, 2, 1, *range(3, 24)]], "order: 2020-02-01 comes after 2020-03-01"),
    "shuffled periods": (months().to_period("M")[::-1], "2021-11 comes after 2021-12"),
    "backwards": (DAYS[::-1], "out of order"),
    "twice": (months().insert(3, months()[3]), "date 2020-04-01 is there more than once"),
    "any day": (
        pd.to_datetime(["2024-01-01", "2024-01-02", "2024-02-07", *DAYS[-8:].astype(str)]),
        "2024-01-02 is followed by 2024-02-07",
    ),
    "a year lacking": (pd.RangeIndex(2000, 2024).delete(5), "1 of 24 have none, the first 2005"),
    "years lacking": (pd.Index([2000, 2001, *range(2040, 2050)]), "2001 is followed by 2040"),
    "every second year lacking two": (
        pd.RangeIndex(1950, 2000, 2).delete([3, 4]).astype("Int64"),
        "2 of 25 have none, the first 1956",
    ),
    "a fraction lacking": (pd.Index(np.arange(24) / 10).delete(5), "0.4 is followed by 0.6"),
    "what dropna leaves": (
        pd.Series([np.nan if row == 7 else 1.0 for row in range(20)]).dropna().index,
        "1 of 20 have none, the first 7",
    ),
}


@EVERY_FUNCTION
@pytest.mark.parametrize(("index", "message"), OUT_OF_STEP.values(), ids=OUT_OF_STEP)
def test_dates_out_of_step_are_refused_and_every_way_out_is_one(function, index, message):
    data = dated(index)
    with pytest.raises(ValueError, match=message) as refused:
        function(data)
    ways = re.findall(r"data\..*?\)(?=, or, |\.$)", str(refused.value))
    assert len(ways) == 1 + ("have none" in str(refused.value))
    for way in ways:
        function(eval(way, {"pd": pd, "data": data}))  # noqa: S307


@EVERY_FUNCTION
def test_a_row_without_a_date_is_refused(function):
    data = dated(months().insert(3, pd.NaT))
    with pytest.raises(ValueError, match="Row 3 has no date"):
        function(data)
    function(data[data.index.notna()])


@EVERY_FUNCTION
@pytest.mark.parametrize(
    "index",
    [
        months(),
        months().to_period("M"),
        pd.period_range("2020", periods=24, freq="D")[::3],
        DAYS,
        pd.date_range("2020", periods=24, freq="WOM-3FRI"),
        pd.date_range("2024-03-20", periods=24, freq="D", tz="Europe/Berlin"),
        pd.Index(months().date),
        pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(24) * 16_667, "us").round("ms"),
        pd.RangeIndex(24),
        pd.RangeIndex(1950, 2000, 2),
        pd.Index(np.arange(24) / 10),
        pd.Index([5, 3, *range(6, 24)]),
        pd.Index([1, 1, *range(6, 24)]),
        pd.Index([*"acb", *range(21)]),
    ],
    ids=lambda index: type(index).__name__,
)
def test_what_is_in_step_or_no_date_is_taken_as_it_is(function, index):
    """Months differ in days, summer time has an hour less, weeks a weekend: none of it is a gap."""
    function(dated(index))


def test_dates_out_of_step_would_turn_a_ccf_of_97_into_anything():
    """What is refused, and why: the same rows, shuffled, have lost the lag."""
    x = dated(pd.date_range("2000-01", periods=200, freq="MS"))
    y = x.shift(1, fill_value=0.0)
    order = np.random.default_rng(2).permutation(200)
    assert cross_correlation(x, y, 2).loc[1, "value"] > 0.95
    lost = cross_correlation(x.to_numpy()[order], y.to_numpy()[order], 2)
    assert abs(lost.loc[1, "value"]) < 0.3
    with pytest.raises(ValueError, match="out of order"):
        cross_correlation(x.iloc[order], y.iloc[order], 2)
    found = cross_correlation(x.iloc[order].sort_index(), y.iloc[order].sort_index(), 2)
    pd.testing.assert_frame_equal(found, cross_correlation(x, y, 2))


# Masked ---------------------------------------------------------------------------------------


MASKED = np.ma.masked_array([1.0, 5, 2, 99, 4, 7, 3, 6], mask=[0, 0, 0, 1, 0, 0, 0, 0])
GAPPY = MASKED.filled(np.nan)


@pytest.mark.parametrize("change", [difference, detrend, lambda x: deseasonalise(x, 2)])
@pytest.mark.parametrize("masked", [MASKED, np.ma.vstack([MASKED, MASKED[::-1]])])
def test_masked_is_missing_where_missing_is_taken(change, masked):
    np.testing.assert_array_equal(change(masked), change(np.ma.filled(masked, np.nan)))
    whole_numbers = np.ma.masked_array(masked.data.astype(int), masked.mask)
    np.testing.assert_array_equal(change(whole_numbers), change(np.ma.filled(masked, np.nan)))


@pytest.mark.parametrize(
    "function",
    [
        lambda x: autocorrelation(x, 2),
        lambda x: partial_autocorrelation(x, 2),
        lambda x: cross_correlation(x, range(8), 2),
        lambda x: effective_n(range(8), x),
        lambda x: prewhiten(x, range(8)),
    ],
)
def test_masked_is_missing_where_missing_is_refused(function):
    with pytest.raises(ValueError, match="lacks 1 of its 8 values, the first in row 3"):
        function(MASKED)
    function(np.ma.masked_array(MASKED.data, mask=False))


# Many rows and many lags ----------------------------------------------------------------------


@pytest.mark.parametrize("phi", [-0.7, 0.0, 0.95])
def test_many_lags_equal_those_of_statsmodels(phi):
    """Up to 64 lags the values come from products, beyond from transforms."""
    x, y = autoregressions(2, 400, phi=phi, seed=1)
    for lags in (64, 65, 200):
        found = partial_autocorrelation(x, lags)["value"]
        np.testing.assert_allclose(found, pacf(x, nlags=lags, method="ldbiased"), atol=1e-12)
        found = cross_correlation(x, y, lags)["value"]
        expected = ccf(y, x, adjusted=False)[: lags + 1], ccf(x, y, adjusted=False)[: lags + 1]
        np.testing.assert_allclose(found.loc[0:], expected[0], atol=1e-13)
        np.testing.assert_allclose(found.loc[:0][::-1], expected[1], atol=1e-13)
    table = pd.DataFrame({"x": x, "y": y, "z": x + y, "flat": 1.0})
    found = lagged_correlations(table, 399)
    np.testing.assert_allclose(found.loc[("x", "y")], cross_correlation(x, y, 399)["value"])
    assert found.loc[("z", "flat")].isna().all()
    assert found.loc[("x", "z"), 0] == pytest.approx(np.corrcoef(x, x + y)[0, 1], abs=1e-13)


def test_many_rows_are_no_matter():
    x, y = autoregressions(2, 300_000, phi=0.9, seed=1)
    found = partial_autocorrelation(x, 40)["value"]
    assert found[1] == pytest.approx(0.9, abs=0.004)
    assert found[2:].abs().max() < 0.01
    np.testing.assert_allclose(
        autocorrelation(x, 3)["value"], acf(x, nlags=3, fft=True), rtol=0, atol=1e-12
    )
    share = (1 - 0.81) / (1 + 0.81)
    assert effective_n(x, y, lags=100) / 300_000 == pytest.approx(share, abs=0.02)
