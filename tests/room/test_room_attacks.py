"""What someone may send who means harm: it is refused in a sentence, or kept as plain text."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from room_seen import seen

from lib.room import Keys, Phase, RoomError, Standing
from lib.room.codes import new_secret
from lib.room.database import Database
from lib.room.plain import plain

TEXTS = [
    "",
    " ",
    "'; DROP TABLE rooms; --",
    "' OR '1'='1",
    "%' UNION SELECT key_digest FROM rooms --",
    ":code",
    "%(code)s",
    "\x00",
    "a\x00b",
    "\ud800",
    "\U0010ffff\ufffe",
    "\u202edlrow\u2066",
    "<script>alert(1)</script>",
    "x" * 1_000_000,
    "٣" * 6,
    "ＡＢＣＤＥＦ",
    "ß" * 6,
    "🂡" * 300,
]
NUMBERS = [0, -1, 2, 201, 2**31, 2**63, 10**40]


@pytest.fixture
def device(store: Database, keys: Keys) -> str:
    """Of a room in which a question is open and a free question waits."""
    device = store.join(keys.code, "Ada", now=0.0)
    store.ask(keys.code, keys.key, "?", seen=seen(store, keys.code), now=0.0)
    store.answer(keys.code, device, round=1, vote=1, said="up", now=0.0)
    store.remark(keys.code, device, "Why?", now=0.0)
    return device


def refused_or_not(attempt: Callable[[], object]) -> object:
    try:
        return attempt()
    except RoomError as error:
        return error


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
def test_any_text_anywhere(store: Database, keys: Keys, device: str, text: str) -> None:
    code, key = keys.code, keys.key
    as_code: list[Callable[[], object]] = [
        lambda: store.join(text, "", now=1.0),
        lambda: store.answer(text, device, round=1, vote=1, said="up", now=1.0),
        lambda: store.ask(text, key, "?", seen=seen(store, text), now=1.0),
        lambda: store.turn(text, key, Phase.CLOSED, seen=seen(store, text), now=1.0),
        lambda: store.vote_again(text, key, seen=seen(store, text), now=1.0),
        lambda: store.lock(text, key, locked=True, now=1.0),
        lambda: store.end(text, key, now=1.0),
        lambda: store.remark(text, device, "Why?", now=1.0),
        lambda: store.settle(text, key, 1, Standing.THROUGH, seen=Standing.WAITING, now=1.0),
        lambda: store.dismiss_all(text, key, 1, now=1.0),
    ]
    as_key: list[Callable[[], object]] = [
        lambda: store.ask(code, text, "?", seen=seen(store, code), now=1.0),
        lambda: store.turn(code, text, Phase.CLOSED, seen=seen(store, code), now=1.0),
        lambda: store.vote_again(code, text, seen=seen(store, code), now=1.0),
        lambda: store.lock(code, text, locked=True, now=1.0),
        lambda: store.end(code, text, now=1.0),
        lambda: store.settle(code, text, 1, Standing.THROUGH, seen=Standing.WAITING, now=1.0),
        lambda: store.dismiss_all(code, text, 1, now=1.0),
    ]
    as_device: list[Callable[[], object]] = [
        lambda: store.answer(code, text, round=1, vote=1, said="down", now=1.0),
        lambda: store.remark(code, text, "Why?", now=1.0),
    ]
    before = _state(store, keys)
    for attempt in (*as_code, *as_key, *as_device):
        assert isinstance(refused_or_not(attempt), RoomError)
    assert store.room(text, now=1.0) is None
    assert not store.is_instructor(text, key)
    assert not store.is_instructor(code, text)
    assert store.nickname(text, device) is None
    assert store.nickname(code, text) is None
    assert store.said(text, device, round=1) == store.said(code, text, round=1) == {}
    assert not store.answers(text, round=1)
    assert not store.rounds(text)
    assert not store.remarks(text)
    assert store.address(text) is None
    assert _state(store, keys) == before

    refused_or_not(lambda: store.shorten(text, now=1.0))
    refused_or_not(lambda: store.shorten("/" + text, now=1.0))
    joined = refused_or_not(lambda: store.join(code, text, now=1.0))
    if isinstance(joined, str):
        assert store.nickname(code, joined) == plain(text)
    kept = refused_or_not(lambda: store.answer(code, device, round=1, vote=1, said=text, now=1.0))
    assert store.said(code, device, round=1) == {1: "up" if kept else text}
    kept = refused_or_not(lambda: store.remark(code, device, text, now=1.0))
    assert [remark.text for remark in store.remarks(code)] == ["Why?"] + [plain(text)] * (not kept)
    kept = refused_or_not(lambda: store.ask(code, key, text, seen=seen(store, code), now=1.0))
    assert [round.asked for round in store.rounds(code)] == ["?"] + [text] * (not kept)


@pytest.mark.parametrize("number", NUMBERS)
def test_any_number_anywhere(store: Database, keys: Keys, device: str, number: int) -> None:
    before = _state(store, keys)
    for attempt in (
        lambda: store.answer(keys.code, device, round=number, vote=1, said="down", now=1.0),
        lambda: store.answer(keys.code, device, round=1, vote=number, said="down", now=1.0),
        lambda: store.settle(
            keys.code, keys.key, number, Standing.THROUGH, seen=Standing.WAITING, now=1.0
        ),
    ):
        assert isinstance(refused_or_not(attempt), RoomError)
    assert not store.answers(keys.code, round=number)
    assert store.said(keys.code, device, round=number) == {}
    assert _state(store, keys) == before


def test_a_learner_does_nothing_that_is_the_instructors(
    store: Database, keys: Keys, device: str
) -> None:
    """Not with the device's token, and not with the key of a room that is the learner's own."""
    own = store.open_room(now=0.0)
    before = _state(store, keys)
    for key in (device, own.key, keys.code, keys.key.swapcase(), keys.key + " "):
        for attempt in (
            lambda key=key: store.ask(keys.code, key, "?", seen=seen(store, keys.code), now=1.0),
            lambda key=key: store.turn(
                keys.code, key, Phase.REVEALED, seen=seen(store, keys.code), now=1.0
            ),
            lambda key=key: store.vote_again(keys.code, key, seen=seen(store, keys.code), now=1.0),
            lambda key=key: store.lock(keys.code, key, locked=True, now=1.0),
            lambda key=key: store.end(keys.code, key, now=1.0),
            lambda key=key: store.take_out(keys.code, key, now=1.0),
            lambda key=key: store.settle(
                keys.code, key, 1, Standing.DISMISSED, seen=Standing.WAITING, now=1.0
            ),
        ):
            with pytest.raises(RoomError, match="Only the instructor of this class"):
                attempt()
    assert _state(store, keys) == before


def test_only_who_has_joined_this_class_answers(store: Database, keys: Keys, device: str) -> None:
    other = store.open_room(now=0.0)
    elsewhere = store.join(other.code, "", now=0.0)
    for stranger in (elsewhere, new_secret(), device.swapcase(), device[:-1], device + " "):
        with pytest.raises(RoomError, match="not in the class yet"):
            store.answer(keys.code, stranger, round=1, vote=1, said="down", now=1.0)
        with pytest.raises(RoomError, match="not in the class yet"):
            store.remark(keys.code, stranger, "Why?", now=1.0)
        assert store.nickname(keys.code, stranger) is None
    assert [answer.said for answer in store.answers(keys.code, round=1)] == ["up"]


def test_a_class_sees_nothing_of_another(store: Database, keys: Keys, device: str) -> None:
    other = store.open_room(now=0.0)
    store.ask(other.code, other.key, "Another", seen=seen(store, other.code), now=0.0)
    assert store.answers(other.code, round=1) == []
    assert store.said(other.code, device, round=1) == {}
    assert store.remarks(other.code) == []
    store.end(other.code, other.key, now=1.0)
    room = store.room(keys.code, now=1.0)
    assert room is not None
    assert not room.is_ended


def test_neither_key_nor_token_is_in_what_a_room_shows(
    store: Database, keys: Keys, device: str
) -> None:
    shown = repr((store.room(keys.code, now=1.0), store.rounds(keys.code)))
    shown += repr(store.remarks(keys.code))
    assert keys.key not in shown
    assert device not in shown


def test_the_key_is_not_in_the_database(store: Database, keys: Keys) -> None:
    with store._transactions.reading() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM rooms").all()
    assert keys.code in row
    assert keys.key not in repr(row)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Ada \n Lovelace ", "Ada Lovelace"),
        ("Ada\x00\x1b[31m", "Ada[31m"),
        ("\u202eadA\u202c", "adA"),
        ("\u2066A\u2069\u200bda", "Ada"),
        ("A\u2028d\u2029a", "A d a"),
        ("\ud800Ada", "Ada"),
        ("e\u0301", "é"),
        ("<b>*Ada*</b>", "<b>*Ada*</b>"),
        ("\u200b \u202e", ""),
        ("\u2800\u3164 \u00ad\uffa0\u115f", ""),
        ("\U000e0041\U000e0042\U000e007f", ""),
        ("\u200d\ufe0f \u0301\u200c", ""),
        ("Why\u2800not\u00ad?\U000e0041", "Why not?"),
        ("e" + "\u0301" * 50 + "h", "é" + "\u0301" * 3 + "h"),
        ("x" + "\u0489\u200d" * 50, "x\u0489\u200d\u0489"),
        ("Ch\u1ec7 \u05e9\u05b8\u05c1\u05bc", "Ch\u1ec7 \u05e9\u05b8\u05bc\u05c1"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
    ],
)
def test_plain_text(typed: str, read: str) -> None:
    assert plain(typed) == read


@given(st.text(st.characters() | st.sampled_from("a\u0301\u200d\u2800\u3164\u00ad\U000e0041 ")))
def test_plain_text_is_a_line_that_stays_as_it_is(typed: str) -> None:
    once = plain(typed)
    assert plain(once) == once
    assert once == once.strip()
    assert not re.search("[\u0300-\u036f\u200d]{4}", once)
    assert not set(once) & set("\u2800\u3164\u00ad\U000e0041\n\x00")
    assert not once or {unicodedata.category(sign) for sign in once} - {"Mn", "Me", "Cf", "Zs"}


def _state(store: Database, keys: Keys) -> tuple[object, ...]:
    return (
        store.room(keys.code, now=1.0),
        store.rounds(keys.code),
        store.answers(keys.code, round=1),
        store.remarks(keys.code),
    )
