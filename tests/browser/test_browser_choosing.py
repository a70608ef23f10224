"""What is chosen stays chosen, until somebody chooses otherwise."""

import pytest
from browser_lesson import LESSON, expect_revealed
from browser_screen import Screen
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STEP, AFTER = LESSON.steps[3:5]


def test_escape_closes_a_list_and_takes_nothing_back(screen: Screen) -> None:
    screen.open_step("delays", lesson="time_series", said="skip")
    box = screen.part("delays-late").get_by_role("combobox")
    box.click()
    with screen.rerunning():
        screen.page.get_by_role("option").first.click()
    chosen = screen.parameters["delays-late"]
    for _ in range(2):
        box.focus()
        screen.page.keyboard.press("Escape")
    screen.settle()
    assert screen.parameters["delays-late"] == chosen


def test_escape_closes_a_list_of_rows_and_puts_none_back(screen: Screen) -> None:
    screen.open("/methods?step=four_panels&said=skip&four_panels-leave_out=3")
    box = screen.part("four_panels-leave_out").get_by_role("combobox")
    box.click()
    for _ in range(2):
        screen.page.keyboard.press("Escape")
    screen.settle()
    assert screen.parameters["four_panels-leave_out"] == ["3"]


@pytest.mark.play
def test_rows_cannot_all_be_left_out(screen: Screen) -> None:
    """Nor by the keyboard: the list offers no more than may go, and says so."""
    gone = "".join(f"&four_panels-leave_out={row}" for row in range(1, 8))
    screen.open(f"/methods?step=four_panels&said=skip{gone}")
    screen.part("four_panels-leave_out").get_by_role("combobox").click()
    expect(screen.page.get_by_text("You can only select up to 7 options")).to_be_visible()
    expect(screen.page.get_by_text("Select all")).to_have_count(0)


def test_a_new_step_begins_with_its_figure(screen: Screen) -> None:
    screen.open_step(STEP.slug, said="skip", view="Numbers")
    expect(screen.tab("Numbers")).to_have_attribute("aria-selected", "true")
    screen.press("next")
    screen.press("skip")
    expect_revealed(screen, AFTER)
    expect(screen.tab("Figure")).to_have_attribute("aria-selected", "true")
    assert "view" not in screen.parameters
    with screen.rerunning():
        screen.page.go_back()
    assert screen.step == STEP.slug
