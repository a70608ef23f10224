"""Names for columns: joined from a header of several rows, cleaned, made distinct."""

import re

import pandas as pd

from .cells import BODY, cells_of
from .header import UNITS, is_types
from .sheet import Note


def places_of(
    raw: pd.DataFrame, header: tuple[int, ...], body: pd.DataFrame, notes: list[Note]
) -> tuple[int, ...]:
    """The columns that have a name or a value."""
    kept, names = [], [cells_of(raw, record) for record in header]
    for place in range(raw.shape[1]):
        named = any(cells[place] for cells in names)
        if named or (body.iloc[:, place].str.strip() != "").any():
            kept.append(place)
    gone = raw.shape[1] - len(kept)
    if gone:
        what = "An empty column was" if gone == 1 else f"{gone} empty columns were"
        notes.append(Note(f"{what} left out."))
    return tuple(kept)


def names_of(
    raw: pd.DataFrame,
    header: tuple[int, ...],
    kept: tuple[int, ...],
    widths: list[int] | None,
    usual: int,
    notes: list[Note],
) -> tuple[str, ...]:
    rows = [cells_of(raw, record) for record in header]
    if (
        rows
        and widths is not None
        and widths[header[0]] == usual - 1
        and _is_shifted(raw, header, kept)
    ):
        rows = [["row", *row[:-1]] for row in rows]
        notes.append(Note("The header lacks the name of the first column; it is called row."))
    names = [_clean(name) for name in _joined(rows, kept)] if rows else [""] * len(kept)
    empty = [place for place, name in enumerate(names) if not name]
    if rows and empty:
        listed = ", ".join(str(place + 1) for place in empty[:5])
        what = "Column" if len(empty) == 1 else "Columns"
        notes.append(
            Note(
                f"{what} {listed} had no name and {'was' if len(empty) == 1 else 'were'} numbered."
            )
        )
    names = [name or f"column {place + 1}" for place, name in enumerate(names)]
    distinct = made_distinct(names)
    twice = sorted({name for name in names if names.count(name) > 1}) if distinct != names else []
    if twice:
        shown = ", ".join(name[:40] for name in twice[:3])
        notes.append(
            Note(f"Several columns have the same name, {shown}; the duplicates were numbered.")
        )
    return tuple(distinct)


def _is_shifted(raw: pd.DataFrame, header: tuple[int, ...], kept: tuple[int, ...]) -> bool:
    """Whether the name that is missing is the first one, as R writes it, and not the last."""
    below = raw.drop(index=list(header)).iloc[:BODY]
    last = below.iloc[:, max(kept)].str.strip()
    return bool((last != "").any()) and not cells_of(raw, header[0])[max(kept)]


def _joined(rows: list[list[str]], kept: tuple[int, ...]) -> list[str]:
    """One name a column from the rows of a header; a group's name goes on to the right."""
    first = [row.strip() for row in rows[0]]
    if len(rows) == 1:
        return [first[place] for place in kept]
    own = [first[place] for place in kept]
    if all(own) and len(set(own)) == len(own):
        unit = [row for row in rows[1:] if all(map(UNITS.fullmatch, row)) and not is_types(row)]
        rows = [rows[0], *unit[:1]] if unit else rows[:1]
    else:
        rows = [_to_the_right(rows[0]), *rows[1:]]
    return [
        " ".join(dict.fromkeys(filter(None, (row[place].strip() for row in rows))))
        for place in kept
    ]


def _to_the_right(row: list[str]) -> list[str]:
    filled, last = [], ""
    for cell in row:
        last = cell.strip() or last
        filled.append(last)
    return filled


def _clean(name: str) -> str:
    """A name without marks that nobody sees, in one line."""
    return " ".join(re.sub("[\ufeff\u200b\u200c\u200d\u2060]", "", name).split())


def made_distinct(names: list[str]) -> list[str]:
    """The names, numbered from the second on where one occurs again.

    >>> made_distinct(["x", "x", "x (2)"])
    ['x', 'x (2)', 'x (2) (2)']
    """
    taken: set[str] = set()
    distinct = []
    for name in names:
        number, tried = 1, name
        while tried in taken:
            number += 1
            tried = f"{name} ({number})"
        taken.add(tried)
        distinct.append(tried)
    return distinct
