"""The gate that tables come in by: what it takes, and what it says of the rest."""

import datetime
from decimal import Decimal

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from lib.stats.table import column_of, numeric_matrix, settled, side_by_side, square_of, table_of

PLAIN = pd.DataFrame({"x": [1.5, np.nan], "town": ["Ulm", "Bern"], "n": [3, 4]}, index=["a", "b"])


def test_a_frame_of_plain_columns_is_itself():
    assert table_of(PLAIN) is PLAIN
    categories = PLAIN.astype({"town": "category", "n": "Int64"})
    assert table_of(categories) is categories


def test_a_frame_is_not_changed():
    table = pd.DataFrame({"lit": [True, None], "n": [1, 2]}, index=["a", "b"])
    before = table.copy()
    assert table_of(table).dtypes.tolist() == ["boolean", "int64"]
    pd.testing.assert_frame_equal(table, before)


def test_row_labels_and_names_are_kept():
    table = pd.DataFrame([[None, 1], [True, 2]], index=[3, 3])
    table.columns = pd.MultiIndex.from_tuples([("a", 1), ("a", 1)], names=["p", "q"])
    found = table_of(table)
    assert found.index.equals(table.index)
    assert found.columns.equals(table.columns)
    assert found.columns.names == ["p", "q"]


@pytest.mark.parametrize(
    ("objects", "dtype", "expected"),
    [
        ([True, None, False], "boolean", [True, pd.NA, False]),
        ([True, np.nan, np.bool_(False)], "boolean", [True, pd.NA, False]),
        ([1, None, 2**60 + 1], "Int64", [1, pd.NA, 2**60 + 1]),
        ([1, 2**63, None], "float64", [1, 2.0**63, np.nan]),
        ([np.int8(1), pd.NA], "Int64", [1, pd.NA]),
        ([1, 2.5, None], "float64", [1, 2.5, np.nan]),
        ([Decimal("1.5"), 2, pd.NA], "float64", [1.5, 2, np.nan]),
        ([np.float32(0.5), None], "float64", [0.5, np.nan]),
        (["a", None], "object", ["a", None]),
        ([1, "a"], "object", [1, "a"]),
        ([True, 1], "object", [True, 1]),
        ([None, None], "object", [None, None]),
        ([10**400, 1], "object", [10**400, 1]),
    ],
)
def test_objects_become_what_they_all_are(objects, dtype, expected):
    found = settled(pd.Series(objects, dtype=object, index=range(7, 7 + len(objects)), name="o"))
    assert (found.dtype, found.name, found.index[0]) == (dtype, "o", 7)
    for one, other in zip(found, expected, strict=True):
        assert (pd.isna(one) and pd.isna(other)) or one == other


def test_identifiers_with_gaps_keep_their_digits_in_every_form():
    values = [2**60 + 1, None, 2**60 + 5]
    masked = np.ma.array([2**60 + 1, 0, 2**60 + 5], mask=[False, True, False])
    for data in [
        {"id": values, "n": [1, 2, 3]},
        {"id": masked, "n": [1, 2, 3]},
        [{"id": value, "n": n} for n, value in enumerate(values)],
        pl.DataFrame({"id": values, "n": [1, 2, 3]}),
        pl.DataFrame({"id": values, "n": [1, 2, 3]}).to_arrow(),
    ]:
        assert numeric_matrix(table_of(data))[:, 0].tolist()[::2] == [0, 4]


def test_types_of_other_libraries():
    table = table_of(
        pl.DataFrame(
            {
                "day": [datetime.date(2024, 1, 1), None],
                "at": [datetime.datetime(2024, 1, 1, 12), None],
                "long": [datetime.timedelta(days=2), None],
                "lit": [True, None],
                "town": ["Ulm", None],
                "none": [None, None],
            }
        )
    )
    kinds = ["datetime64[ms]", "datetime64[us]", "timedelta64[us]", "boolean", "str", "object"]
    assert table.dtypes.astype(str).tolist() == kinds


