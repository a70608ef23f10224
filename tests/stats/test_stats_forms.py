"""Every form of a table or a column gives what the plain one gives."""

import inspect
import re
from decimal import Decimal
from fractions import Fraction

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from every_function import (
    OF_ARRAYS,
    OF_CATEGORIES,
    OF_COLUMNS,
    OF_MODELS,
    OF_NUMBERS,
    OF_SERIES,
    ONE_OR_TWO,
    SQUARES,
    TAKES_NO_DATA,
    WITHOUT_GAPS,
    as_objects,
    assert_the_same,
    columns_for,
    first_name,
    fitted,
    lists,
    numbers,
    parts,
)
from sklearn.tree import DecisionTreeRegressor

import lib.stats
from lib.stats import (
    associate,
)


def test_every_public_function_is_tried():
    groups = (OF_NUMBERS, WITHOUT_GAPS, OF_CATEGORIES, SQUARES, OF_MODELS, OF_SERIES)
    groups += (OF_COLUMNS, OF_ARRAYS)
    tried = {name.split()[0] for group in groups for name in group} | TAKES_NO_DATA
    public = {name for name in lib.stats.__all__ if inspect.isfunction(getattr(lib.stats, name))}
    assert public - tried == set()


def as_floats(table):
    return table.to_numpy(np.float64, na_value=np.nan)


def masked(table):
    values = as_floats(table)
    return np.ma.array(np.nan_to_num(values, nan=99), mask=np.isnan(values))


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
    unnamed = first_name(data) == 0
    return list(range(table.shape[1])) if unnamed else table.columns.tolist()


def check_forms(call, table, forms):
    """The same from every form of a table as from the table; and of one without booleans."""
    expected = parts(call(table))
    without_booleans = parts(call(table.astype(np.float64))) if "array" in forms else None
    for form, change in forms.items():
        data = change(table)
        plain = dict(zip(names_in(data, table), table.columns, strict=True))
        of_plain = without_booleans if form in WITHOUT_BOOLEANS else expected
        assert_the_same(parts(call(data)), of_plain, plain, form)


@pytest.mark.parametrize("function", [*OF_NUMBERS, *WITHOUT_GAPS])
def test_numbers_in_every_form(function):
    call = (OF_NUMBERS | WITHOUT_GAPS)[function]
    check_forms(call, numbers(gaps=function in OF_NUMBERS), FORMS)


def categories():
    rng = np.random.default_rng(6)
    table = pd.DataFrame(
        {
            "town": rng.choice(["Bern", "Jena", "Ulm"], 40),
            "street": rng.choice(["a", "b"], 40),
            "lit": pd.array(rng.random(40) < 0.6, dtype="boolean"),
        }
    )
    table.loc[[2, 5], "town"] = None
    table.loc[[5, 9], "lit"] = pd.NA
    return table


def in_arrow(table, **types):
    return pl.DataFrame(lists(table)).with_columns(
        *(pl.col(name).cast(dtype) for name, dtype in types.items())
    )


OF_TEXT = {
    "objects": as_objects,
    "categories": lambda table: table.astype({"town": "category", "street": "category"}),
    "Arrow texts": lambda table: in_arrow(table).to_pandas(use_pyarrow_extension_array=True),
    "Arrow dictionaries": lambda table: in_arrow(
        table, town=pl.Categorical, street=pl.Categorical
    ).to_pandas(use_pyarrow_extension_array=True),
    "sparse": lambda table: table.assign(
        street=pd.arrays.SparseArray(table["street"].astype(object), dtype="Sparse[object]")
    ),
    "array of objects": lambda table: as_objects(table).to_numpy(object),
    "lists": lambda table: as_objects(table).to_numpy(object).tolist(),
    "dicts": lambda table: as_objects(table).to_dict("records"),
    "dict of lists": lists,
    "booleans of a CSV file": lambda table: table.astype({"lit": object}).replace({pd.NA: np.nan}),
    "polars": in_arrow,
    "polars categories": lambda table: in_arrow(table, town=pl.Categorical, street=pl.Categorical),
    "Arrow": lambda table: in_arrow(table).to_arrow(),
    "Arrow dictionary": lambda table: in_arrow(table, town=pl.Categorical).to_arrow(),
}


@pytest.mark.parametrize("function", OF_CATEGORIES)
def test_categories_in_every_form(function):
    check_forms(OF_CATEGORIES[function], categories(), OF_TEXT)


