"""A step: a class that reads from top to bottom like the page that it becomes."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from .controls import Control, Value, Write
from .events import SKIPPED
from .exhibit import Exhibit, Fact, Table
from .lab_address import LabAddress
from .outcome import Claim, Outcome
from .predict import Prediction
from .prose import fill, fill_without_facts
from .script import Script, read_script, written_lines
from .task import Judgement, Mistake, Standing, Task


def slug_of(name: str) -> str:
    """The slug of a step whose class has this name.

    >>> slug_of("OneOutlier")
    'one_outlier'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


class Step:
    """One step of a lesson. Subclasses declare; this class plays.

    The docstring is what the learner reads: a heading, then Markdown with places. Places name
    controls, answers and facts: one namespace. Prose, task and hints are filled at the controls'
    defaults, a prediction's words where its answer is computed, and what is said of a setting
    (mistakes, goals, `learned`) with the state on the screen.

    `learned` is what can be said once the task is passed: the first outcome that fits is shown.

    `holds` are the claims that prose, question, task and hints make in words; they are tried where
    those are filled.

    `typical` names the facts that depend on a draw and begin with a typical one.

    `answers` are controls by their names that only the task looks at: `show` does not get them,
    and giving one draws nothing anew. What follows from them is said by `appraise`.

    `readings` are the one to four facts that stand large over the figure, by their labels.

    `views` names the controls that only change how something is looked at: to turn one of those
    is no attempt at the task.

    The script stands in scripts/ beside the step's module, under the step's slug.
    """

    tables: ClassVar[Sequence[Table]] = ()
    predict: ClassVar[Prediction | None] = None
    answers: ClassVar[Mapping[str, Control]] = {}
    task: ClassVar[Task | None] = None
    mistakes: ClassVar[Sequence[Mistake]] = ()
    readings: ClassVar[Mapping[str, str]] = {}
    views: ClassVar[Sequence[str]] = ()
    learned: ClassVar[Sequence[Outcome]] = ()
    holds: ClassVar[Sequence[Claim]] = ()
    typical: ClassVar[Sequence[str]] = ()

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
        for name, answer in cls.answers.items():
            answer.__set_name__(cls, name)
        cls.slug = slug_of(cls.__name__)
        if not set(cls.views) <= set(cls.controls):
            raise TypeError(f"{cls.__name__} names a control in views that it does not have.")
        heading, _, prose = inspect.cleandoc(cls.__doc__ or "").partition("\n")
        if not re.match(r"### +\S", heading):
            raise TypeError(f"The docstring of {cls.__name__} must begin with '### '.")
        cls.title = heading.removeprefix("###").strip()
        cls._prose = prose.strip()

    @property
    def inputs(self) -> dict[str, Control]:
        """Controls and answers: all that a learner may set."""
        return {**self.controls, **self.answers}

    @property
    def writes(self) -> bool:
        """Whether a learner writes lines here."""
        return any(isinstance(control, Write) for control in self.controls.values())

    @property
    def defaults(self) -> dict[str, Value]:
        return {name: control.default for name, control in self.inputs.items()}

    # `*_` lets a subclass name its answers: to mypy they fit an (*Any, **Any) alone.
    def appraise(self, exhibit: Exhibit, *_: Any, **answers: Any) -> Mapping[str, Fact]:  # noqa: ARG002
        """What follows from the answers, for the task and its mistakes; nothing as a rule."""
        return {}

    def script_name(self, **controls: Any) -> str:  # noqa: ARG002
        """The file in scripts/ that computes what `show` shows; one for all settings as a rule."""
        return self.slug

    def in_the_lab(self, *_: Any, **controls: Any) -> LabAddress | None:  # noqa: ARG002
        """Where the Lab shows this setting; None if nowhere in particular, as a rule.

        Controls that have a counterpart there take their values along.
        """
        return None

    def script(self, values: Mapping[str, Value] | None = None) -> Script:
        """The script at these values of controls and answers; empty where there is no file."""
        chosen = self._clean(values or {})
        controls = {name: chosen[name] for name in self.controls}
        return self._script(chosen, self.exhibit(controls).error if self.writes else "")

    def _script(self, chosen: Mapping[str, Value], error: str) -> Script:
        controls = {name: chosen[name] for name in self.controls}
        folder = Path(inspect.getfile(type(self))).with_name("scripts")
        path = folder / f"{self.script_name(**controls)}.py"
        filled = {
            name: written_lines(str(chosen[name]), control.gives, error)
            for name, control in self.controls.items()
            if isinstance(control, Write)
        }
        return read_script(path, {**chosen, **filled}) if path.exists() else Script()

    def exhibit(self, values: Mapping[str, Value] | None = None) -> Exhibit:
        """`show` at the defaults, changed by `values`; remembered. Answers change nothing.

        ValueError for a value that its control does not allow, TypeError for one without a control.
        """
        chosen = self._clean(values or {})
        return _show(self, tuple((name, chosen[name]) for name in self.controls))

    def state(self, values: Mapping[str, Value]) -> dict[str, Any]:
        """Controls, answers and facts together: what a task is judged by, and texts filled from."""
        exhibit, chosen = self.exhibit(values), self._clean(values)
        answers = {name: chosen[name] for name in self.answers}
        return {**exhibit.words, **answers, **self.appraise(exhibit, **answers)}

    def _clean(self, values: Mapping[str, Value]) -> dict[str, Value]:
        inputs = self.inputs
        unknown = set(values) - set(inputs)
        if unknown:
            raise TypeError(f"{self.slug} has no control named {min(unknown)}.")
        chosen = {name: inputs[name].clean(value) for name, value in values.items()}
        return {**self.defaults, **chosen}

    def fill(self, text: str) -> str:
        """A text of this step with its places filled at the defaults."""
        return fill(text, self.state({}))

    @property
    def prose(self) -> str:
        return self.fill(self._prose)

    @property
    def prose_before(self) -> str:
        """The prose before the facts are told: their numbers are left open, those of controls not.

        What a control is set to, everyone sees.
        """
        return fill_without_facts(self._prose, self.state({}), self.defaults)

    @property
    def written(self) -> str:
        """The prose as it is written: with its places."""
        return self._prose

    def known_prediction(self, said: str | None) -> str | None:
        """`said` if it is something that one can say here, else None.

        What stands in an address may be anything, and a choice may have gone since a file was
        written.
        """
        is_known = (
            said is not None
            and self.predict is not None
            and (said == SKIPPED or self.predict.accepts(said))
        )
        return said if is_known else None

    def outcome(self, values: Mapping[str, Value]) -> str:
        """What these values let one say: the first of `learned` that fits, filled; else nothing."""
        state = self.state(values)
        fitting = (outcome.filled(state) for outcome in self.learned if outcome.when(state))
        return next(fitting, "")

    def _attempted(self, values: Mapping[str, Value]) -> bool:
        return any(
            value != self.defaults[name] for name, value in values.items() if name not in self.views
        )

    def is_kept(self, judgement: Judgement, *, is_passed: bool) -> bool:
        """Whether a setting that was judged so is what the step opens with next time.

        All are as a rule. In place of lines that passed, only lines that ran are: no broken
        attempt, and no empty box.
        """
        has_run = judgement.standing not in (Standing.STOPPED, Standing.UNTOUCHED)
        return has_run or not (is_passed and self.writes)

    def judge(self, values: Mapping[str, Value]) -> Judgement:
        """Say where these values stand with the task."""
        if self.task is None:
            return Judgement(Standing.UNTOUCHED)
        state = self.state(values)
        goals = self.task.reached(state)
        if not self._attempted(values):
            return Judgement(Standing.UNTOUCHED, goals=goals)
        error = self.exhibit(values).error
        if error:
            return Judgement(Standing.STOPPED, error, goals=goals)
        if all(goal.met for goal in goals):
            return Judgement(Standing.PASSED, self.outcome(values), goals=goals)
        for mistake in self.mistakes:
            if mistake.when(state):
                text = mistake.filled(state)
                return Judgement(Standing.MISTAKE, text, mistake.misconception, goals)
        return Judgement(Standing.NOT_YET, goals=goals)


# Those that a class has on its screens, beside those that are computed before anyone asks.
@lru_cache(maxsize=640)
def _show(step: Step, values: tuple[tuple[str, Value], ...]) -> Exhibit:
    setting = dict(values)
    exhibit = step.show(**setting)
    shared = set(step.inputs) & set(exhibit.facts)
    if shared:
        raise TypeError(f"{step.slug} has both a control and a fact named {min(shared)}.")
    code = step._script({**step.defaults, **setting}, exhibit.error)
    description = f"{_BEFORE}{exhibit.description}" if exhibit.error else exhibit.description
    return replace(
        exhibit, description=description, code=code, setting=setting, readings=step.readings
    )


_BEFORE = "Your lines gave nothing to draw: this is what was there before them. "
