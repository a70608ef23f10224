"""What a run of a page has drawn reaches its browser, whatever begins after its end."""

from typing import Any

from streamlit.runtime import websocket_session_manager
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent


class HeardOut(AppSession):
    """A session that sends all of what a run drew, where a fragment is asked for just after it.

    A run draws in a thread, and the server's loop passes on what it drew. The busier the server,
    the later. A fragment that is asked for meanwhile begins a run of its own, and Streamlit then
    drops whatever the last one has still under way: the browser waits in vain for what was drawn,
    such as the answer to a click.
    """

    _ended: ScriptRunner | None = None

    def _create_scriptrunner(self, initial_rerun_data: RerunData) -> None:
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
