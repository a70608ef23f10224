"""What every refusal says: which columns, and what is wrong with them."""

from collections.abc import Collection, Sequence
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
    return shortened([repr(plain(name)) for name in names])


def shortened(words: Sequence[str]) -> str:
    """Words with commas between: of many, the first few, and how many more there are."""
    if len(words) <= _MOST_NAMES:
        return ", ".join(words)
    return f"{', '.join(words[:_SOME_NAMES])} and {len(words) - _SOME_NAMES:,} more"


def dropped(names: Collection[object]) -> str:
    """The code that leaves these columns out of a table, and no other.

    What is to stay may be the groups or the target, so that no rule by type will do.
    """
    code = f"data.drop(columns={as_list(names)})"
    return code if len(names) <= _MOST_NAMES else f"{code}, names being all of them"


def as_list(items: Collection[object], unlisted: str = "names") -> str:
    """The code of a list; what it may be called, where there are too many items to read."""
    return f"[{listed(items)}]" if len(items) <= _MOST_NAMES else unlisted


def as_dict(names: Collection[object], value: str) -> str:
    """The code of a dict that gives each name the same value, as `as_list`."""
    if len(names) > _MOST_NAMES:
        return f"dict.fromkeys(names, {value!r})"
    return str({plain(name): value for name in names})


def counted(count: int, thing: str) -> str:
    """So many things: "1 row", "2 rows"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def plain(name: Any) -> Any:
    """A name as Python has it, not numpy."""
    return name.item() if isinstance(name, np.generic) else name
