"""The databases that keep rooms: every test of a store runs on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql_server import fresh_address, running_postgresql

from lib.room.database import Database
from lib.room.model import Keys


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with running_postgresql() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    return fresh_address(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(address: str) -> Iterator[Database]:
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def keys(store: Database) -> Keys:
    """Of a room that was opened at the time 0."""
    return store.open_room(now=0.0)
