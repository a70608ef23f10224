"""Progress as a file: plain JSON with a schema version, read from every version there has been."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from lib.course import events
from lib.course.checked import (
    read_count,
    read_flag,
    read_optional,
    read_text,
    read_time,
    read_values,
    typed,
)
from lib.course.progress import Progress
from lib.course.records import LessonRecord, Records, StepRecord

SCHEMA = 2
MAX_MEGABYTES = 1
"""What a file may hold: many times what a learner can do, who has done everything."""
MAX_BYTES = MAX_MEGABYTES * 1024**2
TOO_LARGE = (
    f"This file is too large: the course reads and keeps at most {MAX_MEGABYTES} MB of progress."
)


class ProgressError(ValueError):
    """A progress file that cannot be used; the message says why in one sentence."""


def write_progress(progress: Progress) -> str:
    """The progress as text.

    Fields of a newer version stay where they were, beside those that this one knows.
    """
    data = {
        **progress.extra,
        "schema": SCHEMA,
        "course": progress.course,
        "seed": progress.seed,
        "replaced": progress.replaced,
        "until": progress.until,
        "last": progress.base.last,
        "lessons": {slug: _lesson(record) for slug, record in progress.base.lessons.items()},
        "events": [*map(events.to_data, progress.events), *progress.foreign],
    }
    return json.dumps(data, allow_nan=False, separators=(",", ":"))


def _lesson(record: LessonRecord) -> dict[str, Any]:
    steps = {slug: _flat(step) for slug, step in record.steps.items()}
    return _flat(record) | {"steps": steps}


def _flat(record: LessonRecord | StepRecord) -> dict[str, Any]:
    data = {field.name: getattr(record, field.name) for field in fields(record)}
    return {**data.pop("extra"), **data}


def read_progress(text: str, course: str) -> Progress:
    """Read what `write_progress` wrote, now or in an earlier version.

    What is absent takes its default. Whether steps, questions and predictions still exist is asked
    where they are used: a file outlives what it speaks of.

    Raises
    ------
    ProgressError
        If the text is too long, not JSON, of another course, of a newer schema, or damaged.

    Examples
    --------
    >>> read_progress(write_progress(Progress("demo", seed=7)), "demo").seed
    7
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise ProgressError(TOO_LARGE)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ProgressError(
            "This file is not a progress file: choose the .json file that you downloaded here."
        ) from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if type(schema) is not int or schema < 1:
        raise ProgressError("This file is not a progress file: it does not say its version.")
    if data.get("course") != course:
        raise ProgressError("This progress file belongs to another course.")
    if schema > SCHEMA:
        raise ProgressError(
            "This progress file was written by a newer version of the course: "
            "reload this page, then load the file again."
        )
    try:
        progress = _progress(data)
        # What this version does not know is kept as it came, and may be more than JSON allows.
        rewritten = write_progress(progress)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise ProgressError("This progress file is damaged: part of it cannot be read.") from None
    if len(rewritten) > MAX_BYTES:
        raise ProgressError(TOO_LARGE)
    return progress


def _progress(data: dict[str, Any]) -> Progress:
    """The first schema had neither events nor times: its records are the base of the second."""
    del data["schema"]
    written = typed(data.pop("events", []), list)
    base = Records(
        read_optional(_place, data.pop("last", None)),
        {read_text(slug): _lesson_record(each) for slug, each in data.pop("lessons", {}).items()},
    )
    known = [event for event in written if events.is_known(event)]
    return Progress(
        base=base,
        foreign=tuple(typed(event, dict) for event in written if not events.is_known(event)),
        **_known(data, _PROGRESS),
        extra=data,
    ).apply(*map(events.from_data, known))


def _known(data: dict[str, Any], readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    """What this version knows, taken out of `data` and read."""
    return {name: read(data.pop(name)) for name, read in readers.items() if name in data}


def _lesson_record(data: Any) -> LessonRecord:
    data = dict(typed(data, dict))
    steps = {read_text(slug): _step_record(each) for slug, each in data.pop("steps", {}).items()}
    return LessonRecord(steps=steps, **_known(data, _LESSON), extra=data)


def _step_record(data: Any) -> StepRecord:
    data = dict(typed(data, dict))
    return StepRecord(**_known(data, _STEP), extra=data)


def _place(last: Any) -> tuple[str, str]:
    lesson, step = typed(last, list)
    return read_text(lesson), read_text(step)


def _by_name(read: Callable[[Any], Any], data: Any) -> dict[str, Any]:
    return {read_text(name): read(each) for name, each in typed(data, dict).items()}


def _several(read: Callable[[Any], Any], data: Any) -> tuple[Any, ...]:
    return tuple(read(each) for each in typed(data, list))


_TIME = partial(read_optional, read_time)

_PROGRESS: dict[str, Callable[[Any], Any]] = {
    "course": read_text,
    "seed": lambda value: typed(value, int),
    "until": read_time,
    "replaced": read_time,
}
_LESSON: dict[str, Callable[[Any], Any]] = {
    "quiz": partial(_by_name, partial(_several, read_count)),
    "answered": partial(_by_name, read_time),
}
_STEP: dict[str, Callable[[Any], Any]] = {
    "said": partial(read_optional, read_text),
    "predicted": read_flag,
    "right": partial(read_optional, read_flag),
    "attempts": read_count,
    "hints": read_count,
    "solution_shown": read_flag,
    "passed": read_flag,
    "values": read_values,
    "misconceptions": partial(_several, read_text),
    "opened": _TIME,
    "seen": _TIME,
    "predicted_at": _TIME,
    "passed_at": _TIME,
}
