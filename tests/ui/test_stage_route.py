"""A presentation keeps to its talk, across lessons."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lessons import COURSE
from lib.course import Progress, StepAddress, Talk, read_talk
from lib.ui.stage.route import (
    beside,
    place_in_talk,
    runs_of_talk,
    stations_of_talk,
    yet_to_come,
)

Open = Callable[..., AppTest]

FIRST, SECOND, THIRD = (
    StepAddress("methods", "four_panels"),
    StepAddress("five_steps", "mask"),
    StepAddress("five_steps", "colour"),
)
TALK = Talk((FIRST, SECOND, THIRD), 20)


def at(app: AppTest) -> str:
    return app.query_params["step"]


def test_next_and_previous_follow_the_talk_into_another_lesson(open_app: Open) -> None:
    app = open_app("methods", step=FIRST.step, present="1", talk=TALK.written, size="1.3")
    assert app.button(key="previous").disabled
    app.button(key="next").click().run()
    assert COURSE.lesson("five_steps").step("mask").title in app.markdown[0].value
    assert dict(app.query_params) == {
        **{"step": SECOND.step, "present": "1"},
        **{"talk": TALK.written, "size": "1.3"},
    }
    # Here, each run of a test is one of the page that it began with.
    app = open_app("five_steps", **dict(app.query_params))
    app.button(key="next").click().run()
    assert at(app) == THIRD.step
    assert app.button(key="next").disabled
    for _ in range(2):
        app.button(key="previous").click().run()
    assert at(app) == FIRST.step


def test_after_all_is_revealed_the_button_leads_on_within_the_talk(open_app: Open) -> None:
    shown = {"said": "skip", "shown": "truth"}
    app = open_app("methods", step=FIRST.step, present="1", talk=TALK.written, **shown)
    app.button(key="reveal").click().run()
    assert at(app) == SECOND.step
    app = open_app("five_steps", step=THIRD.step, present="1", talk=TALK.written, **shown)
    assert not any(button.key == "reveal" for button in app.button)
    assert "The talk ends here." in [element.value for element in app.markdown]


@pytest.mark.parametrize("talk", ["x", "20", "20~", "20~nowhere.mask", "0~methods.mask", "~" * 99])
def test_an_address_without_a_readable_talk_keeps_to_the_lesson(open_app: Open, talk: str) -> None:
    app = open_app("five_steps", step="mask", present="1", talk=talk)
    assert read_talk(COURSE, talk) is None
    said = "The address holds no talk that can be read. Here is the lesson as it is."
    assert said in app.info[0].value
    assert "talk" not in app.query_params
    app.button(key="next").click().run()
    assert at(app) == COURSE.lesson("five_steps").stops[4].slug


def test_steps_that_there_are_not_are_said_to_be_left_out(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", present="1", talk="20~five_steps.mask.nothing")
    assert "They were left out." in app.info[0].value
    assert app.query_params["talk"] == "20~five_steps.mask"


def test_the_way_through_a_talk_and_through_a_lesson() -> None:
    lesson = COURSE.lesson("five_steps")
    assert beside(TALK, lesson, "mask") == (FIRST, THIRD)
    assert yet_to_come(TALK, lesson, "mask") == [THIRD]
    assert yet_to_come(TALK, lesson, "quiz") == [FIRST, SECOND, THIRD]
    after = lesson.stops[4].slug
    assert beside(None, lesson, "mask")[1] == StepAddress("five_steps", after)
    assert len(yet_to_come(None, lesson, "mask")) == len(lesson.stops) - 4
    assert yet_to_come(None, lesson, "quiz") == []


def test_the_dots_of_a_talk_are_its_own() -> None:
    dots = stations_of_talk(COURSE, TALK, Progress("honest-heatmaps"))
    assert [dot.slug for dot in dots] == [".".join(stop) for stop in TALK.stops]
    assert [dot.title for dot in dots] == [
        COURSE.lesson(stop.lesson).step(stop.step).title for stop in TALK.stops
    ]
    assert [dot.standing for dot in dots] == ["open"] * 3
    methods, five = (COURSE.lesson(slug).title for slug in ("methods", "five_steps"))
    assert runs_of_talk(COURSE, TALK) == [(methods, 1), (five, 2)]
    assert [place_in_talk(TALK, stop) for stop in TALK.stops] == ["1 of 3", "2 of 3", "3 of 3"]
    assert place_in_talk(TALK, StepAddress("five_steps", "quiz")) == "3 steps"
