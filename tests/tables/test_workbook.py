"""Workbooks: the right sheet, dates, merged cells, formulas, and what would be too large."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from workbooks import workbook

from lib.tables import Limits, Reading, Refused, Sheet, read, reading_code

pytest.importorskip("python_calamine", reason="Excel is read by calamine")

PONDS: list[list[object]] = [["pond", "area"], ["A", 120], ["B", 340.5], ["C", 90], ["A", 12]]


def words_of(sheet: Sheet) -> str:
    return " ".join(note.words for note in sheet.notes)


def test_numbers_dates_and_truths_are_what_they_are_in_the_sheet() -> None:
    rows: list[list[object]] = [
        ["on", "n", "ok", "text number"],
        [(45292,), 1, True, "7"],
        [(45293,), 2.5, False, "8"],
        [None, 4, True, "9"],
    ]
    sheet = read(workbook({"S": rows}), "types.xlsx")
    assert [column.kind for column in sheet.columns] == ["date", "number", "category", "number"]
    assert sheet.frame["on"].tolist()[:2] == [
        pd.Timestamp("2024-01-01"),
        pd.Timestamp("2024-01-02"),
    ]
    assert sheet.column("on").missing == 1
    assert sheet.frame["n"].tolist() == [1, 2.5, 4]
    assert sheet.frame["text number"].tolist() == [7, 8, 9]


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    rows: list[list[object]] = [["on", "n"], [(1461,), 1], [(1462,), 2], [(1463,), 3]]
    sheet = read(workbook({"S": rows}, from_1904=True), "mac.xlsx")
    assert sheet.frame["on"].iloc[1] == pd.Timestamp("1908-01-02")


def test_the_sheet_with_the_table_is_read_and_another_can_be_asked_for() -> None:
    other: list[list[object]] = [["x", "y"], [1, 2], [3, 4]]
    data = workbook({"Read me": [["Survey"]], "Ponds": PONDS, "Old": other}, hidden=("Old",))
    sheet = read(data, "ponds.xlsx")
    assert sheet.frame["area"].tolist() == [120, 340.5, 90, 12]
    assert "Ponds was read" in words_of(sheet)
    assert "Old hidden" in words_of(sheet)
    question = next(note for note in sheet.notes if note.question)
    asked = read(data, "ponds.xlsx", reading=sheet.answered(question, "Old"))
    assert list(asked.frame) == ["x", "y"]
    assert read(data, "ponds.xlsx", reading=Reading(sheet="Old")).frame["y"].tolist() == [2, 4]


def test_cells_merged_downwards_are_filled_and_the_code_fills_them(tmp_path, monkeypatch) -> None:
    rows: list[list[object]] = [
        ["Nests in the north, by year", None, None],
        ["coast", "2022", None],
        [None, "nests", "chicks"],
        ["north", 14, 31],
        [None, 9, 20],
        ["south", 21, 40],
        [None, 17, 33],
    ]
    data = workbook({"S": rows}, merged=("A1:C1", "A2:A3", "B2:C2", "A4:A5", "A6:A7"))
    sheet = read(data, "nests.xlsx")
    assert list(sheet.frame) == ["coast", "2022 nests", "2022 chicks"]
    assert sheet.frame["coast"].tolist() == ["north", "north", "south", "south"]
    assert sheet.frame["2022 chicks"].tolist() == [31, 20, 40, 33]
    monkeypatch.chdir(tmp_path)
    Path("nests.xlsx").write_bytes(data)
    names: dict[str, object] = {}
    exec(compile(reading_code(sheet), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet.frame)
    assert read(data, "nests.xlsx", reading=sheet.reading).frame.equals(sheet.frame)


def test_formulas_are_not_computed() -> None:
    rows: list[list[object]] = [
        ["a", "b"],
        [1, b"<f>A2*2</f><v>2</v>"],
        [2, b"<f>A3*2</f>"],
        [3, b"<f>A4*2</f><v>6</v>"],
        [4, b"<f>A5*2</f><v>8</v>"],
    ]
    sheet = read(workbook({"S": rows}), "formulas.xlsx")
    assert sheet.column("b").missing == 1
    assert sheet.frame["b"].dropna().tolist() == [2, 6, 8]
    assert "One formula has no stored result" in words_of(sheet)


def test_a_cell_far_out_is_refused_before_it_makes_a_table() -> None:
    rows: list[list[object]] = [["a"], [None] * 2000 + [1]]
    with pytest.raises(Refused, match="column 2,001"):
        read(workbook({"S": rows}), "far.xlsx")


def test_what_would_unpack_to_too_much_is_refused_unpacked() -> None:
    data = workbook({"S": [["a" * 100, "b"], *([["x" * 90, 1]] * 3000)]})
    assert len(data) < 50_000
    with pytest.raises(Refused, match="unpack"):
        read(data, "bomb.xlsx", limits=Limits(unpacked=100_000))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "no workbook"),
        (b"PK\x03\x04" + b"\x00" * 300, "no workbook"),
        (workbook({"S": [[]]}), "empty"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(data, "broken.xlsx")


def test_a_row_far_down_is_refused_before_it_makes_a_table() -> None:
    data = workbook({"S": [["a", "b"], [1, 2]]})
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<row r="2">', b'<row r="1048576">')
                part = part.replace(b'r="A2"', b'r="A1048576"').replace(b'r="B2"', b'r="SZ1048576"')
            new.writestr(name, part)
    with pytest.raises(Refused, match="row 1,048,576"):
        read(file.getvalue(), "far.xlsx")
