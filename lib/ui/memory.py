"""What the process asks of the system's memory, on a host that has little of it."""

import ctypes
import gc
import sys
from threading import Lock, Thread
from time import sleep
from weakref import WeakSet

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's mallopt."""

_FEW = 2

_MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD."""

_LARGE = 128 * 1024
"""glibc's own beginning; what it learns from large arrays would raise it to 32 MB."""

_YOUNG = 4_000

_OFTEN = 30.0
"""Seconds: to look through all takes a tenth of one, with the whole app still."""


def keep_memory_together() -> None:
    """Have all threads allocate from two places instead of eight a processor, arrays from none.

    With a place for each thread, memory that one of them is done with is of no use to another.
    What is large gets pages of its own, which go back to the system as soon as it is freed: among
    small things that stay, the room of an array would stay as well. Only glibc has either.
    """
    if sys.platform == "linux":
        _call("mallopt", _ARENA_MAX, _FEW)
        _call("mallopt", _MMAP_THRESHOLD, _LARGE)


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


def give_back_after(thing: object) -> None:
    """Once nothing but circles holds this, free it, and return its memory to the system.

    What a session held refers to itself in circles. The collector, which looks at old objects the
    more seldom the more of them there are, may leave it there for an hour.
    """
    global _is_clearing
    with _clearing:
        _waited_for.add(thing)
        if not _is_clearing:
            _is_clearing = True
            Thread(target=_clear_away, name="clear-away", daemon=True).start()


_clearing = Lock()
_is_clearing = False
_waited_for: WeakSet[object] = WeakSet()


def _clear_away() -> None:
    global _is_clearing
    while True:
        sleep(_OFTEN)
        # Once more after the last has gone: what is finalised is freed the next time.
        is_last = not _waited_for
        # A session that was open while the app was frozen is frozen with it.
        gc.unfreeze()
        keep_for_good()
        give_memory_back()
        with _clearing:
            if is_last and not _waited_for:
                _is_clearing = False
                return


def _call(function: str, *arguments: int) -> None:
    """Call a function of the C library, where it has it: musl has not."""
    library = ctypes.CDLL(None)
    if hasattr(library, function):
        getattr(library, function)(*arguments)
