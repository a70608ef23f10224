"""The point is dragged in the plot itself: by mouse, finger, keys, or a click."""

from collections.abc import Callable

import pytest
from browser_axe import check
from browser_delay import held_up
from browser_screen import NewScreen, Screen, wait_until
from browser_server import Server
from playwright.sync_api import BrowserContext, Page, expect
from scipy.stats import pearsonr, spearmanr
from workshop_lesson import LESSON

from lib.charts import Scatter

pytestmark = pytest.mark.browser

STEP = LESSON.step("move")


@pytest.fixture(scope="module")
def server(workshop_server: Server) -> Server:
    return workshop_server


@pytest.fixture(scope="module")
def profile(workshop_profile: BrowserContext) -> BrowserContext:
    return workshop_profile


@pytest.fixture
def moving(screen: Screen) -> Screen:
    screen.open("/?step=move")
    return screen


def centre(screen: Screen) -> tuple[float, float]:
    box = screen.page.locator(".handle circle").last.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def expect_at(screen: Screen, x: float, y: float) -> None:
    """The handle says where it is, and the server has heard of it."""
    words = f"x {x:g}, y {y:g}, {' '.join(statistics_at(x, y))}".replace("-", "\N{MINUS SIGN}")
    expect(screen.page.locator(".handle")).to_have_attribute("aria-valuetext", words)
    wait_until(screen.page, lambda: told(screen) == (x, y), f"the address told of {words}")
    screen.settle()


def statistics_at(x: float, y: float) -> tuple[str, str]:
    """r and rho with the point there, as scipy computes them."""
    (cloud,) = STEP.exhibit({"point": (x, y)}).figures
    assert isinstance(cloud, Scatter)
    points = cloud.points
    r = pearsonr(points["x"], points["y"]).statistic
    rho = spearmanr(points["x"], points["y"]).statistic
    return f"r {r:.2f},", f"rho {rho:.2f}"


def test_r_and_rho_move_while_the_hand_moves(moving: Screen, workshop_server: Server) -> None:
    """In the browser: the server has not been asked when they change."""
    x, y = centre(moving)
    live = moving.page.locator(".live")
    with held_up(workshop_server):
        drag(moving.page, (x, y), (unit(moving) * 4, 0), stops=4)
        r, rho = (text.replace("-", "\N{MINUS SIGN}") for text in statistics_at(4, 0))
        expect(live).to_have_text(f"{r.rstrip(',')}   {rho.replace('rho', 'ρ')}")
    moving.page.mouse.up()
    expect_at(moving, 4, 0)


def told(screen: Screen) -> tuple[float, float]:
    x, y = (float(screen.parameters.get(f"move-point-{name}", ["0"])[0]) for name in "xy")
    return x, y


def unit(screen: Screen) -> float:
    """The pixels that one unit of x takes."""
    box = screen.page.locator("svg:has(.handle)").bounding_box()
    assert box
    return (box["width"] - 62) / 18


def note_places(screen: Screen) -> Callable[[], list[float]]:
    """Note every x that the point takes from now on."""
    screen.page.locator(".handle").evaluate(
        """handle => {
            window.places = []
            const note = () => window.places.push(Number(handle.getAttribute("aria-valuenow")))
            new MutationObserver(note).observe(handle, { attributeFilter: ["aria-valuenow"] })
        }"""
    )
    return lambda: screen.page.evaluate("() => window.places")


def drag(page: Page, start: tuple[float, float], by: tuple[float, float], stops: int) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    for stop in range(1, stops + 1):
        page.mouse.move(start[0] + by[0] * stop / stops, start[1] + by[1] * stop / stops)
        page.wait_for_timeout(50)


def test_a_drag_reaches_the_server_before_it_ends_and_is_not_interrupted(moving: Screen) -> None:
    x, y = centre(moving)
    places = note_places(moving)
    drag(moving.page, (x, y), (unit(moving) * 3, 0), stops=12)
    # Still held: three units to the right, and the slider follows.
    wait_until(
        moving.page,
        lambda: moving.part("move-point-x").get_by_role("slider").input_value() == "3",
        "the slider followed the drag",
    )
    assert abs(centre(moving)[0] - x - unit(moving) * 3) < 2
    moving.page.mouse.move(x + 2000, y)
    moving.page.mouse.up()
    expect_at(moving, 8, 0)
    expect(moving.part("done")).to_contain_text("It moves.")
    # No answer of the server's pulled it back, neither in the drag nor after it.
    assert places() == sorted(places())
    assert not check(moving, "a point to drag")


def test_a_click_and_keys_move_it_too_in_steps_and_within_its_reach(moving: Screen) -> None:
    x, y = centre(moving)
    moving.page.mouse.click(x - unit(moving) * 2.1, y)
    expect_at(moving, -2, 0)
    handle = moving.page.locator(".handle")
    handle.focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowUp"):
        moving.page.keyboard.press(key)
    expect_at(moving, 0.5, 0.5)
    for _ in range(3):
        moving.page.keyboard.press("Shift+ArrowUp")
    expect_at(moving, 0.5, 2)
    expect(handle).to_be_focused()


def test_a_server_that_is_behind_does_not_pull_it_back_and_a_solution_moves_it(
    moving: Screen, workshop_server: Server
) -> None:
    places = note_places(moving)
    moving.page.locator(".handle").focus()
    with held_up(workshop_server):
        for _ in range(6):
            moving.page.keyboard.press("ArrowRight")
            # Longer than between two messages: several are on their way.
            moving.page.wait_for_timeout(100)
    expect_at(moving, 3, 0)
    assert places() == sorted(places())
    moving.press("solution")
    expect_at(moving, 8, -1.5)


def test_a_finger_drags_it_and_beside_it_scrolls(new_screen: NewScreen) -> None:
    screen = new_screen(has_touch=True, viewport={"width": 390, "height": 844})
    screen.open("/?step=move")
    screen.page.locator(".handle").scroll_into_view_if_needed()
    x, y = centre(screen)
    touch = screen.page.context.new_cdp_session(screen.page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": across, "y": down} for across, down in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def swipe(start: tuple[float, float], by: tuple[float, float]) -> None:
        send("touchStart", start)
        for part in range(1, 9):
            send("touchMove", (start[0] + by[0] * part / 8, start[1] + by[1] * part / 8))
        send("touchEnd")

    wide = unit(screen)
    # The first answer makes the text above longer: the plot sinks under the finger.
    swipe((x, y), (-5 * wide, 0))
    expect_at(screen, -5, 0)
    screen.page.locator(".handle").scroll_into_view_if_needed()
    y = centre(screen)[1]
    screen.page.touchscreen.tap(x + 5 * wide, y)
    expect_at(screen, 5, 0)
    swipe((x, y), (0, 80))
    wait_until(screen.page, lambda: centre(screen)[1] > y + 40, "the page was scrolled")
    expect_at(screen, 5, 0)
