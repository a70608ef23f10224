"""What a class can be asked: every step and every exercise, and whatever a store may hold."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lessons import COURSE
from lib.course import (
    Band,
    ChooseOne,
    ClickCell,
    Course,
    Estimate,
    Guess,
    Lesson,
    Part,
    Predict,
    Step,
    TypeNumber,
    Verdict,
)
from lib.room.model import RoomError
from lib.room.own import choice
from lib.room.questions import GONE, UNCOUNTED, Questions

QUESTIONS = Questions(COURSE)
STEPS = [(lesson.slug, step) for lesson in COURSE.lessons for step in lesson.steps]


def read_back(question):
    """The question as a server reads it that has never asked it."""
    again = Questions(COURSE).read(question.asked)
    assert type(again) is type(question)
    assert (again.text, again.truth, again.at) == (question.text, question.truth, question.at)
    assert len(question.asked.encode()) < 500
    return again


def check_verdict(question, said, verdict: Verdict):
    assert question.accepts(said)
    assert question.right(said) == verdict.right
    assert (verdict.misconception is None) == verdict.right
    assert verdict.right or verdict.misconception in question.beliefs
    if question.kind != "number":
        assert question.misconception(said) == verdict.misconception


def check_directions(question, steps):
    """A belief is counted where its guesses lie on one side of the truth, mark by mark."""
    marks = [question.said_of(question.low + place * question.step) for place in range(steps + 1)]
    verdicts = {said: question.grade(said) for said in marks if question.accepts(said)}
    right = [said for said, verdict in verdicts.items() if verdict.right]
    sides = {}
    for said, verdict in verdicts.items():
        if not verdict.right:
            sides.setdefault(verdict.misconception, set()).add(float(said) > question.value)
    for said, verdict in verdicts.items():
        is_one_sided = not verdict.right and len(sides[verdict.misconception]) == 1
        assert question.misconception(said) == (verdict.misconception if is_one_sided else None)
    if len(right) > 1:
        ends = (question.in_words(said) for said in (right[0], right[-1]))
        words = "What lies from {} to {} counts as right.".format(*ends)
    else:
        words = f"The answer is *{question.truth}*."
    assert question.told.endswith(words)


def check_prediction(question, step):
    predict = step.predict
    exhibit = step.exhibit(predict.answer_at)
    again = read_back(question)
    assert question.at == (question.at.lesson, step.slug)
    match predict:
        case Predict():
            assert (
                list(question.choices.values())
                == predict.texts(exhibit)
                == [*again.choices.values()]
            )
            assert question.right_one == again.right_one == str(predict.right_choice(exhibit))
            assert not any("`" in name for name in question.names.values())
            for said in question.choices:
                check_verdict(question, said, predict.verdict(said, exhibit))
        case Estimate():
            assert question.value == again.value == float(predict.answer(exhibit))
            assert predict.truth(exhibit).said == question.truth
            steps = round((question.high - question.low) / question.step)
            for place in range(steps + 1):
                said = question.said_of(question.low + place * question.step)
                check_verdict(question, said, predict.verdict(said, exhibit))
            check_directions(question, steps)
            assert not question.accepts(str(question.high + question.step))


def check_step(lesson, step):
    asked = QUESTIONS.of_step(lesson, step.slug)
    has_guess = any(isinstance(control, Guess) for control in step.controls.values())
    assert len(asked) == bool(step.predict) + has_guess
    assert bool(asked) == (step in QUESTIONS.steps(lesson))
    for question in asked:
        if question.kind == "map":
            assert read_back(question).measured == question.measured
        else:
            check_prediction(question, step)


@pytest.mark.parametrize(
    ("lesson", "slug"),
    [
        ("five_steps", "dummify"),
        ("methods", "your_map"),
        ("methods", "one_row"),
        ("time_series", "effective_rows"),
        ("categorical", "encodings"),
    ],
)
def test_a_step_asks_a_class_what_it_asks_one(lesson, slug):
    check_step(lesson, COURSE.lesson(lesson).step(slug))


@pytest.mark.play
@pytest.mark.parametrize(("lesson", "step"), STEPS, ids=lambda one: getattr(one, "slug", one))
def test_every_step_asks_a_class_what_it_asks_one(lesson, step):
    check_step(lesson, step)


@pytest.mark.parametrize("lesson", [lesson.slug for lesson in COURSE.lessons])
def test_an_exercise_asks_a_class_what_it_asks_one(lesson):
    for kind in COURSE.lesson(lesson).practice:
        check_exercise(lesson, kind, draw=0)


@pytest.mark.play
@pytest.mark.parametrize("lesson", [lesson.slug for lesson in COURSE.lessons])
def test_another_draw_asks_a_class_what_it_asks_one(lesson):
    for kind in COURSE.lesson(lesson).practice:
        check_exercise(lesson, kind, draw=7)


def check_exercise(lesson, kind, draw):
    exercise = kind.exercise(draw)
    if not isinstance(exercise, ChooseOne | TypeNumber | ClickCell):
        with pytest.raises(RoomError, match=UNCOUNTED):
            QUESTIONS.of_exercise(lesson, kind.slug, draw)
        return
    question = QUESTIONS.of_exercise(lesson, kind.slug, draw)
    read_back(question)
    assert question.text == exercise.question
    check_verdict(question, exercise.answer, exercise.verdict(exercise.answer))
    assert question.right(exercise.answer)
    match exercise:
        case ChooseOne():
            assert list(question.choices) == [str(place) for place in exercise.order(draw)]
            for said in question.choices:
                check_verdict(question, said, exercise.verdict(said))
        case TypeNumber():
            for band in exercise.bands:
                said = question.said_of(max(band.low, exercise.low))
                if exercise.accepts(said):
                    check_verdict(question, said, exercise.verdict(said))
            assert question.said_of(exercise.value) == exercise.answer
            steps = round((question.high - question.low) / question.step)
            if steps <= 3_000:
                check_directions(question, steps)
        case ClickCell():
            assert exercise.answer in question.right_cells
            assert question.cells == exercise.cells
            for place in map(str, range(len(exercise.cells))):
                check_verdict(question, place, exercise.verdict(place))


def test_the_kinds_of_exercises_that_can_be_counted():
    lesson = COURSE.lesson("five_steps")
    counted = {kind.slug for kind in QUESTIONS.kinds("five_steps")}
    assert {"fewest_dummies", "colours_for_a_signed_map", "strongest_by_its_colour"} <= counted
    left = {kind.slug for kind in lesson.practice} - counted
    assert left == {"two_dummies_of_one_column", "one_shade_on_two_maps", "pairs_by_strength"}


@pytest.mark.parametrize(
    "told",
    [
        {"ask": "prediction", "lesson": "gone", "step": "four_panels"},
        {"ask": "prediction", "lesson": "methods", "step": "gone"},
        {"ask": "guess", "lesson": "methods", "step": "four_panels"},
        {"ask": "exercise", "lesson": "methods", "kind": "gone", "draw": 0},
        {"ask": "exercise", "lesson": "gone", "kind": "gone", "draw": 0},
    ],
)
def test_what_the_course_does_not_have_any_more(told):
    with pytest.raises(RoomError, match=GONE):
        QUESTIONS.read(json.dumps(told))


def test_a_step_that_does_not_ask_any_more():
    lesson, slug = next((lesson, step.slug) for lesson, step in STEPS if step.predict is None)
    with pytest.raises(RoomError, match=GONE):
        QUESTIONS.read(json.dumps({"ask": "prediction", "lesson": lesson, "step": slug}))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
_TOLD = [
    {"ask": "prediction", "lesson": "methods", "step": "four_panels"},
    {"ask": "guess", "lesson": "methods", "step": "your_map"},
    {"ask": "exercise", "lesson": "five_steps", "kind": "pairs_of_a_matrix", "draw": 3},
    json.loads(choice("Which?", ["a", "b"], right=1).asked),
    {"ask": "own", "kind": "number", "text": "?", "low": 0, "high": 9, "truth": 3, "unit": "m"},
    {
        "ask": "own", "kind": "cell", "text": "Where?", "right": [[0, 1]],
        "map": {"rows": ["x", "y"], "columns": ["x", "y"], "values": [[1, 0.5], [0.5, None]],
                "shown": ["11", "01"], "limits": [-1, 1], "center": None, "colours": "house",
                "decimals": 2, "scale": "r", "title": "A map"},
    },
]  # fmt: skip


@pytest.mark.parametrize("told", _TOLD, ids=lambda told: told.get("kind", told["ask"]))
def test_what_is_changed_below_can_be_read_as_it_is(told):
    assert QUESTIONS.read(json.dumps(told)).asked == json.dumps(told)


def _read_or_refused(asked):
    """What the question that was read keeps of itself, or why it was refused."""
    try:
        return QUESTIONS.read(asked).asked
    except RoomError as error:
        return str(error)


def _paths(told, path=()):
    """Every place in nested lists and dictionaries."""
    yield path
    items = told.items() if isinstance(told, dict) else enumerate(told)
    if isinstance(told, dict | list):
        for key, value in items:
            yield from (
                _paths(value, (*path, key)) if isinstance(value, dict | list) else [(*path, key)]
            )


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_changed_json_is_read_or_refused_in_a_sentence(data):
    told = json.loads(json.dumps(data.draw(st.sampled_from(_TOLD))))
    places = [path for path in _paths(told) if path]
    for *way, last in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)):
        inner = told
        try:
            for key in way:
                inner = inner[key]
            if data.draw(st.booleans()):
                inner[last] = data.draw(_JSON)
            else:
                del inner[last]
        except (KeyError, IndexError, TypeError):
            continue
    outcome = _read_or_refused(json.dumps(told))
    assert outcome == json.dumps(told) or outcome.endswith(".")


@given(st.text() | _JSON.map(json.dumps))
@example("[" * 9000)
@example('{"ask": "own"' + " " * 30_000 + "}")
@example('{"ask": ' + "9" * 5000 + "}")
@example('{"ask": "own", "kind": "choice", "text": "\\ud800", "choices": ["a", "b"], "right": 0}')
@settings(max_examples=100, deadline=None)
def test_any_text_is_refused_in_a_sentence(asked):
    with pytest.raises(RoomError, match=r"\.$"):
        QUESTIONS.read(asked)


def _counted_course(computed, barrier=None, fails=()):
    class Asked(Step):
        """
        ### What is asked
        """

        predict = Estimate(
            "How many?", 0, 10, 1, 0, "So many.",
            [Band(low=0, high=11, feedback="No.", misconception="none")],
            answer=lambda exhibit: exhibit.facts["n"],
        )  # fmt: skip

        def show(self, **_):
            raise AssertionError

        def exhibit(self, values=None):  # noqa: ARG002
            computed.append(1)
            if barrier is not None:
                barrier.wait(timeout=10)
            if len(computed) <= len(fails):
                raise fails[len(computed) - 1]
            return type("Shown", (), {"facts": {"n": 4}, "words": {"n": 4}})()

        def state(self, values):  # noqa: ARG002
            return {}

    lesson = Lesson("l", "L", [], [Part("P", 1, [Asked()])], (), "?")
    return Course("c", "C", [lesson], {})


def test_a_question_is_computed_once_whoever_waits_for_it():
    computed, barrier = [], Barrier(2)
    questions = Questions(_counted_course(computed, barrier))
    asked = json.dumps({"ask": "prediction", "lesson": "l", "step": "asked"})
    with ThreadPoolExecutor(20) as pool:
        read = [pool.submit(questions.read, asked) for _ in range(20)]
        # The one that computes waits for this thread, so the others have come by then or come late.
        barrier.wait(timeout=10)
        first, *others = [each.result(timeout=10) for each in read]
    assert all(other is first for other in others)
    assert len(computed) == 1


def test_who_waits_for_what_was_stopped_computes_it():
    computed, barrier = [], Barrier(2)
    questions = Questions(_counted_course(computed, barrier, fails=[KeyboardInterrupt()]))
    asked = json.dumps({"ask": "prediction", "lesson": "l", "step": "asked"})
    with ThreadPoolExecutor(2) as pool:
        one, other = (pool.submit(questions.read, asked) for _ in range(2))
        for _ in range(2):
            barrier.wait(timeout=10)
        errors = [each.exception(timeout=10) for each in (one, other)]
    assert sorted(map(type, errors), key=str) == [KeyboardInterrupt, type(None)]
    assert len(computed) == 2


def test_what_failed_is_tried_again():
    computed = []
    questions = Questions(_counted_course(computed, fails=[ZeroDivisionError("once")]))
    asked = json.dumps({"ask": "prediction", "lesson": "l", "step": "asked"})
    with pytest.raises(ZeroDivisionError):
        questions.read(asked)
    assert questions.read(asked).truth == "4.00"
    assert len(computed) == 2


def test_only_so_many_are_kept():
    computed = []
    questions = Questions(_counted_course(computed))
    asked = json.dumps({"ask": "prediction", "lesson": "l", "step": "asked"})
    questions.read(asked)
    for number in range(64):
        questions.read(choice(f"Question {number}?", ["a", "b"]).asked)
    questions.read(asked)
    assert len(computed) == 2
