"""Transforms of series: against scipy and pandas, by their properties, and what they refuse."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import signal

from lib.stats import deseasonalise, detrend, difference

TRANSFORMS = {
    "difference": lambda series: difference(series, 2),
    "detrend": detrend,
    "deseasonalise": lambda series: deseasonalise(series, 4),
}
EVERY_TRANSFORM = pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=TRANSFORMS)
WHOLE_NUMBERS = hnp.arrays(
    np.float64, st.integers(8, 30), elements=st.integers(-1000, 1000).map(float)
)


def walk(n, seed=0):
    index = pd.period_range("1958-03", periods=n, freq="M")
    return pd.Series(np.random.default_rng(seed).normal(size=n).cumsum(), index, name="walk")


# Against others -----------------------------------------------------------------------------


@pytest.mark.parametrize("lag", [1, 3, 12])
def test_difference_is_that_of_pandas_without_its_empty_rows(lag):
    pd.testing.assert_series_equal(difference(walk(40), lag), walk(40).diff(lag).iloc[lag:])


@pytest.mark.parametrize("offset", [0, 1e8])
@pytest.mark.parametrize("n", [3, 4, 50, 501])
def test_detrend_equals_scipy(n, offset):
    rows = np.random.default_rng(n).normal(size=(5, n)).cumsum(axis=1)
    found = detrend(rows + offset)
    # At 1e8, float64 holds the input to 1.5e-8 and scipy loses as much again.
    np.testing.assert_allclose(found, signal.detrend(rows), rtol=0, atol=1e-7 if offset else 1e-11)


def test_detrend_with_missing_values_equals_polyfit_through_the_others():
    series = walk(60).mask(np.random.default_rng(1).random(60) < 0.3)
    rows, there = np.arange(60), series.notna()
    line = np.polyval(np.polyfit(rows[there], series[there], 1), rows)
    np.testing.assert_allclose(detrend(series), series - line, rtol=0, atol=1e-11)


@pytest.mark.parametrize("n", [24, 25, 35, 120])
def test_deseasonalise_equals_pandas_groups(n):
    series = walk(n)
    groups = series.groupby(np.arange(n) % 12)
    np.testing.assert_allclose(
        deseasonalise(series, 12), series - groups.transform("mean"), rtol=0, atol=1e-13
    )


def test_deseasonalise_with_missing_values_uses_the_others():
    series = walk(60).mask(np.random.default_rng(2).random(60) < 0.3)
    expected = series - series.groupby(np.arange(60) % 12).transform("mean")
    np.testing.assert_allclose(deseasonalise(series, 12), expected, rtol=0, atol=1e-13)


def test_a_position_with_one_value_has_no_season_to_remove():
    found = deseasonalise(pd.Series([1.0, 2.0, np.nan, 4.0, 5.0]), 2)
    assert found.isna().tolist() == [False, False, True, False, False]
    found = deseasonalise(pd.Series([1.0, np.nan, 2.0, 4.0]), 2)
    assert found.tolist()[::2] == [-0.5, 0.5]
    assert found[[1, 3]].isna().all()


def test_a_last_period_cut_short_counts_in_the_means():
    assert deseasonalise(pd.Series([0.0, 5, 3, 7, 9]), 2).tolist() == [-4, -1, -1, 1, 5]


# Properties ---------------------------------------------------------------------------------


@given(intercept=st.integers(-(10**6), 10**6), slope=st.integers(-1000, 1000), n=st.integers(8, 60))
@settings(max_examples=15, deadline=None)
def test_of_a_line_differences_are_constant_and_nothing_else_is_left(intercept, slope, n):
    line = pd.Series(intercept + slope * np.arange(n))
    assert (difference(line) == slope).all()
    assert (difference(line, 4) == 4 * slope).all()
    assert (detrend(line / 7) == 0).all()


@pytest.mark.parametrize("offset", [0, 1e8, -1e12])
def test_of_an_exact_season_exactly_nothing_is_left(offset):
    season = pd.Series(offset + np.tile([0.1, 0.7, -0.3, 2.4], 25))
    assert (deseasonalise(season, 4) == 0).all()
    assert (difference(season, 4) == 0).all()


def test_of_a_season_that_is_exact_but_for_rounding_nothing_is_left():
    season = np.tile([0.1, 0.7, -0.3, 2.4], 25)
    season[8::4] = 0.1 + 0.2 - 0.2
    season[9::8] = np.nextafter(0.7, 1)
    assert len(np.unique(season)) == 6
    assert (deseasonalise(season, 4) == 0).all()


@pytest.mark.parametrize("transform", [detrend, lambda series: deseasonalise(series, 4)])
def test_offsets_cost_no_digits(transform):
    """Eighths, which float64 holds exactly at 1e8 as well."""
    series = np.random.default_rng(4).integers(-50, 50, size=31) / 8
    np.testing.assert_allclose(transform(series + 1e8), transform(series), rtol=0, atol=1e-11)


def test_rounding_is_removed_but_not_small_values():
    tiny = 1e-5 * np.random.default_rng(3).normal(size=50)
    rest = detrend(pd.Series(1e8 + tiny))
    np.testing.assert_allclose(rest, signal.detrend(tiny), rtol=0, atol=3e-8)
    assert (rest != 0).any()


@EVERY_TRANSFORM
@given(values=WHOLE_NUMBERS, shift=st.integers(-(10**6), 10**6), eighths=st.integers(1, 1000))
@settings(max_examples=15, deadline=None)
def test_shift_is_removed_and_scale_kept(transform, values, shift, eighths):
    scale = eighths / 8
    moved = transform(pd.Series((values + shift) * scale))
    np.testing.assert_allclose(
        moved / scale, transform(pd.Series(values)), rtol=0, atol=1e-15 * (abs(shift) + 1e6)
    )


@given(values=WHOLE_NUMBERS)
@settings(max_examples=15, deadline=None)
def test_what_remains_has_mean_zero(values):
    assert abs(detrend(values).mean()) < 1e-10
    assert abs(np.sum(detrend(values) * np.arange(len(values)))) < 1e-7
    rest = deseasonalise(values, 4)
    for position in range(4):
        assert abs(rest[position::4].mean()) < 1e-10


@given(values=WHOLE_NUMBERS)
@settings(max_examples=15, deadline=None)
def test_removing_twice_removes_nothing_more(values):
    for transform in (detrend, lambda series: deseasonalise(series, 4)):
        once = transform(values)
        np.testing.assert_allclose(transform(once), once, rtol=0, atol=1e-10)


# Forms --------------------------------------------------------------------------------------


@EVERY_TRANSFORM
def test_tables_and_arrays_are_their_series_one_by_one(transform):
    table = pd.DataFrame({seed: walk(30, seed) for seed in range(3)})
    table.loc["1959-01":"1959-04", 1] = np.nan
    found = transform(table)
    assert found.columns.equals(table.columns)
    rows = transform(table.to_numpy().T)  # an array has time along its last axis
    for position, name in enumerate(table):
        pd.testing.assert_series_equal(found[name], transform(table[name]))
        np.testing.assert_array_equal(rows[position], found[name])


@EVERY_TRANSFORM
def test_labels_and_names_are_kept(transform):
    series = walk(30)
    found = transform(series)
    assert found.index.equals(series.index[-len(found) :])
    assert found.name == "walk"


@EVERY_TRANSFORM
@pytest.mark.parametrize("table", [walk(30).to_frame(), pd.DataFrame(index=range(30))])
def test_tables_of_one_column_and_of_none(transform, table):
    assert transform(table).columns.tolist() == table.columns.tolist()


@EVERY_TRANSFORM
@pytest.mark.parametrize("dtype", ["int64", "Int64", "int8", "int64[pyarrow]", "Float64", "bool"])
def test_every_kind_of_number(transform, dtype):
    numbers = pd.Series([0, 1, 1, 0, 1, 0, 0, 1, 1, 1])
    pd.testing.assert_series_equal(transform(numbers.astype(dtype)), transform(numbers * 1.0))


@EVERY_TRANSFORM
def test_integers_too_large_for_float64_keep_their_digits(transform):
    small = pd.Series([5, 1, 4, 4, 9, 2, 6, 3])
    found = transform(small + 2**60)
    np.testing.assert_allclose(found, transform(small), rtol=0, atol=1e-13)


@EVERY_TRANSFORM
def test_the_input_is_left_as_it_was(transform):
    series, values = walk(30), walk(30).to_numpy()
    transform(series)
    transform(values)
    pd.testing.assert_series_equal(series, walk(30))
    np.testing.assert_array_equal(values, walk(30))


@EVERY_TRANSFORM
def test_an_empty_column_stays_empty(transform):
    table = pd.DataFrame({"walk": walk(30), "empty": np.nan})
    assert transform(table)["empty"].isna().all()
    assert transform(table)["walk"].notna().all()


def test_missing_values_stay_missing_and_a_difference_needs_both():
    series = pd.Series([1.0, np.nan, 4.0, 8.0, 9.0])
    assert difference(series).isna().tolist() == [True, True, False, False]
    assert detrend(series).isna().tolist() == [False, True, False, False, False]


def test_a_line_leaves_nothing_of_two_values():
    assert detrend(pd.Series([1.0, np.nan, 4.0])).isna().all()


# Refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: difference(x, 0), "lag is 0: choose at least 1 row"),
        (lambda x: difference(x, -1), "lag is -1: choose at least 1 row"),
        (lambda x: difference(x, 5), "has 5 rows: it needs at least 6 for a difference over 5"),
        (
            lambda x: detrend(x[:2]),
            "has 2 rows: it needs at least 3 for a line that leaves something",
        ),
        (lambda x: deseasonalise(x, 1), "period is 1: a season takes at least 2 rows"),
        (lambda x: deseasonalise(x, 3), "has 5 rows: it needs at least 6 for two periods of 3"),
    ],
)
@pytest.mark.parametrize("form", [np.array, pd.Series, lambda x: pd.DataFrame({"a": x})])
def test_too_short_series_and_wrong_periods(call, message, form):
    with pytest.raises(ValueError, match=message):
        call(form([1.0, 2, 4, 3, 5]))


@EVERY_TRANSFORM
def test_series_that_are_not_numeric_or_infinite_are_named(transform):
    with pytest.raises(ValueError, match="Column 'month' is not numeric"):
        transform(pd.Series(list("abcdefgh"), name="month"))
    with pytest.raises(ValueError, match="Column 'growth' is infinite in places"):
        transform(pd.DataFrame({"growth": [1.0, 2, -np.inf, 3, 4, 5, 6, 7]}))
    with pytest.raises(ValueError, match=r"infinite in places: replace infinities by np\.nan"):
        transform(np.array([[1.0, 2, np.inf, 3, 4, 5, 6, 7]]))
    with pytest.raises(ValueError, match="Column 'series' is not numeric"):
        transform(pd.Series(list("abcdefgh")))
