"""Nothing is cut and nothing lies on anything, on laptop, phone and projector."""

from collections.abc import Iterator, Mapping

import pytest
from browser_screen import NewScreen, Screen
from browser_seeing import faults, resize, rows_of_header, under_the_fold

from lessons import COURSE
from lib.course import Lesson, Step, Value
from lib.ui.widgets import widget_key, widget_values

pytestmark = pytest.mark.browser

WIDTHS = (1280, 1440, 1920, 1024, 390)
PROJECTOR = (1280, 720)
TELLING = (
    ("five_steps", "mask"),
    ("methods", "four_panels"),
    ("significance", "survivors"),
    ("clustermaps", "distance"),
    ("categorical", "mixed"),
)
"""A map, several plots, signs in cells, trees, many controls."""

SettingsOf = Iterator[tuple[str, dict[str, str]]]


def settings(step: Step) -> SettingsOf:
    """What the step begins with and what solves it, as the address names them."""
    said = {"said": "skip"} if step.predict is not None else {}
    yield "as it begins", said
    if step.task is not None and step.task.solution:
        yield "solved", {**said, **in_address(step, step.task.solution)}


def in_address(step: Step, values: Mapping[str, Value]) -> dict[str, str]:
    """The parameters that hold these values, where each is one."""
    widgets = {
        widget: shown
        for name, value in values.items()
        for widget, shown in widget_values(
            step.inputs[name], widget_key(step.slug, name), value
        ).items()
    }
    return {
        widget: str(shown).lower() if isinstance(shown, bool) else str(shown)
        for widget, shown in widgets.items()
        if shown is not None and not isinstance(shown, list)
    }


def looked_at(screen: Screen, lesson: Lesson, step: Step, widths: tuple[int, ...]) -> list[str]:
    """What is wrong with a step at these widths; one page for all of them."""
    found: list[str] = []
    for setting, parameters in settings(step):
        screen.open_step(step.slug, lesson=lesson.slug, **parameters)
        for width in widths:
            resize(screen, width)
            found += faults(screen, f"{lesson.slug}.{step.slug}, {setting}, {width}")
        resize(screen, widths[0])
    return found


def projected(screen: Screen, lesson: Lesson, step: Step) -> list[str]:
    """What is wrong with it on a projector, before and after what is said of it is revealed."""
    where = f"{lesson.slug}.{step.slug}, projected"
    screen.page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
    screen.open_step(step.slug, lesson=lesson.slug, present="1")
    found = faults(screen, f"{where}, asked")
    if step.predict is not None:
        found += under_the_fold(screen, f"{where}, asked", "prediction", "lesson-bar")
        screen.press("reveal")
    assert screen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    found += faults(screen, where)
    found += under_the_fold(screen, where, "lesson-bar", "controls")
    if rows_of_header(screen) != 1:
        found.append(f"{where}: the header has {rows_of_header(screen)} rows")
    return found


@pytest.mark.parametrize(("lesson", "step"), TELLING)
def test_what_a_telling_step_shows_is_whole(screen: Screen, lesson: str, step: str) -> None:
    found = looked_at(screen, COURSE.lesson(lesson), COURSE.lesson(lesson).step(step), (1280, 390))
    assert not found, "\n".join(found)


def test_a_projector_shows_the_question_and_then_the_figure_on_one_screen(screen: Screen) -> None:
    lesson = COURSE.lesson("significance")
    found = projected(screen, lesson, lesson.step("survivors"))
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
    assert "Ctrl" not in screen.text("lesson-header")


@pytest.mark.play
@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_what_every_step_shows_is_whole(new_screen: NewScreen, lesson: Lesson) -> None:
    screen = new_screen()
    found = [fault for step in lesson.steps for fault in looked_at(screen, lesson, step, WIDTHS)]
    found += [fault for step in lesson.steps for fault in projected(screen, lesson, step)]
    assert not found, "\n".join(found)
