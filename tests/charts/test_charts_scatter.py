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
    assert scatter.screen(LIGHT).data[0].x.tolist() == [1, 4]


def test_axes_have_the_names_of_the_columns(highway):
    scatter = Scatter(highway["adt"], highway["rate"], title="Traffic")
    layout = scatter.screen(DARK).layout
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("adt", "rate")
    axes = scatter.paper().axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("adt", "rate")
    assert len(axes.collections[0].get_offsets()) == scatter.n == len(highway)


def test_rows_are_named_by_their_labels():
    x = pd.Series([1.0, 2.0], name="x")
    labels = pd.Series(["<b>one</b>", "two"], name="label")
    figure = Scatter(x, x.rename("y"), labels).screen(LIGHT)
    assert figure.data[0].text.tolist() == ["&lt;b&gt;one&lt;/b&gt;", "two"]


def test_no_rows_make_an_empty_plot():
    nothing = pd.Series([np.nan], name="x")
    scatter = Scatter(nothing, nothing.rename("y"))
    assert scatter.n == 0
    assert len(scatter.screen(LIGHT).data[0].x) == 0
    assert render(scatter.paper(), "pdf").startswith(b"%PDF-")


def test_many_points_are_faint_and_drawn_at_once():
    x = pd.Series(np.arange(5000.0), name="x")
    many, few = Scatter(x, x.rename("y")), Scatter(x[:30], x[:30].rename("y"))
    assert many.screen(LIGHT).data[0].type == "scattergl"
    assert few.screen(LIGHT).data[0].type == "scatter"
    opacities = [chart.screen(LIGHT).data[0].marker.opacity for chart in (many, few)]
    assert opacities[0] < opacities[1]


def test_what_does_not_fit_is_refused():
    x = pd.Series([1.0], name="x")
    with pytest.raises(ValueError, match="'kind' is not numeric"):
        Scatter(x, pd.Series(["a"], name="kind"))
    with pytest.raises(ValueError, match="'y' must have the rows of 'x'"):
        Scatter(x, pd.Series([1.0], index=[7], name="y"))
