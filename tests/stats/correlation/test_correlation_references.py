"""correlate against R on the highway data, and against plain loops over scipy.stats."""

import itertools
import json
import warnings
from fractions import Fraction
from math import isqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lib.stats import correlate
from lib.stats.correlation.pearson import p_of_r

ROOT = Path(__file__).parents[3]
R = json.loads((Path(__file__).parents[1] / "reference" / "highway.json").read_text())
# The order of the columns in R's matrices; R's pairs are named a and b.
COLUMNS = list(R["pearson"])


@pytest.fixture(scope="module")
def highway():
    return pd.read_csv(ROOT / "datasets" / "highway.csv")[COLUMNS]


def at_r_pairs(frame):
    return np.array([frame.loc[pair["a"], pair["b"]] for pair in R["pairs"]])


def r_values(name):
    return np.array([pair[name] for pair in R["pairs"]])


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
def test_coefficients_equal_r(highway, method):
    reference = pd.DataFrame(R[method]).loc[COLUMNS, COLUMNS]
    found = correlate(highway, method)
    np.testing.assert_allclose(found.r, reference, rtol=0, atol=1e-12)


def test_pearson_p_equals_r_with_relative_accuracy(highway):
    found = at_r_pairs(correlate(highway).p)
    np.testing.assert_allclose(found, r_values("p"), rtol=1e-11, atol=0)


def test_pearson_intervals_equal_r(highway):
    found = correlate(highway)
    np.testing.assert_allclose(at_r_pairs(found.low), r_values("lo"), rtol=0, atol=1e-12)
    np.testing.assert_allclose(at_r_pairs(found.high), r_values("hi"), rtol=0, atol=1e-12)


def test_spearman_p_equals_r_without_its_exact_option(highway):
    found = at_r_pairs(correlate(highway, "spearman").p)
    np.testing.assert_allclose(found, r_values("p_spear"), rtol=1e-11, atol=0)


@pytest.mark.parametrize(
    ("adjust", "name", "significant"),
    [
        ("none", "p", 21),
        ("bonferroni", "bonferroni", 10),
        ("holm", "holm", 10),
        ("bh", "BH", 19),
        ("by", "BY", 13),
    ],
)
def test_adjusted_p_and_counts_equal_r(highway, adjust, name, significant):
    found = correlate(highway, adjust=adjust)
    np.testing.assert_allclose(at_r_pairs(found.p_adjusted), r_values(name), rtol=1e-11, atol=0)
    count = R["counts"]["raw" if name == "p" else name]
    assert (found.pairs()["p_adjusted"] < 0.05).sum() == count == significant


def test_pairs_are_r_s_pairs_in_r_s_order(highway):
    pairs = correlate(highway).pairs()
    expected = sorted(R["pairs"], key=lambda pair: -abs(pair["r"]))
    assert [{row.x, row.y} for row in pairs.itertuples()] == [{p["a"], p["b"]} for p in expected]
    assert len(pairs) == R["counts"]["pairs"] == 55


# Plain loops --------------------------------------------------------------------------------


def scipy_pair(x, y, method):
    """n, coefficient and p of one pair of columns as scipy.stats gives them.

    But p from every order, where scipy approximates it: Spearman's, and Kendall's under ties.
    """
    shared = x.notna() & y.notna()
    x, y = x[shared].to_numpy(), y[shared].to_numpy()
    n = len(x)
    if n < 3 or len(set(x)) == 1 or len(set(y)) == 1:
        return n, np.nan, np.nan
    function = {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}
    result = function[method](x, y)
    tied = len(set(x)) < n or len(set(y)) < n
    counted = n <= 9 and (method == "spearman" or (method == "kendall" and tied))
    p = share_of_orders_as_far(x, y, method) if counted else result.pvalue
    return n, result.statistic, p


def share_of_orders_as_far(x, y, method):
    """p of a rank correlation by trying every order of y."""
    x, y = stats.rankdata(x), stats.rankdata(y)
    orders = np.array(list(itertools.permutations(y)))
    if method == "spearman":
        distances = np.abs(orders @ x - len(x) * x.mean() * y.mean())
    else:
        distances = np.abs(concordant_less_discordant(x, orders))
    return np.mean(distances >= distances[0] - 1e-9)  # the first order is the one found


