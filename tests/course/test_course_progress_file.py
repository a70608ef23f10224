"""Progress comes back as it went, or is refused in one sentence; never half."""

import itertools
import json
import math
from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.course import (
    MAX_BYTES,
    Bookmarked,
    CardRecord,
    LessonRecord,
    Noted,
    Opened,
    PracticeRecord,
    Practised,
    Predicted,
    Progress,
    ProgressError,
    Raced,
    RaceRecord,
    Records,
    Reviewed,
    Slip,
    StepRecord,
    Tried,
    read_progress,
    write_progress,
)
from lib.course.progress_file import SCHEMA

TOO_LARGE = "This file is too large: the course reads and keeps at most 1 MB of progress."
NOT_JSON = "This file is not a progress file: choose the .json file that you downloaded here."
NO_VERSION = "This file is not a progress file: it does not say its version."
OTHER_COURSE = "This progress file belongs to another course."
NEWER = (
    "This progress file was written by a newer version of the course: "
    "reload this page, then load the file again."
)
DAMAGED = "This progress file is damaged: part of it cannot be read."
SENTENCES = (TOO_LARGE, NOT_JSON, NO_VERSION, OTHER_COURSE, NEWER, DAMAGED)


def full() -> Progress:
    mask = StepRecord(
        said="1",
        predicted=True,
        right=False,
        attempts=3,
        hints=1,
        solution_shown=True,
        passed=True,
        values={"k": -1, "side": "lower", "trim": True, "x": 0.5, "n": None},
        misconceptions=("zero_is_nothing",),
        opened=3.5,
        seen=9.0,
        predicted_at=5.0,
        passed_at=8.0,
        bookmarked=True,
        bookmarked_at=6.0,
        note="Mind the gaps.",
        noted_at=7.0,
    )
    return Progress(
        "demo",
        seed=4711,
        base=Records(
            ("roads", "mask"),
            {
                "roads": LessonRecord(
                    steps={"mask": mask, "read": StepRecord()},
                    quiz={"zero": (2, 0), "cells": ()},
                    answered={"zero": 9.25},
                    practice={"pairs": PracticeRecord(asked=5, right=4, row=2, at=9.5, draw=11)},
                ),
                "ponds": LessonRecord(),
            },
            slips={"zero_is_nothing": Slip(2, 5.0, (("roads", "step", "mask"),), 8.0)},
            cards={
                "zero_is_nothing": CardRecord(3, 90000.0, 2.3, 5.5, 2, 9.0, first=4.0, reviews=2)
            },
            races={"guess_r": RaceRecord(1, 70, 9.75, ((0.5, 0.4), (-0.2, 0.0)))},
            days={"1970-01-01": {"predicted": 1, "passed": 1}},
        ),
        until=10.0,
        replaced=2.0,
        events=(
            Opened(at=11.0, lesson="roads", step="read"),
            Predicted(at=12.0, lesson="roads", step="read", said="skip"),
            Tried(at=13.0, lesson="roads", step="read", values=(("columns", ("rate", "len")),)),
            Practised(at=14.0, lesson="roads", step="pairs", draw=12, said="6", right=True),
            Bookmarked(at=15.0, lesson="roads", step="read", on=True),
            Noted(at=16.0, lesson="roads", step="read", text="See\nbelow."),
            Reviewed(
                at=17.0,
                card="zero_is_nothing",
                rating=1,
                due=617.0,
                stability=0.4,
                difficulty=6.5,
                state=3,
            ),
            Raced(at=18.0, challenge="guess_r", guesses=((0.5, 0.4),), score=30),
        ),
    )


def document() -> dict[str, Any]:
    return json.loads(write_progress(full()))


def refused(text: str, sentence: str) -> None:
    """`text` is refused with this sentence, and shows nothing of what went wrong inside."""
    with pytest.raises(ProgressError) as caught:
        read_progress(text, "demo")
    error = caught.value
    assert str(error) == sentence
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


