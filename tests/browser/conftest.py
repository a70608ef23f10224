"""One server and one Chromium for each worker; each test starts with nothing remembered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from browser_screen import DESKTOP, NewScreen, Screen, lasting_profile, launch
from browser_server import Server, running_server
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lib.ui.failing import FAILURE

_WAITED = ["Waited in vain", "TimeoutError", "Locator expected"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waited in vain is tried once more: a busy machine may miss a click.

    What was seen and is wrong is not, and the summary names what was tried twice.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=_WAITED))


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
    """A browser profile for all tests of this worker."""
    return lasting_profile(chromium, server.address)


@pytest.fixture
def watch(
    server: Server,
    new_profile: Callable[..., BrowserContext],  # Asked for so that they close last.
) -> Iterator[Callable[[Page], Screen]]:
    with _watching(server) as screen_of:
        yield screen_of


@contextmanager
def _watching(server: Server) -> Iterator[Callable[[Page], Screen]]:
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
    failures = screen.page.get_by_text(FAILURE).all_inner_texts()
    return [*exceptions, *failures, *screen.errors, *(f"asked {url}" for url in screen.foreign)]


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
def new_profile(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open other browser profiles, as on other machines; what they hold goes with the test."""
    profiles: list[BrowserContext] = []

    def open_profile(**options: Any) -> BrowserContext:
        profiles.append(chromium.new_context(**{"viewport": DESKTOP, **options}))
        return profiles[-1]

    yield open_profile
    for profile in profiles:
        profile.close()


@pytest.fixture
def new_screen(
    new_profile: Callable[..., BrowserContext], watch: Callable[[Page], Screen]
) -> NewScreen:
    """Open a page in a profile of its own."""
    return lambda **options: watch(new_profile(**options).new_page())


@pytest.fixture(scope="session")
def workshop_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("workshop") / "server.log"
    with running_server(log, "tests/browser/workshop_app.py") as running:
        yield running


@pytest.fixture(scope="session")
def workshop_profile(chromium: Browser, workshop_server: Server) -> BrowserContext:
    return lasting_profile(chromium, workshop_server.address)


@pytest.fixture
def open_workshop(
    workshop_server: Server, new_profile: Callable[..., BrowserContext]
) -> Iterator[Callable[..., Screen]]:
    """Open a step of the lesson that exists for its controls."""
    with _watching(workshop_server) as screen_of:

        def open_step(step: str, **options: Any) -> Screen:
            screen = screen_of(new_profile(**options).new_page())
            screen.open(f"/?step={step}")
            return screen

        yield open_step
