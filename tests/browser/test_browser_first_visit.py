"""The first to ask a fresh server: it begins with the page alone, and must not stay so.

Each test pays for a server of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_controls import expect_values
from browser_lesson import LESSON, expect_verdict
from browser_screen import DESKTOP, Screen
from browser_server import Server, running_server
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

STEP = LESSON.step("mask")
PATH = f"/{LESSON.slug}?step=mask&said=skip&mask-k=1&view=Numbers"


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    with running_server(tmp_path / "server.log") as server:
        yield server
    assert "Traceback" not in server.log.read_text("utf-8", "replace")


@pytest.fixture
def visitor(fresh_server: Server, chromium: Browser) -> Iterator[Screen]:
    with chromium.new_context(viewport=DESKTOP) as profile:
        screen = Screen(profile.new_page(), fresh_server.address)
        yield screen
        assert not screen.errors


def expect_frame(screen: Screen) -> None:
    """Our own navigation is there, and Streamlit's is not."""
    expect(screen.part("course-links")).to_be_visible()
    expect(screen.page.get_by_test_id("stSidebarNav")).to_have_count(0)
    expect(screen.page.get_by_role("dialog")).to_have_count(0)


def expect_step(screen: Screen) -> None:
    """The step of PATH, as it says."""
    expect_frame(screen)
    expect_verdict(screen, STEP, "skip")
    expect_values(screen, STEP, k=1)
    expect(screen.tab("Numbers")).to_have_attribute("aria-selected", "true")
    assert screen.page.url == screen.address + PATH


def test_a_step_with_its_controls_and_its_tab(visitor: Screen) -> None:
    visitor.open(PATH)
    expect_step(visitor)


@pytest.mark.play
def test_the_progress_page(visitor: Screen) -> None:
    visitor.open("/progress")
    expect_frame(visitor)
    expect(visitor.button("download-progress")).to_be_visible()


@pytest.mark.play
def test_a_presentation(visitor: Screen) -> None:
    visitor.open(f"/{LESSON.slug}?step=mask&present=1")
    expect(visitor.page.get_by_role("radiogroup", name="Your prediction")).to_be_visible()
    expect(visitor.part("view")).to_have_count(0)
    expect(visitor.part("course-links")).to_have_count(0)
    expect(visitor.page.get_by_test_id("stSidebarNav")).to_have_count(0)


@pytest.mark.play
def test_a_page_that_is_none(visitor: Screen) -> None:
    visitor.open("/no_such_page")
    expect(visitor.part("course-links")).to_be_attached()
    expect(visitor.page.get_by_role("dialog")).to_contain_text("Page not found")


@pytest.mark.play
def test_two_at_once(fresh_server: Server, chromium: Browser) -> None:
    profiles = [chromium.new_context(viewport=DESKTOP) for _ in range(2)]
    screens = [Screen(profile.new_page(), fresh_server.address) for profile in profiles]
    for screen in screens:
        screen.page.goto(screen.address + PATH, wait_until="commit")
    for screen in screens:
        screen.settle()
        expect_step(screen)
    for profile in profiles:
        profile.close()
