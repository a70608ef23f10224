"""axe-core finds nothing serious in what is ours, in light and in dark.

Every step of every lesson is looked at in test_browser_playing.
"""

from typing import Literal

import pytest
from browser_axe import check
from browser_gate import first_in_gate
from browser_lesson import LESSON
from browser_screen import Screen
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("scheme", first_in_gate(["dark", "light"])),
]


@pytest.fixture
def coloured(screen: Screen, scheme: Literal["light", "dark"]) -> Screen:
    screen.page.emulate_media(color_scheme=scheme)
    return screen


def test_home_and_progress(coloured: Screen) -> None:
    coloured.open("/")
    expect(coloured.page.get_by_test_id("stMain").get_by_role("img").first).to_be_visible()
    expect(coloured.part("course-map").get_by_role("link").first).to_be_visible()
    assert not check(coloured, "home")
    coloured.open("/progress")
    assert not check(coloured, "the progress page")


def test_a_task_and_the_other_tabs(coloured: Screen) -> None:
    step = LESSON.step("mask")
    coloured.open_step(step.slug, said="1", **{"mask-k": "1"})
    coloured.press("hint")
    ours = check(coloured, "a mistake and a hint")
    coloured.press("solution")
    coloured.open_tab("Numbers")
    expect(coloured.page.get_by_test_id("stDataFrame")).to_be_visible()
    ours += check(coloured, "done, and the numbers")
    coloured.open_tab("Code")
    expect(coloured.page.get_by_test_id("stCode")).to_be_visible()
    ours += check(coloured, "the code")
    assert not ours, "\n".join(ours)


def test_the_answers_of_the_quiz(coloured: Screen) -> None:
    coloured.open_step("quiz", question=str(len(LESSON.quiz)))
    coloured.choose("quiz", 0)
    coloured.press("check")
    ours = check(coloured, "a question answered")
    coloured.press("next-question")
    ours += check(coloured, "the result")
    assert not ours, "\n".join(ours)
