"""series_test: against brute force, arch and statsmodels; its level; what it refuses."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.tsa.stattools import acf

from lib.stats import autoregressions, correlated_pairs, noise, random_walks, series_test
from lib.stats.series.blocks import block_length, rows_in_blocks
from lib.stats.table import standardised

METHODS = ["effective rows", "circular shifts", "phase surrogates", "block bootstrap"]
EVERY_METHOD = pytest.mark.parametrize("method", METHODS)


def echoing(n, seed):
    return autoregressions(2, n, phi=0.8, seed=seed)


# Each method against what it is ---------------------------------------------------------------


@pytest.mark.parametrize("n", [4, 30, 101])
def test_effective_rows_are_those_of_the_sum_over_all_lags(n):
    x, y = echoing(n, seed=n)
    products = acf(x, nlags=n - 1)[1:] * acf(y, nlags=n - 1)[1:]
    rows = n / (1 + 2 * sum((1 - k / n) * product for k, product in enumerate(products, 1)))
    found = series_test(x, y)
    r = np.corrcoef(x, y)[0, 1]
    assert (found.method, found.n) == ("effective rows", n)
    assert found.r == pytest.approx(r, abs=1e-12)
    assert found.effective_n == pytest.approx(rows, rel=1e-10)
    t = r * np.sqrt((rows - 2) / (1 - r**2))
    assert found.p == pytest.approx(2 * stats.t.sf(abs(t), rows - 2) if rows > 2 else 1, rel=1e-9)
    if rows > 3:
        reach = stats.norm.ppf(0.975) / np.sqrt(rows - 3)
        assert np.arctanh([found.low, found.high]) == pytest.approx(
            np.arctanh(r) + np.array([-reach, reach]), abs=1e-10
        )


def test_the_sum_over_all_lags_is_never_negative():
    """As a product of two positive definite sequences and a third; random signs of any kind."""
    rng = np.random.default_rng(1)
    for n in range(4, 40):
        x, y = np.sign(rng.normal(size=(2, n))).cumsum(axis=1) * (-1.0) ** np.arange(n)[:n]
        if np.ptp(x) and np.ptp(y):
            assert series_test(x, y + rng.normal(size=n)).effective_n > 0


@pytest.mark.parametrize("n", [4, 5, 40])
def test_circular_shifts_are_all_of_them(n):
    x, y = echoing(n, seed=n)
    every = [np.corrcoef(x, np.roll(y, shift))[0, 1] for shift in range(n)]
    reached = np.abs(every) >= abs(np.corrcoef(x, y)[0, 1]) - 1e-12
    found = series_test(x, y, method="circular shifts")
    assert found.p == np.mean(reached)
    assert found.smallest_p == 1 / n
    assert found.effective_n == pytest.approx(1 + 1 / np.mean(np.square(every)), rel=1e-10)
    assert np.isnan([found.low, found.high, found.block]).all()


def test_a_lone_peak_has_the_smallest_p_of_shifts():
    x = noise(1, 50, seed=1)[0]
    assert series_test(x, x, method="circular shifts").p == 1 / 50


@pytest.mark.parametrize("n", [60, 61])
def test_phase_surrogates_are_those_of_theiler_and_others(n):
    """Beside surrogates made by the inverse transform: the same variance of r, and the same p.

    4000 of each: the standard error of a share is .008, of the variance 2.5 %.
    """
    x, y = echoing(n, seed=n)
    rng = np.random.default_rng(2)
    spectrum = np.fft.rfft(y - y.mean())
    phases = np.exp(1j * rng.uniform(0, 2 * np.pi, (4000, len(spectrum))))
    if n % 2 == 0:
        phases[:, -1] = rng.choice([-1, 1], 4000)
    made = np.fft.irfft(spectrum * phases, n)
    np.testing.assert_allclose(made.var(axis=1), y.var())
    r = np.array([np.corrcoef(x, surrogate)[0, 1] for surrogate in made])
    found = series_test(x, y, method="phase surrogates", draws=4000)
    assert found.effective_n == pytest.approx(1 + 1 / np.mean(r**2), rel=0.1)
    assert found.p == pytest.approx(np.mean(np.abs(r) >= abs(found.r)), abs=0.035)
    turned_round = series_test(y, x, method="phase surrogates", draws=4000)
    assert turned_round.p == pytest.approx(found.p, abs=1e-3)


def test_no_surrogate_reaches_r_and_p_is_not_zero():
    x = noise(1, 200, seed=3)[0]
    found = series_test(x, x + 0.1, method="phase surrogates", draws=99)
    assert found.p == found.smallest_p == 0.01


# Blocks ---------------------------------------------------------------------------------------


def test_block_length_is_that_of_arch():
    """13.635665: arch.bootstrap.optimal_block_length, stationary, in its own tests."""
    rng = np.random.RandomState(0)
    y = rng.standard_normal(10_100)
    for row in range(1, len(y)):
        y[row] += 0.3 * y[row - 1]
    assert block_length(standardised(y[100:], axis=0)) == pytest.approx(13.635665, abs=5e-7)


def test_block_length_of_noise_is_a_row_or_two_and_of_a_walk_as_long_as_may_be():
    assert block_length(standardised(noise(1, 1000, seed=1)[0], axis=0)) < 5
    walk = random_walks(1, 100, seed=1)[0]
    assert 10 < block_length(standardised(walk, axis=0)) <= 30  # 3 sqrt(n)
    assert block_length(standardised(np.array([1.0, 3, 2, 5]), axis=0)) >= 1


def test_blocks_are_neighbours_round_and_round_with_the_mean_length_asked_for():
    """A block goes on with probability .9: 200 draws of 100 rows, standard error .002."""
    rows = np.concatenate(list(rows_in_blocks(100, 10.0, 200, seed=1)))
    assert rows.shape == (200, 100)
    assert rows.min() == 0
    assert rows.max() == 99
    goes_on = (np.diff(rows, axis=1) % 100) == 1
    assert goes_on.mean() == pytest.approx(0.9 + 0.1 / 100, abs=0.008)
    assert np.bincount(rows.ravel(), minlength=100) == pytest.approx(200, abs=130)
    alone = np.concatenate(list(rows_in_blocks(100, 1.0, 200, seed=1)))
    assert ((np.diff(alone, axis=1) % 100) == 1).mean() == pytest.approx(0.01, abs=0.004)


def test_blocks_of_one_row_are_the_plain_bootstrap():
    """Its standard error of z, from a loop; 3000 draws of each, standard error 1.3 %."""
    x, y = (rows[0] for rows in correlated_pairs(1, 60, r=0.5, seed=4))
    found = series_test(x, y, method="block bootstrap", block=1, draws=3000)
    rng = np.random.default_rng(5)
    z = [
        np.arctanh(np.corrcoef(x[rows], y[rows])[0, 1])
        for rows in rng.integers(60, size=(3000, 60))
    ]
    assert found.effective_n == pytest.approx(3 + 1 / np.var(z), rel=0.09)
    reach = stats.t.ppf(0.975, 59) * np.std(z)
    centre = np.arctanh(found.r)
    assert np.arctanh([found.low, found.high]) == pytest.approx(
        [centre - reach, centre + reach], abs=0.06 * reach
    )
    assert found.block == 1


def test_the_p_of_blocks_is_where_their_interval_meets_zero():
    x, y = echoing(200, seed=6)
    found = series_test(x, y + 0.3 * x, method="block bootstrap")
    at_p = series_test(x, y + 0.3 * x, method="block bootstrap", confidence=1 - found.p)
    assert min(abs(at_p.low), abs(at_p.high)) < 1e-9


# What it is good for --------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS[:3])
def test_unrelated_autoregressions_are_rejected_as_often_as_they_should_be(method):
    """150 pairs of AR(.9), n = 100: .05 has standard error .018. By all rows, half."""
    rows = autoregressions(300, 100, phi=0.9, seed=9)
    p = [
        series_test(*pair, method=method, draws=99).p
        for pair in zip(*np.split(rows, 2), strict=True)
    ]
    assert np.mean(np.array(p) <= 0.05) < 0.11
    assert np.mean(p) == pytest.approx(0.5, abs=0.1)


@EVERY_METHOD
def test_what_follows_from_the_other_is_found(method):
    x, rest = autoregressions(2, 200, phi=0.9, seed=8)
    assert series_test(x, x + rest / 2, method=method).p < 0.05


@EVERY_METHOD
def test_the_sign_shift_and_scale_change_nothing(method):
    x, y = echoing(50, seed=9)
    found = series_test(x, y, method=method, draws=50)
    moved = series_test(-(x * 8 + 1e8), y / 4, method=method, draws=50)
    assert moved.r == pytest.approx(-found.r, abs=1e-7)
    assert moved.p == pytest.approx(found.p, rel=1e-5)
    assert moved.effective_n == pytest.approx(found.effective_n, rel=1e-5)


@EVERY_METHOD
def test_a_seed_gives_the_same_again(method):
    x, y = echoing(30, seed=10)
    one, other = (series_test(x, y, method=method, draws=20, seed=3) for _ in range(2))
    np.testing.assert_equal(dataclasses.asdict(one), dataclasses.asdict(other))


@EVERY_METHOD
def test_what_it_assumes_is_said(method):
    found = series_test(*echoing(30, seed=1), method=method, draws=5)
    assert "stationary" in found.assumes
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.p = 0


# Few rows, undefined, refused -----------------------------------------------------------------


def test_of_two_effective_rows_p_is_one_and_of_three_r_may_be_anything():
    """To and fro: a_k = (-1)^k (1 - k / n), so that the sum is about n / 2, and rows about 2."""
    to_and_fro = np.resize([1.0, -1.0], 40)
    total = 1 + 2 * sum((1 - k / 40) ** 3 for k in range(1, 40))
    dented = to_and_fro + 1e-4 * noise(1, 40, seed=1)[0]
    found = series_test(to_and_fro, dented)
    assert found.effective_n == pytest.approx(40 / total, abs=1e-3)
    assert found.effective_n < 2
    assert found.r > 0.9999
    assert found.p == 1
    assert (found.low, found.high) == (-1, 1)
    step = series_test([0, 0, 1, 1], [0, 0, 1, 1.1])
    assert 2 < step.effective_n < 3
    assert (step.low, step.high) == (-1, 1)
    assert 0 < step.p < 1


@EVERY_METHOD
def test_a_straight_line_is_one(method):
    x = noise(1, 30, seed=2)[0]
    found = series_test(x, 2 * x + 1, method=method, draws=99)
    assert found.r == 1
    assert found.p == found.smallest_p
    assert np.isnan([found.low, found.high]).all()


@pytest.mark.parametrize("size", [1e-200, 1e200])
@EVERY_METHOD
def test_extreme_sizes_cost_nothing(method, size):
    x, y = echoing(30, seed=3)
    plain, sized = (series_test(factor * x, y, method=method, draws=9) for factor in (1, size))
    assert sized.p == pytest.approx(plain.p, rel=1e-9)


DATED = pd.Series(range(6), pd.date_range("2020", periods=7, freq="MS").delete(3))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: series_test([1, 2, 3], [3, 1, 2]), "x and y have 3 rows: at least 4"),
        (lambda: series_test([1, 1, 1, 1], [3, 1, 2, 5]), "x is constant"),
        (lambda: series_test([3, 1, 2, 5], [0.1 + 0.2, 0.3, 0.3, 0.3]), "y is constant"),
        (lambda: series_test([3, 1, 2, None], [1, 2, 3, 5]), "Column 'x' lacks 1 of its 4.*row 3"),
        (lambda: series_test([3, 1, 2], [1, 2, 3, 5]), "differ in length"),
        (lambda: series_test([3, 1, 2, 4], list("abcd")), "Column 'y' is not numeric"),
        (lambda: series_test(DATED, DATED**2), "1 of 7 dates have none, the first 2020-04-01"),
        (
            lambda: series_test(range(9), range(9), method="t"),
            "Unknown method 't': choose from eff",
        ),
        (lambda: series_test(range(9), range(9), draws=0), "draws is 0: draw at least 1"),
        (lambda: series_test(range(9), range(9), confidence=95), "confidence is 95"),
        (lambda: series_test(range(9), range(9), block=3), "block is 3: leave it out, or choose"),
        (
            lambda: series_test(range(9), range(9), block=5, method="block bootstrap"),
            "block is 5: choose 1 to 4.5, half of the 9 rows",
        ),
    ],
)
def test_what_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_many_rows_are_no_matter():
    x, y = autoregressions(2, 100_000, phi=0.5, seed=11)
    for method in METHODS[:3]:
        found = series_test(x, y, method=method, draws=19)
        assert found.p > 0.01
    share = (1 - 0.25) / (1 + 0.25)
    assert series_test(x, y).effective_n / 100_000 == pytest.approx(share, abs=0.05)
