"""Tables of an older version are brought up to date, those of a newer one are left alone."""

from pathlib import Path

import pytest
from postgresql_server import fresh_address
from sqlalchemy import text

from lib.room import RoomError
from lib.room.connection import Transactions
from lib.room.database import Database
from lib.room.schema import MIGRATIONS, Migration

FIRST = MIGRATIONS[:1]
WITH_TITLES: tuple[Migration, ...] = (
    *FIRST,
    (
        "ALTER TABLE rooms ADD COLUMN title TEXT NOT NULL DEFAULT ''",
        "UPDATE rooms SET title = code",
    ),
)
BROKEN: tuple[Migration, ...] = (*FIRST, ("DELETE FROM rooms", "ALTER TABLE nothing ADD x TEXT"))


def a_room(address: str) -> str:
    """The tables of the first version, and a room in them."""
    transactions = Transactions(address, FIRST)
    with transactions.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO rooms VALUES ('ABCDEF', 'digest', 0.0, 9.0, FALSE, FALSE, 1, 0, 0, 0)"
            )
        )
    transactions.close()
    return "ABCDEF"


def test_older_tables_are_raised_and_keep_what_is_in_them(address: str) -> None:
    code = a_room(address)
    for _ in range(2):  # The second time there is nothing to do
        transactions = Transactions(address, WITH_TITLES)
        with transactions.reading() as connection:
            assert connection.execute(text("SELECT code, title FROM rooms")).all() == [(code, code)]
            assert connection.execute(text("SELECT version FROM schema_version")).all() == [(2,)]
        transactions.close()


def test_newer_tables_are_refused_and_not_touched(address: str) -> None:
    code = a_room(address)
    Transactions(address, WITH_TITLES).close()
    with pytest.raises(RoomError, match="version 2, and this one knows 1"):
        Transactions(address, FIRST)
    transactions = Transactions(address, WITH_TITLES)
    with transactions.reading() as connection:
        assert connection.execute(text("SELECT title FROM rooms")).scalar() == code
    transactions.close()


def test_what_cannot_be_raised_stays_as_it_was(address: str) -> None:
    code = a_room(address)
    with pytest.raises(RoomError):
        Transactions(address, BROKEN)
    transactions = Transactions(address, FIRST)
    with transactions.reading() as connection:
        assert connection.execute(text("SELECT code FROM rooms")).scalar() == code
    transactions.close()


def test_the_database_of_another_app(address: str) -> None:
    transactions = Transactions(address, [("CREATE TABLE rooms (beds INTEGER)",)])
    with transactions.writing() as connection:
        connection.execute(text("DELETE FROM schema_version"))
    transactions.close()
    with pytest.raises(RoomError, match="Give the app one that is its own"):
        Database(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rooms.sqlite",
        "mysql://root:secret@host/rooms",
        "://",
        "postgresql://x:secret@host:port/y",
    ],
)
def test_what_is_no_address_is_said_without_its_password(address: str) -> None:
    with pytest.raises(RoomError, match="This is no address of a database") as refused:
        Database(address)
    assert "secret" not in str(refused.value)


def test_nothing_answers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RoomError, match="cannot be read or written just now"):
        Database(f"postgresql://ada:secret@/rooms?host={tmp_path}")
    with pytest.raises(RoomError, match="cannot be read or written just now"):
        Database(f"sqlite:///{tmp_path / 'missing' / 'rooms.sqlite'}")
    assert "secret" not in caplog.text


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "rooms.sqlite"
    file.write_text("Dear diary, " * 1_000)
    with pytest.raises(RoomError, match="is damaged, or no database"):
        Database(f"sqlite:///{file}")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_as_hosts_write_them(postgresql: str, scheme: str) -> None:
    store = Database(fresh_address(postgresql).replace("postgresql", scheme, 1))
    assert store.open_room(now=0.0)
    store.close()
