"""Feedback to typed numbers: ranges, and narrow bands around the numbers that tempt."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from lib.course import Band


class Slip(NamedTuple):
    """What is said to a wrong number, and the misconception that it shows."""

    feedback: str
    misconception: str


def ranges(low: float, *parts: tuple[float, Slip]) -> list[Band]:
    """From `low` on, each part up to its end; one that ends before it begins is left out.

    Examples
    --------
    >>> few, many = Slip("Few.", "too_few"), Slip("Many.", "too_many")
    >>> [(band.low, band.high) for band in ranges(0, (4, few), (3, few), (9, many))]
    [(0, 4), (4, 9)]
    """
    found: list[Band] = []
    for high, slip in parts:
        if high > low:
            found.append(Band(low=low, high=high, **slip._asdict()))
            low = high
    return found


def bands(
    value: float,
    high: float,
    slips: Mapping[int, Slip] | Mapping[float, Slip],
    below: Slip,
    above: Slip | None = None,
    *,
    low: float = 0,
    near: float | None = None,
) -> list[Band]:
    """Bands from `low` beyond `high`: a narrow one around each slip, and what is between.

    Of slips that lie too near to each other to be told apart, or to `value`, the first counts.

    Parameters
    ----------
    slips
        What is said to the numbers that tempt.
    below, above
        What is said to the others, below `value` and above it; where `above` is left out, the same.
    near
        How far a typed number may be from a slip: where nothing is given half of one, or of a
        hundredth if some slip has decimals.

    Examples
    --------
    >>> twice, other = Slip("Twice.", "doubled"), Slip("No.", "guessed")
    >>> [(band.low, band.high, band.feedback) for band in bands(2, 9, {4: twice}, other)]
    [(0, 2, 'No.'), (2, 3.5, 'No.'), (3.5, 4.5, 'Twice.'), (4.5, 10, 'No.')]
    """
    if near is None:
        near = 0.5 if all(float(number).is_integer() for number in slips) else 0.005
    told: dict[float, Slip] = {}
    for number, slip in slips.items():
        if low <= number <= high and all(abs(number - one) >= 2 * near for one in (value, *told)):
            told[number] = slip
    edges = {low, value, high + 1, *(number + side for number in told for side in (-near, near))}

    def between(begin: float, end: float) -> Slip:
        middle = (begin + end) / 2
        at = (slip for number, slip in told.items() if abs(number - middle) < near)
        return next(at, below if above is None or middle < value else above)

    parts = pairwise(sorted(edge for edge in edges if edge >= low))
    return ranges(low, *((end, between(begin, end)) for begin, end in parts))
