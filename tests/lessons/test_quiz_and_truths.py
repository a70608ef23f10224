"""What quizzes and misconceptions state in words, beside their numbers.

A question is filled at its setting, a misconception at its own: there each statement has to hold.
The statements of a lesson stand in `truths_LESSON.py`.
"""

from collections.abc import Mapping
from importlib import import_module

import pytest

from lessons import COURSE
from lib.course import Step

_LESSONS = tuple(lesson.slug for lesson in COURSE.lessons)

_STATED = {lesson: import_module(f"truths_{lesson}") for lesson in _LESSONS}


def _step(lesson: str, slug: str) -> Step:
    return next(step for step in COURSE.lesson(lesson).steps if step.slug == slug)


def _misconceptions(lesson: str) -> Mapping:
    return {slug: one for slug, one in COURSE.misconceptions.items() if one.lesson == lesson}


@pytest.mark.parametrize("lesson", _LESSONS)
def test_what_a_quiz_says_holds_where_it_is_asked(lesson: str) -> None:
    wrong = [
        question.slug
        for question in COURSE.lesson(lesson).quiz
        if not _STATED[lesson].QUIZ[question.slug](_step(lesson, question.step).state(question.at))
    ]
    assert wrong == []


@pytest.mark.parametrize("lesson", _LESSONS)
def test_the_truth_about_a_misconception_holds_where_it_is_told(lesson: str) -> None:
    wrong = [
        slug
        for slug, misconception in _misconceptions(lesson).items()
        if not _STATED[lesson].TRUTHS[slug](
            _step(lesson, misconception.step).state(misconception.at)
        )
    ]
    assert wrong == []


@pytest.mark.parametrize("lesson", _LESSONS)
def test_every_question_and_every_misconception_has_its_statement(lesson: str) -> None:
    assert set(_STATED[lesson].QUIZ) == {question.slug for question in COURSE.lesson(lesson).quiz}
    assert set(_STATED[lesson].TRUTHS) == set(_misconceptions(lesson))
