"""Short names for addresses of the app."""

import hashlib
from itertools import count

from sqlalchemy import Connection, text

from .codes import SIGNS, read_signs
from .connection import Transactions
from .model import RoomError
from .plain import is_storable

LONGEST = 4_000
KEPT = 100_000
CLEARED_EVERY = 100
"""Counting so many takes a while: it is not done each time."""
_NAME = 7


class Addresses:
    """Short names, each always the same for the same address.

    KEPT of them stay, and at most CLEARED_EVERY more a server: those unused for longest go.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._calls = count()

    def shorten(self, address: str, *, now: float) -> str:
        if not _is_ours(address):
            raise RoomError("Only addresses of this app have short names: a path from / on.")
        if len(address) > LONGEST:
            raise RoomError(
                f"This address has {len(address):,} letters, and a short name is for {LONGEST:,} "
                "at most. Share the full address instead."
            )
        with self._transactions.writing() as connection:
            for attempt in count():
                short = _name(address, attempt)
                taken = connection.execute(
                    text(
                        """
                        INSERT INTO addresses (short, address, used) VALUES (:short, :address, :now)
                        ON CONFLICT (short) DO UPDATE SET used = excluded.used
                        WHERE addresses.address = excluded.address
                        """
                    ),
                    {"short": short, "address": address, "now": now},
                )
                if taken.rowcount:
                    break
            if next(self._calls) % CLEARED_EVERY == 0:
                _clear(connection, short)
        return short

    def address(self, short: str) -> str | None:
        short = read_signs(short, _NAME)
        with self._transactions.reading() as connection:
            found = connection.execute(
                text(
                    """
                    SELECT address, used, (SELECT max(used) FROM addresses) AS latest
                    FROM addresses WHERE short = :short
                    """
                ),
                {"short": short},
            ).one_or_none()
        if found is None:
            return None
        if found.used < found.latest:
            self._use(short, found.latest)
        return str(found.address)

    def _use(self, short: str, latest: float) -> None:
        """Nobody says what time it is when an address is asked for: as late as the latest."""
        with self._transactions.writing() as connection:
            connection.execute(
                text("UPDATE addresses SET used = :latest WHERE short = :short AND used < :latest"),
                {"short": short, "latest": latest},
            )


def _clear(connection: Connection, short: str) -> None:
    """Forget those that were unused for longest, and not the one that was made just now."""
    connection.execute(
        text(
            """
            DELETE FROM addresses WHERE short <> :short AND short IN (
                SELECT short FROM addresses ORDER BY used DESC, short DESC
                LIMIT 1000 OFFSET :kept
            )
            """
        ),
        {"short": short, "kept": KEPT},
    )


def _name(address: str, attempt: int) -> str:
    """Another for each attempt: two addresses may come to the same one."""
    number = int.from_bytes(hashlib.sha256(f"{attempt} {address}".encode()).digest())
    return "".join(SIGNS[number // len(SIGNS) ** place % len(SIGNS)] for place in range(_NAME))


def _is_ours(address: str) -> bool:
    """A path of this host: whatever a browser could read as another host is none."""
    return (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and is_storable(address)
        and not any(sign.isspace() or not sign.isprintable() for sign in address)
    )
