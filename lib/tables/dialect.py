"""What stands between the cells of a text, and what surrounds them.

A delimiter is right where it cuts the lines into equally many cells, and where the cells then look
like something: a number, a date, a word (the two measures of G. J. J. van den Burg, A. Nazábal and
C. Sutton, "Wrangling messy CSV files by detecting row and type patterns", 2019).
"""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .limits import Refused
from .reading import Reading

if TYPE_CHECKING:
    import _csv

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01", ":")
BLANKS = r"[ \t]{2,}"
BLANK = r"[ \t]+"
NAMES = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "upright strokes",
    BLANK: "blanks",
    BLANKS: "two or more blanks",
    ":": "colons",
}
TYPED = re.compile(
    r"\s*(?:|[+\-−–]?[\d.,'’   ]*\d%?|[\d/.:\-T ]+Z?|[^\W\d_]{1,3}\s?[\d.,]+|[\d.,]+\s?\S{1,4}"
    r"|\(?[$€£¥]?\s?-?[$€£¥]?[\d.,]+\)?"
    r"|[\w\-./#*+&()'’?%°:@<>=]+(?: [\w\-./#*+&()'’?!%°:,@<>=]+){0,3})\s*"
)
PROBE_LINES = 300
PROBE = 200_000
# A cell may be as long as the file: the default of 131,072 would cut a diary off.
LONGEST_CELL = 2**31 - 1
MOST_LINES_LOOKED_OVER = 3
END = "\x1eend"


