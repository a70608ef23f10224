"""What is handed to the critic, and what it makes of it: within bounds that a server can bear."""

from threading import Lock

from ...critic import Listing, listing_of, review_bytes
from ..failing import note_failure

MOST_CODE = 50_000
"""Characters of code in one file. The command line reads eight times as many."""

_FAILED = "The critic failed at it, and the fault is the critic's."
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
    except Exception as error:  # Whatever a rule does wrong with code that nobody foresaw
        # Its own words may quote the code, which is nobody's to keep.
        told = RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
        note_failure(told, "critic")
        return Listing(name, refused=_FAILED)
    finally:
        _one_at_a_time.release()
