"""How often tests of unrelated series and tables reject: the rates that the course states.

Each range is the rate from large simulations, give or take more than three standard errors,
3 sqrt(rate (1 - rate) / replicates).
"""

from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from lib.stats import (
    adjust_p_values,
    autoregressions,
    correlate_rows,
    correlate_tables,
    correlated_pairs,
    deseasonalise,
    detrend,
    difference,
    heteroscedastic_pairs,
    noise,
    noise_tables,
    random_walks,
    seasons,
    trends,
)


def halves(rows):
    return np.split(rows, 2)


def rejected(x, y, level=0.05):
    """The share of pairs with p below the level."""
    return np.mean(correlate_rows(x, y)[1] < level)


def close_to(rate, replicates):
    """Three standard errors, and half a point more since the rate itself is rounded."""
    error = np.sqrt(rate * (1 - rate) / replicates)
    return pytest.approx(rate, abs=3 * error + 0.005)


# Series -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "rate"), [(20, 0.47), (100, 0.76), (1000, 0.92)])
def test_random_walks_seem_correlated(n, rate):
    replicates = 1000 if n == 1000 else 4000
    assert rejected(*halves(random_walks(2 * replicates, n, seed=n))) == close_to(rate, replicates)


def test_random_walks_need_differences_and_no_line():
    x, y = halves(random_walks(8000, 100, seed=1))
    assert rejected(detrend(x), detrend(y)) == close_to(0.64, 4000)
    assert rejected(difference(x), difference(y)) == close_to(0.05, 4000)


@pytest.mark.parametrize("seed", range(8))
def test_the_first_eight_seeds_all_give_a_significant_pair_of_walks(seed):
    r, p = correlate_rows(*halves(random_walks(2, 100, seed=seed)))
    assert p < 0.001
    extreme = {5: -0.906, 7: 0.765}
    assert -0.907 < r < 0.766
    if seed in extreme:
        assert r == pytest.approx(extreme[seed], abs=0.0005)


@pytest.mark.parametrize(("phi", "rate"), [(0, 0.05), (0.5, 0.13), (0.7, 0.25), (0.9, 0.50)])
def test_autoregressions_seem_correlated_the_more_the_slower_they_turn(phi, rate):
    x, y = halves(autoregressions(8000, 100, phi=phi, seed=2))
    assert rejected(x, y) == close_to(rate, 4000)


def test_noise_about_a_trend_needs_a_line_and_no_differences():
    x, y = halves(trends(8000, 100, slope=0.05, seed=3))
    assert rejected(x, y) == 1
    assert rejected(detrend(x), detrend(y)) == close_to(0.05, 4000)
    assert rejected(difference(x), difference(y)) == close_to(0.11, 4000)


def test_a_season_survives_first_differences():
    """Ten years of months, season 4 and 2.4 times the noise: r falls from .81 to .38, and stays.

    Differences from month to month leave more than 99 % significant. Differences from year to
    year are overdone, as those of a trend. Means of months use up 11 rows of 120: p from 118
    degrees of freedom instead of 107 rejects 6.2 %.
    """
    x = seasons(4000, 120, period=12, amplitude=40, noise=10, seed=4)
    y = seasons(4000, 120, period=12, amplitude=12, noise=5, seed=5)
    assert rejected(x, y) == 1
    assert rejected(difference(x), difference(y)) > 0.99
    assert np.mean(correlate_rows(x, y)[0]) == pytest.approx(240 / np.sqrt(900 * 97), abs=0.005)
    assert np.mean(correlate_rows(difference(x), difference(y))[0]) == pytest.approx(
        0.384, abs=0.01
    )
    assert rejected(difference(x, 12), difference(y, 12)) == close_to(0.10, 4000)
    critical = stats.t.isf(0.025, 118)
    too_often = 2 * stats.t.sf(critical * np.sqrt(107 / 118), 107)
    assert too_often == pytest.approx(0.062, abs=0.0005)
    found = rejected(deseasonalise(x, 12), deseasonalise(y, 12))
    assert found == close_to(too_often, 4000)


def test_ice_cream_and_burglaries():
    """Ten years of months with a peak in July, seed 7: no first difference, but the season's."""
    july = np.cos(2 * np.pi * (np.arange(120) - 6) / 12)
    shocks = noise(2, 120, seed=7)
    ice_cream, burglaries = 100 + 40 * july + 10 * shocks[:1], 50 + 12 * july + 5 * shocks[1:]
    for change, r, significant in [
        (lambda rows: rows, 0.844, True),
        (difference, 0.441, True),
        (lambda rows: difference(rows, 12), 0.057, False),
        (lambda rows: deseasonalise(rows, 12), 0.049, False),
    ]:
        found_r, p = correlate_rows(change(ice_cream), change(burglaries))
        assert found_r[0] == pytest.approx(r, abs=0.0005)
        assert (p[0] < 0.05) == significant


