"""Correlations within, between and per group: published values, plain loops, and the traps."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats

from datasets import load
from lib.stats import (
    correlate,
    correlate_between,
    correlate_per_group,
    correlate_within,
    correlation_ratio,
)

PLACES = pytest.mark.parametrize(
    "function", [correlate_within, correlate_between, correlate_per_group]
)

# Eight people, measured four to nine times each: acidity and carbon dioxide (Bland and Altman
# 1995, British Medical Journal 310, 446, table I, as pingouin's data set "rm_corr" has it).
PERSON = np.repeat([1, 2, 3, 4, 5, 6, 7, 8], [4, 4, 9, 5, 8, 6, 3, 8])
PH = [6.68, 6.53, 6.43, 6.33, 6.85, 7.06, 7.13, 7.17, 7.4, 7.42, 7.41, 7.37, 7.34, 7.35, 7.28]
PH += [7.3, 7.34, 7.36, 7.33, 7.29, 7.3, 7.35, 7.35, 7.3, 7.3, 7.37, 7.27, 7.28, 7.32, 7.32]
PH += [7.38, 7.3, 7.29, 7.33, 7.31, 7.33, 6.86, 6.94, 6.92]
PH += [7.19, 7.29, 7.21, 7.25, 7.2, 7.19, 6.77, 6.82]
CO2 = [3.97, 4.12, 4.09, 3.97, 5.27, 5.37, 5.41, 5.44, 5.67, 3.64, 4.32, 4.73, 4.96, 5.04, 5.22]
CO2 += [4.82, 5.07, 5.67, 5.1, 5.53, 4.75, 5.51, 4.28, 4.44, 4.32, 3.23, 4.46, 4.72, 4.75, 4.99]
CO2 += [4.78, 4.73, 5.12, 4.93, 5.03, 4.93, 6.85, 6.44, 6.52]
CO2 += [5.28, 4.56, 4.34, 4.32, 4.41, 3.69, 6.09, 5.58]


@pytest.fixture
def people():
    return pd.DataFrame({"person": PERSON, "ph": PH, "co2": CO2})


def related(seed, rows, columns="abcd", groups=5):
    """Columns that share something within groups, and something else between them."""
    rng = np.random.default_rng(seed)
    group = rng.integers(groups, size=rows)
    values = rng.normal(size=(rows, len(columns))) + rng.normal(size=(rows, 1))
    values += 2 * rng.normal(size=(groups, len(columns)))[group]
    return pd.DataFrame(values, columns=list(columns)).assign(group=group)


def with_gaps(table, share, seed=0):
    gaps = np.random.default_rng(seed).random(table.shape) < share
    return table.mask(gaps & (table.columns != "group"))


# Within groups: references ------------------------------------------------------------------


def test_repeated_measures_correlation_as_published(people):
    """pingouin 0.7's documented example: r -0.50677, dof 38, p 0.000847, 95 % [-0.71, -0.23]."""
    found = correlate_within(people, "person").pairs().iloc[0]
    assert (found["n"], found["groups"], found["freedom"]) == (47, 8, 38)
    assert found["r"] == pytest.approx(-0.50677, abs=5e-6)
    assert found["p"] == pytest.approx(0.000847, abs=5e-7)
    assert (round(found["low"], 2), round(found["high"], 2)) == (-0.71, -0.23)


def test_between_people_equals_scipy_of_their_means(people):
    means = people.groupby("person").mean()
    expected = stats.pearsonr(means["ph"], means["co2"])
    found = correlate_between(people, "person").pairs().iloc[0]
    assert found["n"] == 8
    assert found["r"] == pytest.approx(expected.statistic, abs=1e-12)
    assert found["p"] == pytest.approx(expected.pvalue, abs=1e-12)


@pytest.mark.parametrize("share", [0.0, 0.15])
def test_within_equals_the_analysis_of_covariance(share):
    """rmcorr by its definition: the slope's share of the squares that groups leave."""
    table = with_gaps(related(1, 60), share)
    found = correlate_within(table, "group")
    for x, y in [("a", "b"), ("c", "a"), ("d", "b")]:
        fit = smf.ols(f"{y} ~ C(group) + {x}", data=table.dropna(subset=[x, y])).fit()
        t = fit.tvalues[x]
        r = np.sign(t) * np.sqrt(t**2 / (t**2 + fit.df_resid))
        assert found.r.loc[x, y] == pytest.approx(r, abs=1e-12)
        assert found.freedom.loc[x, y] == fit.df_resid
        assert found.p.loc[x, y] == pytest.approx(fit.pvalues[x], rel=1e-9)


