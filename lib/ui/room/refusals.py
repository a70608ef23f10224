"""What a room refuses is said in its own sentence, on the page drawn after it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from ...room import RoomError
from ..failing import guarded

_REFUSED = "class-refused"

Arguments = ParamSpec("Arguments")


def trying(callback: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The callback of a widget, which a room may refuse: see `say_refusal`."""

    @guarded
    @wraps(callback)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except RoomError as refused:
            refuse(str(refused))

    return run


def refuse(sentence: str) -> None:
    """Have the next page say this. For callbacks."""
    st.session_state[_REFUSED] = sentence


def say_refusal(place: str = "page") -> None:
    """What was refused a moment ago, in a place of its own."""
    with st.container(key=f"class-refusal-{place}", gap=None):
        if sentence := st.session_state.pop(_REFUSED, None):
            st.warning(sentence, icon=":material/info:")
