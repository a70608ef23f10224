"""A server that is slow to answer."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from browser_server import Server


@contextmanager
def held_up(server: Server) -> Iterator[None]:
    """The server hears nothing; afterwards it reads all that was said meanwhile, at once."""
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)
