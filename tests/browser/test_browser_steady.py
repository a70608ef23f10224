"""What a learner is about to set stays where it is while a page fills up."""

import pytest
from browser_gate import first_in_gate
from browser_screen import Screen
from playwright.sync_api import WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

pytestmark = pytest.mark.browser


class Places:
    """Where each run of the server puts the widgets of a page, read from its messages."""

    def __init__(self, screen: Screen) -> None:
        self.runs: list[dict[str, tuple[int, ...]]] = []
        screen.page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._note)

    def _note(self, data: bytes | str) -> None:
        assert isinstance(data, bytes)
        message = ForwardMsg.FromString(data)
        match message.WhichOneof("type"):
            case "new_session":
                self.runs.append({})
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                widget = getattr(element, element.WhichOneof("type"))
                if getattr(widget, "id", ""):
                    self.runs[-1][widget.id] = tuple(message.metadata.delta_path)


@pytest.mark.parametrize(
    "path",
    first_in_gate(
        ["methods?step=one_outlier&said=skip", "five_steps?step=mask", "five_steps?step=quiz"]
    ),
)
def test_what_comes_and_goes_moves_no_widget(screen: Screen, path: str) -> None:
    """A browser that moves a widget forgets for a moment which parameter it is bound to."""
    places = Places(screen)
    screen.open(f"/{path}")
    # A server's very first run may be given up for the frame before it draws anything.
    first, *later = filter(None, places.runs)
    assert later
    shared = [widget for widget in first if all(widget in run for run in later)]
    assert len(shared) >= 3
    assert {widget: [run[widget] for run in later] for widget in shared} == {
        widget: [first[widget]] * len(later) for widget in shared
    }
