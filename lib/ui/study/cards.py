"""The cards that are due, one at a time: a question, then the number that decides."""

import time
from collections.abc import Sequence
from functools import partial

import streamlit as st

from ...course import CardRecord, Course
from ...study import RATINGS, Card, Face, cards_of, comes_back, due, review
from ..failing import guarded
from ..figures import show_figures
from ..layout import panel_width
from ..pages import HOME, lesson_page
from ..prose import explaining, show_prose
from ..session import emit, progress_of
from ..waiting import saying_so

_CARD = "card-on-the-table"
_TURNED = "card-is-turned"
_MEANINGS = {1: "not known", 2: "with effort", 3: "known", 4: "at once"}


def show_cards(course: Course) -> None:
    """Draw the card that is on the table, or what to do where none is due."""
    records = progress_of(course).records
    cards = cards_of(course)
    waiting = due(cards, records, time.time())
    card = _on_the_table(cards, waiting)
    with st.container(width=760, key="cards-page"):
        st.markdown("## Cards", anchors=False)
        if card is None:
            turned = (records.cards.get(each.slug) for each in cards)
            _show_nothing_due([record.due for record in turned if record is not None])
            return
        left = len(waiting)
        st.caption(f"{left} {'card' if left == 1 else 'cards'} for now")
        with explaining(course.glossary, card.lesson, card.step), saying_so(st.container(gap=None)):
            _show_card(course, card, records.cards.get(card.slug))


def _on_the_table(cards: Sequence[Card], waiting: Sequence[Card]) -> Card | None:
    """The card that was begun stays until it is rated, whatever falls due in the meantime."""
    slug = st.session_state.get(_CARD)
    begun = next((card for card in cards if card.slug == slug), None)
    card = begun or next(iter(waiting), None)
    st.session_state[_CARD] = None if card is None else card.slug
    return card


def _show_card(course: Course, card: Card, record: CardRecord | None) -> None:
    times = 0 if record is None else record.reviews
    _show_face(card.front(times), f"card-{card.slug}-{times}-front")
    if not st.session_state.get(_TURNED, False):
        st.button(
            "Show the answer",
            key="show-answer",
            type="primary",
            shortcut="Enter",
            on_click=guarded(_turn),
        )
        return
    st.divider()
    _show_face(card.back(times), f"card-{card.slug}-{times}-back")
    _ask_how_well(course, card, record)
    stops = course.lesson(card.lesson).stops
    title = next(stop.title for stop in stops if stop.slug == card.step)
    st.page_link(
        lesson_page(card.lesson),
        label=f"Open the step: {title}",
        icon=":material/arrow_forward:",
        query_params={"step": card.step},
    )


def _show_face(face: Face, key: str) -> None:
    show_prose(face.text)
    if face.exhibit is not None:
        show_figures(face.exhibit, key, None, panel_width())


def _ask_how_well(course: Course, card: Card, record: CardRecord | None) -> None:
    st.markdown("**How well did you know it?** Each button says when the card comes back.")
    now = time.time()
    with st.container(horizontal=True, key="ratings"):
        for rating, name in RATINGS.items():
            again = review(card.slug, record, rating, now)
            st.button(
                f"{name}, {_MEANINGS[rating]}: {comes_back(again.due, now)}",
                key=f"rate-{rating}",
                shortcut=str(rating),
                on_click=guarded(_rate),
                args=(course, card.slug, rating),
            )


def _turn() -> None:
    st.session_state[_TURNED] = True


def _rate(course: Course, slug: str, rating: int) -> None:
    # A browser may send a click on a card that is no longer there.
    if slug == st.session_state.get(_CARD):
        record = progress_of(course).records.cards.get(slug)
        emit(course, partial(review, slug, record, rating), presenting=False)
    st.session_state[_CARD] = None
    st.session_state[_TURNED] = False


def _show_nothing_due(coming: Sequence[float]) -> None:
    """What to do where no card is due; `coming` is when those come back that were turned."""
    if not coming:
        st.markdown(
            "No card is due. Cards come from the steps that you have been through, and what you "
            "got wrong there comes first. Do a step of a lesson, then come back."
        )
    else:
        now = time.time()
        soonest = comes_back(min(coming), now)
        st.markdown(
            f"That is all for now. The next card comes back {soonest}. "
            "New ones come with each step that you go through, ten a day at most."
        )
    st.page_link(HOME, label="Go on with the lessons", icon=":material/home:")
