"""What the course promises to show, and a learner's moves through it."""

import re
from collections.abc import Iterator, Mapping

from browser_controls import slide
from browser_screen import Screen
from playwright.sync_api import expect

from lessons import COURSE
from lib.course import (
    Columns,
    Estimate,
    Lesson,
    Mistake,
    Predict,
    Prediction,
    Question,
    Standing,
    Step,
    Value,
    Verdict,
    slugs,
)

LESSON = COURSE.lesson("five_steps")
"""The lesson on which what all lessons share is tested."""

FIGURE = ".js-plotly-plot, [data-testid=stImage] img, [data-testid^=stBidiComponent]"


def plain(markdown: str) -> str:
    """Markdown as it reads on the screen."""
    text = re.sub(r":\w+\[(.*?)\]", r"\1", markdown)
    # Between backticks a star is a product.
    parts = text.split("`")
    parts[::2] = [part.replace("*", "") for part in parts[::2]]
    return " ".join("".join(parts).split())


# What the course promises.


def prediction_of(step: Step) -> Prediction:
    assert step.predict is not None
    return step.predict


def right_said(step: Step) -> str:
    """The right prediction, as the address names it."""
    prediction = prediction_of(step)
    exhibit = step.exhibit(prediction.answer_at)
    if isinstance(prediction, Predict):
        return str(prediction.right_choice(exhibit))
    steps = round((prediction.answer(exhibit) - prediction.low) / prediction.step)
    return str(round(float(prediction.low) + steps * prediction.step, 6))


def wrong_said(step: Step) -> str:
    """A wrong prediction: another choice, or an end of the scale at which it does not begin."""
    prediction = prediction_of(step)
    if isinstance(prediction, Predict):
        right = int(right_said(step))
        return str((right + 1) % len(prediction.choices))
    ends = (str(float(x)) for x in (prediction.high, prediction.low) if x != prediction.start)
    return next(said for said in ends if not verdict_on(step, said).right)


def verdict_on(step: Step, said: str) -> Verdict:
    prediction = prediction_of(step)
    exhibit = step.exhibit(prediction.answer_at)
    return prediction.truth(exhibit) if said == "skip" else prediction.verdict(said, exhibit)


def reachable_mistake(step: Step) -> Mistake | None:
    """A mistake whose example can be set by hand without passing on the way."""
    for mistake in step.mistakes:
        settings = _on_the_way(step, mistake.example)
        if all(step.judge(setting).standing is not Standing.PASSED for setting in settings):
            return mistake
    return None


def _on_the_way(step: Step, example: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    """What the step is shown while its controls are set: one after the other, pill by pill."""
    setting: dict[str, Value] = {}
    for name, value in example.items():
        control = step.inputs[name]
        if isinstance(control, Columns) and isinstance(value, tuple):
            pressed = set(control.default)
            for option in control.named:
                if (option in pressed) != (option in value):
                    pressed ^= {option}
                    yield {**setting, name: control.clean_or_default([*pressed])}
        setting[name] = value
        yield dict(setting)


def hint_texts(step: Step) -> list[str]:
    assert step.task is not None
    return [plain(step.fill(hint)) for hint in step.task.hints]


def question_texts(lesson: Lesson, question: Question) -> tuple[str, list[str]]:
    """A question of the quiz and its answers, as they read on the screen."""
    texts = [question.text, *(answer.text for answer in question.answers)]
    first, *answers = [plain(lesson.fill_question(question, text)) for text in texts]
    return first, answers


def wrong_answer(question: Question) -> int:
    return next(index for index, answer in enumerate(question.answers) if not answer.right)


def right_answer(question: Question) -> int:
    return next(index for index, answer in enumerate(question.answers) if answer.right)


# What a learner does.


def predict(screen: Screen, step: Step, said: str) -> None:
    """Make a prediction and commit to it."""
    prediction = prediction_of(step)
    if isinstance(prediction, Estimate):
        guess = screen.part(f"predict-{screen.lesson}-{step.slug}")
        slide(guess, float(said), prediction.low, prediction.step)
    else:
        screen.choose("prediction", int(said))
    screen.press("predict")


def answer_question(screen: Screen, lesson: Lesson, question: Question, answer: int) -> None:
    """Choose an answer of the question on the screen, check it, and read what is said of it."""
    shown = screen.part("quiz").locator("[data-testid=stRadioOption]").all_inner_texts()
    texts = [" ".join(text.split()) for text in shown]
    screen.choose("quiz", texts.index(question_texts(lesson, question)[1][answer]))
    screen.press("check")
    feedback = lesson.fill_question(question, question.answers[answer].feedback)
    expect(screen.part("quiz")).to_contain_text(plain(feedback))


# What must be on the screen.


def expect_waiting(screen: Screen) -> None:
    """The figure is not there yet."""
    expect(screen.part("waiting")).to_be_visible()
    expect(screen.part("view")).to_have_count(0)
    expect(screen.part("task")).to_have_count(0)


def expect_revealed(screen: Screen, step: Step) -> None:
    """The exhibit is there, and its figure unless the library under study stopped."""
    expect(screen.part("waiting")).to_have_count(0)
    expect(screen.part("view").get_by_role("tabpanel")).to_be_visible()
    exhibit = step.exhibit()
    if exhibit.stopped:
        expect(screen.part("view")).to_contain_text(exhibit.stopped)
    if exhibit.figures:
        expect(screen.part("view").locator(FIGURE).first).to_be_visible()


def expect_verdict(screen: Screen, step: Step, said: str) -> None:
    """What was said stands beside what is true."""
    verdict = verdict_on(step, said)
    expect(screen.verdict).to_contain_text(plain(verdict.said))
    expect(screen.verdict).to_contain_text(plain(verdict.feedback))


def expect_dots(screen: Screen, lesson: Lesson, **standings: str) -> None:
    """The dots of these stations say how they stand; all others are open."""
    expected = [standings.get(station, "open") for station in slugs(lesson)]
    dots = screen.page.get_by_label("Steps of this lesson").get_by_role("button")
    expect(dots).to_have_class(expected)


def expect_done(screen: Screen, step: Step) -> None:
    expect(screen.part("done")).to_contain_text(f"Done. {plain(step.outcome(step.task.solution))}")
    expect(screen.button("go-on")).to_be_visible()
