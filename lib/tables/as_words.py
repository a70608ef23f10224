"""A column read as words: an identifier, a category, an ordered category."""

import re
from dataclasses import replace

from . import missing, numbers
from .candidates import SAMPLE, Candidate, Inferred, listed
from .identifiers import MANY_LEVELS, NAMED, REPEATED, group_rows
from .reading import Kind
from .scales import order_of
from .sheet import Note

# Digits and signs: 120/80, 1/2, 10.0.0.1.
WITHOUT_LETTERS = re.compile(r"(?=.*\d)[\W\d_]+")


def as_words(
    one: Candidate, na_elsewhere: bool, why: str = "", notes: tuple[Note, ...] = ()
) -> Inferred:
    """An identifier, an ordered category or a category; `why` it is an identifier, if it is."""
    texts, is_told = one.texts, bool(why or notes)
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
    if reason == REPEATED:
        notes = (*notes, Note(f"{one.name} is read as a category. {reason}", column=one.name))
    if kind != "ordered" and one.given.kind is None and not is_told:
        notes = (*notes, *_like_numbers(one.name, kind, levels))
    return Inferred(replace(how, kind=kind), reason, notes)


def _like_numbers(name: str, kind: Kind, levels: list[str]) -> list[Note]:
    """What is said of words of which most are digits and signs: that is no plain case."""
    digits = [level for level in levels[:SAMPLE] if WITHOUT_LETTERS.fullmatch(level)]
    if 2 * len(digits) < len(levels[:SAMPLE]):
        return []
    kept = f"{name} is read as {'names' if kind == 'identifier' else 'a category'}"
    no_numbers = set(numbers.find(digits).others)
    figures = [level for level in digits if level not in no_numbers]
    others = [level for level in levels[:SAMPLE] if level not in figures]
    if not figures:
        words = f"{kept}: cells such as {listed(digits[:2])} hold digits and are no plain numbers."
    elif others:
        words = (
            f"{kept}: cells such as {listed(figures[:2])} are numbers, and others such as"
            f" {listed(others[:2])} are none."
        )
    else:
        return []
    return [Note(words, column=name)]


def _kind_of_words(one: Candidate, levels: list[str], n: int, why: str) -> tuple[Kind, str]:
    if one.given.kind in ("category", "ordered", "identifier"):
        return one.given.kind, "You said so."
    if why == NAMED and group_rows(len(levels), n):
        return "category", REPEATED
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
    words = f"{one.name}: {listed(doubtful)} {done} and could be the other; which is right?"
    choices = ("missing", "a value")
    both = (tuple(sorted({*gone, *doubtful})), tuple(sorted(gone)))
    if not taken:
        choices, both = choices[::-1], both[::-1]
    note = Note(words, True, one.name, choices, "missing", both)
    return (gone | set(doubtful) if taken else gone), [note]
