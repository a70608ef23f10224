"""What is pressed is what was read.

A double click presses twice. What it finds the second time, in the same place, may be the next
turn, which nobody has read and nobody can take back. So a button that turns a class or a
presentation hears nothing for a moment after it was pressed, and after another turn came to stand
in its place. A press that is not heard changes nothing, and nothing is said of it.

Whatever takes back rather than shows is heard at once.
"""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import NamedTuple, ParamSpec

import streamlit as st

MOMENT = 0.8
"""Seconds: longer than a slow double click, and shorter than it takes to read what has come."""

_PLACES = "pressing-places"

Arguments = ParamSpec("Arguments")


class _Place(NamedTuple):
    """What a press does there, and when that was turned last."""

    turn: Hashable
    turned: float


def once(
    place: str, turn: Hashable, callback: Callable[Arguments, None]
) -> Callable[Arguments, None]:
    """The callback of a button that is drawn now, and which a double click presses once.

    place  what the button shares with all that may come to stand where it is
    turn   what is to be read there: another one than before counts as turned now
    """
    places = _places()
    before = places.get(place)
    if before is None:
        places[place] = _Place(turn, float("-inf"))
    elif before.turn != turn:
        places[place] = _Place(turn, time.monotonic())

    @wraps(callback)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        places = _places()
        drawn, now = places[place], time.monotonic()
        if now - drawn.turned < MOMENT:
            return
        places[place] = drawn._replace(turned=now)
        try:
            callback(*args, **kwargs)
        except BaseException:
            # It was refused, or Streamlit cut it short to begin again: then it is heard again.
            places[place] = drawn
            raise

    return run


def _places() -> dict[str, _Place]:
    places: dict[str, _Place] = st.session_state.setdefault(_PLACES, {})
    return places
