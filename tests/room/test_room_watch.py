"""A watch asks the store once a second for all who look."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from room_seen import seen

from lib.room import Keys, Phase, Remark, Room, RoomError
from lib.room.database import Database
from lib.room.watch import Watch


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Counting:
    """A store that counts how often it is asked, and does something before it answers."""

    def __init__(self, store: Database, before: Callable[[], object] = lambda: None) -> None:
        self.store = store
        self.before = before
        self.asked: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        def ask(*given: Any, **named: Any) -> Any:
            self.asked[name] += 1
            self.before()
            return getattr(self.store, name)(*given, **named)

        return ask


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asked(store: Database, clock: Clock) -> Keys:
    """A room in which one device has answered the first question and asked one back."""
    keys = store.open_room(now=clock.now)
    device = store.join(keys.code, "Ada", now=clock.now)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=clock.now)
    store.answer(keys.code, device, round=1, vote=1, said="up", now=clock.now)
    store.remark(keys.code, device, "Why?", now=clock.now)
    return keys


def test_it_sees_what_the_store_has(store: Database, asked: Keys, clock: Clock) -> None:
    watch = Watch(store, clock=clock)
    assert watch.room(asked.code) == store.room(asked.code, now=clock.now)
    assert watch.answers(asked.code, 1) == store.answers(asked.code, round=1)
    assert watch.answers(asked.code, 2) == []
    assert watch.remarks(asked.code) == store.remarks(asked.code)
    assert watch.room("XXXXXX") is None


def test_it_reads_again_after_a_second(store: Database, asked: Keys, clock: Clock) -> None:
    counting = Counting(store)
    watch = Watch(counting, clock=clock)
    for step in (0.0, 0.5, 0.4999):
        clock.now += step
        for typed in (asked.code, asked.code.lower()):
            watch.room(typed)
            watch.answers(typed, 1)
            watch.remarks(typed)
    assert counting.asked == {"room": 1, "answers": 1, "remarks": 1}
    store.turn(asked.code, asked.key, Phase.CLOSED, seen=seen(store, asked.code), now=clock.now)
    assert _phase(watch, asked) is Phase.OPEN
    clock.now += 0.001
    assert _phase(watch, asked) is Phase.CLOSED
    assert counting.asked == {"room": 2, "answers": 1, "remarks": 1}


def test_a_clock_that_is_set_back_hides_nothing(store: Database, asked: Keys, clock: Clock) -> None:
    watch = Watch(store, clock=clock)
    watch.room(asked.code)
    store.turn(asked.code, asked.key, Phase.CLOSED, seen=seen(store, asked.code), now=clock.now)
    clock.now -= 500.0
    assert _phase(watch, asked) is Phase.CLOSED


def test_a_local_change_is_seen_at_once(store: Database, asked: Keys, clock: Clock) -> None:
    other = store.open_room(now=clock.now)
    counting = Counting(store)
    watch = Watch(counting, clock=clock)
    watch.room(asked.code)
    watch.room(other.code)
    store.turn(asked.code, asked.key, Phase.SHOWN, seen=seen(store, asked.code), now=clock.now)
    watch.forget(asked.code.lower())
    assert _phase(watch, asked) is Phase.SHOWN
    watch.room(other.code)
    assert counting.asked["room"] == 3


def test_a_change_during_a_look_is_seen_by_the_next(
    store: Database, asked: Keys, clock: Clock
) -> None:
    """Whoever looks after `forget` does not get what was read before it."""
    reading, changed = threading.Event(), threading.Event()

    class Slow:
        def room(self, code: str, *, now: float) -> Room | None:
            found = store.room(code, now=now)
            reading.set()
            assert changed.wait(10)
            return found

    watch = Watch(Slow(), clock=clock)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as pool:
        before = pool.submit(watch.room, asked.code)
        assert reading.wait(10)
        store.turn(asked.code, asked.key, Phase.SHOWN, seen=seen(store, asked.code), now=clock.now)
        watch.forget(asked.code)
        changed.set()
        assert _phase(watch, asked) is Phase.SHOWN
        assert before.result() is not None
        assert _phase(watch, asked) is Phase.SHOWN


def test_one_looks_while_the_others_wait(store: Database, asked: Keys, clock: Clock) -> None:
    counting = Counting(store, before=lambda: time.sleep(0.1))
    watch = Watch(counting, clock=clock)
    gate = threading.Barrier(50)

    def look(_: int) -> Room | None:
        gate.wait()
        return watch.room(asked.code)

    with ThreadPoolExecutor(50) as pool:
        found = set(pool.map(look, range(50)))
    assert found == {store.room(asked.code, now=clock.now)}
    assert counting.asked == {"room": 1}


def test_a_room_that_is_slow_holds_up_no_other(clock: Clock) -> None:
    held, looked = threading.Event(), threading.Event()

    class OneIsSlow:
        def remarks(self, code: str) -> Sequence[Remark]:
            if code == "BBBBBB":
                looked.set()
                assert held.wait(10)
            return []

    watch = Watch(OneIsSlow(), clock=clock)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(watch.remarks, "BBBBBB")
        assert looked.wait(10)
        assert watch.remarks("CCCCCC") == []
        assert not slow.done()
        held.set()
        assert slow.result() == []


def test_what_cannot_be_read_is_not_tried_by_each(clock: Clock) -> None:
    tries = Counter[str]()

    class Down:
        def remarks(self, _: str) -> Sequence[Remark]:
            tries["remarks"] += 1
            raise RoomError("Not now.")

    watch = Watch(Down(), clock=clock)  # type: ignore[arg-type]
    for _ in range(3):
        with pytest.raises(RoomError, match=r"Not now\."):
            watch.remarks("BBBBBB")
    assert tries["remarks"] == 1
    clock.now += 1.0
    with pytest.raises(RoomError):
        watch.remarks("BBBBBB")
    assert tries["remarks"] == 2


def test_it_remembers_no_more_than_it_may(store: Database, asked: Keys, clock: Clock) -> None:
    counting = Counting(store)
    watch = Watch(counting, clock=clock)
    watch.room(asked.code)
    for number in range(2_500):
        watch.answers(asked.code, number + 1_000)
    watch.room(asked.code)
    assert counting.asked["room"] == 2
    assert len(watch._glances) == 2_000


def _phase(watch: Watch, keys: Keys) -> Phase:
    room = watch.room(keys.code)
    assert room is not None
    assert room.round is not None
    return room.round.phase
