"""Many at once: no answer lost, none twice, and no server that undoes what another did."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import psycopg
import pytest
from postgresql_server import fresh_address
from room_seen import seen

from lib.room import Keys, Phase, RoomError, Standing, connection
from lib.room import database as limits
from lib.room.database import Database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def replica(store: Database, address: str) -> Iterator[Database]:
    """Another server on the same database."""
    database = Database(address)
    yield database
    database.close()


def at_once(tasks: list[Callable[[], object]]) -> list[bool]:
    """Begin all tasks together; which of them were not refused."""
    gate = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> bool:
        gate.wait()
        try:
            task()
        except RoomError:
            return False
        return True

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def answering(
    store: Database, code: str, device: str, said: str, vote: int = 1
) -> Callable[[], object]:
    return lambda: store.answer(code, device, round=1, vote=vote, said=said, now=3.0)


def test_two_hundred_answer_at_once(store: Database, replica: Database, keys: Keys) -> None:
    devices = [store.join(keys.code, "", now=1.0) for _ in range(200)]
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=2.0)
    assert all(
        at_once(
            [
                answering((store, replica)[place % 2], keys.code, device, str(place))
                for place, device in enumerate(devices)
            ]
        )
    )
    for server in (store, replica):
        answers = server.answers(keys.code, round=1)
        assert len(answers) == 200
        assert {answer.device: answer.said for answer in answers} == {
            device: str(place) for place, device in enumerate(devices)
        }


def test_one_device_answers_often_at_once_and_counts_once(
    store: Database, replica: Database, keys: Keys
) -> None:
    device = store.join(keys.code, "", now=1.0)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=2.0)
    tries = [
        answering((store, replica)[each % 2], keys.code, device, str(each)) for each in range(20)
    ]
    assert all(at_once(tries))
    (answer,) = store.answers(keys.code, round=1)
    assert answer.said in {str(each) for each in range(20)}


def test_whoever_was_not_refused_is_counted_when_a_vote_is_closed(
    store: Database, replica: Database, keys: Keys
) -> None:
    devices = [store.join(keys.code, "", now=1.0) for _ in range(40)]
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=2.0)
    counted: list[int] = []

    def close() -> None:
        replica.turn(keys.code, keys.key, Phase.CLOSED, seen=seen(store, keys.code), now=3.0)
        counted.append(len(replica.answers(keys.code, round=1)))

    *taken, closed = at_once(
        [*(answering(store, keys.code, device, "up") for device in devices), close]
    )
    assert closed
    answered = {answer.device for answer in store.answers(keys.code, round=1)}
    assert answered == {device for device, was in zip(devices, taken, strict=True) if was}
    # None came after what the instructor saw when she had closed it
    assert counted == [len(answered)]


def test_a_vote_is_closed_when_the_answers_under_way_are_in(
    store: Database, replica: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One answer has found the vote open and is not yet recorded when the instructor closes it."""
    device = store.join(keys.code, "", now=1.0)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=2.0)
    under_way, go_on = Event(), Event()
    present = limits._present

    def slow(*given: Any) -> Any:
        found = present(*given)
        if not under_way.is_set():
            under_way.set()
            assert go_on.wait(10)
        return found

    def close() -> int:
        replica.turn(keys.code, keys.key, Phase.CLOSED, seen=seen(store, keys.code), now=3.0)
        return len(replica.answers(keys.code, round=1))

    monkeypatch.setattr(limits, "_present", slow)
    with ThreadPoolExecutor(2) as pool:
        answered = pool.submit(answering(store, keys.code, device, "up"))
        assert under_way.wait(10)
        counted = pool.submit(close)
        # Long enough for a close that does not wait; one that waits is not done before the answer
        wait([counted], timeout=0.3)
        go_on.set()
        answered.result()
        assert counted.result() == 1


