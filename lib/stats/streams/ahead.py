"""Reading while others compute."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Queue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")

Result = TypeVar("Result")

_AT_MOST = 2


def read_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The items, each of which a thread reads while those before it are worked on.

    At most two wait. What reading raises is raised here; the thread ends with the last item, or
    when no more are wanted.
    """
    waiting: Queue[tuple[Item | None, BaseException | None]] = Queue(_AT_MOST)
    enough = Event()

    def read() -> None:
        try:
            for item in items:
                waiting.put((item, None))
                if enough.is_set():
                    return
            waiting.put((None, None))
        except BaseException as error:
            waiting.put((None, error))
        finally:
            if isinstance(items, Generator):
                items.close()

    reader = Thread(target=read, daemon=True)
    reader.start()
    try:
        while True:
            item, error = waiting.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        enough.set()
        while reader.is_alive():  # it may wait for room
            if not waiting.empty():
                waiting.get()
            reader.join(timeout=0.01)


def in_order(
    threads: ThreadPoolExecutor, work: Callable[[Item], Result], items: Iterator[Item]
) -> Iterator[Result]:
    """What threads make of each item, in the items' order; few more are read than are worked on."""
    begun: deque[Future[Result]] = deque()
    try:
        for item in items:
            begun.append(threads.submit(work, item))
            if len(begun) > _AT_MOST:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        if isinstance(items, Generator):
            items.close()
