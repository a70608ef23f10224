"""Long work says how far it is, to whoever listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[float, str], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def working(share: float, on: str) -> None:
    """Report that `share` of the work is done, from 0 to 1, and what it is: "Drawing noise".

    For `Step.show` and what it calls. Where nobody listens, nothing happens.
    """
    listener = _listener.get()
    if listener is not None:
        listener(share, on)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Pass what `working` reports within the block to `listener`.

    >>> with listening(lambda share, on: print(f"{on}: {share:.0%}")):
    ...     working(0.5, "Drawing noise")
    Drawing noise: 50%
    """
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
