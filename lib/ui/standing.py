"""Where a learner stands with a lesson, in the words and marks of the screen."""

from typing import Literal

from ..course import Lesson, LessonRecord, done_count, slugs


def lesson_label(lesson: Lesson, record: LessonRecord) -> str:
    """How much of a lesson is done, as an addition to its title; nothing where nothing is."""
    count = done_count(lesson, record)
    return f" · {count}/{len(slugs(lesson))}" if count else ""


def lesson_mark(lesson: Lesson, record: LessonRecord) -> Literal["open", "begun", "done"]:
    count = done_count(lesson, record)
    if count == len(slugs(lesson)):
        return "done"
    return "begun" if count else "open"
