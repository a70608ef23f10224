"""What became of a question: answers tallied by vote, and what the class may see of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ..course import fill
from .model import Answer, Phase

if TYPE_CHECKING:
    import pandas as pd

    from ..charts import Chart

FEW = 5
"""Fewer answers than these are people, and no class."""

Vote: TypeAlias = Mapping[str, str]
"""What was said in one vote, by device."""

VOTES = ("First vote", "Second vote")
_NAMES = ("first vote", "second vote")

_SAME = 1e-9
"""What differs by no more than this is as far off."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """What is shown of the answers to one question.

    answered     how many answered in the present vote
    sentences    Markdown, each true of these answers; one that nobody else typed words into
    figures      charts, of which `across` stand side by side where there is room
    projected    those of them that are seen from the last row; all where none is named
    description  what stands for the figures, for who cannot see them
    table        the numbers of the figures; None where nothing is shown
    """

    answered: int
    sentences: Sequence[str]
    figures: Sequence[Chart] = ()
    across: int = 1
    projected: Sequence[Chart] = ()
    description: str = ""
    table: pd.DataFrame | None = None


@dataclass(frozen=True)
class Moves:
    """How those who answered twice moved.

    toward       to the right answer, or nearer to what is true
    away         from it
    other        from one wrong answer to another, or as near as before in another way
    still_right  from one right answer to another
    stayed       said the same twice
    """

    toward: int
    away: int
    other: int
    still_right: int
    stayed: int

    @property
    def changed(self) -> int:
        return self.toward + self.away + self.other + self.still_right

    @property
    def twice(self) -> int:
        return self.changed + self.stayed


def votes_of(
    answers: Sequence[Answer], accepts: Callable[[str], bool], vote: int
) -> tuple[Vote, ...]:
    """The answers of each vote up to this one, by device; what cannot be answered is left out.

    >>> one = Answer(round=1, vote=1, device="a", said="0", at=0.0)
    >>> votes_of([one], {"0"}.__contains__, vote=2)
    ({'a': '0'}, {})
    """
    return tuple(
        {
            answer.device: answer.said
            for answer in answers
            if answer.vote == number and accepts(answer.said)
        }
        for number in range(1, vote + 1)
    )


def moves_between(first: Vote, second: Vote, miss: Callable[[str], float]) -> Moves:
    """How devices moved that answered in both votes; `miss` is how far an answer is off.

    >>> first, second = {"a": "1", "b": "2", "c": "3"}, {"a": "0", "b": "2", "d": "0"}
    >>> moves_between(first, second, miss=float)
    Moves(toward=1, away=0, other=0, still_right=0, stayed=1)
    """
    pairs = [(said, second[device]) for device, said in first.items() if device in second]
    changed = [(miss(before), miss(after)) for before, after in pairs if before != after]
    toward = sum(after < before - _SAME for before, after in changed)
    away = sum(after > before + _SAME for before, after in changed)
    still_right = sum(max(misses) <= _SAME for misses in changed)
    return Moves(
        toward=toward,
        away=away,
        other=len(changed) - toward - away - still_right,
        still_right=still_right,
        stayed=len(pairs) - len(changed),
    )


def changed_between(first: Vote, second: Vote) -> tuple[int, int]:
    """How many answered twice, and how many of them said something else the second time."""
    both = first.keys() & second.keys()
    return len(both), sum(first[device] != second[device] for device in both)


def how_many(phase: Phase, count: int) -> str:
    """How many answered, and nothing else: what anyone may know while a vote is hidden.

    >>> how_many(Phase.OPEN, 0), how_many(Phase.CLOSED, 1)
    ('Nobody has answered yet.', '1 has answered.')
    """
    if count == 0:
        return "Nobody has answered yet." if phase is Phase.OPEN else "Nobody answered."
    return fill("{count} {count:has|have} answered.", {"count": count})


def turnout(votes: Sequence[Vote]) -> list[str]:
    """How many answered in each vote, and what so few are worth.

    >>> turnout([{"a": "1"}, {}])[0]
    '1 answered in the first vote, nobody in the second.'
    >>> turnout([{"a": "1"}, {}])[1]
    'Only 1 answer in the first vote: these are people, not yet a class.'
    """
    counts = [len(vote) for vote in votes]
    first, *second = (str(count) if count else "nobody" for count in counts)
    if second:
        said = f"{first} answered in the first vote, {second[0]} in the second."
    else:
        said = f"{first} answered."
    return [said[0].upper() + said[1:], *_few([len(vote) for vote in votes])]


def _few(counts: Sequence[int]) -> list[str]:
    """What so few answers are worth, in whichever vote they are."""
    parts = [
        fill("{n} {n:answer|answers}", {"n": count}) + (f" in the {name}" if counts[1:] else "")
        for count, name in zip(counts, _NAMES, strict=False)
        if 0 < count < FEW
    ]
    return [f"Only {listed(parts)}: these are people, not yet a class."] if parts else []


def in_last_vote(votes: Sequence[Vote], sentence: str) -> str:
    """A sentence on the last vote in which somebody answered, which names it where there were two.

    >>> in_last_vote([{"a": "1"}, {"a": "2"}], "The only guess is 2.")
    'In the second vote, the only guess is 2.'
    """
    if len(votes) < 2 or not sentence:
        return sentence
    return f"In the {_NAMES[last_vote(votes)]}, {sentence[0].lower()}{sentence[1:]}"


def last_vote(votes: Sequence[Vote]) -> int:
    """The place of the last vote in which somebody answered."""
    return max(place for place, vote in enumerate(votes) if vote)


def all_of(count: int, verb: str) -> str:
    """That all said the same: all of those who answered, not all who are in the room.

    >>> all_of(3, "chose"), all_of(1, "chose")
    ('All 3 who answered chose', 'The only one who answered chose')
    """
    return f"{'The only one' if count == 1 else f'All {count}'} who answered {verb}"


def of_all(count: int, total: int) -> str:
    """A count and its share.

    >>> of_all(3, 12)
    '3 of 12 (25 %)'
    """
    return f"{count} of {total} ({share_of(count, total)})"


def share_of(count: int, total: int) -> str:
    """A share in per cent, halves upwards; what is not all is not said to be, nor few to be none.

    >>> share_of(3, 12), share_of(199, 200), share_of(1, 300), share_of(0, 0)
    ('25 %', '> 99 %', '< 1 %', '0 %')
    >>> share_of(1, 8), share_of(3, 8)
    ('13 %', '38 %')
    """
    share = (200 * count + total) // (2 * max(total, 1))
    if count and share == 0:
        return "< 1 %"
    if count < total and share == 100:
        return "> 99 %"
    return f"{share} %"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
