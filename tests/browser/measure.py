"""How long a learner waits: first pages, a reveal, a move; and the memory that a lesson takes.

Run it by hand, `python tests/browser/measure.py`, with nothing beside it; nothing is asserted.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from browser_lesson import LESSON, expect_revealed, right_said
from browser_screen import QUIET, Screen, launch
from browser_server import Server, running_server
from playwright.sync_api import Browser, Playwright, sync_playwright

from lib.course import Predict

AGAIN = 3
"""How often each first page is asked for; the median counts."""
CLICKS = 20
DEEP_LINK = f"/{LESSON.slug}?step=mask&said=skip"
HEADING = "document.querySelector('[data-testid=stMain] h1, [data-testid=stMain] h2')"
PICTURE = "document.querySelector('[data-testid=stMain] img')?.naturalWidth"
FIGURE = "document.querySelector('.js-plotly-plot .hm')"
_SAYS_SOMETHING_ELSE = "before => document.querySelector('.st-key-standing').innerText !== before"


def main() -> None:
    with sync_playwright() as playwright:
        say("home, all new: heading", fresh(playwright, "/", HEADING))
        say("home, all new: picture", fresh(playwright, "/", PICTURE))
        ours = fresh(playwright, DEEP_LINK, FIGURE)
        bare = fresh(playwright, "/", FIGURE, "tests/browser/bare_app.py")
        say("deep link, all new: figure", ours)
        say("bare page, all new: figure", bare)
        print(f"{'deep link / bare page':32}{median(ours) / median(bare):8.2f}")
        with fresh_server() as server, browser_of(playwright) as browser:
            arrival(new_screen(browser, server), DEEP_LINK, FIGURE)
            # The background imports are done by then.
            time.sleep(15)
            print(f"{'memory, after a first page':32}{memory(server):8.0f} MB")
            say("new browser, warm: heading", warm(playwright, server, DEEP_LINK, HEADING))
            say("new browser, warm: figure", warm(playwright, server, DEEP_LINK, FIGURE))
            say("reveal, key to settled", reveals(new_screen(browser, server)))
            said, settled = slider(new_screen(browser, server))
            say("slider, until the standing", said)
            say("slider, settled", settled)
            play(new_screen(browser, server))
            print(f"{'memory, after the lesson':32}{memory(server):8.0f} MB")
    say("import lessons", [imported() for _ in range(AGAIN)])


def say(what: str, times: list[float]) -> None:
    every = " ".join(f"{seconds:.2f}" for seconds in times[:AGAIN])
    print(f"{what:32}{median(times):8.2f} s   ({every} ...)", flush=True)


median: Callable[[list[float]], float] = statistics.median


@contextmanager
def fresh_server(app: str = "streamlit_app.py") -> Iterator[Server]:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder, "log"), app) as server,
    ):
        yield server


@contextmanager
def browser_of(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


def new_screen(browser: Browser, server: Server) -> Screen:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    return Screen(context.new_page(), server.address)


def fresh(
    playwright: Playwright, path: str, what: str, app: str = "streamlit_app.py"
) -> list[float]:
    """Seconds from asking a server that has just started, in a browser that has just started."""
    times = []
    for _ in range(AGAIN):
        with fresh_server(app) as server, browser_of(playwright) as browser:
            times.append(arrival(new_screen(browser, server), path, what))
    return times


def warm(playwright: Playwright, server: Server, path: str, what: str) -> list[float]:
    """The same of a server that has served before."""
    times = []
    for _ in range(AGAIN):
        with browser_of(playwright) as browser:
            times.append(arrival(new_screen(browser, server), path, what))
    return times


def arrival(screen: Screen, path: str, what: str) -> float:
    """Seconds from asking for a page until something of it is there."""
    start = time.perf_counter()
    screen.page.goto(screen.address + path, wait_until="commit")
    screen.page.wait_for_function(f"() => {what}", polling=20)
    return time.perf_counter() - start


def reveals(screen: Screen) -> list[float]:
    """Seconds from committing to a choice until nothing more changes, once in every step."""
    times = []
    for step in LESSON.steps:
        if not isinstance(step.predict, Predict):
            continue
        screen.open_step(step.slug)
        screen.choose("prediction", int(right_said(step)))
        start = time.perf_counter()
        screen.press("predict")
        expect_revealed(screen, step)
        times.append(time.perf_counter() - start - QUIET)
    return times


def slider(screen: Screen) -> tuple[list[float], list[float]]:
    """Seconds from a key on the mask's slider to what stands beside it, and until all is drawn."""
    screen.open_step("mask", said="skip")
    expect_revealed(screen, LESSON.step("mask"))
    thumb = screen.part("mask-k").get_by_role("slider")
    said, settled = [], []
    for count in range(CLICKS):
        before = screen.part("standing").inner_text()
        start = time.perf_counter()
        with screen.rerunning():
            thumb.press("ArrowRight" if count % 2 == 0 else "ArrowLeft")
            screen.page.wait_for_function(_SAYS_SOMETHING_ELSE, arg=before)
            said.append(time.perf_counter() - start)
        settled.append(time.perf_counter() - start - QUIET)
    return said, settled


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


def imported() -> float:
    """Seconds that a new interpreter takes for the course's titles, its own start left out."""
    code = (
        "import time; start = time.perf_counter(); import lessons; "
        "print(time.perf_counter() - start)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return float(ran.stdout)


def memory(server: Server) -> float:
    """The server's resident memory in megabytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
