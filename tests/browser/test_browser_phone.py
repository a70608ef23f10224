"""A phone held upright: everything fits its width."""

import pytest
from browser_lesson import LESSON, STATIONS, expect_revealed
from browser_screen import NewScreen, Screen
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(new_screen: NewScreen) -> Screen:
    return new_screen(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    )


def expect_no_sideways_scrolling(screen: Screen, where: str) -> None:
    """Neither the page nor Streamlit's own scrolling area is wider than the screen."""
    wide = screen.page.evaluate(
        """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
            .filter(area => area.scrollWidth > area.clientWidth)
            .map(area => `${area.scrollWidth} in ${area.clientWidth}`)"""
    )
    assert not wide, f"{where} scrolls sideways: {wide}"


def test_home_and_progress_fit_a_phone(phone: Screen) -> None:
    phone.open("/")
    expect(phone.part("course-nav")).not_to_be_in_viewport()
    expect(phone.page.locator(".js-plotly-plot")).to_be_visible()
    expect_no_sideways_scrolling(phone, "home")
    phone.open("/progress")
    expect_no_sideways_scrolling(phone, "the progress page")


def test_the_lesson_fits_a_phone(phone: Screen) -> None:
    phone.open_step(STATIONS[0])
    expect(phone.part("course-nav")).not_to_be_in_viewport()
    for step in LESSON.steps:
        expect_no_sideways_scrolling(phone, f"{step.slug}, before the prediction")
        phone.press("skip")
        expect_revealed(phone, step)
        expect_no_sideways_scrolling(phone, f"{step.slug}, after the prediction")
        phone.press("next")
    expect_no_sideways_scrolling(phone, "the quiz")
