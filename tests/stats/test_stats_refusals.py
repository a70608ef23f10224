"""What every refusal keeps to, and what every function refuses."""

import inspect
import re
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest
from every_function import (
    OF_COLUMNS,
    OF_MODELS,
    OF_SERIES,
    WITHOUT_GAPS,
    columns_for,
    fitted,
    numbers,
)
from sklearn.linear_model import LinearRegression

import lib.stats
from lib.stats import (
    adjust_p_values,
    adjusted_residuals,
    correlate,
    correlate_per_group,
    cramers_v,
    cross_correlation,
    distance_correlate,
    effective_n_known,
    mutual_information,
    neighbour_similarity,
    partial_correlate,
    slice_grid,
    target_encode,
    theils_u,
)

TABLE, X, Y = numbers(gaps=False), *columns_for("permutation_test")

FLAGS = {
    "cramers_v": lambda **flag: cramers_v(X, Y, **flag),
    "cross_correlation": lambda **flag: cross_correlation(X, Y, 3, **flag),
    "distance_correlate": lambda **flag: distance_correlate(TABLE, **flag),
    "mutual_information": lambda **flag: mutual_information(TABLE, **flag),
    "partial_correlate": lambda **flag: partial_correlate(TABLE, **flag),
    "target_encode": lambda **flag: target_encode(X, Y, **flag),
}


def flags_of(function):
    parameters = inspect.signature(function).parameters.values()
    return [one.name for one in parameters if isinstance(one.default, bool)]


def test_every_function_with_a_flag_is_tried():
    functions = {name: getattr(lib.stats, name) for name in lib.stats.__all__}
    with_flags = {
        name
        for name, function in functions.items()
        if inspect.isfunction(function) and flags_of(function)
    }
    assert with_flags == {*FLAGS}


@pytest.mark.parametrize("wrong", ["no", None, 2, np.nan, [True]], ids=str)
@pytest.mark.parametrize("function", FLAGS)
def test_a_flag_is_true_or_false(function, wrong):
    """corrected="no" corrected V to 0."""
    for flag in flags_of(getattr(lib.stats, function)):
        with pytest.raises(
            ValueError, match=f"{flag} is {re.escape(repr(wrong))}: choose True or False"
        ):
            FLAGS[function](**{flag: wrong})
        FLAGS[function](**{flag: np.True_})


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (np.arange(15.0).reshape(5, 3), "rows are not named"),
        (pd.DataFrame([[1, 50], [7, 1]]), "beyond 1"),
        (pd.DataFrame([[1, 0.5], [0.7, 1]]), "not symmetric"),
        (pd.DataFrame([[0, 0.5], [0.5, 0]]), "diagonal is not 1"),
        (TABLE, "rows are not named"),
        (TABLE.corr().iloc[:3], "rows are not named"),
        (TABLE.corr()[["x", "x", "y"]].loc[["x", "x", "y"]], "rows are not named"),
        (TABLE.corr().replace(1, np.inf), "beyond 1"),
    ],
)
def test_only_correlations_have_similar_neighbours(wrong, reason):
    """Two columns of counts had a similarity of 50, "between 0 and 1"."""
    with pytest.raises(ValueError, match=rf"no matrix of correlations.*{reason}.*correlate\(data"):
        neighbour_similarity(wrong)
    r = correlate(TABLE).r
    assert neighbour_similarity(r.loc[[*r][::-1]]) == neighbour_similarity(r)


COUNTS = [[10, 5, 2], [3, 20, 4]]


@pytest.mark.parametrize("function", [cramers_v, theils_u, adjusted_residuals])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.ma.array(COUNTS, mask=np.eye(2, 3)), "The count of 0, 0 is missing"),
        (np.array(COUNTS) + 1j, "not numeric in 0, 1, 2: pass counts alone"),
        (pd.DataFrame(COUNTS) + 1j, "not numeric in 0, 1, 2: pass counts alone"),
        (np.array(COUNTS).astype(str), "not numeric in 0, 1, 2: pass counts alone"),
        (pd.DataFrame(COUNTS).astype(str), "not numeric in 0, 1, 2: pass counts alone"),
        (np.array(COUNTS) > 4, "not numeric in 0, 1, 2: pass counts alone"),
        (pd.DataFrame(COUNTS).astype("timedelta64[s]"), "not numeric in 0, 1, 2"),
    ],
)
def test_counts_are_numbers_that_are_there(function, wrong, message):
    """The masked count was counted, and of complex ones the real part was."""
    with pytest.raises(ValueError, match=message):
        function(table=wrong)


@pytest.mark.parametrize(
    "form",
    [
        lambda table: table.to_dict("list"),
        lambda table: table.to_dict("records"),
        lambda table: pl.DataFrame(table.to_dict("list")),
        lambda table: pl.DataFrame(table.to_dict("list")).to_arrow(),
        lambda table: table.astype(object),
        lambda table: table.to_records(index=False),
    ],
)
def test_counts_in_every_form_keep_their_names(form):
    table = pd.DataFrame(COUNTS, columns=["red", "grey", "blue"])
    found = adjusted_residuals(table=form(table))
    pd.testing.assert_frame_equal(found, adjusted_residuals(table=table))


def test_the_way_out_of_counts_with_a_column_of_names_works():
    table = pd.DataFrame(COUNTS, columns=["red", "grey", "blue"]).assign(sex=["f", "m"])
    with pytest.raises(ValueError, match=r"not numeric in 'sex'.*table\.set_index\('sex'\)"):
        cramers_v(table=table)
    assert cramers_v(table=table.set_index("sex")) == cramers_v(table=COUNTS)


