"""One server and one Chromium for each worker, a fresh profile for each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser_screen import Screen, launch
from browser_server import Server, running_server
from playwright.sync_api import Browser, expect, sync_playwright

NewScreen = Callable[..., Screen]

expect.set_options(timeout=30_000)


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


@pytest.fixture
def new_screen(server: Server, chromium: Browser) -> Iterator[NewScreen]:
    """Open another browser profile. None may see an error or talk to another host."""
    screens: list[Screen] = []
    already_logged = len(server.log.read_bytes())

    def open_profile(**options: Any) -> Screen:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        screens.append(Screen(context.new_page(), server.address))
        return screens[-1]

    yield open_profile
    failures = [fault for screen in screens for fault in _faults(screen)]
    for screen in screens:
        screen.page.context.close()
    log = server.log.read_bytes()[already_logged:].decode("utf-8", "replace")
    assert not failures
    assert "Traceback" not in log, log


@pytest.fixture
def screen(new_screen: NewScreen) -> Screen:
    return new_screen()


def _faults(screen: Screen) -> list[str]:
    exceptions = screen.page.locator("[data-testid=stException]").all_inner_texts()
    return [*exceptions, *screen.errors, *(f"asked {url}" for url in screen.foreign)]
