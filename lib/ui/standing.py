"""Where a learner stands with steps and lessons, in the words and icons of the screen."""

from lib.course import Lesson, LessonRecord, StepRecord
from lib.ui.address import QUIZ
from lib.ui.components import Dot


def is_done(lesson: Lesson, record: LessonRecord | None, step: str) -> bool:
    """Whether a step's task is passed, or every question of the quiz is answered rightly."""
    if record is None:
        return False
    if step == QUIZ:
        return all(
            question.answers[tried[-1]].right
            if (tried := record.quiz.get(question.slug))
            else False
            for question in lesson.quiz
        )
    return step in record.steps and record.steps[step].passed


def done_count(lesson: Lesson, record: LessonRecord | None) -> int:
    return sum(is_done(lesson, record, slug) for slug in slugs(lesson))


def slugs(lesson: Lesson) -> list[str]:
    """The stations of a lesson: its steps, then the quiz."""
    return [*(step.slug for step in lesson.steps), QUIZ]


def lesson_label(lesson: Lesson, record: LessonRecord | None) -> str:
    count = done_count(lesson, record)
    return f" · {count}/{len(slugs(lesson))}" if count else ""


def lesson_icon(lesson: Lesson, record: LessonRecord | None) -> str:
    count = done_count(lesson, record)
    if count == len(slugs(lesson)):
        return ":material/check_circle:"
    return ":material/timelapse:" if count else ":material/radio_button_unchecked:"


def dots(lesson: Lesson, record: LessonRecord) -> list[Dot]:
    named = [*((step.slug, step.title) for step in lesson.steps), (QUIZ, "Quiz")]
    return [
        Dot(slug, title, _standing(is_done(lesson, record, slug), record.steps.get(slug)))
        for slug, title in named
    ]


def _standing(done: bool, record: StepRecord | None) -> str:
    if done:
        return "done"
    return "skipped" if record is not None and record.said == "skip" else "open"
