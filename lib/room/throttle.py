"""How often someone may try: codes that are wrong, and whatever else could be too much."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from .model import RoomError

_T = TypeVar("_T")

WRONG_A_MINUTE = 60
"""From one address."""
WRONG_ON_SERVER = 1_200
"""A minute, from all of them."""
JOINS_AT_ONCE, JOINS_A_MINUTE = 300, 120
"""Into one room: a class of 300 comes in together, and who fills a room up takes minutes."""
ROOMS_AT_ONCE, ROOMS_A_MINUTE = 3, 1
"""That one session may open."""
ROOMS_OF_ADDRESS_AT_ONCE, ROOMS_OF_ADDRESS_A_MINUTE = 30, 1
"""That one address may open: 270 in the 4 hours that a room is open, of 500 that there may be."""
_MANY = (
    "Many wrong codes have been tried here. The link or the QR code of the class leads in at once."
)
_LONGEST_WAIT = 60.0
_FORGIVEN = 600.0
"""After so many seconds without a wrong code a session begins anew."""
_MOST_NAMES = 10_000


class Limit:
    """So many at once, and so many a minute from then on. Threads may share it.

    burst     how many at once
    a_minute  how many a minute after that

    >>> limit = Limit(burst=2, a_minute=30)
    >>> [limit.take(now=0.0) for _ in range(3)]
    [True, True, False]
    >>> limit.wait(now=0.0)
    2.0
    >>> limit.take(now=2.0)
    True
    """

    def __init__(self, *, burst: int, a_minute: float) -> None:
        self._burst = float(burst)
        self._a_second = a_minute / 60.0
        self._left = self._burst
        self._at = float("-inf")
        self._lock = threading.Lock()

    def take(self, *, now: float) -> bool:
        """Whether one more is within the limit; if so, it counts."""
        with self._lock:
            self._fill(now)
            if self._left < 1.0:
                return False
            self._left -= 1.0
            return True

    def give_back(self) -> None:
        """What was taken last does not count."""
        with self._lock:
            self._left = min(self._left + 1.0, self._burst)

    def wait(self, *, now: float) -> float:
        """In how many seconds the next one is within the limit; 0 for now."""
        with self._lock:
            self._fill(now)
            return max(0.0, 1.0 - self._left) / self._a_second

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self._at)
        self._left = min(self._burst, self._left + passed * self._a_second)
        self._at = max(self._at, now)


class Limits:
    """A limit for each of many: rooms, sessions, addresses. Threads may share it.

    burst     how many at once
    a_minute  how many a minute after that

    Who was not here for the longest is forgotten where more than 10,000 have been.

    >>> limits = Limits(burst=1, a_minute=60)
    >>> limits.take("Ada", now=0.0)
    >>> limits.take("Bob", now=0.0)
    >>> limits.take("Ada", now=0.5)
    Traceback (most recent call last):
    lib.room.model.RoomError: Too many at once. Wait 1 second, then try again.
    """

    def __init__(self, *, burst: int, a_minute: float, said: str = "Too many at once.") -> None:
        self._burst = burst
        self._a_minute = a_minute
        self._said = said
        self._limits: OrderedDict[str, Limit] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, *, now: float) -> None:
        """One more of this name. Raises a RoomError that says how long to wait."""
        limit = self._of(name)
        if not limit.take(now=now):
            raise RoomError(f"{self._said} Wait {_seconds(limit.wait(now=now))}, then try again.")

    def give_back(self, name: str) -> None:
        """What was taken last under this name does not count."""
        self._of(name).give_back()

    def _of(self, name: str) -> Limit:
        with self._lock:
            limit = self._limits.pop(name, None)
            if limit is None:
                limit = Limit(burst=self._burst, a_minute=self._a_minute)
            self._limits[name] = limit
            if len(self._limits) > _MOST_NAMES:
                self._limits.popitem(last=False)
            return limit


class Throttle:
    """What slows those who guess codes: one for all sessions of a server.

    After its wrong codes a session waits 1, 2, 4 ... seconds, at most a minute. Since whoever
    guesses may open many sessions, an address has WRONG_A_MINUTE wrong codes a minute for all of
    its own, and holds up nobody else. Since an address may be unknown or forged, all together have
    WRONG_ON_SERVER; only when those are used up, no code that is new to a session is looked up
    until there is one again. Even then whoever comes by a link gets in: it carries a ticket beside
    the code, and is not slowed.

    With 28 signs a code is one of 28**6 = 481,890,304. With 500 classes open, the most that there
    may be, one in 963,781 tries is right: from one address that is 11 days of guessing without a
    pause for one code, which lets in a learner and not an instructor. From all addresses that there
    are it is 13 hours, and no class is open for longer than 12 hours. With 5 classes open it is
    56 days. A code and its ticket are one of 28**12: a thousand tries a second find one of 500
    classes in 14,727 years.

    >>> throttle = Throttle()
    >>> throttle.look_up("a session", lambda: None, now=0.0)
    >>> throttle.look_up("a session", lambda: "a room", now=0.5)
    Traceback (most recent call last):
    lib.room.model.RoomError: That code was wrong. Wait 1 second, then try again.
    >>> throttle.look_up("a session", lambda: "a room", now=1.0)
    'a room'
    """

    def __init__(self, on_server: int = WRONG_ON_SERVER) -> None:
        self._server = Limits(burst=on_server, a_minute=on_server, said=_MANY)
        self._addresses = Limits(burst=WRONG_A_MINUTE, a_minute=WRONG_A_MINUTE, said=_MANY)
        self._sessions: OrderedDict[str, _Wrong] = OrderedDict()
        self._lock = threading.Lock()

    def look_up(
        self, session: str, find: Callable[[], _T | None], *, now: float, address: str = ""
    ) -> _T | None:
        """What `find` finds for a code that is new to this session; None counts as a wrong code.

        `address` is where the session comes from, "" where that is unknown. Raises a RoomError, and
        does not look, where the session, its address or the server has to wait.
        """
        self._admit(session, address, now)
        try:
            found = find()
        except RoomError:
            self._forgive(address)
            raise
        if found is None:
            self._missed(session, now)
        else:
            self._forgive(address)
        return found

    def _admit(self, session: str, address: str, now: float) -> None:
        with self._lock:
            wrong = self._sessions.get(session)
            left = wrong.until - now if wrong else 0.0
        if left > 0:
            raise RoomError(f"That code was wrong. Wait {_seconds(left)}, then try again.")
        # Taken before it is known to be wrong, so that many at the same time are not more.
        if address:
            self._addresses.take(address, now=now)
        try:
            self._server.take("", now=now)
        except RoomError:
            if address:
                self._addresses.give_back(address)
            raise

    def _forgive(self, address: str) -> None:
        self._server.give_back("")
        if address:
            self._addresses.give_back(address)

    def _missed(self, session: str, now: float) -> None:
        with self._lock:
            wrong = self._sessions.pop(session, None)
            if wrong is None or now > wrong.until + _FORGIVEN:
                wrong = _Wrong()
            wrong.count += 1
            wrong.until = now + min(_LONGEST_WAIT, 2.0 ** min(wrong.count - 1, 10))
            self._sessions[session] = wrong
            if len(self._sessions) > _MOST_NAMES:
                self._sessions.popitem(last=False)


class _Wrong:
    """How many codes of a session were wrong, and until when it waits."""

    def __init__(self) -> None:
        self.count = 0
        self.until = 0.0


def _seconds(left: float) -> str:
    whole = math.ceil(left)
    return "1 second" if whole == 1 else f"{whole} seconds"
