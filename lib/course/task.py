"""The task of a step: what is to be brought about, and how what was tried is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from .controls import Value
from .outcome import Predicate, State, filled_truly


@dataclass(frozen=True)
class Goal:
    """One thing that a task asks for: a sentence with its present number, and when it is met.

    The sentence is read by who has not met it yet, so it says what to look at and not what to set.
    As long as it is not met, no number in it is rounded to one that would meet it.

    >>> goal = Goal("r is above {limit:.1f}: now {r:.2f}", met=lambda s: s["r"] > s["limit"])
    >>> goal.met({"r": 0.5, "limit": 0.6})
    False
    """

    text: str
    met: Predicate

    def filled(self, state: State) -> str:
        """The sentence with its numbers: where rounding would hide that it is not met, more digits.

        >>> goal = Goal("r is at least {enough:.1f}: now {r:.2f}", met=lambda s: s["r"] >= 0.9)
        >>> goal.filled({"r": 0.895, "enough": 0.9})
        'r is at least 0.9: now 0.895'
        """
        return filled_truly(self.text, state, lambda printed: not self.met(printed), 12)


@dataclass(frozen=True)
class Task:
    """Something to bring about with the controls.

    goals       properties of what the learner produced; the task is passed when all are met
    solution    one setting that passes, to be shown when asked; others pass as well
    """

    text: str
    goals: Sequence[Goal]
    solution: Mapping[str, Value]
    hints: Sequence[str]

    def passed(self, state: State) -> bool:
        """Whether every goal is met."""
        return all(goal.met(state) for goal in self.goals)

    def reached(self, state: State) -> tuple["Reached", ...]:
        """How far each goal is reached, in words filled from `state`."""
        return tuple(Reached(goal.filled(state), goal.met(state)) for goal in self.goals)


@dataclass(frozen=True)
class Mistake:
    """A way to go wrong that teaches: what to say, when, and a setting that shows it.

    holds   what it states in words; None where nothing is stated beside its numbers
    """

    text: str
    when: Predicate
    example: Mapping[str, Value]
    misconception: str
    holds: Predicate | None = None

    def filled(self, state: State) -> str:
        """The text with its numbers, of which none is rounded to one that it would not fit."""
        return filled_truly(self.text, state, self.holds or self.when)


class Standing(Enum):
    """Where a setting stands with a task. Not attempted is not wrong, and stopped is lines that
    did not run or gave what the step cannot take."""

    UNTOUCHED = "untouched"
    NOT_YET = "not yet"
    MISTAKE = "mistake"
    STOPPED = "stopped"
    PASSED = "passed"


@dataclass(frozen=True)
class Reached:
    """A goal at one setting: its sentence, and whether it is met."""

    text: str
    met: bool


@dataclass(frozen=True)
class Judgement:
    """What is to be said of a setting.

    text    the outcome of a task that is passed, or what a mistake teaches
    goals   what of the task is reached
    """

    standing: Standing
    text: str = ""
    misconception: str | None = None
    goals: Sequence[Reached] = ()
