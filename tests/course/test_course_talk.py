"""A talk: planned for minutes, kept as an address, with notes for its speaker."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import COURSE
from lib.course import (
    MOST_STOPS,
    TALK_MINUTES,
    Estimate,
    Lesson,
    Notes,
    Predict,
    StepAddress,
    Talk,
    fill,
    minutes_of,
    notes_on,
    plan,
    read_talk,
)

EVERY = [StepAddress(lesson.slug, stop.slug) for lesson in COURSE.lessons for stop in lesson.stops]

of_a_lesson = pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
of_so_many_minutes = pytest.mark.parametrize("minutes", TALK_MINUTES)


def time_of(talk: Talk) -> int:
    return sum(minutes_of(COURSE.lesson(stop.lesson))[stop.step] for stop in talk.stops)


@of_a_lesson
def test_the_minutes_of_its_steps_are_those_of_the_lesson(lesson: Lesson) -> None:
    assert [sum(minutes_of(lesson)[stop.slug] for stop in part.stops) for part in lesson.parts] == [
        part.minutes for part in lesson.parts
    ]
    assert min(minutes_of(lesson).values()) >= 1


def test_lines_and_what_is_done_alone_take_twice_as_long() -> None:
    """Of 60 minutes of Clustermaps twelve steps, three of them twice as long, take 15 shares."""
    minutes = minutes_of(COURSE.lesson("clustermaps"))
    long = {"write_the_distance", "write_the_scaling", "on_your_own_blood"}
    assert minutes == {slug: 8 if slug in long else 4 for slug in minutes}


@of_a_lesson
@of_so_many_minutes
def test_a_plan_fills_its_minutes_and_does_not_overrun_them(lesson: Lesson, minutes: int) -> None:
    talk = plan(lesson, minutes)
    assert talk.minutes == minutes
    assert 0.7 * minutes <= time_of(talk) <= minutes


@of_a_lesson
@of_so_many_minutes
def test_a_plan_begins_at_the_beginning_and_keeps_the_order(lesson: Lesson, minutes: int) -> None:
    slugs = [stop.slug for stop in lesson.stops]
    numbers = [slugs.index(stop.step) for stop in plan(lesson, minutes).stops]
    assert numbers[0] == 0
    assert numbers == sorted(set(numbers))


@of_a_lesson
def test_a_plan_leaves_out_what_a_learner_does_alone(lesson: Lesson) -> None:
    """Even where there is time for all of it."""
    slugs = [stop.slug for stop in lesson.stops]
    assert [stop.step for stop in plan(lesson, 600).stops] == slugs[:-1]
    assert lesson.stops[-1].title.startswith("On your own: ")


@of_a_lesson
@of_so_many_minutes
def test_a_plan_leaves_out_no_question_that_tempts_for_one_that_does_not(
    lesson: Lesson, minutes: int
) -> None:
    """What tempts and was left out takes longer than all that could make room for it."""
    chosen = {stop.step for stop in plan(lesson, minutes).stops}
    times, first = minutes_of(lesson), lesson.stops[0].slug
    spare = minutes - sum(times[slug] for slug in chosen)
    others = [step for step in lesson.steps[1:-1] if not tempts(lesson, step.slug)]
    spare += sum(times[step.slug] for step in others if step.slug in chosen - {first})
    for step in lesson.steps[1:-1]:
        if tempts(lesson, step.slug) and step.slug not in chosen:
            assert times[step.slug] > spare


def tempts(lesson: Lesson, slug: str) -> bool:
    """Whether a choice that most would take names what is wrong with it."""
    asked = lesson.step(slug).predict
    return isinstance(asked, Predict) and any(
        choice.tempting and choice.misconception for choice in asked.choices
    )


def test_the_example_of_a_plan() -> None:
    """Significance in ten minutes: noise has stars, and what of those of real data remains.

    Both take five. The second step's tempting choice is the right one, the third one's is wrong.
    """
    assert plan(COURSE.lesson("significance"), 10).written == "10~significance.noise.survivors"


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(EVERY), min_size=1, max_size=MOST_STOPS, unique=True),
    st.integers(1, 999),
)
def test_a_talk_is_read_as_it_was_written(stops: list[StepAddress], minutes: int) -> None:
    talk = Talk(tuple(stops), minutes)
    read = read_talk(COURSE, talk.written)
    assert read == talk
    assert read.left_out == 0
    assert len(talk.written) < 4_000


def test_what_the_course_does_not_have_is_left_out_and_counted() -> None:
    read = read_talk(COURSE, "20~methods.four_panels.nothing~nowhere.one_row~methods.one_row.quiz")
    assert read == Talk(
        (StepAddress("methods", "four_panels"), StepAddress("methods", "one_row")), 20
    )
    assert read.left_out == 3


def test_a_step_comes_once_and_sixty_come_at_most() -> None:
    twice = read_talk(COURSE, "20~methods.one_row.one_row")
    assert twice is not None
    assert (len(twice.stops), twice.left_out) == (1, 1)
    everything = read_talk(COURSE, Talk(tuple(EVERY), 45).written)
    assert everything is not None
    assert everything.stops == tuple(EVERY[:MOST_STOPS])
    assert everything.left_out == len(EVERY) - MOST_STOPS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "20",
        "20~",
        "0~methods.one_row",
        "-5~methods.one_row",
        "1000~methods.one_row",
        "٣~methods.one_row",
        "20~methods",
        "20~nowhere.nothing",
        "methods.one_row",
        "20~methods.one_row\x00",
        "20~" + "methods.one_row~" * 1_000,
    ],
)
def test_what_is_no_talk_is_none(text: str) -> None:
    assert read_talk(COURSE, text) is None


pieces = st.sampled_from(["~", ".", "20", "methods", "one_row", "quiz", "\x00", "<b>", "/", "٣"])


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=200), st.lists(pieces, max_size=12).map("".join)))
def test_whatever_is_written_gives_a_clean_talk_or_none(text: str) -> None:
    talk = read_talk(COURSE, text)
    if talk is not None:
        assert set(talk.stops) <= set(EVERY)
        assert 1 <= talk.minutes <= 999
        assert read_talk(COURSE, talk.written) == talk


def test_the_way_through_a_talk() -> None:
    talk = Talk((EVERY[30], EVERY[2], EVERY[9]), 20)
    assert [talk.neighbours(stop) for stop in talk.stops] == [
        (None, EVERY[2]),
        (EVERY[30], EVERY[9]),
        (EVERY[2], None),
    ]
    assert talk.neighbours(EVERY[5]) == (None, EVERY[30])


def notes(lesson: str, step: str) -> Notes:
    return notes_on(COURSE, StepAddress(lesson, step))


def test_notes_on_a_choice() -> None:
    """Anscombe's four panels: r is 0.816 in each of them."""
    of_panels = notes("methods", "four_panels")
    (right,) = (saying for saying in of_panels.sayings if saying.right)
    assert right.said == of_panels.truth
    assert right.belief == ""
    (tempting,) = (saying for saying in of_panels.sayings if saying.tempting)
    assert not tempting.right
    assert tempting.belief == COURSE.misconceptions[_named("methods", "four_panels", 0)].belief
    assert of_panels.minutes == minutes_of(COURSE.lesson("methods"))["four_panels"]


