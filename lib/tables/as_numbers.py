"""A column read as numbers: their marks, their units, and what among them is none."""

import itertools
import re
from dataclasses import replace

import numpy as np
import pandas as pd

from . import missing, numbers
from .as_dates import hidden_date
from .as_words import as_words
from .candidates import (
    SHOWN,
    Candidate,
    Inferred,
    asked_kind,
    left_over,
    listed,
    with_others,
)
from .convert import converted
from .identifiers import identifies
from .reading import ColumnReading
from .sheet import Note

# Thousands and millions that stand behind a number, and what they make of it.
SCALES = {"k": "e3", "K": "e3", "tsd": "e3", "M": "e6", "mn": "e6", "mio": "e6", "Mio": "e6"} | {
    "Mio.": "e6", "B": "e9", "bn": "e9", "Mrd": "e9"
}  # fmt: skip


SHARES = ("%", "‰")


def decimal_mark(candidates: list[Candidate]) -> str | None:
    """The decimal mark of a file, where its columns leave no doubt about it."""
    marks = {
        one.numbers.decimal
        for one in candidates
        if not one.numbers.others and one.numbers.numbers and not one.dates.dates
    } - {None}
    return marks.pop() if len(marks) == 1 else None


def as_numbers(one: Candidate, mark: str | None, na_elsewhere: bool) -> Inferred:
    if why := identifies(one):
        return as_words(one, na_elsewhere, why)
    if one.plain and (date := hidden_date(one)):
        return date
    found, notes = one.numbers, []
    if one.plain and not found.two_ways:
        style = numbers.Style(".", "")
    else:
        found_style, note = _style(one, mark)
        if found_style is None:
            return _no_number(one, na_elsewhere, note)
        style = found_style
        notes += [note] if note else []
    replacing = numbers.replacing(found, style)
    if scaled := _scaled(found):
        replacing = (*numbers.replacing(replace(found, after=frozenset()), style), *scaled)
    if question := _mixed_units(one):
        return _no_number(one, na_elsewhere, question)
    how = replace(
        one.given,
        kind="number",
        missing=tuple(sorted(one.missing)),
        decimal=style.decimal,
        thousands=style.thousands,
        replacing=replacing,
    )
    notes += [*_around(one, style), *_powers(one)]
    values = converted(one.texts, how)
    others = left_over(one, values, how)
    if others:
        how, other_notes = with_others(one, how, others)
        if how.kind != "number":
            return as_words(one, na_elsewhere, notes=tuple(other_notes))
        notes += other_notes
    agreed = _agreed(one, values) if one.given.missing is None else ()
    if agreed:
        notes.append(_asked_agreed(one, how, agreed))
        how = replace(how, missing=tuple(sorted({*(how.missing or ()), *agreed})))
        values = converted(one.texts, how)
    why = "You said so." if one.given.kind == "number" else "All its cells are numbers."
    return Inferred(how, why, tuple(notes), values)


def _style(one: Candidate, mark: str | None) -> tuple[numbers.Style | None, Note | None]:
    """How the numbers are written, and a question where that could be read two ways."""
    styles = list(one.numbers.styles)
    if one.given.decimal is not None:
        styles = [each for each in styles if each.decimal == one.given.decimal] or styles
    if not styles:
        return None, Note(
            f"{one.name}: its numbers are written in several ways, such as"
            f" {listed(one.words[:SHOWN])}; which mark is the decimal mark?",
            True,
            one.name,
            ("leave them as text",),
            "kind",
            ("category",),
        )
    if not one.numbers.two_ways or one.given.decimal is not None:
        return styles[0], None
    # The first is taken until somebody says otherwise: what the other columns have.
    values = (mark, "," if mark == "." else ".") if mark else (".", ",")
    style = next(each for each in styles if each.decimal == values[0])
    return style, _two_ways(one, values, mark)


