"""chatterjee_xi against R's XICOR, scipy in a loop and every order of few rows."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import chatterjeexi

from lib.stats import adjust_p_values, chatterjee_xi
from lib.stats.dependence import xi_null

ANSCOMBE = pd.DataFrame(
    {
        "x": [10.0, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
        "y1": [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
        "y2": [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74],
    }
)


def plain_turns(x, y):
    r = np.array([(y <= value).sum() for value in y])[np.argsort(x, kind="stable")]
    return int(np.abs(np.diff(r)).sum())


def variance_of_xi(n):
    return (n - 2) * (4 * n - 7) / (10 * (n - 1) ** 2 * (n + 1))


def normal(seed, rows, columns):
    return pd.DataFrame(np.random.default_rng(seed).normal(size=(rows, columns)))


# Published ------------------------------------------------------------------------------------


def test_anscombe_s_quartet_equals_r():
    """XICOR's xi and p (ties = TRUE: the normal limit), as xicorrelation's tests have them."""
    found = chatterjee_xi(ANSCOMBE)
    for y, xi, p in (("y1", 0.275, 0.0784155644), ("y2", 0.6, 0.0010040217)):
        assert found.value.loc[y, "x"] == pytest.approx(xi, abs=1e-12)
        ranks = np.arange(1, 12)
        limit = xi_null._p_of_limit(np.array(xi), 11, xi_null._variance_with_ties(ranks))
        assert limit == pytest.approx(p, rel=1e-8)


def test_rows_with_ties_equal_r():
    """R's XICOR, 0.07407407407407396 with p = 0.3709859367123997, as in scipy's tests."""
    rng = np.random.default_rng(25982435982346983)
    table = pd.DataFrame({"x": rng.random(10), "y": rng.integers(0, 5, 10)})
    found = chatterjee_xi(table)
    assert found.value.loc["y", "x"] == pytest.approx(0.07407407407407396, abs=1e-14)
    assert found.p.loc["y", "x"] == pytest.approx(0.3709859367123997, abs=1e-14)


PEAS = {  # Galton's, psychTools: diameters of the parents, then of ten children each
    21: (14.67, (22, 8, 10, 18, 21, 13, 6, 0, 2)),
    20: (14.66, (23, 10, 12, 17, 20, 13, 3, 0, 2)),
    19: (14.07, (35, 16, 12, 13, 11, 10, 2, 0, 1)),
    18: (14.35, (34, 12, 13, 17, 16, 6, 2, 0, 0)),
    17: (13.92, (37, 16, 13, 16, 13, 4, 1, 0, 0)),
    16: (14.28, (34, 15, 18, 16, 13, 3, 1, 0, 0)),
    15: (13.77, (46, 14, 9, 11, 14, 4, 2, 0, 0)),
}


def test_galton_s_peas_equal_the_paper():
    """xi of the parent given the child is .9225 in R, and of the child given the parent about .11.

    The children of each parent have sizes of their own, so that no order within ties matters to
    the first; of the second, XICOR's mean over many orders is .1109.
    """
    rows = [
        (parent, smallest + step)
        for parent, (smallest, counts) in PEAS.items()
        for step, count in enumerate(counts)
        for _ in range(count)
    ]
    peas = pd.DataFrame(rows, columns=["parent", "child"])
    assert len(peas) == 700
    found = [chatterjee_xi(peas, seed=seed).value for seed in range(40)]
    assert all(xi.loc["parent", "child"] == pytest.approx(0.9225, abs=1e-12) for xi in found)
    assert np.mean([xi.loc["child", "parent"] for xi in found]) == pytest.approx(0.1109, abs=0.01)


# scipy ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "columns"), [(101, 5), (150, 3)])
def test_a_table_without_ties_equals_scipy_in_a_loop(rows, columns):
    table = normal(rows, rows, columns)
    table[0] = np.sin(table[1] * 3) + table[0] / 10
    found = chatterjee_xi(table)
    for y, x in itertools.permutations(table, 2):
        expected = chatterjeexi(table[x], table[y], y_continuous=True)
        assert found.value.loc[y, x] == pytest.approx(expected.statistic, abs=1e-13)
        assert found.p.loc[y, x] == pytest.approx(expected.pvalue, rel=1e-10)


def test_ties_in_y_and_missing_values_equal_scipy_in_a_loop():
    table = normal(3, 60, 4)
    table[2], table[3] = table[2].round(), (table[0] ** 2).round()
    table = table.mask(np.random.default_rng(3).random(table.shape) < 0.2)
    found = chatterjee_xi(table)
    for y, x in itertools.product([2, 3], [0, 1]):
        pair = table[[x, y]].dropna()
        expected = chatterjeexi(pair[x], pair[y])
        assert found.n.loc[y, x] == len(pair)
        assert found.value.loc[y, x] == pytest.approx(expected.statistic, abs=1e-13)
        assert found.p.loc[y, x] == pytest.approx(expected.pvalue, rel=1e-10)


# By chance, exactly ---------------------------------------------------------------------------


@pytest.mark.parametrize("n", range(3, 8))
def test_every_order_of_few_rows(n):
    turns = np.array([plain_turns(range(n), np.array(y)) for y in itertools.permutations(range(n))])
    assert np.var(3 * turns / (n * n - 1)) == pytest.approx(variance_of_xi(n), rel=1e-12)
    rng = np.random.default_rng(n)
    for _ in range(3):
        table = pd.DataFrame({"x": rng.normal(size=n), "y": rng.normal(size=n)})
        seen = plain_turns(table["x"], table["y"].to_numpy())
        assert chatterjee_xi(table).p.loc["y", "x"] == pytest.approx(np.mean(turns <= seen))
    straight = pd.DataFrame({"x": range(n), "y": range(n)})
    assert chatterjee_xi(straight).p.loc["y", "x"] == pytest.approx(2 / math.factorial(n))


def test_every_order_of_ties():
    y = np.array([1.0, 1, 2, 2, 2, 7, 9])
    turns = np.array([plain_turns(range(7), y[list(o)]) for o in itertools.permutations(range(7))])
    rng = np.random.default_rng(1)
    for _ in range(5):
        table = pd.DataFrame({"x": rng.normal(size=7), "y": rng.permutation(y)})
        seen = plain_turns(table["x"], table["y"].to_numpy())
        assert chatterjee_xi(table).p.loc["y", "x"] == pytest.approx(np.mean(turns <= seen))


@pytest.mark.parametrize("n", [30, 31, 100])
def test_more_rows_by_their_moments_and_their_rarest_orders(n):
    """The mean of the turns is (n^2 - 1) / 3, and 2 orders have the fewest, as many as n - 1.

    The variance of xi without ties is that which every order of few rows has, above.
    """
    shares = np.diff(xi_null._share_up_to(n), prepend=0.0)
    turns = np.arange(len(shares))
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    assert shares @ turns == pytest.approx((n * n - 1) / 3, rel=1e-12)
    variance = shares @ (3 * turns / (n * n - 1) - 1) ** 2
    assert variance == pytest.approx(variance_of_xi(n), rel=1e-10)
    assert (shares[: n - 1] == 0).all()
    assert shares[n - 1] == pytest.approx(2 / math.factorial(n), rel=1e-10)


def test_the_exact_and_the_limit_meet():
    """From 100 to 101 rows: 2 % apart at p = .05."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=100)
    y = x**2 + 3 * rng.normal(size=100)
    exact = chatterjee_xi(pd.DataFrame({"x": x, "y": y}))
    limit = chatterjeexi(x, y, y_continuous=True).pvalue
    assert exact.p.loc["y", "x"] != limit
    assert exact.p.loc["y", "x"] == pytest.approx(limit, rel=0.03)


