"""The screen as a learner uses it: pages opened in Chromium, and waiting done in one place."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Playwright,
    Request,
    ViewportSize,
    WebSocket,
    expect,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lib.course import Progress, read_progress

TIMEOUT = 30
"""Seconds that anything on the screen may take, on a busy machine."""
QUIET = 0.1
"""Seconds of silence after which nothing more is expected."""
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
COURSE = "honest-heatmaps"
STORAGE = f"{COURSE}/progress"

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Pages of one profile share what is compiled already.
    "--process-per-site",
)
_IS_DRAWN = """
() => {
  const app = document.querySelector("[data-testid=stApp]")
  return app?.dataset.testConnectionState === "CONNECTED"
    && app.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]")
}
"""
# A page that Chromium does not show gets no frames, and Playwright waits for ever.
_NEXT_FRAME = """
() => Promise.race([
  new Promise(waited => setTimeout(waited, 3000)),
  new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))),
])
"""


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without its windows, with patience for what is expected of it."""
    expect.set_options(timeout=TIMEOUT * 1000)
    found = (shutil.which(name) for name in ("chromium-headless-shell", "chromium"))
    chromium = next(filter(None, found), "/usr/bin/chromium")
    return playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))


def lasting_profile(browser: Browser, address: str, **options: Any) -> BrowserContext:
    """A browser profile for many tests, with Playwright's options for it.

    Its first page stays open, and with it Streamlit's scripts stay compiled: in a fresh profile a
    test takes twice as long to open a page.
    """
    profile = browser.new_context(**{"viewport": DESKTOP, **options})
    profile.new_page().goto(f"{address}/_stcore/health")
    return profile


def forget(profile: BrowserContext, address: str) -> None:
    """Empty a lasting profile of all that it remembers of a server."""
    first, *others = profile.pages
    for page in others:
        page.close()
    profile.clear_cookies()
    profile.new_cdp_session(first).send(
        "Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"}
    )


