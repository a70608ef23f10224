"""Every step at many settings: what is said there is true, and what is passed was worth doing.

The gate tries some 25 settings of a step; `make play` tries twenty times as many.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from sweep import SLOW, STEPS, Sweep, pace, passes, sweep, values_of
from wording import even, gaps, plurals_of_one, prose_of

from lessons import COURSE
from lib.course import (
    Choice,
    Claim,
    Estimate,
    Exhibit,
    Goal,
    Lesson,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    Toggle,
    fill,
)

# Each of these is one control that may be gone through without a thought.
_BLIND = (Choice, Toggle, Slider, Seed)


_SLOW = (
    "action.hidden",
    "applications.noise",
    "categorical.encodings",
    "five_steps.export",
    "methods.what_the_test_needs",
    "methods.which_measure",
    "time_series.cure",
)
"""Steps whose settings take two seconds and more together: `make play` alone tries them."""


def _marks(name: str) -> Sequence[pytest.MarkDecorator]:
    return [pytest.mark.play] if name in _SLOW else []


@pytest.fixture(
    scope="module",
    params=[
        *(pytest.param((name, False), id=name, marks=_marks(name)) for name in STEPS),
        *(pytest.param((name, True), id=f"{name}-wide", marks=pytest.mark.play) for name in STEPS),
    ],
)
def swept(request: pytest.FixtureRequest) -> tuple[str, Sweep]:
    """A step's name and its sweep; what is tested of one step is tested in turn."""
    name, wide = request.param
    return name, sweep(name, wide=wide)


# What is shown


def test_every_setting_shows_something(swept: tuple[str, Sweep]) -> None:
    """A figure, or why there is none; and facts that can be written."""
    _, tries = swept
    assert [(one.setting, one.error) for one in tries.tried if one.error] == []


def test_whatever_passes_has_an_outcome_that_is_true(swept: tuple[str, Sweep]) -> None:
    _, tries = swept
    assert tries.passing
    assert wrong_outcomes(tries) == []


def wrong_outcomes(tries: Sweep) -> list:
    """Settings that pass, and whose outcome is missing, has gaps, or is not true."""
    wrong = []
    for setting, state in tries.passing:
        fitting = next((one for one in tries.step.learned if one.when(state)), None)
        if fitting is None:
            wrong.append(("no outcome", setting))
        elif found := gaps(fitting.text, state):
            wrong.append((found, setting, fitting.text))
        elif fitting.holds is not None and not fitting.holds(state):
            wrong.append(("untrue", setting, fitting.text))
        elif found := rounded_away(fitting.filled(state)):
            wrong.append((found, setting))
    return wrong


_COMPARED = re.compile(
    r"(?P<one>[−\d.,]+)( %)?,? (?:is |lies )?(?:above|below|over|under|more than|less than|higher "
    r"than|lower than|larger than|smaller than) (?P<other>[−\d.,]+)(?: |,|\.$|$)"
)


def rounded_away(said: str) -> str:
    """Where a sentence puts a number above or below one that is printed the same; else nothing.

    >>> rounded_away("r is 0.70, below 0.70.")
    '0.70, below 0.70.'
    """
    same = (m for m in _COMPARED.finditer(said) if m["one"].strip(".,") == m["other"].strip(".,"))
    return next((each[0] for each in same), "")


def test_a_mistake_is_true_wherever_it_is_said(swept: tuple[str, Sweep]) -> None:
    _, tries = swept
    assert wrong_mistakes(tries) == []


def wrong_mistakes(tries: Sweep) -> list:
    """Settings at which the mistake that speaks has gaps, or says what is not true."""
    wrong = []
    for setting, state in tries.states:
        if passes(tries.step, state):
            continue
        said = next((one for one in tries.step.mistakes if one.when(state)), None)
        if said is None:
            continue
        if found := gaps(said.text, state):
            wrong.append((found, setting, said.text))
        elif said.holds is not None and not said.holds(state):
            wrong.append(("untrue", setting, said.text))
        elif found := rounded_away(said.filled(state)):
            wrong.append((found, setting))
    return wrong


def test_goals_are_filled_at_every_setting(swept: tuple[str, Sweep]) -> None:
    _, tries = swept
    for _, state in tries.states:
        for goal in tries.step.task.reached(state):
            assert "{" not in goal.text
            assert "nan" not in goal.text.split()