@pytest.mark.parametrize("missing", ["pairwise", "complete"])
@pytest.mark.parametrize("seed", range(3))
def test_within_equals_a_plain_loop(seed, missing):
    table = with_gaps(related(seed, 50, groups=12), 0.25, seed)
    found = correlate_within(table, "group", missing=missing)
    used = table.dropna() if missing == "complete" else table
    for x in "abcd":
        for y in "abcd".replace(x, ""):
            shared = used[[x, y, "group"]].dropna()
            deviations = shared[[x, y]] - shared.groupby("group")[[x, y]].transform("mean")
            freedom = len(shared) - shared["group"].nunique() - 1
            r = deviations[x].corr(deviations[y])
            z = np.arctanh(r) + np.array([-1, 1]) * stats.norm.ppf(0.975) / np.sqrt(freedom - 1)
            assert found.n.loc[x, y] == len(shared)
            assert found.freedom.loc[x, y] == freedom
            assert found.r.loc[x, y] == pytest.approx(r, abs=1e-12)
            t = r * np.sqrt(freedom / (1 - r**2))
            assert found.p.loc[x, y] == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-9)
            ends = [found.low.loc[x, y], found.high.loc[x, y]]
            np.testing.assert_allclose(ends, np.tanh(z), rtol=0, atol=1e-12)


def test_within_one_group_is_the_plain_correlation_and_its_p():
    table = load("highway").select_dtypes("number")
    found, plain = correlate_within(table, np.zeros(len(table))), correlate(table)
    for name in ["r", "n", "p", "p_adjusted", "low", "high"]:
        pd.testing.assert_frame_equal(
            getattr(found, name), getattr(plain, name), check_dtype=False, atol=1e-12
        )


def test_all_rows_mix_what_is_within_and_between_in_known_shares():
    """Robinson 1950: r = eta_x eta_y r_between + the rest of both times r_within.

    r_between is of the means weighted by the rows of their groups.
    """
    table = related(2, 80)
    x, y, group = table["a"], table["b"], table["group"]
    eta = [correlation_ratio(group, column) for column in (x, y)]
    means = table.groupby("group").transform("mean")
    between = means["a"].corr(means["b"])
    within = correlate_within(table, "group").r.loc["a", "b"]
    rest = np.sqrt((1 - eta[0] ** 2) * (1 - eta[1] ** 2))
    assert x.corr(y) == pytest.approx(eta[0] * eta[1] * between + rest * within, abs=1e-12)


# Reversals ----------------------------------------------------------------------------------


def test_simpson_s_reversal():
    """Rising in each of three groups, falling over all: r = +1 within, -1 between."""
    table = pd.DataFrame(
        {
            "group": list("aaabbbccc"),
            "x": [1, 2, 3, 3, 4, 5, 5, 6, 7],
            "y": [11, 12, 13, 6, 7, 8, 1, 2, 3],
        }
    )
    assert correlate(table[["x", "y"]]).r.loc["x", "y"] < -0.7
    assert correlate_within(table, "group").r.loc["x", "y"] == 1
    assert correlate_between(table, "group").r.loc["x", "y"] == -1
    assert correlate_per_group(table, "group").pairs()["r"].tolist() == [1, 1, 1]


def test_iris_sepals_reverse_between_species():
    """Length and width of sepals: R's cor gives -0.1175698 over all; within species they rise."""
    from sklearn.datasets import load_iris

    data = load_iris(as_frame=True)
    sepals = data.data.iloc[:, :2]
    assert round(correlate(sepals).r.iloc[0, 1], 7) == -0.1175698
    residuals = sepals - sepals.groupby(data.target).transform("mean")
    found = correlate_within(sepals, data.target)
    assert found.r.iloc[0, 1] == pytest.approx(residuals.corr().iloc[0, 1], abs=1e-12)
    assert found.r.iloc[0, 1] > 0.4
    assert found.freedom.iloc[0, 1] == 146
    assert correlate_between(sepals, data.target).r.iloc[0, 1] < -0.5


