"""A talk from its first steps to the phones of a room: put together, presented, shared."""

from urllib.parse import urlsplit

import pytest
from browser_axe import check
from browser_screen import NewScreen, Screen
from browser_seeing import faults, resize
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

# Of lesson 1: 5 minutes, 5 and 3.
TALK = "/stage?talk=10~five_steps.import.correlate.colour"
# Wide: everything in a presentation is larger.
SIZES = ((390, 844), (1024, 900), (1280, 720), (1440, 900), (1920, 1080))


def order_button(screen: Screen, name: str) -> Locator:
    return screen.part("talk-order").get_by_role("button", name=name)


def outside(screen: Screen, size: tuple[int, int]) -> list[str]:
    """What of a large code is not within the window: the code, the address under it."""
    large = screen.part("qr-large")
    boxes = {
        "code": large.get_by_role("img").bounding_box(),
        "address": large.get_by_test_id("stText").bounding_box(),
    }
    return [
        what
        for what, box in boxes.items()
        if box is None
        or min(box["x"], box["y"]) < 0
        or box["x"] + box["width"] > size[0]
        or box["y"] + box["height"] > size[1]
    ]


def open_share(screen: Screen, key: str) -> None:
    with screen.rerunning():
        screen.button(key).click()
    expect(screen.page.get_by_alt_text("A QR code of the address").first).to_be_visible()


def test_a_talk_is_put_together_presented_and_shared(screen: Screen, new_screen: NewScreen) -> None:
    screen.open(TALK)
    up = order_button(screen, "Move up: Neutral is not zero")
    for stops in ("import.colour.correlate", "colour.import.correlate"):
        with screen.rerunning():
            up.press("Enter")
        assert screen.parameters["talk"] == [f"10~five_steps.{stops}"]
        expect(up).to_be_focused()
    with screen.rerunning():
        order_button(screen, "Take out: Every pair, once").press("Enter")
    expect(screen.part("talk-bar")).to_contain_text("2 steps, about 8 of 10 minutes.")

    screen.press("talk-present")
    assert (screen.lesson, screen.step) == ("five_steps", "colour")
    screen.press("next")
    assert screen.step == "import"
    assert screen.parameters["talk"] == ["10~five_steps.colour.import"]

    open_share(screen, "share")
    screen.press("make-it-short")
    short = screen.page.get_by_text("/s/").inner_text().strip()
    assert urlsplit(short).netloc == urlsplit(screen.address).netloc
    screen.press("show-large")
    code = screen.page.get_by_alt_text(f"A QR code of the address {short}")
    box = code.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] > 300

    learner = new_screen()
    learner.open(short)
    assert (learner.lesson, learner.parameters) == ("five_steps", {"step": ["import"]})
    expect(learner.part("prediction")).to_be_visible()


@pytest.mark.play
def test_what_is_not_kept_leads_home_with_a_sentence(screen: Screen) -> None:
    screen.open("/s/K7M3XQP")
    assert urlsplit(screen.page.url).path == "/"
    expect(screen.page.get_by_text("Nothing is kept under this short address.")).to_be_visible()
    assert "short" not in screen.parameters


@pytest.mark.play
def test_a_short_address_outlives_the_session(screen: Screen, new_screen: NewScreen) -> None:
    """It leads to the table, the instrument and the settings of the Lab, as they were."""
    screen.open("/lab?table=mtcars&instrument=clustermap&lab-clustermap-k=4")
    open_share(screen, "lab-share")
    screen.press("make-it-short")
    short = screen.page.get_by_text("/s/").inner_text().strip()
    parameters = screen.parameters
    other = new_screen()
    other.open(short)
    assert (other.lesson, other.parameters) == ("lab", parameters)


@pytest.mark.play
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut(screen: Screen, size: tuple[int, int]) -> None:
    screen.open(TALK)
    resize(screen, *size)
    found = faults(screen, "the talk")
    open_share(screen, "talk-share")
    found += faults(screen, "what is shared")
    screen.press("show-large")
    expect(screen.page.get_by_role("dialog")).to_be_visible()
    found += faults(screen, "the large code")
    assert not [*found, *outside(screen, size)]


@pytest.mark.play
@pytest.mark.parametrize("size", SIZES[2:], ids=str)
def test_a_large_code_fits_a_projector(screen: Screen, size: tuple[int, int]) -> None:
    screen.open("/five_steps?step=mask&present=1")
    resize(screen, *size)
    open_share(screen, "share")
    screen.press("make-it-short")
    screen.press("show-large")
    assert not outside(screen, size)


@pytest.mark.play
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(new_screen: NewScreen, scheme: str) -> None:
    screen = new_screen(color_scheme=scheme)
    screen.open(TALK)
    ours = check(screen, "the talk")
    open_share(screen, "talk-share")
    screen.press("make-it-short")
    ours += check(screen, "what is shared")
    screen.press("show-large")
    ours += check(screen, "the large code")
    assert not ours