# Properties -----------------------------------------------------------------------------------


def test_rows_are_functions_of_columns():
    x = np.linspace(-3, 3, 200) + 0.001
    found = chatterjee_xi(pd.DataFrame({"x": x, "square": x**2, "noise": np.sin(1e6 * x**2)}))
    assert found.value.loc["square", "x"] > 0.95
    assert found.value.loc["x", "square"] < 0.1
    first = found.pairs().iloc[0]
    assert (first["y"], first["x"]) == ("square", "x")
    assert len(found.pairs()) == 6
    assert found.pairs()["value"].is_monotonic_decreasing
    off = ~np.eye(3, dtype=bool)
    np.testing.assert_allclose(
        np.sort(found.p_adjusted.to_numpy()[off]),
        np.sort(adjust_p_values(found.p.to_numpy()[off], "holm")),
    )
    assert np.isnan(np.diagonal(found.p)).all()


@pytest.mark.parametrize("n", [3, 10, 57])
def test_the_diagonal_is_the_largest_there_is(n):
    x = np.random.default_rng(n).normal(size=n)
    found = chatterjee_xi(pd.DataFrame({"x": x, "line": 3 * x + 1e8, "down": -(x**3)})).value
    np.testing.assert_allclose(found, (n - 2) / (n + 1), rtol=0, atol=1e-14)


