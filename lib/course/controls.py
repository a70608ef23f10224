"""Controls: what a learner may change, declared once.

The same declaration gives the widget, the parameter in the address, the default, the validation
and the argument of `Step.show`.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from .transforms import TRANSFORMS

if TYPE_CHECKING:
    from typing import Self

    import pandas as pd

Value: TypeAlias = bool | int | float | str | tuple[str | float | None, ...] | None
Options: TypeAlias = "tuple[str, ...] | Callable[[pd.DataFrame], Sequence[str]]"
"""What can be chosen, or how a table says it; see `Control.on`."""


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

    def on(self, table: pd.DataFrame) -> Self:  # noqa: ARG002
        """The control for this table: one that takes its options from a table then has them."""
        return self

    def wanting(self, value: object) -> str:  # noqa: ARG002
        """What a value that the widget can show lacks to be allowed, for the learner; else ""."""
        return ""

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
        # Before any computing: what is not finite or huge would not come back as a ValueError.
        if not self.low <= value <= self.high:
            raise self._refuse(value)
        mark = self.nearest(value)
        if not math.isclose(mark, value, abs_tol=1e-9):
            raise self._refuse(value)
        return mark

    def nearest(self, value: float) -> float:
        """The number between the bounds that lies on a step and nearest to `value`.

        >>> Slider("x", -8.0, 8.0, default=0.0, step=0.5).nearest(9.3)
        8.0
        """
        last = math.floor((self.high - self.low) / self.step + 1e-9)
        mark = min(max(round((value - self.low) / self.step), 0), last)
        # Rounded, so that three tenths are the 0.3 that a default was declared as.
        return self._kind(round(self.low + mark * self.step, 9))


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
        return None if value is None else _whole(self, value, self.low, self.high)

    def wanting(self, value: object) -> str:
        return _wanting_whole(self, value, self.low, self.high)


@dataclass(frozen=True)
class _Optional(Control):
    """A control with options, fixed or from a table."""

    options: Options

    def __post_init__(self) -> None:
        if not callable(self.options):
            super().__post_init__()

    @property
    def named(self) -> tuple[str, ...]:
        """The options; TypeError where no table has given them."""
        if callable(self.options):
            raise TypeError(f"{self.name or self.label} takes its options from a table: use on().")
        return self.options


@dataclass(frozen=True)
class Choice(_Optional):
    """One of several options; a default of None means that nothing is chosen yet.

    Where a table gives the options, a default that is not among them becomes the first.

    >>> Choice("Hide", ("upper", "lower"), default="upper").clean("lower")
    'lower'
    >>> import pandas as pd
    >>> Choice("Target", list, default="rate").on(pd.DataFrame({"x": [1], "y": [2]})).default
    'x'
    """

    default: str | None = field(kw_only=True)

    def on(self, table: pd.DataFrame) -> Self:
        if not callable(self.options):
            return self
        options = tuple(self.options(table))
        is_open = self.default is None or self.default in options
        return replace(self, options=options, default=self.default if is_open else options[0])

    def clean(self, value: object) -> str | None:
        if value is None and self.default is None:
            return None
        if value not in self.named:
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
class Transform(Choice):
    """What is done to a column before it is measured, by its name in `TRANSFORMS`.

    >>> Transform("gdp").clean("log")
    'log'
    """

    options: tuple[str, ...] = ("as it is", "log", "square root", "rank")
    default: str = field(default="as it is", kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not set(self.named) <= set(TRANSFORMS):
            raise ValueError(f"{self.label}: choose from {', '.join(TRANSFORMS)}.")


@dataclass(frozen=True)
class Seed(Control):
    """Which of many random draws is on the screen.

    >>> Seed("Draw").clean(7)
    7
    """

    high: int = 999
    default: int = field(default=0, kw_only=True)

    def clean(self, value: object) -> int:
        return _whole(self, value, 0, self.high)

    def wanting(self, value: object) -> str:
        return _wanting_whole(self, value, 0, self.high)


@dataclass(frozen=True)
class Redraws(Control):
    """How many random draws have been made so far; their seeds are 0, 1, 2 and so on.

    The draws stay, so that a step can show what happens again and again.

    >>> Redraws("Draws", 200).clean(5)
    5
    """

    at_most: int
    default: int = field(default=1, kw_only=True)

    def clean(self, value: object) -> int:
        return _whole(self, value, 1, self.at_most)

    def wanting(self, value: object) -> str:
        return _wanting_whole(self, value, 1, self.at_most)


@dataclass(frozen=True)
class Point(Control):
    """A point that is dragged in the step's scatter plot: its x and its y.

    >>> Point("The extra point", (-8, 8), (-8, 8), default=(0, 0)).clean([8, 7.5])
    (8.0, 7.5)
    """

    x: tuple[float, float]
    y: tuple[float, float]
    default: tuple[float, float] = field(kw_only=True)
    step: float = 0.5

    def __post_init__(self) -> None:
        object.__setattr__(self, "default", self.clean(self.default))

    @property
    def sliders(self) -> tuple[Slider, Slider]:
        """The same for a keyboard: one slider for x, one for y."""
        x, y = (
            Slider(f"{self.label}: {axis}", float(low), float(high), default=start, step=self.step)
            for axis, (low, high), start in zip("xy", (self.x, self.y), self.default, strict=True)
        )
        return x, y

    def clean(self, value: object) -> tuple[float, float]:
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise self._refuse(value)
        x, y = (slider.clean(part) for slider, part in zip(self.sliders, value, strict=True))
        return float(x), float(y)


@dataclass(frozen=True)
class Guess(Control):
    """A correlation matrix filled in before it is seen: one level a pair, None until then.

    Once all are filled in, the first figure of the step's exhibit is what was measured.

    >>> guess = Guess("Your map", ("rate", "len", "adt"))
    >>> guess.pairs
    (('len', 'rate'), ('adt', 'rate'), ('adt', 'len'))
    >>> guess.clean([-0.5, None, 0])
    (-0.5, None, 0.0)
    """

    columns: tuple[str, ...]
    levels: tuple[float, ...] = (-0.8, -0.5, -0.2, 0.0, 0.2, 0.5, 0.8)
    default: tuple[None, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "default", (None,) * len(self.pairs))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The cells below the diagonal, row by row: (row, column)."""
        return tuple(
            (row, column)
            for number, row in enumerate(self.columns)
            for column in self.columns[:number]
        )

    def clean(self, value: object) -> tuple[float | None, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(self.pairs):
            raise self._refuse(value)
        return tuple(None if part is None else self._level(part) for part in value)

    def _level(self, part: object) -> float:
        if isinstance(part, bool) or part not in self.levels:
            raise self._refuse(part)
        return float(part)


@dataclass(frozen=True)
class Write(Control):
    """A few lines of pandas or NumPy that the learner types; `lib.course.writing` runs them.

    gives     what the script calls the value of the last line
    names     what the lines may use beside `modules`, shown under the box
    columns   the names of columns that are shown there as well
    lines     how many lines there may be

    >>> Write("Your lines", gives="r", names=("highway",)).clean("highway.corr()  \\n")
    'highway.corr()'
    """

    gives: str = field(kw_only=True)
    names: tuple[str, ...] = field(kw_only=True)
    columns: tuple[str, ...] = field(default=(), kw_only=True)
    lines: int = field(default=5, kw_only=True)
    characters: ClassVar[int] = 600
    modules: ClassVar[tuple[str, ...]] = ("np", "pd", "stats")
    default: str = field(default="", kw_only=True)

    def clean(self, value: object) -> str:
        if not isinstance(value, str) or self.wanting(value):
            raise self._refuse(value)
        return _tidied(value)

    def wanting(self, value: object) -> str:
        if not isinstance(value, str):
            return ""
        tidied = _tidied(value) if len(value) <= 2 * self.characters else value
        if len(tidied) > self.characters:
            return f"{self.label}: at most {self.characters} characters."
        if sum(bool(line.strip()) for line in tidied.split("\n")) > self.lines:
            return f"{self.label}: at most {self.lines} lines."
        if any(not (sign.isprintable() or sign == "\n") for sign in tidied):
            return f"{self.label}: letters, numbers and signs that can be seen."
        return ""


def _tidied(text: str) -> str:
    """Without spaces at the ends of lines, and with plain quotes: a phone types others."""
    for typed, plain in (("“", '"'), ("”", '"'), ("„", '"'), ("‘", "'"), ("’", "'")):
        text = text.replace(typed, plain)
    lines = text.replace("\r\n", "\n").replace("\t", "    ").replace("\xa0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


@dataclass(frozen=True)
class _Several(_Optional):
    default: tuple[str, ...] = field(kw_only=True)
    at_least: int = field(kw_only=True)
    at_most: int | None = field(default=None, kw_only=True)

    def on(self, table: pd.DataFrame) -> Self:
        if not callable(self.options):
            return self
        options = tuple(self.options(table))
        chosen = tuple(option for option in options if option in self.default)
        default = chosen if len(chosen) >= self.at_least else options
        return replace(self, options=options, default=default)

    def clean(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise self._refuse(value)
        if not all(name in self.named for name in value):
            raise self._refuse(value)
        if self.wanting(value):
            raise self._refuse(value)
        return tuple(option for option in self.named if option in value)

    def wanting(self, value: object) -> str:
        count = sum(option in value for option in self.named) if isinstance(value, Sequence) else 0
        if count < self.at_least:
            return f"{self.label}: choose at least {self.at_least}."
        if self.at_most is not None and count > self.at_most:
            return f"{self.label}: choose at most {self.at_most}."
        return ""


@dataclass(frozen=True)
class Columns(_Several):
    """Some columns of a table, at least `at_least` of them, in the table's order.

    Where a table gives the options, those of the default that it has are chosen, or all.

    >>> Columns("Columns", ("rate", "len", "adt"), default=("rate", "len")).clean(["adt", "len"])
    ('len', 'adt')
    >>> import pandas as pd
    >>> Columns("Columns", list, default=()).on(pd.DataFrame({"x": [1], "y": [2]})).default
    ('x', 'y')
    """

    at_least: int = field(default=2, kw_only=True)


@dataclass(frozen=True)
class Rows(_Several):
    """Some rows of a table by their names, in the table's order; none at first.

    Where they are left out, `at_most` so many are: what remains must be enough to compute with.

    >>> Rows("Leave out", ("1", "2", "25"), at_most=1).clean(["25"])
    ('25',)
    """

    default: tuple[str, ...] = field(default=(), kw_only=True)
    at_least: int = field(default=0, kw_only=True)


def _wanting_whole(control: Control, value: object, low: int, high: int) -> str:
    """What a number that was typed lacks; nothing was typed, nothing is wanting."""
    if value is None:
        return ""
    try:
        _whole(control, value, low, high)
    except ValueError:
        return f"{control.label}: a whole number from {low} to {high}."
    return ""


def _whole(control: Control, value: object, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise control._refuse(value)
    if not low <= value <= high:
        raise control._refuse(value)
    return int(value)
