"""Predictions: asked before the figure appears, graded against a computed answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .controls import Slider, Value
from .exhibit import Exhibit, Fact
from .outcome import Predicate
from .prose import fill

# As Python writes a number, and no longer.
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Verdict:
    """What a prediction earns: was it right, why, and which misconception it shows if not."""

    right: bool
    said: str
    feedback: str
    misconception: str | None = None


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice of a prediction. `{value}` in its text is its own value.

    holds      what its feedback states in words; None where nothing is stated beside its numbers
    tempting   whether it is what most people would say
    """

    text: str
    value: Fact
    feedback: str
    misconception: str | None = None
    holds: Predicate | None = None
    tempting: bool = False


@dataclass(frozen=True)
class Predict:
    """A question with choices; the right one is whichever equals the computed answer.

    answer_at   the values of the controls at which the answer is computed; others at their default
    seen_at     what else is set where the answer stands on the screen; None where the readings
                are of something else at every setting
    tolerance   how far a numeric choice may lie from the answer to be the right one
    """

    question: str
    choices: Sequence[Option]
    answer: Callable[[Exhibit], Fact]
    answer_at: Mapping[str, Value] = field(default_factory=dict)
    seen_at: Mapping[str, Value] | None = field(default_factory=dict)
    tolerance: float = 0

    def texts(self, exhibit: Exhibit) -> list[str]:
        """The choices as the learner reads them."""
        return [
            fill(choice.text, {**exhibit.words, "value": choice.value}) for choice in self.choices
        ]

    def right_choice(self, exhibit: Exhibit) -> int:
        """The index of the right choice; ValueError unless there is exactly one."""
        answer = self.answer(exhibit)
        matches = [
            index for index, choice in enumerate(self.choices) if self._equal(choice.value, answer)
        ]
        if len(matches) != 1:
            raise ValueError(f"{len(matches)} choices equal the answer {answer!r}: {self.question}")
        return matches[0]

    def accepts(self, said: str) -> bool:
        """Whether `said`, as it stands in an address, names a choice."""
        return said in map(str, range(len(self.choices)))

    def verdict(self, said: str, exhibit: Exhibit) -> Verdict:
        """Grade the choice whose index is `said`."""
        choice = self.choices[int(said)]
        facts = {**exhibit.words, "value": choice.value}
        return Verdict(
            right=int(said) == self.right_choice(exhibit),
            said=fill(choice.text, facts),
            feedback=fill(choice.feedback, facts),
            misconception=choice.misconception,
        )

    def truth(self, exhibit: Exhibit) -> Verdict:
        """The verdict on the right choice: what a presenter reveals."""
        return self.verdict(str(self.right_choice(exhibit)), exhibit)

    def _equal(self, value: Fact, answer: Fact) -> bool:
        if isinstance(value, str) or isinstance(answer, str):
            return value == answer
        return abs(value - answer) <= self.tolerance


@dataclass(frozen=True, kw_only=True)
class Band:
    """Estimates from `low` (included) up to `high` (excluded) share this feedback.

    holds   what it states in words; None where nothing is stated beside its numbers
    """

    low: float
    high: float
    feedback: str
    misconception: str
    holds: Predicate | None = None

    def contains(self, value: float) -> bool:
        return self.low <= value < self.high


@dataclass(frozen=True)
class Estimate:
    """A question answered by a number between `low` and `high`, graded in bands.

    Within `tolerance` of the computed answer an estimate is right, whatever the bands say.

    answer_at, seen_at   as those of `Predict`
    begin   where the slider stands at first, which is no estimate; the middle unless it is given
    """

    question: str
    low: float
    high: float
    step: float
    tolerance: float
    feedback: str
    bands: Sequence[Band]
    answer: Callable[[Exhibit], float]
    answer_at: Mapping[str, Value] = field(default_factory=dict)
    seen_at: Mapping[str, Value] | None = field(default_factory=dict)
    shown_as: str = "{value:.2f}"
    begin: float | None = None

    @property
    def start(self) -> float:
        """Where the slider stands before it is moved."""
        return (self.low + self.high) / 2 if self.begin is None else self.begin

    def accepts(self, said: str) -> bool:
        """Whether `said`, as it stands in an address, is a number on a step of the scale.

        >>> Estimate("?", -1, 1, 0.05, 0.1, "", [], answer=float).accepts("-0.73000001")
        False
        """
        if not _NUMBER.fullmatch(said):
            return False
        # Where a scale begins may lie between its steps: that is no estimate.
        scale = Slider(self.question, self.low, self.high, default=self.low, step=self.step)
        try:
            scale.clean(float(said))
        except ValueError:
            return False
        return True

    def verdict(self, said: str, exhibit: Exhibit) -> Verdict:
        """Grade the estimate `said`."""
        value = float(said)
        answer = self.answer(exhibit)
        facts = {**exhibit.words, "value": value}
        text = fill(self.shown_as, facts)
        if abs(value - answer) <= self.tolerance:
            return Verdict(True, text, fill(self.feedback, facts))
        band = next((band for band in self.bands if band.contains(value)), None)
        if band is None:
            raise ValueError(f"No band contains {value}: {self.question}")
        return Verdict(False, text, fill(band.feedback, facts), band.misconception)

    def truth(self, exhibit: Exhibit) -> Verdict:
        """The verdict on the answer itself: what a presenter reveals."""
        return self.verdict(repr(float(self.answer(exhibit))), exhibit)


Prediction = Predict | Estimate
