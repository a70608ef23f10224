"""Nothing is cut and nothing lies on anything, on laptop, phone and projector."""

import pytest
from browser_gate import first_in_gate
from browser_screen import NewScreen, Screen
from browser_seeing import faults, resize, rows_of_header, under_the_fold, under_the_foot
from playwright.sync_api import ViewportSize

from lessons import COURSE
from lib.course import Guess, Lesson, Step

pytestmark = pytest.mark.browser

WIDTHS = (1280, 1440, 1920, 1024, 390)
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
WIDE_PROJECTOR = (1920, 1080)
TELLING = (
    ("five_steps", "mask"),
    ("methods", "four_panels"),
    ("significance", "survivors"),
    ("clustermaps", "distance"),
    ("categorical", "mixed"),
)
"""A map, several plots, signs in cells, trees, many controls."""
PROJECTED = (
    ("significance", "survivors"),
    ("methods", "four_panels"),
    ("action", "decide"),
    ("five_steps", "write_the_mask"),
)
"""A map of numbers, plots in a row, many controls at the foot, lines to write there."""


TASK = ".st-key-task"


def looked_at(screen: Screen, lesson: Lesson, step: Step, widths: tuple[int, ...]) -> list[str]:
    """What is wrong with the step on the screen at these widths, and solved at the two ends.

    One page for all of them, from the laptop to the phone and back: to load one is what costs.
    """
    where, how = f"{lesson.slug}.{step.slug}", "as it begins"
    found: list[str] = []
    if step.predict is not None:
        screen.press("skip")
    for width in widths:
        resize(screen, width)
        found += faults(screen, f"{where}, {how}, {width}")
    if screen.button("solution").count():
        screen.press("solution")
        how = "solved"
        found += faults(screen, f"{where}, {how}, {widths[-1]}")
    resize(screen, widths[0])
    return found + faults(screen, f"{where}, {how}, {widths[0]}")


def projected(screen: Screen, lesson: Lesson, step: Step) -> list[str]:
    """What is wrong with it on a projector, before and after what is said of it is revealed."""
    where = f"{lesson.slug}.{step.slug}, projected"
    found = faults(screen, f"{where}, asked")
    if step.predict is not None:
        found += under_the_fold(screen, f"{where}, asked", "prediction", "lesson-bar")
        screen.press("reveal")
        found += faults(screen, f"{where}, without numbers")
    while "Reveal" in screen.text("reveal") or "Show the task" in screen.text("reveal"):
        screen.press("reveal")
    assert screen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    found += faults(screen, where)
    found += under_the_fold(screen, where, "lesson-bar", "controls")
    found += under_the_foot(screen, where)
    if rows_of_header(screen) != 1:
        found.append(f"{where}: the header has {rows_of_header(screen)} rows")
    if step.writes:
        found += under_the_foot(screen, where, TASK)
    found += projected_wide(screen, where)
    if screen.button("solution").count():
        screen.press("solution")
        found += faults(screen, f"{where}, solved")
        # A map that is drawn by hand is itself what a room looks at, and the truth follows below.
        if not any(isinstance(control, Guess) for control in step.controls.values()):
            found += under_the_foot(screen, f"{where}, solved")
            found += projected_wide(screen, f"{where}, solved")
    return found


def projected_wide(screen: Screen, where: str) -> list[str]:
    """What is wrong with it on a wider projector."""
    resize(screen, *WIDE_PROJECTOR)
    found = faults(screen, f"{where}, wide") + under_the_foot(screen, f"{where}, wide")
    resize(screen, PROJECTOR["width"], PROJECTOR["height"])
    return found


@pytest.mark.parametrize(("lesson", "step"), first_in_gate(TELLING))
def test_what_a_telling_step_shows_is_whole(screen: Screen, lesson: str, step: str) -> None:
    screen.open_step(step, lesson=lesson)
    found = looked_at(screen, COURSE.lesson(lesson), COURSE.lesson(lesson).step(step), (1280, 390))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("lesson", "step"), first_in_gate(PROJECTED))
def test_a_projector_shows_the_question_and_then_the_figure_on_one_screen(
    screen: Screen, lesson: str, step: str
) -> None:
    screen.page.set_viewport_size(PROJECTOR)
    screen.open_step(step, lesson=lesson, present="1")
    found = projected(screen, COURSE.lesson(lesson), COURSE.lesson(lesson).step(step))
    assert not found, "\n".join(found)


# The lesson with the longest row of dots stays in the gate.
LONGEST = max(COURSE.lessons, key=lambda lesson: len(lesson.steps))


@pytest.mark.parametrize(
    "lesson",
    [
        pytest.param(lesson, marks=() if lesson is LONGEST else pytest.mark.play)
        for lesson in COURSE.lessons
    ],
    ids=lambda lesson: lesson.slug,
)
def test_the_header_is_one_row_and_on_a_phone_two(screen: Screen, lesson: Lesson) -> None:
    screen.open_step(lesson.steps[0].slug, lesson=lesson.slug)
    assert rows_of_header(screen) == 1
    resize(screen, 390, 844)
    assert rows_of_header(screen) <= 2
    assert "Ctrl" not in screen.text("lesson-bar")


@pytest.mark.play
@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_what_every_step_shows_is_whole(new_screen: NewScreen, lesson: Lesson) -> None:
    screen = new_screen()
    screen.open_step(lesson.steps[0].slug, lesson=lesson.slug)
    found: list[str] = []
    for step in lesson.steps:
        found += looked_at(screen, lesson, step, WIDTHS)
        screen.press("next")
    assert not found, "\n".join(found)


@pytest.mark.play
@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_every_step_is_whole_on_a_projector(new_screen: NewScreen, lesson: Lesson) -> None:
    screen = new_screen(viewport=PROJECTOR)
    screen.open_step(lesson.steps[0].slug, lesson=lesson.slug, present="1")
    found: list[str] = []
    for step in lesson.steps:
        found += projected(screen, lesson, step)
        screen.press("next")
    assert not found, "\n".join(found)
