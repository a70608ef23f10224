"""Controls: what a learner may change, declared once.

The same declaration gives the widget, the parameter in the address, the default, the validation
and the argument of `Step.show`.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

Value = bool | int | float | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Control(ABC):
    """One thing that a learner may change. Its name is the attribute that it is assigned to."""

    label: str
    default: Value = field(kw_only=True)
    name: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.clean(self.default)

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

    @abstractmethod
    def clean(self, value: object) -> Value:
        """Return `value` in the control's own type, or raise ValueError if it is not allowed."""

    def clean_or_default(self, value: object) -> Value:
        """Return `value` if it is allowed, else the default: what an address deserves."""
        try:
            return self.clean(value)
        except ValueError:
            return self.default

    def _refuse(self, value: object) -> ValueError:
        return ValueError(f"{self.name or self.label} cannot be {value!r}.")


@dataclass(frozen=True)
class Slider(Control):
    """A number between two bounds, in steps.

    >>> Slider("k", -1, 2, default=0).clean(1)
    1
    """

    low: float
    high: float
    default: float = field(kw_only=True)
    step: float = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        # One kind of number throughout, so that a value equals its default in type as well.
        for part in ("low", "high", "default", "step"):
            object.__setattr__(self, part, self._kind(getattr(self, part)))

    @property
    def _kind(self) -> type[float]:
        parts = (self.low, self.high, self.default, self.step)
        return float if any(isinstance(part, float) for part in parts) else int

    def clean(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._refuse(value)
        if not self.low <= value <= self.high:
            raise self._refuse(value)
        # Rounded, so that three tenths are the 0.3 that a default was declared as.
        mark = round(self.low + round((value - self.low) / self.step) * self.step, 9)
        if not math.isclose(mark, value, abs_tol=1e-9):
            raise self._refuse(value)
        return self._kind(mark)


@dataclass(frozen=True)
class Number(Control):
    """A whole number that the learner types; None until then.

    >>> Number("How many pairs?", 0, 200).clean(55)
    55
    """

    low: int
    high: int
    default: None = field(default=None, kw_only=True)

    def clean(self, value: object) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            raise self._refuse(value)
        if not self.low <= value <= self.high:
            raise self._refuse(value)
        return int(value)


@dataclass(frozen=True)
class Choice(Control):
    """One of several options; a default of None means that nothing is chosen yet.

    >>> Choice("Hide", ("upper", "lower"), default="upper").clean("lower")
    'lower'
    """

    options: tuple[str, ...]
    default: str | None = field(kw_only=True)

    def clean(self, value: object) -> str | None:
        if value is None and self.default is None:
            return None
        if value not in self.options:
            raise self._refuse(value)
        return str(value)


@dataclass(frozen=True)
class Toggle(Control):
    """On or off.

    >>> Toggle("Trim", default=False).clean(True)
    True
    """

    default: bool = field(kw_only=True)

    def clean(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self._refuse(value)
        return value


@dataclass(frozen=True)
class Columns(Control):
    """Some columns of a table, at least `at_least` of them, in the table's order.

    >>> Columns("Columns", ("rate", "len", "adt"), default=("rate", "len")).clean(["adt", "len"])
    ('len', 'adt')
    """

    options: tuple[str, ...]
    default: tuple[str, ...] = field(kw_only=True)
    at_least: int = 2

    def clean(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise self._refuse(value)
        if not all(name in self.options for name in value):
            raise self._refuse(value)
        if len(set(value)) < self.at_least:
            raise self._refuse(value)
        return tuple(option for option in self.options if option in value)
