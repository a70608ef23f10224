"""What this browser holds of rooms, in its localStorage: keys, and the devices that it is there."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "room_keys", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def room_keys(
    *,
    name: str,
    session: str,
    heard: bool,
    now: float,
    entries: Mapping[str, Mapping[str, str | float]],
    key: str,
) -> None:
    """Keep `entries` in the browser under `name`: by a room's code what belongs to it.

    Each says `until` when it is worth keeping, in seconds since 1970; what is older is forgotten.
    What is kept of a room already stays, where the entry does not say it anew. As long as the
    browser was not `heard` by this session, it answers by the component's state in a later run,
    `kept`: the session that asked, the rooms that it knows, a secret that all tabs of this browser
    share, and whether its storage is blocked.
    """
    _component(
        data={
            "name": name,
            "session": session,
            "heard": heard,
            "now": now,
            "entries": {code: dict(entry) for code, entry in entries.items()},
        },
        key=key,
        height=0,
    )
