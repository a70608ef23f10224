"""What a store promises, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable

import pytest
from room_seen import seen

from lib.room import Answer, Keys, Phase, Remark, Room, RoomError, Round, Standing, Store
from lib.room import database as limits
from lib.room.codes import SIGNS
from lib.room.database import Database

HOUR = 3600.0


def test_a_database_is_a_store(store: Database) -> None:
    kept: Store = store
    assert kept.rounds("NOCODE") == []


def test_a_fresh_room(store: Database) -> None:
    keys = store.open_room(now=100.0)
    room = store.room(keys.code, now=100.0)
    assert room is not None
    assert room == Room(
        code=keys.code,
        ticket=room.ticket,
        opened=100.0,
        ends=100.0 + 4 * HOUR,
        version=1,
        is_locked=False,
        is_ended=False,
        joined=0,
        round=None,
    )


def test_a_code_is_short_and_a_key_is_long(store: Database) -> None:
    several = [store.open_room(now=0.0) for _ in range(20)]
    assert len({keys.code for keys in several}) == 20
    assert len({keys.key for keys in several}) == 20
    for keys in several:
        assert len(keys.code) == 6
        assert not set(keys.code) & set("0O1IL")
        assert keys.code == keys.code.upper()
        # 64 signs an alphabet, 6 bits a sign
        assert len(keys.key) * 6 >= 128


def test_a_ticket_is_of_its_room_alone_and_says_nothing_of_its_key(store: Database) -> None:
    several = [store.open_room(now=0.0) for _ in range(20)]
    rooms = [store.room(keys.code, now=0.0) for keys in several]
    tickets = [room.ticket for room in rooms if room is not None]
    assert len(set(tickets)) == 20
    assert {len(ticket) for ticket in tickets} == {6}
    assert set("".join(tickets)) <= set(SIGNS)
    assert store.room(several[0].code, now=9.0) == rooms[0]
    for keys, ticket in zip(several, tickets, strict=True):
        assert ticket not in keys.key.upper()
        assert ticket != keys.code


def test_a_code_is_read_as_people_type_it(store: Database, keys: Keys) -> None:
    code = keys.code
    for typed in (code.lower(), f" {code[:3]} {code[3:]}\n", f"{code[:3]}-{code[3:]}", code):
        room = store.room(typed, now=1.0)
        assert room is not None
        assert room.code == code
    assert store.is_instructor(f"{code[:2]} {code[2:].lower()}", keys.key)


def test_who_is_the_instructor(store: Database, keys: Keys) -> None:
    other = store.open_room(now=0.0)
    assert store.is_instructor(keys.code, keys.key)
    assert not store.is_instructor(keys.code, other.key)
    assert not store.is_instructor(keys.code, "")
    assert not store.is_instructor(keys.code, keys.key[:-1])
    assert not store.is_instructor("XXXXXX", keys.key)


def test_a_round_from_the_question_to_the_truth(store: Database, keys: Keys) -> None:
    code, key = keys.code, keys.key
    ada = store.join(code, "Ada", now=1.0)
    bob = store.join(code, "", now=2.0)
    store.ask(code, key, "Which way?", seen=seen(store, code), now=10.0)
    store.answer(code, ada, round=1, vote=1, said="up", now=11.0)
    store.answer(code, bob, round=1, vote=1, said="down", now=12.0)
    store.answer(code, ada, round=1, vote=1, said="down", now=13.0)
    store.turn(code, key, Phase.CLOSED, seen=seen(store, code), now=20.0)
    store.turn(code, key, Phase.SHOWN, seen=seen(store, code), now=21.0)
    store.vote_again(code, key, seen=seen(store, code), now=22.0)
    store.answer(code, bob, round=1, vote=2, said="up", now=23.0)
    store.turn(code, key, Phase.CLOSED, seen=seen(store, code), now=24.0)
    store.turn(code, key, Phase.SHOWN, seen=seen(store, code), now=25.0)
    store.turn(code, key, Phase.REVEALED, seen=seen(store, code), now=26.0)
    assert store.answers(code, round=1) == [
        Answer(round=1, vote=1, device=bob, said="down", at=12.0),
        Answer(round=1, vote=1, device=ada, said="down", at=13.0),
        Answer(round=1, vote=2, device=bob, said="up", at=23.0),
    ]
    assert store.said(code, bob, round=1) == {1: "down", 2: "up"}
    assert store.said(code, ada, round=1) == {1: "down"}
    store.ask(code, key, "And now?", seen=seen(store, code), now=30.0)
    assert store.rounds(code) == [
        Round(number=1, asked="Which way?", vote=2, phase=Phase.REVEALED, at=10.0),
        Round(number=2, asked="And now?", vote=1, phase=Phase.OPEN, at=30.0),
    ]
    room = store.room(code, now=30.0)
    assert room is not None
    assert room.round == store.rounds(code)[1]
    assert room.joined == 2
    assert store.answers(code, round=2) == []


def test_every_change_that_is_seen_makes_the_version_grow(store: Database, keys: Keys) -> None:
    code, key = keys.code, keys.key
    ada = store.join(code, "Ada", now=1.0)
    changes: list[tuple[int, Callable[[], object]]] = [
        (1, lambda: store.ask(code, key, "?", seen=seen(store, code), now=2.0)),
        (0, lambda: store.answer(code, ada, round=1, vote=1, said="up", now=3.0)),
        (0, lambda: store.join(code, "Bob", now=3.0)),
        (0, lambda: store.remark(code, ada, "Why?", now=3.0)),
        (1, lambda: store.settle(code, key, 1, Standing.THROUGH, seen=Standing.WAITING, now=4.0)),
        (0, lambda: store.settle(code, key, 1, Standing.THROUGH, seen=Standing.WAITING, now=4.0)),
        (1, lambda: store.settle(code, key, 1, Standing.DISMISSED, seen=Standing.THROUGH, now=4.0)),
        (0, lambda: store.settle(code, key, 1, Standing.WAITING, seen=Standing.DISMISSED, now=4.0)),
        (1, lambda: store.turn(code, key, Phase.CLOSED, seen=seen(store, code), now=5.0)),
        (0, lambda: store.turn(code, key, Phase.CLOSED, seen=seen(store, code), now=5.0)),
        (1, lambda: store.vote_again(code, key, seen=seen(store, code), now=6.0)),
        (0, lambda: store.vote_again(code, key, seen=seen(store, code), now=6.0)),
        (1, lambda: store.turn(code, key, Phase.REVEALED, seen=seen(store, code), now=7.0)),
        (1, lambda: store.lock(code, key, locked=True, now=8.0)),
        (0, lambda: store.lock(code, key, locked=True, now=8.0)),
        (1, lambda: store.lock(code, key, locked=False, now=8.0)),
        (1, lambda: store.end(code, key, now=9.0)),
        (0, lambda: store.end(code, key, now=9.0)),
    ]
    for grows, change in changes:
        before = _version(store, code, 9.0)
        change()
        assert _version(store, code, 9.0) - before == grows


def test_a_room_ends_by_its_time_and_its_version_says_so(store: Database) -> None:
    keys = store.open_room(now=0.0, hours=2.0)
    ada = store.join(keys.code, "Ada", now=1.0)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=1.0)
    open_, over = (store.room(keys.code, now=hours * HOUR) for hours in (1.99, 2.0))
    assert open_ is not None
    assert over is not None
    assert (open_.is_ended, over.is_ended) == (False, True)
    assert over.version == open_.version + 1
    with pytest.raises(RoomError, match="This class is over"):
        store.answer(keys.code, ada, round=1, vote=1, said="up", now=2 * HOUR)
    with pytest.raises(RoomError, match="This class is over"):
        store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=2 * HOUR)


def test_a_room_that_was_ended_is_over_on_a_server_whose_clock_is_behind(
    store: Database, keys: Keys
) -> None:
    store.end(keys.code, keys.key, now=100.0)
    room = store.room(keys.code, now=90.0)
    assert room is not None
    assert room.is_ended
    assert room.ends == 100.0
    with pytest.raises(RoomError, match="This class is over"):
        store.join(keys.code, "", now=90.0)


def test_what_was_said_stays_a_day_and_is_deleted_then(store: Database) -> None:
    keys = store.open_room(now=0.0, hours=1.0)
    ada = store.join(keys.code, "Ada", now=1.0)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=1.0)
    store.answer(keys.code, ada, round=1, vote=1, said="up", now=2.0)
    store.remark(keys.code, ada, "Why?", now=3.0)
    store.open_room(now=25 * HOUR)
    assert store.room(keys.code, now=25 * HOUR) is not None
    assert len(store.answers(keys.code, round=1)) == 1
    assert store.room(keys.code, now=25 * HOUR + 1) is None
    store.open_room(now=25 * HOUR + 1)
    assert store.room(keys.code, now=0.0) is None
    assert store.answers(keys.code, round=1) == []
    assert store.rounds(keys.code) == []
    assert store.remarks(keys.code) == []
    assert store.nickname(keys.code, ada) is None
    assert store.said(keys.code, ada, round=1) == {}
    assert not store.is_instructor(keys.code, keys.key)


def test_a_room_is_open_for_twelve_hours_at_most(store: Database) -> None:
    assert store.open_room(now=0.0, hours=12.0)
    for hours in (0.0, -1.0, 12.01, float("nan"), float("inf")):
        with pytest.raises(RoomError, match="more than 0 and at most 12 hours"):
            store.open_room(now=0.0, hours=hours)


def test_a_locked_door_keeps_others_out_and_nobody_in(store: Database, keys: Keys) -> None:
    ada = store.join(keys.code, "Ada", now=0.0)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=0.0)
    store.lock(keys.code, keys.key, locked=True, now=1.0)
    with pytest.raises(RoomError, match="door of this class is locked"):
        store.join(keys.code, "Bob", now=2.0)
    store.answer(keys.code, ada, round=1, vote=1, said="up", now=3.0)
    store.lock(keys.code, keys.key, locked=False, now=4.0)
    assert store.join(keys.code, "Bob", now=5.0)


def test_a_browser_is_one_device_of_a_room(store: Database, keys: Keys) -> None:
    browser = "b" * 32
    ada = store.join(keys.code, "Ada", browser=browser, now=0.0)
    store.lock(keys.code, keys.key, locked=True, now=1.0)
    assert store.join(keys.code.lower(), "Bob", browser=browser, now=2.0) == ada
    assert store.nickname(keys.code, ada) == "Ada"
    store.lock(keys.code, keys.key, locked=False, now=3.0)
    others = {store.join(keys.code, "", browser=each, now=4.0) for each in ("", "", "b", "c" * 32)}
    room = store.room(keys.code, now=4.0)
    assert room is not None
    assert room.joined == 5
    assert len({ada, *others}) == 5
    elsewhere = store.open_room(now=5.0)
    assert store.join(elsewhere.code, "Ada", browser=browser, now=6.0) != ada
    assert browser not in ada


def test_who_was_taken_out_comes_back_as_the_same_device(store: Database, keys: Keys) -> None:
    ada = store.join(keys.code, "Ada", browser="b" * 32, now=0.0)
    assert store.take_out(keys.code, keys.key, now=1.0) == 1
    assert store.nickname(keys.code, ada) is None
    assert store.join(keys.code, "Bob", browser="b" * 32, now=2.0) == ada
    assert store.nickname(keys.code, ada) == "Bob"


def test_free_questions_wait_until_they_are_let_through(store: Database, keys: Keys) -> None:
    ada = store.join(keys.code, "Ada", now=0.0)
    bob = store.join(keys.code, "", now=0.0)
    store.remark(keys.code, ada, "Why is it blue?", now=1.0)
    store.remark(keys.code, bob, "Me too", now=2.0)
    store.settle(keys.code, keys.key, 1, Standing.THROUGH, seen=Standing.WAITING, now=3.0)
    assert store.remarks(keys.code) == [
        Remark(
            number=1,
            first=1,
            text="Why is it blue?",
            nickname="Ada",
            at=1.0,
            standing=Standing.THROUGH,
        ),
        Remark(number=2, first=2, text="Me too", nickname="", at=2.0, standing=Standing.WAITING),
    ]


def test_a_free_question_is_decided_on_as_it_was_seen(store: Database, keys: Keys) -> None:
    ada = store.join(keys.code, "", now=0.0)
    store.remark(keys.code, ada, "Why?", now=0.0)
    waiting = Standing.WAITING
    for _ in range(2):
        store.settle(keys.code, keys.key, 1, Standing.THROUGH, seen=waiting, now=1.0)
    with pytest.raises(RoomError, match="decided on at another desk"):
        store.settle(keys.code, keys.key, 1, Standing.DISMISSED, seen=waiting, now=2.0)
    assert [remark.standing for remark in store.remarks(keys.code)] == [Standing.THROUGH]


def test_what_cannot_be_turned(store: Database, keys: Keys) -> None:
    code, key = keys.code, keys.key
    with pytest.raises(RoomError, match="Nothing has been asked"):
        store.turn(code, key, Phase.CLOSED, seen=seen(store, code), now=0.0)
    with pytest.raises(RoomError, match="Nothing has been asked"):
        store.vote_again(code, key, seen=seen(store, code), now=0.0)
    store.ask(code, key, "?", seen=seen(store, code), now=0.0)
    with pytest.raises(RoomError, match="first vote is still open"):
        store.vote_again(code, key, seen=seen(store, code), now=0.0)
    store.turn(code, key, Phase.SHOWN, seen=seen(store, code), now=0.0)
    for phase in (Phase.OPEN, Phase.CLOSED):
        with pytest.raises(RoomError, match="cannot be taken back"):
            store.turn(code, key, phase, seen=seen(store, code), now=0.0)
    store.vote_again(code, key, seen=seen(store, code), now=0.0)
    store.turn(code, key, Phase.SHOWN, seen=seen(store, code), now=0.0)
    with pytest.raises(RoomError, match="two votes at most"):
        store.vote_again(code, key, seen=seen(store, code), now=0.0)
    store.ask(code, key, "?", seen=seen(store, code), now=0.0)
    store.turn(code, key, Phase.REVEALED, seen=seen(store, code), now=0.0)
    with pytest.raises(RoomError, match="has seen what is true"):
        store.vote_again(code, key, seen=seen(store, code), now=0.0)


def test_a_desk_moves_nothing_that_it_has_not_seen(store: Database, keys: Keys) -> None:
    code, key = keys.code, keys.key
    refused = pytest.raises(RoomError, match="The class has gone on")
    store.ask(code, key, "first", seen=None, now=0.0)
    store.turn(code, key, Phase.SHOWN, seen=seen(store, code), now=0.0)
    first_vote = seen(store, code)
    store.vote_again(code, key, seen=first_vote, now=0.0)
    second_vote = seen(store, code)
    # What was wanted has happened: a second click of one's own, or another desk's.
    store.vote_again(code, key, seen=first_vote, now=0.5)
    assert seen(store, code) == second_vote
    with refused:
        store.turn(code, key, Phase.REVEALED, seen=first_vote, now=1.0)
    with refused:
        store.ask(code, key, "third", seen=first_vote, now=1.0)
    store.ask(code, key, "second", seen=second_vote, now=1.0)
    for old in (None, first_vote, second_vote):
        with refused:
            store.turn(code, key, Phase.REVEALED, seen=old, now=2.0)
        with refused:
            store.vote_again(code, key, seen=old, now=2.0)
        with refused:
            store.ask(code, key, "second", seen=old, now=2.0)
    assert [(round.vote, round.phase) for round in store.rounds(code)] == [
        (2, Phase.OPEN),
        (1, Phase.OPEN),
    ]


def test_answers_that_come_too_late_or_to_something_else(store: Database, keys: Keys) -> None:
    code, key = keys.code, keys.key
    ada = store.join(code, "Ada", now=0.0)

    def answer(number: int, vote: int) -> None:
        store.answer(code, ada, round=number, vote=vote, said="up", now=1.0)

    with pytest.raises(RoomError, match="no longer asked"):
        answer(1, 1)
    with pytest.raises(RoomError, match="Nothing has been asked"):
        answer(0, 1)
    store.ask(code, key, "?", seen=seen(store, code), now=0.0)
    for vote in (0, 2, -1, 10**30):
        with pytest.raises(RoomError, match="This vote is not open"):
            answer(1, vote)
    answer(1, 1)
    store.turn(code, key, Phase.CLOSED, seen=seen(store, code), now=0.0)
    with pytest.raises(RoomError, match="was closed before"):
        answer(1, 1)
    store.vote_again(code, key, seen=seen(store, code), now=0.0)
    with pytest.raises(RoomError, match="votes for the second time"):
        answer(1, 1)
    answer(1, 2)
    store.ask(code, key, "?", seen=seen(store, code), now=0.0)
    with pytest.raises(RoomError, match="no longer asked"):
        answer(1, 2)
    assert store.said(code, ada, round=1) == {1: "up", 2: "up"}
    assert store.answers(code, round=2) == []


def test_a_room_has_so_many_devices(
    store: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert limits.DEVICES == 1_000
    monkeypatch.setattr(limits, "DEVICES", 3)
    for _ in range(3):
        store.join(keys.code, "", now=0.0)
    with pytest.raises(RoomError, match="This class is full: 3 devices"):
        store.join(keys.code, "", now=0.0)
    room = store.room(keys.code, now=0.0)
    assert room is not None
    assert room.joined == 3


def test_who_has_never_answered_is_taken_out_and_may_join_again(
    store: Database, keys: Keys
) -> None:
    code, key = keys.code, keys.key
    answered, asked, *silent = (store.join(code, "", now=0.0) for _ in range(5))
    other = store.open_room(now=0.0)
    elsewhere = store.join(other.code, "", now=0.0)
    store.ask(code, key, "?", seen=None, now=0.0)
    store.answer(code, answered, round=1, vote=1, said="up", now=0.0)
    store.remark(code, asked, "Why?", now=0.0)
    before = _version(store, code, 1.0)
    assert store.take_out(code, key, now=1.0) == 3
    assert _version(store, code, 1.0) == before + 1
    assert [store.nickname(code, device) for device in (answered, asked)] == ["", ""]
    assert [store.nickname(code, device) for device in silent] == [None] * 3
    assert store.nickname(other.code, elsewhere) == ""
    with pytest.raises(RoomError, match="not in the class yet"):
        store.answer(code, silent[0], round=1, vote=1, said="up", now=1.0)
    assert store.take_out(code, key, now=2.0) == 0
    assert _version(store, code, 2.0) == before + 1
    store.join(code, "", now=3.0)
    room = store.room(code, now=3.0)
    assert room is not None
    assert room.joined == 3


def test_a_room_has_so_many_rounds(
    store: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert limits.ROUNDS == 200
    monkeypatch.setattr(limits, "ROUNDS", 2)
    store.ask(keys.code, keys.key, "1", seen=seen(store, keys.code), now=0.0)
    store.ask(keys.code, keys.key, "2", seen=seen(store, keys.code), now=0.0)
    with pytest.raises(RoomError, match="been asked 2 questions"):
        store.ask(keys.code, keys.key, "3", seen=seen(store, keys.code), now=0.0)
    assert [round.asked for round in store.rounds(keys.code)] == ["1", "2"]


def test_a_database_has_so_many_open_rooms(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert limits.OPEN_ROOMS == 500
    monkeypatch.setattr(limits, "OPEN_ROOMS", 2)
    first = store.open_room(now=0.0)
    store.open_room(now=0.0, hours=1.0)
    with pytest.raises(RoomError, match="2 classes are open here"):
        store.open_room(now=1.0)
    store.end(first.code, first.key, now=2.0)
    store.open_room(now=3.0)
    with pytest.raises(RoomError, match="2 classes are open here"):
        store.open_room(now=4.0)
    store.open_room(now=HOUR)


def test_three_free_questions_a_minute(store: Database, keys: Keys) -> None:
    ada, bob = (store.join(keys.code, "", now=0.0) for _ in range(2))
    for now in (10.0, 20.0, 30.0):
        store.remark(keys.code, ada, "Why?", now=now)
    with pytest.raises(RoomError, match="3 questions within a minute"):
        store.remark(keys.code, ada, "Why?", now=69.0)
    store.remark(keys.code, bob, "Why?", now=69.0)
    store.remark(keys.code, ada, "Why?", now=70.0)
    assert [remark.number for remark in store.remarks(keys.code)] == [1, 2, 3, 4, 5]


def test_all_of_one_device_are_dismissed_at_once(store: Database, keys: Keys) -> None:
    code, key = keys.code, keys.key
    ada, bob = (store.join(code, "", now=0.0) for _ in range(2))
    for device in (ada, bob, ada, bob, ada):
        store.remark(code, device, "Why?", now=0.0)
    store.settle(code, key, 3, Standing.THROUGH, seen=Standing.WAITING, now=1.0)
    assert [remark.first for remark in store.remarks(code)] == [1, 2, 1, 2, 1]
    with pytest.raises(RoomError):
        store.dismiss_all(code, "not the key", 1, now=1.0)
    for none in (0, 6, 2**70):
        with pytest.raises(RoomError, match="not in the class"):
            store.dismiss_all(code, key, none, now=1.0)
    other = store.open_room(now=0.0)
    store.remark(other.code, store.join(other.code, "", now=0.0), "Why?", now=0.0)
    store.dismiss_all(code, key, 1, now=1.0)
    assert [remark.standing for remark in store.remarks(code)] == [
        Standing.DISMISSED,
        Standing.WAITING,
        Standing.THROUGH,
        Standing.WAITING,
        Standing.DISMISSED,
    ]
    assert [remark.standing for remark in store.remarks(other.code)] == [Standing.WAITING]


def test_so_many_free_questions_wait(
    store: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert limits.REMARKS_WAITING == 500
    monkeypatch.setattr(limits, "REMARKS_WAITING", 2)
    ada = store.join(keys.code, "", now=0.0)
    for now in (0.0, 100.0):
        store.remark(keys.code, ada, "Why?", now=now)
    with pytest.raises(RoomError, match="2 questions wait"):
        store.remark(keys.code, ada, "Why?", now=200.0)
    store.settle(keys.code, keys.key, 1, Standing.DISMISSED, seen=Standing.WAITING, now=200.0)
    store.remark(keys.code, ada, "Why?", now=200.0)


@pytest.mark.parametrize("over", [0, 1])
def test_lengths(store: Database, keys: Keys, over: int) -> None:
    """All that is allowed, and one letter more."""
    code, key = keys.code, keys.key
    ada = store.join(code, "", now=0.0)
    store.ask(code, key, "?", seen=seen(store, code), now=0.0)
    tries: list[Callable[[], object]] = [
        lambda: store.join(code, "ü" * (24 + over), now=0.0),
        lambda: store.remark(code, ada, "ü" * (280 + over), now=0.0),
        lambda: store.answer(code, ada, round=1, vote=1, said="ü" * (2_000 + over), now=0.0),
        lambda: store.ask(code, key, "ü" * 10_000 + "." * over, seen=seen(store, code), now=0.0),
    ]
    for attempt in tries:
        if over:
            with pytest.raises(RoomError, match="shorter"):
                attempt()
        else:
            attempt()


def test_a_code_has_the_signs_that_the_page_promises() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 28
    assert not set(SIGNS) & set("0O1ILAEU")


def _version(store: Database, code: str, now: float) -> int:
    room = store.room(code, now=now)
    assert room is not None
    return room.version
