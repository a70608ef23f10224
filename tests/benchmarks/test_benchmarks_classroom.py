"""The class against its goals, made small: five learners, whom the database is asked about."""

import asyncio
from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks import classroom
from benchmarks.device import key_in
from lib.room.database import Database

LEARNERS = 5


@pytest.mark.play
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="of Linux alone")
def test_what_is_printed_is_what_the_database_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    monkeypatch.setenv("HONEST_HEATMAPS_DATABASE", address)
    monkeypatch.setattr(classroom, "IDLE", 3.0)
    monkeypatch.setattr(classroom, "WARM", 0.0)
    database = Database(address)
    opened: list[str] = []
    open_room = classroom.Class.open

    async def noted(self: classroom.Class) -> None:
        await open_room(self)
        opened.append(self.code)

    monkeypatch.setattr(classroom.Class, "open", noted)
    options = Namespace(learners=LEARNERS, seconds=3.0, seed=0)
    lines = asyncio.run(classroom.one_server(options, database, tmp_path / "log"))
    database.close()

    # Both votes, from a connection of its own
    again = Database(address)
    (code,) = opened
    answers = again.answers(code, round=1)
    room = again.room(code, now=answers[0].at)
    again.close()
    for vote in (1, 2):
        assert len({answer.device for answer in answers if answer.vote == vote}) == LEARNERS
    assert len(answers) == 2 * LEARNERS
    assert room is not None
    assert room.joined == LEARNERS

    measured = [(line.what.strip(), line.measured) for line in lines]
    assert measured.count(("in the database", f"{LEARNERS} of {LEARNERS}")) == 2
    assert measured.count(("counted by the instructor's page", str(LEARNERS))) == 2
    assert measured.count(("lost", "0")) == measured.count(("counted twice", "0")) == 2
    assert ("answers lost by then", "0") in measured
    assert not [each for what, each in measured if what == "failed"]


def test_a_widget_bears_its_key_in_its_name() -> None:
    assert key_in("$$ID-0f3a-class-K7M4QX-1-2") == "class-K7M4QX-1-2"
    assert key_in("$$ID-0f3a-None") == "None"
    assert key_in("a figure") == ""
