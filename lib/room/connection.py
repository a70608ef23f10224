"""A database of either kind, its transactions, and its tables brought up to date."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,
)
from sqlalchemy.pool import QueuePool

from . import schema
from .model import RoomError

_LOG = logging.getLogger(__name__)
_POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
_NOT_NOW = (
    "The database of classes cannot be read or written just now. Nothing that was recorded is "
    "lost: try again in a moment."
)
_WAITS = 10
"""Seconds that a statement waits for another writer, or for a connection."""
# With NORMAL a server that is killed loses nothing, and only a power cut may take the last seconds.
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
_OURS = 0x4845_4154
"""The number of this app's advisory lock on PostgreSQL."""


class Transactions:
    """Transactions that read or write, on SQLite or PostgreSQL.

    address  postgresql://USER:PASSWORD@HOST/NAME, or sqlite:///PATH; sqlite:// is in memory

    Raises a RoomError where the address is none, where nothing answers there, and where a newer
    version of the app has been.
    """

    def __init__(
        self, address: str, migrations: Sequence[schema.Migration] = schema.MIGRATIONS
    ) -> None:
        self._engine = _engine(address)
        self.is_postgresql = self._engine.dialect.name == "postgresql"
        self.file = _file(self._engine.url)
        self._writer = self._engine.execution_options(writes=True)
        # SQLite has one writer at a time. Threads that wait here go on at once; in SQLite they
        # would sleep and try again.
        self._turn = threading.Lock()
        self._moving = threading.Lock()
        self._migrations = migrations
        self._migrate()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self._follow()
        with _sentences(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is recorded when this ends, and undone by whatever is raised."""
        self._follow()
        with self._writing() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.is_postgresql:
            with _sentences(), self._writer.begin() as connection:
                yield connection
        else:
            with (
                _sentences(),
                self._its_turn() as left,
                self._writer.execution_options(waits=left).begin() as connection,
            ):
                yield connection

    @contextmanager
    def _its_turn(self) -> Iterator[float]:
        """One thread writes at a time; yields the seconds that it may still wait in SQLite.

        All in all nobody waits for longer than _WAITS, however many stand in front.
        """
        until = time.monotonic() + _WAITS
        if not self._turn.acquire(timeout=_WAITS):
            raise RoomError(_NOT_NOW)
        try:
            yield max(0.0, until - time.monotonic())
        finally:
            self._turn.release()

    def _follow(self) -> None:
        """Where the file was deleted or replaced under way, begin anew with the one that is there.

        SQLite would go on in the one that was deleted, where nobody finds what it confirms.
        """
        if self.file is None or _identity(self.file) == self._identity:
            return
        with self._moving:
            if _identity(self.file) == self._identity:
                return
            _LOG.error("The file for classes was deleted or replaced: the classes in it are lost.")
            self._engine.dispose()
            try:
                self._migrate()
            except RoomError as error:
                raise RoomError(
                    "The file of classes is gone from the app's host, and no other one can be made "
                    "there: tell whoever hosts the app."
                ) from error

    def alone(self, connection: Connection) -> None:
        """Wait until no other server does what only one may do at a time; until the end of this."""
        if self.is_postgresql:
            connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": _OURS})

    def close(self) -> None:
        self._engine.dispose()

    def _migrate(self) -> None:
        while self._one_up():
            pass
        self._identity = _identity(self.file) if self.file else None

    def _one_up(self) -> bool:
        migrations = self._migrations
        with self._writing() as connection, _tables():
            self.alone(connection)
            present = schema.version(connection)
            if present > len(migrations):
                raise RoomError(
                    f"A newer version of this app has written the database: its tables have "
                    f"version {present}, and this one knows {len(migrations)}. Update the app, "
                    "or give it another database."
                )
            if present == len(migrations):
                return False
            schema.raise_to(connection, present + 1, migrations[present])
            return True


def _engine(address: str) -> Engine:
    try:
        url = make_url(address)
        if url.drivername in _POSTGRESQL:
            return _postgresql(url.set(drivername="postgresql+psycopg"))
        if url.drivername == "sqlite":
            return _sqlite(create_engine(url, hide_parameters=True, **_pool(url)))
    except (ArgumentError, NoSuchModuleError, ValueError):
        pass
    raise RoomError(
        "This is no address of a database for classes. It begins with postgresql:// or sqlite:///."
    )


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=_WAITS,
        connect_args={
            "connect_timeout": _WAITS,
            "tcp_user_timeout": _WAITS * 1000,
            # A pooler such as PgBouncer hands a connection from one client to the next, and what
            # was prepared is not there.
            "prepare_threshold": None,
        },
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAITS}s'")

    return engine


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _file(url: URL) -> Path | None:
    """The file of a database that is one."""
    if url.drivername != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def _pool(url: URL) -> dict[str, Any]:
    """In memory there is one connection, which all wait for: another would see another memory."""
    if _file(url):
        return {"pool_timeout": _WAITS}
    return {
        "poolclass": QueuePool,
        "pool_size": 1,
        "max_overflow": 0,
        "pool_timeout": _WAITS,
        "connect_args": {"check_same_thread": False},
    }


def _sqlite(engine: Engine) -> Engine:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # Transactions begin where we say so
        for pragma in (_busy_timeout(_WAITS), *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        waits = _busy_timeout(options.get("waits", _WAITS))
        connection.exec_driver_sql(f"PRAGMA {waits}").close()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")

    return engine


def _busy_timeout(seconds: float) -> str:
    return f"busy_timeout={round(seconds * 1000)}"


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, InternalError, TimeoutError) as error:
        _LOG.warning("The database of classes: %s", error)
        raise RoomError(_NOT_NOW) from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:  # What is more special is a fault of ours
            raise
        raise RoomError(
            "The file for classes is damaged, or no database: give the app another one."
        ) from error


@contextmanager
def _tables() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise RoomError(
            "The tables for classes could not be made in this database. Give the app one that is "
            "its own, with the right to make tables."
        ) from error
