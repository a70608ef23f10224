"""Prewhitening: against statsmodels and scipy, that bands hold after it, and where it ends."""

import numpy as np
import pandas as pd
import pytest
from scipy import signal
from statsmodels.tsa.ar_model import AutoReg, ar_select_order

from lib.stats import (
    autoregressions,
    correlated_pairs,
    cross_correlation,
    detrend,
    noise,
    prewhiten,
    random_walks,
)


def outside(found):
    return int(((found["value"] < found["low"]) | (found["value"] > found["high"])).sum())


# Against others -----------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [0, 1e6])
@pytest.mark.parametrize("order", [1, 2, 9])
def test_what_remains_of_x_is_statsmodels_residual(order, offset):
    x, y = autoregressions(2, 120, phi=0.9, seed=order)
    found = prewhiten(x + offset, y, order=order)
    fitted = AutoReg(x, order, trend="c").fit()
    np.testing.assert_allclose(found.coefficients, fitted.params[1:], rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.x, fitted.resid, rtol=0, atol=1e-8)


def test_y_passes_through_the_filter_of_x():
    x, y = autoregressions(2, 120, phi=0.9, seed=3)
    found = prewhiten(x, y, order=4)
    filtered = signal.lfilter(np.append(1, -found.coefficients), [1], y)[4:]
    np.testing.assert_allclose(found.y, filtered - filtered.mean(), rtol=0, atol=1e-12)


@pytest.mark.parametrize(("n", "largest"), [(30, 7), (60, 15), (114, 20), (200, 23)])
def test_the_order_is_the_best_by_akaike_up_to_the_documented_largest(n, largest):
    shocks = noise(1, n + 2, seed=n)[0]
    x = signal.lfilter([1], [1, -1.4, 0.7], shocks)[2:]
    expected = ar_select_order(x, largest, ic="aic", trend="c").ar_lags
    assert prewhiten(x, shocks[2:]).order == len(expected) >= 2
    season = np.tile(noise(1, largest, seed=1)[0], n)[:n] + 0.1 * shocks[2:]
    assert prewhiten(season, shocks[2:]).order == largest


def test_white_noise_is_left_as_it_is_where_akaike_finds_nothing_in_it():
    x, y = noise(2, 100, seed=2)
    found = prewhiten(x, y)
    assert found.order == 0
    assert found.coefficients.empty
    np.testing.assert_allclose(found.x, x - x.mean(), rtol=0, atol=1e-14)
    np.testing.assert_allclose(found.y, y - y.mean(), rtol=0, atol=1e-14)


def test_cross_correlation_prewhitens_by_itself():
    x, y = autoregressions(2, 120, phi=0.8, seed=5)
    white = prewhiten(x, y)
    assert white.order > 0
    pd.testing.assert_frame_equal(
        cross_correlation(x, y, 10, prewhiten=True), cross_correlation(white.x, white.y, 10)
    )


# What it is for -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "low", "high"), [(0, 12.7, 16.9), (None, 0.5, 2.1)], ids=["raw", "prewhitened"]
)
def test_unrelated_autoregressions_leave_the_band_in_14_8_of_31_lags_or_hardly(order, low, high):
    """AR(.9), n = 100, 40 pairs. White noise would leave it in 1.3 of 31 lags.

    Standard errors of the means: .7 raw, since neighbouring lags go together, .25 after.
    """
    pairs = np.split(autoregressions(80, 100, phi=0.9, seed=6), 2)
    counts = []
    for x, y in zip(*pairs, strict=True):
        white = prewhiten(x, y, order=order)
        counts.append(outside(cross_correlation(white.x, white.y, 15)))
    assert low < np.mean(counts) < high


@pytest.mark.parametrize("seed", range(3))
def test_a_lead_of_three_rows_survives(seed):
    shocks, followers = correlated_pairs(1, 300, r=0.8, lag=3, seed=seed)
    x, y = (signal.lfilter([1], [1, -0.9], rows[0]) for rows in (shocks, followers))
    raw, white = (cross_correlation(x, y, 15, prewhiten=choice) for choice in (False, True))
    assert outside(raw) > 8
    assert white["value"].idxmax() == 3
    assert white.loc[3, "value"] == pytest.approx(0.8, abs=0.1)
    assert outside(white) <= 5


# Where it ends ------------------------------------------------------------------------------


ROWS = np.arange(60)


@pytest.mark.parametrize("order", [None, 0, 3])
@pytest.mark.parametrize(
    ("exact", "enough"),
    [
        (0.1 * ROWS + 5, 1),
        (np.cos(ROWS * np.pi / 6), 2),
        (1e8 + np.tile([0.5, 1.25, 0.5, 3], 15), 3),
        (np.where(ROWS % 2, 0.3, 0.1 + 0.2), 0),  # they differ in their last bit
    ],
    ids=["line", "season", "short season", "constant"],
)
def test_of_what_its_past_predicts_nothing_is_left(exact, enough, order):
    found = prewhiten(exact, noise(1, 60, seed=1)[0], order=order)
    if order == 0:
        assert found.order == 0
        np.testing.assert_allclose(found.x, exact - exact.mean(), rtol=0, atol=1e-7)
    else:
        assert found.order == enough
        assert (found.x == 0).all()
        both = cross_correlation(exact, noise(1, 60, seed=1)[0], 5, prewhiten=True)
        assert both["value"].isna().all()


def test_of_two_lines_nothing_is_left():
    found = cross_correlation(0.1 * ROWS, 7 - 0.3 * ROWS, 5, prewhiten=True)
    assert found["value"].isna().all()


def test_a_single_step_is_not_predicted():
    step = np.where(ROWS == 59, 1.0, 0.0)
    assert prewhiten(step, noise(1, 60, seed=1)[0]).order == 0


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8])
def test_tiny_series(n):
    x, y = noise(2, n, seed=3)
    assert prewhiten(x, y).order <= n // 4
    assert len(cross_correlation(x, y, 1)) == 3


def test_labels_and_names_are_kept():
    months = pd.period_range("1958-03", periods=60, freq="M")
    x, y = (pd.Series(row, months) for row in autoregressions(2, 60, phi=0.9, seed=1))
    found = prewhiten(x.rename("rain"), y.rename("river"), order=2)
    assert found.x.index.equals(months[2:])
    assert found.y.index.equals(months[2:])
    assert (found.x.name, found.y.name, found.order) == ("rain", "river", 2)
    assert found.coefficients.index.tolist() == [1, 2]
    assert prewhiten(x.to_numpy(), y, order=2).x.index.equals(months[2:])
    assert prewhiten(x.to_numpy(), y.tolist(), order=2).y.index.tolist() == list(range(2, 60))


def test_prewhitening_a_detrended_series_with_a_label_of_its_own():
    x, y = (pd.Series(row) for row in random_walks(2, 80, seed=4))
    assert prewhiten(detrend(x), detrend(y)).x.notna().all()


@pytest.mark.parametrize(
    ("order", "message"),
    [(-1, "order is -1: choose 0 to 15"), (16, "order is 16: choose 0 to 15, a quarter of the 60")],
)
def test_orders_out_of_range_are_refused(order, message):
    with pytest.raises(ValueError, match=message):
        prewhiten(ROWS, ROWS, order=order)


def test_missing_values_are_refused():
    with pytest.raises(ValueError, match="Column 'y' lacks 1 of its 4 values, the first in row 3"):
        prewhiten([1, 2, 3, 4], [1, 2, 3, None])
