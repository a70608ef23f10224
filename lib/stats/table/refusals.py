"""What every refusal says: which columns, and what is wrong with them."""

from collections.abc import Iterable, Sequence


def refuse(names: Sequence[object], reason: str) -> None:
    """Raise ValueError that says of these columns, if there are any, what is wrong."""
    if names:
        subject = f"Column {names[0]!r} is" if len(names) == 1 else f"Columns {listed(names)} are"
        raise ValueError(f"{subject} {reason}.")


def listed(names: Iterable[object]) -> str:
    """Names as a message has them."""
    return ", ".join(repr(name) for name in names)
