"""What a room refuses is said in its own sentence, on the page drawn after it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from ...room import RoomError
from ..failing import guarded

_REFUSED = "class-refused-{by}"
_ANY = "any"
"""Whatever may refuse and has no place of its own where that is said."""

Arguments = ParamSpec("Arguments")


def trying(callback: Callable[Arguments, None], by: str = _ANY) -> Callable[Arguments, None]:
    """The callback of a widget, which a room may refuse: see `say_refusal`."""

    @guarded
    @wraps(callback)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except RoomError as refused:
            refuse(str(refused), by)

    return run


def refuse(sentence: str, by: str = _ANY) -> None:
    """Have the next page say this. For callbacks."""
    st.session_state[_REFUSED.format(by=by)] = sentence


def say_refusal(place: str = "page", by: str = _ANY) -> None:
    """What was refused a moment ago, in a place of its own."""
    with st.container(key=f"class-refusal-{place}", gap=None):
        if sentence := st.session_state.pop(_REFUSED.format(by=by), None):
            st.warning(sentence, icon=":material/info:")
