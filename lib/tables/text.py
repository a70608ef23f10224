"""A text as raw cells: one record a row, every cell as it is written."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pandas as pd

from .dialect import NAMES, PROBE_LINES, Dialect, dialect_of, odd_quote, widths_of
from .encoding import encoding_of, text_of
from .limits import Limits, Refused, check_columns, check_rows
from .raw import Raw
from .reading import Reading
from .sheet import Note

AROUND = r"(?m)^[ \t]+|[ \t]+(?=\r?$)"
CELLS_AT_MOST = 60_000_000
ALIGNED = 0.6


def raw_text(data: bytes, asked: Reading, limits: Limits) -> Raw:
    """The cells of a text, and how its records were cut."""
    encoding, notes = (asked.encoding, []) if asked.encoding else encoding_of(data)
    text = text_of(data, encoding)
    if "\x00" in text:
        raise Refused("The file has zero bytes in its text: save it again as CSV in UTF-8.")
    if "\ufffd" in text and not asked.encoding:
        notes.append(Note("Some of its bytes are no text; they show as \ufffd."))
    dialect = dialect_of(text, asked.delimiter, asked.quote)
    if asked.escape is not None:
        dialect = replace(dialect, escape=asked.escape)
    if asked.blanks_after is not None:
        dialect = replace(dialect, blanks_after=asked.blanks_after)
    if asked.delimiter is None and dialect.delimiter != ",":
        name = NAMES.get(dialect.delimiter, repr(dialect.delimiter))
        notes.append(Note(f"Cells are separated by {name}.", setting="delimiter"))
    if dialect.quote == "'":
        notes.append(Note("Cells are quoted with single quotation marks.", setting="quote"))
    if dialect.escape:
        notes.append(Note("Quotation marks in cells have a backslash before them."))
    widths = widths_of(text, dialect)
    if line := odd_quote(text, dialect):
        words = f"Line {line} has a quotation mark within a cell: look whether the cell is whole."
        notes.append(Note(words))
    check_widths(widths, limits)
    reading = replace(
        asked,
        form="text",
        encoding=encoding,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        escape=dialect.escape,
        blanks_after=dialect.blanks_after,
        width=max(widths),
    )
    check_rows(len(widths) - 1, limits, asked)
    cells = pd.read_csv(io.StringIO(prepared(text, dialect), newline=""), **options(reading))
    if len(cells) != len(widths):
        raise Refused("Its lines end in different ways: save it again as CSV in UTF-8.")
    if cells.shape[1] == 1:
        refuse_uncut(cells[0].head(PROBE_LINES).tolist())
    return Raw(cells, reading, tuple(notes), widths)


def refuse_uncut(lines: list[str]) -> None:
    """Refuses lines of one cell that has several: in quotation marks as a whole, or aligned."""
    aligned = [line for line in lines if re.search(r"\S {2,}\S.* {2,}\S", line)]
    if len(lines) > 2 and len(aligned) > ALIGNED * len(lines):
        raise Refused(
            "Its columns are aligned by blanks and some cells are empty, so that it is not clear"
            " which belong where: save the table as CSV."
        )
    for delimiter in ",;\t":
        cuts = {line.count(delimiter) for line in lines if line}
        if len(lines) > 2 and len(cuts) == 1 and cuts != {0}:
            raise Refused(
                "Each line is one cell, since quotation marks surround it as a whole: take those"
                " marks away, and choose the file again."
            )


def check_widths(widths: list[int], limits: Limits) -> None:
    if not widths or not max(widths):
        raise Refused("The file has no cells: choose one that has a table in it.")
    usual = sorted(widths)[len(widths) // 2]
    check_columns(usual, limits)
    widest = max(widths)
    if widest > max(limits.columns, 10 * usual) or widest * len(widths) > CELLS_AT_MOST:
        line = widths.index(widest) + 1
        raise Refused(
            f"Line {line} has {widest:,} cells and most others {usual:,}: look whether a line break"
            " is missing there."
        )


def prepared(text: str, dialect: Dialect) -> str:
    """The text as pandas cuts it: runs of blanks become one tab."""
    if not dialect.by_blanks:
        return text
    return re.sub(dialect.delimiter, "\t", re.sub(AROUND, "", text))


def options(reading: Reading) -> dict[str, Any]:
    """What pandas.read_csv is told: everything is text, and nothing is skipped or missing."""
    by_blanks = Dialect(reading.delimiter or ",").by_blanks
    told: dict[str, Any] = {
        "sep": "\t" if by_blanks else reading.delimiter,
        "header": None,
        "names": range(reading.width or 0),
        "index_col": False,
        "dtype": str,
        "na_filter": False,
        "skip_blank_lines": False,
    }
    if not reading.quote or by_blanks:
        told["quoting"] = csv.QUOTE_NONE
    elif reading.quote != '"':
        told["quotechar"] = reading.quote
    if reading.escape:
        told["escapechar"] = reading.escape
    if reading.blanks_after:
        told["skipinitialspace"] = True
    return told