# Between and per group ----------------------------------------------------------------------


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
def test_between_is_the_correlation_of_the_means(method):
    table = with_gaps(related(3, 90, groups=9), 0.2)
    found = correlate_between(table, "group", method)
    expected = correlate(table.groupby("group").mean(), method)
    for name in ["r", "n", "p", "low", "high"]:
        pd.testing.assert_frame_equal(
            getattr(found, name), getattr(expected, name), atol=1e-12, obj=name
        )


def test_a_large_group_counts_once_between():
    table = related(4, 40)
    repeated = pd.concat([table, *[table[table["group"] == 0]] * 9])
    pd.testing.assert_frame_equal(
        correlate_between(repeated.reset_index(drop=True), "group").r,
        correlate_between(table, "group").r,
        atol=1e-12,
    )


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
def test_per_group_is_correlate_in_each(method):
    table = with_gaps(related(5, 80), 0.1).assign(group=lambda t: t["group"].map("g{}".format))
    found = correlate_per_group(table, "group", method)
    assert found.groups == ["g0", "g1", "g2", "g3", "g4"]
    for group, rows in table.groupby("group"):
        expected = correlate(rows.drop(columns="group"), method)
        for name in ["r", "n", "p", "low", "high"]:
            pd.testing.assert_frame_equal(getattr(found, name).loc[group], getattr(expected, name))


def test_per_group_adjusts_for_all_pairs_of_all_groups():
    table = related(6, 60, groups=3)
    pairs = correlate_per_group(table, "group", adjust="bonferroni").pairs()
    assert len(pairs) == 3 * 6
    expected = np.minimum(pairs["p"] * 18, 1)
    np.testing.assert_allclose(pairs["p_adjusted"], expected, rtol=1e-12)
    assert pairs.columns.tolist() == [
        *["group", "x", "y", "r", "n", "p", "p_adjusted", "low", "high"]
    ]
    assert pairs["r"].abs().is_monotonic_decreasing
    one = pairs.iloc[0]
    rows = table[table["group"] == one["group"]]
    assert one["r"] == pytest.approx(rows[one["x"]].corr(rows[one["y"]]), abs=1e-12)


# How groups are named -----------------------------------------------------------------------


@PLACES
def test_a_name_and_a_sequence_say_the_same(function):
    table = related(7, 40)
    numbers = table.drop(columns="group")
    expected = function(table, "group").pairs()
    for groups in [table["group"], table["group"].tolist(), table["group"].to_numpy()]:
        pd.testing.assert_frame_equal(function(numbers, groups).pairs(), expected)


@PLACES
def test_rows_without_a_group_are_left_out(function):
    table = related(8, 40).astype({"group": object})
    table.loc[::4, "group"] = None
    expected = function(table.dropna(), "group").pairs()
    pd.testing.assert_frame_equal(function(table, "group").pairs(), expected)


def test_levels_that_no_row_has_are_no_groups():
    table = related(9, 40, groups=3)
    levels = pd.CategoricalDtype([2, 1, 0, 9])
    found = correlate_per_group(table.astype({"group": levels}), "group")
    assert found.groups == [2, 1, 0]
    within = correlate_within(table.astype({"group": levels}), "group")
    assert (within.groups.to_numpy() == 3).all()


@PLACES
@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ("sex", "no column 'sex' to take the groups from: choose from 'a', 'b'"),
        ([1, 2, 1], "groups has 3, table has 40"),
        (pd.Series(1, index=range(1, 41)), "different row labels"),
        ([None] * 40, "No row has a group"),
        ([[1]] * 40, "lists, which cannot be levels"),
    ],
)
def test_what_is_no_grouping_is_refused(function, groups, message):
    table = related(10, 40, "ab").drop(columns="group")
    with pytest.raises(ValueError, match=message):
        function(table, groups)


@PLACES
def test_what_is_no_table_of_numbers_is_refused(function):
    table = related(11, 40).assign(word="x", other="y")
    with pytest.raises(ValueError, match="'word', 'other' are not numeric"):
        function(table, "group")
    with pytest.raises(ValueError, match="only column 'a'"):
        function(table[["a", "group"]], "group")
    twice = table[["a", "b", "group", "group"]]
    with pytest.raises(ValueError, match="Column 'group' is there more than once"):
        function(twice, "group")