def wait_until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Poll until `holds`; AssertionError naming `what` if it never does."""
    end = time.monotonic() + TIMEOUT
    while not holds():
        assert time.monotonic() < end, f"Waited in vain until {what}."
        page.wait_for_timeout(20)


class _Conversation:
    """What a page asks of the server and hears from it, read from their web socket.

    A script that was asked for may not have started yet, so its state on the page alone does not
    say whether there is something to wait for.
    """

    def __init__(self, page: Page) -> None:
        self.asked = 0
        self._answer = "none"
        self._heard = time.monotonic()
        self._socket: WebSocket | None = None
        page.on("websocket", self._connected)

    @property
    def is_over(self) -> bool:
        """Whether everything that was asked is answered, and a moment has passed since."""
        return self._answer == "complete" and time.monotonic() - self._heard > QUIET

    def begin_anew(self) -> None:
        """The page is about to be left: what is still said on it does not count."""
        self._socket, self._answer, self.asked = None, "none", 0

    def _connected(self, socket: WebSocket) -> None:
        self.begin_anew()
        self._socket = socket
        socket.on("framesent", lambda data: self._said(socket, data))
        socket.on("framereceived", lambda data: self._told(socket, data))

    def _said(self, socket: WebSocket, data: bytes | str) -> None:
        if socket is not self._socket or isinstance(data, str):
            return
        self._heard = time.monotonic()
        if BackMsg.FromString(data).WhichOneof("type") == "rerun_script":
            self.asked += 1
            self._answer = "none"

    def _told(self, socket: WebSocket, data: bytes | str) -> None:
        if socket is not self._socket or isinstance(data, str):
            return
        self._heard = time.monotonic()
        message = ForwardMsg.FromString(data)
        match message.WhichOneof("type"):
            case "new_session":
                self._answer = "begun"
            case "script_finished" if (
                self._answer == "begun"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                self._answer = "complete"


class Screen:
    """A page of the course, and everything that went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self._conversation = _Conversation(page)
        page.set_default_timeout(TIMEOUT * 1000)
        page.on("request", self._note_request)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self._note_dialog)
        page.on("console", self._note_line)

    def _note_request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.netloc != urlsplit(self.address).netloc:
            self.foreign.append(request.url)

    def _note_dialog(self, dialog: Dialog) -> None:
        """The course opens no dialog of the browser's: what does is a script that got in."""
        self.errors.append(dialog.message)
        dialog.dismiss()

    def _note_line(self, line: ConsoleMessage) -> None:
        """What the browser refuses to load for a page shows in its console alone."""
        if "Content Security Policy" in line.text:
            self.errors.append(line.text[:300])

    # Going somewhere, and waiting for it.

    def open(self, path: str = "/") -> None:
        """Open an address of the course. Once it is drawn, the browser tells what it remembers."""
        self._conversation.begin_anew()
        self.page.goto(path if path.startswith("http") else self.address + path)
        self._wait_for_arrival()

    def reload(self) -> None:
        self._conversation.begin_anew()
        self.page.reload()
        self._wait_for_arrival()

    def reconnect(self) -> None:
        """Wait until the page has found the server again, and told it what it remembers."""
        self._conversation.begin_anew()
        self._wait_for_arrival()

    def open_step(self, step: str, *, lesson: str = "five_steps", **parameters: str) -> None:
        rest = "".join(f"&{name}={value}" for name, value in parameters.items())
        self.open(f"/{lesson}?step={step}{rest}")

    def _wait_for_arrival(self) -> None:
        self._wait_until_asked(2)
        self.settle()

    def settle(self) -> None:
        """Wait until the server has answered all that was asked, and the answer is drawn."""
        wait_until(
            self.page,
            lambda: self._conversation.is_over and bool(self.page.evaluate(_IS_DRAWN)),
            "the page had settled",
        )
        self.page.evaluate(_NEXT_FRAME)

    @contextmanager
    def rerunning(self) -> Iterator[None]:
        """Do something that makes the script run, and wait until it is drawn."""
        before = self._conversation.asked
        yield
        self._wait_until_asked(before + 1)
        self.settle()

    def _wait_until_asked(self, times: int) -> None:
        wait_until(
            self.page, lambda: self._conversation.asked >= times, "the page asked the server"
        )

    # What is on it.

    def part(self, key: str) -> Locator:
        """The element or container with this key."""
        return self.page.locator(f".st-key-{key}")

    @property
    def verdict(self) -> Locator:
        """The line on the prediction, open or closed: each has a key of its own."""
        return self.page.locator("[class*='st-key-verdict']")

    def button(self, key: str) -> Locator:
        return self.part(key).get_by_role("button")

    def press(self, key: str) -> None:
        """Press a button that makes the script run."""
        with self.rerunning():
            self.button(key).click()

    def text(self, key: str) -> str:
        """The text of a part, its white space normalised."""
        return " ".join(self.part(key).inner_text().split())

    def choose(self, key: str, index: int) -> None:
        """Choose one of the radio options of a form, counted from zero in their order."""
        self.part(key).locator("[data-testid=stRadioOption]").nth(index).click()

    def tab(self, name: str) -> Locator:
        return self.part("view").get_by_role("tab", name=name)

    def open_tab(self, name: str) -> None:
        with self.rerunning():
            self.tab(name).click()

    @property
    def parameters(self) -> dict[str, list[str]]:
        """What the address says."""
        return parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)

    @property
    def lesson(self) -> str:
        """The lesson that the address names."""
        return urlsplit(self.page.url).path.strip("/")

    @property
    def step(self) -> str:
        """The step that the address names."""
        return self.parameters["step"][0]

    # What the browser remembers.

    @property
    def progress(self) -> Progress:
        """The progress in localStorage; a fresh one if there is none."""
        text = self.page.evaluate("name => localStorage.getItem(name)", STORAGE)
        return read_progress(text, COURSE) if text else Progress(COURSE)

    def record(self, step: str) -> dict[str, Any]:
        """What is remembered of a step of the lesson on the screen."""
        return vars(self.progress.step(self.lesson, step))

    def wait_for_record(self, step: str, **expected: object) -> None:
        """Wait until the browser remembers this of a step: it writes a little after the drawing."""
        wait_until(
            self.page,
            lambda: expected.items() <= self.record(step).items(),
            f"{expected} was remembered of {step}",
        )


NewScreen = Callable[..., Screen]
"""Opens another browser profile, with Playwright's options for it."""
