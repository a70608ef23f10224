"""The effective number of rows: its formula, what it is good for, and where it fails."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import special
from statsmodels.tsa.stattools import acf

from lib.stats import (
    autoregressions,
    correlate_rows,
    effective_n,
    effective_n_known,
    noise,
    random_walks,
    seasons,
    trends,
)

PAIRS = st.integers(3, 25).flatmap(
    lambda n: hnp.arrays(np.float64, (2, n), elements=st.integers(-50, 50).map(float))
)


def effective_numbers(x, y):
    return np.array([effective_n(*pair) for pair in zip(x, y, strict=True)])


def rejected(x, y):
    """Share with p < .05 when r is judged as one of effective n rows."""
    r, _ = correlate_rows(x, y)
    freedom = np.maximum(effective_numbers(x, y) - 2, 1)
    t = r * np.sqrt(freedom / (1 - r**2))
    return np.mean(2 * special.stdtr(freedom, -np.abs(t)) < 0.05)


def halves(rows):
    return np.split(rows, 2)


def test_equals_the_formula_with_statsmodels_autocorrelations():
    for seed in range(5):
        x, y = random_walks(2, 40 + seed, seed=seed)
        product = acf(x, nlags=1)[1] * acf(y, nlags=1)[1]
        expected = len(x) * (1 - product) / (1 + product)
        assert effective_n(x, y) == pytest.approx(expected, rel=1e-12)
        assert effective_n(x + 1e8, 1e-6 * y) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("phi", [-0.5, 0, 0.5, 0.9])
def test_long_autoregressions_have_the_share_of_their_coefficients(phi):
    """n = 50 000, so that the share has a standard error of .004 at most."""
    x, y = autoregressions(2, 50_000, phi=phi, seed=1)
    share = (1 - phi**2) / (1 + phi**2)
    assert effective_n(x, y) / 50_000 == pytest.approx(share, abs=0.012)


def short_formula(x, y):
    """Of each of many pairs of rows, by sums."""
    products = np.ones(len(x))
    for series in (x, y):
        left = series - series.mean(axis=1, keepdims=True)
        products *= (left[:, 1:] * left[:, :-1]).sum(axis=1) / (left**2).sum(axis=1)
    return x.shape[1] * (1 - products) / (1 + products)


def test_ar_9_of_100_rows_has_10_5_by_its_coefficients_16_4_as_estimated_and_14_4_in_truth():
    """10 000 pairs: the standard error of the mean is .05, that of the variance of r 1.4 %."""
    by_coefficients = 100 * (1 - 0.9**2) / (1 + 0.9**2)
    assert by_coefficients == pytest.approx(10.5, abs=0.003)
    x, y = halves(autoregressions(20_000, 100, phi=0.9, seed=3))
    as_estimated = short_formula(x, y)
    assert as_estimated.mean() == pytest.approx(16.4, abs=0.15)
    np.testing.assert_allclose(effective_numbers(x[:9], y[:9]), as_estimated[:9], rtol=1e-9)
    r, _ = correlate_rows(x, y)
    assert 1 + 1 / np.mean(r**2) == pytest.approx(14.4, abs=0.6)


def test_the_sum_over_lags_is_that_of_statsmodels_autocorrelations():
    for lags in (1, 5, 39):
        x, y = random_walks(2, 40, seed=lags)
        products = acf(x, nlags=lags)[1:] * acf(y, nlags=lags)[1:]
        weights = [1 - lag / 40 for lag in range(1, lags + 1)]
        expected = 40 / (1 + 2 * sum(w * p for w, p in zip(weights, products, strict=True)))
        assert effective_n(x, y, lags=lags) == pytest.approx(expected, rel=1e-12)


def test_sums_that_overlap_need_the_sum_over_lags():
    """Sums of four: n / (1 + 2 (9 + 4 + 1) / 16) = n / 2.75; lag 1 alone says n / 3.57."""
    x, y = (np.convolve(z, np.ones(4), "valid") for z in noise(2, 50_000, seed=1))
    assert effective_n(x, y, lags=3) / len(x) == pytest.approx(1 / 2.75, abs=0.012)
    assert effective_n(x, y) / len(x) == pytest.approx(0.4375 / 1.5625, abs=0.012)


def test_a_sum_that_is_not_positive_has_no_number_of_rows():
    to_and_fro, slow = np.resize([1.0, -1.0], 40), np.arange(40.0)
    assert np.isnan(effective_n(to_and_fro, slow, lags=1))
    assert effective_n(to_and_fro, slow, lags=2) > 0


# With known autocorrelations ------------------------------------------------------------------


@pytest.mark.parametrize(("phi", "n"), [(0.5, 10), (0.9, 100), (0.95, 50), (-0.6, 30)])
def test_known_autoregressions_vary_as_drawn_ones_do(phi, n):
    """20 000 pairs: the standard error of a variance is 1 to 1.4 %."""
    r, _ = correlate_rows(*halves(autoregressions(40_000, n, phi=phi, seed=1)))
    echo = phi ** np.arange(n)
    assert effective_n_known(echo, echo) == pytest.approx(1 + 1 / np.mean(r**2), rel=0.04)


def test_two_different_processes_vary_as_drawn_ones_do():
    """Sums of four that overlap beside an autoregression; 20 000 pairs."""
    n = 40
    steps = noise(20_000, n + 3, seed=2)
    sums = sum(steps[:, start : start + n] for start in range(4))
    r, _ = correlate_rows(sums, autoregressions(20_000, n, phi=0.8, seed=3))
    known = effective_n_known([1, 0.75, 0.5, 0.25, *(n - 4) * [0]], 0.8 ** np.arange(n))
    assert known == pytest.approx(1 + 1 / np.mean(r**2), rel=0.04)


@pytest.mark.parametrize("n", [3, 20, 150])
def test_noise_is_worth_its_rows(n):
    none = [1.0] + (n - 1) * [0.0]
    assert effective_n_known(none, none) == pytest.approx(n, rel=1e-8)
    assert effective_n_known(0.7 ** np.arange(n), none) == pytest.approx(n, rel=1e-8)


def test_the_short_formula_is_right_for_many_rows_and_four_too_low_for_few():
    for n, share in ((50, 0.45), (400, 0.08), (1000, 0.04)):
        short = n * (1 - 0.9**2) / (1 + 0.9**2)
        known = effective_n_known(0.9 ** np.arange(n), 0.9 ** np.arange(n))
        assert 3 < known - short < 4.5
        assert (known - short) / known < share


@pytest.mark.parametrize(
    ("x_echo", "y_echo", "message"),
    [
        ([1, 0], [1, 0], "x_echo has 2 lags: choose at least 3"),
        ([1, 0, 0], [1, 0], "x_echo has 3 lags, y_echo 2"),
        ([1, 0, 0], [0.5, 0, 0], "is 1 at lag 0, but y_echo is 0.5 there"),
        ([1, 0, 0], [1, 0.9, -0.9], "No process has the autocorrelations of y_echo"),
    ],
)
def test_what_is_no_autocorrelation_is_refused(x_echo, y_echo, message):
    with pytest.raises(ValueError, match=message):
        effective_n_known(x_echo, y_echo)


@given(pair=PAIRS, shift=st.integers(-(10**6), 10**6), eighths=st.integers(1, 10**4))
@settings(max_examples=25, deadline=None)
def test_order_sign_shift_and_scale_change_nothing(pair, shift, eighths):
    x, y = pair
    expected = effective_n(x, y)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert np.isnan(expected)
    else:
        assert expected > 0
        assert effective_n(y, x) == pytest.approx(expected, rel=1e-12)
        assert effective_n(-(x + shift) * (eighths / 8), y) == pytest.approx(expected, rel=1e-8)


# What it is good for, and where it fails ------------------------------------------------------


@pytest.mark.parametrize("phi", [0, 0.5, 0.9])
def test_unrelated_autoregressions_are_rejected_about_as_often_as_they_should(phi):
    """100 pairs of n = 100; .05 has standard error .022. By n itself, AR(.9) has .5."""
    assert rejected(*halves(autoregressions(200, 100, phi=phi, seed=3))) < 0.12


def test_opposite_autocorrelations_make_r_steadier_than_n_rows_would():
    """AR(-.5) with AR(.5): the variance of r is 1 / 164 with n = 100, as the formula says.

    4000 pairs; the standard error of a variance is 2.2 %. As n is not capped, a share of .05 is
    rejected, where the plain test rejects .015: 120 pairs, standard error .02.
    """
    x = autoregressions(4000, 100, phi=-0.5, seed=4)
    y = autoregressions(4000, 100, phi=0.5, seed=5)
    r, p = correlate_rows(x, y)
    assert 1 / np.var(r) == pytest.approx(100 * 1.25 / 0.75, rel=0.1)
    assert np.mean(p < 0.05) < 0.025
    found = effective_numbers(x[:120], y[:120])
    assert np.mean(found) == pytest.approx(100 * 1.25 / 0.75, rel=0.05)
    assert 0.02 < rejected(x[:120], y[:120]) < 0.11


def test_seasons_and_trends_stay_significant_whatever_their_effective_n():
    x = seasons(30, 120, period=12, amplitude=4, seed=6)
    y = seasons(30, 120, period=12, amplitude=2, seed=7)
    assert rejected(x, y) == 1
    assert rejected(*halves(trends(60, 100, slope=0.05, seed=8))) == 1


@pytest.mark.parametrize("n", [100, 1000])
def test_two_random_walks_have_about_seven_rows_however_long_they_are(n):
    """1000 pairs: the standard error of the mean is .1. 7.6 of 100 rows, 7.4 of 1000."""
    x, y = halves(random_walks(2000, n, seed=n))
    found = short_formula(x, y)
    assert found.mean() == pytest.approx(7.5, abs=0.35)
    np.testing.assert_allclose(effective_numbers(x[:9], y[:9]), found[:9], rtol=1e-9)


def test_one_series_without_autocorrelation_is_enough():
    x, y = noise(1, 20_000, seed=9)[0], random_walks(1, 20_000, seed=10)[0]
    assert effective_n(x, y) / 20_000 == pytest.approx(1, abs=0.03)


# Undefined, and refused ---------------------------------------------------------------------


@pytest.mark.parametrize("constant", [0.0, 0.1, 1e8])
def test_a_constant_series_has_no_effective_n(constant):
    assert np.isnan(effective_n([constant] * 10, range(10)))
    assert np.isnan(effective_n(range(10), [constant] * 10))


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1, 2], [3, 4], "x and y have 2 rows: an autocorrelation needs at least 3"),
        ([1, 2, None], [3, 4, 5], "Column 'x' lacks 1 of its 3 values, the first in row 2"),
        ([1, 2, 3], [3, 4], "differ in length"),
        ([1, 2, 3], ["a", "b", "c"], "Column 'y' is not numeric"),
        (pd.Series([1, 2, 3]), pd.Series([1, 2, 3], [1, 2, 3]), "different row labels"),
    ],
)
def test_what_is_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        effective_n(x, y)
