"""What every refusal keeps to, and what every function refuses."""

import inspect
import re
import warnings
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
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
    associate,
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
    "associate": lambda **flag: associate(TABLE, **flag),
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
        with pytest.raises(ValueError, match=r"rows?|lags|order"):
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


def way_out(pattern, call):
    """The code that a refusal names."""
    with pytest.raises(ValueError, match=pattern) as refusal:
        call()
    return re.search(pattern, str(refusal.value))[1]


def value_of(way, **names):
    space = {"pd": pd} | names
    exec(f"value = {way}", space)
    return space["value"]


def obeyed(way, data):
    """The table that comes of a way out."""
    space = {"data": data.copy(), "pd": pd, "np": np}
    exec(way if " = " in way else f"data = {way}", space)
    return space["data"]


DROP = r"(data\.drop\(columns=\[.*?\]\))"
PEOPLE = TABLE.assign(sex=["f", "m"] * 12, rank=[*"abc"] * 8, place=[*"pqrstuvw"] * 3)


@pytest.mark.parametrize("function", ["compare", "correlate_within", "correlate_per_group"])
def test_the_way_out_of_texts_keeps_the_groups(function):
    """select_dtypes(['number', 'bool']) threw the groups away."""
    call = getattr(lib.stats, function)
    data = obeyed(way_out(DROP, lambda: call(PEOPLE, groups="sex")), PEOPLE)
    assert call(data, groups="sex").pairs().shape == call(TABLE, groups=PEOPLE["sex"]).pairs().shape


def test_the_way_out_of_texts_keeps_the_groups_between():
    call = lib.stats.correlate_between
    data = obeyed(way_out(DROP, lambda: call(PEOPLE, "place")), PEOPLE)
    pd.testing.assert_frame_equal(call(data, "place").r, call(TABLE, PEOPLE["place"]).r)


@pytest.mark.parametrize(
    "call",
    [
        lambda data: lib.stats.leakage_suspects(data, "sex"),
        lambda data: lib.stats.max_t(data, "sex", permutations=20).r,
    ],
)
def test_the_way_out_of_texts_keeps_the_target(call):
    data = obeyed(way_out(r"(data\['sex'\] = .*\))", lambda: call(PEOPLE)), PEOPLE)
    data = obeyed(way_out(DROP, lambda: call(data)), data)
    found = call(data)
    expected = call(TABLE.assign(sex=PEOPLE["sex"] == "f"))
    assert found.equals(expected)


def test_a_category_is_held_fixed_as_columns_of_0_and_1():
    data = PEOPLE.drop(columns=["rank", "place"])
    way = way_out(r"(pd\.get_dummies\(.*?\))", lambda: partial_correlate(data, given="sex"))
    found = partial_correlate(obeyed(way, data), given="sex_m")
    expected = partial_correlate(TABLE.assign(sex=PEOPLE["sex"] == "m"), given="sex")
    pd.testing.assert_frame_equal(found.r, expected.r)


@pytest.mark.parametrize("call", [lib.stats.permutation_test, cramers_v, lib.stats.effective_n])
def test_the_ways_out_of_different_labels_work(call):
    x, y = X.rename("x"), Y.rename("y").set_axis(range(4, 20))
    way = way_out(r"(pd\.concat\(.*?\))", lambda: call(x, y))
    joined = value_of(way, x=x, y=y)
    assert len(joined) == 12
    assert call(joined["x"], joined["y"]) is not None
    repeated = X.set_axis([0] * 16)
    way = way_out(r"^(?!.*concat).*(x\.to_numpy\(\))\.$", lambda: call(repeated, y))
    assert call(value_of(way, x=repeated), y) is not None


def test_the_way_out_of_different_labels_of_groups_works():
    groups = pd.Series([0, 1] * 12, range(4, 28))
    way = way_out(r"(groups\.to_numpy\(\))", lambda: correlate_per_group(TABLE, groups))
    assert correlate_per_group(TABLE, value_of(way, groups=groups)).groups == [0, 1]


@pytest.mark.parametrize("function", ["associate_ordered", "polychoric_correlate"])
def test_the_order_that_a_refusal_shows_has_the_levels_of_the_column(function):
    """['low', 'middle', 'high'] made missing values of "yes", "no" and "maybe"."""
    call = getattr(lib.stats, function)
    data = TABLE.assign(answer=["yes", "no", "maybe"] * 8)
    way = way_out(r"(data\['answer'\].*\)\)) if that", lambda: call(data))
    ordered = value_of(way, data=data)
    assert ordered.notna().all()
    assert call(data.assign(answer=ordered)).n.loc["answer", "n"] == 24


def test_a_table_of_counts_is_sent_to_where_it_is_counted():
    counts = pd.crosstab(PEOPLE["sex"], PEOPLE["rank"])
    with pytest.raises(ValueError, match=r"pd\.crosstab's, is for cramers_v\(table=\.\.\.\)"):
        lib.stats.associate_categories(counts)
    with pytest.raises(ValueError, match=r"table=\.\.\., a table of counts"):
        cramers_v(counts)


@pytest.mark.parametrize(
    "call",
    [
        lambda data: lib.stats.lagged_correlations(data, 2),
        lambda data: lib.stats.autocorrelation(data["x"], 2),
        lambda data: cross_correlation(data["x"], data["y"], 2),
    ],
)
def test_one_fault_has_one_refusal(call):
    data = TABLE[["x", "y"]].astype(float)
    data.loc[5, "x"] = np.inf
    way = way_out(r"(data\.replace\(.*\)), and", lambda: call(data))
    assert call(obeyed(way, data).interpolate()) is not None


