"""The projector's view: what the whole class may see, at once and from the last row."""

from collections.abc import Sequence
from math import ceil

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ...course import Course
from ...room import Phase, Room, Round, Standing
from ...room.drawing import MapQuestion
from ...room.question import Question
from ..failing import show_failure
from ..layout import Projection
from ..prose import show_prose
from ..qr import show_qr
from ..session import height_of_window, room_of_window
from ..widgets import show_guess
from .address import room_address, site_of
from .counting import show_count, show_joined
from .database import the_questions, the_watch
from .polling import EVERY
from .question import lines_of, say_question, show_figures
from .results import show_projected, shown_result
from .spelling import spelled

_VOTING, _SHOWING = (8, 2), (7, 3)
"""How the question and what stands beside it share the window."""
_MARGINS, _GAP = 96, 32
_MOST_REMARKS = 3
_WIDE = 1600
_LINE = {False: 34, True: 46}
"""How high a line is, in pixels; lib.ui.room.style has larger type on a wide projector."""
_LARGE = 1.5
"""So much larger is a question that would leave the window empty: lib.ui.room.style."""
_TOLD = 1.4
"""So much larger is what is right."""
_LOWEST = 240
_ENLARGED = {False: (1.75, 1.5, 1.25), True: (2.4, 2.0, 1.75, 1.5)}
"""Smaller type is not read from the last row: rather no numbers in the cells than those."""


def show_projector(course: Course, room: Room) -> None:
    """Draw the question or what became of it, with the way in beside it."""
    if room.is_ended:
        with st.container(key="class-lobby"):
            st.markdown("# This class is over", anchors=False)
        return
    if room.round is None:
        _show_lobby(room)
        return
    is_voting = room.round.phase in (Phase.OPEN, Phase.CLOSED)
    main, side = st.columns(_VOTING if is_voting else _SHOWING, gap="medium")
    with side, st.container(key="class-corner"):
        _show_way_in(room, with_picture=is_voting)
        if is_voting:
            show_count(room.code, room.round)
    with main, st.container(key="class-stage"):
        try:
            _show_round(course, room, room.round, side)
        except Exception as error:  # Whatever a question does wrong
            show_failure(error, "class/question", "This question")
    with side:
        _show_remarks(room.code)


def _show_lobby(room: Room) -> None:
    """Before the first question: how to come in, as large as it goes."""
    address = room_address(room.code, ticket=room.ticket)
    with st.container(key="class-lobby", horizontal_alignment="center"):
        st.markdown(f"Go to **{site_of(address)}** and type this code:")
        st.html(f"<p class='class-code'>{spelled(room.code)}</p>")
        st.markdown("Or point a phone's camera here:")
        show_qr(address, f"A QR code of the address {address}", 300)
        show_joined(room.code)


def _show_way_in(room: Room, *, with_picture: bool) -> None:
    address = room_address(room.code, ticket=room.ticket)
    if with_picture:
        show_qr(address, f"A QR code of the address {address}", 200)
    st.html(f"<p class='class-code'>{spelled(room.code)}</p>")
    st.caption(site_of(address))


@st.fragment(run_every=EVERY)
def _show_remarks(code: str) -> None:
    """Questions of the class that were let through, the newest first."""
    remarks = [
        remark for remark in the_watch().remarks(code) if remark.standing is Standing.THROUGH
    ]
    for remark in remarks[: -_MOST_REMARKS - 1 : -1]:
        with st.container(key=f"class-asked-{remark.number}", border=True):
            st.text(remark.text)


