"""What must hold of categories for every table, and what must hold on average."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lib.stats import (
    adjusted_residuals,
    associate_categories,
    correlation_ratio,
    cramers_v,
    target_encode,
    theils_u,
)

LETTERS = st.sampled_from([*"abcd", None])
BOTH = pytest.mark.parametrize("corrected", [True, False])
FEW = settings(max_examples=25, deadline=None)


@st.composite
def pairs(draw):
    """Two columns of few letters with gaps, so that ties, constants and empty columns abound."""
    rows = draw(st.integers(1, 14))
    column = st.lists(LETTERS, min_size=rows, max_size=rows)
    return draw(column), draw(column)


@st.composite
def grouped(draw):
    """Groups with gaps, and numbers that are exact in eighths."""
    rows = draw(st.integers(1, 14))
    groups = draw(st.lists(LETTERS, min_size=rows, max_size=rows))
    values = draw(hnp.arrays(np.float64, rows, elements=st.integers(-9, 9).map(float)))
    return groups, values


def same(number):
    return pytest.approx(number, abs=1e-12, nan_ok=True)


def exactly(number):
    return pytest.approx(number, abs=0, rel=0, nan_ok=True)


@BOTH
@given(pair=pairs())
@FEW
def test_v_is_symmetric_and_between_0_and_1(corrected, pair):
    x, y = pair
    v = cramers_v(x, y, corrected=corrected)
    assert np.isnan(v) or 0 <= v <= 1
    assert cramers_v(y, x, corrected=corrected) == same(v)


@given(pair=pairs())
@FEW
def test_correcting_never_adds(pair):
    corrected, uncorrected = cramers_v(*pair), cramers_v(*pair, corrected=False)
    assert np.isnan(corrected) == np.isnan(uncorrected)
    assert not corrected > uncorrected + 1e-12


@given(pair=pairs())
@FEW
def test_v_is_1_exactly_where_each_column_determines_the_other(pair):
    x, _ = pair
    renamed = [value and value.upper() for value in x]
    levels, rows = len(set(x) - {None}), len(x) - x.count(None)
    assert cramers_v(x, renamed, corrected=False) == exactly(1 if levels > 1 else np.nan)
    corrected = 1 if levels < rows else 0  # a level a row is what chance gives
    assert cramers_v(x, renamed) == exactly(corrected if levels > 1 else np.nan)


@given(pair=pairs())
@FEW
def test_u_is_between_0_and_1_and_1_of_itself(pair):
    x, y = pair
    u = theils_u(x, given=y)
    assert np.isnan(u) or 0 <= u <= 1
    of_itself = theils_u(x, given=x)
    assert of_itself == 1 or (np.isnan(of_itself) and len(set(x) - {None}) < 2)


@given(pair=pairs(), names=st.permutations(["w", "x", "y", "z"]))
@FEW
def test_what_levels_are_called_changes_nothing(pair, names):
    x, y = pair
    called = [dict(zip("abcd", names, strict=True)).get(value) for value in x]
    assert cramers_v(called, y) == same(cramers_v(x, y))
    assert theils_u(called, given=y) == same(theils_u(x, given=y))
    assert theils_u(y, given=called) == same(theils_u(y, given=x))


@given(pair=pairs(), data=st.data())
@FEW
def test_order_of_rows_changes_nothing(pair, data):
    order = data.draw(st.permutations(range(len(pair[0]))))
    x, y = ([column[row] for row in order] for column in pair)
    assert cramers_v(x, y) == same(cramers_v(*pair))
    assert theils_u(x, given=y) == same(theils_u(pair[0], given=pair[1]))
    pd.testing.assert_frame_equal(adjusted_residuals(x, y), adjusted_residuals(*pair))


@given(pair=pairs())
@FEW
def test_residuals_balance_over_each_row_and_column(pair):
    """Times their standard errors they are observed less expected: of the same margins."""
    residuals = adjusted_residuals(*pair)
    shared = pd.DataFrame(dict(zip("xy", pair, strict=True)), dtype=object).dropna()
    of_x = shared["x"].value_counts(normalize=True).reindex(residuals.index)
    of_y = shared["y"].value_counts(normalize=True).reindex(residuals.columns)
    differences = residuals * np.sqrt(np.outer(of_x * (1 - of_x), of_y * (1 - of_y)))
    np.testing.assert_allclose(differences.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(differences.sum(axis=1), 0, atol=1e-12)


@given(first=pairs(), second=pairs(), data=st.data())
@settings(max_examples=15, deadline=None)
def test_order_of_columns_only_moves_the_results(first, second, data):
    columns = dict(zip("abcd", [*first, *second], strict=True))
    rows = min(map(len, columns.values()))
    table = pd.DataFrame({name: column[:rows] for name, column in columns.items()}, dtype=object)
    order = data.draw(st.permutations(list("abcd")))
    found, expected = associate_categories(table[order]), associate_categories(table)
    for name in ["v", "v_uncorrected", "u", "n", "chi_square", "freedom", "p"]:
        moved = getattr(expected, name).loc[order, order]
        pd.testing.assert_frame_equal(getattr(found, name), moved, rtol=0, atol=1e-12)
    for name in ["v", "v_uncorrected", "n", "chi_square", "freedom", "p", "smallest_expected"]:
        frame = getattr(found, name)
        pd.testing.assert_frame_equal(frame, frame.T, rtol=0, atol=0)


@given(columns=grouped(), shift=st.integers(-(10**6), 10**6), eighths=st.integers(1, 10**4))
@FEW
def test_shift_and_scale_leave_eta_between_0_and_1(columns, shift, eighths):
    groups, values = columns
    eta = correlation_ratio(groups, values)
    assert np.isnan(eta) or 0 <= eta <= 1
    assert correlation_ratio(groups, (values + shift) * (eighths / 8)) == same(eta)
    assert correlation_ratio(groups, -values) == same(eta)


@given(columns=grouped(), data=st.data())
@FEW
def test_order_of_rows_leaves_eta_as_it_is(columns, data):
    groups, values = columns
    order = data.draw(st.permutations(range(len(groups))))
    moved = correlation_ratio([groups[row] for row in order], values[order])
    assert moved == same(correlation_ratio(groups, values))


@given(columns=grouped())
@FEW
def test_eta_is_the_r_of_the_values_with_their_groups_means(columns):
    groups, values = columns
    eta = correlation_ratio(groups, values)
    means = target_encode(groups, values, leave_one_out=False).to_numpy()
    shared = ~np.isnan(means)
    if eta > 1e-6:
        assert np.corrcoef(means[shared], values[shared])[0, 1] == pytest.approx(eta, abs=1e-12)


# On average -----------------------------------------------------------------------------------


def independent(seed, rows, columns, levels):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.integers(levels, size=(rows, columns))).astype("category")


def test_p_is_uniform_without_any_association():
    """Of 1225 pairs of independent columns a share of about q has p <= q.

    Tolerance: four standard errors, sqrt(q (1 - q) / 1225), and 0.005 more, since chi-square is an
    approximation.
    """
    p = associate_categories(independent(1, rows=1000, columns=50, levels=4)).pairs()["p"]
    for level in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9]:
        tolerance = 4 * np.sqrt(level * (1 - level) / len(p)) + 0.005
        assert np.mean(p <= level) == pytest.approx(level, abs=tolerance)


def test_v_of_independent_columns_of_ten_levels_is_about_30_without_correction_and_5_with():
    """435 pairs of 10 x 10 levels in 100 rows; the mean's standard error is below .003."""
    pairs = associate_categories(independent(2, rows=100, columns=30, levels=10)).pairs()
    assert 0.29 < pairs["v_uncorrected"].mean() < 0.31
    assert 0.03 < pairs["v"].mean() < 0.07


def test_v_of_independent_columns_of_twenty_levels_in_50_rows_is_about_61():
    pairs = associate_categories(independent(3, rows=50, columns=30, levels=20)).pairs()
    assert 0.60 < pairs["v_uncorrected"].mean() < 0.63


def test_adjusted_residuals_are_about_standard_normal_without_any_association():
    """900 cells of 100 tables of 3 x 3 levels: variance 1, and 5 % beyond 1.96.

    Cells of one table are not independent: the tolerance is five standard errors of 400 that are,
    four degrees of freedom a table.
    """
    rng = np.random.default_rng(4)
    columns = rng.integers(3, size=(100, 2, 600))
    residuals = np.array([adjusted_residuals(x, y).to_numpy() for x, y in columns])
    assert residuals.var() == pytest.approx(1, abs=5 * np.sqrt(2 / 400))
    beyond = np.mean(np.abs(residuals) > 1.96)
    assert beyond == pytest.approx(0.05, abs=5 * np.sqrt(0.05 * 0.95 / 400))
