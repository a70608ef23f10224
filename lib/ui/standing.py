"""Where a learner stands with a lesson, in the words and icons of the screen."""

from lib.course import Lesson, LessonRecord, done_count, slugs


def lesson_label(lesson: Lesson, record: LessonRecord) -> str:
    """How much of a lesson is done, as an addition to its title; nothing where nothing is."""
    count = done_count(lesson, record)
    return f" · {count}/{len(slugs(lesson))}" if count else ""


def lesson_icon(lesson: Lesson, record: LessonRecord) -> str:
    count = done_count(lesson, record)
    if count == len(slugs(lesson)):
        return ":material/check_circle:"
    return ":material/timelapse:" if count else ":material/radio_button_unchecked:"
