"""How much one visitor may ask of a server that many share."""

import asyncio
import re
from collections.abc import Callable
from time import monotonic

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

A_SECOND = 5
"""Messages of one connection, each of which runs a page. Nobody clicks as often for long."""

AT_ONCE = 30
"""Messages that may come faster than that, until the others wait their turn."""

MOST_WIDGETS = 1_000
"""Widgets of a message. The fullest page has a tenth of them."""

FILES = 3
"""Uploaded files that are kept for a session. A page reads a file when it comes."""

_SAID_BY_PAGES = frozenset(
    {
        "rerun_script",
        "stop_script",
        "app_heartbeat",
        "file_urls_request",
        "backend_operation_request",
    }
)
"""Streamlit listens to more: anybody may empty the caches that all share."""

_TOO_BIG = 1009
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")


class CalmSockets:
    """Reads a connection no faster than a person acts, and nothing that a page does not say.

    What comes too fast stays where it is: the server stops to read, and the sender has to wait.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        pace = Pace(A_SECOND, AT_ONCE)

        async def receive_calmly() -> Message:
            while True:
                message = await receive()
                said = _read(message.get("bytes"))
                if said is None:
                    return message
                if len(said.rerun_script.widget_states.widgets) > MOST_WIDGETS:
                    await send({"type": "websocket.close", "code": _TOO_BIG})
                    return {"type": "websocket.disconnect", "code": _TOO_BIG}
                await asyncio.sleep(pace.wait())
                if said.WhichOneof("type") in _SAID_BY_PAGES:
                    return message

        await self._app(scope, receive_calmly, send)


class Pace:
    """Lets pass so many a second, and so many at once after a rest.

    >>> now = 0.0
    >>> pace = Pace(a_second=2, at_once=3, clock=lambda: now)
    >>> [pace.wait() for _ in range(5)]
    [0.0, 0.0, 0.0, 0.5, 1.0]
    >>> now = 2.0
    >>> pace.wait()
    0.0
    """

    def __init__(
        self, a_second: float, at_once: int, clock: Callable[[], float] = monotonic
    ) -> None:
        self._gap, self._credit = 1 / a_second, at_once / a_second
        self._clock = clock
        self._due = clock() - self._credit

    def wait(self) -> float:
        """The seconds until the next one may pass."""
        now = self._clock()
        self._due = max(self._due, now - self._credit) + self._gap
        return max(0.0, self._due - now)


def _read(data: bytes | None) -> BackMsg | None:
    """What a browser says; None for what is no such message. Streamlit ends that connection."""
    try:
        return None if data is None else BackMsg.FromString(data)
    except DecodeError:
        return None


class LastUploads:
    """Keeps of a session's uploads the last few: whoever sends many fills nobody's memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
        if scope["type"] == "http" and (upload := _UPLOAD.search(scope["path"])):
            forget_early_uploads(upload[1])


def forget_early_uploads(session: str) -> None:
    """Take from the server all files of a session but the last ones."""
    files = Runtime.instance().uploaded_file_mgr
    if isinstance(files, MemoryUploadedFileManager) and session in files.file_storage:
        for early in list(files.file_storage[session])[:-FILES]:
            files.remove_file(session, early)
