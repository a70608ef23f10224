"""A scatter plot: which rows it draws, and what it says about them."""

import numpy as np
import pandas as pd
import pytest

from datasets import load
from lib.charts import DARK, LIGHT, Scatter, render


@pytest.fixture
def highway():
    return load("highway")


def test_rows_with_a_missing_value_are_left_out():
    x = pd.Series([1, np.nan, 3, 4], name="x")
    y = pd.Series([1, 2, np.inf, 4], name="y")
    scatter = Scatter(x, y)
    assert scatter.n == 2
    assert scatter.points["label"].tolist() == ["0", "3"]
    assert scatter.screen(LIGHT).data[0]["x"].tolist() == [1, 4]


def test_axes_have_the_names_of_the_columns(highway):
    scatter = Scatter(highway["adt"], highway["rate"], title="Traffic")
    layout = scatter.screen(DARK).layout
    assert [layout[axis]["title"]["text"] for axis in ("xaxis", "yaxis")] == ["adt", "rate"]
    axes = scatter.paper().axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("adt", "rate")
    assert len(axes.collections[0].get_offsets()) == scatter.n == len(highway)


def test_rows_are_named_by_their_labels():
    x = pd.Series([1.0, 2.0], name="x")
    labels = pd.Series(["<b>one</b>", "two"], name="label")
    figure = Scatter(x, x.rename("y"), labels).screen(LIGHT)
    assert figure.data[0]["text"] == ["&lt;b&gt;one&lt;/b&gt;", "two"]


def test_no_rows_make_an_empty_plot():
    nothing = pd.Series([np.nan], name="x")
    scatter = Scatter(nothing, nothing.rename("y"))
    assert scatter.n == 0
    assert len(scatter.screen(LIGHT).data[0]["x"]) == 0
    assert render(scatter.paper(), "pdf").startswith(b"%PDF-")


def test_many_points_are_faint_and_drawn_at_once():
    x = pd.Series(np.arange(5000.0), name="x")
    many, few = Scatter(x, x.rename("y")), Scatter(x[:30], x[:30].rename("y"))
    assert many.screen(LIGHT).data[0]["type"] == "scattergl"
    assert few.screen(LIGHT).data[0]["type"] == "scatter"
    opacities = [chart.screen(LIGHT).data[0]["marker"]["opacity"] for chart in (many, few)]
    assert opacities[0] < opacities[1]


def test_what_does_not_fit_is_refused():
    x = pd.Series([1.0], name="x")
    with pytest.raises(ValueError, match="'kind' is not numeric"):
        Scatter(x, pd.Series(["a"], name="kind"))
    with pytest.raises(ValueError, match="'y' must have the rows of 'x'"):
        Scatter(x, pd.Series([1.0], index=[7], name="y"))


@pytest.fixture
def grouped():
    x = pd.Series([0.0, 1, 2, 0, 1, 2], index=list("abcdef"), name="x")
    y = pd.Series([0.0, 1, 2, 5, 4, 3], index=list("abcdef"), name="y")
    return x, y, pd.Series(["up", "up", "up", "<down>", "<down>", "<down>"], index=list("abcdef"))


def test_groups_differ_in_colour_and_in_symbol(grouped):
    x, y, groups = grouped
    screen = Scatter(x, y, groups=groups).screen(LIGHT)
    first, second = screen.data
    assert (first["name"], second["name"]) == ("up", "&lt;down&gt;")
    assert first["marker"]["color"] != second["marker"]["color"]
    assert first["marker"]["symbol"] != second["marker"]["symbol"]
    assert first["x"].tolist() == [0, 1, 2]
    assert screen.layout["showlegend"]
    legend = Scatter(x, y, groups=groups).paper().axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["up", "<down>"]


def test_ordered_groups_keep_their_order(grouped):
    x, y, groups = grouped
    ordered = groups.astype(pd.CategoricalDtype(["<down>", "none", "up"]))
    names = [trace["name"] for trace in Scatter(x, y, groups=ordered).screen(DARK).data]
    assert names == ["&lt;down&gt;", "up"]


def test_lines_are_those_of_least_squares(highway):
    chart = Scatter(highway["adt"], highway["rate"], line=True)
    line = chart.screen(LIGHT).data[1]
    expected = np.polyval(np.polyfit(highway["adt"], highway["rate"], 1), line["x"])
    np.testing.assert_allclose(line["y"], expected)
    np.testing.assert_allclose(chart.paper().axes[0].lines[0].get_ydata(), expected)


def test_each_group_has_a_line_of_its_own(grouped):
    x, y, groups = grouped
    lines = Scatter(x, y, groups=groups, line=True).screen(LIGHT).data[2:]
    np.testing.assert_allclose([trace["y"] for trace in lines], [[0, 2], [5, 3]], atol=1e-12)
    alone = Scatter(x[:1], y[:1], line=True).screen(LIGHT)
    assert len(alone.data) == 1


def test_the_marked_row_stands_out_and_the_limits_hold(grouped):
    x, y, _ = grouped
    chart = Scatter(x, y, marked="d", limits=((-1, 3), (-2, 6)))
    cloud, marked = chart.screen(LIGHT).data
    assert (marked["x"].tolist(), marked["y"].tolist()) == ([0], [5])
    assert marked["marker"]["color"] == LIGHT.accent
    assert marked["marker"]["size"] > cloud["marker"]["size"]
    assert len(cloud["x"]) == 5
    assert chart.screen(LIGHT).layout["yaxis"]["range"] == (-2, 6)
    axes = chart.paper().axes[0]
    assert (axes.get_xlim(), axes.get_ylim()) == ((-1, 3), (-2, 6))
    assert axes.collections[1].get_offsets().tolist() == [[0, 5]]
    with pytest.raises(ValueError, match="no row 'z' to mark"):
        Scatter(x, y, marked="z")
    with pytest.raises(ValueError, match="7 groups"):
        Scatter(pd.Series(range(7)), pd.Series(range(7)), groups=pd.Series(list("abcdefg")))


def test_margins_count_each_row_once_on_either_side(highway):
    chart = Scatter(highway["adt"], highway["rate"], margins=True)
    figure = chart.screen(LIGHT)
    above, beside = figure.data[1:]
    assert sum(above["y"]) == sum(beside["x"]) == len(highway)
    lowest = highway["adt"].min() + above["width"][0]
    assert above["y"][0] == (highway["adt"] < lowest).sum()
    assert above["x"][-1] + above["width"][-1] / 2 == pytest.approx(highway["adt"].max())
    assert figure.layout["xaxis"]["domain"][1] < figure.layout["xaxis2"]["domain"][0]
    on_paper = chart.paper().axes[0]
    heights = [bar.get_height() for bar in on_paper.child_axes[0].patches]
    assert heights == above["y"].tolist()
    assert (
        len(Scatter(highway["adt"] * np.nan, highway["rate"], margins=True).screen(LIGHT).data) == 1
    )
