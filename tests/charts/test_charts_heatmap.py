"""What a heatmap shows: limits, neutral value and colours, as seaborn has them."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
import seaborn
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from lib.charts import LIGHT, Heatmap, as_rgb, colour_map

MAPS = ["coolwarm", "RdBu_r", "PuOr", "RdYlGn", "viridis", "jet", "house"]
SETTINGS = [
    {"limits": None},
    {"limits": (-1, 1)},
    {"limits": None, "center": 0},
    {"limits": (-0.5, 0.8), "center": 0.1},
    {"limits": (-0.3, 0.4)},
    {"limits": None, "center": -2},
]


def seaborn_mesh(heatmap):
    """The cells as seaborn paints them when it is told the same in its own words."""
    low, high = heatmap.limits or (None, None)
    axes = seaborn.heatmap(
        heatmap.values,
        vmin=low,
        vmax=high,
        center=heatmap.center,
        mask=heatmap.hidden,
        cmap=ListedColormap(colour_map(heatmap.colours)),
        ax=Figure().subplots(),
    )
    mesh = axes.collections[0]
    mesh.update_scalarmappable()
    return mesh


def assert_same_colours(heatmap, mesh):
    visible = heatmap.visible.to_numpy()
    painted = as_rgb(heatmap.cell_colours().to_numpy()[visible].tolist())
    expected = mesh.get_facecolors().reshape(*heatmap.shape, 4)[visible, :3]
    assert np.abs(painted - expected).max() <= 0.5 / 255 + 1e-9


@pytest.mark.parametrize(
    ("colours", "setting"),
    [
        pytest.param(
            colours,
            setting,
            marks=() if colours == MAPS[0] or setting == SETTINGS[0] else pytest.mark.play,
        )
        for colours, setting in product(MAPS, SETTINGS)
    ],
)
def test_colours_and_limits_are_seaborns(highway, colours, setting):
    heatmap = Heatmap(highway, colours=colours, **setting)
    mesh = seaborn_mesh(heatmap)
    assert heatmap.range == pytest.approx(mesh.get_clim())
    assert_same_colours(heatmap, mesh)


@pytest.mark.parametrize("setting", SETTINGS)
def test_hidden_cells_do_not_count_as_with_seaborns_mask(triangle, setting):
    heatmap = Heatmap(triangle.values, hidden=triangle.hidden, colours="coolwarm", **setting)
    mesh = seaborn_mesh(heatmap)
    assert heatmap.range == pytest.approx(mesh.get_clim())
    assert_same_colours(heatmap, mesh)


@pytest.mark.parametrize(("center", "place"), [(None, 0.5), (0.5, 0.5), (0, 1), (1, 0)], ids=str)
def test_one_value_only(center, place):
    heatmap = Heatmap(pd.DataFrame({"x": [0.5]}), limits=None, center=center, colours="coolwarm")
    assert heatmap.range == (0.5, 0.5)
    painted = as_rgb(heatmap.cell_colours().iloc[0, 0])
    expected = colour_map("coolwarm")[round(255 * place)]
    on_paper = heatmap.paper(width=2, height=2).axes[0].collections[0]
    on_paper.update_scalarmappable()
    assert np.abs(painted - expected).max() <= 1.5 / 255
    assert np.abs(on_paper.get_facecolors()[0, :3] - expected).max() <= 1.5 / 255


def test_out_of_the_box_the_neutral_colour_is_not_zero(highway):
    heatmap = Heatmap(highway, limits=None, colours="coolwarm")
    assert heatmap.range == pytest.approx((-0.68, 1), abs=0.005)
    assert heatmap.neutral_value == pytest.approx(0.16, abs=0.005)


@pytest.mark.parametrize("setting", [{"limits": (-1, 1)}, {"limits": None, "center": 0}])
def test_symmetric_limits_and_center_make_it_zero(highway, setting):
    assert Heatmap(highway, **setting).neutral_value == 0


def test_the_triangle_shows_55_pairs(triangle):
    heatmap = Heatmap(triangle.values, hidden=triangle.hidden)
    assert heatmap.shape == (10, 10)
    assert heatmap.visible.to_numpy().sum() == 55


def test_cells_without_a_value_are_not_painted():
    values = pd.DataFrame({"x": [1, np.nan], "y": [np.inf, -0.5]})
    heatmap = Heatmap(values, limits=None)
    assert heatmap.visible.to_numpy().tolist() == [[True, False], [False, True]]
    assert heatmap.range == (-0.5, 1)
    assert heatmap.cell_colours().isna().to_numpy().tolist() == [[False, True], [True, False]]


def test_limits_from_nothing_visible_are_zero_to_one():
    values = pd.DataFrame({"x": [1.0]})
    assert Heatmap(values, limits=None, hidden=values > 0).range == (0, 1)


def test_booleans_and_nullable_numbers_are_numbers():
    values = pd.DataFrame({"x": [True, False], "y": pd.array([1, None], dtype="Int64")})
    assert Heatmap(values).visible.to_numpy().tolist() == [[True, True], [True, False]]


def test_a_deuteranope_sees_red_and_green_alike(highway):
    def distance(heatmap):
        colours = heatmap.cell_colours()
        strong, opposite = as_rgb([colours.loc["adt", "itg"], colours.loc["slim", "rate"]])
        return np.linalg.norm(strong - opposite)

    usual = Heatmap(highway, colours="RdYlGn")
    assert distance(Heatmap(highway, colours="RdYlGn", deuteranope=True)) < distance(usual) / 2


def test_values_stay_as_they_were(highway):
    before = highway.copy()
    Heatmap(highway, limits=None, center=0).screen(LIGHT)
    Heatmap(highway, limits=None, center=0).paper(width=3, height=3)
    pd.testing.assert_frame_equal(highway, before)


@pytest.mark.parametrize(
    ("values", "settings", "message"),
    [
        ({"x": ["a"]}, {}, "'x' is not numeric"),
        ({}, {}, "nothing to paint"),
        ({"x": [1.0]}, {"limits": (1, -1)}, "from low to high, not 1 to -1"),
        ({"x": [1.0]}, {"hidden": pd.DataFrame({"y": [True]})}, "hidden must have the rows"),
        ({"x": [1.0]}, {"text": pd.DataFrame({"x": ["a", "b"]})}, "text must have the rows"),
        ({1: [1.0], "1": [2.0]}, {}, "Two columns are named '1'"),
    ],
)
def test_what_does_not_fit_is_refused(values, settings, message):
    with pytest.raises(ValueError, match=message):
        Heatmap(pd.DataFrame(values), **settings)


def test_two_rows_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two rows are named 'a'"):
        Heatmap(pd.DataFrame({"x": [1.0, 2.0]}, index=["a", "a"]))


def test_an_unknown_colour_map_is_refused_when_it_is_drawn(highway):
    with pytest.raises(ValueError, match="no colour map 'rainbows'"):
        Heatmap(highway, colours="rainbows").screen(LIGHT)


@pytest.mark.parametrize("values", [np.eye(3), [[1.0, 2.0], [2.0, 1.0]], None])
def test_what_is_no_table_is_said_to_be_none(values):
    with pytest.raises(ValueError, match=r"drawn of a table, .*pd\.DataFrame\(values\)"):
        Heatmap(values)


def test_around_a_column_stand_those_that_go_with_it_most_strongly():
    random = np.random.default_rng(3)
    names = [f"column {number}" for number in range(12)]
    values = pd.DataFrame(random.uniform(-1, 1, (12, 12)), names, names)
    values = (values + values.T) / 2
    text = values.map("{:.1f}".format)
    strength = values["column 5"].drop("column 5").abs().sort_values(ascending=False)
    near = {"column 5", *strength.index[:4]}
    for whole in (Heatmap.lower(values, text=text, limits=None), Heatmap(values, text=text)):
        part = whole.around("column 5", most=4)
        assert {*part.values.index, *part.values.columns} == near
        assert part.range == whole.range
        assert part.shown.any(axis=0).all()
        assert part.shown.any(axis=1).all()
        for row, column in np.argwhere(part.shown).tolist():
            at = part.values.index[row], part.values.columns[column]
            assert part.values.loc[at] == values.loc[at]
            assert part.texts[row, column] == text.loc[at]
    assert Heatmap.lower(values).around("column 0", most=1).shape == (1, 1)
    with pytest.raises(ValueError, match="no column 'z' in this map"):
        whole.around("z", most=4)
