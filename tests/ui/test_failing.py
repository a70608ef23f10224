"""What fails in a step stays in that step."""

import ast
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures
from workshop_lesson import COURSE, LESSON

from lib.course import Progress, Tried
from lib.ui import failing

WORKSHOP = Path(__file__).parents[1] / "browser" / "workshop_app.py"
PLACES = ("show", "figure", "task")


def workshop(progress: Progress | None = None, **parameters: str) -> AppTest:
    """The step that fails as it is told, in a browser that has said what it remembers."""
    app = AppTest.from_file(str(WORKSHOP), default_timeout=60)
    for name, value in {"step": "fails", **parameters}.items():
        app.query_params[name] = value
    app.session_state["browser-heard"] = 1
    if progress is not None:
        app.session_state["progress"] = progress
    return app.run()


def set_to(place: str) -> Progress:
    """A progress in which the step was left so that it fails."""
    tried = Tried(at=1.0, lesson=LESSON.slug, step="fails", values=(("place", place),))
    return Progress(COURSE.slug).apply(tried)


def record(app: AppTest) -> Any:
    return app.session_state["progress"].step(LESSON.slug, "fails")


def has_button(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def expect_failed(app: AppTest) -> None:
    assert len(failures(app)) == len(app.error) == 1
    assert "## Fails" in "".join(text.value for text in app.markdown)
    for key in ("previous", "next", "present", "afresh"):
        assert has_button(app, key)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kept", ["in the address", "in the progress"])
def test_a_step_that_fails_leads_on_and_begins_afresh(place: str, kept: str) -> None:
    if kept == "in the address":
        app = workshop(said="skip", **{"fails-place": place})
    else:
        app = workshop(set_to(place), said="skip")
    expect_failed(app)
    app.button(key="afresh").click().run()
    assert not failures(app)
    assert (record(app).values, record(app).said) == ({}, None)
    assert dict(app.query_params) == {"step": "fails"}
    app.button(key="skip").click().run()
    assert not failures(app)
    assert app.tabs


@pytest.mark.parametrize("place", PLACES)
def test_a_reload_does_not_bring_it_back(place: str) -> None:
    app = workshop(said="skip", **{"fails-place": place})
    app.button(key="afresh").click().run()
    again = workshop(app.session_state["progress"], **app.query_params)
    assert not failures(again)


@pytest.mark.parametrize("place", PLACES)
def test_the_next_step_is_well(place: str) -> None:
    app = workshop(said="skip", **{"fails-place": place})
    app.button(key="previous").click().run()
    assert not failures(app)
    assert app.tabs
    app.button(key="next").click().run()
    expect_failed(app)


def test_a_control_that_leads_out_is_still_there() -> None:
    app = workshop(said="skip", **{"fails-place": "show"})
    app.segmented_control(key="fails-place").set_value("nothing").run()
    assert not failures(app)


def test_a_prediction_that_cannot_be_judged_begins_afresh() -> None:
    app = workshop(said="0.9")
    expect_failed(app)
    app.button(key="afresh").click().run()
    assert not failures(app)
    assert "said" not in app.query_params
    assert has_button(app, "predict")


def test_a_click_that_fails_stays_in_its_step() -> None:
    app = workshop()
    app.slider(key="predict-workshop-fails").set_value(0.9)
    app.button(key="predict").click().run()
    expect_failed(app)
    assert app.error[0].value == f"{failing.ASKED} cannot be shown. {failing.FAILURE}"
    assert record(app).said is None
    # What was there before is still there, and says no more of it.
    app.slider(key="predict-workshop-fails").set_value(0.2)
    app.button(key="predict").click().run()
    assert not failures(app)
    assert app.tabs
    assert record(app).said == "0.2"


def test_after_a_click_that_fails_the_step_begins_afresh() -> None:
    app = workshop()
    app.slider(key="predict-workshop-fails").set_value(0.9)
    app.button(key="predict").click().run()
    app.button(key="afresh").click().run()
    assert not failures(app)
    assert app.slider(key="predict-workshop-fails").value == 0.5


def test_a_click_that_fails_beside_the_steps_leaves_its_page(
    open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(number: int) -> None:
        raise LookupError(number)

    monkeypatch.setattr("lib.ui.quiz._open_question", fail)
    app = open_app("five_steps", step="quiz")
    app.button(key="next-question").click().run()
    assert len(failures(app)) == len(app.error) == 1
    assert has_button(app, "next-question")
    assert has_button(app, "previous")


def test_every_callback_is_guarded() -> None:
    """What Streamlit calls before a run, outside of every step, is caught by one hand."""
    unguarded = [
        f"{path.name}:{keyword.value.lineno}"
        for path in sorted(Path(failing.__file__).parent.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if re.fullmatch(r"on_(click|change|select|\w+_change)", keyword.arg or "")
        and not is_guarded(keyword.value)
    ]
    assert unguarded == []


def is_guarded(value: ast.expr) -> bool:
    """A word of Streamlit's, nothing to do, or a callback that is guarded."""
    match value:
        case ast.Constant() | ast.Lambda(body=ast.Constant(value=None)):
            return True
        # What a class refuses is said by a hand of its own, which is guarded in its turn.
        case ast.Call(func=ast.Name(id="guarded" | "trying")):
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return is_guarded(body) and is_guarded(orelse)
    return False


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[logging.LogRecord]]:
    """What is logged of failures, none of which happened before."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    monkeypatch.setattr(failing, "_known", set())
    failing._log.addHandler(handler)
    yield records
    failing._log.removeHandler(handler)


def test_one_line_a_run_and_one_traceback_an_error(log: list[logging.LogRecord]) -> None:
    app = workshop(said="skip", **{"fails-place": "show"})
    for _ in range(3):
        app.run()
    assert len(log) == 4
    assert [bool(each.exc_info) for each in log] == [True, False, False, False]
    for each in log:
        assert "\n" not in each.getMessage()
        assert "workshop/fails: RuntimeError('a step that fails in show')" in each.getMessage()
    workshop(said="skip", **{"fails-place": "task"})
    assert [bool(each.exc_info) for each in log] == [True, False, False, False, True]


def test_a_long_message_is_cut_and_stays_one_line(log: list[logging.LogRecord]) -> None:
    try:
        raise ValueError("no such name:\n" + "x" * 100_000)
    except ValueError as error:
        failing.note_failure(error, "here")
    assert len(log[0].getMessage()) < 1000
    assert "\n" not in log[0].getMessage()
