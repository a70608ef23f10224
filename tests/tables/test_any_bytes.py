"""Whatever bytes arrive, they are a sheet or a refusal in a sentence, and never anything else."""

import contextlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.tables import Refused, Sheet, paste, read, reading_code

FILES = [file.read_bytes() for file in sorted((Path(__file__).parent / "files").iterdir())]
PIECES = st.sampled_from(
    rb""", ; | " ' \ # = % $ 0 a NA -999 1,234 1.234 007 12:30 1e308 9007199254740993 2024-01-02
    03/04/2024""".split()
    + "\t~\n~\r\n~\r~ ~b c~é~\ufeff".encode().split(b"~")
    + [b"\xff", b"\xe9"]
)
TABLES = st.lists(PIECES, min_size=1, max_size=60).map(b"".join)


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A file of ours with bytes taken out, put in or changed."""
    data = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        data[place : place + draw(st.integers(0, 9))] = draw(PIECES | st.binary(max_size=3))
    return bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.booleans()) else bytes(data)


def read_or_refused(data: bytes) -> Sheet | None:
    sheet, refusal = None, ""
    try:
        sheet = read(data, "any.csv")
    except Refused as refused:
        refusal = str(refused)
    if sheet is None:
        assert refusal.endswith(".")
        return None
    assert [column.name for column in sheet.columns] == list(sheet.frame.columns)
    assert sheet.frame.columns.is_unique
    assert len(sheet.frame) > 0
    for column in sheet.columns:
        assert column.missing == sheet.frame[column.name].isna().sum()
        assert column.distinct == sheet.frame[column.name].nunique()
    return sheet


def check_table(data: bytes) -> None:
    sheet = read_or_refused(data)
    if sheet is not None:
        again = read(data, "any.csv", reading=sheet.reading)
        pd.testing.assert_frame_equal(again.frame, sheet.frame)


def check_file(data: bytes) -> None:
    sheet = read_or_refused(data)
    if sheet is not None:
        compile(reading_code(sheet), "reading.py", "exec")


def check_text(text: str) -> None:
    with contextlib.suppress(Refused):
        assert len(paste(text).frame) > 0


SPOILED = spoiled() | st.binary(max_size=300)
TEXTS = st.text(max_size=80)
ANY = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(ANY, max_examples=30)
@given(TABLES)
def test_any_table_of_odd_cells(data: bytes) -> None:
    check_table(data)


@settings(ANY, max_examples=30)
@given(SPOILED)
def test_any_spoiled_file(data: bytes) -> None:
    check_file(data)


@settings(ANY, max_examples=20)
@given(TEXTS)
def test_any_text_that_is_pasted(text: str) -> None:
    check_text(text)


@pytest.mark.play
@settings(ANY, max_examples=200)
@given(TABLES)
def test_many_tables_of_odd_cells(data: bytes) -> None:
    check_table(data)


@pytest.mark.play
@settings(ANY, max_examples=200)
@given(SPOILED)
def test_many_spoiled_files(data: bytes) -> None:
    check_file(data)


@pytest.mark.play
@settings(ANY, max_examples=200)
@given(TEXTS)
def test_many_texts_that_are_pasted(text: str) -> None:
    check_text(text)
