"""Search over what the course says: steps, words of the field, beliefs, exercises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

from ..course import Course, Lesson

Kind = Literal["step", "word", "belief", "exercise", "screen"]

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_PLACE = re.compile(r"\{[^{}]*\}")
_MARKS = re.compile(r"[*`_#>|]|\]\([^)]*\)|[\[\]]")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_QUESTION = 100
_IN_TITLE, _AT_START = 10.0, 2.0
_EXCERPT = 140
_SHORT = 3


@dataclass(frozen=True)
class Entry:
    """Something that can be found, and the place where it is shown.

    lesson  empty for a screen beside the lessons
    step    of the lesson; for an exercise its slug, for a screen its name
    """

    kind: Kind
    title: str
    text: str
    lesson: str
    step: str


@dataclass(frozen=True)
class Found:
    """An entry, and of its text what stands around the first word that was looked for."""

    entry: Entry
    excerpt: str


def entries_of(course: Course) -> tuple[Entry, ...]:
    """All that can be found in a course, in its order. Opens no lesson but for its exercises."""
    return tuple(_all_of(course))


def _all_of(course: Course) -> Iterator[Entry]:
    for lesson in course.lessons:
        yield from _steps_of(lesson)
    for term in course.glossary.terms:
        text = _listed(term.names, term.meaning)
        yield Entry("word", term.names[0], text, term.lesson, term.step)
    for each in course.misconceptions.values():
        yield Entry("belief", each.belief, _plain(each.truth), each.lesson, each.step)
    for lesson in course.lessons:
        yield from _exercises_of(lesson)


def _steps_of(lesson: Lesson) -> Iterator[Entry]:
    texts = lesson.texts
    for stop in lesson.stops:
        text = _plain(texts.get(stop.slug, ""))
        yield Entry("step", stop.title, f"{lesson.title}. {text}", lesson.slug, stop.slug)


def _exercises_of(lesson: Lesson) -> Iterator[Entry]:
    for kind in lesson.practice or ():
        yield Entry("exercise", kind.title, lesson.title, lesson.slug, kind.slug)


def _listed(names: Sequence[str], meaning: str) -> str:
    others = ", ".join(names[1:])
    return f"{meaning} Also: {others}." if others else meaning


def _plain(text: str) -> str:
    """Prose without its places and marks, in one line.

    >>> _plain("The **r** of `x` is {r:.2f}, see [there](x).")
    'The r of x is …, see there.'
    """
    return " ".join(_MARKS.sub("", _PLACE.sub("…", text)).split())


def _whole_sentences(text: str) -> str:
    """Those sentences of a text that lack no number, where there are any.

    >>> _whole_sentences("It is …. Look at the cloud.")
    'Look at the cloud.'
    """
    whole = [each for each in _SENTENCE.split(text) if "…" not in each]
    return " ".join(whole) or text


class Index:
    """What can be found, read once.

    Examples
    --------
    >>> index = Index([Entry("word", "Holm", "An adjustment of p.", "significance", "holm")])
    >>> [found.entry.title for found in index.find("HOLM adjust")]
    ['Holm']
    >>> index.find("nothing of the kind"), index.meant("hulm")
    ([], 'holm')
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = [
            (entry, _words(entry.title), _words(entry.title + " " + entry.text))
            for entry in entries
        ]

    def find(self, question: str, most: int = 30) -> list[Found]:
        """Where every word of the question stands, as the beginning of a word; the best first.

        A word in a title counts more than one in a text, a whole word more than a beginning.
        """
        wanted = _words(question[:_LONGEST_QUESTION])
        scored = [
            (-score, number)
            for number, (_, title, text) in enumerate(self._entries)
            if wanted and (score := _score(wanted, title, text)) > 0
        ]
        return self._best(scored, wanted, most)

    def find_some(self, question: str, most: int = 10) -> list[Found]:
        """Where at least one longer word of the question stands; the more of them the better."""
        wanted = [word for word in _words(question[:_LONGEST_QUESTION]) if len(word) > _SHORT]
        scored = []
        for number, (_, title, text) in enumerate(self._entries):
            points = [_score([word], title, text) for word in wanted]
            if any(points):
                scored.append((-sum(map(bool, points)) * 100 - sum(points), number))
        return self._best(scored, wanted, most)

    def _best(
        self, scored: Sequence[tuple[float, int]], wanted: Sequence[str], most: int
    ) -> list[Found]:
        best = (self._entries[number][0] for _, number in sorted(scored)[:most])
        return [Found(entry, _excerpt(_whole_sentences(entry.text), wanted)) for entry in best]

    def meant(self, question: str) -> str:
        """What may have been meant where nothing is found: known words that look alike; or ""."""
        words = _words(question[:_LONGEST_QUESTION])
        close = [next(iter(get_close_matches(word, self._known, 1, 0.7)), "") for word in words]
        return " ".join(close) if words and all(close) and close != words else ""

    @cached_property
    def _known(self) -> list[str]:
        return sorted({word for _, _, text in self._entries for word in text})


def _words(text: str) -> list[str]:
    """The words in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def _score(wanted: Sequence[str], title: Sequence[str], text: Sequence[str]) -> float:
    """0 where a word is not there."""
    total = 0.0
    for word in wanted:
        inside = [each for each in text if each.startswith(word)]
        if not inside:
            return 0.0
        in_title = [each for each in title if each.startswith(word)]
        total += _IN_TITLE * bool(in_title) + _AT_START * (word in inside) + 1
        # Of two texts that both have it the shorter one is more about it.
        total += len(inside) / (len(text) + 20)
    return total


def _excerpt(text: str, wanted: Sequence[str]) -> str:
    """Some words around the first that was looked for; the beginning where only the title has it.

    >>> _excerpt("Some text.", ["text"])
    'Some text.'
    """
    if len(text) <= _EXCERPT:
        return text
    places = [
        match.start()
        for match in _WORD.finditer(text)
        if any(_begins(match[0], word) for word in wanted)
    ]
    start = max(min(places, default=0) - _EXCERPT // 3, 0)
    start = 0 if start == 0 else text.find(" ", start) + 1
    end = text.rfind(" ", start, start + _EXCERPT)
    part = text[start : end if end > start and start + _EXCERPT < len(text) else len(text)]
    return f"{'… ' if start else ''}{part}{' …' if len(part) < len(text) - start else ''}"


def _begins(word: str, wanted: str) -> bool:
    return bool(_words(word)) and _words(word)[0].startswith(wanted)
