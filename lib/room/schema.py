"""The tables, as the versions of the app have made them one after another."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

Migration = Sequence[str]
"""Statements that lead from one version to the next, in SQL that both databases read."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        """
        CREATE TABLE rooms (
            code VARCHAR(6) PRIMARY KEY,
            key_digest VARCHAR(64) NOT NULL,
            opened DOUBLE PRECISION NOT NULL,
            ends DOUBLE PRECISION NOT NULL,
            ended BOOLEAN NOT NULL,
            locked BOOLEAN NOT NULL,
            version INTEGER NOT NULL,
            joined INTEGER NOT NULL,
            rounds INTEGER NOT NULL,
            remarks INTEGER NOT NULL
        )
        """,
        "CREATE INDEX rooms_ends ON rooms (ends)",
        """
        CREATE TABLE devices (
            code VARCHAR(6) NOT NULL REFERENCES rooms ON DELETE CASCADE,
            device VARCHAR(32) NOT NULL,
            nickname TEXT NOT NULL,
            PRIMARY KEY (code, device)
        )
        """,
        """
        CREATE TABLE rounds (
            code VARCHAR(6) NOT NULL REFERENCES rooms ON DELETE CASCADE,
            number INTEGER NOT NULL,
            asked TEXT NOT NULL,
            vote INTEGER NOT NULL,
            phase VARCHAR(8) NOT NULL,
            at DOUBLE PRECISION NOT NULL,
            PRIMARY KEY (code, number)
        )
        """,
        """
        CREATE TABLE answers (
            code VARCHAR(6) NOT NULL,
            round INTEGER NOT NULL,
            vote INTEGER NOT NULL,
            device VARCHAR(32) NOT NULL,
            said TEXT NOT NULL,
            at DOUBLE PRECISION NOT NULL,
            PRIMARY KEY (code, round, vote, device),
            FOREIGN KEY (code, round) REFERENCES rounds ON DELETE CASCADE,
            FOREIGN KEY (code, device) REFERENCES devices ON DELETE CASCADE
        )
        """,
        "CREATE INDEX answers_device ON answers (code, device)",
        """
        CREATE TABLE remarks (
            code VARCHAR(6) NOT NULL,
            number INTEGER NOT NULL,
            device VARCHAR(32) NOT NULL,
            text TEXT NOT NULL,
            at DOUBLE PRECISION NOT NULL,
            standing VARCHAR(9) NOT NULL,
            PRIMARY KEY (code, number),
            FOREIGN KEY (code, device) REFERENCES devices ON DELETE CASCADE
        )
        """,
        "CREATE INDEX remarks_device ON remarks (code, device)",
        """
        CREATE TABLE addresses (
            short VARCHAR(7) PRIMARY KEY,
            address TEXT NOT NULL,
            used DOUBLE PRECISION NOT NULL
        )
        """,
        "CREATE INDEX addresses_used ON addresses (used, short)",
    ),
)


def version(connection: Connection) -> int:
    """The version of the tables that are there; 0 for none."""
    connection.execute(text("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"))
    found: int | None = connection.execute(text("SELECT version FROM schema_version")).scalar()
    return found or 0


def raise_to(connection: Connection, number: int, migration: Migration) -> None:
    """Make the tables those of this version; what is in them stays."""
    for statement in migration:
        connection.execute(text(statement))
    connection.execute(text("DELETE FROM schema_version"))
    connection.execute(text("INSERT INTO schema_version VALUES (:number)"), {"number": number})
