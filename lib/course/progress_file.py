"""Progress as a file: plain JSON with a schema version, read from every version there has been."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any

from . import events
from .checked import (
    read_by_name,
    read_count,
    read_day,
    read_difficulty,
    read_flag,
    read_integer,
    read_note,
    read_optional,
    read_pair,
    read_several,
    read_stability,
    read_text,
    read_time,
    read_values,
    typed,
)
from .progress import Progress
from .records import (
    CardRecord,
    LessonRecord,
    PracticeRecord,
    RaceRecord,
    Records,
    StepRecord,
)
from .slips import Place, Slip

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
        "lessons": _flat(progress.base.lessons),
        "slips": _flat(progress.base.slips),
        "cards": _flat(progress.base.cards),
        "races": _flat(progress.base.races),
        "days": progress.base.days,
        "events": [*map(events.to_data, progress.events), *progress.foreign],
    }
    return json.dumps(data, allow_nan=False, separators=(",", ":"))


def _flat(value: Any) -> Any:
    """Records as plain tables, with what a newer version wrote beside what this one knows."""
    if isinstance(value, Mapping):
        return {key: _flat(each) for key, each in value.items()}
    if not is_dataclass(value):
        return value
    data = {field.name: _flat(getattr(value, field.name)) for field in fields(value)}
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
    says_slips = "slips" in data
    base = Records(**_known(data, _RECORDS))
    if not says_slips:
        base = replace(base, slips=_slips_of(base.lessons))
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


def _slips_of(lessons: Mapping[str, LessonRecord]) -> dict[str, Slip]:
    """What was got wrong, as far as the steps say so: earlier versions kept no more."""
    slips: dict[str, Slip] = {}
    for lesson, kept in lessons.items():
        for slug, step in kept.steps.items():
            for each in step.misconceptions:
                slip = slips.get(each, Slip(right_at=0.0))
                is_right = step.passed and slip.right_at is not None
                slips[each] = replace(
                    slip.shown(0.0, (lesson, "step", slug)),
                    right_at=step.passed_at or 0.0 if is_right else None,
                )
    return slips


def _record(kind: type[Any], readers: Mapping[str, Callable[[Any], Any]], data: Any) -> Any:
    data = dict(typed(data, dict))
    return kind(**_known(data, readers), extra=data)


def _last(last: Any) -> tuple[str, str]:
    lesson, step = typed(last, list)
    return read_text(lesson), read_text(step)


def _place(place: Any) -> Place:
    lesson, part, slug = typed(place, list)
    return read_text(lesson), read_text(part), read_text(slug)


_TIME = partial(read_optional, read_time)

_PROGRESS: dict[str, Callable[[Any], Any]] = {
    "course": read_text,
    "seed": lambda value: typed(value, int),
    "until": read_time,
    "replaced": read_time,
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
    "misconceptions": partial(read_several, read_text),
    "opened": _TIME,
    "seen": _TIME,
    "predicted_at": _TIME,
    "passed_at": _TIME,
    "bookmarked": read_flag,
    "bookmarked_at": _TIME,
    "note": read_note,
    "noted_at": _TIME,
}
_PRACTICE: dict[str, Callable[[Any], Any]] = {
    "asked": read_count,
    "right": read_count,
    "row": read_count,
    "at": read_time,
    "draw": read_count,
}
_LESSON: dict[str, Callable[[Any], Any]] = {
    "steps": partial(read_by_name, partial(_record, StepRecord, _STEP)),
    "quiz": partial(read_by_name, partial(read_several, read_count)),
    "answered": partial(read_by_name, read_time),
    "practice": partial(read_by_name, partial(_record, PracticeRecord, _PRACTICE)),
}
_SLIP: dict[str, Callable[[Any], Any]] = {
    "times": read_count,
    "at": read_time,
    "places": partial(read_several, _place),
    "right_at": _TIME,
}
_CARD: dict[str, Callable[[Any], Any]] = {
    "rating": partial(read_integer, 1, 4),
    "due": read_time,
    "stability": read_stability,
    "difficulty": read_difficulty,
    "state": partial(read_integer, 1, 3),
    "at": read_time,
    "first": read_time,
    "reviews": read_count,
}
_RACE: dict[str, Callable[[Any], Any]] = {
    "count": read_count,
    "best": read_count,
    "at": read_time,
    "guesses": partial(read_several, read_pair),
}
_RECORDS: dict[str, Callable[[Any], Any]] = {
    "last": partial(read_optional, _last),
    "lessons": partial(read_by_name, partial(_record, LessonRecord, _LESSON)),
    "slips": partial(read_by_name, partial(_record, Slip, _SLIP)),
    "cards": partial(read_by_name, partial(_record, CardRecord, _CARD)),
    "races": partial(read_by_name, partial(_record, RaceRecord, _RACE)),
    "days": partial(read_by_name, partial(read_by_name, read_count), name=read_day),
}
