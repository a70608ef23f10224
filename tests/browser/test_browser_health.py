"""Nothing goes wrong unseen."""

import pytest
from browser_lesson import LESSON, expect_waiting
from browser_screen import Screen
from browser_server import Server
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.play
def test_the_first_views_are_whole_and_the_log_is_clean(screen: Screen, server: Server) -> None:
    for path in ("/", f"/{LESSON.slug}", f"/{LESSON.slug}?step=mask&said=skip"):
        screen.open(path)
        expect(screen.part("course-links")).to_be_visible()
        expect(screen.page.get_by_test_id("stException")).to_have_count(0)
    assert "Traceback" not in server.log.read_text("utf-8", "replace")


def test_what_draws_figures_is_loaded_while_a_prediction_is_read(screen: Screen) -> None:
    screen.open_step("mask")
    expect_waiting(screen)
    figure = screen.part("preload").locator(".js-plotly-plot")
    expect(figure).to_be_attached()
    expect(figure).to_be_hidden()
    around = screen.part("preload").locator("..")
    assert around.evaluate("element => getComputedStyle(element).position") == "absolute"
