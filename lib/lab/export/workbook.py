"""Tables as an Excel workbook: the smallest file that ECMA-376 calls one, without formulas.

Texts are written where they stand (`inlineStr`) and marked as text (`quotePrefix`), so that no
spreadsheet takes one for a formula, even after it was edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pandas as pd

_LONGEST = 32_767
"""The characters that a cell of Excel can hold."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PLAIN, _TEXT, _NAME = 0, 1, 2

_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="3"><xf/>
<xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="1" quotePrefix="1" applyNumberFormat="1" applyFont="1"/></cellXfs>
</styleSheet>"""


def workbook(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The tables as sheets under their names, without the names of their rows.

    Numbers are numbers, truths truths; all else is text. What is missing or infinite is an empty
    cell, and a text is cut where no cell can hold it.

    >>> workbook({"One": pd.DataFrame({"x": [1.5]})})[:2]
    b'PK'
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(tables).items():
            # A fixed date: the same numbers are the same file.
            part = ZipInfo(name, datetime(1980, 1, 1).timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, content)
    return buffer.getvalue()


def _parts(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    numbers = range(1, len(tables) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, tables, strict=True)
    )
    links = {f"rId{number}": f"worksheets/sheet{number}.xml" for number in numbers}
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        f' ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{types}</Types>',
        "_rels/.rels": _links({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _links(
            {key: ("worksheet", target) for key, target in links.items()}
            | {"rId0": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
    } | {
        f"xl/worksheets/sheet{number}.xml": _sheet(table)
        for number, table in zip(numbers, tables.values(), strict=True)
    }


def _links(targets: Mapping[str, tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(table: pd.DataFrame) -> str:
    """The cells row by row; the names of the columns stay in sight."""
    header = _row(_text(str(name), _NAME) for name in table.columns)
    columns = [table.iloc[:, place].astype(object) for place in range(table.shape[1])]
    body = "".join(_row(map(_cell, cells)) for cells in zip(*columns, strict=True))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><sheetData>{header}{body}</sheetData></worksheet>"
    )


def _row(cells: Iterable[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _cell(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | np.integer | np.floating):
        return f"<c><v>{value!s}</v></c>" if isfinite(value) else "<c/>"
    return "<c/>" if pd.isna(value) else _text(str(value), _TEXT)


def _text(text: str, style: int) -> str:
    # What XML cannot hold is written as Excel does, by its number.
    held = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text[:_LONGEST])
    held = escape(held, {"\r": "_x000D_"})
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{held}</t></is></c>'
