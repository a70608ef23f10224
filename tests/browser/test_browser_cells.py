"""A cell of a heatmap opens what is behind it."""

from collections.abc import Callable

import numpy as np
import pytest
from browser_controls import place_of_cell, set_control
from browser_gate import first_in_gate
from browser_lesson import LESSON, expect_revealed
from browser_phone import PHONE
from browser_screen import NewScreen, Screen, wait_until
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

STEP, AFTER = LESSON.step("mask"), LESSON.step("colour")
ROW, COLUMN = "itg", "adt"


@pytest.fixture
def heatmap(screen: Screen) -> Screen:
    screen.open_step(STEP.slug, said="skip")
    expect_revealed(screen, STEP)
    return screen


def click_cell(screen: Screen) -> None:
    chart = screen.part("view").locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    x, y = place_of_cell(chart, ROW, COLUMN)
    with screen.rerunning():
        screen.page.mouse.click(x, y)


def choose_cell(screen: Screen) -> None:
    box = screen.part("open-a-cell").get_by_role("combobox")
    box.click()
    box.fill(ROW)
    with screen.rerunning():
        screen.page.get_by_role("option", name=f"{ROW} × {COLUMN}").click()


def test_a_map_that_is_only_read_says_its_cells(screen: Screen) -> None:
    screen.open_step("confuse", lesson="applications", said="skip")
    chart = screen.page.locator(".js-plotly-plot")
    row, column = chart.evaluate("chart => [chart.data[0].y[1], chart.data[0].x[0]]")
    chart.scroll_into_view_if_needed()
    screen.page.mouse.move(*place_of_cell(chart, row, column))
    expect(chart.locator(".hoverlayer")).to_contain_text(f"{column} × {row}")


def dialog(screen: Screen) -> Locator:
    return screen.page.get_by_role("dialog")


def expect_behind(screen: Screen) -> None:
    """The dialog names the pair, draws the column to the right and the row up, and says r and n."""
    behind = STEP.exhibit().behind
    assert behind is not None
    expect(dialog(screen)).to_contain_text(f"{ROW} × {COLUMN}")
    expect(dialog(screen)).to_contain_text(behind(ROW, COLUMN).sentence)
    expect(dialog(screen).locator(".xtitle")).to_have_text(COLUMN)
    expect(dialog(screen).locator(".ytitle")).to_have_text(ROW)


def close(screen: Screen) -> None:
    dialog(screen).get_by_role("button", name="Close").click()
    expect(dialog(screen)).to_have_count(0)
    screen.settle()


@pytest.mark.parametrize(
    "open_cell", first_in_gate([click_cell, choose_cell], ["by click", "by choice"])
)
def test_a_cell_opens_its_pair_as_often_as_wanted(
    heatmap: Screen, open_cell: Callable[[Screen], None]
) -> None:
    for _ in range(2):
        open_cell(heatmap)
        expect_behind(heatmap)
        close(heatmap)
    for control, value in (("side", "lower"), ("k", 1)):
        set_control(heatmap, STEP, control, value)
        expect(dialog(heatmap)).to_have_count(0)
    heatmap.press("next")
    heatmap.press("skip")
    expect_revealed(heatmap, AFTER)
    expect(dialog(heatmap)).to_have_count(0)


def test_a_tap_opens_the_cell_that_is_tapped(new_screen: NewScreen) -> None:
    """At the first tap, and at the next one not the cell that was tapped before."""
    phone = new_screen(**PHONE)
    phone.open_step(STEP.slug, said="skip")
    chart = phone.part("view").locator(".js-plotly-plot")
    expect(chart).to_be_visible()
    for row, column in ((ROW, COLUMN), ("len", "rate")):
        chart.scroll_into_view_if_needed()
        with phone.rerunning():
            phone.page.touchscreen.tap(*place_of_cell(chart, row, column))
        expect(dialog(phone)).to_contain_text(f"{row} × {column}")
        close(phone)


@pytest.mark.play
def test_a_finger_that_moves_over_cells_scrolls_the_page(new_screen: NewScreen) -> None:
    phone = new_screen(**PHONE)
    phone.open_step(STEP.slug, said="skip")
    chart = phone.part("view").locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    x, y = place_of_cell(chart, ROW, COLUMN)
    finger = phone.page.context.new_cdp_session(phone.page)
    finger.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for moved in range(20, 220, 20):
        points = [{"x": x, "y": y + moved}]
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_until(phone.page, lambda: place_of_cell(chart, ROW, COLUMN)[1] > y + 100, "it scrolled")
    phone.settle()
    expect(dialog(phone)).to_have_count(0)


def test_arrow_keys_go_from_cell_to_cell_and_enter_opens_one(heatmap: Screen) -> None:
    (chart, *_) = STEP.exhibit().figures
    spoken = chart.spoken()
    cell, status = (
        heatmap.part("view")
        .locator(f"[role=grid] [role={role}], [role=grid] ~ [role={role}]")
        .first
        for role in ("gridcell", "status")
    )
    cell.focus()
    expect(cell).to_have_css("opacity", "1")
    shown = {(row, column) for row, column in np.argwhere(spoken.to_numpy() != "").tolist()}
    row, column = min(shown)
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "End", "ArrowRight", "ArrowUp", "Home"):
        right = [c for r, c in shown if r == row and c > column]
        down = [r for r, c in shown if c == column and r > row]
        up = [r for r, c in shown if c == column and r < row]
        line = [c for r, c in shown if r == row]
        if key in ("ArrowDown", "ArrowUp"):
            row = min(down, default=row) if key == "ArrowDown" else max(up, default=row)
        else:
            column = {
                "ArrowRight": min(right, default=column),
                "Home": min(line),
                "End": max(line),
            }[key]
        heatmap.page.keyboard.press(key)
        expect(status).to_have_text(spoken.iloc[row, column])
        expect(cell).to_have_text(spoken.iloc[row, column])
        expect(cell).to_have_attribute("aria-colindex", str(column + 1))
    with heatmap.rerunning():
        heatmap.page.keyboard.press("Enter")
    expect(dialog(heatmap)).to_contain_text(f"{spoken.index[row]} × {spoken.columns[column]}")
