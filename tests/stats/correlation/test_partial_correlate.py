"""partial_correlate against R, regression residuals and the t test of regression."""

import dataclasses
import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lib.stats import correlate, partial_correlate

ROOT = Path(__file__).parents[3]
R = json.loads((Path(__file__).parents[1] / "reference" / "highway.json").read_text())
FRAMES = ["r", "n", "p", "p_adjusted", "low", "high"]


@pytest.fixture(scope="module")
def highway():
    return pd.read_csv(ROOT / "datasets" / "highway.csv")[list(R["pearson"])]


def related(seed, rows=40, columns="abcde"):
    rng = np.random.default_rng(seed)
    mix = rng.normal(size=(len(columns), len(columns)))
    return pd.DataFrame(rng.normal(size=(rows, len(columns))) @ mix, columns=list(columns))


def residuals(table, name, others):
    design = np.column_stack([np.ones(len(table)), table[others] - table[others].mean()])
    y = table[name] - table[name].mean()
    return y - design @ np.linalg.lstsq(design, y, rcond=None)[0]


# References ---------------------------------------------------------------------------------


def test_equals_r_on_the_highway_data(highway):
    found = partial_correlate(highway).r
    reference = pd.DataFrame(R["full_partial"]).loc[found.index, found.columns]
    np.testing.assert_allclose(found, reference, rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        found["rate"], pd.Series(R["partial_with_rate"])[found.index], rtol=0, atol=1e-12
    )


def test_highway_numbers_of_the_course(highway):
    found = partial_correlate(highway)
    with_rate = found.r["rate"].round(3)
    assert with_rate[["acpt", "len", "slim"]].tolist() == [0.475, -0.329, -0.176]
    significant = found.p["rate"].index[found.p["rate"] < 0.05]
    assert significant.tolist() == ["acpt"]


@pytest.mark.parametrize("seed", range(4))
def test_equals_the_correlation_of_residuals_in_a_plain_loop(seed):
    table = related(seed)
    table = table.mask(np.random.default_rng(seed).random(table.shape) < 0.05)
    found = partial_correlate(table)
    complete = table.dropna()
    for x, y in itertools.combinations(table.columns, 2):
        others = [name for name in table.columns if name not in (x, y)]
        expected = np.corrcoef(residuals(complete, x, others), residuals(complete, y, others))
        assert found.r.loc[x, y] == found.r.loc[y, x] == pytest.approx(expected[0, 1], abs=1e-12)
        assert found.n.loc[x, y] == len(complete)


@pytest.mark.parametrize("rows", [7, 40])
def test_p_equals_that_of_the_regression_coefficient(rows):
    table = related(9, rows)
    found = partial_correlate(table)
    for x, y in itertools.permutations(table.columns, 2):
        model = sm.OLS(table[y], sm.add_constant(table.drop(columns=y))).fit()
        assert found.p.loc[x, y] == pytest.approx(model.pvalues[x], abs=1e-10)


def test_interval_equals_fisher_s_with_the_columns_accounted_for_taken_from_n():
    found = partial_correlate(related(3), confidence=0.9).pairs()
    reach = stats.norm.ppf(0.95) / np.sqrt(40 - 3 - 3)
    np.testing.assert_allclose(found["low"], np.tanh(np.arctanh(found["r"]) - reach), atol=1e-12)
    np.testing.assert_allclose(found["high"], np.tanh(np.arctanh(found["r"]) + reach), atol=1e-12)


def test_three_columns_equal_the_textbook_formula():
    table = related(4, columns="xyz")
    r = table.corr()
    xy, xz, yz = r.loc["x", "y"], r.loc["x", "z"], r.loc["y", "z"]
    expected = (xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2))
    assert partial_correlate(table).r.loc["x", "y"] == pytest.approx(expected, abs=1e-12)


