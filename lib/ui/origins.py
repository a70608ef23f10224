"""Who may talk to the server: pages of its own."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from .host import listed

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""What every machine calls itself."""


class OwnHosts:
    """Refuses what is asked under another name than the host's, or by another site's page.

    Streamlit lets both in or, for a page that it does not know, first asks the net for the server's
    own address, while everybody waits. It does nothing where the host has not named its `hosts`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._hosts = frozenset(name.lower() for name in listed("hosts"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._hosts or scope["type"] == "lifespan" or self._is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = PlainTextResponse("This server does not answer that site.", 403)
            await refusal(scope, receive, send)

    def _is_own(self, headers: Headers) -> bool:
        host = headers.get("host", "")
        origin = headers.get("origin")
        if origin is not None and _after_scheme(origin) != host:
            return False
        return _name(host) in self._hosts | LOOPBACK


def _after_scheme(origin: str) -> str:
    return origin.partition("://")[2]


def _name(host: str) -> str | None:
    """The host without its port; None where that cannot be read."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