def test_one_of_a_thing_is_no_plural(swept: tuple[str, Sweep]) -> None:
    """In goals, what is said of a setting, titles and descriptions."""
    _, tries = swept
    texts = {text for one in tries.tried for text in one.shown}
    for _, state in tries.states:
        texts |= {goal.text for goal in tries.step.task.reached(state)}
        texts |= {fill(said.text, state) for said in _said_of(tries.step, state)}
    assert {plural for text in texts for plural in plurals_of_one(text)} == set()


def _said_of(step: Step, state: Mapping[str, object]) -> list[Mistake | Outcome]:
    """The sentence that answers a state, if there is one."""
    sentences = step.learned if passes(step, state) else step.mistakes
    return list(itertools.islice((one for one in sentences if one.when(state)), 1))


def test_a_near_miss_is_answered_in_words(swept: tuple[str, Sweep]) -> None:
    """All as in the solution but one thing that was changed: what is wrong with it is said."""
    _, tries = swept
    assert speechless(tries) == []


def speechless(tries: Sweep) -> list[tuple[str, object]]:
    """The changes of one thing, not back to its default, that no mistake answers."""
    step = tries.step
    solution = {**step.defaults, **step.task.solution}
    found = []
    for setting, state in tries.states:
        values = {**step.defaults, **setting}
        changed = [name for name, value in values.items() if value != solution[name]]
        if (
            len(changed) == 1
            and values[changed[0]] != step.defaults[changed[0]]
            and not passes(step, state)
            and not _said_of(step, state)
        ):
            found.append((changed[0], values[changed[0]]))
    return found


def test_goals_do_not_hand_over_the_solution(swept: tuple[str, Sweep]) -> None:
    """At the defaults they hold no answer, and no option that would have to be found."""
    _, tries = swept
    step = tries.step
    said = " ".join(goal.text for goal in step.task.reached(step.state({})))
    for name, value in step.task.solution.items():
        is_name = isinstance(value, str) and len(value) > 2 and value != step.defaults[name]
        assert not (is_name and value in said and value not in step.task.text), value


def test_a_reading_moves_with_what_the_learner_does(swept: tuple[str, Sweep]) -> None:
    """What stands large over the figure and never changes is not worth a look."""
    _, tries = swept
    assert moving_readings(tries) != []


def moving_readings(tries: Sweep) -> list[str]:
    """The labels of the readings that are not the same at all settings."""
    return [
        label
        for label, text in tries.step.readings.items()
        if len({fill(text, state) for _, state in tries.states}) > 1
    ]


# Whether it was worth doing


def test_no_one_control_passes_by_itself(swept: tuple[str, Sweep]) -> None:
    """One click on a choice, or a blind sweep of one slider, shows no understanding."""
    _, tries = swept
    assert solving_alone(tries) == []


def solving_alone(tries: Sweep) -> list[str]:
    """The controls that pass the task while all others stay where they begin."""
    return [
        name
        for name, alone in tries.alone.items()
        if isinstance(tries.step.inputs[name], _BLIND)
        and any(one.state is not None and passes(tries.step, one.state) for one in alone)
    ]


# What is said before


@pytest.mark.parametrize(
    "name", [name for name, (_, step) in STEPS.items() if step.predict is not None]
)
def test_what_a_prediction_answers_is_true(name: str) -> None:
    assert wrong_feedback(STEPS[name][1]) == []


def wrong_feedback(step: Step) -> list[str]:
    """Feedback whose predicate fails where the answer is computed."""
    if step.predict is None:
        return []
    words = step.exhibit(step.predict.answer_at).words
    return [
        one.feedback
        for one, value in _said(step.predict)
        if one.holds is not None and not one.holds({**words, "value": value})
    ]


def _said(prediction: Predict | Estimate) -> Iterator[tuple]:
    """Each option with its value, and each band with all the estimates that fall into it."""
    match prediction:
        case Predict(choices=choices):
            yield from ((choice, choice.value) for choice in choices)
        case Estimate() as estimate:
            scale = Slider(
                "", estimate.low, estimate.high, default=estimate.low, step=estimate.step
            )
            for value in values_of(scale):
                yield from ((band, value) for band in estimate.bands if band.contains(value))


