"""Tables that nobody vouches for: reading, kinds, recipes of tweaks."""

from lib.tables.code import reading_code
from lib.tables.limits import LIMITS, Limits, Refused
from lib.tables.read import paste, read
from lib.tables.reading import Change, ColumnReading, Kind, Reading
from lib.tables.sheet import Column, Note, Sheet, from_frame

__all__ = [
    "LIMITS",
    "Change",
    "Column",
    "ColumnReading",
    "Kind",
    "Limits",
    "Note",
    "Reading",
    "Refused",
    "Sheet",
    "from_frame",
    "paste",
    "read",
    "reading_code",
]
