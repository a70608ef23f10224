"""What is below and between the rows: totals, sources, a second table, the header again."""

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from . import numbers
from .around import cut_wrongly
from .cells import BODY, cells_of, counted, filled_cells, is_value, share_of_values
from .limits import Refused
from .sheet import Note

BOTTOM = 15
_MOST = 0.5  # of the lines: else none of their lengths is the usual one


SOURCE = re.compile(r"(source|quelle|note|stand|©|\*|total)\b", re.IGNORECASE)
SUBTOTAL = r"(?i)^(?:sub)[ -]?totals?\b|\btotals?:?$"
TOTAL = re.compile(
    r"(?:grand |sub ?)?(?:totals?|sum|summe|gesamt|insgesamt|somme|suma|totale|celkem|razem|average"
    r"|mean|mittelwert|moyenne|all)\b[^,]{0,30}:?",
    re.IGNORECASE,
)


def after_table(
    raw: pd.DataFrame,
    header: tuple[int, ...],
    left_out: dict[int, str],
    line: str,
    notes: list[Note],
) -> dict[int, str]:
    """Repeated headers, a second table below, totals and sources at the end."""
    found: dict[int, str] = {}
    begin = max(header, default=-1) + 1
    if header:
        again = _same_as_header(raw, header[-1], begin)
        found |= dict.fromkeys(again, "header")
        if again:
            notes.append(Note(counted(again, line, "{} the header once more, and left out", raw)))
    found |= _subtotals(raw, begin, left_out, line, notes)
    found |= _second_table(raw, begin, {**left_out, **found}, line, notes)
    rest = [r for r in raw.index[max(begin, len(raw) - 4 * BOTTOM) :] if r not in left_out | found]
    below: list[int] = []
    for record in reversed(rest[-BOTTOM:]):
        if len(rest) - len(below) <= 1 or not _is_footer(raw, record, rest, below):
            break
        below.append(record)
    if below:
        found |= dict.fromkeys(below, "below")
        notes.append(
            Note(
                counted(sorted(below), line, "below the table (a total, a source) {} left out", raw)
            )
        )
    return found


def _subtotals(
    raw: pd.DataFrame, begin: int, left_out: dict[int, str], line: str, notes: list[Note]
) -> dict[int, str]:
    """Totals of groups between the rows: named so, and with cells that are empty."""
    named = raw.iloc[:, 0].str.contains(SUBTOTAL, regex=True).to_numpy(dtype=bool)
    some = [r for r in np.flatnonzero(named).tolist() if r >= begin and r not in left_out]
    if not some:
        return {}
    usual = np.median([filled_cells(raw, r) for r in range(begin, min(len(raw), begin + BODY))])
    between = [r for r in some[:BODY] if filled_cells(raw, r) < usual and r < len(raw) - 1]
    if between and len(some) <= BODY:
        words = "between the rows (totals of groups) {} left out"
        notes.append(Note(counted(between, line, words, raw)))
        return dict.fromkeys(between, "subtotal")
    return {}


def _same_as_header(raw: pd.DataFrame, record: int, begin: int) -> list[int]:
    names = cells_of(raw, record)
    filled = [place for place, name in enumerate(names) if name]
    if len(filled) < 2:
        return []
    same = np.flatnonzero((raw.iloc[:, filled[0]].str.strip() == names[filled[0]]).to_numpy())
    return [each for each in same.tolist() if each >= begin and cells_of(raw, each) == names]


def _second_table(
    raw: pd.DataFrame, begin: int, left_out: dict[int, str], line: str, notes: list[Note]
) -> dict[int, str]:
    """A second table under a blank record: names again where the first has values."""
    blanks = [record for record, why in left_out.items() if why == "blank" and record > begin]
    for blank in sorted(blanks)[:BODY]:
        above = [record for record in range(begin, blank) if record not in left_out][-BODY:]
        under = [r for r in range(blank + 1, min(len(raw), blank + 8)) if r not in left_out]
        if len(above) < 2 or len(under) < 2:
            continue
        first = raw.loc[above]
        valued = [p for p in range(raw.shape[1]) if share_of_values(first.iloc[:, p]) >= 0.8]
        for place, record in enumerate(under[:3]):
            cells = cells_of(raw, record)
            names = [cell for cell in cells if cell]
            rows = under[place + 1 : place + 3]
            valued_below = any(is_value(cell) for row in rows for cell in cells_of(raw, row))
            if (
                len(names) > 1
                and rows
                and valued
                and valued_below
                and not any(map(is_value, names))
                and any(cells[p] for p in valued)
                and all(filled_cells(raw, row) > 1 for row in rows)
            ):
                records = [r for r in range(blank + 1, len(raw)) if r not in left_out]
                words = (
                    f"A second table begins in {line} {record + 1}; the first one was read, and"
                    f" {len(records)} {line}s below it were left out."
                )
                notes.append(Note(words))
                return dict.fromkeys(records, "second")
    return {}


