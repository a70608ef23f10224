"""Correlations over lags: against statsmodels and plain loops, by their properties, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import linalg
from statsmodels.tsa.stattools import acf, ccf

from lib.stats import (
    autocorrelation,
    autoregressions,
    correlated_pairs,
    cross_correlation,
    lagged_correlations,
    noise,
    partial_autocorrelation,
)

SERIES = hnp.arrays(np.float64, st.integers(6, 25), elements=st.integers(-50, 50).map(float))
PAIRS = st.integers(6, 25).flatmap(
    lambda n: hnp.arrays(np.float64, (2, n), elements=st.integers(-50, 50).map(float))
)


def plain_cross_correlation(x, y, lag):
    """The definition: x at t with y at t + lag, by a loop over t."""
    n = len(x)
    a, b = ((series - np.mean(series)).tolist() for series in (x, y))
    products = [a[t] * b[t + lag] for t in range(n) if 0 <= t + lag < n]
    return sum(products) / (n * np.std(x) * np.std(y))


# Against others -----------------------------------------------------------------------------


@pytest.mark.parametrize("n", [5, 30, 201])
def test_autocorrelation_equals_the_definition_and_statsmodels(n):
    x = autoregressions(1, n, phi=0.7, seed=n)[0]
    found = autocorrelation(x, n - 1)["value"]
    expected = [plain_cross_correlation(x, x, lag) for lag in range(n)]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found, acf(x, nlags=n - 1), rtol=0, atol=1e-12)


@pytest.mark.parametrize("n", [6, 30, 201])
def test_partial_autocorrelation_is_the_last_coefficient_of_each_order(n):
    x = autoregressions(1, n, phi=0.7, seed=n)[0]
    r = [plain_cross_correlation(x, x, lag) for lag in range(n)]
    found = partial_autocorrelation(x, n // 2)["value"]
    for order in range(1, n // 2 + 1):
        yule_walker = np.linalg.solve(linalg.toeplitz(r[:order]), r[1 : order + 1])
        assert found[order] == pytest.approx(yule_walker[-1], abs=1e-11)


def test_partial_autocorrelation_has_a_closed_form_at_lag_two():
    x = noise(1, 50, seed=1)[0]
    r = autocorrelation(x, 2)["value"]
    expected = (r[2] - r[1] ** 2) / (1 - r[1] ** 2)
    assert partial_autocorrelation(x, 2).loc[2, "value"] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("offset", [0, 1e8])
@pytest.mark.parametrize("n", [4, 30, 201])
def test_cross_correlation_equals_the_definition_and_statsmodels(n, offset):
    x, y = (rows[0] for rows in correlated_pairs(1, n, r=0.6, lag=1, seed=n))
    lags = n - 1
    found = cross_correlation(x + offset, 1000 * y + offset, lags)["value"]
    tolerance = 3e-8 if offset else 1e-12  # the input itself is rounded to 1.5e-8
    expected = [plain_cross_correlation(x, y, lag) for lag in range(-lags, lags + 1)]
    np.testing.assert_allclose(found, expected, rtol=0, atol=tolerance)
    # statsmodels gives one side, on which its first series follows
    later, earlier = ccf(y, x, adjusted=False), ccf(x, y, adjusted=False)
    np.testing.assert_allclose(found.loc[0:], later, rtol=0, atol=tolerance)
    np.testing.assert_allclose(found.loc[:0][::-1], earlier, rtol=0, atol=tolerance)


def test_lagged_correlations_are_the_pairs_cross_correlations():
    values = np.random.default_rng(2).normal(size=(60, 5)).cumsum(axis=0)
    table = pd.DataFrame(values, columns=list("edcba")).assign(constant=7)
    found = lagged_correlations(table, 8)
    assert found.index.names == ["x", "y"]
    assert found.columns.tolist() == list(range(-8, 9))
    assert found.index.tolist()[:6] == [("e", name) for name in "dcba"] + [
        ("e", "constant"),
        ("d", "c"),
    ]
    assert len(found) == 15
    for (x, y), row in found.iterrows():
        expected = cross_correlation(table[x], table[y], 8)["value"]
        np.testing.assert_allclose(row, expected, rtol=0, atol=1e-12)
        if "constant" not in (x, y):
            loop = [plain_cross_correlation(table[x], table[y], lag) for lag in range(-8, 9)]
            np.testing.assert_allclose(row, loop, rtol=0, atol=1e-12)


def test_lagged_correlations_keep_any_column_names():
    table = pd.DataFrame(
        noise(20, 3, seed=1), columns=pd.MultiIndex.from_product([["a"], [1, 2, 3]])
    )
    assert lagged_correlations(table, 1).index[0] == (("a", 1), ("a", 2))
    assert lagged_correlations(pd.DataFrame(noise(20, 2, seed=1)), 1).index.tolist() == [(0, 1)]


# The sign and the bands ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_positive_lag_means_that_x_leads(seed):
    """y repeats x three rows later: lag 3 has r = .8, the others lie within .25 of 0.

    .25 is 3.5 standard errors, 1 / sqrt(200).
    """
    x, y = (rows[0] for rows in correlated_pairs(1, 200, r=0.8, lag=3, seed=seed))
    value = cross_correlation(x, y, 15)["value"]
    assert value[3] == pytest.approx(0.8, abs=0.1)
    assert value.drop(3).abs().max() < 0.25
    assert cross_correlation(y, x, 15)["value"].idxmax() == -3


def test_bands_are_those_of_white_noise():
    x, y = noise(2, 100, seed=1)
    for found in [autocorrelation(x, 5), partial_autocorrelation(x, 5), cross_correlation(x, y, 5)]:
        np.testing.assert_allclose(found.loc[1:, "high"], 0.19599639845400545, rtol=1e-12)
        np.testing.assert_allclose(found["low"], -found["high"])
        assert found.columns.tolist() == ["value", "low", "high"]
        assert found.index.name == "lag"


@pytest.mark.parametrize("of_itself", [autocorrelation, partial_autocorrelation])
def test_lag_zero_is_one_by_definition_and_has_no_band(of_itself):
    found = of_itself(noise(1, 100, seed=1)[0], 5)
    assert found.loc[0, "value"] == 1
    assert found.loc[0, ["low", "high"]].isna().all()


def outside(found):
    return int(((found["value"] < found["low"]) | (found["value"] > found["high"])).sum())


@pytest.mark.parametrize("of_itself", [autocorrelation, partial_autocorrelation])
def test_white_noise_stays_within_its_band(of_itself):
    """20 lags of 60 series outside in about 5 %: se .0063, and a little less at long lags."""
    counts = [outside(of_itself(x, 20)) for x in noise(60, 200, seed=3)]
    assert 0.025 < np.mean(counts) / 20 < 0.07


def test_the_band_needs_one_white_series_and_not_two():
    """40 white series and 40 AR(.9), n = 200: 31 lags of the 1600 unrelated pairs of the two kinds.

    About 4.5 % outside (ten other seeds: 3.8 to 5.0 %); of two AR(.9), half of all lags.
    """
    rows = np.vstack([noise(40, 200, seed=1), autoregressions(40, 200, phi=0.9, seed=2)])
    values = lagged_correlations(pd.DataFrame(rows.T), 15)
    far = values.abs() > 1.96 / np.sqrt(200)
    pairs = far.index.to_frame()
    mixed = (pairs["x"] < 40) & (pairs["y"] >= 40)
    assert 0.033 < far[mixed].to_numpy().mean() < 0.057
    assert 0.4 < far[pairs["x"] >= 40].to_numpy().mean() < 0.6


def test_an_autoregression_has_partial_autocorrelations_at_its_own_lag_alone():
    """AR(.9), 60 series of n = 200: .9 less a bias of about 4.6 / n, nothing from lag 2 on.

    Three standard errors of the means are .014 at lag 1, and .027 at the others.
    """
    found = np.array(
        [partial_autocorrelation(x, 10)["value"] for x in autoregressions(60, 200, phi=0.9, seed=4)]
    )
    np.testing.assert_allclose(found[:, 1].mean(), 0.9 - 4.6 / 200, rtol=0, atol=0.014)
    assert abs(found[:, 2:].mean(axis=0)).max() < 0.04


# Properties ---------------------------------------------------------------------------------


@given(x=SERIES)
@settings(max_examples=15, deadline=None)
def test_values_lie_between_minus_one_and_one(x):
    found = pd.concat([autocorrelation(x, 3), partial_autocorrelation(x, 3)])["value"]
    if len(set(x)) == 1:
        assert found.isna().all()
    else:
        assert (found.abs() <= 1).all()
        assert found[0].tolist() == [1, 1]


@given(pair=PAIRS)
@settings(max_examples=15, deadline=None)
def test_exchanging_x_and_y_turns_the_lags_round(pair):
    x, y = pair
    there, back = cross_correlation(x, y, 4)["value"], cross_correlation(y, x, 4)["value"]
    np.testing.assert_allclose(there, back[::-1], rtol=0, atol=1e-12)
    assert not (there.abs() > 1).any()


@given(pair=PAIRS, shift=st.integers(-(10**6), 10**6), eighths=st.integers(1, 10**4))
@settings(max_examples=15, deadline=None)
def test_shift_and_scale_change_nothing(pair, shift, eighths):
    x, y = pair
    moved = (x + shift) * (eighths / 8)  # exact, so that no rounding of the input is tested
    for found, expected in [
        (cross_correlation(moved, y, 4), cross_correlation(x, y, 4)),
        (cross_correlation(-x, y, 4), -cross_correlation(x, y, 4)),
        (autocorrelation(moved, 4), autocorrelation(x, 4)),
        (partial_autocorrelation(-moved, 3), partial_autocorrelation(x, 3)),
    ]:
        np.testing.assert_allclose(found["value"], expected["value"], rtol=0, atol=1e-10)


@given(x=SERIES)
@settings(max_examples=15, deadline=None)
def test_with_itself_cross_correlation_is_autocorrelation(x):
    value = cross_correlation(x, x, 4)["value"]
    np.testing.assert_allclose(value.loc[0:], autocorrelation(x, 4)["value"], rtol=0, atol=1e-12)


# Undefined, and refused ---------------------------------------------------------------------


@pytest.mark.parametrize("constant", [0.0, 7.0, 0.1, 1e8])
def test_a_constant_series_has_no_correlations(constant):
    flat, other = np.full(20, constant), noise(1, 20, seed=1)[0]
    flat[::2] += constant * 1e-16
    for found in [
        autocorrelation(flat, 3),
        partial_autocorrelation(flat, 3),
        cross_correlation(flat, other, 3),
        cross_correlation(other, flat, 3, prewhiten=True),
        cross_correlation(flat, other, 3, prewhiten=True),
    ]:
        assert found["value"].isna().all()
        assert found["high"].notna().any()


@pytest.mark.parametrize("dtype", ["int64", "Int64", "bool", "double[pyarrow]"])
def test_every_kind_of_number(dtype):
    x = pd.Series([0, 1, 1, 0, 1, 0, 0, 1])
    pd.testing.assert_frame_equal(autocorrelation(x.astype(dtype), 3), autocorrelation(x, 3))
    pd.testing.assert_frame_equal(
        cross_correlation(x.astype(dtype), x[::-1].tolist(), 3),
        cross_correlation(x.tolist(), x[::-1].tolist(), 3),
    )


@pytest.mark.parametrize("size", [1e-160, 1e160])
def test_extreme_sizes_cost_nothing(size):
    x, y = noise(2, 30, seed=5)
    np.testing.assert_allclose(
        cross_correlation(size * x, size * y, 5)["value"],
        cross_correlation(x, y, 5)["value"],
        rtol=0,
        atol=1e-12,
    )


GAPPY = pd.Series([1.0, 2, np.nan, 4, np.nan, 3], name="co2")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: autocorrelation(GAPPY, 2),
            "Column 'co2' lacks 2 of its 6 values, the first in row 2",
        ),
        (lambda: partial_autocorrelation(GAPPY, 2), "'co2' lacks 2 of its 6 values.*interpolate"),
        (lambda: cross_correlation(range(6), GAPPY, 2), "Column 'y' lacks 2 of its 6 values"),
        (lambda: cross_correlation(GAPPY, range(6), 2, prewhiten=True), "Column 'x' lacks 2 of"),
        (
            lambda: lagged_correlations(pd.DataFrame({"a": range(6), "b": GAPPY}), 2),
            "Column 'b' lacks 2 of its 6 values.* cut off those at the ends",
        ),
        (lambda: autocorrelation(range(6), 0), r"lags is 0: choose at least 1, and fewer than .*6"),
        (lambda: autocorrelation(range(6), 6), "lags is 6: choose at least 1, and fewer than"),
        (lambda: autocorrelation([], 1), "The series has 0 rows: a lag takes at least 2"),
        (lambda: partial_autocorrelation(range(6), 4), "lags is 4: choose at most half of the 6"),
        (lambda: cross_correlation(range(6), range(6), 6), "lags is 6"),
        (lambda: lagged_correlations(pd.DataFrame({"a": [1, 2], "b": [1, 2]}), 2), "lags is 2"),
        (lambda: autocorrelation(list("abc"), 1), "Column 'x' is not numeric"),
        (
            lambda: autocorrelation([1, np.inf, 2], 1),
            r"Column 'x' is infinite in places.*interpolate\(\)",
        ),
        (lambda: cross_correlation([1, 2, 3], [1, 2], 1), "differ in length"),
        (
            lambda: cross_correlation(GAPPY, GAPPY.rename(lambda row: row + 1), 1),
            "x and y have different row labels",
        ),
    ],
)
def test_what_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_way_out_that_the_message_names_works():
    assert autocorrelation(GAPPY.interpolate(), 2)["value"].notna().all()
