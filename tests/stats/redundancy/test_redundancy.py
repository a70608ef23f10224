"""Variance inflation factors and pruning: references, traps, and the numbers of the course."""

import dataclasses
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from statsmodels.stats.outliers_influence import variance_inflation_factor

from datasets import load
from lib.stats import correlate, generalised_vif, prune, vif

R = json.loads((Path(__file__).parents[1] / "reference" / "highway.json").read_text())


def numbers(name):
    return load(name).select_dtypes("number")


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(40, 4)) + rng.normal(size=(40, 1))
    return pd.DataFrame(values, columns=list("dacb"))


def by_least_squares(table):
    """1 / (1 - R²) of each column regressed on a constant and the others, one after the other."""
    found = {}
    for name in table:
        others = np.column_stack([np.ones(len(table)), table.drop(columns=name)])
        y = table[name].to_numpy(dtype=float)
        left = y - others @ np.linalg.lstsq(others, y, rcond=None)[0]
        found[name] = np.sum((y - y.mean()) ** 2) / np.sum(left**2)
    return pd.Series(found, name="vif")


# References -----------------------------------------------------------------------------------


def test_highway_equals_r():
    found = vif(numbers("highway").drop(columns="rate"))
    expected = pd.Series(R["vif_predictors_numeric"])[found.index]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("name", ["highway", "mtcars", "wine", "diabetes", "breast_cancer"])
def test_equals_least_squares_column_by_column(name):
    table = numbers(name)
    # Of R² = 1 - 1e-4, as in the breast cancer data, least squares keeps four digits fewer.
    pd.testing.assert_series_equal(vif(table), by_least_squares(table), rtol=1e-9)


def test_equals_statsmodels_column_by_column():
    table = numbers("highway")
    expected = [variance_inflation_factor(table.to_numpy(), i) for i in range(len(table.columns))]
    np.testing.assert_allclose(vif(table), expected, rtol=1e-11)


@pytest.mark.parametrize(
    ("r", "factor"), [(0.0, 1.0), (0.8, 2.78), (-0.8, 2.78), (0.894, 5.0), (0.949, 10.0)]
)
def test_two_columns_have_one_over_one_minus_r_squared(r, factor):
    x = np.array([1.0, -1, 1, -1])
    z = np.array([1.0, 1, -1, -1])
    found = vif(pd.DataFrame({"x": x, "y": r * x + np.sqrt(1 - r**2) * z}))
    np.testing.assert_allclose(found, 1 / (1 - r**2), rtol=1e-12)
    assert found["x"] == pytest.approx(factor, abs=0.07)


def exact(rows):
    """1 / (1 - R²) in fractions: sums of squares before and after sweeping out the others.

    None for a constant, infinity where nothing is left.
    """
    centred = []
    for column in zip(*rows, strict=True):
        mean = Fraction(sum(column), len(column))
        centred.append([value - mean for value in column])
    found = []
    for place, column in enumerate(centred):
        swept = []
        for other in [*centred[:place], *centred[place + 1 :]]:
            rest = without(other, swept)
            if any(rest):
                swept.append(rest)
        left = without(column, swept)
        before, after = dot(column, column), dot(left, left)
        found.append(None if not before else before / after if after else float("inf"))
    return [np.nan if factor is None else float(factor) for factor in found]


def dot(x, y):
    return sum(a * b for a, b in zip(x, y, strict=True))


def without(column, swept):
    for other in swept:
        share = dot(column, other) / dot(other, other)
        column = [a - share * b for a, b in zip(column, other, strict=True)]
    return column


@given(
    rows=st.integers(2, 5).flatmap(
        lambda k: hnp.arrays(
            np.int64, st.tuples(st.integers(k + 1, 9), st.just(k)), elements=st.integers(-3, 3)
        )
    )
)
@settings(max_examples=100, deadline=None)
def test_equals_exact_fractions_with_ties_constants_and_collinear_columns(rows):
    expected = exact(rows.tolist())
    np.testing.assert_allclose(vif(pd.DataFrame(rows)), expected, rtol=1e-10)


