"""What a browser keeps of rooms: whatever else stands there, its own rooms are found again."""

import math
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.ui.room import keyring
from lib.ui.room.keyring import Entry

OURS = {"key": "k", "device": "d", "until": 1_800_000_000}
CODES = st.sampled_from(["BCDFGH", "234567", "bcdfgh", "", "__proto__"]) | st.text()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=3,
)
NEARLY = st.fixed_dictionaries({}, optional=dict.fromkeys(("key", "device", "until"), JSON))


def heard(kept: Any) -> dict[str, Any]:
    """The session, once its browser has said this."""
    return said({"kept": kept})


def said(state: Any) -> dict[str, Any]:
    """The session, once this is the state of its component."""
    session: dict[str, Any] = {"room-keys": state}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keyring, "st", SimpleNamespace(session_state=session))
        patched.setattr(keyring, "session_name", lambda: "this")
        keyring.listen()
    return session


# How fast a busy machine draws an example says nothing about what is tested.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(CODES, JSON | NEARLY, max_size=4))
def test_what_cannot_be_read_keeps_no_other_room_away(rooms: dict[str, Any]) -> None:
    told = {**rooms, "K7M4QX": OURS}
    session = heard({"session": "this", "rooms": told, "blocked": False})
    ring = session["room-keyring"]
    assert session["room-keys-heard"] is True
    assert ring["K7M4QX"] == Entry(key="k", device="d", until=1_800_000_000.0)
    for code, entry in ring.items():
        assert set(code) <= set("23456789BCDFGHJKMNPQRSTVWXYZ")
        assert len(code) == 6
        assert type(entry.key) is type(entry.device) is str
        assert math.isfinite(entry.until)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_what_is_no_answer_is_not_heard(kept: Any) -> None:
    assert "room-keys-heard" not in heard(kept)


@pytest.mark.parametrize("state", [True, 5, 0.5, "kept", [], ["kept"], None, {}])
def test_what_is_no_state_of_a_component_is_not_heard(state: object) -> None:
    assert said(state) == {"room-keys": state}


@pytest.mark.parametrize("told", [None, 5, "", "b" * 31, "b" * 33, "ü" * 32, ["b"] * 32])
def test_a_secret_that_is_none_is_not_the_browsers(told: object) -> None:
    kept = {"session": "this", "rooms": {}, "blocked": False}
    assert "room-keyring-browser" not in heard({**kept, "browser": told})
    assert heard({**kept, "browser": "b" * 32})["room-keyring-browser"] == "b" * 32


@pytest.mark.parametrize("device", [5, None, [], {"x": 1}])
def test_what_can_be_read_of_a_room_counts(device: object) -> None:
    told = {"K7M4QX": {"key": "k", "device": device, "until": 9e12}}
    session = heard({"session": "this", "rooms": told, "blocked": False})
    assert session["room-keyring"] == {"K7M4QX": Entry(key="k", until=9e12)}


@pytest.mark.parametrize("until", ["9e12", None, float("inf"), float("nan"), 10**400, True, [1]])
def test_a_room_without_an_end_is_left_out(until: object) -> None:
    told = {"K7M4QX": {"key": "k", "until": until}}
    assert heard({"session": "this", "rooms": told, "blocked": False})["room-keyring"] == {}
