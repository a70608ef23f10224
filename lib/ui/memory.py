"""What the process asks of the system's memory, on a host that has little of it."""

import ctypes
import gc
import sys

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's mallopt."""

_FEW = 2

_YOUNG = 4_000


def keep_memory_together() -> None:
    """Have all threads allocate from two places instead of eight a processor.

    With a place for each thread, memory that one of them is done with is of no use to another.
    Only glibc has places to count: elsewhere nothing happens.
    """
    if sys.platform == "linux":
        _call("mallopt", _ARENA_MAX, _FEW)


def collect_seldom() -> None:
    """Have the collector look when more has gathered: it does so with the whole app still.

    A move leaves some 4,000 objects more than there were. With Python's usual 700, a class of
    fifty has everything walked through every other second.
    """
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def keep_for_good() -> None:
    """Have the collector leave alone what is there now: it walks all the rest, with the app still.

    What is garbage by now would be kept as well, so it is taken away first.
    """
    gc.collect()
    gc.freeze()


def give_memory_back() -> None:
    """Return to the system what was freed and is still held."""
    if sys.platform == "linux":
        _call("malloc_trim", 0)


def _call(function: str, *arguments: int) -> None:
    """Call a function of the C library, where it has it: musl has not."""
    library = ctypes.CDLL(None)
    if hasattr(library, function):
        getattr(library, function)(*arguments)
