"""A whole step without a mouse."""

import pytest
from browser_controls import tab_to, walk_to
from browser_lesson import (
    LESSON,
    expect_done,
    expect_revealed,
    expect_verdict,
    right_said,
    slugs,
)
from browser_screen import Screen

pytestmark = pytest.mark.browser


def choose(screen: Screen, key: str, wanted: str) -> None:
    """Choose an option: the arrows go through the list, and in a box Enter takes one of them."""
    if screen.part(key).get_by_role("radio").count():
        choose_of_list(screen, key, wanted)
    else:
        choose_in_box(screen, key, wanted)


def choose_of_list(screen: Screen, key: str, wanted: str) -> None:
    options = screen.part(key).get_by_role("radio")
    labels = screen.part(key).locator("label:has(input[type=radio])").all_inner_texts()
    tab_to(screen, options.first)
    with screen.rerunning():
        screen.page.keyboard.press("Space")
    for _ in range(labels.index(wanted)):
        with screen.rerunning():
            screen.page.keyboard.press("ArrowDown")


def choose_in_box(screen: Screen, key: str, wanted: str) -> None:
    box = screen.part(key).get_by_role("combobox")
    tab_to(screen, box)
    keyboard = screen.page.keyboard
    keyboard.press("ArrowDown")
    walk_to(screen, box, wanted)
    with screen.rerunning():
        keyboard.press("Enter")


def test_a_step_is_played_by_keyboard_alone(screen: Screen) -> None:
    step = LESSON.step("import")
    assert step.task is not None
    keyboard = screen.page.keyboard
    screen.open_step(step.slug)

    tab_to(screen, screen.part("prediction").get_by_role("radio").first)
    keyboard.press("Space")
    for _ in range(int(right_said(step))):
        keyboard.press("ArrowDown")
    tab_to(screen, screen.button("predict"))
    with screen.rerunning():
        keyboard.press("Enter")
    expect_verdict(screen, step, right_said(step))
    expect_revealed(screen, step)

    for name, wanted in step.task.solution.items():
        choose(screen, f"{step.slug}-{name}", str(wanted))
    expect_done(screen, step)

    tab_to(screen, screen.button("go-on"))
    with screen.rerunning():
        keyboard.press("Enter")
    assert screen.step == slugs(LESSON)[1]
