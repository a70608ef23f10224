"""A list in an order of one's own: each entry moves up, moves down, or is taken out."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ...course.checked import read_text
from ..failing import guarded
from .heard import heard

_component = st.components.v2.component(
    "running_order",
    html="<ol></ol><p role='status'></p>\n<!-- entries and announcements -->",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Entry:
    """One line of the list: its name, what it is called, and a few words about it."""

    name: str
    title: str
    about: str


def running_order(
    entries: Sequence[Entry], *, label: str, key: str, on_order: Callable[[list[str]], None]
) -> None:
    """Draw the list. `on_order` gets the names that are left, in their new order.

    The keyboard's focus stays with the entry that was moved, so that it can be moved on.
    """

    def ordered() -> None:
        names = heard(_read_names, st.session_state[key].order)
        known = [entry.name for entry in entries]
        if names is not None and len(set(names)) == len(names) and set(names) <= set(known):
            on_order(names)

    _component(
        data={"entries": tuple(map(asdict, entries)), "label": label},
        key=key,
        on_order_change=guarded(ordered),
    )


def _read_names(message: Any) -> list[str]:
    if not isinstance(message, list):
        raise TypeError("An order is a list of names.")
    return [read_text(name) for name in message]