def loaded(text: str) -> Progress | None:
    """The progress, or None if it was refused in one of the known sentences."""
    try:
        return read_progress(text, "demo")
    except ProgressError as error:
        if str(error) not in SENTENCES:
            raise
        return None


# There and back


def test_the_document_is_plain_data_with_a_version():
    data = document()
    assert (data["schema"], data["course"], data["seed"]) == (2, "demo", 4711)
    assert (data["until"], data["replaced"], data["last"]) == (10.0, 2.0, ["roads", "mask"])
    assert data["lessons"]["ponds"] == {"steps": {}, "quiz": {}, "answered": {}, "practice": {}}
    assert data["lessons"]["roads"]["quiz"] == {"zero": [2, 0], "cells": []}
    assert data["lessons"]["roads"]["steps"]["mask"] == {
        "said": "1",
        "predicted": True,
        "right": False,
        "attempts": 3,
        "hints": 1,
        "solution_shown": True,
        "passed": True,
        "values": {"k": -1, "side": "lower", "trim": True, "x": 0.5, "n": None},
        "misconceptions": ["zero_is_nothing"],
        "opened": 3.5,
        "seen": 9.0,
        "predicted_at": 5.0,
        "passed_at": 8.0,
        "bookmarked": True,
        "bookmarked_at": 6.0,
        "note": "Mind the gaps.",
        "noted_at": 7.0,
    }
    assert data["lessons"]["roads"]["practice"] == {
        "pairs": {"asked": 5, "right": 4, "row": 2, "at": 9.5, "draw": 11}
    }
    assert data["slips"] == {
        "zero_is_nothing": {
            "times": 2,
            "at": 5.0,
            "places": [["roads", "step", "mask"]],
            "right_at": 8.0,
        }
    }
    assert data["cards"]["zero_is_nothing"] == {
        "rating": 3,
        "due": 90000.0,
        "stability": 2.3,
        "difficulty": 5.5,
        "state": 2,
        "at": 9.0,
        "first": 4.0,
        "reviews": 2,
    }
    assert data["races"] == {
        "guess_r": {"count": 1, "best": 70, "at": 9.75, "guesses": [[0.5, 0.4], [-0.2, 0.0]]}
    }
    assert data["days"] == {"1970-01-01": {"predicted": 1, "passed": 1}}
    assert data["events"][2] == {
        "kind": "tried",
        "at": 13.0,
        "lesson": "roads",
        "step": "read",
        "values": {"columns": ["rate", "len"]},
        "counts": True,
        "misconception": None,
    }


# As the first version of the course wrote it.
FIRST = {
    "schema": 1,
    "course": "demo",
    "seed": 4711,
    "last": ["roads", "mask"],
    "lessons": {
        "roads": {
            "steps": {
                "mask": {
                    "said": "1",
                    "predicted": True,
                    "attempts": 3,
                    "hints": 1,
                    "solution_shown": True,
                    "passed": True,
                    "values": {"k": -1, "columns": ["rate", "len"], "n": None},
                }
            },
            "quiz": {"zero": [2, 0]},
        }
    },
}


def test_the_first_schema_is_read_without_loss():
    progress = read_progress(json.dumps(FIRST), "demo")
    assert (progress.seed, progress.last, progress.events) == (4711, ("roads", "mask"), ())
    assert progress.lesson("roads") == LessonRecord(
        steps={
            "mask": StepRecord(
                said="1",
                predicted=True,
                attempts=3,
                hints=1,
                solution_shown=True,
                passed=True,
                values={"k": -1, "columns": ("rate", "len"), "n": None},
            )
        },
        quiz={"zero": (2, 0)},
    )
    assert read_progress(write_progress(progress), "demo") == progress


