"""A PostgreSQL server of its own in a temporary folder, for the tests."""

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

PATIENCE = 60
"""Seconds that the server may take to start."""
_NUMBERS = count(1)


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Start a server that listens on a socket in a folder alone; yields its address."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        user = _user()
        shutil.chown(folder, user)
        data = folder / "data"
        subprocess.run(
            [
                *(_program("initdb"), f"--pgdata={data}", "--username=tests", "--auth=trust"),
                *("--encoding=UTF8", "--locale=C", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **_as(user),
        )
        # What is written need not outlive a power cut here, and no port is taken.
        settings = ("fsync=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=32MB")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *(_program("postgres"), "-D", data, "-k", folder),
                    *(part for setting in settings for part in ("-c", setting)),
                ],
                cwd=folder,
                stdout=log,
                stderr=log,
                **_as(user),
            )
        address = f"postgresql://tests@/postgres?host={quote(str(folder), '')}"
        try:
            _wait_until_it_answers(address, process, folder / "log")
            yield address
        finally:
            # At once: nothing of it is to be kept
            process.send_signal(signal.SIGQUIT)
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_address(server: str) -> str:
    """The address of an empty database: a schema of its own on the server."""
    schema = f"fresh_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{server}&options={quote(f'-csearch_path={schema}', '')}"


def _program(name: str) -> str:
    """Debian keeps the programs of the server beside the path, one folder a version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    program = str(found[-1]) if found else shutil.which(name)
    assert program, f"{name} is not there: `make postgresql` installs it"
    return program


def _user() -> str:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as(user: str) -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _wait_until_it_answers(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, log.read_text()
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        else:
            return
