"""A term explains itself to the mouse, to the keyboard, to a finger and to a screen reader."""

import pytest
from browser_axe import check
from browser_controls import tab_to
from browser_phone import PHONE, sideways
from browser_screen import NewScreen, Screen
from playwright.sync_api import Locator, expect

from lessons import COURSE

pytestmark = pytest.mark.browser

NATS = next(term.meaning for term in COURSE.glossary.terms if term.slug == "nats")
_SHOWN = "term => getComputedStyle(term, '::after').content"
# The box has its place in the term's paragraph: from `left`, and `width` wide with all its edges.
_EDGES = """
term => {
  const box = getComputedStyle(term, "::after")
  const from = term.closest("p, li").getBoundingClientRect().left + parseFloat(box.left)
  return [from, from + parseFloat(box.width)]
}
"""


def terms(screen: Screen) -> Locator:
    return screen.part("lesson-text").locator(".term")


def nat(screen: Screen) -> Locator:
    screen.open_step("zero_is_not_nothing", lesson="methods")
    return terms(screen).filter(has_text="nat").first


def said_of(term: Locator) -> str:
    content: str = term.evaluate(_SHOWN)
    return content.strip('"')


def test_the_mouse_and_the_keyboard_are_told(screen: Screen) -> None:
    term = nat(screen)
    expect(term).to_have_accessible_description(NATS)
    assert said_of(term) == "none"
    term.hover()
    assert said_of(term) == NATS
    screen.page.mouse.move(0, 0)
    assert said_of(term) == "none"
    terms(screen).first.focus()
    tab_to(screen, term)
    assert said_of(term) == NATS
    assert not check(screen, "a term with its meaning")


@pytest.mark.play
def test_a_finger_is_told_within_the_screen(new_screen: NewScreen) -> None:
    phone = new_screen(**PHONE)
    nat(phone)
    elsewhere = phone.page.get_by_role("heading", name="Zero is not nothing")
    for term in terms(phone).all():
        term.tap()
        assert said_of(term) != "none"
        left, right = term.evaluate(_EDGES)
        assert 0 <= left < right <= PHONE["viewport"]["width"], term.inner_text()
        elsewhere.tap()
        assert said_of(term) == "none"
    assert not sideways(phone, "a page with meanings")


def test_a_presenter_s_page_explains_its_terms_in_the_dark(screen: Screen) -> None:
    screen.page.emulate_media(color_scheme="dark")
    screen.open_step("zero_is_not_nothing", lesson="methods", present="1")
    terms(screen).first.focus()
    assert said_of(terms(screen).first) != "none"
    assert not check(screen, "a term with its meaning, in the dark")
