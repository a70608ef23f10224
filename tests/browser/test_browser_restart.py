"""A server that is started anew, while somebody reads."""

from pathlib import Path

import pytest
from browser_lesson import LESSON, expect_waiting
from browser_screen import DESKTOP, Screen
from browser_server import free_port, running_server
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.play]

STEP, AFTER = LESSON.steps[3:5]


def test_the_first_click_after_a_restart_counts(tmp_path: Path, chromium: Browser) -> None:
    """And what was done before is there: the browser tells the new server by itself."""
    port, log = free_port(), tmp_path / "server.log"
    with chromium.new_context(viewport=DESKTOP) as profile:
        with running_server(log, port=port) as server:
            screen = Screen(profile.new_page(), server.address)
            screen.open_step(STEP.slug)
            expect_waiting(screen)
            screen.press("skip")
            screen.wait_for_record(STEP.slug, said="skip")
        with running_server(log, port=port):
            screen.reconnect()
            screen.press("next")
            assert screen.step == AFTER.slug
            expect(screen.part("lesson-text")).to_contain_text(AFTER.title)
            screen.press("previous")
            expect(screen.verdict).to_be_visible()
        assert not screen.errors
    assert "Traceback" not in log.read_text("utf-8", "replace")
