"""What a class held, and how its votes moved: to read, and to take away."""

from collections.abc import Callable

import streamlit as st

from ...course import Course, fill
from ...course.spelling import harmless
from ...room import Phase, Room, RoomError
from ...room.digest import Belief, Digest, RoundDigest, digest
from ...room.digest_page import digest_csv, digest_page
from ...room.homework import NONE, Homework, read_homework
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
        if room.round.phase is Phase.OPEN:
            st.caption("The question that is open joins the digest once its vote is closed.")
        made = _digest(course, room, _homework(course))
        _show(made)
        name = f"class_{room.code}"
        with st.container(horizontal=True):
            _offer("As a page, HTML", lambda: digest_page(made), f"{name}.html", "text/html")
            _offer("As a table, CSV", lambda: digest_csv(made), f"{name}.csv", "text/csv")


def _homework(course: Course) -> Homework:
    """What the critic's table says, if there is one: kept for this session alone."""
    file = st.file_uploader(
        "Homework: the critic's table, class.csv",
        type="csv",
        key="class-homework",
        max_upload_size=1,
    )
    if file is None:
        return NONE
    try:
        return read_homework(file.getvalue(), course.misconceptions)
    except RoomError as error:
        st.error(harmless(str(error)))
        return NONE


def _digest(course: Course, room: Room, homework: Homework) -> Digest:
    store = the_store()
    # What is told of an open vote would be old at the next answer.
    rounds = [round for round in store.rounds(room.code) if round.phase is not Phase.OPEN]
    asked = [(round, store.answers(room.code, round=round.number)) for round in rounds]
    return digest(course, the_questions(course), asked, homework)


def _offer(label: str, make: Callable[[], str | bytes], name: str, mime: str) -> None:
    offer(label, make, name, mime, f"digest-{name.rpartition('.')[2]}")


def _show(made: Digest) -> None:
    st.markdown("**For the next lecture**")
    if not made.for_next_time:
        homework = ", nor shown by as much of the homework" if made.handed_in else ""
        st.markdown(
            "No belief was still held by a quarter of those who answered, and by three of "
            f"them{homework}."
        )
    for belief in made.for_next_time:
        st.markdown(
            f"“{harmless(belief.belief)}”  \n"
            f":gray[{_held(belief)} To go back to: {harmless(belief.lesson)}, "
            f"{harmless(belief.step)}]"
        )
    st.markdown("**What was asked**")
    st.markdown("\n".join(map(_line, made.rounds)))


def _held(belief: Belief) -> str:
    held = "; ".join(
        f"question {each.round}: {each.devices} of {each.answered}" for each in belief.still_held
    )
    homework = f"In homework: {belief.homework} of {belief.handed_in}."
    said = [f"At last, {held}."] if held else []
    return " ".join([*said, *([homework] if belief.handed_in else [])])


def _line(round: RoundDigest) -> str:
    told = [
        each.words or fill("{n} {n:answer|answers}", {"n": each.answered}) for each in round.votes
    ]
    if len(told) > 1:
        told = [f"{name}: {words}" for name, words in zip(VOTES, told, strict=True)]
    lines = [". ".join(told), *([round.tallied] if round.tally else [])]
    below = "".join(f"  \n   :gray[{harmless(line)}]" for line in lines)
    return f"{round.number}. **{harmless(round.title)}.** {harmless(round.question)}{below}"