def _named(lesson: str, step: str, choice: int) -> str:
    asked = COURSE.lesson(lesson).step(step).predict
    assert isinstance(asked, Predict)
    slug = asked.choices[choice].misconception
    assert slug is not None
    return slug


def test_notes_on_an_estimate_name_every_number_that_can_be_said() -> None:
    """Two dummies of 39 rows, 19 and 13 of them one, are never one together.

    r = -sqrt(19 * 13 / (20 * 26)) = -0.69; from -0.79 to -0.59 is right, in steps of 0.05.
    """
    of_dummies = notes("five_steps", "dummify")
    assert of_dummies.truth == f"−{(19 * 13 / (20 * 26)) ** 0.5:.2f}"
    assert [(saying.said, saying.right) for saying in of_dummies.sayings] == [
        ("−1.00 to −0.80", False),
        ("−0.75 to −0.60", True),
        ("−0.55 to −0.15", False),
        ("−0.10 to 0.05", False),
        ("0.10 to 1.00", False),
    ]
    assert of_dummies.settings == {"htype becomes": "1 / 0"}


def test_what_is_said_to_estimates_on_both_sides_is_no_belief() -> None:
    """r is 0.80 there: one band lies below it, another around it."""
    cut = COURSE.misconceptions["halves_keep_nothing"].belief
    sayings = notes("methods", "two_groups").sayings
    assert [(saying.said, saying.right, saying.belief) for saying in sayings] == [
        ("0.00 to 0.45", False, cut),
        ("0.50 to 0.70", False, ""),
        ("0.75 to 0.85", True, ""),
        ("0.90 to 1.00", False, ""),
    ]


def test_notes_say_what_stands_on_the_screen_where_the_question_is_answered() -> None:
    """The extra point in the corner: r 0.73, rho 0.06 of 31 points."""
    of_outlier = notes("methods", "one_outlier")
    step = COURSE.lesson("methods").step("one_outlier")
    facts = step.exhibit({"point": (8.0, 8.0)}).facts
    assert of_outlier.settings == {"The extra point": "8, 8"}
    assert of_outlier.readings["Pearson's r"] == of_outlier.truth == f"{facts['r']:.2f}"


def test_notes_say_how_to_see_what_was_asked_for() -> None:
    """Twenty draws of genes that were chosen with the diagnoses; one section less than all."""
    assert notes("clustermaps", "dipping").settings == {
        "Genes chosen": "by t, all patients",
        "Draws": "20",
    }
    assert notes("methods", "one_row").settings == {"Leave out sections": "25"}
    assert notes("action", "drop").settings == {"Predictors to keep": "without itg"}
    assert notes("methods", "your_map").settings == {"Your map": "every cell filled in"}
    assert notes("five_steps", "write_the_limits").settings == {"Your lines": "`np.array([-1, 1])`"}


