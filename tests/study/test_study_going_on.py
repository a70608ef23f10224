"""What comes next follows from what was done, and a timeline says when."""

from lessons import COURSE
from lib.course import (
    QUIZ,
    SKIPPED,
    Answered,
    Bookmarked,
    Event,
    Lesson,
    Noted,
    Opened,
    Passed,
    Practised,
    Predicted,
    Progress,
    Tried,
)
from lib.study.going_on import kept, next_up, weak_spots
from lib.study.timeline import timeline

FIRST, SECOND = COURSE.lessons[:2]
DAY = 86_400.0


def after(*events: Event) -> Progress:
    return Progress(COURSE.slug).apply(*events)


def place(progress: Progress) -> tuple[str, str] | None:
    found = next_up(COURSE, progress)
    return None if found is None else (found.lesson.slug, found.station.slug)


def whole(lesson: Lesson, at: float = 1.0) -> list[Event]:
    """Every event of a lesson that is done."""
    steps = [Passed(at=at, lesson=lesson.slug, step=stop.slug) for stop in lesson.stops]
    quiz = [
        Answered(
            at=at,
            lesson=lesson.slug,
            step=QUIZ,
            question=question.slug,
            answer=next(n for n, answer in enumerate(question.answers) if answer.right),
        )
        for question in lesson.quiz
    ]
    return [*steps, *quiz]


def test_who_has_done_nothing_begins_at_the_beginning() -> None:
    assert place(after()) == (FIRST.slug, FIRST.stops[0].slug)


def test_an_open_step_is_gone_on_with() -> None:
    here = Opened(at=5.0, lesson=SECOND.slug, step=SECOND.stops[2].slug)
    assert place(after(here)) == (SECOND.slug, SECOND.stops[2].slug)


def test_after_a_step_that_is_passed_comes_the_one_behind_it() -> None:
    slug = SECOND.stops[2].slug
    done = (
        Opened(at=5.0, lesson=SECOND.slug, step=slug),
        Passed(at=6.0, lesson=SECOND.slug, step=slug),
    )
    assert place(after(*done)) == (SECOND.slug, SECOND.stops[3].slug)


def test_after_a_finished_quiz_comes_the_next_lesson() -> None:
    at_quiz = Opened(at=9.0, lesson=FIRST.slug, step=QUIZ)
    assert place(after(*whole(FIRST), at_quiz)) == (SECOND.slug, SECOND.stops[0].slug)


def test_what_was_skipped_comes_last_of_all_and_then_nothing() -> None:
    every = [event for lesson in COURSE.lessons for event in whole(lesson)]
    but_one = [event for event in every if event.step != FIRST.stops[1].slug]
    skipped = Predicted(at=2.0, lesson=FIRST.slug, step=FIRST.stops[1].slug, said=SKIPPED)
    assert place(after(*but_one, skipped)) == (FIRST.slug, FIRST.stops[1].slug)
    assert place(after(*every)) is None


def test_who_skipped_the_prediction_and_tried_the_task_goes_on_with_it() -> None:
    here = {"lesson": FIRST.slug, "step": FIRST.stops[3].slug}
    skipped = Predicted(at=2.0, said=SKIPPED, **here)
    opened = Opened(at=1.0, **here)
    assert place(after(opened, skipped)) == (FIRST.slug, FIRST.stops[4].slug)
    tried = Tried(at=3.0, values=(("k", 1),), **here)
    assert place(after(opened, skipped, tried)) == (FIRST.slug, FIRST.stops[3].slug)


def test_the_part_and_its_minutes_are_told() -> None:
    found = next_up(COURSE, after())
    assert found is not None
    assert found.part is not None
    assert (found.part.title, found.minutes) == (FIRST.parts[0].title, FIRST.parts[0].minutes)


def test_a_place_that_the_course_no_longer_has_is_no_place() -> None:
    assert place(after(Opened(at=1.0, lesson="gone", step="x"))) is not None


def test_what_was_got_wrong_is_weak_until_it_is_put_right() -> None:
    wrong = Predicted(
        at=1.0, lesson=FIRST.slug, step="mask", said="0", right=False,
        misconception="masks_change_values",
    )  # fmt: skip
    assert [each.slug for each in weak_spots(COURSE, after(wrong))] == ["masks_change_values"]
    passed = Passed(at=2.0, lesson=FIRST.slug, step="mask")
    assert weak_spots(COURSE, after(wrong, passed)) == []


def test_bookmarks_and_notes_are_kept_in_the_order_of_the_course() -> None:
    later = Bookmarked(at=1.0, lesson=SECOND.slug, step=SECOND.stops[0].slug, on=True)
    first = Noted(at=2.0, lesson=FIRST.slug, step="mask", text="triu, not tril")
    gone = Noted(at=3.0, lesson=FIRST.slug, step="colour", text="")
    found = list(kept(COURSE, after(later, first, gone)))
    assert [(each.slug, each.bookmarked, each.note) for each in found] == [
        ("mask", False, "triu, not tril"),
        (SECOND.stops[0].slug, True, ""),
    ]


def test_a_timeline_says_what_was_done_on_which_day() -> None:
    days = timeline(
        COURSE,
        after(
            Passed(at=10 * DAY, lesson=FIRST.slug, step="mask"),
            Practised(at=10 * DAY + 5, lesson=FIRST.slug, step="x", draw=1, said="1", right=True),
            Practised(at=11 * DAY, lesson=FIRST.slug, step="x", draw=2, said="1", right=True),
            Practised(at=11 * DAY + 1, lesson=FIRST.slug, step="x", draw=3, said="1", right=True),
        ),
    )
    assert [(day.date, day.counts) for day in days] == [
        ("1970-01-12", "2 exercises"),
        ("1970-01-11", "1 exercise"),
    ]
    assert days[1].passed == {FIRST.title: ["What the mask hides"]}
    assert days[0].passed == {}
