"""What correlate returns, and the traps in which correlations go wrong."""

import dataclasses
from math import factorial

import numpy as np
import pandas as pd
import pytest

from lib.stats import correlate

METHODS = pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
FRAMES = ["r", "n", "p", "p_adjusted", "low", "high"]


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(30, 4)) + rng.normal(size=(30, 1))
    return pd.DataFrame(values, columns=["d", "a", "c", "b"])


# What comes back ----------------------------------------------------------------------------


@METHODS
def test_frames_are_aligned_with_the_columns_of_the_table(table, method):
    found = correlate(table, method)
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(table.columns)
        assert frame.columns.equals(table.columns)


@METHODS
def test_diagonal_holds_one_the_count_and_nothing_else(table, method):
    table.loc[:4, "a"] = np.nan
    found = correlate(table, method)
    assert np.diagonal(found.r).tolist() == [1, 1, 1, 1]
    assert np.diagonal(found.n).tolist() == [30, 25, 30, 30]
    for name in ["p", "p_adjusted", "low", "high"]:
        assert np.isnan(np.diagonal(getattr(found, name))).all()


def test_result_is_frozen_and_remembers_what_was_asked(table):
    found = correlate(table, "kendall", confidence=0.9, adjust="bh")
    assert (found.method, found.confidence, found.adjust) == ("kendall", 0.9, "bh")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.r = found.p


def test_counts_are_whole_numbers(table):
    assert (correlate(table).n.dtypes == np.int64).all()


def test_the_table_is_left_as_it_was(table):
    before = table.copy()
    correlate(table, "spearman")
    pd.testing.assert_frame_equal(table, before)


def test_pairs_lists_every_pair_once_by_falling_strength(table):
    found = correlate(table)
    pairs = found.pairs()
    assert pairs.columns.tolist() == ["x", "y", "r", "n", "p", "p_adjusted", "low", "high"]
    assert pairs.index.tolist() == list(range(6))
    assert pairs["r"].abs().is_monotonic_decreasing
    place = table.columns.get_loc
    assert all(place(row.x) < place(row.y) for row in pairs.itertuples())
    for row in pairs.itertuples():
        for name in FRAMES:
            assert getattr(row, name) == getattr(found, name).loc[row.x, row.y]


def test_pairs_without_r_come_last_and_equal_ones_keep_the_order_of_the_table():
    table = pd.DataFrame({"flat": [1, 1, 1, 1], "x": [1, 2, 3, 4], "y": [4, 3, 2, 1]})
    pairs = correlate(table.assign(z=table["x"])).pairs()
    assert list(zip(pairs["x"], pairs["y"], strict=True)) == [
        ("x", "y"),
        ("x", "z"),
        ("y", "z"),
        ("flat", "x"),
        ("flat", "y"),
        ("flat", "z"),
    ]


def test_adjusting_counts_each_pair_once_and_undefined_pairs_not_at_all(table):
    found = correlate(table.assign(flat=1.0), adjust="bonferroni").pairs()
    expected = np.minimum(found["p"] * 6, 1)
    pd.testing.assert_series_equal(found["p_adjusted"], expected, check_names=False)
    assert found["p_adjusted"].isna().sum() == 4


def test_adjusting_for_nothing_gives_p(table):
    found = correlate(table, adjust="none")
    pd.testing.assert_frame_equal(found.p_adjusted, found.p)


def test_wider_confidence_gives_wider_intervals(table):
    wide, narrow = (correlate(table, confidence=share).pairs() for share in (0.99, 0.8))
    assert (wide["low"] < narrow["low"]).all()
    assert (wide["high"] > narrow["high"]).all()


@pytest.mark.parametrize(
    "names",
    [[1, 2], [("a", 1), ("a", 2)], [None, "a"], ["![](http://x)", "=1+1"]],
    ids=["numbers", "tuples", "none", "hostile"],
)
def test_any_unique_column_names_will_do(names):
    table = pd.DataFrame([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0]])
    table.columns = pd.Index(names)
    found = correlate(table)
    assert found.r.columns.equals(table.columns)
    assert len(found.pairs()) == 1


# What counts as a number --------------------------------------------------------------------


@METHODS
def test_booleans_are_zero_and_one(method):
    lit, cars = [True, False, True, True], [3.0, 1.0, 2.0, 5.0]
    found = correlate(pd.DataFrame({"lit": lit, "cars": cars}), method)
    as_numbers = correlate(pd.DataFrame({"lit": [1, 0, 1, 1], "cars": cars}), method)
    pd.testing.assert_frame_equal(found.r, as_numbers.r)


