"""Wrong codes slow down, and no number of sessions guesses faster than the server lets it."""

from concurrent.futures import ThreadPoolExecutor
from math import inf

import pytest

from lib.room import RoomError
from lib.room import throttle as rates
from lib.room.codes import SIGNS
from lib.room.database import HOURS, MOST_HOURS, OPEN_ROOMS
from lib.room.throttle import WRONG_A_MINUTE, WRONG_ON_SERVER, Limit, Limits, Throttle


def tries(
    throttle: Throttle, session: str, now: float, found: str | None = None, address: str = ""
) -> bool:
    """Whether a code was looked up."""
    looked: list[float] = []

    def find() -> str | None:
        looked.append(now)
        return found

    if looks_up(throttle, session, now, find, address):
        assert looked == [now]
        return True
    assert looked == []
    return False


def looks_up(throttle: Throttle, session: str, now: float, find: object, address: str) -> bool:
    try:
        throttle.look_up(session, find, now=now, address=address)  # type: ignore[arg-type]
    except RoomError:
        return False
    return True


def test_a_session_waits_twice_as_long_after_each_wrong_code() -> None:
    throttle = Throttle()
    now, waits = 0.0, []
    for _ in range(9):
        assert tries(throttle, "ada", now)
        begin = now
        while not tries(throttle, "ada", now + 1.0, found="a room"):
            now += 1.0
        now += 1.0
        waits.append(now - begin)
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


def test_a_session_that_rests_begins_anew() -> None:
    throttle = Throttle()
    now = 0.0
    for wait in (1.0, 2.0, 4.0, 8.0):
        assert tries(throttle, "ada", now)
        now += wait
    now += 601.0
    assert tries(throttle, "ada", now)
    assert not tries(throttle, "ada", now + 0.9)
    assert tries(throttle, "ada", now + 1.0)


def test_one_who_errs_holds_up_no_other() -> None:
    throttle = Throttle()
    for now in (0.0, 1.0, 3.0):
        assert tries(throttle, "ada", now)
    assert not tries(throttle, "ada", 4.0)
    assert tries(throttle, "bob", 4.0)


def test_right_codes_are_not_counted() -> None:
    throttle = Throttle(on_server=3)
    for number in range(1_000):
        assert tries(throttle, f"session {number}", 0.0, found="a room")


def test_many_sessions_of_an_address_guess_no_faster_and_hold_up_no_other() -> None:
    """An hour of guessing, a fresh session for each code."""
    throttle = Throttle()
    looked = 0
    for number in range(36_000):
        looked += tries(throttle, f"session {number}", number / 10.0, address="192.0.2.1")
        if number % 600 == 0:
            assert tries(throttle, f"class {number}", number / 10.0, "a room", "192.0.2.2")
            assert tries(throttle, f"unknown {number}", number / 10.0, "a room")
    assert WRONG_A_MINUTE * 60 - 60 <= looked <= WRONG_A_MINUTE * 60 + WRONG_A_MINUTE


def test_many_addresses_together_guess_no_faster() -> None:
    """Ten minutes of guessing, a fresh address for each code."""
    throttle = Throttle()
    looked = sum(
        tries(throttle, f"session {number}", number / 50.0, address=f"address {number}")
        for number in range(30_000)
    )
    assert WRONG_ON_SERVER * 10 - 60 <= looked <= WRONG_ON_SERVER * 10 + WRONG_ON_SERVER


def test_many_at_the_same_time_are_no_more() -> None:
    throttle = Throttle(on_server=10)
    with ThreadPoolExecutor(40) as pool:
        looked = pool.map(lambda each: tries(throttle, f"session {each}", 0.0), range(200))
    assert sum(looked) == 10


def test_the_wait_is_said() -> None:
    throttle = Throttle(on_server=6)
    for number in range(6):
        tries(throttle, f"session {number}", 0.0)
    with pytest.raises(RoomError, match=r"Many wrong codes .* Wait 10 seconds, then try again\."):
        throttle.look_up("ada", lambda: "a room", now=0.5)
    with pytest.raises(RoomError, match=r"Wait 1 second, then try again\."):
        throttle.look_up("ada", lambda: "a room", now=9.5)
    assert tries(throttle, "ada", 10.0, found="a room")


