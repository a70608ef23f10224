"""The heatmap as Plotly gets it."""

import json
from base64 import b64decode
from itertools import product

import numpy as np
import pandas as pd
import pytest

from lib.charts import DARK, LIGHT, WIDE, Heatmap, as_hex, colour_map, contrast_ratio

MAPS = ["house", "coolwarm", "RdBu_r", "PuOr", "RdYlGn", "viridis", "jet"]
both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def cells(figure):
    """Every cell that says something: (column, row) to its text, hover text and text colour."""
    mesh, *over = figure.data
    found = {}
    if "hovertext" in mesh:
        for row, hovers in zip(mesh["y"], mesh["hovertext"], strict=True):
            said = zip(mesh["x"], hovers, strict=True)
            found |= {(column, row): ("", hover, None) for column, hover in said if hover}
    for trace in over:
        for number, place in enumerate(zip(trace["x"], trace["y"], strict=True)):
            hover = trace["hovertext"][number] if "hovertext" in trace else found[place][1]
            found[place] = (trace["text"][number], hover, trace["textfont"]["color"])
    return found


@pytest.mark.parametrize("names", [[], ["rate", "len"], ["itg", "len", "rate"]])
def test_a_map_to_be_clicked_says_the_same(highway, names):
    hidden = highway.notna() & False
    hidden.loc[names, names] = True
    for heatmap in (Heatmap(highway, hidden=hidden), Heatmap(highway, decimals=None)):
        read, clicked = (
            cells(heatmap.screen(LIGHT, clickable=clickable)) for clickable in (False, True)
        )
        assert {place: said[:2] for place, said in read.items()} == {
            place: said[:2] for place, said in clicked.items()
        }


def colour_on_screen(figure, value):
    """The colour that Plotly gives a value, from the scale that it was given."""
    mesh = figure.data[0]
    place = np.clip((value - mesh["zmin"]) / (mesh["zmax"] - mesh["zmin"]), 0, 1)
    starts = [stop for stop, _ in mesh["colorscale"][::2]]
    return mesh["colorscale"][::2][np.searchsorted(starts, place, side="right") - 1][1]


@pytest.mark.parametrize(
    ("theme", "colours", "limits", "deuteranope"),
    list(product([LIGHT, DARK], MAPS, [None, (-1, 1)], [False, True])),
)
def test_every_number_can_be_read(highway, theme, colours, limits, deuteranope):
    heatmap = Heatmap(highway, colours=colours, limits=limits, deuteranope=deuteranope)
    painted = heatmap.cell_colours(theme)
    written = cells(heatmap.screen(theme))
    assert len(written) == 121
    for (column, row), (_, _, ink) in written.items():
        assert contrast_ratio(ink, painted.loc[row, column]) >= 4.5


@both_themes
@pytest.mark.parametrize("setting", [{}, {"limits": None}, {"limits": None, "center": 0}])
@pytest.mark.parametrize("colours", ["house", "PuOr"])
def test_the_scale_gives_each_cell_its_colour(highway, theme, setting, colours):
    heatmap = Heatmap(highway, colours=colours, **setting)
    figure = heatmap.screen(theme)
    painted = heatmap.cell_colours(theme)
    for row, column in product(highway.index, highway.columns):
        assert colour_on_screen(figure, highway.loc[row, column]) == painted.loc[row, column]


def test_limits_are_always_explicit(highway):
    mesh = Heatmap(highway, limits=None).screen(LIGHT).data[0]
    assert (mesh["zmin"], mesh["zmax"]) == pytest.approx((highway.to_numpy().min(), 1))
    assert mesh["colorscale"][0] == (0, as_hex(colour_map("house"))[0])
    assert mesh["colorscale"][-1] == (1, as_hex(colour_map("house"))[-1])


def test_a_single_value_has_a_scale(highway):
    mesh = Heatmap(highway.iloc[:1, :1], limits=None).screen(LIGHT).data[0]
    assert mesh["zmin"] < mesh["zmax"]


def test_numbers_and_hover_have_minus_signs(triangle):
    heatmap = Heatmap(triangle.values, hidden=triangle.hidden)
    text, hover, _ = cells(heatmap.screen(LIGHT))["rate", "len"]
    assert text == "−0.47"
    assert hover == "rate × len<br>r = −0.47"
    assert "-" not in "".join(
        text + hover for text, hover, _ in cells(heatmap.screen(LIGHT)).values()
    )


