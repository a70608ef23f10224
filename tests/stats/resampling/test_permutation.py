"""permutation_test against all orders one by one, scipy and closed forms."""

import dataclasses
import itertools
from math import factorial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from datasets import load
from lib.stats import correlate, permutation_test

METHODS = pytest.mark.parametrize("method", ["pearson", "spearman"])


def sample(seed, rows):
    return np.random.default_rng(seed).normal(size=(2, rows))


def coefficient(x, y, method):
    function = {"pearson": stats.pearsonr, "spearman": stats.spearmanr}[method]
    return function(x, y).statistic


# All orders ---------------------------------------------------------------------------------


@METHODS
@pytest.mark.parametrize("rows", [3, 4, 5, 6])
def test_equals_every_order_in_a_plain_loop(method, rows):
    x, y = sample(rows, rows)
    found = permutation_test(x, y, method=method)
    null = [coefficient(x, list(order), method) for order in itertools.permutations(y)]
    assert found.exact
    assert found.r == pytest.approx(coefficient(x, y, method), abs=1e-12)
    np.testing.assert_allclose(np.sort(found.null), np.sort(null), rtol=0, atol=1e-12)
    assert found.p == np.mean(np.abs(null) >= abs(found.r) - 1e-12)


@pytest.mark.parametrize("rows", [5, 7])
def test_equals_scipy_s_exact_test(rows):
    x, y = sample(rows, rows)
    expected = stats.permutation_test(
        (y,),
        lambda moved: abs(np.corrcoef(x, moved)[0, 1]),
        permutation_type="pairings",
        n_resamples=np.inf,
        alternative="greater",
    )
    assert permutation_test(x, y).p == pytest.approx(expected.pvalue, abs=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_exact_spearman_equals_the_exact_p_of_correlate(seed):
    table = pd.DataFrame(
        np.random.default_rng(seed).integers(0, 5, size=(7, 2)), columns=["x", "y"]
    )
    expected = correlate(table, "spearman").p.loc["x", "y"]
    found = permutation_test(table["x"], table["y"], method="spearman")
    assert found.p == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "y", "reached", "orders"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 40], 2, 24),
        ([1, 2, 3], [0, 0, 1], 4, 6),  # 3 places of the odd one, of which 2 are ends
        ([0.1, 0.2, 0.3, 0.4], [0.3, 0.1, 0.2, 0.4], 18, 24),  # r = .4: ties but for rounding
        ([0, 0, 1, 1], [True, True, False, False], 8, 24),
    ],
)
def test_ties_within_rounding_count_as_at_least_as_far(x, y, reached, orders):
    found = permutation_test(x, y)
    assert found.p == reached / orders
    assert len(found.null) == orders


def test_all_orders_have_the_mean_and_variance_that_pitman_derived():
    x, y = sample(1, 7)
    null = permutation_test(x**3, np.exp(y)).null
    assert null.mean() == pytest.approx(0, abs=1e-14)
    assert null.var() == pytest.approx(1 / 6, abs=1e-14)


@pytest.mark.parametrize(("permutations", "exact"), [(22, False), (23, True), (24, True)])
def test_all_orders_are_tried_where_they_are_no_more_than_the_draws_and_the_one_seen(
    permutations, exact
):
    found = permutation_test([1, 2, 3, 4], [1, 3, 2, 4], permutations=permutations)
    assert found.exact == exact
    assert len(found.null) == (24 if exact else 22)


def test_many_orders_are_tried_some_at_a_time(monkeypatch):
    x, y = sample(2, 7)
    expected = permutation_test(x, y)
    monkeypatch.setattr("lib.stats.resampling.draws._NUMBERS_AT_A_TIME", 50)
    np.testing.assert_allclose(permutation_test(x, y).null, expected.null, rtol=0, atol=1e-15)
    assert len(expected.null) == factorial(7)


# Drawn orders -------------------------------------------------------------------------------


@METHODS
def test_p_counts_the_order_seen_among_those_that_chance_could_give(method):
    x, y = sample(3, 20)
    found = permutation_test(x, y + x, method=method, permutations=999)
    assert not found.exact
    assert found.n == 20
    reached = np.sum(np.abs(found.null) >= abs(found.r) - 1e-12)
    assert found.p == (1 + reached) / 1000


def test_p_is_never_zero():
    x = np.arange(50.0)
    assert permutation_test(x, x, permutations=199).p == 1 / 200


def test_drawn_orders_have_the_same_spread_as_all():
    """Standard deviation 1 / sqrt(n - 1); of 20000 draws, four standard errors are 2 %."""
    x, y = sample(4, 15)
    null = permutation_test(x, y, permutations=20_000).null
    assert null.std() == pytest.approx(1 / np.sqrt(14), rel=0.02)


