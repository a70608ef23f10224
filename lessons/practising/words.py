"""Words for what was drawn."""

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    """Names in a row.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
