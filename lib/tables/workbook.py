"""A sheet of an Excel workbook as raw cells, by calamine. Formulas are never evaluated.

What a workbook would unpack to is looked at before anything is unpacked: the sizes that the zip
file states, and the last cell of each sheet, since a single cell at XFD1048576 would make a table
of 17 billion.
"""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from .limits import Limits, Refused, check_columns, check_rows
from .raw import Raw
from .reading import Reading
from .sheet import Note

CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})\d')
ROW = re.compile(rb'<(?:\w+:)?row\b(?:[^>]*?\br="(\d{1,9})")?')
NO_RESULT = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
CELLS_AT_MOST = 60_000_000
TYPICAL_ROWS = 30


def raw_sheet(data: bytes, asked: Reading, limits: Limits) -> Raw:
    """The cells of the sheet that has most of a table, or of the one asked for."""
    notes: list[Note] = []
    if data.startswith(b"PK"):
        notes += _check_parts(data, limits)
    book = _opened(data)
    shown = [each.name for each in book.sheets_metadata if _is_shown(each)]
    names = shown or book.sheet_names
    asked_for = asked.sheet if asked.sheet in book.sheet_names else None
    name = asked_for or _fullest(book, names)
    if len(book.sheet_names) > 1 and asked.sheet is None:
        notes.append(_which_sheet(book.sheet_names, shown, name, names))
    filled = _merged(book.get_sheet_by_name(name))
    cells = read_cells(data, name)
    if not cells.shape[1]:
        raise Refused(f"The sheet {name} is empty: choose a workbook that has a table in it.")
    check_columns(cells.shape[1], limits)
    check_rows(len(cells) - 1, limits, asked)
    for top, left, bottom, _ in filled:
        cells.iloc[top : bottom + 1, left] = str(cells.iloc[top, left])
    if filled:
        what = "One merged cell was" if len(filled) == 1 else f"{len(filled)} merged cells were"
        notes.append(Note(f"{what} filled downwards: each row has its value."))
    reading = replace(asked, form="workbook", sheet=name, filled=tuple(filled))
    return Raw(cells, reading, tuple(notes), None, "row")


def read_cells(data: bytes, name: str) -> pd.DataFrame:
    """The cells as texts, empty where there is nothing."""
    try:
        return pd.read_excel(
            io.BytesIO(data),
            sheet_name=name,
            header=None,
            dtype=str,
            na_filter=False,
            engine="calamine",
        )
    except Exception as error:  # calamine raises what Rust panics with
        raise _broken() from error


def _opened(data: bytes) -> Any:
    try:
        from python_calamine import CalamineWorkbook
    except ImportError as error:
        raise Refused("Excel files are not read on this server: save the table as CSV.") from error
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except Exception as error:
        if "password" in str(error).lower() or b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data[:20_000]:
            raise Refused(
                "The workbook is locked with a password: save it without one, and choose it again."
            ) from error
        raise _broken() from error


def _broken() -> Refused:
    return Refused(
        "This is no workbook that can be read: open it in a spreadsheet, and save it as .xlsx or"
        " as CSV."
    )


def _is_shown(sheet: Any) -> bool:
    return str(sheet.visible).endswith("Visible") and str(sheet.typ).endswith("WorkSheet")


def _check_parts(data: bytes, limits: Limits) -> list[Note]:
    """Refuses what would unpack to too much, and says which formulas have no result."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _broken() from error
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise Refused("This spreadsheet is no .xlsx: open it, and save it as .xlsx or as CSV.")
    if not any(name.startswith("xl/") for name in names):
        raise Refused("This is a packed folder and no workbook: unpack it, and choose the table.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked or sum(part.compress_size for part in parts) > len(data):
        raise Refused(
            f"The workbook would unpack to {unpacked / 1e6:,.0f} MB, and at most"
            f" {limits.unpacked / 1e6:,.0f} MB are read: save its table as CSV."
        )
    empty = sum(
        _check_sheet(archive, part, limits) for part in parts if SHEET_PART.fullmatch(part.filename)
    )
    if not empty:
        return []
    what = "One formula has" if empty == 1 else f"{empty} formulas have"
    are = "is" if empty == 1 else "are"
    words = f"{what} no stored result and {are} missing: formulas are not computed here."
    return [Note(words)]


def _check_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> int:
    """How many formulas of a sheet have no result; refuses one whose last cell is too far out."""
    try:
        xml = archive.read(part)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        EOFError,
    ) as error:
        raise _broken() from error
    except Exception as error:  # zlib.error, whose module zipfile imports as it likes
        raise _broken() from error
    if len(xml) > part.file_size:
        raise _broken()
    reached = {match[1] for match in CELL.finditer(xml)}
    columns = max(map(_place, reached), default=0)
    rows = max((int(match[1] or 0) for match in ROW.finditer(xml)), default=0)
    if columns > limits.columns or rows * max(columns, 1) > CELLS_AT_MOST:
        raise Refused(
            f"A sheet reaches to row {rows:,} and column {columns:,}, and at most"
            f" {limits.columns:,} columns are read: delete the cells far from the table, or save"
            " it as CSV."
        )
    return len(NO_RESULT.findall(xml))


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + letter - 64
    return place


def _fullest(book: Any, names: list[str]) -> str:
    """The sheet with most rows that are as wide as its table; the first of equals."""

    def fullness(name: str) -> int:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(nrows=TYPICAL_ROWS)
        filled = [sum(cell != "" for cell in row) for row in rows]
        wide = [count for count in filled if count > 1]
        height, width = sheet.height, int(np.median(wide)) if wide else 0
        return width * (height if len(wide) > 2 else len(wide))

    return max(names, key=fullness)


def _which_sheet(all_names: list[str], shown: list[str], name: str, names: list[str]) -> Note:
    others = [each for each in all_names if each != name]
    hidden = [each for each in others if each not in shown]
    listed = ", ".join(others[:4]) + (" and others" if len(others) > 4 else "")
    also = f" ({', '.join(hidden[:4])} hidden)" if hidden else ""
    words = f"Of {len(all_names)} sheets, {name} was read and not {listed}{also}. Is that the one?"
    if len(names) < 2:
        return Note(words.removesuffix(" Is that the one?"), setting="sheet")
    choices = (name, *(each for each in all_names if each != name))
    return Note(words, True, None, choices, "sheet", choices)


def _merged(sheet: Any) -> list[tuple[int, int, int, int]]:
    """The cells merged over several rows: first row, first column, last row, last column."""
    ranges = sheet.merged_cell_ranges or []
    return sorted(
        (top, left, bottom, right) for (top, left), (bottom, right) in ranges if bottom > top
    )
