"""What kind a column of texts is, and why: numbers, dates, identifiers, categories.

A few hundred texts of the column suggest a way of reading; the whole column then confirms it.
"""

from dataclasses import replace

from .as_dates import are_seasons, as_dates
from .as_numbers import as_numbers
from .as_times import as_times
from .as_words import as_words
from .candidates import MOSTLY, Candidate, Inferred
from .sheet import Note


def infer(one: Candidate, mark: str | None, na_elsewhere: bool) -> Inferred:
    """The kind of a column; a kind that was given stands.

    `mark` is the decimal mark of the other columns; `na_elsewhere` whether NA stands for no value
    in one of them.
    """
    if one.given.kind == "ignored" or not one.words:
        return _without_values(one, na_elsewhere)
    if one.given.kind in ("category", "ordered", "identifier"):
        return as_words(one, na_elsewhere)
    if one.given.kind == "date":
        return as_dates(one)
    dated = one.dates.dates >= MOSTLY * len(one.words)
    if one.given.kind is None and dated and not are_seasons(one):
        return as_dates(one)
    if one.clocks >= MOSTLY * len(one.words):
        return as_times(one)
    if one.mostly_numbers or one.given.kind == "number":
        return as_numbers(one, mark, na_elsewhere)
    return as_words(one, na_elsewhere)


def _without_values(one: Candidate, na_elsewhere: bool) -> Inferred:
    if one.given.kind is None and one.missing and not na_elsewhere:
        return as_words(one, na_elsewhere)
    how = replace(one.given, kind="ignored", missing=tuple(sorted(one.missing)))
    if one.given.kind:
        return Inferred(how, "You set it aside.")
    words = f"{one.name} has no values, and is set aside."
    return Inferred(how, "It has no values.", (Note(words, column=one.name),))
