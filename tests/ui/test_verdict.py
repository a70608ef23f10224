"""What is said of a move stands beside what was moved: under the answers, or at the controls."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from lessons import COURSE

Open = Callable[..., AppTest]


def containers(block: Block) -> Iterator[Block]:
    for child in block.children.values():
        if isinstance(child, Block):
            yield child
            yield from containers(child)


def named(block: Block, key: str) -> list[Block]:
    """The containers with this key, whatever they stand in."""
    return [each for each in containers(block) if getattr(each.proto, "id", "").endswith(f"-{key}")]


def places(app: AppTest, standing: str) -> list[str]:
    """In which part of the step this standing is said."""
    return [part for part in ("task", "standing") if named(named(app.main, part)[0], standing)]


def test_an_answer_is_answered_under_it_and_a_control_beside_it(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    assert places(app, "not-yet") == []
    app.number_input(key="mask-with_rate").set_value(3).run()
    assert places(app, "not-yet") == ["task"]
    app.slider(key="mask-k").set_value(1).run()
    assert places(app, "not-yet") == ["standing"]
    app.number_input(key="mask-with_rate").set_value(4).run()
    assert places(app, "not-yet") == ["task"]


@pytest.mark.parametrize("step", ["read", "mask"])
def test_a_solution_is_answered_where_it_was_asked_for(open_app: Open, step: str) -> None:
    app = open_app("five_steps", step=step, said="skip")
    app.button(key="solution").click().run()
    assert places(app, "done") == ["task"]
    # Whatever else is looked at, it stays there.
    app.run()
    assert places(app, "done") == ["task"]


def test_what_comes_with_an_address_is_answered_under_the_answers(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip", **{"mask-with_rate": "3"})
    assert places(app, "not-yet") == ["task"]


def test_what_was_done_before_is_said_beside_what_is_moved_now(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    app.button(key="solution").click().run()
    app.slider(key="mask-k").set_value(-1).run()
    assert places(app, "done-before") == ["standing"]
    app.number_input(key="mask-with_rate").set_value(0).run()
    assert places(app, "done-before") == ["task"]


def test_a_number_out_of_range_is_refused_in_words_and_is_no_answer(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    app.button(key="solution").click().run()
    assert places(app, "done") == ["task"]
    app.number_input(key="mask-with_rate").set_value(61).run()
    said = [text.value for text in app.markdown if "a whole number from 0 to 60." in text.value]
    assert said == [
        ":orange[Pairs with rate: a whole number from 0 to 60.] Until then it counts as no answer."
    ]
    assert places(app, "done") == []
    assert places(app, "done-before") == ["task"]


def test_an_estimate_that_is_near_enough_is_told_the_number(open_app: Open) -> None:
    step = COURSE.lesson("methods").step("one_outlier")
    truth = step.predict.truth(step.exhibit(step.predict.answer_at)).said
    furthest = (float(truth) + step.predict.tolerance) // step.predict.step
    near = f"{furthest * step.predict.step:.2f}"
    assert near != truth
    app = open_app("methods", step="one_outlier", said=near)
    assert (
        app.expander[0].label == f":green[**Right.**] You said *{near}* · the answer is *{truth}*"
    )


def test_a_room_is_told_what_it_chose(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", present="1")
    app.radio(key="predict-five_steps-mask-presented").set_value(1)
    for _ in range(3):
        app.button(key="reveal").click().run()
    assert app.expander[0].label.startswith(":red[**Not quite.**] You said *66*")


def test_progress_is_shown_lesson_by_lesson(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    app.button(key="solution").click().run()
    app.switch_page("pages/progress.py").run()
    lines = next(text.value for text in app.markdown if text.value.startswith("1. ")).split("\n")
    assert len(lines) == len(COURSE.lessons)
    every = len(COURSE.lessons[0].stops) + 1
    assert lines[0] == f"1. Five steps to a heatmap: 1 of {every} done"
    assert all(": 0 of " in line for line in lines[1:])


def test_after_a_wrong_answer_the_way_on_is_another_answer(open_app: Open) -> None:
    lesson = COURSE.lesson("five_steps")
    question = lesson.quiz[0]
    app = open_app("five_steps", step="quiz")
    for right, check, onward in ((False, "primary", "tertiary"), (True, "secondary", "primary")):
        answer = next(i for i, each in enumerate(question.answers) if each.right == right)
        app.radio(key=f"quiz-{question.slug}").set_value(answer)
        app.button(key="check").click().run()
        types = [app.button(key=key).proto.type for key in ("check", "next-question")]
        assert types == [check, onward]
