"""The code of a class: out of an archive, into a table of who shows which belief how often."""

import csv
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from .listing import Listing, Note
from .reading import MOST_BYTES, is_code

MOST_FILES = 200
"""Of an archive, that are read."""

MOST_UNPACKED = 100_000_000
"""Bytes of all of them together."""

_MOST_ENTRIES = 5_000
"""Of an archive, read or not: its table of contents is read whole."""

_ENTRY = b"PK\x01\x02"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run (OWASP, "CSV Injection")."""

COLUMNS = ("file", "belief", "times", "questions", "what", "where")


class ArchiveError(ValueError):
    """Why an archive cannot be read, in one sentence."""


def unpacked(archive: bytes) -> list[tuple[str, bytes]]:
    """The scripts and notebooks of a zip file: their names and contents, sorted by name.

    Hidden files and what systems keep for themselves are left out.

    Raises
    ------
    ArchiveError
        If it is no zip file, is damaged or locked, holds nothing to read, or more than can be read.
    """
    if archive.count(_ENTRY) > _MOST_ENTRIES:
        raise ArchiveError(f"It has more than {_MOST_ENTRIES:,} entries.")
    try:
        with ZipFile(BytesIO(archive)) as opened:
            entries = [each for each in opened.infolist() if _is_wanted(each.filename)]
            _check(entries)
            contents = [(each.filename, opened.read(each)) for each in entries]
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise ArchiveError("It is no zip file, or it is damaged.") from error
    return sorted(contents)


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_hidden = any(part.startswith((".", "__")) and part != "__init__.py" for part in parts)
    return bool(parts) and is_code(parts[-1]) and not is_hidden


def _check(entries: Sequence[ZipInfo]) -> None:
    if not entries:
        raise ArchiveError("It holds no .py and no .ipynb.")
    if len(entries) > MOST_FILES:
        raise ArchiveError(f"It holds {len(entries):,} files, and at most {MOST_FILES} are read.")
    for each in entries:
        if each.flag_bits & 1:
            raise ArchiveError("It is locked by a password.")
        if each.file_size > MOST_BYTES:
            raise ArchiveError(
                f"{each.filename} has {each.file_size:,} bytes, and at most {MOST_BYTES:,} are "
                "read. Leave it out."
            )
    size = sum(each.file_size for each in entries)
    if size > MOST_UNPACKED:
        raise ArchiveError(f"It unpacks to {size:,} bytes, and at most {MOST_UNPACKED:,} are read.")


@dataclass(frozen=True)
class Row:
    """How often one file shows one belief.

    belief     the slug of the misconception; empty where nothing was found
    times      how often
    questions  how often it might, which the code does not show
    what       what was found, or why nothing was
    where      the places
    """

    file: str
    belief: str
    times: int
    questions: int
    what: str
    where: str


def table_of(listings: Sequence[Listing]) -> list[Row]:
    """Who shows which belief how often; a file that shows none has a row as well.

    Of a file with very many findings the worst are counted, those of its listing.

    >>> from .listing import listing_of
    >>> from .review import review_text
    >>> code = "import seaborn as sns\\nsns.heatmap(df.corr(), cmap='jet', vmin=-1, vmax=1)"
    >>> [(row.file, row.belief, row.times) for row in table_of(
    ...     [listing_of(review_text(code, "ada.py")), listing_of(review_text("x = 1", "bo.py"))])]
    [('ada.py', 'any_colours_will_do', 1), ('bo.py', '', 0)]
    """
    return [row for listing in listings for row in _rows(listing)]


def _rows(listing: Listing) -> Iterator[Row]:
    if not listing.notes:
        what = f"Not read. {listing.refused}" if listing.refused else "Nothing to mend"
        what = listing.nothing_drawn or what
        yield Row(listing.path, "", 0, 0, what, "")
    for belief in dict.fromkeys(note.belief for note in listing.notes):
        yield _row(listing.path, belief, [each for each in listing.notes if each.belief == belief])


def _row(path: str, belief: str, notes: Sequence[Note]) -> Row:
    asked = sum(note.is_question for note in notes)
    return Row(
        file=path,
        belief=belief,
        times=len(notes) - asked,
        questions=asked,
        what="; ".join(dict.fromkeys(note.title for note in notes)),
        where="; ".join(dict.fromkeys(note.place for note in notes)),
    )


def table_csv(listings: Sequence[Listing]) -> bytes:
    """The same as CSV in UTF-8, safe to open in a spreadsheet."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in table_of(listings):
        values = (getattr(row, column) for column in COLUMNS)
        writer.writerow([_safe(each) if isinstance(each, str) else each for each in values])
    return text.getvalue().encode("utf-8-sig", "replace")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
