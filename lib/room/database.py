"""Rooms in a database: SQLite or PostgreSQL."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Row, text

from .addresses import KEPT, Addresses
from .codes import (
    device_of,
    digest,
    is_same,
    is_secret,
    new_code,
    new_secret,
    read_code,
    ticket_of,
)
from .connection import Transactions
from .model import Answer, Keys, Phase, Remark, Room, RoomError, Round, Standing
from .plain import is_storable, plain

HOURS, MOST_HOURS = 4.0, 12.0
"""How long a room is open, and how long it may be."""
KEPT_HOURS = 24.0
"""How long what was said is kept after the end: for the digest."""
OPEN_ROOMS = 500
DEVICES = 1_000
ROUNDS = 200
NICKNAME = 24
REMARK = 280
REMARKS_A_MINUTE = 3
REMARKS_WAITING = 500
_NO_REMARK = "This question is not in the class: look at the list once more."
ASKED_BYTES = 20_000
SAID = 2_000

_HOUR = 3600.0


class Database:
    """The store of rooms, in SQLite or PostgreSQL. Many threads and many servers may share one.

    address  postgresql://USER:PASSWORD@HOST/NAME, or sqlite:///PATH; sqlite:// is in memory

    Raises a RoomError where the address is none, where nothing answers there, and where a newer
    version of the app has been.

    >>> store = Database("sqlite://")
    >>> keys = store.open_room(now=0.0)
    >>> ada = store.join(keys.code, "Ada", now=1.0)
    >>> store.ask(keys.code, keys.key, "Which way?", seen=None, now=2.0)
    >>> store.answer(keys.code, ada, round=1, vote=1, said="down", now=3.0)
    >>> [answer.said for answer in store.answers(keys.code, round=1)]
    ['down']
    """

    def __init__(self, address: str) -> None:
        self._transactions = Transactions(address)
        self._addresses = Addresses(self._transactions)

    @property
    def survives(self) -> str:
        """What becomes of rooms when the app or its host starts again: one sentence."""
        if self._transactions.is_postgresql:
            return (
                "Classes are kept in a PostgreSQL database: they go on where they were when the "
                "app or its host starts again."
            )
        file = self._transactions.file
        if file is None:
            return "Classes are kept in memory alone: when the app starts again, they are gone."
        if file.is_relative_to(tempfile.gettempdir()):
            return (
                "Classes are kept in a temporary file on the app's host: they go on where they "
                "were when the app starts again, and are gone when the host clears such files."
            )
        return (
            "Classes are kept in a file on the app's host: they go on where they were when the app "
            "starts again, and are gone where its host begins with an empty disk."
        )

    @property
    def lasting(self) -> str:
        """How long a short address works: one sentence."""
        if self._transactions.file is None and not self._transactions.is_postgresql:
            return "The short address works until the app starts again: it is kept in memory alone."
        return (
            "The short address works until the database of this host is emptied, or until "
            f"{KEPT:,} others have been used since."
        )

    def close(self) -> None:
        """Give back all connections."""
        self._transactions.close()

    def open_room(self, *, now: float, hours: float = HOURS) -> Keys:
        if not 0 < hours <= MOST_HOURS:
            raise RoomError(
                f"Choose more than 0 and at most {MOST_HOURS:.0f} hours: no class is open longer."
            )
        keys = Keys(code=new_code(), key=new_secret())
        with self._transactions.writing() as connection:
            self._transactions.alone(connection)
            _run(connection, "DELETE FROM rooms WHERE ends < :then", then=now - KEPT_HOURS * _HOUR)
            count = _run(
                connection, "SELECT count(*) FROM rooms WHERE NOT ended AND ends > :now", now=now
            ).scalar_one()
            if count >= OPEN_ROOMS:
                raise RoomError(
                    f"{OPEN_ROOMS} classes are open here, and no more fit. Try again when one has "
                    "ended: none is open for longer than "
                    f"{MOST_HOURS:.0f} hours."
                )
            while _run(
                connection, "SELECT 1 FROM rooms WHERE code = :code", code=keys.code
            ).scalar():
                keys = Keys(code=new_code(), key=keys.key)
            _run(
                connection,
                """
                INSERT INTO rooms (code, key_digest, opened, ends, ended, locked,
                                   version, joined, rounds, remarks)
                VALUES (:code, :key_digest, :now, :ends, FALSE, FALSE, 1, 0, 0, 0)
                """,
                code=keys.code,
                key_digest=digest(keys.key),
                now=now,
                ends=now + hours * _HOUR,
            )
        return keys

    def room(self, code: str, *, now: float) -> Room | None:
        with self._transactions.reading() as connection:
            found = _run(
                connection,
                """
                SELECT rooms.*, number, asked, vote, phase, at
                FROM rooms LEFT JOIN rounds
                ON rounds.code = rooms.code AND rounds.number = rooms.rounds
                WHERE rooms.code = :code AND ends >= :then
                """,
                code=read_code(code),
                then=now - KEPT_HOURS * _HOUR,
            ).one_or_none()
        if found is None:
            return None
        is_ended = _is_ended(found, now)
        return Room(
            code=found.code,
            ticket=ticket_of(found.key_digest),
            opened=found.opened,
            ends=found.ends,
            # A room that ends by its time changes once more, and nobody writes that down.
            version=found.version + is_ended,
            is_locked=bool(found.locked),
            is_ended=is_ended,
            joined=found.joined,
            round=None if found.number is None else _round(found),
        )

    def is_instructor(self, code: str, key: str) -> bool:
        with self._transactions.reading() as connection:
            kept = _run(
                connection, "SELECT key_digest FROM rooms WHERE code = :code", code=read_code(code)
            ).scalar()
        return kept is not None and is_same(key, kept)

    def join(self, code: str, nickname: str, *, browser: str = "", now: float) -> str:
        nickname = plain(nickname)
        if len(nickname) > NICKNAME:
            raise RoomError(
                f"A nickname has at most {NICKNAME} letters: choose a shorter one, or none."
            )
        with self._open_room(code, now) as (connection, room):
            device = device_of(browser, room.code) if is_secret(browser) else new_secret()
            if _nickname(connection, room.code, device) is not None:
                return device
            if room.locked:
                raise RoomError(
                    "The door of this class is locked. Ask your instructor to open it for you."
                )
            if room.joined >= DEVICES:
                raise RoomError(
                    f"This class is full: {DEVICES:,} devices are in it. Look on with a neighbour."
                )
            _run(
                connection,
                "UPDATE rooms SET joined = joined + 1 WHERE code = :code",
                code=room.code,
            )
            _run(
                connection,
                "INSERT INTO devices (code, device, nickname) VALUES (:code, :device, :nickname)",
                code=room.code,
                device=device,
                nickname=nickname,
            )
        return device

    def nickname(self, code: str, device: str) -> str | None:
        with self._transactions.reading() as connection:
            return _nickname(connection, read_code(code), device)

    def answer(
        self, code: str, device: str, *, round: int, vote: int, said: str, now: float
    ) -> None:
        if len(said) > SAID:
            raise RoomError(
                f"An answer has at most {SAID:,} letters, and this one has {len(said):,}: "
                "make it shorter."
            )
        if not is_storable(said):
            raise RoomError("This answer holds a sign that cannot be kept: answer once more.")
        with self._open_room(code, now, shared=True) as (connection, room):
            _known(connection, room, device)
            if round != room.rounds:
                raise RoomError(
                    "The class has gone on: this question is no longer asked. Answer the one that "
                    "is on your screen now."
                )
            present = _present(connection, room)
            if (vote, present.vote) == (1, 2):
                raise RoomError(
                    "The class votes for the second time now. Answer the question once more."
                )
            if vote != present.vote:
                raise RoomError("This vote is not open: answer the one that is on your screen now.")
            if present.phase is not Phase.OPEN:
                raise RoomError(
                    "The vote was closed before your answer came. The next question will be yours."
                )
            _run(
                connection,
                """
                INSERT INTO answers (code, round, vote, device, said, at)
                VALUES (:code, :round, :vote, :device, :said, :now)
                ON CONFLICT (code, round, vote, device)
                DO UPDATE SET said = excluded.said, at = excluded.at
                """,
                code=room.code,
                round=round,
                vote=vote,
                device=device,
                said=said,
                now=now,
            )

    def said(self, code: str, device: str, *, round: int) -> dict[int, str]:
        if not is_secret(device) or not _is_round(round):
            return {}
        with self._transactions.reading() as connection:
            found = _run(
                connection,
                """
                SELECT vote, said FROM answers
                WHERE code = :code AND round = :round AND device = :device ORDER BY vote
                """,
                code=read_code(code),
                round=round,
                device=device,
            )
            return {row.vote: row.said for row in found}

    def answers(self, code: str, *, round: int) -> Sequence[Answer]:
        """All answers of a round, by vote, and within it in the order in which they came."""
        if not _is_round(round):
            return []
        with self._transactions.reading() as connection:
            found = _run(
                connection,
                """
                SELECT round, vote, device, said, at FROM answers
                WHERE code = :code AND round = :round ORDER BY vote, at, device
                """,
                code=read_code(code),
                round=round,
            )
            return [Answer(**row._mapping) for row in found]

    def rounds(self, code: str) -> Sequence[Round]:
        with self._transactions.reading() as connection:
            found = _run(
                connection,
                """
                SELECT number, asked, vote, phase, at FROM rounds
                WHERE code = :code ORDER BY number
                """,
                code=read_code(code),
            )
            return [_round(row) for row in found]

    def ask(self, code: str, key: str, asked: str, *, seen: Round | None, now: float) -> None:
        if not is_storable(asked):
            raise RoomError("This question holds a sign that cannot be kept: type it once more.")
        if len(asked.encode()) > ASKED_BYTES:
            raise RoomError(
                f"This question takes {len(asked.encode()):,} bytes, and {ASKED_BYTES:,} are the "
                "most: make its text shorter or its heatmap smaller."
            )
        with self._led_room(code, key, now) as (connection, room):
            if room.rounds or seen:
                _same(_present(connection, room), seen)
            if room.rounds >= ROUNDS:
                raise RoomError(
                    f"This class has been asked {ROUNDS} questions, and no more fit. Open a new "
                    "class for the next one."
                )
            _run(
                connection,
                """
                INSERT INTO rounds (code, number, asked, vote, phase, at)
                VALUES (:code, :number, :asked, 1, :phase, :now)
                """,
                code=room.code,
                number=room.rounds + 1,
                asked=asked,
                phase=Phase.OPEN.value,
                now=now,
            )
            _run(
                connection,
                "UPDATE rooms SET rounds = rounds + 1 WHERE code = :code",
                code=room.code,
            )
            _grow(connection, room)

    def turn(self, code: str, key: str, phase: Phase, *, seen: Round | None, now: float) -> None:
        """Move the round on; where it is there already, nothing changes."""
        with self._led_room(code, key, now) as (connection, room):
            present = _same(_present(connection, room), seen)
            if phase is present.phase:
                return
            order = list(Phase)
            if order.index(phase) < order.index(present.phase):
                raise RoomError(
                    "What the class has seen cannot be taken back. A second vote is opened by "
                    "“Vote again”, and another question by “Ask”."
                )
            _run(
                connection,
                "UPDATE rounds SET phase = :phase WHERE code = :code AND number = :number",
                phase=phase.value,
                code=room.code,
                number=room.rounds,
            )
            _grow(connection, room)

    def vote_again(self, code: str, key: str, *, seen: Round | None, now: float) -> None:
        """Open the second vote; where it is open already, nothing changes."""
        with self._led_room(code, key, now) as (connection, room):
            present = _present(connection, room)
            is_open = present.vote == 2 and present.phase is Phase.OPEN
            if is_open and seen is not None and seen.number == present.number:
                return
            _same(present, seen)
            if present.vote == 2:
                raise RoomError(
                    "A question has two votes at most, and this one has had both. Ask the next one."
                )
            if present.phase is Phase.OPEN:
                raise RoomError(
                    "The first vote is still open: close it before the class votes again."
                )
            if present.phase is Phase.REVEALED:
                raise RoomError(
                    "The class has seen what is true, so that a second vote would say nothing. Ask "
                    "the next question."
                )
            _run(
                connection,
                "UPDATE rounds SET vote = 2, phase = :open WHERE code = :code AND number = :number",
                open=Phase.OPEN.value,
                code=room.code,
                number=room.rounds,
            )
            _grow(connection, room)

    def lock(self, code: str, key: str, *, locked: bool, now: float) -> None:
        with self._led_room(code, key, now) as (connection, room):
            if bool(room.locked) is not locked:
                _run(
                    connection,
                    "UPDATE rooms SET locked = :locked WHERE code = :code",
                    locked=locked,
                    code=room.code,
                )
                _grow(connection, room)

    def take_out(self, code: str, key: str, *, now: float) -> int:
        with self._led_room(code, key, now) as (connection, room):
            taken: int = _run(
                connection,
                """
                DELETE FROM devices WHERE code = :code
                AND device NOT IN (SELECT device FROM answers WHERE code = :code)
                AND device NOT IN (SELECT device FROM remarks WHERE code = :code)
                """,
                code=room.code,
            ).rowcount
            if taken:
                _run(
                    connection,
                    "UPDATE rooms SET joined = joined - :taken WHERE code = :code",
                    taken=taken,
                    code=room.code,
                )
                _grow(connection, room)
            return taken

    def end(self, code: str, key: str, *, now: float) -> None:
        """End the class; where it is over already, nothing changes."""
        with self._transactions.writing() as connection:
            room = self._held(connection, code, shared=False)
            _only_instructor(room, key)
            if not _is_ended(room, now):
                # The version grows as it does where a room ends by its time: see `room`.
                _run(
                    connection,
                    "UPDATE rooms SET ended = TRUE, ends = :now WHERE code = :code",
                    now=now,
                    code=room.code,
                )

    def remark(self, code: str, device: str, text: str, *, now: float) -> None:
        line = plain(text)
        if not line:
            raise RoomError("There is nothing to read in this question yet: write it first.")
        if len(line) > REMARK:
            raise RoomError(f"A question has at most {REMARK} letters: make yours shorter.")
        with self._open_room(code, now) as (connection, room):
            _known(connection, room, device)
            _has_place(connection, room, device, now)
            _run(
                connection,
                """
                INSERT INTO remarks (code, number, device, text, at, standing)
                VALUES (:code, :number, :device, :line, :now, :waiting)
                """,
                code=room.code,
                number=room.remarks + 1,
                device=device,
                line=line,
                now=now,
                waiting=Standing.WAITING.value,
            )
            _run(
                connection,
                "UPDATE rooms SET remarks = remarks + 1 WHERE code = :code",
                code=room.code,
            )

    def remarks(self, code: str) -> Sequence[Remark]:
        """All free questions, in the order in which they came."""
        with self._transactions.reading() as connection:
            found = _run(
                connection,
                """
                SELECT number, min(number) OVER (PARTITION BY remarks.device) AS first,
                       text, nickname, at, standing FROM remarks JOIN devices
                ON devices.code = remarks.code AND devices.device = remarks.device
                WHERE remarks.code = :code ORDER BY number
                """,
                code=read_code(code),
            )
            return [Remark(**{**row._mapping, "standing": Standing(row.standing)}) for row in found]

    def settle(
        self,
        code: str,
        key: str,
        number: int,
        standing: Standing,
        *,
        seen: Standing,
        now: float,
    ) -> None:
        with self._led_room(code, key, now) as (connection, room):
            if not 1 <= number <= room.remarks:
                raise RoomError(_NO_REMARK)
            where = {"code": room.code, "number": number}
            before = _run(
                connection,
                "SELECT standing FROM remarks WHERE code = :code AND number = :number",
                **where,
            ).scalar_one()
            if before == standing.value:
                return
            if before != seen.value:
                raise RoomError(
                    "This question was decided on at another desk meanwhile, so that nothing was "
                    "changed. Look at it, then decide."
                )
            _run(
                connection,
                "UPDATE remarks SET standing = :standing WHERE code = :code AND number = :number",
                standing=standing.value,
                **where,
            )
            if Standing.THROUGH in (before, standing):
                _grow(connection, room)

    def dismiss_all(self, code: str, key: str, first: int, *, now: float) -> None:
        with self._led_room(code, key, now) as (connection, room):
            if not 1 <= first <= room.remarks:
                raise RoomError(_NO_REMARK)
            _run(
                connection,
                """
                UPDATE remarks SET standing = :dismissed
                WHERE code = :code AND standing = :waiting AND device =
                    (SELECT device FROM remarks WHERE code = :code AND number = :first)
                """,
                code=room.code,
                first=first,
                dismissed=Standing.DISMISSED.value,
                waiting=Standing.WAITING.value,
            )

    def shorten(self, address: str, *, now: float) -> str:
        return self._addresses.shorten(address, now=now)

    def address(self, short: str) -> str | None:
        return self._addresses.address(short)

    @contextmanager
    def _open_room(
        self, code: str, now: float, *, shared: bool = False
    ) -> Iterator[tuple[Connection, Row[Any]]]:
        """A transaction within which a room stays as it is; refused where it has ended."""
        with self._transactions.writing() as connection:
            room = self._held(connection, code, shared=shared)
            if _is_ended(room, now):
                raise RoomError("This class is over. Your instructor may open another one.")
            yield connection, room

    @contextmanager
    def _led_room(self, code: str, key: str, now: float) -> Iterator[tuple[Connection, Row[Any]]]:
        """A transaction of a room's instructor; refused for anyone else."""
        with self._transactions.writing() as connection:
            room = self._held(connection, code, shared=False)
            _only_instructor(room, key)
            if _is_ended(room, now):
                raise RoomError("This class is over. Open a new one to ask more.")
            yield connection, room

    def _held(self, connection: Connection, code: str, *, shared: bool) -> Row[Any]:
        """A room that nobody changes before this transaction ends.

        With `shared`, others may hold it in the same way: those who answer do not wait for each
        other, but a vote is closed only when they are done, and they see it closed afterwards.
        """
        hold = ("FOR SHARE" if shared else "FOR UPDATE") if self._transactions.is_postgresql else ""
        found: Row[Any] | None = _run(
            connection, f"SELECT * FROM rooms WHERE code = :code {hold}", code=read_code(code)
        ).one_or_none()
        if found is None:
            raise RoomError(
                "There is no class with this code. Look at the six signs once more, or ask your "
                "instructor."
            )
        return found


