"""What the exhibits of any lesson may hold, in a lesson made for it."""

from pathlib import Path

import pytest
from browser_controls import expect_values, set_controls, shown_value
from browser_gate import first_in_gate
from browser_screen import Screen
from browser_server import Server
from playwright.sync_api import BrowserContext, expect
from workshop_lesson import LESSON

from lib.course import Value

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(workshop_server: Server) -> Server:
    return workshop_server


@pytest.fixture(scope="module")
def profile(workshop_profile: BrowserContext) -> BrowserContext:
    return workshop_profile


@pytest.mark.parametrize(
    ("slug", "values"),
    first_in_gate(
        [
            ("draws", {"out": ("1", "3"), "change": "rank", "seed": 7, "draws": 12}),
            ("fill_in", {"guess": (-0.8, None, 0.0)}),
            ("move", {"point": (-3.5, 2.0)}),
        ],
        ids=["rows, a transform, a seed, draws", "a guess", "a point"],
    ),
)
def test_controls_are_set_by_hand_and_survive_a_reload(
    screen: Screen, slug: str, values: dict[str, Value]
) -> None:
    step = LESSON.step(slug)
    screen.open(f"/?step={slug}")
    set_controls(screen, step, values)
    expect_values(screen, step, **values)
    screen.reload()
    expect_values(screen, step, **values)


@pytest.mark.play
def test_draws_have_buttons(screen: Screen) -> None:
    step = LESSON.step("draws")
    screen.open("/?step=draws")
    for button, expected in (
        ("draws-seed-again", {"seed": 1}),
        ("draws-draws-again", {"seed": 1, "draws": 2}),
        ("draws-draws-ten", {"seed": 1, "draws": 12}),
        ("draws-draws-over", {"seed": 1}),
    ):
        screen.press(button)
        expect_values(screen, step, **expected)
    assert screen.parameters["draws-seed"] == ["1"]
    assert "draws-draws" not in screen.parameters


def test_maps_stand_side_by_side_and_closer_on_a_phone(screen: Screen) -> None:
    """Maps of one scale are one figure: what has no room beside the others goes below."""
    screen.open("/?step=draws&draws-draws=3")
    maps = screen.part("view").locator(".js-plotly-plot .hm")
    expect(maps).to_have_count(3)
    boxes = [each.bounding_box() for each in maps.all()]
    assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=1)
    assert boxes[0]["x"] == pytest.approx(boxes[2]["x"], abs=1)
    assert boxes[1]["x"] >= boxes[0]["x"] + boxes[0]["width"]
    assert boxes[2]["y"] >= boxes[0]["y"] + boxes[0]["height"]
    with screen.rerunning():
        screen.page.set_viewport_size({"width": 390, "height": 844})
    boxes = [each.bounding_box() for each in maps.all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


def test_a_link_opens_another_step(screen: Screen) -> None:
    screen.open("/?step=draws")
    screen.press("link-0-fill_in")
    assert screen.step == "fill_in"
    expect(screen.part("lesson-text")).to_contain_text("Guess first.")


def test_long_work_shows_how_far_it_is_and_can_be_cut_short(screen: Screen) -> None:
    screen.open("/?step=labour")
    bar = screen.page.get_by_role("progressbar")
    expect(bar).to_have_count(0)
    with screen.rerunning():
        screen.button("labour-seed-again").click()
        expect(bar).to_be_visible()
        expect(screen.page.get_by_test_id("stMain")).to_contain_text("Drawing noise …")
    expect(bar).to_have_count(0)
    assert shown_value(screen, LESSON.step("labour"), "seed") == 1
    with screen.rerunning():
        screen.button("labour-seed-again").click()
        expect(bar).to_be_visible()
        screen.button("previous").click()
        # Two seconds of work were asked for; the step before is there at once.
        expect(screen.part("lesson-text")).to_contain_text("A point.")
    assert screen.step == "move"
    expect(bar).to_have_count(0)


def test_a_report_is_one_page_of_paper(screen: Screen, tmp_path: Path) -> None:
    screen.open("/?step=draws")
    screen.button("download").first.click()
    with screen.page.expect_download() as download:
        screen.page.locator(".st-key-download-report button").click()
    assert download.value.suggested_filename == "draws.html"
    file = tmp_path / "report.html"
    download.value.save_as(file)
    page = screen.page.context.new_page()
    page.goto(file.as_uri())
    expect(page.get_by_role("heading")).to_have_text("What I <left> out")
    expect(page.get_by_role("img")).to_have_accessible_name("Draw 0, as it is, of 1. Nothing more.")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.close()
