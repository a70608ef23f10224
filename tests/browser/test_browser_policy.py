"""Pages work under the policy that a host of one's own sends along, and nothing else does."""

import pytest
from browser_screen import Screen
from playwright.sync_api import expect

from lessons import COURSE

pytestmark = pytest.mark.browser

INJECTED = """
() => {
  const script = document.createElement("script")
  script.textContent = "window.wasRun = true"
  document.body.append(script)
  return window.wasRun === true
}
"""
PLACES = [
    "/",
    *(f"/{lesson.slug}?step={lesson.steps[0].slug}&said=skip" for lesson in COURSE.lessons),
    *("/practice", "/cards", "/speed", "/search?find=holm", "/lab", "/progress"),
    "/map?map-view=Sheets+to+print",
]


def test_a_page_draws_what_is_its_own_and_runs_nothing_else(screen: Screen) -> None:
    """The map is drawn by WebAssembly, and what stands around it by scripts out of blobs."""
    screen.open("/map?map-view=Pitfalls+and+cures")
    expect(screen.page.locator("[data-testid=stGraphVizChart] svg")).to_be_visible()
    expect(screen.part("course-links").get_by_role("link").first).to_be_visible()
    assert not screen.errors
    assert screen.page.evaluate(INJECTED) is False
    refusals = [screen.errors.pop() for _ in range(len(screen.errors))]
    assert len(refusals) == 1
    assert "script-src" in refusals[0]


@pytest.mark.play
@pytest.mark.parametrize("path", PLACES)
def test_every_page_is_drawn(screen: Screen, path: str) -> None:
    """A screen of these tests notes what the browser refuses: conftest.py asks it at the end."""
    screen.open(path)
    if "said=skip" in path or path == "/lab":
        expect(screen.part("view")).to_be_visible()