def _is_footer(raw: pd.DataFrame, record: int, rest: list[int], below: list[int]) -> bool:
    """Whether a record at the end is a total, a source or a remark and no row."""
    cells = cells_of(raw, record)
    filled = [place for place, cell in enumerate(cells) if cell]
    rows = [each for each in rest if each != record and each not in below]
    typical = np.median([filled_cells(raw, each) for each in rows[-BOTTOM:]])
    if not cells[0] and len(rows) > 2 and len(filled) < typical and _sums(raw, cells, rows, all):
        return True
    if len(filled) == 1 and typical > 2:
        return filled[0] == 0 and not is_value(cells[0])
    if len(filled) == 1 and typical > 1:
        return filled[0] == 0 and bool(SOURCE.match(cells[0]))
    names = [cell for cell in cells[:2] if cell]
    if not names or not any(TOTAL.fullmatch(cell) for cell in names):
        return False
    if len(filled) < typical:
        return True
    return _sums(raw, cells, rows, any)


def _sums(
    raw: pd.DataFrame,
    cells: list[str],
    rows: list[int],
    which: Callable[[Iterable[bool]], bool],
) -> bool:
    """Whether the numbers of a record (any of them, or all) are sums or means of those above."""
    sums = []
    for place, cell in enumerate(cells):
        if re.fullmatch(numbers.PLAIN, cell):
            above = pd.to_numeric(raw.iloc[:, place].loc[rows], errors="coerce")
            wanted = [above.sum(), above.mean()]
            sums.append(bool(np.isclose(wanted, float(cell), rtol=1e-3, atol=0).any()))
    return bool(sums) and which(sums)


def ragged(
    raw: pd.DataFrame,
    widths: list[int] | None,
    usual: int,
    header: tuple[int, ...],
    left_out: dict[int, str],
    notes: list[Note],
) -> dict[int, str]:
    """Records with cells too many are left out, those with too few are filled: both are said."""
    if widths is None:
        return {}
    named = max((widths[record] for record in header), default=usual)
    counts = np.array(widths)
    inside = np.ones(len(counts), dtype=bool)
    inside[[*header, *left_out]] = False
    long = np.flatnonzero(inside & (counts > max(usual, named)))
    long = np.array([r for r in long.tolist() if any(cells_of(raw, r)[max(usual, named) :])])
    short = np.flatnonzero(inside & (counts < min(usual, named)) & (counts > 0))
    rows = int(inside.sum())
    if (header and usual > named + 1) or len(long) > max(1, 0.3 * rows):
        if (counts[inside] == usual).mean() < _MOST:
            raise _of_all_lengths(counts[inside], named, int(long[0]) if len(long) else 0)
        raise cut_wrongly(named, usual)
    if len(long):
        words = (
            f"{_lines(long)} {'has' if len(long) == 1 else 'have'} more cells than the header, so"
            " that it is not clear which belong where;"
            f" {'it was' if len(long) == 1 else 'they were'} left out."
        )
        notes.append(Note(words))
    if len(short):
        words = (
            f"{_lines(short)} {'has' if len(short) == 1 else 'have'} fewer cells than the header;"
            " the last ones are missing."
        )
        notes.append(Note(words))
    return dict.fromkeys(long.tolist(), "long")


def _of_all_lengths(counts: np.ndarray, named: int, first: int) -> Refused:
    return Refused(
        f"Its lines have from {counts.min()} to {counts.max()} cells, and {named} names stand above"
        f" them; line {first + 1} is the first with too many. Give every line a cell for each name,"
        " an empty one where nothing is known."
    )


def _lines(records: np.ndarray) -> str:
    shown = [str(record + 1) for record in records[:5]]
    if len(records) == 1:
        return f"Line {shown[0]}"
    more = f" and {len(records) - 5} more" if len(records) > 5 else ""
    return f"Lines {', '.join(shown)}{more}"
