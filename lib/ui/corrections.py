"""What the page says, once, of an address that names what there is not.

Its sentences quote nothing: an address is what somebody else may have written.
"""

import streamlit as st

from .session import has_just_heard

_FOUND = "corrections-found"
_SAID = "corrections-said"


def note_correction(sentence: str) -> None:
    """Have the page say, when it is drawn, what was put right."""
    found: tuple[str, ...] = st.session_state.get(_FOUND, ())
    st.session_state[_FOUND] = tuple(dict.fromkeys([*found, sentence]))


def say_corrections() -> None:
    """Say what was put right, until the learner acts.

    A run that the browser's answer brings is nobody's act: what was said before stays.
    """
    found = st.session_state.pop(_FOUND, ())
    stays = st.session_state.get(_SAID, ()) if has_just_heard() else ()
    st.session_state[_SAID] = said = tuple(dict.fromkeys([*stays, *found]))
    if said:
        st.info(" ".join(said))
