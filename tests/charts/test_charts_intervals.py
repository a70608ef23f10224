"""Intervals: both renderers draw the same ends."""

import numpy as np
import pandas as pd
import pytest

from lib.charts import DARK, LIGHT, Intervals


@pytest.fixture
def values():
    rows = ["n = 10", "n = <39>"]
    return pd.DataFrame({"low": [-0.2, 0.22], "value": [0.5, 0.5], "high": [0.86, 0.7]}, rows)


def test_the_ends_are_low_and_high(values):
    chart = Intervals(values, x="r", mark=0)
    trace = chart.screen(LIGHT).data[0]
    np.testing.assert_allclose(trace["x"] + trace["error_x"]["array"], values["high"])
    np.testing.assert_allclose(trace["x"] - trace["error_x"]["arrayminus"], values["low"])
    axes = chart.paper().axes[0]
    segments = axes.containers[0].lines[2][0].get_segments()
    np.testing.assert_allclose([segment[:, 0] for segment in segments], values[["low", "high"]])
    assert chart.screen(LIGHT).layout["shapes"][0]["x0"] == 0
    assert axes.get_xlabel() == "r"


def test_rows_run_from_top_to_bottom_and_are_named(values):
    chart = Intervals(values)
    layout = chart.screen(DARK).layout
    assert layout["yaxis"]["autorange"] == "reversed"
    assert layout["yaxis"]["labelalias"]["n = <39>"] == "n = &lt;39&gt;"
    axes = chart.paper().axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["n = 10", "n = <39>"]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_an_estimate_without_an_interval_is_a_dot_and_says_so(values):
    values.loc["n = 10", ["low", "high"]] = np.nan
    chart = Intervals(values)
    first, second = chart.screen(LIGHT).data[0]["hovertext"]
    assert (first, second) == ("n = 10: 0.5, no interval", "n = &lt;39&gt;: 0.5, from 0.22 to 0.7")
    points = chart.paper().axes[0].containers[0].lines[0].get_xdata()
    np.testing.assert_allclose(points, 0.5)


def test_more_rows_take_more_room(values):
    more = pd.concat([values, values.rename(lambda name: f"{name} again")])
    assert (
        Intervals(more).screen(LIGHT).layout["height"]
        > Intervals(values).screen(LIGHT).layout["height"]
    )
    assert Intervals(more).paper().get_figheight() > Intervals(values).paper().get_figheight()


def test_what_does_not_fit_is_refused(values):
    with pytest.raises(ValueError, match="'high' is missing"):
        Intervals(values[["low", "value"]])
    with pytest.raises(ValueError, match="has no rows"):
        Intervals(values.iloc[:0])


def test_rows_of_one_name_are_refused():
    table = pd.DataFrame({"low": [0, 1], "value": [1, 2], "high": [2, 3]}, ["10 rows", "10 rows"])
    with pytest.raises(ValueError, match="Two rows are named '10 rows'"):
        Intervals(table)
