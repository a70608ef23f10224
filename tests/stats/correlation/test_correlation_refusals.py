"""What correlate refuses, and that it says which column and what to do."""

import numpy as np
import pandas as pd
import pytest

from lib.stats import correlate

NUMBERS = [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["FAI", "MA", "PA"]),
        pd.Series(["1", "2", "3"]),
        pd.Series(["1", None, "3"], dtype="string"),
        pd.Series(["a", "b", "a"], dtype="category"),
        pd.Series([True, False, True], dtype="category"),
        pd.Series([1, 2.0, True], dtype=object),
    ],
    ids=lambda column: str(column.dtype),
)
def test_columns_that_are_not_numeric_are_named(column):
    table = pd.DataFrame({"rate": NUMBERS, "htype": column})
    with pytest.raises(ValueError, match=r"Column 'htype' is not numeric: .*drop"):
        correlate(table)


def test_the_way_out_that_the_message_names_works():
    table = pd.DataFrame({"rate": NUMBERS, "lit": [True, False, True], "htype": list("abc")})
    found = correlate(table.select_dtypes(["number", "bool"]))
    assert found.r.columns.tolist() == ["rate", "lit"]


def test_all_offending_columns_are_named_at_once():
    table = pd.DataFrame({"town": list("abc"), "rate": NUMBERS, "road": list("xyz")})
    with pytest.raises(ValueError, match=r"Columns 'town', 'road' are not numeric"):
        correlate(table)


@pytest.mark.parametrize("infinite", [np.inf, -np.inf])
@pytest.mark.parametrize("dtype", ["float64", "Float64", "double[pyarrow]"])
def test_infinities_are_named(infinite, dtype):
    ratio = pd.Series([1.0, infinite, 2.0]).astype(dtype)
    with pytest.raises(ValueError, match=r"Column 'ratio' is infinite in places: .*np\.nan"):
        correlate(pd.DataFrame({"rate": NUMBERS, "ratio": ratio}))


def test_duplicated_names_are_named_once():
    table = pd.DataFrame([[1, 2, 3, 4]] * 3, columns=["x", "len", "len", "len"])
    with pytest.raises(ValueError, match=r"Column 'len' is there more than once: .*of its own"):
        correlate(table)


def test_a_single_column_is_named():
    with pytest.raises(ValueError, match="only column 'rate': add at least one more"):
        correlate(pd.DataFrame({"rate": NUMBERS}))


def test_a_table_without_rows_names_its_columns():
    with pytest.raises(ValueError, match=r"columns \('x', 'y'\) but no rows: add rows"):
        correlate(pd.DataFrame({"x": [], "y": []}, dtype=float))


@pytest.mark.parametrize("table", [pd.DataFrame(), pd.DataFrame(index=[1, 2])])
def test_a_table_without_columns_is_refused(table):
    with pytest.raises(ValueError, match="no columns: a correlation needs at least two"):
        correlate(table)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"min_n": 1}, "min_n is 1: a correlation needs at least 2 shared rows"),
        ({"confidence": 1}, "confidence is 1: choose a share between 0 and 1"),
        ({"confidence": 0}, "confidence is 0: choose a share between 0 and 1"),
        ({"confidence": 95}, "confidence is 95: choose a share between 0 and 1"),
        ({"confidence": np.nan}, "confidence is nan: choose a share between 0 and 1"),
        ({"method": "phi"}, "Unknown method 'phi': choose from pearson, spearman, kendall"),
        ({"missing": "drop"}, "Unknown choice 'drop' for missing: choose from pairwise, complete"),
        ({"adjust": "fdr"}, "Unknown adjustment 'fdr': choose from none, bonferroni, holm, bh, by"),
    ],
)
def test_options_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        correlate(pd.DataFrame({"x": NUMBERS, "y": NUMBERS}), **options)


def test_complete_rows_that_are_none_are_refused():
    table = pd.DataFrame({"x": [1.0, np.nan, 2.0], "y": [np.nan, 3.0, np.nan]})
    with pytest.raises(ValueError, match="No row is complete: leave out the emptiest columns"):
        correlate(table, missing="complete")
