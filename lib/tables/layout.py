"""Where a table stands in a file: its header, its rows, and what is around them.

All of it is told from the frame of raw texts, one record a row: titles above, comments, units and
group names in the header, blank rows, totals and sources below, a second table, empty columns.
"""

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.tables import dates, missing, numbers
from lib.tables.limits import Refused
from lib.tables.sheet import Note

TOP, BOTTOM, BODY = 40, 15, 200
TOTAL = re.compile(
    r"(?:grand |sub ?)?(?:totals?|sum|summe|gesamt|insgesamt|somme|suma|totale|celkem|razem|average"
    r"|mean|mittelwert|moyenne|all)\b[^,]{0,30}:?",
    re.IGNORECASE,
)
RULE = re.compile(r":?[-=_+*]+:?|")
UNITS = re.compile(
    r"[(\[{].{1,15}[)\]}]|%|‰|°[CF]?|[A-Za-zµμ°Ω²³€$£¥/*^·\-0-9]{1,8}|-|",
)
TYPES = re.compile(
    r"(?:string|str|text|int\d*|integer|float\d*|double|number|numeric|date|datetime|bool|boolean"
    r"|object|char|varchar.*|factor|chr|dbl|lgl|fct|decimal|long|real)?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:1[5-9]|20|21)\d{2}")
LONG_NAME = 120


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
        left_out |= _blank_and_comments(raw, line, notes)
    usual = _usual_width(raw, widths, left_out)
    if header is None:
        begin = _begin(raw, widths, left_out, usual)
        if skipped is None and begin:
            above = [record for record in range(begin) if record not in left_out]
            _check_cut(raw, above[-1:], begin, usual)
            left_out |= dict.fromkeys(above, "above")
            if above:
                notes.append(Note(_count(above, line, "above the table {} left out", raw)))
        rows = [record for record in raw.index[begin : begin + TOP + BODY] if record not in left_out]
        header = _header(raw, rows, notes, line)
    for record in header:
        left_out.pop(record, None)
    body_begin = max(header, default=-1) + 1
    if skipped is None:
        left_out |= _after(raw, header, left_out, line, notes)
        left_out |= _ragged(raw, widths, usual, header, left_out, notes)
    body = raw.drop(index=[*header, *left_out])
    if not len(body):
        what = "only names and no rows" if header or body_begin else "no rows"
        raise Refused(f"The table has {what}: choose a file that has rows under its header.")
    kept = places if places is not None else _places(raw, header, body, notes)
    names = _names(raw, header, kept, widths, usual, notes, line)
    return Layout(header, tuple(sorted(left_out)), kept, names, tuple(notes))


def _count(records: list[int], line: str, words: str, raw: pd.DataFrame) -> str:
    """How many lines were left out, and how the first begins."""
    first = next((cell for cell in raw.loc[records[0]] if cell.strip()), "")[:60]
    one = len(records) == 1
    which = f"{line.capitalize()} {records[0] + 1}" if one else f"{len(records)} {line}s"
    begins = f" (it begins {first!r})" if one and first else f" (the first is {first!r})"
    return f"{which} {words.format('was' if one else 'were')}{begins if first else ''}."


def _blank_and_comments(raw: pd.DataFrame, line: str, notes: list[Note]) -> dict[int, str]:
    """Records with nothing in them, and those that begin with # while most do not."""
    left_out: dict[int, str] = {}
    first = raw.iloc[:, 0]
    blank = np.flatnonzero((raw == "").all(axis=1).to_numpy())
    if len(blank) < len(raw):
        left_out |= dict.fromkeys(blank.tolist(), "blank")
    comments = np.flatnonzero(first.str.match(r"\s*(#|//|%%|sep=.?$)").to_numpy(dtype=bool))
    if len(comments) and len(comments) < 0.5 * len(raw) and not _names_begin_with_hash(raw, comments):
        stated = [int(record) for record in comments if not first[record].startswith("sep=")]
        left_out |= dict.fromkeys(comments.tolist(), "comment")
        if stated:
            notes.append(Note(_count(stated, line, "with # or // {} left out as comments", raw)))
    rules = [
        record
        for record in range(min(len(raw), TOP))
        if record not in left_out and all(RULE.fullmatch(cell.strip()) for cell in raw.loc[record])
    ]
    return left_out | dict.fromkeys(rules, "rule")


