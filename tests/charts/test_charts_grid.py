"""Several maps as one figure."""

from dataclasses import replace
from html import unescape

import numpy as np
import pandas as pd
import pytest
from plotly.graph_objects import Figure

from lib.charts import DARK, LIGHT, Grid, Heatmap, Histogram, gathered, share_a_key

NAMES = [f"column {number}" for number in range(6)]
WIDTHS = (320, 390, 540, 760, 1100)


def maps(count: int = 4, **settings: object) -> tuple[Heatmap, ...]:
    random = np.random.default_rng(0)
    return tuple(
        Heatmap(
            pd.DataFrame(random.uniform(-1, 1, (6, 6)), NAMES, NAMES),
            title=f"Map number {number}",
            **settings,
        )
        for number in range(count)
    )


def place(drawing, number):
    """Left, right, bottom and top of a map's axes, as shares of the figure."""
    suffix = str(number + 1) if number else ""
    x, y = (drawing.layout[f"{axis}axis{suffix}"]["domain"] for axis in "xy")
    return (*x, *y)


def overlap(first, second):
    across = min(first[1], second[1]) - max(first[0], second[0])
    up = min(first[3], second[3]) - max(first[2], second[2])
    return min(across, up) > 1e-9


@pytest.mark.parametrize("width", [None, *WIDTHS])
@pytest.mark.parametrize("count", [2, 3, 10])
def test_every_map_has_a_place_of_its_own_in_reading_order(count, width):
    drawing = Grid(maps(count), across=5).screen(LIGHT, width=width)
    assert len(Figure(drawing.data, drawing.layout).data) == len(drawing.data)
    places = [place(drawing, number) for number in range(count)]
    for number, here in enumerate(places):
        assert 0 <= here[0] < here[1] <= 1
        assert 0 <= here[2] < here[3] <= 1
        assert not any(overlap(here, other) for other in places[:number])
    order = sorted(range(count), key=lambda number: (-places[number][3], places[number][0]))
    assert order == list(range(count))


def side_by_side(drawing, count):
    tops = [place(drawing, number)[3] for number in range(count)]
    return sum(top == pytest.approx(tops[0]) for top in tops)


def test_narrow_panels_have_fewer_side_by_side():
    counts = [side_by_side(Grid(maps(10), 5).screen(LIGHT, width=width), 10) for width in WIDTHS]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[-1] == 5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_one_bar_serves_all_and_each_map_has_its_title(theme):
    drawing = Grid(maps(3)).screen(theme, width=760)
    bars = [trace["showscale"] for trace in drawing.data if trace["type"] == "heatmap"]
    assert bars == [True, False, False]
    titles = {unescape(note["text"]) for note in drawing.layout["annotations"]}
    assert titles == {"r", "Map number 0", "Map number 1", "Map number 2"}
    figure = Grid(maps(3)).paper()
    figure.draw_without_rendering()
    named = [axes.get_title(loc="left") for axes in figure.axes]
    assert named == ["Map number 0", "Map number 1", "Map number 2", "", ""]
    assert figure.axes[-1].get_ylabel() == "r"


@pytest.mark.parametrize("letters", [1, 30])
def test_numbers_on_paper_stay_within_their_cells_or_are_left_out_of_all_maps(letters):
    names = [f"{number}{'n' * letters}" for number in range(6)]
    long = [
        replace(each, values=each.values.set_axis(names).set_axis(names, axis=1))
        for each in maps(3)
    ]
    figure = Grid(long).paper()
    figure.draw_without_rendering()
    assert {len(axes.texts) for axes in figure.axes[:3]} == {36 if letters == 1 else 0}
    for axes in figure.axes[:3]:
        cell = axes.get_window_extent().width / 6
        assert all(text.get_window_extent().width <= cell for text in axes.texts)


def test_screen_and_paper_have_the_same_cells():
    shown = maps(3, decimals=1)
    drawing, figure = Grid(shown).screen(LIGHT), Grid(shown).paper()
    meshes = [trace for trace in drawing.data if trace["type"] == "heatmap"]
    for heatmap, mesh, axes in zip(shown, meshes, figure.axes, strict=False):
        np.testing.assert_array_equal(mesh["z"], heatmap.numbers)
        painted = axes.collections[0].get_array().reshape(6, 6)
        np.testing.assert_allclose(painted, heatmap.numbers)
        assert [text.get_text() for text in axes.texts] == heatmap.texts.ravel().tolist()


def test_a_click_names_the_map_and_the_cell():
    drawing = Grid(maps(3)).screen(LIGHT, clickable=True)
    carried = {}
    for trace in drawing.data:
        if trace["type"] == "scatter":
            axis = trace.get("xaxis", "x")
            for cell, (number,) in zip(
                zip(trace["y"], trace["x"], strict=True), trace["customdata"], strict=True
            ):
                assert axis == (f"x{number + 1}" if number else "x")
                carried.setdefault(number, set()).add(cell)
    everything = {(row, column) for row in NAMES for column in NAMES}
    assert carried == {0: everything, 1: everything, 2: everything}


def test_equal_names_stand_at_the_edge_alone():
    drawing = Grid(maps(4)).screen(LIGHT, width=760)
    named = [drawing.layout[f"yaxis{n}"].get("showticklabels", True) for n in ("", 2, 3, 4)]
    assert named == [True, False, True, False]
    named = [drawing.layout[f"xaxis{n}"].get("showticklabels", True) for n in ("", 2, 3, 4)]
    assert named == [False, False, True, True]
    first, *rest = maps(2)
    other = replace(rest[0], values=rest[0].values.rename(index={NAMES[0]: "else"}))
    drawing = Grid((first, other)).screen(LIGHT, width=760)
    assert "showticklabels" not in drawing.layout["yaxis2"]


def test_strokes_lie_on_their_own_map():
    struck = [replace(each, hatched=each.values > 0) for each in maps(2)]
    drawing = Grid(struck).screen(LIGHT)
    assert {shape["xref"] for shape in drawing.layout["shapes"]} == {"x", "x2"}


def test_what_shares_no_key_stands_alone():
    first, second = maps(2)
    assert share_a_key([first, second])
    for setting in ({"limits": (0, 1)}, {"scale": "p"}, {"colours": "PuOr"}, {"center": 0.5}):
        assert not share_a_key([first, replace(second, **setting)])
    bare = [replace(first, colour_bar=False), replace(second, colour_bar=False, limits=(0, 9))]
    assert share_a_key(bare)
    assert not share_a_key([first])
    assert not share_a_key([first, Histogram(pd.Series([1.0]))])
    with pytest.raises(ValueError, match="share a colour bar"):
        Grid([first, replace(second, scale="p")])
    assert gathered([first, second], 1) is None
    assert gathered([first, second], 2).columns == 2
