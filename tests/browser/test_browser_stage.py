"""The stage: revealed step by step, by keys, and driven from the speaker's window."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_axe import check
from browser_gate import first_in_gate
from browser_screen import Screen, wait_until
from browser_seeing import faults, resize, rows_of_header, under_the_fold, under_the_foot
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from lessons import COURSE
from lib.charts import Heatmap
from lib.course import StepAddress, Talk
from lib.ui.layout import SIZES

pytestmark = pytest.mark.browser

PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
MASK = COURSE.lesson("five_steps").step("mask")
AFTER = COURSE.lesson("five_steps").stops[4]
Watch = Callable[[Page], Screen]


def revealing(screen: Screen) -> Locator:
    return screen.button("reveal")


def expect_next(screen: Screen, label: str) -> None:
    """Wait until it is the next to be revealed, and has been read."""
    # For a moment the button of the stage before may stand beside it.
    expect(revealing(screen).filter(has_text=label)).to_be_visible()
    expect(revealing(screen)).to_have_count(1)
    screen.read()


def bar(screen: Screen, name: str | re.Pattern[str]) -> Locator:
    return screen.page.get_by_role("toolbar", name="Stage").get_by_role("button", name=name)


def veil(screen: Screen) -> Locator:
    return screen.page.locator(".veil")


def speakers_window(screen: Screen, watch: Watch) -> Screen:
    """Open it from the bar, and wait until it has found the presentation."""
    with screen.page.expect_popup() as opened:
        bar(screen, "Open the speaker's window").click()
    window = watch(opened.value)
    expect(window.page.get_by_text("On the screen:").first).to_be_visible()
    return window


def order(window: Screen, name: str) -> None:
    window.page.get_by_role("button", name=name, exact=True).click()


def named(screen: Screen) -> str:
    """The name under which a presentation is driven."""
    name: str = screen.page.evaluate("sessionStorage.getItem('stage/name')")
    return name


def present(screen: Screen, step: str = "mask", **parameters: str) -> None:
    screen.page.set_viewport_size(PROJECTOR)
    screen.open_step(step, present="1", **parameters)


def cell_numbers() -> set[str]:
    heatmap = MASK.exhibit().figures[0]
    assert isinstance(heatmap, Heatmap)
    return {text for text in heatmap.texts.ravel() if re.search(r"\d", text)}


def test_a_talk_is_driven_from_the_speaker_s_window(screen: Screen, watch: Watch) -> None:
    present(screen)
    screen.page.keyboard.press("PageDown")
    expect_next(screen, "Reveal the numbers")
    expect(screen.page.locator(".js-plotly-plot .hm").first).to_be_visible()
    seen = screen.page.get_by_test_id("stMain").inner_text()
    assert not [number for number in cell_numbers() if number in seen]
    expect(screen.part("view")).to_have_count(0)

    window = speakers_window(screen, watch)
    expect(window.page.get_by_role("heading", name=MASK.title)).to_be_visible()
    order(window, "Reveal the numbers")
    expect(screen.page.locator(".js-plotly-plot").get_by_text("−0.47").first).to_be_visible()
    expect(screen.verdict).to_have_count(0)
    expect_next(screen, "Reveal what is true")
    order(window, "Reveal what is true")
    expect(screen.verdict).to_be_visible()

    order(window, "One cell alone")
    expect(veil(screen)).to_be_visible()
    expect(veil(screen)).to_contain_text("rate × len")
    order(window, "The cell below")
    expect(veil(screen)).to_contain_text("rate × adt")
    expect(window.page.get_by_text("rate × adt").first).to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(veil(screen)).not_to_be_visible()
    expect(window.page.get_by_role("button", name="One cell alone")).to_be_visible()

    order(window, "Blank screen")
    blank = screen.page.get_by_role("dialog", name="The screen is blank")
    expect(blank).to_be_visible()
    screen.page.keyboard.press("b")
    expect(blank).not_to_be_visible()
    expect(window.page.get_by_role("button", name="Blank screen")).to_be_visible()

    order(window, "Next step")
    expect(screen.part("lesson-text")).to_contain_text(AFTER.title)
    expect(window.page.get_by_role("heading", name=AFTER.title)).to_be_visible()


@pytest.mark.play
def test_keys_reveal_hide_and_go_on(screen: Screen) -> None:
    present(screen)
    press = screen.page.keyboard.press
    for label in ("Reveal the numbers", "Reveal what is true", "Go on"):
        press("Space")
        expect_next(screen, label)
    for label in ("Reveal what is true", "Reveal the numbers", "Reveal the figure"):
        press("PageUp")
        expect_next(screen, label)
    press("PageUp")
    expect(screen.part("lesson-text")).to_contain_text(COURSE.lesson("five_steps").stops[2].title)
    press("?")
    keys = screen.page.get_by_role("dialog", name="Keys of a presentation")
    expect(keys).to_be_visible()
    press("Escape")
    expect(keys).not_to_be_visible()


@pytest.mark.play
def test_what_a_mouse_has_pressed_leaves_the_keys_to_the_stage(screen: Screen) -> None:
    present(screen, said="skip", talk="10~methods.one_row~five_steps.mask")
    press = screen.page.keyboard.press
    keys = screen.page.get_by_role("dialog", name="Keys of a presentation")
    bar(screen, re.compile("Keys")).click()
    expect(keys).to_be_visible()
    press("Escape")
    bar(screen, re.compile("start the timer")).click()
    press("Space")
    expect_next(screen, "Reveal what is true")
    expect(bar(screen, re.compile("pause the timer"))).to_be_visible()
    expect(keys).not_to_be_visible()
    screen.button("hide").click()
    expect_next(screen, "Reveal the numbers")
    assert screen.page.evaluate("document.activeElement.tagName") == "BODY"
    # The ground takes the focus of whoever clicks beside everything.
    screen.page.mouse.click(1000, 100)
    press("Space")
    expect_next(screen, "Reveal what is true")
    press("ArrowLeft")
    expect_next(screen, "Reveal the numbers")
    press("ArrowRight")
    expect_next(screen, "Reveal what is true")
    press("ArrowRight")
    expect(screen.verdict).to_be_visible()
    box = screen.part("mask-with_rate").locator("input")
    box.click()
    main = screen.page.get_by_test_id("stMain")
    before = main.evaluate("main => main.scrollTop")
    for key in ("PageDown", "ArrowLeft"):
        press(key)
    screen.page.wait_for_timeout(300)
    assert main.evaluate("main => main.scrollTop") == before
    expect(screen.part("curtain")).to_contain_text("The talk ends here.")
    expect(screen.part("talk-dots")).to_contain_text("2 of 2")


@pytest.mark.play
def test_a_button_that_keys_have_reached_keeps_them(screen: Screen) -> None:
    present(screen, said="skip")
    keys = bar(screen, re.compile("Keys"))
    screen.page.mouse.click(1000, 100)
    screen.page.keyboard.press("Tab")
    keys.focus()
    screen.page.keyboard.press("Space")
    expect(screen.page.get_by_role("dialog", name="Keys of a presentation")).to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(keys).to_be_focused()
    expect_next(screen, "Reveal the numbers")


@pytest.mark.play
def test_a_key_in_a_box_or_on_a_slider_is_the_box_s_own(screen: Screen) -> None:
    present(screen, said="skip", shown="truth")
    box = screen.part("mask-with_rate").locator("input")
    box.click()
    box.press("b")
    box.press(".")
    box.press("?")
    expect(screen.page.get_by_role("dialog")).to_have_count(0)
    thumb = screen.part("mask-k").get_by_role("slider")
    with screen.rerunning():
        thumb.press("PageDown")
    assert screen.step == "mask"
    assert screen.parameters["shown"] == ["truth"]


@pytest.mark.play
def test_the_timer_counts_up_and_a_talk_s_down_and_outlives_a_reload(
    screen: Screen, watch: Watch
) -> None:
    screen.page.clock.install()
    present(screen)
    timer = bar(screen, re.compile("the timer"))
    expect(timer).to_contain_text("0:00")
    screen.page.keyboard.press("t")
    expect(timer).to_have_accessible_name(re.compile("passed: pause the timer"))
    screen.page.clock.fast_forward("02:05")
    expect(timer).to_contain_text("2:05")
    screen.page.keyboard.press("t")
    screen.page.clock.fast_forward("10:00")
    expect(timer).to_contain_text(re.compile("2:0[5-9]"))
    talk = Talk((StepAddress("five_steps", "mask"),), 10).written
    present(screen, talk=talk)
    expect(timer).to_contain_text(re.compile("7:5[0-5]"))
    screen.page.keyboard.press("t")
    screen.page.clock.fast_forward("09:00")
    expect(timer).to_contain_text(re.compile("−1:0[0-9]"))
    screen.page.keyboard.press("Shift+T")
    expect(timer).to_contain_text("10:00")


@pytest.mark.play
def test_a_cell_is_chosen_by_a_click_and_what_is_hidden_is_not(screen: Screen) -> None:
    present(screen, said="skip", shown="numbers")
    screen.settle()
    plot = screen.page.locator(".st-key-exhibit .js-plotly-plot").first
    where = plot.evaluate(
        """plot => {
          const { xaxis, yaxis } = plot._fullLayout
          const { left, top } = plot.getBoundingClientRect()
          return [left + xaxis._offset + xaxis.d2p("adt"), top + yaxis._offset + yaxis.d2p("itg")]
        }"""
    )
    bar(screen, re.compile("One cell alone")).click()
    expect(veil(screen)).to_contain_text("rate × len")
    screen.page.mouse.click(*where)
    expect(veil(screen)).to_contain_text("adt × itg")
    # Beyond the diagonal nothing is shown.
    for _ in range(12):
        screen.page.keyboard.press("ArrowRight")
    expect(veil(screen)).to_contain_text("acpt × itg")
    screen.page.mouse.click(1000, 400)
    expect(veil(screen)).not_to_be_visible()


@pytest.mark.play
def test_a_step_without_a_heatmap_says_so(screen: Screen) -> None:
    present(screen, "four_panels", lesson="methods", said="skip")
    without = bar(screen, re.compile("One cell alone.*there is no heatmap on the screen"))
    expect(without).to_be_disabled()
    screen.page.keyboard.press("f")
    expect(screen.page.get_by_text("There is no heatmap on the screen.")).to_be_attached()
    expect(veil(screen)).not_to_be_visible()


@pytest.mark.play
def test_closing_or_reloading_either_window_does_no_harm(screen: Screen, watch: Watch) -> None:
    present(screen)
    window = speakers_window(screen, watch)
    window.page.reload()
    expect(window.page.get_by_text(f"On the screen: {MASK.title}").first).to_be_visible()
    screen.reload()
    order(window, "Reveal the figure")
    expect_next(screen, "Reveal the numbers")
    address = screen.page.url
    screen.page.goto("about:blank")
    expect(window.page.get_by_text("The presentation's window is closed.").first).to_be_visible()
    screen.open(address)
    expect(window.page.get_by_text(f"On the screen: {MASK.title}").first).to_be_visible()
    order(window, "Reveal the numbers")
    expect_next(screen, "Reveal what is true")
    window.page.goto("about:blank")
    screen.page.keyboard.press("PageDown")
    expect_next(screen, "Go on")


@pytest.mark.play
def test_a_closed_presentation_is_opened_again_and_driven(
    profile: BrowserContext, screen: Screen, watch: Watch
) -> None:
    first = watch(profile.new_page())
    present(first)
    window = speakers_window(first, watch)
    first.page.goto("about:blank")
    again = window.page.get_by_role("button", name="Open it again")
    expect(again).to_be_visible()
    with window.page.expect_popup() as opened:
        again.click()
    second = watch(opened.value)
    order(window, "Reveal the figure")
    expect_next(second, "Reveal the numbers")
    assert screen.page.url == "about:blank"


@pytest.mark.play
def test_each_of_two_presentations_has_a_speaker_s_window_of_its_own(
    profile: BrowserContext, screen: Screen, watch: Watch
) -> None:
    present(screen)
    window = speakers_window(screen, watch)
    # A copied tab has the same storage: it is told by whoever has the name already.
    with screen.page.expect_popup() as opened:
        screen.page.evaluate("address => { open(address) }", screen.page.url)
    other = watch(opened.value)
    expect_next(other, "Reveal the figure")
    wait_until(other.page, lambda: named(other) != named(screen), "the copy took a name of its own")
    its = speakers_window(other, watch)
    order(window, "Reveal the figure")
    expect_next(screen, "Reveal the numbers")
    expect_next(other, "Reveal the figure")
    order(its, "Next step")
    expect(other.part("lesson-text")).to_contain_text(AFTER.title)
    expect_next(screen, "Reveal the numbers")
    expect(window.page.get_by_role("heading", name=MASK.title)).to_be_visible()


@pytest.mark.play
def test_a_talk_leads_across_lessons_in_both_windows(screen: Screen, watch: Watch) -> None:
    stops = (StepAddress("methods", "four_panels"), StepAddress("five_steps", "mask"))
    present(screen, "four_panels", lesson="methods", talk=Talk(stops, 20).written)
    window = speakers_window(screen, watch)
    expect(window.page.get_by_text("Then 1 step")).to_be_visible()
    order(window, "Next step")
    expect(screen.part("lesson-text")).to_contain_text(MASK.title)
    expect(window.page.get_by_role("heading", name=MASK.title)).to_be_visible()
    expect(window.page.get_by_text("Nothing comes after it.")).to_be_visible()
    told = parse_qs(urlsplit(window.page.url).query)
    assert told["talk"] == screen.parameters["talk"] == [Talk(stops, 20).written]
    assert screen.lesson == told["lesson"][0] == "five_steps"
    expect(window.page.get_by_role("button", name="Next step")).to_be_disabled()
    order(window, "Previous step")
    expect(screen.part("lesson-text")).to_contain_text("Four panels")


LARGEST = f"{max(SIZES):g}"


@pytest.mark.play
@pytest.mark.parametrize("size", [f"{size:g}" for size in SIZES])
@pytest.mark.parametrize(
    ("lesson", "step"),
    [
        ("five_steps", "mask"),
        ("significance", "survivors"),
        ("methods", "four_panels"),
        ("action", "decide"),
        ("clustermaps", "distance"),
    ],
)
def test_at_every_size_of_type_nothing_is_cut(
    screen: Screen, lesson: str, step: str, size: str
) -> None:
    where = f"{lesson}.{step} at {size}"
    present(screen, step, lesson=lesson, size=size, said="skip", shown="numbers")
    found = faults(screen, where) + under_the_foot(screen, where)
    found += under_the_fold(screen, where, "lesson-bar", "controls", "reveal")
    if rows_of_header(screen) != 1:
        found.append(f"{where}: the header has {rows_of_header(screen)} rows")
    resize(screen, 1920, 1080)
    found += faults(screen, f"{where}, wide") + under_the_foot(screen, f"{where}, wide")
    assert not found, "\n".join(found)


@pytest.mark.play
def test_a_long_question_stays_on_the_screen_in_large_type(screen: Screen) -> None:
    present(screen, "what_the_test_needs", lesson="methods", size=LARGEST)
    found = under_the_fold(screen, "a long question", "prediction", "reveal")
    assert not found, "\n".join(found)


@pytest.mark.play
def test_larger_type_is_there_at_once_and_after_a_reload(screen: Screen) -> None:
    present(screen, said="skip", shown="numbers")
    heading = screen.part("lesson-text").get_by_role("heading")
    tick = screen.page.locator(".st-key-exhibit .ytick text").first

    def heights() -> tuple[float, float]:
        boxes = [each.bounding_box() for each in (heading, tick)]
        return boxes[0]["height"], boxes[1]["height"]

    usual = heights()
    for _ in range(len(SIZES)):
        screen.page.keyboard.press("+")
    wait_until(screen.page, lambda: LARGEST in screen.parameters.get("size", []), "it was told")
    screen.settle()
    larger = heights()
    assert larger[0] > 1.3 * usual[0]
    assert larger[1] > usual[1]
    expect(bar(screen, re.compile("Larger type"))).to_be_disabled()
    screen.reload()
    assert heights() == pytest.approx(larger, abs=1)
    for _ in range(len(SIZES)):
        screen.page.keyboard.press("-")
    wait_until(screen.page, lambda: "0.85" in screen.parameters.get("size", []), "it was told")


@pytest.mark.parametrize("scheme", first_in_gate(["dark", "light"], count=0))
def test_both_windows_pass_axe(screen: Screen, watch: Watch, scheme: str) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    present(screen)
    ours = check(screen, "a question")
    for stage in ("the figure", "the numbers", "the truth"):
        screen.press("reveal")
        ours += check(screen, stage)
    window = speakers_window(screen, watch)
    window.page.emulate_media(color_scheme=scheme)
    ours += check(window, "the speaker's window")
    order(window, "One cell alone")
    ours += check(window, "the speaker's window, one cell")
    ours += check(screen, "one cell")
    screen.page.keyboard.press("Escape")
    screen.page.keyboard.press("?")
    ours += check(screen, "keys")
    screen.page.keyboard.press("Escape")
    screen.page.keyboard.press("b")
    ours += check(screen, "a blank screen")
    assert not ours, "\n".join(ours)


@pytest.mark.play
@pytest.mark.parametrize("width", [390, 1024, 1280, 1920])
def test_the_speaker_s_window_is_whole(screen: Screen, width: int) -> None:
    screen.page.set_viewport_size({"width": width, "height": 800})
    screen.open("/stage?view=speaker&with=nobody&lesson=five_steps&step=mask")
    expect(screen.page.get_by_text("The presentation's window is closed.").first).to_be_visible()
    found = faults(screen, f"speaker at {width}")
    assert not found, "\n".join(found)