@METHODS
@pytest.mark.parametrize(
    ("whole", "decimal", "truth"),
    [
        ("Int64", "Float64", "boolean"),
        ("int64[pyarrow]", "double[pyarrow]", "bool[pyarrow]"),
        ("UInt8", "Float32", "boolean"),
    ],
)
def test_nullable_and_arrow_columns_equal_plain_ones(method, whole, decimal, truth):
    plain = pd.DataFrame(
        {
            "whole": [1, 2, np.nan, 4, 7, 5],
            "decimal": [0.5, np.nan, 2.5, 1.5, 4.0, 3.0],
            "truth": [1, 0, 1, 0, np.nan, 1],
        }
    )
    typed = pd.DataFrame(
        {
            "whole": pd.array([1, 2, None, 4, 7, 5], dtype=whole),
            "decimal": pd.array([0.5, None, 2.5, 1.5, 4.0, 3.0], dtype=decimal),
            "truth": pd.array([True, False, True, False, None, True], dtype=truth),
        }
    )
    found, expected = correlate(typed, method), correlate(plain, method)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


def test_identifiers_of_nineteen_digits_keep_their_differences():
    steps = np.array([1, 2, 4, 7, 11, 16])
    target = np.array([2.0, 1.0, 5.0, 3.0, 8.0, 6.0])
    found = correlate(pd.DataFrame({"id": 1_700_000_000_000_000_000 + steps, "target": target}))
    assert found.r.loc["id", "target"] == pytest.approx(np.corrcoef(steps, target)[0, 1], abs=1e-12)


@METHODS
def test_integers_of_every_width_and_both_signs(method):
    extremes = np.array([np.iinfo(np.int64).min, -1, 0, 5, np.iinfo(np.int64).max])
    small = np.array([-128, 127, 0, 5, -3], dtype=np.int8)
    found = correlate(pd.DataFrame({"extremes": extremes, "small": small}), method)
    expected = correlate(
        pd.DataFrame({"extremes": extremes / 2.0**63, "small": small * 1.0}), method
    )
    pd.testing.assert_frame_equal(found.r, expected.r)


# Traps --------------------------------------------------------------------------------------


@METHODS
@pytest.mark.parametrize("value", [0.0, 1.0, 0.1, 1 / 3, 1e8 + 0.1, -1e300])
@pytest.mark.parametrize("missing", [False, True])
def test_constant_column_is_nan_not_one(table, method, value, missing):
    table["flat"], table["as_flat"] = value, value
    if missing:
        table.loc[3, ["a", "flat"]] = np.nan
    found = correlate(table, method)
    for name in ["r", "p", "p_adjusted", "low", "high"]:
        frame = getattr(found, name)
        assert frame[["flat", "as_flat"]].isna().all(axis=None)
        assert frame.loc[["flat", "as_flat"]].isna().all(axis=None)
    assert found.n.loc["as_flat", "d"] == 30
    assert found.r.loc["a", "b"] == pytest.approx(table["a"].corr(table["b"], method), abs=1e-12)


@METHODS
@pytest.mark.parametrize("late", [2.0, 1e20, np.nan])
def test_column_that_varies_late_is_not_constant(method, late):
    flat = np.ones(200)
    flat[150] = late
    y = np.random.default_rng(3).normal(size=200)
    r = correlate(pd.DataFrame({"x": flat, "y": y}), method).r.loc["x", "y"]
    assert np.isnan(r) == np.isnan(late)


@METHODS
def test_column_that_varies_by_rounding_only_is_constant(table, method):
    table["rounding"] = np.where(table["a"] > 0, 0.3, 0.1 + 0.2)
    assert correlate(table, method).r["rounding"].isna().all()


@METHODS
@pytest.mark.parametrize("value", [0.1, 1e8 + 0.1])
def test_column_constant_within_the_shared_rows_is_nan(table, method, value):
    table.loc[:14, "a"] = value
    table.loc[15:, "b"] = np.nan
    found = correlate(table, method)
    assert np.isnan(found.r.loc["a", "b"])
    assert np.isnan(found.p.loc["a", "b"])
    assert found.r.loc["a", "a"] == 1


@METHODS
def test_rounding_within_the_shared_rows_is_constant_even_at_the_column_mean(method):
    # The column's mean is 0.3: centring leaves nothing of the shared rows but their last bits.
    x = np.array([0.3, 0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 5.3, -4.7])
    y = np.array([1.0, 2.0, 1.0, 1.5, 2.0, np.nan, np.nan])
    assert np.isnan(correlate(pd.DataFrame({"x": x, "y": y}), method).r.loc["x", "y"])


