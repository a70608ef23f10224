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


LABELS = {
    "int": [3, 1, 2],
    "float": [0.5, 1.5, 2.5],
    "object": pd.Index(["a", 1, 2.5], dtype=object),
    "datetime": pd.date_range("2001", periods=3, freq="MS"),
    "string": ["x", "y", "z"],
    "category": pd.CategoricalIndex(["x", "y", "z"]),
    "levels": pd.MultiIndex.from_arrays([[1, 1, 2], [0.5, 1.5, 2.5]]),
}
WAYS_IN = [
    "np.ravel({labels})",
    "np.asarray({labels})",
    "np.array({labels}, copy=False)",
    "np.reshape({labels}, 3)",
    "np.transpose({labels})",
    "np.squeeze({labels})",
    "np.flip({labels})",
    "np.roll({labels}, 0)",
    "np.expand_dims({labels}, 0)[0]",
    "{labels}.values",
    "{labels}.to_numpy()",
    "{labels}.to_numpy(copy=False)",
    "{labels}.to_series().to_numpy()",
    "np.ravel({labels}.to_series())",
    "np.ravel({labels}.get_level_values(0))",
    "np.asarray(pd.Index({labels}, copy=False))",
    "np.ravel(pd.Series({labels}, copy=False))",
    "np.ravel(pd.DataFrame({{'a': {labels}}}, copy=False)['a'])",
    "np.ravel(table.copy(deep=False).index)",
]


def arrays(labels: pd.Index) -> list[np.ndarray]:
    if isinstance(labels, pd.MultiIndex):
        return [array for level in labels.levels for array in arrays(level)]
    if isinstance(labels, pd.CategoricalIndex):
        return [*arrays(labels.categories), labels.codes]
    return [np.asarray(labels)]


@pytest.mark.parametrize("side", ["index", "columns"])
@pytest.mark.parametrize("kind", LABELS)
def test_no_way_leads_to_the_labels_of_what_was_given(kind: str, side: str) -> None:
    table = pd.DataFrame(np.arange(9.0).reshape(3, 3)).set_axis(LABELS[kind], axis=side)
    before = pd.DataFrame(np.arange(9.0).reshape(3, 3)).set_axis(LABELS[kind], axis=side)
    taken = 0
    for way in WAYS_IN:
        found = way.format(labels=f"table.{side}")
        got = run(found, {"table": table}).value
        if not isinstance(got, np.ndarray):
            continue
        taken += 1
        for array in arrays(getattr(table, side)):
            assert not np.shares_memory(got, array), way
        # Neither is what the lines were given themselves another one below them.
        lines = f"v = {found}\nv[0] = v[1]\ntable"
        after = run(lines, {"table": table}).value_or(before)
        pd.testing.assert_frame_equal(after, before)
        pd.testing.assert_frame_equal(table, before)
    assert taken >= (1 if kind == "levels" else len(WAYS_IN) // 3)


def test_an_array_that_was_given_is_written_into_by_no_view_of_it() -> None:
    pairs = np.arange(9.0).reshape(3, 3)
    for way in ("np.ravel(pairs)", "pairs.T", "pairs[0]", "np.asarray(pairs)", "pairs.reshape(9)"):
        assert run(f"v = {way}\nv[0] = 9\npairs", {"pairs": pairs}).error
    assert run("v = pairs.copy()\nv[0, 0] = 9\nv[0, 0]", {"pairs": pairs}).value == 9
    np.testing.assert_array_equal(pairs, np.arange(9.0).reshape(3, 3))


if __name__ == "__main__":
    print(json.dumps(attack(json.load(sys.stdin))))
