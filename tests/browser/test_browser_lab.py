"""The Lab in a browser: a table of one's own, what is done to it, and what is seen of it."""

from typing import Literal

import pytest
from browser_axe import check
from browser_controls import place_of_cell, tab_to, walk_to
from browser_lesson import FIGURE
from browser_phone import PHONE, sideways
from browser_screen import NewScreen, Screen
from browser_seeing import faults, resize
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# r of age and code: their deviations are -1, 1, 0 and -1/3, 2/3, -1/3, so it is the root of 3/4.
TABLE = "size,age,code\n" + "\n".join(
    f"{size},{age},{code}" for size, age, code in [(1, 1, 1), (2, 3, 2), (3, 2, 1)] * 6
)


def upload(screen: Screen, name: str, text: str) -> None:
    screen.part("lab-own-0").get_by_text("A table of your own").click()
    box = screen.part("lab-file").locator("input[type=file]")
    with screen.rerunning():
        box.set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})


def choose(screen: Screen, key: str, option: str) -> None:
    """Choose from a list by its first letters and the mouse: a long one draws a part of itself."""
    screen.part(key).get_by_role("combobox").click()
    screen.page.keyboard.type(option)
    with screen.rerunning():
        screen.page.get_by_role("option", name=option, exact=True).click()


def set_kind(screen: Screen, row: int, kind: str) -> None:
    """Set the kind of a column, counted from one, in the list of columns."""
    screen.part("lesson-text").get_by_text("Columns and what they hold").click()
    listed = screen.part("lesson-text").get_by_test_id("stDataFrame").first
    expect(listed.locator("canvas").first).to_be_visible()
    listed.evaluate("list => list.scrollIntoView({ block: 'center' })")
    # Streamlit measures its list once the box around it has opened, and draws it anew.
    screen.page.wait_for_timeout(1000)
    keyboard = screen.page.keyboard
    listed.click(position={"x": 30, "y": 35 * row + 17})
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    option = screen.page.locator("#portal").get_by_text(kind, exact=True)
    with screen.rerunning():
        option.click()


def click_cell(screen: Screen, row: str, column: str) -> None:
    chart = screen.part("view").locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    x, y = place_of_cell(chart, row, column)
    with screen.rerunning():
        screen.page.mouse.click(x, y)


def expect_map(screen: Screen) -> None:
    expect(screen.part("view").locator(FIGURE).first).to_be_visible()


def test_a_visit_to_the_lab(screen: Screen) -> None:
    screen.open_step("mask", said="skip")
    link = screen.page.get_by_role("link", name="Try this map in the Lab")
    with screen.rerunning():
        link.click()
    expect(screen.page.get_by_role("heading", name="The Lab")).to_be_visible()
    assert screen.parameters["instrument"] == ["association_map"]
    expect_map(screen)

    upload(screen, "mine.csv", TABLE)
    assert screen.parameters["table"] == ["own"]
    expect(screen.part("lesson-text")).to_contain_text("18 rows, 3 columns")
    expect(screen.part("lab-remarks")).to_contain_text("age and code: r = 0.87")

    set_kind(screen, 3, "category")
    expect(screen.part("lesson-text")).to_contain_text("2 numbers, 1 category")

    screen.part("lab-change").get_by_text("Change the table").click()
    choose(screen, "lab-tweak", "Add a column of noise")
    screen.press("lab-do")
    expect(screen.part("lab-change")).to_contain_text("Add a column of noise as noise (draw 0).")

    click_cell(screen, "age", "size")
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("age × size")
    expect(dialog.locator(FIGURE).first).to_be_visible()
    screen.page.keyboard.press("Escape")

    choose(screen, "lab-instrument", "Redundancy")
    assert screen.parameters["instrument"] == ["redundancy"]
    expect_map(screen)


INSTRUMENTS = ("association_map", "two_groups", "clustermap", "redundancy")


@pytest.mark.play
@pytest.mark.parametrize("tool", INSTRUMENTS)
def test_nothing_is_cut_or_lies_on_anything(screen: Screen, tool: str) -> None:
    screen.open(f"/lab?table=titanic&instrument={tool}")
    found = faults(screen, "1280")
    resize(screen, 390)
    found += faults(screen, "390")
    assert not found, "\n".join(found)


@pytest.mark.play
def test_a_phone(new_screen: NewScreen) -> None:
    phone = new_screen(**PHONE)
    phone.open("/lab")
    expect_map(phone)
    assert not sideways(phone, "the Lab")
    keys = ("lab-table", "lab-instrument", "view", "lab-remarks", "lab-ways")
    tops = [phone.part(key).evaluate("part => part.getBoundingClientRect().top") for key in keys]
    assert tops == sorted(tops)
    # Where it begins, it is seen without a finger's move.
    expect(phone.part("view").locator(FIGURE).first).to_be_in_viewport()


@pytest.mark.play
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(screen: Screen, scheme: Literal["light", "dark"]) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    screen.open("/lab?table=chile")
    ours = check(screen, "the first sight")
    screen.part("lab-change").get_by_text("Change the table").click()
    choose(screen, "lab-tweak", "Keep some rows")
    for box in ("A table of your own", "Columns and what they hold"):
        screen.part("lesson-text").get_by_text(box, exact=True).click()
    ours += check(screen, "all that opens")
    assert not ours, "\n".join(ours)


@pytest.mark.play
def test_a_reload_keeps_what_a_bundled_table_shows(screen: Screen) -> None:
    screen.open("/lab?table=mtcars")
    screen.part("lab-change").get_by_text("Change the table").click()
    choose(screen, "lab-tweak", "Add a column of noise")
    screen.press("lab-do")
    choose(screen, "lab-instrument", "Redundancy")
    before = screen.parameters
    said = screen.text("lab-remarks")
    screen.reload()
    assert screen.parameters == before
    assert screen.text("lab-remarks") == said
    assert "recipe" in before


@pytest.mark.play
def test_by_keyboard_alone(screen: Screen) -> None:
    screen.open("/lab")
    keyboard = screen.page.keyboard
    for key, wanted in (("lab-table", "Iris flowers"), ("lab-instrument", "Redundancy")):
        box = screen.part(key).get_by_role("combobox")
        tab_to(screen, box)
        keyboard.press("ArrowDown")
        walk_to(screen, box, wanted)
        with screen.rerunning():
            keyboard.press("Enter")
    assert screen.parameters == {"table": ["iris"], "instrument": ["redundancy"]}
    expect_map(screen)
