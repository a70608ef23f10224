"""What a learner's page does when it asks for news."""

import pytest

from lib.room import Phase, Room, Round
from lib.ui.room import polling

ROUND = Round(number=1, asked="Which way?", vote=1, phase=Phase.OPEN, at=0.0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(polling.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a page was drawn anew, in a room in which nothing else happens."""
    drawn: list[str] = []
    monkeypatch.setattr(polling.st, "session_state", {})
    monkeypatch.setattr(polling.st, "rerun", lambda: drawn.append("drawn"))
    monkeypatch.setattr(polling, "look", lambda _code: room())
    monkeypatch.setattr(polling, "_is_answered_elsewhere", lambda _code: False)
    return drawn


def room() -> Room:
    return Room(
        code="7ZWN3G",
        opened=0.0,
        ends=1.0,
        version=3,
        is_locked=False,
        is_ended=False,
        joined=1,
        ticket="",
        round=ROUND,
    )


def draw(said: str | None) -> None:
    polling.forget_said()
    polling.note_said("a device", ROUND, said)


def test_what_was_confirmed_is_drawn_once_more(draws: list[str], clock: list[float]) -> None:
    draw(None)
    polling.rerun_on_news(room())
    assert draws == []
    draw("1")
    polling.rerun_on_news(room())  # As the page is drawn: it may not be on the screen yet
    assert draws == []
    for _ in range(3):
        clock[0] += 3.0
        polling.rerun_on_news(room())
        draw("1")
    assert draws == ["drawn"]
    draw("2")
    clock[0] += 3.0
    polling.rerun_on_news(room())
    assert draws == ["drawn", "drawn"]