def _show_round(course: Course, room: Room, round: Round, side: DeltaGenerator) -> None:
    """The question and its figures; what these say stands at the side, where it takes no height."""
    question = the_questions(course).read(round.asked)
    key = f"class-{round.number}"
    if round.phase not in (Phase.OPEN, Phase.CLOSED):
        say_question(question, key, with_context=False)
        _show_result(course, room, round, question, side)
        return
    lines = lines_of(question)
    is_alone = not question.figures and not isinstance(question, MapQuestion)
    is_large = is_alone and _fits_large(question.text, lines)
    with st.container(key="class-large" if is_large else "class-usual"):
        say_question(question, key, with_context=False)
        if isinstance(question, MapQuestion):
            _show_blank(question, key)
            _say_standing(round)
            return
        # Once in a question, so that its figure leaves room for the choices under it.
        projection = _projection(question.text, lines, _VOTING)
        show_figures(question, f"{key}-{round.vote}", _panel(_VOTING), projection)
        with st.container(key="class-choices"):
            st.markdown("\n".join(f"- {line}" for line in lines))
        _say_standing(round)


def _show_result(
    course: Course, room: Room, round: Round, question: Question, side: DeltaGenerator
) -> None:
    """What is right, if it is told, over what the class said; its sentences stand at the side."""
    result = shown_result(course, room, round)
    is_told = round.phase is Phase.REVEALED and question.has_truth
    answer = question.told if is_told else ""
    if answer:
        with st.container(key="class-told"):
            st.markdown(answer)
    projection = _projection(question.text, (), _SHOWING, _height_of_told(answer))
    show_projected(result, f"class-{round.number}-result", _panel(_SHOWING), projection)
    sentences = [sentence for sentence in result.sentences if sentence != answer]
    with side, st.container(key="class-said-of-it"):
        st.markdown("\n\n".join(sentences))
        if is_told and question.reason:
            show_prose(f"**Why:** {question.reason}")


def _say_standing(round: Round) -> None:
    if round.phase is Phase.CLOSED:
        st.caption("The vote is closed.")
    elif round.vote > 1:
        st.caption("The second vote: answer once more.")


def _show_blank(question: MapQuestion, key: str) -> None:
    """The map as it is before it is drawn, and what its columns are."""
    figure, telling = st.columns(2, gap="medium")
    with figure, st.container(key="class-blank"):
        show_guess(question.guess, [None] * len(question.guess.pairs), key, _leave_empty)
    with telling:
        show_prose(question.context)
        st.markdown("Touch a cell, then a colour. A map counts once all of its cells are filled.")


def _leave_empty(number: int, level: float | None) -> None:
    """What is on the projector is looked at."""


def _fits_large(text: str, lines: Sequence[str]) -> bool:
    """Whether the window has room for a question in large type."""
    line = _LARGE * _LINE[room_of_window() >= _WIDE]
    return line * (_rows((text, *lines), _VOTING, line) + 3) <= height_of_window()


def _height_of_told(answer: str) -> int:
    """What the answer takes of the window, with what keeps it apart."""
    line = _TOLD * _LINE[room_of_window() >= _WIDE]
    return round(line * (_rows((answer,), _SHOWING, line) + 1)) if answer else 0


def _rows(texts: Sequence[str], shares: tuple[int, int], line: float) -> int:
    """About how many lines of this height the texts take, each of which begins one."""
    letters = _panel(shares) / (0.34 * line)
    return sum(ceil(len(each) / letters) for each in texts)


def _panel(shares: tuple[int, int]) -> int:
    content = room_of_window() - _MARGINS
    return _whole((content - _GAP) * shares[0] / sum(shares))


def _projection(
    text: str, below: Sequence[str], shares: tuple[int, int], taken: int = 0
) -> Projection:
    """What the window leaves a figure between the question over it and the lines under it."""
    is_wide = room_of_window() >= _WIDE
    line = _LINE[is_wide]
    rows = _rows((text, *below), shares, line) + 4
    height = max(height_of_window() - taken - round(line * rows), _LOWEST)
    return Projection(_whole(height), _ENLARGED[is_wide])


def _whole(pixels: float) -> int:
    """In steps: a drawing is remembered for each size."""
    return int(pixels // 20 * 20)
