"""What must hold for every table, and what must hold on average."""

from math import factorial

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lib.stats import correlate

METHODS = pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
RANK_METHODS = pytest.mark.parametrize("method", ["spearman", "kendall"])


@st.composite
def tables(draw):
    """Small whole numbers, so that ties and constants abound, with some values missing.

    Few rows, whose p-values are exact, or some more, whose are not.
    """
    rows = draw(st.integers(1, 7) | st.integers(10, 14))
    shape = (rows, draw(st.integers(2, 4)))
    values = draw(hnp.arrays(np.float64, shape, elements=st.integers(-9, 9).map(float)))
    missing = draw(hnp.arrays(np.bool_, shape, elements=st.integers(0, 4).map(lambda i: i == 0)))
    columns = list("abcd"[: shape[1]])
    return pd.DataFrame(np.where(missing, np.nan, values), columns=columns)


def assert_close(found, expected):
    np.testing.assert_allclose(found.r, expected.r, rtol=0, atol=1e-12)
    # sqrt(eps) is what the last bit of r near 1 does to p at n = 3
    np.testing.assert_allclose(found.p, expected.p, rtol=0, atol=1e-7)
    pd.testing.assert_frame_equal(found.n, expected.n)


@METHODS
@given(table=tables())
@settings(max_examples=20, deadline=None)
def test_matrices_are_symmetric_and_within_bounds(method, table):
    found = correlate(table, method, min_n=2)
    for frame in [found.r, found.n, found.p, found.p_adjusted, found.low, found.high]:
        pd.testing.assert_frame_equal(frame, frame.T)
    assert not (found.r.abs() > 1).any(axis=None)
    for p in [found.p, found.p_adjusted]:
        assert not ((p < 0) | (p > 1)).any(axis=None)
    assert not (found.p_adjusted < found.p).any(axis=None)
    assert (
        not ((found.low > found.r) | (found.r > found.high))
        .to_numpy()[~np.eye(len(found.r), dtype=bool)]
        .any()
    )


@METHODS
@given(table=tables(), shift=st.integers(-(10**6), 10**6), eighths=st.integers(1, 10**4))
@settings(max_examples=20, deadline=None)
def test_shift_and_positive_scale_change_nothing(method, table, shift, eighths):
    moved = (table + shift) * (eighths / 8)  # exact, so that no rounding of the input is tested
    assert_close(correlate(moved, method), correlate(table, method))


@METHODS
@given(table=tables())
@settings(max_examples=20, deadline=None)
def test_turning_a_column_round_flips_its_signs_alone(method, table):
    expected = correlate(table, method)
    found = correlate(table.assign(a=-table["a"]), method)
    sign = pd.Series(1.0, table.columns).where(table.columns != "a", -1.0).to_numpy()
    np.testing.assert_allclose(found.r, expected.r * np.outer(sign, sign), rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.p, expected.p, rtol=0, atol=1e-7)


@RANK_METHODS
@pytest.mark.parametrize("increasing", [np.exp, np.arctan, lambda x: x**3])
@given(table=tables())
@settings(max_examples=10, deadline=None)
def test_increasing_maps_change_no_rank_correlation(method, increasing, table):
    assert_close(correlate(increasing(table), method), correlate(table, method))


