"""What a class is made of: a room, its rounds, what was answered, what was asked back."""

from dataclasses import dataclass
from enum import StrEnum


class RoomError(Exception):
    """What cannot be done in a room: one sentence for whoever tried it."""


class Phase(StrEnum):
    """How far a round is; only the instructor moves it."""

    OPEN = "open"
    """Answers are taken, and nobody sees how many of each."""
    CLOSED = "closed"
    """No more answers; the counts are still hidden."""
    SHOWN = "shown"
    """The counts are on show, what is true is not: now the class discusses."""
    REVEALED = "revealed"
    """What is true, beside the counts of every vote."""


class Standing(StrEnum):
    """What became of a free question."""

    WAITING = "waiting"
    """Nobody but the instructor sees it."""
    THROUGH = "through"
    DISMISSED = "dismissed"


@dataclass(frozen=True, kw_only=True)
class Round:
    """One question put to the class.

    number   from 1 within its room
    asked    the question as text, as `lib.room.questions` writes and reads it
    vote     1; 2 where the class votes again after it has discussed
    at       when it began, in seconds since 1970 (UTC)
    """

    number: int
    asked: str
    vote: int
    phase: Phase
    at: float


@dataclass(frozen=True, kw_only=True)
class Room:
    """A class that is open.

    ticket     what a link to the room carries beside its code, so that nobody guesses both
    round      what is asked now; None before the first question
    version    grows with everything that learners' pages have to show
    is_locked  whether nobody else may join
    is_ended   whether it is over, by its instructor or by its time
    joined     how many devices are in it
    """

    code: str
    ticket: str
    opened: float
    ends: float
    version: int
    is_locked: bool
    is_ended: bool
    joined: int
    round: Round | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one device said in one vote of one round."""

    round: int
    vote: int
    device: str
    said: str
    at: float


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A free question to the instructor: plain text.

    number  from 1 within its room
    first   the number of the first one from the same device: who it was, without saying who
    """

    number: int
    first: int
    text: str
    nickname: str
    at: float
    standing: Standing


@dataclass(frozen=True)
class Keys:
    """What opens a room: the code for everyone, the key for its instructor alone."""

    code: str
    key: str
