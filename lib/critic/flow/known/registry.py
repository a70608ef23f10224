"""Where modules of this package say what calls and attributes give."""

from collections.abc import Callable

from ..calls import Call
from ..values import Value

OfCall = Callable[[Call], Value | None]
OfAttribute = Callable[[Value], Value | None]

CALLS: dict[str, list[OfCall]] = {}
"""By the path of a function, or by a dot and the name of a method. The first that knows wins."""

ATTRIBUTES: dict[str, list[OfAttribute]] = {}
"""By name. The first that knows wins."""


def gives(*paths: str) -> Callable[[OfCall], OfCall]:
    """Declare what calls of these paths give. None means that nothing is known of it."""

    def register(function: OfCall) -> OfCall:
        for path in paths:
            CALLS.setdefault(path, []).append(function)
        return function

    return register


def attribute(*names: str) -> Callable[[OfAttribute], OfAttribute]:
    """Declare what attributes of these names are. None means that nothing is known of it."""

    def register(function: OfAttribute) -> OfAttribute:
        for name in names:
            ATTRIBUTES.setdefault(name, []).append(function)
        return function

    return register
