"""Lines are typed in the real app: what stops them is said beside the box, and they are kept."""

import pytest
from browser_axe import check
from browser_controls import expect_values, set_control
from browser_screen import Screen
from playwright.sync_api import expect

from lessons import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.play]

STEP = COURSE.lesson("five_steps").step("write_the_mask")
SOLUTION = str(STEP.task.solution["lines"])


def test_lines_that_stop_are_explained_and_those_that_run_are_kept(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 390, "height": 844})
    screen.open("/five_steps?step=write_the_mask&said=skip")
    set_control(screen, STEP, "lines", "r.mask(np.triu(np.ones_like(r)))")
    expect(screen.part("not-yet")).to_contain_text("It did not run. Line 1")
    expect(screen.part("not-yet")).not_to_contain_text("Not yet")
    assert not check(screen, "lines that did not run")
    tops = [
        screen.page.locator(part).first.bounding_box()["y"]
        for part in (".st-key-task", "textarea", ".st-key-not-yet", ".readings", ".figure-title")
    ]
    assert tops == sorted(tops), "the box under its task, and what is said of it under the box"
    set_control(screen, STEP, "lines", SOLUTION)
    expect(screen.part("done")).to_contain_text("55 cells for 55 pairs")
    screen.page.reload()
    expect(screen.part("done")).to_contain_text("55 cells for 55 pairs")
    expect_values(screen, STEP, lines=SOLUTION)
    set_control(screen, STEP, "lines", "r.mask(")
    expect(screen.part("done-before")).to_contain_text("It did not run. Line 1")
    screen.part("next").get_by_role("button").click()
    expect(screen.page.locator("textarea")).to_have_count(0)
    screen.part("previous").get_by_role("button").click()
    expect(screen.part("done")).to_contain_text("55 cells for 55 pairs")
    expect_values(screen, STEP, lines=SOLUTION)
    size = screen.page.locator("textarea").evaluate("box => getComputedStyle(box).fontSize")
    # Below, a phone would zoom in on who types.
    assert float(size.removesuffix("px")) >= 16