def test_no_more_come_in_than_have_a_place(
    store: Database, replica: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DEVICES", 10)
    come = [
        lambda server=server: server.join(keys.code, "", now=1.0)
        for server in (store, replica) * 10
    ]
    assert sum(at_once(come)) == 10
    room = store.room(keys.code, now=1.0)
    assert room is not None
    assert room.joined == 10


def test_no_more_rooms_open_than_there_is_place_for(
    store: Database, replica: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPEN_ROOMS", 5)
    opened = [lambda server=server: server.open_room(now=1.0) for server in (store, replica) * 10]
    assert sum(at_once(opened)) == 5


def test_of_two_desks_that_ask_at_once_one_does(
    store: Database, replica: Database, keys: Keys
) -> None:
    asked = [
        lambda server=server, place=place: server.ask(
            keys.code, keys.key, str(place), seen=None, now=1.0
        )
        for place, server in enumerate((store, replica) * 5)
    ]
    taken = at_once(asked)
    assert sum(taken) == 1
    (round,) = replica.rounds(keys.code)
    assert (round.number, round.asked) == (1, str(taken.index(True)))
    room = store.room(keys.code, now=1.0)
    assert room is not None
    assert room.version == 2


def test_of_two_desks_one_votes_again_and_none_reveals_what_nobody_has_seen(
    store: Database, replica: Database, keys: Keys
) -> None:
    store.ask(keys.code, keys.key, "?", seen=None, now=1.0)
    store.turn(keys.code, keys.key, Phase.SHOWN, seen=seen(store, keys.code), now=2.0)
    on_both = seen(replica, keys.code)
    again, revealed = at_once(
        [
            lambda: store.vote_again(keys.code, keys.key, seen=on_both, now=3.0),
            lambda: replica.turn(keys.code, keys.key, Phase.REVEALED, seen=on_both, now=3.0),
        ]
    )
    (round,) = store.rounds(keys.code)
    assert again != revealed
    assert (round.vote, round.phase) == ((2, Phase.OPEN) if again else (1, Phase.REVEALED))


def test_free_questions_at_once_have_numbers_of_their_own(
    store: Database, replica: Database, keys: Keys
) -> None:
    devices = [store.join(keys.code, "", now=1.0) for _ in range(20)]
    remarks = [
        lambda server=(store, replica)[place % 2], device=device: server.remark(
            keys.code, device, "Why?", now=1.0
        )
        for place, device in enumerate(devices)
    ]
    assert all(at_once(remarks))
    assert [remark.number for remark in store.remarks(keys.code)] == list(range(1, 21))


def test_two_servers_are_one_room(store: Database, replica: Database, keys: Keys) -> None:
    ada = store.join(keys.code, "Ada", now=1.0)
    replica.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=2.0)
    store.answer(keys.code, ada, round=1, vote=1, said="up", now=3.0)
    replica.turn(keys.code, keys.key, Phase.SHOWN, seen=seen(store, keys.code), now=4.0)
    store.remark(keys.code, ada, "Why?", now=5.0)
    replica.settle(keys.code, keys.key, 1, Standing.THROUGH, seen=Standing.WAITING, now=6.0)
    store.vote_again(keys.code, keys.key, seen=seen(store, keys.code), now=7.0)
    replica.answer(keys.code, ada, round=1, vote=2, said="down", now=8.0)
    assert store.room(keys.code, now=9.0) == replica.room(keys.code, now=9.0)
    assert store.said(keys.code, ada, round=1) == {1: "up", 2: "down"}
    assert replica.nickname(keys.code, ada) == "Ada"
    replica.end(keys.code, keys.key, now=10.0)
    with pytest.raises(RoomError, match="This class is over"):
        store.answer(keys.code, ada, round=1, vote=2, said="up", now=11.0)


def test_servers_that_start_at_once_make_the_tables_once(address: str) -> None:
    stores: list[Database] = []
    assert all(at_once([lambda: stores.append(Database(address))] * 6))
    keys = stores[0].open_room(now=0.0)
    assert all(store.room(keys.code, now=0.0) for store in stores)
    for store in stores:
        store.close()


def test_a_server_that_is_killed_has_lost_no_answer(
    store: Database, address: str, keys: Keys
) -> None:
    device = store.join(keys.code, "", now=1.0)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=2.0)
    program = """
import os, signal, sys
from lib.room.database import Database
address, code, device = sys.argv[1:]
Database(address).answer(code, device, round=1, vote=1, said="up", now=3.0)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run(
        [sys.executable, "-c", program, address, keys.code, device], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert store.said(keys.code, device, round=1) == {1: "up"}


def test_a_server_that_hangs_does_not_hang_the_others(
    store: Database, address: str, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_WAITS", 1)
    other = Database(address)
    device = store.join(keys.code, "", now=1.0)
    with store._transactions.writing() as hanging:
        hanging.exec_driver_sql("UPDATE rooms SET version = version + 1")
        with pytest.raises(RoomError, match="cannot be read or written just now"):
            other.join(keys.code, "", now=2.0)
    assert other.nickname(keys.code, device) == ""
    assert other.join(keys.code, "", now=3.0)
    other.close()


def test_connections_that_the_database_has_cut_are_made_again(postgresql: str) -> None:
    store = Database(fresh_address(postgresql))
    keys = store.open_room(now=0.0)
    with psycopg.connect(postgresql, autocommit=True) as cutting:
        cutting.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
    assert store.room(keys.code, now=1.0)
    store.close()
