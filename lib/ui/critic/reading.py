"""What is handed to the critic, and what it makes of it: within bounds that a server can bear."""

from threading import Lock

from ...critic import Listing, listing_of, review_bytes

MOST_CODE = 50_000
"""Characters of code in one file. The command line reads eight times as many."""

_PATIENCE = 20.0
_one_at_a_time = Lock()
"""A syntax tree takes much memory and keeps a processor busy: the trees of a class do not add."""


class BusyError(RuntimeError):
    """Others' code is still being read."""


def read(content: bytes, name: str) -> Listing:
    """The review of a file.

    Raises
    ------
    BusyError
        If others had to be read first for too long.
    """
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise BusyError
    try:
        return listing_of(review_bytes(content, name, most=MOST_CODE))
    finally:
        _one_at_a_time.release()
