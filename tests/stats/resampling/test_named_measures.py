"""bootstrap and permutation_test of any measure: the same draws, one by one, by its function."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lib.stats import (
    bootstrap,
    correlate,
    correlation_ratio,
    cramers_v,
    distance_correlate,
    mutual_information,
    permutation_test,
    theils_u,
)
from lib.stats.resampling import PairMeasure, numbers_alone, register_measures
from lib.stats.resampling.draws import orders, resampled_rows


def by_table(function):
    return lambda x, y: function(pd.DataFrame({"x": x, "y": y})).value.loc["x", "y"]


ONE_BY_ONE = {
    "kendall": lambda x, y: stats.kendalltau(x, y).statistic,
    "distance correlation": by_table(distance_correlate),
    "mutual information": by_table(mutual_information),
    "cramers_v": cramers_v,
    "theils_u": lambda x, y: theils_u(x, given=y),
    "correlation ratio": correlation_ratio,
}
OF_NUMBERS = ["kendall", "distance correlation"]
OF_LEVELS = ["cramers_v", "theils_u", "mutual information"]


def numbers(seed=0, rows=24):
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=(2, rows))
    return pd.DataFrame({"a": x, "b": x + z, "c": np.round(x**2 + z)})


def levels(seed=0, rows=30):
    rng = np.random.default_rng(seed)
    first = rng.integers(3, size=rows)
    second = np.where(rng.random(rows) < 0.5, first, rng.integers(3, size=rows))
    words = np.array(["red", "green", "blue"], dtype=object)
    return pd.DataFrame(
        {
            "a": words[first],
            "b": pd.Categorical(words[second], categories=[*words, "unseen"]),
            "c": rng.random(rows) < 0.4,
        }
    )


def mixed(seed=0, rows=30):
    table = levels(seed, rows)
    rng = np.random.default_rng(seed + 100)
    return table[["a"]].assign(
        n=rng.normal(size=rows) + (table["a"] == "red"), flag=rng.random(rows) < 0.5
    )


def with_gaps(table, seed=1, share=0.1):
    return table.mask(np.random.default_rng(seed).random(table.shape) < share)


TABLES = [(method, numbers) for method in OF_NUMBERS] + [(method, levels) for method in OF_LEVELS]


# Rows drawn again ---------------------------------------------------------------------------


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize(("method", "make"), TABLES)
def test_intervals_equal_a_plain_loop_over_the_same_draws(method, make, gaps):
    table = with_gaps(make()) if gaps else make()
    if make is levels:
        table = table.astype({"c": "boolean"})
    found = bootstrap(table, method=method, resamples=12, confidence=0.8, seed=3)
    drawn = np.vstack(list(resampled_rows(len(table), 12, 3)))
    for i, j in itertools.permutations("abc", 2):
        both = table[[i, j]]
        n = len(both.dropna())
        parts = [both.iloc[rows].dropna() for rows in drawn]
        values = np.array([ONE_BY_ONE[method](part[i], part[j]) for part in parts])
        values = values[~np.isnan(values)]
        tail = stats.norm.cdf(-np.sqrt(n / (n - 1)) * stats.t.isf(0.1, n - 1))
        shared = both.dropna()
        expected = ONE_BY_ONE[method](shared[i], shared[j])
        assert found.value.loc[i, j] == pytest.approx(expected, abs=1e-9)
        assert found.n.loc[i, j] == n
        assert found.resamples.loc[i, j] == len(values)
        ends = np.quantile(values, [tail, 1 - tail], method="weibull")
        np.testing.assert_allclose(
            [found.low.loc[i, j], found.high.loc[i, j]], ends, rtol=0, atol=1e-9
        )
        assert found.error.loc[i, j] == pytest.approx(np.std(values, ddof=1), abs=1e-9)


def test_correlation_ratio_takes_what_is_a_group_beside_a_number():
    table = mixed()
    found = bootstrap(table, method="correlation ratio", resamples=40, seed=3)
    drawn = np.vstack(list(resampled_rows(30, 40, 3)))
    for group, value in [("a", "n"), ("a", "flag"), ("flag", "n")]:
        expected = [
            correlation_ratio(table[group].iloc[rows], table[value].iloc[rows]) for rows in drawn
        ]
        for frame in (found.error, found.error.T):
            assert frame.loc[group, value] == pytest.approx(np.std(expected, ddof=1), abs=1e-9)
        assert found.value.loc[value, group] == pytest.approx(
            correlation_ratio(table[group], table[value]), abs=1e-12
        )
    two_words = table.assign(b=table["a"])
    assert np.isnan(bootstrap(two_words, method="correlation ratio").value.loc["a", "b"])


def test_frames_of_a_measure_without_a_sign():
    found = bootstrap(levels(), method="cramers_v", resamples=50)
    assert np.isnan(np.diagonal(found.low)).all()
    for name in ["value", "n", "low", "high", "error", "resamples"]:
        frame = getattr(found, name)
        pd.testing.assert_frame_equal(frame, frame.T)
        assert frame.columns.tolist() == ["a", "b", "c"]
    pairs = found.pairs()
    assert pairs.columns.tolist() == [
        *["x", "y", "value", "n", "low", "high", "error", "resamples"]
    ]
    assert len(pairs) == 3
    tau = bootstrap(numbers(), method="kendall", resamples=9)
    assert tau.pairs().columns[2] == "r"
    pd.testing.assert_frame_equal(tau.r, correlate(numbers(), "kendall").r)


def test_theil_s_u_has_two_rows_a_pair():
    table = levels()
    pairs = bootstrap(table, method="theils_u", resamples=20).pairs()
    assert len(pairs) == 6
    assert pairs["value"].is_monotonic_decreasing
    for row in pairs.to_dict("records"):
        expected = theils_u(table[row["x"]], given=table[row["y"]])
        assert row["value"] == pytest.approx(expected, abs=1e-12)


# Orders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "table", "x", "y"),
    [
        *[(method, numbers(2), "a", "c") for method in [*OF_NUMBERS, "mutual information"]],
        *[(method, levels(2), "a", "b") for method in OF_LEVELS],
        ("correlation ratio", mixed(2), "a", "n"),
        ("correlation ratio", mixed(2), "flag", "n"),
    ],
)
def test_p_equals_a_plain_loop_over_the_same_orders(method, table, x, y):
    table = table[[x, y]].astype({x: "boolean"} if x == "flag" else {})
    table.loc[3, x] = None
    found = permutation_test(table[x], table[y], method=method, permutations=30, seed=4)
    shared = table.dropna().reset_index(drop=True)
    if x == "flag":
        shared["flag"] = shared["flag"].astype(bool)
    measure = ONE_BY_ONE[method]
    seen = measure(shared[x], shared[y])
    null = np.array(
        [
            measure(shared[x], shared[y].iloc[order].reset_index(drop=True))
            for order in np.vstack(list(orders(len(shared), 30, 4)))
        ]
    )
    assert found.n == len(shared)
    assert found.value == pytest.approx(seen, abs=1e-9)
    np.testing.assert_allclose(found.null, null, rtol=0, atol=1e-9)
    assert found.p == (1 + np.sum(np.abs(null) >= abs(seen) - 1e-9)) / 31


def test_all_orders_of_few_rows():
    """Of the 24 orders, those that put equal beside equal: 2 * 2 for each of two labellings."""
    found = permutation_test(list("aabb"), list("ccdd"), method="cramers_v")
    assert found.exact
    assert found.p == 8 / 24
    by_rank = permutation_test([1, 2, 3, 4], [1, 3, 2, 4], method="kendall")
    assert by_rank.p == pytest.approx(stats.kendalltau([1, 2, 3, 4], [1, 3, 2, 4]).pvalue)


def test_theil_s_u_is_of_x_given_y():
    animal, legs = ["cat", "dog", "hen", "duck"], [4, 4, 2, 2]
    assert permutation_test(legs, animal, method="theils_u").value == 1
    assert permutation_test(animal, legs, method="theils_u").value == 0.5


def test_a_measure_that_others_register_is_drawn_like_any(monkeypatch):
    """The mean distance of x and y, which has an interval and an exact test by its name."""
    monkeypatch.setattr("lib.stats.resampling.measures._MEASURES", {})
    distance = PairMeasure(
        numbers_alone(lambda x, y: np.abs(x - y).mean(axis=1)), takes="numbers in one unit"
    )
    register_measures({"distance": distance})
    table = pd.DataFrame({"x": [1.0, 2, 4, 8], "y": [1.0, 3, 3, 9]})
    found = bootstrap(table, method="distance", resamples=30, seed=1)
    drawn = np.vstack(list(resampled_rows(4, 30, 1)))
    expected = np.abs(table["x"] - table["y"]).to_numpy()[drawn].mean(axis=1)
    assert found.value.loc["x", "y"] == 0.75
    assert found.error.loc["y", "x"] == pytest.approx(expected.std(ddof=1), abs=1e-12)
    # The order seen is the nearest of all: every one is at least as far from 0.
    assert permutation_test(table["x"], table["y"], method="distance").p == 1


# Traps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", OF_NUMBERS)
def test_offsets_of_1e8_cost_no_digits(method):
    table = numbers(5).round(2) * 100
    found, expected = (
        bootstrap(moved, method=method, resamples=60) for moved in (table + 1e8, table)
    )
    for name in ["value", "low", "high", "error"]:
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-9)


def test_correlation_ratio_of_values_near_1e8_and_of_huge_ones():
    table = mixed(6).assign(n=np.random.default_rng(6).integers(-99, 99, size=30) * 1.0)
    expected = bootstrap(table, method="correlation ratio", resamples=60)
    for moved in (table["n"] + 1e8, table["n"] * 2.0**1000):
        found = bootstrap(table.assign(n=moved), method="correlation ratio", resamples=60)
        for name in ["value", "low", "high", "error"]:
            np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-9)


@pytest.mark.parametrize(("method", "make"), [*TABLES, ("correlation ratio", mixed)])
def test_a_constant_column_is_nan_and_refused_by_name(method, make):
    table = make()
    last = table.columns[-1]
    table[last] = {"n": 0.1}.get(last, table[last].iloc[0])
    found = bootstrap(table, method=method, resamples=20)
    if method != "theils_u":  # which a constant column explains nothing of: 0, not undefined
        assert found.low[last].isna().all()
        assert (found.resamples[last] == 0).all()
    assert found.low.loc[last].isna().all()
    with pytest.raises(ValueError, match="x is constant in the rows shared"):
        permutation_test(table[last], table[table.columns[0]], method=method)


def test_identifiers_have_no_corrected_v_in_any_resample():
    table = pd.DataFrame({"id": [f"r{i}" for i in range(12)], "word": list("abcabcabcabc")})
    found = bootstrap(table, method="cramers_v", resamples=50)
    assert found.value.loc["id", "word"] == 0


def test_all_missing_columns_and_pairs_of_two_rows_are_nan():
    table = numbers(7)
    table["none"] = np.nan
    table.loc[2:, "few"] = np.nan
    table.loc[:1, "few"] = [1.0, 2.0]
    found = bootstrap(table, method="kendall", resamples=20)
    for name in ["none", "few"]:
        assert found.low[name].isna().all()
        assert (found.resamples[name] == 0).all()


@pytest.mark.parametrize(
    ("method", "table", "message"),
    [
        (
            "kendall",
            numbers().assign(c="x", b="y"),
            "Columns 'b', 'c' are not numeric: convert with",
        ),
        (
            "distance correlation",
            mixed(),
            "'a' is not for distance correlation here, which takes num",
        ),
        ("correlation ratio", levels()[["a", "b"]], "'a', 'b' are not for correlation ratio"),
        ("mutual information", mixed(), "Column 'n' is numeric, and mutual information cannot"),
        ("cramers_v", numbers().assign(a=[1, "a"] * 12), "'a' is neither numbers nor text"),
        ("phi", levels(), "Unknown method 'phi': choose from pearson, spearman, kendall, "),
    ],
)
def test_what_a_measure_does_not_take_is_refused(method, table, message):
    with pytest.raises(ValueError, match=message):
        bootstrap(table, method=method)


def test_two_columns_that_a_measure_does_not_take_are_refused():
    with pytest.raises(ValueError, match="x and y have no kendall, which takes numbers: convert"):
        permutation_test(list("abcd"), [1, 2, 3, 4], method="kendall")
    with pytest.raises(ValueError, match="one column of categories beside one of numbers"):
        permutation_test([1, 2, 3, 4], [1, 3, 2, 4], method="correlation ratio")
    with pytest.raises(ValueError, match="x and y have no mutual information: pass more rows"):
        permutation_test([1.5, 2.0, 3.0], [1.0, 3.0, 2.0], method="mutual information")