@dataclass(frozen=True)
class Dialect:
    """Delimiter, quote ("" for none), escape ("" for a doubled quote).

    `blanks_after`: blanks stand after delimiters, so that a quote comes after them.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    blanks_after: bool = False

    @property
    def by_blanks(self) -> bool:
        return self.delimiter in (BLANK, BLANKS)


def records(text: str, dialect: Dialect) -> Iterator[list[str]]:
    """The records of a text, cut as pandas cuts them."""
    csv.field_size_limit(LONGEST_CELL)
    lines = io.StringIO(text, newline="")
    if dialect.by_blanks:
        cut = re.compile(dialect.delimiter)
        return (cut.split(line.strip()) if line.strip() else [] for line in lines)
    return _reader(lines, dialect)


def _reader(lines: Iterable[str], dialect: Dialect, strict: bool = False) -> "_csv.Reader":
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        skipinitialspace=dialect.blanks_after,
        strict=strict,
    )


def dialect_of(text: str, delimiter: str | None = None, quote: str | None = None) -> Dialect:
    """The dialect that fits best; what is given stands."""
    probe = _probe(text)
    stated = re.match(r"\s*sep=(.)\r?\n", text, re.IGNORECASE)
    if stated and delimiter is None:
        delimiter = stated[1]
    delimiters = (*DELIMITERS, BLANKS, BLANK) if delimiter is None else (delimiter,)
    quotes = ('"', "'") if re.search(r"(?:^|[,;\t|])'", probe, re.MULTILINE) else ('"',)
    tries = [
        Dialect(each, mark)
        for each in delimiters
        for mark in ((quote,) if quote is not None else quotes)
        if each in probe or each in (BLANK, BLANKS)
    ]
    if not tries:
        return _escaping(probe, Dialect(delimiter or ",", '"' if quote is None else quote))
    scores = {each: _fit(probe, each) for each in tries}
    best = max(tries, key=lambda each: scores[each])
    if scores[best] <= 0:
        best = Dialect(delimiter or ",", '"' if quote is None else quote)
    return _escaping(probe, best)


def _probe(text: str) -> str:
    """The first lines, without what is no row of a table: comments, blank lines."""
    lines = io.StringIO(text[:PROBE], newline=None).read().split("\n")
    if len(text) > PROBE:
        lines = lines[:-1] or lines
    kept = [line for line in lines if line.strip() and not line.startswith(("#", "sep="))]
    return "\n".join(kept[:PROBE_LINES])


def _fit(probe: str, dialect: Dialect) -> float:
    rows = [row for row in records(probe, dialect) if row]
    if not rows:
        return 0.0
    widths = Counter(map(len, rows))
    pattern = sum(
        count * (width - 1) / width for width, count in widths.items() if count > 1 or len(rows) < 3
    ) / len(widths)
    usual = max(widths, key=lambda width: (widths[width], width))
    cells = [cell for row in rows for cell in row]
    typed = sum(bool(TYPED.fullmatch(cell)) for cell in cells) / len(cells)
    below = rows[1:] if len(rows) > 3 else rows
    agreeing = sum(len(row) == usual for row in below) / len(below)
    if usual < 2 or (dialect.by_blanks and agreeing < 0.95):
        return 0.0
    # Blanks and colons stand in words and times as well: they count where nothing else does.
    rank = {BLANK: 0.2, BLANKS: 0.4, ":": 0.2}.get(dialect.delimiter, 1.0)
    return pattern * typed**2 * agreeing * rank


def _escaping(probe: str, dialect: Dialect) -> Dialect:
    r"""The dialect with backslashes before quotes or blanks before them, where that cuts evenly."""
    if not dialect.quote or dialect.by_blanks:
        return dialect
    tries = [dialect]
    if f"\\{dialect.quote}" in probe:
        tries.append(replace(dialect, escape="\\"))
    if f"{dialect.delimiter} {dialect.quote}" in probe:
        tries.append(replace(dialect, blanks_after=True))
    return max(tries, key=lambda each: (_evenness(probe, each), each is dialect))


def _evenness(probe: str, dialect: Dialect) -> float:
    widths = Counter(len(row) for row in records(probe, dialect) if row)
    return max(widths.values()) / sum(widths.values()) if widths else 0.0


def widths_of(text: str, dialect: Dialect) -> list[int]:
    """How many cells each record has; refuses a quotation mark that opens and never closes."""
    csv.field_size_limit(LONGEST_CELL)
    if dialect.by_blanks:
        return [len(row) for row in records(text, dialect)]
    if not dialect.escape and not (dialect.quote and dialect.quote in text):
        return _widths_of_lines(text, dialect.delimiter)
    # A line of our own at the end: where quotes are open there, it is no record by itself.
    lines = itertools.chain(io.StringIO(text, newline=""), [END])
    rows = _reader(lines, dialect)
    widths, before = [], 0
    for row in rows:
        if rows.line_num - before > MOST_LINES_LOOKED_OVER and _swallowed(row, dialect):
            raise _unclosed(before + 1)
        if rows.line_num - before > 1 and row[-1].endswith(END):
            raise _unclosed(before + 1)
        widths.append(len(row))
        before = rows.line_num
    return widths[:-1]


def _widths_of_lines(text: str, delimiter: str) -> list[int]:
    """The same where each line is a record: nothing is quoted or escaped.

    >>> _widths_of_lines("a,b\\n\\n1,2,3", ",")
    [2, 0, 3]
    """
    lines = (line.rstrip("\r\n") for line in io.StringIO(text, newline=""))
    return [line.count(delimiter) + 1 if line else 0 for line in lines]


def odd_quote(text: str, dialect: Dialect) -> int | None:
    """The line of the first quotation mark within a quoted cell that is not doubled, if any."""
    if not dialect.quote or dialect.by_blanks or dialect.quote not in text:
        return None
    rows = _reader(io.StringIO(text, newline=""), dialect, strict=True)
    try:
        for _ in rows:
            pass
    except csv.Error as error:
        return rows.line_num if "expected after" in str(error) else None
    return None


def _swallowed(row: list[str], dialect: Dialect) -> bool:
    """Whether a cell holds lines of the table: cut as the others are, one after the other."""
    for cell in row:
        inner = cell.splitlines()[1:-1]
        if len(inner) >= MOST_LINES_LOOKED_OVER:
            cuts = Counter(line.count(dialect.delimiter) for line in inner)
            cut, count = cuts.most_common(1)[0]
            if cut and count > 0.8 * len(inner):
                return True
    return False


def _unclosed(line: int) -> Refused:
    return Refused(
        f"The quotation mark that opens in line {line} never closes, so that what follows would be"
        " one cell: close it there, or read the file with quotation marks as plain signs.",
        way_out=Reading(quote=""),
    )
