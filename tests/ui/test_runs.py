"""What a run has drawn reaches the browser, though another run begins before it was passed on."""

import asyncio
from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, websocket_session_manager
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner import RerunData, ScriptRunnerEvent
from streamlit.runtime.scriptrunner.script_cache import ScriptCache

from lib.ui.runs import HeardOut, hear_runs_out, read_themes_once

_PLACES = count()


class Runner:
    """A run: `draw` says something, as a script does in its thread."""

    def __init__(self, *, initial_rerun_data: RerunData, **_: Any) -> None:
        self.is_over = False
        self.asked = initial_rerun_data
        self._hear: Callable[..., None]
        self.on_event = SimpleNamespace(connect=self._connect)

    def _connect(self, hear: Callable[..., None]) -> None:
        self._hear = hear

    def start(self) -> None:
        """Nothing is drawn until the test says so."""

    def request_rerun(self, _data: RerunData) -> bool:
        return not self.is_over

    def request_stop(self) -> None:
        self.is_over = True

    def draw(self, text: str) -> None:
        message = ForwardMsg()
        message.delta.new_element.markdown.body = text
        message.metadata.delta_path[:] = [next(_PLACES)]
        self._hear(self, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, forward_msg=message)

    def end(self) -> None:
        self.is_over = True
        self._hear(self, ScriptRunnerEvent.SHUTDOWN)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What a browser gets of a session in which this happens."""
    monkeypatch.setattr(app_session, "ScriptRunner", Runner)

    def sent_by(
        kind: type[AppSession], happens: Callable[[Any], None], *, knows_fragments: bool = True
    ) -> list[str]:
        async def happen() -> list[str]:
            files = MemoryUploadedFileManager("/files")
            session = kind(ScriptData("app.py", False), files, ScriptCache(), None, {})
            monkeypatch.setattr(session, "has_fragment", lambda _: knows_fragments)
            happens(session)
            await asyncio.sleep(0)
            messages = session.flush_browser_queue()
            return [each.delta.new_element.markdown.body for each in messages]

        return list(filter(None, asyncio.run(happen())))

    return sent_by


def ask(session: Any, fragment: str) -> Any:
    """A browser asks for a fragment, or with "" for the whole page; the run that is under way."""
    session.request_rerun(ClientState(fragment_id=fragment))
    return session._scriptrunner


def answer_and_ask(session: Any) -> None:
    first = ask(session, "")
    first.draw("the answer")
    first.end()
    ask(session, "a poll").draw("a count")


def test_what_was_drawn_is_sent_though_a_fragment_is_asked_for(sent: Any) -> None:
    assert sent(HeardOut, answer_and_ask) == ["the answer", "a count"]


def test_streamlit_itself_drops_it(sent: Any) -> None:
    """Once it does not, `lib.ui.runs` has nothing to do any more."""
    assert sent(AppSession, answer_and_ask) == ["a count"]


def test_a_run_that_made_room_is_not_heard(sent: Any) -> None:
    def happens(session: Any) -> None:
        first = ask(session, "")
        first.draw("an old page")
        ask(session, "").draw("a new page")

    assert sent(HeardOut, happens) == ["a new page"]


def test_what_comes_after_the_next_run_has_begun_is_not_heard(sent: Any) -> None:
    def happens(session: Any) -> None:
        first = ask(session, "")
        first.end()
        second = ask(session, "a poll")
        first.draw("too late")
        second.draw("a count")
        session._event_loop.call_soon(lambda: second.draw("more"))

    assert sent(HeardOut, happens) == ["a count"]


def test_a_page_that_outlived_its_server_is_drawn_whole(sent: Any) -> None:
    def happens(session: Any) -> None:
        run = ask(session, "what the browser keeps")
        assert run.asked.fragment_id is None
        run.draw("a whole page")
        # What this server has drawn and taken away again is ignored as ever.
        assert ask(session, "a dialog") is run

    assert sent(HeardOut, happens, knows_fragments=False) == ["a whole page"]


def test_streamlit_itself_tells_it_nothing(sent: Any) -> None:
    def happens(session: Any) -> None:
        assert ask(session, "what the browser keeps") is None

    assert sent(AppSession, happens, knows_fragments=False) == []


def test_sessions_of_the_server_are_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket_session_manager, "AppSession", AppSession)
    hear_runs_out()
    assert websocket_session_manager.AppSession is HeardOut


def test_themes_are_said_as_streamlit_says_them(monkeypatch: pytest.MonkeyPatch) -> None:
    sections = ("theme", "theme.light", "theme.dark.sidebar")
    theirs = [said_of(section) for section in sections]
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    read_themes_once()
    assert [said_of(section) for section in sections] == theirs
    assert theirs[0].base_radius
    monkeypatch.setattr(app_session.config, "get_options_for_section", None)
    assert [said_of(section) for section in sections] == theirs


def said_of(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message, section)
    return message
