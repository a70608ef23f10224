"""Columns that are passed one by one: paired by row, or refused."""

import numpy as np
import pandas as pd
import pytest

from lib.stats.table.frames import side_by_side
from lib.stats.table.rows import rows_to_use


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match=r"x has 3, y has 2\): pass the same rows of each"):
        side_by_side(x=[1, 2, 3], y=[1, 2])


def test_series_with_different_row_labels_are_refused():
    x = pd.Series([1.0, 2.0, 3.0])
    y = x.sort_values(ascending=False)
    with pytest.raises(ValueError, match="x and y have different row labels: join them"):
        side_by_side(x=x, y=y)


def test_a_series_beside_an_array_is_paired_by_position():
    found = side_by_side(x=pd.Series([1.0, 2.0], index=["b", "a"]), y=np.array([5, 6]))
    assert found.to_dict("list") == {"x": [1.0, 2.0], "y": [5, 6]}


def test_kinds_survive():
    order = pd.Categorical(["low", "high"], categories=["low", "high"], ordered=True)
    found = side_by_side(x=pd.Series(order), y=[True, False])
    assert found["x"].dtype == order.dtype
    assert found["y"].dtype == bool


def test_complete_rows():
    values = np.array([[1, np.nan], [2, 3], [np.nan, 4]])
    assert rows_to_use(values, "complete").tolist() == [[2, 3]]
    assert rows_to_use(values, "pairwise") is values


def test_no_complete_row():
    with pytest.raises(ValueError, match="No row is complete: leave out the emptiest columns"):
        rows_to_use(np.array([[1, np.nan], [np.nan, 2]]), "complete")


def test_an_unknown_choice_for_missing():
    with pytest.raises(ValueError, match="Unknown choice 'drop' for missing: choose from pairwise"):
        rows_to_use(np.ones((2, 2)), "drop")
