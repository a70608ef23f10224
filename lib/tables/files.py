"""What a file is, by how it begins: its name says nothing."""

from .limits import Refused
from .reading import Form

SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a file packed with gzip: unpack it, and choose what is in it"),
    (b"BZh", "a file packed with bzip2: unpack it, and choose what is in it"),
    (b"\xfd7zXZ\x00", "a file packed with xz: unpack it, and choose what is in it"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd: unpack it, and choose what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, and choose the table in it"),
    (b"Rar!", "a RAR archive: unpack it, and choose the table in it"),
    (b"%PDF", "a PDF: a table in it has to be copied into a spreadsheet first"),
    (b"\x89PNG", "a picture: a table needs its numbers as text"),
    (b"\xff\xd8\xff", "a picture: a table needs its numbers as text"),
    (b"GIF8", "a picture: a table needs its numbers as text"),
    (b"{\\rtf", "a text document: copy its table into a spreadsheet, and save that as CSV"),
    (b"SQLite format 3", "a database: export one of its tables as CSV"),
    (b"$FL2", "a file of SPSS: save it there as CSV"),
    (b"$FL3", "a file of SPSS: save it there as CSV"),
    (b"<stata_dta>", "a file of Stata: save it there as CSV"),
    (b"\x89HDF", "an HDF5 file: save one of its tables as CSV or Parquet"),
    (b"ARROW1", "a Feather file: save it as Parquet or CSV"),
    (b"\x7fELF", "a program and no table: choose a CSV, Excel or Parquet file"),
    (b"MZ\x90\x00", "a program and no table: choose a CSV, Excel or Parquet file"),
    (b"RDX", "a file of R: save it there as CSV"),
)
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def form_of(data: bytes) -> Form:
    """Whether this is a workbook, a Parquet file or a text; anything else is refused."""
    for sign, words in SIGNS:
        if data.startswith(sign):
            raise Refused(f"This is {words}.")
    if data.startswith(b"\x80") and data[1:2] in b"\x02\x03\x04\x05" and data.rstrip()[-1:] == b".":
        raise Refused("This is a pickle, which can run code: save the table as CSV or Parquet.")
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith((*ZIP, OLD_OFFICE)):
        return "workbook"
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise Refused(
            "This is a web page or XML, whatever its name says: open it in a spreadsheet, and save"
            " it there as CSV or as .xlsx."
        )
    if start.startswith((b"[{", b"{\n", b"{\r\n", b'{"', b"[\n", b"[[")):
        raise Refused("This is JSON and no table of rows: save it as CSV or Parquet.")
    return "text"