def test_what_rounds_to_zero_has_no_sign():
    figure = Heatmap(pd.DataFrame({"x": [-0.001, 0.3]})).screen(LIGHT)
    assert figure.data[1]["text"] == ["0.00", "0.30"]


def test_hidden_cells_are_silent(triangle):
    figure = Heatmap(triangle.values, hidden=triangle.hidden).screen(LIGHT)
    assert len(cells(figure)) == 55
    assert ("itg", "len") not in cells(figure)
    assert np.isnan(figure.data[0]["z"]).sum() == 45


def test_cells_without_a_value_say_so(highway):
    values = highway.copy()
    values.loc["len", "adt"] = np.nan
    figure = Heatmap(values).screen(DARK)
    text, hover, ink = cells(figure)["adt", "len"]
    assert (text, hover) == ("×", "adt × len<br>not defined")
    assert contrast_ratio(ink, DARK.background) >= 4.5
    assert np.isnan(figure.data[0]["z"]).sum() == 1


def test_text_stands_in_for_numbers(highway):
    positive = highway > 0
    figure = Heatmap(positive, text=positive.astype(str), scale="").screen(LIGHT)
    assert cells(figure)["rate", "len"][:2] == ("False", "rate × len<br>False")


def test_missing_text_leaves_the_cell_empty():
    values = pd.DataFrame({"x": [0.5, 0.6]})
    figure = Heatmap(values, text=pd.DataFrame({"x": ["*", None]})).screen(LIGHT)
    assert [cells(figure)["x", row][0] for row in ("0", "1")] == ["*", ""]


def test_no_decimals_no_numbers_but_hover_has_them(highway):
    text, hover, _ = cells(Heatmap(highway, decimals=None).screen(LIGHT))["rate", "len"]
    assert (text, hover) == ("", "rate × len<br>r = −0.465")


def texts(heatmap, width=WIDE):
    return {text for text, _, _ in cells(heatmap.screen(LIGHT, width=width)).values()}


def test_numbers_stand_where_they_have_room(highway, breast_cancer):
    assert texts(Heatmap(breast_cancer)) == {""}
    assert "" not in texts(Heatmap(highway))
    assert texts(Heatmap(highway), width=250) == {""}
    assert "" not in texts(Heatmap(highway.iloc[:5, :5]), width=250)


def test_a_star_needs_less_room_than_a_number(highway):
    stars = pd.DataFrame("*", highway.index, highway.columns)
    assert texts(Heatmap(highway, text=stars), width=250) == {"*"}


def test_clicks_are_reported_and_fade_nothing(highway):
    mesh, *over = Heatmap(highway).screen(LIGHT, clickable=True).data
    assert mesh["hoverinfo"] == "skip"
    for trace in over:
        assert trace["hoverinfo"] == "text"
        assert trace["mode"] == "markers+text"
        assert trace["marker"]["opacity"] == trace["unselected"]["marker"]["opacity"] == 0
        assert trace["unselected"]["textfont"] == {"color": trace["textfont"]["color"]}
        assert trace["selected"]["textfont"] == {"color": trace["textfont"]["color"]}


def test_a_large_map_that_is_only_read_has_no_marker_a_cell():
    values = pd.DataFrame(np.linspace(0, 1, 3600).reshape(60, 60))
    figure = Heatmap(values, limits=None, scale="P").screen(LIGHT)
    assert len(figure.data) == 1
    assert figure.data[0]["xgap"] == figure.data[0]["ygap"] == 0
    assert figure.data[0]["hovertext"][59][0] == "0 × 59<br>P = 0.98"


def test_a_map_of_very_many_cells_says_once_what_all_of_them_say():
    values = pd.DataFrame(np.random.default_rng(0).uniform(-0.9, 0.9, size=(110, 110)))
    values.iloc[3, 4] = np.nan
    figure = Heatmap(values, scale="r").screen(LIGHT)
    mesh = figure.data[0]
    assert mesh["z"].dtype == np.float32
    sent = json.loads(figure.to_json())["data"][0]["z"]
    assert sent["dtype"] == "f4"
    read = np.frombuffer(b64decode(sent["bdata"]), np.float32).reshape(110, 110)
    np.testing.assert_array_equal(read, mesh["z"])
    assert np.nanmax(np.abs(mesh["z"] - values.to_numpy())) < 1e-6
    assert mesh["hovertemplate"] == "%{x} × %{y}<br>r = %{z:.2f}<extra></extra>"
    assert "hovertext" not in mesh
    # What is not there is still marked, and says so.
    assert [trace["text"] for trace in figure.data[1:]] == [["×"]]
    few = Heatmap(values.iloc[:50], scale="r").screen(LIGHT).data[0]
    assert few["z"].dtype == np.float64
    assert few["hovertext"][0][0].startswith("0 × 0<br>r = ")


