"""What is said of learners and their server: counts, percentiles, the dearest first."""

import math
import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks.tally import Run, Tally, Use, cost, percentile, report, use_of
from benchmarks.visitor import widget_state


@pytest.mark.parametrize("share", [1, 50, 95, 99, 100])
@pytest.mark.parametrize("count", [1, 2, 7, 20, 101])
def test_percentiles_are_numpys(count: int, share: int) -> None:
    values = np.random.default_rng(count).permutation(count) * 0.1
    expected = np.percentile(values, share, method="inverted_cdf")
    assert percentile(values.tolist(), share) == expected


def test_of_nothing_there_is_no_percentile() -> None:
    assert math.isnan(percentile([], 50))


def test_a_report_counts_and_names_the_dearest_moves_first() -> None:
    moves = [Run(second / 10, f"move {second}") for second in range(1, 21)]
    tally = Tally([Run(3.0, "opened")], moves, ["density: KeyError"])
    lines = list(report(tally, seconds=42.0))
    assert lines[0] == "21 runs in 42 s, 0.5 a second"
    assert lines[1] == "learners who met an error: 1"
    assert lines[2] == "first run  p50 3.00 s   p95 3.00 s   max 3.00 s"
    assert lines[3] == "move       p50 1.00 s   p95 1.90 s   max 2.00 s"
    assert [line.split()[-1] for line in lines[4:14]] == [str(n) for n in range(20, 10, -1)]
    assert lines[14:] == ["  failed: density: KeyError"]


def test_the_server_pays_for_each_run() -> None:
    line = cost(Use(2.0, 100.0), Use(5.0, 250.4), runs=60)
    assert line.split(maxsplit=1)[1] == "50 ms of processor a run, memory 100 -> 250 MB"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="of Linux alone")
def test_what_this_process_used_is_known() -> None:
    use = use_of(os.getpid())
    assert use.processor == pytest.approx(sum(os.times()[:2]), abs=0.1)
    assert 10 < use.memory < 100_000


@pytest.mark.parametrize(
    ("kind", "value", "field", "expected"),
    [
        ("slider", 3, "double_array_value", [3.0]),
        ("number_input", 3, "double_value", 3.0),
        ("checkbox", True, "bool_value", True),
        ("selectbox", "log", "string_value", "log"),
        ("button_group", "log", "string_array_value", ["log"]),
        ("button_group", ["rate", "len"], "string_array_value", ["rate", "len"]),
        ("multiselect", [], "string_array_value", []),
    ],
)
def test_a_widget_is_sent_as_a_browser_sends_it(kind, value, field, expected) -> None:
    state = widget_state(kind, "an id", value)
    assert state.id == "an id"
    sent = getattr(state, field)
    assert (list(sent.data) if isinstance(expected, list) else sent) == expected
