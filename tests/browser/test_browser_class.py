"""A class in real browsers: an instructor, a projector, learners on laptops and phones."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from browser_axe import check
from browser_phone import PHONE, sideways
from browser_screen import DESKTOP, NewScreen, Screen
from browser_seeing import faults
from browser_server import Server, free_port, running_server
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lessons import COURSE
from lib.course import ClickCell, Estimate, Guess
from lib.room import Keys, Phase
from lib.room.choosing import ChoiceQuestion
from lib.room.clicking import CellQuestion
from lib.room.database import Database
from lib.room.drawing import MapQuestion
from lib.room.estimating import NumberQuestion
from lib.room.question import Question
from lib.room.questions import Questions

pytestmark = pytest.mark.browser

QUESTIONS = Questions(COURSE)
FIRST = COURSE.lessons[0]
CHOICE = QUESTIONS.of_step(FIRST.slug, FIRST.steps[0].slug)[0]
assert isinstance(CHOICE, ChoiceQuestion)

MOVES = ("class-close", "class-show", "class-again", "class-reveal", "class-end", "class-ask-now")


def choose(screen: Screen, said: str) -> None:
    """Touch one of the choices, and wait until it is known to have arrived."""
    options = screen.part("class-answer").locator("[data-testid=stRadioOption]")
    options.nth(list(CHOICE.choices).index(said)).click()
    expect(screen.part("class-answered")).to_contain_text(f"Answered: {CHOICE.in_words(said)}")


def expect_answered(screen: Screen, count: str) -> None:
    expect(screen.page.get_by_text(re.compile(f"^{count} (has|have) answered$"))).to_be_visible()


def test_a_class_votes_twice(
    screen: Screen, watch: Callable[[Page], Screen], new_screen: NewScreen
) -> None:
    """One question from its beginning to its end, with a phone and somebody who comes late."""
    right = str(CHOICE.right_one)
    wrong = next(said for said in CHOICE.choices if said != right)
    screen.open("/class")
    screen.press("class-open-room")
    expect(screen.button("class-ask-now")).to_be_visible()
    (code,) = screen.parameters["room"]
    assert set(screen.parameters) == {"room", "as"}

    phone = new_screen(**PHONE)
    phone.open(f"/class?room={code}")
    phone.press("class-join-now")
    expect(phone.page.get_by_text("You are in")).to_be_visible()
    projector = watch(screen.page.context.new_page())
    projector.open(f"/class?room={code}&as=projector")
    expect(projector.page.get_by_text("1 device is in")).to_be_visible()

    screen.press("class-ask-now")
    choose(phone, wrong)
    expect_answered(screen, "1 of 1")
    expect_answered(projector, "1 of 1")
    screen.press("class-close")
    expect(phone.page.get_by_text("The vote is closed.")).to_be_visible()
    for page in (phone, projector):
        assert page.page.locator(".js-plotly-plot").count() == 0

    screen.press("class-show")
    for page in (screen, phone, projector):
        expect(page.page.locator(".js-plotly-plot").first).to_be_visible()
        expect(page.page.get_by_text("had it right")).to_have_count(0)
    screen.press("class-again")

    late = new_screen()
    late.open("/class")
    late.part("class-code").get_by_role("textbox").fill(code.lower())
    late.press("class-go")
    choose(late, right)
    expect(phone.part("class-answer")).to_be_visible()
    choose(phone, right)
    expect_answered(screen, "2 of 2")
    phone.reload()
    expect(phone.part("class-answered")).to_contain_text(CHOICE.in_words(right))

    screen.press("class-close")
    screen.press("class-show")
    screen.press("class-reveal")
    for page in (phone, late):
        expect(page.part("answer-right")).to_contain_text("Right.")
        assert not any(page.button(move).count() for move in MOVES)
    expect(projector.page.get_by_text("1 moved to the right answer")).to_be_visible()
    assert not sideways(phone, "revealed")


def test_a_double_click_closes_the_vote_and_shows_nothing(screen: Screen) -> None:
    screen.open("/class")
    screen.press("class-open-room")
    screen.press("class-ask-now")
    screen.read()
    close = screen.button("class-close").bounding_box()
    assert close is not None
    middle = close["x"] + close["width"] / 2, close["y"] + close["height"] / 2
    screen.page.mouse.click(*middle)
    expect(screen.button("class-show")).to_be_visible()
    screen.page.mouse.click(*middle)
    screen.settle()
    expect(screen.page.get_by_text("the counts are hidden")).to_be_visible()
    screen.press("class-show")
    expect(screen.page.get_by_text("The class sees this")).to_be_visible()


# What takes longer


@pytest.mark.play
def test_two_tabs_at_the_door_are_one_device(
    room: "Room", screen: Screen, watch: Callable[[Page], Screen]
) -> None:
    tabs = [screen, watch(screen.page.context.new_page())]
    for tab in tabs:
        tab.open("/class")
        expect(tab.button("class-go")).to_be_visible()
    for tab in tabs:
        tab.part("class-code").get_by_role("textbox").fill(room.keys.code)
        tab.button("class-go").dblclick()
        expect(tab.page.get_by_text("You are in")).to_be_visible()
    room.ask(CHOICE)
    for tab, said in zip(tabs, "01", strict=True):
        choose(tab, said)
    expect(tabs[0].part("class-answered")).to_contain_text(f"Answered: {CHOICE.in_words('1')}")
    assert room.said() == ["1"]
    found = room.store.room(room.keys.code, now=time.time())
    assert found is not None
    assert found.joined == 1


@dataclass
class Room:
    """A room that the test leads by its store, which is that of the server."""

    store: Database
    keys: Keys

    def ask(self, question: Question) -> None:
        self._lead(self.store.ask, question.asked)

    def turn(self, *phases: Phase) -> None:
        for phase in phases:
            self._lead(self.store.turn, phase)

    def _lead(self, act: Callable[..., None], *what: object) -> None:
        """As an instructor does who has just looked."""
        now = time.time()
        room = self.store.room(self.keys.code, now=now)
        assert room is not None
        act(self.keys.code, self.keys.key, *what, seen=room.round, now=now)

    def said(self) -> list[str]:
        room = self.store.room(self.keys.code, now=time.time())
        assert room is not None
        assert room.round is not None
        return [each.said for each in self.store.answers(room.code, round=room.round.number)]

    def answer(self, question: Question, *answers: str) -> None:
        """Let others answer."""
        room = self.store.room(self.keys.code, now=time.time())
        assert room is not None
        assert room.round is not None
        place = {"round": room.round.number, "vote": room.round.vote}
        for said in answers:
            assert question.accepts(said)
            device = self.store.join(room.code, "", now=time.time())
            self.store.answer(room.code, device, said=said, now=time.time(), **place)

    def path(self, view: str = "") -> str:
        return f"/class?room={self.keys.code}" + (f"&as={view}" if view else "")


@pytest.fixture
def room(server: Server) -> Iterator[Room]:
    (server.log.parent / "honest-heatmaps").mkdir(exist_ok=True)
    store = Database(f"sqlite:///{server.log.parent / 'honest-heatmaps' / 'classes.sqlite'}")
    yield Room(store, store.open_room(now=time.time()))
    store.close()


def number() -> NumberQuestion:
    step = next(step for step in FIRST.steps if isinstance(step.predict, Estimate))
    (question,) = QUESTIONS.of_step(FIRST.slug, step.slug)
    assert isinstance(question, NumberQuestion)
    return question


def cell() -> CellQuestion:
    kind = next(kind for kind in FIRST.practice or () if isinstance(kind.exercise(1), ClickCell))
    question = QUESTIONS.of_exercise(FIRST.slug, kind.slug, 1)
    assert isinstance(question, CellQuestion)
    return question


def drawing() -> MapQuestion:
    lesson, step = next(
        (lesson, step)
        for lesson in COURSE.lessons
        for step in lesson.steps
        if any(isinstance(control, Guess) for control in step.controls.values())
    )
    question = QUESTIONS.of_step(lesson.slug, step.slug)[-1]
    assert isinstance(question, MapQuestion)
    return question


def joined(screen: Screen, room: Room) -> Screen:
    screen.open(room.path())
    screen.press("class-join-now")
    expect(screen.page.get_by_text("Join the class")).to_have_count(0)
    return screen


@pytest.mark.play
def test_a_number_a_cell_and_a_map_from_a_phone(room: Room, new_screen: NewScreen) -> None:
    phone = joined(new_screen(**PHONE), room)
    answer = phone.part("class-answer")

    room.ask(number())
    slider = answer.get_by_role("slider")
    expect(slider).to_be_visible()
    assert room.said() == []
    slider.press("ArrowRight")
    expect(phone.part("class-answered")).to_contain_text("Answered")
    assert len(room.said()) == 1

    asked = cell()
    room.ask(asked)
    right = int(asked.right_cells[0])
    row, column = asked.cells[right]
    spoken = str(asked.chart.spoken().loc[row, column])
    answer.get_by_role("gridcell", name=spoken).tap()
    expect(phone.part("class-answered")).to_contain_text(asked.in_words(str(right)))
    assert room.said() == [str(right)]

    room.ask(drawing())
    level = answer.locator(".level")
    for _ in drawing().guess.pairs:
        level.nth(5).tap()
    expect(phone.part("class-answered")).to_contain_text("Answered")
    assert room.said() == [drawing().said_of([0.5] * len(drawing().guess.pairs))]
    room.turn(Phase.SHOWN, Phase.REVEALED)
    # What was measured, the own map, the class's mean, and where the class disagrees
    expect(phone.page.locator(".js-plotly-plot")).to_have_count(4)
    assert not sideways(phone, "a map")


@pytest.mark.play
def test_a_cell_is_chosen_by_keys(room: Room, new_screen: NewScreen) -> None:
    learner = joined(new_screen(), room)
    room.ask(cell())
    grid = learner.part("class-answer").get_by_role("grid")
    grid.locator("[tabindex='0']").focus()
    learner.page.keyboard.press("ArrowDown")
    learner.page.keyboard.press("Enter")
    expect(learner.part("class-answered")).to_contain_text("Answered")
    (said,) = room.said()
    rows = list(map(str, cell().chart.values.index))
    assert cell().cells[int(said)][0] == rows[1]


@pytest.mark.play
def test_a_server_that_starts_anew_finds_the_class_again(tmp_path: Path, chromium: Browser) -> None:
    """No page is touched: each finds its room, its device and its key by itself."""
    port, log = free_port(), tmp_path / "server.log"
    learners, desk = (chromium.new_context(viewport=DESKTOP) for _ in range(2))
    with learners, desk:
        with running_server(log, port=port) as server:
            instructor = Screen(desk.new_page(), server.address)
            instructor.open("/class")
            instructor.press("class-open-room")
            (code,) = instructor.parameters["room"]
            learner = Screen(learners.new_page(), server.address)
            learner.open(f"/class?room={code}")
            learner.press("class-join-now")
            instructor.press("class-ask-now")
            choose(learner, "1")
            server.process.kill()
        with running_server(log, port=port):
            instructor.reconnect()
            expect_answered(instructor, "1 of 1")
            expect(learner.part("class-answered")).to_contain_text(CHOICE.in_words("1"))
            choose(learner, "0")
            instructor.press("class-close")
            expect(learner.page.get_by_text("The vote is closed.")).to_be_visible()
            expect_answered(instructor, "1 of 1")
        assert not learner.errors + instructor.errors
    assert "Traceback" not in log.read_text("utf-8", "replace")


@pytest.mark.play
def test_two_servers_lead_one_class(
    room: Room,
    server: Server,
    new_screen: NewScreen,
    new_profile: Callable[..., BrowserContext],
) -> None:
    here = joined(new_screen(), room)
    with running_server(server.log.with_name("other.log")) as other:
        there = Screen(new_profile().new_page(), other.address)
        joined(there, room)
        room.ask(CHOICE)
        choose(here, "0")
        choose(there, "1")
        assert sorted(room.said()) == ["0", "1"]
        room.turn(Phase.SHOWN)
        for page in (here, there):
            expect(page.page.get_by_text("2 answered.")).to_be_visible()
        assert not there.errors + there.foreign


@pytest.mark.play
def test_a_learner_can_neither_reveal_nor_end(room: Room, new_screen: NewScreen) -> None:
    learner = joined(new_screen(), room)
    room.ask(CHOICE)
    expect(learner.part("class-answer")).to_be_visible()
    learner.open(room.path("instructor"))
    expect(learner.page.get_by_text("This page is the instructor's.")).to_be_visible()
    assert not any(learner.button(move).count() for move in MOVES)
    learner.page.evaluate(
        """([name, code]) => localStorage.setItem(name, JSON.stringify(
             {[code]: {key: "x".repeat(32), until: Date.now() / 1000 + 9e4}}))""",
        [f"{COURSE.slug}/rooms", room.keys.code],
    )
    learner.reload()
    expect(learner.page.get_by_text("This page is the instructor's.")).to_be_visible()
    assert not any(learner.button(move).count() for move in MOVES)


@pytest.mark.play
def test_the_key_goes_to_another_machine(room: Room, new_screen: NewScreen) -> None:
    there = new_screen()
    there.open(room.path("instructor"))
    there.part("class-key").get_by_role("textbox").fill(room.keys.key)
    there.press("class-key-enter")
    expect(there.button("class-ask-now")).to_be_visible()
    there.reload()
    expect(there.button("class-ask-now")).to_be_visible()
    assert room.keys.key not in there.page.url


@pytest.mark.play
def test_the_lab_brings_its_map_to_the_desk(new_screen: NewScreen) -> None:
    desk = new_screen()
    desk.open("/class")
    desk.press("class-open-room")
    desk.open("/lab?instrument=association_map")
    desk.press("ask-a-class")
    expect(desk.part("class-own-text")).to_be_visible()
    assert desk.parameters["as"] == ["instructor"]
    desk.part("class-own-text").get_by_role("textbox").fill("Which pair is strongest?")
    desk.part("class-own-text").get_by_role("textbox").press("Control+Enter")
    desk.press("class-ask-now")
    expect(desk.page.get_by_text("the vote is open")).to_be_visible()


@pytest.mark.play
def test_a_lesson_on_stage_asks_the_class(new_screen: NewScreen) -> None:
    desk = new_screen()
    desk.open("/class")
    desk.press("class-open-room")
    desk.open(f"/{FIRST.slug}?step={FIRST.steps[0].slug}&present=1")
    desk.press("ask-the-class")
    expect(desk.part("class-on-stage")).to_contain_text("0 of 0 answered")


# What each view looks like


def _in(question: Callable[[], Question], *phases: Phase) -> Callable[[Room], None]:
    def bring(room: Room) -> None:
        asked = question()
        room.ask(asked)
        room.answer(asked, *_some(asked))
        room.turn(*phases)

    return bring


def _some(question: Question) -> list[str]:
    """A few answers of others."""
    match question:
        case ChoiceQuestion():
            return [*question.choices, "0", "1"]
        case NumberQuestion():
            scale = (question.said_of(question.low + n * question.step) for n in range(1, 40, 5))
            return [said for said in scale if question.accepts(said)]
        case CellQuestion():
            return [str(place % len(question.cells)) for place in range(7)]
        case MapQuestion():
            cells = len(question.guess.pairs)
            return [str(question.said_of([level] * cells)) for level in question.guess.levels]
    raise TypeError(question)


MOMENTS: dict[str, Callable[[Room], None]] = {
    "before the first question": lambda _: None,
    **{
        f"{name}, {phase}": _in(question, *([] if phase is Phase.OPEN else [phase]))
        for name, question in {
            "choice": lambda: CHOICE,
            "number": number,
            "cell": cell,
            "map": drawing,
        }.items()
        for phase in (Phase.OPEN, Phase.REVEALED)
    },
    "over": lambda room: room.store.end(room.keys.code, room.keys.key, now=time.time()),
}


def come_in(screen: Screen, room: Room, view: str) -> None:
    if view == "projector":
        screen.open(room.path(view))
    elif view == "instructor":
        screen.open(room.path(view))
        screen.part("class-key").get_by_role("textbox").fill(room.keys.key)
        screen.press("class-key-enter")
        expect(screen.part("class-bar")).to_be_visible()
    else:
        joined(screen, room)


def settled(screen: Screen) -> None:
    """What polls is never silent for long, but draws nothing anew."""
    screen.page.wait_for_timeout(2500)
    screen.settle()


@pytest.mark.play
@pytest.mark.parametrize(
    ("view", "width", "height"),
    [
        ("learner", 390, 844),
        ("learner", 1280, 900),
        ("instructor", 390, 844),
        ("instructor", 1280, 900),
        ("instructor", 1920, 1080),
        ("projector", 1280, 720),
        ("projector", 1920, 1080),
    ],
)
def test_nothing_is_cut(screen: Screen, room: Room, view: str, width: int, height: int) -> None:
    screen.page.set_viewport_size({"width": width, "height": height})
    come_in(screen, room, view)
    found: list[str] = []
    for moment, bring in MOMENTS.items():
        bring(room)
        settled(screen)
        where = f"{view}, {moment} at {width}"
        found += faults(screen, where) + blank(screen, where)
        if view == "projector":
            found += scrolled(screen, where)
    assert not found, "\n".join(found)


def blank(screen: Screen, where: str) -> list[str]:
    """Words that have no room: a rule meant for other buttons once made a whole desk blank."""
    words: list[str] = screen.page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stMain] :is(p, button)")]
          .filter(each => each.checkVisibility({ visibilityProperty: true }))
          .filter(each => !each.closest("[data-testid=stTooltipContent], [role=status]"))
          .filter(each => each.textContent.trim() && !each.querySelector("[data-testid=stIcon]"))
          .filter(each => {
            const box = each.getBoundingClientRect()
            return box.width <= 10 && each.textContent.trim().length > 1 || box.height <= 10
          })
          .map(each => each.textContent.trim())"""
    )
    return [f"{where}: no room for {each!r}" for each in words]


def scrolled(screen: Screen, where: str) -> list[str]:
    """A projector shows all of it at once."""
    tall = screen.page.evaluate(
        """() => {
          const main = document.querySelector("[data-testid=stMain]")
          return main.scrollHeight > main.clientHeight + 1
            ? [`${main.scrollHeight} in ${main.clientHeight}`] : []
        }"""
    )
    return [f"{where} scrolls: {height}" for height in tall]


@pytest.mark.play
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["learner", "instructor", "projector"])
def test_axe_finds_nothing(
    screen: Screen, room: Room, view: str, scheme: Literal["light", "dark"]
) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    screen.open("/class")
    found = check(screen, "the door")
    come_in(screen, room, view)
    for moment, bring in MOMENTS.items():
        bring(room)
        settled(screen)
        found += check(screen, f"{view}, {moment}")
    assert not found, "\n".join(found)


@pytest.mark.play
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_door_is_whole(screen: Screen, width: int) -> None:
    screen.page.set_viewport_size({"width": width, "height": 900})
    screen.open("/class")
    assert not faults(screen, f"the door at {width}")
