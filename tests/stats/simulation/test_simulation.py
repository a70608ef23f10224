"""Simulators: each process as documented, by its closed forms; seeds, shapes and refusals."""

import numpy as np
import pytest
from scipy import signal, stats

from lib.stats import (
    autoregressions,
    correlated_pairs,
    heteroscedastic_pairs,
    noise,
    noise_tables,
    random_walks,
    seasons,
    trends,
)

SIMULATORS = {
    "noise": lambda seed: noise(3, 20, seed=seed),
    "cauchy": lambda seed: noise(3, 20, distribution="cauchy", seed=seed),
    "random_walks": lambda seed: random_walks(3, 20, seed=seed),
    "autoregressions": lambda seed: autoregressions(3, 20, phi=0.9, seed=seed),
    "trends": lambda seed: trends(3, 20, slope=0.1, seed=seed),
    "seasons": lambda seed: seasons(3, 20, period=4, amplitude=2, seed=seed),
    "correlated_pairs": lambda seed: np.array(correlated_pairs(3, 20, r=0.5, seed=seed)),
    "heteroscedastic_pairs": lambda seed: np.array(heteroscedastic_pairs(3, 20, seed=seed)),
    "noise_tables": lambda seed: noise_tables(3, 20, 5, true_pairs=2, r=0.5, seed=seed),
}


@pytest.mark.parametrize("simulate", SIMULATORS.values(), ids=SIMULATORS)
def test_the_seed_decides_and_replicates_differ(simulate):
    found = simulate(1)
    np.testing.assert_array_equal(found, simulate(1))
    assert (found != simulate(2)).any()
    assert found.dtype == np.float64
    series = found.reshape(-1, 20) if found.shape[-1] == 20 else found.reshape(3, -1)
    assert len(np.unique(series, axis=0)) == len(series)


def test_shapes():
    assert noise(3, 20, seed=1).shape == (3, 20)
    assert [part.shape for part in correlated_pairs(3, 20, r=0.5, lag=4, seed=1)] == [(3, 20)] * 2
    assert noise_tables(3, 20, 5, seed=1).shape == (3, 20, 5)


@pytest.mark.parametrize(
    ("distribution", "truth"),
    [
        ("normal", stats.norm()),
        ("uniform", stats.uniform()),
        ("exponential", stats.expon()),
        ("lognormal", stats.lognorm(1)),
        ("t3", stats.t(3)),
        ("cauchy", stats.cauchy()),
    ],
)
def test_noise_has_its_distribution(distribution, truth):
    """20 000 draws: the largest distance of distributions stays below 1.95 / sqrt(n), p = .001."""
    values = noise(100, 200, distribution=distribution, seed=1).ravel()
    assert stats.kstest(values, truth.cdf).statistic < 1.95 / np.sqrt(20_000)


def test_binary_noise_is_one_in_three_of_ten():
    """20 000 draws: three standard errors are .01."""
    values = noise(100, 200, distribution="binary", seed=1)
    assert set(values.ravel()) == {0.0, 1.0}
    assert values.mean() == pytest.approx(0.3, abs=0.01)


def test_noise_is_that_of_the_generator():
    expected = np.random.default_rng(0).normal(size=(100, 20))
    np.testing.assert_array_equal(noise(100, 20, seed=0), expected)
    np.testing.assert_array_equal(noise_tables(1, 100, 20, seed=0)[0], expected)


