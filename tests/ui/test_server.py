"""What is answered before Streamlit answers."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from lib.ui.server import MIDDLEWARE

APP = Starlette(
    routes=[
        Route("/", lambda _request: HTMLResponse("home")),
        Route("/methods", lambda _request: HTMLResponse("a lesson")),
        Route("/file", lambda _request: PlainTextResponse("a file")),
    ],
    middleware=MIDDLEWARE,
)


def answer(path: str, query: str = "") -> tuple[int, Headers]:
    """Status and headers of what a browser is answered that asks for a page."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept", b"text/html")],
    }

    async def receive() -> dict[str, str]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    return sent[0]["status"], Headers(raw=sent[0]["headers"])


def test_a_lesson_announces_the_script_that_draws_figures() -> None:
    status, headers = answer("/methods")
    assert status == 200
    assert headers["link"].startswith("<static/js/PlotlyChart.")
    assert headers["link"].endswith("; rel=modulepreload")


@pytest.mark.parametrize("path", ["/", "/file"])
def test_what_shows_no_figure_announces_none(path: str) -> None:
    status, headers = answer(path)
    assert status == 200
    assert "link" not in headers


def test_an_address_below_a_page_leads_to_the_page() -> None:
    status, headers = answer("/methods/x", "a=1")
    assert (status, headers["location"]) == (302, "../methods?a=1")
