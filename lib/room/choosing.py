"""A question with choices, and how a class chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from ..charts import Bars
from .question import Question
from .results import VOTES, Result, Vote, all_of, last_vote, listed, of_all, share_of


@dataclass(frozen=True, kw_only=True, eq=False)
class ChoiceQuestion(Question):
    """One of several choices.

    choices    what is said to choose, and the choice as it is read, in the order of the screen
    names      the same without any marks, for figures and tables
    right_one  what is said to choose the right one; None where none is
    """

    kind: ClassVar[str] = "choice"

    choices: Mapping[str, str]
    names: Mapping[str, str]
    right_one: str | None

    def accepts(self, said: str) -> bool:
        return said in self.choices

    @property
    def truth(self) -> str:
        return "" if self.right_one is None else self.in_words(self.right_one)

    @property
    def plain_truth(self) -> str:
        right = self.right_one
        return "" if right is None else f"{self.letters[right]}. {self.names[right]}"

    def _plainly(self, said: str) -> str:
        return f"{self.letters[said]}. {self.names[said]}"

    @property
    def _said_right(self) -> str | None:
        return self.right_one

    def in_words(self, said: str) -> str:
        return f"{self.letters[said]}. {self.choices[said]}"

    @property
    def letters(self) -> dict[str, str]:
        """The letter by which each choice is called."""
        return {said: chr(ord("A") + place) for place, said in enumerate(self.choices)}

    def _shown(self, votes: Sequence[Vote], *, revealed: bool) -> Result:
        counts = [Counter(vote.values()) for vote in votes]
        names = [self._name(said, revealed=revealed) for said in self.choices]
        table = pd.DataFrame(index=pd.Index(names, name="choice"))
        shares = pd.DataFrame(index=table.index)
        for title, vote, count in zip(VOTES, votes, counts, strict=False):
            chosen = [count[said] for said in self.choices]
            table[title] = chosen
            shares[title] = [100 * each / max(len(vote), 1) for each in chosen]
        texts = pd.DataFrame(
            {
                title: [
                    f"{count[said]} ({share_of(count[said], len(vote))})" for said in self.choices
                ]
                for title, vote, count in zip(VOTES, votes, counts, strict=False)
            },
            index=table.index,
        )
        if revealed:
            table["belief"] = [
                self.beliefs.get(self.misconception(said) or "", "") for said in self.choices
            ]
        chart = Bars(
            shares,
            title="What the class chose",
            x="% of the answers",
            text=texts,
            limits=(0, 100),
            faded=self._wrong(names) if revealed else (),
        )
        return Result(
            answered=len(votes[-1]),
            sentences=self._sentences(
                votes,
                before=_most_chosen(counts[last_vote(votes)], self.letters),
                after=self._of_right_ones(votes),
                revealed=revealed,
            ),
            figures=(chart,),
            description=_description(table, len(votes)),
            table=table,
        )

    def _name(self, said: str, *, revealed: bool) -> str:
        name = f"{self.letters[said]}. {self.names[said]}"
        return f"✓ {name}" if revealed and said == self.right_one else name

    def _wrong(self, names: Sequence[str]) -> list[str]:
        """The names of what is not right."""
        pairs = zip(self.choices, names, strict=True)
        return [name for said, name in pairs if said != self.right_one]


def _most_chosen(count: Counter[str], letters: Mapping[str, str]) -> str:
    """Which choice leads, or which share the lead."""
    total, most = count.total(), max(count.values())
    leading = [letter for said, letter in letters.items() if count[said] == most]
    if most == total:
        return f"{all_of(total, 'chose')} {leading[0]}."
    if len(leading) > 1:
        return f"A tie: {listed(leading)} were chosen by {of_all(most, total)} each."
    return f"The most chosen is {leading[0]}, by {of_all(most, total)}."


def _description(table: pd.DataFrame, votes: int) -> str:
    """The bars in words."""
    counts = "; ".join(
        f"{name}: {', then '.join(str(row[title]) for title in VOTES[:votes])}"
        for name, row in table.iterrows()
    )
    times = "in the first and then in the second vote" if votes > 1 else "in this vote"
    return f"Bars of how many chose each answer {times}. {counts}."
