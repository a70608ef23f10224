"""The speed challenge: sixty seconds of judging scatter plots, and what they show of one's eye."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from ...charts import PLOTLY_CONFIG, Heatmap, Scatter, group_colours
from ...course import Course, Raced
from ...study.speed import Challenge, bias, confusions, deck, score, sensible, tolerance
from ..components.speed import speed_challenge
from ..failing import guarded
from ..figures import on_screen, show_title, theme
from ..pages import lesson_page
from ..session import emit, progress_of

SECONDS = 60
_UNHURRIED = 20
_WHICH, _CLOCK, _LAST = "speed-challenge", "speed-clock", "speed-last"
_PANEL = 480
_TITLES: dict[Challenge, str] = {"r": "Guess r", "kind": "Real, spurious or artefact?"}
_ABOUT: dict[Challenge, str] = {
    "r": f"How large is Pearson's r? A guess is right within {tolerance(1):.2f} where r is near 1 "
    f"or −1, and within {tolerance(0):.2f} where it is near 0: there the eye tells less "
    "apart, and so do the numbers. Move the slider, or press the arrow up and down, then Enter.",
    "kind": "Colours and shapes are groups. **Real** stays when the groups are taken apart, "
    "and when points that lie far out are left out. **Spurious** goes when the groups are taken "
    "apart: they made it. An **artefact** goes without one or two points far out. Tap a word, or "
    "press 1, 2 or 3.",
}

_MIXED_UP = "A row is what they are, a column what you called them."
_STEPS = {
    "relations that groups make": ("action", "confound"),
    "points that make a relation": ("methods", "one_outlier"),
}

Guesses = Sequence[tuple[float, float]]


def show_speed(course: Course) -> None:
    """Draw the challenge that the address names, and what the last one showed."""
    with st.container(key="speed", width=760):
        st.markdown("## Speed", anchors=False)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            # The address holds what is written on the screen.
            title = st.segmented_control(
                "Challenge",
                list(_TITLES.values()),
                default=_TITLES["r"],
                required=True,
                key=_WHICH,
                bind="query-params",
            )
            has_clock = st.toggle("By the clock", True, key=_CLOCK, bind="query-params")
        which = next(challenge for challenge, each in _TITLES.items() if each == title)
        _show_challenge(course, which, SECONDS if has_clock else None)
        st.markdown(_ABOUT[which])
        _show_last(course, which)


def _show_challenge(course: Course, which: Challenge, seconds: int | None) -> None:
    races = progress_of(course).records.races.get(which)
    draw = (progress_of(course).seed + (races.count if races else 0)) % 100_000
    # What was just played stays on the screen until one wants to go on.
    if _just_played(which):
        st.button(
            "Another round",
            type="primary",
            key="speed-again",
            icon=":material/replay:",
            on_click=guarded(_forget),
        )
        return
    plots = deck(which, draw) if seconds else deck(which, draw, _UNHURRIED)
    speed_challenge(
        which,
        plots,
        seconds=seconds,
        name=f"{which}-{draw}-{seconds}",
        colours=group_colours(theme(), 3),
        key=f"speed-{which}",
        on_done=partial(_done, course, which),
    )


def _just_played(which: Challenge) -> Guesses:
    """The guesses of the round that has just been played; none if it was of another challenge."""
    challenge, guesses = st.session_state.get(_LAST, ("", ()))
    return guesses if challenge == which else ()


def _forget() -> None:
    st.session_state.pop(_LAST, None)


def _done(course: Course, which: Challenge, guesses: list[tuple[float, float]]) -> None:
    guesses = sensible(which, guesses)
    if not guesses:
        return
    right = score(which, guesses)
    emit(course, Raced, False, challenge=which, guesses=tuple(guesses), score=right)
    st.session_state[_LAST] = (which, tuple(guesses))


def _show_last(course: Course, which: Challenge) -> None:
    """The round that was just played, beside the best; before it, all that is remembered."""
    races = progress_of(course).records.races.get(which)
    if races is None:
        return
    fresh = _just_played(which)
    guesses = fresh or sensible(which, races.guesses)
    title = f"{score(which, fresh)} of {len(fresh)} right" if fresh else "Up to now"
    st.markdown(f"### {title}", anchors=False)
    st.markdown(f"Your best round: {races.best} right. Rounds so far: {races.count}.")
    if guesses and which == "r":
        _show_bias(guesses)
    elif guesses:
        _show_confusions(guesses)


def _show_bias(guesses: Guesses) -> None:
    st.markdown(bias(guesses))
    ends = [(-1.0, -1.0), (1.0, 1.0)]
    table = pd.DataFrame([*guesses, *ends], columns=["r as it is", "r as you said it"])
    chart = Scatter(
        table["r as it is"],
        table["r as you said it"],
        groups=pd.Series(["your guesses"] * len(guesses) + ["exactly right"] * len(ends)),
        line=True,
        limits=((-1.05, 1.05), (-1.05, 1.05)),
        title="Your eye beside the truth",
    )
    _draw(chart, f"{bias(guesses)} Each point is a plot: r across, your guess upwards.")
    st.caption(
        "Most people put |r| too low (Strahan and Hansen 1978). The same points look more strongly "
        "related when they are drawn closer together (Cleveland, Diaconis and McGill 1982)."
    )


def _show_confusions(guesses: Guesses) -> None:
    counts = confusions(guesses)
    chart = Heatmap(
        counts.astype(float),
        limits=(0, max(float(counts.to_numpy().max()), 1.0)),
        colours="viridis",
        decimals=0,
        scale="plots",
        title="What you said of what is",
    )
    right = int(counts.to_numpy().trace())
    said = f"On the diagonal stand the {right} of {len(guesses)} plots that you judged rightly."
    st.markdown(f"{said} {_MIXED_UP}")
    _draw(chart, said)
    for kind, (lesson, step) in _STEPS.items():
        st.page_link(
            lesson_page(lesson),
            label=f"The step on {kind}",
            icon=":material/arrow_forward:",
            query_params={"step": step},
        )


def _draw(chart: Scatter | Heatmap, description: str) -> None:
    show_title(chart)
    with st.container(width=_PANEL):
        st.plotly_chart(
            on_screen(chart, panel=_PANEL),
            key="speed-figure",
            theme=None,
            config=PLOTLY_CONFIG,
            alt=description,
        )