@given(
    values=hnp.arrays(np.float64, (12, 2), elements=st.integers(-20, 20).map(float)),
    eighths=st.integers(1, 1000),
)
@settings(max_examples=25, deadline=None)
def test_what_keeps_the_order_changes_nothing(values, eighths):
    table = pd.DataFrame(values, columns=["x", "y"])
    moved = pd.DataFrame({"x": values[:, 0] ** 3, "y": values[:, 1] * eighths / 8 - 1e6})
    pd.testing.assert_frame_equal(chatterjee_xi(moved).value, chatterjee_xi(table).value)
    pd.testing.assert_frame_equal(chatterjee_xi(moved).p, chatterjee_xi(table).p)


def test_ties_in_x_are_broken_by_the_seed_alone():
    """40 rows of 2 values of x: rows of the same x come in any order, and xi is 0 on average.

    Its standard deviation is .1, that of a mean of 100 draws .01.
    """
    table = normal(6, 40, 2).assign(x=np.resize([0.0, 1.0], 40))
    one, same = (chatterjee_xi(table, seed=1).value for _ in range(2))
    pd.testing.assert_frame_equal(one, same)
    draws = [chatterjee_xi(table, seed=seed).value for seed in range(100)]
    assert len({xi.loc[0, "x"] for xi in draws}) > 20
    assert len({xi.loc["x", 0] for xi in draws}) == 1  # column 0 has no ties
    assert np.mean([xi.loc[0, "x"] for xi in draws]) == pytest.approx(0, abs=0.12)


def test_unrelated_columns_are_rejected_as_often_as_they_should_be():
    """1560 directions of 40 columns with 20 rows: .05 has standard error .006 or a little more."""
    p = chatterjee_xi(normal(7, 20, 40)).p.to_numpy()
    assert np.nanmean(p <= 0.05) == pytest.approx(0.05, abs=0.025)


# Undefined, and refused -----------------------------------------------------------------------


def test_what_does_not_vary_or_has_too_few_rows_is_undefined():
    table = normal(8, 12, 3).assign(flat=0.3, few=[1.0, 2.0, *[np.nan] * 10])
    table.loc[::2, "flat"] = 0.1 + 0.2
    found = chatterjee_xi(table)
    assert found.value.loc["flat"].isna().all()
    assert found.value["flat"].isna().all()
    assert found.value.loc["few"].isna().all()
    assert found.p.loc[[0, 1, 2], [0, 1, 2]].isna().sum(axis=None) == 3
    assert found.pairs()["value"].notna().sum() == 6
    assert found.n.loc["few", 0] == 2
    nothing = chatterjee_xi(pd.DataFrame({"a": [1.0, 1, 1], "b": [2.0, 2, 2]}))
    assert nothing.value.isna().all(axis=None)


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_extreme_sizes_cost_nothing(scale):
    table = normal(9, 30, 3)
    pd.testing.assert_frame_equal(chatterjee_xi(table * scale).value, chatterjee_xi(table).value)


def test_complete_rows_are_those_without_any_gap():
    table = normal(10, 30, 3)
    table.loc[:5, 2] = np.nan
    found = chatterjee_xi(table, missing="complete")
    pd.testing.assert_frame_equal(found.value, chatterjee_xi(table.iloc[6:]).value)
    assert (found.n == 24).all(axis=None)


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        ({"x": [1.0], "y": ["a"]}, {}, "Column 'y' is not numeric"),
        ({"x": [1.0, np.inf], "y": [1.0, 2]}, {}, "Column 'x' is infinite"),
        ({"x": [1.0, 2], "y": [1.0, 2]}, {"missing": "none"}, "Unknown choice 'none'"),
        ({"x": [1.0, 2], "y": [1.0, 2]}, {"adjust": "some"}, "Unknown adjustment 'some'"),
        ({"x": [1.0, np.nan], "y": [np.nan, 2]}, {"missing": "complete"}, "No row is complete"),
    ],
)
def test_what_is_refused(table, options, message):
    with pytest.raises(ValueError, match=message):
        chatterjee_xi(pd.DataFrame(table), **options)
