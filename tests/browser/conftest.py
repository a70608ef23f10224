"""One server and one Chromium for each worker; each test starts with nothing remembered."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser_screen import NewScreen, Screen, forget, lasting_profile, launch
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
    new_profile: Callable[..., BrowserContext],  # Asked for so that they are given back last.
) -> Iterator[Callable[[Page], Screen]]:
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
    forget(profile, server.address)
    return watch(profile.new_page())


Idle = dict[str, list[BrowserContext]]


@pytest.fixture(scope="session")
def idle() -> Idle:
    """Profiles that no test uses at present, by the server and the options that they are for."""
    return defaultdict(list)


@pytest.fixture
def new_profile(
    chromium: Browser, server: Server, idle: Idle
) -> Iterator[Callable[..., BrowserContext]]:
    """Open other browser profiles, as on other machines; what they hold goes with the test."""
    lent: list[tuple[str, BrowserContext]] = []

    def open_profile(**options: Any) -> BrowserContext:
        kind = f"{server.address} {options}"
        if not idle[kind]:
            idle[kind].append(lasting_profile(chromium, server.address, **options))
        lent.append((kind, idle[kind].pop()))
        return lent[-1][1]

    yield open_profile
    for kind, profile in lent:
        forget(profile, server.address)
        idle[kind].append(profile)


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