def test_of_earlier_versions_what_the_steps_showed_is_known_without_dates():
    """The second schema at first kept neither slips nor days, cards and races."""
    data = document()
    del data["slips"], data["days"], data["cards"], data["races"], data["events"]
    lessons = data["lessons"]
    lessons["roads"]["steps"]["read"]["misconceptions"] = ["one_is_all"]
    lessons["ponds"]["steps"]["mask"] = {"passed": True, "misconceptions": ["first"]}
    records = read_progress(json.dumps(data), "demo").records
    assert records.slips == {
        "zero_is_nothing": Slip(1, 0.0, (("roads", "step", "mask"),), 8.0),
        "one_is_all": Slip(1, 0.0, (("roads", "step", "read"),), None),
        "first": Slip(1, 0.0, (("ponds", "step", "mask"),), 0.0),
    }
    assert records.weak == ("one_is_all",)
    assert (records.days, records.cards, records.races) == ({}, {}, {})


@pytest.mark.parametrize("text", ["x" * 1001, "a\tb", "\0"])
def test_a_note_that_could_not_have_been_written_is_refused(text):
    data = document()
    data["lessons"]["roads"]["steps"]["mask"]["note"] = text
    refused(json.dumps(data), DAMAGED)
    data = document()
    data["events"][5]["text"] = text
    refused(json.dumps(data), DAMAGED)


@pytest.mark.parametrize("day", ["", "x", "2026-02-30", "20260101", "2026-1-1", "2026-W01-1"])
def test_a_day_that_is_no_date_is_refused(day):
    refused(json.dumps({**document(), "days": {day: {}}}), DAMAGED)


def test_what_the_future_writes_survives_a_rewrite():
    data = document()
    data["rooms"] = {"due": [1, None]}
    data["lessons"]["roads"]["rest"] = "taken"
    data["lessons"]["roads"]["steps"]["mask"]["drawing"] = ["odd"]
    data["lessons"]["roads"]["practice"]["pairs"]["pace"] = 2.5
    data["slips"]["zero_is_nothing"]["why"] = {}
    data["cards"]["zero_is_nothing"]["leech"] = True
    data["races"]["guess_r"]["hands"] = ["left"]
    data["days"]["1970-01-01"]["drawn"] = 2
    data["events"].append({"kind": "starred", "at": 14.0, "colour": "red"})
    again = json.loads(write_progress(read_progress(json.dumps(data), "demo")))
    assert again == data


def test_everything_comes_back():
    assert read_progress(write_progress(full()), "demo") == full()


NAMES = st.text(max_size=8)
COUNTS = st.integers(0, 10**9)
TIMES = st.floats(0, 1e11)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
NOTES = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=20)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
STEPS = st.builds(
    StepRecord,
    said=st.none() | st.text(max_size=8),
    predicted=st.booleans(),
    right=st.none() | st.booleans(),
    attempts=COUNTS,
    hints=COUNTS,
    solution_shown=st.booleans(),
    passed=st.booleans(),
    values=st.dictionaries(NAMES, VALUES, max_size=3),
    misconceptions=st.lists(NAMES, max_size=2).map(tuple),
    opened=st.none() | TIMES,
    seen=st.none() | TIMES,
    predicted_at=st.none() | TIMES,
    passed_at=st.none() | TIMES,
    bookmarked=st.booleans(),
    bookmarked_at=st.none() | TIMES,
    note=NOTES,
    noted_at=st.none() | TIMES,
    extra=st.just({}),
)
PRACTICE = st.builds(
    PracticeRecord, COUNTS, COUNTS, COUNTS, at=TIMES, draw=COUNTS, extra=st.just({})
)
SLIPS = st.builds(
    Slip,
    times=COUNTS,
    at=TIMES,
    places=st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=2).map(tuple),
    right_at=st.none() | TIMES,
    extra=st.just({}),
)
CARDS = st.builds(
    CardRecord,
    rating=st.integers(1, 4),
    due=TIMES,
    stability=st.floats(0.001, 36_500),
    difficulty=st.floats(1, 10),
    state=st.integers(1, 3),
    at=TIMES,
    first=TIMES,
    reviews=COUNTS,
    extra=st.just({}),
)
RACES = st.builds(
    RaceRecord,
    count=COUNTS,
    best=COUNTS,
    at=TIMES,
    guesses=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=3).map(tuple),
    extra=st.just({}),
)
DAYS = st.dictionaries(st.dates().map(str), st.dictionaries(NAMES, COUNTS, max_size=2), max_size=3)
LESSONS = st.builds(
    LessonRecord,
    steps=st.dictionaries(NAMES, STEPS, max_size=3),
    quiz=st.dictionaries(NAMES, st.lists(COUNTS, max_size=4).map(tuple), max_size=3),
    answered=st.dictionaries(NAMES, TIMES, max_size=2),
    practice=st.dictionaries(NAMES, PRACTICE, max_size=2),
    extra=st.just({}),
)
PROGRESS = st.builds(
    Progress,
    course=NAMES,
    seed=st.integers(0, 2**31 - 1),
    base=st.builds(
        Records,
        st.none() | st.tuples(NAMES, NAMES),
        st.dictionaries(NAMES, LESSONS, max_size=3),
        slips=st.dictionaries(NAMES, SLIPS, max_size=2),
        cards=st.dictionaries(NAMES, CARDS, max_size=2),
        races=st.dictionaries(NAMES, RACES, max_size=2),
        days=DAYS,
    ),
    until=TIMES,
    replaced=TIMES,
    events=st.just(()),
    foreign=st.just(()),
    extra=st.just({}),
)


