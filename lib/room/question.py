"""A question to a class: what is asked, what can be answered, and what becomes of the answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from ..course import StepAddress, Verdict, fill
from .model import Answer, Phase
from .results import (
    Result,
    Vote,
    changed_between,
    how_many,
    in_last_vote,
    last_vote,
    listed,
    moves_between,
    of_all,
    turnout,
    votes_of,
)

if TYPE_CHECKING:
    from ..charts import Chart, Page

Grade = Callable[[str], Verdict]
_GRADED = 1024


@dataclass(frozen=True, kw_only=True, eq=False)
class Question(ABC):
    """What is asked of a class. Its texts are Markdown that is safe to show, but for `plain`.

    asked        the question as `Round.asked` keeps it
    title        what it is called in a list
    text         the question itself
    plain        the same in plain text, for files
    context      what a step tells before it asks; "" where there is nothing to tell
    figures      what there is to look at while answering
    description  what stands for the figures, for who cannot see them
    at           the step that it is from, to go back to; None where it is from no step
    beliefs      the misconceptions that answers may show, in the learner's words, by slug
    grade        what an answer earns; None where nothing is right or wrong
    """

    kind: ClassVar[str]

    asked: str
    title: str
    text: str
    plain: str
    context: str = ""
    figures: Sequence[Chart | Page] = ()
    description: str = ""
    at: StepAddress | None = None
    beliefs: Mapping[str, str] = field(default_factory=dict)
    grade: Grade | None = None

    def __post_init__(self) -> None:
        # The same answer is graded by everyone who looks at the results.
        if self.grade is not None:
            object.__setattr__(self, "grade", lru_cache(_GRADED)(self.grade))

    @abstractmethod
    def accepts(self, said: str) -> bool:
        """Whether `said` is something that can be answered here; it may be any text."""

    @property
    @abstractmethod
    def truth(self) -> str:
        """What is right, in words; "" where nothing is."""

    @property
    def told(self) -> str:
        """What is right, as a sentence of its own."""
        return f"The answer is *{self.truth}*."

    @property
    @abstractmethod
    def plain_truth(self) -> str:
        """The same in plain text, for files: of a map, all of its pairs."""

    @abstractmethod
    def in_words(self, said: str) -> str:
        """An answer as whoever gave it reads it."""

    def tally(self, votes: Sequence[Vote]) -> list[tuple[str, list[int]]]:
        """What was answered, in plain text, and how often in each vote; most often comes first.

        Nothing of maps, of which hardly two are the same.
        """
        counts = [Counter(self.meant(vote).values()) for vote in votes]
        total = sum(counts, Counter())
        return [
            (self._plainly(said), [count[said] for count in counts])
            for said, _ in total.most_common()
        ]

    def meant(self, vote: Vote) -> Vote:
        """A vote in which answers that say the same are one: who changes between these stayed."""
        return vote

    def _plainly(self, said: str) -> str:
        """An answer in plain text, for files."""
        return self.in_words(said)

    @abstractmethod
    def _shown(self, votes: Sequence[Vote], *, revealed: bool) -> Result:
        """What the class sees of answers of which there is at least one in some vote."""

    def verdict(self, said: str) -> Verdict | None:
        """What an answer earns, for who gave it; None where nothing is right or wrong."""
        return None if self.grade is None else self.grade(said)

    @property
    def reason(self) -> str:
        """Why what is right is right; "" where nothing is, or where no reason is given."""
        verdict = None if self._said_right is None else self.verdict(self._said_right)
        return verdict.feedback if verdict is not None and verdict.right else ""

    @property
    def _said_right(self) -> str | None:
        """What whoever is right says; None where nothing is right, or nothing wholly."""
        return None

    def misconception(self, said: str) -> str | None:
        """The slug of the misconception that an answer shows; None where it shows none."""
        verdict = self.verdict(said)
        return None if verdict is None else verdict.misconception

    def right(self, said: str) -> bool | None:
        """Whether an answer is right; None where nothing is right or wrong."""
        verdict = self.verdict(said)
        return None if verdict is None else verdict.right

    def miss(self, said: str) -> float:
        """How far an answer is off: 0 for a right one, 1 for a wrong one as a rule."""
        return float(not self.right(said))

    @property
    def has_truth(self) -> bool:
        """Whether there is something to be revealed."""
        return self.grade is not None

    def results(self, answers: Sequence[Answer], *, vote: int, phase: Phase) -> Result:
        """What is seen of the answers to this question in one phase of its round.

        Parameters
        ----------
        answers
            Those of the round, of all its votes.
        vote
            The present vote.
        phase
            While it is OPEN or CLOSED nothing is seen but how many answered. What the class will
            see, an instructor sees before by SHOWN or REVEALED.
        """
        votes = votes_of(answers, self.accepts, vote)
        answered = len(votes[-1])
        if phase in (Phase.OPEN, Phase.CLOSED):
            return Result(answered=answered, sentences=(how_many(phase, answered),))
        if not any(votes):
            return Result(answered=0, sentences=("Nobody answered.",))
        return self._shown(votes, revealed=phase is Phase.REVEALED and self.has_truth)

    def _sentences(
        self, votes: Sequence[Vote], before: str, after: Sequence[str], *, revealed: bool
    ) -> tuple[str, ...]:
        """Who answered, what can be said before the truth is known, and what only with it.

        `before` is about the last vote in which somebody answered.
        """
        moved = [] if len(votes) < 2 else [self.moved(votes[-2], votes[-1], revealed=revealed)]
        said = [
            *turnout(votes),
            in_last_vote(votes, before),
            *(after if revealed else ()),
            *moved,
        ]
        return tuple(sentence for sentence in said if sentence)

    def moved(self, first: Vote, second: Vote, *, revealed: bool) -> str:
        """How answers moved; before the truth is known only how many did."""
        first, second = self.meant(first), self.meant(second)
        twice, changed = changed_between(first, second)
        if not twice:
            return "Nobody answered in both votes."
        if not revealed:
            return fill(
                "{twice} answered twice; of these, {changed} changed their answer.",
                {"twice": twice, "changed": changed},
            )
        moves = moves_between(first, second, self.miss)
        words = self._moves_words
        parts = [
            f"{moves.toward} {words[0]}",
            f"{moves.away} {words[1]}",
            *([f"{moves.other} {words[2]}"] if moves.other else []),
            *([f"{moves.still_right} {words[3]}"] if moves.still_right else []),
            f"{moves.stayed} stayed",
        ]
        return f"Of {twice} who answered twice, {', '.join(parts[:-1])} and {parts[-1]}."

    _moves_words: ClassVar[tuple[str, str, str, str]] = (
        "moved to the right answer",
        "away from it",
        "from one wrong answer to another",
        "stayed right with another answer",
    )

    def _share_right(self, vote: Vote) -> str:
        """How many were right in a vote, with their share."""
        return of_all(sum(bool(self.right(said)) for said in vote.values()), len(vote))

    def _how_many_right(self, votes: Sequence[Vote]) -> str:
        """How many were right, in each vote in which somebody answered."""
        if len(votes) == 1:
            return f"{self._share_right(votes[0])} had it right."
        first, second = (self._share_right(vote) if vote else "" for vote in votes)
        if first and second:
            return f"In the first vote {first} had it right, in the second {second}."
        return f"In the {'first' if first else 'second'} vote {first or second} had it right."

    def _of_right_ones(self, votes: Sequence[Vote]) -> list[str]:
        """What is right, how many knew it, and what the others believe."""
        held = self._most_held(votes[last_vote(votes)])
        return [self.told, self._how_many_right(votes), in_last_vote(votes, held)]

    def _most_held(self, vote: Vote) -> str:
        """The beliefs that most of the wrong answers show; nothing where none shows one."""
        slugs = [self.misconception(said) or "" for said in vote.values()]
        known = [slug for slug in slugs if slug in self.beliefs]
        if not known:
            return ""
        most = max(map(known.count, known))
        held = [f"“{belief}”" for slug, belief in self.beliefs.items() if known.count(slug) == most]
        each = " each" if held[1:] else ""
        return f"{of_all(most, len(vote))}{each} answered as one does who believes: {listed(held)}"