def test_a_matrix_of_p_is_not_adjusted_row_by_row():
    """Each row of k adjusted by itself counted k - 1 tests, and the result was not symmetric."""
    found = correlate(TABLE, adjust="holm")
    for table in [found.p, found.p.iloc[:2], pl.DataFrame(found.p.to_dict("list"))]:
        with pytest.raises(ValueError, match=r"found\.pairs\(\)\['p'\].*found\.p_adjusted"):
            adjust_p_values(table, "holm")
    adjusted = adjust_p_values(found.pairs()["p"], "holm")
    np.testing.assert_allclose(adjusted, found.pairs()["p_adjusted"])


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_a_group_may_be_a_tuple(method):
    pairs = pd.Series([(1, 2), (3, 4)] * 12)
    found = correlate_per_group(TABLE, pairs, method)
    plain = correlate_per_group(TABLE, ["a", "b"] * 12, method)
    assert found.groups == [(1, 2), (3, 4)]
    assert found.pairs()["group"].map({(1, 2): "a", (3, 4): "b"}).equals(plain.pairs()["group"])
    for name in ("r", "n", "p", "low", "high", "p_adjusted"):
        np.testing.assert_array_equal(getattr(found, name), getattr(plain, name))


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([1, np.nan, 0], "is nan at lag 1"),
        ([1, 0, np.inf], "is inf at lag 2"),
        (np.ma.array([1, 0.5, 0.2], mask=[0, 1, 0]), "is nan at lag 1"),
        ([1, 0.9, -0.9], "No process has the autocorrelations of {}"),
        ([0.5, 0, 0], "is 1 at lag 0, but {} is 0.5"),
        ([[1, 0, 0]], "has 2 dimensions"),
        (np.array(1.0), "x_echo has [13] lags, y_echo [13]"),
        ([1, "a", 0], "not numeric"),
    ],
)
def test_what_is_no_autocorrelation_is_named(place, wrong, message):
    echoes = [[1, 0.5, 0], [1, 0.5, 0]]
    echoes[place] = wrong
    name = ["x_echo", "y_echo"][place]
    with pytest.raises(ValueError, match=message.format(name)) as refusal:
        effective_n_known(*echoes)
    assert name in str(refusal.value)


OF_ONE_NUMBER = {
    "difference": lib.stats.difference,
    "detrend": lib.stats.detrend,
    "deseasonalise": lambda one: lib.stats.deseasonalise(one, 2),
    "adjust_p_values": lambda one: adjust_p_values(one, "holm"),
    "correlate_rows": lambda one: lib.stats.correlate_rows(one, one),
    "correlate_tables": lib.stats.correlate_tables,
    "effective_n_known": lambda one: effective_n_known(one, one),
    "autocorrelation": lambda one: lib.stats.autocorrelation(one, 1),
    "cramers_v": lambda one: cramers_v(one, one),
    "permutation_test": lambda one: lib.stats.permutation_test(one, one),
    "correlate": correlate,
    "Surface": lib.stats.Surface,
}


@pytest.mark.parametrize("function", OF_ONE_NUMBER)
@pytest.mark.parametrize("one", [np.array(3.0), np.float64(3), 3], ids=["0-d", "numpy's", "number"])
def test_one_number_is_neither_a_column_nor_an_array(one, function):
    with pytest.raises(
        ValueError, match=r"one value|single number|no column|no table|dimensions|is \(\)"
    ):
        OF_ONE_NUMBER[function](one)


OF_NONE = [pd.DatetimeIndex([]), pd.PeriodIndex([], freq="M"), pd.TimedeltaIndex([])]
OF_ONE = [
    pd.DatetimeIndex(["2024-01-01"]),
    pd.PeriodIndex(["2024-01"], freq="M"),
    pd.TimedeltaIndex(["1D"]),
]


@pytest.mark.parametrize(
    "dates", [*OF_NONE, *OF_ONE], ids=lambda dates: f"{dates.dtype} {len(dates)}"
)
@pytest.mark.parametrize(
    "function",
    [
        *OF_SERIES,
        "cross_correlation",
        "prewhiten",
        "series_test",
        "effective_n",
        "lagged_correlations",
    ],
)
def test_series_of_no_row_or_one_are_refused_in_silence(function, dates):
    """Two months of tables that did not overlap: numpy warned of means of empty slices."""
    calls = OF_SERIES | OF_COLUMNS | WITHOUT_GAPS
    column = pd.Series(np.arange(len(dates), dtype=float), dates)
    call = calls[function]
    columns = [column, column] if function in OF_COLUMNS else [column]
    if function == "lagged_correlations":
        columns = [pd.DataFrame({"x": column, "y": column})]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match=r"rows|values|lags|order"):
            call(*columns)


@pytest.mark.parametrize("function", OF_MODELS)
def test_a_model_that_takes_no_gaps_says_which_columns_have_some(function):
    model, table = fitted(LinearRegression)
    table["lit"] = table["lit"].astype(float).replace({1: np.nan})
    table["z"] = np.nan  # the model does not know it
    if function == "slice_grid":
        return  # asks no row of the data
    with pytest.raises(ValueError, match=r"does not take missing values.* in 'lit': fill them in"):
        OF_MODELS[function](model, table)


def test_a_missing_filler_is_named():
    model, table = fitted(LinearRegression)
    with pytest.raises(ValueError, match=r"does not take missing values.* in 'lit'"):
        slice_grid(model, table, "x", "y", fill={"lit": None})
