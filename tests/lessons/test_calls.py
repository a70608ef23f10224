"""The one call under a step's code gives the numbers that are on its screen."""

from typing import Any

import pytest

import lib
from datasets import load
from lessons import COURSE
from lib.course import Exhibit


def exhibit_of(lesson: str, step: str, **setting: Any) -> Exhibit:
    steps = {each.slug: each for each in COURSE.lesson(lesson).steps}
    return steps[step].exhibit(setting)


@pytest.mark.parametrize(
    "setting",
    [
        {"adjust": "BH", "level": "1 %"},
        {"adjust": "Holm", "tested": "rate alone"},
        {"adjust": "none"},
    ],
)
def test_survivors(setting):
    exhibit = exhibit_of("significance", "survivors", **setting)
    highway = load("highway").select_dtypes("number")
    drawn = eval(exhibit.call, {"hh": lib, "highway": highway})  # noqa: S307 - ours
    pairs = drawn.found.pairs()
    assert len(pairs) == len(exhibit.table)
    names = {"value": "r", "p_adjusted": "p_adjusted", "low": "low", "high": "high"}
    for name, shown in names.items():
        assert sorted(pairs[name].round(4)) == sorted(exhibit.table[shown])
    kept = exhibit.facts["kept_of_rate" if "tested" in setting else "kept"]
    assert any(f"{kept} of {len(pairs)} pairs" in each for each in drawn.says)


def test_a_map_that_was_guessed_has_its_call_and_one_that_waits_has_none():
    guess = (0.0,) * 10
    exhibit = exhibit_of("methods", "your_map", guess=guess, method="Spearman")
    chosen = ["rate", "adt", "slim", "acpt", "sigs1"]
    found = eval(exhibit.call, {"hh": lib, "highway": load("highway"), "chosen": chosen}).found  # noqa: S307 - ours
    for pair, r in exhibit.table["measured"].items():
        assert found.r.loc[tuple(pair.split("–"))] == pytest.approx(r, abs=5e-4)
    assert exhibit_of("methods", "your_map").call == ""