def _two_ways(one: Candidate, values: tuple[str, str], mark: str | None) -> Note | None:
    """A question about a mark that may be a decimal mark, and as well one between thousands."""
    sign = "," if numbers.Style(",", "") in one.numbers.styles else "."
    if sign == mark == ".":
        return None  # as a computer writes it, here and in the other columns
    marked = one.texts[one.texts.str.contains(sign, regex=False).to_numpy(dtype=bool)]
    cores = (match["core"] for match in map(numbers.NUMBER.fullmatch, marked) if match)
    core = next(core for core in cores if sign in core)
    read = {sign: core.replace(",", ".")}
    read[values[values[0] == sign]] = core.replace(sign, "")
    taken, other = (read[value] for value in values)
    name = {",": "comma", ".": "point"}
    because = f", since other columns have the decimal {name[mark]}" if mark else ""
    words = f"{one.name}: {core} could be {taken} or {other}; {taken} was taken{because}."
    choices = tuple(f"{core} is {read[value]}" for value in values)
    return Note(f"{words} Is that right?", True, one.name, choices, "decimal", values)


def _scaled(found: numbers.Found) -> tuple[tuple[str, str], ...]:
    """What thousands and millions behind numbers become."""
    if not found.after or not found.after <= SCALES.keys():
        return ()
    return tuple(
        (rf"\s?{re.escape(word)}$", SCALES[word])
        for word in sorted(found.after, key=len, reverse=True)
    )


def _mixed_units(one: Candidate) -> Note | None:
    """A question where the numbers of a column are not of one unit."""
    found = one.numbers
    if (not found.after and not found.before) or one.given.kind == "number" or _scaled(found):
        return None
    around = {_unit(word) for word in one.words} - {None}
    named = sorted(unit for unit in around if unit)
    if len(named) < 2 and ("" not in around or _is_money(named[0])):
        return None
    if "" in around and _are_remarks(one):
        return None
    if len(named) < 2:
        words = f"some of its numbers have {named[0]} and some have not; do they belong together?"
    else:
        words = f"its numbers are of several units, {listed(named)}; can they be compared?"
    return Note(
        f"{one.name}: {words}",
        True,
        one.name,
        ("no, leave them as text", "yes, take the numbers alone"),
        "kind",
        ("category", "number"),
    )


def _is_money(unit: str) -> bool:
    return bool(re.fullmatch(numbers.CURRENCY, unit))


def _unit(word: str) -> str | None:
    match = numbers.NUMBER.fullmatch(word)
    return None if match is None else (match["before"] or match["after"] or "")


def _around(one: Candidate, style: numbers.Style) -> list[Note]:
    """What was taken away from the numbers."""
    found, said = one.numbers, []
    after, before = sorted(found.after), sorted(found.before)
    example = next((word for word in one.words if _unit(word)), "")
    if _scaled(found):
        said.append(f"{listed(after)} behind its numbers are thousands, millions or billions")
    elif found.after & set(SHARES):
        value = re.sub(r"[%‰\s]", "", example).replace(style.decimal, ".")
        said.append(f"the percent signs were taken away: {example} is {value}")
    elif after and _are_remarks(one):
        said.append(f"the letters {listed(after)} beside some of its numbers were taken away")
    elif after or before:
        what = "currency" if before or _is_money(after[0]) else "unit"
        said.append(f"the {what} {listed(before + after)} was taken away from its numbers")
    if found.fortran:
        said.append("a D before an exponent means a power of ten, as E does")
    if found.remarks:
        said.append("signs of footnotes were taken away from its numbers")
    if found.odd_digits:
        said.append("its digits are those of another script")
    if found.brackets:
        said.append("numbers in brackets are negative")
    if found.trailing_minus:
        said.append("a minus behind a number is its sign")
    if not one.plain and style.thousands and _uses(one, style.thousands):
        names = {",": "commas", ".": "full stops", " ": "blanks", "'": "apostrophes"}
        said.append(f"{names[style.thousands]} stand between thousands")
    if not one.plain and style.decimal == "," and _uses(one, ","):
        said.append("the comma is the decimal mark")
    return [Note(f"{one.name}: {'; '.join(said)}.", column=one.name)] if said else []


