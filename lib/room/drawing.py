"""A map that is drawn before it is seen, and what maps a class drew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ..charts import Heatmap
from ..course import Guess, fill
from .question import Question
from .results import VOTES, Result, Vote, in_last_vote, last_vote

_LONGEST = 2_000


@dataclass(frozen=True, kw_only=True, eq=False)
class MapQuestion(Question):
    """A small map of correlations to be filled in: what is said is a list of levels, one a pair.

    guess     the control by which it is filled in: its columns, pairs and levels
    measured  what is true of each pair
    """

    kind: ClassVar[str] = "map"
    _moves_words: ClassVar[tuple[str, str, str, str]] = (
        "came nearer to what was measured",
        "went farther from it",
        "changed without either",
        "stayed right with another map",
    )

    guess: Guess
    measured: Sequence[float]

    def accepts(self, said: str) -> bool:
        if len(said) > _LONGEST:
            return False
        try:
            values = self.guess.clean(json.loads(said))
        except (ValueError, RecursionError):
            return False
        return said == self.said_of(values)

    def said_of(self, values: Sequence[float | None]) -> str | None:
        """A map as an answer; None as long as a cell is empty.

        Zero is written in one way only, so that the same map is the same answer.
        """
        if None in values:
            return None
        return json.dumps([float(value or 0) for value in values], separators=(",", ":"))

    def right(self, said: str) -> bool | None:  # noqa: ARG002
        """None: a map is not right or wrong but near or far, which `miss` says."""
        return None

    def miss(self, said: str) -> float:
        """How far a map is off on average."""
        return float(np.abs(np.array(json.loads(said)) - self.measured).mean())

    @property
    def truth(self) -> str:
        at = int(np.abs(self.measured).argmax())
        return "Farthest from zero is " + self._cell(at, "r is {r:.2f}", r=self.measured[at])

    @property
    def told(self) -> str:
        return f"{self.truth}."

    @property
    def plain_truth(self) -> str:
        return "; ".join(
            f"{row} and {column}: {fill('r is {r:.2f}', {'r': r})}"
            for (row, column), r in zip(self.guess.pairs, self.measured, strict=True)
        )

    def in_words(self, said: str) -> str:
        return fill("Your map of {n} cells", {"n": len(json.loads(said))})

    def tally(self, votes: Sequence[Vote]) -> list[tuple[str, list[int]]]:  # noqa: ARG002
        return []

    def drawn(self, said: str, title: str) -> Heatmap:
        """A map as whoever drew it sees it."""
        return self._map(json.loads(said), title=title, limits=(-1, 1), scale="r")

    def _cell(self, at: int, text: str, **facts: float | str) -> str:
        row, column = self.guess.pairs[at]
        return f"`{row}` and `{column}`: {fill(text, facts)}"

    def _shown(self, votes: Sequence[Vote], *, revealed: bool) -> Result:
        maps = [np.array([json.loads(said) for said in vote.values()]) for vote in votes]
        means = {
            title: drawn.mean(axis=0)
            for title, drawn in zip(VOTES, maps, strict=False)
            if len(drawn)
        }
        latest = maps[last_vote(votes)]
        # Of this class, and no sample of others: divided by n.
        spread = latest.std(axis=0)
        table = pd.DataFrame(
            {f"{title}: mean guess": mean for title, mean in means.items()},
            index=pd.MultiIndex.from_tuples(self.guess.pairs, names=["row", "column"]),
        )
        table[_of_vote("standard deviation", votes)] = spread
        if revealed:
            table["measured"] = self.measured
        signed = {"limits": (-1, 1), "scale": "r"}
        guesses = [
            self._map(mean, title=_title(title, votes), **signed) for title, mean in means.items()
        ]
        measured = [self._map(self.measured, title="Measured", **signed)] if revealed else []
        disagreement = self._map(
            spread,
            title=_of_vote("Where the class disagrees", votes),
            colours="viridis",
            limits=(0, float(spread.max()) or 1),
            scale="standard deviation",
        )
        figures = [*measured, *guesses, disagreement]
        return Result(
            answered=len(votes[-1]),
            sentences=self._sentences(
                votes,
                before=self._disagreement(spread, len(latest)),
                after=[
                    in_last_vote(votes, self._largest_error(latest.mean(axis=0))),
                    self._off(votes, maps),
                ],
                revealed=revealed,
            ),
            figures=figures,
            across=2,
            projected=(*(measured or [disagreement]), guesses[-1]),
            description=f"Maps of {len(table)} pairs: {', '.join(one.title for one in figures)}.",
            table=table,
        )

    def _map(self, cells: Sequence[float], **settings: object) -> Heatmap:
        columns = self.guess.columns
        values = pd.DataFrame(np.nan, columns, columns)
        for (row, column), cell in zip(self.guess.pairs, cells, strict=True):
            values.loc[row, column] = cell
        return Heatmap.lower(values, **settings)

    def _disagreement(self, spread: np.ndarray, count: int) -> str:
        """What the class disagrees about most."""
        if count < 2:
            return ""
        if not spread.any():
            return "All drew the same map."
        at = int(spread.argmax())
        return "The class disagrees about no pair more than about " + self._cell(
            at, "the standard deviation of its guesses is {spread:.2f}.", spread=spread[at]
        )

    def _largest_error(self, mean: np.ndarray) -> str:
        """The cell in which the class as a whole is farthest off."""
        error = mean - self.measured
        if not error.any():
            return "In every cell the mean guess is what was measured."
        at = int(np.abs(error).argmax())
        return "The class is nowhere farther off than at " + self._cell(
            at,
            "its mean guess is {mean:.2f}, and r is {r:.2f}. That is {off:.2f} {way}.",
            mean=mean[at],
            r=self.measured[at],
            off=abs(error[at]),
            way="too high" if error[at] > 0 else "too low",
        )

    def _off(self, votes: Sequence[Vote], maps: Sequence[np.ndarray]) -> str:
        """How far one map is off on average, and how far the mean of all, vote by vote."""
        ones = [[self.miss(said) for said in vote.values()] for vote in votes]
        one = _by_vote([float(np.mean(misses)) if misses else None for misses in ones])
        if max(map(len, ones)) == 1:
            return f"The map is off by {one}, averaged over its cells."
        mean = _by_vote([
            float(np.abs(drawn.mean(axis=0) - self.measured).mean()) if len(drawn) else None
            for drawn in maps
        ])  # fmt: skip
        # No cell has guesses on both sides of what was measured where the two are the same.
        why = "" if mean == one else ": in it, guesses that are too high and too low cancel out"
        return (
            f"One map is off by {one} on average, averaged over its cells. The mean of the maps "
            f"is off by {mean}{why}."
        )


def _by_vote(misses: Sequence[float | None]) -> str:
    """How far off, in each vote in which somebody answered."""
    parts = [
        fill("{off:.2f} in the {vote} vote", {"off": miss, "vote": vote})
        for miss, vote in zip(misses, ("first", "second"), strict=False)
        if miss is not None
    ]
    return " and ".join(parts) if len(misses) > 1 else parts[0].removesuffix(" in the first vote")


def _title(vote: str, votes: Sequence[Vote]) -> str:
    return "Mean guess" if len(votes) == 1 else f"{vote}: mean guess"


def _of_vote(title: str, votes: Sequence[Vote]) -> str:
    """What is shown of the last vote alone, which is named where there were two."""
    return title if len(votes) == 1 else f"{VOTES[last_vote(votes)]}: {title[0].lower()}{title[1:]}"
