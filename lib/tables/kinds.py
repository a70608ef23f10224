"""What kind a column of texts is, and why: numbers, dates, identifiers, categories.

A few hundred texts of the column suggest a way of reading; the whole column then confirms it.
"""

import re
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from lib.tables import dates, missing, numbers
from lib.tables.convert import (
    CLOCK_OF_DAY,
    DURATION,
    MILLISECONDS,
    MINUTES,
    SECONDS,
    SERIAL,
    converted,
)
from lib.tables.reading import ColumnReading, Kind
from lib.tables.scales import order_of
from lib.tables.sheet import Note

SAMPLE = 1_000
FEW = 50
MOSTLY = 0.8
MAY_BE_THOUSANDS = r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}"
SHOWN = 4
IDENTIFIER_NAME = re.compile(
    r"(?:^|[_\W])(?:id|ids|uuid|guid|zip|zip ?code|post ?code|plz|phone|tel|telephone|mobile|fax"
    r"|isbn|issn|ean|upc|gtin|sku|iban|bic|ssn|imei|barcode|fips|cusip|isin)(?:$|[_\W])|[a-z]I[Dd]$",
    re.IGNORECASE,
)
COUNTER_NAME = re.compile(
    r"(?:index|idx|nr\.?|no\.?|num|number|row|line|obs|case|record|rownames|lfd\.? ?nr\.?|#|n°|№)",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"[+-]?\d{1,4}:\d{2}(?::\d{2}(?:[.,]\d+)?)?|\d{1,3}:\d{2}[.,]\d+"
    r"|(?:0?\d|1[0-2]):\d{2}(?::\d{2})? ?[AaPp][Mm]"
)
TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):\d{2}")
# Thousands and millions that stand behind a number, and what they make of it.
SCALES = {"k": "e3", "K": "e3", "tsd": "e3", "M": "e6", "mn": "e6", "mio": "e6", "Mio": "e6"} | {
    "Mio.": "e6", "B": "e9", "bn": "e9", "Mrd": "e9"
}  # fmt: skip
SHARES = ("%", "‰")
DATE_SERIALS = (20_000, 60_000)
MANY_LEVELS = 50
CODE = re.compile(r"[A-Za-z]{1,3}-?\d{2,}")


@dataclass(frozen=True)
class Inferred:
    """How a column is read, why, and what was guessed on the way."""

    how: ColumnReading
    why: str
    notes: tuple[Note, ...] = ()
    values: pd.Series | None = None


@dataclass(frozen=True)
class Candidate:
    """A column of texts before its kind is settled: some of them, and what they look like."""

    name: str
    texts: "pd.Series[str]"
    given: ColumnReading
    words: tuple[str, ...]
    numbers: numbers.Found
    dates: dates.Written
    plain: bool
    clocks: int
    missing: frozenset[str] = field(default_factory=frozenset)


def candidate(name: str, texts: "pd.Series[str]", given: ColumnReading) -> Candidate:
    """What a few hundred texts suggest; `texts` have no blanks around them."""
    ignored = missing.AMONG_NUMBERS if given.missing is None else frozenset(given.missing)
    present = texts[(texts != "").to_numpy()]
    some = _some(present)
    seen = frozenset(word for word in some if word in ignored)
    words = tuple(word for word in some if word not in seen)
    plain = bool(words) and bool(numbers.plain(present[~present.isin(list(seen))]).all())
    if plain:
        found = numbers.find([*words[:FEW], *_witnesses(present, seen)])
    else:
        marked = present[present.str.contains("[.,]").to_numpy(dtype=bool)].iloc[:SAMPLE]
        found = numbers.find(dict.fromkeys([*words, *marked[~marked.isin(list(seen))]]))
        found = numbers.find(_every(present, seen)) if found.two_ways else found
    return Candidate(
        name,
        texts,
        given,
        words,
        found,
        dates.find(words, given.day_first),
        plain,
        sum(bool(CLOCK.fullmatch(word)) for word in words),
        seen,
    )


