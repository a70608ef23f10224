"""What is handed to the critic, and what it makes of it: within bounds that a server can bear."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from ...critic import Listing, Texts, listing_of, mended, review_bytes
from ..failing import note_failure

MOST_CODE = 50_000
"""Characters of code in one file. The command line reads five times as many."""

_FAILED = "The critic failed at it, and the fault is the critic's."
_PATIENCE = 20.0
_one_at_a_time = Lock()
"""A syntax tree takes much memory and keeps a processor busy: the trees of a class do not add."""


class BusyError(RuntimeError):
    """Others' code is still being read."""


@contextmanager
def _in_turn() -> Iterator[None]:
    """Within it, nobody else's code is read."""
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise BusyError
    try:
        yield
    finally:
        _one_at_a_time.release()


def read(content: bytes, name: str) -> Listing:
    """The review of a file.

    Raises
    ------
    BusyError
        If others had to be read first for too long.
    """
    with _in_turn():
        try:
            return listing_of(review_bytes(content, name, most=MOST_CODE))
        except Exception as error:  # Whatever a rule does wrong with code that nobody foresaw
            _note(error)
            return Listing(name, refused=_FAILED)


def mend(listing: Listing) -> Texts:
    """The cells of a file with everything mended; as they were where the critic fails.

    Raises
    ------
    BusyError
        If others had to be read first for too long.
    """
    with _in_turn():
        try:
            return mended(listing.cells)
        except Exception as error:  # As above
            _note(error)
            return listing.cells


def _note(error: Exception) -> None:
    # Its own words may quote the code, which is nobody's to keep.
    told = RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
    note_failure(told, "critic")