@pytest.mark.parametrize(
    ("name", "draws"),
    [
        *(pytest.param(name, pace(name, 20, 4), id=name) for name in STEPS),
        *(
            pytest.param(name, 20, id=f"{name}-wide", marks=pytest.mark.play)
            for name in sorted(SLOW)
        ),
    ],
)
def test_claims_quote_the_step_and_hold(name: str, draws: int) -> None:
    assert wrong_claims(STEPS[name][1], draws) == []


def wrong_claims(step: Step, most: int = 20) -> list[tuple[str, str]]:
    """Claims whose words nobody reads, or that fail: at first, and in the draws that it is of."""
    wrong = []
    asked = even(step.predict.question) if step.predict else ""
    for claim in step.holds:
        in_prose, in_question = (even(claim.words) in text for text in (prose_of(step), asked))
        if not in_prose and not in_question:
            wrong.append((claim.words, "is not in the step"))
        starts = [{}] if in_prose else []
        if in_question:
            starts.append(dict(step.predict.answer_at))
        draws = _draws(step, most) if claim.every_draw else [{}]
        wrong += [
            (claim.words, str(setting))
            for setting in ({**start, **draw} for start in starts for draw in draws)
            if not claim.holds(step.state(setting))
        ]
    return wrong


def _draws(step: Step, most: int) -> list[dict]:
    """The first draw, and so many others where there is a control for them."""
    seeds = [name for name, control in step.controls.items() if isinstance(control, Seed)]
    return [
        {},
        *({name: draw} for name in seeds for draw in values_of(step.controls[name])[-most - 1 :]),
    ]


# Typical first draws


@pytest.mark.play
@pytest.mark.parametrize(
    "name",
    [n for n, (_, s) in STEPS.items() if any(isinstance(c, Seed) for c in s.controls.values())],
)
def test_a_step_begins_with_a_typical_draw(name: str) -> None:
    step = STEPS[name][1]
    assert step.typical, "names the facts that depend on the draw"
    assert freaks(step, draws=pace(name, 200, 40)) == {}


def freaks(step: Step, draws: int) -> dict[str, tuple[float, float, float]]:
    """Facts of the first draw outside the middle half of so many: its value, and that half."""
    import numpy as np

    seed = next(name for name, control in step.controls.items() if isinstance(control, Seed))
    high = step.controls[seed].high
    states = [step.state({seed: value}) for value in range(min(draws, high + 1))]
    first = step.state({})
    halves = {
        fact: np.quantile([float(state[fact]) for state in states], [0.25, 0.75])
        for fact in step.typical
    }
    return {
        fact: (first[fact], low, high)
        for fact, (low, high) in halves.items()
        if not low <= first[fact] <= high
    }


# Fair predictions


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_what_most_would_say_is_right_about_as_often_as_not(lesson: Lesson) -> None:
    """Who always contradicts what everybody thinks should not win."""
    right = tempting(lesson)
    assert len(right) >= 3, "options that most people would choose are marked as tempting"
    assert 1 / 4 <= sum(right) / len(right) <= 3 / 4


def tempting(lesson: Lesson) -> list[bool]:
    """For each prediction with an option that tempts, whether that one is right."""
    return [
        predict.choices[predict.right_choice(step.exhibit(predict.answer_at))].tempting
        for step in lesson.steps
        if isinstance(predict := step.predict, Predict)
        and any(choice.tempting for choice in predict.choices)
    ]


# The checks themselves: each finds what it is there for


class _Squares(Step):
    """
    ### Squares

    A side makes a square, larger than before.
    """

    side = Slider("Side", 0, 5, default=1)
    seed = Seed("Draw", high=20)
    predict = Predict(
        "Is it larger?",
        choices=[
            Option(text="Yes", value=True, feedback="Larger.", holds=lambda s: s["area"] > 1),
            Option(text="No", value=False, feedback="Smaller.", misconception="m"),
        ],
        answer=lambda shown: shown.facts["area"] > 1,
        answer_at={"side": 2},
    )
    task = Task(
        "Make sixteen.",
        goals=[Goal("At least sixteen: now {area}", met=lambda s: s["area"] >= 16)],
        solution={"side": 4},
        hints=[],
    )
    mistakes = (
        Mistake("Small.", lambda s: s["side"] < 3, {"side": 2}, "m", holds=lambda s: s["area"] < 9),
    )
    learned = (Outcome("{area}.", holds=lambda s: s["area"] > 9),)
    holds = (Claim("larger than\nbefore", lambda s: s["seed"] < 3, every_draw=False),)
    typical = ("drawn",)
    readings = {"area": "{area}", "shape": "a square"}

    def show(self, side: int, seed: int) -> Exhibit:
        import pandas as pd

        facts = {"area": side * side, "drawn": (seed + 10) % 21}
        return Exhibit(facts=facts, table=pd.DataFrame(), description="", stopped="No figure.")


