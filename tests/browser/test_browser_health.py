"""Nothing goes wrong unseen."""

import pytest
from browser_lesson import LESSON
from browser_screen import Screen
from browser_server import Server
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_first_views_are_whole_and_the_log_is_clean(screen: Screen, server: Server) -> None:
    for path in ("/", f"/{LESSON.slug}", f"/{LESSON.slug}?step=mask&said=skip"):
        screen.open(path)
        expect(screen.part("course-nav")).to_be_visible()
        expect(screen.page.get_by_test_id("stException")).to_have_count(0)
    assert "Traceback" not in server.log.read_text("utf-8", "replace")