def test_a_database_that_does_not_answer_is_no_wrong_code() -> None:
    throttle = Throttle(on_server=1)

    def fails() -> str:
        raise RoomError("Not now.")

    for _ in range(5):
        with pytest.raises(RoomError, match="Not now"):
            throttle.look_up("ada", fails, now=0.0)
    assert tries(throttle, "ada", 0.0)


def test_the_time_that_guessing_takes_is_as_documented() -> None:
    codes = len(SIGNS) ** 6
    tries_for_one = codes / OPEN_ROOMS
    days = tries_for_one / WRONG_A_MINUTE / 60 / 24
    hours = tries_for_one / WRONG_ON_SERVER / 60
    words = " ".join(str(Throttle.__doc__).split())
    assert f"{codes:,}" in words
    assert f"one in {tries_for_one:,.0f} tries is right" in words
    assert f"that is {days:.0f} days of guessing" in words
    assert f"{OPEN_ROOMS} classes open" in words
    assert f"it is {hours:.0f} hours" in words
    assert hours > MOST_HOURS
    assert f"longer than {MOST_HOURS:.0f} hours" in words
    assert f"With 5 classes open it is {hours * OPEN_ROOMS / 5 / 24:.0f} days" in words
    years = codes**2 / OPEN_ROOMS / 1_000 / 3600 / 24 / 365
    assert f"in {years:,.0f} years" in words


def test_a_limit_over_a_long_time() -> None:
    limit = Limit(burst=5, a_minute=12)
    taken = [second for second in range(600) if limit.take(now=float(second))]
    assert taken[:5] == [0, 1, 2, 3, 4]
    # 5 at the beginning, and one every 5 seconds
    assert len(taken) == 5 + 599 // 5


def test_a_limit_does_not_grow_when_nobody_takes() -> None:
    limit = Limit(burst=2, a_minute=60)
    assert [limit.take(now=1e9) for _ in range(3)] == [True, True, False]
    assert [limit.take(now=2e9) for _ in range(3)] == [True, True, False]


def test_a_limit_takes_no_harm_from_a_clock_that_is_set_back() -> None:
    limit = Limit(burst=1, a_minute=60)
    assert limit.take(now=100.0)
    assert not limit.take(now=50.0)
    assert limit.wait(now=50.0) < inf
    assert limit.take(now=101.0)


def test_each_name_has_a_limit_of_its_own() -> None:
    limits = Limits(burst=2, a_minute=6, said="Full.")
    for name in ("ada", "bob"):
        limits.take(name, now=0.0)
        limits.take(name, now=0.0)
        with pytest.raises(RoomError, match=r"^Full\. Wait 10 seconds, then try again\.$"):
            limits.take(name, now=0.0)
    limits.give_back("ada")
    limits.take("ada", now=0.0)
    with pytest.raises(RoomError, match="Full"):
        limits.take("bob", now=0.0)


def test_names_beyond_number_are_forgotten_and_who_is_here_is_not() -> None:
    limits = Limits(burst=1, a_minute=1)
    limits.take("ada", now=0.0)
    for number in range(9_999):
        limits.take(f"name {number}", now=0.0)
    with pytest.raises(RoomError):
        limits.take("ada", now=0.0)
    limits.take("one more", now=0.0)
    assert len(limits._limits) == 10_000
    with pytest.raises(RoomError):
        limits.take("ada", now=0.0)


def test_one_address_does_not_open_all_rooms_that_there_may_be() -> None:
    opened = rates.ROOMS_OF_ADDRESS_AT_ONCE + rates.ROOMS_OF_ADDRESS_A_MINUTE * 60 * HOURS
    assert opened == 270
    assert opened < OPEN_ROOMS == 500
