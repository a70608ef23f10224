"""One gate for all input: every form of a table gives what the plain one gives, or a sentence."""

import dataclasses
import datetime
import inspect
import re
from decimal import Decimal
from fractions import Fraction

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.tree import DecisionTreeRegressor

import lib.stats
from lib.stats import (
    Surface,
    accumulated_effects,
    adjust_p_values,
    adjusted_residuals,
    associate,
    associate_categories,
    autocorrelation,
    bootstrap,
    cluster,
    correlate,
    correlate_rows,
    correlate_tables,
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
    prewhiten,
    prune,
    slice_grid,
    stratified_odds_ratio,
    target_encode,
    theils_u,
    vif,
)

# Every public function, by what it takes ------------------------------------------------------

# A table of numbers; the names of its columns come second, since an array has 0, 1 and so on.
OF_NUMBERS = {
    "correlate": lambda data, names: correlate(data),
    "correlate spearman": lambda data, names: correlate(data, "spearman"),
    "partial_correlate": lambda data, names: partial_correlate(data),
    "distance_correlate": lambda data, names: distance_correlate(data),
    "mutual_information": lambda data, names: mutual_information(data),
    "associate": lambda data, names: associate(data),
    "bootstrap": lambda data, names: bootstrap(data, resamples=20),
    "max_t": lambda data, names: max_t(data, permutations=20),
    "max_t target": lambda data, names: max_t(data, names[0], permutations=20),
    "cluster": lambda data, names: cluster(data),
    "vif": lambda data, names: vif(data),
    "generalised_vif": lambda data, names: generalised_vif(data),
    "prune": lambda data, names: prune(data, 0.5, priority=names[-1:]),
    "leakage_suspects": lambda data, names: leakage_suspects(data, names[0]),
}
# The same, where no value may be missing.
WITHOUT_GAPS = {
    "cluster euclidean": lambda data, names: cluster(data, distance="euclidean"),
    "lagged_correlations": lambda data, names: lagged_correlations(data, 3),
}
OF_CATEGORIES = {
    "associate_categories": lambda data, names: associate_categories(data),
    "associate": lambda data, names: associate(data),
    "mutual_information": lambda data, names: mutual_information(data),
    "generalised_vif": lambda data, names: generalised_vif(data),
}
SQUARES = {
    "cluster": lambda data: cluster(1 - abs(data), distance="precomputed"),
    "neighbour_similarity": lambda data: neighbour_similarity(data),
    "Surface": lambda data: Surface(data).interaction(),
}
OF_MODELS = {
    "slice_grid": lambda model, data: slice_grid(model, data, "x", "y", size=4).values,
    "partial_dependence": lambda model, data: partial_dependence(model, data, "x", "y").values,
    "accumulated_effects": lambda model, data: accumulated_effects(model, data, "x", "y").values,
    "individual_curves": lambda model, data: individual_curves(model, data, "x", size=4),
    "interaction_strengths": lambda model, data: interaction_strengths(model, data).rms,
}
# Two columns of numbers without gaps, the second with two values only.
OF_COLUMNS = {
    "permutation_test": lambda x, y: permutation_test(x, y, permutations=20),
    "cross_correlation": lambda x, y: cross_correlation(x, y, 3),
    "prewhiten": lambda x, y: prewhiten(x, y, order=1),
    "effective_n": lambda x, y: effective_n(x, y),
    "autocorrelation": lambda x, y: autocorrelation(x, 3),
    "partial_autocorrelation": lambda x, y: partial_autocorrelation(x, 3),
    "correlation_ratio": lambda x, y: correlation_ratio(y, x),
    "target_encode": lambda x, y: target_encode(y, x),
    "cramers_v": lambda x, y: cramers_v(x, y),
    "theils_u": lambda x, y: theils_u(x, given=y),
    "adjusted_residuals": lambda x, y: adjusted_residuals(x, y),
    "stratified_odds_ratio": lambda x, y: stratified_odds_ratio(y, y, x),
    "difference": lambda x, y: difference(x),
    "detrend": lambda x, y: detrend(x),
    "deseasonalise": lambda x, y: deseasonalise(x, 4),
}
OF_ARRAYS = {
    "correlate_rows": lambda x: correlate_rows(x, x[::-1]),
    "correlate_tables": lambda x: correlate_tables(x.reshape(2, 6, 2)),
    "adjust_p_values": lambda x: adjust_p_values(abs(x) / 10, "holm"),
    "difference": lambda x: difference(x),
    "detrend": lambda x: detrend(x),
    "deseasonalise": lambda x: deseasonalise(x, 2),
    "effective_n_known": lambda x: effective_n_known(x[0], x[0]),
}
TAKES_NO_DATA = {
    *("critical_r", "n_for_significance", "noise", "random_walks", "autoregressions", "trends"),
    *("seasons", "correlated_pairs", "heteroscedastic_pairs", "noise_tables"),
}


