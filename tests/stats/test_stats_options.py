"""Options, limits and odd tables: what cannot be is a sentence, never an error of Python's."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest
from every_function import (
    OF_NUMBERS,
    TABLE_FUNCTIONS,
    WITHOUT_GAPS,
    attempt,
    columns_for,
    fitted,
    numbers,
)
from scipy import special
from sklearn.linear_model import LinearRegression

from lib.stats import (
    adjust_p_values,
    associate,
    associate_categories,
    associate_ordered,
    autocorrelation,
    autoregressions,
    bootstrap,
    branch_stability,
    chatterjee_xi,
    cluster,
    compare,
    correlate,
    correlate_between,
    correlate_per_group,
    correlate_within,
    correlated_pairs,
    critical_r,
    cross_correlation,
    deseasonalise,
    difference,
    distance_correlate,
    effective_n,
    heteroscedastic_pairs,
    individual_curves,
    interaction_strengths,
    lagged_correlations,
    leakage_suspects,
    max_t,
    mutual_information,
    n_for_significance,
    neighbour_similarity,
    noise,
    noise_tables,
    partial_autocorrelation,
    partial_correlate,
    partial_dependence,
    permutation_test,
    polychoric_correlate,
    prewhiten,
    prune,
    random_walks,
    robust_correlate,
    seasons,
    series_test,
    slice_grid,
    stratified_odds_ratio,
    trends,
)

NO_NUMBER = [None, "3", [3], 1j, np.nan, {}]


TABLE, X, Y = numbers(gaps=False), *columns_for("permutation_test")


TEXTS = TABLE.gt(0).astype("str")


OPTIONS = {
    "min_n": [lambda value: correlate(TABLE, min_n=value)],
    "confidence": [
        lambda value: correlate(TABLE, confidence=value),
        lambda value: partial_correlate(TABLE, confidence=value),
        lambda value: robust_correlate(TABLE, confidence=value),
        lambda value: series_test(X, Y, confidence=value),
        lambda value: associate(TABLE, confidence=value),
        lambda value: associate_categories(TEXTS, confidence=value),
        lambda value: bootstrap(TABLE, confidence=value),
        lambda value: associate_ordered(TABLE, confidence=value),
        lambda value: polychoric_correlate(TABLE, confidence=value),
        lambda value: compare(TABLE, TABLE, confidence=value),
        lambda value: correlate_between(TABLE, "n", confidence=value),
        lambda value: correlate_per_group(TABLE, "lit", confidence=value),
        lambda value: correlate_within(TABLE, "lit", confidence=value),
        lambda value: stratified_odds_ratio(Y, Y, X, confidence=value),
    ],
    "n": [lambda value: critical_r(value), lambda value: noise(3, value, seed=1)],
    "alpha": [lambda value: critical_r(9, value), lambda value: n_for_significance(0.5, value)],
    "r": [
        n_for_significance,
        lambda value: correlated_pairs(2, 3, r=value, seed=1),
        lambda value: noise_tables(2, 3, 4, r=value, seed=1),
    ],
    "permutations": [
        lambda value: permutation_test(X, Y, permutations=value),
        lambda value: max_t(TABLE, permutations=value),
        lambda value: compare(TABLE, TABLE, permutations=value),
    ],
    "resamples": [
        lambda value: bootstrap(TABLE, resamples=value),
        lambda value: branch_stability(TABLE, resamples=value),
    ],
    "draws": [lambda value: series_test(X, Y, draws=value)],
    "shuffles": [
        lambda value: distance_correlate(TABLE, shuffles=value),
        lambda value: mutual_information(TABLE, shuffles=value),
    ],
    "neighbours": [lambda value: mutual_information(TABLE, neighbours=value)],
    "lags": [
        lambda value: autocorrelation(X, value),
        lambda value: partial_autocorrelation(X, value),
        lambda value: cross_correlation(X, Y, value),
        lambda value: lagged_correlations(TABLE, value),
    ],
    "lag": [
        lambda value: difference(X, value),
        lambda value: correlated_pairs(2, 3, r=0.5, lag=value, seed=1),
    ],
    "period": [
        lambda value: deseasonalise(X, value),
        lambda value: seasons(2, 3, period=value, amplitude=1, seed=1),
    ],
    "threshold": [lambda value: prune(TABLE, value)],
    "height": [cluster(TABLE).cut],
    "groups": [cluster(TABLE).cut_into],
    "replicates": [
        lambda value: noise(value, 3, seed=1),
        lambda value: random_walks(value, 3, seed=1),
        lambda value: heteroscedastic_pairs(value, 3, seed=1),
    ],
    "columns": [lambda value: noise_tables(2, 3, value, seed=1)],
    "true_pairs": [lambda value: noise_tables(2, 3, 4, true_pairs=value, seed=1)],
    "phi": [lambda value: autoregressions(2, 3, phi=value, seed=1)],
    "slope": [lambda value: trends(2, 3, slope=value, seed=1)],
    "amplitude": [lambda value: seasons(2, 3, period=4, amplitude=value, seed=1)],
    "noise": [
        lambda value: trends(2, 3, slope=1, noise=value, seed=1),
        lambda value: seasons(2, 3, period=4, amplitude=1, noise=value, seed=1),
    ],
}


# Where None is the default.
OR_NONE = {
    "lags": [lambda value: effective_n(X, Y, lags=value)],
    "order": [lambda value: prewhiten(X, Y, order=value)],
    "size": [lambda value: slice_grid(*fitted(LinearRegression), "x", "y", size=value)],
    "background": [
        lambda value: interaction_strengths(*fitted(LinearRegression), background=value)
    ],
    "seed": [
        lambda value: noise(2, 3, seed=value),
        lambda value: permutation_test(X, Y, seed=value),
        lambda value: max_t(TABLE, seed=value),
        lambda value: bootstrap(TABLE, seed=value),
        lambda value: branch_stability(TABLE, seed=value),
        lambda value: compare(TABLE, TABLE, seed=value),
        lambda value: chatterjee_xi(TABLE, seed=value),
        lambda value: series_test(X, Y, method="phase surrogates", seed=value),
        lambda value: mutual_information(TABLE, seed=value),
    ],
}


@pytest.mark.parametrize("wrong", NO_NUMBER, ids=str)
@pytest.mark.parametrize("name", OPTIONS)
def test_what_is_no_number_is_no_option(name, wrong):
    for call in OPTIONS[name]:
        with pytest.raises(ValueError, match=f"{name} is {re.escape(repr(wrong))}"):
            call(wrong)


@pytest.mark.parametrize("wrong", ["3", 1j, 2.5, {}], ids=str)
@pytest.mark.parametrize("name", OR_NONE)
def test_what_is_no_number_is_no_option_where_none_is_one(name, wrong):
    for call in OR_NONE[name]:
        if name != "seed" or wrong != {}:
            with pytest.raises(ValueError, match=f"{name} is {re.escape(repr(wrong))}"):
                call(wrong)


@pytest.mark.parametrize("wrong", [None, ["holm"], 3, np.array([1, 2])], ids=str)
@pytest.mark.parametrize(
    "call",
    [
        lambda value: correlate(TABLE, value),
        lambda value: correlate(TABLE, adjust=value),
        lambda value: correlate(TABLE, missing=value),
        lambda value: partial_correlate(TABLE, method=value),
        lambda value: robust_correlate(TABLE, value),
        lambda value: chatterjee_xi(TABLE, missing=value),
        lambda value: distance_correlate(TABLE, test=value),
        lambda value: series_test(X, Y, method=value),
        lambda value: associate(TABLE, adjust=value),
        lambda value: robust_correlate(TABLE, missing=value),
        lambda value: associate(TABLE, missing=value),
        lambda value: associate_categories(TEXTS, adjust=value),
        lambda value: cluster(TABLE, linkage=value),
        lambda value: cluster(TABLE, distance=value),
        lambda value: branch_stability(TABLE, distance=value),
        lambda value: branch_stability(TABLE, linkage=value),
        lambda value: associate_ordered(TABLE, value),
        lambda value: associate_ordered(TABLE, adjust=value),
        lambda value: polychoric_correlate(TABLE, missing=value),
        lambda value: compare(TABLE, TABLE, method=value),
        lambda value: correlate_between(TABLE, "n", value),
        lambda value: correlate_per_group(TABLE, "lit", value),
        lambda value: correlate_within(TABLE, "lit", adjust=value),
        lambda value: correlate_within(TABLE, "lit", missing=value),
        lambda value: bootstrap(TABLE, method=value),
        lambda value: permutation_test(X, Y, method=value),
        lambda value: adjust_p_values([0.1], value),
        lambda value: noise(2, 3, distribution=value, seed=1),
        lambda value: slice_grid(*fitted(LinearRegression), "x", "y", fill=value),
    ],
)
def test_what_is_no_choice_is_answered_with_the_choices(call, wrong):
    with pytest.raises(ValueError, match=r"Unknown [a-z ]+.*choose "):
        call(wrong)


@pytest.mark.parametrize("wrong", [["x"], {}, np.array([1, 2])], ids=str)
@pytest.mark.parametrize(
    "call",
    [
        lambda name: max_t(TABLE, name, permutations=9),
        lambda name: leakage_suspects(TABLE, name),
        lambda name: slice_grid(*fitted(LinearRegression), name, "y"),
        lambda name: partial_dependence(*fitted(LinearRegression), "x", name),
        lambda name: individual_curves(*fitted(LinearRegression), name),
    ],
)
def test_what_is_no_name_is_no_column(call, wrong):
    with pytest.raises(ValueError, match=r"has no (column|feature) "):
        call(wrong)


@pytest.mark.parametrize("wrong", [3, "x", 1.5])
def test_what_is_no_list_of_names(wrong):
    with pytest.raises(ValueError, match=r"priority is .*: give a list of column names"):
        prune(TABLE, priority=wrong)
    with pytest.raises(ValueError, match=r"order is .*: give a list of column names"):
        neighbour_similarity(TABLE.corr(), wrong)


def test_a_level_beyond_float64_has_a_critical_r_or_a_sentence():
    """1 - r² is the lower quantile of a beta distribution, for few rows far below one rounding."""
    for n in range(3, 40):
        assert critical_r(n, 1e-300) == pytest.approx(
            np.sqrt(1 - special.betaincinv((n - 2) / 2, 0.5, 1e-300)), rel=1e-12
        )
    with pytest.raises(ValueError, match="alpha is 5e-324: choose a level of 1e-300 or more"):
        critical_r(5, 5e-324)


def test_a_correlation_too_small_for_any_number_of_rows_has_a_sentence():
    with pytest.raises(ValueError, match=r"r is 1e-12: it would take more than 9e\+15 rows"):
        n_for_significance(1e-12)
    enough = n_for_significance(1e-6)  # of so many rows, z is t
    assert enough == pytest.approx((special.ndtri(0.975) / 1e-6) ** 2, rel=1e-9)


@pytest.mark.parametrize("size", [1e308, 1.7e308])
def test_clusters_of_huge_values(size):
    table = pd.DataFrame({"a": [1.0, 0, 0.5], "b": [0, 1.0, 0.4], "c": [0.9, 0, 0.6]})
    assert cluster(table * size).order == cluster(table).order
    square = pd.DataFrame([[0, 1, 0.5], [1, 0, 0.8], [0.5, 0.8, 0]], list("abc"), list("abc"))
    assert cluster(square * size, distance="precomputed").order == ["b", "a", "c"]
    data = pd.DataFrame({"a": [size, size], "b": [-size, -size]})
    with pytest.raises(ValueError, match=r"Column 'a' .* data / data\.abs\(\)\.max\(\)"):
        cluster(data, distance="euclidean")
    assert cluster(data / data.abs().max(), distance="euclidean").order == ["a", "b"]


# Of two constants there is a Euclidean distance; beside a given column of two there is no pair.
@pytest.mark.parametrize(
    "function",
    sorted({*TABLE_FUNCTIONS} - {"numbers: cluster euclidean", "numbers: partial_correlate given"}),
)
@pytest.mark.parametrize("flat", [["x", "y"], ["x"]], ids=["all", "all but one"])
def test_constant_columns_have_no_association(flat, function):
    table = TEXTS[["x", "y"]] if function.startswith("categories: ") else TABLE[["x", "y"]]
    data = table.assign(**{name: table[name].iloc[0] for name in flat})
    result, refusal = attempt(TABLE_FUNCTIONS[function], data)
    if refusal:
        assert re.search("'x' is constant|No distance from 'x'", refusal)
    else:
        assert np.isnan(measured(result, flat)).all()


def measured(result, flat):
    """The numbers that speak of constant columns, and of pairs with one of them."""
    if hasattr(result, "pairs"):
        table = result.pairs()
        return table[
            next(name for name in ("value", "v", "r", "difference") if name in table)
        ].to_numpy(float)
    if hasattr(result, "dropped"):
        return result.dropped["r"].to_numpy(float)
    if isinstance(result, pd.Series):
        return result[flat].to_numpy(float)
    if "gvif" in result:
        return result.loc[flat, "gvif"].to_numpy(float)
    return result[["r", "rho"]].to_numpy(float) if "rho" in result else result.to_numpy(float)


@pytest.mark.parametrize("function", [*OF_NUMBERS, *WITHOUT_GAPS])
@pytest.mark.parametrize(
    "names",
    [[("a", 1), "b", 3, None, 2.5], [("a", 1), ("a", 2), ("b", 1), ("b", 2), "c"]],
    ids=["of all kinds", "tuples and a text"],
)
def test_columns_may_have_any_names(names, function):
    call = (OF_NUMBERS | WITHOUT_GAPS)[function]
    named = TABLE.set_axis(pd.Index(names, tupleize_cols=False), axis=1)
    found, expected = tables_of_numbers(call(named)), tables_of_numbers(call(TABLE))
    assert expected
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)


def tables_of_numbers(result):
    if dataclasses.is_dataclass(result):
        parts = [getattr(result, field.name) for field in dataclasses.fields(result)]
    else:
        parts = [result]
    tables = [pd.DataFrame(part) for part in parts if isinstance(part, (pd.DataFrame, pd.Series))]
    return [table.select_dtypes("number").to_numpy() for table in tables]