@pytest.mark.parametrize("form", ["polars", "Arrow", "pandas"])
def test_ordered_categories_keep_their_order(form):
    sizes = ["small", "large", "huge"]
    values = {"size": ["huge", "small", "large", "large", "huge"], "cost": [5.0, 1, 2, 3, 4]}
    polars = pl.DataFrame(values).with_columns(pl.col("size").cast(pl.Enum(sizes)))
    frame = pd.DataFrame(values).astype({"size": pd.CategoricalDtype(sizes, ordered=True)})
    data = {"polars": polars, "Arrow": polars.to_arrow(), "pandas": frame}[form]
    found = associate(data)
    assert found.measure.loc["size", "cost"] == "spearman"
    assert found.value.loc["size", "cost"] == pytest.approx(
        pd.Series([2, 0, 1, 1, 2]).corr(frame["cost"], method="spearman")
    )


@pytest.mark.parametrize("function", SQUARES)
def test_square_tables_in_every_form(function):
    call, square = SQUARES[function], 1 - numbers().astype(float).corr().abs()
    if function == "neighbour_similarity":
        square = 1 - square
    plain = dict(enumerate(square.columns))
    for same in [
        square.to_numpy(),
        np.ma.array(square.to_numpy(), mask=False),
        square.convert_dtypes(),
        square.to_dict("list"),
        pl.DataFrame(square.to_dict("list")),
        pl.DataFrame(square.to_dict("list")).to_arrow(),
    ]:
        assert_the_same(parts(call(same)), parts(call(square)), plain)


COLUMN_FORMS = {
    "list": lambda column: column.tolist(),
    "tuple": lambda column: tuple(column.tolist()),
    "array": lambda column: column.to_numpy(),
    "masked array": lambda column: np.ma.array(column.to_numpy(), mask=False),
    "objects": lambda column: column.astype(object),
    "array of objects": lambda column: column.to_numpy(object),
    "nullable": lambda column: column.convert_dtypes(),
    "Arrow column": lambda column: column.convert_dtypes(dtype_backend="pyarrow"),
    "index": lambda column: pd.Index(column),
    "extension array": lambda column: column.convert_dtypes().array,
    "polars": lambda column: pl.Series("name", column.tolist()),
    "Arrow": lambda column: pl.DataFrame({"name": column.tolist()}).to_arrow()["name"],
    "narwhals": lambda column: nw.from_native(pl.Series(column.tolist()), series_only=True),
}


@pytest.mark.parametrize("function", ONE_OR_TWO)
def test_columns_in_every_form(function):
    call, columns = ONE_OR_TWO[function], columns_for(function)
    expected = parts(call(*columns))
    for form, change in COLUMN_FORMS.items():
        assert_the_same(parts(call(*map(change, columns))), expected, {}, form)


@pytest.mark.parametrize("function", ONE_OR_TWO)
def test_what_is_masked_in_a_column_is_missing(function):
    call, columns = ONE_OR_TWO[function], columns_for(function)
    gaps = np.arange(16) == 5
    masks = [np.ma.array(column.to_numpy(), mask=gaps) for column in columns]
    try:
        expected = parts(call(*[column.convert_dtypes().mask(gaps) for column in columns]))
    except ValueError as refusal:
        with pytest.raises(ValueError, match=re.escape(str(refusal))):
            call(*masks)
    else:
        assert_the_same(parts(call(*masks)), expected, {})


@pytest.mark.parametrize("function", OF_ARRAYS)
def test_arrays_in_every_form(function):
    call, x = OF_ARRAYS[function], np.random.default_rng(8).normal(size=(4, 6))
    x[:, 0] = 1
    if function == "effective_n_known":
        x[:, 1:] = 0
    expected = parts(call(x))
    for same in [x.astype(object), np.ma.array(x, mask=False)]:
        assert_the_same(parts(call(same)), expected, {})
    if function != "effective_n_known":
        gaps = np.arange(24).reshape(4, 6) == 9
        found = call(np.ma.array(x, mask=gaps))
        assert_the_same(parts(found), parts(call(np.where(gaps, np.nan, x))), {})


MODEL_FORMS = {
    **{form: FORMS[form] for form in ["nullable", "Arrow columns", "dicts", "polars", "Arrow"]},
    **{form: FORMS[form] for form in ["dict of lists", "dict of masked arrays", "narwhals"]},
    "records": lambda table: table.to_records(index=False),
}


@pytest.mark.parametrize("function", OF_MODELS)
def test_models_in_every_form(function):
    model, table = fitted(DecisionTreeRegressor)
    expected = OF_MODELS[function](model, table)
    for form, change in MODEL_FORMS.items():
        found = OF_MODELS[function](model, change(table))
        pd.testing.assert_frame_equal(found, expected, obj=form)


@pytest.mark.parametrize("function", OF_MODELS)
def test_trees_take_numbers_that_are_objects(function):
    model, table = fitted(DecisionTreeRegressor)
    expected = OF_MODELS[function](model, table)
    pd.testing.assert_frame_equal(OF_MODELS[function](model, as_objects(table)), expected)
    decimals = table.assign(x=table["x"].map(Decimal))
    pd.testing.assert_frame_equal(OF_MODELS[function](model, decimals), expected)