@METHODS
def test_all_missing_column_is_nan_with_no_rows(table, method):
    found = correlate(table.assign(empty=np.nan), method)
    assert found.r["empty"].isna().all()
    assert found.p["empty"].isna().all()
    assert (found.n["empty"] == 0).all()


def test_values_around_1e8_keep_their_digits():
    x = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    y = np.array([2.0, 1.0, 4.0, 3.0, 6.0, 5.0])
    expected = 29 / 35  # sums of products 14.5 and of squares 17.5, by hand
    complete = pd.DataFrame({"x": x + 1e8, "y": y + 1e8})
    longer = pd.concat([complete, pd.DataFrame({"x": [1e8, np.nan], "y": [np.nan, 3e8]})])
    for table in [complete, longer]:
        assert correlate(table).r.loc["x", "y"] == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e160, 1e300])
@pytest.mark.parametrize("missing", [False, True])
def test_squares_neither_overflow_nor_vanish(table, scale, missing):
    if missing:
        table.loc[3, "a"] = np.nan
    expected = correlate(table).r
    np.testing.assert_allclose(correlate(table * scale).r, expected, rtol=0, atol=1e-12)


@METHODS
@pytest.mark.parametrize("missing", [False, True])
def test_r_never_exceeds_one(method, missing):
    rng = np.random.default_rng(1)
    x = rng.normal(size=50)
    copies = pd.DataFrame({f"x{i}": x * factor for i, factor in enumerate(rng.normal(size=20))})
    if missing:
        copies = copies.mask(rng.random(copies.shape) < 0.1)
    r = correlate(copies, method).r.abs().to_numpy()
    assert r.max() == r.min() == 1


@METHODS
def test_two_shared_rows_give_no_p(method):
    table = pd.DataFrame({"x": [1.0, 2.0, 3.0, np.nan], "y": [5.0, 7.0, np.nan, 1.0]})
    found = correlate(table, method, min_n=2)
    assert found.r.loc["x", "y"] == 1
    assert found.n.loc["x", "y"] == 2
    for name in ["p", "p_adjusted", "low", "high"]:
        assert np.isnan(getattr(found, name).loc["x", "y"])
    assert np.isnan(correlate(table, method).r.loc["x", "y"])


@METHODS
def test_complete_rows_on_request(table, method):
    table.loc[:4, "a"] = np.nan
    table.loc[3:9, "b"] = np.nan
    found = correlate(table, method, missing="complete")
    assert (found.n == 20).all(axis=None)
    expected = table.loc[10:, "c"].corr(table.loc[10:, "d"], method)
    assert found.r.loc["c", "d"] == pytest.approx(expected, abs=1e-12)
    assert correlate(table, method).n.loc["c", "d"] == 30


@METHODS
def test_pairs_below_min_n_are_nan_and_keep_their_n(table, method):
    table.loc[:11, "a"] = np.nan
    table.loc[12:21, "b"] = np.nan
    found = correlate(table, method, min_n=10)
    assert found.n.loc["a", "b"] == 8
    assert np.isnan(found.r.loc["a", "b"])
    assert np.isnan(found.p.loc["a", "b"])
    assert not np.isnan(found.r.loc["a", "c"])
    column_too_short = correlate(table, method, min_n=20)
    assert np.isnan(column_too_short.r.loc["a", "a"])
    assert column_too_short.r.loc["b", "b"] == 1


@METHODS
@pytest.mark.parametrize("rows", [1, 2])
def test_tables_of_one_or_two_rows_have_no_correlations(method, rows):
    found = correlate(pd.DataFrame({"x": [1.0, 2.0], "y": [2.0, 1.0]}).head(rows), method)
    assert found.r.isna().all(axis=None)
    assert (found.n == rows).all(axis=None)


def test_spearman_n5_perfect_order_is_exact():
    table = pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [1, 4, 9, 16, 25]})
    for y in [table["y"], -table["y"]]:
        found = correlate(table.assign(y=y), "spearman")
        assert found.p.loc["x", "y"] == pytest.approx(2 / 120, abs=1e-15)


def test_spearman_exact_p_counts_orders_of_tied_ranks():
    # y takes 3 distinct orders, of which two put the odd one at an end.
    found = correlate(pd.DataFrame({"x": [1, 2, 3], "y": [0, 0, 1]}), "spearman")
    assert found.p.loc["x", "y"] == pytest.approx(2 / 3, abs=1e-15)


