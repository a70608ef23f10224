"""The glossary: each term of the course once, where a text uses it, and a text with marks."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

# A backslash takes its character out of play; links and places for facts are no prose.
_NO_PROSE = re.compile(
    r"""
      \\.
    | (?P<code> (?<!`) (?P<ticks>`+) (?!`) (?: (?!\n\s*\n) . )+? (?<!`) (?P=ticks) (?!`) )
    | !?\[ [^\]\n]* \]\( [^)\n]* \)
    | \{ [^{}]* \}
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Term:
    """A word of the field, and what it means.

    names     how it is written; a name in backticks is that piece of code
    meaning   one or two sentences, plain text
    lesson, step   where the course introduces it
    common    on so many pages that it is marked where it is introduced and nowhere else
    """

    slug: str
    names: Sequence[str]
    meaning: str
    lesson: str
    step: str
    common: bool = False


@dataclass(frozen=True)
class Use:
    """A term in a text, from character `start` up to `end`."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Glossary:
    """Terms, found in texts by their names.

    A name is found as a whole word, the longer of two that begin at one place. One that begins
    with a small letter, and has more than that letter, is found with a capital as well, since a
    sentence may begin with it. Code, links and places for facts are no prose.

    Raises
    ------
    ValueError
        If two terms share a name.

    Examples
    --------
    >>> eta = Term("eta", ["eta", "η"], "How far apart groups are.", "categorical", "groups")
    >>> glossary = Glossary([eta])
    >>> [use.start for use in glossary.uses("Eta, that is `eta` or η.")]
    [0, 22]
    """

    terms: Sequence[Term] = ()

    def __post_init__(self) -> None:
        names = [name for term in self.terms for name in term.names]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"Two terms are called {name!r}.")

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        return {name: term for term in self.terms for name in term.names}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._by_name, key=len, reverse=True)
        words = "|".join(_as_written(name) for name in names if not name.startswith("`"))
        # Nor is a name found behind an apostrophe, or as one part of a compound.
        return re.compile(rf"(?<![\w'-])(?:{words or '(?!)'})(?![\w-])")

    def uses(self, text: str) -> Sequence[Use]:
        """Every use of a term in a text, in order."""
        return _uses(self, text)

    def _found(self, text: str) -> Iterator[Use]:
        for match in _NO_PROSE.finditer(text):
            if match[0] in self._by_name:
                yield Use(self._by_name[match[0]], *match.span())
        prose = _NO_PROSE.sub(lambda match: "\0" * len(match[0]), text)
        for match in self._pattern.finditer(prose):
            yield Use(self._named(match[0]), *match.span())

    def _named(self, written: str) -> Term:
        name = " ".join(written.split())
        return self._by_name.get(name) or self._by_name[name[0].lower() + name[1:]]

    def marked_on(self, lesson: str, step: str) -> set[str]:
        """The slugs of the terms to mark on that page of the course."""
        return {
            term.slug
            for term in self.terms
            if not term.common or (term.lesson, term.step) == (lesson, step)
        }


@lru_cache(maxsize=1024)
def _uses(glossary: Glossary, text: str) -> tuple[Use, ...]:
    """Remembered: most of what a page says stays as it is with a move."""
    return tuple(sorted(glossary._found(text), key=lambda use: use.start))


def mark(text: str, uses: Sequence[Use], wrap: Callable[[str, Term], str]) -> str:
    """`text` with these uses wrapped in HTML. What looks like a tag in the text itself is none.

    Examples
    --------
    >>> r = Term("r", ["r"], "A correlation.", "five_steps", "import")
    >>> mark("r < one", Glossary([r]).uses("r < one"), lambda words, term: f"<b>{words}</b>")
    '<b>r</b> &lt; one'
    """
    pieces, end = [], 0
    for use in uses:
        pieces += [_without_tags(text[end : use.start]), wrap(text[use.start : use.end], use.term)]
        end = use.end
    return "".join([*pieces, _without_tags(text[end:])])


def _without_tags(text: str) -> str:
    """A tag cannot begin in code; code over two lines may turn out to be none."""
    return re.sub(
        rf"{_NO_PROSE.pattern}|<",
        lambda match: (
            match[0] if match["code"] and "\n" not in match[0] else match[0].replace("<", "&lt;")
        ),
        text,
        flags=_NO_PROSE.flags,
    )


def _as_written(name: str) -> str:
    """A pattern for a name, over the end of a line and at the beginning of a sentence."""
    first, rest = name[0], name[1:]
    either = f"[{first}{first.upper()}]" if rest and first.islower() else re.escape(first)
    return either + re.sub(r"(\\ )+", r"\\s+", re.escape(rest))


def read_glossary(path: Path) -> Glossary:
    """Read glossary.toml, a table for each term."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return Glossary(tuple(Term(slug=slug, **entry) for slug, entry in entries.items()))
