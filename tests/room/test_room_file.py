"""The file of SQLite is locked, deleted or replaced while the app goes on."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lib.room import RoomError, connection
from lib.room.database import Database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rooms.sqlite"


@pytest.fixture
def kept(file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


def test_who_stands_behind_a_writer_that_hangs_is_told(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = kept.open_room(now=0.0)
    monkeypatch.setattr(connection, "_WAITS", 0.1)
    with kept._transactions.writing(), ThreadPoolExecutor(3) as pool:
        joining = [pool.submit(kept.join, keys.code, "", now=1.0) for _ in range(3)]
        for each in joining:
            with pytest.raises(RoomError, match="cannot be read or written just now"):
                each.result()
    assert kept.join(keys.code, "", now=2.0)


def test_what_was_waited_for_a_turn_is_not_waited_again_in_sqlite(kept: Database) -> None:
    transactions = kept._transactions
    in_line, waited = threading.Event(), []

    def write() -> None:
        in_line.set()
        with transactions.writing() as writing:
            waited.append(writing.exec_driver_sql("PRAGMA busy_timeout").scalar_one())

    with transactions.writing() as first:
        assert 9_000 < first.exec_driver_sql("PRAGMA busy_timeout").scalar_one() <= 10_000
        second = threading.Thread(target=write)
        second.start()
        assert in_line.wait(10)
        second.join(0.3)
    second.join()
    assert waited[0] <= 9_750
    with transactions.reading() as reading:
        assert reading.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 10_000


def test_others_that_hold_the_file_are_waited_for_by_all_together(
    kept: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = kept.open_room(now=0.0)
    monkeypatch.setattr(connection, "_WAITS", 0.2)
    holding = sqlite3.connect(file, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(5) as pool:
        joining = [pool.submit(kept.join, keys.code, "", now=1.0) for _ in range(5)]
        for each in joining:
            with pytest.raises(RoomError, match="cannot be read or written just now"):
                each.result()
    holding.rollback()
    holding.close()
    assert kept.join(keys.code, "", now=2.0)


def test_a_file_that_was_deleted_is_begun_anew(
    kept: Database, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old = kept.open_room(now=0.0)
    file.unlink()
    with pytest.raises(RoomError, match="There is no class with this code"):
        kept.join(old.code, "", now=1.0)
    assert "deleted or replaced" in caplog.text
    new = kept.open_room(now=2.0)
    device = kept.join(new.code, "Ada", now=3.0)
    other = Database(f"sqlite:///{file}")
    assert other.nickname(new.code, device) == "Ada"
    other.close()


def test_a_file_that_was_deleted_is_not_read_on(kept: Database, file: Path) -> None:
    old = kept.open_room(now=0.0)
    for each in file.parent.iterdir():
        each.unlink()
    assert kept.room(old.code, now=1.0) is None


def test_a_file_that_was_replaced_is_gone_on_with(
    kept: Database, file: Path, tmp_path: Path
) -> None:
    kept.open_room(now=0.0)
    other = Database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    there = other.open_room(now=0.0)
    other.close()
    for each in file.parent.glob("rooms.sqlite*"):
        each.unlink()
    (tmp_path / "other.sqlite").rename(file)
    assert kept.join(there.code, "", now=1.0)


def test_many_who_find_the_file_gone_begin_one_anew(kept: Database, file: Path) -> None:
    kept.open_room(now=0.0)
    file.unlink()
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: kept.open_room(now=1.0).code, range(8)))
    assert all(kept.room(code, now=2.0) for code in opened)


def test_where_no_file_can_be_made_it_is_said(kept: Database, file: Path) -> None:
    kept.open_room(now=0.0)
    for each in file.parent.iterdir():
        each.unlink()
    file.parent.rmdir()
    for attempt in (lambda: kept.open_room(now=1.0), lambda: kept.room("ABCDEF", now=1.0)):
        with pytest.raises(RoomError, match="gone from the app's host"):
            attempt()
    file.parent.mkdir()
    assert kept.open_room(now=2.0)
