"""What a class held, and how its votes moved: to read, and to take away."""

from collections.abc import Callable

import streamlit as st

from ...course import Course, fill
from ...course.spelling import harmless
from ...room import Room
from ...room.digest import Digest, RoundDigest, digest
from ...room.digest_page import digest_csv, digest_page
from ...room.results import VOTES
from ..downloads import offer
from .database import the_questions, the_store


def offer_digest(course: Course, room: Room) -> None:
    """The digest behind a word: it is made when it is asked for."""
    if room.round is None:
        return
    reading = st.expander(
        "Digest", icon=":material/summarize:", key="class-digest", on_change="rerun"
    )
    if not reading.open:
        return
    with reading:
        made = _digest(course, room)
        _show(made)
        name = f"class_{room.code}"
        with st.container(horizontal=True):
            _offer("As a page, HTML", lambda: digest_page(made), f"{name}.html", "text/html")
            _offer("As a table, CSV", lambda: digest_csv(made), f"{name}.csv", "text/csv")


def _digest(course: Course, room: Room) -> Digest:
    store = the_store()
    rounds = store.rounds(room.code)
    asked = [(round, store.answers(room.code, round=round.number)) for round in rounds]
    return digest(course, the_questions(course), asked)


def _offer(label: str, make: Callable[[], str | bytes], name: str, mime: str) -> None:
    offer(label, make, name, mime, f"digest-{name.rpartition('.')[2]}")


def _show(made: Digest) -> None:
    st.markdown("**For the next lecture**")
    if not made.for_next_time:
        st.markdown(
            "No belief was still held by a quarter of those who answered, and by three of them."
        )
    for belief in made.for_next_time:
        held = "; ".join(
            f"question {each.round}: {each.devices} of {each.answered}"
            for each in belief.still_held
        )
        st.markdown(
            f"“{harmless(belief.belief)}”  \n"
            f":gray[At last, {held}. To go back to: {harmless(belief.lesson)}, "
            f"{harmless(belief.step)}]"
        )
    st.markdown("**What was asked**")
    st.markdown("\n".join(map(_line, made.rounds)))


def _line(round: RoundDigest) -> str:
    told = [
        each.words or fill("{n} {n:answer|answers}", {"n": each.answered}) for each in round.votes
    ]
    if len(told) > 1:
        told = [f"{name}: {words}" for name, words in zip(VOTES, told, strict=True)]
    lines = [". ".join(told), *([round.tallied] if round.tally else [])]
    below = "".join(f"  \n   :gray[{harmless(line)}]" for line in lines)
    return f"{round.number}. **{harmless(round.title)}.** {harmless(round.question)}{below}"
