"""What the class asks back: let through to the projector, or dismissed."""

import time

import streamlit as st

from lib.room import Remark, Room, Standing
from lib.ui.room.database import the_store, the_watch
from lib.ui.room.refusals import trying

_EVERY = 2.0
_MOST = 20


@st.fragment(run_every=_EVERY)
def show_inbox(room: Room, key: str) -> None:
    """The questions that wait, the oldest first, and those that were let through."""
    remarks = the_watch().remarks(room.code)
    waiting = [remark for remark in remarks if remark.standing is Standing.WAITING]
    through = [remark for remark in remarks if remark.standing is Standing.THROUGH]
    st.markdown(f"**Questions from the class** · {len(waiting)} waiting")
    if not waiting and not through:
        st.caption("None yet. You alone see them, until you let one through to the projector.")
    for remark in waiting[:_MOST]:
        with st.container(border=True, key=f"class-remark-{remark.number}", gap="small"):
            _say(remark)
            with st.container(horizontal=True):
                _offer(room, key, remark, "Let through", Standing.THROUGH)
                _offer(room, key, remark, "Dismiss", Standing.DISMISSED)
    if len(waiting) > _MOST:
        st.caption(f"And {len(waiting) - _MOST} more.")
    for remark in through[-_MOST:]:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"class-through-{remark.number}"
        ):
            _say(remark)
            _offer(room, key, remark, "Take away", Standing.DISMISSED)


def _say(remark: Remark) -> None:
    """Plain text: it is a stranger's."""
    st.text(f"{remark.nickname}: {remark.text}" if remark.nickname else remark.text)


def _offer(room: Room, key: str, remark: Remark, label: str, standing: Standing) -> None:
    def settle() -> None:
        the_store().settle(room.code, key, remark.number, standing, now=time.time())
        the_watch().forget(room.code)

    st.button(
        label,
        key=f"class-{standing}-{remark.number}",
        type="secondary" if standing is Standing.THROUGH else "tertiary",
        on_click=trying(settle),
    )
