"""What the exercises of several lessons share: drawing until it is fair, and bands of feedback."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from lib.course import Band

Drawn = TypeVar("Drawn")

_TRIES = 2000


class Slip(NamedTuple):
    """A number that somebody types who believes something, and what is said to it."""

    value: float
    feedback: str
    misconception: str


def until_fair(
    attempt: Callable[[np.random.Generator], Drawn | None], generator: np.random.Generator
) -> Drawn:
    """Draw again until there is something: an attempt that is not fair gives None.

    >>> def high(generator):
    ...     number = int(generator.integers(9))
    ...     return number if number > 6 else None
    >>> until_fair(high, np.random.default_rng(1)) > 6
    True
    """
    for _ in range(_TRIES):
        drawn = attempt(generator)
        if drawn is not None:
            return drawn
    raise RuntimeError(f"Nothing fair in {_TRIES} draws.")


def bands_around(
    slips: Iterable[Slip], otherwise: Slip, *, right: float, low: float, high: float, near: float
) -> list[Band]:
    """A narrow band around each slip, and what is said to all other numbers between them.

    The first of two slips that are close counts, and none that is close to what is right.

    Parameters
    ----------
    near
        How far a typed number may be from a slip.

    Examples
    --------
    >>> slip, other = Slip(4, "Twice.", "doubled"), Slip(0, "No.", "guessed")
    >>> bands = bands_around([slip], other, right=2, low=0, high=9, near=0.5)
    >>> [(band.low, band.high, band.feedback) for band in bands]
    [(0, 3.5, 'No.'), (3.5, 4.5, 'Twice.'), (4.5, 10, 'No.')]
    """
    kept: list[Slip] = []
    for slip in slips:
        taken = [right, *(each.value for each in kept)]
        if (
            low < slip.value - near
            and slip.value + near < high
            and all(abs(slip.value - other) > 2 * near for other in taken)
        ):
            kept.append(slip)
    edges, said = [low], [otherwise]
    for slip in sorted(kept):
        edges += [slip.value - near, slip.value + near]
        said += [slip, otherwise]
    edges.append(high + 1)
    return [
        Band(low=begin, high=end, feedback=slip.feedback, misconception=slip.misconception)
        for (begin, end), slip in zip(pairwise(edges), said, strict=True)
    ]


def listed(names: Iterable[str]) -> str:
    """Names in a row.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
