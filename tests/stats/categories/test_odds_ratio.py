"""stratified_odds_ratio against statsmodels, R and arithmetic."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable

from lib.stats import stratified_odds_ratio

RATIOS = ["crude", "pooled", "low", "high", "p", "homogeneity_p"]


def rows(*tables):
    """x, y and stratum of each row of 2 x 2 tables [[a, b], [c, d]]."""
    cells = [
        (x, y, stratum)
        for stratum, table in enumerate(tables)
        for x, counts in zip("ab", table, strict=True)
        for y, count in zip(["hit", "miss"], counts, strict=True)
        for _ in range(count)
    ]
    return (list(column) for column in zip(*cells, strict=True))


def compared(*tables, **options):
    return stratified_odds_ratio(*rows(*tables), **options)


def random_tables(seed, strata=5, low=1, high=40):
    return np.random.default_rng(seed).integers(low, high, size=(strata, 2, 2)).tolist()


# References ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("strata", [2, 5, 30])
def test_equals_statsmodels(seed, strata):
    tables = random_tables(seed, strata)
    expected = StratifiedTable([np.array(table) for table in tables])
    found = compared(*tables)
    low, high = expected.oddsratio_pooled_confint()
    assert found.pooled == pytest.approx(expected.oddsratio_pooled, abs=1e-12)
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)
    assert found.p == pytest.approx(expected.test_null_odds().pvalue, abs=1e-10)
    homogeneity = expected.test_equal_odds(adjust=True).pvalue
    assert found.homogeneity_p == pytest.approx(homogeneity, abs=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_each_stratum_equals_scipy(seed):
    tables = random_tables(seed, high=12)
    strata = compared(*tables).strata
    assert strata.index.tolist() == [0, 1, 2, 3, 4]
    for (_, row), table in zip(strata.iterrows(), tables, strict=True):
        (a, b), (c, d) = table
        assert row["n"] == a + b + c + d
        assert row["odds_ratio"] == pytest.approx(a * d / (b * c), rel=1e-12)
        x, y, _ = rows(table)
        r = np.corrcoef(np.array(x) == "a", np.array(y) == "hit")[0, 1]
        assert row["phi"] == pytest.approx(r, abs=1e-12)
        expected = stats.chi2_contingency(table, correction=False).pvalue
        assert row["p"] == pytest.approx(expected, abs=1e-10)


def test_crude_ignores_strata():
    (a, b), (c, d) = np.sum(random_tables(0), axis=0)
    assert compared(*random_tables(0)).crude == pytest.approx(a * d / (b * c), rel=1e-12)


def test_p_keeps_its_digits_where_it_is_tiny():
    """One stratum of n = 2000: Mantel-Haenszel's chi² is (n - 1) phi², here 0.64 x 1999."""
    found = compared([[900, 100], [100, 900]])
    assert found.p == pytest.approx(stats.chi2.sf(1999 * 0.64, 1), rel=1e-10)
    assert 0 < found.p < 1e-200


# Homogeneity --------------------------------------------------------------------------------


def test_ratios_that_cancel_out_are_not_homogeneous():
    """Twice and half: pooled 1 exactly, where statsmodels' test divides by zero."""
    found = compared([[20, 10], [10, 10]], [[10, 20], [10, 10]])
    assert found.pooled == pytest.approx(1, abs=1e-15)
    # At a ratio of 1 the expected counts and their variances are those of independence.
    deviations = np.array([20 - 30 * 30 / 50, 10 - 20 * 30 / 50])
    variances = np.array([1 / (1 / 18 + 2 / 12 + 1 / 8)] * 2)
    expected = stats.chi2.sf((deviations**2 / variances).sum(), 1)
    assert found.homogeneity_p == pytest.approx(expected, abs=1e-10)


def test_the_same_ratio_everywhere_is_homogeneous():
    found = compared([[10, 20], [30, 15]], [[100, 200], [300, 150]])
    assert found.pooled == pytest.approx(0.25, abs=1e-15)
    assert found.homogeneity_p == pytest.approx(1, abs=1e-6)


