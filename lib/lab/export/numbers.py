"""The numbers behind what is on the screen, in files that are safe to open in a spreadsheet.

In CSV a text that begins like a formula is marked as text. Excel's file says of each cell that it
is text. Numbers stay numbers.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ...course import Exhibit
from ...course.spreadsheet import safe_csv
from .workbook import workbook


def numbers_csv(exhibit: Exhibit) -> bytes:
    """The exhibit's table as CSV in UTF-8, with the mark by which Excel knows that it is.

    >>> exhibit = Exhibit({}, pd.DataFrame({"x": ["=1+1"], "value": [-0.5]}), "")
    >>> numbers_csv(exhibit).decode("utf-8-sig").splitlines()
    ['x,value', "'=1+1,-0.5"]
    """
    return safe_csv(with_index(exhibit.table))


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