@given(progress=PROGRESS)
def test_any_progress_comes_back(progress):
    text = write_progress(progress)
    text.encode("utf-8")
    again = read_progress(text, progress.course)
    assert again == progress
    assert write_progress(again) == text
    assert type(again.last) is type(progress.last)


def test_a_document_with_more_than_is_needed_can_be_read():
    data = {**document(), "written": "2026-11-20"}
    assert read_progress(json.dumps(data), "demo").records == full().records


# What is refused


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "progress",
        "{",
        "{}}",
        "{'schema': 1}",
        '{"schema": 1,}',
        write_progress(full())[:-1],
        write_progress(full())[1:],
        write_progress(full()) * 2,
        "\ufeff" + write_progress(full()),
        "\0",
        "\ud800",
        "PK\x03\x04",
        "lesson;step;passed\nroads;mask;1",
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"schema":' * 90_000,
        "9" * 5000,
    ],
    ids=itertools.count(),
)
def test_what_is_no_json_is_refused(text):
    refused(text, NOT_JSON)


@pytest.mark.parametrize(
    "text", ["[]", "null", "true", "1", "1.5", '"schema"', "NaN", "{}", "[{}]"]
)
def test_json_of_another_shape_is_refused(text):
    refused(text, NO_VERSION)


@pytest.mark.parametrize("schema", [None, "1", 1.0, math.nan, [1], {}])
def test_a_version_that_is_no_number_is_refused(schema):
    refused(json.dumps({**document(), "schema": schema}), NO_VERSION)


@pytest.mark.parametrize("schema", [True, False, 0, -1])
def test_a_version_that_never_was_is_refused(schema):
    refused(json.dumps({**document(), "schema": schema}), NO_VERSION)


def test_a_missing_version_is_refused():
    data = document()
    del data["schema"]
    refused(json.dumps(data), NO_VERSION)


@pytest.mark.parametrize("schema", [SCHEMA + 1, 10**30])
def test_a_newer_version_is_refused(schema):
    refused(json.dumps({**document(), "schema": schema}), NEWER)
    refused(json.dumps({"schema": schema, "course": "demo"}), NEWER)


@pytest.mark.parametrize("course", ["other", "", "Demo", "demo ", None, 1, ["demo"], {"demo": 1}])
def test_another_course_is_refused(course):
    refused(json.dumps({**document(), "course": course}), OTHER_COURSE)
    refused(json.dumps({"schema": SCHEMA + 1, "course": course}), OTHER_COURSE)


def test_a_missing_course_is_refused():
    data = document()
    del data["course"]
    refused(json.dumps(data), OTHER_COURSE)


def test_a_text_may_have_as_many_bytes_as_allowed_and_no_more():
    text = write_progress(full())
    padded = text + " " * (MAX_BYTES - len(text))
    assert read_progress(padded, "demo") == full()
    refused(padded + " ", TOO_LARGE)


