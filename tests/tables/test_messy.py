"""Each kind of trouble is read rightly, asked about, or refused in a sentence."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from messy import MESSY, Messy, digits_in_silence

from lib.tables import Refused, Sheet, read, reading_code

CASES = {case.what: case for case in MESSY}
READ = [case for case in MESSY if not case.refuses]
REFUSED = [case for case in MESSY if case.refuses]


@cache
def sheet_of(what: str) -> Sheet:
    return read(CASES[what].data, "messy.csv")


def plain(cell: object) -> object:
    if cell is None or pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def same(cell: object, wanted: object) -> bool:
    if isinstance(cell, pd.Timestamp):
        return isinstance(wanted, str) and cell == pd.Timestamp(wanted)
    if isinstance(wanted, float) and isinstance(cell, int | float):
        return cell == pytest.approx(wanted, rel=1e-12)
    return cell == wanted


def wrong_cells(sheet: Sheet, cells: dict[str, list[object]]) -> list[tuple[str, object, object]]:
    return [
        (name, cell, wanted)
        for name, column in cells.items()
        for cell, wanted in zip(map(plain, sheet.frame[name]), column, strict=True)
        if not same(cell, wanted)
    ]


def code_runs_to(sheet: Sheet, data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("messy.csv").write_bytes(data)
    names: dict[str, object] = {}
    exec(compile(reading_code(sheet), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet.frame)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.what)
def test_messy_tables_are_read_as_they_were_meant(
    case: Messy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = sheet_of(case.what)
    assert case.cells is not None
    assert list(sheet.frame.columns) == list(case.cells)
    assert wrong_cells(sheet, case.cells) == []
    assert [column.kind for column in sheet.columns] == case.kinds.split()

    questions = [note.words for note in sheet.notes if note.question]
    assert all(words.endswith("?") for words in questions)
    assert case.may_ask or bool(questions) == bool(case.asks), questions
    assert not case.asks or any(re.search(case.asks, words) for words in questions), questions
    said = [note.words for note in sheet.notes]
    assert not case.says or any(re.search(case.says, words) for words in said), said
    assert digits_in_silence(sheet) == []

    code_runs_to(sheet, case.data, tmp_path, monkeypatch)


@pytest.mark.play
@pytest.mark.parametrize("case", READ, ids=lambda case: case.what)
def test_a_reading_reads_messy_tables_the_same_again(case: Messy) -> None:
    sheet = sheet_of(case.what)
    again = read(case.data, "messy.csv", reading=sheet.reading)
    pd.testing.assert_frame_equal(again.frame, sheet.frame)


@pytest.mark.parametrize("case", [case for case in READ if case.asks], ids=lambda case: case.what)
def test_every_answer_settles_its_question(case: Messy) -> None:
    sheet = sheet_of(case.what)
    for note in sheet.notes:
        for choice in note.choices:
            answered = read(case.data, "messy.csv", reading=sheet.answered(note, choice))
            again = [each.words for each in answered.notes if each.question]
            assert note.words not in again


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.what)
def test_what_is_no_table_is_refused_in_a_sentence(case: Messy) -> None:
    with pytest.raises(Refused, match=case.refuses) as refusal:
        read(case.data, "messy.csv")
    assert str(refusal.value).endswith(".")
