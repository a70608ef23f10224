"""The page that a visitor of the Lab takes along, opened as a file."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

import datasets
from lib.lab import instrument
from lib.lab.export import page_of, report_of
from lib.tables import from_frame

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror=alert(1)>"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    random = np.random.default_rng(3)
    frame = pd.DataFrame(random.normal(size=(30, 3)), columns=["a", HOSTILE, "c"])
    frame["c"] = 3 * frame["a"] + frame["c"] / 100
    sheet = from_frame(frame.assign(site=["north", "south", "west"] * 10), "a table")
    shown = instrument("association_map")
    made = page_of(sheet, (), shown, shown.exhibit(sheet))
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(made, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def open_page(chromium: Browser, file: str) -> Iterator[Open]:
    """Open the page; nothing may be asked for but itself, said in a dialogue, or fail."""
    pages: list[Page] = []
    asked: list[str] = []
    failed: list[str] = []

    def open_it(width: int = 1280, **options: object) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": 900}, **options)
        pages.append(page)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("console", lambda line: failed.append(line.text))
        page.on("dialog", lambda dialog: failed.append(dialog.message))
        page.goto(file)
        return page

    yield open_it
    for page in pages:
        page.close()
    assert set(asked) == {file}
    assert not failed


def beginning(names: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(names)}: ")


def test_by_pointer(open_page: Open) -> None:
    page = open_page()
    strongest = page.get_by_role("gridcell", name="c and a: ")
    strongest.hover()
    expect(page.locator("#tip")).to_have_text(strongest.get_attribute("aria-label") or "")
    strongest.click()
    expect(page.locator("#detail h2")).to_have_text("c and a")
    expect(page.locator("#detail svg path")).to_have_count(30)
    page.get_by_role("gridcell", name="site and c: ").click()
    expect(page.locator("#detail svg circle")).to_have_count(3)
    page.get_by_role("gridcell", name=f"{HOSTILE} and a: ").click()
    expect(page.locator("#detail h2")).to_have_text(f"{HOSTILE} and a")
    assert page.locator("img").count() == 0


def test_by_keyboard(open_page: Open) -> None:
    page = open_page()
    page.locator("td[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    focused = page.locator("td:focus")
    expect(focused).to_have_attribute("aria-label", beginning(f"c and {HOSTILE}"))
    page.keyboard.press("ArrowUp")
    expect(focused).to_have_attribute("aria-label", beginning(f"c and {HOSTILE}"))
    page.keyboard.press("Enter")
    expect(page.locator("#detail h2")).to_have_text(f"c and {HOSTILE}")
    page.keyboard.press("Home")
    expect(focused).to_have_attribute("aria-label", beginning("c and a"))
    assert page.locator("td[tabindex='0']").count() == 1


def test_the_list_is_sorted_and_searched(open_page: Open) -> None:
    page = open_page()
    heading = page.get_by_role("columnheader", name="value")

    def values() -> list[float]:
        place = page.locator(".pairs th").all_inner_texts().index(heading.inner_text())
        texts = page.locator(f".pairs tbody td:nth-child({place + 1})").all_inner_texts()
        return [float(text.replace("−", "-")) for text in texts]

    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert values() == sorted(values(), reverse=True)
    # What is almost one is not written as one.
    assert 0.9999 < values()[0] < 1
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert values() == sorted(values())
    page.get_by_label("Rows with the word").fill("SITE")
    expect(page.locator(".pairs tbody tr")).to_have_count(3)
    page.get_by_role("button", name="open a and site").click()
    expect(page.locator("#detail h2")).to_have_text("site and a")


def test_on_a_phone_in_the_dark(open_page: Open) -> None:
    page = open_page(390, color_scheme="dark")
    page.get_by_role("gridcell", name=re.compile(", pale$")).first.click()
    expect(page.locator("#detail svg")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(22, 24, 28)"
    colour = "getComputedStyle(document.querySelector('td.chosen')).backgroundColor"
    dark = page.evaluate(colour)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == "rgb(252, 250, 246)"
    assert page.evaluate(colour) != dark


def test_on_a_screen_both_halves_are_used(open_page: Open) -> None:
    page = open_page(1280)
    # The strongest pair is open from the start, beside the map.
    expect(page.locator("#detail h2")).to_have_text("c and a")
    places = [page.locator(name).bounding_box() for name in (".cells", "#detail", "#list")]
    table, detail, listed = (place for place in places if place is not None)
    assert table["width"] > 400
    assert table["x"] + table["width"] <= detail["x"]
    assert detail["x"] + detail["width"] > 1200
    assert listed["x"] == detail["x"]
    cell = page.get_by_role("gridcell", name="c and a: ").bounding_box()
    assert cell is not None
    assert cell["width"] > 80


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_of_the_list_is_out_of_sight(open_page: Open, width: int) -> None:
    page = open_page(width)
    row = page.locator(".pairs tbody tr").filter(has_text="site").first
    first = row.locator("td").first
    expect(first.get_by_role("button")).to_have_text("open")
    edge = page.evaluate("document.documentElement.clientWidth")
    for cell in row.locator("td").all():
        box = cell.bounding_box()
        if box is not None:
            assert 0 <= box["x"] <= box["x"] + box["width"] <= edge
    assert page.locator("#list .scroll").evaluate("it => it.scrollWidth - it.clientWidth") <= 0


def test_the_report_on_a_phone(chromium: Browser, tmp_path: Path) -> None:
    shown, sheet = (
        instrument("association_map"),
        from_frame(datasets.load("airquality"), "airquality"),
    )
    path = tmp_path / "report.html"
    path.write_text(report_of(sheet, (), shown, shown.exhibit(sheet), date="today"), "utf-8")
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_text("swipe it sideways")).to_be_visible()
    # The picture is as large as on paper: 96 pixels are 72 points.
    of_paper = "it => it.getBoundingClientRect().width / it.viewBox.baseVal.width"
    assert page.locator("figure svg").evaluate(of_paper) == pytest.approx(96 / 72, rel=0.01)
    cell = page.locator("tbody tr").first.locator("td").last
    name = cell.evaluate("it => getComputedStyle(it, '::before').content")
    assert name.startswith('"high')
    box = cell.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    # On paper, one to three pages.
    pages = re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True))
    page.close()
    assert 1 <= len(pages) <= 3
