"""A histogram counts what numpy counts."""

import numpy as np
import pandas as pd
import pytest

from lib.charts import LIGHT, Histogram


def test_counts_are_those_of_numpy():
    values = pd.Series(np.random.default_rng(0).normal(size=500), name="r")
    chart = Histogram(values, bins=20)
    counts, edges = np.histogram(values, 20)
    np.testing.assert_array_equal(chart.counts, counts)
    np.testing.assert_allclose(chart.edges, edges)
    bars = chart.screen(LIGHT).data[0]
    np.testing.assert_array_equal(bars["y"], counts)
    np.testing.assert_allclose(bars["x"], (edges[1:] + edges[:-1]) / 2)
    paper = chart.paper().axes[0]
    np.testing.assert_array_equal(paper.patches[0].get_data().values, counts)


def test_whole_numbers_have_a_bar_each():
    chart = Histogram(pd.Series([4, 4, 7], name="stars"))
    assert chart.edges.tolist() == [3.5, 4.5, 5.5, 6.5, 7.5]
    assert chart.counts.tolist() == [2, 0, 0, 1]


def test_one_value_alone_and_values_far_apart_have_bars():
    assert Histogram(pd.Series([0.25])).counts.sum() == 1
    far = Histogram(pd.Series([0.0, *np.linspace(1e6, 1e6 + 1, 1000)]))
    assert len(far.counts) <= 60
    assert far.counts.sum() == 1001


def test_what_is_not_finite_is_left_out():
    values = pd.Series([1.0, np.nan, np.inf, 2.0], name="x")
    assert Histogram(values).counts.sum() == 2
    with pytest.raises(ValueError, match="'x' has no value to draw"):
        Histogram(pd.Series([np.nan], name="x"))


def test_marks_and_shade_stand_where_they_should():
    chart = Histogram(pd.Series([1, 2, 3], name="x"), marks={"now": 2.0}, shade=(1.5, 2.5))
    shade, mark = chart.screen(LIGHT).layout["shapes"]
    assert (shade["x0"], shade["x1"], shade["layer"]) == (1.5, 2.5, "below")
    assert (mark["x0"], mark["x1"]) == (2, 2)
    axes = chart.paper().axes[0]
    assert axes.lines[0].get_xdata()[0] == 2
    assert mark["name"] == "now"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["now"]
    assert axes.get_xlabel() == "x"


@pytest.mark.parametrize("values", [[-0.1, 0.2, 0.3], [0.4, 0.5, 0.9]])
def test_two_draws_share_an_axis(values):
    chart = Histogram(pd.Series(values, name="r"), limits=(-1, 1))
    assert chart.screen(LIGHT).layout["xaxis"]["range"] == [-1, 1]
    assert chart.paper().axes[0].get_xlim() == (-1, 1)


def test_what_lies_beyond_the_limits_is_drawn_all_the_same():
    chart = Histogram(pd.Series([-0.5, 0.5, 3.0], name="slope"), limits=(-1, 1))
    low, high = chart.screen(LIGHT).layout["xaxis"]["range"]
    assert (low, high) == (-1, chart.edges[-1])
    assert high >= 3
    assert chart.paper().axes[0].get_xlim() == (low, high)


def test_bins_can_be_given_by_their_ends():
    chart = Histogram(pd.Series([0.2, 0.25, 0.9]), bins=[-0.1, 0.3, 0.7, 1.1])
    assert chart.counts.tolist() == [2, 0, 1]
    assert chart.screen(LIGHT).data[0]["x"].tolist() == pytest.approx([0.1, 0.5, 0.9])
    with pytest.raises(ValueError, match="a value outside of all bins"):
        Histogram(pd.Series([0.2, 1.2], name="x"), bins=[0, 1])


def test_few_are_counted_in_whole_numbers():
    few, many = Histogram(pd.Series([1, 1, 1, 2])), Histogram(pd.Series([1] * 20))
    assert few.screen(LIGHT).layout["yaxis"]["dtick"] == 1
    assert few.paper().axes[0].get_yticks().tolist() == [0, 1, 2, 3]
    assert "dtick" not in many.screen(LIGHT).layout["yaxis"]
