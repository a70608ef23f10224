"""The sentences of a step: all of them, and those that state something with its predicate."""

import inspect
import math
import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from lib.course import Estimate, Lesson, Predict, Step


def graded(step: Step) -> Iterator[Any]:
    """Outcomes, mistakes, and what a prediction answers: each may have a `holds`."""
    yield from step.learned
    yield from step.mistakes
    match step.predict:
        case Predict() as predict:
            yield from predict.choices
        case Estimate() as estimate:
            yield from estimate.bands


def texts_of(step: Step) -> Iterator[str]:
    """Everything that a learner reads of a step, in order."""
    yield step.title
    yield step._prose
    if step.predict is not None:
        yield step.predict.question
        if isinstance(step.predict, Predict):
            for choice in step.predict.choices:
                yield from (choice.text, choice.feedback)
        else:
            yield step.predict.feedback
            yield from (band.feedback for band in step.predict.bands)
    if step.task is not None:
        yield from (step.task.text, *step.task.hints, *(goal.text for goal in step.task.goals))
    yield from (mistake.text for mistake in step.mistakes)
    yield from (outcome.text for outcome in step.learned)


def texts_of_quiz(lesson: Lesson) -> Iterator[str]:
    for question in lesson.quiz:
        yield question.text
        for answer in question.answers:
            yield from (answer.text, answer.feedback)


def prose_of(step: Step) -> str:
    """All that is read before anything was tried, unfilled, its white space made even."""
    texts = [inspect.cleandoc(type(step).__doc__ or "")]
    if step.task is not None:
        texts += [step.task.text, *step.task.hints]
    return even(" ".join(texts))


_OF_ONE = {"is", "was", "has", "does", "stands", "lies", "falls", "says", "passes", "misses"}
_OF_MANY = "are|were|have|do|lie|stand|fall|keep|show"


def plurals_of_one(text: str) -> list[str]:
    """Where a text says 1 of what it calls by its plural.

    >>> plurals_of_one("1 stars, 11 pairs, r = 0.1 is small, 1 is left, and 1 of them lie low")
    ['1 stars', '1 of them lie']
    """
    one = r"(?<![\w.,−–-])1 "
    things = re.finditer(one + r"([a-z]+s)\b", text)
    verbs = re.finditer(one + rf"(?:of them )?(?:{_OF_MANY})\b", text)
    return [
        *(found[0] for found in things if found[1] not in _OF_ONE),
        *(found[0] for found in verbs),
    ]


def even(text: str) -> str:
    """The text with one space wherever it has any."""
    return re.sub(r"\s+", " ", text)


def gaps(text: str, state: Mapping[str, Any]) -> list[str]:
    """The places of a text that this state cannot fill with a value: missing, None, nan, inf."""
    names = {name for _, name, *_ in Formatter().parse(text) if name}
    return sorted(name for name in names if not _is_value(state.get(name)))


def _is_value(value: object) -> bool:
    return value is not None and (not isinstance(value, float) or math.isfinite(value))