def concordant_less_discordant(x, orders):
    difference = np.zeros(len(orders))
    for first, second in itertools.combinations(range(len(x)), 2):
        up = np.sign(orders[:, first] - orders[:, second])
        difference += np.sign(x[first] - x[second]) * up
    return difference


def assert_equals_plain_loop(table, method):
    found = correlate(table, method)
    with warnings.catch_warnings(action="ignore"):  # scipy warns of tiny n and near-constants
        for first, second in itertools.combinations(table.columns, 2):
            n, r, p = scipy_pair(table[first], table[second], method)
            # Three points on a line: the last bit of r moves p = 2 acos|r| / pi by 1e-8.
            p_tolerance = 1e-7 if abs(r) > 1 - 1e-14 else 1e-10
            for pair in [(first, second), (second, first)]:
                assert found.n.loc[pair] == n
                assert found.r.loc[pair] == pytest.approx(r, abs=1e-12, nan_ok=True)
                assert found.p.loc[pair] == pytest.approx(p, abs=p_tolerance, nan_ok=True)


def correlated(rng, rows, columns=5):
    values = rng.normal(size=(rows, columns)) + rng.normal(size=(rows, 1))
    return pd.DataFrame(values, columns=list("abcdefgh"[:columns]))


METHODS = pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])


@METHODS
@pytest.mark.parametrize("rows", [10, 33, 34, 200])
def test_complete_tables_equal_scipy(method, rows):
    assert_equals_plain_loop(correlated(np.random.default_rng(rows), rows), method)


@METHODS
@pytest.mark.parametrize("seed", range(5))
def test_tables_with_missing_values_equal_scipy(method, seed):
    rng = np.random.default_rng(seed)
    table = correlated(rng, 60)
    assert_equals_plain_loop(table.mask(rng.random(table.shape) < 0.3), method)


@METHODS
@pytest.mark.parametrize("seed", range(5))
def test_tables_with_ties_equal_scipy(method, seed):
    rng = np.random.default_rng(seed)
    table = correlated(rng, 40).round()
    assert_equals_plain_loop(table, method)
    assert_equals_plain_loop(table.mask(rng.random(table.shape) < 0.2), method)


@METHODS
@pytest.mark.parametrize("rows", [2, 3, 4, 5, 6, 7])
def test_tiny_tables_equal_scipy_and_every_order(method, rows):
    rng = np.random.default_rng(rows)
    for table in [correlated(rng, rows, 4), correlated(rng, rows, 4).round()]:
        assert_equals_plain_loop(table, method)
        assert_equals_plain_loop(table.mask(rng.random(table.shape) < 0.2), method)


@pytest.mark.parametrize("method", ["spearman", "kendall"])
@pytest.mark.parametrize("rows", [8, 9])
def test_the_last_tables_whose_orders_are_all_tried(method, rows):
    """40 320 and 362 880 orders; one row more has an approximate p, as scipy's."""
    rng = np.random.default_rng(rows)
    for table in [correlated(rng, rows, 2), correlated(rng, rows, 2).round()]:
        assert_equals_plain_loop(table, method)
    assert_equals_plain_loop(correlated(rng, 10, 3).round(), method)


@METHODS
@pytest.mark.parametrize("missing", [False, True])
def test_work_done_in_parts_equals_scipy(method, missing, monkeypatch):
    """Tables are worked through by blocks of rows and of pairs: here by very small ones."""
    monkeypatch.setattr("lib.stats.table.rows._VALUES_AT_ONCE", 70)
    monkeypatch.setattr("lib.stats.table.rows._FEWEST_ROWS_AT_ONCE", 1)
    monkeypatch.setattr("lib.stats.correlation.spearman._VALUES_AT_ONCE", 200)
    monkeypatch.setattr("lib.stats.correlation.kendall._VALUES_AT_ONCE", 100)
    monkeypatch.setattr("lib.stats.correlation.orders._VALUES_AT_ONCE", 20)
    rng = np.random.default_rng(9)
    for rows in [45, 7]:
        table = correlated(rng, rows, 5).round(1)
        if missing:
            table = table.mask(rng.random(table.shape) < 0.2)
        assert_equals_plain_loop(table, method)