@pytest.mark.parametrize("power", range(1, 7))
def test_near_collinearity_keeps_its_digits(power):
    """x and y differ by 1 part in 10^power; VIF is about its square, to the accuracy it has."""
    rng = np.random.default_rng(0)
    scale = 10**power
    x = rng.integers(-50, 50, size=30) * scale
    rows = np.column_stack([x, x + rng.integers(-50, 50, size=30), rng.integers(-50, 50, size=30)])
    expected = exact(rows.tolist())
    np.testing.assert_allclose(vif(pd.DataFrame(rows)), expected, rtol=1e-14 * scale)
    assert expected[0] > scale**2 / 10


# Properties -----------------------------------------------------------------------------------


@given(seed=st.integers(0, 2**32 - 1), data=st.data())
@settings(max_examples=20, deadline=None)
def test_shift_scale_and_order_change_nothing(seed, data):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.normal(size=(12, 4)) @ rng.normal(size=(4, 4)), columns=list("abcd"))
    expected = vif(table)
    assert (expected >= 1).all()
    order = data.draw(st.permutations(table.columns.tolist()))
    scale = data.draw(st.lists(st.sampled_from([-1e3, -1, 1e-5, 2]), min_size=4, max_size=4))
    np.testing.assert_allclose(vif(table * scale), expected, rtol=1e-9)
    np.testing.assert_allclose(vif(table + 100), expected, rtol=1e-9)
    np.testing.assert_allclose(vif(table[order]), expected[order], rtol=1e-9)
    rows = data.draw(st.permutations(range(12)))
    np.testing.assert_allclose(vif(table.iloc[rows]), expected, rtol=1e-9)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_another_column_never_lowers_the_factor(seed):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.normal(size=(12, 5)))
    assert (vif(table)[:4] >= vif(table[[0, 1, 2, 3]]) * (1 - 1e-12)).all()


def test_independent_columns_have_one():
    corners = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    for scale in range(1, 50):
        found = vif(pd.DataFrame(corners * scale / 7))
        assert found.tolist() == pytest.approx([1, 1, 1], abs=1e-14)
        assert (found >= 1).all()


# Traps ----------------------------------------------------------------------------------------


def test_a_column_that_the_others_determine_is_infinite_and_the_rest_is_not(table):
    for total in [table["a"] + table["b"], 3 - table["a"] / 7, table["a"] * 1e6 - table["b"]]:
        found = vif(table.assign(total=total))
        assert np.isinf(found[["a", "total"]]).all()
        expected = vif(table)
        assert found["c"] == pytest.approx(expected["c"], rel=1e-10)
        assert found["d"] == pytest.approx(expected["d"], rel=1e-10)


def test_a_copy_without_any_rounding_is_infinite():
    """Of these copies the last singular value is 0 itself, which nothing can be divided by."""
    x = [0, 1, 1, 1, 0, 1]
    found = vif(pd.DataFrame({"x": x, "copy": x, "z": [0, 1, 0, 1, 0, 0]}))
    assert found.tolist() == pytest.approx([np.inf, np.inf, 4 / 3], rel=1e-14)


def test_a_wide_table_with_a_total_has_no_other_infinite_factor():
    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.normal(size=(300, 60)))
    found = vif(table.assign(total=table[[0, 1, 2]].sum(axis=1), copy=table[3]))
    assert found.index[np.isinf(found)].tolist() == [0, 1, 2, 3, "total", "copy"]
    rest = list(range(4, 60))
    np.testing.assert_allclose(found[rest], vif(table)[rest], rtol=1e-10)


def test_all_indicators_of_a_category_determine_each_other():
    indicators = pd.get_dummies(load("highway")["htype"])
    assert np.isinf(vif(indicators)).all()


