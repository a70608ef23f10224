"""Words that others wrote, such as names of columns, on a page that reads Markdown; and back."""

import re

_MARKED = re.compile(r"[\\`*_\[\]<>$:~#|!]")
_ACTS = re.compile(
    r"[`*~$\\]|\]\(|<[\w/!?-]|:[\w/]|www\.|(?<!\w)_|_(?!\w)|&[\w#]|[-<>=][-<>=]|@|[^\S ]|\s{2}"
    r"|^(#|>|[-+] |\d+[.)] )"
)
# Streamlit reads these once the Markdown is read: addresses, mails, icons and arrows.
_MADE = re.compile(
    r"(?<=:)(?=//|material/|streamlit:)|(?<=www)(?=\.)|(?<=[-<>~=])(?=[-<>~=])|(?=@)", re.IGNORECASE
)
_MARKUP = re.compile(r"`([^`]+)`|\*\*?(\S.*?)\*\*?|:\w+\[([^]]*)\]")
PARTED = "\N{WORD JOINER}"
LONGEST_NAME = 60


def is_plain(words: str) -> bool:
    """Whether a widget that reads Markdown shows a short name as it is.

    >>> [is_plain(name) for name in ("age_group", "p < 0.05", "[:, 1]", "*p*", ":red[p]", "x" * 99)]
    [True, True, True, False, False, False]
    """
    return len(words) <= LONGEST_NAME and not _ACTS.search(words)


def harmless(words: str) -> str:
    r"""The words in one line, as Markdown shows them: no mark in them works.

    What looks like an address, a mail, an icon or an arrow is made one even where its marks are
    escaped, so a sign without width parts it.

    >>> harmless("![x](y) a_b").replace(PARTED, "|")
    '\\!\\[x\\](y) a\\_b'
    >>> harmless("http://example.org me@example.org ->").replace(PARTED, "|")
    'http\\:|//example.org me|@example.org -|\\>'
    """
    parted = _MADE.sub(PARTED, " ".join(words.split()))
    return _MARKED.sub(lambda mark: f"\\{mark[0]}", parted)


def as_name(words: str, longest: int = LONGEST_NAME) -> str:
    """A name in a sentence or on a button: harmless, and a long one without its middle.

    >>> as_name("two\\nlines"), len(as_name("x" * 5000))
    ('two lines', 61)
    """
    plain = " ".join(words.split())
    if len(plain) > longest:
        half = longest // 2 - 1
        plain = f"{plain[:half]} … {plain[-half:]}"
    return harmless(plain)


def as_names(words: str) -> str:
    """Some names in a sentence, as instruments list them: three, and how many more there are."""
    return as_name(words, 200)


def plain(markdown: str) -> str:
    """Markdown of the course without its marks, for figures, tables and files.

    >>> plain("`rate` is *higher*"), plain(":red[r] = 0.5"), plain("`x[0] * y`")
    ('rate is higher', 'r = 0.5', 'x[0] * y')
    """
    return _MARKUP.sub(lambda marked: "".join(part or "" for part in marked.groups()), markdown)
