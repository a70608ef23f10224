"""A table that differs from its entry in the catalogue is refused, by name."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from datasets import Dataset, catalogue
from datasets.kinds import kind
from datasets.reading import read


def changed(folder: Path, name: str, old: str, new: str) -> Dataset:
    """The entry of a copy of the table in which the first `old` is `new`."""
    dataset = catalogue()[name]
    text = dataset.file.read_text(encoding="utf-8")
    assert old in text
    copy = folder / dataset.file.name
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    return replace(dataset, file=copy)


def assert_refused(dataset: Dataset, wrong: str) -> None:
    sentence = f"Table {dataset.name!r} is not as catalogued: {wrong}."
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read(dataset)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (",len,", ",length,", "column 3 is 'length', where the catalogue has 'len'"),
        ("rate,len", "len,rate", "column 2 is 'len', where the catalogue has 'rate'"),
        (",rate", "section,rate", "column 1 is 'section', where the catalogue has ''"),
        (",htype", "", "column 13 is '(no column)', where the catalogue has 'htype'"),
        ("htype", "htype,state", "column 14 is 'state', where the catalogue has '(no column)'"),
    ],
)
def test_wrong_columns_are_refused(tmp_path, old, new, wrong):
    assert_refused(changed(tmp_path, "highway", old, new), wrong)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("1821,269\n", "", "it has 113 rows, where the catalogue has 114"),
        ("1821,269\n", "1820,200\n1821,269\n", "it has 115 rows, where the catalogue has 114"),
        ("1821,269\n", "\n1821,269\n", "it has 115 rows, where the catalogue has 114"),
        ("1822,321\n", "1822\n", "row 2 has 1 cells for 2 columns"),
        ("1822,321\n", "1822,321,0\n", "row 2 has 3 cells for 2 columns"),
    ],
)
def test_wrong_rows_are_refused(tmp_path, old, new, wrong):
    assert_refused(changed(tmp_path, "lynx", old, new), wrong)


def test_an_empty_file_is_refused(tmp_path):
    empty = tmp_path / "lynx.csv"
    empty.touch()
    assert_refused(
        replace(catalogue()["lynx"], file=empty),
        "column 1 is '(no column)', where the catalogue has 'year'",
    )


@pytest.mark.parametrize("level", ["Dean", "prof", " Prof"])
def test_an_unknown_level_is_refused(tmp_path, level):
    assert_refused(
        changed(tmp_path, "salaries", "Prof,B,20", f"{level},B,20"),
        f"column 'rank' has {level!r} in row 2, not one of AsstProf, AssocProf, Prof",
    )


@pytest.mark.parametrize("cell", ["fast", "NA", "nan", "inf", "1_000", "1,5", " 1", "1."])
def test_what_is_not_a_number_is_refused_in_a_numeric_column(tmp_path, cell):
    assert_refused(
        changed(tmp_path, "airquality", "41.0,", f'"{cell}",'),
        f"column 'Ozone' has {cell!r} in row 1, not a number",
    )


@pytest.mark.parametrize("cell", ["", "66.5", "NA", "1_000", "hot"])
def test_what_is_not_whole_or_is_missing_is_refused_among_whole_numbers(tmp_path, cell):
    assert_refused(
        changed(tmp_path, "airquality", "7.4,67,", f"7.4,{cell},"),
        f"column 'Temp' has {cell!r} in row 1, not a whole number",
    )


@pytest.mark.parametrize("cell", ["", "1949-13", "1949-1", "1949-01-01", "January"])
def test_what_is_not_a_month_is_refused(tmp_path, cell):
    assert_refused(
        changed(tmp_path, "air_passengers", "1949-01,", f"{cell},"),
        f"column 'month' has {cell!r} in row 1, not a month such as 1949-01",
    )


def test_an_empty_name_is_refused(tmp_path):
    assert_refused(
        changed(tmp_path, "mtcars", "Mazda RX4,", ","),
        "column 'model' has '' in row 1, not a text",
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "index"),
    [
        ("un", "Albania,", "Afghanistan,", "country"),
        ("highway", "\n2,", "\n1,", ""),
        ("eu_stocks", "1991.5,", ",", "time"),
    ],
)
def test_a_repeated_or_missing_index_is_refused(tmp_path, name, old, new, index):
    assert_refused(
        changed(tmp_path, name, old, new),
        f"its index {index!r} has a missing or repeated value",
    )


@pytest.mark.parametrize("name", ["NA", "None", "null", "nan", "N/A"])
def test_a_text_that_looks_missing_is_kept(tmp_path, name):
    frame = read(changed(tmp_path, "un", "Albania,", f"{name},"))
    assert frame.index[1] == name


def test_a_level_and_a_number_may_be_missing(tmp_path):
    frame = read(changed(tmp_path, "titanic", "yes,female,29.0,", "yes,,,"))
    assert list(frame.iloc[0].isna()) == [False, True, True, False]


def test_an_unknown_type_is_refused():
    with pytest.raises(ValueError, match=r"^There is no type 'flaot'\. The types are: int, "):
        kind("flaot")