# The reading that tells what was asked, and the fact that the answer is taken from
ASKED_AND_READ = [
    ("clustermaps.dipping", "mean agreement", "{noise_mean:.2f}"),
    ("action.shrink", "error", "{rmse_combined:.2f}"),
    ("action.encode", "r", "{r_others:.2f}"),
    ("action.construct", "ρ or r on the screen", "{rho_unlit:.2f}"),
    ("action.order", "columns kept", "{kept_backwards}"),
    ("action.decide", "error", "{rmse_ridge:.2f}"),
    ("applications.relate", "income and infant mortality", "{log_r:.2f}"),
    ("methods.one_row", "Pearson's r", "{without_ruler:.2f}"),
    ("methods.what_the_test_needs", "false alarms", "{unequal:.1f} %"),
    ("time_series.overlap", "rows", "{fourth_n}"),
    ("significance.survivors", "stars", "{holm} of {pairs}"),
    ("five_steps.write_the_limits", "pairs beyond the ends", "{beyond_one} of {pairs}"),
    ("categorical.groups", "variance explained", "{feed_eta2:.0%}"),
]


@pytest.mark.parametrize(("stop", "reading", "asked"), ASKED_AND_READ)
def test_what_is_pointed_at_is_what_was_asked_for(stop: str, reading: str, asked: str) -> None:
    """The answer is known at a setting where the reading is still another."""
    lesson, name = stop.split(".")
    step = COURSE.lesson(lesson).step(name)
    assert step.predict is not None
    at_answer = step.exhibit(step.predict.answer_at)
    expected = fill(asked, at_answer.words)
    found = notes(lesson, name)
    assert found.is_seen
    assert found.readings[reading] == expected != at_answer.read()[reading]


@pytest.mark.parametrize(
    "stop", ["action.interact", "clustermaps.leukaemia", "methods.two_groups", "five_steps.read"]
)
def test_readings_of_something_else_are_not_said_to_tell_what_was_asked(stop: str) -> None:
    assert not notes(*stop.split(".")).is_seen


@of_a_lesson
def test_every_control_is_named_and_every_reading_is_of_that_setting(lesson: Lesson) -> None:
    for step in lesson.steps:
        asked = step.predict
        setting = {**asked.answer_at, **(asked.seen_at or {})} if asked else {}
        if asked is None or not setting:
            continue
        found = notes(lesson.slug, step.slug)
        changed = [name for name, value in setting.items() if value != step.defaults[name]]
        labels = {step.controls[name].label for name in changed}
        assert found.settings.keys() == labels, step.slug
        assert len(labels) == len(changed), step.slug
        seen = step.exhibit(setting)
        assert seen.setting == {**{n: c.default for n, c in step.controls.items()}, **setting}
        assert seen.error == ""
        for label, text in step.readings.items():
            assert found.readings[label] == fill(text, {**seen.setting, **seen.facts}), step.slug
        # To look at the answer does not change it.
        assert asked.answer(seen) == asked.answer(step.exhibit(asked.answer_at)), step.slug


def test_notes_on_a_step_that_asks_nothing() -> None:
    of_lines = notes("significance", "write_holm")
    assert (of_lines.question, of_lines.truth, of_lines.sayings) == ("", "", ())
    assert of_lines.task
    assert of_lines.hints


def test_the_feedback_of_a_stretch_is_true_of_all_of_it() -> None:
    """None repeats the very number that was said."""
    for step in (step for lesson in COURSE.lessons for step in lesson.steps):
        if isinstance(step.predict, Estimate):
            texts = [step.predict.feedback, *(band.feedback for band in step.predict.bands)]
            assert not [text for text in texts if "{value" in text], step.slug


@pytest.mark.play
@pytest.mark.parametrize("stop", EVERY, ids=".".join)
def test_every_step_has_notes(stop: StepAddress) -> None:
    """One saying is right, what tempts wrongly has its belief, and no place is left open."""
    found = notes_on(COURSE, stop)
    asked = COURSE.lesson(stop.lesson).step(stop.step).predict
    assert bool(found.question) == (asked is not None)
    if asked is not None:
        assert any(saying.right for saying in found.sayings)
        assert not any(saying.right and saying.belief for saying in found.sayings)
    if isinstance(asked, Predict):
        assert all(saying.right or saying.belief for saying in found.sayings)
    if isinstance(asked, Estimate):
        (right,) = (at for at, saying in enumerate(found.sayings) if saying.right)
        below, above = (
            {saying.belief for saying in side} - {""}
            for side in (found.sayings[:right], found.sayings[right:])
        )
        assert not below & above
    texts = [found.question, found.truth, found.task, *found.hints, *found.readings.values()]
    for text in [*texts, *(saying.said + saying.feedback for saying in found.sayings)]:
        assert "{" not in text.replace("`{", "")
