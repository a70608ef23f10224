"""Names of rows and columns as figures write them, on the screen and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from unicodedata import east_asian_width

import numpy as np
import pandas as pd

from .numbers import minus_signs, significant_text

MISSING = "missing"
"""The name of a row or a column that has none."""


def name_text(name: Hashable) -> str:
    """A name in words: days without an empty time of day, numbers without noise in their digits.

    >>> name_text(pd.Timestamp("2024-01-01")), name_text(0.1 + 0.2), name_text(("wet", None))
    ('2024-01-01', '0.3', 'wet, missing')
    """
    if isinstance(name, tuple):
        return ", ".join(map(name_text, name))
    if isinstance(name, str):
        return _printable(name)
    if isinstance(name, pd.Interval):
        opened, closed = "[("[name.open_left], "])"[name.open_right]
        return f"{opened}{name_text(name.left)}, {name_text(name.right)}{closed}"
    if pd.isna(name):  # type: ignore[call-overload] # any scalar may be asked
        return MISSING
    if isinstance(name, float | np.floating):
        return _float_text(float(name))
    if isinstance(name, np.datetime64):
        name = pd.Timestamp(name)
    text = _printable(str(name)).removesuffix(" 00:00:00")
    return minus_signs(text) if isinstance(name, int | np.integer) else text


def _printable(text: str) -> str:
    """The text in one line, without characters that no font has and no file may hold."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _float_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return minus_signs(f"{value:z.0f}")
    return significant_text(value, 4).replace(",", "")


def axis_names(names: Iterable[Hashable], longest: int | None = None) -> list[str]:
    """The names along an axis, each different from all others.

    Longer ones than ``longest`` characters lose their middle, or as much of them as leaves them
    different.

    >>> axis_names([0.1234567, 0.1234568, 0.5])
    ['0.1234567', '0.1234568', '0.5']
    >>> axis_names(["the mean perimeter, left", "the mean perimeter, right"], 15)
    ['the mea…r, left', 'the mea…, right']
    >>> axis_names(["gene X12 of the patient", "gene X34 of the patient"], 15)
    ['gene X1…patient', 'gene X3…patient']
    """
    given = list(names)
    texts = [name_text(name) for name in given]
    times = Counter(texts)
    texts = [
        text if times[text] == 1 else _printable(str(name))
        for name, text in zip(given, texts, strict=True)
    ]
    return texts if longest is None else _shortened(texts, longest)


def title_of(names: pd.Index) -> Hashable:
    """What an axis is called; None if it has no name.

    >>> title_of(pd.Index([1949], name="year")), title_of(pd.MultiIndex.from_tuples([("wet", "a")]))
    ('year', None)
    """
    known = tuple(name for name in names.names if name is not None)
    return (known if len(known) > 1 else known[0]) if known else None


def _shortened(texts: list[str], longest: int) -> list[str]:
    cuts = [_cuts(text, longest) for text in texts]
    short = [next(cut) for cut in cuts]
    while True:
        times = Counter(short)
        repeated = [number for number, text in enumerate(short) if times[text] > 1]
        tried = [(number, next(cuts[number], None)) for number in repeated]
        if all(text is None for _, text in tried):
            return short
        for number, text in tried:
            short[number] = short[number] if text is None else text


def _cuts(text: str, longest: int) -> Iterator[str]:
    """The text cut in the middle, then elsewhere, then less and less, and at last whole."""
    for length in range(longest, len(text)):
        for share in (0.5, 0.75, 0.25):
            head = round(share * (length - 1))
            yield text[:head] + "…" + text[len(text) - (length - 1 - head) :]
    yield text


def letters(text: str) -> int:
    """The length of a text in letters of the usual width; those of East Asia are twice as wide.

    >>> letters("rate"), letters("価格")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
