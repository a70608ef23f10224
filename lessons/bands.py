"""Feedback to typed numbers: one band after the other, or one for each number that tempts."""

from collections.abc import Mapping

from lib.course import Band

Said = tuple[str, str]
"""Feedback, and the misconception that the answer shows."""

_NEAR = 0.5


def bands(low: float, *parts: tuple[float, Said]) -> list[Band]:
    """From `low` on, each part up to its end; one that ends before it begins is left out.

    Examples
    --------
    >>> few, many = ("Few.", "too_few"), ("Many.", "too_many")
    >>> [(band.low, band.high) for band in bands(0, (4, few), (3, few), (9, many))]
    [(0, 4), (4, 9)]
    """
    found: list[Band] = []
    for high, (feedback, misconception) in parts:
        if high > low:
            found.append(Band(low=low, high=high, feedback=feedback, misconception=misconception))
            low = high
    return found


def bands_at(
    low: float, high: float, tempting: Mapping[float, Said], otherwise: Said, near: float = _NEAR
) -> list[Band]:
    """A band about each tempting number, and one feedback for what lies between them.

    Examples
    --------
    >>> found = bands_at(0, 10, {4: ("So near.", "a")}, ("No.", "b"))
    >>> [(band.low, band.high, band.misconception) for band in found]
    [(0, 3.5, 'b'), (3.5, 4.5, 'a'), (4.5, 10, 'b')]
    """
    parts: list[tuple[float, Said]] = []
    for number in sorted(tempting):
        parts += [(number - near, otherwise), (number + near, tempting[number])]
    return bands(low, *parts, (high, otherwise))
