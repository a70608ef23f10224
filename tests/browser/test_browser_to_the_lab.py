"""From three lessons to the Lab: with the mouse, by keyboard, on a phone."""

import pytest
from browser_controls import tab_to
from browser_lesson import FIGURE
from browser_phone import PHONE, sideways
from browser_screen import NewScreen, Screen
from playwright.sync_api import Locator, expect

from lessons import COURSE

pytestmark = [pytest.mark.browser, pytest.mark.play]

RESULT = len(COURSE.lesson("time_series").quiz) + 1


def way(screen: Screen, label: str) -> Locator:
    return screen.page.get_by_role("link", name=label)


def expect_figure(screen: Screen) -> None:
    expect(screen.part("view").locator(FIGURE).first).to_be_visible()


def test_three_lessons_lead_to_the_lab(screen: Screen) -> None:
    # With the mouse: the half that is shown goes along.
    screen.open_step("mask", said="skip", **{"mask-side": "lower"})
    with screen.rerunning():
        way(screen, "Try this map in the Lab").click()
    assert screen.parameters == {
        "table": ["highway"],
        "instrument": ["association_map"],
        "lab-association_map-method": ["Pearson"],
        "lab-association_map-half": ["upper half"],
        "from": ["five_steps.mask"],
    }
    expect_figure(screen)
    with screen.rerunning():
        way(screen, "Back to the step that led here").click()
    assert (screen.lesson, screen.step) == ("five_steps", "mask")
    # By keyboard, with columns: what the last visit set is no more.
    screen.open_step("bend_the_axes", lesson="methods", said="skip")
    link = way(screen, "Try in the Lab: ")
    tab_to(screen, link)
    with screen.rerunning():
        screen.page.keyboard.press("Enter")
    assert screen.parameters["table"] == ["un"]
    assert screen.parameters["lab-association_map-columns"] == ["ppgdp", "infantMortality"]
    expect(screen.part("lab-remarks")).to_contain_text("ppgdp and infantMortality: r =")
    expect_figure(screen)
    # And back: the Lab names a step that explains the instrument.
    with screen.rerunning():
        way(screen, "The lesson that explains it").click()
    assert (screen.lesson, screen.step) == ("categorical", "mixed")
    screen.open(f"/time_series?step=quiz&question={RESULT}")
    with screen.rerunning():
        way(screen, "Take your table to the Lab").click()
    assert screen.parameters == {"table": ["own"], "instrument": ["two_series"]}
    expect(screen.part("lab-own-0").get_by_text("Choose a file or paste a table.")).to_be_visible()
    rows = "\n".join(f"{place},{place**2 % 7},{place % 5}" for place in range(40))
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": f"day,up,down\n{rows}".encode()}
    with screen.rerunning():
        screen.part("lab-file").locator("input[type=file]").set_input_files(file)
    expect(screen.part("lesson-text")).to_contain_text("40 rows, 3 columns")
    assert screen.parameters["instrument"] == ["two_series"]
    expect_figure(screen)


def test_within_one_visit_each_link_opens_what_it_says(screen: Screen) -> None:
    screen.open_step("survivors", lesson="significance", said="skip", **{"survivors-adjust": "BH"})
    with screen.rerunning():
        way(screen, "Try this map in the Lab").click()
    assert screen.parameters["lab-association_map-adjust"] == ["BH"]
    screen.page.go_back()
    screen.settle()
    with screen.rerunning():
        screen.part("survivors-adjust").get_by_text("none", exact=True).click()
    with screen.rerunning():
        way(screen, "Try this map in the Lab").click()
    expect(screen.part("lab-remarks")).to_contain_text("if each were the only one")


def test_on_a_phone_the_ways_are_large_enough_for_a_finger(new_screen: NewScreen) -> None:
    phone = new_screen(**PHONE)
    for path, label in (
        ("/five_steps?step=mask&said=skip", "Try this map in the Lab"),
        (f"/time_series?step=quiz&question={RESULT}", "Take your table to the Lab"),
        ("/lab?instrument=clustermap", "The lesson that explains it"),
    ):
        phone.open(path)
        link = way(phone, label)
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert not sideways(phone, path)
        text = link.locator("p").first
        assert text.evaluate("text => text.scrollWidth <= text.clientWidth"), path


def test_the_way_back_is_read_whole(screen: Screen) -> None:
    screen.open("/lab?instrument=clustermap")
    link = way(screen, "The lesson that explains it")
    assert link.evaluate(
        "link => [...link.querySelectorAll('*')].every(e => e.scrollWidth <= e.clientWidth + 1)"
    )
