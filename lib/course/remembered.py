"""What was made of a chart or an exhibit is remembered for as long as that is there itself."""

from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from threading import RLock
from typing import Any, Generic, NamedTuple, TypeVar, TypeVarTuple
from weakref import ref

Thing = TypeVar("Thing")
Settings = TypeVarTuple("Settings")
Made = TypeVar("Made")


class Uses(NamedTuple):
    """How often something was remembered, and how often it was not."""

    hits: int
    misses: int


class Remembered(Generic[Thing, *Settings, Made]):
    """A function of a thing and of settings, which remembers at most so many results.

    As functools.lru_cache, but what it remembers does not keep the thing alive: a visitor's table
    goes with the visitor. The thing is told from others by its identity, so its class has no
    equality of its own.
    """

    def __init__(self, function: Callable[[Thing, *Settings], Made], most: int) -> None:
        update_wrapper(self, function)
        self._function, self._most = function, most
        self._made: OrderedDict[tuple[ref[Thing], tuple[Any, ...]], Made] = OrderedDict()
        # One thread may enter twice: things may go, and be forgotten, at any moment.
        self._lock = RLock()
        self._hits = self._misses = 0

    def __call__(self, thing: Thing, *settings: *Settings) -> Made:
        key = (ref(thing), settings)
        with self._lock:
            if key in self._made:
                self._hits += 1
                self._made.move_to_end(key)
                return self._made[key]
            self._misses += 1
        made = self._function(thing, *settings)
        with self._lock:
            self._made[ref(thing, self._forget), settings] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made

    def cache_info(self) -> Uses:
        """As that of functools.lru_cache."""
        return Uses(self._hits, self._misses)

    def _forget(self, gone: "ref[Thing]") -> None:
        with self._lock:
            for key in [key for key in list(self._made) if key[0] is gone]:
                self._made.pop(key, None)


def remembered(
    most: int,
) -> Callable[[Callable[[Thing, *Settings], Made]], Remembered[Thing, *Settings, Made]]:
    """Remember at most so many results of a function.

    >>> class Chart: pass
    >>> @remembered(2)
    ... def drawn(chart: Chart, width: int) -> list[int]:
    ...     return [width]
    >>> chart = Chart()
    >>> drawn(chart, 3) is drawn(chart, 3)
    True
    >>> drawn.cache_info()
    Uses(hits=1, misses=1)
    """
    return lambda function: Remembered(function, most)
