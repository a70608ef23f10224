"""A desk whose buttons are pressed while a class asks for news: none is lost."""

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from browser_server import running_server

from benchmarks.classroom import Class
from benchmarks.device import Device
from lib.room.database import Database

LEARNERS, QUESTIONS = 20, 3
CLICKS = (
    ("class-close", "class-show"),
    ("class-show", "class-again"),
    ("class-again", "class-close"),
    ("class-close", "class-show"),
    ("class-show", "class-reveal"),
    ("class-reveal", "class-ask-now"),
    ("class-ask-now", "class-close"),
)
"""A button, and the one that is there once it was heard."""


@pytest.mark.play
def test_no_click_is_lost_and_every_page_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPUTE_AHEAD", "0")
    address = f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    database = Database(address)
    with running_server(tmp_path / "log", database=address) as server:
        asyncio.run(teach(server.address, database))
    database.close()


async def teach(address: str, database: Database) -> None:
    random = Random(0)

    def device() -> Device:
        return Device(address, "class", random=Random(random.random()))

    there = Class(device(), [device() for _ in range(LEARNERS)], database, random)
    async with AsyncExitStack() as leaving:
        for learner in there.learners:
            leaving.push_async_exit(learner)
        await leaving.enter_async_context(there.instructor)
        await there.open()
        await there.join()
        await there.ask()
        for _ in range(QUESTIONS):
            for button, after in CLICKS:
                await asyncio.sleep(random.uniform(0.0, 1.2))
                await there.instructor.press(button)
                await there.instructor.until(lambda after=after: there.instructor.widget(after))
                await asyncio.gather(*follow(there, is_open=after == "class-close"))


def follow(there: Class, *, is_open: bool) -> list[Awaitable[float]]:
    """Wait until each page has what can be answered, or has it no more."""
    round = there.database.rounds(there.code)[-1]
    radio = f"class-{there.code}-{round.number}-{round.vote}"
    return [
        learner.until(lambda learner=learner: bool(learner.widget(radio)) is is_open)
        for learner in there.learners
    ]
