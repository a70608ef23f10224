"""Presenter mode: for a room, and with nothing given away before it is revealed."""

import pytest
from browser_lesson import (
    LESSON,
    expect_revealed,
    expect_verdict,
    predict,
    verdict_on,
    wrong_said,
)
from browser_screen import Screen
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STEP, AFTER = LESSON.steps[3:5]


def root_font(screen: Screen) -> float:
    size: str = screen.page.evaluate("() => getComputedStyle(document.documentElement).fontSize")
    return float(size.removesuffix("px"))


def left_edge(screen: Screen, key: str) -> float:
    box = screen.part(key).bounding_box()
    assert box is not None
    return box["x"]


def test_a_presentation_hides_the_answer_until_it_is_revealed(screen: Screen) -> None:
    screen.open_step(STEP.slug)
    usual_font = root_font(screen)
    expect(screen.page.get_by_test_id("stSidebar")).to_be_visible()
    predict(screen, STEP, wrong_said(STEP))
    screen.wait_for_record(STEP.slug, said=wrong_said(STEP))
    own = screen.progress.step(LESSON.slug, STEP.slug)

    screen.press("present")
    assert screen.parameters["present"] == ["1"]
    expect(screen.page.get_by_test_id("stSidebar")).not_to_be_visible()
    assert root_font(screen) > usual_font
    expect(screen.part("view")).to_have_count(0)
    assert left_edge(screen, "lesson-text") < left_edge(screen, "prediction")
    expect(screen.part("step")).not_to_contain_text(verdict_on(STEP, "skip").feedback[:30])

    for _ in range(3):
        screen.press("reveal")
    expect_revealed(screen, STEP)
    expect_verdict(screen, STEP, "skip")
    assert left_edge(screen, "view") < left_edge(screen, "lesson-text")

    screen.press("present")
    assert "present" not in screen.parameters
    expect(screen.page.get_by_test_id("stSidebar")).to_be_visible()
    assert root_font(screen) == usual_font
    expect_verdict(screen, STEP, wrong_said(STEP))
    screen.wait_for_record(STEP.slug, **vars(own))


def test_a_presentation_goes_on_by_keys_and_by_buttons(screen: Screen) -> None:
    screen.open_step(STEP.slug, present="1")
    expect(screen.part("lesson-text")).to_contain_text(STEP.title)
    for key, step in (("Control+ArrowRight", AFTER), ("Control+ArrowLeft", STEP)):
        with screen.rerunning():
            screen.page.keyboard.press(key)
        assert screen.step == step.slug
        expect(screen.part("lesson-text")).to_contain_text(step.title)
    for button, step in (("next", AFTER), ("previous", STEP)):
        screen.press(button)
        assert screen.step == step.slug
        expect(screen.part("lesson-text")).to_contain_text(step.title)
    assert screen.parameters["present"] == ["1"]
