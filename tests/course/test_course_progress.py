"""Progress comes back as it went, or is refused in one sentence; never half."""

import copy
import itertools
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.course import LessonRecord, Progress, ProgressError, StepRecord
from lib.course.progress import MAX_BYTES, SCHEMA

TOO_LARGE = "This file is too large to be a progress file of this course."
NOT_JSON = "This file is not a progress file: choose the .json file that you downloaded here."
NO_VERSION = "This file is not a progress file: it does not say its version."
OTHER_COURSE = "This progress file belongs to another course."
NEWER = (
    "This progress file was written by a newer version of the course: "
    "reload this page, then load the file again."
)
DAMAGED = "This progress file is damaged: part of it is missing."
SENTENCES = (TOO_LARGE, NOT_JSON, NO_VERSION, OTHER_COURSE, NEWER, DAMAGED)


def full() -> Progress:
    return Progress(
        "demo",
        seed=4711,
        last=("roads", "mask"),
        lessons={
            "roads": LessonRecord(
                steps={
                    "mask": StepRecord(
                        said="1",
                        predicted=True,
                        attempts=3,
                        hints=1,
                        solution_shown=True,
                        passed=True,
                        values={"k": -1, "side": "lower", "trim": True, "x": 0.5, "n": None},
                    ),
                    "read": StepRecord(),
                },
                quiz={"zero": [2, 0], "cells": []},
            ),
            "ponds": LessonRecord(),
        },
    )


def document() -> dict[str, Any]:
    return json.loads(full().to_json())


def refused(text: str, sentence: str) -> None:
    """`text` is refused with this sentence, and shows nothing of what went wrong inside."""
    with pytest.raises(ProgressError) as caught:
        Progress.from_json(text, "demo")
    error = caught.value
    assert str(error) == sentence
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__


def loaded(text: str) -> Progress | None:
    """The progress, or None if it was refused in one of the known sentences."""
    try:
        return Progress.from_json(text, "demo")
    except ProgressError as error:
        if str(error) not in SENTENCES:
            raise
        return None


# There and back


def test_the_document_is_plain_data_with_a_version():
    assert document() == {
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
                        "values": {"k": -1, "side": "lower", "trim": True, "x": 0.5, "n": None},
                    },
                    "read": {
                        "said": None,
                        "predicted": False,
                        "attempts": 0,
                        "hints": 0,
                        "solution_shown": False,
                        "passed": False,
                        "values": {},
                    },
                },
                "quiz": {"zero": [2, 0], "cells": []},
            },
            "ponds": {"steps": {}, "quiz": {}},
        },
    }


def test_everything_comes_back():
    assert Progress.from_json(full().to_json(), "demo") == full()


NAMES = st.text(max_size=8)
COUNTS = st.integers(0, 2**31)
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
    attempts=COUNTS,
    hints=COUNTS,
    solution_shown=st.booleans(),
    passed=st.booleans(),
    values=st.dictionaries(NAMES, VALUES, max_size=3),
)
LESSONS = st.builds(
    LessonRecord,
    steps=st.dictionaries(NAMES, STEPS, max_size=3),
    quiz=st.dictionaries(NAMES, st.lists(COUNTS, max_size=4), max_size=3),
)
PROGRESS = st.builds(
    Progress,
    course=NAMES,
    seed=st.integers(0, 2**31 - 1),
    last=st.none() | st.tuples(NAMES, NAMES),
    lessons=st.dictionaries(NAMES, LESSONS, max_size=3),
)


@given(progress=PROGRESS)
def test_any_progress_comes_back(progress):
    text = progress.to_json()
    text.encode("utf-8")
    again = Progress.from_json(text, progress.course)
    assert again == progress
    assert again.to_json() == text
    assert type(again.last) is type(progress.last)


def test_chosen_columns_come_back():
    progress = Progress("demo", seed=1)
    progress.step("roads", "columns").values = {"columns": ("rate", "len")}
    assert Progress.from_json(progress.to_json(), "demo") == progress


def test_a_document_with_more_than_is_needed_can_be_read():
    data = {**document(), "written": "2026-11-20"}
    assert Progress.from_json(json.dumps(data), "demo") == full()


def test_what_was_loaded_is_its_own():
    text = full().to_json()
    one, other = Progress.from_json(text, "demo"), Progress.from_json(text, "demo")
    one.step("roads", "mask").values["k"] = 2
    one.lesson("roads").quiz["zero"].append(1)
    assert other == full()


# What it holds


def test_a_fresh_progress_holds_nothing():
    progress = Progress("demo")
    assert (progress.course, progress.last, progress.lessons) == ("demo", None, {})


def test_records_are_made_when_they_are_needed_and_kept():
    progress = Progress("demo")
    record = progress.step("roads", "mask")
    assert record == StepRecord()
    assert progress.step("roads", "mask") is record
    assert progress.lesson("roads").steps == {"mask": record}
    assert progress.step("roads", "read") is not record
    assert progress.step("ponds", "mask") is not record


def test_nothing_is_shared_between_two_learners():
    one, other = Progress("demo"), Progress("demo")
    one.step("roads", "mask").values["k"] = 1
    one.lesson("roads").quiz["zero"] = [1]
    assert other.lessons == {}
    assert other.step("roads", "mask").values == {}
    assert other.lesson("roads").quiz == {}


