"""A table that nobody vouches for, with what was guessed about it."""

from dataclasses import dataclass, field

import pandas as pd

from .reading import Kind, Reading


@dataclass(frozen=True)
class Column:
    """A column: its kind, and why; how many cells are missing; how many values differ.

    `levels` is the order of an ordered column.
    """

    name: str
    kind: Kind
    why: str
    missing: int
    distinct: int
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """What was guessed, in a sentence. A question is a guess that could go two ways.

    Each of its `choices` is `values` at the same place: what `setting` of the reading becomes.
    """

    words: str
    question: bool = False
    column: str | None = None
    choices: tuple[str, ...] = ()
    setting: str = ""
    values: tuple[object, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A frame, its columns in the same order, and what was said while it was read.

    `reading` holds every choice that was made; `asked` those alone that somebody asked for.
    """

    name: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    notes: tuple[Note, ...]
    reading: Reading
    asked: Reading = field(default_factory=Reading)

    def column(self, name: str) -> Column:
        """The column of that name, or a ValueError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise ValueError(f"There is no column {name!r}.")

    def of_kind(self, *kinds: Kind) -> list[str]:
        """The names of the columns of these kinds, in their order."""
        return [column.name for column in self.columns if column.kind in kinds]

    def answered(self, note: Note, choice: str) -> Reading:
        """The reading that follows from an answer to a question: read the file again with it."""
        value = note.values[note.choices.index(choice)]
        return self.asked.overruled(note.setting, value, note.column)

    def with_kind(self, column: str, kind: Kind, levels: tuple[str, ...] = ()) -> "Sheet":
        """The sheet with another kind for a column; what is lost by it stands in a note.

        `levels` is the order of an ordered column; without it they stand in alphabetical order.
        Raises ValueError for a name that is not there, and for levels that are not the column's.

        >>> sheet = from_frame(pd.DataFrame({"code": [1, 2, 1]}), "codes")
        >>> sheet.with_kind("code", "category").frame["code"].tolist()
        ['1', '2', '1']
        """
        from .change import changed  # the changes know sheets, and not the reverse

        return changed(self, column, kind, levels)


def from_frame(frame: pd.DataFrame, name: str) -> Sheet:
    """A sheet of a table that is in memory, whose types are taken as they are."""
    from .typed import typed_sheet

    return typed_sheet(frame, name, Reading(form="frame", path=name))
