"""Files as people have them: each is read as expected.json says, asked about, or refused."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from messy import digits_in_silence

from lib.tables import Refused, Sheet, read, reading_code

HERE = Path(__file__).parent
CASES = json.loads((HERE / "expected.json").read_text("utf-8"))
# What the files call text is an identifier or a category here; true and false are a category.
KINDS = {"text": "identifier", "boolean": "category", "ignore": "ignored"}


def plain(cell: Any) -> Any:
    if cell is None or pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def same(cell: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return any(same(cell, each) for each in wanted["any"])
    cell = plain(cell)
    if isinstance(cell, pd.Timestamp):
        return cell == pd.Timestamp(wanted).tz_localize(None)
    if isinstance(cell, int | float) and isinstance(wanted, int | float):
        return math.isclose(cell, wanted, rel_tol=1e-12)
    return bool(cell == wanted)


def named(name: str, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return name == wanted
    return all(part in name for part in wanted["contains"])


def wrong(sheet: Sheet, reading: dict[str, Any]) -> list[str]:
    """What of a sheet is not as it should be."""
    found = []
    if len(sheet.frame) != reading["rows"] or len(sheet.columns) != len(reading["columns"]):
        return [f"{len(sheet.frame)} rows of {list(sheet.frame)}"]
    for column, wanted in zip(sheet.columns, reading["columns"], strict=True):
        kinds = wanted["kind"] if isinstance(wanted["kind"], list) else [wanted["kind"]]
        missing = wanted["missing"] if isinstance(wanted["missing"], list) else [wanted["missing"]]
        if not named(column.name, wanted["name"]):
            found.append(f"{column.name} is not {wanted['name']}")
        if column.kind not in {KINDS.get(kind, kind) for kind in kinds}:
            found.append(f"{column.name} is {column.kind}, not {kinds}")
        if column.missing not in missing:
            found.append(f"{column.name}: {column.missing} missing, not {missing}")
        if column.distinct != wanted.get("distinct", column.distinct):
            found.append(f"{column.name}: {column.distinct} different, not {wanted['distinct']}")
        if list(column.levels) != wanted.get("levels", list(column.levels)):
            found.append(f"{column.name}: {column.levels}, not {wanted['levels']}")
    for row, place, value in reading["cells"]:
        if not same(sheet.frame.iloc[row, place], value):
            found.append(f"row {row}, column {place}: not {value}")
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_files_as_people_have_them(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (HERE / "files" / case["file"]).read_bytes()
    if case["file"].endswith(".xlsx"):
        pytest.importorskip("python_calamine")
    if case.get("should_refuse"):
        with pytest.raises(Refused, match=case["reason_words"]):
            read(data, case["file"])
        return
    sheet = read(data, case["file"])
    assert min((wrong(sheet, reading) for reading in case["readings"]), key=len) == []
    notes = [note.words for note in sheet.notes]
    questions = [note.words for note in sheet.notes if note.question]
    for words in case.get("must_say", []):
        assert any(re.search(words, note, re.IGNORECASE) for note in notes), notes
    if case.get("should_ask"):
        assert any(re.search(case["ask_about"], words) for words in questions)
    elif not case.get("may_ask"):
        assert questions == []
    assert digits_in_silence(sheet) == []

    monkeypatch.chdir(tmp_path)
    Path(case["file"]).write_bytes(data)
    names: dict[str, Any] = {}
    exec(compile(reading_code(sheet), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet.frame)
