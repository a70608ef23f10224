"""What a caller chooses: refused, with the way out, where it is no choice."""

from collections.abc import Container, Hashable, Iterable, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np

_LONGEST = 60


def said(value: object) -> str:
    """A value as a message has it: by its type where it is long, such as a table."""
    words = repr(value)
    return words if len(words) <= _LONGEST and "\n" not in words else f"a {type(value).__name__}"


def check_choice(name: str, value: object, choices: Sequence[object]) -> None:
    """Raise ValueError, with the choices, for a value that is not among them."""
    if not is_among(value, choices):
        raise ValueError(
            f"Unknown {name} {said(value)}: choose from {', '.join(map(str, choices))}."
        )


def check_confidence(confidence: float) -> None:
    """Raise ValueError for a coverage that is not between 0 and 1."""
    check_number("confidence", confidence, "choose a share between 0 and 1, say 0.95")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}: choose a share between 0 and 1, say 0.95.")


def check_number(name: str, value: object, advice: str) -> None:
    """Raise ValueError for what is no number, such as None or a text."""
    if not isinstance(value, Real):
        raise ValueError(f"{name} is {said(value)}: {advice}.")


def check_whole(name: str, value: object, least: int, advice: str) -> None:
    """Raise ValueError for what is no whole number, or less than `least`."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise ValueError(f"{name} is {said(value)}, not a whole number: {advice}.")
    if value < least:
        raise ValueError(f"{name} is {value}: {advice}.")


def check_flag(name: str, value: object) -> None:
    """Raise ValueError for what is neither True nor False: of texts, "no" would be true."""
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name} is {said(value)}: choose True or False.")


def check_names(name: str, names: object) -> None:
    """Raise ValueError for what is no list of names, such as one name."""
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise ValueError(f"{name} is {said(names)}: give a list of column names.")


def is_among(name: object, names: Container[Any]) -> bool:
    """Whether this is one of the names; what is no name, such as a list, is not."""
    return isinstance(name, Hashable) and name in names


def generator_of(seed: Any) -> np.random.Generator:
    """Random numbers from a seed; ValueError for what they cannot start from."""
    try:
        return np.random.default_rng(seed)
    except (TypeError, ValueError):
        raise ValueError(f"seed is {said(seed)}: choose a whole number, 0 or more.") from None
