"""Words that others wrote, such as names of columns, on a page that reads Markdown."""

import re

_MARKED = re.compile(r"[\\`*_\[\]<>$:~#|!]")
_LONGEST = 60
_HALF = 29


def harmless(words: str) -> str:
    r"""The words in one line, as Markdown shows them: no mark in them works.

    >>> harmless("![x](http://example.org)")
    '\\!\\[x\\](http\\://example.org)'
    """
    return _MARKED.sub(lambda mark: f"\\{mark[0]}", " ".join(words.split()))


def as_name(words: str) -> str:
    """A name in a sentence or on a button: harmless, and a long one without its middle.

    >>> as_name("two\\nlines"), len(as_name("x" * 5000))
    ('two lines', 61)
    """
    plain = " ".join(words.split())
    if len(plain) > _LONGEST:
        plain = f"{plain[:_HALF]} … {plain[-_HALF:]}"
    return harmless(plain)
