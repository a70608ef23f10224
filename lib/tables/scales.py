"""Words that have an order of their own."""

import re
import tomllib
from pathlib import Path

SCALES = tuple(
    tuple(tuple(level.split("/")) for level in scale.split(" < "))
    for scale in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["scales"]
)
RANKS = tuple(
    {word: rank for rank, level in enumerate(scale) for word in level} for scale in SCALES
)
NUMBER = r"[$€£]?(?P<{}>\d[\d,]*(?:\.\d+)?)\s*[kK%]?"
RANGE = re.compile(
    r"(?P<sign>[<>≤≥]=?|under|below|over|above|up to)?\s*"
    + NUMBER.format("from")
    + rf"(?:\s*(?:-|–|—|to|bis|\.\.)\s*{NUMBER.format('to')})?"
    + r"\s*(?P<more>\+|and over|or more|or older)?(?:\s*(?:years?|yrs?|kg|cm|km|m))?",
    re.IGNORECASE,
)
BELOW = ("<", "≤", "under", "below", "up to")


def order_of(levels: list[str]) -> tuple[str, ...] | None:
    """The levels in their order, where all of them belong to one scale, or None.

    >>> order_of(["large", "small", "medium"])
    ('small', 'medium', 'large')
    >>> order_of(["30-39", "under 30", "40+"])
    ('under 30', '30-39', '40+')
    >>> order_of(["north", "south"]) is None
    True
    """
    if len(levels) < 2:
        return None
    # A column of names has a hundred thousand levels, and no scale has.
    long_enough = [
        ranks for scale, ranks in zip(SCALES, RANKS, strict=True) if len(levels) <= len(scale)
    ]
    words = {
        level: " ".join(level.casefold().replace("_", " ").split())
        for level in (levels if long_enough else ())
    }
    for ranks in long_enough:
        places = {level: ranks.get(word) for level, word in words.items()}
        found = [place for place in places.values() if place is not None]
        if len(found) == len(levels) == len(set(found)):
            return tuple(sorted(levels, key=lambda level: ranks[words[level]]))
    return _ranges(levels)


def _ranges(levels: list[str]) -> tuple[str, ...] | None:
    """Levels like 18-24, 25-34, 35+ by their numbers."""
    places = {}
    for level in levels:
        match = RANGE.fullmatch(level.strip())
        if not match or not (match["sign"] or match["to"] or match["more"]):
            return None
        begin = float(match["from"].replace(",", ""))
        end = float(match["to"].replace(",", "")) if match["to"] else begin
        if end < begin:
            return None
        below = bool(match["sign"]) and match["sign"].lower().startswith(BELOW)
        places[level] = (begin, -1 if below else 1 if match["more"] or match["sign"] else 0)
    if len(set(places.values())) < len(levels) or len(levels) < 3:
        return None
    return tuple(sorted(levels, key=lambda level: places[level]))
