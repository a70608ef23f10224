"""What a learner has done: recorded, never enforced, and theirs to carry away.

Progress is plain data with a schema version. It is made from the state itself, so that a file that
was downloaded holds everything, whatever became of the browser or the server.
"""

import json
import math
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from lib.course.controls import Value

SCHEMA = 1
MAX_BYTES = 1_000_000


class ProgressError(ValueError):
    """A progress file that cannot be used; the message says why in one sentence."""


@dataclass
class StepRecord:
    """What happened in one step.

    said            the prediction on show: an index or a number as text, "skip", or None
    predicted       whether this learner committed to a prediction
    attempts        settings tried while the task was open
    hints           hints read
    solution_shown  whether the solution was asked for
    passed          whether the task was passed
    values          the controls as they were left, where they differ from their defaults
    """

    said: str | None = None
    predicted: bool = False
    attempts: int = 0
    hints: int = 0
    solution_shown: bool = False
    passed: bool = False
    values: dict[str, Value] = field(default_factory=dict)


@dataclass
class LessonRecord:
    """The steps of one lesson, and the answers tried for each quiz question, first to last."""

    steps: dict[str, StepRecord] = field(default_factory=dict)
    quiz: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Progress:
    """Everything that a learner has done in one course.

    seed    shuffles quiz answers, the same way for this learner each time
    last    lesson and step that were open last

    Examples
    --------
    >>> progress = Progress("demo")
    >>> progress.step("five_steps", "mask").passed = True
    >>> Progress.from_json(progress.to_json(), "demo").step("five_steps", "mask").passed
    True
    """

    course: str
    seed: int = field(default_factory=lambda: secrets.randbelow(2**31))
    last: tuple[str, str] | None = None
    lessons: dict[str, LessonRecord] = field(default_factory=dict)

    def lesson(self, lesson: str) -> LessonRecord:
        return self.lessons.setdefault(lesson, LessonRecord())

    def step(self, lesson: str, step: str) -> StepRecord:
        return self.lesson(lesson).steps.setdefault(step, StepRecord())

    def to_json(self) -> str:
        return json.dumps({"schema": SCHEMA, **asdict(self)}, allow_nan=False)

    @classmethod
    def from_json(cls, text: str, course: str) -> "Progress":
        """Read what `to_json` wrote.

        Raises
        ------
        ProgressError
            If the text is too long, not JSON, of another course, of a newer schema, or damaged.
        """
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            raise ProgressError("This file is too large to be a progress file of this course.")
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            raise ProgressError(
                "This file is not a progress file: choose the .json file that you downloaded here."
            ) from None
        schema = data.get("schema") if isinstance(data, dict) else None
        if type(schema) is not int or schema < 1:
            raise ProgressError("This file is not a progress file: it does not say its version.")
        if data.get("course") != course:
            raise ProgressError("This progress file belongs to another course.")
        if schema > SCHEMA:
            raise ProgressError(
                "This progress file was written by a newer version of the course: "
                "reload this page, then load the file again."
            )
        try:
            return cls._from_data(data)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ProgressError("This progress file is damaged: part of it is missing.") from None

    @classmethod
    def _from_data(cls, data: Mapping[str, Any]) -> "Progress":
        return cls(
            course=_typed(data["course"], str),
            seed=_typed(data["seed"], int),
            last=None if data["last"] is None else _place(data["last"]),
            lessons={
                _typed(slug, str): LessonRecord(
                    steps={name: _step_record(step) for name, step in lesson["steps"].items()},
                    quiz={name: _answers(tried) for name, tried in lesson["quiz"].items()},
                )
                for slug, lesson in data["lessons"].items()
            },
        )


def _typed(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value


def _place(last: Any) -> tuple[str, str]:
    lesson, step = _typed(last, list)
    return _typed(lesson, str), _typed(step, str)


def _value(value: Any) -> Value:
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
    return _value(part)  # type: ignore[return-value]


def _count(value: Any) -> int:
    if _typed(value, int) < 0:
        raise ValueError(value)
    return int(value)


def _answers(tried: Any) -> list[int]:
    return [_count(answer) for answer in _typed(tried, list)]


def _step_record(data: Mapping[str, Any]) -> StepRecord:
    said = data["said"]
    return StepRecord(
        said=None if said is None else _typed(said, str),
        predicted=_typed(data["predicted"], bool),
        attempts=_count(data["attempts"]),
        hints=_count(data["hints"]),
        solution_shown=_typed(data["solution_shown"], bool),
        passed=_typed(data["passed"], bool),
        values={name: _value(value) for name, value in data["values"].items()},
    )
