"""Answers of exercises, worked out again from what is to be seen."""

import re

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from lessons import COURSE
from lib.course import Exercise

DRAWS = range(12)


def exercise(lesson: str, kind: str, draw: int) -> Exercise:
    practice = COURSE.lesson(lesson).practice
    assert practice is not None
    return practice.kind(kind).exercise(draw)


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def p_of(r: float, rows: int) -> float:
    return 2 * stats.t.sf(abs(r) * np.sqrt((rows - 2) / (1 - r**2)), rows - 2)


@pytest.mark.parametrize("draw", DRAWS)
def test_the_clearest_have_the_smallest_p(draw: int) -> None:
    asked = exercise("significance", "clearest_first", draw)
    found = [re.fullmatch(r"r = (\S+) from (\S+) rows", item) for item in asked.items]
    p = [p_of(number(one[1]), int(number(one[2]))) for one in found]
    assert asked.answer == ",".join(map(str, np.argsort(p)))


@pytest.mark.parametrize("draw", DRAWS)
def test_the_cell_to_click_has_the_smallest_p(draw: int) -> None:
    asked = exercise("significance", "smallest_p_on_the_map", draw)
    r = asked.chart.values
    p = {
        (row, column): p_of(r.loc[row, column], int(row.split()[0]))
        for row in r.index
        for column in r.columns
    }
    assert asked.cells[int(asked.answer)] == min(p, key=p.get)


@pytest.mark.parametrize("draw", DRAWS)
def test_the_stars_that_are_left_are_those_of_statsmodels(draw: int) -> None:
    asked = exercise("significance", "survivors_by_head", draw)
    p = [float(one) for one in re.findall(r"0\.\d{3}", asked.question)]
    method = "holm" if "Holm" in asked.question else "bonferroni"
    assert asked.value == multipletests(p, 0.05, method)[0].sum()


@pytest.mark.parametrize("draw", DRAWS)
def test_the_columns_that_stay_are_those_of_a_plain_loop(draw: int) -> None:
    asked = exercise("action", "how_many_stay", draw)
    known = {
        frozenset((x, y)): number(r)
        for x, y, r in re.findall(r"(\w+) and (\w+) ([−\d.]+\d)", asked.description)
    }
    threshold = float(re.search(r"is above (\S+)\. How", asked.question)[1])
    kept: list[str] = []
    for name in re.findall(r"`(\w+)`", asked.question):
        if all(abs(known[frozenset((name, other))]) <= threshold for other in kept):
            kept.append(name)
    assert asked.value == len(kept)


@pytest.mark.parametrize("draw", DRAWS)
def test_the_first_to_go_is_that_of_a_plain_loop(draw: int) -> None:
    asked = exercise("action", "first_to_go", draw)
    threshold = float(re.search(r"is above (\S+)\. Click", asked.question)[1])
    names = re.findall(r"`(\w+)`", asked.question)
    r = asked.chart.values
    pairs = [(row, column) for i, row in enumerate(names) for column in names[:i]]
    first = next(pair for pair in pairs if abs(r.loc[pair]) > threshold)
    assert asked.cells[int(asked.answer)] == first
