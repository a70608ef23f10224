"""The way to share what is on the screen."""

from collections.abc import Callable, Sequence

import streamlit as st

LARGE = "address-to-show-large"


def offer_share(
    words: str,
    key: str,
    more: Callable[[], None] | None = None,
    without: Sequence[str] = (),
) -> None:
    """A word that opens the ways to share what is on the screen.

    Parameters
    ----------
    words
        What the address leads to.
    key
        What the popover is called by.
    more
        Draws what else is offered there.
    without
        Parameters of the address that are left out.
    """
    share = st.popover("Share", icon=":material/link:", type="tertiary", key=key, on_change="rerun")
    large = st.session_state.pop(LARGE, None)
    if share.open or large is not None:
        # Not before: it loads what keeps short addresses.
        from . import shared

        if large is not None:
            shared.show_large(large)
        if share.open:
            with share:
                st.markdown(words)
                shared.show_address(key, without)
                if more is not None:
                    more()