def default_address() -> str:
    """Where rooms are kept if the host has set no database.

    A file of SQLite below XDG_STATE_HOME or ~/.local/state; where that cannot be written, in the
    folder for temporary files; and where nothing can be written, in memory.
    """
    for folder in _folders():
        file = folder / "classes.sqlite"
        if _is_writable(file):
            return URL.create("sqlite", database=str(file)).render_as_string()
    return "sqlite://"


def _folders() -> Iterator[Path]:
    state = os.environ.get("XDG_STATE_HOME", "")
    if Path(state).is_absolute():
        yield Path(state) / "honest-heatmaps"
    else:
        with suppress(RuntimeError):  # A user without a home, as in many containers
            yield Path.home() / ".local" / "state" / "honest-heatmaps"
    yield Path(tempfile.gettempdir()) / f"honest-heatmaps-{_user()}"


def _user() -> int:
    """The number of this user; 0 where users have none, as on Windows."""
    return os.getuid() if hasattr(os, "getuid") else 0


def _is_writable(file: Path) -> bool:
    """Whether a database can be kept here, in a folder that is ours alone."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.parent.stat().st_uid != _user():
            return False
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
    except (OSError, sqlite3.Error):
        return False
    return True


def _run(connection: Connection, statement: str, **values: object) -> Any:
    return connection.execute(text(statement), values)


def _round(row: Row[Any]) -> Round:
    return Round(
        number=row.number, asked=row.asked, vote=row.vote, phase=Phase(row.phase), at=row.at
    )


def _is_ended(room: Row[Any], now: float) -> bool:
    return bool(room.ended) or now >= room.ends


def _is_round(number: int) -> bool:
    return 1 <= number <= ROUNDS


def _only_instructor(room: Row[Any], key: str) -> None:
    if not is_same(key, room.key_digest):
        raise RoomError(
            "Only the instructor of this class can do that, in the browser that opened it or with "
            "its key."
        )


def _nickname(connection: Connection, code: str, device: str) -> str | None:
    if not is_secret(device):
        return None
    found: str | None = _run(
        connection,
        "SELECT nickname FROM devices WHERE code = :code AND device = :device",
        code=code,
        device=device,
    ).scalar()
    return found


def _known(connection: Connection, room: Row[Any], device: str) -> None:
    if _nickname(connection, room.code, device) is None:
        raise RoomError("This device is not in the class yet: join with its code first.")


def _present(connection: Connection, room: Row[Any]) -> Round:
    found = _run(
        connection,
        "SELECT number, asked, vote, phase, at FROM rounds WHERE code = :code AND number = :number",
        code=room.code,
        number=room.rounds,
    ).one_or_none()
    if found is None:
        raise RoomError("Nothing has been asked in this class yet: a question comes first.")
    return _round(found)


def _same(present: Round, seen: Round | None) -> Round:
    """The round that is under way; refused for who has seen another one, or another vote of it."""
    if seen is None or (seen.number, seen.vote) != (present.number, present.vote):
        raise RoomError(
            "The class has gone on: another question or another vote is under way by now, so that "
            "nothing was changed. Look at it, then decide."
        )
    return present


def _grow(connection: Connection, room: Row[Any]) -> None:
    """Tell whoever looks at the room that there is something new to show."""
    _run(connection, "UPDATE rooms SET version = version + 1 WHERE code = :code", code=room.code)


def _has_place(connection: Connection, room: Row[Any], device: str, now: float) -> None:
    lately, waiting = _run(
        connection,
        """
        SELECT count(*) FILTER (WHERE device = :device AND at > :then),
               count(*) FILTER (WHERE standing = :waiting)
        FROM remarks WHERE code = :code
        """,
        code=room.code,
        device=device,
        then=now - 60.0,
        waiting=Standing.WAITING.value,
    ).one()
    if lately >= REMARKS_A_MINUTE:
        raise RoomError(
            f"You have asked {REMARKS_A_MINUTE} questions within a minute. Wait a little before "
            "the next one."
        )
    if waiting >= REMARKS_WAITING:
        raise RoomError(
            f"{REMARKS_WAITING} questions wait for your instructor already. Ask yours aloud, or "
            "when some are answered."
        )
