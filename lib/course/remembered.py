"""What was made of a table, a chart or an exhibit, for as long as that is there itself."""

from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from threading import Lock
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
    goes with the visitor. The thing is told from others by its identity, and need not be hashable.
    What is made of it may not refer to it.
    """

    def __init__(self, function: Callable[[Thing, *Settings], Made], most: int) -> None:
        update_wrapper(self, function)
        self._function, self._most = function, most
        self._made: OrderedDict[tuple[int, tuple[Any, ...]], tuple[ref[Thing], Made]]
        self._made = OrderedDict()
        self._lock = Lock()
        self._hits = self._misses = 0

    def __call__(self, thing: Thing, *settings: *Settings) -> Made:
        key = (id(thing), settings)
        with self._lock:
            known = self._made.pop(key, None)
            if known is not None and known[0]() is thing:
                self._hits += 1
                self._made[key] = known
                return known[1]
            self._misses += 1
        made = self._function(thing, *settings)

        def forget(_: "ref[Thing]") -> None:
            # Without the lock, which this thread may hold: things may go at any moment.
            self._made.pop(key, None)

        with self._lock:
            self._made[key] = ref(thing, forget), made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made

    def cache_info(self) -> Uses:
        """As that of functools.lru_cache."""
        return Uses(self._hits, self._misses)


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
