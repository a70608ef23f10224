"""The map whose cells are buttons, on a page of its own: whatever names it is given."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from browser_phone import PHONE
from playwright.sync_api import Browser, Page, expect

from lib.charts import DARK, LIGHT, Heatmap, Theme
from lib.ui.components import cell_map

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.harm=1>"
LONG = "a name that is longer than any phone held upright is wide, and does not end"
NAMES = [HOSTILE, LONG, "Donaudampfschifffahrtsgesellschaft", "![](https://a.example/x.png)"]
_DRAW = """
async ([source, data]) => {
  const { default: draw } = await import(URL.createObjectURL(
    new Blob([source], { type: "text/javascript" })))
  window.sent = []
  const setTriggerValue = (name, value) => window.sent.push(value)
  draw({ data, parentElement: document.body, setTriggerValue })
}
"""


def draw(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, heatmap: Heatmap, theme: Theme, **how: Any
) -> Page:
    drawn: dict[str, Any] = {}
    monkeypatch.setattr(cell_map, "_component", lambda **arguments: drawn.update(arguments))
    settings = {"chosen": None, "key": "k", "on_choose": print} | how
    cell_map.cell_map(heatmap, theme, settings.pop("cells"), **settings)
    page = browser.new_context(**PHONE).new_page()
    style, script = (
        Path(cell_map.__file__).with_suffix(kind).read_text("utf-8") for kind in (".css", ".js")
    )
    page.set_content(
        f"<meta name=viewport content='width=device-width'><style>{style}</style>{cell_map._HTML}"
    )
    page.evaluate(_DRAW, [script, json.loads(json.dumps(drawn["data"]))])
    return page


@pytest.fixture
def pairs() -> SimpleNamespace:
    """All pairs of hostile and of long names, without those of a name with itself."""
    values = pd.DataFrame(0.5, pd.Index(NAMES, name=HOSTILE), pd.Index(NAMES, name=LONG))
    cells = [(row, column) for row in NAMES for column in NAMES if row != column]
    return SimpleNamespace(heatmap=Heatmap(values, title=HOSTILE), cells=cells)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_names_are_text_and_the_page_stays_as_wide_as_a_phone(
    chromium: Browser, monkeypatch: pytest.MonkeyPatch, pairs: SimpleNamespace, theme: Theme
) -> None:
    page = draw(chromium, monkeypatch, pairs.heatmap, theme, cells=pairs.cells)
    expect(page.get_by_role("rowheader").first).to_contain_text("<img")
    assert page.locator("img").count() == 0
    assert not page.evaluate("window.harm")
    width, cut = page.evaluate(
        """() => [document.scrollingElement.scrollWidth,
          [...document.querySelectorAll(".cell, .name")]
            .filter(each => each.scrollWidth > each.clientWidth + 1
              || each.scrollHeight > each.clientHeight + 1)
            .map(each => each.textContent)]"""
    )
    assert width == 390
    assert cut == []
    page.context.close()


def test_a_tap_and_a_key_choose_what_is_offered(
    chromium: Browser, monkeypatch: pytest.MonkeyPatch, pairs: SimpleNamespace
) -> None:
    page = draw(chromium, monkeypatch, pairs.heatmap, LIGHT, cells=pairs.cells)
    cells = page.get_by_role("gridcell").and_(page.locator("[aria-label]"))
    # Row by row, four in each: those of a name with itself are not offered.
    for place in (0, 5, 15, 6):
        cells.nth(place).tap(force=True)
    assert page.evaluate("sent") == [{"row": 1, "column": 2}]
    for key in ("ArrowDown", "Enter", "ArrowLeft", " ", "End", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("sent.slice(1)") == [{"row": 2, "column": 1}, {"row": 2, "column": 3}]
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    expect(cells.nth(11)).to_have_attribute("aria-selected", "true")
    page.context.close()
