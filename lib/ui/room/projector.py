"""The projector's view: what the whole class may see, at once and from the last row."""

from collections.abc import Sequence
from math import ceil

import streamlit as st

from lib.course import Course
from lib.room import Phase, Room, Round, Standing
from lib.room.choosing import ChoiceQuestion
from lib.room.question import Question
from lib.ui.failing import show_failure
from lib.ui.layout import Projection
from lib.ui.qr import show_qr
from lib.ui.room.address import room_address
from lib.ui.room.counting import show_count, show_joined
from lib.ui.room.database import the_questions, the_watch
from lib.ui.room.polling import EVERY
from lib.ui.room.question import say_question, show_figures
from lib.ui.room.results import show_result, shown_result
from lib.ui.room.spelling import spelled
from lib.ui.session import height_of_window, room_of_window

_MOST_REMARKS = 3
_WIDE = 1600
_LINE = {False: 34, True: 46}
"""How high a line is, in pixels; lib.ui.room.style has larger type on a wide projector."""
_LOWEST = 240
_ENLARGED = (1.75, 1.5, 1.25, 1.0)


def show_projector(course: Course, room: Room) -> None:
    """Draw the question or what became of it, with the way in beside it."""
    if room.is_ended:
        with st.container(key="class-lobby"):
            st.markdown("# This class is over", anchors=False)
        return
    if room.round is None:
        _show_lobby(room)
        return
    main, side = st.columns((8, 2), gap="medium")
    with main, st.container(key="class-stage"):
        try:
            _show_round(course, room, room.round)
        except Exception as error:  # Whatever a question does wrong
            show_failure(error, "class/question", "This question")
    with side, st.container(key="class-corner"):
        _show_way_in(room)
        show_count(room.code, room.round)
        _show_remarks(room.code)


def _show_lobby(room: Room) -> None:
    """Before the first question: how to come in, as large as it goes."""
    with st.container(key="class-lobby", horizontal_alignment="center"):
        st.html(f"<p class='class-code'>{spelled(room.code)}</p>")
        address = room_address(room.code, ticket=room.ticket)
        show_qr(address, f"A QR code of the address {address}", 360)
        st.markdown(f"{_site(address)}")
        show_joined(room.code)


def _show_way_in(room: Room) -> None:
    address = room_address(room.code, ticket=room.ticket)
    show_qr(address, f"A QR code of the address {address}", 200)
    st.html(f"<p class='class-code'>{spelled(room.code)}</p>")
    st.caption(_site(address))


def _site(address: str) -> str:
    """The address as one types it."""
    return address.partition("?")[0].partition("//")[2]


@st.fragment(run_every=EVERY)
def _show_remarks(code: str) -> None:
    """Questions of the class that were let through, the newest first."""
    remarks = [
        remark for remark in the_watch().remarks(code) if remark.standing is Standing.THROUGH
    ]
    for remark in remarks[: -_MOST_REMARKS - 1 : -1]:
        with st.container(key=f"class-asked-{remark.number}", border=True):
            st.text(remark.text)


def _show_round(course: Course, room: Room, round: Round) -> None:
    question = the_questions(course).read(round.asked)
    key = f"class-{round.number}"
    say_question(question, key, with_context=False)
    if round.phase in (Phase.OPEN, Phase.CLOSED):
        lines = _lines(question)
        # Once in a question, so that its figure leaves room for the choices under it.
        show_figures(question, f"{key}-{round.vote}", _panel(), _projection(question.text, lines))
        with st.container(key="class-choices"):
            st.markdown("\n".join(f"- {line}" for line in lines))
        if round.phase is Phase.CLOSED:
            st.caption("The vote is closed.")
        elif round.vote > 1:
            st.caption("The second vote: answer once more.")
        return
    result = shown_result(course, room, round)
    projection = _projection(question.text, result.sentences, len(result.figures))
    show_result(result, f"{key}-result", _panel(), projection, in_a_row=True)


def _lines(question: Question) -> Sequence[str]:
    """The choices, each with its letter."""
    if not isinstance(question, ChoiceQuestion):
        return ()
    return [f"**{question.letters[said]}**  {text}" for said, text in question.choices.items()]


def _panel() -> int:
    return _whole(room_of_window() * 0.76)


def _projection(text: str, below: Sequence[str], figures: int = 1) -> Projection:
    """What the window leaves a figure between the question over it and the lines under it."""
    is_wide = room_of_window() >= _WIDE
    line = _LINE[is_wide]
    letters = _panel() / (0.34 * line)
    rows = sum(ceil(len(each) / letters) for each in (text, *below)) + 3.5
    height = max(height_of_window() - round(line * rows), _LOWEST)
    return Projection(_whole(height), _ENLARGED if figures < 3 else _ENLARGED[-2:])


def _whole(pixels: float) -> int:
    """In steps: a drawing is remembered for each size."""
    return int(pixels // 20 * 20)
