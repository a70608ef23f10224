"""Short addresses: where they lead, and where they do not."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import config
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lib.room.database import Database
from lib.ui.room import database
from lib.ui.server import MIDDLEWARE

Open = Callable[..., AppTest]

HOST = "https://heatmaps.example"
APP = Starlette(
    routes=[Route("/methods", lambda _request: HTMLResponse("a lesson"))], middleware=MIDDLEWARE
)
KEPT = "/methods?step=one_row&said=0.5&one_row-row=a%26b"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    kept = Database("sqlite://")
    monkeypatch.setattr(database, "the_store", lambda: kept)
    yield kept
    kept.close()


def answer(path: str, method: str = "GET") -> tuple[int, Headers]:
    """Status and headers of what is answered to whoever asks for a path."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(b"accept", b"text/html")],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    return sent[0]["status"], Headers(raw=sent[0]["headers"])


def led_to(path: str) -> str:
    """Where a browser goes that asks for a path and is led on."""
    status, headers = answer(path)
    assert status == 302
    return urljoin(HOST + path, headers["location"])


def test_a_short_address_leads_to_what_is_kept(store: Database) -> None:
    name = store.shorten(KEPT, now=1.0)
    assert led_to(f"/s/{name}") == HOST + KEPT
    assert led_to(f"/s/{name}/") == HOST + KEPT
    assert led_to(f"/s/{name.lower()}") == HOST + KEPT


def test_it_leads_on_below_the_path_that_the_host_has_given_the_app(store: Database) -> None:
    name = store.shorten(KEPT, now=1.0)
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "course")
    try:
        assert led_to(f"/course/s/{name}") == f"{HOST}/course{KEPT}"
    finally:
        config.set_option("server.baseUrlPath", before)


@pytest.mark.parametrize("name", ["XXXXXXX", "x", "%00", "'; DROP TABLE addresses; --", "ä" * 40])
def test_what_is_not_kept_leads_home(store: Database, name: str) -> None:
    assert led_to(f"/s/{name}") == f"{HOST}/?short=unknown"


def test_a_database_that_does_not_answer_leads_home(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def address(self, _short: str) -> str:
            raise OSError("The disk is gone.")

    monkeypatch.setattr(database, "the_store", Broken)
    assert led_to("/s/K7M3XQP") == f"{HOST}/?short=later"


@pytest.mark.parametrize(
    "kept",
    ["//evil.example/x", "/\\evil.example", "https://evil.example", "/\r\nset-cookie: a=b", "///"],
)
def test_whatever_a_database_holds_leads_to_this_host(
    monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    """As if somebody had written it there past the store."""

    class Written:
        def address(self, _short: str) -> str:
            return kept

    monkeypatch.setattr(database, "the_store", Written)
    status, headers = answer("/s/K7M3XQP")
    assert status == 302
    assert "set-cookie" not in headers
    # A browser takes a backslash for a slash.
    place = urljoin(f"{HOST}/s/K7M3XQP", headers["location"].replace("\\", "/"))
    assert urlsplit(place).netloc == urlsplit(HOST).netloc


@pytest.mark.parametrize("path", ["/s", "/s/", "/methods/s/K7M3XQP", "/s/K7M3XQP/x", "/sK7M3XQP"])
def test_no_other_address_is_looked_up(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    asked: list[str] = []
    monkeypatch.setattr(database, "the_store", lambda: asked.append(path))
    answer(path)
    assert asked == []


def test_who_posts_is_not_led_on(store: Database) -> None:
    _, headers = answer(f"/s/{store.shorten(KEPT, now=1.0)}", "POST")
    assert "methods" not in headers.get("location", "")


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("unknown", ["Nothing is kept under this short address."]),
        ("later", ["Short addresses cannot be looked up just now."]),
        ("<b>", []),
    ],
)
def test_home_says_once_why_a_short_address_led_there(
    open_app: Open, why: str, said: list[str]
) -> None:
    app = open_app("home", short=why)
    assert [info.value[: info.value.index(".") + 1] for info in app.info] == said
    app.run()
    assert not failures(app)
    assert not app.info
