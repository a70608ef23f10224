"""How an answer is taken: only to what was asked, only while it may be given."""

from dataclasses import replace

import pytest

from lib.room.answering import ANOTHER, CLOSED, NO_ANSWER, answer
from lib.room.model import Phase, Room, RoomError, Round
from lib.room.own import choice

QUESTION = choice("Tea or coffee?", ["tea", "coffee"], right=0)
ROUND = Round(number=3, asked=QUESTION.asked, vote=2, phase=Phase.OPEN, at=0.0)
ROOM = Room(
    code="ABC234", ticket="", opened=0.0, ends=9.0, version=7, is_locked=False, is_ended=False,
    joined=1, round=ROUND,
)  # fmt: skip


class Recorder:
    """A store that only takes answers."""

    def __init__(self):
        self.taken = []

    def answer(self, code, device, *, round, vote, said, now):
        self.taken.append((code, device, round, vote, said, now))


def test_an_answer_goes_to_the_round_and_the_vote_on_the_screen():
    store = Recorder()
    answer(store, QUESTION, ROOM, "device", "1", now=5.0)
    assert store.taken == [("ABC234", "device", 3, 2, "1", 5.0)]


@pytest.mark.parametrize(
    "said", ["2", "-1", "", "01", " 1", "skip", 1, None, ["1"], b"1", "1" * 9999]
)
def test_what_is_no_answer_is_refused(said):
    store = Recorder()
    with pytest.raises(RoomError, match=NO_ANSWER):
        answer(store, QUESTION, ROOM, "device", said, now=5.0)
    assert store.taken == []


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.SHOWN, Phase.REVEALED])
def test_after_the_vote_nothing_is_taken(phase):
    store, room = Recorder(), replace(ROOM, round=replace(ROUND, phase=phase))
    with pytest.raises(RoomError, match=CLOSED):
        answer(store, QUESTION, room, "device", "1", now=5.0)
    assert store.taken == []


@pytest.mark.parametrize("round", [None, replace(ROUND, asked=choice("?", ["a", "b"]).asked)])
def test_an_answer_to_another_question_is_refused(round):
    store = Recorder()
    with pytest.raises(RoomError, match=ANOTHER):
        answer(store, QUESTION, replace(ROOM, round=round), "device", "1", now=5.0)
    assert store.taken == []