@METHODS
@pytest.mark.parametrize("order", ["C", "F"])
def test_the_layout_in_memory_does_not_matter(method, order):
    table = correlated(np.random.default_rng(10), 40)
    laid_out = pd.DataFrame(np.array(table, order=order), columns=table.columns)
    assert_equals_plain_loop(laid_out, method)
    one_by_one = pd.DataFrame({name: column.to_numpy() for name, column in table.items()})
    assert_equals_plain_loop(one_by_one, method)


@METHODS
def test_complete_rows_equal_scipy_on_what_dropna_leaves(method):
    rng = np.random.default_rng(11)
    table = correlated(rng, 60)
    table = table.mask(rng.random(table.shape) < 0.1)
    found = correlate(table, method, missing="complete")
    expected = correlate(table.dropna(), method)
    assert_equals_plain_loop(table.dropna(), method)
    pd.testing.assert_frame_equal(found.r, expected.r)
    pd.testing.assert_frame_equal(found.p, expected.p)
    assert (found.n == len(table.dropna())).all(axis=None)


@METHODS
def test_constant_and_empty_columns_equal_scipy(method):
    rng = np.random.default_rng(8)
    table = correlated(rng, 30).assign(constant=0.1, empty=np.nan)
    table.loc[table["a"] < 0, "b"] = np.nan
    table["step"] = (table["a"] < 0).astype(float)  # constant wherever b has a value
    assert_equals_plain_loop(table, method)


@METHODS
@pytest.mark.parametrize("offset", [1e4, 1e8, -1e8])
def test_tables_with_large_offsets_equal_scipy(method, offset):
    rng = np.random.default_rng(3)
    table = correlated(rng, 50) + offset
    assert_equals_plain_loop(table, method)
    assert_equals_plain_loop(table.mask(rng.random(table.shape) < 0.2), method)


# Exact arithmetic, where float64 loops are themselves in doubt ------------------------------


def rational_r(x, y):
    """Pearson's r in rational arithmetic, rounded once at the end."""
    x, y = ([Fraction(value) for value in values] for values in (x.tolist(), y.tolist()))
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    products = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    squares = sum((a - mean_x) ** 2 for a in x) * sum((b - mean_y) ** 2 for b in y)
    share = products**2 / squares
    root = isqrt(share.numerator * 10**40 // share.denominator)
    return float(Fraction(root, 10**20)) * (1 if products > 0 else -1)


def assert_equals_rational(table):
    found = correlate(table)
    for first, second in itertools.combinations(table.columns, 2):
        pair = table[[first, second]].dropna()
        expected = rational_r(pair[first], pair[second])
        assert found.r.loc[first, second] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("offset", [0, 1e8, 1e12, 1e14])
def test_offsets_cost_no_digits(offset):
    rng = np.random.default_rng(4)
    table = correlated(rng, 40) + offset
    assert_equals_rational(table)
    assert_equals_rational(table.mask(rng.random(table.shape) < 0.2))


@pytest.mark.parametrize("missing", [False, True])
def test_the_last_digits_of_large_values_are_kept(missing):
    """Of 200 000 values near 1e8 three differ, by some of the smallest steps there.

    The rounding of the mean is far larger than the standard deviation, and must go again.
    """
    steps = np.zeros(200_000)
    steps[[7, 1000, 150_000]] = np.array([9, 12, -15]) * np.spacing(1e8)
    y = np.random.default_rng(12).normal(size=len(steps)) + 1e9 * steps
    if missing:
        y[100:200] = np.nan
    shared = ~np.isnan(y)
    expected = np.corrcoef(steps[shared], y[shared])[0, 1]
    found = correlate(pd.DataFrame({"x": 1e8 + 0.1 + steps, "y": y})).r.loc["x", "y"]
    assert found == pytest.approx(expected, abs=1e-12)


def test_a_huge_value_outside_the_shared_rows_costs_no_digits():
    table = correlated(np.random.default_rng(5), 40)
    for row, name in enumerate(table.columns):
        table.loc[row] = np.nan
        table.loc[row, name] = 1e12
    assert_equals_rational(table)


def test_shared_rows_far_from_the_column_s_mean_cost_no_digits():
    rng = np.random.default_rng(6)
    table = correlated(rng, 60)
    table.loc[:29, "b"] += 1e8
    table.loc[:29, ["a", "c"]] = np.nan
    assert_equals_rational(table)


# Closed forms -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "p_of_r"),
    [
        (3, lambda r: 2 / np.pi * np.arccos(abs(r))),
        (4, lambda r: 1 - abs(r)),
        (6, lambda r: 1 - (3 * abs(r) - abs(r) ** 3) / 2),
    ],
)
def test_p_equals_the_closed_form_of_t(rows, p_of_r):
    found = correlate(correlated(np.random.default_rng(rows), rows, 8)).pairs()
    np.testing.assert_allclose(found["p"], p_of_r(found["r"]), rtol=0, atol=1e-12)


