"""Several charts on one page."""

from itertools import pairwise

import pandas as pd
import pytest

from lib.charts import Bars, Heatmap, Histogram, Intervals, Lines, Scatter, render
from lib.charts.sheet import sheet


def charts():
    x = pd.Series([1.0, 2.0, 4.0], name="x")
    frame = pd.DataFrame({"low": [0.1], "value": [0.2], "high": [0.3]}, ["row"])
    r = pd.DataFrame({"a": [1.0, 0.5], "b": [0.5, 1.0]}, ["a", "b"])
    return [
        Heatmap(r, title="map"),
        Scatter(x, x.rename("y"), title="points"),
        Lines(frame[["value"]].reset_index(drop=True), title="lines"),
        Histogram(x, title="counts"),
        Intervals(frame, title="intervals"),
        Bars(frame[["value"]], title="bars"),
    ]


def test_each_chart_has_a_place_in_reading_order():
    figure = sheet(charts(), 2)
    titled = [axes for axes in figure.axes if axes.get_title(loc="left")]
    figure.draw_without_rendering()
    places = {axes.get_title(loc="left"): axes.get_position() for axes in titled}
    assert list(places) == ["map", "points", "lines", "counts", "intervals", "bars"]
    assert places["map"].x0 < places["points"].x0
    assert places["map"].y0 > places["lines"].y0 > places["intervals"].y0
    assert render(figure).startswith(b"\x89PNG")


def test_an_empty_place_stays_empty():
    figure = sheet(charts()[1:4], 2)
    assert [axes.axison for axes in figure.axes] == [True, True, True, False]


def test_a_few_charts_take_no_more_columns_than_they_need():
    assert sheet(charts()[1:2], 3).get_figwidth() * 3 == sheet(charts()[1:4], 3).get_figwidth()
    with pytest.raises(ValueError, match="no chart"):
        sheet([], 2)


@pytest.mark.parametrize("count", [5, 12, 20, 40])
def test_names_of_columns_do_not_touch_on_a_sheet(count):
    names = [f"c{number}" for number in range(count)]
    heatmap = Heatmap(pd.DataFrame(0.5, names, names), title="map")
    figure = sheet([heatmap, Histogram(pd.Series([1.0, 2.0], name="x"))], 2)
    figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in figure.axes[0].get_xticklabels()]
    assert len(boxes) > 3
    assert all(one.x1 <= other.x0 for one, other in pairwise(boxes))


def test_maps_of_one_key_are_one_figure_on_a_sheet():
    r = pd.DataFrame({"a": [1.0, 0.5], "b": [0.5, 1.0]}, ["a", "b"])
    together = sheet([Heatmap(r, title="one"), Heatmap(r, title="two")], 2)
    assert len(together.axes) == 3
    apart = sheet([Heatmap(r, title="one"), Heatmap(r, title="two", scale="p")], 2)
    assert len(apart.axes) == 4
