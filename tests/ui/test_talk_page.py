"""The page where a talk is put together: run without a browser."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.course import StepAddress, Talk, plan, read_talk
from lib.ui.components import running_order
from lib.ui.components.running_order import Entry

Open = Callable[..., AppTest]

# Of lesson 1: 5 minutes, 5 and 3.
THREE = "10~five_steps.import.correlate.colour"


def in_address(app: AppTest) -> Talk | None:
    named = app.query_params.get("talk")
    return None if named is None else read_talk(COURSE, named[0] if type(named) is list else named)


def words(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.main.markdown, *app.caption, *app.info])


def test_at_first_there_is_nothing_but_a_proposal_to_be_had(open_app: Open) -> None:
    app = open_app("stage")
    assert in_address(app) is None
    assert "minutes.**" not in words(app)
    app.selectbox(key="talk-lesson").set_value("methods").run()
    app.button(key="talk-propose").click().run()
    assert not failures(app)
    assert in_address(app) == plan(COURSE.lesson("methods"), 20)


def test_the_minutes_add_up(open_app: Open) -> None:
    app = open_app("stage", talk=THREE)
    assert "**3 steps, about 13 of 10 minutes.**" in words(app)
    assert "That is about 3 minutes too long." in words(app)
    app.segmented_control(key="talk-minutes").set_value(20).run()
    assert not failures(app)
    assert in_address(app) == read_talk(COURSE, THREE.replace("10~", "20~"))
    assert "**3 steps, about 13 of 20 minutes.**" in words(app)
    assert "too long" not in words(app)


def test_a_step_of_another_lesson_is_added_at_the_end(open_app: Open) -> None:
    app = open_app("stage", talk=THREE)
    outlier = StepAddress("methods", "one_outlier")
    offered = app.selectbox(key="talk-add").options
    assert "Five steps to a heatmap: Every pair, once" not in offered
    assert "Which correlation?: One point can make a correlation" in offered
    for name in ("talk-add", "talk-lesson"):
        # What is typed is looked for as it stands, not letter by letter.
        assert "FILTER_MODE_CONTAINS" in str(app.selectbox(key=name).proto)
    app.selectbox(key="talk-add").set_value(outlier).run()
    assert not failures(app)
    talk = in_address(app)
    assert talk is not None
    assert (len(talk.stops), talk.stops[-1]) == (4, outlier)
    assert app.selectbox(key="talk-add").value is None


def test_a_talk_of_other_minutes_keeps_them(open_app: Open) -> None:
    app = open_app("stage", talk=THREE.replace("10~", "33~"))
    assert "about 13 of 33 minutes" in words(app)
    assert in_address(app) == read_talk(COURSE, THREE.replace("10~", "33~"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x", "The address holds no talk that can be read."),
        ("20~nowhere.x", "The address holds no talk that can be read."),
        ("20~methods.one_row.quiz", "They were left out."),
    ],
)
def test_what_the_course_does_not_have_is_said(open_app: Open, text: str, said: str) -> None:
    app = open_app("stage", talk=text)
    assert said in words(app)
    talk = in_address(app)
    assert talk == read_talk(COURSE, text)
    assert talk is None or app.query_params["talk"] in (talk.written, [talk.written])


def hear(monkeypatch: pytest.MonkeyPatch, message: Any) -> list[list[str]]:
    """What the page is told where a browser says that the order of two entries is this."""
    drawn: dict[str, Any] = {}
    said = SimpleNamespace(order=message)
    monkeypatch.setattr(running_order, "_component", lambda **arguments: drawn.update(arguments))
    monkeypatch.setattr(running_order, "st", SimpleNamespace(session_state={"k": said}))
    heard: list[list[str]] = []
    entries = [Entry("a", "A", "about A"), Entry("b", "B", "about B")]
    running_order.running_order(entries, label="Two", key="k", on_order=heard.append)
    drawn["on_order_change"]()
    return heard


@pytest.mark.parametrize("order", [["b", "a"], ["a"], []])
def test_an_order_of_what_there_is_is_heard(
    monkeypatch: pytest.MonkeyPatch, order: list[str]
) -> None:
    assert hear(monkeypatch, order) == [order]


@pytest.mark.parametrize(
    "message", [None, "ab", {"a": 1}, ["a", "a"], ["c"], [["a"]], [1], {"order": ["a"]}, 7]
)
def test_whatever_else_a_browser_says_is_not(monkeypatch: pytest.MonkeyPatch, message: Any) -> None:
    assert hear(monkeypatch, message) == []