def test_a_single_stratum_has_no_homogeneity():
    found = compared([[10, 20], [30, 15]])
    assert found.pooled == found.crude == pytest.approx(0.25)
    assert np.isnan(found.homogeneity_p)
    assert found.p < 0.01


# On average ---------------------------------------------------------------------------------


def test_p_and_intervals_are_as_good_as_their_word_where_strata_confound():
    """200 tables of 3 strata with an odds ratio of 1 within, and x and y both tied to the stratum.

    Tolerance: four standard errors of a share of 5 %, 4 sqrt(.05 x .95 / 200) = .062.
    """
    rng = np.random.default_rng(5)
    share = np.array([0.2, 0.5, 0.8])
    found = []
    for _ in range(200):
        strata = rng.integers(3, size=300)
        x, y = rng.random(size=(2, 300)) < share[strata]
        found.append(stratified_odds_ratio(x, y, strata))
    assert np.mean([one.crude > 1.5 for one in found]) > 0.9
    for rejected in (
        [one.p < 0.05 for one in found],
        [not one.low < 1 < one.high for one in found],
        [one.homogeneity_p < 0.05 for one in found],
    ):
        assert np.mean(rejected) == pytest.approx(0.05, abs=0.062)


# Which cell is the reference ----------------------------------------------------------------


def test_levels_are_compared_in_sorted_order():
    found = stratified_odds_ratio(
        ["men", "women", "men", "women", "men"],
        [True, False, False, True, True],
        ["A"] * 5,
    )
    assert found.x_levels == ("men", "women")
    assert found.y_levels == (False, True)
    assert found.comparison == "odds of False against True, for men relative to women"
    assert found.crude == pytest.approx((1 / 2) / (1 / 1))


def test_a_categorical_says_its_own_order():
    outcome = pd.Categorical(["yes", "no", "no", "yes", "yes"], categories=["yes", "maybe", "no"])
    found = stratified_odds_ratio(["men", "women", "men", "women", "men"], outcome, ["A"] * 5)
    assert found.y_levels == ("yes", "no")
    assert found.crude == pytest.approx((2 / 1) / (1 / 1))


def test_strata_carry_the_name_and_order_of_their_column():
    department = pd.Series(pd.Categorical(list("BACAB") * 4, categories=list("CBA")), name="dept")
    rng = np.random.default_rng(0)
    found = stratified_odds_ratio(rng.integers(2, size=20), rng.integers(2, size=20), department)
    assert found.strata.index.tolist() == ["C", "B", "A"]
    assert found.strata.index.name == "dept"
    assert found.strata.columns.tolist() == ["odds_ratio", "phi", "p", "n"]
    assert found.strata["n"].dtype == np.int64


@given(
    tables=st.lists(st.lists(st.integers(1, 30), min_size=4, max_size=4), min_size=2, max_size=4)
)
@settings(max_examples=20, deadline=None)
def test_turning_x_or_y_round_inverts_the_ratios_and_keeps_the_tests(tables):
    tables = [[table[:2], table[2:]] for table in tables]
    x, y, strata = rows(*tables)
    found = stratified_odds_ratio(x, y, strata)
    for turned in (
        stratified_odds_ratio([{"a": "z"}.get(level, level) for level in x], y, strata),
        stratified_odds_ratio(x, [{"hit": "zero"}.get(level, level) for level in y], strata),
    ):
        assert turned.crude == pytest.approx(1 / found.crude, rel=1e-12)
        assert turned.pooled == pytest.approx(1 / found.pooled, rel=1e-12)
        assert turned.low == pytest.approx(1 / found.high, rel=1e-12)
        assert turned.high == pytest.approx(1 / found.low, rel=1e-12)
        assert turned.p == pytest.approx(found.p, abs=1e-10)
        assert turned.homogeneity_p == pytest.approx(found.homogeneity_p, abs=1e-7)
        np.testing.assert_allclose(turned.strata["phi"], -found.strata["phi"], atol=1e-12)


# Tables with gaps ---------------------------------------------------------------------------


