"""Every public function of lib.stats by what it takes, and how results are compared.

A new function is entered here: test_stats_forms.py fails until it is, and tries it from then on.
"""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from lib.stats import (
    Surface,
    accumulated_effects,
    adjust_p_values,
    adjusted_residuals,
    associate,
    associate_categories,
    associate_ordered,
    autocorrelation,
    bootstrap,
    branch_stability,
    chatterjee_xi,
    cluster,
    compare,
    correlate,
    correlate_between,
    correlate_per_group,
    correlate_rows,
    correlate_tables,
    correlate_within,
    correlation_ratio,
    cramers_v,
    cross_correlation,
    deseasonalise,
    detrend,
    difference,
    distance_correlate,
    effective_n,
    effective_n_known,
    generalised_vif,
    individual_curves,
    interaction_strengths,
    lagged_correlations,
    leakage_suspects,
    max_t,
    mutual_information,
    neighbour_similarity,
    partial_autocorrelation,
    partial_correlate,
    partial_dependence,
    permutation_test,
    polychoric_correlate,
    prewhiten,
    prune,
    robust_correlate,
    series_test,
    slice_grid,
    stratified_odds_ratio,
    target_encode,
    theils_u,
    vif,
)

OF_NUMBERS = {
    "correlate": correlate,
    "correlate spearman": lambda data: correlate(data, "spearman"),
    "correlate one": lambda data: correlate(data, x=first_name(data)),
    "correlate frequencies": lambda data: correlate(
        data, weights=halves(data), weights_are="frequency"
    ),
    "correlate survey": lambda data: correlate(
        data, "spearman", weights=quarters(data), weights_are="survey"
    ),
    "partial_correlate": partial_correlate,
    "partial_correlate given": lambda data: partial_correlate(
        data, given=first_name(data), method="spearman", semipartial=True
    ),
    "robust_correlate": robust_correlate,
    "distance_correlate": distance_correlate,
    "distance_correlate corrected": lambda data: distance_correlate(data, corrected=True),
    "chatterjee_xi": chatterjee_xi,
    "mutual_information": mutual_information,
    "associate": associate,
    "associate corrected": lambda data: associate(data, corrected=True),
    "associate_ordered": associate_ordered,
    "polychoric_correlate": polychoric_correlate,
    "correlate_within": lambda data: correlate_within(data, halves(data)),
    "correlate_between": lambda data: correlate_between(data, quarters(data)),
    "correlate_per_group": lambda data: correlate_per_group(data, halves(data)),
    "compare": lambda data: compare(data, groups=halves(data), permutations=20),
    "compare two": lambda data: compare(data, data, permutations=20),
    "bootstrap": lambda data: bootstrap(data, resamples=20),
    "bootstrap kendall": lambda data: bootstrap(data, method="kendall", resamples=20),
    "max_t": lambda data: max_t(data, permutations=20),
    "max_t target": lambda data: max_t(data, first_name(data), permutations=20),
    "cluster": cluster,
    "cluster euclidean": lambda data: cluster(data, distance="euclidean"),
    "branch_stability": lambda data: branch_stability(data, resamples=20),
    "vif": vif,
    "generalised_vif": generalised_vif,
    "prune": lambda data: prune(data, 0.5, priority=[first_name(data)]),
    "leakage_suspects": lambda data: leakage_suspects(data, first_name(data)),
}
# The same, where no value may be missing.
WITHOUT_GAPS = {
    "lagged_correlations": lambda data: lagged_correlations(data, 3),
}
OF_CATEGORIES = {
    "associate_categories": associate_categories,
    "associate_categories survey": lambda data: associate_categories(
        data, weights=quarters(data), weights_are="survey"
    ),
    "associate frequencies": lambda data: associate(
        data, x=first_name(data), weights=halves(data), weights_are="frequency"
    ),
    "associate": associate,
    "mutual_information": mutual_information,
    "bootstrap": lambda data: bootstrap(data, method="cramers_v", resamples=20),
    "generalised_vif": generalised_vif,
}
SQUARES = {
    "cluster": lambda data: cluster(data, distance="precomputed"),
    "neighbour_similarity": neighbour_similarity,
    "Surface": lambda data: Surface(data).interaction(),
}
OF_MODELS = {
    "slice_grid": lambda model, data: slice_grid(model, data, "x", "y", size=4).values,
    "partial_dependence": lambda model, data: partial_dependence(model, data, "x", "y").values,
    "accumulated_effects": lambda model, data: accumulated_effects(model, data, "x", "y").values,
    "individual_curves": lambda model, data: individual_curves(model, data, "x", size=4),
    "interaction_strengths": lambda model, data: interaction_strengths(model, data).rms,
}
OF_SERIES = {
    "autocorrelation": lambda x: autocorrelation(x, 3),
    "partial_autocorrelation": lambda x: partial_autocorrelation(x, 3),
    "difference": difference,
    "detrend": detrend,
    "deseasonalise": lambda x: deseasonalise(x, 4),
}
# The second column has two values only.
OF_COLUMNS = {
    "permutation_test": lambda x, y: permutation_test(x, y, permutations=20),
    "cross_correlation": lambda x, y: cross_correlation(x, y, 3),
    "prewhiten": lambda x, y: prewhiten(x, y, order=1),
    "series_test": lambda x, y: series_test(x, y, method="block bootstrap", draws=20),
    "effective_n": lambda x, y: effective_n(x, y),
    "correlation_ratio": lambda x, y: correlation_ratio(y, x),
    "target_encode": lambda x, y: target_encode(y, x),
    "cramers_v": lambda x, y: cramers_v(x, y),
    "cramers_v weighted": lambda x, y: cramers_v(x, x, weights=y, weights_are="frequency"),
    "theils_u": lambda x, y: theils_u(x, given=y),
    "adjusted_residuals": lambda x, y: adjusted_residuals(x, y),
    "stratified_odds_ratio": lambda x, y: stratified_odds_ratio(y, y, x),
}
OF_ARRAYS = {
    "correlate_rows": lambda x: correlate_rows(x, x[::-1]),
    "correlate_tables": lambda x: correlate_tables(x.reshape(2, 6, 2)),
    "adjust_p_values": lambda x: adjust_p_values(x * x / 100, "holm"),
    "difference": difference,
    "detrend": detrend,
    "deseasonalise": lambda x: deseasonalise(x, 2),
    "effective_n_known": lambda x: effective_n_known(x[0], x[0]),
}
TAKES_NO_DATA = {
    *("critical_r", "n_for_significance", "noise", "random_walks", "autoregressions", "trends"),
    *(
        "compare_dependent",
        "sample",
        "seasons",
        "correlated_pairs",
        "heteroscedastic_pairs",
        "noise_tables",
    ),
}


