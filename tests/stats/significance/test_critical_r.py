"""critical_r and n_for_significance against scipy's t distribution and p-values themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lib.stats import critical_r, n_for_significance

LEVELS = st.floats(1e-10, 0.9)


def p_value(r, n):
    """Two-sided p of r at n rows, through the beta distribution of r."""
    return 2 * stats.beta(n / 2 - 1, n / 2 - 1, loc=-1, scale=2).cdf(-abs(r))


@pytest.mark.parametrize(
    ("n", "expected", "digits"),
    [(10, 0.632, 3), (20, 0.444, 3), (39, 0.316, 3), (100, 0.197, 3), (10_000, 0.0196, 4)],
)
def test_published_values_at_five_per_cent(n, expected, digits):
    assert round(critical_r(n), digits) == expected


@pytest.mark.parametrize("n", [3, 4, 5, 39, 1000, 10**6])
@pytest.mark.parametrize("alpha", [0.5, 0.05, 0.001, 1e-8])
def test_equals_scipy_s_t_distribution(n, alpha):
    t = stats.t.isf(alpha / 2, n - 2)
    assert critical_r(n, alpha) == pytest.approx(t / np.sqrt(n - 2 + t**2), rel=1e-12)


def test_closed_forms():
    assert critical_r(3, 0.05) == pytest.approx(np.cos(0.05 * np.pi / 2), abs=1e-15)
    assert critical_r(4, 0.05) == pytest.approx(0.95, abs=1e-15)


@given(n=st.integers(3, 10**5), alpha=LEVELS)
@settings(max_examples=100, deadline=None)
def test_p_of_the_critical_r_is_the_level(n, alpha):
    r = critical_r(n, alpha)
    if r < 1 - 1e-9:  # nearer to 1, the digits of r no longer tell its p
        assert p_value(r, n) == pytest.approx(alpha, rel=1e-6)


@given(n=st.integers(3, 10**6), alpha=LEVELS)
@settings(max_examples=100, deadline=None)
def test_more_rows_need_a_smaller_r(n, alpha):
    assert critical_r(n + 1, alpha) <= critical_r(n, alpha)


@given(r=st.floats(0.001, 0.999), alpha=st.floats(1e-6, 0.5))
@settings(max_examples=100, deadline=None)
def test_n_is_enough_and_one_row_less_is_not(r, alpha):
    n = n_for_significance(r, alpha)
    assert p_value(r, n) <= alpha * (1 + 1e-9)
    if n > 3:
        assert p_value(r, n - 1) > alpha * (1 - 1e-9)


@pytest.mark.parametrize("n", [3, 4, 39, 1234, 10**6])
def test_n_is_exact_at_the_critical_r_itself(n):
    r = critical_r(n)
    assert n_for_significance(r) == n_for_significance(-r) == n
    assert n_for_significance(np.nextafter(r, 0)) == n + 1


def test_numbers_of_the_course():
    assert n_for_significance(0.02) == 9605
    assert p_value(0.02, 9605) <= 0.05 < p_value(0.02, 9604)
    assert n_for_significance(0.0154) < 30351  # the vocabulary survey


def test_a_perfect_correlation_needs_three_rows():
    assert n_for_significance(1) == n_for_significance(-1.0) == 3
    assert isinstance(n_for_significance(0.5), int)


def test_a_perfect_correlation_is_significant_at_any_level():
    assert n_for_significance(1.0, 1e-300) == 3


@pytest.mark.parametrize("n", [2, 0, -5])
def test_too_few_rows_are_refused(n):
    with pytest.raises(ValueError, match=f"^n is {n}: .* at least 3 rows"):
        critical_r(n)


@pytest.mark.parametrize("alpha", [0, 1, -0.05, 5, np.nan])
def test_levels_outside_zero_to_one_are_refused(alpha):
    with pytest.raises(ValueError, match=r"^alpha is .*: choose a level between 0 and 1"):
        critical_r(10, alpha)
    with pytest.raises(ValueError, match=r"^alpha is .*: choose a level between 0 and 1"):
        n_for_significance(0.5, alpha)


@pytest.mark.parametrize("r", [0, 1.01, -2, np.nan])
def test_an_r_that_is_none_or_needs_endless_rows_is_refused(r):
    with pytest.raises(ValueError, match=r"^r is .*: choose one from -1 to 1 that is not 0"):
        n_for_significance(r)
