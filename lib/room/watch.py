"""What many pages look at, read from the store once for all of them."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from .codes import read_code
from .model import Answer, Remark, Room, RoomError
from .store import Store

_T = TypeVar("_T")
_Key = tuple[str, ...]
_MOST = 2_000


class Watch:
    """The rooms of a store, none older than some seconds, whoever asks and however often.

    store    what keeps the rooms
    seconds  how long what was read is shown
    clock    what time it is, in seconds since 1970

    One thread reads while others wait for what it finds. What could not be read stays so for as
    long, so that a database that does not answer is not asked by each page in turn.

    >>> from .database import Database
    >>> store = Database("sqlite://")
    >>> watch = Watch(store, clock=lambda: 0.0)
    >>> code = store.open_room(now=0.0).code
    >>> watch.room(code).joined
    0
    >>> _ = store.join(code, "Ada", now=0.0)
    >>> watch.room(code).joined
    0
    >>> watch.forget(code)
    >>> watch.room(code).joined
    1
    """

    def __init__(
        self, store: Store, seconds: float = 1.0, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._seconds = seconds
        self._clock = clock
        self._glances: OrderedDict[_Key, _Glance] = OrderedDict()
        self._lock = threading.Lock()

    def room(self, code: str) -> Room | None:
        """The room of this code; None where there is none."""
        code = read_code(code)
        return self._look((code, "room"), lambda: self._store.room(code, now=self._clock()))

    def answers(self, code: str, round: int) -> Sequence[Answer]:
        """All answers of a round."""
        code = read_code(code)
        return self._look(
            (code, "answers", str(round)), lambda: self._store.answers(code, round=round)
        )

    def remarks(self, code: str) -> Sequence[Remark]:
        """All free questions."""
        code = read_code(code)
        return self._look((code, "remarks"), lambda: self._store.remarks(code))

    def forget(self, code: str) -> None:
        """Read everything of a room afresh: what was changed here is to be seen here at once."""
        code = read_code(code)
        with self._lock:
            for key in [key for key in self._glances if key[0] == code]:
                del self._glances[key]

    def _look(self, key: _Key, read: Callable[[], _T]) -> _T:
        with self._lock:
            glance = self._glances.setdefault(key, _Glance())
            self._glances.move_to_end(key)
            if len(self._glances) > _MOST:
                self._glances.popitem(last=False)
        with glance.lock:
            age = self._clock() - glance.at
            if not 0 <= age < self._seconds:
                glance.read(read)
                glance.at = self._clock()
        if isinstance(glance.found, RoomError):
            raise RoomError(*glance.found.args)
        return cast(_T, glance.found)


class _Glance:
    """What was read last, and when."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.at = float("-inf")
        self.found: object = None

    def read(self, read: Callable[[], object]) -> None:
        try:
            self.found = read()
        except RoomError as error:
            self.found = error
