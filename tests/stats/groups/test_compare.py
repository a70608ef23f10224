"""compare against published tests, the covariances of correlations, and splits one by one."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lib.stats import adjust_p_values, compare, correlate

METHODS = pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])


def with_r(r, rows, seed=0):
    """Two columns whose correlation is r, to rounding."""
    values = np.random.default_rng(seed).normal(size=(rows, 2))
    unit, _ = np.linalg.qr(values - values.mean(axis=0))
    x, rest = unit.T
    return pd.DataFrame({"x": x, "y": r * x + np.sqrt(1 - r**2) * rest})


def related(seed, rows, columns="abcd", share=0.8):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, len(columns))) + share * rng.normal(size=(rows, 1))
    return pd.DataFrame(values, columns=list(columns))


def with_gaps(table, seed=0, share=0.1):
    return table.mask(np.random.default_rng(seed).random(table.shape) < share)


# A cell: published values -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "rows", "z", "p"),
    [
        # stat-help.com's spreadsheet, as in the tests of R's cocor 1.1.
        (0.4, 0.5, (100, 100), -0.8751012342, 0.3815188256),
        # Cohen, Cohen, West and Aiken (2003), formula 2.8.11, as computed there by cocor.
        (0.657, 0.430, (62, 143), 2.110737, None),
        # Guilford and Fruchter (1978), p. 164, as computed there by cocor.
        (0.92, 0.82, (60, 50), 2.19, None),
    ],
)
def test_z_as_published(first, second, rows, z, p):
    found = compare(with_r(first, rows[0]), with_r(second, rows[1], seed=1), permutations=0)
    decimals = len(str(z).split(".")[1])
    assert round(found.z.loc["x", "y"], decimals) == z
    assert found.difference.loc["x", "y"] == pytest.approx(first - second, abs=1e-12)
    if p:
        assert round(found.p.loc["x", "y"], 10) == p


def test_interval_as_published():
    """Zou (2007), pp. 406 and 409: .49 of 145 rows less .36 of 87 lies in [-.087, .359]."""
    found = compare(with_r(0.49, 145), with_r(0.36, 87, seed=1), permutations=0)
    assert round(found.low.loc["x", "y"], 3) == -0.087
    assert round(found.high.loc["x", "y"], 3) == 0.359


@METHODS
@pytest.mark.parametrize("missing", ["pairwise", "complete"])
def test_every_cell_equals_a_plain_loop(method, missing):
    a, b = with_gaps(related(1, 30)), with_gaps(related(2, 45, share=0.2), 1)
    found = compare(
        a, b, method=method, missing=missing, confidence=0.9, adjust="bh", permutations=0
    )
    if missing == "complete":
        a, b = a.dropna(), b.dropna()
    function = {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}
    for i, j in itertools.permutations("abcd", 2):
        r, n, error, low, high = [], [], [], [], []
        for table in (a, b):
            x, y = table[[i, j]].dropna().to_numpy().T
            r.append(function[method](x, y).statistic)
            n.append(len(x))
            error.append(
                {
                    "pearson": np.sqrt(1 / (len(x) - 3)),
                    "spearman": np.sqrt((1 + r[-1] ** 2 / 2) / (len(x) - 3)),
                    "kendall": np.sqrt(0.437 / (len(x) - 4)),
                }[method]
            )
            reach = stats.norm.ppf(0.95) * error[-1]
            low.append(np.tanh(np.arctanh(r[-1]) - reach))
            high.append(np.tanh(np.arctanh(r[-1]) + reach))
        z = (np.arctanh(r[0]) - np.arctanh(r[1])) / np.sqrt(error[0] ** 2 + error[1] ** 2)
        assert [found.first.n.loc[i, j], found.second.n.loc[i, j]] == n
        assert found.z.loc[i, j] == pytest.approx(z, abs=1e-11)
        assert found.p.loc[i, j] == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-9)
        d = r[0] - r[1]
        below = np.sqrt((r[0] - low[0]) ** 2 + (high[1] - r[1]) ** 2)
        above = np.sqrt((high[0] - r[0]) ** 2 + (r[1] - low[1]) ** 2)
        assert found.low.loc[i, j] == pytest.approx(d - below, abs=1e-11)
        assert found.high.loc[i, j] == pytest.approx(d + above, abs=1e-11)
    p = found.pairs()["p"].to_numpy()
    np.testing.assert_allclose(found.pairs()["p_adjusted"], adjust_p_values(p, "bh"), rtol=1e-12)


# The whole map ------------------------------------------------------------------------------


def covariance_of_r(r):
    """Of all pairs of correlations of normal columns (Pearson and Filon 1898), times n."""
    pairs = list(itertools.combinations(range(len(r)), 2))

    def covariance(j, k, h, m):
        return (
            (r[j, h] - r[j, k] * r[k, h]) * (r[k, m] - r[k, h] * r[h, m])
            + (r[j, m] - r[j, h] * r[h, m]) * (r[k, h] - r[k, j] * r[j, h])
            + (r[j, h] - r[j, m] * r[m, h]) * (r[k, m] - r[k, j] * r[j, m])
            + (r[j, m] - r[j, k] * r[k, m]) * (r[k, h] - r[k, m] * r[m, h])
        ) / 2

    return np.array([[covariance(*one, *other) for other in pairs] for one in pairs])


@pytest.mark.parametrize(("columns", "rows"), [("ab", (20, 30)), ("abcde", (60, 41))])
def test_jennrich_is_the_quadratic_form_of_the_differences(columns, rows):
    """His formula is the inverse of the covariance matrix of the correlations, worked out."""
    a, b = related(3, rows[0], columns), related(4, rows[1], columns, share=0.3)
    r = [table.corr().to_numpy() for table in (a, b)]
    pooled = (rows[0] * r[0] + rows[1] * r[1]) / sum(rows)
    difference = (r[0] - r[1])[np.triu_indices(len(columns), 1)]
    weight = rows[0] * rows[1] / sum(rows)
    expected = weight * difference @ np.linalg.solve(covariance_of_r(pooled), difference)
    found = compare(a, b, permutations=0).whole.loc["jennrich"]
    freedom = len(columns) * (len(columns) - 1) // 2
    assert found["statistic"] == pytest.approx(expected, rel=1e-9)
    assert found["freedom"] == freedom
    assert found["p"] == pytest.approx(stats.chi2.sf(expected, freedom), rel=1e-9)


@METHODS
@pytest.mark.parametrize("gaps", [False, True])
def test_splits_equal_a_plain_loop_over_the_same_draws(method, gaps):
    a, b = related(5, 14, "abc"), related(6, 9, "abc", share=0.1) * 5 + 100
    if gaps:
        a, b = with_gaps(a, 2), with_gaps(b, 3)
    found = compare(a, b, method=method, permutations=60, seed=7)
    scaled = [(table - table.mean()) / table.std(ddof=0) for table in (a, b)]
    rows = pd.concat(scaled, ignore_index=True)
    members = np.random.default_rng(7).permuted(np.tile(np.arange(23) < 14, (60, 1)), axis=1)
    pairs = np.triu_indices(3, 1)

    def differences(one, other):
        return (one.corr(method) - other.corr(method)).to_numpy()[pairs]

    seen = differences(a, b)
    null = np.array([differences(rows[member], rows[~member]) for member in members])
    for name, statistic in [
        ("sum of squares", lambda d: (d**2).sum(axis=-1)),
        ("largest", lambda d: np.abs(d).max(axis=-1)),
    ]:
        reached = (statistic(null) >= statistic(seen) - 1e-12).sum()
        assert found.whole.loc[name, "statistic"] == pytest.approx(statistic(seen), abs=1e-12)
        assert found.whole.loc[name, "p"] == (1 + reached) / 61
        assert np.isnan(found.whole.loc[name, "freedom"])


def test_whole_tests_keep_their_level_where_means_and_scales_differ():
    """80 pairs of one population: at a level of .2, 16 rejections, give or take 3.6."""
    rejected = np.zeros(3)
    for seed in range(80):
        a = related(seed, 25, "abc")
        b = related(1000 + seed, 40, "abc") * [1, 10, 100] + 7
        rejected += compare(a, b, permutations=99, seed=seed).whole["p"] <= 0.2
    assert ((rejected > 5) & (rejected < 27)).all()


def test_maps_that_differ_are_found_by_all_tests():
    whole = compare(related(8, 80, share=2), related(9, 80, share=0), permutations=199).whole
    assert (whole["p"] <= 1 / 200).all()


# Forms --------------------------------------------------------------------------------------


def test_groups_and_two_tables_say_the_same():
    table = related(10, 40).assign(sex=["m", "f", "f", "m"] * 10)
    found = compare(table, groups="sex", permutations=50)
    women, men = (table[table["sex"] == sex].drop(columns="sex") for sex in "fm")
    expected = compare(women, men, permutations=50)
    assert (found.names, expected.names) == (("f", "m"), ("first", "second"))
    pd.testing.assert_frame_equal(found.pairs(), expected.pairs())
    pd.testing.assert_frame_equal(found.whole, expected.whole)
    ordered = table.astype({"sex": pd.CategoricalDtype(["m", "x", "f"])})
    turned = compare(ordered, groups="sex", permutations=0)
    assert turned.names == ("m", "f")
    pd.testing.assert_frame_equal(turned.difference, -found.difference + 0.0)


def test_columns_are_matched_by_name():
    a, b = related(11, 30), related(12, 20)
    expected = compare(a, b, permutations=20)
    found = compare(a, b[["d", "b", "a", "c"]], permutations=20)
    pd.testing.assert_frame_equal(found.pairs(), expected.pairs())
    pd.testing.assert_frame_equal(found.whole, expected.whole)


def test_maps_are_those_of_correlate():
    a, b = with_gaps(related(13, 30)), related(14, 20)
    found = compare(a, b, permutations=0)
    for name in ["r", "n", "low", "high"]:
        pd.testing.assert_frame_equal(getattr(found.first, name), getattr(correlate(a), name))
        pd.testing.assert_frame_equal(getattr(found.second, name), getattr(correlate(b), name))
    assert (np.diagonal(found.difference) == 0).all()
    for name in ["z", "p", "p_adjusted", "low", "high"]:
        assert np.isnan(np.diagonal(getattr(found, name))).all()


def test_pairs_list_the_largest_difference_first():
    pairs = compare(related(15, 30), related(16, 20), permutations=0).pairs()
    assert pairs["difference"].abs().is_monotonic_decreasing
    assert len(pairs) == 6
    np.testing.assert_allclose(
        pairs["difference"], pairs["r_first"] - pairs["r_second"], rtol=0, atol=1e-15
    )


# Traps --------------------------------------------------------------------------------------


def test_an_r_of_one_has_a_difference_but_no_test():
    line = pd.DataFrame({"x": [1, 2, 3, 4, 5.0], "y": [2, 4, 6, 8, 10.0]})
    for other in [line, with_r(0.5, 20)]:
        found = compare(line, other, permutations=19).pairs().iloc[0]
        assert found["difference"] == pytest.approx(1 - correlate(other).r.loc["x", "y"])
        assert found[["z", "p", "p_adjusted", "low", "high"]].isna().all()


def test_a_map_whose_columns_follow_from_each_other_has_no_jennrich():
    a, b = related(17, 30, "abc"), related(18, 30, "abc")
    for table in (a, b):
        table["sum"] = table["a"] + table["b"]
    assert np.isnan(compare(a, b, permutations=0).whole.loc["jennrich", "p"])


@pytest.mark.parametrize(("method", "least"), [("pearson", 4), ("spearman", 4), ("kendall", 5)])
def test_too_few_rows_for_a_test_are_nan(method, least):
    b = related(19, 30, "ab")
    for rows in (least - 1, least):
        a = pd.DataFrame({"a": range(rows), "b": [1, 3, 2, 4, 0][:rows]})
        found = compare(a, b, method=method, permutations=0).pairs().iloc[0]
        assert not np.isnan(found["difference"])
        assert np.isnan(found["p"]) == (rows < least)
        assert np.isnan(found["low"]) == (rows < least)


def test_a_constant_column_is_nan_and_leaves_the_whole_to_the_others():
    a, b = related(20, 30), related(21, 30)
    expected = compare(a[["a", "b", "c"]], b[["a", "b", "c"]], permutations=40).whole
    a["d"] = 0.1
    found = compare(a, b, permutations=40)
    assert found.difference["d"].isna().all()
    assert found.p["d"].isna().all()
    pd.testing.assert_frame_equal(found.whole[:2], expected[:2])
    assert found.whole.loc["jennrich"].isna().all()


def test_nothing_to_compare_is_nan():
    flat = pd.DataFrame({"a": [1, 1, 1, 1], "b": [2, 3, 4, 5]})
    assert compare(flat, flat, permutations=9).whole.isna().all(axis=None)


def test_missing_values_leave_no_jennrich_but_the_splits():
    a, b = with_gaps(related(22, 40)), related(23, 40)
    whole = compare(a, b, permutations=19).whole
    assert whole["p"].isna().tolist() == [False, False, True]
    complete = compare(a, b, missing="complete", permutations=0).whole
    assert complete["p"].isna().tolist() == [True, True, False]
    assert complete["statistic"].notna().all()


def test_offsets_cost_no_digits():
    steps = [
        pd.DataFrame(np.random.default_rng(seed).integers(-99, 99, size=(30, 3)) * 1.0)
        for seed in (24, 25)
    ]
    expected = compare(*steps, permutations=30)
    found = compare(steps[0] + 1e8, steps[1] + 1e8, permutations=30)
    pd.testing.assert_frame_equal(found.pairs(), expected.pairs(), rtol=1e-9)
    pd.testing.assert_frame_equal(found.whole, expected.whole, rtol=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a, b: ((a, b[["a", "b"]]), {}), "Only the first table has 'c', 'd': pass the col"),
        (lambda a, b: ((a[["a", "b", "c"]], b), {}), "Only the second table has 'd'"),
        (lambda a, _: ((a,), {}), "pass either a second table or groups"),
        (lambda a, b: ((a, b), {"groups": "a"}), "pass either a second table or groups"),
        (
            lambda a, _: ((a,), {"groups": [1, 2, 3] * 10}),
            r"the table has 3 \(1, 2, 3\): pass the rows of two",
        ),
        (lambda a, _: ((a,), {"groups": [1] * 30}), r"the table has 1 \(1\)"),
        (lambda a, b: ((a, b), {"permutations": -1}), "permutations is -1: choose 0 or more"),
        (lambda a, b: ((a, b), {"method": "phi"}), "Unknown method 'phi'"),
        (lambda a, b: ((a, b), {"adjust": "phi"}), "Unknown adjustment 'phi'"),
        (lambda a, b: ((a, b[[*"abcd", "d"]]), {}), "'d' is there more than once"),
        (lambda a, b: ((a, b.assign(d="x")), {}), "Column 'd' is not numeric"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_way_out(change, message):
    tables, options = change(related(26, 30), related(27, 20))
    with pytest.raises(ValueError, match=message):
        compare(*tables, **options)