def test_every_public_function_is_tried():
    groups = (OF_NUMBERS, WITHOUT_GAPS, OF_CATEGORIES, SQUARES, OF_MODELS, OF_COLUMNS, OF_ARRAYS)
    tried = {name.split()[0] for group in groups for name in group} | TAKES_NO_DATA
    public = {name for name in lib.stats.__all__ if inspect.isfunction(getattr(lib.stats, name))}
    assert public - tried == set()


# The same table in every form -------------------------------------------------------------------


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


def as_floats(table):
    return table.to_numpy(np.float64, na_value=np.nan)


def masked(table):
    values = as_floats(table)
    return np.ma.array(np.nan_to_num(values, nan=99), mask=np.isnan(values))


def lists(table):
    return as_objects(table).to_dict("list")


def with_a_mask(column):
    gaps = column.isna().to_numpy()
    kind = {"b": bool, "i": np.int64, "f": np.float64}[column.dtype.kind]
    return np.ma.array(column.fillna(column.dropna().iloc[0]).to_numpy(kind), mask=gaps)


FORMS = {
    "objects": as_objects,
    "Decimal and Fraction": lambda table: as_objects(table).assign(
        x=[None if pd.isna(value) else Decimal(value) for value in table["x"]],
        y=[Fraction(value) for value in table["y"]],
    ),
    "nullable": lambda table: table.convert_dtypes(),
    "Arrow columns": lambda table: table.convert_dtypes(dtype_backend="pyarrow"),
    "Arrow decimals": lambda table: (
        pl.DataFrame(lists(table))
        .with_columns(pl.col("y").cast(pl.Decimal(9, 4)))
        .to_pandas(use_pyarrow_extension_array=True)
    ),
    "sparse": lambda table: table.astype({"x": "Sparse[float]", "y": "Sparse[float]"}),
    "single precision": lambda table: table.astype({"x": np.float32, "y": np.float16}),
    "array": as_floats,
    "array of objects": lambda table: as_objects(table).to_numpy(object),
    "masked array": masked,
    "records": lambda table: as_objects(table).to_records(index=False),
    "lists": lambda table: as_objects(table).to_numpy(object).tolist(),
    "tuples": lambda table: tuple(map(tuple, as_objects(table).to_numpy(object).tolist())),
    "dicts": lambda table: as_objects(table).to_dict("records"),
    "dict of lists": lists,
    "dict of arrays": lambda table: {name: as_floats(table[[name]])[:, 0] for name in table},
    "dict of masked arrays": lambda table: {name: with_a_mask(table[name]) for name in table},
    "dict of Series": lambda table: dict(table.items()),
    "dict of dicts": lambda table: as_objects(table).to_dict(),
    "dict of polars": lambda table: {
        name: pl.Series(values) for name, values in lists(table).items()
    },
    "polars": lambda table: pl.DataFrame(lists(table)),
    "polars decimals": lambda table: pl.DataFrame(lists(table)).with_columns(
        pl.col("y").cast(pl.Decimal(9, 4))
    ),
    "Arrow": lambda table: pl.DataFrame(lists(table)).to_arrow(),
    "narwhals": lambda table: nw.from_native(pl.DataFrame(lists(table))),
    "narwhals over pandas": lambda table: nw.from_native(table),
}


# In these, booleans are 0 and 1: of them, mutual information asks no more whether they are levels.
WITHOUT_BOOLEANS = {"array", "masked array", "dict of arrays"}


def names_in(data, table):
    if isinstance(data, np.ndarray):
        unnamed = data.dtype.names is None
    else:
        unnamed = isinstance(data, (list, tuple)) and not isinstance(data[0], dict)
    return list(range(table.shape[1])) if unnamed else table.columns.tolist()


def parts(result):
    """A result as plain arrays and values, without names."""
    if dataclasses.is_dataclass(result):
        return {
            field.name: parts(getattr(result, field.name)) for field in dataclasses.fields(result)
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
            elif other in names.values():
                assert names[one] == other, path
            elif not isinstance(other, str):
                assert one == other, path


def check_form(form, table, call):
    data = FORMS[form](table)
    if form in WITHOUT_BOOLEANS:
        table = table.astype(np.float64)
    names = names_in(data, table)
    plain = dict(zip(names, table.columns, strict=True))
    expected = parts(call(table, table.columns.tolist()))
    assert_the_same(parts(call(data, names)), expected, plain)


@pytest.mark.parametrize("function", OF_NUMBERS)
@pytest.mark.parametrize("form", FORMS)
def test_numbers_in_every_form(form, function):
    check_form(form, numbers(), OF_NUMBERS[function])


@pytest.mark.parametrize("function", WITHOUT_GAPS)
@pytest.mark.parametrize("form", FORMS)
def test_numbers_without_gaps_in_every_form(form, function):
    check_form(form, numbers(gaps=False), WITHOUT_GAPS[function])
