"""The screens of a class, run without a browser: each state of each view, and what is refused."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.element_tree import Block, ElementTree, parse_tree_from_messages
from ui_failures import failures

from lessons import COURSE
from lib.charts import Heatmap
from lib.course import ClickCell, Estimate, Guess, Predict, TypeNumber
from lib.room import Keys, Phase, RoomError, Standing, own
from lib.room.choosing import ChoiceQuestion
from lib.room.clicking import CellQuestion
from lib.room.drawing import MapQuestion
from lib.room.estimating import NumberQuestion
from lib.room.question import Question
from lib.ui.room import database, door, entering
from lib.ui.room.keyring import Entry

Open = Callable[..., AppTest]
Touch = Callable[[AppTest], object]

QUESTIONS = database.Questions(COURSE)
STEP = next(step for step in COURSE.lessons[0].steps if isinstance(step.predict, Predict))


def of_step(kind: type) -> Question:
    """The first question of the course that a step asks so."""
    for lesson in COURSE.lessons:
        for step in lesson.steps:
            guesses = any(isinstance(control, Guess) for control in step.controls.values())
            if guesses if kind is Guess else isinstance(step.predict, kind):
                return QUESTIONS.of_step(lesson.slug, step.slug)[-1]
    raise LookupError(kind)


def of_exercise(shape: type) -> Question:
    """The first exercise of the first lesson of this shape."""
    lesson = COURSE.lessons[0]
    kind = next(kind for kind in lesson.practice or () if isinstance(kind.exercise(1), shape))
    return QUESTIONS.of_exercise(lesson.slug, kind.slug, 1)


def long_scale() -> NumberQuestion:
    """An exercise that asks for a number between many."""
    for kind in COURSE.lessons[0].practice or ():
        if isinstance(kind.exercise(1), TypeNumber):
            question = QUESTIONS.of_exercise(COURSE.lessons[0].slug, kind.slug, 1)
            assert isinstance(question, NumberQuestion)
            if (question.high - question.low) / question.step > 1000:
                return question
    raise LookupError


CHOICE = QUESTIONS.of_step(COURSE.lessons[0].slug, STEP.slug)[0]


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database for each test."""
    monkeypatch.setenv("HONEST_HEATMAPS_DATABASE", f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    kept = (
        database.the_database,
        database.the_watch,
        database.the_throttle,
        database.the_joins,
        database.the_rooms_of_session,
        database.the_rooms_of_address,
    )
    for cache in kept:
        cache.clear()
    yield
    database.the_database().close()
    for cache in kept:
        cache.clear()


@dataclass
class Class:
    """A room, and the pages that look at it."""

    open_app: Open
    keys: Keys

    def page(self, view: str = "", code: str = "") -> AppTest:
        """A page whose browser has said that it keeps nothing."""
        parameters = {"room": code or self.keys.code} | ({"as": view} if view else {})
        app = self.open_app("class", **parameters)
        app.session_state["room-keys-heard"] = True
        return look(app)

    def learner(self) -> AppTest:
        app = self.page()
        app.button(key="class-join-now").click()
        return look(app)

    def instructor(self) -> AppTest:
        app = self.page("instructor")
        app.text_input(key="class-key").set_value(self.keys.key)
        app.button(key="class-key-enter").click()
        return look(app)

    def ask(self, question: Question = CHOICE) -> None:
        self._lead(store().ask, question.asked)

    def turn(self, phase: Phase) -> None:
        self._lead(store().turn, phase)

    def vote_again(self) -> None:
        self._lead(store().vote_again)

    def _lead(self, act: Callable[..., None], *what: object) -> None:
        """As an instructor does who has just looked."""
        now = time.time()
        found = store().room(self.keys.code, now=now)
        assert found is not None
        act(self.keys.code, self.keys.key, *what, seen=found.round, now=now)

    def said(self) -> list[tuple[int, str]]:
        """What was answered in the present round: vote and answer."""
        room = store().room(self.keys.code, now=time.time())
        assert room is not None
        assert room.round is not None
        answers = store().answers(room.code, round=room.round.number)
        return [(answer.vote, answer.said) for answer in answers]


@pytest.fixture
def room(open_app: Open) -> Class:
    return Class(open_app, store().open_room(now=time.time()))


def store() -> database.Database:
    return database.the_database()


def look(app: AppTest) -> AppTest:
    """Run the page with what the store holds now, and not what was read a second ago."""
    database.the_watch.clear()
    app.run()
    assert not failures(app)
    return app


def text_of(app: AppTest) -> str:
    shown = [*app.main.markdown, *app.main.caption, *app.main.text, *app.main.warning]
    return "\n".join(element.value for element in shown)


def keys_of(app: AppTest) -> set[str]:
    """What the buttons of a page are called by."""
    return {str(button.key) for button in app.main.button}


def names(block: Block) -> Iterator[str]:
    """What the containers in a block are called by."""
    yield getattr(block.proto, "id", "")
    for child in block.children.values():
        if isinstance(child, Block):
            yield from names(child)


def primary(app: AppTest) -> list[str]:
    return [str(each.key) for each in app.main.button if each.proto.type == "primary"]


def charts(app: AppTest) -> int:
    return len(app.main.get("plotly_chart"))


# The door


def test_the_door_has_two_ways_and_says_what_is_kept(open_app: Open) -> None:
    app = open_app("class")
    assert primary(app) == ["class-go", "class-open-room"]
    assert store().survives in text_of(app)
    assert "`database`" in text_of(app)
    assert "Nothing personal is stored" in text_of(app)


def test_a_room_is_opened_and_its_key_is_in_no_address(open_app: Open) -> None:
    app = open_app("class")
    app.session_state["room-keys-heard"] = True
    app.button(key="class-open-room").click()
    look(app)
    assert set(app.query_params) == {"room", "as"}
    assert app.query_params["as"] == "instructor"
    code = app.query_params["room"]
    entry = app.session_state["room-keyring"][code]
    assert store().is_instructor(code, entry.key)
    assert entry.key not in str(dict(app.query_params)) + text_of(app)
    assert primary(app) == ["class-ask-now"]


def opened_rooms(open_app: Open, presses: int) -> tuple[int, AppTest]:
    """How many rooms a browser gets that goes back to the door each time."""
    app = open_app("class")
    app.session_state["room-keys-heard"] = True
    codes = set()
    for _ in range(presses):
        app.button(key="class-open-room").click().run()
        if "room" not in app.query_params:
            break
        codes.add(app.query_params["room"])
        app.query_params.clear()
        app.run()
    return len(codes), app


def test_a_session_opens_so_many_rooms_at_once(open_app: Open) -> None:
    opened, app = opened_rooms(open_app, 4)
    assert opened == 3
    assert "Many rooms have been opened from here. Wait" in text_of(app)


def test_an_address_opens_so_many_rooms_at_once(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = database.Limits(burst=1, a_minute=1, said="Many rooms.")
    monkeypatch.setattr(door, "the_rooms_of_address", lambda: limit)
    opened = []
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        monkeypatch.setattr(door, "client_address", lambda address=address: address)
        opened.append(opened_rooms(open_app, 1)[0])
    assert opened == [1, 0, 1]


@pytest.mark.parametrize(
    ("forwarded", "seen", "address"),
    [
        (None, None, ""),
        (None, "192.0.2.1", "192.0.2.1"),
        ("198.51.100.7", "10.0.0.2", "198.51.100.7"),
        ("forged, 198.51.100.7", "10.0.0.2", "198.51.100.7"),
        ("x" * 1_000, None, "x" * 45),
    ],
)
def test_an_address_is_what_the_nearest_proxy_says(
    monkeypatch: pytest.MonkeyPatch, forwarded: str | None, seen: str | None, address: str
) -> None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    context = SimpleNamespace(headers=headers, ip_address=seen)
    monkeypatch.setattr(entering.st, "context", context)
    assert entering.client_address() == address


@pytest.mark.parametrize("spell", [str.lower, lambda code: f" {code[:3]}-{code[3:]} "])
def test_a_code_is_joined_however_it_is_typed(
    room: Class, open_app: Open, spell: Callable[[str], str]
) -> None:
    app = open_app("class")
    app.text_input(key="class-code").set_value(spell(room.keys.code))
    app.text_input(key="class-nickname").set_value("Ada")
    app.button(key="class-go").click()
    app.session_state["room-keys-heard"] = True
    look(app)
    assert "You are in" in text_of(app)
    device = app.session_state["room-keyring"][room.keys.code].device
    assert store().nickname(room.keys.code, device) == "Ada"


def test_wrong_codes_are_said_and_slowed(open_app: Open) -> None:
    app = open_app("class")
    for sentence in ("There is no class with this code.", "That code was wrong. Wait"):
        app.text_input(key="class-code").set_value("BCDFGH")
        app.button(key="class-go").click().run()
        assert sentence in text_of(app)
        assert "room" not in app.query_params


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Type the code first"), ("BCDFGH", "There is no class with this code.")],
)
def test_what_is_wrong_with_a_code_is_said_by_its_field(
    open_app: Open, typed: str, said: str
) -> None:
    app = open_app("class")
    app.text_input(key="class-code").set_value(typed)
    app.button(key="class-go").click().run()
    order = [each for each in app.main if each.type in ("text_input", "warning", "button")]
    (place,) = [at for at, each in enumerate(order) if said in str(each.value)]
    assert order[place - 1].key == "class-code"


def test_a_wrong_code_in_an_address_leads_to_the_door(room: Class) -> None:
    app = room.page(code="BCDFGH")
    assert "There is no class with this code." in text_of(app) or "Wait" in text_of(app)
    app.button(key="class-leave").click().run()
    assert primary(app) == ["class-go", "class-open-room"]


def test_a_link_leads_in_while_somebody_tries_codes(
    room: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    throttle = database.Throttle(on_server=1)
    monkeypatch.setattr(entering, "the_throttle", lambda: throttle)
    throttle.look_up("somebody", lambda: None, now=time.time() + 60)
    found = store().room(room.keys.code, now=time.time())
    assert found is not None
    other = store().room(store().open_room(now=time.time()).code, now=time.time())
    assert other is not None
    typed = room.page()
    assert "Many wrong codes" in text_of(typed)
    assert "class-join-now" not in keys_of(typed)
    for ticket in (other.ticket, found.ticket.lower(), "ü", found.ticket[:-1]):
        led = room.open_app("class", room=room.keys.code, ticket=ticket)
        assert "Many wrong codes" in text_of(led)
    led = room.open_app("class", room=room.keys.code, ticket=found.ticket)
    led.session_state["room-keys-heard"] = True
    assert "class-join-now" in keys_of(look(led))


def test_a_database_that_there_is_not_is_said(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HONEST_HEATMAPS_DATABASE", "nonsense")
    database.the_database.clear()
    app = open_app("class")
    assert app.main.warning
    monkeypatch.delenv("HONEST_HEATMAPS_DATABASE")
    monkeypatch.setattr(database, "default_address", lambda: "sqlite://")


# A learner


def test_a_learner_joins_waits_answers_and_sees(room: Class) -> None:
    assert isinstance(CHOICE, ChoiceQuestion)
    learner = room.learner()
    assert "You are in" in text_of(learner)
    assert not learner.sidebar.children

    room.ask()
    look(learner)
    assert CHOICE.text in text_of(learner)
    assert "Answered" not in text_of(learner)
    wrong = next(said for said in CHOICE.choices if said != CHOICE.right_one)
    learner.radio[0].set_value(wrong)
    look(learner)
    assert room.said() == [(1, wrong)]
    assert f"**Answered:** {CHOICE.in_words(wrong)}" in text_of(learner)
    assert "until the vote is closed" in text_of(learner)
    learner.radio[0].set_value(CHOICE.right_one)
    look(learner)
    assert room.said() == [(1, CHOICE.right_one)]
    assert charts(learner) == 0

    room.turn(Phase.CLOSED)
    look(learner)
    assert not learner.radio
    assert f"**You said:** {CHOICE.in_words(str(CHOICE.right_one))}" in text_of(learner)
    assert "The vote is closed." in text_of(learner)
    assert charts(learner) == 0

    room.turn(Phase.SHOWN)
    look(learner)
    assert charts(learner) == 1
    verdict = CHOICE.verdict(str(CHOICE.right_one))
    assert verdict is not None
    assert verdict.feedback not in text_of(learner)
    assert "had it right" not in text_of(learner)

    room.turn(Phase.REVEALED)
    look(learner)
    assert verdict.feedback in text_of(learner)
    assert "Right." in text_of(learner)
    (link,) = learner.main.get("page_link")
    assert STEP.title in link.proto.label


def test_a_wrong_answer_is_told_what_is_right(room: Class) -> None:
    assert isinstance(CHOICE, ChoiceQuestion)
    learner = room.learner()
    room.ask()
    look(learner)
    wrong = next(said for said in CHOICE.choices if said != CHOICE.right_one)
    learner.radio[0].set_value(wrong)
    look(learner)
    room.turn(Phase.REVEALED)
    look(learner)
    verdict = CHOICE.verdict(wrong)
    assert verdict is not None
    assert f":red[**Not quite.**] {verdict.feedback}" in text_of(learner)
    assert f"*{CHOICE.truth}*" in text_of(learner)


def test_who_drew_no_map_is_told_what_was_measured(room: Class) -> None:
    question = of_step(Guess)
    assert isinstance(question, MapQuestion)
    learner = room.learner()
    room.ask(question)
    room.turn(Phase.REVEALED)
    look(learner)
    at = max(range(len(question.measured)), key=lambda place: abs(question.measured[place]))
    row, column = question.guess.pairs[at]
    assert f"Farthest from zero is `{row}` and `{column}`: r is " in text_of(learner)
    assert "The answer is" not in text_of(learner)


def test_the_digest_quotes_the_rounds_that_count(room: Class) -> None:
    wrong = next(said for said in CHOICE.choices if said != CHOICE.right_one)
    for devices in (3, 1):
        room.ask()
        asked = store().room(room.keys.code, now=time.time())
        assert asked is not None
        assert asked.round is not None
        for _ in range(devices):
            device = store().join(room.keys.code, nickname="", now=time.time())
            store().answer(
                room.keys.code,
                device,
                round=asked.round.number,
                vote=1,
                said=wrong,
                now=time.time(),
            )
        room.turn(Phase.REVEALED)
    instructor = room.instructor()
    instructor.session_state["class-digest"] = True
    look(instructor)
    assert "At last, question 1: 3 of 3. To go back to: " in text_of(instructor)
    assert "question 2: 1 of 1" not in text_of(instructor)
    assert "0 of 3 (0 %) right" in text_of(instructor).replace("\\", "")
    rows = "".join(f"{name}.py,defaults_fit,1\n" for name in "abc")
    table = f"file,belief,times\n{rows}d.py,,0\n".encode()
    instructor.file_uploader(key="class-homework").set_value(("class.csv", table, "text/csv"))
    look(instructor)
    assert ":gray[In homework: 3 of 4. To go back to: " in text_of(instructor)


def test_an_open_vote_is_not_in_the_digest(room: Class) -> None:
    room.ask()
    instructor = room.instructor()
    instructor.session_state["class-digest"] = True
    look(instructor)
    joins = "The question that is open joins the digest once its vote is closed."
    assert joins in text_of(instructor)
    assert "1. **" not in text_of(instructor)
    room.turn(Phase.CLOSED)
    look(instructor)
    assert joins not in text_of(instructor)
    assert "1. **" in text_of(instructor)


def test_a_second_vote_begins_with_nothing_chosen(room: Class) -> None:
    learner = room.learner()
    room.ask()
    look(learner)
    learner.radio[0].set_value("0")
    look(learner)
    room.turn(Phase.SHOWN)
    look(learner)
    room.vote_again()
    look(learner)
    assert learner.radio[0].value is None
    assert f"In the first vote you said: {CHOICE.in_words('0')}" in text_of(learner)
    learner.radio[0].set_value("1")
    look(learner)
    assert room.said() == [(1, "0"), (2, "1")]
    room.turn(Phase.REVEALED)
    look(learner)
    assert f"first: {CHOICE.in_words('0')}. **Then:** {CHOICE.in_words('1')}" in text_of(learner)


def test_a_late_joiner_is_where_the_class_is(room: Class) -> None:
    room.ask()
    room.turn(Phase.REVEALED)
    learner = room.learner()
    assert "You did not answer this one." in text_of(learner)
    assert f"The answer is *{CHOICE.truth}*." in text_of(learner)


def test_a_reload_is_the_same_device_with_its_answer(room: Class) -> None:
    learner = room.learner()
    room.ask()
    look(learner)
    learner.radio[0].set_value("1")
    look(learner)
    again = room.page()
    again.session_state["room-keyring"] = learner.session_state["room-keyring"]
    look(again)
    assert again.radio[0].value == "1"
    assert "Answered" in text_of(again)


def test_a_tab_follows_what_another_tab_of_its_device_answers(
    room: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = room.learner()
    room.ask()
    look(tab).radio[0].set_value("1")
    look(tab)
    device = tab.session_state["room-keyring"][room.keys.code].device
    read = database.Database.said
    reads: list[dict[int, str]] = []

    def said(store: database.Database, code: str, who: str, *, round: int) -> dict[int, str]:
        """The other tab answers as soon as this one is drawn."""
        found = read(store, code, who, round=round)
        if not reads:
            store.answer(code, who, round=round, vote=1, said="0", now=time.time())
        reads.append(found)
        return found

    monkeypatch.setattr(database.Database, "said", said)
    look(tab)
    # Drawn with the old answer, asked whether it still stands, drawn with the new one.
    assert reads == [{1: "1"}, {1: "0"}, {1: "0"}]
    assert tab.radio[0].value == "0"
    assert f"**Answered:** {CHOICE.in_words('0')}" in text_of(tab)
    assert read(store(), room.keys.code, device, round=1) == {1: "0"}


def test_an_answer_after_the_vote_is_refused_in_words(room: Class) -> None:
    learner = room.learner()
    room.ask()
    look(learner)
    room.turn(Phase.CLOSED)
    learner.radio[0].set_value("1").run()
    assert room.said() == []
    assert "The vote was closed before your answer came." in text_of(learner)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Touch, AppTest], AppTest]:
    """Have a learner touch something while the database takes nothing."""

    def refuse(*_: object, **__: object) -> None:
        raise RoomError("The database is busy: try again.")

    def touch(act: Touch, learner: AppTest) -> AppTest:
        with monkeypatch.context() as patched:
            patched.setattr(database.Database, "answer", refuse)
            act(learner)
            look(learner)
        assert "The database is busy: try again." in text_of(learner)
        return learner

    return touch


@pytest.mark.parametrize(
    ("ask", "touch"),
    [
        (lambda: CHOICE, lambda page: page.radio[0].set_value("1")),
        (lambda: of_step(Estimate), lambda page: page.main.slider[0].set_value(_second(page))),
        (long_scale, lambda page: page.main.number_input[0].set_value(long_scale().low + 1)),
        (lambda: of_exercise(ClickCell), lambda page: page.main.selectbox[0].set_value("1")),
    ],
    ids=["choice", "slider", "box", "cell"],
)
def test_what_was_refused_can_be_said_again(
    room: Class,
    refusing: Callable[[Touch, AppTest], AppTest],
    ask: Callable[[], Question],
    touch: Touch,
) -> None:
    learner = room.learner()
    room.ask(ask())
    before = _on_widget(look(learner))
    refusing(touch, learner)
    assert room.said() == []
    assert _on_widget(learner) == before
    assert "Answered" not in text_of(learner)
    touch(learner)
    look(learner)
    assert len(room.said()) == 1
    assert _on_widget(learner) != before
    assert "Answered" in text_of(learner)


def _second(page: AppTest) -> float:
    slider = page.main.slider[0]
    return float(slider.min + slider.step)


def _on_widget(page: AppTest) -> object:
    """What the widgets that ask for the answer show."""
    main = page.main
    asking = [*main.radio, *main.slider, *main.number_input, *main.selectbox]
    return [widget.value for widget in asking]


def test_a_map_that_was_refused_stays_and_is_sent_with_a_button(room: Class) -> None:
    question = of_step(Guess)
    assert isinstance(question, MapQuestion)
    learner = room.learner()
    room.ask(question)
    look(learner)
    cells = len(question.guess.pairs)
    key = f"class-{room.keys.code}-1-1"
    levels = learner.session_state[key]
    assert f"{key}-send" not in keys_of(learner)
    levels[:] = [0.5] * cells
    look(learner)
    assert room.said() == []
    learner.button(key=f"{key}-send").click()
    look(learner)
    assert room.said() == [(1, question.said_of([0.5] * cells))]
    assert f"{key}-send" not in keys_of(learner)
    levels[0] = question.guess.levels[0]
    assert "The map is not sent as it is now." in text_of(look(learner))
    assert f"{key}-send" in keys_of(learner)


def test_a_slider_that_was_not_moved_says_nothing(room: Class) -> None:
    question = of_step(Estimate)
    assert isinstance(question, NumberQuestion)
    learner = room.learner()
    room.ask(question)
    look(learner)
    (slider,) = learner.main.slider
    assert "Move the slider" in slider.label
    assert room.said() == []
    slider.set_value(question.low + question.step)
    look(learner)
    (said,) = room.said()
    assert float(said[1]) == pytest.approx(question.low + question.step)
    assert "Answered" in text_of(learner)


def test_a_number_on_a_long_scale_is_typed(room: Class) -> None:
    question = long_scale()
    learner = room.learner()
    room.ask(question)
    look(learner)
    box = learner.main.number_input[0]
    box.set_value(question.high + 1)
    look(learner)
    assert room.said() == []
    assert f"A number from {question.low:g} to {question.high:g}." in text_of(learner)
    box = learner.main.number_input[0]
    box.set_value(question.low + 1)
    look(learner)
    assert [float(said) for _, said in room.said()] == [question.low + 1]


def test_a_cell_is_chosen_from_the_list(room: Class) -> None:
    question = of_exercise(ClickCell)
    assert isinstance(question, CellQuestion)
    learner = room.learner()
    room.ask(question)
    look(learner)
    learner.main.selectbox[0].set_value("1")
    look(learner)
    assert room.said() == [(1, "1")]
    assert f"**Answered:** {question.in_words('1')}" in text_of(learner)


def test_a_map_that_was_sent_is_there_after_a_reload(room: Class) -> None:
    question = of_step(Guess)
    assert isinstance(question, MapQuestion)
    learner = room.learner()
    room.ask(question)
    look(learner)
    cells = len(question.guess.pairs)
    assert f"0 of {cells} cells filled" in text_of(learner)
    said = question.said_of([0.5] * cells)
    assert said is not None
    ring = learner.session_state["room-keyring"]
    device = ring[room.keys.code].device
    store().answer(room.keys.code, device, round=1, vote=1, said=said, now=time.time())
    again = room.page()
    again.session_state["room-keyring"] = ring
    look(again)
    assert "cells filled" not in text_of(again)
    assert f"**Answered:** {question.in_words(said)}" in text_of(again)


def test_a_device_joins_once_however_often_it_presses() -> None:
    """One connection may send a press many times before it has drawn what became of the first."""

    def page() -> None:
        import time

        from lib.ui.room import database, entering

        store = database.the_database()
        room = store.room(store.open_room(now=time.time()).code, now=time.time())
        assert room is not None
        for _ in range(3):
            entering.join(room)
        again = store.room(room.code, now=time.time())
        assert again is not None
        import streamlit as st

        st.text(str(again.joined))

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["1"]


def joined(room: Class) -> int:
    found = store().room(room.keys.code, now=time.time())
    assert found is not None
    return found.joined


def test_two_tabs_of_a_browser_are_one_device(room: Class, open_app: Open) -> None:
    """Both were open before either joined, one at the door and one by the link."""
    door, link, other = open_app("class"), room.page(), room.page()
    for tab in (door, link):
        tab.session_state["room-keys-heard"] = True
        tab.session_state["room-keyring-browser"] = "b" * 32
    link.button(key="class-join-now").click()
    look(link)
    door.text_input(key="class-code").set_value(room.keys.code)
    door.button(key="class-go").click()
    look(door)
    assert joined(room) == 1
    room.ask()
    for tab, said in ((link, "0"), (door, "1")):
        look(tab).radio[0].set_value(said)
        look(tab)
    assert room.said() == [(1, "1")]
    assert f"**Answered:** {CHOICE.in_words('1')}" in text_of(look(link))
    other.button(key="class-join-now").click()
    look(other)
    assert joined(room) == 2


def test_a_press_that_is_cut_short_leaves_no_device_behind(
    room: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second click may end the first one's callback after the room has let the device in."""
    learner = room.page()
    button = learner.button(key="class-join-now")
    pressed = WidgetStates(widgets=[WidgetState(id=button.proto.id, trigger_value=True)])
    again = RerunData(
        query_string=f"room={room.keys.code}",
        widget_states=pressed,
        page_script_hash=learner._page_hash,
    )
    keep, cuts = entering.keyring.keep, [RerunException(again)]

    def cut_once(*args: Any, **entry: str) -> None:
        if cuts:
            assert joined(room) == 1
            raise cuts.pop()
        keep(*args, **entry)

    monkeypatch.setattr(entering.keyring, "keep", cut_once)
    button.click()
    look(learner)
    assert not cuts
    assert "You are in" in text_of(learner)
    assert joined(room) == 1


def test_who_joins_before_the_browser_has_spoken_is_asked_again(
    room: Class, open_app: Open
) -> None:
    app = open_app("class")
    app.text_input(key="class-code").set_value(room.keys.code)
    app.button(key="class-go").click()
    look(app)
    assert joined(room) == 0
    app.session_state["room-keys-heard"] = True
    look(app).button(key="class-join-now").click()
    assert "You are in" in text_of(look(app))
    assert joined(room) == 1


def test_a_class_comes_in_at_once_and_a_room_is_not_filled_up_at_once(
    room: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = database.Limits(burst=2, a_minute=1, said="Many are coming.")
    monkeypatch.setattr(entering, "the_joins", lambda: limit)
    for joined in ("You are in", "You are in", "Many are coming. Wait"):
        assert joined in text_of(room.learner())
    found = store().room(room.keys.code, now=time.time())
    assert found is not None
    assert found.joined == 2


def test_who_never_answered_is_taken_out_and_offered_the_way_in(room: Class) -> None:
    silent, answering, desk = room.learner(), room.learner(), room.instructor()
    room.ask()
    look(answering).radio[0].set_value("1")
    look(answering)
    look(desk).button(key="class-take-out").click()
    look(desk)
    assert "**1 of 1** has answered" in text_of(desk)
    assert "Answered" in text_of(look(answering))
    assert "class-join-now" in keys_of(look(silent))
    silent.button(key="class-join-now").click()
    assert len(look(silent).radio) == 1


def test_a_locked_door_and_a_room_that_is_over(room: Class) -> None:
    inside = room.learner()
    store().lock(room.keys.code, room.keys.key, locked=True, now=time.time())
    late = room.page()
    assert "The door is locked" in text_of(late)
    assert "class-join-now" not in keys_of(late)
    look(inside)
    assert "You are in" in text_of(inside)
    store().end(room.keys.code, room.keys.key, now=time.time())
    for page in (inside, late):
        look(page)
        assert "This class is over" in text_of(page)


def test_a_browser_that_keeps_nothing_is_told_so(room: Class) -> None:
    learner = room.learner()
    assert "loaded anew" not in text_of(learner)
    learner.session_state["room-keys-blocked"] = True
    look(learner)
    assert "loaded anew" in text_of(learner)


def test_a_question_to_the_instructor_goes_where_it_should(room: Class) -> None:
    learner, instructor, projector = room.learner(), room.instructor(), room.page("projector")
    room.ask()
    typed = "Why *not* <b>Spearman</b>?"
    look(learner).text_area(key="class-remark").set_value(typed)
    learner.button(key="class-remark-send").click()
    look(learner)
    assert "Sent." in text_of(learner)
    look(instructor)
    assert [each.value for each in instructor.main.text] == [typed]
    assert typed not in text_of(look(projector))
    assert typed not in text_of(look(learner))
    instructor.button(key="class-through-1").click()
    look(instructor)
    assert [remark.standing for remark in store().remarks(room.keys.code)] == [Standing.THROUGH]
    assert [each.value for each in look(projector).main.text] == [typed]


def test_who_asks_much_hides_nobody(room: Class) -> None:
    code = room.keys.code
    much, once, later = (store().join(code, "", now=time.time()) for _ in range(3))
    for minute in range(8):
        for number in range(3):
            text = f"spam {minute} {number}"
            store().remark(code, much, text, now=time.time() + 61 * minute)
    store().remark(code, once, "Why?", now=time.time())
    store().remark(code, later, "And how?", now=time.time())
    store().remark(code, later, "And when?", now=time.time())
    desk = room.instructor()
    shown = [each.value for each in desk.main.text]
    assert shown[:5] == ["spam 0 0", "Why?", "And how?", "spam 0 1", "And when?"]
    assert len(shown) == 20
    assert "And 7 more." in text_of(desk)
    labels = {button.key: button.label for button in desk.main.button}
    assert labels["class-dismiss-all-1"] == "Dismiss all 24 of this device"
    assert "class-dismiss-all-25" not in labels
    desk.button(key="class-dismiss-all-1").click()
    look(desk)
    assert [each.value for each in desk.main.text] == ["Why?", "And how?", "And when?"]


def test_what_no_widget_sends_is_one_line_in_the_log(
    room: Class, caplog: pytest.LogCaptureFixture
) -> None:
    learner = room.learner()
    room.ask()
    look(learner)
    forged = WidgetState(id=learner.radio[0].proto.id, json_value='{"no": "choice"}')
    tracebacks = []
    for _ in range(3):
        caplog.clear()
        learner._run(WidgetStates(widgets=[forged]))
        (record,) = [each for each in caplog.records if each.name == "streamlit.error_util"]
        assert "TypeError" in record.getMessage()
        assert len(record.getMessage().splitlines()) == 1
        tracebacks.append(bool(record.exc_info))
    assert tracebacks[1:] == [False, False]
    assert room.said() == []


# The instructor


def test_one_obvious_button_at_each_moment(room: Class) -> None:
    instructor = room.instructor()
    assert primary(instructor) == ["class-ask-now"]
    instructor.button(key="class-ask-now").click()
    assert "the class can vote again" in text_of(look(instructor))
    for button in ("class-close", "class-show", "class-again", "class-close", "class-show"):
        assert primary(look(instructor)) == [button]
        instructor.button(key=button).click()
    assert primary(look(instructor)) == ["class-reveal"]
    instructor.button(key="class-reveal").click()
    assert primary(look(instructor)) == ["class-ask-now"]


def test_what_was_asked_is_not_ready_to_be_asked_again(room: Class) -> None:
    slug = COURSE.lessons[0].slug
    following = [step.slug for step in QUESTIONS.steps(slug)]
    desk = room.instructor()
    for expected in following[:3]:
        assert desk.selectbox(key=f"class-step-{slug}").value == expected
        desk.button(key="class-ask-now").click()
        look(desk)
        room.turn(Phase.REVEALED)
        look(desk)
    asked = [QUESTIONS.read(each.asked).at for each in store().rounds(room.keys.code)]
    assert [at.step for at in asked if at] == following[:3]


def test_after_the_last_step_of_a_lesson_comes_the_next_lesson(room: Class) -> None:
    first, second = COURSE.lessons[:2]
    last = QUESTIONS.steps(first.slug)[-1].slug
    desk = room.instructor()
    room.ask(QUESTIONS.of_step(first.slug, last)[0])
    room.turn(Phase.REVEALED)
    look(desk)
    assert desk.selectbox(key="class-lesson").value == second.slug
    assert (
        desk.selectbox(key=f"class-step-{second.slug}").value
        == QUESTIONS.steps(second.slug)[0].slug
    )


def test_what_the_instructor_chooses_during_a_vote_stays_chosen(room: Class) -> None:
    desk = room.instructor()
    room.ask()
    slug = COURSE.lessons[0].slug
    chosen = QUESTIONS.steps(slug)[4].slug
    desk.session_state["class-next-1-False"] = True
    look(desk).selectbox(key=f"class-step-{slug}").set_value(chosen)
    look(desk)
    room.turn(Phase.REVEALED)
    assert look(desk).selectbox(key=f"class-step-{slug}").value == chosen


def test_an_exercise_is_not_asked_twice_with_the_same_numbers(room: Class) -> None:
    desk = room.instructor()
    desk.segmented_control(key="class-source").set_value("An exercise")
    for _ in range(2):
        look(desk).button(key="class-ask-now").click()
        look(desk)
        room.turn(Phase.REVEALED)
        look(desk)
    first, second = store().rounds(room.keys.code)
    assert first.asked != second.asked


def test_what_comes_under_a_double_click_is_not_pressed(
    room: Class, moment: Callable[[float], None]
) -> None:
    desk = room.instructor()
    for button, unread in (
        ("class-ask-now", "class-close"),
        ("class-close", "class-show"),
        ("class-show", "class-again"),
        ("class-again", "class-close"),
        ("class-close", "class-show"),
        ("class-show", "class-reveal"),
        ("class-reveal", "class-ask-now"),
    ):
        moment(0.0)
        desk.button(key=button).click()
        look(desk)
        turned = store().rounds(room.keys.code)
        moment(60.0)
        for pressed in (unread, "class-end"):
            desk.button(key=pressed).click()
            look(desk)
            assert not desk.main.warning
            assert store().rounds(room.keys.code) == turned
            assert "The room is over" not in text_of(desk)


def test_a_room_is_opened_once_by_a_double_click(
    open_app: Open, moment: Callable[[float], None]
) -> None:
    moment(60.0)
    opened, _ = opened_rooms(open_app, 2)
    assert opened == 1


def test_a_desk_shows_whether_another_has_locked_the_door(room: Class) -> None:
    first, second = room.instructor(), room.instructor()
    for locked in (True, False, True):
        first.toggle(key="class-locked").set_value(locked)
        look(first)
        assert look(second).toggle(key="class-locked").value is locked
    second.toggle(key="class-locked").set_value(False)
    look(second)
    found = store().room(room.keys.code, now=time.time())
    assert found is not None
    assert not found.is_locked
    assert look(first).toggle(key="class-locked").value is False


def test_a_question_that_moves_up_is_not_dismissed_unread(
    room: Class, moment: Callable[[float], None]
) -> None:
    code = room.keys.code
    for text in ("Why?", "How?", "When?"):
        store().remark(code, store().join(code, "", now=time.time()), text, now=time.time())
    desk = room.instructor()
    desk.button(key="class-dismissed-1").click()
    look(desk)
    moment(60.0)
    for button in ("class-dismissed-2", "class-through-2", "class-through-3"):
        desk.button(key=button).click()
        look(desk)
    assert [each.value for each in desk.main.text] == ["How?", "When?"]
    assert [remark.standing for remark in store().remarks(code)] == [
        Standing.DISMISSED,
        Standing.WAITING,
        Standing.WAITING,
    ]


def test_counts_are_the_instructors_until_they_are_shown(room: Class) -> None:
    learner, instructor, projector = room.learner(), room.instructor(), room.page("projector")
    room.ask()
    look(learner).radio[0].set_value("1")
    look(learner)
    look(instructor)
    assert "**1 of 1** has answered" in text_of(instructor)
    assert charts(instructor) == 0
    instructor.toggle(key="class-peek").set_value(True)
    assert charts(look(instructor)) == 1
    assert charts(look(projector)) == 0
    assert "**1 of 1** has answered" in text_of(projector)
    room.turn(Phase.SHOWN)
    assert charts(look(projector)) == 1
    assert "had it right" not in text_of(projector)
    room.turn(Phase.REVEALED)
    assert "had it right" in text_of(look(projector))


def test_the_desk_asks_seldom_however_much_is_live_on_it(
    room: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An idle desk with its private counts open; what a learner sends is the measure of a page."""
    sent: list[ForwardMsg] = []

    def read(messages: list[ForwardMsg]) -> ElementTree:
        sent[:] = messages
        return parse_tree_from_messages(messages)

    monkeypatch.setattr(local_script_runner, "parse_tree_from_messages", read)

    def asks_a_second() -> float:
        intervals = [each.auto_rerun.interval for each in sent if each.HasField("auto_rerun")]
        assert intervals
        return sum(1 / interval for interval in intervals)

    desk = room.instructor()
    assert asks_a_second() <= 1.5
    room.ask()
    look(desk).toggle(key="class-peek").set_value(True)
    for turn in (lambda: None, lambda: room.turn(Phase.SHOWN), lambda: room.turn(Phase.REVEALED)):
        turn()
        look(desk)
        assert asks_a_second() <= 1.5
        assert "**0 of 0** have answered" in text_of(desk)
        assert "**0** devices are in" in text_of(desk)


def test_a_desk_whose_question_fails_still_follows_the_room(room: Class) -> None:
    store().ask(room.keys.code, room.keys.key, '{"ask":"nothing"}', seen=None, now=time.time())
    desk = room.page("instructor")
    desk.session_state["room-keyring"] = {room.keys.code: Entry(key=room.keys.key)}
    desk.run()
    assert "This question cannot be shown." in desk.error[0].value
    assert "**0** devices are in" in text_of(desk)
    store().join(room.keys.code, "", now=time.time())
    database.the_watch.clear()
    desk.run()
    assert "**1** device is in" in text_of(desk)


@pytest.mark.parametrize(
    ("host", "is_said"),
    [("localhost:8501", True), ("127.0.0.1", True), ("[::1]:8501", True), ("192.0.2.7", False)],
)
def test_an_address_that_no_phone_can_follow_is_said_to_be_so(
    room: Class, monkeypatch: pytest.MonkeyPatch, host: str, is_said: bool
) -> None:
    desk = room.instructor()
    seen = f"http://{host}/class?room={room.keys.code}"
    monkeypatch.setattr(type(st.context), "url", seen)
    assert ("works on this machine alone" in text_of(look(desk))) is is_said


def test_the_projector_says_what_to_do_and_then_what_is_right(room: Class) -> None:
    projector = room.page("projector")
    assert "Go to **/class** and type this code:" in text_of(projector)
    room.ask()
    assert CHOICE.told not in text_of(look(projector))
    room.turn(Phase.REVEALED)
    assert [each.value for each in look(projector).main.markdown].count(CHOICE.told) == 1
    assert "have answered" not in text_of(projector)


def test_a_question_alone_is_as_large_as_the_window_has_room_for(room: Class) -> None:
    projector = room.page("projector")
    for words, is_large in (("Why?", True), ("Why? " * 100, False)):
        room.ask(own.choice(words, ["Yes", "No"], None))
        assert any(name.endswith("class-large") for name in names(look(projector).main)) is is_large


def test_only_the_key_opens_the_desk(room: Class) -> None:
    stranger = room.page("instructor")
    assert keys_of(stranger) == {"class-key-enter", "class-as-learner"}
    stranger.text_input(key="class-key").set_value("not the key")
    stranger.button(key="class-key-enter").click()
    look(stranger)
    assert "That is not the key of this room." in text_of(stranger)
    assert keys_of(stranger) == {"class-key-enter", "class-as-learner"}


def test_no_page_but_the_desk_knows_the_key_or_moves_the_room(room: Class) -> None:
    room.instructor()
    room.ask()
    for page in (room.learner(), room.page("projector")):
        moves = {"class-close", "class-show", "class-again", "class-reveal", "class-end"}
        assert not keys_of(page) & moves
        assert room.keys.key not in str(page._tree)


def test_the_room_is_locked_and_ended_from_the_desk(room: Class) -> None:
    instructor = room.instructor()
    instructor.toggle(key="class-locked").set_value(True)
    look(instructor)
    found = store().room(room.keys.code, now=time.time())
    assert found is not None
    assert found.is_locked
    instructor.button(key="class-end").click()
    look(instructor)
    assert "The room is over" in text_of(instructor)
    found = store().room(room.keys.code, now=time.time())
    assert found is not None
    assert found.is_ended


def test_an_exercise_and_a_question_of_ones_own_are_asked(room: Class) -> None:
    instructor = room.instructor()
    source = instructor.segmented_control(key="class-source")
    source.set_value("An exercise")
    look(instructor).button(key="class-ask-now").click()
    look(instructor)
    asked = store().rounds(room.keys.code)[-1].asked
    assert QUESTIONS.read(asked).title
    assert '"ask":"exercise"' in asked


def test_a_map_of_the_lab_is_asked_about(room: Class) -> None:
    names = ["x", "y", "z"]
    values = pd.DataFrame([[1, 0.2, -0.9], [0.2, 1, 0.5], [-0.9, 0.5, 1]], names, names)
    instructor = room.instructor()
    instructor.session_state["class-lab-map"] = Heatmap.lower(values)
    instructor.session_state["class-source"] = "Your own"
    instructor.session_state["class-own-kind"] = "A cell of the map"
    look(instructor)
    assert "Type your question first." in text_of(instructor)
    instructor.text_area(key="class-own-text").set_value("Which *pair* is strongest?")
    look(instructor).button(key="class-ask-now").click()
    look(instructor)
    question = QUESTIONS.read(store().rounds(room.keys.code)[-1].asked)
    assert isinstance(question, CellQuestion)
    assert question.truth == "z × x"
    assert question.text == own.harmless("Which *pair* is strongest?")


def test_the_lab_offers_its_map_to_a_class(open_app: Open, room: Class) -> None:
    lab = open_app("lab")
    lab.button(key="ask-a-class").click().run()
    assert not failures(lab)
    assert "A class" in text_of(lab)
    assert isinstance(lab.session_state["class-lab-map"], Heatmap)


# Beside a lesson


def presented(room: Class) -> AppTest:
    app = room.open_app(COURSE.lessons[0].slug, step=STEP.slug, present="1")
    desk = room.instructor()
    app.session_state["room-keys-heard"] = True
    app.session_state["room-keyring"] = desk.session_state["room-keyring"]
    return look(app)


def test_a_presentation_asks_the_class_and_reveals_to_it(room: Class) -> None:
    app = presented(room)
    app.button(key="ask-the-class").click()
    look(app)
    found = store().rounds(room.keys.code)
    assert [round.asked for round in found] == [CHOICE.asked]
    assert "**0 of 0** answered" in text_of(app)
    # The figure tells nothing, its numbers tell the answer.
    for phase in (Phase.OPEN, Phase.CLOSED, Phase.REVEALED):
        app.button(key="reveal").click()
        look(app)
        assert store().rounds(room.keys.code)[0].phase is phase
        assert ("**0 of 0** · vote closed" in text_of(app)) == (phase is not Phase.OPEN)


def test_a_vote_that_was_opened_elsewhere_is_closed_before_the_numbers_come(room: Class) -> None:
    app = presented(room)
    look(app).button(key="reveal").click()
    look(app)
    room.ask()
    app.button(key="reveal").click()
    app.run()
    assert store().rounds(room.keys.code)[0].phase is Phase.CLOSED


def test_a_vote_that_was_opened_beside_the_numbers_stays_open(room: Class) -> None:
    app = presented(room)
    for _ in range(2):
        look(app).button(key="reveal").click()
    look(app).button(key="ask-the-class").click()
    for _ in range(2):
        look(app)
        assert store().rounds(room.keys.code)[0].phase is Phase.OPEN
    app.button(key="reveal").click()
    look(app)
    assert store().rounds(room.keys.code)[0].phase is Phase.REVEALED


def test_a_second_vote_beside_the_numbers_stays_open(room: Class) -> None:
    app = presented(room)
    app.button(key="ask-the-class").click()
    for _ in range(2):
        look(app).button(key="reveal").click()
    look(app)
    assert store().rounds(room.keys.code)[0].phase is Phase.CLOSED
    room.vote_again()
    for _ in range(2):
        look(app)
        assert store().rounds(room.keys.code)[0].phase is Phase.OPEN


def test_what_was_on_the_screen_before_it_was_asked_is_not_revealed(room: Class) -> None:
    app = presented(room)
    for _ in range(3):
        look(app).button(key="reveal").click()
    look(app).button(key="ask-the-class").click()
    look(app)
    assert store().rounds(room.keys.code)[0].phase is Phase.OPEN


def test_a_stage_that_is_loaded_anew_reveals_to_the_class(room: Class) -> None:
    look(presented(room)).button(key="ask-the-class").click().run()
    again = presented(room)
    assert "ask-the-class" not in keys_of(again)
    assert store().rounds(room.keys.code)[0].phase is Phase.OPEN
    for _ in range(3):
        look(again).button(key="reveal").click()
    look(again)
    assert [round.phase for round in store().rounds(room.keys.code)] == [Phase.REVEALED]


def test_a_presentation_without_a_room_offers_nothing(open_app: Open) -> None:
    app = open_app(COURSE.lessons[0].slug, step=STEP.slug, present="1")
    app.session_state["room-keys-heard"] = True
    app.run()
    assert not {"ask-the-class", "to-the-class"} & keys_of(app)


# What a browser says that it keeps


@pytest.mark.parametrize(
    "kept",
    [
        7,
        {"session": 1},
        {"session": "{session}", "rooms": [], "blocked": False},
        {"session": "{session}", "rooms": {}, "blocked": 0},
        {"session": "another", "rooms": {}, "blocked": False},
    ],
)
def test_what_is_no_message_of_ours_is_not_heard(open_app: Open, kept: object) -> None:
    app = open_app("class")
    if isinstance(kept, dict) and kept["session"] == "{session}":
        kept["session"] = app.session_state["session-name"]
    app.session_state["room-keys"] = {"kept": kept}
    app.run()
    assert not failures(app)
    assert "room-keys-heard" not in app.session_state
