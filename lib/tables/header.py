"""Which records name the columns: one, several with groups or units, or none."""

import re

import numpy as np
import pandas as pd

from . import dates, missing
from .around import is_group_row
from .cells import YEAR, cells_of, is_value, share_of_values
from .sheet import Note

UNITS = re.compile(
    r"[(\[{].{1,15}[)\]}]|%|‰|°[CF]?|[A-Za-zµμ°Ω²³€$£¥/*^·\-0-9]{1,8}|-|",
)


BRACKETED = re.compile(r"(?:[(\[{].*[)\]}]|-)?")
TYPES = re.compile(
    r"(?:string|str|text|int\d*|integer|float\d*|double|number|numeric|date|datetime|bool|boolean"
    r"|object|char|varchar.*|factor|chr|dbl|lgl|fct|decimal|long|real)?",
    re.IGNORECASE,
)


def header_of(raw: pd.DataFrame, rows: list[int], notes: list[Note], line: str) -> tuple[int, ...]:
    """The records that name the columns: none where the first one looks like the others."""
    if not rows:
        return ()
    first = rows[0]
    body = raw.loc[rows[5:] or rows[1:]]
    valued = [place for place in range(raw.shape[1]) if share_of_values(body.iloc[:, place]) >= 0.6]
    if len(rows) > 1 and is_group_row(raw, first, rows[1:2]) and _is_named(raw, rows[1], valued):
        extra = 3 if len(rows) > 3 and _is_units(raw, rows[2], valued) else 2
        if extra == 3:
            notes.append(_said_units(line, rows[2]))
        notes.append(Note(f"The header has {extra} {line}s; their names were joined."))
        return tuple(rows[:extra])
    if not _is_named(raw, first, valued):
        if valued or _recurs(raw, rows):
            notes.append(
                Note(
                    f"The table has no header: {line} {first + 1} has values like those below, and"
                    " the columns were numbered. Is that right?",
                    True,
                    None,
                    ("it has none", f"{line} {first + 1} has the names"),
                    "header",
                    ((), (first,)),
                )
            )
            return ()
    elif not valued and _recurs(raw, rows):
        notes.append(
            Note(
                f"Is {line} {first + 1} a header? Its words occur below as well, so it was read as"
                " a row. Is that right?",
                True,
                None,
                ("it is a row", "it has the names"),
                "header",
                ((), (first,)),
            )
        )
        return ()
    names = cells_of(raw, first)
    header = [first]
    for record in rows[1:4]:
        if len(rows) < 4 or not valued:
            break
        if _is_units(raw, record, valued):
            header.append(record)
            notes.append(_said_units(line, record))
        elif _describes(raw, record, valued):
            header.append(record)
            joined = len(set(names)) < len(names) or not all(names)
            how = "was joined to the names" if joined else "describes the columns and was left out"
            notes.append(Note(f"{line.capitalize()} {record + 1} {how}."))
        else:
            break
    return tuple(header)


def _said_units(line: str, record: int) -> Note:
    return Note(f"{line.capitalize()} {record + 1} holds units; they stand behind the names.")


def _describes(raw: pd.DataFrame, record: int, valued: list[int]) -> bool:
    """Whether a record has words in several columns that have values below."""
    cells = cells_of(raw, record)
    words = [cells[place] for place in valued if cells[place]]
    return (
        len(words) >= min(2, len(cells))
        and not any(re.match(r"[<>]?\s*\d", word) for word in words)
        and not all(word in missing.AMONG_NUMBERS for word in words)
    )


def _is_named(raw: pd.DataFrame, record: int, valued: list[int]) -> bool:
    """Whether a record has names where the rows have values: years may be names as well."""
    cells = cells_of(raw, record)
    if not any(cells):
        return False
    odd = [cells[place] for place in valued if is_value(cells[place])]
    if not odd:
        named = [cells[place] for place in valued if cells[place]]
        return not valued or any(name not in missing.AMONG_NUMBERS for name in named)
    years = [int(cell) for cell in odd if YEAR.fullmatch(cell) or _counts(cells, odd)]
    steps = set(np.diff(years).tolist())
    if len(years) == len(odd) and len(years) > 1 and len(steps) == 1 and steps != {0}:
        return True
    worded = [cell for cell in cells if cell and not is_value(cell)]
    dated = [cell for cell in odd if dates.ISO.fullmatch(cell) or dates.YEAR_LAST.fullmatch(cell)]
    return len(dated) == len(odd) > 1 and len(set(odd)) == len(odd) and bool(worded)


def _is_units(raw: pd.DataFrame, record: int, valued: list[int]) -> bool:
    """Whether a record has units under the names: short, and none where there are words."""
    cells = cells_of(raw, record)
    inside = [cells[place] for place in valued]
    outside = [cell for place, cell in enumerate(cells) if place not in valued]
    if not any(inside) or any(is_value(cell) for cell in inside):
        return False
    if is_types(cells):
        return False
    if all(cell in missing.AMONG_NUMBERS for cell in inside if cell):
        return False
    bracketed = all(map(BRACKETED.fullmatch, inside)) or all(map(BRACKETED.fullmatch, outside))
    return bracketed and all(map(UNITS.fullmatch, inside))


def _counts(cells: list[str], odd: list[str]) -> bool:
    """Whether names go on as 1, 2, 3 after a word."""
    counting = [str(number) for number in range(1, len(odd) + 1)]
    return bool(cells[0]) and not is_value(cells[0]) and len(odd) > 1 and odd == counting


def is_types(cells: list[str]) -> bool:
    """Whether a record names the types of the columns: int, string, float."""
    return all(map(TYPES.fullmatch, cells))


def _recurs(raw: pd.DataFrame, rows: list[int]) -> bool:
    """Whether the first record's words occur again below, in most columns."""
    head = cells_of(raw, rows[0])
    again = [
        cell in set(raw.loc[rows[1:], raw.columns[place]].str.strip())
        for place, cell in enumerate(head)
        if cell
    ]
    return bool(again) and sum(again) > 0.5 * len(again)