@METHODS
@given(table=tables(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_order_of_rows_changes_nothing(method, table, data):
    order = data.draw(st.permutations(range(len(table))))
    assert_close(correlate(table.iloc[order], method), correlate(table, method))


@METHODS
@given(table=tables(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_order_of_columns_only_moves_the_results(method, table, data):
    order = data.draw(st.permutations(table.columns.tolist()))
    found, expected = correlate(table[order], method), correlate(table, method)
    np.testing.assert_allclose(found.r, expected.r.loc[order, order], rtol=0, atol=1e-12)
    pd.testing.assert_frame_equal(found.n, expected.n.loc[order, order])


@METHODS
@given(table=tables())
@settings(max_examples=20, deadline=None)
def test_other_columns_change_no_pair(method, table):
    found, alone = correlate(table, method), correlate(table[["a", "b"]], method)
    for name, tolerance in [("r", 1e-12), ("p", 1e-7)]:
        of_all, of_two = (getattr(result, name).loc["a", "b"] for result in (found, alone))
        np.testing.assert_allclose(of_all, of_two, rtol=0, atol=tolerance, equal_nan=True)


@METHODS
@given(table=tables())
@settings(max_examples=20, deadline=None)
def test_complete_rows_alone_are_those_without_a_missing_value(method, table):
    complete = table.dropna()
    assume(len(complete))
    found = correlate(table, method, missing="complete")
    assert (found.n == len(complete)).all(axis=None)
    assert_close(found, correlate(complete, method))


@RANK_METHODS
@given(table=tables())
@settings(max_examples=20, deadline=None)
def test_no_order_of_ranks_is_rarer_than_a_perfect_one(method, table):
    """2 of n! orders, or of as many as there are with ties, are as far from 0; never none."""
    found = correlate(table, method).pairs().dropna()
    least = [2 / factorial(n) if n <= 9 or method == "spearman" else 0 for n in found["n"]]
    assert (found["p"] >= np.multiply(least, 1 - 1e-12)).all()


# On average -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "rows"), [("pearson", 5), ("pearson", 30), ("spearman", 30), ("kendall", 30)]
)
def test_p_is_uniform_without_any_association(method, rows):
    """Of 1225 pairs of independent columns a share of about q has p <= q.

    Tolerance: four standard errors, sqrt(q (1 - q) / 1225), and for ranks 0.01 more, since their
    p-values come in steps and Spearman's above n = 9 are approximate.
    """
    table = pd.DataFrame(np.random.default_rng(20).normal(size=(rows, 50)))
    p = correlate(table, method).pairs()["p"].to_numpy()
    for level in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9]:
        tolerance = 4 * np.sqrt(level * (1 - level) / len(p)) + (method != "pearson") * 0.01
        assert np.mean(p <= level) == pytest.approx(level, abs=tolerance)


@RANK_METHODS
@pytest.mark.parametrize("rows", [4, 6, 8])
@pytest.mark.parametrize("ties", [False, True])
def test_exact_p_rejects_no_more_often_than_it_says(method, rows, ties):
    """1225 pairs of independent columns; tolerance three standard errors, on one side."""
    table = pd.DataFrame(np.random.default_rng(21).normal(size=(rows, 50)))
    p = correlate(table.round() if ties else table, method).pairs()["p"].dropna().to_numpy()
    for level in [0.01, 0.05, 0.1, 0.25, 0.5]:
        assert np.mean(p <= level) <= level + 3 * np.sqrt(level * (1 - level) / len(p))


TRUTH = {
    "pearson": 0.6,
    "spearman": 6 / np.pi * np.arcsin(0.3),
    "kendall": 2 / np.pi * np.arcsin(0.6),
}


@pytest.mark.parametrize(
    ("method", "tolerance"), [("pearson", 0.015), ("spearman", 0.02), ("kendall", 0.02)]
)
def test_intervals_cover_the_truth_as_often_as_they_say(method, tolerance):
    """95 % intervals over 2000 bivariate normal samples of 20 rows with correlation 0.6.

    Tolerance: three standard errors, 3 sqrt(.95 x .05 / 2000) = .0146; for ranks a little more,
    since their variances are approximations.
    """
    assert coverage(method, samples=2000) == pytest.approx(0.95, abs=tolerance)


def coverage(method, samples, rows=20):
    """Each table holds 5 samples side by side: x in its first half, y in its second."""
    rng = np.random.default_rng(22)
    covered = []
    for _ in range(samples // 5):
        x, noise = rng.normal(size=(2, rows, 5))
        y = 0.6 * x + 0.8 * noise
        found = correlate(pd.DataFrame(np.hstack([x, y])), method)
        low, high = (np.diagonal(frame.to_numpy(), 5) for frame in (found.low, found.high))
        covered.append((low < TRUTH[method]) & (TRUTH[method] < high))
    return np.mean(covered)
