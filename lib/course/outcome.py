"""Sentences about a state, each with what makes it true."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from .prose import fill

State = Mapping[str, Any]
"""Controls, answers and facts by their names."""

Predicate = Callable[[State], bool]


def always(_state: State) -> bool:
    """The `when` of an outcome that fits every state.

    >>> always({})
    True
    """
    return True


@dataclass(frozen=True)
class Outcome:
    """What can be seen once a task is passed: its places are filled from the state on the screen.

    when    the states that it speaks of
    holds   what it states in words; None where nothing is stated beside its numbers

    >>> outcome = Outcome("r rose to {r:.2f}.", when=lambda state: state["r"] > 0)
    >>> outcome.when({"r": 0.5})
    True
    """

    text: str
    when: Predicate = always
    holds: Predicate | None = None

    def filled(self, state: State) -> str:
        """The text with its numbers, of which none is rounded to one that it would not fit."""
        return filled_truly(self.text, state, self.holds or self.when)


def filled_truly(text: str, state: State, is_true: Predicate, most: int = 3) -> str:
    """The text filled; where its numbers, as printed, would make it untrue, they get more digits.

    At most so many more: what takes all of a number's digits is that two numbers are the same.

    >>> below = lambda state: state["r"] < state["limit"]
    >>> filled_truly("{r:.2f} is below {limit:.2f}", {"r": 0.598, "limit": 0.6}, below)
    '0.598 is below 0.60'
    """
    longer = text
    for _ in range(most + 1):
        rounded = _rounded(longer, state)
        if not is_true(state) or is_true({**state, **rounded}):
            return fill(longer, state)
        longer = _PLACES.sub(partial(_longer, rounded=rounded), longer)
    return fill(text, state)


_PLACES = re.compile(r"\{(?P<name>\w+):(?P<sign>[+,]*)\.(?P<digits>\d+)(?P<kind>[f%])\}")


def _rounded(text: str, state: State) -> dict[str, float]:
    """The facts that the text rounds, as it prints them."""
    rounded = {}
    for place in _PLACES.finditer(text):
        digits = int(place["digits"]) + (2 if place["kind"] == "%" else 0)
        value = state[place["name"]]
        if isinstance(value, float) and round(value, digits) != value:
            rounded[place["name"]] = round(value, digits)
    return rounded


def _longer(place: re.Match[str], rounded: Mapping[str, float]) -> str:
    """The place of a number in a text, with one digit more where it was rounded."""
    if place["name"] not in rounded:
        return place[0]
    return f"{{{place['name']}:{place['sign']}.{int(place['digits']) + 1}{place['kind']}}}"


@dataclass(frozen=True)
class Claim:
    """What a step's own prose states in words, quoted as it stands there, with what makes it true.

    every_draw   whether it is true of every draw; else of the first alone, and the prose says so

    >>> Claim("two of the pairs are strong", lambda state: state["strong"] == 2).words
    'two of the pairs are strong'
    """

    words: str
    holds: Predicate
    every_draw: bool = True
