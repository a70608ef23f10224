"""Words that others wrote, such as names of columns, on a page that reads Markdown."""

import re

_MARKED = re.compile(r"[\\`*_\[\]<>$:~#|!]")
_ACTS = re.compile(
    r"[`*~$\\]|\]\(|<[\w/!?-]|:[\w/]|www\.|(?<!\w)_|_(?!\w)|&[\w#]|->|--|>=|^(#|>|[-+] |\d+[.)] )"
    r"|[^\S ]|\s{2}"
)
_LONGEST = 60
_HALF = 29


def is_plain(words: str) -> bool:
    """Whether a widget that reads Markdown shows a short name as it is.

    >>> [is_plain(name) for name in ("age_group", "p < 0.05", "[:, 1]", "*p*", ":red[p]", "x" * 99)]
    [True, True, True, False, False, False]
    """
    return len(words) <= _LONGEST and not _ACTS.search(words)


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
