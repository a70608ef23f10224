"""The instructor's view: what to ask, one obvious button at each moment, who is in, what is asked
back. Only the browser that opened the room gets here, or one into which its key was typed.

What turns the room hears nothing for a moment after the room has turned: see `lib.ui.pressing`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ...course import Course
from ...room import Phase, Room, Round
from ..failing import show_failure
from ..pressing import once
from ..prose import show_prose
from ..qr import show_qr
from . import keyring
from .address import (
    View,
    enter_room,
    is_of_this_machine,
    leave_room,
    room_address,
    site_of,
)
from .choosing import choose_question, move_on
from .counting import EVERY, say_count, say_joined
from .database import the_database, the_questions, the_store, the_watch
from .digest import offer_digest
from .inbox import show_inbox
from .own import is_to_be_asked, note_asked
from .polling import rerun_on_news, wait_for_news
from .question import show_question
from .refusals import refuse, trying
from .results import private_result, show_result, shown_result
from .spelling import spelled

_TYPED, _LOCKED = "class-key", "class-locked"

Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class Desk:
    """The room and the key by which its instructor moves it."""

    course: Course
    room: Room
    key: str

    def do(self, act: Callable[..., object], *what: object, **how: object) -> None:
        """Do what only the instructor may, and see at once what became of it."""
        try:
            act(self.room.code, self.key, *what, now=time.time(), **how)
        finally:
            the_watch().forget(self.room.code)

    def turning(self, act: Callable[Arguments, None]) -> Callable[Arguments, None]:
        """What a press does that turns the room: once, whatever comes to stand in its place."""
        round = self.room.round
        seen = None if round is None else (round.number, round.vote, round.phase)
        return once(f"class-{self.room.code}", seen, act)

    def ask(self, asked: str) -> None:
        """Put a question to the class."""
        note_asked()
        self.do(the_store().ask, asked, seen=self.room.round)


def show_instructor(course: Course, room: Room) -> None:
    """Draw the desk, for whoever holds the key of the room."""
    key = keyring.entry_of(room.code).key
    if not key or not the_store().is_instructor(room.code, key):
        _ask_for_key(room)
        wait_for_news(room)
        return
    desk = Desk(course, room, key)
    _show_bar(desk)
    if room.is_ended:
        _show_end(desk)
        wait_for_news(room)
        return
    left, right = st.columns((7, 4), gap="large")
    with right, st.container(key="class-people"):
        joined = _show_way_in(desk)
        show_inbox(desk.room, desk.key)
        _show_rest(desk)
    with left, st.container(key="class-desk"):
        _show_round(desk, joined)


def _ask_for_key(room: Room) -> None:
    """Only the browser that opened the room has its key; it can be carried to another."""

    def try_key() -> None:
        key = str(st.session_state[_TYPED]).strip()
        if not the_store().is_instructor(room.code, key):
            refuse("That is not the key of this room.")
            return
        keyring.keep(room, key=key)

    st.markdown(f"## Class {spelled(room.code)}", anchors=False)
    st.markdown(
        "This page is the instructor's. The browser in which the room was opened has its key. "
        "There you can copy it, and here enter it."
    )
    with st.form("class-key-form", width=480):
        st.text_input("The room's key", type="password", key=_TYPED, autocomplete="off")
        st.form_submit_button("Enter the key", key="class-key-enter", on_click=trying(try_key))
    st.button(
        "To the class, as everybody else",
        type="tertiary",
        key="class-as-learner",
        icon=":material/arrow_forward:",
        on_click=trying(enter_room),
        args=(room.code,),
    )


def _show_bar(desk: Desk) -> None:
    code = desk.room.code
    with st.container(key="class-bar", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Your class {spelled(code)}**", width="content")
        if not desk.room.is_ended:
            st.link_button(
                "Open the projector's window",
                room_address(code, View.PROJECTOR, ticket=desk.room.ticket),
                key="class-projector-link",
                icon=":material/open_in_new:",
            )


# The round


def _show_round(desk: Desk, joined: DeltaGenerator) -> None:
    round = desk.room.round
    if round is None:
        _keep_current(desk, joined)
        st.markdown("### What do you ask?", anchors=False)
        choose_question(desk.course, desk.turning(desk.ask))
        return
    try:
        _show_question(desk, round, joined)
    except Exception as error:  # Whatever a question does wrong
        show_failure(error, "class/question", "This question")
        _keep_current(desk, joined)
    is_over = round.phase is Phase.REVEALED
    choosing = st.expander(
        "Ask the next question" if is_over else "Ask something else",
        expanded=is_over or is_to_be_asked(),
        key=f"class-next-{round.number}-{is_over}",
        icon=":material/add:",
        on_change="rerun",
    )
    if choosing.open:
        with choosing:
            if round.phase in (Phase.OPEN, Phase.CLOSED):
                st.caption(
                    "A vote is under way. Ask something else, and it is over: the class does not "
                    "see its counts. You find them in the digest."
                )
            choose_question(desk.course, desk.turning(desk.ask))


def _show_question(desk: Desk, round: Round, joined: DeltaGenerator) -> None:
    question = the_questions(desk.course).read(round.asked)
    move_on(desk.course, question, desk.room.code, round.number)
    vote = ", second vote" if round.vote > 1 else ""
    standing = _STANDING[round.phase]
    if round.phase is Phase.SHOWN and not question.has_truth:
        standing = "the counts are shown, and no answer is right or wrong"
    st.caption(f"Question {round.number}{vote} · {question.title} · {standing}")
    with st.container(key="class-moves", horizontal=True, vertical_alignment="center"):
        answered = st.empty()
        _offer_moves(desk, round, has_truth=question.has_truth)
    _keep_current(desk, joined, answered)
    if round.phase not in (Phase.OPEN, Phase.CLOSED):
        st.caption("The class sees this, on the projector and on every device.")
        show_result(shown_result(desk.course, desk.room, round), f"class-shown-{round.number}", 560)
        if round.phase is Phase.REVEALED and question.reason:
            show_prose(f"**Why:** {question.reason}")
    with st.expander("The question as it is asked", expanded=round.phase is Phase.OPEN):
        show_question(question, f"class-asked-{round.number}", 560)


_STANDING = {
    Phase.OPEN: "the vote is open",
    Phase.CLOSED: "the vote is closed, the counts are hidden",
    Phase.SHOWN: "the counts are shown, what is right is not",
    Phase.REVEALED: "what is right is shown",
}


def _offer_moves(desk: Desk, round: Round, *, has_truth: bool) -> None:
    """The one thing to do next is the primary button."""

    def turn(phase: Phase) -> None:
        desk.do(the_store().turn, phase, seen=round)

    def vote_again() -> None:
        desk.do(the_store().vote_again, seen=round)

    def offer(label: str, key: str, act: Callable[..., None], *args: object, first: bool) -> None:
        st.button(
            label,
            type="primary" if first else "secondary",
            key=key,
            on_click=trying(desk.turning(act)),
            args=args,
        )

    match round.phase:
        case Phase.OPEN:
            offer("Close the vote", "class-close", turn, Phase.CLOSED, first=True)
            follows = " Once the counts are shown, the class can vote again."
            st.caption(
                "No answer can be changed then." + (follows if round.vote == 1 else ""),
                width="content",
            )
        case Phase.CLOSED:
            offer("Show the counts", "class-show", turn, Phase.SHOWN, first=True)
        case Phase.SHOWN:
            again = round.vote == 1
            if again:
                offer("Vote again", "class-again", vote_again, first=True)
            if has_truth:
                offer("Reveal", "class-reveal", turn, Phase.REVEALED, first=not again)


@st.fragment(run_every=EVERY)
def _keep_current(
    desk: Desk, joined: DeltaGenerator, answered: DeltaGenerator | None = None
) -> None:
    """All that counts on the desk, wherever it stands, and whether the room has moved on.

    One fragment: each would ask once a second, and a server takes only so much of one browser.
    """
    rerun_on_news(desk.room)
    with joined:
        say_joined(desk.room.code)
    round = desk.room.round
    if round is None or answered is None:
        return
    with answered:
        say_count(desk.room.code, round)
    if round.phase in (Phase.OPEN, Phase.CLOSED):
        _show_private(desk, round)


def _show_private(desk: Desk, round: Round) -> None:
    """The counts before the class sees them, for who wants to look."""
    with st.container(key="class-private"):
        if not st.toggle("Show the counts to me alone", key="class-peek"):
            return
        question = the_questions(desk.course).read(round.asked)
        result = private_result(question, desk.room, round)
        show_result(result, f"class-peeked-{round.number}-{round.vote}", 560)


# Who is in


def _show_way_in(desk: Desk) -> DeltaGenerator:
    """The code and its QR; returns the place where it says how many are in."""
    code = desk.room.code
    address = room_address(code, ticket=desk.room.ticket)
    with st.container(key="class-way-in", border=True):
        st.html(f"<p class='class-code'>{spelled(code)}</p>")
        show_qr(address, f"A QR code of the address {address}", 260)
        st.caption(f"{site_of(address)} · or the camera of a phone")
        if is_of_this_machine(address):
            st.caption(
                "This address works on this machine alone. For phones, open this page by one that "
                "they can reach."
            )
        joined = st.empty()
        # Another desk may have turned it.
        st.session_state[_LOCKED] = desk.room.is_locked
        st.toggle(
            "Nobody else can join",
            key=_LOCKED,
            on_change=trying(_lock),
            args=(desk,),
        )
        st.button(
            "Take out who has never answered",
            key="class-take-out",
            type="tertiary",
            icon=":material/person_remove:",
            help="All devices that have neither answered nor asked anything yet. "
            "They can join again, unless nobody else can join.",
            on_click=trying(_take_out),
            args=(desk,),
        )
    return joined


def _take_out(desk: Desk) -> None:
    desk.do(the_store().take_out)


def _lock(desk: Desk) -> None:
    desk.do(the_store().lock, locked=bool(st.session_state[_LOCKED]))


# The rest


def _show_rest(desk: Desk) -> None:
    offer_digest(desk.course, desk.room)
    carrying = st.expander(
        "Go on from another machine",
        icon=":material/key:",
        key="class-carry",
        on_change="rerun",
    )
    if carrying.open:
        carrying.markdown(
            "Whoever has this key can close, show, reveal and end. Open this page there, and enter "
            "it."
        )
        carrying.code(desk.key, language=None, wrap_lines=True)
    with st.expander("End the room", icon=":material/logout:", key="class-ending"):
        st.markdown(
            "Nobody can answer or join any more, and a room that is over is not opened again. Its "
            "digest can be read for a day."
        )
        st.button(
            "End it now",
            key="class-end",
            on_click=trying(desk.turning(_end)),
            args=(desk,),
        )


def _end(desk: Desk) -> None:
    desk.do(the_store().end)


def _show_end(desk: Desk) -> None:
    st.markdown("## The room is over", anchors=False)
    st.caption(the_database().survives)
    offer_digest(desk.course, desk.room)
    st.button(
        "Join or open another class",
        key="class-leave",
        type="tertiary",
        on_click=trying(leave_room),
    )
