"""A double click turns once, and what comes to stand under it is not pressed unread."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from lib.ui import pressing


class Hand:
    """Buttons of one session, pressed at times that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.heard: list[str] = []

    def draw(self, turn: str, place: str = "desk") -> Callable[[], None]:
        return pressing.once(place, turn, lambda: self.heard.append(turn))


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand()
    session: dict[str, Any] = {}
    monkeypatch.setattr(pressing, "MOMENT", 0.8)
    monkeypatch.setattr(pressing, "st", SimpleNamespace(session_state=session))
    monkeypatch.setattr(pressing, "time", SimpleNamespace(monotonic=lambda: hand.now))
    return hand


def test_a_button_is_heard_as_soon_as_the_page_is_there(hand: Hand) -> None:
    hand.draw("close")()
    assert hand.heard == ["close"]


@pytest.mark.parametrize("between", [0.0, 0.25, 0.5, 0.75])
def test_a_double_click_presses_once(hand: Hand, between: float) -> None:
    close = hand.draw("close")
    close()
    hand.now = between
    close()
    assert hand.heard == ["close"]


@pytest.mark.parametrize("between", [0.0, 0.25, 0.5, 0.75])
def test_what_came_under_the_second_click_is_not_pressed(hand: Hand, between: float) -> None:
    hand.draw("close")()
    hand.now = between
    show = hand.draw("show")
    show()
    assert hand.heard == ["close"]
    hand.now = between + 0.8
    show()
    assert hand.heard == ["close", "show"]


def test_what_another_desk_brought_under_the_hand_is_not_pressed(hand: Hand) -> None:
    hand.draw("close")
    hand.now = 60.0
    show = hand.draw("show")
    hand.now = 60.5
    show()
    assert hand.heard == []
    # To draw the same anew holds nothing up.
    hand.now = 60.7
    show = hand.draw("show")
    hand.now = 60.9
    show()
    assert hand.heard == ["show"]


def test_places_do_not_hold_each_other_up(hand: Hand) -> None:
    hand.draw("close")()
    hand.draw("dismiss", "inbox")()
    assert hand.heard == ["close", "dismiss"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_was_refused_or_cut_short_is_heard_again(
    hand: Hand, error: type[BaseException]
) -> None:
    """Streamlit ends a callback that it begins anew by what is no Exception."""
    errors = [error]

    def act() -> None:
        if errors:
            raise errors.pop()
        hand.heard.append("close")

    close = pressing.once("desk", "close", act)
    with pytest.raises(error):
        close()
    close()
    assert hand.heard == ["close"]
