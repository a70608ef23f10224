"""Reading a table that does not fit: in a thread, one at a time, what was found kept for all.

A page asks for a result and draws how far it is; while nobody asks, the reading ends.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic
from typing import Any

import streamlit as st

from ...lab.stored import Told, Unread
from ...tables import Refused

MOST_KEPT = 12
MOST_WAITING = 8
PATIENCE = 20.0
"""Seconds after which nobody waits any more."""

_OFTEN = 0.5
_AT_ONCE = 0.4
"""Seconds that a page waits itself: what is small is read by then."""

_BUSY = "Other tables are being read, and several wait already. Try again in a minute."
_FAILED = "The table cannot be read to its end."


@dataclass(eq=False)
class Reading:
    """One reading: how far it is, and what came of it."""

    rows: int = 0
    passes: int = 1
    """Some measures read all rows twice."""
    asked: float = field(default_factory=monotonic)
    done: Event = field(default_factory=Event)
    found: Any = None
    refused: str = ""
    is_ended: bool = False
    """By lack of anyone who waits: it begins anew when it is asked for again."""

    def told(self, rows: int) -> None:
        """How many rows were read; ends it where nobody waits."""
        self.passes += rows < self.rows
        self.rows = rows
        if monotonic() - self.asked > PATIENCE:
            raise Unread


class Readings:
    """All readings of a server, in the order in which they were last asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread = ThreadPoolExecutor(1, "reading")
        self._kept: OrderedDict[Hashable, Reading] = OrderedDict()

    def ask(self, key: Hashable, work: Callable[[Told], Any]) -> Reading:
        """The reading by this name, begun if it is not there.

        Raises
        ------
        Refused
            Where too many wait already.
        """
        with self._lock:
            reading = self._kept.get(key)
            if reading is None or reading.is_ended:
                self._make_room()
                reading = self._kept[key] = Reading()
                self._thread.submit(_read, reading, work)
            self._kept.move_to_end(key)
            reading.asked = monotonic()
            return reading

    def _make_room(self) -> None:
        """What is done goes first; what is being read stays."""
        if sum(not each.done.is_set() for each in self._kept.values()) >= MOST_WAITING:
            raise Refused(_BUSY)
        old = [key for key, each in self._kept.items() if each.done.is_set()]
        for key in old[: max(len(self._kept) - MOST_KEPT + 1, 0)]:
            del self._kept[key]


READINGS = Readings()


def _read(reading: Reading, work: Callable[[Told], Any]) -> None:
    try:
        reading.told(0)
        reading.found = work(reading.told)
    except Unread:
        reading.is_ended = True
    except Refused as refused:
        reading.refused = str(refused)
    except Exception:  # Whatever a file does to who reads it
        reading.refused = _FAILED
    finally:
        reading.done.set()


class Waiting(Exception):  # noqa: N818 (it is no error to wait)
    """What is asked for is still being read."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading


def _nothing() -> None:
    """Nothing is to be done."""


def found(key: Hashable, work: Callable[[Told], Any], anew: Callable[[], None] = _nothing) -> Any:
    """What a reading gives. `anew` is called where it has to be waited for.

    Raises
    ------
    Waiting
        While it is not done.
    Refused
        Where it cannot be done.
    """
    reading = READINGS.ask(key, work)
    if not reading.done.is_set():
        anew()
    if not reading.done.wait(_AT_ONCE) or reading.is_ended:
        raise Waiting(reading)
    if reading.refused:
        raise Refused(reading.refused)
    return reading.found


@st.fragment(run_every=_OFTEN)
def show_waiting(reading: Reading, rows: int) -> None:
    """How far it is, until it is done."""
    reading.asked = monotonic()
    if reading.done.is_set():
        st.rerun()
    st.progress(min(reading.rows / max(rows, 1), 1.0), f"{_how_far(reading, rows)} …")


def _how_far(reading: Reading, rows: int) -> str:
    """In words; what follows on the last row may take longer than to read them all."""
    if not reading.rows:
        return "Waiting to be read"
    if reading.rows >= rows:
        return f"All {rows:,} rows are read: computing"
    again = " again" if reading.passes > 1 else ""
    return f"Reading{again}: {reading.rows:,} of {rows:,} rows"
