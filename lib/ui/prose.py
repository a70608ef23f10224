"""Prose on the screen: terms of the field explain themselves on hover, on focus and on tap."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape

import streamlit as st

from ..course import Glossary, Term, mark

_Page = tuple[Glossary, set[str]]
_page: ContextVar[_Page] = ContextVar("page", default=(Glossary(), set()))
"""The glossary, and the slugs of those of its terms that are still to be marked."""


@contextmanager
def explaining(glossary: Glossary, lesson: str, step: str) -> Iterator[None]:
    """Within the block, prose is that of one page: each term is marked where it is used first.

    Whoever opens a page by its address has not read the pages before it. So all terms are marked,
    and not only those that this page introduces.
    """
    token = _page.set((glossary, glossary.marked_on(lesson, step)))
    try:
        yield
    finally:
        _page.reset(token)


def show_prose(text: str) -> None:
    """Show Markdown, with marks."""
    glossary, unmarked = _page.get()
    uses = []
    for use in glossary.uses(text):
        if use.term.slug in unmarked:
            unmarked.remove(use.term.slug)
            uses.append(use)
    if uses:
        st.markdown(mark(text, uses, _explained), unsafe_allow_html=True)
    else:
        st.markdown(text)


def _explained(words: str, term: Term) -> str:
    """`words` as style.py draws them. What the description says, the page shows beside them."""
    return f'<dfn class="term" tabindex="0" aria-description="{escape(term.meaning)}">{words}</dfn>'
