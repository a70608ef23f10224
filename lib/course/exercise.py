"""Exercises: questions whose numbers are drawn anew each time, and whose answers are computed."""

from __future__ import annotations

import random
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .predict import Band, Verdict

if TYPE_CHECKING:
    from ..charts import Chart, Heatmap

Cell = tuple[str, str]
"""A cell of a heatmap: the names of its row and its column."""

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Something that can be answered, and what is said to it.

    feedback        why it is right; or why it is tempting, and what refutes it
    misconception   the one that it shows; None where it is right
    holds           whether what text and feedback state in words is so: computed, not claimed
    """

    text: str
    feedback: str
    right: bool = False
    misconception: str | None = None
    holds: bool = True


@dataclass(frozen=True, kw_only=True)
class Exercise(ABC):
    """One question with its numbers.

    What is answered is text, so that an address and a progress file can hold it.

    question      Markdown; asks one thing
    figures       what it asks about, if anything is to be seen
    description   what stands for the figures, for who cannot see them; does not give the answer
    """

    question: str
    figures: Sequence[Chart] = ()
    description: str = ""

    @property
    @abstractmethod
    def answer(self) -> str:
        """What is right, or one thing of what is."""

    @abstractmethod
    def accepts(self, said: str) -> bool:
        """Whether `said` is something that can be answered here."""

    @abstractmethod
    def verdict(self, said: str) -> Verdict:
        """Grade what was answered."""

    @property
    @abstractmethod
    def replies(self) -> Sequence[Reply]:
        """All that can be said to an answer, for the tests that try it."""


@dataclass(frozen=True, kw_only=True)
class ChooseOne(Exercise):
    """One of several replies, exactly one of which is right.

    Examples
    --------
    >>> exercise = ChooseOne(
    ...     question="Is 2 > 1?",
    ...     choices=[
    ...         Reply(text="yes", feedback="By one.", right=True),
    ...         Reply(text="no", feedback="Count.", misconception="less_is_more"),
    ...     ],
    ... )
    >>> exercise.answer, exercise.verdict("1").misconception
    ('0', 'less_is_more')
    """

    choices: Sequence[Reply]

    def __post_init__(self) -> None:
        count = sum(choice.right for choice in self.choices)
        if count != 1:
            raise ValueError(f"{count} choices are right, not one: {self.question}")

    @property
    def answer(self) -> str:
        return str([choice.right for choice in self.choices].index(True))

    def accepts(self, said: str) -> bool:
        return said in map(str, range(len(self.choices)))

    def verdict(self, said: str) -> Verdict:
        return _verdict(self.choices[int(said)])

    @property
    def replies(self) -> Sequence[Reply]:
        return self.choices

    def order(self, draw: int) -> list[int]:
        """The order in which the choices are offered in this draw."""
        order = list(range(len(self.choices)))
        random.Random(f"{draw} {self.question}").shuffle(order)
        return order


@dataclass(frozen=True, kw_only=True)
class TwoTier(Exercise):
    """A choice, and then the reason for it: right where both are.

    Who has the right answer for a wrong reason has not got it yet. The question is that of `first`.

    Examples
    --------
    >>> yes, no = (Reply(text=text, feedback=".", right=text == "yes") for text in ("yes", "no"))
    >>> ask = ChooseOne(question="Is it?", choices=[no, yes])
    >>> TwoTier(question="Is it?", first=ask, why=ask).answer
    '1,1'
    """

    first: ChooseOne
    why: ChooseOne

    @property
    def answer(self) -> str:
        return f"{self.first.answer},{self.why.answer}"

    def accepts(self, said: str) -> bool:
        first, _, why = said.partition(",")
        return self.first.accepts(first) and self.why.accepts(why)

    def verdict(self, said: str) -> Verdict:
        first, why = said.split(",")
        one, other = self.first.verdict(first), self.why.verdict(why)
        return Verdict(
            right=one.right and other.right,
            said=f"{one.said}: {other.said}",
            feedback=f"{one.feedback}\n\n{other.feedback}",
            misconception=one.misconception or other.misconception,
        )

    @property
    def replies(self) -> Sequence[Reply]:
        return [*self.first.choices, *self.why.choices]


@dataclass(frozen=True, kw_only=True)
class TypeNumber(Exercise):
    """A number that is typed, right within a tolerance and graded in bands otherwise.

    value      the right number
    low, high  between which a number can be typed
    bands      feedback for all that is wrong; their texts may name `{said}`
    unit       what stands after the box, such as "pairs" or "%"

    Examples
    --------
    >>> exercise = TypeNumber(
    ...     question="How many pairs have 4 columns?", value=6, tolerance=0, low=0, high=100,
    ...     feedback="4 x 3 / 2.", bands=[
    ...         Band(low=0, high=101, feedback="Not {said}.", misconception="pairs_go_with_columns")
    ...     ])
    >>> exercise.verdict("12").feedback
    'Not 12.'
    """

    value: float
    tolerance: float
    low: float
    high: float
    feedback: str
    bands: Sequence[Band]
    unit: str = ""
    decimals: int = 0
    holds: bool = True

    @property
    def answer(self) -> str:
        return f"{self.value:.{self.decimals}f}"

    def accepts(self, said: str) -> bool:
        return bool(_NUMBER.fullmatch(said)) and self.low <= float(said) <= self.high

    @property
    def near(self) -> float:
        """How far from the right number is right as well.

        What is typed with as many digits as are asked for is not wrong by their rounding.
        """
        return max(self.tolerance, 0.5 * 10.0**-self.decimals if self.decimals else 0.0)

    def verdict(self, said: str) -> Verdict:
        number = float(said)
        if abs(number - self.value) <= self.near + 1e-9:
            return Verdict(True, said, self.feedback)
        band = next((band for band in self.bands if band.contains(number)), None)
        if band is None:
            raise ValueError(f"No band contains {said}: {self.question}")
        text = band.feedback.replace("{said}", said)
        return Verdict(False, said, text, band.misconception)

    @property
    def replies(self) -> Sequence[Reply]:
        right = Reply(text=self.answer, feedback=self.feedback, right=True, holds=self.holds)
        wrong = (
            Reply(text=f"{band.low} to {band.high}", feedback=band.feedback,
                  misconception=band.misconception)
            for band in self.bands
        )  # fmt: skip
        return [right, *wrong]


@dataclass(frozen=True, kw_only=True)
class ClickCell(Exercise):
    """A cell of a heatmap that is to be found and clicked.

    chart   the only figure
    cells   those that can be clicked: rows and columns by their names
    reply   what is said to each
    """

    chart: Heatmap
    cells: Sequence[Cell]
    reply: Callable[[str, str], Reply]

    @property
    def answer(self) -> str:
        return str([self.reply(*cell).right for cell in self.cells].index(True))

    def accepts(self, said: str) -> bool:
        return said in map(str, range(len(self.cells)))

    def verdict(self, said: str) -> Verdict:
        return _verdict(self.reply(*self.cells[int(said)]))

    @property
    def replies(self) -> Sequence[Reply]:
        return [self.reply(*cell) for cell in self.cells]


@dataclass(frozen=True, kw_only=True)
class Arrange(Exercise):
    """Things to be put in order, the largest first.

    items      in the order in which they are shown
    values     what they are ordered by: no two alike
    feedback   what is said to the right order
    wrong      what is said to another, given as places of `items`

    Examples
    --------
    >>> def wrong(order):
    ...     return Reply(text="", feedback="By size, not by name.", misconception="by_name")
    >>> Arrange(question="?", items=["a", "b", "c"], values=[1, 3, 2], feedback="So it is.",
    ...         wrong=wrong).answer
    '1,2,0'
    """

    items: Sequence[str]
    values: Sequence[float]
    feedback: str
    wrong: Callable[[tuple[int, ...]], Reply]

    def __post_init__(self) -> None:
        ordered = sorted(self.values)
        if any(one == other for one, other in pairwise(ordered)):
            raise ValueError(f"Two values are alike: {self.question}")

    @property
    def _order(self) -> tuple[int, ...]:
        return tuple(sorted(range(len(self.items)), key=lambda place: -self.values[place]))

    @property
    def answer(self) -> str:
        return ",".join(map(str, self._order))

    def accepts(self, said: str) -> bool:
        return sorted(said.split(",")) == sorted(map(str, range(len(self.items))))

    def verdict(self, said: str) -> Verdict:
        order = tuple(map(int, said.split(",")))
        text = ", ".join(self.items[place] for place in order)
        if order == self._order:
            return Verdict(True, text, self.feedback)
        reply = self.wrong(order)
        return Verdict(False, text, reply.feedback, reply.misconception)

    @property
    def replies(self) -> Sequence[Reply]:
        right = self._order
        swapped = (right[1], right[0], *right[2:])
        return [
            Reply(text="right", feedback=self.feedback, right=True),
            self.wrong(right[::-1]),
            self.wrong(swapped),
        ]


def _verdict(reply: Reply) -> Verdict:
    return Verdict(reply.right, reply.text, reply.feedback, reply.misconception)
