"""What a file or a browser may hold, read into the type that it should have or refused."""

import math
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from .controls import Value

Kind = TypeVar("Kind")

MOST_LETTERS = 1000
"""How long a note may be."""
MOST_STABLE = 36_500.0
"""The days after which a card comes back at the latest: a hundred years."""


MOST_COUNTED = 1_000_000_000
"""More than anybody does in a life."""
END_OF_TIME = 253_402_300_800.0
"""The year 10,000, in seconds since 1970: no calendar here goes farther."""


def typed(value: Any, kind: type) -> Any:
    """The value, or TypeError if it is of another type."""
    if type(value) is not kind:
        raise TypeError(value)
    return value


def read_time(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not 0 <= value < END_OF_TIME:
        raise ValueError(value)
    return float(value)


def read_day(value: Any) -> str:
    """A day as text, such as "2026-11-30"."""
    if date.fromisoformat(read_text(value)).isoformat() != value:
        raise ValueError(value)
    return str(value)


def read_text(value: Any) -> str:
    return str(typed(value, str))


def read_count(value: Any) -> int:
    return read_integer(0, MOST_COUNTED, value)


def read_integer(low: int, high: int, value: Any) -> int:
    if not low <= typed(value, int) <= high:
        raise ValueError(value)
    return int(value)


def read_number(value: Any) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def read_stability(value: Any) -> float:
    """A stability in days, that of a card that was hardly known or more."""
    return read_between(0.001, MOST_STABLE, value)


def read_difficulty(value: Any) -> float:
    return read_between(1.0, 10.0, value)


def read_pair(value: Any) -> tuple[float, float]:
    one, other = typed(value, list)
    return read_number(one), read_number(other)


def read_note(value: Any) -> str:
    """A note that is not too long; a new line is the only control character in it."""
    if len(read_text(value)) > MOST_LETTERS or any(map(_is_control, value)):
        raise ValueError(f"No note: {value!r}.")
    return str(value)


def clean_note(text: str) -> str:
    """What was typed, as a note can hold it.

    >>> clean_note(" Mind the\\tgaps.\\r\\n")
    'Mind the gaps.'
    """
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    kept = "".join(letter for letter in lines if not _is_control(letter))
    return kept.strip()[:MOST_LETTERS].strip()


def _is_control(letter: str) -> bool:
    return letter != "\n" and unicodedata.category(letter) == "Cc"


def read_between(low: float, high: float, value: Any) -> float:
    if not low <= read_number(value) <= high:
        raise ValueError(value)
    return float(value)


def read_value(value: Any) -> Value:
    """A value that a control may have: JSON keeps columns, points and guesses as a list."""
    if isinstance(value, list):
        return tuple(_part(part) for part in value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(value)


def _part(part: Any) -> str | float | None:
    if isinstance(part, list | bool):
        raise TypeError(part)
    return read_value(part)  # type: ignore[return-value]


def read_values(values: Any) -> dict[str, Value]:
    return {read_text(name): read_value(value) for name, value in typed(values, dict).items()}


def read_flag(value: Any) -> bool:
    return bool(typed(value, bool))


def read_optional(read: Callable[[Any], Kind], value: Any) -> Kind | None:
    return None if value is None else read(value)


def read_several(read: Callable[[Any], Kind], value: Any) -> tuple[Kind, ...]:
    return tuple(read(each) for each in typed(value, list))


def read_by_name(
    read: Callable[[Any], Kind], value: Any, name: Callable[[Any], str] = read_text
) -> dict[str, Kind]:
    return {name(key): read(each) for key, each in typed(value, dict).items()}
