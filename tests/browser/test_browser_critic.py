"""The critic's page: read by pointer and by keyboard, at any width, in light and in dark."""

from typing import Literal

import pytest
from browser_axe import check
from browser_screen import Screen
from browser_seeing import faults, resize
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WIDTHS = (390, 1024, 1280, 1440, 1920)

_HOSTILE = (
    "import seaborn as sns\n"
    "# </code></li><img src=x onerror=alert(1)><style>body{display:none}</style>\n"
    "sns.heatmap(df.corr(), cmap='jet', vmin=0, vmax=1)"
)


def test_the_list_leads_to_the_line_and_what_is_pasted_stays_text(screen: Screen) -> None:
    screen.open("/critic")
    screen.part("critic-text").locator("textarea").fill(_HOSTILE)
    screen.press("critic-review")
    first = screen.part("critic-findings").get_by_role("link", name="Limits").first
    first.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("#critic-1")).to_be_focused()
    expect(screen.page.locator(".critic-lines .marked")).to_have_text(_HOSTILE.split("\n")[2])
    assert screen.page.locator(".critic-lines img").count() == 0
    assert screen.page.url.endswith("/critic#critic-1")


@pytest.mark.play
@pytest.mark.parametrize("example", ["map", "one", "notebook"])
def test_nothing_is_cut_at_any_width(screen: Screen, example: str) -> None:
    screen.open("/critic")
    screen.press(f"critic-try-{example}")
    found: list[str] = []
    for width in WIDTHS:
        resize(screen, width)
        found += faults(screen, f"{example} at {width}")
    assert not found, "\n".join(found)


@pytest.mark.play
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(screen: Screen, scheme: Literal["light", "dark"]) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    screen.open("/critic")
    ours = check(screen, "the beginning")
    for example in ("map", "one", "notebook"):
        screen.press(f"critic-try-{example}")
        ours += check(screen, example)
    assert not ours, "\n".join(ours)