def test_random_walks_are_sums_of_their_steps_and_spread_with_their_square_root():
    """10 000 walks: a variance has a standard error of 1.4 %."""
    walks = random_walks(10_000, 50, seed=1)
    np.testing.assert_allclose(
        np.diff(walks, prepend=0), noise(10_000, 50, seed=1), rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(walks.var(axis=0), np.arange(1, 51), rtol=0.06)


@pytest.mark.parametrize("phi", [-0.7, 0, 0.5, 0.9, 0.99])
def test_autoregressions_are_stationary_from_the_first_value(phi):
    """10 000 series: a variance has a standard error of 1.4 %, an autocorrelation .01 at most."""
    rows = autoregressions(10_000, 30, phi=phi, seed=2)
    np.testing.assert_allclose(rows.var(axis=0), 1 / (1 - phi**2), rtol=0.06)
    lag_one = np.mean(rows[:, 1:] * rows[:, :-1], axis=0) * (1 - phi**2)
    np.testing.assert_allclose(lag_one, phi, rtol=0, atol=0.06)
    lag_three = np.mean(rows[:, 3:] * rows[:, :-3], axis=0) * (1 - phi**2)
    np.testing.assert_allclose(lag_three, phi**3, rtol=0, atol=0.06)


def test_autoregressions_are_their_shocks_filtered():
    shocks = noise(3, 40, seed=3)
    shocks[:, 0] /= np.sqrt(1 - 0.9**2)
    expected = signal.lfilter([1], [1, -0.9], shocks, axis=1)
    np.testing.assert_allclose(
        autoregressions(3, 40, phi=0.9, seed=3), expected, rtol=0, atol=1e-12
    )


def test_trends_and_seasons_are_their_shape_and_noise():
    rows = np.arange(25)
    shocks = noise(4, 25, seed=4)
    np.testing.assert_allclose(
        trends(4, 25, slope=0.5, noise=3, seed=4), 0.5 * rows + 3 * shocks, rtol=0, atol=1e-12
    )
    found = seasons(4, 25, period=12, amplitude=40, noise=10, seed=4)
    np.testing.assert_allclose(
        found - 10 * shocks, [40 * np.cos(np.pi * rows / 6)] * 4, rtol=0, atol=1e-12
    )
    exact = seasons(1, 36, period=12, amplitude=40, noise=0, seed=4)[0]
    assert exact.argmax() == 0
    np.testing.assert_array_equal(exact, np.tile(exact[:12], 3))


@pytest.mark.parametrize("r", [-1, -0.4, 0, 0.8, 1])
@pytest.mark.parametrize("lag", [0, 3])
def test_correlated_pairs_are_standard_normal_with_their_correlation_at_their_lag(r, lag):
    """200 000 values: .01 is more than three standard errors of each."""
    x, y = correlated_pairs(400, 500, r=r, lag=lag, seed=5)
    for values in (x, y):
        assert values.mean() == pytest.approx(0, abs=0.01)
        assert values.var() == pytest.approx(1, abs=0.015)
    for shift in range(5):
        product = np.mean(x[:, : 500 - shift] * y[:, shift:])
        assert product == pytest.approx(r if shift == lag else 0, abs=0.012)
    if abs(r) == 1:
        np.testing.assert_array_equal(y[:, lag:], r * x[:, : 500 - lag])


def test_heteroscedastic_pairs_are_uncorrelated_but_dependent():
    """y² given x is x² on average: the mean of x² y² is that of x to the fourth, 3.

    200 000 pairs; the standard error of that mean is about .05, of x y .004.
    """
    x, y = heteroscedastic_pairs(400, 500, seed=6)
    assert np.mean(x * y) == pytest.approx(0, abs=0.012)
    assert np.var(y) == pytest.approx(1, abs=0.03)
    assert np.mean(x**2 * y**2) == pytest.approx(3, abs=0.2)
    np.testing.assert_array_equal(y, np.abs(x) * noise(800, 500, seed=6)[400:])


def test_noise_tables_have_their_true_pairs_and_no_others():
    """100 000 rows in all: three standard errors of a correlation are .01."""
    tables = noise_tables(1000, 100, 7, true_pairs=2, r=0.4, seed=7)
    expected = np.eye(7)
    expected[[0, 1, 2, 3], [1, 0, 3, 2]] = 0.4
    np.testing.assert_allclose(np.cov(tables.reshape(-1, 7).T), expected, rtol=0, atol=0.02)
    without = noise_tables(1000, 100, 7, seed=7)
    np.testing.assert_array_equal(tables[..., [0, 2, 4, 5, 6]], without[..., [0, 2, 4, 5, 6]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: noise(1, 5, distribution="gamma", seed=1),
            "Unknown distribution 'gamma': choose from normal, uniform, .*, cauchy",
        ),
        (
            lambda: autoregressions(1, 5, phi=1, seed=1),
            "phi is 1: choose between -1 and 1, or random_walks",
        ),
        (lambda: autoregressions(1, 5, phi=-1.2, seed=1), "phi is -1.2: choose between -1 and 1"),
        (lambda: seasons(1, 5, period=0, amplitude=1, seed=1), "period is 0: .* at least 2 rows"),
        (lambda: correlated_pairs(1, 5, r=1.1, seed=1), "r is 1.1: choose between -1 and 1"),
        (lambda: correlated_pairs(1, 5, r=0.5, lag=-1, seed=1), "lag is -1: choose 0 or more"),
        (
            lambda: noise_tables(1, 5, 4, true_pairs=3, r=0.4, seed=1),
            "4 columns have room for 0 to 2",
        ),
        (lambda: noise_tables(1, 5, 4, true_pairs=1, r=np.nan, seed=1), "r is nan"),
    ],
)
def test_what_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
