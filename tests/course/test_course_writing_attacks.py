"""Hostile programs are refused in a sentence, at once and without memory; nothing is changed."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from writing_attacks import ATTACKS

from lib.course.writing import run

EACH_SECOND = 1.0
MEGABYTES = 200


def tables() -> dict:
    random = np.random.default_rng(0)
    names = [f"a{number}" for number in range(20)]
    kinds = ["FAI", "PA", "MA"] * 13
    highway = pd.DataFrame(random.normal(5, 1, (39, 3)), columns=["rate", "len", "adt"])
    months = pd.date_range("1960", periods=600, freq="MS")
    return {
        "highway": highway.assign(htype=kinds),
        "big": pd.DataFrame(random.normal(size=(5000, 20)), columns=names),
        "monthly": pd.Series(random.normal(size=600), months),
        "pairs": random.normal(size=(200, 200)),
    }


def attack(programs: list[str]) -> list[dict]:
    """Run them one after the other; what each took and said. For a process of its own."""
    given = tables()
    run("big.corr(method='spearman')\nbig.groupby('a0').mean()", given)
    told = []
    for program in programs:
        begin = time.process_time()
        written = run(program, given)
        told.append(
            {
                "error": written.error,
                "seconds": time.process_time() - begin,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    return told


@pytest.fixture(scope="module")
def told() -> dict[str, dict]:
    programs = [program for family in ATTACKS.values() for program in family]
    answer = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(programs),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": f"{Path(__file__).parents[2]}:{Path(__file__).parent}"},
    )
    return dict(zip(programs, json.loads(answer.stdout), strict=True))


def test_there_are_hundreds_of_them() -> None:
    assert sum(map(len, ATTACKS.values())) >= 200


@pytest.mark.parametrize("family", ATTACKS)
def test_every_attack_is_refused_in_a_sentence(family: str, told: dict[str, dict]) -> None:
    refused = {program: told[program]["error"] for program in ATTACKS[family]}
    assert [program for program, error in refused.items() if not error] == []
    unworded = [error for error in refused.values() if not error.endswith((".", "?"))]
    assert unworded == []


@pytest.mark.parametrize("family", ATTACKS)
def test_none_takes_a_second_of_the_processor(family: str, told: dict[str, dict]) -> None:
    slow = {p: told[p]["seconds"] for p in ATTACKS[family] if told[p]["seconds"] > EACH_SECOND}
    assert slow == {}


def test_none_takes_the_memory(told: dict[str, dict]) -> None:
    used = [one["megabytes"] for one in told.values()]
    assert used[-1] - used[0] < MEGABYTES


def test_what_was_given_is_as_it_was() -> None:
    given, before = tables(), tables()
    for program in ATTACKS["writing"]:
        run(program, given)
    for name in ("highway", "big"):
        pd.testing.assert_frame_equal(given[name], before[name])
    pd.testing.assert_series_equal(given["monthly"], before["monthly"])
    np.testing.assert_array_equal(given["pairs"], before["pairs"])


def test_two_runs_share_nothing() -> None:
    given = tables()
    assert (
        run("mine = highway.copy()\nmine.loc[0, 'rate'] = 99\nmine.rate.max()", given).value == 99
    )
    assert run("highway.rate.max()", given).value < 99
    assert "`mine`" not in run("mine", given).error.replace("'mine'", "")
    assert run("mine", given).error


if __name__ == "__main__":
    print(json.dumps(attack(json.load(sys.stdin))))
