"""The lesson, played by hand as a learner would."""

import pytest
from browser_controls import set_controls
from browser_lesson import (
    LESSON,
    STATIONS,
    answer_question,
    every_step,
    expect_done,
    expect_dots,
    expect_revealed,
    expect_verdict,
    expect_waiting,
    hint_texts,
    plain,
    predict,
    reachable_mistake,
    right_said,
    wrong_said,
)
from browser_screen import Screen
from playwright.sync_api import expect

from lib.course import Step

pytestmark = pytest.mark.browser


@every_step
def test_a_step_is_played_rightly(screen: Screen, step: Step) -> None:
    screen.open_step(step.slug)
    expect_waiting(screen)
    predict(screen, step, right_said(step))
    expect_verdict(screen, step, right_said(step))
    expect_revealed(screen, step)
    expect(screen.button("go-on")).to_have_count(0)
    assert step.task is not None
    set_controls(screen, step, step.task.solution)
    expect_done(screen, step)
    screen.press("go-on")
    assert screen.step == STATIONS[STATIONS.index(step.slug) + 1]
    assert "said" not in screen.parameters
    screen.wait_for_record(step.slug, passed=True, predicted=True, said=right_said(step))


def test_home_leads_to_the_lesson_and_go_on_through_all_of_it(screen: Screen) -> None:
    screen.open("/")
    with screen.rerunning():
        screen.page.get_by_test_id("stMain").get_by_role("link").first.click()
    for step in LESSON.steps:
        assert screen.step == step.slug
        expect(screen.part("lesson-text")).to_contain_text(step.title)
        screen.press("skip")
        screen.press("solution")
        expect_done(screen, step)
        screen.press("go-on")
    expect(screen.part("quiz")).to_be_visible()
    expect_dots(screen, **{step.slug: "done" for step in LESSON.steps})


def test_the_quiz_answered_rightly(screen: Screen) -> None:
    screen.open_step("quiz")
    for number, question in enumerate(LESSON.quiz):
        right = next(index for index, answer in enumerate(question.answers) if answer.right)
        answer_question(screen, number, right)
        feedback = LESSON.fill_question(question, question.answers[right].feedback)
        expect(screen.part("quiz")).to_contain_text(plain(feedback))
        screen.press("next-question")
    expect(screen.part("quiz")).to_contain_text(
        f"{len(LESSON.quiz)} of {len(LESSON.quiz)} right at the first try."
    )


@every_step
def test_a_step_is_played_wrongly(screen: Screen, step: Step) -> None:
    said = wrong_said(step)
    screen.open_step(step.slug)
    predict(screen, step, said)
    expect_verdict(screen, step, said)
    expect_revealed(screen, step)

    mistake = reachable_mistake(step)
    set_controls(screen, step, mistake.example)
    judgement = step.judge(mistake.example)
    expect(screen.part("task")).to_contain_text(plain(judgement.text))
    screen.wait_for_record(step.slug, attempts=len(mistake.example), passed=False)

    hints = hint_texts(step)
    for count, hint in enumerate(hints, 1):
        expect(screen.part("task")).not_to_contain_text(hint)
        screen.press("hint")
        expect(screen.part("task")).to_contain_text(hint)
        screen.wait_for_record(step.slug, hints=count)
    expect(screen.button("hint")).to_have_count(0)

    screen.press("solution")
    expect_done(screen, step)
    screen.wait_for_record(
        step.slug, said=said, predicted=True, solution_shown=True, passed=True, hints=len(hints)
    )


def test_skipping_tells_the_truth(screen: Screen) -> None:
    screen.open_step(STATIONS[0])
    skipped = {}
    for step in LESSON.steps:
        expect_waiting(screen)
        screen.press("skip")
        expect_revealed(screen, step)
        expect_verdict(screen, step, "skip")
        assert screen.parameters["said"] == ["skip"]
        screen.wait_for_record(step.slug, said="skip", predicted=False, passed=False)
        skipped[step.slug] = "skipped"
        expect_dots(screen, **skipped)
        screen.press("next")
