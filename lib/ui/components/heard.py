"""What a component says, which is what a browser sends: anything at all.

What it is told comes as tuples: Streamlit looks at every list for tables that it might hold.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Heard = TypeVar("Heard")


def heard(read: Callable[[Any], Heard], message: Any) -> Heard | None:
    """The message as `read` understands it; None for none, and for one that no component sends.

    Examples
    --------
    >>> heard(lambda move: (float(move["x"]), float(move["y"])), {"x": 1, "y": 2.5})
    (1.0, 2.5)
    >>> heard(lambda move: (float(move["x"]), float(move["y"])), ["x", "y"])
    """
    try:
        return read(message)
    except (LookupError, OverflowError, TypeError, ValueError):
        return None
