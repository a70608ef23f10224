"""A column of texts before its kind is settled: what some of its texts look like."""

import re
from dataclasses import dataclass, field, replace

import pandas as pd

from . import dates, missing, numbers
from .reading import ColumnReading, Kind
from .sheet import Note

SAMPLE = 1_000


FEW = 50


MOSTLY = 0.8


MAY_BE_THOUSANDS = r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}"


SHOWN = 4


CLOCK = re.compile(
    r"[+-]?\d{1,4}:\d{2}(?::\d{2}(?:[.,]\d+)?)?|\d{1,3}:\d{2}[.,]\d+"
    r"|(?:0?\d|1[0-2]):\d{2}(?::\d{2})? ?[AaPp][Mm]"
)


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

    @property
    def mostly_numbers(self) -> bool:
        """Whether it is a column of numbers; limits like <0.01 belong to more numbers."""
        limits = sum(bool(numbers.LIMIT.fullmatch(word)) for word in self.numbers.others)
        counted = self.numbers.numbers + (limits if limits < self.numbers.numbers else 0)
        return self.plain or counted >= MOSTLY * len(self.words)


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
        found = numbers.find(every_text(present, seen)) if found.two_ways else found
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


def every_text(texts: "pd.Series[str]", without: frozenset[str]) -> list[str]:
    return [text for text in texts.unique() if text not in without]


def left_over(one: Candidate, values: pd.Series, how: ColumnReading) -> list[str]:
    """The different texts that did not become a value, most frequent first."""
    lost = values.isna() & ~one.texts.isin(["", *(how.missing or ())])
    return list(one.texts[lost].value_counts().index) if lost.any() else []


def with_others(
    one: Candidate, how: ColumnReading, others: list[str]
) -> tuple[ColumnReading, list[Note]]:
    """A column of numbers that has some words: missing values, or no column of numbers."""
    infinite = [word for word in others if numbers.INFINITE.fullmatch(word)]
    large = [word for word in others if re.fullmatch(numbers.PLAIN, word)]
    if set(others) <= {*infinite, *large}:
        are = "is no finite number" if len(others) == 1 else "are no finite numbers"
        words = f"{one.name}: {listed(others[:SHOWN])} {are}, and left missing."
        return how, [Note(words, column=one.name)]
    shown = listed(others[:SHOWN]) + (" and others" if len(others) > SHOWN else "")
    limit = any(word[:1] in "<>≤≥" for word in others)
    are_limits = "It is a limit and no value" if len(others) == 1 else "They are limits, no values"
    reason = f" {are_limits}." if limit else ""
    words = (
        f"{one.name}: {shown} {'is' if len(others) == 1 else 'are'} no number among numbers, and"
        f" {'was' if len(others) == 1 else 'were'} read as missing.{reason} Is that right?"
    )
    if one.given.kind is None and all(map(CODE.fullmatch, others)):
        words = f"{one.name}: {shown} among numbers look like codes; do all of them name something?"
        note = asked_kind(one, words, ("codes", "numbers"), ("category", "number"))
        return replace(how, kind="category"), [note]
    choices = ("missing", "the column has words")
    return how, [asked_kind(one, words, choices, ("number", "category"))]


def asked_kind(
    one: Candidate, words: str, choices: tuple[str, ...], kinds: tuple[Kind, ...]
) -> Note:
    """A question, or what was said where the kind was given already."""
    if one.given.kind is None:
        return Note(words, True, one.name, choices, "kind", kinds)
    return Note(words.removesuffix(" Is that right?"), column=one.name)


def listed(words: object) -> str:
    """Words in a row; a long one is cut.

    >>> listed(["kg", "g", "t"])
    'kg, g and t'
    """
    short = [str(word)[:40] for word in words]  # type: ignore[attr-defined]
    return short[0] if len(short) == 1 else f"{', '.join(short[:-1])} and {short[-1]}"
