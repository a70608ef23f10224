"""How much one visitor may ask of a server."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from lib.ui import limits
from lib.ui.limits import AT_ONCE, MOST_WIDGETS, CalmSockets, LastUploads

SESSION = "a-session"
SCOPE = {"type": "websocket", "path": "/_stcore/stream", "headers": [], "query_string": b""}


def rerun(widgets: int = 0) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = "step=mask"
    for number in range(widgets):
        message.rerun_script.widget_states.widgets.add(id=str(number))
    return message.SerializeToString()


class Talk:
    """A connection by which a browser says all this at once, and then leaves."""

    def __init__(self, said: Sequence[bytes]) -> None:
        self._said = [
            {"type": "websocket.connect"},
            *({"type": "websocket.receive", "bytes": each} for each in said),
            {"type": "websocket.disconnect", "code": 1000},
        ]
        self.heard: list[bytes] = []
        self.answers: list[Any] = []
        asyncio.run(CalmSockets(self._app)(SCOPE, self._receive, self._send))  # type: ignore[arg-type]

    @property
    def closed_with(self) -> int | None:
        codes = [each["code"] for each in self.answers if each["type"] == "websocket.close"]
        return codes[0] if codes else None

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        async for data in socket.iter_bytes():
            self.heard.append(data)

    async def _receive(self) -> Any:
        return self._said.pop(0)

    async def _send(self, message: Any) -> None:
        self.answers.append(message)


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was waited for; nobody waits, and the clock stands."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    class Still(limits.Pace):
        def __init__(self, a_second: float, at_once: int) -> None:
            super().__init__(a_second, at_once, lambda: 0.0)

    monkeypatch.setattr(limits, "Pace", Still)
    monkeypatch.setattr(limits.asyncio, "sleep", note)
    return pauses


def test_a_learner_who_clicks_fast_waits_for_nothing(waited: list[float]) -> None:
    said = [rerun()] * AT_ONCE
    assert Talk(said).heard == said
    assert max(waited) == pytest.approx(0, abs=1e-9)


def test_a_flood_waits_for_its_turn(waited: list[float]) -> None:
    """Nothing is lost: what comes too fast is read a fifth of a second after the one before."""
    said = [rerun()] * (AT_ONCE + 3)
    assert Talk(said).heard == said
    assert waited[-3:] == pytest.approx([0.2, 0.4, 0.6])


@pytest.mark.parametrize("what", ["clear_cache", "set_run_on_save", "load_git_info"])
def test_what_no_page_says_is_not_heard(what: str) -> None:
    """Streamlit would empty for everybody what has been computed."""
    talk = Talk([BackMsg(**{what: True}).SerializeToString(), rerun()])
    assert talk.heard == [rerun()]
    assert talk.closed_with is None


def test_what_is_not_heard_counts(waited: list[float]) -> None:
    Talk([BackMsg(clear_cache=True).SerializeToString()] * (AT_ONCE + 1))
    assert waited[-1] > 0


def test_a_message_of_very_many_widgets_ends_the_connection() -> None:
    most = rerun(MOST_WIDGETS)
    talk = Talk([most, rerun(MOST_WIDGETS + 1), rerun()])
    assert talk.heard == [most]
    assert talk.closed_with == 1009


def test_what_is_no_message_is_left_to_streamlit() -> None:
    assert Talk([b"\xff\xff"]).heard == [b"\xff\xff"]


def upload(storage: MemoryUploadedFileManager, file: str, app: Any) -> None:
    scope = {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/{SESSION}/{file}"}

    async def put(*_: Any) -> None:
        storage.add_file(SESSION, UploadedFileRec(file, f"{file}.csv", "text/csv", b"a,b"))

    async def nothing(*_: Any) -> Any:
        return None

    asyncio.run(app(put)(scope, nothing, nothing))


def kept(app: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of sixty uploads of a session are there in the end."""
    storage = MemoryUploadedFileManager("/_stcore/upload_file")
    runtime = type("Runtime", (), {"uploaded_file_mgr": storage})()
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)
    for number in range(60):
        upload(storage, f"file-{number}", app)
    return list(storage.file_storage[SESSION])


def test_of_sixty_uploads_the_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept(LastUploads, monkeypatch) == ["file-57", "file-58", "file-59"]
    assert len(kept(lambda app: app, monkeypatch)) == 60