@pytest.mark.parametrize(
    ("method", "x", "y"),
    [
        ("correlation ratio", [*"ab"] * 6, np.array([1.0, 2, 3, 4] * 3, dtype=object)),
        ("cramers_v", [*"ab"] * 6, [Decimal(place % 3) for place in range(12)]),
        ("correlation ratio", [*"ab"] * 6, [date(2024, 1, 1 + day % 5) for day in range(12)]),
    ],
)
def test_objects_that_are_numbers_are_permuted_as_numbers(method, x, y):
    if isinstance(y[0], date):
        numbers_of_y = [day.toordinal() for day in y]
    else:
        numbers_of_y = [float(value) for value in y]
    found, expected = (
        lib.stats.permutation_test(x, values, method=method, permutations=50)
        for values in (y, numbers_of_y)
    )
    assert found.value == pytest.approx(expected.value, rel=1e-12)
    assert found.p == expected.p


MANY = pd.DataFrame(np.arange(1500.0).reshape(3, 500)).add_prefix("column ")


@pytest.mark.parametrize(
    "call",
    [
        lambda: correlate(MANY.astype(str)),
        lambda: correlate(MANY + np.inf),
        lambda: correlate(MANY * 1j),
        lambda: correlate(MANY, x="no such"),
        lambda: lib.stats.associate_ordered(MANY.astype(str)),
        lambda: lib.stats.associate_categories(MANY),
        lambda: lib.stats.associate(MANY.map(lambda value: [value])),
        lambda: lib.stats.compare(MANY.T.reset_index(), groups="index"),
        lambda: lib.stats.compare(MANY, MANY.add_prefix("other ")),
        lambda: correlate(MANY.iloc[:0]),
        lambda: lib.stats.bootstrap(MANY.astype(str).iloc[:, :30], method="kendall"),
        lambda: correlate_per_group(MANY, "no such"),
        lambda: lib.stats.cluster(MANY * 0),
        lambda: cramers_v(table=MANY.astype(str)),
        lambda: lib.stats.correlate(
            {name: [1] * (1 + place % 2) for place, name in enumerate(MANY)}
        ),
        lambda: slice_grid(*fitted(LinearRegression), "x", "y", fill=MANY),
        lambda: correlate(TABLE, confidence=MANY),
        lambda: correlate(TABLE, MANY),
        lambda: correlate(TABLE, x=MANY),
    ],
)
def test_no_refusal_lists_hundreds_of_names(call):
    with pytest.raises(ValueError, match=r"more|a DataFrame") as refusal:
        call()
    assert len(str(refusal.value)) < 500


def test_names_in_refusals_are_those_of_python():
    with pytest.raises(ValueError, match=r"Columns 0, 1 are not numeric"):
        correlate(pd.DataFrame([["a", "b"]], columns=np.array([0, 1])))
    with pytest.raises(ValueError, match=r"Columns 0, 1, 2, 3 and 26 more are infinite"):
        correlate(pd.DataFrame(np.full((3, 30), np.inf)))


def test_what_was_meant_is_said():
    with pytest.raises(ValueError, match=r"method is 'y', which is a column: .* pass x='y'"):
        correlate(TABLE, "y")
    for side in ("x", "y"):
        way = way_out(
            r"pass a list, (.*)\.$", lambda side=side: correlate(TABLE, **{side: ("x", "n")})
        )
        assert way == f"{side}=['x', 'n']"
        with pytest.raises(ValueError, match="not in the table"):
            correlate(TABLE, **{side: ("x", "no such")})


@pytest.mark.parametrize("wrong", [-1, np.inf, np.nan])
def test_a_spread_is_finite_and_not_negative(wrong):
    with pytest.raises(ValueError, match=f"noise is {wrong}"):
        lib.stats.trends(2, 3, slope=1, noise=wrong, seed=1)
    with pytest.raises(ValueError, match=f"noise is {wrong}"):
        lib.stats.seasons(2, 3, period=4, amplitude=1, noise=wrong, seed=1)
    with pytest.raises(ValueError, match=f"period is {wrong}"):
        lib.stats.seasons(2, 3, period=wrong, amplitude=1, seed=1)


def test_an_arrow_table_whose_labels_were_categories_is_read():
    """pandas writes their type in words that it does not understand when it reads them."""
    table = pd.DataFrame(COUNTS, columns=pd.CategoricalIndex(["red", "grey", "blue"]))
    table.index = pd.CategoricalIndex(["f", "m"], name="sex")
    with pytest.raises(ValueError, match=r"not numeric in 'sex'"):
        cramers_v(table=pa.Table.from_pandas(table))
    without = pa.Table.from_pandas(table, preserve_index=False)
    assert adjusted_residuals(table=without).columns.tolist() == ["red", "grey", "blue"]


def test_structured_arrays_are_series_by_name():
    rows = np.array([(1, 2.0), (3, 5.0), (4, 1.0), (7, 2.0)], dtype=[("a", int), ("b", float)])
    table = pd.DataFrame(rows)
    for change in (lib.stats.difference, lib.stats.detrend):
        pd.testing.assert_frame_equal(change(rows), change(table))
    pd.testing.assert_frame_equal(
        lib.stats.deseasonalise(rows, 2), lib.stats.deseasonalise(table, 2)
    )