def numbers(gaps=True):
    rng = np.random.default_rng(5)
    table = pd.DataFrame(rng.integers(-9, 9, size=(24, 3)) / 4, columns=["x", "y", "z"])
    table["n"] = rng.integers(5, size=24)
    table["lit"] = rng.random(24) < 0.5
    if gaps:
        table = table.astype({"n": "Int64", "lit": "boolean"})
        table.loc[[3, 8], "x"] = np.nan
        table.loc[[8, 10], ["n", "lit"]] = pd.NA
    return table


def as_objects(table):
    return table.astype(object).where(table.notna(), None)


def lists(table):
    return as_objects(table).to_dict("list")


def halves(data):
    """A group for each row of a table, one of two."""
    return [place % 2 for place in range(rows_of(data))]


def quarters(data):
    return [place % 4 for place in range(rows_of(data))]


def rows_of(data):
    return len(next(iter(data.values()))) if isinstance(data, dict) else len(data)


def first_name(data):
    """Of a table's columns: 0 where they have no names."""
    if isinstance(data, np.ndarray):
        return data.dtype.names[0] if data.dtype.names else 0
    if isinstance(data, (list, tuple)):
        return next(iter(data[0])) if isinstance(data[0], dict) else 0
    return (
        next(iter(data))
        if isinstance(data, dict)
        else (data.column_names if hasattr(data, "column_names") else data.columns)[0]
    )


def parts(result):
    """A result as plain arrays and values, without names."""
    if dataclasses.is_dataclass(result):
        return {
            field.name: parts(getattr(result, field.name))
            for field in dataclasses.fields(result)
            if not field.name.startswith("_")
        }
    if isinstance(result, (tuple, list)):
        return [parts(part) for part in result]
    return np.asarray(result)


def assert_the_same(found, expected, names, path="result"):
    if isinstance(expected, dict):
        for name, part in expected.items():
            assert_the_same(found[name], part, names, f"{path}.{name}")
    elif isinstance(expected, list):
        assert len(found) == len(expected)
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_the_same(one, other, names, f"{path}[{number}]")
    elif expected.dtype.kind in "fiub":
        np.testing.assert_allclose(
            found.astype(float), expected.astype(float), rtol=1e-12, atol=1e-14, err_msg=path
        )
    else:  # names, and sentences with names in them
        assert found.shape == expected.shape, path
        for one, other in zip(found.ravel().tolist(), expected.ravel().tolist(), strict=True):
            if isinstance(other, float):
                assert one == pytest.approx(other, nan_ok=True), path
            elif isinstance(other, tuple):
                assert tuple(names.get(name, name) for name in one) == other, path
            elif other in names.values():
                assert names.get(one, one) == other, path
            elif not isinstance(other, str):
                assert one == other, path


ONE_OR_TWO = OF_SERIES | OF_COLUMNS


def columns_for(function):
    rng = np.random.default_rng(7)
    x, y = pd.Series(rng.integers(4, size=16) / 2), pd.Series(rng.integers(2, size=16))
    return [x, y] if function in OF_COLUMNS else [x]


def fitted(kind):
    rng = np.random.default_rng(9)
    table = pd.DataFrame({"x": rng.integers(6, size=60) / 2, "y": rng.integers(6, size=60)})
    table["lit"] = rng.random(60) < 0.5
    return kind().fit(table, table["x"] * table["y"] + table["lit"]), table


def attempt(call, data):
    """The result, or what the refusal says."""
    try:
        return call(data), None
    except ValueError as refusal:
        return None, str(refusal)


TABLE_FUNCTIONS = {
    **{f"numbers: {name}": call for name, call in (OF_NUMBERS | WITHOUT_GAPS).items()},
    **{f"categories: {name}": call for name, call in OF_CATEGORIES.items()},
}
