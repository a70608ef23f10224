"""What a class believes after its questions, and how its votes moved: for the next lecture.

Nobody is named in it, and no device.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..course import Course, day_of, fill
from ..course.spelling import plain
from .homework import NONE, Homework
from .model import Answer, RoomError, Round
from .question import Question
from .questions import Questions
from .results import Moves, Vote, moves_between, of_all, votes_of

_LastSaid = Sequence[tuple[int, Mapping[str, str | None]]]
"""The number of each round, and the belief that each device showed there at last."""

_MOST_TALLIED = 8
STILL_SHARE, STILL_DEVICES = 0.25, 3
"""A belief is for the next lecture where so large a share, and so many, still held it."""


@dataclass(frozen=True)
class VoteDigest:
    """One vote.

    answered   how many answered
    right      how many were right; None where nothing is right or wrong
    off        how far one map was off on average, each averaged over its cells; None for other
               questions
    """

    answered: int
    right: int | None
    off: float | None

    @property
    def words(self) -> str:
        """How good the answers were; "" where nothing can be said."""
        if self.answered == 0:
            return "nobody answered"
        if self.off is not None:
            return fill("one map is off by {off:.2f} on average", {"off": self.off})
        return "" if self.right is None else f"{of_all(self.right, self.answered)} right"


@dataclass(frozen=True)
class Held:
    """How many showed a belief at last in one round, of how many who answered there."""

    round: int
    devices: int
    answered: int

    @property
    def is_still_held(self) -> bool:
        """Whether it is for the next lecture."""
        return self.devices >= max(STILL_DEVICES, STILL_SHARE * self.answered)


@dataclass(frozen=True, kw_only=True)
class RoundDigest:
    """One question, and how it went.

    title, question   plain text
    truth             what is right, in plain text; "" where nothing is
    votes             one or two
    tally             what was answered, and how often in each vote
    moves             of those who answered twice; None where there was one vote
    moved             the same in words
    """

    number: int
    title: str
    question: str
    truth: str
    votes: Sequence[VoteDigest]
    tally: Sequence[tuple[str, Sequence[int]]]
    moves: Moves | None
    moved: str
    has_truth: bool

    @property
    def tallied(self) -> str:
        """What was answered, and how often, in a line; the most frequent of many."""
        told = [f"{said}: {', then '.join(map(str, counts))}" for said, counts in self.tally]
        more = len(told) - _MOST_TALLIED
        return "; ".join([*told[:_MOST_TALLIED], *([f"{more} others"] if more > 0 else [])])


@dataclass(frozen=True, kw_only=True)
class Belief:
    """A misconception that answers showed.

    devices        how many showed it at last, in whichever round
    held           the same by round
    homework       in how many files of homework the critic found it
    handed_in      of how many
    belief, truth  plain text
    lesson, step   the titles of the step that shows the truth
    """

    slug: str
    belief: str
    truth: str
    lesson: str
    step: str
    devices: int
    held: Sequence[Held]
    homework: int = 0
    handed_in: int = 0

    @property
    def is_in_homework(self) -> bool:
        """Whether homework alone makes it one for the next lecture."""
        return self.homework >= max(STILL_DEVICES, STILL_SHARE * self.handed_in)

    @property
    def still_held(self) -> list[Held]:
        """The rounds for which it is for the next lecture."""
        return [each for each in self.held if each.is_still_held]


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What remains of a class.

    day       when it was, such as "2026-11-30" (UTC); "" where nothing was asked
    left_out  how many questions the course does not have any more
    beliefs   those that most showed at last come first
    handed_in  how many files of homework were read
    """

    course: str
    day: str
    left_out: int
    rounds: Sequence[RoundDigest]
    beliefs: Sequence[Belief]
    handed_in: int = 0

    @property
    def for_next_time(self) -> list[Belief]:
        """The beliefs that at least a quarter of those who answered, and at least three, hold.

        Or as many of those who handed in homework.
        """
        return [each for each in self.beliefs if each.still_held or each.is_in_homework]


def digest(
    course: Course,
    questions: Questions,
    asked: Sequence[tuple[Round, Sequence[Answer]]],
    homework: Homework = NONE,
) -> Digest:
    """What remains of the rounds of a class, each with its answers, and of its homework.

    A question that the course does not have any more is left out with its answers.

    >>> digest(Course("demo", "Demo", [], {}), Questions(Course("demo", "Demo", [], {})), []).rounds
    ()
    """
    rounds, last_said = [], []
    for round, answers in asked:
        try:
            question = questions.read(round.asked)
        except RoomError:
            continue
        votes = votes_of(answers, question.accepts, round.vote)
        rounds.append(_round_digest(round, question, votes))
        shown = {device: question.misconception(said) for device, said in _last(votes).items()}
        last_said.append((round.number, shown))
    return Digest(
        course=course.title,
        day=day_of(min(round.at for round, _ in asked)) if asked else "",
        left_out=len(asked) - len(rounds),
        rounds=tuple(rounds),
        beliefs=_beliefs(course, last_said, homework),
        handed_in=homework.files,
    )


def _last(votes: Sequence[Vote]) -> dict[str, str]:
    """What each device said in the last vote in which it took part."""
    return {device: said for vote in votes for device, said in vote.items()}


def _round_digest(round: Round, question: Question, votes: Sequence[Vote]) -> RoundDigest:
    is_twice = len(votes) > 1
    meant = [question.meant(vote) for vote in votes]
    return RoundDigest(
        number=round.number,
        title=question.title,
        question=question.plain,
        truth=question.plain_truth,
        votes=[_vote_digest(question, vote) for vote in votes],
        tally=question.tally(votes),
        moves=moves_between(meant[0], meant[1], question.miss) if is_twice else None,
        moved=question.moved(votes[0], votes[1], revealed=question.has_truth) if is_twice else "",
        has_truth=question.has_truth,
    )


def _vote_digest(question: Question, vote: Vote) -> VoteDigest:
    rights = [question.right(said) for said in vote.values()]
    is_map = question.kind == "map"
    return VoteDigest(
        answered=len(vote),
        right=sum(map(bool, rights)) if question.has_truth and not is_map else None,
        off=sum(map(question.miss, vote.values())) / len(vote) if is_map and vote else None,
    )


def _beliefs(course: Course, last_said: _LastSaid, homework: Homework) -> tuple[Belief, ...]:
    slugs = {slug for _, shown in last_said for slug in shown.values() if slug is not None}
    slugs |= homework.shown.keys()
    found = [
        _belief(course, slug, last_said, homework)
        for slug in slugs
        if slug in course.misconceptions
    ]
    return tuple(sorted(found, key=lambda each: (-each.devices, -each.homework, each.slug)))


def _belief(course: Course, slug: str, last_said: _LastSaid, homework: Homework) -> Belief:
    misconception = course.misconceptions[slug]
    lesson = course.lesson(misconception.lesson)
    devices = {device for _, shown in last_said for device, each in shown.items() if each == slug}
    by_round = [
        Held(number, sum(each == slug for each in shown.values()), len(shown))
        for number, shown in last_said
    ]
    return Belief(
        slug=slug,
        belief=plain(misconception.belief),
        truth=plain(course.truth(slug)),
        lesson=lesson.title,
        step=lesson.step(misconception.step).title,
        devices=len(devices),
        held=[each for each in by_round if each.devices],
        homework=homework.shown.get(slug, 0),
        handed_in=homework.files,
    )
