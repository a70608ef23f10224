"""The speaker's window: what to ask, what will be said, how long it takes, what comes next."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons import COURSE
from lib.course import StepAddress, Talk, fill, minutes_of
from lib.ui.components import speaker, stage

Open = Callable[..., AppTest]

LESSON = COURSE.lesson("five_steps")
MASK = LESSON.step("mask")


def said(app: AppTest) -> str:
    return re.sub("</?dfn[^>]*>", "", "\n".join(element.value for element in app.markdown))


def opened(open_app: Open, **parameters: str) -> AppTest:
    return open_app("stage", view="speaker", **parameters)


def test_it_says_what_to_ask_and_what_to_answer(open_app: Open) -> None:
    app = opened(open_app, lesson="five_steps", step="mask")
    exhibit = MASK.exhibit(MASK.predict.answer_at)
    assert fill(MASK.predict.question, exhibit.words) in said(app)
    for number, choice in enumerate(MASK.predict.choices):
        verdict = MASK.predict.verdict(str(number), exhibit)
        assert f"*{verdict.said}*" in said(app)
        assert f"Answer: {verdict.feedback}" in said(app)
        if not verdict.right:
            assert COURSE.misconceptions[choice.misconception].belief in said(app)
    assert said(app).count(":green[**Right.**]") == 1
    assert all(MASK.fill(hint) in said(app) for hint in MASK.task.hints)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("order", "**Set** Go through the columns: backwards"),
        ("order", "**Point at** columns kept: 15 · accuracy: 97.2\xa0% · with all: 97.9\xa0%"),
        ("interact", "**It reads** r of x1 and x2: 0.59 · t of the product: −0.2"),
        ("interact", "None of these is what was asked."),
    ],
)
def test_it_says_what_to_set_and_what_to_point_at(open_app: Open, step: str, told: str) -> None:
    app = opened(open_app, lesson="action", step=step)
    assert told in said(app)
    assert ("**Point at**" in said(app)) == (step == "order")
    assert "most will" not in said(app)


def test_it_says_how_long_it_takes_and_what_comes_next(open_app: Open) -> None:
    talk = Talk((StepAddress("five_steps", "mask"), StepAddress("methods", "four_panels")), 10)
    app = opened(open_app, lesson="five_steps", step="mask", talk=talk.written)
    here = minutes_of(LESSON)["mask"]
    there = minutes_of(COURSE.lesson("methods"))["four_panels"]
    assert f"This step takes about {here} minute" in said(app)
    assert f"Then 1 step, about {there} minute" in said(app)
    assert f"**Next:** {COURSE.lesson('methods').step('four_panels').title}" in said(app)
    app = opened(open_app, lesson="methods", step="four_panels", talk=talk.written)
    assert "Nothing comes after it." in said(app)


def test_without_a_talk_the_rest_of_the_lesson_comes(open_app: Open) -> None:
    app = opened(open_app, lesson="five_steps", step="mask")
    slugs = [stop.slug for stop in LESSON.stops]
    after = slugs[slugs.index("mask") + 1 :]
    rest = sum(minutes_of(LESSON)[slug] for slug in after)
    assert f"Then {len(after)} steps, about {rest} minutes." in said(app)


def test_the_quiz_has_no_notes(open_app: Open) -> None:
    app = opened(open_app, lesson="five_steps", step="quiz")
    assert "the quiz" in said(app)


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"lesson": "five_steps"},
        {"lesson": "five_steps", "step": "nothing"},
        {"lesson": "nothing", "step": "mask"},
        {"lesson": "../etc", "step": "\0", "with": "x" * 5000, "talk": "~~"},
    ],
)
def test_an_address_without_a_step_is_answered_in_words(
    open_app: Open, address: dict[str, str]
) -> None:
    app = opened(open_app, **address)
    assert "This window goes with a presentation." in said(app)


def hear(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, message: Any) -> Any:
    drawn: dict[str, Any] = {}
    told = SimpleNamespace(**{name: message})
    monkeypatch.setattr(module, "_component", lambda **arguments: drawn.update(arguments))
    monkeypatch.setattr(module, "st", SimpleNamespace(session_state={"k": told}))
    return drawn


NO_PLACES = (None, [], {}, {"lesson": 1, "step": [], "talk": None}, {"lesson": "a"}, "x", 3)


@pytest.mark.parametrize("message", NO_PLACES, ids=repr)
def test_a_place_that_is_none_is_not_heard(monkeypatch: pytest.MonkeyPatch, message: Any) -> None:
    turned: list[Any] = []
    drawn = hear(monkeypatch, speaker, "at", message)
    names = dict.fromkeys(("presentation", "lesson", "step", "talk"), "")
    speaker.speaker(**names, key="k", on_turn=lambda *place: turned.append(place))
    drawn["on_at_change"]()
    assert turned == []


@pytest.mark.parametrize("message", [None, "1.5", 2, float("nan"), [], {"size": 1}], ids=repr)
def test_a_size_that_there_is_not_is_not_heard(
    monkeypatch: pytest.MonkeyPatch, message: Any
) -> None:
    sizes: list[float] = []
    drawn = hear(monkeypatch, stage, "size", message)
    names = dict.fromkeys(("lesson", "step", "title", "shown", "talk"), "")
    bar = {"minutes": None, "size": 1.0, "sizes": (1.0, 1.5), "key": "k"}
    stage.stage(**names, **bar, on_size=sizes.append)
    drawn["on_size_change"]()
    assert sizes == []
    drawn = hear(monkeypatch, stage, "size", 1.5)
    stage.stage(**names, **bar, on_size=sizes.append)
    drawn["on_size_change"]()
    assert sizes == [1.5]
