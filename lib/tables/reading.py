"""How a file was read: every choice, so that each can be overruled and the file read again."""

from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["number", "category", "ordered", "date", "identifier", "ignored"]
Stored = Literal[
    "as it is",
    "number",
    "text",
    "names",
    "groups",
    "moment",
    "period",
    "seconds",
    "parts",
    "truth",
    "levels",
]
Form = Literal["text", "workbook", "parquet", "frame"]

FIRST_SEED = 1


@dataclass(frozen=True)
class ColumnReading:
    """How the cells of one column become values; what is None is found out.

    `missing`: words that stand for no value. `replacing`: pairs of a regular expression and what
    it becomes, one after the other, until a number or a date is left. `decimal` and `thousands`:
    the marks in numbers. `formats`: how dates are written, tried in turn; `day_first` decides
    between 03/04 and 04/03. `levels`: the order of an ordered column. `stored`: what becomes of the
    values of a file that has types, before anything else. `whole`: numbers without fractions.
    """

    name: str
    kind: Kind | None = None
    missing: tuple[str, ...] | None = None
    decimal: str | None = None
    thousands: str | None = None
    day_first: bool | None = None
    replacing: tuple[tuple[str, str], ...] = ()
    formats: tuple[str, ...] = ()
    in_zones: bool = False
    levels: tuple[str, ...] = ()
    stored: Stored | None = None
    whole: bool = False


@dataclass(frozen=True)
class Change:
    """A kind that was set by hand, after the reading, and the lines of pandas that set it."""

    column: str
    kind: Kind
    levels: tuple[str, ...] = ()
    lines: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Reading:
    """Every choice that was made about a file; what is None is found out.

    Records are counted from 0: lines of a text (a cell with a line break in it is no new record),
    rows of a sheet. `header` holds those that name the columns, `skipped` those that are left out,
    `places` the columns that are kept. `filled` are merged cells: first row, first column, last
    row, last column. `index_names` are given to the index of a frame. `sample` is the seed of the
    rows that are drawn where there are too many, and `most_rows` their number.
    """

    form: Form | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None
    blanks_after: bool | None = None
    width: int | None = None
    sheet: str | None = None
    header: tuple[int, ...] | None = None
    skipped: tuple[int, ...] | None = None
    places: tuple[int, ...] | None = None
    filled: tuple[tuple[int, int, int, int], ...] = ()
    columns: tuple[ColumnReading, ...] = ()
    changes: tuple[Change, ...] = ()
    index_names: tuple[str, ...] = ()
    sample: int | None = None
    most_rows: int | None = None
    path: str = field(default="", compare=False)

    def sampled(self, seed: int = FIRST_SEED) -> "Reading":
        """The same reading of rows drawn at random."""
        return replace(self, sample=seed)

    def of_column(self, name: str) -> ColumnReading:
        """What is settled of a column: nothing, unless it was said."""
        found = [column for column in self.columns if column.name == name]
        return found[0] if found else ColumnReading(name)

    def overruled(self, setting: str, value: object, column: str | None = None) -> "Reading":
        """This reading with one choice made differently, of the file or of one column.

        >>> Reading().overruled("delimiter", ";").delimiter
        ';'
        >>> Reading().overruled("day_first", True, "on").of_column("on").day_first
        True
        """
        if column is None:
            return replace(self, **{setting: value})  # type: ignore[arg-type]
        changed = replace(self.of_column(column), **{setting: value})  # type: ignore[arg-type]
        others = tuple(each for each in self.columns if each.name != column)
        return replace(self, columns=(*others, changed))
