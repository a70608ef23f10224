"""A step: a class that reads from top to bottom like the page that it becomes."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, ClassVar

from lib.course.controls import Control, Value
from lib.course.exhibit import Exhibit, Table
from lib.course.predict import Prediction
from lib.course.prose import fill

State = Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """Something to bring about with the controls.

    passed      a property of what the learner produced: the step's facts and control values
    solution    one setting that passes, to be shown when asked; others pass as well
    """

    text: str
    passed: Callable[[State], bool]
    solution: Mapping[str, Value]
    hints: Sequence[str]


@dataclass(frozen=True)
class Mistake:
    """A way to go wrong that teaches: what to say, when, and a setting that shows it."""

    text: str
    when: Callable[[State], bool]
    example: Mapping[str, Value]
    misconception: str


class Standing(Enum):
    """Where a learner stands with a task. Not attempted is not wrong."""

    UNTOUCHED = "untouched"
    NOT_YET = "not yet"
    MISTAKE = "mistake"
    PASSED = "passed"


@dataclass(frozen=True)
class Judgement:
    standing: Standing
    text: str = ""
    misconception: str | None = None


class Step:
    """One step of a lesson. Subclasses declare; this class plays.

    The docstring is what the learner reads: a heading, then Markdown with places for facts.
    Prose, task and hints are filled with the facts at the controls' defaults, a prediction's words
    with those where its answer is computed, a mistake's with those on the screen, and `learned`
    with those at the task's solution.

    `views` names the controls that only change how something is looked at: to turn one of those
    is no attempt at the task.
    """

    tables: ClassVar[Sequence[Table]] = ()
    predict: ClassVar[Prediction | None] = None
    task: ClassVar[Task | None] = None
    mistakes: ClassVar[Sequence[Mistake]] = ()
    views: ClassVar[Sequence[str]] = ()
    learned: ClassVar[str] = ""

    show: Callable[..., Exhibit]
    """A method of the subclass: values of the controls in, what the screen shows out. Pure."""

    controls: ClassVar[dict[str, Control]] = {}
    slug: ClassVar[str] = ""
    title: ClassVar[str] = ""
    _prose: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.controls = {
            name: member for name, member in vars(cls).items() if isinstance(member, Control)
        }
        cls.slug = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        if not set(cls.views) <= set(cls.controls):
            raise TypeError(f"{cls.__name__} names a control in views that it does not have.")
        heading, _, prose = inspect.cleandoc(cls.__doc__ or "").partition("\n")
        if not re.match(r"### +\S", heading):
            raise TypeError(f"The docstring of {cls.__name__} must begin with '### '.")
        cls.title = heading.removeprefix("###").strip()
        cls._prose = prose.strip()

    @property
    def defaults(self) -> dict[str, Value]:
        return {name: control.default for name, control in self.controls.items()}

    def exhibit(self, values: Mapping[str, Value] | None = None) -> Exhibit:
        """`show` at the defaults, changed by `values`; remembered.

        ValueError for a value that its control does not allow, TypeError for one without a control.
        """
        unknown = set(values or {}) - set(self.controls)
        if unknown:
            raise TypeError(f"{self.slug} has no control named {min(unknown)}.")
        chosen = {name: self.controls[name].clean(value) for name, value in (values or {}).items()}
        return _show(self, tuple({**self.defaults, **chosen}.items()))

    def state(self, values: Mapping[str, Value]) -> dict[str, Any]:
        """Facts and control values together: what a task is judged by."""
        return {**self.defaults, **values, **self.exhibit(values).facts}

    @property
    def prose(self) -> str:
        return fill(self._prose, self.exhibit().facts)

    @property
    def moral(self) -> str:
        """The one sentence that stays: `learned`, with its numbers."""
        return fill(self.learned, self.exhibit(self.task.solution if self.task else {}).facts)

    def _attempted(self, values: Mapping[str, Value]) -> bool:
        return any(
            value != self.defaults[name] for name, value in values.items() if name not in self.views
        )

    def judge(self, values: Mapping[str, Value]) -> Judgement:
        """Say where these values stand with the task."""
        if self.task is None or not self._attempted(values):
            return Judgement(Standing.UNTOUCHED)
        state = self.state(values)
        if self.task.passed(state):
            return Judgement(Standing.PASSED)
        for mistake in self.mistakes:
            if mistake.when(state):
                return Judgement(Standing.MISTAKE, fill(mistake.text, state), mistake.misconception)
        return Judgement(Standing.NOT_YET)


@lru_cache(maxsize=512)
def _show(step: Step, values: tuple[tuple[str, Value], ...]) -> Exhibit:
    return step.show(**dict(values))
