"""Short addresses: how they are written, and where they lead."""

import re
from typing import Literal

import streamlit as st

from .corrections import note_correction

_SHORT = re.compile(r"s/([^/]{1,40})(/?)")
_PARAMETER = "short"
Lost = Literal["unknown", "later"]
_WORDS: dict[str, str] = {
    "unknown": "Nothing is kept under this short address. A letter of it may be wrong, or what was "
    "kept is gone by now. Whoever gave it to you can make another one.",
    "later": "Short addresses cannot be looked up just now. Try it again in a moment.",
}


def short_path(name: str) -> str:
    """The path of a short address.

    >>> short_path("K7M3XQP")
    '/s/K7M3XQP'
    """
    return f"/s/{name}"


def short_name(path: str, base: str = "") -> str | None:
    """The name in the path of a short address; None in every other path.

    >>> short_name("/s/K7M3XQP"), short_name("/course/s/K7M3XQP", base="course")
    ('K7M3XQP', 'K7M3XQP')
    >>> short_name("/s"), short_name("/methods/s/K7M3XQP"), short_name("/s/K7M3XQP/x")
    (None, None, None)
    """
    found = _SHORT.fullmatch(_within(path, base))
    return found[1] if found else None


def _within(path: str, base: str) -> str:
    prefix = f"{base.strip('/')}/" if base.strip("/") else ""
    return path.removeprefix("/").removeprefix(prefix)


def place_of(kept: str, path: str) -> str:
    """A kept address as it is seen from the path of its short one.

    It begins with dots, so whatever is kept leads to the host that was asked.

    >>> place_of("/methods?step=one_row", "/s/K7M3XQP")
    '../methods?step=one_row'
    >>> place_of("//example.org", "/s/K7M3XQP/")
    '../..//example.org'
    """
    return ("../.." if path.endswith("/") else "..") + kept


def lost(why: Lost) -> str:
    """Home, where it is said why a short address leads nowhere.

    >>> lost("unknown")
    '/?short=unknown'
    """
    return f"/?{_PARAMETER}={why}"


def say_lost() -> None:
    """Say why a short address led here, if one did."""
    why = st.query_params.get(_PARAMETER)
    if why is None:
        return
    st.query_params.pop(_PARAMETER)
    if why in _WORDS:
        note_correction(_WORDS[why])
