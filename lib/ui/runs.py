"""Runs of a page where many look on at once, or a server starts anew: none is lost.

All of it changes what Streamlit 1.67 keeps to itself; the tests say whether a newer one needs it.
"""

from functools import cache
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, websocket_session_manager
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent


class HeardOut(AppSession):
    """A session that hears its page out, and sends all of what a run drew.

    A run draws in a thread, and the server's loop passes on what it drew. The busier the server,
    the later. A fragment that is asked for meanwhile begins a run of its own, and Streamlit then
    drops whatever the last one has still under way: the browser waits in vain for what was drawn,
    such as the answer to a click.

    A page that outlived its server speaks to the new one through a fragment, which that has never
    drawn. Streamlit ignores it: the page would be told nothing until somebody clicks.
    """

    _ended: ScriptRunner | None = None
    _has_begun = False

    def request_rerun(self, client_state: ClientState | None) -> None:
        if client_state is not None and client_state.fragment_id and not self._has_begun:
            whole = ClientState()
            whole.CopyFrom(client_state)
            whole.ClearField("fragment_id")
            client_state = whole
        super().request_rerun(client_state)

    def _create_scriptrunner(self, initial_rerun_data: RerunData) -> None:
        self._has_begun = True
        # One that was told to make room for a whole page is not there any more.
        if self._scriptrunner is not None:
            self._ended = self._scriptrunner
            # What it drew stands before this in the queue of the loop.
            self._event_loop.call_soon(self._forget_ended)
        super()._create_scriptrunner(initial_rerun_data)

    def _forget_ended(self) -> None:
        self._ended = None

    def _handle_scriptrunner_event_on_event_loop(
        self, sender: ScriptRunner | None, event: ScriptRunnerEvent, *told: Any
    ) -> None:
        present = self._scriptrunner
        # That it has shut down is no matter of the one that runs now.
        if sender is self._ended is not None and event is not ScriptRunnerEvent.SHUTDOWN:
            self._scriptrunner = sender
        try:
            super()._handle_scriptrunner_event_on_event_loop(sender, event, *told)
        finally:
            if sender is self._ended is not None:
                self._scriptrunner = present


def hear_runs_out() -> None:
    """Let all sessions of this server be such. Before the first one comes."""
    websocket_session_manager.AppSession = HeardOut  # type: ignore[attr-defined]


def read_themes_once() -> None:
    """Have each run say the themes as they were read by the first.

    Streamlit reads them anew for every run, if only of a fragment that has nothing to draw: where
    two hundred pages ask for news, a fifth of all that the server does.
    """
    populate = app_session._populate_theme_msg

    @cache
    def theme(section: str) -> CustomThemeConfig:
        read = CustomThemeConfig()
        populate(read, section)
        return read

    def populate_from_first(msg: CustomThemeConfig, section: str = "theme") -> None:
        # What is empty stays absent.
        if theme(section).ByteSize():
            msg.MergeFrom(theme(section))

    app_session._populate_theme_msg = populate_from_first
