"""Numbers that a spreadsheet opens without running anything, read back."""

import csv
import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from lib.course import Exhibit
from lib.lab.export import numbers_csv, numbers_xlsx

HOSTILE = [
    '=HYPERLINK("http://a.b","c")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
]
PLAIN = ["a=b", "5", " rate", "Größe, m²", 'say "x"', "two\nlines", "a\x00\x1b<&>"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def exhibit() -> Exhibit:
    words = [*HOSTILE, *PLAIN]
    values = np.linspace(-1, 1, len(words))
    values[3] = np.nan
    values[4] = np.inf
    table = pd.DataFrame({"x": words, "value": values, "=n": range(len(words))})
    return Exhibit({"r": -0.25, "who": "=1+1"}, table, "", setting={"columns": ("a", "-b")})


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_no_text_of_the_csv_begins_like_a_formula() -> None:
    header, *rows = rows_of_csv(numbers_csv(exhibit()))
    assert header == ["x", "value", "'=n"]
    assert [row[0] for row in rows] == [*(f"'{word}" for word in HOSTILE), *PLAIN]


def test_numbers_of_the_csv_stay_numbers() -> None:
    data = numbers_csv(exhibit())
    back = pd.read_csv(io.BytesIO(data))
    expected = exhibit().table["value"]
    np.testing.assert_array_equal(back["value"], expected)
    assert (back["value"] < 0).sum() > 3
    assert data.startswith(b"\xef\xbb\xbf")


def test_names_of_rows_are_columns() -> None:
    table = pd.DataFrame({"y": [1.0]}, index=pd.Index(["-x"], name="@name"))
    assert rows_of_csv(numbers_csv(Exhibit({}, table, ""))) == [["'@name", "y"], ["'-x", "1.0"]]


def cells_of(data: bytes, sheet: int) -> list[list[Any]]:
    """Each cell as its type and content, as the standard has them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    assert not list(root.iter(f"{MAIN}f"))
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iter(f"{MAIN}c")]
        for row in root.iter(f"{MAIN}row")
    ]


def test_the_workbook_has_texts_and_numbers_and_no_formula() -> None:
    header, *rows = cells_of(numbers_xlsx(exhibit()), 1)
    assert header == [("inlineStr", "x"), ("inlineStr", "value"), ("inlineStr", "=n")]
    words = [row[0] for row in rows]
    assert {kind for kind, _ in words} == {"inlineStr"}
    written = {"\r=1": "_x000D_=1", "a\x00\x1b<&>": "a_x0000__x001B_<&>"}
    assert [word for _, word in words] == [written.get(word, word) for word in [*HOSTILE, *PLAIN]]
    values = [row[1] for row in rows]
    assert {kind for kind, _ in values} == {"n"}
    expected = exhibit().table["value"].tolist()
    for (_, text), value in zip(values, expected, strict=True):
        assert float(text) == value if np.isfinite(value) else text == ""


def test_the_texts_of_the_workbook_stay_texts_when_they_are_edited() -> None:
    with zipfile.ZipFile(io.BytesIO(numbers_xlsx(exhibit()))) as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert styles is not None
    prefixed = {place for place, style in enumerate(styles) if style.get("quotePrefix") == "1"}
    texts = [cell for cell in sheet.iter(f"{MAIN}c") if cell.get("t") == "inlineStr"]
    assert len(texts) == 3 + len(HOSTILE) + len(PLAIN)
    assert {int(cell.get("s", "0")) for cell in texts} <= prefixed


def test_the_second_sheet_says_of_what_the_numbers_are() -> None:
    _, *rows = cells_of(numbers_xlsx(exhibit()), 2)
    assert rows == [
        [("inlineStr", "columns"), ("inlineStr", "a, -b")],
        [("inlineStr", "r"), ("n", "-0.25")],
        [("inlineStr", "who"), ("inlineStr", "=1+1")],
    ]


def test_a_workbook_is_read_back_by_a_reader_of_workbooks() -> None:
    pytest.importorskip("python_calamine")
    data = io.BytesIO(numbers_xlsx(exhibit()))
    back = pd.read_excel(data, engine="calamine", keep_default_na=False)
    assert back["=n"].tolist() == list(range(len(HOSTILE) + len(PLAIN)))
    assert back["x"].tolist()[:4] == HOSTILE[:4]
    assert back["value"].tolist()[0] == -1
