"""Tables as files that are safe to open in a spreadsheet.

A text that begins like a formula is run as one by Excel, LibreOffice and Google Sheets, and a
column's name may be anyone's. In CSV such a text gets an apostrophe before it, as a spreadsheet
writes text that is none of its own (OWASP, "CSV Injection"). Numbers stay numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How what a spreadsheet would run begins; in Japanese and Chinese ones full-width signs do it."""


def safe_csv(table: pd.DataFrame) -> bytes:
    """The columns of a table as CSV in UTF-8, with the mark by which Excel knows that it is.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"x": ["=1+1"], "value": [-0.5]})
    >>> safe_csv(table).decode("utf-8-sig").splitlines()
    ['x,value', "'=1+1,-0.5"]
    """
    import pandas as pd

    safe = pd.DataFrame(
        {place: _safe_column(table.iloc[:, place]) for place in range(table.shape[1])}
    )
    header = [_safe(str(name)) for name in table.columns]
    return safe.to_csv(index=False, header=header, lineterminator="\r\n").encode("utf-8-sig")


def _safe_column(column: pd.Series[Any]) -> pd.Series[Any]:
    from pandas.api.types import is_numeric_dtype

    if is_numeric_dtype(column.dtype):
        return column
    return column.astype(object).map(_safe_cell, na_action="ignore")


def _safe_cell(cell: object) -> object:
    return _safe(cell) if isinstance(cell, str) else cell


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS) else text
