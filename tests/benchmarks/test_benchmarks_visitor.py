"""The browser without a screen."""

import json

from benchmarks.visitor import nothing_stored
from lib.ui import session
from lib.ui.components.heard import heard


def test_what_a_visitor_answers_is_an_answer_to_the_server() -> None:
    state = json.loads(nothing_stored("id", '{"session": "a", "text": null}').json_value)
    assert heard(session._read_answer, state["stored"]) == ("a", 1, "", "", 1044, 720)
    assert heard(session._read_answer, state["stored"] | {"room": None}) is None