@pytest.mark.parametrize(
    "kind", [pl.LazyFrame, lambda values: nw.from_native(pl.LazyFrame(values))]
)
def test_a_lazy_table_is_computed_first(kind):
    data = kind({"x": [1, 2], "y": [3, 4]})
    for reads in (table_of, lambda data: column_of(data, "x")):
        with pytest.raises(ValueError, match=r"lazy: compute it first, with data\.collect\(\)"):
            reads(data)
    assert table_of(data.collect()).to_dict("list") == {"x": [1, 2], "y": [3, 4]}


def test_a_type_that_arrow_lacks_is_named_and_cast():
    data = pl.DataFrame({"id": pl.Series([1, 2], dtype=pl.Int128), "n": [3, 4]})
    with pytest.raises(ValueError, match=r"column 'id' \(Int128\).*: cast it to 64 bits"):
        table_of(data)
    with pytest.raises(ValueError, match=r"a column of Int128: cast it to 64 bits"):
        column_of(data["id"], "x")
    assert table_of(data.cast(pl.Int64)).to_dict("list") == {"id": [1, 2], "n": [3, 4]}


def test_an_array_of_more_dimensions_says_how_to_make_a_table_of_it():
    data = np.arange(12).reshape(2, 2, 3)
    with pytest.raises(ValueError, match=r"data\.reshape\(-1, data\.shape\[-1\]\)"):
        table_of(data)
    assert table_of(data.reshape(-1, data.shape[-1])).shape == (4, 3)


@pytest.mark.parametrize(
    "data",
    ["cars.csv", b"cars", 3, None, {1, 2}, object(), iter([[1, 2]])],
    ids=lambda data: type(data).__name__,
)
def test_what_is_no_table_is_told_what_is(data):
    with pytest.raises(ValueError, match=r"is no table: .*\{'x': \[1, 2\], 'y': \[3, 4\]\}"):
        table_of(data)
    assert table_of({"x": [1, 2], "y": [3, 4]}).shape == (2, 2)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([[1, 2], [3]], "The rows differ in length: give each row a value for every column"),
        ([[1, 2], 3], "The rows differ in length"),
        ({"x": [1, 2], "y": [3]}, r"differ in length \(x has 2, y has 1\): pass the same rows"),
        ({"x": 1, "y": 2}, "x is no column but int: pass a Series, an array or a list"),
        ({"x": "ab", "y": "cd"}, "x is no column but str"),
        (
            {"x": pd.Series([1, 2]), "y": pd.Series([1, 2], [1, 2])},
            r"x and y have different row labels: .*pd\.concat\(\[x, y\], axis=1, join='inner'\)",
        ),
    ],
    ids=str,
)
def test_rows_and_columns_that_do_not_fit_are_refused(data, message):
    with pytest.raises(ValueError, match=message):
        table_of(data)


def test_different_row_labels_are_joined_as_the_refusal_says():
    x, y = pd.Series([1, 2], name="x"), pd.Series([3, 4], [1, 2], name="y")
    assert table_of(pd.concat([x, y], axis=1, join="inner")).to_numpy().tolist() == [[2, 3]]


def test_a_series_or_an_array_of_one_dimension_is_one_column():
    assert table_of(pd.Series([1, 2], name="x")).columns.tolist() == ["x"]
    for column in (np.array([1, 2]), [1, 2], pl.Series([1, 2]), pd.Index([1, 2])):
        assert table_of(column).to_numpy().tolist() == [[1], [2]]


def test_missing_keys_of_rows_are_missing_values():
    assert table_of([{"x": 1}, {"x": 2, "y": 3}])["y"].isna().tolist() == [True, False]


def test_structured_arrays_have_columns_by_name():
    data = np.array([(1, 2.5), (3, 4.5)], dtype=[("n", int), ("x", float)])
    assert table_of(data).to_dict("list") == {"n": [1, 3], "x": [2.5, 4.5]}
    data = np.ma.array(data, mask=[(True, False), (False, False)])
    assert table_of(data)["n"].isna().tolist() == [True, False]