@pytest.mark.parametrize("one_sided", [[[3, 4], [0, 0]], [[3, 0], [5, 0]], [[0, 1], [0, 0]]])
def test_a_stratum_in_which_x_or_y_does_not_vary_compares_nothing(one_sided):
    tables = random_tables(0)
    found, expected = compared(*tables, one_sided), compared(*tables)
    for name in ["pooled", "low", "high", "p", "homogeneity_p"]:
        assert getattr(found, name) == getattr(expected, name)
    assert found.n == expected.n + np.sum(one_sided)
    assert found.crude != expected.crude
    assert found.strata.loc[5, ["odds_ratio", "phi", "p"]].isna().all()
    assert found.strata.loc[5, "n"] == np.sum(one_sided)


def test_no_stratum_compares_anything():
    found = compared([[3, 4], [0, 0]], [[0, 0], [2, 5]])
    assert found.crude == pytest.approx(3 * 5 / (4 * 2))
    for name in ["pooled", "low", "high", "p", "homogeneity_p"]:
        assert np.isnan(getattr(found, name))


def test_an_empty_cell_gives_a_ratio_of_0_or_infinity():
    found = compared([[5, 0], [3, 4]], [[2, 6], [0, 7]])
    assert found.strata["odds_ratio"].tolist() == [np.inf, np.inf]
    assert found.pooled == np.inf
    assert found.crude == pytest.approx(7 * 11 / (6 * 3))
    assert np.isnan([found.low, found.high, found.homogeneity_p]).all()
    assert 0 < found.p < 0.05
    turned = compared([[0, 5], [4, 3]], [[6, 2], [7, 0]])
    assert turned.pooled == 0
    assert turned.p == pytest.approx(found.p, abs=1e-12)
    assert np.isnan([turned.low, turned.high, turned.homogeneity_p]).all()


def test_rows_with_a_missing_value_are_left_out():
    x, y, strata = rows(*random_tables(0))
    expected = stratified_odds_ratio(x, y, strata)
    found = stratified_odds_ratio(
        [*x, None, "b", "a", "c"], [*y, "hit", None, "miss", None], [*strata, 0, 1, np.nan, 2]
    )
    for name in [*RATIOS, "n"]:
        assert getattr(found, name) == getattr(expected, name)


def test_result_is_frozen_and_remembers_its_confidence():
    found = compared(*random_tables(0), confidence=0.9)
    wide = compared(*random_tables(0))
    assert found.confidence == 0.9
    assert wide.low < found.low < found.pooled < found.high < wide.high
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.p = 0


# Refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (
            list("abcabd"),
            r"the complete rows have 4 \('a', 'b', 'c', \.\.\.\): keep the rows of two",
        ),
        (list("abcabc"), r"the complete rows have 3 \('a', 'b', 'c'\): keep"),
        (list("aaaaaa"), r"the complete rows have 1 \('a'\): keep"),
        ([None] * 6, "the complete rows have none: keep"),
    ],
)
def test_columns_without_two_levels_are_refused(x, message):
    y, strata = list("001101"), list("AABBBB")
    with pytest.raises(ValueError, match=f"compares two levels of x, and {message}"):
        stratified_odds_ratio(x, y, strata)
    if x[0]:  # otherwise no row is complete, and the first of the two is named
        with pytest.raises(ValueError, match=f"compares two levels of y, and {message}"):
            stratified_odds_ratio(y, x, strata)


def test_lists_are_no_strata():
    with pytest.raises(ValueError, match="Column 'strata' has values such as lists"):
        stratified_odds_ratio([0, 1], [1, 0], [[1], [2]])


@pytest.mark.parametrize("confidence", [0, 1, 95, np.nan])
def test_confidence_is_a_share(confidence):
    with pytest.raises(ValueError, match="choose a share between 0 and 1"):
        compared(*random_tables(0), confidence=confidence)


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match=r"x has 2, y has 2, strata has 1\): pass the same rows"):
        stratified_odds_ratio([0, 1], [1, 0], [1])
