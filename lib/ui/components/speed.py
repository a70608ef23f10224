"""Scatter plots to be judged against the clock, in the browser alone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ...course.checked import read_number
from ...study.speed import KINDS, Challenge, Plot, tolerance
from ..failing import guarded
from .heard import heard

_component = st.components.v2.component(
    "speed",
    html="<div class='bar'></div>\n<div class='before'><svg aria-hidden='true'></svg>"
    "<p role='status'></p></div>\n<svg class='plot' role='img'></svg>\n<div class='answer'></div>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)

Guesses = list[tuple[float, float]]


def speed_challenge(
    challenge: Challenge,
    plots: Sequence[Plot],
    *,
    seconds: int | None,
    name: str,
    colours: Sequence[str],
    key: str,
    on_done: Callable[[Guesses], None],
) -> None:
    """Show one plot after the other until the time is up; nothing is sent until then.

    Parameters
    ----------
    seconds
        How long; None for as long as there are plots.
    name
        Tells one deck from another: the same name goes on where it is.
    colours
        Of the groups.
    on_done
        Hears every truth with what was said.
    """

    def done() -> None:
        guesses = heard(_guesses, st.session_state[key].done)
        if guesses:
            on_done(guesses[: len(plots)])

    _component(
        data={
            "challenge": challenge,
            "name": name,
            "seconds": seconds or 0,
            "kinds": KINDS,
            "colours": tuple(colours),
            "plots": tuple(
                {
                    "points": plot.points,
                    "groups": plot.groups,
                    "truth": plot.truth,
                    "near": tolerance(plot.truth) if challenge == "r" else 0,
                    "why": plot.why,
                    "words": plot.in_words,
                }
                for plot in plots
            ),
        },
        key=key,
        height="content",
        on_done_change=guarded(done),
    )


def _guesses(said: Any) -> Guesses:
    return [(read_number(each["truth"]), read_number(each["said"])) for each in said]
