"""A browser without a screen: what it and Streamlit's server say to each other on a websocket."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from http.cookies import SimpleCookie
from time import perf_counter
from types import TracebackType
from typing import Any, Self
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, FileURLsRequest
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from lib.ui.failing import FAILURE

PATIENCE = 60.0
"""Seconds that a run may take."""

ROOM, HEIGHT = 1044, 720
"""The pixels that a page has in a window of 1280 x 720, beside the sidebar."""

_FIELDS = {
    "slider": "double_array_value",
    "number_input": "double_value",
    "checkbox": "bool_value",
    "selectbox": "string_value",
    "text_area": "string_value",
    "button_group": "string_array_value",
    "multiselect": "string_array_value",
    "radio": "string_value",
    "button": "trigger_value",
}
"""Where each widget that is moved here carries its value."""


class Visitor:
    """One session with a server: `async with Visitor(address) as visitor`.

    A move sends what a browser sends, the state of the widget that was moved: a new address alone
    changes no widget that is on the screen already. Nothing is drawn and nothing is kept: asked
    what it remembers, it answers as a browser that comes for the first time.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._opening = stream(address)
        self._page = self._query = self._page_hash = self._session = ""
        self._uploader = ""
        self._widgets: dict[str, tuple[str, str]] = {}
        self._question: tuple[str, str] | None = None
        self._asking = ""
        self._socket: ClientConnection

    async def __aenter__(self) -> Self:
        self._socket = await self._opening
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def open(self, page: str, query: str) -> float:
        """Go to an address; the seconds until all of the page was there."""
        if page != self._page:
            self._page, self._page_hash = page, ""
        self._query = query
        self._widgets.clear()
        seconds = await self._run([])
        if self._question:
            await self._run([nothing_stored(*self._question)], self._asking)
        return seconds

    async def move(self, shown: Mapping[str, Any]) -> float:
        """Let widgets show something else, by their names in the address; the seconds it took.

        KeyError for a widget that is not on the screen.
        """
        return await self._run(
            widget_state(*self._widgets[name], value) for name, value in shown.items()
        )

    async def upload(self, name: str, data: bytes) -> float:
        """Give a file to the page's uploader; the seconds until all of its page was there.

        The file is on the server by then: sending it is not among the seconds.
        """
        request = FileURLsRequest(request_id=name, file_names=[name], session_id=self._session)
        await self._socket.send(BackMsg(file_urls_request=request).SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "file_urls_response":
            answer = ForwardMsg.FromString(await self._next())
        urls = answer.file_urls_response.file_urls[0]
        await asyncio.to_thread(put_file, self._address, urls.upload_url, name, data)
        return await self._run([file_state(self._uploader, name, len(data), urls)])

    async def _run(self, states: Iterable[WidgetState], fragment: str = "") -> float:
        message = rerun(self._page, self._page_hash, self._query, states)
        message.rerun_script.fragment_id = fragment
        start = perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._ends(ForwardMsg.FromString(await self._next())):
                pass
        return perf_counter() - start

    async def _next(self) -> bytes:
        answer = await self._socket.recv()
        assert isinstance(answer, bytes)
        return answer

    def _ends(self, answer: ForwardMsg) -> bool:
        """Take note of an answer; whether it is the last of its run."""
        match answer.WhichOneof("type"):
            case "new_session":
                self._page_hash = answer.new_session.page_script_hash
                self._session = answer.new_session.initialize.session_id or self._session
            case "navigation":
                self._page_hash = answer.navigation.page_script_hash
            case "delta":
                self._note(answer.delta.new_element, answer.delta.fragment_id)
            case "page_not_found":
                raise RuntimeError(f"There is no page {self._page}.")
            case "script_finished":
                # Else it was stopped early, to begin again at once.
                return answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _note(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind is None:
            return
        shown: Any = getattr(element, kind)
        if kind == "exception":
            raise RuntimeError("The page shows an error; the server's log says which.")
        if kind == "alert" and FAILURE in shown.body:
            raise RuntimeError(shown.body)
        if kind == "file_uploader":
            self._uploader = shown.id
        # Other boxes for text, such as that for a note, are bound to nothing.
        if kind in _FIELDS and getattr(shown, "query_param_key", ""):
            self._widgets[shown.query_param_key] = kind, shown.id
        if kind == "bidi_component" and shown.component_name.endswith("browser_storage"):
            is_open = json.loads(shown.json)["text"] is None
            self._question = (shown.id, shown.json) if is_open else None
            self._asking = fragment


def stream(address: str) -> connect:
    """The websocket between a browser and the server at this address, to be entered."""
    return connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        ping_interval=None,
        open_timeout=PATIENCE,
    )


def rerun(page: str, page_hash: str, query: str, states: Iterable[WidgetState]) -> BackMsg:
    """What a browser sends to have a page drawn, by its hash, or by its name as long as that is "".

    >>> rerun("lab", "", "a=1", []).rerun_script.page_name
    'lab'
    """
    message = BackMsg()
    script = message.rerun_script
    script.query_string, script.page_script_hash = query, page_hash
    if not page_hash:
        script.page_name = page
    script.widget_states.widgets.extend(states)
    return message


def widget_state(kind: str, identity: str, value: Any) -> WidgetState:
    """What a browser sends of a widget that shows `value`.

    >>> widget_state("slider", "id", 3).double_array_value.data
    [3.0]
    >>> widget_state("text_area", "id", "r.head(3)").string_value
    'r.head(3)'
    >>> widget_state("checkbox", "id", True).bool_value
    True
    """
    state = WidgetState(id=identity)
    field = _FIELDS[kind]
    if field.endswith("array_value"):
        getattr(state, field).data.extend(value if isinstance(value, list) else [value])
    else:
        setattr(state, field, value)
    return state


def file_state(identity: str, name: str, size: int, urls: FileURLs) -> WidgetState:
    """What a browser sends of an uploader that holds a file which is on the server.

    >>> state = file_state("id", "a.csv", 3, FileURLs(file_id="1"))
    >>> state.file_uploader_state_value.uploaded_file_info[0].name
    'a.csv'
    """
    state = WidgetState(id=identity)
    state.file_uploader_state_value.uploaded_file_info.add(
        name=name, size=size, file_id=urls.file_id, file_urls=urls
    )
    return state


_BOUNDARY = "end-of-part"


def put_file(address: str, url: str, name: str, data: bytes) -> None:
    """Send a file as a browser's form does, with the token that shows whose it is."""
    with urlopen(f"{address}/_stcore/health") as answer:
        token = next(iter(SimpleCookie(answer.headers["Set-Cookie"]).values()))
    head = f'Content-Disposition: form-data; name="{name}"; filename="{name}"'
    body = f"--{_BOUNDARY}\r\n{head}\r\n\r\n".encode() + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
        "Cookie": f"{token.key}={token.value}",
        "X-Xsrftoken": token.value,
    }
    with urlopen(Request(f"{address}{url}", body, headers, method="PUT")):
        pass


def nothing_stored(identity: str, question: str) -> WidgetState:
    """What a browser answers that is asked for the first time what it remembers.

    >>> json.loads(nothing_stored("id", '{"session": "a", "text": null}').json_value)["stored"]
    {'session': 'a', 'number': 1, 'text': '', 'unread': '', 'room': 1044, 'height': 720}
    """
    session = json.loads(question)["session"]
    answer = {"session": session, "number": 1, "text": "", "unread": ""}
    stored = answer | {"room": ROOM, "height": HEIGHT}
    return WidgetState(id=identity, json_value=json.dumps({"stored": stored}))
