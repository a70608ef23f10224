"""What is answered before Streamlit answers, and what the server shares with whom it serves."""

import os
from functools import cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option

from .failing import note_failure
from .headers import SafeHeaders
from .limits import CalmSockets, LastUploads
from .origins import OwnHosts
from .short import lost, place_of, short_name

_STREAMLITS_OWN = ("_stcore", "app", "component", "media", "static")


class OneSegment:
    """Leads from an address below a page to the page.

    Streamlit answers /methods/x with a page that looks for its own files in /methods, and so stays
    blank.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._app
        if scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", ""):
            page = page_above(scope["path"], get_option("server.baseUrlPath"))
            if page is not None:
                query = scope["query_string"].decode("latin-1")
                answer = RedirectResponse(f"{page}?{query}" if query else page, 302)
        await answer(scope, receive, send)


def page_above(path: str, base: str = "") -> str | None:
    """The page that an address lies below, as seen from it; None for one that is a page's own.

    >>> page_above("/methods/x"), page_above("/course/methods/x/y", base="course")
    ('../methods', '../../methods')
    >>> page_above("/methods"), page_above("/app/static/favicon.png")
    (None, None)
    """
    segments = [part for part in path.split("/") if part]
    inner = segments[1:] if base.strip("/") and segments[:1] == [base.strip("/")] else segments
    if len(inner) < 2 or inner[0] in _STREAMLITS_OWN:
        return None
    return "../" * (len(inner) - 1 + path.endswith("/")) + inner[0]


class EarlyPlotly:
    """Has the browser fetch what draws figures with the page itself, and not after it.

    Home has no figure.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].strip("/") == get_option(
            "server.baseUrlPath"
        ).strip("/"):
            await self._app(scope, receive, send)
            return

        async def announce(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "text/html" in headers.get("content-type", ""):
                    for script in _plotly_scripts():
                        headers.append("link", f"<static/js/{script}>; rel=modulepreload")
            await send(message)

        await self._app(scope, receive, announce)


class ShortAddress:
    """Leads from a short address to the one that is kept under its name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._app
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            path = scope["path"]
            name = short_name(path, get_option("server.baseUrlPath"))
            if name is not None:
                kept = await run_in_threadpool(_kept_under, name)
                answer = RedirectResponse(place_of(kept, path), 302)
        await answer(scope, receive, send)


def _kept_under(name: str) -> str:
    from .room.database import the_store

    try:
        return the_store().address(name) or lost("unknown")
    except Exception as error:  # Whatever the database does: the next time it may answer
        note_failure(error, "short address")
        return lost("later")


@cache
def _plotly_scripts() -> tuple[str, ...]:
    """Streamlit's own scripts for figures; a release that calls them otherwise has none."""
    folder = Path(streamlit.__file__).with_name("static") / "static" / "js"
    return tuple(sorted(script.name for script in folder.glob("PlotlyChart.*.js")))


MIDDLEWARE = [
    Middleware(SafeHeaders),
    Middleware(OwnHosts),
    Middleware(CalmSockets),
    Middleware(LastUploads),
    Middleware(ShortAddress),
    Middleware(OneSegment),
    Middleware(EarlyPlotly),
]


def share_the_processor() -> None:
    """Let each session compute in one thread, unless the environment says otherwise.

    Sessions are threads already. Those that BLAS and OpenMP start beside them wait for each other
    by keeping the processors busy. They read this when they are loaded: before numpy is imported.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