def test_learners_have_seeds_of_their_own():
    seeds = [Progress("demo").seed for _ in range(20)]
    assert len(set(seeds)) > 15
    assert all(0 <= seed < 2**31 for seed in seeds)


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
        full().to_json()[:-1],
        full().to_json()[1:],
        full().to_json() * 2,
        "\ufeff" + full().to_json(),
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
    text = full().to_json()
    padded = text + " " * (MAX_BYTES - len(text))
    assert Progress.from_json(padded, "demo") == full()
    refused(padded + " ", TOO_LARGE)


def test_bytes_are_counted_and_not_letters():
    data = document()
    data["lessons"]["roads"]["steps"]["mask"]["said"] = "é" * (MAX_BYTES // 2)
    text = json.dumps(data, ensure_ascii=False)
    assert len(text) < MAX_BYTES
    refused(text, TOO_LARGE)


def test_the_size_is_looked_at_before_anything_else():
    refused("[" * (MAX_BYTES + 1), TOO_LARGE)
    refused("\ud800" * (MAX_BYTES + 1), TOO_LARGE)


# Field by field: each one is missing once, and of each wrong kind once

JUNK = (None, True, 0, -1, 1.5, 1e999, "x", "", [], ["x"], [0], {}, {"x": 0}, [[]], [{}])
ROADS = ("lessons", "roads")
MASK = (*ROADS, "steps", "mask")


def is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def is_bool(value: Any) -> bool:
    return type(value) is bool


def is_text(value: Any) -> bool:
    return type(value) is str


def is_empty_table(value: Any) -> bool:
    return value == {} and type(value) is dict


FIELDS = {
    ("seed",): lambda value: type(value) is int,
    ("last",): lambda value: value is None,
    ("last", 0): is_text,
    ("last", 1): is_text,
    ("lessons",): is_empty_table,
    ROADS: lambda _: False,
    (*ROADS, "steps"): is_empty_table,
    (*ROADS, "quiz"): lambda value: value in ({}, {"x": [0]}) and type(value) is dict,
    (*ROADS, "quiz", "zero"): lambda value: value in ([], [0]) and type(value) is list,
    (*ROADS, "quiz", "zero", 1): is_count,
    MASK: lambda _: False,
    (*MASK, "said"): lambda value: value is None or is_text(value),
    (*MASK, "predicted"): is_bool,
    (*MASK, "attempts"): is_count,
    (*MASK, "hints"): is_count,
    (*MASK, "solution_shown"): is_bool,
    (*MASK, "passed"): is_bool,
    (*MASK, "values"): lambda value: type(value) is dict,
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


def name_of(value: Any) -> str:
    return ".".join(map(str, value)) if isinstance(value, tuple) else repr(value)


def cases(good: bool) -> list:
    return [
        pytest.param(path, value, id=f"{name_of(path)}={value!r}")
        for path, allows in FIELDS.items()
        for value in JUNK
        if allows(value) is good
    ]


def test_every_field_is_tried():
    """Whoever adds a field to the records meets this list."""

    def paths(data: Any, path: tuple = ()):
        yield path
        if isinstance(data, dict) and path[-1:] != ("values",):
            for key, value in data.items():
                yield from paths(value, (*path, key))

    tried = {path for path in FIELDS if isinstance(path[-1], str)}
    data = document()
    del data["schema"], data["course"], data["lessons"]["ponds"]
    del data["lessons"]["roads"]["steps"]["read"], data["lessons"]["roads"]["quiz"]["cells"]
    assert set(paths(data)) - {()} == tried


@pytest.mark.parametrize(("path", "value"), cases(good=False))
def test_a_field_of_another_kind_is_refused(path, value):
    def change(inner: Any, key: Any) -> None:
        inner[key] = value

    refused(changed(path, change), DAMAGED)


@pytest.mark.parametrize(("path", "value"), cases(good=True))
def test_a_field_of_its_own_kind_is_taken(path, value):
    def change(inner: Any, key: Any) -> None:
        inner[key] = value

    text = changed(path, change)
    assert json.loads(Progress.from_json(text, "demo").to_json()) == json.loads(text)


MAY_BE_MISSING = {ROADS, (*ROADS, "quiz", "zero"), (*ROADS, "quiz", "zero", 1), MASK}


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=name_of(path)) for path in FIELDS if path not in MAY_BE_MISSING],
)
def test_a_missing_field_is_refused(path):
    refused(changed(path, lambda inner, key: inner.pop(key)), DAMAGED)


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
        text = full().to_json().replace('"lower"', deep)
        assert deep in text
        progress = loaded(text)
        if progress is not None:
            progress.to_json()


def test_what_was_loaded_can_be_downloaded():
    text = json.dumps(document()).replace('"said": "1"', r'"said": "\ud800"')
    Progress.from_json(text, "demo").to_json().encode("utf-8")


def test_nothing_is_written_that_is_no_json():
    progress = Progress("demo")
    progress.step("roads", "mask").values["k"] = math.nan
    with pytest.raises(ValueError, match="JSON"):
        progress.to_json()


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
            progress.to_json()


@pytest.mark.parametrize(
    "text",
    ["", "[]", changed(MASK, lambda inner, key: inner.pop(key)), '{"schema": 9}', "[" * 9999],
)
def test_a_failed_load_leaves_a_progress_as_it_was(text):
    progress = full()
    before = copy.deepcopy(progress)
    with pytest.raises(ProgressError):
        progress.from_json(text, "other")
    assert progress == before
    assert progress.to_json() == before.to_json()


def test_a_refusal_is_a_value_error():
    assert issubclass(ProgressError, ValueError)
