"""Workbooks written by hand, part by part."""

import io
import zipfile
from xml.sax.saxutils import escape

START = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DATE, TEXT = 's="1"', 't="inlineStr"'


def letters(place: int) -> str:
    """The name of a column: A, B, ..., Z, AA."""
    name = ""
    while place >= 0:
        name, place = chr(65 + place % 26) + name, place // 26 - 1
    return name


def cell(row: int, place: int, value: object) -> str:
    """A cell: a text, a number, a truth, a date as (serial,), or XML as bytes."""
    at = f'r="{letters(place)}{row + 1}"'
    if isinstance(value, bytes):
        return f"<c {at}>{value.decode()}</c>"
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, tuple):
        return f"<c {at} {DATE}><v>{value[0]}</v></c>"
    if isinstance(value, str):
        return f"<c {at} {TEXT}><is><t>{escape(value)}</t></is></c>"
    return f"<c {at}><v>{value!r}</v></c>"


def sheet_xml(rows: list[list[object]], merged: tuple[str, ...]) -> str:
    lines = [
        f'<row r="{row + 1}">'
        + "".join(cell(row, place, value) for place, value in enumerate(cells) if value is not None)
        + "</row>"
        for row, cells in enumerate(rows)
    ]
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    below = f"<mergeCells>{merges}</mergeCells>" if merged else ""
    return f"{START}<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData>{below}</worksheet>"


def workbook(
    sheets: dict[str, list[list[object]]],
    hidden: tuple[str, ...] = (),
    merged: tuple[str, ...] = (),
    from_1904: bool = False,
) -> bytes:
    """The bytes of an .xlsx file; `merged` are cells of the first sheet."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if name in hidden else "/>")
        for number, name in enumerate(sheets, 1)
    )
    era = '<workbookPr date1904="1"/>' if from_1904 else ""
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'<workbook {MAIN} xmlns:r="{RELATIONS}">{era}<sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join(
                f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet"'
                f' Target="worksheets/sheet{number}.xml"/>'
                for number in range(1, len(sheets) + 1)
            )
            + f'<Relationship Id="rId99" Type="{RELATIONS}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/styles.xml": (
            f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>"
        ),
    }
    for number, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(rows, merged if number == 1 else ())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text if text.startswith("<?xml") else START + text)
    return file.getvalue()