# Pairs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("distribution", "rate", "rate_at_001"),
    [
        ("normal", 0.049, 0.001),
        ("uniform", 0.05, 0.001),
        ("exponential", 0.048, 0.003),
        ("lognormal", 0.052, 0.009),
        ("t3", 0.054, 0.002),
        ("binary", 0.048, 0.0015),
        ("cauchy", 0.064, 0.023),
    ],
)
def test_the_test_of_r_hardly_needs_normal_values(distribution, rate, rate_at_001):
    x, y = halves(noise(20_000, 30, distribution=distribution, seed=6))
    assert rejected(x, y) == close_to(rate, 10_000)
    at_001 = rejected(x, y, level=0.001)
    assert at_001 == pytest.approx(rate_at_001, abs=3 * np.sqrt(rate_at_001 / 10_000) + 0.0005)


@pytest.mark.parametrize("n", [30, 300])
def test_what_breaks_it_is_dependence_without_correlation(n):
    x, y = heteroscedastic_pairs(3000, n, seed=7)
    assert rejected(x, y) == close_to(0.25, 3000)


def test_true_correlations_are_found_as_often_as_fisher_s_z_says():
    """r = .5 with n = 30: power .81, by the normal approximation of arctanh r."""
    x, y = correlated_pairs(4000, 30, r=0.5, seed=8)
    critical = np.arctanh(0.361)  # of |r| at 5 %
    power = NormalDist(np.arctanh(0.5) + 0.5 / 58, 1 / np.sqrt(27)).cdf(critical)
    assert rejected(x, y) == close_to(1 - power, 4000)


# Tables -------------------------------------------------------------------------------------


def test_tables_of_noise_have_9_5_stars_among_190_pairs():
    """2000 tables of 100 x 20: the number of stars has a standard error of .07."""
    r, p = correlate_tables(noise_tables(2000, 100, 20, seed=9))
    stars = (p < 0.05).sum(axis=1)
    assert stars.mean() == pytest.approx(9.5, abs=0.25)
    low, high = np.percentile(stars, [2.5, 97.5])
    assert low in (3, 4, 5)
    assert high in (15, 16, 17)
    assert abs(r).max(axis=1).mean() == pytest.approx(0.29, abs=0.005)


@pytest.mark.parametrize(("seed", "stars"), [(0, 13), (1, 15), (2, 12), (3, 7), (4, 14), (5, 9)])
def test_the_stars_of_the_first_seeds(seed, stars):
    """Counted once with np.corrcoef and scipy's t, outside of this library."""
    _, p = correlate_tables(noise_tables(1, 100, 20, seed=seed))
    assert (p < 0.05).sum() == stars


@pytest.mark.parametrize(
    ("method", "true", "false", "share"),
    [("none", 9.9, 9.0, 0.46), ("holm", 7.0, 0.06, 0.007), ("bh", 8.7, 0.5, 0.05)],
)
def test_ten_true_pairs_among_twenty_columns(method, true, false, share):
    """400 tables of 100 x 20, ten pairs with r = .4: stars that are true, false, and their share.

    Standard errors: .07 and .15 at most of the counts, .007 of the share.
    """
    _, p = correlate_tables(noise_tables(400, 100, 20, true_pairs=10, r=0.4, seed=10))
    stars = np.array([adjust_p_values(row, method) for row in p]) < 0.05
    first, second = np.triu_indices(20, 1)
    real = (first % 2 == 0) & (second == first + 1)
    hits, lies = stars[:, real].sum(axis=1), stars[:, ~real].sum(axis=1)
    assert hits.mean() == pytest.approx(true, abs=0.25)
    assert lies.mean() == pytest.approx(false, abs=0.45 if method == "none" else 0.15)
    assert np.mean(lies / np.maximum(hits + lies, 1)) == pytest.approx(share, abs=0.02)


def test_noise_of_the_highway_s_size_has_a_largest_r_of_40():
    """1000 tables of 39 x 11: the median of the largest |r| of 55, and the expected 2.75 stars."""
    r, p = correlate_tables(noise_tables(1000, 39, 11, seed=11))
    assert np.median(abs(r).max(axis=1)) == pytest.approx(0.397, abs=0.012)
    assert (p < 0.05).sum(axis=1).mean() == pytest.approx(2.75, abs=0.17)