def _powers(one: Candidate) -> list[Note]:
    """A question where 12E4 stands among whole numbers: a computer would write 1.2E5."""
    powers = [word for word in one.words if re.fullmatch(r"\d{2,}[eE]\d+", word)]
    if not powers or any(re.search(r"[.,]|[eE][+-]", word) for word in one.words):
        return []
    digits, exponent = re.split("[eE]", powers[0])
    words = (
        f"{one.name}: {powers[0]} was read as {digits} times 10 to the power of {int(exponent)},"
        " and could be a code. Is that right?"
    )
    return [asked_kind(one, words, ("a number", "a code"), ("number", "category"))]


def _are_remarks(one: Candidate) -> bool:
    """Whether letters stand beside some of the numbers, as statistical offices remark on them."""
    units = {word: _unit(word) for word in one.words}
    return not all(units.values()) and all(
        re.search(r"\d\s[a-z]$", word) for word, unit in units.items() if unit
    )


def _uses(one: Candidate, mark: str) -> bool:
    marks = numbers.BLANKS if mark == " " else numbers.APOSTROPHES if mark == "'" else mark
    inner = re.compile(rf"\d[{re.escape(marks)}]\d")
    return any(inner.search(word) for word in one.words)


def _agreed(one: Candidate, values: pd.Series) -> tuple[str, ...]:
    """Numbers like -999 that stand for no value: beside all others, or far from them."""
    present = values.dropna().to_numpy()
    if len(present) < 4:
        return ()
    if present.min() not in missing.AGREED_BELOW and present.max() not in missing.AGREED_ABOVE:
        return ()
    levels, counts = np.unique(present, return_counts=True)
    times = dict(zip(levels.tolist(), counts.tolist(), strict=True))
    found: list[float] = []
    # From the inner ones outwards: what is no code belongs to the numbers that the next is beside.
    for outer in (_outer(levels, missing.AGREED_BELOW), _outer(levels[::-1], missing.AGREED_ABOVE)):
        others = levels[~np.isin(levels, [*outer, *found])]
        for code in outer:
            if len(others) and _is_code(code, others, times):
                found.append(code)
            else:
                others = np.sort(np.append(others, code))
    return tuple(one.texts[values.isin(found)].unique()) if found else ()


def _outer(levels: np.ndarray, agreed: frozenset[float]) -> list[float]:
    """The agreed numbers that the levels begin with, the last of them first."""
    return list(itertools.takewhile(agreed.__contains__, levels.tolist()))[::-1]


def _is_code(code: float, others: np.ndarray, times: dict[float, int]) -> bool:
    """Whether an agreed number stands for no value among others, which are sorted."""
    low, high = float(others[0]), float(others[-1])
    spread, away = high - low, min(abs(low - code), abs(high - code))
    recurs = times[code] > 1
    if code < 0 and low >= 0:
        # A negative among numbers that have none; 1 and -1 may be a pair, and -1 one below 0.
        if code == -1:
            return away > spread > 0 or (recurs and low > 0 and len(others) > 1)
        return away > spread or recurs or code <= -99
    if away > 2 * max(spread, 1.0):
        return recurs or code < 0
    if not recurs or abs(code) < 97:  # 9 lies beside too much
        return False
    # Not as far, but with a gap before it as there is none among the others: three times as wide,
    # unless it is the commonest of all.
    often = times[code] > max(times[each] for each in others.tolist())
    gap = float(np.diff(others).max(initial=0.0))
    return away > spread or (times[code] > 2 and away > (1 if often else 3) * gap)


def _asked_agreed(one: Candidate, how: ColumnReading, agreed: tuple[str, ...]) -> Note:
    lies, do_they = ("lies", "does it") if len(agreed) == 1 else ("lie", "do they")
    stand = f"{do_they} stand for missing".capitalize()
    words = f"{one.name}: {listed(agreed)} {lies} apart from all others. {stand}?"
    before = how.missing or ()
    return Note(
        words,
        True,
        one.name,
        ("it is missing", "it is a number"),
        "missing",
        (tuple(sorted({*before, *agreed})), tuple(before)),
    )


def _no_number(one: Candidate, na_elsewhere: bool, note: Note | None) -> Inferred:
    notes = (note,) if note else ()
    return as_words(one, na_elsewhere, "Its numbers are not of one kind.", notes)
