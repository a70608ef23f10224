"""Who may talk to the server, and what its answers bind a browser to."""

import asyncio
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from lib.ui.headers import SafeHeaders
from lib.ui.origins import OwnHosts

OWN = "learn.example.org"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOSTS", "EMBEDDED_BY"):
        monkeypatch.delenv(f"HONEST_HEATMAPS_{name}", raising=False)


@pytest.fixture
def own_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HONEST_HEATMAPS_HOSTS", f"{OWN} other.example.org")


def answers(app: Any, kind: str = "http", **headers: str) -> list[Any]:
    """What is sent to who asks with these headers."""
    sent: list[Any] = []
    scope = {
        "type": kind,
        "method": "GET",
        "path": "/methods",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Any:
        return {"type": f"{kind}.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


async def streamlits(scope: Any, receive: Any, send: Any) -> None:
    """Lets everybody in."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await PlainTextResponse("let in")(scope, receive, send)


def is_let_in(kind: str, host: str | None, origin: str | None) -> bool:
    given = {"host": host, "origin": origin}
    first, *_ = answers(OwnHosts(streamlits), kind, **{k: v for k, v in given.items() if v})
    if kind == "websocket":
        return first == {"type": "websocket.accept"}
    return first["status"] == 200


ASKED = [
    (OWN, f"https://{OWN}", True),
    (OWN, None, True),  # No browser, or an address that was typed
    (f"{OWN}:8443", f"https://{OWN}:8443", True),
    (OWN.upper(), None, True),
    ("other.example.org", "https://other.example.org", True),
    ("127.0.0.1:8501", None, True),  # A probe on the same machine
    (OWN, "https://evil.example", False),
    (OWN, "https://other.example.org", False),
    (OWN, f"https://{OWN}.evil.example", False),
    (OWN, f"https://{OWN}:8443", False),
    (OWN, "http://localhost:3000", False),
    (OWN, "null", False),
    (OWN, "", True),  # Sent as none at all
    ("evil.example", None, False),  # A name of somebody else's that leads to this server
    ("evil.example", "https://evil.example", False),
    (f"evil.example@{OWN}", f"https://{OWN}", False),
    ("[::1", None, False),
    (None, None, False),
]


@pytest.mark.usefixtures("own_hosts")
@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(("host", "origin", "expected"), ASKED)
def test_only_own_pages_are_answered(
    kind: str, host: str | None, origin: str | None, expected: bool
) -> None:
    assert is_let_in(kind, host, origin) is expected


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_who_names_no_hosts_leaves_it_to_streamlit(kind: str) -> None:
    assert is_let_in(kind, "whatever.example", "https://evil.example")


def headers(response: Response) -> Headers:
    return Headers(raw=answers(SafeHeaders(response), "http")[0]["headers"])


def policy() -> dict[str, list[str]]:
    """What a page is allowed, by the name of the rule."""
    sent = headers(HTMLResponse("a page"))["content-security-policy"]
    return {name: sources for name, *sources in (rule.split() for rule in sent.split(";"))}


@pytest.mark.parametrize("response", [HTMLResponse("a page"), PlainTextResponse("a file")])
def test_what_binds_every_answer_is_always_there(response: Response) -> None:
    sent = headers(response)
    assert sent["x-content-type-options"] == "nosniff"
    assert sent["referrer-policy"] == "same-origin"
    assert "camera=()" in sent["permissions-policy"]
    assert "content-security-policy" not in sent


@pytest.mark.usefixtures("own_hosts")
def test_a_page_loads_nothing_from_elsewhere() -> None:
    rules = policy()
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == rules["frame-src"] == ["'none'"]
    sources = {source for allowed in rules.values() for source in allowed}
    assert not [source for source in sources if "." in source or "*" in source]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert "content-security-policy" not in headers(PlainTextResponse("a file"))


@pytest.mark.usefixtures("own_hosts")
def test_streamlits_own_script_in_its_page_may_run() -> None:
    """Whatever a release writes there: between the tags, to the letter."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    inline = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    assert inline
    assert page.count(b"<script") == len(inline) + page.count(b'<script type="module" crossorigin')
    for script in inline:
        digest = b64encode(sha256(script).digest()).decode()
        assert f"'sha256-{digest}'" in policy()["script-src"]


@pytest.mark.usefixtures("own_hosts")
def test_nobody_else_shows_a_page_in_a_frame_unless_the_host_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert policy()["frame-ancestors"] == ["'self'"]
    monkeypatch.setenv("HONEST_HEATMAPS_EMBEDDED_BY", "https://moodle.example.org https://a.org")
    allowed = ["'self'", "https://moodle.example.org", "https://a.org"]
    assert policy()["frame-ancestors"] == allowed
