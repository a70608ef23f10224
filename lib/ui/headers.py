"""What a browser is told not to do with a page, whatever finds its way into it."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .host import listed

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SafeHeaders:
    """Adds headers that bind the browser.

    The policy for content is sent where the host has named its `hosts`. Elsewhere somebody else may
    stand between the app and its learners: Streamlit's Community Cloud shows it in a frame of its
    own, and what it puts into the page cannot be known here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._policy = content_policy(listed("embedded_by")) if listed("hosts") else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def bind(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                if self._policy and "text/html" in headers.get("content-type", ""):
                    headers["content-security-policy"] = self._policy
            await send(message)

        await self._app(scope, receive, bind if scope["type"] == "http" else send)


def content_policy(embedded_by: tuple[str, ...] = ()) -> str:
    """What a page may load, and who may show it in a frame: its own host, and those `embedded_by`.

    Streamlit imports the scripts of components from blobs, and its Graphviz is WebAssembly. Styles
    are written into the page by Streamlit and by Plotly; some pictures and a font travel in it.
    """
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {' '.join(_inline_scripts())}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(("'self'", *embedded_by)),
    }
    return "; ".join(f"{name} {sources}".strip() for name, sources in rules.items())


def _inline_scripts() -> tuple[str, ...]:
    """The hashes of those scripts that Streamlit writes into its page: no others run there."""
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    return tuple(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
