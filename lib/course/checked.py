"""What a file or a browser may hold, read into the type that it should have or refused."""

import math
from collections.abc import Callable
from typing import Any, TypeVar

from lib.course.controls import Value

Kind = TypeVar("Kind")


def typed(value: Any, kind: type) -> Any:
    """The value, or TypeError if it is of another type."""
    if type(value) is not kind:
        raise TypeError(value)
    return value


def read_time(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not 0 <= value < 1e12:
        raise ValueError(value)
    return float(value)


def read_text(value: Any) -> str:
    return str(typed(value, str))


def read_count(value: Any) -> int:
    if typed(value, int) < 0:
        raise ValueError(value)
    return int(value)


def read_number(value: Any) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not math.isfinite(value):
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
