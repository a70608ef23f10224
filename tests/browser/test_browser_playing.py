"""Every lesson, played by hand as a learner would, from its first step to the end of its quiz."""

import pytest
from browser_axe import check
from browser_controls import set_controls
from browser_features import features
from browser_lesson import (
    LESSON,
    answer_question,
    expect_done,
    expect_dots,
    expect_revealed,
    expect_verdict,
    expect_waiting,
    hint_texts,
    plain,
    predict,
    reachable_mistake,
    right_answer,
    right_said,
    wrong_answer,
    wrong_said,
)
from browser_phone import PHONE, sideways
from browser_screen import NewScreen, Screen
from playwright.sync_api import expect

from lessons import COURSE
from lib.course import Lesson, Step, slugs

pytestmark = pytest.mark.browser


def predict_and_look(screen: Screen, step: Step, said: str) -> None:
    """Predict what the step asks for; the figure waits until then."""
    expect(screen.part("lesson-text")).to_contain_text(step.title)
    if step.predict is not None:
        expect_waiting(screen)
        predict(screen, step, said)
        expect_verdict(screen, step, said)
    expect_revealed(screen, step)
    expect(screen.button("go-on")).to_have_count(0)


def play_rightly(screen: Screen, step: Step) -> str:
    """Predict and solve what is on the screen; return what was said."""
    said = right_said(step) if step.predict else ""
    predict_and_look(screen, step, said)
    assert step.task is not None
    set_controls(screen, step, step.task.solution)
    expect_done(screen, step)
    return said


def expect_recorded(screen: Screen, step: Step, said: str, **expected: object) -> None:
    predicted = {"predicted": True, "said": said} if said else {}
    screen.wait_for_record(step.slug, **predicted, **expected)


def test_the_last_step_leads_on_to_the_quiz(screen: Screen) -> None:
    """What the gate plays of a whole lesson."""
    *_, step = LESSON.steps
    first, *_ = LESSON.quiz
    screen.open_step(step.slug)
    play_rightly(screen, step)
    screen.press("go-on")
    assert screen.step == "quiz"
    answer_question(screen, LESSON, first, right_answer(first))
    screen.press("next-question")
    expect(screen.part("quiz")).to_contain_text(f"Quiz: 2 of {len(LESSON.quiz)}")
    expect_dots(screen, LESSON, **{step.slug: "done"})


@pytest.mark.play
@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_a_lesson_is_played_rightly(screen: Screen, lesson: Lesson) -> None:
    screen.open_step(lesson.steps[0].slug, lesson=lesson.slug)
    for step, after in zip(lesson.steps, slugs(lesson)[1:], strict=True):
        said = play_rightly(screen, step)
        screen.press("go-on")
        assert screen.step == after
        assert "said" not in screen.parameters
        expect_recorded(screen, step, said, passed=True)
    for question in lesson.quiz:
        answer_question(screen, lesson, question, right_answer(question))
        screen.press("next-question")
    count = len(lesson.quiz)
    expect(screen.part("quiz")).to_contain_text(f"{count} of {count} right at the first try.")
    expect_dots(screen, lesson, **dict.fromkeys(slugs(lesson), "done"))


def play_wrongly(screen: Screen, step: Step) -> list[str]:
    """Predict wrongly and make a mistake; return what does not fit the width."""
    faults = sideways(screen, f"{step.slug}, before the prediction")
    said = wrong_said(step) if step.predict else ""
    predict_and_look(screen, step, said)
    mistaken = make_a_mistake(screen, step)
    expect_recorded(screen, step, said, passed=False)
    assert bool(screen.record(step.slug)["attempts"]) == mistaken
    return faults + sideways(screen, step.slug)


@pytest.mark.play
@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_a_lesson_is_played_wrongly_on_a_phone(new_screen: NewScreen, lesson: Lesson) -> None:
    """Whatever is wrong is answered; it fits the width, and axe-core finds nothing grave.

    Hints and solution are read in the first step, and axe-core looks where the screen has what
    it had not before: what follows differs in its words.
    """
    # Light and dark in turns: what differs between them is shared by all lessons.
    dark = COURSE.lessons.index(lesson) % 2
    screen = new_screen(**PHONE, color_scheme="dark" if dark else "light")
    first, *_ = lesson.steps
    screen.open_step(first.slug, lesson=lesson.slug)
    expect(screen.part("course-links")).not_to_be_in_viewport()
    faults = check(screen, "before the prediction")
    looked_at: set[str] = set()
    for step in lesson.steps:
        faults += play_wrongly(screen, step)
        if not looked_at >= features(step):
            looked_at |= features(step)
            faults += check(screen, step.slug)
        if step is first:
            give_up(screen, step)
        screen.press("next")
    for question in lesson.quiz:
        answer_question(screen, lesson, question, wrong_answer(question))
        if question is lesson.quiz[0]:  # a second try is allowed, and does not count
            answer_question(screen, lesson, question, right_answer(question))
        screen.press("next-question")
    expect(screen.part("quiz")).to_contain_text(f"0 of {len(lesson.quiz)} right at the first try.")
    expect_dots(screen, lesson, **{first.slug: "done"})
    for question in lesson.quiz:
        misconception = question.answers[wrong_answer(question)].misconception
        assert misconception is not None
        expect(screen.part("quiz")).to_contain_text(plain(COURSE.truth(misconception)))
    faults += sideways(screen, "the result of the quiz")
    assert not faults, "\n".join(faults)


def make_a_mistake(screen: Screen, step: Step) -> bool:
    """Make a mistake of the step's own, if one can be reached; say whether."""
    mistake = reachable_mistake(step)
    if mistake is None:
        return False
    set_controls(screen, step, mistake.example)
    judgement = step.judge(mistake.example)
    expect(screen.part("not-yet")).to_contain_text(plain(judgement.text))
    return True


def give_up(screen: Screen, step: Step) -> None:
    """Read all hints, one at a time, then the solution."""
    hints = hint_texts(step)
    for hint in hints:
        expect(screen.part("task")).not_to_contain_text(hint)
        screen.press("hint")
        expect(screen.part("task")).to_contain_text(hint)
    expect(screen.button("hint")).to_have_count(0)
    screen.press("solution")
    expect_done(screen, step)
    screen.wait_for_record(step.slug, hints=len(hints), solution_shown=True, passed=True)


def test_home_leads_to_the_first_lesson_and_on(screen: Screen) -> None:
    screen.open("/")
    with screen.rerunning():
        screen.page.get_by_test_id("stMain").get_by_role("link").first.click()
    assert (screen.lesson, screen.step) == (LESSON.slug, LESSON.steps[0].slug)
    screen.press("next")
    assert screen.step == LESSON.steps[1].slug
    screen.press("previous")
    assert screen.step == LESSON.steps[0].slug


@pytest.mark.play
def test_skipping_tells_the_truth(screen: Screen) -> None:
    step = LESSON.steps[0]
    screen.open_step(step.slug)
    expect_waiting(screen)
    screen.press("skip")
    expect_revealed(screen, step)
    expect_verdict(screen, step, "skip")
    assert screen.parameters["said"] == ["skip"]
    screen.wait_for_record(step.slug, said="skip", predicted=False, passed=False)
    expect_dots(screen, LESSON, **{step.slug: "skipped"})
