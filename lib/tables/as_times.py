"""A column read as times of a clock, in seconds."""

import re
from dataclasses import replace

from .as_words import as_words
from .candidates import Candidate, Inferred, left_over, with_others
from .convert import CLOCK_OF_DAY, DURATION, MINUTES, converted
from .sheet import Note

TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):\d{2}")


def as_times(one: Candidate) -> Inferred:
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
    if others := left_over(one, values_of, how):
        how, more = with_others(one, how, others)
        if how.kind != "number":
            return as_words(one, False, notes=tuple(more))
        notes += more
    return Inferred(how, "Its cells are times of a clock.", tuple(notes), values_of)


def _whole_clock(minutes: bool) -> tuple[tuple[str, str], ...]:
    """What makes hours, minutes and seconds of times that lack some."""
    short = (r"^(\d{1,4}:\d{2})$", r"0:\1" if minutes else r"\1:00")
    return (r"^(\d{1,3}:\d{2}[.,]\d+)$", r"0:\1"), short, (",", ".")
