"""What a desk sees that was drawn a moment ago."""

from lib.room import Round, Store


def seen(store: Store, code: str) -> Round | None:
    """The round that is under way; None for none."""
    room = store.room(code, now=0.0)
    return None if room is None else room.round