@pytest.mark.parametrize(
    "change",
    [
        lambda values: values.rename(columns={0: "<b>"}),
        lambda values: values.replace(values.iloc[0, 0], 0.9999),
    ],
    ids=["a name with markup", "almost one"],
)
def test_what_plotly_would_say_otherwise_is_said_by_each_cell(change):
    values = pd.DataFrame(np.random.default_rng(0).uniform(size=(110, 110)) / 2)
    mesh = Heatmap(change(values), (0, 1), scale="r").screen(LIGHT).data[0]
    assert "hovertemplate" not in mesh
    assert len(mesh["hovertext"]) == 110


def test_rows_read_from_the_top_in_square_cells(triangle):
    layout = Heatmap(triangle.values, hidden=triangle.hidden).screen(LIGHT).layout
    assert layout["yaxis"]["range"] == [9.5, -0.5]
    assert layout["xaxis"]["range"] == [-0.5, 9.5]
    assert layout["yaxis"]["scaleanchor"] == "x"
    assert layout["xaxis"]["constrain"] == layout["yaxis"]["constrain"] == "domain"
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]


def test_the_figure_fits_its_panel(triangle, breast_cancer):
    assert Heatmap(triangle.values).screen(LIGHT).layout["height"] <= 500
    assert Heatmap(breast_cancer).screen(LIGHT).layout["height"] <= 760


def test_numbers_as_names_stay_names():
    values = pd.DataFrame({1949: [112.0], 1950: [118.0]}, index=[1])
    figure = Heatmap(values, limits=None, decimals=0, scale="").screen(LIGHT)
    assert set(cells(figure)) == {("1949", "1"), ("1950", "1")}
    assert figure.layout["xaxis"]["type"] == "category"


def test_hostile_names_are_shown_as_text():
    name = "<a href='https://example.org'>click</a>"
    figure = Heatmap(pd.DataFrame({name: [1.0]}), scale=name).screen(LIGHT)
    assert figure.data[1]["x"] == [name]
    shown = [
        figure.layout["xaxis"]["labelalias"][name],
        figure.data[0]["hovertext"][0][0],
        *(heading["text"] for heading in figure.layout["annotations"]),
    ]
    assert len(shown) == 3
    assert not any("<a" in text for text in shown)


@pytest.mark.parametrize(
    ("limits", "ticks"),
    [
        ((-1, 1), ["−1", "0", "1"]),
        ((-0.68, 1), ["−0.68", "0", "1"]),
        ((-0.05, 1), ["−0.05", "1"]),
        ((104, 622), ["104", "622"]),
    ],
)
def test_ticks_of_the_colour_bar(highway, limits, ticks):
    bar = Heatmap(highway.clip(*limits), limits=limits).screen(LIGHT).data[0]["colorbar"]
    assert list(bar["ticktext"]) == ticks


def test_axis_names_are_those_of_the_frame_and_stand_at_the_edge_of_the_figure():
    values = pd.DataFrame({"1949": [112.0]}, index=pd.Index(["Jan"], name="month"))
    layout = Heatmap(values.rename_axis(columns="year")).screen(LIGHT).layout
    year, month = layout["annotations"][:2]
    assert (year["text"], month["text"]) == ("year", "month")
    assert (
        (year["xref"], year["yref"]) == (month["xref"], month["yref"]) == ("x domain", "y domain")
    )
    assert (year["y"], month["x"], month["textangle"]) == (0, 0, -90)
    # Tick labels of 12 pixels end 17 below the cells, and a line of 13 pixels is 17 high.
    assert -year["yshift"] >= 17 + 17
    assert layout["margin"]["b"] >= -year["yshift"]
    assert layout["margin"]["l"] == -month["xshift"]
