"""One server and one Chromium for each worker; each test starts with nothing remembered."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser_screen import NewScreen, Screen, launch
from browser_server import Server, running_server
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

_DESKTOP: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("server") / "server.log") as running:
        yield running
    assert "Traceback" not in running.log.read_text("utf-8", "replace")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profile(chromium: Browser, server: Server) -> BrowserContext:
    """A browser profile for all tests of this worker.

    Its first page stays open, and with it Streamlit's scripts stay compiled: in a profile of its
    own a test takes twice as long to open a page.
    """
    context = chromium.new_context(viewport=_DESKTOP)
    context.new_page().goto(f"{server.address}/_stcore/health")
    return context


@pytest.fixture
def watch(server: Server) -> Iterator[Callable[[Page], Screen]]:
    """Make screens of pages. None may see an error, or talk to another host."""
    screens: list[Screen] = []
    logged_before = len(server.log.read_bytes())

    def screen_of(page: Page) -> Screen:
        screens.append(Screen(page, server.address))
        return screens[-1]

    yield screen_of
    faults = [fault for screen in screens for fault in _faults(screen)]
    for screen in screens:
        screen.page.close()
    log = server.log.read_bytes()[logged_before:].decode("utf-8", "replace")
    assert not faults
    assert "Traceback" not in log, log


def _faults(screen: Screen) -> list[str]:
    exceptions = screen.page.locator("[data-testid=stException]").all_inner_texts()
    return [*exceptions, *screen.errors, *(f"asked {url}" for url in screen.foreign)]


@pytest.fixture
def screen(watch: Callable[[Page], Screen], profile: BrowserContext, server: Server) -> Screen:
    """A page in the worker's profile, emptied of all that an earlier test left."""
    page = profile.new_page()
    profile.clear_cookies()
    profile.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": server.address, "storageTypes": "all"}
    )
    return watch(page)


@pytest.fixture
def new_screen(watch: Callable[[Page], Screen], chromium: Browser) -> NewScreen:
    """Open another browser profile, as on another machine."""

    def open_profile(**options: Any) -> Screen:
        return watch(chromium.new_context(**{"viewport": _DESKTOP, **options}).new_page())

    return open_profile
