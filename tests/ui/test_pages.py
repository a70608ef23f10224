"""The pages, run without a browser."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser_gate import first_in_gate
from streamlit.testing.v1 import AppTest
from ui_address import in_address
from ui_failures import failures

from lessons import COURSE
from lib.course import Answered, Control, Lesson, Predicted, Progress, Step, Tried
from lib.ui.widgets import widget_key, widget_values

Open = Callable[..., AppTest]

LESSON = COURSE.lessons[0]
STEPS = {step.slug: step for step in LESSON.steps}


def text_of(app: AppTest) -> str:
    """What is written on the page, without the marks of its terms."""
    text = "\n".join(element.value for element in (*app.markdown, *app.caption))
    return re.sub("</?dfn[^>]*>", "", text).replace("&lt;", "<")


def progress(app: AppTest) -> Progress:
    return app.session_state["progress"]


PREDICTED = [slug for slug, step in STEPS.items() if step.predict is not None]


@pytest.mark.parametrize("slug", first_in_gate(PREDICTED, count=2))
def test_a_step_waits_for_a_prediction(open_app: Open, slug: str) -> None:
    app = open_app("five_steps", step=slug)
    assert STEPS[slug].prose in text_of(app)
    assert "The figure waits for your prediction." in text_of(app)
    assert not app.tabs


@pytest.mark.parametrize("slug", PREDICTED)
def test_skipping_shows_the_truth_and_the_figure(open_app: Open, slug: str) -> None:
    app = open_app("five_steps", step=slug)
    app.button(key="skip").click().run()
    step = STEPS[slug]
    truth = step.predict.truth(step.exhibit(step.predict.answer_at))
    assert truth.feedback in text_of(app)
    assert app.tabs
    record = progress(app).step(LESSON.slug, slug)
    assert (record.said, record.predicted) == ("skip", False)


@pytest.mark.parametrize("slug", first_in_gate([*STEPS], count=2))
def test_the_shown_solution_passes_and_is_recorded(open_app: Open, slug: str) -> None:
    app = open_app("five_steps", step=slug, said="skip")
    app.button(key="solution").click().run()
    assert STEPS[slug].outcome(STEPS[slug].task.solution) in text_of(app)
    record = progress(app).step(LESSON.slug, slug)
    assert record.passed
    assert record.solution_shown


@pytest.mark.parametrize("slug", first_in_gate([*STEPS], count=2))
def test_hints_come_one_at_a_time(open_app: Open, slug: str) -> None:
    app = open_app("five_steps", step=slug, said="skip")
    for count in range(1, len(STEPS[slug].task.hints) + 1):
        app.button(key="hint").click().run()
        assert f"Hint {count} of" in text_of(app)
        assert f"Hint {count + 1} of" not in text_of(app)
        assert progress(app).step(LESSON.slug, slug).hints == count
    with pytest.raises(KeyError):
        app.button(key="hint")


def mistakes() -> list[tuple[Step, int]]:
    return [(step, i) for step in LESSON.steps for i in range(len(step.mistakes))]


@pytest.mark.play
@pytest.mark.parametrize(("step", "number"), mistakes(), ids=lambda v: getattr(v, "slug", v))
def test_a_mistake_in_the_address_is_answered(open_app: Open, step: Step, number: int) -> None:
    mistake = step.mistakes[number]
    app = open_app("five_steps", step=step.slug, said="skip", **in_address(step, mistake.example))
    assert step.judge(mistake.example).text in text_of(app)
    assert not progress(app).step(LESSON.slug, step.slug).passed


def test_no_two_steps_of_the_course_share_a_widget() -> None:
    keys = [
        widget
        for lesson in COURSE.lessons
        for step in lesson.steps
        for name, control in step.inputs.items()
        for widget in widget_values(control, widget_key(step.slug, name), control.default)
    ]
    assert len(keys) == len(set(keys))


def shared() -> Iterator[Any]:
    """Every step; in the gate each lesson's first, and those with a kind of control not yet had."""
    had: set[type[Control]] = set()
    for lesson in COURSE.lessons:
        for step in lesson.steps:
            kinds = {type(control) for control in step.inputs.values()}
            in_gate = step is lesson.steps[0] or not kinds <= had
            had |= kinds
            marks = () if in_gate else pytest.mark.play
            yield pytest.param(lesson, step, id=f"{lesson.slug}.{step.slug}", marks=marks)