def test_a_tuple_may_be_a_column_s_name():
    table = related(12, 40)
    named = table.set_axis([("n", name) for name in table.columns], axis=1)
    found = correlate_within(named, ("n", "group"))
    np.testing.assert_array_equal(found.r, correlate_within(table, "group").r)


# Traps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_offsets_and_huge_group_means_cost_no_digits(gaps):
    rng = np.random.default_rng(13)
    group = np.repeat(range(6), 8)
    steps = pd.DataFrame(rng.integers(-50, 50, size=(48, 3)) * 1.0, columns=list("xyz"))
    steps = steps.mask(rng.random(steps.shape) < gaps)
    expected = correlate_within(steps, group).r
    found = correlate_within(steps.add(1e8 * group, axis=0), group).r
    pd.testing.assert_frame_equal(found, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("gaps", [False, True])
def test_a_column_that_only_differs_between_groups_has_no_r_within(gaps):
    """0.1 + 0.2 is not 0.3: what is left of a constant is rounding, not variation."""
    table = related(14, 30, "ab", groups=3)
    table["flat"] = table["group"].map({0: 0.1, 1: 1e8, 2: -3.3})
    table.loc[table.index[table["group"] == 0][0], "flat"] = 0.1 + 1e-17
    if gaps:
        table.loc[3, "flat"] = table.loc[5, "a"] = np.nan
    found = correlate_within(table, "group")
    assert found.r["flat"].isna().all()
    assert found.p["flat"].isna().all()
    assert found.r.loc["a", "a"] == 1


def test_a_column_that_is_constant_in_the_shared_rows_of_each_group_has_no_r():
    table = pd.DataFrame(
        {
            "group": list("aaaabbbb"),
            "x": [0.1, 0.1, 0.1, 7, 0.3, 0.3, 0.3, 9],
            "y": [1, 2, 5, None, 3, 1, 2, None],
            "z": [1, 2, 4, 3, 5, 1, 2, 8],
        }
    )
    found = correlate_within(table, "group")
    assert np.isnan(found.r.loc["x", "y"])
    assert found.r.loc["x", "z"] == pytest.approx(
        correlate_within(table[["x", "z", "group"]], "group").r.loc["x", "z"], abs=1e-12
    )


def test_a_line_within_groups_has_r_of_1_and_no_interval():
    table = pd.DataFrame({"x": [1, 2, 3, 1, 2, 3], "y": [5, 6, 7, 0, 1, 2]})
    found = correlate_within(table, list("aaabbb")).pairs().iloc[0]
    assert (found["r"], found["p"]) == (1, 0)
    assert found[["low", "high"]].isna().all()


def test_groups_of_one_row_leave_nothing():
    table = related(15, 12, "ab").drop(columns="group")
    found = correlate_within(table, range(12))
    assert found.r.isna().all(axis=None)
    assert found.p.isna().all(axis=None)
    # One pair of rows: any two columns have r of +-1 in it, which says nothing.
    found = correlate_within(table, [0, 0, *range(1, 11)])
    assert found.r.isna().all(axis=None)
    # Three rows in one group: one degree of freedom, p but no interval.
    found = correlate_within(table, [0, 0, 0, *range(1, 10)]).pairs().iloc[0]
    expected = stats.pearsonr(table["a"][:3], table["b"][:3])
    assert found["r"] == pytest.approx(expected.statistic, abs=1e-12)
    assert found["p"] == pytest.approx(expected.pvalue, abs=1e-12)
    assert np.isnan(found["low"])


def test_two_groups_have_no_correlation_between_them():
    found = correlate_between(related(16, 30, groups=2), "group")
    assert np.isnan(found.r.loc["a", "b"])
    assert found.n.loc["a", "b"] == 2


def test_a_group_too_small_for_r_is_nan_and_named():
    table = pd.DataFrame({"x": [1, 2, 3, 9], "y": [1, 3, 2, 9], "g": list("aaab")})
    pairs = correlate_per_group(table, "g").pairs()
    assert pairs["group"].tolist() == ["a", "b"]
    assert pairs["r"].isna().tolist() == [False, True]
    assert pairs["n"].tolist() == [3, 1]