def _some(texts: "pd.Series[str]") -> list[str]:
    """Different texts: the first ones, and some from all over the column."""
    first = texts.iloc[:SAMPLE]
    spread = texts.iloc[SAMPLE :: max(1, len(texts) // SAMPLE)]
    return list(dict.fromkeys([*first, *spread]))


def _witnesses(texts: "pd.Series[str]", without: frozenset[str]) -> list[str]:
    """Of plain numbers: one with a point, and one whose point is surely no mark of thousands."""
    pointed = texts[(texts.str.contains(".", regex=False) & ~texts.isin(list(without))).to_numpy()]
    sure = pointed[~pointed.str.fullmatch(MAY_BE_THOUSANDS).to_numpy(dtype=bool)]
    return [*pointed.iloc[:1], *sure.iloc[:1]]


def _every(texts: "pd.Series[str]", without: frozenset[str]) -> list[str]:
    return [text for text in texts.unique() if text not in without]


def decimal_mark(candidates: list[Candidate]) -> str | None:
    """The decimal mark of a file, where its columns leave no doubt about it."""
    marks = {
        one.numbers.decimal
        for one in candidates
        if not one.numbers.others and one.numbers.numbers and not one.dates.dates
    } - {None}
    return marks.pop() if len(marks) == 1 else None


def infer(one: Candidate, mark: str | None, na_elsewhere: bool) -> Inferred:
    """The kind of a column; a kind that was given stands.

    `mark` is the decimal mark of the other columns; `na_elsewhere` whether NA stands for no value
    in one of them.
    """
    if one.given.kind == "ignored" or not one.words:
        return _without_values(one, na_elsewhere)
    if one.given.kind in ("category", "ordered", "identifier"):
        return _words(one, na_elsewhere)
    if one.given.kind == "date":
        return _date(one)
    dated = one.dates.dates >= MOSTLY * len(one.words)
    if one.given.kind is None and dated and not _seasons(one):
        return _date(one)
    if one.clocks >= MOSTLY * len(one.words):
        return _duration(one)
    if one.plain or one.numbers.numbers >= MOSTLY * len(one.words) or one.given.kind == "number":
        return _numeric(one, mark, na_elsewhere)
    return _words(one, na_elsewhere)


def _without_values(one: Candidate, na_elsewhere: bool) -> Inferred:
    if one.given.kind is None and one.missing and not na_elsewhere:
        return _words(one, na_elsewhere)
    how = replace(one.given, kind="ignored", missing=tuple(sorted(one.missing)))
    why = "You set it aside." if one.given.kind else "It has no values."
    return Inferred(how, why)


# Numbers


def _numeric(one: Candidate, mark: str | None, na_elsewhere: bool) -> Inferred:
    if why := _identifies(one):
        return _words(one, na_elsewhere, why)
    if one.plain and (date := _hidden_date(one)):
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
    notes += _around(one, style)
    values = converted(one.texts, how)
    others = _left_over(one, values, how)
    if others:
        how, other_notes = _with_others(one, how, others)
        if how.kind != "number":
            return _words(one, na_elsewhere, notes=tuple(other_notes))
        notes += other_notes
    agreed = _agreed(one, values) if one.given.missing is None else ()
    if agreed:
        notes.append(_asked_agreed(one, how, agreed))
        how = replace(how, missing=tuple(sorted({*(how.missing or ()), *agreed})))
        values = converted(one.texts, how)
    why = "You said so." if one.given.kind == "number" else "All its cells are numbers."
    return Inferred(how, why, tuple(notes), values)


def _identifies(one: Candidate) -> str:
    """Why a column of digits is a name and no quantity, or nothing."""
    if one.given.kind == "number" or (one.numbers.before | one.numbers.after):
        return ""
    texts = one.texts
    whole = texts.str.fullmatch(r"[+-]?\d+").fillna(False).astype(bool)
    if not (whole | texts.str.fullmatch(r"\d+[eE]\d+").fillna(False)).any():
        return ""
    if texts.str.fullmatch(r"[+-]?0\d+").fillna(False).any() and whole.sum() >= MOSTLY * (
        texts != ""
    ).sum() - len(one.missing):
        return "Some of its numbers begin with 0, which a number would lose."
    codes = texts.str.fullmatch(r"\d+[eE]\d+").fillna(False).astype(bool)
    if codes.any() and bool(codes[(texts != "").to_numpy()].all()):
        return "Its cells are digits with an E among them, which as numbers would be powers of ten."
    if texts.str.fullmatch(r"[+-]?\d{16,}").fillna(False).any():
        long = [int(text) for text in texts[texts.str.fullmatch(r"[+-]?\d{16,}").fillna(False)]]
        if any(abs(number) > numbers.EXACT for number in long):
            return "Its numbers have more digits than a number keeps exactly."
    if not whole[(texts != "").to_numpy()].all():
        return ""
    return names_rows(one.name, pd.to_numeric(texts, errors="coerce"))


def names_rows(name: str, values: pd.Series) -> str:
    """Why whole numbers name or count the rows, or nothing."""
    if IDENTIFIER_NAME.search(name):
        return "Its name says that its numbers are names."
    if COUNTER_NAME.fullmatch(name.strip()) or name.startswith("column "):
        steps = values.diff().iloc[1:]
        if len(steps) > 2 and bool((steps == 1).all()):
            return "It counts the rows."
    return ""


def _hidden_date(one: Candidate) -> Inferred | None:
    """Dates that are written as one number: 20240103, seconds since 1970, days of a spreadsheet."""
    if one.given.kind == "number":
        return None
    how = replace(one.given, kind="date", missing=tuple(sorted(one.missing)))
    called = bool(dates.DATE_NAME.search(one.name))
    if len(one.words) > 1 and all(map(dates.EIGHT.fullmatch, one.words)):
        how = replace(how, formats=("%Y%m%d",))
        if not converted(one.texts, how)[~_empty(one)].isna().any():
            return Inferred(how, "Its numbers are dates: year, month, day.", (_asked_date(one),))
    if called and all(map(dates.EPOCH.fullmatch, one.words)):
        unit = MILLISECONDS if len(one.words[0].split(".")[0]) == 13 else SECONDS
        words = f"{one.name}: numbers like {one.words[0]} were read as {unit} since 1970."
        return Inferred(
            replace(how, formats=(unit,)),
            f"Its numbers are {unit} since 1970.",
            (Note(words, column=one.name),),
        )
    low, high = DATE_SERIALS
    if called and all(_between(word, low, high) for word in one.words):
        return Inferred(
            replace(how, formats=(SERIAL,)),
            "Its numbers are days as spreadsheets count them.",
            (_asked_date(one),),
        )
    return None


def _between(word: str, low: float, high: float) -> bool:
    return word.count(".") <= 1 and word[:1] not in "+-" and low <= float(word) <= high


def _asked_date(one: Candidate) -> Note:
    return Note(
        f"{one.name}: are numbers like {one.words[0]} dates?",
        True,
        one.name,
        ("dates", "numbers"),
        "kind",
        ("date", "number"),
    )


def _style(one: Candidate, mark: str | None) -> tuple[numbers.Style | None, Note | None]:
    """How the numbers are written, and a question where that could be read two ways."""
    styles = list(one.numbers.styles)
    if one.given.decimal is not None:
        styles = [each for each in styles if each.decimal == one.given.decimal] or styles
    if not styles:
        return None, Note(
            f"{one.name}: its numbers are written in several ways, such as"
            f" {_listed(one.words[:SHOWN])}; which mark is the decimal mark?",
            True,
            one.name,
            ("leave them as text",),
            "kind",
            ("category",),
        )
    if not one.numbers.two_ways or one.given.decimal is not None:
        return styles[0], None
    if mark is not None:
        styles = [each for each in styles if each.decimal == mark] or styles
        return styles[0], None
    sign = "," if numbers.Style(",", "") in styles else "."
    text = next(word for word in one.words if sign in word)
    digits = numbers.NUMBER.fullmatch(text)
    core = digits["core"] if digits else text
    whole, point = core.replace(sign, ""), core.replace(",", ".")
    # Both are shown; the first is taken until somebody says otherwise.
    decimal_first = sign == "."
    choices = (f"{core} is {point}", f"{core} is {whole}")
    values = (sign, "," if sign == "." else ".")
    if not decimal_first:
        choices, values = choices[::-1], values[::-1]
    taken = values[0]
    style = next(each for each in styles if each.decimal == taken)
    words = (
        f"{one.name}: {core} could be {whole} or {point}; {choices[0].split(' is ')[1]} was taken."
        " Is that right?"
    )
    return style, Note(words, True, one.name, choices, "decimal", values)


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
        words = f"its numbers are of several units, {_listed(named)}; can they be compared?"
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
        said.append(f"{_listed(after)} behind its numbers are thousands, millions or billions")
    elif found.after & set(SHARES):
        value = re.sub(r"[%‰\s]", "", example).replace(style.decimal, ".")
        said.append(f"the percent signs were taken away: {example} is {value}")
    elif after and _are_remarks(one):
        said.append(f"the letters {_listed(after)} beside some of its numbers were taken away")
    elif after or before:
        what = "currency" if before or _is_money(after[0]) else "unit"
        said.append(f"the {what} {_listed(before + after)} was taken away from its numbers")
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


def _empty(one: Candidate) -> "pd.Series[bool]":
    return one.texts.isin(["", *one.missing])


def _left_over(one: Candidate, values: pd.Series, how: ColumnReading) -> list[str]:
    """The different texts that did not become a value, most frequent first."""
    lost = values.isna() & ~one.texts.isin(["", *(how.missing or ())])
    return list(one.texts[lost].value_counts().index) if lost.any() else []


def _with_others(
    one: Candidate, how: ColumnReading, others: list[str]
) -> tuple[ColumnReading, list[Note]]:
    """A column of numbers that has some words: missing values, or no column of numbers."""
    infinite = [word for word in others if re.fullmatch(r"[+-]?inf(?:inity)?", word, re.I)]
    large = [word for word in others if re.fullmatch(numbers.PLAIN, word)]
    if set(others) <= {*infinite, *large}:
        are = "is no finite number" if len(others) == 1 else "are no finite numbers"
        words = f"{one.name}: {_listed(others[:SHOWN])} {are}, and left missing."
        return how, [Note(words, column=one.name)]
    shown = _listed(others[:SHOWN]) + (" and others" if len(others) > SHOWN else "")
    limit = any(word[:1] in "<>≤≥" for word in others)
    reason = " They are limits and no values." if limit else ""
    words = (
        f"{one.name}: {shown} {'is' if len(others) == 1 else 'are'} no number among numbers, and"
        f" {'was' if len(others) == 1 else 'were'} read as missing.{reason} Is that right?"
    )
    if one.given.kind is None and all(map(CODE.fullmatch, others)):
        words = f"{one.name}: {shown} among numbers look like codes; do all of them name something?"
        note = _asked_kind(one, words, ("codes", "numbers"), ("category", "number"))
        return replace(how, kind="category"), [note]
    choices = ("missing", "the column has words")
    return how, [_asked_kind(one, words, choices, ("number", "category"))]


def _asked_kind(
    one: Candidate, words: str, choices: tuple[str, ...], kinds: tuple[Kind, ...]
) -> Note:
    """A question, or what was said where the kind was given already."""
    if one.given.kind is None:
        return Note(words, True, one.name, choices, "kind", kinds)
    return Note(words.removesuffix(" Is that right?"), column=one.name)


def _agreed(one: Candidate, values: pd.Series) -> tuple[str, ...]:
    """Numbers like -999 that stand for no value: far from all others."""
    present = values.dropna().to_numpy()
    if len(present) < 4:
        return ()
    low, high = present.min(), present.max()
    agreed = [
        each
        for each in (low, high)
        if each in (*missing.AGREED, *missing.AGREED_ABOVE, *missing.AGREED_FAR)
    ]
    found: list[float] = []
    for each in agreed:
        others = present[present != each]
        if not len(others):
            continue
        times, spread = len(present) - len(others), float(np.ptp(others))
        away = float(np.abs(others - each).min())
        # Below, a negative among numbers that have none is enough; above, only one that recurs.
        below = each < 0 and others.min() >= 0 and away > spread
        if (below or away > 2 * max(spread, 1.0)) and (times > 1 or each < 0):
            found.append(float(each))
    return tuple(one.texts[values.isin(found)].unique()) if found else ()


def _asked_agreed(one: Candidate, how: ColumnReading, agreed: tuple[str, ...]) -> Note:
    words = f"{one.name}: {_listed(agreed)} lies far from all others. Does it stand for missing?"
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
    return _words(one, na_elsewhere, "Its numbers are not of one kind.", notes)


# Times


def _duration(one: Candidate) -> Inferred:
    """Times of a clock and durations, in seconds."""
    short = [word for word in one.words if re.fullmatch(r"\d{1,4}:\d{2}", word)]
    halves = [word for word in one.words if word[-1] in "mM"]
    formats = one.given.formats or (DURATION,)
    how = replace(
        one.given,
        kind="number",
        missing=tuple(sorted(one.missing)),
        replacing=_whole_clock(MINUTES in formats),
        formats=formats,
    )
    parts = "hours, minutes and seconds"
    if short:
        parts = "minutes and seconds" if MINUTES in formats else "hours and minutes"
    if halves:
        form = "%I:%M:%S%p" if halves[0].count(":") == 2 else "%I:%M%p"
        how = replace(how, formats=(CLOCK_OF_DAY, form), replacing=((" ", ""),))
        parts = "times of a day"
    words = f"{one.name}: times like {one.words[0]} were read as {parts}, and are seconds."
    notes = [Note(words, column=one.name)]
    if short and not one.given.formats and not all(map(TIME_OF_DAY.fullmatch, short)):
        choices = ("hours and minutes", "minutes and seconds")
        values = ((DURATION,), (DURATION, MINUTES))
        asked = f"{words} Is that right?"
        notes = [Note(asked, True, one.name, choices, "formats", values)]
    values_of = converted(one.texts, how)
    if others := _left_over(one, values_of, how):
        how, more = _with_others(one, how, others)
        if how.kind != "number":
            return _words(one, False, notes=tuple(more))
        notes += more
    return Inferred(how, "Its cells are times of a clock.", tuple(notes), values_of)


def _whole_clock(minutes: bool) -> tuple[tuple[str, str], ...]:
    """What makes hours, minutes and seconds of times that lack some."""
    short = (r"^(\d{1,4}:\d{2})$", r"0:\1" if minutes else r"\1:00")
    return (r"^(\d{1,3}:\d{2}[.,]\d+)$", r"0:\1"), short, (",", ".")


def _seasons(one: Candidate) -> bool:
    """Whether 2019-20 means two years and no month."""
    pairs = [re.fullmatch(r"\d\d(\d\d)[-/](\d\d)", word) for word in one.words]
    return all(pair and (int(pair[1]) + 1) % 100 == int(pair[2]) for pair in pairs)


# Dates


def _date(one: Candidate) -> Inferred:
    written = one.dates
    if one.given.kind == "date" and not written.dates:
        hidden = _hidden_date(one)
        if hidden:
            return hidden
    if len(written.marks) and len(one.words) >= SAMPLE:
        written = dates.find(_every(one.texts, one.missing | {""}), one.given.day_first)
    how = replace(
        one.given,
        kind="date",
        missing=tuple(sorted(one.missing)),
        formats=written.formats or ("ISO8601",),
        replacing=written.replacing,
        in_zones=written.in_zones,
    )
    values = converted(one.texts, how)
    notes = _date_notes(one, written)
    others = _left_over(one, values, how)
    if others and one.given.kind is None and len(others) > 0.2 * len(one.words):
        return _words(one, False)
    if others:
        shown = _listed(others[:SHOWN])
        words = f"{one.name}: {shown} is no date, and is missing. Is that right?"
        choices = ("missing", "the column has words")
        notes.append(_asked_kind(one, words, choices, ("date", "category")))
    why = "You said so." if one.given.kind == "date" else "All its cells are dates."
    return Inferred(how, why, tuple(notes), values)


def _date_notes(one: Candidate, written: dates.Written) -> list[Note]:
    notes, name = [], one.name
    if written.undecided and one.given.day_first is None:
        text = next(word for word in one.words if dates.YEAR_LAST.fullmatch(word))
        words = (
            f"{name}: in dates like {text} the day or the month may come first; the day was taken."
            " Is that right?"
        )
        choices = ("the day comes first", "the month comes first")
        notes.append(Note(words, True, name, choices, "day_first", (True, False)))
    elif written.marks - {"."}:
        first = "day" if any(form.startswith("%d") for form in written.formats) else "month"
        notes.append(Note(f"{name}: the {first} comes first in its dates.", column=name))
    if len(written.formats) > 1:
        words = f"{name}: its dates are written in {len(written.formats)} ways."
        notes.append(Note(words, column=name))
    if written.in_zones:
        words = f"{name}: its times have zones; they were brought to UTC."
        notes.append(Note(words, column=name))
    if written.short_years:
        words = f"{name}: years of two digits were read as 1969 to 2068."
        notes.append(Note(words, column=name))
    return notes


# Words


def _words(
    one: Candidate, na_elsewhere: bool, why: str = "", notes: tuple[Note, ...] = ()
) -> Inferred:
    """An identifier, an ordered category or a category; `why` it is an identifier, if it is."""
    texts = one.texts
    counts = texts[(texts != "").to_numpy()].value_counts()
    gone, more = _missing_words(one, list(counts.index), na_elsewhere)
    counts = counts.drop(list(gone), errors="ignore")
    levels = [str(level) for level in counts.index]
    how = replace(one.given, missing=tuple(sorted(gone)), replacing=(), formats=())
    notes = (*notes, *more)
    if not levels:
        return Inferred(replace(how, kind="ignored"), "It has no values.", notes)
    kind, reason = _kind_of_words(one, levels, int(counts.sum()), why)
    if kind == "ordered":
        order = one.given.levels or order_of(levels) or tuple(sorted(levels))
        how = replace(how, levels=tuple(order))
        if one.given.kind is None:
            words = f"{one.name}: its words have an order, {' < '.join(order)}."
            notes = (*notes, Note(words, column=one.name))
    if why and kind == "identifier":
        notes = (*notes, Note(f"{one.name} is read as names. {why}", column=one.name))
    return Inferred(replace(how, kind=kind), reason, notes)


def _kind_of_words(one: Candidate, levels: list[str], n: int, why: str) -> tuple[Kind, str]:
    if one.given.kind in ("category", "ordered", "identifier"):
        return one.given.kind, "You said so."
    if why and "not of one kind" not in why:
        return "identifier", why
    if order_of(levels):
        return "ordered", "Its words have an order of their own."
    if len(levels) == n and n > 4 and not why:
        return "identifier", "No two of its rows have the same value."
    if len(levels) > MANY_LEVELS and len(levels) > n / 2:
        return "identifier", f"It has {len(levels):,} different values in {n:,} rows."
    count = len(levels)
    return "category", f"It has {count:,} different {'value' if count == 1 else 'values'}."


def _missing_words(
    one: Candidate, levels: list[str], na_elsewhere: bool
) -> tuple[set[str], list[Note]]:
    """Which words are no value, and a question where they may be a level."""
    if one.given.missing is not None:
        return set(one.given.missing), []
    gone = {level for level in levels if level in missing.ALWAYS}
    doubtful = [level for level in levels if level in missing.AMONG_WORDS]
    if not doubtful or len(levels) == len(doubtful) + len(gone) > 1:
        return gone, []
    taken = na_elsewhere or not {"NA", "None", "none", "NONE"} & set(doubtful)
    done = "was read as missing" if taken else "was kept as a value"
    words = f"{one.name}: {_listed(doubtful)} {done} and could be the other; which is right?"
    choices = ("missing", "a value")
    both = (tuple(sorted({*gone, *doubtful})), tuple(sorted(gone)))
    if not taken:
        choices, both = choices[::-1], both[::-1]
    note = Note(words, True, one.name, choices, "missing", both)
    return (gone | set(doubtful) if taken else gone), [note]


def _listed(words: object) -> str:
    """Words in a row; a long one is cut.

    >>> _listed(["kg", "g", "t"])
    'kg, g and t'
    """
    short = [str(word)[:40] for word in words]  # type: ignore[attr-defined]
    return short[0] if len(short) == 1 else f"{', '.join(short[:-1])} and {short[-1]}"
