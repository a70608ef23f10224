"""Short names of addresses of the app, and of nothing else."""

import pytest

from lib.room import RoomError
from lib.room import addresses as module
from lib.room.codes import SIGNS
from lib.room.database import Database

LONG = "/lesson?step=one_outlier&" + "&".join(f"c{i}={i}" for i in range(300))


def test_there_and_back(store: Database) -> None:
    for path in ("/", "/lesson", "/lesson?x=8&y=-0.5", "/lab?name=%C3%BC#top", "/ü?x=ä", LONG):
        short = store.shorten(path, now=0.0)
        assert len(short) == 7
        assert set(short) <= set(SIGNS)
        assert store.address(short) == path
        assert store.address(short.lower()) == path


def test_the_same_address_has_the_same_name(store: Database) -> None:
    names = [store.shorten("/lesson?x=8", now=now) for now in (0.0, 1.0, 2.0)]
    assert len(set(names)) == 1
    assert store.shorten("/lesson?x=9", now=3.0) not in names


def test_addresses_that_would_have_the_same_name(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {0: "BBBBBBB", 1: "CCCCCCC", 2: "DDDDDDD"}
    monkeypatch.setattr(module, "_name", lambda _, attempt: names[attempt])
    shorts = [store.shorten(address, now=0.0) for address in ("/a", "/b", "/c", "/b", "/a")]
    assert shorts == ["BBBBBBB", "CCCCCCC", "DDDDDDD", "CCCCCCC", "BBBBBBB"]
    assert [store.address(short) for short in shorts] == ["/a", "/b", "/c", "/b", "/a"]


NOT_OURS = [
    "",
    "lesson",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "HTTPS:evil.example",
    "javascript:alert(1)",
    " /lesson",
    "/\t/evil.example",
    "/\n/evil.example",
    "/lesson\r\nSet-Cookie: x=y",
    "/les son",
    "/lesson\x00",
    "/lesson\u2028",
    "/lesson\x7f",
    "/\ud800",
    "/\u202elesson",
]


def test_only_addresses_of_this_app(store: Database) -> None:
    for path in NOT_OURS:
        with pytest.raises(RoomError, match="Only addresses of this app"):
            store.shorten(path, now=0.0)


def test_an_address_has_an_end(store: Database) -> None:
    longest = "/" + "x" * 3_999
    assert store.address(store.shorten(longest, now=0.0)) == longest
    with pytest.raises(RoomError, match="4,001 letters"):
        store.shorten(longest + "x", now=0.0)


def test_what_was_never_shortened(store: Database) -> None:
    for short in ("", "BBBBBBB", "BBBBBB", "BBBBBBBB", "'; DROP", "x" * 100_000):
        assert store.address(short) is None


def test_those_that_were_not_used_for_longest_go(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.KEPT == 100_000
    monkeypatch.setattr(module, "KEPT", 3)
    monkeypatch.setattr(module, "CLEARED_EVERY", 1)
    a, b, c = (store.shorten(address, now=now) for now, address in enumerate(["/a", "/b", "/c"]))
    assert store.address(a) == "/a"
    store.shorten("/b", now=3.0)
    assert store.address(a) == "/a"
    d = store.shorten("/d", now=4.0)
    assert [store.address(short) for short in (a, b, c, d)] == ["/a", "/b", None, "/d"]


def test_they_are_cleared_now_and_then(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    monkeypatch.setattr(module, "CLEARED_EVERY", 4)
    there = []
    for now in range(13):
        store.shorten(f"/{now}", now=float(now))
        with store._transactions.reading() as connection:
            (row,) = connection.exec_driver_sql("SELECT count(*) FROM addresses").all()
        there.append(row[0])
    # The first call of a server clears, and every fourth after it
    assert there == [1, 2, 3, 4, 3, 4, 5, 6, 3, 4, 5, 6, 3]
