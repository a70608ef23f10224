"""No text names a colour that only one theme has.

The middle of a diverging map is nearly white on a light page and nearly black on a dark one: a
text calls it the neutral colour.
"""

import re
from collections.abc import Iterator

import pytest
from sweep import STEPS
from wording import texts_of, texts_of_quiz

from lessons import COURSE
from lessons.tables import HAIR_EYE
from lib.course import Lesson, Step

_OF_ONE_THEME = re.compile(
    r"\b(white|whiter|black|grey|gray|(pale|dark|bright|light)(r|er|st|est)?)\b", re.IGNORECASE
)
_HAIR = re.compile(r"\bblack\b", re.IGNORECASE)


def colours_of_one_theme(text: str) -> list[str]:
    return [found.group() for found in _OF_ONE_THEME.finditer(text)]


def shown_texts(step: Step) -> Iterator[str]:
    """What is written over and in the figures where the step begins."""
    yield from step.readings
    exhibit = step.exhibit({})
    yield exhibit.description
    yield from (getattr(chart, "title", "") for chart in exhibit.figures)


@pytest.mark.parametrize(("lesson", "step"), STEPS.values(), ids=STEPS)
def test_a_step_names_no_colour_of_one_theme(lesson: Lesson, step: Step) -> None:
    texts = [*texts_of(step), *shown_texts(step)]
    if HAIR_EYE in step.tables:
        texts = [_HAIR.sub("", text) for text in texts]
    assert [text for text in texts if colours_of_one_theme(text)] == []


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=[one.slug for one in COURSE.lessons])
def test_a_quiz_names_no_colour_of_one_theme(lesson: Lesson) -> None:
    texts = [*lesson.objectives, *texts_of_quiz(lesson)]
    assert [text for text in texts if colours_of_one_theme(text)] == []


def test_no_belief_and_no_meaning_names_a_colour_of_one_theme() -> None:
    beliefs = [t for one in COURSE.misconceptions.values() for t in (one.belief, one.truth)]
    texts = [*beliefs, *(term.meaning for term in COURSE.glossary.terms)]
    assert [text for text in texts if colours_of_one_theme(text)] == []


def test_a_colour_of_one_theme_is_noticed() -> None:
    assert colours_of_one_theme("White means zero, the palest cells little") == ["White", "palest"]
    assert colours_of_one_theme("Prewhitening, and the neutral colour") == []
