"""What the page says of an address that names what there is not."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.course import Opened, Progress

Open = Callable[..., AppTest]

NO_STEP = "The address names a step that this lesson does not have. "
FIRST = NO_STEP + "Here is its first one."
NO_ANSWER = "The address holds an answer that cannot be given here. It was left out."
LEFT_OUT = "The address sets a control to what it cannot hold. That part was left out."
GUESS = next(
    (lesson.slug, step.slug, name)
    for lesson in COURSE.lessons
    for step in lesson.steps
    for name, control in step.inputs.items()
    if type(control).__name__ == "Guess"
)


def visit(open_app: Open, lesson: str, *events: Opened, **parameters: str | list[str]) -> AppTest:
    """Open an address in a browser that has said what it remembers."""
    app = open_app()
    app.session_state["browser-heard"] = 1
    app.session_state["progress"] = Progress(COURSE.slug).apply(*events)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{lesson}.py").run()
    assert not failures(app)
    return app


def said(app: AppTest) -> list[str]:
    return [info.value for info in app.info]


@pytest.mark.parametrize("step", ["noise", "", "<html>"])
def test_a_step_that_there_is_not_is_said_once(open_app: Open, step: str) -> None:
    app = visit(open_app, "methods", step=step)
    assert said(app) == [FIRST]
    assert app.query_params["step"] == COURSE.lesson("methods").steps[0].slug
    app.button(key="skip").click().run()
    assert said(app) == []


def test_who_was_here_before_is_told_so(open_app: Open) -> None:
    opened = Opened(at=1.0, lesson="methods", step="one_outlier")
    app = visit(open_app, "methods", opened, step="noise")
    assert said(app) == [NO_STEP + "Here is where you left off."]
    assert app.query_params["step"] == "one_outlier"


def test_capitals_make_no_other_step(open_app: Open) -> None:
    app = visit(open_app, "methods", step="One_Outlier", said="skip")
    assert said(app) == []
    assert dict(app.query_params) == {"step": "one_outlier", "said": "skip"}


@pytest.mark.parametrize("answer", ["", "<b>0</b>", "-0.73000001", "99"])
def test_an_answer_that_is_none_is_said_once(open_app: Open, answer: str) -> None:
    app = visit(open_app, "methods", step="one_outlier", said=answer)
    assert said(app) == [NO_ANSWER]
    assert dict(app.query_params) == {"step": "one_outlier"}
    app.button(key="next").click().run()
    assert said(app) == []


@pytest.mark.parametrize(
    ("lesson", "widget", "text", "kept"),
    [
        ("five_steps", "mask-k", "999", None),
        ("five_steps", "mask-k", "0.5", None),
        ("five_steps", "mask-k", "", None),
        ("five_steps", "mask-side", "<b>upper</b>", None),
        ("five_steps", "mask-trim", "perhaps", None),
        ("five_steps", "correlate-answer", "-1", None),
        ("time_series", "delays-chosen", ["cpi", "<i>", "unemp"], ["cpi", "unemp"]),
        ("time_series", "delays-chosen", ["<i>"], None),
        ("methods", "one_row-leave_out", ["1", "99"], "1"),
        (GUESS[0], f"{GUESS[1]}-{GUESS[2]}-0", "enormous", None),
    ],
)
def test_a_value_that_is_none_is_said_once(
    open_app: Open, lesson: str, widget: str, text: str | list[str], kept: str | list[str] | None
) -> None:
    step = widget.partition("-")[0]
    app = visit(open_app, lesson, step=step, said="skip", **{widget: text})
    assert said(app) == [LEFT_OUT]
    assert app.query_params.get(widget) == kept
    app.button(key="present").click().run()
    assert said(app) == []


@pytest.mark.parametrize(
    ("lesson", "parameters"),
    [
        ("five_steps", {}),
        ("five_steps", {"step": "mask"}),
        ("five_steps", {"step": "quiz"}),
        ("five_steps", {"step": "mask", "said": "1", "mask-k": "1", "mask-trim": "TRUE"}),
        ("five_steps", {"step": "mask", "said": "skip", "mask-k-again": "x", "other": "y"}),
        ("time_series", {"step": "delays", "said": "skip", "delays-chosen": ["cpi"]}),
        ("time_series", {"step": "delays", "said": "skip", "delays-chosen": ""}),
        (GUESS[0], {"step": GUESS[1], "said": "skip", f"{GUESS[1]}-{GUESS[2]}-0": "weak +"}),
    ],
)
def test_where_nothing_is_wrong_nothing_is_said(
    open_app: Open, lesson: str, parameters: dict[str, str | list[str]]
) -> None:
    assert said(visit(open_app, lesson, **parameters)) == []


def test_it_stays_while_only_the_browser_has_the_page_redrawn(open_app: Open) -> None:
    """It answers a moment after the first run; before that a step may be another than it seems."""
    app = open_app("five_steps", step="mask", said="skip", **{"mask-k": "999"})
    assert said(app) == [LEFT_OUT]
    app.session_state["browser-storage"] = {
        "stored": {
            "session": app.session_state["session-name"],
            "number": 1,
            "text": "",
            "unread": "",
            "room": 1044,
            "height": 720,
        }
    }
    app.run()
    assert app.session_state["browser-heard"] == 1
    assert said(app) == [LEFT_OUT]
    app.run()
    assert said(app) == []


def test_nothing_is_said_of_a_step_before_it_is_known_which_one_stays(open_app: Open) -> None:
    assert said(open_app("five_steps", step="noise", said="99")) == []


def test_it_is_said_above_the_page_and_moves_nothing_on_it(open_app: Open) -> None:
    right = visit(open_app, "methods", step="one_outlier")
    wrong = visit(open_app, "methods", step="one_outlier", said="99")
    (place,) = [block for block in wrong.main.children.values() if "info" in kinds(block)]
    assert place.proto.id.endswith("above")
    assert list(right.main.children) == list(wrong.main.children)


def kinds(block: object) -> list[str]:
    return [child.type for child in getattr(block, "children", {}).values()]
