"""A map is filled in before it is seen: with clicks, or with keys alone."""

import pytest
from browser_axe import check
from browser_controls import expect_values
from browser_delay import held_up
from browser_screen import Screen
from browser_server import Server
from playwright.sync_api import BrowserContext, expect
from workshop_lesson import LESSON

pytestmark = pytest.mark.browser

STEP = LESSON.step("fill_in")
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(scope="module")
def server(workshop_server: Server) -> Server:
    return workshop_server


@pytest.fixture(scope="module")
def profile(workshop_profile: BrowserContext) -> BrowserContext:
    return workshop_profile


def choose(screen: Screen, word: str) -> None:
    with screen.rerunning():
        screen.page.get_by_role("button", name=word, exact=True).click()


def test_fingers_fill_cell_after_cell(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 390, "height": 844})
    screen.open("/?step=fill_in")
    for button in screen.page.locator(".cell, .level").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    cells = screen.page.locator(".cell")
    expect(cells).to_have_text(["?", "?", "?"])
    for word in (f"strong {MINUS}", "none", "weak +"):
        choose(screen, word)
    expect(cells).to_have_text([f"{MINUS}0.8", "0", "0.2"])
    expect_values(screen, STEP, guess=(-0.8, 0.0, 0.2))
    # One more choice mends the cell that is chosen.
    cells.first.click()
    choose(screen, "strong +")
    expect(cells).to_have_text(["0.8", "0", "0.2"])
    expect(screen.part("done")).to_contain_text("Guessing is fine.")


def test_keys_choose_fill_and_empty(screen: Screen) -> None:
    screen.open("/?step=fill_in")
    cells = screen.page.locator(".cell")
    cells.first.focus()
    with screen.rerunning():
        screen.page.keyboard.press("1")
    expect(cells.nth(1)).to_be_focused()
    screen.page.keyboard.press("ArrowRight")
    expect(cells.nth(2)).to_be_focused()
    with screen.rerunning():
        screen.page.keyboard.press("7")
    expect_values(screen, STEP, guess=(-0.8, None, 0.8))
    cells.first.focus()
    with screen.rerunning():
        screen.page.keyboard.press("Delete")
    expect_values(screen, STEP, guess=(None, None, 0.8))
    expect(cells.first).to_have_attribute("aria-label", "len with rate: not yet guessed")
    assert not check(screen, "a map to fill in")


def test_a_server_that_is_behind_loses_no_cell(screen: Screen, server: Server) -> None:
    screen.open("/?step=fill_in")
    cells = screen.page.locator(".cell")
    cells.first.focus()
    with screen.rerunning(), held_up(server):
        for key in ("1", "2", "3"):
            screen.page.keyboard.press(key)
        expect(cells).to_have_text([f"{MINUS}0.8", f"{MINUS}0.5", f"{MINUS}0.2"])
        expect(screen.page.locator(".map ~ [role=status]")).to_have_text(
            f"adt with len: weak {MINUS}"
        )
    expect_values(screen, STEP, guess=(-0.8, -0.5, -0.2))
    screen.press("solution")
    expect(cells).to_have_text(["?", "0.8", f"{MINUS}0.2"])