def test_values_around_1e8_keep_their_digits():
    rows = np.array([[1, 2, 4], [2, 1, 1], [3, 4, 2], [4, 3, 5], [5, 6, 3], [6, 5, 6]])
    expected = exact(rows.tolist())
    np.testing.assert_allclose(vif(pd.DataFrame(rows + 1e8)), expected, rtol=1e-13)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e160, 1e300])
def test_squares_neither_overflow_nor_vanish(table, scale):
    np.testing.assert_allclose(vif(table * scale), vif(table), rtol=1e-11)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e8 + 0.1])
def test_a_constant_column_has_no_factor_and_changes_no_other(table, value):
    found = vif(table.assign(flat=value))
    assert np.isnan(found["flat"])
    np.testing.assert_allclose(found[table.columns], vif(table), rtol=1e-14)


def test_constants_alone_have_no_factors():
    assert vif(pd.DataFrame({"a": [1, 1, 1], "b": [2, 2, 2]})).isna().all()


def test_only_complete_rows_count(table):
    gaps = table.copy()
    gaps.loc[:3, "a"] = np.nan
    gaps.loc[2:8, "b"] = np.nan
    pd.testing.assert_series_equal(vif(gaps), vif(table.loc[9:]), rtol=1e-12)


def test_the_table_is_left_as_it_was(table):
    before = table.copy()
    vif(table)
    prune(table)
    generalised_vif(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("function", [vif, generalised_vif])
def test_no_more_complete_rows_than_columns(table, function):
    with pytest.raises(ValueError, match="has 4 complete rows for 4 columns: variance inflation"):
        function(table.head(4))
    function(table.head(5))
    table.loc[1:, "c"] = np.nan
    table.loc[5:, "d"] = np.nan
    with pytest.raises(ValueError, match=r"1 complete row for .* most missing values, 'c'"):
        function(table)
    table["c"] = np.nan
    with pytest.raises(ValueError, match=r"0 complete rows for .* most missing values, 'c'"):
        function(table)


def test_what_is_no_table_of_numbers(table):
    with pytest.raises(ValueError, match="Column 'kind' is not numeric"):
        vif(table.assign(kind="x"))
    with pytest.raises(ValueError, match="only column 'a'"):
        vif(table[["a"]])


# The numbers of the course ----------------------------------------------------------------------


def test_highway_without_adt_or_itg():
    predictors = numbers("highway").drop(columns="rate")
    assert vif(predictors).idxmax() == "adt"
    without_adt = vif(predictors.drop(columns="adt"))
    assert (without_adt.idxmax(), without_adt.max()) == ("slim", pytest.approx(3.55, abs=0.005))
    assert vif(predictors.drop(columns="itg"))["adt"] == pytest.approx(3.44, abs=0.005)


def test_diabetes_hides_what_no_pair_shows():
    predictors = numbers("diabetes").drop(columns="progression")
    strongest = correlate(predictors).r.abs().where(~np.eye(10, dtype=bool)).max()
    found = vif(predictors)
    for name, r, factor in [("s3", 0.738, 15.4), ("s5", 0.618, 10.1)]:
        assert strongest[name] == pytest.approx(r, abs=0.0005)
        assert found[name] == pytest.approx(factor, abs=0.05)


def test_a_total_is_hidden_from_its_nine_parts():
    """1000 rows. 9 / .09 + 1 = 101 in theory; its standard error is about 5 %, tolerance 15 %."""
    rng = np.random.default_rng(1)
    parts = rng.normal(size=(1000, 9))
    table = pd.DataFrame(parts).assign(total=parts.sum(axis=1) + 0.3 * rng.normal(size=1000))
    assert correlate(table).pairs()["r"].abs().max() < 0.45
    assert vif(table)["total"] == pytest.approx(101, rel=0.15)


# Factors ----------------------------------------------------------------------------------------


def test_generalised_factors_equal_r():
    found = generalised_vif(load("highway").drop(columns="rate"))
    expected = pd.DataFrame(R["gvif_with_htype"]).T.loc[found.index]
    np.testing.assert_allclose(found["gvif"], expected["GVIF"], rtol=1e-11)
    np.testing.assert_allclose(found["scaled"], expected["GVIF^(1/(2*Df))"], rtol=1e-11)
    assert found["df"].tolist() == expected["Df"].tolist()
    assert found.loc["htype"].round(2).tolist() == [28.66, 3, 1.75]


def test_numbers_have_their_plain_factor():
    table = numbers("mtcars")
    found = generalised_vif(table)
    np.testing.assert_allclose(found["gvif"], vif(table), rtol=1e-12)
    np.testing.assert_allclose(found["scaled"], np.sqrt(vif(table)), rtol=1e-12)


def by_determinants(blocks):
    """det R11 det R22 / det R of each block, by numpy."""
    r = np.corrcoef(np.column_stack(blocks), rowvar=False)
    block = np.repeat(np.arange(len(blocks)), [part.shape[1] for part in blocks])
    return [
        np.linalg.det(r[np.ix_(block == i, block == i)])
        * np.linalg.det(r[np.ix_(block != i, block != i)])
        / np.linalg.det(r)
        for i in range(len(blocks))
    ]


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string[pyarrow]"])
def test_factors_of_every_kind_equal_determinants_whichever_level_is_left_out(dtype):
    table = load("salaries")[["rank", "discipline", "yrs.since.phd", "salary"]]
    for left_out in table["rank"].unique():
        rank = pd.get_dummies(table["rank"].astype(str)).drop(columns=left_out)
        discipline = (table[["discipline"]] == "A").to_numpy()
        plain = [table[[name]].to_numpy() for name in ["yrs.since.phd", "salary"]]
        expected = by_determinants([rank.to_numpy(), discipline, *plain])
        typed = table.assign(rank=table["rank"].astype(dtype))
        found = generalised_vif(typed)
        np.testing.assert_allclose(found["gvif"], expected, rtol=1e-12)
        assert found["df"].tolist() == [2, 1, 1, 1]


@pytest.mark.parametrize("unused", ["FAI", "MC"])
def test_missing_levels_and_levels_not_in_use_leave_no_trace(unused):
    """FAI is the first level, which would otherwise be the one left out."""
    table = load("highway")[["adt", "slim", "htype"]]
    complete = table[table["htype"] != unused]
    gaps = table.assign(htype=table["htype"].where(table["htype"] != unused))
    expected = generalised_vif(complete.assign(htype=complete["htype"].astype(str)))
    for same in [gaps, complete]:
        pd.testing.assert_frame_equal(generalised_vif(same), expected, rtol=1e-12)


def test_a_factor_of_which_the_others_determine_a_level_is_infinite(table):
    kind = np.resize(["x", "y", "z"], len(table))
    found = generalised_vif(table.assign(kind=kind, is_x=kind == "x"))
    assert np.isinf(found.loc[["kind", "is_x"], ["gvif", "scaled"]]).all(axis=None)
    expected = generalised_vif(table.assign(kind=kind))
    assert found.loc["a", "gvif"] == pytest.approx(expected.loc["a", "gvif"], rel=1e-10)


def test_constants_have_no_generalised_factor(table):
    found = generalised_vif(table.assign(flat=1, one="x"))
    assert found.loc[["flat", "one"], ["gvif", "scaled"]].isna().all(axis=None)
    assert found.loc[["flat", "one"], "df"].tolist() == [0, 0]
    np.testing.assert_allclose(found.loc[table.columns, "gvif"], vif(table), rtol=1e-12)


def test_what_is_neither_number_nor_factor(table):
    with pytest.raises(ValueError, match="Column 'notes' is neither numbers nor text"):
        generalised_vif(table.assign(notes=[["a"]] * len(table)))
    with pytest.raises(ValueError, match="The table has no columns"):
        generalised_vif(table[[]])


# Pruning ----------------------------------------------------------------------------------------


def greedily(table, threshold, order):
    """The plain loop: keep a column unless a kept one is too close."""
    kept = []
    for name in order:
        if all(abs(table[name].corr(table[other])) <= threshold for other in kept):
            kept.append(name)
    return kept


@pytest.mark.parametrize("threshold", [0.5, 0.8, 0.95])
def test_equals_the_plain_loop_in_any_order(threshold):
    table = numbers("breast_cancer")
    names = table.columns.tolist()
    for order in [names, names[::-1], sorted(names)]:
        found = prune(table, threshold, priority=order)
        kept = greedily(table, threshold, order)
        assert found.kept == [name for name in names if name in kept]
        assert found.dropped["column"].tolist() == [name for name in order if name not in kept]


def test_breast_cancer_keeps_other_columns_backwards():
    table = numbers("breast_cancer")
    forwards, backwards = prune(table), prune(table, priority=table.columns[::-1].tolist())
    assert (len(forwards.kept), len(backwards.kept)) == (14, 15)
    assert len(set(forwards.kept) & set(backwards.kept)) == 8
    assert vif(table[forwards.kept]).max() == pytest.approx(12.3, abs=0.05)


def test_dropped_columns_name_their_strongest_rival():
    table = numbers("breast_cancer")
    found = prune(table, 0.6)
    r = table.corr()
    for place, row in enumerate(found.dropped.itertuples()):
        by_then = [
            name
            for name in table.columns[: table.columns.get_loc(row.column)]
            if name not in found.dropped["column"].tolist()[:place]
        ]
        strengths = r.loc[row.column, by_then].abs()
        assert row.because_of == strengths.idxmax()
        assert row.r == pytest.approx(r.loc[row.column, row.because_of], abs=1e-12)
        assert abs(row.r) > 0.6
    assert len(found.dropped) + len(found.kept) == 30


def test_nothing_to_drop(table):
    found = prune(table, 1)
    assert found.kept == table.columns.tolist()
    assert found.dropped.columns.tolist() == ["column", "because_of", "r"]
    assert found.dropped.empty
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.kept = []


def test_an_r_at_the_threshold_is_kept():
    x = np.array([1.0, -1, 1, -1])
    z = np.array([1.0, 1, -1, -1])
    table = pd.DataFrame({"x": x, "y": 3 * x + 4 * z})  # r is 3 / 5
    r = correlate(table).r.loc["x", "y"]
    assert prune(table, r).kept == ["x", "y"]
    assert prune(table, r - 1e-12).kept == ["x"]


def test_priority_goes_first_and_the_others_follow():
    table = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 3, 5], "c": [2, 4, 6, 7]})
    assert prune(table).kept == ["a"]
    found = prune(table, priority=["c"])
    assert found.kept == ["c"]
    assert found.dropped["column"].tolist() == ["a", "b"]


def test_pairs_without_r_are_no_reason(table):
    flat = table.assign(flat=1.0, empty=np.nan)
    assert prune(flat, 0).kept == ["d", "flat", "empty"]


@given(seed=st.integers(0, 2**32 - 1), threshold=st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_of_the_kept_none_is_too_close_and_every_dropped_one_is(seed, threshold):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.normal(size=(8, 6)))
    found = prune(table, threshold)
    r = correlate(table).r.abs()
    kept = r.loc[found.kept, found.kept].to_numpy()
    assert (kept[np.triu_indices(len(kept), 1)] <= threshold).all()
    assert (r.loc[found.dropped["column"], found.kept].max(axis=1) > threshold).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": -0.1}, "threshold is -0.1: choose a size of r, from 0 to 1"),
        ({"threshold": 1.5}, r"threshold is 1.5"),
        ({"threshold": np.nan}, "threshold is nan"),
        ({"priority": ["a", "x"]}, "Not among the columns: 'x'. Correct priority or leave"),
        ({"priority": ["a", "b", "a"]}, "A column is in priority twice: name each at most once"),
    ],
)
def test_refusals_of_prune(table, options, message):
    with pytest.raises(ValueError, match=message):
        prune(table, **options)