def test_a_seed_gives_the_same_draws_whatever_is_drawn_at_a_time(monkeypatch):
    x, y = sample(5, 30)
    expected = permutation_test(x, y, permutations=500, seed=3)
    monkeypatch.setattr("lib.stats.resampling.draws._NUMBERS_AT_A_TIME", 70)
    found = permutation_test(x, y, permutations=500, seed=3)
    np.testing.assert_allclose(found.null, expected.null, rtol=0, atol=1e-14)
    other = permutation_test(x, y, permutations=500, seed=4)
    assert not np.allclose(other.null, expected.null)


def test_one_row_of_the_highways_makes_the_t_test_too_sure():
    """p = .0046 by 50000 orders. Tolerance: four standard errors at 9999 draws, .0027."""
    highway = load("highway")
    found = permutation_test(highway["sigs1"], highway["acpt"])
    assert found.p == pytest.approx(0.0046, abs=0.0027)
    assert found.r == pytest.approx(0.513, abs=5e-4)
    assert correlate(highway[["sigs1", "acpt"]]).p.iloc[0, 1] == pytest.approx(0.0008, abs=5e-5)


def test_p_is_uniform_without_any_association():
    """400 skewed samples of 12 rows, 99 orders each: a share k / 100 has p <= k / 100.

    Tolerance: four standard errors, sqrt(q (1 - q) / 400).
    """
    rng = np.random.default_rng(6)
    p = np.array(
        [
            permutation_test(*rng.lognormal(size=(2, 12)), permutations=99, seed=seed).p
            for seed in range(400)
        ]
    )
    for level in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9]:
        tolerance = 4 * np.sqrt(level * (1 - level) / 400)
        assert np.mean(p <= level + 1e-9) == pytest.approx(level, abs=tolerance)


# What goes in -------------------------------------------------------------------------------


def test_rows_with_a_missing_value_are_left_out():
    x, y = sample(7, 8)
    x[0], y[7] = np.nan, np.nan
    found, expected = permutation_test(x, y), permutation_test(x[1:7], y[1:7])
    assert (found.n, found.p, found.exact) == (6, expected.p, True)


@pytest.mark.parametrize("offset", [1e8, -1e8])
def test_values_around_1e8_keep_their_digits(offset):
    x, y = np.round(sample(8, 7) * 10)
    assert permutation_test(x + offset, y + offset).p == permutation_test(x, y).p


def test_perfect_correlation_is_one():
    x = np.array([0.1, 0.7, 1.9, 2.3])
    found = permutation_test(x, -3 * x)
    assert found.r == -1
    assert np.abs(found.null).max() == 1


def test_result_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        permutation_test([1, 2, 3], [1, 3, 2]).p = 0


def test_series_with_different_row_labels_are_refused():
    x = pd.Series([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="different row labels"):
        permutation_test(x, x[::-1])


def test_columns_that_are_not_numeric_are_named():
    with pytest.raises(ValueError, match="Column 'y' is not numeric"):
        permutation_test([1, 2, 3], ["a", "b", "c"])


def test_too_few_shared_rows_are_refused():
    with pytest.raises(ValueError, match="share 2 rows with a value in both: at least 3"):
        permutation_test([1, 2, np.nan, 4], [1, 2, 3, np.nan])


@METHODS
def test_a_constant_column_is_named(method):
    with pytest.raises(ValueError, match=r"^x is constant in the rows shared"):
        permutation_test([0.3, 0.1 + 0.2, 0.3, 9], [1, 3, 2, np.nan], method=method)
    with pytest.raises(ValueError, match=r"^y is constant in the rows shared"):
        permutation_test([1, 3, 2], [5, 5, 5], method=method)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"permutations": 0}, "permutations is 0: draw at least 1"),
        ({"method": "phi"}, "Unknown method 'phi': choose from pearson, spearman, kendall, "),
    ],
)
def test_choices_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        permutation_test([1, 2, 3], [1, 3, 2], **options)


# Properties ---------------------------------------------------------------------------------

WHOLE = st.lists(st.integers(-5, 5), min_size=5, max_size=5).filter(lambda x: len(set(x)) > 1)


@METHODS
@given(x=WHOLE, y=WHOLE, order=st.permutations(range(5)), shift=st.integers(-99, 99))
@settings(max_examples=20, deadline=None)
def test_order_of_rows_exchange_shift_and_sign_change_no_exact_p(method, x, y, order, shift):
    p = permutation_test(x, y, method=method).p
    x, y = np.array(x), np.array(y)
    assert permutation_test(x[order], y[order], method=method).p == p
    assert permutation_test(y, x, method=method).p == p
    assert permutation_test(shift - 3 * x, y, method=method).p == p
    assert 1 / 120 <= p <= 1