@pytest.mark.parametrize(("lesson", "step"), list(shared()))
def test_a_shared_solution_opens_as_it_was(open_app: Open, lesson: Lesson, step: Step) -> None:
    """Every kind of control that the course has, from the address to the task."""
    values = {**step.defaults, **step.task.solution}
    parameters = in_address(step, values)
    app = open_app(lesson.slug, step=step.slug, said="skip", **parameters)
    assert step.outcome(step.task.solution) in text_of(app)
    record = progress(app).step(lesson.slug, step.slug)
    assert record.passed
    assert {**step.defaults, **record.values} == values


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mask-k", "999"),
        ("mask-k", "<script>alert(1)</script>"),
        ("mask-k", "nan"),
        ("mask-stage", "![x](http://example.invalid/x.png)"),
        ("mask-trim", "perhaps"),
        ("colour-colours", "![x](http://example.invalid/x.png)"),
        ("correlate-columns", "![x](http://example.invalid/x.png)"),
        ("correlate-answer", "-1"),
        ("said", "99"),
        ("said", "²"),
        ("said", "skip; drop"),
        ("view", "Nowhere"),
        ("present", "yes"),
    ],
)
def test_a_hostile_parameter_falls_back(open_app: Open, name: str, value: str) -> None:
    step = name.partition("-")[0] if "-" in name else "mask"
    parameters = {"step": step, "said": "skip", name: value}
    app = open_app("five_steps", **parameters)
    assert STEPS[step].prose in text_of(app)
    record = progress(app).step(LESSON.slug, step)
    assert record.values == {}


@pytest.mark.parametrize("text", ["inf", "1e999", "-Infinity", "9" * 400], ids=lambda t: t[:9])
@pytest.mark.parametrize(
    ("lesson", "step", "control"),
    [("five_steps", "mask", "k"), ("time_series", "delays", "delay")],
)
def test_a_number_that_is_none_leaves_the_address(
    open_app: Open, lesson: str, step: str, control: str, text: str
) -> None:
    app = open_app(lesson, step=step, said="skip", **{f"{step}-{control}": text})
    assert app.tabs
    assert dict(app.query_params) == {"step": step, "said": "skip"}


@pytest.mark.parametrize("said", ["9", "nan", "", "<b>0</b>", "x" * 100_000], ids=lambda s: s[:9])
def test_a_remembered_prediction_that_is_no_choice_is_asked_for_again(
    open_app: Open, said: str
) -> None:
    """As a release that removes a choice leaves it behind."""
    app = open_app()
    predicted = Predicted(at=1.0, lesson=LESSON.slug, step="mask", said=said)
    app.session_state["progress"] = Progress(COURSE.slug).apply(predicted)
    app.query_params["step"] = "mask"
    app.switch_page("pages/five_steps.py").run()
    assert not failures(app)
    assert app.button(key="predict")
    app.button(key="skip").click().run()
    assert not failures(app)
    assert app.tabs


def test_too_few_columns_are_said(open_app: Open) -> None:
    app = open_app("time_series", step="delays", said="skip", **{"delays-chosen": ["cpi", "unemp"]})
    assert ":orange[Columns: choose at least 3.]" in text_of(app)
    assert "Columns: choose" not in text_of(open_app("time_series", step="delays", said="skip"))


EVERY_ROW = [str(row) for row in range(1, 40)]


@pytest.mark.parametrize(
    ("lesson", "step", "control"),
    [
        ("methods", "four_panels", "leave_out"),
        ("methods", "one_row", "leave_out"),
        ("significance", "shuffles", "left_out"),
    ],
)
def test_not_every_row_can_be_left_out(
    open_app: Open, lesson: str, step: str, control: str
) -> None:
    """By the address, and by a progress that was written before there was a limit."""
    rows = COURSE.lesson(lesson).step(step).controls[control]
    app = open_app(lesson, step=step, said="skip", **{f"{step}-{control}": EVERY_ROW})
    assert app.tabs
    assert app.multiselect(key=f"{step}-{control}").value == list(rows.named[: rows.at_most])
    tried = Tried(at=1.0, lesson=lesson, step=step, values=((control, rows.named),))
    remembered = open_app()
    remembered.session_state["progress"] = Progress(COURSE.slug).apply(tried)
    remembered.query_params["step"] = step
    remembered.query_params["said"] = "skip"
    remembered.switch_page(f"pages/{lesson}.py").run()
    assert not failures(remembered)
    assert remembered.multiselect(key=f"{step}-{control}").value == []


