"""Whether the probe tells a server that shows a page from one that only listens."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.server import serve

from lib.ui.failing import FAILURE
from tools import probe


def shown(**element: str) -> ForwardMsg:
    """A page's answer that draws this element."""
    message = ForwardMsg()
    for kind, words in element.items():
        setattr(
            getattr(message.delta.new_element, kind),
            "message" if kind == "exception" else "body",
            words,
        )
    return message


END = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def said_of(answers: Sequence[ForwardMsg], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What the probe returns, and prints, of a server that answers so."""

    async def answer(socket: Any) -> None:
        async for _ in socket:
            for message in answers:
                await socket.send(message.SerializeToString())

    async def look() -> int:
        async with serve(answer, "127.0.0.1", 0, subprotocols=["streamlit"]) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            return await asyncio.to_thread(probe.main, f"http://127.0.0.1:{port}")

    return asyncio.run(look()), capsys.readouterr().out


def test_a_page_that_is_shown_is_not_talked_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert said_of([shown(markdown="A step"), END], capsys) == (0, "")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (shown(alert=f"The figure cannot be shown. {FAILURE}"), FAILURE),
        (shown(exception="No usable temporary directory"), "The page shows an error"),
        (ForwardMsg(page_not_found={"page_name": "five_steps"}), "There is no page five_steps"),
    ],
    ids=["in our words", "in Streamlit's", "no page"],
)
def test_a_page_that_is_not_shown_is(
    answer: ForwardMsg, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = said_of([answer, END], capsys)
    assert status == 1
    assert "shows no page: " in said
    assert reason in said


def test_who_answers_nothing_shows_no_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The server listens: its health says ok."""
    monkeypatch.setattr(probe, "PATIENCE", 0.2)
    status, said = said_of([], capsys)
    assert status == 1
    assert "shows no page within" in said


def test_a_server_that_is_not_there_shows_no_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert probe.main("http://127.0.0.1:9") == 1
    assert "shows no page: " in capsys.readouterr().out
