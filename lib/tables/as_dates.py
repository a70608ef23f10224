"""A column read as dates, and numbers that are dates in disguise."""

import re
from dataclasses import replace

import pandas as pd

from . import dates
from .as_words import as_words
from .candidates import (
    SAMPLE,
    SHOWN,
    Candidate,
    Inferred,
    asked_kind,
    every_text,
    left_over,
    listed,
)
from .convert import MILLISECONDS, SECONDS, SERIAL, converted
from .sheet import Note

DATE_SERIALS = (20_000, 60_000)


def as_dates(one: Candidate) -> Inferred:
    written = one.dates
    if one.given.kind == "date" and not written.dates:
        hidden = hidden_date(one)
        if hidden:
            return hidden
    if len(written.marks) and len(one.words) >= SAMPLE:
        written = dates.find(every_text(one.texts, one.missing | {""}), one.given.day_first)
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
    others = left_over(one, values, how)
    if others and one.given.kind is None and len(others) > 0.2 * len(one.words):
        return as_words(one, False)
    if others:
        shown = listed(others[:SHOWN])
        words = f"{one.name}: {shown} is no date, and is missing. Is that right?"
        choices = ("missing", "the column has words")
        notes.append(asked_kind(one, words, choices, ("date", "category")))
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


def are_seasons(one: Candidate) -> bool:
    """Whether 2019-20 means two years and no month."""
    pairs = [re.fullmatch(r"\d\d(\d\d)[-/](\d\d)", word) for word in one.words]
    return all(pair and (int(pair[1]) + 1) % 100 == int(pair[2]) for pair in pairs)


def hidden_date(one: Candidate) -> Inferred | None:
    """Dates that are written as one number.

    20240103, 202401, seconds since 1970, days of a spreadsheet.
    """
    if one.given.kind == "number":
        return None
    how = replace(one.given, kind="date", missing=tuple(sorted(one.missing)))
    called = bool(dates.DATE_NAME.search(one.name))
    of_months = called or bool(dates.MONTH_NAME.search(one.name))
    for digits, form, parts, is_told in (
        (dates.EIGHT, "%Y%m%d", "year, month, day", called),
        (dates.SIX, "%Y%m", "year and month", of_months),
    ):
        if len(one.words) < 2 or not all(map(digits.fullmatch, one.words)):
            continue
        dated = replace(how, formats=(form,))
        if not converted(one.texts, dated)[~_empty(one)].isna().any():
            words = f"{one.name}: numbers like {one.words[0]} were read as {parts}."
            note = Note(words, column=one.name) if is_told else _asked_date(one)
            return Inferred(dated, f"Its numbers are dates: {parts}.", (note,))
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
    if one.given.kind == "date":
        return Note(f"{one.name}: numbers like {one.words[0]} are dates.", column=one.name)
    return Note(
        f"{one.name}: are numbers like {one.words[0]} dates?",
        True,
        one.name,
        ("dates", "numbers"),
        "kind",
        ("date", "number"),
    )


def _empty(one: Candidate) -> "pd.Series[bool]":
    return one.texts.isin(["", *one.missing])
