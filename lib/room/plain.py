"""Text that strangers type, made plain: nothing in it but what can be read."""

import re
import unicodedata

_MOST = 5_000
"""What is longer is no line that anyone has typed, and is not looked at."""

_BLANK = re.compile("[\u2800\u3164\u115f\u1160\uffa0\u17b4\u17b5]")
"""Letters that draw nothing: the empty pattern of Braille, what fills Hangul, two of Khmer."""

_JOINERS = "\u200c\u200d"
"""Of all signs of format these two belong to words and to emoji; the others turn directions, have
no width, or are letters of a tag."""

_CLINGING = 3
"""More marks on one letter reach into the lines over it."""

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def plain(text: str) -> str:
    """One line of text that can be read: no control characters, no marks of direction.

    Nor more than three marks on a letter. What nobody sees is no text.

    >>> plain("Ada\\n \\u202eecalevoL\\x00")
    'Ada ecalevoL'
    >>> plain("\\u3164 \\u00ad")
    ''
    """
    line = _BLANK.sub(" ", " ".join(text[:_MOST].split()))
    read = "".join(sign for sign in line if _is_read(sign))
    kept = _thinned(unicodedata.normalize("NFC", " ".join(read.split())))
    return kept if any(not _clings(sign) and sign != " " for sign in kept) else ""


def is_storable(text: str) -> bool:
    """Whether every database takes this text: no zero, and no half of a pair of surrogates."""
    return _NOT_STORABLE.search(text) is None


def _is_read(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return sign in _JOINERS or kind not in ("Cc", "Cf", "Cs")


def _thinned(line: str) -> str:
    """The line without what clings to a letter after three others."""
    kept, clinging = [], 0
    for sign in line:
        clinging = clinging + 1 if _clings(sign) else 0
        if clinging <= _CLINGING:
            kept.append(sign)
    return "".join(kept)


def _clings(sign: str) -> bool:
    """Whether a sign is drawn on the one before it, or joins it to the next."""
    return sign in _JOINERS or unicodedata.category(sign) in ("Mn", "Me")
