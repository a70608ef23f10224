"""Text that strangers type, made plain: nothing in it but what can be read."""

import re
import unicodedata

_MOST = 5_000
"""What is longer is no line that anyone has typed, and is not looked at."""

_INVISIBLE = frozenset(
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Marks that turn the direction of what stands beside them, and spaces without width."""

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def plain(text: str) -> str:
    """One line of text without control characters and without marks of direction.

    >>> plain("Ada\\n \\u202eecalevoL\\x00")
    'Ada ecalevoL'
    """
    line = " ".join(text[:_MOST].split())
    seen = "".join(sign for sign in line if _is_seen(sign))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def is_storable(text: str) -> bool:
    """Whether every database takes this text: no zero, and no half of a pair of surrogates."""
    return _NOT_STORABLE.search(text) is None


def _is_seen(sign: str) -> bool:
    return sign not in _INVISIBLE and unicodedata.category(sign) not in ("Cc", "Cs")
