"""Thousands of r and p at once: against scipy's pearsonr and `correlate` in a plain loop."""

import itertools
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from lib.stats import (
    correlate,
    correlate_rows,
    correlate_tables,
    correlated_pairs,
    noise,
    noise_tables,
    random_walks,
)


def scipy_loop(x, y):
    found = [stats.pearsonr(*pair) for pair in zip(x, y, strict=True)]
    return np.array([pair.statistic for pair in found]), np.array([pair.pvalue for pair in found])


@pytest.mark.parametrize("offset", [0, 1e8])
@pytest.mark.parametrize("n", [3, 4, 10, 100])
def test_rows_equal_scipy(n, offset):
    x, y = correlated_pairs(60, n, r=0.5, seed=n)
    x = x + offset
    r, p = correlate_rows(x, y)
    expected_r, expected_p = scipy_loop(x, y)
    np.testing.assert_allclose(r, expected_r, rtol=0, atol=1e-12)
    np.testing.assert_allclose(p, expected_p, rtol=1e-9, atol=1e-10 if n > 3 else 1e-7)


@pytest.mark.parametrize("offset", [1e8, 1e12, 1e15])
def test_offsets_cost_no_digits(offset):
    """Whole numbers, which float64 holds exactly that far from zero as well."""
    x, y = np.random.default_rng(8).integers(-50, 50, size=(2, 20, 31))
    found = correlate_rows(x + offset, y - offset)
    np.testing.assert_allclose(found, correlate_rows(x, y), rtol=0, atol=1e-12)
    np.testing.assert_allclose(found, scipy_loop(x, y), rtol=0, atol=1e-12)


def test_rows_with_very_small_p_equal_scipy():
    x, y = np.split(random_walks(40, 400, seed=1), 2)
    np.testing.assert_allclose(correlate_rows(x, y)[1], scipy_loop(x, y)[1], rtol=1e-9, atol=0)


@pytest.mark.parametrize("distribution", ["cauchy", "binary", "lognormal"])
def test_rows_of_other_distributions_equal_scipy(distribution):
    x, y = np.split(noise(80, 20, distribution=distribution, seed=2), 2)
    with warnings.catch_warnings(action="ignore"):  # scipy warns of a constant row
        expected = scipy_loop(x, y)
    np.testing.assert_allclose(correlate_rows(x, y), expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("offset", [0, 1e8])
def test_tables_equal_correlate_one_by_one(offset):
    tables = noise_tables(30, 25, 6, true_pairs=2, r=0.7, seed=3) + offset
    tables[4, :, 2] = 7
    r, p = correlate_tables(tables)
    first, second = np.triu_indices(6, 1)
    assert list(zip(first, second, strict=True)) == list(itertools.combinations(range(6), 2))
    for table, *found in zip(tables, r, p, strict=True):
        expected = correlate(pd.DataFrame(table))
        for values, frame in zip(found, [expected.r, expected.p], strict=True):
            reference = frame.to_numpy()[first, second]
            np.testing.assert_allclose(values, reference, rtol=0, atol=1e-12)


def test_blocks_change_nothing():
    """More values than are worked on at once: 2 million."""
    tables = noise_tables(600, 400, 10, seed=4)
    r, p = correlate_tables(tables)
    assert r.shape == p.shape == (600, 45)
    for some in (slice(0, 2), slice(520, 530), slice(598, 600)):
        np.testing.assert_array_equal(correlate_tables(tables[some])[0], r[some])
    x, y = tables[:, :, 0], tables[:, :, 1]
    np.testing.assert_allclose(correlate_rows(x, y)[0], r[:, 0], rtol=0, atol=1e-14)


ROWS = st.tuples(st.integers(1, 4), st.integers(1, 9)).flatmap(
    lambda shape: hnp.arrays(np.float64, (2, *shape), elements=st.integers(-9, 9).map(float))
)


@given(rows=ROWS, shift=st.integers(-(10**6), 10**6), eighths=st.integers(1, 10**4))
@settings(max_examples=40, deadline=None)
def test_bounds_symmetry_shift_and_scale(rows, shift, eighths):
    x, y = rows
    r, p = correlate_rows(x, y)
    defined = ~np.isnan(r)
    assert (defined == [len(set(a)) > 1 < len(set(b)) for a, b in zip(x, y, strict=True)]).all()
    assert (abs(r[defined]) <= 1).all()
    assert (np.isnan(p) == (~defined | (x.shape[1] < 3))).all()
    np.testing.assert_array_equal(correlate_rows(y, x)[0], r)
    moved = -(x + shift) * (eighths / 8)
    np.testing.assert_allclose(correlate_rows(moved, y)[0], -r, rtol=0, atol=1e-12)


def test_a_constant_row_must_not_have_r_1_and_a_missing_value_no_r():
    x = np.array([[0.1 + 0.2, 0.3, 0.3, 0.3], [7, 7, 7, 7], [1, np.nan, 2, 5], [1, 2, 3, 4]])
    r, p = correlate_rows(x, x)
    assert np.isnan(r).tolist() == np.isnan(p).tolist() == [True, True, True, False]
    assert (r[3], p[3]) == (1, 0)
    tables = np.stack([x.T, x.T[:, ::-1]])
    assert np.isnan(correlate_tables(tables)[0]).all()


def test_two_rows_give_no_p():
    r, p = correlate_rows(np.array([[1, 2]]), np.array([[5, 3]]))
    assert r.tolist() == [-1]
    assert np.isnan(p).all()


@pytest.mark.parametrize("size", [1e-310, 1e-160, 1e160, 1e307])
def test_extreme_sizes_cost_no_digits(size):
    x, y = noise(2, 30, seed=5)
    tolerance = 1e-6 if size == 1e-310 else 1e-12  # there, float64 has ten digits or fewer
    found = correlate_rows(size * x[None], y[None])[0]
    np.testing.assert_allclose(found, correlate_rows(x[None], y[None])[0], rtol=0, atol=tolerance)


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.float32, np.bool_])
def test_every_kind_of_number(dtype):
    x, y = np.random.default_rng(6).integers(0, 2, size=(2, 5, 20)).astype(dtype)
    if dtype is np.int8:
        x[x == 0] = -128  # whose absolute value int8 does not have
    expected = correlate_rows(x.astype(np.float64), y.astype(np.float64))
    np.testing.assert_allclose(correlate_rows(x, y), expected, rtol=0, atol=1e-12)


def test_the_input_is_left_as_it_was():
    x, y = correlated_pairs(5, 20, r=0.5, seed=7)
    before = x.copy(), y.copy()
    correlate_rows(x, y)
    correlate_tables(x[None])
    np.testing.assert_array_equal((x, y), before)


ONES = np.ones((3, 4))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: correlate_rows(ONES, ONES[:2]), r"x has shape \(3, 4\), y \(2, 4\)"),
        (lambda: correlate_rows(ONES[0], ONES[0]), r"shape is \(4,\): .*\(replicates, n\)"),
        (lambda: correlate_rows(ONES, ONES / 0 * -1), "infinite in places"),
        (lambda: correlate_rows(ONES[:0], ONES[:0]), r"\(0, 4\): there are no values"),
        (lambda: correlate_rows(ONES[:, :0], ONES[:, :0]), r"\(3, 0\): there are no values"),
        (lambda: correlate_tables(ONES), r"shape is \(3, 4\): .*\(replicates, n, k\)"),
        (lambda: correlate_tables(ONES[..., None]), "1 columns: a correlation needs at least two"),
    ],
)
def test_what_is_refused(call, message):
    with np.errstate(divide="ignore"), pytest.raises(ValueError, match=message):
        call()
