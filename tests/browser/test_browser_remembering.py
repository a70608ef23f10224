"""What is remembered, where it is kept, and how it comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browser_controls import expect_values, set_controls
from browser_gate import first_in_gate
from browser_lesson import (
    LESSON,
    expect_dots,
    expect_revealed,
    expect_verdict,
    predict,
    right_said,
    wrong_said,
)
from browser_screen import NewScreen, Screen
from playwright.sync_api import Page, expect

from lessons import COURSE
from lib.course import read_progress

pytestmark = pytest.mark.browser

FIRST, SECOND = LESSON.steps[:2]
MISTAKE = SECOND.mistakes[0].example


def play_one_step_and_half_of_the_next(screen: Screen) -> None:
    """Pass the first step; in the second, predict wrongly and make a mistake."""
    screen.open_step(FIRST.slug)
    screen.press("skip")
    screen.press("solution")
    screen.press("go-on")
    predict(screen, SECOND, wrong_said(SECOND))
    set_controls(screen, SECOND, MISTAKE)
    screen.wait_for_record(SECOND.slug, values=MISTAKE)


def expect_half_played(screen: Screen) -> None:
    """What `play_one_step_and_half_of_the_next` leaves behind."""
    assert screen.step == SECOND.slug
    expect_verdict(screen, SECOND, wrong_said(SECOND))
    expect_revealed(screen, SECOND)
    expect_values(screen, SECOND, **MISTAKE)
    expect_dots(screen, LESSON, **{FIRST.slug: "done"})


@pytest.mark.play
def test_every_way_back_leads_to_where_it_was_left(screen: Screen) -> None:
    """A reload, the first link of home, the map, and the lesson's bare address."""
    play_one_step_and_half_of_the_next(screen)
    shared = screen.parameters
    screen.reload()
    expect_half_played(screen)

    screen.open("/")
    go_on = screen.page.get_by_test_id("stMain").get_by_role("link").first
    expect(go_on).to_contain_text(SECOND.title)
    with screen.rerunning():
        go_on.click()
    expect_half_played(screen)
    assert screen.parameters == shared

    screen.open("/")
    with screen.rerunning():
        screen.part("course-map").get_by_role("link", name=SECOND.title).click()
    expect_half_played(screen)
    screen.page.go_back()
    expect(screen.part("course-map")).to_be_visible()

    screen.open("/five_steps")
    expect_half_played(screen)


def test_a_progress_file_moves_to_another_browser(
    screen: Screen, new_screen: NewScreen, tmp_path: Path
) -> None:
    play_one_step_and_half_of_the_next(screen)
    screen.open("/progress")
    with screen.page.expect_download() as download:
        screen.button("download-progress").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert read_progress(file.read_text("utf-8"), COURSE.slug) == screen.progress

    there = new_screen()
    there.open("/progress")
    with there.rerunning():
        there.part("progress-file").locator("input[type=file]").set_input_files(file)
    with there.rerunning():
        there.part("course-links").get_by_role("link", name=LESSON.title).click()
    expect_half_played(there)
    there.reload()
    expect_half_played(there)


def read(screen: Screen) -> tuple[str, list[str]]:
    """The verdict, and what else there is to read: it stands where something was moved last."""
    verdict = screen.text("not-yet")
    return verdict, screen.text("lesson-text").replace(verdict, "").split()


@pytest.mark.parametrize("slug", first_in_gate(["correlate", "colour"]))
def test_a_copied_address_shows_the_same(screen: Screen, new_screen: NewScreen, slug: str) -> None:
    step = LESSON.step(slug)
    values = step.mistakes[-1].example
    screen.open_step(slug)
    predict(screen, step, wrong_said(step))
    set_controls(screen, step, values)
    screen.open_tab("Numbers")

    there = new_screen()
    there.open(screen.page.url)
    assert there.parameters == screen.parameters
    expect_values(there, step, **values)
    expect_verdict(there, step, wrong_said(step))
    assert read(there) == read(screen)
    expect(there.tab("Numbers")).to_have_attribute("aria-selected", "true")
    assert numbers(there) == numbers(screen)


def numbers(screen: Screen) -> str:
    """What the Numbers tab says, with the table that screen readers get."""
    panel = screen.part("view").locator("[role=tabpanel]:not([inert])")
    expect(panel.locator("table[role=grid] td").first).to_be_attached()
    return panel.text_content() or ""


def test_two_tabs_put_together_what_they_know(
    screen: Screen, watch: Callable[[Page], Screen]
) -> None:
    screen.open_step(FIRST.slug)
    there = watch(screen.page.context.new_page())
    there.open_step(SECOND.slug)
    pass_by_solution(there)
    there.wait_for_record(SECOND.slug, passed=True)

    pass_by_solution(screen)
    screen.wait_for_record(FIRST.slug, passed=True)
    expect_dots(screen, LESSON, **{FIRST.slug: "done", SECOND.slug: "done"})
    assert screen.step == FIRST.slug
    screen.wait_for_record(SECOND.slug, passed=True)

    there.press("next")
    expect_dots(there, LESSON, **{FIRST.slug: "done", SECOND.slug: "done"})


def pass_by_solution(screen: Screen) -> None:
    screen.press("skip")
    screen.press("solution")


@pytest.mark.play
def test_back_returns_to_the_step_before(screen: Screen) -> None:
    step, after = LESSON.steps[3:5]
    screen.open_step(step.slug)
    predict(screen, step, right_said(step))
    screen.press("next")
    assert screen.step == after.slug
    with screen.rerunning():
        screen.page.go_back()
    assert screen.step == step.slug
    expect(screen.part("lesson-text")).to_contain_text(step.title)
    expect_verdict(screen, step, right_said(step))
