"""A server of the course on a free port, for the tests and for measuring."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds that a server may take to start."""


@dataclass(frozen=True)
class Server:
    address: str
    log: Path
    process: subprocess.Popen[bytes]


@contextmanager
def running_server(
    log: Path, app: str = "streamlit_app.py", port: int | None = None, database: str = ""
) -> Iterator[Server]:
    """Start the app with its own configuration; stop it at the end.

    Classes are kept in this database; without one, in a file beside the log.
    """
    port = free_port() if port is None else port
    address = f"http://127.0.0.1:{port}"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", app),
                *("--server.headless=true", "--server.address=127.0.0.1"),
                f"--server.port={port}",
            ],
            cwd=ROOT,
            # With many threads, glibc otherwise keeps an arena for each: as the Makefile does. Who
            # names hosts gets all that a host of one's own is protected by.
            env={
                "HONEST_HEATMAPS_HOSTS": "127.0.0.1",
                **os.environ,
                "MALLOC_ARENA_MAX": "2",
                "HONEST_HEATMAPS_DATABASE": database,
                "XDG_STATE_HOME": str(log.parent),
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(address, process, log)
        yield Server(address, log, process)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{log.read_text('utf-8', 'replace')}")
