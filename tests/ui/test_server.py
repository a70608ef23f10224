"""What is answered before Streamlit answers."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
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


# As the server imports the app, and then what computes.
THREADS = """
import json, sys
import streamlit_app
loaded = "numpy" in sys.modules
import numpy, scipy.linalg
from threadpoolctl import threadpool_info
print(json.dumps([loaded, sorted({pool["num_threads"] for pool in threadpool_info()})]))
"""


@pytest.mark.parametrize(("asked", "threads"), [(None, 1), ("2", 2)])
def test_the_server_computes_in_one_thread_unless_it_is_told_otherwise(asked, threads):
    own = {name: value for name, value in os.environ.items() if "_NUM_THREADS" not in name}
    environment = own if asked is None else own | {"OMP_NUM_THREADS": asked}
    said = subprocess.run(
        [sys.executable, "-c", THREADS],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env=environment,
    )
    assert json.loads(said.stdout) == [False, [threads]]
