"""From a lesson to the Lab: what is offered opens, and what is called the same is the same."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
import pytest

import datasets
from lessons import COURSE
from lib.charts import Chart, Clustermap, Heatmap, Page
from lib.course import Choice, Control, Guess, LabAddress, Lesson, Slider, Step, Toggle, Value
from lib.course.controls import Columns
from lib.lab import instrument, slugs
from lib.tables import Sheet, from_frame

PLACES = [(lesson, step) for lesson in COURSE.lessons for step in lesson.steps]


def values_of(control: Control) -> list[Value]:
    """The ends of a control, or all that it offers."""
    match control:
        case Choice():
            return list(control.named)
        case Toggle():
            return [True, False]
        case Slider():
            return [control.low, control.high]
        case Columns():
            return [control.named[: control.at_least], control.named]
        case Guess():
            return [(0.0,) * len(control.pairs)]
        case _:
            return []


def settings(step: Step) -> Iterator[dict[str, Value]]:
    """The defaults, each control alone, the solution, and what the mistakes are shown by."""
    yield step.defaults
    for name, control in step.controls.items():
        for value in values_of(control):
            yield {**step.defaults, name: value}
    for told in [step.task and step.task.solution, *(each.example for each in step.mistakes)]:
        yield {**step.defaults, **(told or {})}


@cache
def sheet(name: str) -> Sheet:
    return from_frame(datasets.load(name), name)


def offered(lesson: Lesson, step: Step) -> list[tuple[dict[str, Value], LabAddress]]:
    found = ((values, lesson.in_the_lab(step, values)) for values in settings(step))
    return [(values, there) for values, there in found if there is not None]


def test_what_is_offered_opens() -> None:
    opened = set()
    for lesson, step in PLACES:
        for _, there in offered(lesson, step):
            assert fitted(there) == set(there.settings), f"{lesson.slug}/{step.slug}: {there}"
            opened.add(there.instrument)
    assert opened == set(slugs())


def fitted(there: LabAddress) -> set[str]:
    """The settings that the instrument takes on that table; it must fit the table."""
    reason, controls = _opened(there.instrument, there.table)
    assert not reason
    taken = set()
    for name, value in there.settings.items():
        with suppress(ValueError):
            controls[name].clean(value)
            taken.add(name)
    return taken


@cache
def _opened(tool: str, table: str) -> tuple[str, Mapping[str, Control]]:
    return instrument(tool).fits(sheet(table)), instrument(tool).controls_on(sheet(table))


@pytest.mark.play
@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_what_is_offered_is_not_refused(lesson: Lesson) -> None:
    found = {str(there): there for step in lesson.steps for _, there in offered(lesson, step)}
    for where, there in found.items():
        shown = instrument(there.instrument).exhibit(sheet(there.table), there.settings)
        assert not shown.stopped, where


def test_every_step_with_a_table_of_its_own_has_a_way_to_the_lab() -> None:
    for lesson, step in PLACES:
        files = {table.file.stem for table in step.tables if table.file is not None}
        there = {address.table for _, address in offered(lesson, step)}
        assert there <= files, step.slug
        assert bool(there) == bool(files), step.slug


def claims() -> list[Any]:
    """The gate tries the first of each step, make play the others."""
    found = []
    for lesson, step in PLACES:
        same = [(values, there) for values, there in offered(lesson, step) if there.same_map]
        for number, (values, there) in enumerate(same):
            marks = [pytest.mark.play] if number else []
            found.append(pytest.param(step, values, there, id=f"{step.slug}-{number}", marks=marks))
    return found


@pytest.mark.parametrize(("step", "values", "there"), claims())
def test_the_same_map_has_the_same_numbers(
    step: Step, values: Mapping[str, Value], there: LabAddress
) -> None:
    exhibit = instrument(there.instrument).exhibit(sheet(there.table), there.settings)
    shown, found = (painted(one.figures[0]) for one in (step.exhibit(_set(step, values)), exhibit))
    cells, others = numbers_in(shown), numbers_in(found)
    assert cells
    if set(shown.values.index) & set(shown.values.columns):
        # A pair may stand on the other side of the diagonal.
        others |= {(column, row): number for (row, column), number in others.items()}
    there_too = [others[cell] for cell in cells]
    np.testing.assert_allclose(there_too, list(cells.values()), rtol=0, atol=1e-12)
    if isinstance(shown, Clustermap) and isinstance(found, Clustermap):
        merges = shown.rows.linkage
        np.testing.assert_allclose(found.rows.linkage, merges, rtol=0, atol=1e-9)
        if shown.cut is not None:
            assert groups_in(shown) == groups_in(found)


def groups_in(chart: Clustermap) -> set[frozenset[str]]:
    """What hangs together below the line of the cut."""
    assert chart.cut is not None
    groups = chart.rows.cut(chart.cut)
    return {frozenset(map(str, members.index)) for _, members in groups.groupby(groups)}


def _set(step: Step, values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: values[name] for name in step.controls}


def painted(chart: Chart | Page) -> Heatmap | Clustermap:
    chart = chart.heatmap if isinstance(chart, Page) else chart
    assert isinstance(chart, Heatmap | Clustermap)
    return chart


def numbers_in(chart: Heatmap | Clustermap) -> dict[tuple[str, str], float]:
    """The cells that can be seen, without those where a column meets itself."""
    hidden = chart.hidden if isinstance(chart, Heatmap) else None
    shown = chart.values if hidden is None else chart.values.mask(hidden)
    return {
        (str(row), str(column)): float(number)
        for column, numbers in shown.items()
        for row, number in numbers.items()
        if row != column and np.isfinite(number)
    }


def test_where_a_step_has_no_counterpart_the_lesson_says_what_opens() -> None:
    lesson = COURSE.lesson("five_steps")
    dummify = lesson.step("dummify")
    assert lesson.in_the_lab(dummify, dummify.defaults) == LabAddress("highway", "association_map")
    noise = COURSE.lesson("significance").step("noise")
    assert COURSE.lesson("significance").in_the_lab(noise, noise.defaults) is None


def test_what_is_set_comes_along() -> None:
    lesson = COURSE.lesson("clustermaps")
    there = lesson.in_the_lab(lesson.step("distance"), {"distance": "1 − |r|", "groups": 5})
    assert there is not None
    assert there.settings == {"side": "columns", "k": 5, "distance": "1 − |r|"}


def test_a_guess_is_not_given_away() -> None:
    lesson = COURSE.lesson("methods")
    guess = lesson.step("your_map")
    there = lesson.in_the_lab(guess, guess.defaults)
    assert there == LabAddress("highway", "association_map")


def test_each_lesson_ends_with_a_question_of_its_own() -> None:
    questions = [lesson.own_question for lesson in COURSE.lessons]
    assert len(set(questions)) == len(questions)
    for question in questions:
        assert question.endswith("?")
        assert len(question.split()) <= 16
        assert "your own" in question


def test_each_instrument_leads_to_a_step_that_leads_to_it() -> None:
    for slug in slugs():
        lesson, step = instrument(slug).lesson
        found = offered(COURSE.lesson(lesson), COURSE.lesson(lesson).step(step))
        assert slug in {there.instrument for _, there in found}


@pytest.mark.parametrize(
    ("slug", "step", "values", "here", "there"),
    [
        ("action", "drop", {"columns": ("len", "adt", "itg")}, "max_vif", "worst_vif"),
        ("action", "hidden", {"table": "diabetes"}, "max_vif", "worst_vif"),
        ("action", "confound", {}, "within_r", "mean_after"),
        ("categorical", "codes", {}, "v", "v_plain"),
        ("categorical", "berkeley", {"split": True}, "crude", "crude"),
    ],
)
def test_an_instrument_finds_what_the_step_found(
    slug: str, step: str, values: dict[str, Value], here: str, there: str
) -> None:
    lesson = COURSE.lesson(slug)
    shown = lesson.step(step)
    address = lesson.in_the_lab(shown, {**shown.defaults, **values})
    assert address is not None
    found = instrument(address.instrument).exhibit(sheet(address.table), address.settings)
    # The mean of one pair's size has no sign.
    size = abs(float(shown.exhibit(values).facts[here]))
    assert abs(float(found.facts[there])) == pytest.approx(size, abs=1e-9)
