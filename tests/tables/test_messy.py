"""Each kind of trouble is read rightly, asked about, or refused in a sentence."""

import re

import pandas as pd
import pytest
from messy import MESSY, Messy

from lib.tables import Refused, Sheet, read, reading_code

READ = [case for case in MESSY if not case.refuses]
REFUSED = [case for case in MESSY if case.refuses]


def plain(cell: object) -> object:
    """A cell as the cases write it; dates as texts."""
    if cell is None or pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell
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


@pytest.mark.parametrize("case", READ, ids=lambda case: case.what)
def test_messy_tables_are_read_as_they_were_meant(case: Messy) -> None:
    sheet = read(case.data, "messy.csv")
    assert case.cells is not None
    assert list(sheet.frame.columns) == list(case.cells)
    assert wrong_cells(sheet, case.cells) == []
    assert [column.kind for column in sheet.columns] == case.kinds.split()


@pytest.mark.parametrize("case", READ, ids=lambda case: case.what)
def test_what_can_be_read_two_ways_is_asked_and_nothing_else(case: Messy) -> None:
    notes = read(case.data, "messy.csv").notes
    questions = [note.words for note in notes if note.question]
    assert all(words.endswith("?") for words in questions)
    if case.asks:
        assert any(re.search(case.asks, words) for words in questions), questions
    elif not case.may_ask:
        assert questions == []
    said = [note.words for note in notes]
    assert not case.says or any(re.search(case.says, words) for words in said), said


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.what)
def test_what_is_no_table_is_refused_in_a_sentence(case: Messy) -> None:
    with pytest.raises(Refused, match=case.refuses) as refusal:
        read(case.data, "messy.csv")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("case", READ, ids=lambda case: case.what)
def test_the_code_reads_the_file_to_the_same_frame(
    case: Messy, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = read(case.data, "messy.csv")
    monkeypatch.chdir(tmp_path)  # type: ignore[arg-type]
    with open("messy.csv", "wb") as file:  # noqa: PTH123
        file.write(case.data)
    names: dict[str, object] = {}
    exec(compile(reading_code(sheet), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet.frame)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.what)
def test_a_reading_reads_the_file_to_the_same_frame_again(case: Messy) -> None:
    sheet = read(case.data, "messy.csv")
    again = read(case.data, "messy.csv", reading=sheet.reading)
    pd.testing.assert_frame_equal(again.frame, sheet.frame)
