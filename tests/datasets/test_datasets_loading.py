"""Every table arrives with the cells of its file and the types of its entry."""

import csv
import re

import pandas as pd
import pytest

import datasets
from datasets import Dataset, catalogue, load

every_dataset = pytest.mark.parametrize("dataset", catalogue().values(), ids=lambda d: d.name)
every_name = pytest.mark.parametrize("name", catalogue())


def all_columns(dataset: Dataset) -> pd.DataFrame:
    """The table with its index as an ordinary column, where the file has it."""
    frame = load(dataset.name)
    if dataset.index is None:
        return frame
    return frame.rename_axis(dataset.index).reset_index()


@every_dataset
def test_columns_and_rows_are_as_catalogued(dataset: Dataset):
    frame = all_columns(dataset)
    assert list(frame.columns) == list(dataset.types)
    assert len(frame) == dataset.rows


@every_dataset
def test_every_cell_is_the_one_in_the_file(dataset: Dataset):
    frame = all_columns(dataset)
    with dataset.file.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    for column, cells in zip(frame.columns, zip(*rows, strict=True), strict=True):
        values = frame[column]
        assert list(values.isna()) == [cell == "" for cell in cells], column
        present = [cell for cell in cells if cell]
        if pd.api.types.is_numeric_dtype(values.dtype):
            assert list(values.dropna()) == [float(cell) for cell in present], column
        else:
            assert [str(value) for value in values.dropna()] == present, column


@every_dataset
def test_dtypes_are_as_catalogued(dataset: Dataset):
    frame = all_columns(dataset)
    plain = {"int": "int64", "float": "float64", "text": "str", "month": "period[M]"}
    for column, written in dataset.types.items():
        if written in plain:
            assert str(frame[column].dtype) == plain[written], column
        else:
            levels = frame[column].cat
            assert list(levels.categories) == re.split(r" [<|] ", written), column
            assert levels.ordered == ("<" in written), column


@every_dataset
def test_every_catalogued_level_occurs(dataset: Dataset):
    for column, values in all_columns(dataset).select_dtypes("category").items():
        assert set(values.dropna()) == set(values.cat.categories), column


@pytest.mark.parametrize(
    ("name", "column", "order"),
    [
        ("salaries", "rank", ["AsstProf", "AssocProf", "Prof"]),
        ("chile", "education", ["P", "S", "PS"]),
        ("titanic", "passengerClass", ["1st", "2nd", "3rd"]),
    ],
)
def test_ordered_levels_sort_in_their_own_order(name, column, order):
    assert list(load(name)[column].dropna().sort_values().unique()) == order


def test_only_three_columns_of_the_course_are_ordered_categories():
    ordered = [
        (dataset.name, column)
        for dataset in catalogue().values()
        for column, values in load(dataset.name).select_dtypes("category").items()
        if values.cat.ordered
    ]
    assert ordered == [
        ("salaries", "rank"),
        ("chile", "education"),
        ("titanic", "passengerClass"),
    ]


def test_the_highway_sections_are_numbered_without_a_name():
    index = load("highway").index
    assert index.name is None
    assert list(index) == list(range(1, 40))


@pytest.mark.parametrize(
    ("name", "index"),
    [("mtcars", "model"), ("un", "country"), ("golub", "gene"), ("lynx", "year")],
)
def test_names_and_years_are_the_index_and_not_a_column(name, index):
    frame = load(name)
    assert frame.index.name == index
    assert index not in frame.columns


def test_a_row_can_be_asked_for_by_its_name():
    assert load("mtcars").loc["Mazda RX4", "mpg"] == 21.0
    assert load("un").loc["Afghanistan", "fertility"] == 5.968


@pytest.mark.parametrize("name", ["nottingham", "air_passengers", "co2"])
def test_months_follow_each_other_without_a_gap(name):
    index = load(name).index
    assert index.equals(pd.period_range(index[0], periods=len(index), freq="M", name="month"))


@every_name
def test_a_changed_frame_leaves_the_next_one_alone(name):
    untouched = load(name).to_csv()
    spoilt = load(name)
    spoilt.index.name = "spoilt"
    spoilt.columns.name = "spoilt"
    spoilt.iloc[0, :] = spoilt.iloc[1, :]
    spoilt.iloc[:, -1] = spoilt.iloc[0, -1]
    spoilt["extra"] = 1
    assert spoilt.to_csv() != untouched
    assert load(name).to_csv() == untouched
    assert load(name).columns.name is None


def test_a_table_is_read_only_once(monkeypatch):
    first = load("lynx")
    monkeypatch.delattr(datasets, "read")
    assert load("lynx").equals(first)
