"""The progress of a session, and what the browser says of its own."""

import json
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from lib.course import Course, Hinted, Opened, Passed, Progress, read_progress, write_progress
from lib.ui import session

COURSE = Course(slug="demo", title="A demonstration", lessons=[], misconceptions={})
MASK = {"lesson": "five_steps", "step": "mask"}
MINE = Hinted(at=20.0, **MASK)
THEIRS = Passed(at=10.0, **MASK)
NEWER = json.dumps({"schema": 99, "course": "demo"})

Answer = Callable[..., None]


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The state of a session of its own."""
    held: dict[str, Any] = {}
    monkeypatch.setattr(session, "st", SimpleNamespace(session_state=held))
    return held


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the browser was told last."""
    told: dict[str, Any] = {}
    monkeypatch.setattr(session, "browser_storage", lambda **data: told.update(data))
    return told


@pytest.fixture
def answer(state: dict[str, Any], browser: dict[str, Any]) -> Answer:
    """Let the browser say what is stored; then the script runs."""

    def say(
        text: str,
        *,
        number: int = 1,
        unread: str = "",
        name: str | None = None,
        room: int = 1044,
        height: int = 720,
    ) -> None:
        session.keep_progress(COURSE)
        state["browser-storage"] = {
            "stored": {
                "session": name or browser["session"],
                "number": number,
                "text": text,
                "unread": unread,
                "room": room,
                "height": height,
            }
        }
        session.restore_progress(COURSE)
        session.keep_progress(COURSE)

    return say


def stored(*events: Any, **fields: Any) -> str:
    return write_progress(Progress("demo", **{"seed": 7, **fields}).apply(*events))


def test_nothing_is_written_before_the_browser_has_answered(browser: dict[str, Any]) -> None:
    session.restore_progress(COURSE)
    session.keep_progress(COURSE)
    assert not session.is_restored()
    assert (browser["name"], browser["text"], browser["heard"]) == ("demo/progress", None, 0)


def test_an_empty_browser_is_an_answer(answer: Answer, browser: dict[str, Any]) -> None:
    answer("")
    assert session.is_restored()
    assert read_progress(browser["text"], "demo") == session.progress_of(COURSE)


def test_what_is_remembered_arrives_once(answer: Answer) -> None:
    answer(stored(THEIRS))
    assert session.just_restored()
    assert session.progress_of(COURSE).step("five_steps", "mask").passed
    session.restore_progress(COURSE)
    assert not session.just_restored()


def test_what_was_done_before_the_answer_stays(state: dict[str, Any], answer: Answer) -> None:
    state["progress"] = Progress("demo").apply(MINE)
    answer(stored(THEIRS))
    assert session.progress_of(COURSE).events == (THEIRS, MINE)


def test_another_tab_is_merged_and_answers_are_counted(
    answer: Answer, browser: dict[str, Any]
) -> None:
    answer("")
    session.emit(COURSE, Hinted, False, **MASK)
    mine = session.progress_of(COURSE).events
    answer(stored(THEIRS), number=2)
    assert not session.just_restored()
    assert session.progress_of(COURSE).events == (THEIRS, *mine)
    assert browser["heard"] == 2
    assert read_progress(browser["text"], "demo").events == (THEIRS, *mine)


def test_an_answer_to_an_earlier_session_is_ignored(answer: Answer) -> None:
    answer(stored(THEIRS), name="another session")
    assert not session.is_restored()
    assert session.progress_of(COURSE).events == ()


@pytest.mark.parametrize("text", ["{", "[" * 20_000, NEWER, stored().replace("demo", "other")])
def test_what_cannot_be_read_is_refused_and_kept(
    text: str, answer: Answer, browser: dict[str, Any]
) -> None:
    answer(text)
    assert browser["refused"] is True
    assert browser["text"] is not None
    assert session.is_news()
    assert session.look_into_unread() == text
    assert not session.is_news()
    assert session.unread() == text
    answer(stored(THEIRS), number=2)
    assert browser["refused"] is False
    assert session.progress_of(COURSE).events == (THEIRS,)


def test_what_was_refused_earlier_is_no_news(answer: Answer, browser: dict[str, Any]) -> None:
    answer(stored(THEIRS), unread=NEWER)
    assert (session.unread(), session.is_news(), browser["refused"]) == (NEWER, False, False)
    assert session.progress_of(COURSE).events == (THEIRS,)


def test_what_was_refused_earlier_and_can_be_read_now_is_taken_in(answer: Answer) -> None:
    answer(stored(MINE), unread=stored(THEIRS))
    assert session.unread() is None
    assert session.progress_of(COURSE).events == (THEIRS, MINE)


def test_the_first_schema_is_taken_in(answer: Answer) -> None:
    step = {"said": "2", "predicted": True, "attempts": 4, "passed": True, "values": {"k": 1}}
    lessons = {"five_steps": {"steps": {"mask": step}, "quiz": {"diagonal": [1, 0]}}}
    answer(json.dumps({"schema": 1, "course": "demo", "seed": 3, "lessons": lessons}))
    progress = session.progress_of(COURSE)
    record = progress.step("five_steps", "mask")
    assert (record.said, record.attempts, record.passed) == ("2", 4, True)
    assert progress.lesson("five_steps").quiz == {"diagonal": (1, 0)}
    assert session.unread() is None


def test_events_follow_each_other(state: dict[str, Any]) -> None:
    """In whole milliseconds, and in order even where the clock goes back."""
    ahead = round(time.time() + 1000, 3)
    state["progress"] = Progress("demo").apply(Passed(at=ahead, **MASK))
    for _ in range(3):
        session.emit(COURSE, Hinted, False, **MASK)
    times = [event.at for event in session.progress_of(COURSE).events]
    assert times == [round(ahead + count / 1000, 3) for count in range(4)]


def test_an_event_has_the_time_of_the_clock() -> None:
    before = time.time()
    session.emit(COURSE, Opened, False, **MASK)
    (event,) = session.progress_of(COURSE).events
    assert before - 0.001 <= event.at <= time.time() + 0.001
    assert event == Opened(at=event.at, **MASK)


def test_a_presentation_has_a_progress_of_its_own() -> None:
    session.emit(COURSE, Passed, True, **MASK)
    assert session.presentation_of(COURSE).step("five_steps", "mask").passed
    assert session.progress_of(COURSE).events == ()


def test_a_file_takes_the_place_of_what_other_tabs_did(answer: Answer) -> None:
    answer("")
    session.emit(COURSE, Hinted, False, **MASK)
    session.use_progress(Progress("demo", seed=7).apply(THEIRS))
    loaded = session.progress_of(COURSE)
    assert (loaded.seed, loaded.events) == (7, (THEIRS,))
    answer(stored(MINE, replaced=0.0), number=2)
    assert session.progress_of(COURSE).events == (THEIRS,)


def test_the_room_is_what_the_browser_says_within_reason(answer: Answer) -> None:
    assert (session.room_of_window(), session.height_of_window()) == (1044, 720)
    for number, (said, room, height) in enumerate(
        [(390, 390, 390), (1, 320, 320), (10**9, 4000, 3000)], 1
    ):
        answer("", number=number, room=said, height=said)
        assert (session.room_of_window(), session.height_of_window()) == (room, height)
