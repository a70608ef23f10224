"""Events make the progress: what follows from each, in any order, from any number of tabs."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.course import (
    SKIPPED,
    Answered,
    Event,
    Hinted,
    LessonRecord,
    Opened,
    Passed,
    Predicted,
    Progress,
    Records,
    Restarted,
    Shown,
    StepRecord,
    Tried,
    read_progress,
    write_progress,
)
from lib.course.joining import join
from lib.course.progress import MOST_EVENTS

HERE = {"lesson": "roads", "step": "mask"}


def after(*events: Event) -> StepRecord:
    return Progress("demo").apply(*events).step("roads", "mask")


# What follows from each


def test_a_fresh_progress_holds_nothing() -> None:
    progress = Progress("demo")
    assert (progress.course, progress.last, progress.records.lessons) == ("demo", None, {})
    assert progress.step("roads", "mask") == StepRecord()
    assert progress.lesson("roads") == LessonRecord()


def test_learners_have_seeds_of_their_own() -> None:
    seeds = [Progress("demo").seed for _ in range(20)]
    assert len(set(seeds)) > 15
    assert all(0 <= seed < 2**31 for seed in seeds)


def test_opening_is_dated_first_and_last_and_says_where_the_learner_is() -> None:
    progress = Progress("demo").apply(Opened(at=1.0, **HERE), Opened(at=5.0, **HERE))
    assert (progress.step(**HERE).opened, progress.step(**HERE).seen) == (1.0, 5.0)
    progress = progress.apply(Opened(at=6.0, lesson="ponds", step="quiz"))
    assert progress.last == ("ponds", "quiz")


def test_a_prediction_is_graded_once_and_its_misconceptions_stay() -> None:
    first = Predicted(at=1.0, **HERE, said="2", right=False, misconception="zero_is_nothing")
    second = Predicted(at=2.0, **HERE, said="0", right=True)
    record = after(first, second)
    assert (record.said, record.predicted, record.right) == ("0", True, False)
    assert record.predicted_at == 1.0
    assert record.misconceptions == ("zero_is_nothing",)


def test_what_is_skipped_or_came_with_an_address_is_no_prediction_of_ones_own() -> None:
    assert after(Predicted(at=1.0, **HERE, said=SKIPPED)) == StepRecord(said=SKIPPED, seen=1.0)
    foreign = Predicted(at=1.0, **HERE, said="2", own=False)
    assert after(foreign) == StepRecord(said="2", seen=1.0)


def test_attempts_count_until_the_task_is_passed_and_values_stay() -> None:
    record = after(
        Tried(at=1.0, **HERE, values=(("k", 1),), misconception="too_far"),
        Tried(at=2.0, **HERE, values=(), counts=False),
        Tried(at=3.0, **HERE, values=(("k", 2),), misconception="too_far"),
        Passed(at=4.0, **HERE),
        Tried(at=5.0, **HERE, values=(("k", 3),)),
        Passed(at=6.0, **HERE),
    )
    assert (record.attempts, record.values) == (2, {"k": 3})
    assert (record.passed, record.passed_at, record.seen) == (True, 4.0, 6.0)
    assert record.misconceptions == ("too_far",)


def test_help_is_counted() -> None:
    record = after(Hinted(at=1.0, **HERE), Hinted(at=2.0, **HERE), Shown(at=3.0, **HERE))
    assert (record.hints, record.solution_shown) == (2, True)


def test_the_same_answer_again_is_not_another_try() -> None:
    said = [
        Answered(at=float(at), **HERE, question="zero", answer=a)
        for at, a in enumerate((2, 2, 0, 2), 1)
    ]
    lesson = Progress("demo").apply(*said).lesson("roads")
    assert lesson.quiz == {"zero": (2, 0, 2)}
    assert lesson.answered == {"zero": 4.0}


def test_a_progress_is_never_changed() -> None:
    before = Progress("demo", seed=1)
    before.apply(Passed(at=1.0, **HERE))
    assert before == Progress("demo", seed=1)
    assert before.records == Records()


def test_to_begin_afresh_forgets_what_was_set_and_keeps_what_was_achieved() -> None:
    done = (
        Predicted(at=1.0, **HERE, said="0", right=True),
        Tried(at=2.0, **HERE, values=(("k", 1),)),
        Passed(at=3.0, **HERE),
    )
    before, record = after(*done), after(*done, Restarted(at=4.0, **HERE))
    assert record == replace(before, said=None, values={}, seen=4.0)
    assert (record.predicted, record.right, record.passed) == (True, True, True)


# Any sequence

NAMES = st.sampled_from(["a", "b"])
WHERE = {"at": st.floats(0.5, 50), "lesson": NAMES, "step": NAMES}
BELIEFS = st.none() | st.sampled_from(["x", "y"])
VALUES = st.integers(-2, 2) | st.booleans() | st.text(max_size=2) | st.just(("u", None, 0.5))
SETTINGS = st.dictionaries(NAMES, VALUES, max_size=2).map(lambda each: tuple(each.items()))
EVENTS = st.one_of(
    st.builds(Opened, **WHERE),
    st.builds(Restarted, **WHERE),
    st.builds(
        Predicted,
        **WHERE,
        said=st.sampled_from(["0", "1", SKIPPED]),
        own=st.booleans(),
        right=st.none() | st.booleans(),
        misconception=BELIEFS,
    ),
    st.builds(Hinted, **WHERE),
    st.builds(Shown, **WHERE),
    st.builds(Tried, **WHERE, values=SETTINGS, counts=st.booleans(), misconception=BELIEFS),
    st.builds(Passed, **WHERE),
    st.builds(Answered, **WHERE, question=NAMES, answer=st.integers(0, 3)),
)
HISTORIES = st.lists(EVENTS, max_size=12)


@given(events=HISTORIES)
def test_any_history_round_trips_through_the_file(events: list[Event]) -> None:
    progress = Progress("demo", seed=1).apply(*events)
    again = read_progress(write_progress(progress), "demo")
    assert again == progress
    assert again.records == progress.records


@given(events=HISTORIES)
def test_events_apply_once_and_in_the_order_of_their_times(events: list[Event]) -> None:
    at_once = Progress("demo", seed=1).apply(*events)
    one_by_one = Progress("demo", seed=1)
    for event in reversed(events):
        one_by_one = one_by_one.apply(event)
    assert one_by_one == at_once
    assert one_by_one.records == at_once.records
    assert at_once.apply(*events) is at_once


@given(common=HISTORIES, mine=HISTORIES, yours=HISTORIES)
def test_two_tabs_come_to_the_same(
    common: list[Event], mine: list[Event], yours: list[Event]
) -> None:
    begun = Progress("demo", seed=1).apply(*common)
    one, other = begun.apply(*mine), begun.apply(*yours)
    assert one.merge(other) == other.merge(one) == begun.apply(*mine, *yours)
    assert one.merge(other).merge(other) == one.merge(other)
    assert one.merge(one) == one


# What lies far back is folded


def many(count: int, since: float = 1.0) -> list[Event]:
    return [Tried(at=since + at, **HERE, values=(("k", at),)) for at in range(count)]


def test_folding_keeps_what_followed_and_forgets_how() -> None:
    events = many(3 * MOST_EVENTS)
    progress = Progress("demo")
    for event in events:
        progress = progress.apply(event)
        assert len(progress.events) <= MOST_EVENTS
    assert progress.step(**HERE).attempts == len(events)
    assert progress.step(**HERE).values == {"k": len(events) - 1}
    assert progress.apply(*events) is progress
    assert len(write_progress(progress)) < 60_000


def test_a_tab_that_has_folded_and_one_that_has_not_agree() -> None:
    begun = Progress("demo", seed=1).apply(*many(MOST_EVENTS))
    later = Passed(at=900.0, **HERE)
    folded = begun.apply(*many(5, since=500.0))
    assert folded.until > 0
    merged = folded.merge(begun.apply(later))
    assert merged == begun.apply(later).merge(folded)
    assert merged.step(**HERE).attempts == MOST_EVENTS + 5
    assert merged.step(**HERE).passed


def test_events_of_one_moment_are_folded_together() -> None:
    at_once = [Tried(at=1.0, **HERE, values=(("k", k),)) for k in range(MOST_EVENTS + 1)]
    progress = Progress("demo").apply(*at_once)
    assert progress.step(**HERE).attempts == MOST_EVENTS + 1
    assert read_progress(write_progress(progress), "demo") == progress


# A file that is loaded takes the place of what was there


def test_what_took_the_place_of_another_wins_and_what_came_after_stays() -> None:
    old = Progress("demo", seed=1).apply(Passed(at=1.0, **HERE))
    loaded = replace(Progress("demo", seed=2), replaced=5.0)
    assert not old.merge(loaded).step(**HERE).passed
    assert old.merge(loaded) == loaded.merge(old) == loaded
    after_it = old.apply(Hinted(at=6.0, **HERE))
    merged = loaded.merge(after_it)
    assert (merged.seed, merged.step(**HERE)) == (2, StepRecord(hints=1, seen=6.0))


@pytest.mark.parametrize("flip", [False, True])
def test_a_session_that_has_just_begun_does_not_outweigh_an_old_file(flip: bool) -> None:
    stored = Progress(
        "demo",
        seed=1,
        base=Records(None, {"roads": LessonRecord({"mask": StepRecord(passed=True)})}),
    )
    fresh = Progress("demo", seed=2).apply(Opened(at=9.0, **HERE))
    merged = fresh.merge(stored) if flip else stored.merge(fresh)
    assert (merged.seed, merged.last) == (1, ("roads", "mask"))
    assert merged.step(**HERE).passed


def test_what_the_future_wrote_is_kept_by_both() -> None:
    one = Progress("demo", seed=1, foreign=({"kind": "starred"},), extra={"cards": 1})
    other = Progress("demo", seed=1, foreign=({"kind": "noted"},), extra={"notes": 2})
    merged = one.merge(other)
    assert merged == other.merge(one)
    assert merged.foreign == ({"kind": "noted"}, {"kind": "starred"})
    assert merged.extra == {"cards": 1, "notes": 2}


# Bases that have parted


def test_of_two_bases_nothing_that_was_done_is_lost() -> None:
    mine = StepRecord(
        **{"said": "1", "predicted": True, "right": False, "predicted_at": 4.0},
        **{"attempts": 3, "seen": 5.0, "opened": 2.0},
    )
    yours = StepRecord(
        said="0",
        predicted=True,
        right=True,
        predicted_at=6.0,
        hints=2,
        passed=True,
        passed_at=8.0,
        seen=9.0,
        values={"k": 1},
    )
    one = Records(("roads", "mask"), {"roads": LessonRecord({"mask": mine}, {"zero": (1,)})})
    other = Records(
        ("ponds", "read"),
        {"roads": LessonRecord({"mask": yours}, {"zero": (1, 0)}, {"zero": 7.0})},
    )
    both = join(one, other)
    assert both == join(other, one)
    assert both.last == ("roads", "mask")
    assert both.lessons["roads"].quiz == {"zero": (1, 0)}
    assert both.lessons["roads"].step("mask") == StepRecord(
        **{"said": "0", "predicted": True, "right": False, "predicted_at": 4.0},
        **{"attempts": 3, "hints": 2},
        **{"passed": True, "passed_at": 8.0, "opened": 2.0, "seen": 9.0, "values": {"k": 1}},
    )


@example(
    common=[],
    mine=[Predicted(at=1.0, lesson="roads", step="mask", said="0", own=False)],
    yours=[Tried(at=1.0, lesson="roads", step="mask", values=(("k", 1),))],
    until=1.0,
)
@given(common=HISTORIES, mine=HISTORIES, yours=HISTORIES, until=st.floats(0, 60))
def test_a_base_that_is_further_on_holds_what_the_other_does(
    common: list[Event], mine: list[Event], yours: list[Event], until: float
) -> None:
    begun = Progress("demo", seed=1).apply(*common)
    one, other = begun.apply(*mine)._folded_until(until), begun.apply(*yours)
    merged = one.merge(other)
    assert merged == other.merge(one)
    assert merged.merge(other) == merged.merge(one) == merged
    for record in (one, other):
        for lesson, kept in record.records.lessons.items():
            for slug, step in kept.steps.items():
                found = merged.step(lesson, slug)
                assert found.passed >= step.passed
                assert found.attempts >= step.attempts or found.passed
                assert set(found.misconceptions) >= set(step.misconceptions)


def test_a_prediction_without_a_date_came_first() -> None:
    """The first version of the course kept neither when it was made nor whether it was right."""
    old = StepRecord(said="1", predicted=True)
    begun = Progress("demo", base=Records(None, {"roads": LessonRecord({"mask": old})}))
    again = begun.apply(Predicted(at=9.0, **HERE, said="0", right=True))
    assert again.step(**HERE).right is None
    new = StepRecord(said="0", predicted=True, right=True, predicted_at=9.0, seen=9.0)
    both = join(begun.base, Records(None, {"roads": LessonRecord({"mask": new})}))
    assert both.lessons["roads"].step("mask").right is None