def test_a_step_begins_with_its_figure(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip", view="Numbers")
    assert app.dataframe
    app.button(key="next").click().run()
    app.button(key="skip").click().run()
    assert app.tabs
    assert not app.dataframe
    assert "view" not in app.query_params


def test_an_unknown_step_opens_the_first(open_app: Open) -> None:
    app = open_app("five_steps", step="../../etc/passwd")
    assert LESSON.steps[0].prose in text_of(app)


def test_the_quiz_answers_every_choice_and_counts_first_tries(open_app: Open) -> None:
    app = open_app("five_steps", step="quiz")
    first = LESSON.quiz[0]
    wrong = next(i for i, answer in enumerate(first.answers) if not answer.right)
    for number, question in enumerate(LESSON.quiz):
        right = next(i for i, answer in enumerate(question.answers) if answer.right)
        for choice in [wrong, right] if number == 0 else [right]:
            app.radio(key=f"quiz-{question.slug}").set_value(choice)
            app.button(key="check").click().run()
            feedback = LESSON.fill_question(question, question.answers[choice].feedback)
            assert feedback in text_of(app)
        app.button(key="next-question").click().run()
    count = len(LESSON.quiz)
    assert (
        f"{count - 1} of {count} right at the first try. By now all of them are right."
        in text_of(app)
    )
    assert COURSE.truth(first.answers[wrong].misconception) in text_of(app)
    assert progress(app).lesson(LESSON.slug).quiz[first.slug][0] == wrong


def test_a_wrong_answer_can_be_put_right_and_the_page_says_so(open_app: Open) -> None:
    app = open_app("five_steps", step="quiz")
    question = LESSON.quiz[0]
    for choice, answer in enumerate(question.answers):
        app.radio(key=f"quiz-{question.slug}").set_value(choice)
        app.button(key="check").click().run()
        assert ("Choose another answer to put it right." in text_of(app)) is not answer.right


def test_an_answer_that_the_browser_remembers_late_is_shown_with_its_verdict(
    open_app: Open,
) -> None:
    app = open_app("five_steps", step="quiz")
    question = LESSON.quiz[0]
    answered = Answered(at=1.0, lesson=LESSON.slug, step="quiz", question=question.slug, answer=1)
    app.session_state["progress"] = Progress(COURSE.slug).apply(answered)
    app.run()
    assert app.radio(key=f"quiz-{question.slug}").value == 1
    assert LESSON.fill_question(question, question.answers[1].feedback) in text_of(app)


def test_the_result_names_what_is_to_be_put_right(open_app: Open) -> None:
    count = len(LESSON.quiz)
    app = open_app("five_steps", step="quiz", question=str(count + 1))
    assert f"{count} still to be put right." in text_of(app)
    app.button(key="repeat-2").click().run()
    assert LESSON.fill_question(LESSON.quiz[1], LESSON.quiz[1].text) in text_of(app)


def test_a_check_without_an_answer_asks_for_one(open_app: Open) -> None:
    app = open_app("five_steps", step="quiz")
    app.button(key="check").click().run()
    assert "Choose an answer first." in text_of(app)
    assert not any(progress(app).lesson(LESSON.slug).quiz.values())
    app.run()
    assert "Choose an answer first." not in text_of(app)


def test_the_same_answer_again_is_not_another_try(open_app: Open) -> None:
    app = open_app("five_steps", step="quiz")
    question = LESSON.quiz[0]
    app.radio(key=f"quiz-{question.slug}").set_value(1)
    for _ in range(2):
        app.button(key="check").click().run()
    assert progress(app).lesson(LESSON.slug).quiz[question.slug] == (1,)


def test_a_prediction_without_an_answer_asks_for_one(open_app: Open) -> None:
    app = open_app("five_steps", step="mask")
    app.button(key="predict").click().run()
    assert "Choose an answer first, or skip." in text_of(app)
    assert "The figure waits for your prediction." in text_of(app)
    assert not progress(app).step(LESSON.slug, "mask").predicted


def test_a_scale_that_was_not_moved_is_no_prediction(open_app: Open) -> None:
    app = open_app("five_steps", step="dummify")
    app.button(key="predict").click().run()
    assert "Move the slider to your estimate first, or skip." in text_of(app)
    assert not progress(app).step(LESSON.slug, "dummify").predicted
    app.slider(key="predict-five_steps-dummify").set_value(-1.0)
    app.button(key="predict").click().run()
    assert progress(app).step(LESSON.slug, "dummify").said == "-1.0"


def test_the_verdict_on_a_prediction_is_open_until_the_first_move(open_app: Open) -> None:
    def verdict(app: AppTest) -> tuple[str, bool]:
        (found,) = app.expander
        return found.label, found.proto.expanded

    app = open_app("five_steps", step="mask", said="1")
    line, is_open = verdict(app)
    assert line.startswith(":red[**Not quite.**] You said *66*")
    assert is_open
    app.slider(key="mask-k").set_value(1).run()
    assert verdict(app) == (line, False)
    assert "**Why:**" in text_of(app)


def test_half_an_attempt_is_told_what_is_met_and_what_is_missing(open_app: Open) -> None:
    step = STEPS["correlate"]
    halfway = {"call": step.task.solution["call"]}
    app = open_app("five_steps", step="correlate", said="skip", **in_address(step, halfway))
    met, missing = step.judge(halfway).goals
    assert (met.met, missing.met) == (True, False)
    assert f":green[:material/check_circle:] {met.text}" in text_of(app)
    assert f":gray[:material/radio_button_unchecked:] {missing.text}" in text_of(app)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ":gray[**Done before.**]"),
        ({"trim": False, "k": -1}, ":gray[**Done before.**] Not with this setting."),
    ],
)
def test_what_was_passed_stays_passed_and_what_follows_is_commented(
    open_app: Open, values: dict, said: str
) -> None:
    step = STEPS["mask"]
    app = open_app("five_steps", step="mask", said="skip")
    app.button(key="solution").click().run()
    for name, value in {**step.defaults, **values}.items():
        key = widget_key("mask", name)
        app.session_state[key] = value
    app.run()
    assert said in text_of(app)
    assert "Not yet" not in text_of(app)
    assert "**Done.**" not in text_of(app)
    # What was not touched is not scolded.
    assert (step.judge(values).goals[-1].text in text_of(app)) == bool(values)
    assert app.button(key="go-on").proto.type == "secondary"
    with pytest.raises(KeyError):
        app.button(key="solution")


