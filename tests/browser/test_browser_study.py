"""What learners do themselves, in a browser: practice, speed, the map, search, what is kept."""

from typing import Literal

import pytest
from browser_axe import check
from browser_controls import place_of_cell
from browser_phone import PHONE, sideways
from browser_screen import NewScreen, Screen
from browser_seeing import faults, resize
from playwright.sync_api import expect

from lessons import COURSE
from lib.course import ClickCell, Kind, Lesson

pytestmark = pytest.mark.browser

PAGES = (
    "practice",
    "cards",
    "speed",
    "map",
    "map?map-view=Pitfalls+and+cures",
    "search?find=holm",
    "progress",
)
WIDTHS = (390, 1024, 1280, 1440, 1920)


def kind_of(shape: type[ClickCell]) -> tuple[Lesson, Kind]:
    return next(
        (lesson, kind)
        for lesson in COURSE.lessons
        for kind in lesson.practice or ()
        if isinstance(kind.exercise(1), shape)
    )


def address(lesson: Lesson, kind: Kind, draw: int = 1) -> str:
    return f"/practice?lesson={lesson.slug}&kind={kind.slug}&draw={draw}"


def test_a_cell_is_clicked_and_the_answer_survives_a_reload(screen: Screen) -> None:
    lesson, kind = kind_of(ClickCell)
    exercise = kind.exercise(1)
    assert isinstance(exercise, ClickCell)
    screen.open(address(lesson, kind))
    row, column = exercise.cells[int(exercise.answer)]
    chart = screen.part("practice").locator(".js-plotly-plot").first
    expect(chart).to_be_visible()
    x, y = place_of_cell(chart, row, column)
    with screen.rerunning():
        screen.page.mouse.click(x, y)
    screen.press("practice-answer")
    expect(screen.part("done")).to_contain_text("Right.")
    screen.reload()
    record = screen.progress.lesson(lesson.slug).practice[kind.slug]
    assert (record.asked, record.right) == (1, 1)
    screen.press("practice-next")
    assert screen.parameters["kind"] != [kind.slug]


def start(screen: Screen, challenge: str, **parameters: str) -> None:
    rest = "".join(f"&{name}={value}" for name, value in parameters.items())
    screen.open(f"/speed?speed-challenge={challenge}&speed-clock=false{rest}")
    screen.part(f"speed-{challenge}").get_by_role("button", name="Start").click()


def test_a_race_by_keys_needs_no_server_until_it_ends(screen: Screen) -> None:
    start(screen, "kind")
    asked = screen._conversation.asked
    for _ in range(19):
        screen.page.keyboard.press("1")
    assert screen._conversation.asked == asked
    with screen.rerunning():
        screen.page.keyboard.press("3")
    race = screen.progress.records.races["kind"]
    assert race.count == 1
    assert len(race.guesses) == 20
    assert [said for _, said in race.guesses] == [0.0] * 19 + [2.0]
    expect(screen.part("speed")).to_contain_text("of 20 right")


@pytest.mark.play
def test_a_race_by_finger_and_slider(new_screen: NewScreen) -> None:
    phone = new_screen(**PHONE)
    start(phone, "r")
    race = phone.part("speed-r")
    for button in race.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
    slider = race.get_by_role("slider")
    for number in range(20):
        slider.fill("0.5")
        if number == 19:
            with phone.rerunning():
                race.get_by_role("button", name="That is r").tap()
        else:
            race.get_by_role("button", name="That is r").tap()
    said = {said for _, said in phone.progress.records.races["r"].guesses}
    assert said == {0.5}
    expect(phone.part("speed")).to_contain_text("on average")
    assert not sideways(phone, "speed")


@pytest.mark.play
def test_the_clock_ends_a_race(screen: Screen) -> None:
    screen.open("/speed?speed-challenge=kind")
    screen.part("speed-kind").get_by_role("button", name="Start").click()
    screen.page.keyboard.press("2")
    with screen.rerunning():
        screen.page.wait_for_timeout(61_000)
    assert len(screen.progress.records.races["kind"].guesses) == 1


@pytest.mark.play
def test_a_node_of_the_map_opens_its_step(screen: Screen) -> None:
    screen.open("/map")
    node = screen.page.locator("[data-testid=stGraphVizChart] a", has_text="Kendall's tau")
    screen._conversation.begin_anew()
    node.click()
    screen._wait_for_arrival()
    assert (screen.lesson, screen.step) == ("methods", "eight_rows")


@pytest.mark.play
def test_a_note_and_a_bookmark_survive_a_reload(screen: Screen) -> None:
    screen.open_step("mask", said="skip")
    with screen.rerunning():
        screen.part("keep").get_by_role("button").click()
    with screen.rerunning():
        screen.page.get_by_text("Bookmark this step").click()
    note = screen.page.get_by_role("textbox", name="Your note")
    note.fill("triu, not tril")
    with screen.rerunning():
        note.press("Control+Enter")
    screen.reload()
    record = screen.progress.step("five_steps", "mask")
    assert (record.bookmarked, record.note) == (True, "triu, not tril")
    screen.open("/progress")
    expect(screen.part("diary")).to_contain_text("triu, not tril")


@pytest.mark.play
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_at_any_width(screen: Screen, page: str) -> None:
    screen.open(f"/{page}")
    found: list[str] = []
    for width in WIDTHS:
        resize(screen, width)
        found += faults(screen, f"{page} at {width}")
    assert not found, "\n".join(found)


@pytest.mark.play
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(screen: Screen, page: str, scheme: Literal["light", "dark"]) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    screen.open(f"/{page}")
    ours = check(screen, page)
    assert not ours, "\n".join(ours)


@pytest.mark.play
@pytest.mark.parametrize(
    ("lesson", "kind"),
    [(lesson, kind) for lesson in COURSE.lessons for kind in lesson.practice or ()],
    ids=lambda each: getattr(each, "slug", ""),
)
def test_every_exercise_has_room(screen: Screen, lesson: Lesson, kind: Kind) -> None:
    screen.open(address(lesson, kind))
    found: list[str] = []
    for width in (390, 1280):
        resize(screen, width)
        found += faults(screen, f"{kind.slug} at {width}")
    assert not found, "\n".join(found)