@pytest.mark.parametrize("method", ["spearman", "kendall"])
def test_rank_intervals_follow_their_published_variances(highway, method):
    found = correlate(highway, method, confidence=0.9).pairs()
    r, n = found["r"], found["n"]
    variance = (1 + r**2 / 2) / (n - 3) if method == "spearman" else 0.437 / (n - 4)
    reach = stats.norm.ppf(0.95) * np.sqrt(variance)
    np.testing.assert_allclose(found["low"], np.tanh(np.arctanh(r) - reach), atol=1e-12)
    np.testing.assert_allclose(found["high"], np.tanh(np.arctanh(r) + reach), atol=1e-12)


@pytest.mark.parametrize(("n", "largest_significant"), [(5, 0), (6, 4), (7, 12), (8, 22), (9, 36)])
def test_exact_spearman_reproduces_published_critical_values(n, largest_significant):
    """Zar (1972), two-sided 5 %: rho 1, .886, .786, .738, .700 for n = 5 to 9.

    rho = 1 - 6 d / (n (n² - 1)), where d is the sum of squared differences of ranks.
    """
    ranks = np.arange(1, n + 1)
    for distance, significant in [(largest_significant, True), (largest_significant + 2, False)]:
        order = next(
            order
            for order in itertools.permutations(ranks)
            if ((ranks - order) ** 2).sum() == distance
        )
        p = correlate(pd.DataFrame({"x": ranks, "y": order}), "spearman").p.loc["x", "y"]
        assert (p <= 0.05) == significant


@pytest.mark.parametrize("rows", [201, 202, 203, 300, 2000, 10**6])
def test_p_of_many_rows_has_as_many_digits_as_scipys(rows):
    """Across the border between Hill's series and the t distribution itself."""
    r = np.concatenate([np.linspace(-0.99, 0.99, 401), [1e-9, 0.3162, 0.3163]])
    p = p_of_r(r, np.full(r.shape, rows))
    t = r * np.sqrt((rows - 2) / (1 - r**2))
    exact = 2 * stats.t.sf(np.abs(t), rows - 2)
    np.testing.assert_allclose(p, exact, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("share", [0.03, 0.4])
@pytest.mark.parametrize("offset", [0, 1e8])
def test_many_rows_of_which_pairs_share_some(share, offset):
    rng = np.random.default_rng(3)
    values = rng.integers(-9, 9, size=(4000, 16)) + rng.integers(-9, 9, size=(4000, 1))
    values[0, 0] = 40_000  # nearly all of the column's squares, and of no account where it is lost
    table = pd.DataFrame(values + offset).mask(rng.random(values.shape) < share)
    table.loc[0, 1:] = np.nan
    found = correlate(table)
    columns = (table - offset).to_numpy().T
    for first, second in itertools.combinations(range(16), 2):
        shared = ~np.isnan(columns[[first, second]]).any(axis=0)
        expected = stats.pearsonr(columns[first, shared], columns[second, shared])
        assert found.n.loc[first, second] == shared.sum()
        assert found.r.loc[first, second] == pytest.approx(expected.statistic, abs=1e-14)
