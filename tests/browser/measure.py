"""How fast the course is here: start, a click, and memory after a whole lesson.

Run it by hand, `python tests/browser/measure.py`; nothing is asserted.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from browser_lesson import LESSON, expect_revealed
from browser_screen import QUIET, Screen, launch
from browser_server import Server, running_server
from playwright.sync_api import Browser, expect, sync_playwright

CLICKS = 20
_SAYS_SOMETHING_ELSE = (
    "before => document.querySelector('.st-key-lesson-text').innerText !== before"
)


def main() -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        print(f"home, cold server           {first_page(browser, '/'):6.2f} s")
        deep_link = f"/{LESSON.slug}?step=mask&said=skip"
        print(f"deep link, cold server      {first_page(browser, deep_link):6.2f} s")
        with fresh_server() as server:
            arrival(new_screen(browser, server), "/")
            print(f"memory, after a first page  {memory(server):6.0f} MB")
            screen = new_screen(browser, server)
            print(f"home, warm server           {arrival(screen, '/'):6.2f} s")
            print(f"deep link, warm server      {arrival(screen, deep_link):6.2f} s")
            for name, times in slider(screen).items():
                print(f"slider, {name:20}{statistics.median(times) * 1000:6.0f} ms")
            play(new_screen(browser, server))
            print(f"memory, after the lesson    {memory(server):6.0f} MB")
        browser.close()


@contextmanager
def fresh_server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder, "log")) as server:
        yield server


def new_screen(browser: Browser, server: Server) -> Screen:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    return Screen(context.new_page(), server.address)


def first_page(browser: Browser, path: str) -> float:
    """Seconds from the start of the server to the first page with its figure."""
    start = time.perf_counter()
    with fresh_server() as server:
        arrival(new_screen(browser, server), path)
        return time.perf_counter() - start


def arrival(screen: Screen, path: str) -> float:
    """Seconds from asking for a page to its figure."""
    start = time.perf_counter()
    screen.page.goto(screen.address + path)
    expect(screen.page.locator(".js-plotly-plot .xtick").first).to_be_visible()
    return time.perf_counter() - start


def slider(screen: Screen) -> dict[str, list[float]]:
    """Seconds from a key on the mask's slider to what it says, and until nothing more changes."""
    screen.open_step("mask", said="skip")
    expect_revealed(screen, LESSON.step("mask"))
    thumb = screen.part("mask-k").get_by_role("slider")
    said, settled = [], []
    for count in range(CLICKS):
        before = screen.part("lesson-text").inner_text()
        start = time.perf_counter()
        with screen.rerunning():
            thumb.press("ArrowRight" if count % 2 == 0 else "ArrowLeft")
            screen.page.wait_for_function(_SAYS_SOMETHING_ELSE, arg=before)
            said.append(time.perf_counter() - start)
        settled.append(time.perf_counter() - start - QUIET)
    return {"until the text": said, "settled": settled}


def play(screen: Screen) -> None:
    """The whole lesson, once."""
    screen.open_step(LESSON.steps[0].slug)
    for step in LESSON.steps:
        screen.press("skip")
        expect_revealed(screen, step)
        screen.press("solution")
        screen.press("go-on")
    for number in range(len(LESSON.quiz)):
        screen.choose("quiz", number % 2)
        screen.press("check")
        screen.press("next-question")


def memory(server: Server) -> float:
    """The server's resident memory in megabytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