def _sweep_of(monkeypatch: pytest.MonkeyPatch, **changed: object) -> Sweep:
    for name, value in changed.items():
        monkeypatch.setattr(_Squares, name, value)
    monkeypatch.setitem(STEPS, "squares.squares", (COURSE.lessons[0], _Squares()))
    sweep.cache_clear()
    return sweep("squares.squares")


def test_a_step_that_keeps_what_it_says_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = _sweep_of(monkeypatch)
    assert len(tries.passing) > 2
    assert wrong_outcomes(tries) == wrong_mistakes(tries) == []
    assert wrong_feedback(tries.step) == wrong_claims(tries.step) == []
    assert freaks(tries.step, draws=200) == {}
    assert solving_alone(tries) == ["side"]
    assert moving_readings(tries) == ["area"]


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        (Outcome("Four.", when=lambda s: s["side"] == 4), "no outcome"),
        (Outcome("Four.", holds=lambda s: s["side"] == 4), "untrue"),
        (Outcome("It is {such}."), ["such"]),
    ],
)
def test_an_outcome_that_does_not_fit_is_found(
    monkeypatch: pytest.MonkeyPatch, outcome: Outcome, found: object
) -> None:
    wrong = wrong_outcomes(_sweep_of(monkeypatch, learned=[outcome]))
    assert {str(one[0]) for one in wrong} == {str(found)}


def test_a_mistake_that_is_not_true_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    untrue = replace(_Squares.mistakes[0], holds=lambda s: s["area"] < 4)
    wrong = wrong_mistakes(_sweep_of(monkeypatch, mistakes=[untrue]))
    assert {one[1].get("side") for one in wrong} == {2}


def test_claims_that_fail_or_that_nobody_reads_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = _Squares.holds
    step = _sweep_of(monkeypatch, holds=[replace(first, every_draw=True)]).step
    assert len(wrong_claims(step)) == 18
    step = _sweep_of(monkeypatch, holds=[Claim("smaller than before", lambda _: True)]).step
    assert wrong_claims(step) == [("smaller than before", "is not in the step")]
    asked = Claim("Is it larger?", lambda s: s["area"] == 4)
    assert wrong_claims(_sweep_of(monkeypatch, holds=[asked]).step) == []


def test_feedback_that_fails_where_it_is_read_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(_Squares.predict.choices[1], holds=lambda s: s["area"] < 1)
    predict = replace(_Squares.predict, choices=[_Squares.predict.choices[0], wrong])
    assert wrong_feedback(_sweep_of(monkeypatch, predict=predict).step) == ["Smaller."]


def test_a_freak_at_the_beginning_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Freak(_Squares):
        """### Freak"""

        side = Slider("Side", 0, 5, default=1)
        seed = Seed("Draw", high=20, default=10)

    assert freaks(Freak(), draws=200) == {"drawn": (20, 5, 15)}


def test_an_error_is_kept_with_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    def show(_self: Step, side: int, seed: int) -> Exhibit:
        raise ZeroDivisionError(side / (side + seed - 5))

    tries = _sweep_of(monkeypatch, show=show)
    assert all(isinstance(one.error, ZeroDivisionError) for one in tries.tried)


@pytest.mark.parametrize(
    ("facts", "stopped"), [({}, ""), ({"drawn": [1]}, "No figure.")], ids=["nothing", "a list"]
)
def test_an_exhibit_that_cannot_be_shown_is_kept_with_its_setting(
    monkeypatch: pytest.MonkeyPatch, facts: dict, stopped: str
) -> None:
    def show(_self: Step, side: int, seed: int) -> Exhibit:
        return Exhibit(facts={**facts, "area": side}, table=None, description="", stopped=stopped)

    tries = _sweep_of(monkeypatch, show=show)
    assert all(isinstance(one.error, AssertionError) for one in tries.tried)