def test_bytes_are_counted_and_not_letters():
    data = document()
    data["lessons"]["roads"]["steps"]["mask"]["said"] = "é" * (MAX_BYTES // 2)
    text = json.dumps(data, ensure_ascii=False)
    assert len(text) < MAX_BYTES
    refused(text, TOO_LARGE)


def test_what_would_be_too_large_when_written_again_is_too_large():
    data = {**FIRST, "lessons": {"roads": {"steps": {str(n): {} for n in range(8000)}, "quiz": {}}}}
    text = json.dumps(data)
    assert len(text) < MAX_BYTES / 5
    refused(text, TOO_LARGE)


def test_the_size_is_looked_at_before_anything_else():
    refused("[" * (MAX_BYTES + 1), TOO_LARGE)
    refused("\ud800" * (MAX_BYTES + 1), TOO_LARGE)


# Field by field: each one is missing once, and of each wrong kind once

JUNK = (None, True, 0, -1, 1.5, 1e999, "x", "", [], ["x"], [0], {}, {"x": 0}, [[]], [{}])
ROADS = ("lessons", "roads")
MASK = (*ROADS, "steps", "mask")
PRACTISED_PAIRS = (*ROADS, "practice", "pairs")
SLIP = ("slips", "zero_is_nothing")
CARD = ("cards", "zero_is_nothing")
RACE = ("races", "guess_r")
TRIED = ("events", 2)
PRACTISED = ("events", 3)
BOOKMARKED = ("events", 4)
NOTED = ("events", 5)
REVIEWED = ("events", 6)
RACED = ("events", 7)


def is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def is_bool(value: Any) -> bool:
    return type(value) is bool


def is_text(value: Any) -> bool:
    return type(value) is str


def is_time(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value < 1e12


def is_time_or_none(value: Any) -> bool:
    return value is None or is_time(value)


def is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def is_positive(value: Any) -> bool:
    return value == 1.5


def is_never(_: Any) -> bool:
    return False


def is_one(value: Any) -> bool:
    return type(value) is int and value == 1


def is_empty_list(value: Any) -> bool:
    return value == [] and type(value) is list


def is_record(value: Any) -> bool:
    return value in ({}, {"x": 0}) and type(value) is dict


def is_empty_table(value: Any) -> bool:
    return value == {} and type(value) is dict


FIELDS = {
    ("seed",): lambda value: type(value) is int,
    ("last",): lambda value: value is None,
    ("last", 0): is_text,
    ("last", 1): is_text,
    ("lessons",): is_empty_table,
    ROADS: is_record,
    (*ROADS, "steps"): is_empty_table,
    (*ROADS, "quiz"): lambda value: value in ({}, {"x": [0]}) and type(value) is dict,
    (*ROADS, "quiz", "zero"): lambda value: value in ([], [0]) and type(value) is list,
    (*ROADS, "quiz", "zero", 1): is_count,
    MASK: is_record,
    (*MASK, "said"): lambda value: value is None or is_text(value),
    (*MASK, "predicted"): is_bool,
    (*MASK, "attempts"): is_count,
    (*MASK, "hints"): is_count,
    (*MASK, "solution_shown"): is_bool,
    (*MASK, "passed"): is_bool,
    (*MASK, "right"): lambda value: value is None or is_bool(value),
    (*MASK, "values"): lambda value: type(value) is dict,
    (*MASK, "misconceptions"): lambda value: value in ([], ["x"]) and type(value) is list,
    (*MASK, "opened"): is_time_or_none,
    (*MASK, "seen"): is_time_or_none,
    (*MASK, "predicted_at"): is_time_or_none,
    (*MASK, "passed_at"): is_time_or_none,
    (*ROADS, "answered"): lambda value: value in ({}, {"x": 0}) and type(value) is dict,
    (*ROADS, "answered", "zero"): is_time,
    ("until",): is_time,
    ("replaced",): is_time,
    ("events",): lambda value: value in ([], [{}]) and type(value) is list,
    (*TRIED, "at"): is_time,
    (*TRIED, "lesson"): is_text,
    (*TRIED, "step"): is_text,
    (*TRIED, "counts"): is_bool,
    (*TRIED, "misconception"): lambda value: value is None or is_text(value),
    (*TRIED, "values"): lambda value: type(value) is dict,
    (*MASK, "bookmarked"): is_bool,
    (*MASK, "bookmarked_at"): is_time_or_none,
    (*MASK, "note"): is_text,
    (*MASK, "noted_at"): is_time_or_none,
    (*ROADS, "practice"): is_empty_table,
    PRACTISED_PAIRS: is_record,
    (*PRACTISED_PAIRS, "asked"): is_count,
    (*PRACTISED_PAIRS, "right"): is_count,
    (*PRACTISED_PAIRS, "row"): is_count,
    (*PRACTISED_PAIRS, "at"): is_time,
    (*PRACTISED_PAIRS, "draw"): is_count,
    ("slips",): is_empty_table,
    SLIP: is_record,
    (*SLIP, "times"): is_count,
    (*SLIP, "at"): is_time,
    (*SLIP, "places"): is_empty_list,
    (*SLIP, "places", 0): is_never,
    (*SLIP, "places", 0, 2): is_text,
    (*SLIP, "right_at"): is_time_or_none,
    ("cards",): is_empty_table,
    CARD: is_never,
    (*CARD, "rating"): is_one,
    (*CARD, "due"): is_time,
    (*CARD, "stability"): is_positive,
    (*CARD, "difficulty"): is_positive,
    (*CARD, "state"): is_one,
    (*CARD, "at"): is_time,
    (*CARD, "first"): is_time,
    (*CARD, "reviews"): is_count,
    ("races",): is_empty_table,
    RACE: is_record,
    (*RACE, "count"): is_count,
    (*RACE, "best"): is_count,
    (*RACE, "at"): is_time,
    (*RACE, "guesses"): is_empty_list,
    (*RACE, "guesses", 0): is_never,
    (*RACE, "guesses", 0, 1): is_number,
    ("days",): is_empty_table,
    ("days", "1970-01-01"): lambda value: value in ({}, {"x": 0}) and type(value) is dict,
    ("days", "1970-01-01", "passed"): is_count,
    (*PRACTISED, "draw"): is_count,
    (*PRACTISED, "said"): is_text,
    (*PRACTISED, "right"): is_bool,
    (*PRACTISED, "misconception"): lambda value: value is None or is_text(value),
    (*BOOKMARKED, "on"): is_bool,
    (*NOTED, "text"): is_text,
    (*REVIEWED, "card"): is_text,
    (*REVIEWED, "rating"): is_one,
    (*REVIEWED, "due"): is_time,
    (*REVIEWED, "stability"): is_positive,
    (*REVIEWED, "difficulty"): is_positive,
    (*REVIEWED, "state"): is_one,
    (*RACED, "challenge"): is_text,
    (*RACED, "guesses"): is_empty_list,
    (*RACED, "score"): is_count,
}


def changed(path: tuple, change: Any) -> str:
    """A document in which `change` is applied to the container and the key of one field."""
    data = document()
    *way, key = path
    inner = data
    for part in way:
        inner = inner[part]
    change(inner, key)
    return json.dumps(data)


def name_of(path: tuple) -> str:
    return ".".join(map(str, path))


each_field = pytest.mark.parametrize("path", FIELDS, ids=map(name_of, FIELDS))


def documents_with(path: tuple, *, good: bool) -> Iterator[tuple[Any, str]]:
    """Each value that this field may have, or may not have, and a document in which it has it."""
    for value in JUNK:
        if FIELDS[path](value) is good:
            yield value, changed(path, partial(put, value))


def put(value: Any, inner: Any, key: Any) -> None:
    inner[key] = value


def test_every_field_is_tried():
    """Whoever adds a field to the records meets this list."""
    names = {path[-1] for path in FIELDS}
    records = (StepRecord, LessonRecord, PracticeRecord, Slip, CardRecord, RaceRecord, Records)
    events = (Tried, Practised, Bookmarked, Noted, Reviewed, Raced)
    for record in (*records, *events):
        assert {field.name for field in fields(record)} - {"extra"} <= names


@each_field
def test_a_field_of_another_kind_is_refused(path):
    for _, text in documents_with(path, good=False):
        refused(text, DAMAGED)


@each_field
def test_a_field_of_its_own_kind_is_taken(path):
    for value, text in documents_with(path, good=True):
        again = json.loads(write_progress(read_progress(text, "demo")))
        if path == (*TRIED, "at"):
            assert len(again["events"]) == 7  # so long ago, it is in the records
            continue
        for key in path:
            again = again[key]
        assert again == value or (isinstance(value, dict) and again.items() >= value.items())


SCHEDULE = ("rating", "due", "stability", "difficulty", "state")
MUST_BE_THERE = {
    *((*TRIED, name) for name in ("at", "lesson", "step", "values")),
    *((*PRACTISED, name) for name in ("draw", "said", "right")),
    *((*REVIEWED, name) for name in ("card", *SCHEDULE)),
    *((*RACED, name) for name in ("challenge", "guesses", "score")),
    *(
        (*CARD, name)
        for name in ("rating", "due", "stability", "difficulty", "state", "at", "first")
    ),
    (*BOOKMARKED, "on"),
    (*NOTED, "text"),
}
PARTS = {
    ("last", 0),
    ("last", 1),
    (*SLIP, "places", 0),
    (*SLIP, "places", 0, 2),
    (*RACE, "guesses", 0),
    (*RACE, "guesses", 0, 1),
}


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=name_of(path)) for path in FIELDS if path not in PARTS]
)
def test_a_missing_field_takes_its_default_where_there_is_one(path):
    text = changed(path, lambda inner, key: inner.pop(key))
    if path in MUST_BE_THERE:
        refused(text, DAMAGED)
    else:
        assert read_progress(text, "demo").course == "demo"