def test_two_columns_have_nothing_to_account_for():
    table = related(5, columns="xy")
    found, plain = partial_correlate(table), correlate(table)
    for name in FRAMES:
        np.testing.assert_allclose(getattr(found, name), getattr(plain, name), atol=1e-12)


# What comes back ------------------------------------------------------------------------------


def test_frames_are_aligned_and_the_diagonal_is_that_of_correlate():
    table = related(6)
    found = partial_correlate(table, adjust="bh", confidence=0.8)
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(table.columns)
        assert frame.columns.equals(table.columns)
    assert np.diagonal(found.r).tolist() == [1] * 5
    assert np.isnan(np.diagonal(found.p)).all()
    assert (found.method, found.adjust, found.confidence) == ("partial", "bh", 0.8)
    assert (found.n.dtypes == np.int64).all()
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.r = found.p


def test_p_is_adjusted_for_the_number_of_pairs():
    pairs = partial_correlate(related(7), adjust="bonferroni").pairs()
    np.testing.assert_allclose(pairs["p_adjusted"], np.minimum(10 * pairs["p"], 1))


# Traps --------------------------------------------------------------------------------------


def test_constant_column_is_nan_and_explains_nothing():
    table = related(8)
    found, without = partial_correlate(table.assign(flat=1 / 3)), partial_correlate(table)
    for name in ["r", "p", "p_adjusted", "low", "high"]:
        frame = getattr(found, name)
        assert frame["flat"].isna().all()
        assert frame.loc["flat"].isna().all()
        np.testing.assert_allclose(
            frame.loc[table.columns, table.columns], getattr(without, name), atol=1e-12
        )


@pytest.mark.parametrize("value", [0.0, 7.0])
def test_a_table_with_one_column_that_varies_has_no_correlations(value):
    table = pd.DataFrame({"x": [1.0, 2.0, 4.0], "flat": value, "as_flat": value})
    r = partial_correlate(table).r
    assert r.loc["x", "x"] == 1
    assert r.isna().to_numpy().sum() == 8


def test_column_constant_within_the_complete_rows_is_nan():
    table = related(8).assign(flag=[1.0] * 35 + [0.0] * 5)
    table.loc[35:, "a"] = np.nan
    assert partial_correlate(table).r["flag"].isna().all()


