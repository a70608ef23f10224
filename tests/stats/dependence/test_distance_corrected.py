"""Bias-corrected distance correlations: against their definition and dcor; their level."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lib.stats import distance_correlate


def by_definition(x, y):
    """Székely and Rizzo (2013): the U-centred distances, with all n x n of them."""
    n = len(x)
    centred = []
    for column in (x, y):
        column = np.asarray(column, dtype=np.longdouble)
        distances = np.abs(column[:, np.newaxis] - column)
        rows = distances.sum(axis=0)
        u = distances - (rows + rows[:, np.newaxis]) / (n - 2) + rows.sum() / ((n - 1) * (n - 2))
        np.fill_diagonal(u, 0)
        centred.append(u)
    a, b = centred
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def related(seed, rows, columns=4):
    values = np.random.default_rng(seed).normal(size=(rows, columns))
    values[:, 1] += values[:, 0] ** 2
    return pd.DataFrame(values, columns=list("abcd")[:columns])


@pytest.mark.parametrize("rows", [5, 6, 31, 33, 100])
@pytest.mark.parametrize("offset", [0, 1e8])
def test_tables_equal_the_definition(rows, offset):
    table = related(rows, rows) + offset
    table["d"] = table["d"].round()
    found = distance_correlate(table, corrected=True)
    assert found.measure == "bias-corrected distance correlation"
    for x, y in itertools.combinations(table, 2):
        assert found.value.loc[x, y] == found.value.loc[y, x]
        assert found.value.loc[x, y] == pytest.approx(by_definition(table[x], table[y]), abs=1e-11)
    assert (np.diagonal(found.value) == 1).all()


def test_missing_values_equal_the_definition():
    table = related(1, 40)
    table = table.mask(np.random.default_rng(1).random(table.shape) < 0.3)
    found = distance_correlate(table, corrected=True)
    for x, y in itertools.combinations(table, 2):
        pair = table[[x, y]].dropna()
        assert found.n.loc[x, y] == len(pair)
        assert found.value.loc[x, y] == pytest.approx(by_definition(pair[x], pair[y]), abs=1e-12)


def test_values_and_p_equal_dcor():
    """dcor 0.7: u_distance_correlation_sqr and independence.distance_correlation_t_test."""
    x = np.array([10.0, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5])
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    anscombe = pd.DataFrame({"x": x, "y": y, "bowl": (x - 9) ** 2})
    many = np.random.default_rng(21).normal(size=(2, 60))
    parabola = pd.DataFrame({"x": many[0], "y": many[1] + many[0] ** 2})
    for table, name, value, p in (
        (anscombe, "y", 0.585123704172214, 1.2135686661474132e-05),
        (anscombe, "bowl", -0.021532723535237146, 0.555826973049478),
        (parabola, "y", 0.12382665150091673, 1.3881176630370362e-07),
    ):
        found = distance_correlate(table, corrected=True, test="t")
        assert found.value.loc["x", name] == pytest.approx(value, abs=1e-12)
        assert found.p.loc["x", name] == pytest.approx(p, rel=1e-8)


def test_the_chi_square_is_that_of_shen_and_others():
    table = related(2, 50)
    found = distance_correlate(table, corrected=True, adjust="none")
    for x, y in itertools.combinations(table, 2):
        expected = stats.chi2.sf(50 * found.value.loc[x, y] + 1, 1)
        assert found.p.loc[x, y] == pytest.approx(expected, rel=1e-10)
    assert np.isnan(np.diagonal(found.p)).all()
    pd.testing.assert_frame_equal(found.p, found.p_adjusted)


def test_it_is_unbiased_and_keeps_its_level_where_t_does_not():
    """2 x 780 independent normal pairs of 50 rows: .01 has standard error .0025.

    The mean of the corrected measure has standard error .0006; the plain one is about .2.
    """
    rng = np.random.default_rng(3)
    tables = [pd.DataFrame(rng.normal(size=(50, 40))) for _ in range(2)]
    above = np.triu(np.ones((40, 40), dtype=bool), 1)
    found = [distance_correlate(table, corrected=True) for table in tables]
    assert np.mean([each.value.to_numpy()[above] for each in found]) == pytest.approx(0, abs=0.003)
    assert np.mean([each.p.to_numpy()[above] <= 0.01 for each in found]) < 0.02
    by_t = [distance_correlate(table, corrected=True, test="t").p for table in tables]
    assert np.mean([p.to_numpy()[above] <= 0.01 for p in by_t]) > 0.02
    plain = distance_correlate(tables[0]).value.to_numpy()[above]
    assert plain.mean() > 0.15


def test_shuffles_give_p_where_they_are_asked_for():
    table = related(4, 60)
    found = distance_correlate(table, corrected=True, shuffles=99)
    assert found.p.loc["a", "b"] == 0.01
    assert found.chance.loc["a", "b"] == pytest.approx(0, abs=0.03)
    assert found.floor.loc["a", "b"] > found.chance.loc["a", "b"]
    plain = distance_correlate(table, shuffles=99)
    assert plain.chance.loc["a", "b"] > 0.2
    assert distance_correlate(table).chance.isna().all(axis=None)


@pytest.mark.parametrize("test", ["chi-square", "t"])
def test_a_straight_line_is_one(test):
    x = np.random.default_rng(5).normal(size=40)
    found = distance_correlate(pd.DataFrame({"x": x, "y": -2 * x}), corrected=True, test=test)
    assert found.value.loc["x", "y"] == 1
    assert found.p.loc["x", "y"] < 1e-9


def test_what_has_too_few_rows_or_does_not_vary_is_undefined():
    three = distance_correlate(related(6, 3), corrected=True)
    assert three.value.isna().all(axis=None)
    assert three.p.isna().all(axis=None)
    assert distance_correlate(related(6, 3)).value.notna().all(axis=None)
    flat = distance_correlate(related(6, 9).assign(c=0.3), corrected=True)
    assert flat.value["c"].isna().all()
    assert flat.p["c"].isna().all()


@pytest.mark.parametrize("rows", [4, 30, 1000])
@pytest.mark.parametrize("offset", [0, 1e8])
def test_a_column_in_which_a_single_value_differs_has_no_corrected_variance(rows, offset):
    """Its U-centred distances are all 0: between two others 0 - 2 / (n - 2) + 2 / (n - 2)."""
    table = related(8, rows).assign(lone=offset + (np.arange(rows) == 2))
    found = distance_correlate(table, corrected=True)
    assert found.value["lone"].drop("lone").isna().all()
    assert found.p["lone"].isna().all()
    assert found.value.loc["a", "b"] == pytest.approx(by_definition(table["a"], table["b"]))
    assert distance_correlate(table).value["lone"].notna().all()


def test_an_unknown_test_is_refused():
    with pytest.raises(ValueError, match="Unknown test 'z': choose from chi-square, t"):
        distance_correlate(related(7, 9), corrected=True, test="z")
