"""What every refusal says: which columns, and what is wrong with them."""

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

import numpy as np

_MOST_NAMES = 20
_SOME_NAMES = 4


def refuse(names: Sequence[object], reason: str) -> None:
    """Raise ValueError that says of these columns, if there are any, what is wrong."""
    if names:
        column_is = "Column {} is" if len(names) == 1 else "Columns {} are"
        raise ValueError(f"{column_is.format(listed(names))} {reason}.")


def listed(names: Collection[object]) -> str:
    """Names as a message has them: of many, the first few, and how many more there are."""
    some = ", ".join(repr(plain(name)) for name in islice(names, _shown(names)))
    more = len(names) - _shown(names)
    return f"{some} and {more:,} more" if more else some


def as_code(names: Collection[object]) -> str | None:
    """A list of names that a reader can paste; None where there are too many to read."""
    return f"[{listed(names)}]" if len(names) <= _MOST_NAMES else None


def plain(name: Any) -> Any:
    """A name as Python has it, not numpy."""
    return name.item() if isinstance(name, np.generic) else name


def _shown(names: Collection[object]) -> int:
    return len(names) if len(names) <= _MOST_NAMES else _SOME_NAMES
