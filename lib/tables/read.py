"""From the bytes of a file to a sheet, or to a refusal in one sentence."""

from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pandas as pd

from . import parquet, workbook
from .columns import kinds_of_texts
from .files import form_of
from .layout import layout_of
from .limits import LIMITS, Limits, check_columns, check_size
from .raw import Raw
from .reading import Reading
from .sheet import Note, Sheet
from .text import raw_text
from .typed import typed_sheet


def read(
    data: bytes, name: str, *, reading: Reading | None = None, limits: Limits = LIMITS
) -> Sheet:
    """The table of a file: CSV and its kin, a sheet of Excel, or Parquet.

    What `reading` states is done; the rest is found out, and said in the notes. Raises Refused,
    a ValueError, for what is no table or too large a one.

    >>> sheet = read(b"name;size\\nAda;1,5\\nBo;2,25\\n", "two.csv")
    >>> sheet.frame["size"].tolist(), sheet.column("size").kind
    ([1.5, 2.25], 'number')
    """
    asked = replace(reading or Reading(), path=name)
    check_size(data, limits)
    sheet = _read(data, name, replace(asked, changes=()), limits)
    for change in asked.changes:
        sheet = sheet.with_kind(change.column, change.kind, change.levels)
    return sheet


def paste(text: str) -> Sheet:
    """The table of a text that was pasted, from a spreadsheet or a web page.

    >>> paste("a\\tb\\n1\\t2\\n3\\t4").frame.sum().tolist()
    [4, 6]
    """
    return read(text.encode("utf-8", errors="replace"), "pasted")


def _read(data: bytes, name: str, asked: Reading, limits: Limits) -> Sheet:
    form = form_of(data)
    if form == "parquet":
        frame, used = parquet.frame_of(data, asked, limits)
        rows, sampled = _sampled(len(frame), used, limits)
        if rows is not None:
            frame = frame.iloc[rows].reset_index(drop=True)
        sheet = typed_sheet(frame, _title(name), replace(used, most_rows=limits.rows))
        return Sheet(
            sheet.name, sheet.frame, sheet.columns, (*sampled, *sheet.notes), sheet.reading, asked
        )
    raw = (
        raw_text(data, asked, limits) if form == "text" else workbook.raw_sheet(data, asked, limits)
    )
    return _sheet(raw, _title(name), asked, limits)


def _title(name: str) -> str:
    return PurePath(name.replace("\\", "/")).name


def _sheet(raw: Raw, name: str, asked: Reading, limits: Limits) -> Sheet:
    layout = layout_of(raw.cells, raw.widths, asked.header, asked.skipped, asked.places, raw.line)
    check_columns(len(layout.places), limits)
    if asked.places is not None and len(asked.columns) == len(asked.places):
        layout = replace(layout, names=tuple(column.name for column in asked.columns))
    reading = replace(
        raw.reading,
        header=layout.header,
        skipped=layout.skipped,
        places=layout.places,
        most_rows=limits.rows,
    )
    body = raw.cells.drop(index=[*layout.header, *layout.skipped]).reset_index(drop=True)
    rows, sampled = _sampled(len(body), reading, limits)
    if rows is not None:
        body = body.iloc[rows].reset_index(drop=True)
    texts = {
        title: body.iloc[:, place] for title, place in zip(layout.names, layout.places, strict=True)
    }
    read, notes = kinds_of_texts(texts, reading)
    return Sheet(
        name,
        pd.DataFrame({title: values for title, (_, _, values) in read.items()}, copy=False),
        tuple(column for _, column, _ in read.values()),
        (*raw.notes, *layout.notes, *sampled, *notes),
        replace(reading, columns=tuple(how for how, _, _ in read.values())),
        asked,
    )


def _sampled(
    rows: int, reading: Reading, limits: Limits
) -> tuple["np.ndarray | None", tuple[Note, ...]]:
    """Which rows are drawn where there are too many, in their order."""
    if reading.sample is None or rows <= limits.rows:
        return None, ()
    drawn = drawn_rows(rows, limits.rows, reading.sample)
    words = f"Of {rows:,} rows, {limits.rows:,} were drawn at random (seed {reading.sample})."
    return drawn, (Note(words),)


def drawn_rows(rows: int, most: int, seed: int) -> "np.ndarray":
    """The places of rows drawn without replacement, in their order."""
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))
