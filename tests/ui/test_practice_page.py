"""The practice page, run without a browser: every shape of exercise is asked, answered, graded."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.course import (
    Arrange,
    ChooseOne,
    ClickCell,
    Exercise,
    Kind,
    Lesson,
    Progress,
    TwoTier,
    TypeNumber,
)

Open = Callable[..., AppTest]

KINDS = [(lesson, kind) for lesson in COURSE.lessons if lesson.practice for kind in lesson.practice]
SHAPES = (ChooseOne, TwoTier, TypeNumber, ClickCell, Arrange)
DRAW = 7


def kind_of(shape: type[Exercise]) -> tuple[Lesson, Kind]:
    return next(each for each in KINDS if isinstance(each[1].exercise(DRAW), shape))


def ask(open_app: Open, lesson: Lesson, kind: Kind, draw: int = DRAW) -> AppTest:
    return open_app("practice", lesson=lesson.slug, kind=kind.slug, draw=str(draw))


def answer(app: AppTest, kind: Kind, said: str) -> AppTest:
    """Set the widgets of the exercise to what is said, and press the button."""
    exercise, key = kind.exercise(DRAW), f"practice-{kind.slug}-{DRAW}"
    match exercise:
        case ChooseOne():
            app.radio(key=key).set_value(int(said)).run()
        case TwoTier():
            first, why = map(int, said.split(","))
            app.radio(key=key).set_value(first).run()
            app.radio(key=f"{key}-why").set_value(why).run()
        case TypeNumber():
            # The field and its button are one form.
            app.number_input(key=key).set_value(float(said))
        case ClickCell():
            app.selectbox(key=key).set_value(int(said)).run()
        case Arrange():
            for number, item in enumerate(said.split(",")[:-1]):
                app.selectbox(key=f"{key}-{number}").set_value(int(item)).run()
    app.button(key="practice-answer").click().run()
    assert not failures(app)
    return app


def wrong(exercise: Exercise) -> str:
    """Something that can be answered and is not right."""
    if isinstance(exercise, Arrange):
        return ",".join(reversed(exercise.answer.split(",")))
    if isinstance(exercise, TwoTier):
        first, why = (range(len(ask.choices)) for ask in (exercise.first, exercise.why))
        every = (f"{one},{other}" for one in first for other in why)
    else:
        every = (str(number) for number in range(200))
    return next(
        said for said in every if exercise.accepts(said) and not exercise.verdict(said).right
    )


def record(app: AppTest, lesson: Lesson, kind: Kind) -> tuple[int, int]:
    progress: Progress = app.session_state["progress"]
    found = progress.lesson(lesson.slug).practice[kind.slug]
    return found.asked, found.right


def text_of(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_right_answer_is_said_to_be_right_and_recorded_once(
    open_app: Open, shape: type[Exercise]
) -> None:
    lesson, kind = kind_of(shape)
    app = answer(ask(open_app, lesson, kind), kind, kind.exercise(DRAW).answer)
    assert ":green[**Right.**]" in text_of(app)
    app.button(key="practice-answer").click().run()
    assert record(app, lesson, kind) == (1, 1)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrong_answer_is_told_why_and_led_to_the_step(
    open_app: Open, shape: type[Exercise]
) -> None:
    lesson, kind = kind_of(shape)
    exercise = kind.exercise(DRAW)
    verdict = exercise.verdict(wrong(exercise))
    app = answer(ask(open_app, lesson, kind), kind, wrong(exercise))
    assert ":red[**Not quite.**]" in text_of(app)
    assert verdict.misconception is not None
    step = COURSE.misconceptions[verdict.misconception]
    links = [link.proto.query_string for link in app.main.get("page_link")]
    assert f"step={step.step}" in links
    assert record(app, lesson, kind) == (1, 0)
    assert app.session_state["progress"].records.weak == (verdict.misconception,)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_answer_is_none(open_app: Open, shape: type[Exercise]) -> None:
    lesson, kind = kind_of(shape)
    app = ask(open_app, lesson, kind)
    app.button(key="practice-answer").click().run()
    assert ":orange[" in text_of(app)
    assert kind.slug not in app.session_state["progress"].lesson(lesson.slug).practice


def test_the_next_question_is_another_one(open_app: Open) -> None:
    lesson, kind = kind_of(ChooseOne)
    app = answer(ask(open_app, lesson, kind), kind, kind.exercise(DRAW).answer)
    app.button(key="practice-next").click().run()
    assert not failures(app)
    assert app.query_params["kind"] != [kind.slug]
    assert ":green[**Right.**]" not in text_of(app)


def test_another_one_is_another_one_without_an_answer(open_app: Open) -> None:
    lesson, kind = kind_of(ChooseOne)
    app = ask(open_app, lesson, kind)
    asked = [app.query_params["kind"]]
    for _ in range(4):
        app.button(key="practice-next").click().run()
        assert not failures(app)
        asked.append(app.query_params["kind"])
    assert len(set(map(str, asked))) == len(asked)
    assert not app.session_state["progress"].records.lessons


def test_one_lesson_is_practised_where_it_is_asked_for(open_app: Open) -> None:
    app = open_app("practice", **{"from": "categorical"})
    app.session_state["browser-heard"] = 1
    app.run()
    for _ in range(3):
        assert app.query_params["lesson"] in ("categorical", ["categorical"])
        app.button(key="practice-next").click().run()


def test_who_comes_without_an_address_is_asked_something(open_app: Open) -> None:
    app = open_app("practice")
    app.session_state["browser-heard"] = 1
    app.run()
    assert not failures(app)
    assert set(app.query_params) >= {"lesson", "kind", "draw"}


@pytest.mark.parametrize(
    "parameters",
    [
        {"lesson": "methods"},
        {"lesson": "gone", "kind": "gone", "draw": "1"},
        {"lesson": "five_steps", "kind": "pairs_of_a_matrix", "draw": "-1"},
        {"lesson": "five_steps", "kind": "pairs_of_a_matrix", "draw": "9" * 30},
        {"lesson": "five_steps", "kind": "pairs_of_a_matrix", "draw": "\u0663"},
        {"lesson": "five_steps", "kind": "pairs_of_a_matrix", "draw": "1", "said": "[x](y)"},
    ],
)
def test_an_address_may_hold_anything(open_app: Open, parameters: dict[str, str]) -> None:
    app = open_app("practice", **parameters)
    assert not failures(app)
    assert ":green[**Right.**]" not in text_of(app)
