"""The progress page, run without a browser."""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.course import (
    Columns,
    Control,
    Event,
    Passed,
    Predicted,
    Progress,
    Rows,
    Step,
    Tried,
    Value,
    write_progress,
)

Open = Callable[..., AppTest]

PASSED = Passed(at=1.0, lesson=COURSE.lessons[0].slug, step="mask")
FIRST_SCHEMA = {
    "schema": 1,
    "course": COURSE.slug,
    "seed": 7,
    "last": ["five_steps", "mask"],
    "lessons": {
        "five_steps": {
            "steps": {
                "mask": {
                    "said": "1",
                    "predicted": True,
                    "attempts": 3,
                    "hints": 1,
                    "solution_shown": False,
                    "passed": True,
                    "values": {"k": 1, "side": "lower"},
                }
            },
            "quiz": {"diagonal": [0, 2]},
        }
    },
}


def progress(app: AppTest) -> Progress:
    held: Progress = app.session_state["progress"]
    return held


def load(app: AppTest, content: bytes) -> AppTest:
    app.file_uploader(key="progress-file").upload("progress.json", content).run()
    assert not failures(app)
    return app


def test_a_file_comes_back(open_app: Open) -> None:
    saved = Progress(COURSE.slug).apply(PASSED)
    app = load(open_app("progress"), write_progress(saved).encode())
    assert [message.value for message in app.success] == [
        "Loaded. You can go on where that file left off."
    ]
    assert replace(progress(app), replaced=0.0) == saved
    assert progress(app).replaced > PASSED.at


def test_a_file_of_the_first_schema_comes_back(open_app: Open) -> None:
    app = load(open_app("progress"), json.dumps(FIRST_SCHEMA).encode())
    assert len(app.success) == 1
    held = progress(app)
    record = held.step("five_steps", "mask")
    assert held.last == ("five_steps", "mask")
    assert (record.said, record.attempts, record.hints, record.passed) == ("1", 3, 1, True)
    assert record.values == {"k": 1, "side": "lower"}
    assert held.lesson("five_steps").quiz == {"diagonal": (0, 2)}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not json", "This file is not a progress file: choose the .json file"),
        (b"\xff\xfe\x00", "This file is not a progress file"),
        (b"[" * 100_000, "This file is not a progress file"),
        (json.dumps({"schema": 1, "course": "other"}).encode(), "belongs to another course"),
        (
            json.dumps({"schema": 99, "course": COURSE.slug}).encode(),
            "written by a newer version of the course",
        ),
        (json.dumps({**FIRST_SCHEMA, "lessons": {"five_steps": 3}}).encode(), "is damaged"),
        (b" " * (1024**2 + 1), "too large: the course reads and keeps at most 1 MB"),
    ],
)
def test_a_foreign_file_is_refused_and_changes_nothing(
    open_app: Open, content: bytes, sentence: str
) -> None:
    app = open_app("progress")
    app.session_state["progress"] = before = Progress(COURSE.slug).apply(PASSED)
    load(app, content)
    assert len(app.error) == 1
    assert sentence in app.error[0].value
    assert "Nothing was changed." in app.error[0].value
    assert progress(app) == before


def test_what_the_uploader_promises_is_what_is_read(open_app: Open) -> None:
    """A megabyte of Streamlit's is 1024 times 1024 bytes."""
    app = open_app("progress")
    assert app.file_uploader(key="progress-file").proto.max_upload_size_mb == 1
    text = write_progress(Progress(COURSE.slug).apply(PASSED))
    load(app, text.encode().ljust(1024**2))
    assert progress(app).step(PASSED.lesson, PASSED.step).passed


def test_who_has_done_everything_stays_far_below_the_limit() -> None:
    """With every row left out that can be, wrong twenty times a step."""
    clock = itertools.count(1.7e9, 1.123)
    done = Progress(COURSE.slug)
    for lesson in COURSE.lessons:
        for step in lesson.steps:
            done = done.apply(*_everything(lesson.slug, step, clock))
    assert len(write_progress(done)) < 1024**2 / 5


def _everything(lesson: str, step: Step, clock: Iterator[float]) -> list[Event]:
    place = {"lesson": lesson, "step": step.slug}
    values = tuple((name, _most(control)) for name, control in step.inputs.items())
    return [
        Predicted(at=next(clock), said="1", right=False, misconception="wrong" * 5, **place),
        *(
            Tried(at=next(clock), values=values, misconception=f"another_{number}", **place)
            for number in range(20)
        ),
        Passed(at=next(clock), **place),
    ]


def _most(control: Control) -> Value:
    several = isinstance(control, Columns | Rows)
    return control.named[: control.at_most] if several else control.default


@pytest.mark.parametrize("at", [253_402_300_799.5, 4e9])
def test_dates_that_have_not_come_yet_are_refused(open_app: Open, at: float) -> None:
    """What is done afterwards would need a date that is later still, and none is at the end."""
    app = open_app("progress")
    ahead = Progress(COURSE.slug).apply(replace(PASSED, at=at))
    load(app, write_progress(ahead).encode())
    assert [error.value for error in app.error] == [
        "The dates in this file lie in the future: they cannot be right. Nothing was changed."
    ]
    assert progress(app).events == ()


def test_a_clock_that_is_a_little_ahead_is_none_of_our_business(open_app: Open) -> None:
    tomorrow = Progress(COURSE.slug).apply(replace(PASSED, at=time.time() + 86_400))
    app = load(open_app("progress"), write_progress(tomorrow).encode())
    assert progress(app).step(PASSED.lesson, PASSED.step).passed


def test_who_keeps_no_cookies_is_told_before_an_upload(open_app: Open) -> None:
    """A screen that runs without a browser has none; in a browser they are looked at as well."""
    assert "keeps no cookies" in open_app("progress").warning[0].value


def test_what_cannot_be_read_is_said_until_it_was_looked_into(open_app: Open) -> None:
    app = open_app()
    app.session_state["unread-progress"] = "{"
    app.session_state["unread-progress-is-news"] = True
    app.run()
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith("This browser remembers progress that the course cannot")
    app.switch_page("pages/progress.py").run()
    assert ["keeps no cookies" in warning.value for warning in app.warning] == [True]
    assert [button.proto.label for button in app.get("download_button")] == [
        "Download my progress",
        "Download what cannot be read",
    ]
    app.switch_page("pages/home.py").run()
    assert not app.warning


def test_the_outcome_stays_while_the_file_does_whoever_has_the_page_redrawn(open_app: Open) -> None:
    app = load(open_app("progress"), write_progress(Progress(COURSE.slug)).encode())
    app.run()
    assert len(app.success) == 1
    app.file_uploader(key="progress-file").clear().run()
    assert not app.success


def test_a_file_that_an_editor_has_marked_is_read(open_app: Open) -> None:
    text = write_progress(Progress(COURSE.slug).apply(PASSED))
    app = load(open_app("progress"), text.encode("utf-8-sig"))
    assert progress(app).step(PASSED.lesson, PASSED.step).passed