def test_kendall_exact_p_counts_orders_of_tied_ranks():
    # y takes 3 distinct orders: 2 concordant pairs more than discordant ones, as many, 2 fewer.
    found = correlate(pd.DataFrame({"x": [1, 2, 3], "y": [0, 0, 1]}), "kendall")
    assert found.p.loc["x", "y"] == pytest.approx(2 / 3, abs=1e-15)


@pytest.mark.parametrize("n", [10, 12, 30])
def test_spearman_perfect_order_of_many_rows_is_not_impossible(n):
    """t says p = 0. Of n! orders one is perfect, and one is its reverse."""
    x = np.arange(n)
    for y in [x**3, -x]:
        p = correlate(pd.DataFrame({"x": x, "y": y}), "spearman").p.loc["x", "y"]
        assert p == pytest.approx(2 / factorial(n), rel=1e-12)


@pytest.mark.parametrize(("ones", "orders"), [(5, 252 / 2), (3, 120), (1, 10)])
def test_spearman_perfect_agreement_of_tied_ranks_is_exact(ones, orders):
    """Ten rows, zeros and ones: as many orders as ways to choose where the ones stand.

    Five ones turned round are five ones again, and as far from 0; three are seven.
    """
    x = np.repeat([0, 1], [10 - ones, ones])
    for y in [x, 1 - x]:
        p = correlate(pd.DataFrame({"x": x, "y": y}), "spearman").p.loc["x", "y"]
        assert p == pytest.approx(1 / orders, rel=1e-12)


def test_spearman_nearly_perfect_order_is_not_rarer_than_a_perfect_one():
    """At n = 12, t would give 2e-12 for one exchange of neighbours, and 2 / 12! is 4e-9."""
    x = np.arange(12)
    y = x.copy()
    y[[0, 1]] = [1, 0]
    assert correlate(pd.DataFrame({"x": x, "y": y}), "spearman").p.loc["x", "y"] >= 2 / factorial(
        12
    )


@METHODS
def test_perfect_correlation_has_no_interval(method):
    """Fisher's z is infinite there, and an interval of one point would be sure of too much."""
    x = np.arange(8.0)
    found = correlate(pd.DataFrame({"x": x, "up": 2 * x, "down": -x}), method)
    for other, r in [("up", 1), ("down", -1)]:
        assert found.r.loc["x", other] == r
        assert np.isnan([found.low.loc["x", other], found.high.loc["x", other]]).all()
    assert found.pairs()[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(("method", "least"), [("pearson", 4), ("spearman", 4), ("kendall", 5)])
def test_intervals_need_four_rows_and_kendall_five(table, method, least):
    assert correlate(table.head(least - 1), method).low.isna().all(axis=None)
    assert correlate(table.head(least), method).low.loc["a", "d"] >= -1


# Positive semidefinite ----------------------------------------------------------------------


@METHODS
def test_complete_tables_are_positive_semidefinite(table, method):
    assert correlate(table, method).is_positive_semidefinite


@METHODS
def test_a_redundant_column_is_still_positive_semidefinite(table, method):
    wide = pd.concat([table.add_suffix(str(copy)) for copy in range(10)], axis=1)
    assert correlate(wide, method).is_positive_semidefinite


@METHODS
def test_pairwise_matrix_may_not_be_positive_semidefinite(method):
    # Three groups of rows, each with one variable missing: x and y agree, y and z agree, x and z
    # are opposites. No complete table can do that.
    up, down, none = [1, 2, 3, 4], [4, 3, 2, 1], [np.nan] * 4
    table = pd.DataFrame({"x": up + none + up, "y": up + up + none, "z": none + up + down})
    found = correlate(table, method)
    assert found.pairs()["r"].abs().tolist() == pytest.approx([1, 1, 1])
    assert not found.is_positive_semidefinite


@METHODS
def test_complete_rows_alone_are_positive_semidefinite(table, method):
    gaps = np.random.default_rng(2).random(table.shape) < 0.4
    assert correlate(table.mask(gaps), method, missing="complete").is_positive_semidefinite


def test_columns_without_r_are_left_out_of_the_semidefinite_check(table):
    assert correlate(table.assign(flat=1, empty=np.nan)).is_positive_semidefinite


def test_a_pair_without_r_is_not_positive_semidefinite(table):
    table.loc[:14, "a"] = np.nan
    table.loc[15:, "b"] = np.nan
    assert not correlate(table).is_positive_semidefinite
