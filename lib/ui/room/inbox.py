"""What the class asks back: let through to the projector, or dismissed.

Whoever presses has read the question that is pressed: where one has just moved up into the place of
another, its buttons hear nothing for a moment. See `lib.ui.pressing`.
"""

import time
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from ...room import Remark, Room, Standing
from ..pressing import once
from .database import the_store, the_watch
from .refusals import trying

_EVERY = 2.0
_MOST = 20


@st.fragment(run_every=_EVERY)
def show_inbox(room: Room, key: str) -> None:
    """The questions that wait, and those that were let through."""
    remarks = the_watch().remarks(room.code)
    waiting = in_turn([each for each in remarks if each.standing is Standing.WAITING])
    of_each = Counter(remark.first for remark in waiting)
    through = [remark for remark in remarks if remark.standing is Standing.THROUGH]
    st.markdown(f"**Questions from the class** · {len(waiting)} waiting")
    if not waiting and not through:
        st.caption("None yet. You alone see them, until you let one through to the projector.")
    for place, remark in enumerate(shown := waiting[:_MOST]):
        with st.container(border=True, key=f"class-remark-{remark.number}", gap="small"):
            _say(remark)
            with st.container(horizontal=True):
                _offer(room, key, remark, place, "Let through", Standing.THROUGH)
                _offer(room, key, remark, place, "Dismiss", Standing.DISMISSED)
                if (many := of_each[remark.first]) > 1:
                    _offer_dismissing(room, key, remark, place, many)
    if len(waiting) > _MOST:
        st.caption(f"And {len(waiting) - _MOST} more.")
    for place, remark in enumerate(through[-_MOST:], len(shown)):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"class-through-{remark.number}"
        ):
            _say(remark)
            _offer(room, key, remark, place, "Take away", Standing.DISMISSED)


def in_turn(remarks: Sequence[Remark]) -> list[Remark]:
    """One of each device, then a second of each: who asks much hides nobody.

    remarks  in the order in which they came, which is kept within each turn
    """
    turns: Counter[int] = Counter()
    placed = []
    for remark in remarks:
        placed.append((turns[remark.first], remark))
        turns[remark.first] += 1
    return [remark for _, remark in sorted(placed, key=lambda each: each[0])]


def _say(remark: Remark) -> None:
    """Plain text: it is a stranger's."""
    st.text(f"{remark.nickname}: {remark.text}" if remark.nickname else remark.text)


def _offer(
    room: Room, key: str, remark: Remark, place: int, label: str, standing: Standing
) -> None:
    def settle() -> None:
        try:
            the_store().settle(
                room.code, key, remark.number, standing, seen=remark.standing, now=time.time()
            )
        finally:
            the_watch().forget(room.code)

    st.button(
        label,
        key=f"class-{standing}-{remark.number}",
        type="secondary" if standing is Standing.THROUGH else "tertiary",
        on_click=trying(once(f"class-remark-{place}", (remark.number, remark.standing), settle)),
    )


def _offer_dismissing(room: Room, key: str, remark: Remark, place: int, many: int) -> None:
    """All of one device at once, which stays unnamed."""

    def dismiss() -> None:
        the_store().dismiss_all(room.code, key, remark.first, now=time.time())
        the_watch().forget(room.code)

    st.button(
        f"Dismiss all {many} of this device",
        key=f"class-dismiss-all-{remark.number}",
        type="tertiary",
        on_click=trying(once(f"class-remark-{place}", (remark.number, remark.standing), dismiss)),
    )
