"""The numbers behind what is on the screen, in files that are safe to open in a spreadsheet.

A text that begins like a formula is run as one by Excel, LibreOffice and Google Sheets, and a
column's name may be anyone's. In CSV such a text gets an apostrophe before it, as a spreadsheet
writes text that is none of its own (OWASP, "CSV Injection"). Excel's file says of each cell that it
is text. Numbers stay numbers.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from lib.course import Exhibit
from lib.lab.export.workbook import workbook

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How what a spreadsheet would run begins; in Japanese and Chinese ones full-width signs do it."""


def numbers_csv(exhibit: Exhibit) -> bytes:
    """The exhibit's table as CSV in UTF-8, with the mark by which Excel knows that it is.

    >>> exhibit = Exhibit({}, pd.DataFrame({"x": ["=1+1"], "value": [-0.5]}), "")
    >>> numbers_csv(exhibit).decode("utf-8-sig").splitlines()
    ['x,value', "'=1+1,-0.5"]
    """
    table = with_index(exhibit.table)
    safe = pd.DataFrame(
        {place: _safe_column(table.iloc[:, place]) for place in range(table.shape[1])}
    )
    header = [_safe(str(name)) for name in table.columns]
    return safe.to_csv(index=False, header=header, lineterminator="\r\n").encode("utf-8-sig")


def numbers_xlsx(exhibit: Exhibit) -> bytes:
    """The exhibit's table as a workbook: its numbers, and what they are of on a second sheet.

    >>> exhibit = Exhibit({"n": 3}, pd.DataFrame({"x": ["=1+1"], "value": [-0.5]}), "")
    >>> numbers_xlsx(exhibit)[:2]
    b'PK'
    """
    facts = pd.DataFrame(
        {
            "name": list(exhibit.words),
            "value": [_one_cell(value) for value in exhibit.words.values()],
        },
        dtype=object,
    )
    return workbook({"Numbers": with_index(exhibit.table), "Settings and facts": facts})


def _one_cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def with_index(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its names of rows as columns; rows that are only counted have none."""
    if isinstance(table.index, pd.RangeIndex) and table.index.name is None:
        return table
    names = ["row" if name is None else str(name) for name in table.index.names]
    return table.rename_axis(names).reset_index(allow_duplicates=True)


def _safe_column(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    return column.astype(object).map(_safe_cell, na_action="ignore")


def _safe_cell(cell: object) -> object:
    return _safe(cell) if isinstance(cell, str) else cell


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS) else text