def _names_begin_with_hash(raw: pd.DataFrame, comments: np.ndarray) -> bool:
    """Whether the only "comment" is the header itself: #id, name, size."""
    if len(comments) != 1:
        return False
    record = int(comments[0])
    filled = (raw.loc[record] != "").sum()
    below = raw.iloc[record + 1 : record + 6]
    return bool(filled > 1 and len(below) and filled == (below != "").sum(axis=1).median())


def _usual_width(raw: pd.DataFrame, widths: list[int] | None, left_out: dict[int, str]) -> int:
    if widths is None:
        return raw.shape[1]
    counted = Counter(
        width for record, width in enumerate(widths[:5_000]) if record not in left_out and width
    )
    return max(counted, key=lambda width: (counted[width], width)) if counted else raw.shape[1]


def _filled(raw: pd.DataFrame, record: int) -> int:
    return sum(bool(cell.strip()) for cell in raw.loc[record])


def _begin(
    raw: pd.DataFrame, widths: list[int] | None, left_out: dict[int, str], usual: int
) -> int:
    """The record with which the table begins: the first that is as wide as those after it."""
    rows = [record for record in range(min(len(raw), TOP + BODY)) if record not in left_out]
    if not rows:
        return 0
    filled = {record: _filled(raw, record) for record in rows}
    typical = int(np.median([filled[record] for record in rows[len(rows) // 3 :]]))
    if typical < 2:
        return 0
    enough = max(2, round(0.5 * typical)) if typical > 2 else 2
    for place, record in enumerate(rows[:TOP]):
        after = rows[place + 1 : place + 4]
        wide = widths is None or widths[record] >= max(2, usual - 1)
        group = _is_group_row(raw, record, after[:1])
        if wide and (filled[record] >= enough or group):
            if all(filled[each] >= enough for each in after[:2]) or group:
                return record
    return 0


def _check_cut(raw: pd.DataFrame, above: list[int], begin: int, usual: int) -> None:
    """Refuses rows of values that have more cells than the names right above them."""
    for record in above:
        names = [cell for cell in raw.loc[record] if cell.strip()]
        values = [cell for cell in raw.loc[begin] if cell.strip()]
        if len(names) > 1 and not any(map(_is_value, names)) and all(map(_is_value, values)):
            raise _cut_wrongly(len(names), usual)


def _cut_wrongly(names: int, usual: int) -> Refused:
    return Refused(
        f"Its lines have {usual} cells and {names} names stand above them: perhaps numbers are"
        " written with a decimal comma that also stands between cells. Put such cells in quotation"
        " marks, or separate them by semicolons."
    )


def _is_group_row(raw: pd.DataFrame, record: int, after: list[int]) -> bool:
    """Names over groups of columns: gaps between them, and the first cell empty or not alone."""
    cells = [cell.strip() for cell in raw.loc[record]]
    named = [place for place, cell in enumerate(cells) if cell]
    if not after or not named or len(named) == len(cells):
        return False
    below = [cell.strip() for cell in raw.loc[after[0]]]
    return (
        (named[0] > 0 or len(named) > 1)
        and sum(map(bool, below)) > len(named)
        and not any(_is_value(cell) for cell in below if not YEAR.fullmatch(cell))
    )


def _is_value(cell: str) -> bool:
    """Whether a cell is a number, a date or the like, and so no name."""
    cell = cell.strip()
    if not cell or numbers.NUMBER.fullmatch(cell):
        return bool(cell) and bool(re.search(r"\d", cell))
    return bool(dates.ISO.fullmatch(cell) or dates.YEAR_LAST.fullmatch(cell))


def _header(raw: pd.DataFrame, rows: list[int], notes: list[Note], line: str) -> tuple[int, ...]:
    """The records that name the columns: none where the first one looks like the others."""
    if not rows:
        return ()
    first = rows[0]
    body = raw.loc[rows[5:] or rows[1:]]
    valued = [
        place for place in range(raw.shape[1]) if _share_of_values(body.iloc[:, place]) >= 0.6
    ]
    if len(rows) > 1 and _is_group_row(raw, first, rows[1:2]) and _is_named(raw, rows[1], valued):
        extra = 3 if len(rows) > 3 and _is_units(raw, rows[2], valued) else 2
        if extra == 3:
            notes.append(Note(f"{line.capitalize()} {rows[2] + 1} holds units; they stand behind the names."))
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
    names = [cell.strip() for cell in raw.loc[first]]
    header = [first]
    for record in rows[1:4]:
        if len(rows) < 4 or not valued:
            break
        if _is_units(raw, record, valued):
            header.append(record)
            words = f"{line.capitalize()} {record + 1} holds units; they stand behind the names."
            notes.append(Note(words))
        elif _is_named(raw, record, valued) and any(raw.loc[record].iloc[place].strip() for place in valued):
            header.append(record)
            joined = len(set(names)) < len(names) or not all(names)
            how = "was joined to the names" if joined else "describes the columns and was left out"
            notes.append(Note(f"{line.capitalize()} {record + 1} {how}."))
        else:
            break
    return tuple(header)


def _share_of_values(cells: "pd.Series[str]") -> float:
    present = [cell for cell in cells if cell.strip() and cell.strip() not in missing.AMONG_NUMBERS]
    return sum(map(_is_value, present)) / len(present) if present else 0.0


def _is_named(raw: pd.DataFrame, record: int, valued: list[int]) -> bool:
    """Whether a record has names where the rows have values: years may be names as well."""
    cells = [cell.strip() for cell in raw.loc[record]]
    if not any(cells):
        return False
    odd = [cells[place] for place in valued if _is_value(cells[place])]
    if not odd:
        return any(cells[place] not in missing.AMONG_NUMBERS for place in valued if cells[place]) or (
            not valued
        )
    years = [int(cell) for cell in odd if YEAR.fullmatch(cell)]
    steps = set(np.diff(years).tolist())
    if len(years) == len(odd) and len(years) > 1 and len(steps) == 1 and steps != {0}:
        return True
    named = [place for place, cell in enumerate(cells) if cell and not _is_value(cell)]
    dated = [cell for cell in odd if dates.ISO.fullmatch(cell) or dates.YEAR_LAST.fullmatch(cell)]
    return len(dated) == len(odd) > 1 and len(set(odd)) == len(odd) and bool(named)


def _is_units(raw: pd.DataFrame, record: int, valued: list[int]) -> bool:
    """Whether a record has units under the names: short, and none where there are words."""
    cells = [cell.strip() for cell in raw.loc[record]]
    inside = [cells[place] for place in valued]
    outside = [cell for place, cell in enumerate(cells) if place not in valued]
    if not any(inside) or any(_is_value(cell) for cell in inside):
        return False
    if all(map(TYPES.fullmatch, cells)):
        return False
    bracketed = all(re.fullmatch(r"[(\[{].*[)\]}]|-?", cell) for cell in inside)
    return all(UNITS.fullmatch(cell) for cell in inside) and (
        bracketed or all(cell in ("", "-") or re.fullmatch(r"[(\[{].*[)\]}]", cell) for cell in outside)
    ) and not all(cell in missing.AMONG_NUMBERS for cell in inside if cell)


def _recurs(raw: pd.DataFrame, rows: list[int]) -> bool:
    """Whether the first record's words occur again below, in most columns."""
    head = [cell.strip() for cell in raw.loc[rows[0]]]
    again = [
        cell in set(raw.loc[rows[1:], raw.columns[place]].str.strip())
        for place, cell in enumerate(head)
        if cell
    ]
    return bool(again) and sum(again) > 0.5 * len(again)


def _after(
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
            notes.append(Note(_count(again, line, "{} the header once more, and left out", raw)))
    found |= _second_table(raw, begin, {**left_out, **found}, line, notes)
    rest = [r for r in raw.index[max(begin, len(raw) - 4 * BOTTOM) :] if r not in left_out | found]
    below = []
    for record in reversed(rest[-BOTTOM:]):
        if len(rest) - len(below) <= 1 or not _is_footer(raw, record, rest, below):
            break
        below.append(record)
    if below:
        found |= dict.fromkeys(below, "below")
        notes.append(Note(_count(sorted(below), line, "below the table (a total, a source) {} left out", raw)))
    return found


def _same_as_header(raw: pd.DataFrame, record: int, begin: int) -> list[int]:
    names = raw.loc[record]
    filled = [place for place in range(raw.shape[1]) if names.iloc[place].strip()]
    if len(filled) < 2:
        return []
    same = raw.iloc[:, filled[0]] == names.iloc[filled[0]]
    return [
        int(each)
        for each in raw.index[same.to_numpy()]
        if each >= begin and (raw.loc[each] == names).all()
    ]


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
        valued = [p for p in range(raw.shape[1]) if _share_of_values(first.iloc[:, p]) >= 0.8]
        for place, record in enumerate(under[:3]):
            cells = [cell.strip() for cell in raw.loc[record]]
            names = [cell for cell in cells if cell]
            rows = under[place + 1 : place + 3]
            valued_below = any(_is_value(cell) for row in rows for cell in raw.loc[row])
            if (
                len(names) > 1
                and rows
                and valued
                and valued_below
                and not any(map(_is_value, names))
                and any(cells[p] for p in valued)
                and all(_filled(raw, row) > 1 for row in rows)
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
    cells = [cell.strip() for cell in raw.loc[record]]
    filled = [place for place, cell in enumerate(cells) if cell]
    rows = [each for each in rest if each != record and each not in below]
    typical = np.median([_filled(raw, each) for each in rows[-BOTTOM:]])
    if len(filled) == 1 and typical > 2:
        return filled[0] == 0 and not _is_value(cells[0])
    if len(filled) == 1 and typical > 1:
        return bool(re.match(r"(source|quelle|note|stand|©|\*|total)\b", cells[0], re.I)) and filled[0] == 0
    names = [cell for cell in cells[:2] if cell]
    if not names or not any(TOTAL.fullmatch(cell) for cell in names):
        return False
    if len(filled) < typical:
        return True
    return _sums(raw, cells, rows)


def _sums(raw: pd.DataFrame, cells: list[str], rows: list[int]) -> bool:
    """Whether a number of a record is the sum or the mean of those above it."""
    for place, cell in enumerate(cells):
        if re.fullmatch(numbers.PLAIN, cell):
            above = pd.to_numeric(raw.iloc[:, place].loc[rows], errors="coerce")
            if np.isclose(above.sum(), float(cell)) or np.isclose(above.mean(), float(cell), 1e-3):
                return True
    return False


def _ragged(
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
    long = np.array([r for r in long if raw.iloc[r, max(usual, named) :].str.strip().ne("").any()])
    short = np.flatnonzero(inside & (counts < min(usual, named)) & (counts > 0))
    rows = int(inside.sum())
    if header and usual > named + 1 or len(long) > max(1, 0.3 * rows):
        raise _cut_wrongly(named, usual)
    if len(long):
        words = (
            f"{_lines(long)} {'has' if len(long) == 1 else 'have'} more cells than the header, so"
            f" that it is not clear which belong where; {'it was' if len(long) == 1 else 'they were'}"
            " left out."
        )
        notes.append(Note(words))
    if len(short):
        words = (
            f"{_lines(short)} {'has' if len(short) == 1 else 'have'} fewer cells than the header;"
            " the last ones are missing."
        )
        notes.append(Note(words))
    return dict.fromkeys(long.tolist(), "long")


def _lines(records: np.ndarray) -> str:
    shown = [str(record + 1) for record in records[:5]]
    if len(records) == 1:
        return f"Line {shown[0]}"
    more = f" and {len(records) - 5} more" if len(records) > 5 else ""
    return f"Lines {', '.join(shown)}{more}"


def _places(
    raw: pd.DataFrame, header: tuple[int, ...], body: pd.DataFrame, notes: list[Note]
) -> tuple[int, ...]:
    """The columns that have a name or a value."""
    kept = []
    for place in range(raw.shape[1]):
        named = any(raw.iloc[record, place].strip() for record in header)
        if named or (body.iloc[:, place].str.strip() != "").any():
            kept.append(place)
    gone = raw.shape[1] - len(kept)
    if gone:
        what = "An empty column was" if gone == 1 else f"{gone} empty columns were"
        notes.append(Note(f"{what} left out."))
    return tuple(kept)


def _names(
    raw: pd.DataFrame,
    header: tuple[int, ...],
    kept: tuple[int, ...],
    widths: list[int] | None,
    usual: int,
    notes: list[Note],
    line: str,
) -> tuple[str, ...]:
    rows = [[cell for cell in raw.loc[record]] for record in header]
    if rows and widths is not None and widths[header[0]] == usual - 1 and _is_shifted(raw, header, kept):
        rows = [["row", *row[:-1]] for row in rows]
        notes.append(Note("The header lacks the name of the first column; it is called row."))
    names = [_clean(name) for name in _joined(rows, kept)] if rows else [""] * len(kept)
    empty = [place for place, name in enumerate(names) if not name]
    if rows and empty:
        listed = ", ".join(str(place + 1) for place in empty[:5])
        what = "Column" if len(empty) == 1 else "Columns"
        notes.append(Note(f"{what} {listed} had no name and {'was' if len(empty) == 1 else 'were'} numbered."))
    names = [name or f"column {place + 1}" for place, name in enumerate(names)]
    distinct = made_distinct(names)
    twice = sorted({name for name in names if names.count(name) > 1}) if distinct != names else []
    if twice:
        shown = ", ".join(name[:40] for name in twice[:3])
        notes.append(Note(f"Several columns have one name, {shown}; they were numbered."))
    return tuple(distinct)


def _is_shifted(raw: pd.DataFrame, header: tuple[int, ...], kept: tuple[int, ...]) -> bool:
    """Whether the name that is missing is the first one, as R writes it, and not the last."""
    below = raw.drop(index=list(header)).iloc[:BODY]
    last = below.iloc[:, max(kept)].str.strip()
    return bool((last != "").any()) and not raw.iloc[header[0], max(kept)].strip()


def _joined(rows: list[list[str]], kept: tuple[int, ...]) -> list[str]:
    """One name a column from the rows of a header; a group's name goes on to the right."""
    first = [row.strip() for row in rows[0]]
    if len(rows) == 1:
        return [first[place] for place in kept]
    own = [first[place] for place in kept]
    if all(own) and len(set(own)) == len(own):
        unit = [row for row in rows[1:] if all(UNITS.fullmatch(cell.strip()) for cell in row)]
        rows = [rows[0], *unit[:1]] if unit else rows[:1]
    else:
        rows = [_to_the_right(rows[0]), *rows[1:]]
    return [" ".join(dict.fromkeys(filter(None, (row[place].strip() for row in rows)))) for place in kept]


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
