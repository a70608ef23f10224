"""Whatever is done in whatever order, both databases are in the state of a few plain dicts."""

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgresql_server import fresh_address

from lib.room import Keys, Phase, RoomError, Round, Standing
from lib.room.database import Database

DAYS = count(1)
HOURS = 3600.0
DEVICES = st.integers(0, 3)
PHASES = list(Phase)
AGO = st.sampled_from([0, 0, 0, 1, 2])
"""How many votes ago a desk was drawn on which a button is pressed."""

OPERATIONS = st.one_of(
    st.tuples(st.just("join"), st.sampled_from(["", "", "a" * 32, "b" * 32])),
    st.tuples(st.just("answer"), DEVICES, st.integers(-1, 1), st.integers(1, 2), st.text("xyz")),
    st.tuples(st.just("ask"), AGO, st.text("?!", min_size=1)),
    st.tuples(st.just("turn"), AGO, st.sampled_from(PHASES)),
    st.tuples(st.just("vote_again"), AGO),
    st.tuples(st.just("lock"), st.booleans()),
    st.tuples(st.just("remark"), DEVICES, st.text("abc", min_size=1)),
    st.tuples(
        st.just("settle"),
        st.integers(0, 3),
        st.sampled_from(Standing),
        st.sampled_from([Standing.WAITING, *Standing]),
    ),
)
"""What may happen in a room; devices are counted as they join, and some have not joined."""


class RefusedError(Exception):
    pass


class Model:
    """A room in plain dicts: what the words of the store's protocol say, and no more."""

    def __init__(self) -> None:
        self.devices = 0
        self.browsers: set[str] = set()
        self.locked = False
        self.rounds: list[dict[str, Any]] = []
        self.answers: dict[tuple[int, int, int], str] = {}
        self.remarks: list[dict[str, Any]] = []

    def join(self, browser: str) -> None:
        if browser in self.browsers:
            return
        require(not self.locked)
        self.devices += 1
        if browser:
            self.browsers.add(browser)

    def answer(self, device: int, back: int, vote: int, said: str) -> None:
        number = len(self.rounds) + back
        require(device < self.devices and back == 0 and number > 0)
        require(self.rounds[-1]["vote"] == vote and self.rounds[-1]["phase"] is Phase.OPEN)
        self.answers[number, vote, device] = said

    def ask(self, ago: int, asked: str) -> None:
        require(ago == 0 or not self.rounds)
        self.rounds.append({"asked": asked, "vote": 1, "phase": Phase.OPEN})

    def turn(self, ago: int, phase: Phase) -> None:
        require(ago == 0 and bool(self.rounds))
        require(PHASES.index(phase) >= PHASES.index(self.rounds[-1]["phase"]))
        self.rounds[-1]["phase"] = phase

    def vote_again(self, ago: int) -> None:
        require(bool(self.rounds))
        present = self.rounds[-1]
        if ago == 1 and (present["vote"], present["phase"]) == (2, Phase.OPEN):
            return
        require(ago == 0)
        if (present["vote"], present["phase"]) != (2, Phase.OPEN):
            require(present["vote"] == 1 and present["phase"] in (Phase.CLOSED, Phase.SHOWN))
        present.update(vote=2, phase=Phase.OPEN)

    def lock(self, locked: bool) -> None:
        self.locked = locked

    def remark(self, device: int, text: str) -> None:
        require(device < self.devices)
        require(sum(remark["device"] == device for remark in self.remarks) < 3)
        self.remarks.append({"device": device, "text": text, "standing": Standing.WAITING})

    def settle(self, number: int, standing: Standing, seen: Standing) -> None:
        require(1 <= number <= len(self.remarks))
        require(self.remarks[number - 1]["standing"] in (standing, seen))
        self.remarks[number - 1]["standing"] = standing


def require(allowed: bool) -> None:
    if not allowed:
        raise RefusedError


class Played:
    """The same room in a database."""

    def __init__(self, store: Database, now: float) -> None:
        self.store = store
        self.now = now
        self.keys: Keys = store.open_room(now=now)
        self.devices: list[str] = []

    def play(self, name: str, *given: Any) -> None:
        store, now, code, key = self.store, self.now, self.keys.code, self.keys.key
        if name == "join":
            device = store.join(code, "", browser=given[0], now=now)
            if device not in self.devices:
                self.devices.append(device)
        elif name == "answer":
            device, back, vote, said = given
            number = len(store.rounds(code)) + back
            token = self._token(device)
            store.answer(code, token, round=number, vote=vote, said=said, now=now)
        elif name == "remark":
            store.remark(code, self._token(given[0]), given[1], now=now)
        elif name == "lock":
            store.lock(code, key, locked=given[0], now=now)
        elif name == "settle":
            number, standing, seen = given
            store.settle(code, key, number, standing, seen=seen, now=now)
        else:
            ago, *what = given
            getattr(store, name)(code, key, *what, seen=self._seen(ago), now=now)

    def _seen(self, ago: int) -> Round | None:
        """What a desk showed so many votes ago."""
        votes = [
            replace(round, vote=vote)
            for round in self.store.rounds(self.keys.code)
            for vote in range(1, round.vote + 1)
        ]
        return [None, *votes][max(0, len(votes) - ago)]

    def state(self) -> dict[str, Any]:
        code = self.keys.code
        room = self.store.room(code, now=self.now)
        assert room is not None
        rounds = self.store.rounds(code)
        assert room.round == (rounds[-1] if rounds else None)
        answers = [
            answer for round in rounds for answer in self.store.answers(code, round=round.number)
        ]
        for answer in answers:
            own = self.store.said(code, answer.device, round=answer.round)
            assert own[answer.vote] == answer.said
        return {
            "devices": room.joined,
            "locked": room.is_locked,
            "rounds": [
                {"asked": each.asked, "vote": each.vote, "phase": each.phase} for each in rounds
            ],
            "answers": {
                (each.round, each.vote, self.devices.index(each.device)): each.said
                for each in answers
            },
            "remarks": [
                {"text": remark.text, "standing": remark.standing}
                for remark in self.store.remarks(code)
            ],
        }

    def _token(self, device: int) -> str:
        return self.devices[device] if device < len(self.devices) else "x" * 32


def expected(model: Model) -> dict[str, Any]:
    remarks = [{"text": remark["text"], "standing": remark["standing"]} for remark in model.remarks]
    told = {name: value for name, value in vars(model).items() if name != "browsers"}
    return {**told, "remarks": remarks}


def test_any_sequence_of_operations(postgresql: str, tmp_path: Path) -> None:
    stores = [
        Database(f"sqlite:///{tmp_path / 'rooms.sqlite'}"),
        Database(fresh_address(postgresql)),
    ]

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(OPERATIONS, min_size=5, max_size=30))
    def any_sequence(operations: list[tuple[Any, ...]]) -> None:
        model = Model()
        # So far apart that the rooms of other examples are no more
        rooms = [Played(store, now) for now in [next(DAYS) * 48 * HOURS] for store in stores]
        for operation in operations:
            outcomes = [was_taken(room, operation) for room in rooms]
            assert outcomes == [was_taken(model, operation)] * 2, operation
        for room in rooms:
            assert room.state() == expected(model)

    any_sequence()
    for store in stores:
        store.close()


def was_taken(room: Any, operation: tuple[Any, ...]) -> bool:
    name, *given = operation
    try:
        if isinstance(room, Model):
            getattr(room, name)(*given)
        else:
            room.play(name, *given)
    except (RefusedError, RoomError):
        return False
    return True
