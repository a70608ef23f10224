"""A question whose answer is a number, and what numbers a class said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import ClassVar

import numpy as np
import pandas as pd

from ..charts import Histogram, significant_text
from ..course import Band, Marks
from .question import Question
from .results import VOTES, Result, Vote, last_vote

_BINS = 24
_WHOLE_SCALE = 200
"""A scale of more steps than these is drawn as far as the guesses go."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NumberQuestion(Question):
    """A number between two ends, on a scale of steps.

    unit      what stands after the number, such as "pairs"; often nothing
    decimals  with how many a number is said
    takes     whether a text is a number of this scale
    shown_as  a number of the scale in words
    value     what is true; None where nothing is
    told_as   the same in words, where it has more digits than a guess; "" otherwise
    allowed   how far from it is right as well
    bands     beliefs that guesses show, by where they lie; what is right lies in none
    """

    kind: ClassVar[str] = "number"

    low: float
    high: float
    step: float
    unit: str = ""
    decimals: int
    takes: Callable[[str], bool]
    shown_as: Callable[[float], str]
    value: float | None
    told_as: str = ""
    allowed: float = 0.0
    bands: Sequence[Band] = ()

    def accepts(self, said: str) -> bool:
        return self.takes(said) and said == self.said_of(float(said))

    def said_of(self, value: float) -> str:
        """A number of the scale as an answer: in one way only, so that the same is the same."""
        return f"{value:z.{self.decimals}f}"

    @property
    def truth(self) -> str:
        return "" if self.value is None else self.told_as or self.shown_as(self.value)

    @property
    def plain_truth(self) -> str:
        return self.truth

    @property
    def told(self) -> str:
        return f"{super().told}{self._allowed}"

    @property
    def _allowed(self) -> str:
        """Which guesses are right, where it is more than one."""
        places = self._right_places
        if len(places) < 2:
            return ""
        ends = (self.said_of(self._marks.at(place)) for place in (places[0], places[-1]))
        first, last = map(self.in_words, ends)
        return f" What lies from {first} to {last} counts as right."

    def misconception(self, said: str) -> str | None:
        """What a guess shows: no belief that guesses on both sides of what is true would show."""
        slug = super().misconception(said)
        return None if slug is None or slug in self._on_both_sides else slug

    @cached_property
    def _on_both_sides(self) -> frozenset[str]:
        return self._marks.on_both_sides(self.bands, self._right_places)

    @cached_property
    def _right_places(self) -> range:
        """The marks of the scale that count as right, by their places on it; often just one."""
        if self.value is None:
            return range(0)
        return self._marks.right(
            self.value, self.allowed, lambda mark: bool(self.right(self.said_of(mark)))
        )

    @property
    def _marks(self) -> Marks:
        return Marks(self.low, self.high, self.step)

    @property
    def _said_right(self) -> str | None:
        return None if self.value is None else self.said_of(self.value)

    @property
    def scale(self) -> str:
        """From where to where one may say, in words."""
        unit = f" ({self.unit})" if self.unit not in ("", "%") else ""
        return f"A number from {self.shown_as(self.low)} to {self.shown_as(self.high)}{unit}."

    def in_words(self, said: str) -> str:
        return self.shown_as(float(said))

    def _shown(self, votes: Sequence[Vote], *, revealed: bool) -> Result:
        guesses = [np.array([float(said) for said in vote.values()]) for vote in votes]
        titles = VOTES if len(votes) > 1 else ("What the class said",)
        edges = self._edges(np.concatenate(guesses), revealed=revealed)
        drawn = [
            self._histogram(title, values, edges, revealed=revealed)
            for title, values in zip(titles, guesses, strict=True)
            if values.size
        ]
        # Side by side they are compared by eye.
        tallest = max(int(figure.counts.max()) for figure in drawn)
        figures = [replace(figure, tallest=tallest) for figure in drawn]
        return Result(
            answered=len(votes[-1]),
            sentences=self._sentences(
                votes,
                before=_spread(guesses[last_vote(votes)], self.shown_as),
                after=self._of_right_ones(votes),
                revealed=revealed,
            ),
            figures=figures,
            across=len(figures),
            description=" ".join(map(_in_words, figures)),
            table=self._by_band(votes) if revealed else self._by_bin(figures),
        )

    def _edges(self, guesses: np.ndarray, *, revealed: bool) -> list[float]:
        """The ends of the bins: whole steps of the scale, so that no guess lies on one."""
        low, high = self.low, self.high
        if (high - low) / self.step > _WHOLE_SCALE:
            drawn = np.append(guesses, [] if not revealed or self.value is None else self.value)
            low += (float(drawn.min()) - low) // self.step * self.step
            high = float(drawn.max())
        marks = ceil((high - low) / self.step - 1e-9) + 1
        width = ceil(marks / _BINS)
        count = ceil(marks / width)
        starts = low + self.step * (width * np.arange(count + 1) - 0.5)
        return [float(start) for start in starts.round(9)]

    def _histogram(
        self, title: str, values: np.ndarray, edges: Sequence[float], *, revealed: bool
    ) -> Histogram:
        marks = {f"median: {_median(values, self.shown_as)}": float(np.median(values))}
        if revealed and self.value is not None:
            marks[f"true: {self.truth}"] = self.value
        name = f"guess ({self.unit})" if self.unit else "guess"
        return Histogram(
            pd.Series(values, name=name),
            title=title,
            bins=edges,
            marks=marks,
            limits=(edges[0], edges[-1]),
        )

    def _band(self, said: str) -> Band | None:
        """The band that an answer lies in; None for a right one."""
        if self.right(said):
            return None
        return next((band for band in self.bands if band.contains(float(said))), None)

    def _by_band(self, votes: Sequence[Vote]) -> pd.DataFrame:
        """How many guesses were right, and how many lie in each band, with its belief."""
        bands: list[Band | None] = [None, *self.bands]
        names = ["right", *map(self._named, self.bands)]
        table = pd.DataFrame(index=pd.Index(names, name="guess"))
        for title, vote in zip(VOTES, votes, strict=False):
            lies = [self._band(said) for said in vote.values() if self._is_graded(said)]
            table[title] = [sum(band is each for band in lies) for each in bands]
        table["belief"] = [
            ""
            if band is None or band.misconception in self._on_both_sides
            else self.beliefs.get(band.misconception, "")
            for band in bands
        ]
        return table

    def _named(self, band: Band) -> str:
        low, high = significant_text(band.low), significant_text(band.high)
        return f"{low} and more" if band.high > self.high else f"{low} to below {high}"

    def _by_bin(self, figures: Sequence[Histogram]) -> pd.DataFrame:
        """The counts of the bins that hold a guess, by the numbers that lie in them."""
        half = self.step / 2
        ends = [(low + half, high - half) for low, high in pairwise(figures[0].edges)]
        names = [
            self.shown_as(low)
            if high - low < half
            else f"{self.shown_as(low)} to {self.shown_as(high)}"
            for low, high in ends
        ]
        counts = {figure.title: figure.counts for figure in figures}
        table = pd.DataFrame(counts, index=pd.Index(names, name="guess"))
        return table[table.sum(axis="columns") > 0]

    def _is_graded(self, said: str) -> bool:
        """Whether an answer is right or lies in a band."""
        return bool(self.right(said)) or self._band(said) is not None


def _median(values: np.ndarray, words: Callable[[float], str]) -> str:
    """The median in words; of an even number of guesses, the two between which it lies."""
    ordered = np.sort(values)
    low, high = ordered[(len(values) - 1) // 2], ordered[len(values) // 2]
    return words(low) if low == high else f"between {words(low)} and {words(high)}"


def _spread(values: np.ndarray, words: Callable[[float], str]) -> str:
    """Where the guesses lie."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        one = "The only guess is" if len(values) == 1 else f"All {len(values)} guesses are"
        return f"{one} {words(low)}."
    where = _median(values, words)
    lies = f"lies {where}" if where.startswith("between") else f"is {where}"
    return f"The guesses run from {words(low)} to {words(high)}; the median {lies}."


def _in_words(figure: Histogram) -> str:
    marks = ", ".join(figure.marks)
    return f"{figure.title}: a histogram of {len(figure.values)} guesses, with lines at {marks}."
