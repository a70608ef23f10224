"""The way to share what is on the screen."""

from collections.abc import Callable, Sequence

import streamlit as st


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
    if share.open:
        # Not before: it loads what keeps short addresses.
        from lib.ui.shared import show_address

        with share:
            st.markdown(words)
            show_address(without)
            if more is not None:
                more()
