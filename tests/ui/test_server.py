"""What is answered before Streamlit answers."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from lib.ui.server import MIDDLEWARE


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/", lambda _request: HTMLResponse("home")),
        Route("/methods", lambda _request: HTMLResponse("a lesson")),
        Route("/file", lambda _request: PlainTextResponse("a file")),
    ]
    return TestClient(Starlette(routes=routes, middleware=MIDDLEWARE))


def test_a_lesson_announces_the_script_that_draws_figures(client: TestClient) -> None:
    link = client.get("/methods").headers["link"]
    assert link.startswith("<static/js/PlotlyChart.")
    assert link.endswith("; rel=modulepreload")


@pytest.mark.parametrize("path", ["/", "/file"])
def test_what_shows_no_figure_announces_none(client: TestClient, path: str) -> None:
    assert "link" not in client.get(path).headers


def test_an_address_below_a_page_leads_to_the_page(client: TestClient) -> None:
    answer = client.get("/methods/x?a=1", headers={"accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "../methods?a=1")