@pytest.mark.parametrize("kind", [int, float, bool, "datetime64[D]", "U1", complex])
def test_what_is_masked_is_missing(kind):
    values = np.array([0, 1, 1]).astype(int if kind == "datetime64[D]" else kind).astype(kind)
    masked = np.ma.array(values, mask=[False, True, False])
    found = column_of(masked, "x")
    assert found.isna().tolist() == [False, True, False]
    assert found[0] == pd.Series(values)[0]
    table = np.ma.array(np.tile(values, (2, 1)), mask=[[0, 0, 0], [0, 1, 0]])
    assert table_of(table).isna().to_numpy().tolist() == [[False] * 3, [False, True, False]]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (np.ones((3, 2)), r"x has 2 dimensions: pass one column of it, for example x\[:, 0\]"),
        (np.array(3), "x is one value: pass a column"),
        (3, "x is no column but int: pass a Series, an array or a list, one value a row"),
        (None, "x is no column but NoneType"),
        ("abc", "x is no column but str"),
        ({1, 2}, "x is no column but set"),
        (pd.DataFrame({"a": [1]}), r"x is a table: pass one of its columns, such as x\.iloc"),
        (pl.DataFrame({"a": [1]}), "x is a table: pass one of its columns"),
    ],
)
def test_what_is_no_column_is_told_what_is(column, message):
    with pytest.raises(ValueError, match=message):
        column_of(column, "x")


def test_the_ways_to_one_column_are_ways():
    assert column_of(np.ones((3, 2))[:, 0], "x").tolist() == [1, 1, 1]
    assert column_of(pd.DataFrame({"a": [1]}).iloc[:, 0], "x").tolist() == [1]


def test_columns_side_by_side_in_several_forms():
    found = side_by_side(
        x=pl.Series([1, None]), y=np.ma.array([5, 6], mask=[0, 1]), z=pd.Series([1, 2], ["b", "a"])
    )
    assert found.isna().to_numpy().tolist() == [[False] * 3, [True, True, False]]
    assert found.index.tolist() == [0, 1]


def test_rows_without_names_get_those_of_the_columns():
    values = {"a": [0.0, 1.0], "b": [1.0, 0.0]}
    assert square_of(pl.DataFrame(values)).index.tolist() == ["a", "b"]
    assert square_of(pd.DataFrame(values)).index.tolist() == [0, 1]
    labelled = {name: pd.Series(column, ["b", "a"]) for name, column in values.items()}
    assert square_of(labelled).index.tolist() == ["b", "a"]


def test_texts_of_numbers_are_converted_as_the_refusal_says():
    data = pd.DataFrame({"x": ["1", None, "3"], "y": [1, 2, 4]})
    with pytest.raises(ValueError, match=r"Column 'x' is not numeric: convert with pd\.to_numeric"):
        numeric_matrix(data)
    data["x"] = pd.to_numeric(data["x"])
    np.testing.assert_array_equal(numeric_matrix(data)[:, 0], [1, np.nan, 3])


def test_infinities_are_replaced_as_the_refusal_says():
    data = pd.DataFrame({"x": [1, np.inf, 3], "y": [1, 2, 4]})
    with pytest.raises(ValueError, match=r"data\.replace\(\[np\.inf, -np\.inf\], np\.nan\)"):
        numeric_matrix(data)
    data = data.replace([np.inf, -np.inf], np.nan)
    np.testing.assert_array_equal(numeric_matrix(data)[:, 0], [1, np.nan, 3])


def test_a_column_of_objects_without_any_value_has_no_number():
    data = pd.DataFrame({"x": [None, None], "y": [1.0, 2]}).astype({"x": object})
    assert np.isnan(numeric_matrix(data)[:, 0]).all()
