"""The course plays itself: whatever a lesson promises is kept, and named when it is not."""

import ast
import inspect
import itertools
import json
import math
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sweep import SLOW, STEPS, values_of

from lessons import COURSE
from lib.charts import DARK, LIGHT, Page
from lib.course import (
    NUMBERS,
    Choice,
    Columns,
    Estimate,
    Guess,
    Lesson,
    Number,
    Point,
    Predict,
    Prediction,
    Question,
    Redraws,
    Rows,
    Seed,
    Slider,
    Standing,
    Step,
    Toggle,
    Write,
)
from lib.course.script import read_script

LESSONS = {lesson.slug: lesson for lesson in COURSE.lessons}
LONG_SCRIPTS = {"action.decide", "action.shrink", "applications.together", "five_steps.export"}
"""Steps whose scripts run for seconds: `make play` alone runs them."""
QUESTIONS = {
    f"{lesson.slug}.{question.slug}": (lesson, question)
    for lesson in COURSE.lessons
    for question in lesson.quiz
}


def settings(step: Step) -> list[dict]:
    """Every setting that the step itself speaks of, once each."""
    named = [
        {},
        step.predict.answer_at if step.predict else {},
        step.task.solution if step.task else {},
        *(mistake.example for mistake in step.mistakes),
    ]
    unique = {tuple(sorted({**step.defaults, **setting}.items(), key=str)) for setting in named}
    return [dict(setting) for setting in sorted(unique, key=str)]


each_step = pytest.mark.parametrize(("lesson", "step"), STEPS.values(), ids=STEPS, scope="module")
PREDICTED = {name: pair for name, pair in STEPS.items() if pair[1].predict is not None}
each_predicted_step = pytest.mark.parametrize(
    ("lesson", "step"), PREDICTED.values(), ids=PREDICTED, scope="module"
)
each_question = pytest.mark.parametrize(("lesson", "question"), QUESTIONS.values(), ids=QUESTIONS)


# Tasks and mistakes


@each_step
def test_the_solution_passes(lesson: Lesson, step: Step) -> None:
    assert step.judge(step.task.solution).standing is Standing.PASSED


@each_step
def test_the_solution_is_allowed_by_its_controls(lesson: Lesson, step: Step) -> None:
    for name, value in step.task.solution.items():
        assert step.inputs[name].clean(value) == value


@each_step
def test_the_defaults_neither_pass_nor_scold(lesson: Lesson, step: Step) -> None:
    assert step.judge({}).standing is Standing.UNTOUCHED
    assert not step.task.passed(step.state({}))


@each_step
def test_a_look_is_no_attempt(lesson: Lesson, step: Step) -> None:
    assert set(step.views) < set(step.inputs)
    for name in step.views:
        for value in _some_values(step.controls[name]):
            assert step.judge({name: value}).standing is Standing.UNTOUCHED


@each_step
def test_a_mistake_is_met_by_its_own_words(lesson: Lesson, step: Step) -> None:
    for mistake in step.mistakes:
        judgement = step.judge(mistake.example)
        assert judgement.standing is Standing.MISTAKE, mistake.text
        first = next(m for m in step.mistakes if m.when(step.state(mistake.example)))
        assert first is mistake, mistake.text
        assert judgement.misconception == mistake.misconception
        assert "{" not in judgement.text


# Predictions


@each_predicted_step
def test_the_computed_answer_is_among_what_can_be_said(lesson: Lesson, step: Step) -> None:
    exhibit = step.exhibit(step.predict.answer_at)
    match step.predict:
        case Predict() as predict:
            said = str(predict.right_choice(exhibit))
            assert predict.accepts(said)
            assert predict.verdict(said, exhibit).right
        case Estimate() as estimate:
            assert estimate.low <= estimate.answer(exhibit) <= estimate.high
    assert step.predict.truth(exhibit).right


@each_step
def test_a_scale_does_not_begin_at_the_answer(lesson: Lesson, step: Step) -> None:
    """Nor so near that who has not moved it would be right."""
    if isinstance(step.predict, Estimate):
        answer = step.predict.answer(step.exhibit(step.predict.answer_at))
        assert abs(answer - step.predict.start) > step.predict.tolerance
        assert step.predict.low <= step.predict.start <= step.predict.high


