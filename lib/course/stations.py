"""The stations of a lesson, its steps and then its quiz, and where a learner stands with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .events import SKIPPED
from .lesson import Lesson
from .quiz import Question
from .records import LessonRecord

QUIZ = "quiz"

StandingWord = Literal["done", "skipped", "open"]


@dataclass(frozen=True)
class Station:
    """One stop on the way through a lesson: its slug, its title, how the learner stands with it."""

    slug: str
    title: str
    standing: StandingWord


def slugs(lesson: Lesson) -> list[str]:
    """The stations' slugs in order."""
    return [*(stop.slug for stop in lesson.stops), QUIZ]


def stations(lesson: Lesson, record: LessonRecord) -> list[Station]:
    """The stations in order. Opens no step."""
    titles = [*((stop.slug, stop.title) for stop in lesson.stops), (QUIZ, "Quiz")]
    return [Station(slug, title, _standing(lesson, record, slug)) for slug, title in titles]


def neighbours(lesson: Lesson, station: str) -> tuple[str | None, str | None]:
    """The stations before and after this one; None where there is none.

    >>> lesson = Lesson("demo", "A demonstration", objectives=[], parts=[], quiz=(),
    ...                 own_question="And yours?")
    >>> neighbours(lesson, "quiz")
    (None, None)
    """
    every = slugs(lesson)
    at = every.index(station)
    return (every[at - 1] if at else None), (every[at + 1] if at + 1 < len(every) else None)


def done_count(lesson: Lesson, record: LessonRecord) -> int:
    """How many stations are done."""
    return sum(is_done(lesson, record, slug) for slug in slugs(lesson))


def is_done(lesson: Lesson, record: LessonRecord, station: str) -> bool:
    """Whether a step's task is passed, or every question of the quiz is answered rightly."""
    if station != QUIZ:
        return record.step(station).passed
    return bool(lesson.quiz) and all(_is_right(record, question) for question in lesson.quiz)


def answers_tried(record: LessonRecord, question: Question) -> Sequence[int]:
    """What was answered, first to last; without answers that the question no longer has."""
    return [
        answer for answer in record.quiz.get(question.slug, ()) if answer < len(question.answers)
    ]


def open_questions(lesson: Lesson, record: LessonRecord) -> list[int]:
    """The numbers, from 0, of the questions whose last answer is not right, or that have none."""
    return [
        number for number, question in enumerate(lesson.quiz) if not _is_right(record, question)
    ]


def _is_right(record: LessonRecord, question: Question) -> bool:
    tried = answers_tried(record, question)
    return bool(tried) and question.answers[tried[-1]].right


def _standing(lesson: Lesson, record: LessonRecord, station: str) -> StandingWord:
    if is_done(lesson, record, station):
        return "done"
    return "skipped" if record.step(station).said == SKIPPED else "open"
