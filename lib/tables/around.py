"""Where the table begins: titles above it, comments, blank records, rules between rows."""

import re
from collections import Counter

import numpy as np
import pandas as pd

from .cells import BODY, YEAR, cells_of, counted, filled_at_first, filled_cells, is_value
from .limits import Refused
from .sheet import Note

TOP = 40


RULE = re.compile(r":?[-=_+*]+:?|")


def blank_and_comments(raw: pd.DataFrame, line: str, notes: list[Note]) -> dict[int, str]:
    """Records with nothing in them, and those that begin with # while most do not."""
    left_out: dict[int, str] = {}
    first = raw.iloc[:, 0]
    blank = np.flatnonzero((raw == "").all(axis=1).to_numpy())
    if len(raw) and all(cell in ("", "\x1a") for cell in cells_of(raw, len(raw) - 1)):
        blank = np.union1d(blank, [len(raw) - 1])  # the end of a file, as DOS marks it
    if len(blank) < len(raw):
        left_out |= dict.fromkeys(blank.tolist(), "blank")
    comments = np.flatnonzero(first.str.match(r"\s*(#|//|%%|sep=.?$)").to_numpy(dtype=bool))
    if (
        len(comments)
        and len(comments) < 0.5 * len(raw)
        and not _names_begin_with_hash(raw, comments)
    ):
        stated = [int(record) for record in comments if not first[record].startswith("sep=")]
        left_out |= dict.fromkeys(comments.tolist(), "comment")
        if stated:
            notes.append(Note(counted(stated, line, "with # or // {} left out as comments", raw)))
    rules = [
        record
        for record in range(min(len(raw), TOP))
        if record not in left_out and all(RULE.fullmatch(cell) for cell in cells_of(raw, record))
    ]
    return left_out | dict.fromkeys(rules, "rule")


def _names_begin_with_hash(raw: pd.DataFrame, comments: np.ndarray) -> bool:
    """Whether the only "comment" is the header itself: #id, name, size."""
    if len(comments) != 1:
        return False
    record = int(comments[0])
    filled = filled_cells(raw, record)
    below = raw.iloc[record + 1 : record + 6]
    return bool(filled > 1 and len(below) and filled == (below != "").sum(axis=1).median())


def usual_width(raw: pd.DataFrame, widths: list[int] | None, left_out: dict[int, str]) -> int:
    if widths is None:
        return raw.shape[1]
    counted = Counter(
        width for record, width in enumerate(widths[:5_000]) if record not in left_out and width
    )
    return max(counted, key=lambda width: (counted[width], width)) if counted else raw.shape[1]


def begin_of(
    raw: pd.DataFrame, widths: list[int] | None, left_out: dict[int, str], usual: int
) -> int:
    """The record with which the table begins: the first that is as wide as those after it."""
    rows = [record for record in range(min(len(raw), TOP + BODY)) if record not in left_out]
    if not rows:
        return 0
    filled = filled_at_first(raw, TOP + BODY)
    typical = int(np.median([filled[record] for record in rows[len(rows) // 3 :]]))
    if typical < 2:
        return 0
    enough = max(2, round(0.5 * typical)) if typical > 2 else 2
    for place, record in enumerate(rows[:TOP]):
        after = rows[place + 1 : place + 4]
        wide = widths is None or widths[record] >= max(2, usual - 1)
        group = is_group_row(raw, record, after[:1])
        full = filled[record] >= enough and (
            not after or any(filled[each] >= enough for each in after[:2])
        )
        if wide and (full or group):
            return record
    return 0


def _check_cut(raw: pd.DataFrame, above: list[int], begin: int, usual: int) -> None:
    """Refuses rows of values that have more cells than the names right above them."""
    for record in above:
        names = [cell for cell in cells_of(raw, record) if cell]
        values = [cell for cell in cells_of(raw, begin) if cell]
        if len(names) > 1 and not any(map(is_value, names)) and all(map(is_value, values)):
            raise cut_wrongly(len(names), usual)


def cut_wrongly(names: int, usual: int) -> Refused:
    return Refused(
        f"Its lines have {usual} cells and {names} names stand above them: perhaps numbers are"
        " written with a decimal comma that also stands between cells. Put such cells in quotation"
        " marks, or separate them by semicolons."
    )


def is_group_row(raw: pd.DataFrame, record: int, after: list[int]) -> bool:
    """Names over groups of columns: gaps between them, and the first cell empty or not alone."""
    cells = cells_of(raw, record)
    named = [place for place, cell in enumerate(cells) if cell]
    if not after or not named or len(named) == len(cells):
        return False
    below = cells_of(raw, after[0])
    return (
        (named[0] > 0 or len(named) > 1)
        and sum(map(bool, below)) > len(named)
        and not any(is_value(cell) for cell in below if not YEAR.fullmatch(cell))
    )
