"""The rooms that this browser has to do with: what opens them is never in an address.

A session knows them at once; the browser keeps them, so that a reload, or a server that was started
anew, finds the same device and the same instructor again.
"""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from ...course import Course
from ...course.checked import read_flag, read_number, read_text, typed
from ...room import Room
from ...room.codes import read_code
from ..components.heard import heard
from ..components.room_keys import room_keys
from ..session import session_name

_COMPONENT, _HEARD, _BLOCKED = "room-keys", "room-keys-heard", "room-keys-blocked"
_RING, _NEWS = "room-keyring", "room-keyring-news"
_KEPT_FOR = 86_400
"""Seconds after its end that a room is worth keeping: its digest can be read so long."""
_MOST = 50


@dataclass(frozen=True)
class Entry:
    """What opens a room: its key for who gives the class, a device for who is in it."""

    key: str = ""
    device: str = ""
    until: float = 0.0


def entries() -> dict[str, Entry]:
    """By code, all rooms of this browser."""
    ring: dict[str, Entry] = st.session_state.setdefault(_RING, {})
    return ring


def entry_of(code: str) -> Entry:
    return entries().get(code, Entry())


def keep(room: Room, *, key: str = "", device: str = "") -> None:
    """Remember what opens a room, here and in the browser."""
    before = entry_of(room.code)
    entry = replace(
        before,
        key=key or before.key,
        device=device or before.device,
        until=room.ends + _KEPT_FOR,
    )
    entries()[room.code] = entry
    st.session_state.setdefault(_NEWS, {})[room.code] = entry


def forget_device(code: str) -> None:
    """The room does not know this device: it is to join as a new one."""
    entries()[code] = replace(entry_of(code), device="")


def is_known() -> bool:
    """Whether the browser has said what it keeps."""
    return _HEARD in st.session_state


def is_blocked() -> bool:
    """Whether this browser keeps nothing: then a reload makes it another device."""
    return bool(st.session_state.get(_BLOCKED))


def listen() -> None:
    """Take in what the browser keeps, if it has just said so. Before anything is drawn."""
    answer = heard(_read_answer, st.session_state.get(_COMPONENT, {}).get("kept"))
    if answer is None or answer.session != session_name():
        return
    st.session_state[_BLOCKED] = answer.blocked
    if not is_known():
        st.session_state[_HEARD] = True
        st.session_state[_RING] = {**answer.rooms, **entries()}


@st.fragment
def tell(course: Course) -> None:
    """Ask the browser what it keeps, and give it what is new.

    In a fragment: what the browser answers must not stop a run that hears a click.
    """
    before = is_known(), is_blocked()
    listen()
    if (is_known(), is_blocked()) != before:
        st.rerun()
    news: dict[str, Entry] = st.session_state.get(_NEWS, {})
    room_keys(
        name=f"{course.slug}/rooms",
        session=session_name(),
        heard=is_known(),
        now=time.time() // _KEPT_FOR * _KEPT_FOR,
        entries={code: _said(entry) for code, entry in news.items()},
        key=_COMPONENT,
    )


def _said(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in asdict(entry).items() if value}


@dataclass(frozen=True)
class _Answer:
    session: str
    rooms: Mapping[str, Entry]
    blocked: bool


def _read_answer(kept: Any) -> _Answer:
    rooms = _read_rooms(typed(kept["rooms"], dict))
    return _Answer(
        read_text(kept["session"]),
        dict(sorted(rooms.items(), key=lambda each: each[1].until)[-_MOST:]),
        read_flag(kept["blocked"]),
    )


def _read_rooms(told: Mapping[Any, Any]) -> dict[str, Entry]:
    """What cannot be read is left out: it must not keep this browser from its other rooms."""
    read = {code: heard(_read_entry, entry) for code, entry in told.items() if _is_code(code)}
    return {code: entry for code, entry in read.items() if entry is not None}


def _is_code(name: Any) -> bool:
    return isinstance(name, str) and read_code(name) == name != ""


def _read_entry(entry: Any) -> Entry:
    told = typed(entry, dict)
    return Entry(
        key=heard(read_text, told.get("key")) or "",
        device=heard(read_text, told.get("device")) or "",
        until=read_number(told["until"]),
    )
