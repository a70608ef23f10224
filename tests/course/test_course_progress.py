"""Events make the progress: what follows from each, in any order, from any number of tabs."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.course import (
    SKIPPED,
    Answered,
    Bookmarked,
    CardRecord,
    Event,
    Hinted,
    LessonRecord,
    Noted,
    Opened,
    Passed,
    PracticeRecord,
    Practised,
    Predicted,
    Progress,
    Raced,
    RaceRecord,
    Records,
    Restarted,
    Reviewed,
    Shown,
    Slip,
    StepRecord,
    Tried,
    clean_note,
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


PAIRS = {"lesson": "roads", "step": "pairs"}


def test_practice_counts_what_was_asked_what_was_right_and_how_many_in_a_row() -> None:
    answers = [(3, True), (4, False), (6, True), (5, True)]
    events = [
        Practised(at=float(at), **PAIRS, draw=draw, said="6", right=right)
        for at, (draw, right) in enumerate(answers, 1)
    ]
    lesson = Progress("demo").apply(*events).lesson("roads")
    assert lesson.practice == {"pairs": PracticeRecord(asked=4, right=3, row=2, at=4.0, draw=6)}
    assert lesson.steps == {}


def test_a_bookmark_and_a_note_are_set_and_taken_away_and_open_nothing() -> None:
    set_both = (Bookmarked(at=1.0, **HERE, on=True), Noted(at=2.0, **HERE, text="Two\nlines."))
    record = after(*set_both)
    assert record == StepRecord(
        bookmarked=True, bookmarked_at=1.0, note="Two\nlines.", noted_at=2.0
    )
    gone = after(*set_both, Bookmarked(at=3.0, **HERE, on=False), Noted(at=4.0, **HERE, text=""))
    assert (gone.bookmarked, gone.note, gone.seen) == (False, "", None)


@pytest.mark.parametrize("text", ["x" * 1001, "a\tb", "a\rb", "\0", "\x1b[31m", "\x85"])
def test_a_note_that_is_too_long_or_holds_control_characters_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="No note"):
        Noted(at=1.0, **HERE, text=text)


def test_what_was_typed_becomes_a_note() -> None:
    assert clean_note("  a\tb\r\n\x00c\n ") == "a b\nc"
    assert clean_note("x" * 5000) == "x" * 1000


@given(text=st.text())
def test_whatever_was_typed_can_be_noted(text: str) -> None:
    assert clean_note(Noted(at=1.0, **HERE, text=clean_note(text)).text) == clean_note(text)


def reviewed(at: float, rating: int = 3, card: str = "zero_is_nothing") -> Reviewed:
    schedule = {"due": at + 86_400 * rating, "stability": 2.0, "difficulty": 5.0, "state": 2}
    return Reviewed(at=at, card=card, rating=rating, **schedule)


def test_a_card_has_its_last_schedule() -> None:
    records = Progress("demo").apply(reviewed(1.0), reviewed(2.0, rating=4)).records
    assert records.cards == {
        "zero_is_nothing": CardRecord(4, 345_602.0, 2.0, 5.0, 2, at=2.0, first=1.0, reviews=2)
    }
    assert (records.last, records.lessons) == (None, {})


def test_a_race_has_its_best_and_its_last_sixty_guesses() -> None:
    guesses = [((n / 100, -n / 100),) * 25 for n in range(3)]
    races = [
        Raced(at=float(at), challenge="guess_r", guesses=each, score=score)
        for at, (each, score) in enumerate(zip(guesses, (30, 80, 50), strict=True), 1)
    ]
    last = (*guesses[0][15:], *guesses[1], *guesses[2])
    assert Progress("demo").apply(*races).records.races == {
        "guess_r": RaceRecord(count=3, best=80, at=3.0, guesses=last)
    }


def test_days_count_what_was_done_by_the_utc_date() -> None:
    midnight = 1_700_006_400.0  # 2023-11-15
    events = [
        Predicted(at=midnight - 2, **HERE, said="1", right=False),
        Predicted(at=midnight - 1.5, **HERE, said=SKIPPED),
        Predicted(at=midnight - 1.2, **HERE, said="1", own=False),
        Hinted(at=midnight - 1.1, **HERE),
        Passed(at=midnight - 0.001, **HERE),
        Answered(at=midnight, **HERE, question="zero", answer=1),
        Practised(at=midnight + 1, **PAIRS, draw=1, said="6", right=True),
        Practised(at=midnight + 2, **PAIRS, draw=2, said="5", right=False),
        reviewed(midnight + 3),
        Raced(at=midnight + 86_400, challenge="guess_r", guesses=(), score=0),
    ]
    assert Progress("demo").apply(*events).records.days == {
        "2023-11-14": {"predicted": 1, "passed": 1},
        "2023-11-15": {"answered": 1, "practised": 2, "reviewed": 1},
        "2023-11-16": {"raced": 1},
    }


# What was got wrong, and whether it was put right

ZERO = "zero_is_nothing"


def wrong(kind: str, at: float) -> Event:
    match kind:
        case "prediction":
            return Predicted(at=at, **HERE, said="1", right=False, misconception=ZERO)
        case "attempt":
            return Tried(at=at, **HERE, values=(), misconception=ZERO)
        case "question":
            quiz = {"lesson": "roads", "step": "quiz"}
            return Answered(
                at=at, **quiz, question="zero", answer=2, right=False, misconception=ZERO
            )
        case _:
            return Practised(at=at, **PAIRS, draw=1, said="5", right=False, misconception=ZERO)


PASSED = Passed(at=2.0, **HERE)
PREDICTED = Predicted(at=2.0, **HERE, said="0", right=True)
ANSWERED = Answered(at=2.0, lesson="roads", step="quiz", question="zero", answer=0, right=True)
PRACTISED = Practised(at=2.0, **PAIRS, draw=2, said="6", right=True)
RECALLED = reviewed(2.0, rating=2)
CURES = {
    "prediction": [PASSED, PREDICTED, RECALLED],
    "attempt": [PASSED, PREDICTED, RECALLED],
    "question": [ANSWERED, RECALLED],
    "practice": [PRACTISED, RECALLED],
}


@pytest.mark.parametrize("kind", CURES)
def test_a_misconception_is_weak_until_it_is_put_right_where_it_was_shown(kind: str) -> None:
    shown = Progress("demo").apply(wrong(kind, 1.0))
    assert shown.records.weak == (ZERO,)
    assert (shown.records.slips[ZERO].times, shown.records.slips[ZERO].at) == (1, 1.0)
    elsewhere = (Passed(at=2.0, lesson="ponds", step="mask"), reviewed(2.0, card="other"))
    for cure in (PASSED, PREDICTED, ANSWERED, PRACTISED, RECALLED, reviewed(2.0, 1), *elsewhere):
        assert (shown.apply(cure).records.weak == ()) == (cure in CURES[kind]), cure
        if cure in CURES[kind]:
            assert shown.apply(cure, wrong("practice", 3.0)).records.weak == (ZERO,)


def test_what_was_shown_in_two_places_is_put_right_in_either() -> None:
    progress = Progress("demo").apply(wrong("prediction", 1.0), wrong("practice", 1.5))
    places = (("roads", "practice", "pairs"), ("roads", "step", "mask"))
    assert progress.records.slips == {ZERO: Slip(2, 1.5, places)}
    assert progress.apply(PASSED).records.slips == {ZERO: Slip(2, 1.5, places, 2.0)}
    assert progress.apply(PRACTISED).records.weak == ()


def test_what_is_tried_after_the_task_is_passed_is_play() -> None:
    played = Progress("demo").apply(Passed(at=0.5, **HERE), wrong("attempt", 1.0))
    assert played.records.weak == ()
    assert played.step(**HERE).misconceptions == (ZERO,)


def test_the_latest_weakness_comes_first() -> None:
    shown = [
        Practised(at=at, **PAIRS, draw=int(at), said="5", right=False, misconception=slug)
        for at, slug in ((1.0, "x"), (2.0, "z"), (3.0, "y"), (4.0, "x"))
    ]
    assert Progress("demo").apply(*shown).records.weak == ("x", "y", "z")


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
    st.builds(
        Answered,
        **WHERE,
        question=NAMES,
        answer=st.integers(0, 3),
        right=st.none() | st.booleans(),
        misconception=BELIEFS,
    ),
    st.builds(
        Practised,
        **WHERE,
        draw=st.integers(0, 9),
        said=st.text(max_size=2),
        right=st.booleans(),
        misconception=BELIEFS,
    ),
    st.builds(Bookmarked, **WHERE, on=st.booleans()),
    st.builds(Noted, **WHERE, text=st.text(max_size=4).map(clean_note)),
    st.builds(
        Reviewed,
        at=WHERE["at"],
        card=st.sampled_from(["x", "y"]),
        rating=st.integers(1, 4),
        due=st.floats(0, 1e9),
        stability=st.floats(0.001, 1e4),
        difficulty=st.floats(1, 10),
        state=st.integers(1, 3),
    ),
    st.builds(
        Raced,
        at=WHERE["at"],
        challenge=NAMES,
        guesses=st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), max_size=3).map(tuple),
        score=st.integers(0, 100),
    ),
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


def test_of_two_bases_the_later_note_bookmark_schedule_and_guesses_stay() -> None:
    def base(*events: Event) -> Records:
        return Records().after(*events)

    mine = base(
        Noted(at=1.0, **HERE, text="z"),
        Bookmarked(at=5.0, **HERE, on=False),
        reviewed(2.0, rating=4),
        Raced(at=3.0, challenge="guess_r", guesses=((0.1, 0.2),), score=90),
        Practised(at=2.0, **PAIRS, draw=9, said="6", right=True),
        Practised(at=3.0, **PAIRS, draw=4, said="6", right=True),
        wrong("prediction", 6.0),
    )
    yours = base(
        Noted(at=2.0, **HERE, text="a"),
        Bookmarked(at=4.0, **HERE, on=True),
        reviewed(3.0, rating=1),
        Raced(at=4.0, challenge="guess_r", guesses=((0.3, 0.4),), score=10),
        Practised(at=4.0, **PAIRS, draw=2, said="5", right=False),
        wrong("question", 5.0),
        Answered(at=7.0, lesson="roads", step="quiz", question="zero", answer=0, right=True),
    )
    both = join(mine, yours)
    assert both == join(yours, mine) == join(both, mine) == join(both, both)
    step = both.lessons["roads"].step("mask")
    assert (step.note, step.noted_at, step.bookmarked, step.bookmarked_at) == ("a", 2.0, False, 5.0)
    assert both.cards[ZERO] == CardRecord(1, 86_403.0, 2.0, 5.0, 2, at=3.0, first=2.0)
    assert both.races["guess_r"] == RaceRecord(1, 90, 4.0, ((0.3, 0.4),))
    assert both.lessons["roads"].practice["pairs"] == PracticeRecord(2, 2, 0, 4.0, 9)
    places = (("roads", "quiz", "zero"), ("roads", "step", "mask"))
    assert both.slips[ZERO] == Slip(1, 6.0, places, 7.0)
    assert both.days["1970-01-01"] == {"predicted": 1, "practised": 2, "reviewed": 1, "raced": 1,
                                       "answered": 2}  # fmt: skip


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
            for kind, practice in kept.practice.items():
                both = merged.lesson(lesson).practice[kind]
                assert (both.asked, both.right) >= (practice.asked, practice.right)
                assert both.draw >= practice.draw
            for slug, step in kept.steps.items():
                found = merged.step(lesson, slug)
                assert found.passed >= step.passed
                assert found.attempts >= step.attempts or found.passed
                assert set(found.misconceptions) >= set(step.misconceptions)
                assert (found.noted_at or 0) >= (step.noted_at or 0)
                assert (found.bookmarked_at or 0) >= (step.bookmarked_at or 0)
        for slug, card in record.records.cards.items():
            assert merged.records.cards[slug].at >= card.at
        for challenge, race in record.records.races.items():
            assert merged.records.races[challenge].best >= race.best
        for day, done in record.records.days.items():
            assert all(merged.records.days[day][kind] >= count for kind, count in done.items())


def test_a_prediction_without_a_date_came_first() -> None:
    """The first version of the course kept neither when it was made nor whether it was right."""
    old = StepRecord(said="1", predicted=True)
    begun = Progress("demo", base=Records(None, {"roads": LessonRecord({"mask": old})}))
    again = begun.apply(Predicted(at=9.0, **HERE, said="0", right=True))
    assert again.step(**HERE).right is None
    new = StepRecord(said="0", predicted=True, right=True, predicted_at=9.0, seen=9.0)
    both = join(begun.base, Records(None, {"roads": LessonRecord({"mask": new})}))
    assert both.lessons["roads"].step("mask").right is None
