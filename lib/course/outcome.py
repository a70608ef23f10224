"""Sentences about a state, each with what makes it true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

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