@pytest.mark.parametrize(
    "lesson", first_in_gate(COURSE.lessons, [lesson.slug for lesson in COURSE.lessons], count=2)
)
def test_whatever_was_answered_the_result_leads_on(open_app: Open, lesson: Lesson) -> None:
    """What a wrong answer shows may be the subject of a step in another lesson."""
    wrong = [
        Answered(at=1.0 + number, lesson=lesson.slug, step="quiz", question=question.slug, answer=i)
        for number, question in enumerate(lesson.quiz)
        for i, answer in enumerate(question.answers)
        if not answer.right
    ]
    app = open_app()
    app.session_state["progress"] = Progress(COURSE.slug).apply(*wrong)
    app.query_params["step"] = "quiz"
    app.query_params["question"] = str(len(lesson.quiz) + 1)
    app.switch_page(f"pages/{lesson.slug}.py").run()
    assert not failures(app)
    for question in lesson.quiz:
        for answer in question.answers:
            if answer.misconception:
                assert COURSE.truth(answer.misconception) in text_of(app)
                belief = COURSE.misconceptions[answer.misconception].belief
                assert f":red[**Not so:**] *{belief}*" in text_of(app)


def test_a_presentation_hides_answers_and_leaves_the_progress_alone(open_app: Open) -> None:
    app = open_app("five_steps", step="mask")
    app.radio(key="predict-five_steps-mask").set_value(1)
    app.button(key="predict").click().run()
    assert app.tabs
    app.button(key="present").click().run()
    assert not app.tabs
    assert not app.sidebar.children
    for _ in range(3):
        app.button(key="reveal").click().run()
    app.button(key="solution").click().run()
    record = progress(app).step(LESSON.slug, "mask")
    assert (record.said, record.passed, record.solution_shown) == ("1", False, False)


def test_a_presentation_has_a_state_of_its_own(open_app: Open) -> None:
    app = open_app("five_steps", step="mask")
    app.session_state["browser-heard"] = 1
    app.button(key="skip").click().run()
    app.slider(key="mask-k").set_value(-1).run()
    for _ in range(2):
        app.button(key="present").click().run()
        assert dict(app.query_params) == {"step": "mask", "present": "1"}
        app.button(key="reveal").click().run()
        assert app.slider(key="mask-k").value == 0
        app.slider(key="mask-k").set_value(2).run()
        app.button(key="present").click().run()
        assert app.slider(key="mask-k").value == -1
        assert progress(app).step("five_steps", "mask").values == {"k": -1}


def test_a_presentation_does_not_show_what_was_chosen(open_app: Open) -> None:
    app = open_app("five_steps", step="mask")
    app.radio(key="predict-five_steps-mask").set_value(1).run()
    app.button(key="present").click().run()
    assert [radio.value for radio in app.radio] == [None]


def test_a_presentation_does_not_show_what_was_answered(open_app: Open) -> None:
    app = open_app("five_steps", step="quiz")
    question = LESSON.quiz[0]
    app.radio(key=f"quiz-{question.slug}").set_value(1)
    app.button(key="check").click().run()
    app.button(key="present").click().run()
    assert app.radio(key=f"quiz-{question.slug}").value is None
    app.button(key="present").click().run()
    assert app.radio(key=f"quiz-{question.slug}").value == 1


def test_what_stands_in_an_address_is_news_once_the_browser_has_answered(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    assert progress(app).events == ()
    app.session_state["browser-heard"] = 1
    for _ in range(2):
        app.run()
        assert [event.kind for event in progress(app).events] == ["opened", "predicted"]
