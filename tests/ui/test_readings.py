"""The numbers over a figure move with the learner, and say what they were."""

import json
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

WORKSHOP = Path(__file__).parents[1] / "browser" / "workshop_app.py"


def open_move() -> AppTest:
    """A step with two readings: where its point is, and how many there are."""
    app = AppTest.from_file(str(WORKSHOP), default_timeout=60)
    app.query_params["step"] = "move"
    app.session_state["browser-heard"] = 1
    return app.run()


def readings(app: AppTest) -> str:
    """What stands over the figure, as it is read."""
    (found,) = (html.proto.body for html in app.get("html") if "readings" in html.proto.body)
    return " ".join(re.sub("<[^>]*>", " ", found).split())


def announced(app: AppTest) -> str:
    """What a screen reader is told."""
    (dots,) = (
        component.proto
        for component in app.get("bidi_component")
        if component.proto.component_name.endswith("stepper")
    )
    return json.loads(dots.json)["announce"]


def move_to(app: AppTest, x: float) -> None:
    app.slider(key="move-point-x").set_value(x).run()


def test_readings_move_and_say_what_they_were() -> None:
    app = open_move()
    assert readings(app) == "Left to right 0.0 Points 3"
    move_to(app, -2.0)
    assert readings(app) == "Left to right −2.0 was 0.0 Points 3"
    move_to(app, 4.5)
    assert readings(app) == "Left to right 4.5 was −2.0 Points 3"


def test_a_move_that_changes_none_of_them_takes_away_what_they_were() -> None:
    app = open_move()
    move_to(app, 3.0)
    app.slider(key="move-point-y").set_value(1.0).run()
    assert readings(app) == "Left to right 3.0 Points 3"


def test_what_is_no_move_leaves_what_they_were() -> None:
    app = open_move()
    move_to(app, 3.0)
    app.run()
    assert readings(app) == "Left to right 3.0 was 0.0 Points 3"


def test_a_screen_reader_hears_those_that_changed_and_then_the_verdict() -> None:
    app = open_move()
    assert announced(app) == ""
    move_to(app, 3.0)
    heard = "Left to right 3.0, was 0.0. Not yet."
    assert announced(app).startswith(heard)
    assert "Points" not in announced(app)