@each_predicted_step
def test_every_wrong_prediction_names_a_misconception_and_answers_it(
    lesson: Lesson, step: Step
) -> None:
    exhibit = step.exhibit(step.predict.answer_at)
    wrong = [v for v in _verdicts(step, exhibit) if not v.right]
    assert wrong
    for verdict in wrong:
        assert verdict.misconception in COURSE.misconceptions
        assert len(verdict.feedback.split()) > 8
        assert not _APPROVING.match(verdict.feedback), "Not quite, and yet right?"


_APPROVING = re.compile(r"(near|nearly|close|almost|yes|right)[:.,]|along those lines", re.I)


def _verdicts(step: Step, exhibit) -> list:
    match step.predict:
        case Predict() as predict:
            return [predict.verdict(str(i), exhibit) for i in range(len(predict.choices))]
        case Estimate() as estimate:
            steps = round((estimate.high - estimate.low) / estimate.step)
            return [
                estimate.verdict(repr(round(estimate.low + i * estimate.step, 9)), exhibit)
                for i in range(steps + 1)
            ]


@each_step
def test_choices_differ(lesson: Lesson, step: Step) -> None:
    if isinstance(step.predict, Predict):
        texts = step.predict.texts(step.exhibit(step.predict.answer_at))
        assert len(set(texts)) == len(texts)


# Exhibits


@pytest.mark.play
@each_step
def test_every_combination_of_controls_shows_something(lesson: Lesson, step: Step) -> None:
    """The gate tries some thirty settings of each step, in test_sweep."""
    for values in _combinations(lesson, step):
        exhibit = step.exhibit(values)
        assert exhibit.figures or exhibit.stopped
        assert all(isinstance(v, bool | int | float | str) for v in exhibit.facts.values())
        step.judge(values)


def _combinations(lesson: Lesson, step: Step) -> Iterator[dict]:
    """All of them where they are few and quick, else each control moved alone."""
    options = {name: _some_values(control) for name, control in step.controls.items()}
    count = math.prod(map(len, options.values()))
    is_slow = f"{lesson.slug}.{step.slug}" in SLOW
    if count <= 40 and not is_slow:
        for values in itertools.product(*options.values()):
            yield dict(zip(options, values, strict=True))
    else:
        for name, values in options.items():
            for value in _spread(values, 2 if is_slow else 4):
                yield {name: value}


def _spread(values: list, most: int) -> list:
    """At most so many of the values, the first and the last among them."""
    if len(values) <= most:
        return values
    return [values[round(i * (len(values) - 1) / (most - 1))] for i in range(most)]


def _some_values(control) -> list:
    """All values that a control can have, or where these are many, those at its ends."""
    match control:
        case Choice():
            return [*control.options, *([None] if control.default is None else [])]
        case Toggle():
            return [False, True]
        case Slider():
            steps = round((control.high - control.low) / control.step)
            return [control.nearest(control.low + i * control.step) for i in range(steps + 1)]
        case Number():
            return [None, control.low, control.high]
        case Columns() | Rows():
            few = control.options[: max(control.at_least, 1)]
            return [control.default, few, control.options[-len(few) :]]
        case Seed():
            return [0, 1, control.high]
        case Redraws():
            return [1, 2, min(12, control.at_most)]
        case Point():
            return [control.default, *itertools.product(control.x, control.y)]
        case Guess():
            cells = len(control.pairs)
            return [control.default, (control.levels[0],) * cells, (control.levels[-1],) * cells]
        case Write():
            return values_of(control)


@each_step
def test_one_to_four_numbers_stand_over_the_figure(lesson: Lesson, step: Step) -> None:
    assert 1 <= len(step.readings) <= 4
    for setting in settings(step):
        for text in step.exhibit(setting).read().values():
            assert text
            assert not {"nan", "inf", "None"} & set(re.findall(r"[A-Za-z]+", text))


@each_step
def test_an_exhibit_can_be_read_without_seeing_it(lesson: Lesson, step: Step) -> None:
    for setting in settings(step):
        exhibit = step.exhibit(setting)
        assert exhibit.description.count(". ") >= 1
        assert len(exhibit.table) > 0


@each_step
def test_figures_draw_on_the_screen_in_both_themes(lesson: Lesson, step: Step) -> None:
    for chart in step.exhibit(step.task.solution).figures:
        if not isinstance(chart, Page):
            assert chart.screen(LIGHT).data
            assert chart.screen(DARK).data


