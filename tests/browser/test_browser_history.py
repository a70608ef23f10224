"""Back leads to the screen before, and one click makes one entry."""

import pytest
from browser_lesson import LESSON, expect_verdict, predict, right_said
from browser_screen import Screen
from playwright.sync_api import expect

from lessons import COURSE

pytestmark = pytest.mark.browser

STEP, AFTER = LESSON.steps[3:5]


def entries(screen: Screen) -> int:
    count: int = screen.page.evaluate("history.length")
    return count


def go_back(screen: Screen) -> None:
    with screen.rerunning():
        screen.page.go_back()


@pytest.mark.play
@pytest.mark.parametrize("title", [COURSE.lessons[1].title, "Home", "Your progress"])
def test_another_page_and_back(screen: Screen, title: str) -> None:
    screen.open_step(STEP.slug)
    predict(screen, STEP, right_said(STEP))
    before, address = entries(screen), screen.page.url
    with screen.rerunning():
        screen.part("course-links").get_by_role("link", name=title).click()
    assert entries(screen) == before + 1
    go_back(screen)
    assert screen.page.url == address
    expect_verdict(screen, STEP, right_said(STEP))


def test_the_step_before_and_the_one_before_that(screen: Screen) -> None:
    screen.open("/")
    with screen.rerunning():
        screen.part("course-map").get_by_role("link", name=STEP.title).click()
    predict(screen, STEP, right_said(STEP))
    before = entries(screen)
    screen.press("next")
    assert (screen.step, entries(screen)) == (AFTER.slug, before + 1)
    go_back(screen)
    assert screen.step == STEP.slug
    expect_verdict(screen, STEP, right_said(STEP))
    go_back(screen)
    assert screen.lesson == ""
    expect(screen.part("course-map")).to_be_visible()


def test_a_link_of_the_map_is_a_link(screen: Screen) -> None:
    """It opens a tab where a learner wants one, and the keyboard follows it."""
    screen.open("/")
    link = screen.part("course-map").get_by_role("link", name=STEP.title)
    with screen.page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.wait_for_url(f"{screen.address}/{LESSON.slug}?step={STEP.slug}")
    opened.value.close()
    link.focus()
    with screen.rerunning():
        screen.page.keyboard.press("Enter")
    assert (screen.lesson, screen.step) == (LESSON.slug, STEP.slug)
    expect(screen.part("lesson-text")).to_contain_text(STEP.title)


def test_a_question_and_back(screen: Screen) -> None:
    screen.open_step("quiz")
    before = entries(screen)
    screen.press("next-question")
    assert entries(screen) == before + 1
    go_back(screen)
    expect(screen.part("quiz")).to_contain_text(f"Quiz: 1 of {len(LESSON.quiz)}")
