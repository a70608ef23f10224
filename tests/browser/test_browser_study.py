"""What learners do themselves, in a browser: practice, cards, speed, the map, what is kept."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from browser_axe import check
from browser_lesson import LESSON, plain
from browser_phone import PHONE, sideways
from browser_screen import NewScreen, Screen
from browser_seeing import faults, resize
from playwright.sync_api import Locator, Page, expect

from lessons import COURSE
from lib.charts import Heatmap
from lib.course import ChooseOne, ClickCell, Exercise, Kind, Lesson, TypeNumber
from lib.study import Card, cards_of

pytestmark = pytest.mark.browser

WIDTHS = (390, 1024, 1280, 1440, 1920)


def kind_of(shape: type[Exercise]) -> tuple[Lesson, Kind]:
    return next(
        (lesson, kind)
        for lesson in COURSE.lessons
        for kind in lesson.practice or ()
        if isinstance(kind.exercise(1), shape)
    )


def address(lesson: Lesson, kind: Kind, draw: int = 1) -> str:
    return f"/practice?lesson={lesson.slug}&kind={kind.slug}&draw={draw}"


def find_cell() -> tuple[Lesson, Kind, ClickCell]:
    lesson, kind = kind_of(ClickCell)
    exercise = kind.exercise(1)
    assert isinstance(exercise, ClickCell)
    return lesson, kind, exercise


def cell_of(screen: Screen, heatmap: Heatmap, row: str, column: str) -> Locator:
    """A cell that is to be found, by what is said of it."""
    spoken = str(heatmap.spoken().loc[row, column])
    return screen.part("practice").get_by_role("gridcell", name=spoken)


def expect_chosen(screen: Screen, row: str, column: str) -> None:
    """The list shows what was chosen on the map."""
    cells = screen.part("practice").get_by_role("combobox", name="Your cell")
    expect(cells).to_have_value(f"{row} × {column}")


def test_a_cell_is_tapped_and_the_answer_survives_a_reload(new_screen: NewScreen) -> None:
    lesson, kind, exercise = find_cell()
    phone = new_screen(**PHONE)
    phone.open(address(lesson, kind))
    right = exercise.cells[int(exercise.answer)]
    with phone.rerunning():
        cell_of(phone, exercise.chart, *right).tap()
    expect_chosen(phone, *right)
    phone.press("practice-answer")
    expect(phone.part("answer-right")).to_contain_text("Right.")
    phone.reload()
    record = phone.progress.lesson(lesson.slug).practice[kind.slug]
    assert (record.asked, record.right) == (1, 1)
    phone.press("practice-next")
    assert phone.parameters["kind"] != [kind.slug]


def test_enter_answers_a_typed_number_and_the_verdict_is_read_aloud(screen: Screen) -> None:
    lesson, kind = kind_of(TypeNumber)
    screen.open(address(lesson, kind))
    field = screen.part("practice").get_by_role("spinbutton")
    field.fill(kind.exercise(1).answer)
    with screen.rerunning():
        field.press("Enter")
    expect(screen.part("answer-right")).to_contain_text("Right.")
    expect(screen.part("practice-aloud").get_by_role("status")).to_contain_text("Right.")


def cards_of_step(lesson: str, step: str) -> list[Card]:
    return [card for card in cards_of(COURSE) if (card.lesson, card.step) == (lesson, step)]


def expect_card(screen: Screen, card: Card) -> None:
    """The front of a card that asks about a belief is on the table, and its back is not."""
    page = screen.part("cards-page")
    expect(page).to_contain_text(plain(COURSE.misconceptions[card.slug].belief))
    expect(page).not_to_contain_text(plain(COURSE.truth(card.slug)))


def press_key(screen: Screen, key: str) -> None:
    with screen.rerunning():
        screen.page.keyboard.press(key)


def test_a_card_is_turned_and_rated_by_keys(screen: Screen) -> None:
    first, second, *others = cards_of_step(LESSON.slug, "mask")
    page = screen.part("cards-page")
    screen.open_step("mask", said="skip")
    screen.open("/cards")
    expect(page).to_contain_text(f"{2 + len(others)} cards for now")
    expect_card(screen, first)
    press_key(screen, "Enter")
    expect(page).to_contain_text(plain(COURSE.truth(first.slug)))
    press_key(screen, "3")
    expect_card(screen, second)
    record = screen.progress.records.cards[first.slug]
    assert (record.rating, record.reviews) == (3, 1)
    # FSRS 6 begins a card that was known with a stability of 2.3 days, and asks in whole ones.
    assert record.due - record.at == pytest.approx(2 * 86_400, abs=1)

    screen.reload()
    expect(page).to_contain_text(f"{1 + len(others)} cards for now")
    expect_card(screen, second)
    assert screen.progress.records.cards == {first.slug: record}


@pytest.mark.play
def test_two_tabs_rate_one_card(screen: Screen, watch: Callable[[Page], Screen]) -> None:
    """Both ratings count, and the later one says when the card comes back."""
    first, second, *_ = cards_of_step(LESSON.slug, "mask")
    screen.open_step("mask", said="skip")
    screen.open("/cards")
    there = watch(screen.page.context.new_page())
    there.open("/cards")
    for tab, rating in ((screen, 4), (there, 1)):
        expect_card(tab, first)
        press_key(tab, "Enter")
        press_key(tab, str(rating))
        expect_card(tab, second)
    record = there.progress.records.cards[first.slug]
    assert (record.rating, record.reviews) == (1, 2)
    press_key(screen, "Enter")
    press_key(screen, "3")
    assert screen.progress.records.cards[first.slug] == record
    assert set(screen.progress.records.cards) == {first.slug, second.slug}


def start(screen: Screen, challenge: str) -> None:
    screen.open("/speed?speed-clock=false")
    if challenge == "kind":
        with screen.rerunning():
            screen.part("speed-challenge").get_by_role("radio", name="Real").click()
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
    screen.open("/speed")
    screen.part("speed-r").get_by_role("button", name="Start").click()
    screen.page.keyboard.press("Enter")
    with screen.rerunning():
        screen.page.wait_for_timeout(61_000)
    assert [said for _, said in screen.progress.records.races["r"].guesses] == [0.0]


@pytest.mark.play
def test_a_node_of_the_map_opens_its_step(screen: Screen) -> None:
    screen.open("/map")
    node = screen.page.locator("[data-testid=stGraphVizChart] a", has_text="Kendall's tau")
    screen._conversation.begin_anew()
    node.click()
    screen._wait_for_arrival()
    assert (screen.lesson, screen.step) == ("methods", "eight_rows")


def keep_step(screen: Screen) -> None:
    screen.press("keep")
    with screen.rerunning():
        screen.page.get_by_text("Bookmark this step").click()


@pytest.mark.play
def test_a_note_and_a_bookmark_survive_a_reload(screen: Screen) -> None:
    screen.open_step("mask", said="skip")
    keep_step(screen)
    note = screen.page.get_by_role("textbox", name="Your note")
    note.fill("triu, not tril")
    with screen.rerunning():
        note.press("Control+Enter")
    screen.reload()
    record = screen.progress.step("five_steps", "mask")
    assert (record.bookmarked, record.note) == (True, "triu, not tril")
    screen.open("/progress")
    expect(screen.part("diary")).to_contain_text("triu, not tril")


def draw_a_card(screen: Screen) -> None:
    screen.open_step("mask", said="skip")
    screen.open("/cards")
    expect(screen.button("show-answer")).to_be_visible()


def turn_a_card(screen: Screen) -> None:
    """One that asks about a figure, and what is said of it."""
    cards = cards_of_step("methods", "four_panels")
    figure = next(card for card in cards if card.front(0).exhibit is not None)
    screen.open_step("four_panels", lesson="methods", said="skip")
    screen.open("/cards")
    for _ in cards[: cards.index(figure)]:
        press_key(screen, "Enter")
        press_key(screen, "3")
    press_key(screen, "Enter")
    expect(screen.part("cards-page").locator(".js-plotly-plot").first).to_be_visible()


def answer_wrongly(screen: Screen) -> None:
    lesson, kind = kind_of(ChooseOne)
    exercise = kind.exercise(1)
    assert isinstance(exercise, ChooseOne)
    screen.open(address(lesson, kind))
    right = exercise.order(1).index(int(exercise.answer))
    screen.choose("practice", (right + 1) % len(exercise.choices))
    screen.press("practice-answer")
    expect(screen.part("answer-wrong")).to_contain_text("Not quite.")


def find_a_cell(screen: Screen) -> None:
    """By keys: the cell to the right of the first one in the last row, or what comes before."""
    lesson, kind, _ = find_cell()
    screen.open(address(lesson, kind))
    screen.part("practice").get_by_role("grid").locator("[tabindex='0']").focus()
    for key in ("End", "ArrowDown", "Home", "ArrowDown", "ArrowRight"):
        screen.page.keyboard.press(key)
    press_key(screen, "Enter")


def answer_with_a_cell(screen: Screen) -> None:
    find_a_cell(screen)
    screen.press("practice-answer")
    expect(screen.part("practice").get_by_role("gridcell", name=", pale").first).to_be_visible()


@pytest.mark.play
def test_a_cell_is_found_by_keys_and_the_right_one_keeps_its_colour(screen: Screen) -> None:
    _, _, exercise = find_cell()
    heatmap = exercise.chart
    find_a_cell(screen)
    row, column = str(heatmap.values.index[2]), str(heatmap.values.columns[1])
    expect_chosen(screen, row, column)
    chosen = screen.part("practice").locator("[role=gridcell][aria-selected=true]")
    expect(chosen).to_have_attribute("aria-label", str(heatmap.spoken().loc[row, column]))
    screen.press("practice-answer")
    pale = screen.part("practice").get_by_role("gridcell", name=", pale")
    expect(pale).to_have_count(len(exercise.cells) - 1)
    right = exercise.cells[int(exercise.answer)]
    expect(cell_of(screen, heatmap, *right)).not_to_have_accessible_name(re.compile("pale"))


def run_a_race(screen: Screen) -> None:
    start(screen, "kind")
    screen.page.keyboard.press("1")


def end_a_race(screen: Screen) -> None:
    start(screen, "r")
    for _ in range(19):
        screen.page.keyboard.press("Enter")
    press_key(screen, "Enter")
    expect(screen.part("speed")).to_contain_text("on average")


def write_a_note(screen: Screen) -> None:
    screen.open_step("mask", said="skip")
    keep_step(screen)


def read_the_diary(screen: Screen) -> None:
    write_a_note(screen)
    screen.open("/progress")
    expect(screen.part("diary")).to_contain_text(LESSON.step("mask").title)


def at(path: str) -> Callable[[Screen], None]:
    return lambda screen: screen.open(f"/{path}")


PATHS = (
    "practice",
    "cards",
    "speed",
    "map",
    "map?map-view=Pitfalls+and+cures",
    "map?map-view=Sheets+to+print",
    "search?find=holm",
)
PLACES: dict[str, Callable[[Screen], None]] = {
    **{path: at(path) for path in PATHS},
    "a card": draw_a_card,
    "a card turned": turn_a_card,
    "a wrong answer": answer_wrongly,
    "a cell": find_a_cell,
    "an answer that is a cell": answer_with_a_cell,
    "a race": run_a_race,
    "a race that is over": end_a_race,
    "a note": write_a_note,
    "the diary": read_the_diary,
}
"""How to come to what there is to see."""


@pytest.mark.play
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_cut_at_any_width(screen: Screen, place: str) -> None:
    PLACES[place](screen)
    found: list[str] = []
    for width in WIDTHS:
        resize(screen, width)
        found += faults(screen, f"{place} at {width}")
    assert not found, "\n".join(found)


@pytest.mark.play
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(screen: Screen, place: str, scheme: Literal["light", "dark"]) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    PLACES[place](screen)
    ours = check(screen, place)
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