@pytest.mark.parametrize("last", ["ab", ["roads", "mask", "more"], ["roads", "mask", 0]])
def test_where_the_learner_was_is_a_pair(last):
    refused(json.dumps({**document(), "last": last}), DAMAGED)


@pytest.mark.parametrize(
    "value",
    [{}, {"a": 1}, [[]], [{}], [True], [1, [2]], [math.nan], math.nan, math.inf, ["rate", ["len"]]],
)
def test_values_that_no_control_can_have_are_refused(value):
    data = document()
    data["lessons"]["roads"]["steps"]["mask"]["values"]["k"] = value
    refused(json.dumps(data), DAMAGED)


def test_what_was_loaded_can_be_written_however_deep_it_is():
    for depth in range(50, 1000, 50):
        deep = "[" * depth + "]" * depth
        text = write_progress(full()).replace('"lower"', deep)
        assert deep in text
        progress = loaded(text)
        if progress is not None:
            write_progress(progress)


def test_what_was_loaded_can_be_downloaded():
    text = json.dumps(document()).replace('"said": "1"', r'"said": "\ud800"')
    write_progress(read_progress(text, "demo")).encode("utf-8")


def test_nothing_is_written_that_is_no_json():
    odd = Tried(at=1.0, lesson="roads", step="mask", values=(("k", math.nan),))
    progress = Progress("demo").apply(odd)
    with pytest.raises(ValueError, match="JSON"):
        write_progress(progress)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_refusal_is_one_sentence(sentence):
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    assert "\n" not in sentence


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(data=JSON, text=st.text(), path=st.sampled_from([p for p in FIELDS if p[0] != "last"]))
def test_whatever_comes_is_read_or_refused_and_nothing_else(data, text, path):
    def change(inner: Any, key: Any) -> None:
        inner[key] = data

    for attempt in (text, json.dumps(data), changed(path, change)):
        progress = loaded(attempt)
        if progress is not None:
            assert progress.course == "demo"
            write_progress(progress)


def test_a_refusal_is_a_value_error():
    assert issubclass(ProgressError, ValueError)
