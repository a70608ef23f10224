"""How an answer of a device is taken: looked at here, kept by the store."""

from .model import Phase, Room, RoomError
from .question import Question
from .store import Store

CLOSED = "The vote is closed, so this answer came too late."
ANOTHER = "The class is at another question by now."
NO_ANSWER = "That is no answer to this question."


def answer(
    store: Store, question: Question, room: Room, device: str, said: object, *, now: float
) -> None:
    """Record what a device said to the question that it was shown.

    Parameters
    ----------
    store
        Where it is kept; it refuses devices that have not joined, and votes that are not open.
    question
        What was on the device's screen.
    room
        The room as it was when the screen was drawn: its round and its vote are answered.
    said
        What the device sent, which may be anything.

    Raises
    ------
    RoomError
        In a sentence for who answered, where the answer cannot be taken.
    """
    round = room.round
    if round is None or round.asked != question.asked:
        raise RoomError(ANOTHER)
    if round.phase is not Phase.OPEN:
        raise RoomError(CLOSED)
    if not isinstance(said, str) or not question.accepts(said):
        raise RoomError(NO_ANSWER)
    store.answer(room.code, device, round=round.number, vote=round.vote, said=said, now=now)