@pytest.mark.parametrize("offset", [0, 1e8, -1e8])
def test_values_around_1e8_keep_their_digits(offset):
    steps = pd.DataFrame(
        np.random.default_rng(9).integers(-9, 9, size=(30, 4)), columns=list("abcd")
    )
    found = partial_correlate(steps + offset)
    np.testing.assert_allclose(found.r, partial_correlate(steps).r, rtol=0, atol=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_squares_neither_overflow_nor_vanish(scale):
    table = related(10)
    found = partial_correlate(table * scale)
    np.testing.assert_allclose(found.r, partial_correlate(table).r, rtol=0, atol=1e-12)


@pytest.mark.parametrize("offset", [0, 1e4, 1e8, 1e12])
def test_a_total_beside_its_parts_is_refused_by_name(offset):
    table = related(11) + offset
    table["total"] = table["a"] + table["c"]
    with pytest.raises(
        ValueError, match=r"^Columns 'a', 'c', 'total' are collinear: .*one of them"
    ):
        partial_correlate(table)


def test_a_copy_in_other_units_is_refused_by_name():
    table = related(12).assign(feet=lambda frame: 3.28 * frame["b"] - 40)
    with pytest.raises(ValueError, match=r"^Columns 'b', 'feet' are collinear"):
        partial_correlate(table)


def test_nearly_collinear_columns_are_computed_with_the_digits_that_they_have():
    rng = np.random.default_rng(13)
    table = related(13, columns="ab")
    table["near"] = table["a"] + 1e-4 * rng.normal(size=40)
    found = partial_correlate(table).r
    for x, y, other in [("a", "b", "near"), ("a", "near", "b"), ("b", "near", "a")]:
        expected = np.corrcoef(residuals(table, x, [other]), residuals(table, y, [other]))[0, 1]
        assert found.loc[x, y] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("rows", [2, 5])
def test_no_more_rows_than_columns_are_refused(rows):
    with pytest.raises(ValueError, match=rf"^The table has {rows} complete rows for 5 columns"):
        partial_correlate(related(14, rows))


def test_too_few_complete_rows_name_the_emptiest_column():
    table = related(15)
    table.loc[:37, "c"] = np.nan
    table.loc[:3, "a"] = np.nan
    with pytest.raises(ValueError, match=r"has 2 complete rows for 5 columns.*missing values, 'c'"):
        partial_correlate(table)


def test_no_complete_row_at_all():
    table = pd.DataFrame({"x": [1, np.nan, 3.0], "y": [np.nan, 2.0, np.nan]})
    with pytest.raises(ValueError, match="has 0 complete rows for 2 columns"):
        partial_correlate(table)


def test_one_row_more_than_columns_has_p_but_no_interval():
    found = partial_correlate(related(16, rows=6)).pairs()
    assert found["p"].notna().all()
    assert found[["low", "high"]].isna().all(axis=None)


def test_columns_that_are_not_numeric_are_named():
    with pytest.raises(ValueError, match="Column 'town' is not numeric"):
        partial_correlate(related(17).assign(town="x"))


@pytest.mark.parametrize("confidence", [0, 1, np.nan])
def test_confidence_outside_zero_to_one(confidence):
    with pytest.raises(ValueError, match=r"confidence is .*: choose a share between 0 and 1"):
        partial_correlate(related(18), confidence=confidence)


# Properties ---------------------------------------------------------------------------------

SEEDS = st.integers(0, 10**6)


@given(seed=SEEDS, shift=st.integers(-1000, 1000), eighths=st.integers(1, 1000))
@settings(max_examples=15, deadline=None)
def test_shift_and_positive_scale_of_a_column_change_nothing(seed, shift, eighths):
    table = related(seed)
    moved = table.assign(b=(table["b"] + shift) * (eighths / 8))
    found, expected = partial_correlate(moved), partial_correlate(table)
    np.testing.assert_allclose(found.r, expected.r, rtol=0, atol=1e-9)


@given(seed=SEEDS, data=st.data())
@settings(max_examples=15, deadline=None)
def test_order_of_rows_and_columns_only_moves_the_results(seed, data):
    table = related(seed)
    rows = data.draw(st.permutations(range(len(table))))
    columns = data.draw(st.permutations(table.columns.tolist()))
    found, expected = partial_correlate(table.iloc[rows][columns]), partial_correlate(table)
    np.testing.assert_allclose(found.r, expected.r.loc[columns, columns], rtol=0, atol=1e-9)


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_symmetric_and_within_bounds(seed):
    found = partial_correlate(related(seed, rows=9))
    for name in FRAMES:
        frame = getattr(found, name)
        pd.testing.assert_frame_equal(frame, frame.T, check_exact=True)
    assert (found.r.abs() <= 1).all(axis=None)
    assert not (found.p_adjusted < found.p).any(axis=None)


def test_p_is_uniform_where_pairs_are_independent_given_the_others():
    """400 samples of 15 rows, x and y driven by z and w alone; four standard errors."""
    rng = np.random.default_rng(19)
    p = []
    for _ in range(400):
        z, w, x, y = rng.normal(size=(4, 15))
        table = pd.DataFrame({"z": z, "w": w, "x": x + z - w, "y": y + z + 2 * w})
        p.append(partial_correlate(table, adjust="none").p.loc["x", "y"])
    for level in [0.01, 0.05, 0.25, 0.5, 0.9]:
        tolerance = 4 * np.sqrt(level * (1 - level) / 400)
        assert np.mean(np.array(p) <= level) == pytest.approx(level, abs=tolerance)
