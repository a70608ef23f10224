"""What the exercises of lesson nine compute, against plain loops, scikit-learn and counting."""

import re

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, precision_score, recall_score

from lessons.applications import LESSON
from lessons.applications.practice.cells import _groups
from lessons.applications.practice.classes import _counted
from lessons.applications.practice.worth import _lost
from lib.course import TypeNumber

POOL = LESSON.practice


def typed(slug: str, draw: int) -> TypeNumber:
    exercise = POOL.kind(slug).exercise(draw)
    assert isinstance(exercise, TypeNumber)
    return exercise


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def test_recall_and_precision_are_scikit_learns() -> None:
    generator = np.random.default_rng(0)
    truth, said = generator.integers(3, size=(2, 200))
    counts = np.zeros((3, 3), dtype=int)
    np.add.at(counts, (truth, said), 1)
    judged = _counted(counts, ["a", "b", "c"])
    assert judged.recall == pytest.approx(recall_score(truth, said, average=None))
    assert judged.precision == pytest.approx(precision_score(truth, said, average=None))
    assert judged.accuracy == pytest.approx(accuracy_score(truth, said))


def test_what_shuffling_costs_is_what_a_plain_loop_says() -> None:
    generator = np.random.default_rng(1)
    cases, means = generator.normal(size=(30, 3)), generator.normal(size=(4, 3))
    truth = generator.integers(4, size=30)
    orders = np.array([generator.permutation(30) for _ in range(3)])
    far = [(cases[:, [column]] - means[:, column]) ** 2 for column in range(3)]
    found = _lost(far, truth[:, None] == np.arange(4), orders, 2)

    def accuracy(rows: np.ndarray) -> float:
        nearest = [min(range(4), key=lambda k: ((row - means[k]) ** 2).sum()) for row in rows]
        return float(np.mean(np.array(nearest) == truth))

    assert len(found) == 6
    for group, lost in found.items():
        shuffled = []
        for order in orders:
            rows = cases.copy()
            for column in group:
                rows[:, column] = cases[order, column]
            shuffled.append(accuracy(rows))
        assert lost == pytest.approx(accuracy(cases) - np.mean(shuffled))


@pytest.mark.parametrize("draw", range(10))
def test_the_fullest_cell_is_counted(draw: int) -> None:
    exercise = typed("fullest_cell_after_a_shift", draw)
    places = numbers(exercise.question.split(":")[1].split(".")[0])
    cells = [sum(begin <= place < begin + 10 for place in places) for begin in range(-5, 60, 10)]
    assert exercise.value == max(cells)


@pytest.mark.parametrize("draw", range(3))
def test_precision_elsewhere_is_what_a_crowd_shows(draw: int) -> None:
    exercise = typed("precision_elsewhere", draw)
    _, _, found, alarms, crowd, ill = numbers(exercise.question)
    generator = np.random.default_rng(draw)
    is_ill = generator.random(2_000_000) < ill / crowd
    called = generator.random(is_ill.size) < np.where(is_ill, found, alarms) / 200
    assert exercise.value == pytest.approx(100 * is_ill[called].mean(), abs=0.6)


def test_shares_are_those_that_were_published() -> None:
    _, admitted, applied = _groups("berkeley")
    assert (admitted["male (department A)"], applied["male (department A)"]) == (512, 825)
    assert (admitted["female (department A)"], applied["female (department A)"]) == (89, 108)
    _, blue, students = _groups("students")
    assert (blue["male (blond hair)"], students["male (blond hair)"]) == (30, 46)
    _, survived, passengers = _groups("titanic")
    assert (survived.sum(), passengers.sum()) == (500, 1309)