@pytest.fixture(scope="module")
def scripts() -> Iterator[subprocess.Popen]:
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("script_runner.py")],
        # One thread: on two cores, two of these beside each other would wait for each other.
        env={"PATH": os.environ["PATH"], "MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as runner:
        yield runner
        runner.stdin.close()


@each_step
def test_the_script_is_a_file_as_it_stands(lesson: Lesson, step: Step) -> None:
    """What stands in the tree is what runs: to fill in its own setting changes nothing."""
    own: dict[str, dict] = {}
    for setting in ({}, *settings(step)):
        own.setdefault(step.script_name(**_controls(step, setting)), setting)
    for name, setting in own.items():
        file = Path(inspect.getfile(type(step))).parent / "scripts" / f"{name}.py"
        text = file.read_text(encoding="utf-8")
        filled = read_script(file, {**step.defaults, **_deciding(step, setting)}).whole
        assert text.endswith(filled.replace(f"\n\n{NUMBERS}", f"\n{NUMBERS}"))
        assert text.count(f"\n{NUMBERS}\n") == 1
        ast.parse(text)


def _deciding(step: Step, setting: dict) -> dict:
    """What of a setting leads to its file: put back to the default, another file would run."""
    controls = _controls(step, setting)
    return {
        name: value
        for name, value in controls.items()
        if step.script_name(**{**controls, name: step.defaults[name]})
        != step.script_name(**controls)
    }


def _controls(step: Step, setting: dict) -> dict:
    return {name: {**step.defaults, **setting}[name] for name in step.controls}


@pytest.mark.parametrize(
    ("lesson", "step"),
    [
        pytest.param(*place, marks=pytest.mark.play if name in LONG_SCRIPTS else ())
        for name, place in STEPS.items()
    ],
    ids=STEPS,
    scope="module",
)
def test_the_script_computes_the_facts(
    lesson: Lesson, step: Step, scripts: subprocess.Popen, tmp_path: Path
) -> None:
    """At its solution."""
    check_script(step, step.task.solution, scripts, tmp_path / "solved")


def check_script(step: Step, setting: dict, scripts: subprocess.Popen, folder: Path) -> None:
    """The whole script at this setting has a variable for every fact, of the same value."""
    folder.mkdir()
    files = [table.file for table in step.tables]
    computed = run_script(scripts, step.script(setting).whole, files, folder)
    state = step.state(setting)
    facts = {name: state[name] for name in state if name not in step.inputs}
    assert set(facts) <= set(computed)
    for name, fact in facts.items():
        if isinstance(fact, float):
            assert computed[name] == pytest.approx(fact, rel=1e-9, abs=1e-12), name
        else:
            assert computed[name] == fact, name


def _covering_settings(step: Step) -> list[dict]:
    """The solution, and of the settings that the step speaks of those that take another branch."""
    covering, seen = [], set()
    for setting in (step.task.solution, *settings(step)):
        branches = _branches(step, setting)
        if not covering or not branches <= seen:
            covering.append(setting)
            seen |= branches
    return covering


def _branches(step: Step, setting: dict) -> set:
    """What a script may decide by: the file, a choice, a toggle, whether there is an answer."""
    values = {**step.defaults, **setting}
    decided = {
        (name, values[name])
        for name in step.controls
        if isinstance(values[name], str | bool | None)
    }
    given = {(name, values[name] is None) for name in step.answers}
    return decided | given | {step.script_name(**_controls(step, setting))}


@pytest.mark.play
@each_step
def test_the_script_computes_the_facts_at_every_choice(
    lesson: Lesson, step: Step, scripts: subprocess.Popen, tmp_path: Path
) -> None:
    """Also where the step itself never speaks of it: in turn all choices and toggles move on."""
    for number, setting in enumerate(_covering_settings(step)[1:]):
        check_script(step, setting, scripts, tmp_path / f"branch-{number}")
    options = {
        name: _some_values(control)
        for name, control in step.controls.items()
        if isinstance(control, Choice | Toggle)
    }
    for turn in range(max(map(len, options.values()), default=0)):
        setting = {name: values[turn % len(values)] for name, values in options.items()}
        check_script(step, setting, scripts, tmp_path / str(turn))


def run_script(runner: subprocess.Popen, code: str, files: list[Path], folder: Path) -> dict:
    """Run a script in a process of its own, beside nothing but its data; return its variables."""
    for file in files:
        shutil.copy(file, folder)
    (folder / "script.py").write_text(code, encoding="utf-8")
    runner.stdin.write(f"{folder}\n")
    runner.stdin.flush()
    assert runner.stdout.readline() == "0\n", (folder / "output.txt").read_text()
    return json.loads((folder / "scalars.json").read_text())


def test_scripts_know_nothing_of_each_other(scripts: subprocess.Popen, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
    assert (
        run_script(scripts, "import os\nx = os.getpid()\ny = 1.5", [], tmp_path / "one")["y"] == 1.5
    )
    assert "y" not in run_script(scripts, "x = 1", [], tmp_path / "two")
    with pytest.raises(AssertionError, match="NameError: name 'np' is not defined"):
        run_script(scripts, "x = np.ones(2)", [], tmp_path / "three")


# Prose


def _texts_of_prediction(step: Step, predict: Prediction) -> Iterator[tuple[str, dict]]:
    at = step.exhibit(predict.answer_at).words
    yield predict.question, at
    if isinstance(predict, Predict):
        for option in predict.choices:
            yield option.text, {**at, "value": option.value}
            yield option.feedback, {**at, "value": option.value}
    else:
        yield predict.feedback, {**at, "value": 0.0}
        for band in predict.bands:
            yield band.feedback, {**at, "value": 0.0}


def texts_of(step: Step) -> Iterator[tuple[str, dict]]:
    """Everything that a learner reads in a step, unfilled, with the state that fills it."""
    shown = step.state({})
    yield step.title, {}
    yield step._prose, shown
    if step.predict is not None:
        yield from _texts_of_prediction(step, step.predict)
    yield step.task.text, shown
    for hint in step.task.hints:
        yield hint, shown
    for mistake in step.mistakes:
        yield mistake.text, step.state(mistake.example)
    for goal in step.task.goals:
        yield goal.text, shown
    for outcome in step.learned:
        yield outcome.text, step.state(step.task.solution)


def typed_numbers(text: str) -> list[str]:
    """Digits that no fact stands behind: outside of places, and not part of a name in code."""
    fields = "".join(literal for literal, *_ in string.Formatter().parse(text))
    prose = re.sub(r"`[^`]*`", lambda code: _results_in(code.group()), fields)
    return re.findall(r"\d+", prose)


def _results_in(code: str) -> str:
    """Inline code names arguments and columns; a decimal number in it would be a result."""
    return " ".join(re.findall(r"\d*\.\d+(?!\d*f)", code))


@each_step
def test_every_number_in_the_prose_comes_from_a_fact(lesson: Lesson, step: Step) -> None:
    for text, facts in texts_of(step):
        assert typed_numbers(text) == [], text
        names = {name for _, name, *_ in string.Formatter().parse(text) if name}
        assert names <= set(facts), text


def test_a_typed_number_is_found() -> None:
    assert typed_numbers("r is {r:.2f}, not 0.85") == ["0", "85"]
    assert typed_numbers("r is `0.85` with `k=0`") == ["0", "85"]
    assert typed_numbers("`sigs1` and `vmin=-1` and `fmt='.2f'`") == []


@each_question
def test_every_number_in_the_quiz_comes_from_a_fact(lesson: Lesson, question: Question) -> None:
    for text in (question.text, *(t for a in question.answers for t in (a.text, a.feedback))):
        assert typed_numbers(text) == [], text
        assert "{" not in lesson.fill_question(question, text)


# The quiz


@each_question
def test_wrong_answers_name_known_misconceptions(lesson: Lesson, question: Question) -> None:
    for answer in question.answers:
        assert answer.right or answer.misconception in COURSE.misconceptions
        assert len(answer.feedback.split()) > 5


@each_question
def test_answers_differ_and_are_shuffled(lesson: Lesson, question: Question) -> None:
    texts = [lesson.fill_question(question, answer.text) for answer in question.answers]
    assert len(set(texts)) == len(texts)
    orders = {tuple(question.order(seed)) for seed in range(60)}
    assert len(orders) == math.factorial(len(texts))


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_the_quiz_asks_about_every_kind_of_step(lesson: Lesson) -> None:
    assert len({question.slug for question in lesson.quiz}) == len(lesson.quiz) >= 7
    slugs = {step.slug for step in lesson.steps}
    assert {question.step for question in lesson.quiz} <= slugs


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_third_of_the_quiz_asks_about_a_case_that_the_lesson_did_not_show(lesson: Lesson) -> None:
    assert sum(question.transfer for question in lesson.quiz) >= len(lesson.quiz) / 3


# Misconceptions


def test_misconceptions_are_used_and_their_truths_have_numbers() -> None:
    used = {m.misconception for _, step in STEPS.values() for m in step.mistakes}
    used |= {
        verdict.misconception
        for _, step in PREDICTED.values()
        for verdict in _verdicts(step, step.exhibit(step.predict.answer_at))
    }
    used |= {a.misconception for _, q in QUESTIONS.values() for a in q.answers}
    used |= {
        reply.misconception
        for lesson in COURSE.lessons
        for kind in lesson.practice or ()
        for draw in range(4)
        for reply in kind.exercise(draw).replies
    }
    assert used - {None} == set(COURSE.misconceptions)
    for slug, misconception in COURSE.misconceptions.items():
        assert typed_numbers(misconception.truth.replace("k=0", "")) == [], slug
        assert typed_numbers(misconception.belief) == [], slug
        assert "{" not in COURSE.truth(slug)


# Names


def test_slugs_are_unique_and_fit_an_address() -> None:
    assert len(LESSONS) == len(COURSE.lessons)
    for lesson in COURSE.lessons:
        slugs = [step.slug for step in lesson.steps]
        assert len(set(slugs)) == len(slugs)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", slug) for slug in slugs)
        assert "quiz" not in slugs


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_the_names_of_steps_are_known_without_opening_them(lesson: Lesson) -> None:
    assert [(stop.slug, stop.title) for stop in lesson.stops] == [
        (step.slug, step.title) for step in lesson.steps
    ]


@each_step
def test_what_follows_from_answers_is_new(lesson: Lesson, step: Step) -> None:
    for setting in settings(step):
        exhibit = step.exhibit(setting)
        answers = {name: {**step.defaults, **setting}[name] for name in step.answers}
        found = step.appraise(exhibit, **answers)
        assert not set(found) & {*exhibit.facts, *step.inputs}


def test_no_two_steps_share_a_parameter_of_the_address() -> None:
    """Two lessons may have a step of one name, as long as its controls have names of their own."""
    owners: dict[str, str] = {}
    for name, (_, step) in STEPS.items():
        for control in step.inputs:
            parameter = f"{step.slug}-{control}"
            assert owners.setdefault(parameter, name) == name


_PAIR = 'pair = roads[["adt", "rate"]]\n'
_EXPECTED = "expected = np.outer(counts.sum(axis=1), counts.sum())"
_GENERAL_AND_NOT = {
    "five_steps.write_the_mask": (
        ["r.mask(np.triu(np.ones(r.shape, dtype=bool))).iloc[1:, :-1]"],
        [
            "r.mask(np.triu(np.ones((11, 11), dtype=bool))).iloc[1:, :-1]",
            "r.mask(np.triu(np.ones_like(r, dtype=bool))).iloc[1:11, 0:10]",
        ],
    ),
    "categorical.write_the_residuals": (
        [f"{_EXPECTED} / counts.sum().sum()\n(counts - expected) / expected ** 0.5"],
        [f"{_EXPECTED} / 592\n(counts - expected) / expected ** 0.5"],
    ),
    "significance.write_the_rows": (
        ["air.notna().astype(int).T @ air.notna().astype(int)"],
        ['seen = air.notna().astype(int)\n(seen.T @ seen).mask(np.eye(4).astype("bool"))'],
    ),
    "action.write_within": (
        [_PAIR + 'pair - pair.groupby(roads["htype"]).transform("mean")'],
        [
            _PAIR + 'kind = pd.get_dummies(roads["htype"])[["FAI", "MA", "MC", "PA"]] * 1.0\n'
            "pair - (kind @ np.linalg.pinv(kind) @ pair.to_numpy()).to_numpy()"
        ],
    ),
    "interactions.write_what_is_left": (
        ["left = s.sub(s.mean(axis=1), axis=0)\nleft - left.mean()"],
        ["left = s.sub(s.sum(axis=1) / 11, axis=0)\nleft - left.mean()"],
    ),
}


@pytest.mark.parametrize("name", _GENERAL_AND_NOT)
def test_lines_are_called_general_where_they_are(name: str) -> None:
    _, step = STEPS[name]
    for fitting, lines in zip((True, False), _GENERAL_AND_NOT[name], strict=True):
        for line in lines:
            assert step.task.passed(step.state({"lines": line})), line
            assert ("The same lines, run on" in step.outcome({"lines": line})) == fitting, line
