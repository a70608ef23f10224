"""Where a table stands in a file: its header, its rows, and what is around them.

All of it is told from the frame of raw texts, one record a row: titles above, comments, units and
group names in the header, blank rows, totals and sources below, a second table, empty columns.
"""

from dataclasses import dataclass

import pandas as pd

from .around import TOP, _check_cut, begin_of, blank_and_comments, usual_width
from .cells import BODY, counted
from .ending import after_table, ragged
from .header import header_of
from .limits import Refused
from .names import names_of, places_of
from .sheet import Note


@dataclass(frozen=True)
class Layout:
    """Which records name the columns and which are left out; the columns kept, and their names."""

    header: tuple[int, ...]
    skipped: tuple[int, ...]
    places: tuple[int, ...]
    names: tuple[str, ...]
    notes: tuple[Note, ...] = ()


def layout_of(
    raw: pd.DataFrame,
    widths: list[int] | None = None,
    header: tuple[int, ...] | None = None,
    skipped: tuple[int, ...] | None = None,
    places: tuple[int, ...] | None = None,
    line: str = "line",
) -> Layout:
    """The layout of raw texts; `widths` are the cells of each record, where those can differ.

    What is given stands. `line` is what a record is called in the notes.
    """
    notes: list[Note] = []
    left_out = dict.fromkeys(skipped, "") if skipped is not None else {}
    if skipped is None:
        left_out |= blank_and_comments(raw, line, notes)
    usual = usual_width(raw, widths, left_out)
    if header is None:
        begin = begin_of(raw, widths, left_out, usual)
        if skipped is None and begin:
            above = [record for record in range(begin) if record not in left_out]
            _check_cut(raw, above[-1:], begin, usual)
            left_out |= dict.fromkeys(above, "above")
            if above:
                notes.append(Note(counted(above, line, "above the table {} left out", raw)))
        rows = [
            record for record in raw.index[begin : begin + TOP + BODY] if record not in left_out
        ]
        header = header_of(raw, rows, notes, line)
    for record in header:
        left_out.pop(record, None)
    body_begin = max(header, default=-1) + 1
    if skipped is None:
        left_out |= after_table(raw, header, left_out, line, notes)
        left_out |= ragged(raw, widths, usual, header, left_out, notes)
    body = raw.drop(index=[*header, *left_out])
    if not len(body):
        what = "only names and no rows" if header or body_begin else "no rows"
        raise Refused(f"The table has {what}: choose a file that has rows under its header.")
    kept = places if places is not None else places_of(raw, header, body, notes)
    names = names_of(raw, header, kept, widths, usual, notes)
    return Layout(header, tuple(sorted(left_out)), kept, names, tuple(notes))
