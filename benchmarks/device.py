"""A browser that stays on a page: it polls as the page tells it to, and comes back when it is lost.

A visitor waits for the end of each run. A device takes what comes, whenever it comes: others move
the class in which it is.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from random import Random
from time import perf_counter
from types import TracebackType
from typing import Any, NamedTuple, Self

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.visitor import PATIENCE, nothing_stored, rerun, stream, widget_state

FIRST_WAIT, LONGEST_WAIT = 0.5, 4.0
"""Seconds at most until Streamlit's page tries to connect again, the first time and later on."""
DRAWS = 0.1
"""Seconds that a browser takes to draw what it was sent."""


class _Shown(NamedTuple):
    """An element, the run that drew it, and the fragment that it belongs to ("" for none)."""

    element: Element
    run: str
    fragment: str


class Device:
    """One browser on one page: `async with Device(address, "class", query) as device`.

    address  of the server
    page     the page's name; `query` what stands behind it, which the page may change
    random   when it comes back after it was lost
    noticed  is told each text as it arrives

    As a browser does, it sends the states of all its widgets with every message, and keeps rooms'
    keys in a storage that outlives the connection.
    """

    def __init__(
        self,
        address: str,
        page: str,
        query: str = "",
        *,
        random: Random,
        noticed: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._address, self._page, self.query = address, page, query
        self._random, self._noticed = random, noticed
        self.rooms: dict[str, dict[str, Any]] = {}
        self.polls = self.connections = 0
        self._page_hash = ""
        self._answers = 0
        self._failure: Exception | None = None
        self._states: dict[str, WidgetState] = {}
        self._run = ""
        self._shown: dict[tuple[int, ...], _Shown] = {}
        self._polling: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Condition()
        self._socket: ClientConnection
        self._life: asyncio.Task[None] | None = None
        self._answering: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._life = asyncio.create_task(self._live())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._forget_screen()
        if self._life is not None:  # It may never have come
            self._life.cancel()
            with suppress(asyncio.CancelledError):
                await self._life

    # What is on its screen

    @property
    def texts(self) -> Iterator[str]:
        return filter(None, map(_text, self._elements()))

    def shows(self, words: str) -> bool:
        return any(words in text for text in self.texts)

    def widget(self, key: str) -> Any:
        """What is shown of the widget with this key; None where there is none."""
        found = self._find(key)
        return found and _inner(found.element)

    @property
    def is_settled(self) -> bool:
        """Whether the page is there, and knows what its browser keeps."""
        elements = list(self._elements())
        return bool(elements) and not any(map(_asks, elements))

    async def until(self, is_so: Callable[[], object]) -> float:
        """Wait until something is so; the seconds that it took.

        TimeoutError where it takes too long, and whatever error the page shows.
        """
        start = perf_counter()
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: self._failure or is_so())
        if self._failure:
            raise self._failure
        return perf_counter() - start

    # What is done to it

    async def press(self, key: str) -> None:
        """Press a button, as soon as it is there."""
        await self.until(lambda: self._find(key))
        found = self._find(key)
        assert found
        await self._say(found.fragment, [widget_state("button", _identity(found.element), True)])

    async def choose(self, key: str, value: str) -> None:
        """Choose what a radio or a box offers; what is chosen already is not chosen again."""
        await self.until(lambda: self._find(key))
        found = self._find(key)
        assert found
        kind = found.element.WhichOneof("type")
        state = widget_state(str(kind), _identity(found.element), value)
        if self._states.get(state.id) != state:
            self._states[state.id] = state
            await self._say(found.fragment)

    # The connection

    async def _live(self) -> None:
        tries = 0
        while True:
            with suppress(OSError, ConnectionClosed, InvalidHandshake, TimeoutError):
                async with stream(self._address) as self._socket:
                    tries = 0
                    self.connections += 1
                    await self._say()
                    async for data in self._socket:
                        assert isinstance(data, bytes)
                        await self._take(ForwardMsg.FromString(data))
            self._forget_screen()
            most = min(LONGEST_WAIT, FIRST_WAIT * 2**tries)
            await asyncio.sleep(self._random.uniform(most / 2, most))
            tries += 1

    async def _say(
        self, fragment: str = "", also: Sequence[WidgetState] = (), *, is_poll: bool = False
    ) -> None:
        """Have the page drawn anew, or one fragment of it; nobody hears it while there is none."""
        message = rerun(self._page, self._page_hash, self.query, [*self._states.values(), *also])
        script = message.rerun_script
        script.fragment_id, script.is_auto_rerun = fragment, is_poll
        script.context_info.url = f"{self._address}/{self._page}"
        with suppress(ConnectionClosed):
            await self._socket.send(message.SerializeToString())

    async def _poll(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            self.polls += 1
            await self._say(fragment, is_poll=True)

    # What comes

    async def _take(self, answer: ForwardMsg) -> None:
        async with self._news:
            try:
                self._note(answer)
            except Exception as error:
                self._failure = error
            self._news.notify_all()

    def _note(self, answer: ForwardMsg) -> None:
        match answer.WhichOneof("type"):
            case "new_session":
                self._page_hash = answer.new_session.page_script_hash
                self._run = answer.metadata.run.script_run_id
                if not answer.metadata.run.fragment_ids:
                    self._stop_polling(list(self._polling))
            case "navigation":
                self._page_hash = answer.navigation.page_script_hash
            case "page_info_changed":
                self.query = answer.page_info_changed.query_string
            case "page_not_found":
                raise RuntimeError(f"There is no page {self._page}.")
            case "stop_auto_rerun":
                self._stop_polling(answer.stop_auto_rerun.fragment_ids)
            case "auto_rerun":
                self._begin_polling(answer.auto_rerun.fragment_id, answer.auto_rerun.interval)
            case "delta" if answer.delta.WhichOneof("type") == "new_element":
                self._show(answer)
            case "script_finished" if answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._finish(answer)

    def _show(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError("The page shows an error; the server's log says which.")
        path, fragment = tuple(answer.metadata.delta_path), answer.delta.fragment_id
        self._shown[path] = _Shown(element, self._run, fragment)
        if element.WhichOneof("type") == "bidi_component":
            self._hear(element, fragment)
        if text := _text(element):
            self._noticed(text)

    def _finish(self, answer: ForwardMsg) -> None:
        """Take away what the run did not draw again."""
        run = answer.metadata.run
        self._shown = {
            path: shown
            for path, shown in self._shown.items()
            if shown.run == run.script_run_id
            or (run.fragment_ids and shown.fragment not in run.fragment_ids)
        }
        there = set(map(_identity, self._elements()))
        self._states = {name: state for name, state in self._states.items() if name in there}

    def _hear(self, element: Element, fragment: str) -> None:
        """Keep what a component gives the browser to keep, and answer soon what it asks."""
        component = element.bidi_component
        asked = json.loads(component.json or "{}")
        if component.component_name.endswith("room_keys"):
            for code, entry in asked["entries"].items():
                self.rooms.setdefault(code, {}).update(entry)
        if _asks(element):
            self._answering = asyncio.create_task(self._answer(element, fragment))

    async def _answer(self, element: Element, fragment: str) -> None:
        await asyncio.sleep(DRAWS)
        component = element.bidi_component
        if component.component_name.endswith("room_keys"):
            state = self._keys(component.id, json.loads(component.json)["session"])
        else:
            state = nothing_stored(component.id, component.json)
        self._states[state.id] = state
        await self._say(fragment)

    def _keys(self, identity: str, session: str) -> WidgetState:
        self._answers += 1
        told = {"session": session, "number": self._answers, "rooms": self.rooms, "blocked": False}
        return WidgetState(id=identity, json_value=json.dumps({"kept": told}))

    def _begin_polling(self, fragment: str, seconds: float) -> None:
        if fragment not in self._polling:
            self._polling[fragment] = asyncio.create_task(self._poll(fragment, seconds))

    def _stop_polling(self, fragments: Sequence[str]) -> None:
        for fragment in fragments:
            if task := self._polling.pop(fragment, None):
                task.cancel()

    def _forget_screen(self) -> None:
        """So that what is shown was sent by the server that is there."""
        self._stop_polling(list(self._polling))
        self._shown.clear()

    def _elements(self) -> Iterator[Element]:
        return (shown.element for shown in self._shown.values())

    def _find(self, key: str) -> _Shown | None:
        shown = self._shown.values()
        return next((each for each in shown if key_in(_identity(each.element)) == key), None)


def _asks(element: Element) -> bool:
    """Whether this is a component that waits for what its browser keeps."""
    if element.WhichOneof("type") != "bidi_component":
        return False
    component = element.bidi_component
    if component.component_name.endswith("room_keys"):
        return not json.loads(component.json)["heard"]
    if component.component_name.endswith("browser_storage"):
        return json.loads(component.json)["text"] is None
    return False


def key_in(identity: str) -> str:
    """The key that a widget has in the app, by its name on the wire; "" where it has none.

    >>> key_in("$$ID-0f3a-class-join-now"), key_in("")
    ('class-join-now', '')
    """
    return identity.split("-", 2)[2] if identity.startswith("$$ID-") else ""


def _inner(element: Element) -> Any:
    kind = element.WhichOneof("type")
    return kind and getattr(element, kind)


def _identity(element: Element) -> str:
    return str(getattr(_inner(element), "id", ""))


def _text(element: Element) -> str:
    return str(getattr(_inner(element), "body", ""))
