"""What fits the panel: numbers in their cells, names beside them, the bar above."""

import numpy as np
import pandas as pd
import pytest

from lib.charts import LIGHT, Grid, Heatmap
from lib.charts.heatmap_room import bar_for, room_for
from lib.charts.paper import text_size

WIDTHS = (250, 320, 390, 540, 760, 1100)


def square(count: int, **settings: object) -> Heatmap:
    names = [f"column {number}" for number in range(count)]
    values = np.random.default_rng(count).uniform(-1, 1, (count, count))
    return Heatmap(pd.DataFrame(values, names, names), **settings)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [2, 5, 8, 11, 16, 30])
def test_numbers_fit_their_cells_or_are_left_out(count, width):
    heatmap = square(count)
    drawing = heatmap.screen(LIGHT, width=width)
    room = room_for(heatmap, width)
    for trace in drawing.data[1:]:
        # DejaVu, in which this is measured, is a sixth wider than what the screen writes in.
        for text in set(trace["text"]):
            wide, _ = text_size(text, trace["textfont"]["size"], 72)
            assert wide / 1.16 <= room.across - 1
        assert trace["textfont"]["size"] >= 9


def test_numbers_stand_where_there_is_room_for_them():
    assert room_for(square(11), 540).number_size is not None
    assert room_for(square(11), 320).number_size is None
    assert room_for(square(24), 1100).number_size is not None


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("shape", [(3, 120), (11, 11), (150, 150), (60, 4), (1, 1)])
def test_the_map_is_as_wide_as_its_panel_and_no_wider(shape, width):
    heatmap = Heatmap(pd.DataFrame(0.5, range(shape[0]), range(shape[1])))
    room = room_for(heatmap, width)
    assert room.left + room.across * shape[1] <= width
    assert room.left <= 0.5 * width
    if shape == (3, 120):
        assert room.across * 120 == pytest.approx(width - room.left - 12)
        assert room.down >= 40


def test_a_few_rows_of_many_columns_keep_their_names_and_fill_their_width():
    names = ["north", "south", "west"]
    heatmap = Heatmap(pd.DataFrame(0.5, names, range(120)), decimals=None)
    layout = heatmap.screen(LIGHT, width=540).layout
    assert "scaleanchor" not in layout["yaxis"]
    assert layout["xaxis"]["domain"] == pytest.approx([0, 1])
    assert layout["height"] > 3 * 40
    assert list(layout["yaxis"]["labelalias"].values()) == names


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "scale", ["r", "partial dependence of the price on the area, in thousands"]
)
def test_what_the_colours_mean_is_within_the_panel(width, scale):
    heatmap = square(5, scale=scale)
    room = room_for(heatmap, width)
    bar = bar_for(heatmap, room.for_cells)
    start = bar.before + bar.length + 10 if bar.is_beside else 0
    assert max(start + 6.5 * len(line) for line in bar.lines) <= max(room.for_cells, 70) + 1
    assert " ".join(bar.lines) == scale
    drawing = heatmap.screen(LIGHT, width=width)
    assert drawing.layout["margin"]["t"] == bar.height


# What Chromium was measured to give a bar's labels, and what Plotly keeps free of any bar.
LABELS, FREE = 16, 12


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["map", "grid"])
def test_what_the_colours_mean_lies_on_no_colour(kind, width):
    heatmap = square(11, scale="difference of r")
    chart = heatmap if kind == "map" else Grid((heatmap, heatmap))
    drawing = chart.screen(LIGHT, width=width)
    bar, layout = drawing.data[0]["colorbar"], drawing.layout
    begins = (1 - bar["y"]) * layout["height"] + bar["ypad"]
    aside = begins + bar["thickness"] + LABELS + bar["ypad"] + FREE
    # Else Plotly lets the map begin lower, and with it what is placed from the map.
    assert layout["margin"]["t"] >= aside - 0.01
    assert layout["yaxis"]["automargin"] in (False, "left")
    assert layout["xaxis"]["automargin"] in (False, "bottom")
    (name,) = (each for each in layout["annotations"] if "difference" in each["text"])
    foot = layout["margin"]["t"] - name["yshift"]
    if name["xshift"]:
        assert foot - 19 <= begins <= foot - bar["thickness"]
    else:
        assert foot <= begins


def test_missing_cells_are_marked_in_maps_of_any_size():
    for count in (4, 30, 150):
        heatmap = square(count)
        heatmap.values.iloc[1, 2] = np.nan
        traces = heatmap.screen(LIGHT, width=540).data[1:]
        crosses = [
            (row, column)
            for trace in traces
            for row, column, text in zip(trace["y"], trace["x"], trace["text"], strict=True)
            if text == "×"
        ]
        assert crosses == [("column 1", "column 2")]


def test_each_cell_can_be_heard():
    values = pd.DataFrame({"x": [0.25, None, 0.5], "y": [-0.125, 0.999, 0.5]}, index=list("abc"))
    hidden = pd.DataFrame({"x": [False] * 3, "y": [False, False, True]}, index=list("abc"))
    marks = values < 0
    spoken = Heatmap(values, hidden=hidden, hatched=marks, faded=marks).spoken()
    assert spoken.to_dict() == {
        "x": {"a": "a and x: r = 0.25", "b": "b and x: not defined", "c": "c and x: r = 0.50"},
        "y": {
            "a": "a and y: r = −0.12, pale, struck through",
            "b": "b and y: r = 0.999",
            "c": "",
        },
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("factor", [1, 1e-6, 1e3, 12345.678])
def test_the_labels_of_the_bar_do_not_touch(width, factor):
    heatmap = Heatmap(square(4).values * factor, limits=None)
    bar = heatmap.screen(LIGHT, width=width).data[0]["colorbar"]
    # Plotly takes the padding of both ends from the length.
    length = bar["len"] - 2 * bar["xpad"]
    low, high = heatmap.range
    places = [(tick - low) / (high - low) * length for tick in bar["tickvals"]]
    wide = [5.6 * len(text) for text in bar["ticktext"]]
    for number in range(1, len(places)):
        free = places[number] - places[number - 1] - (wide[number] + wide[number - 1]) / 2
        assert free >= 4


@pytest.mark.parametrize("height", [280, 350])
@pytest.mark.parametrize("shape", [(4, 4), (11, 11), (50, 50), (3, 60), (60, 3)])
def test_a_map_fits_a_height_as_well(shape, height):
    names = [f"column {number}" for number in range(shape[1])]
    heatmap = Heatmap(pd.DataFrame(0.5, range(shape[0]), names))
    room = room_for(heatmap, 620, height)
    assert room.left + room.across * shape[1] <= 620
    assert heatmap.screen(LIGHT, width=620, height=height).layout["height"] <= height + 0.5
    # Squares as long as they fit, and otherwise cells that are lower than wide.
    assert room.down <= room.across or max(shape) > 2 * min(shape)


def test_maps_in_a_grid_fit_a_height_together():
    maps = [square(8, title=f"map {number}") for number in range(4)]
    drawing = Grid(tuple(maps), 2).screen(LIGHT, width=620, height=350)
    assert drawing.layout["height"] <= 350.5
    assert Grid(tuple(maps), 2).screen(LIGHT, width=620).layout["height"] > 350.5


def test_where_the_height_is_short_the_numbers_keep_to_their_cells():
    heatmap = square(11)
    room = room_for(heatmap, 620, 350)
    assert room.number_size is not None
    for text in set(heatmap.texts.ravel()):
        wide, _ = text_size(text, room.number_size, 72)
        assert wide / 1.16 <= room.across - 1
    assert room.number_size + 2 <= room.down


def test_names_of_columns_do_not_run_together():
    """Plotly slants level names where they overlap, and not where they touch."""
    for width in range(300, 1000, 10):
        names = ["Unnamed: 0", *(f"x{number}" for number in range(11))]
        heatmap = Heatmap(pd.DataFrame(0.5, names, names))
        across = room_for(heatmap, width).across
        # "Unnamed: 0" was measured in Chromium: 57 pixels at a type of 12.
        is_apart = across >= 57 + 2
        angles = heatmap.screen(LIGHT, width=width).layout["xaxis"]["autotickangles"]
        assert is_apart or angles[0] == -45
    short = square(4).screen(LIGHT, width=640).layout["xaxis"]["autotickangles"]
    assert short == [0, -45, -90]


def test_every_row_that_is_as_high_as_its_name_is_named():
    """Plotly by itself names every other row that is lower than 1.2 times the type."""
    named = []
    for height in range(240, 420, 10):
        heatmap = square(12)
        room = room_for(heatmap, 640, height)
        rows = heatmap.screen(LIGHT, width=640, height=height).layout["yaxis"]
        assert ("dtick" in rows) == (room.down >= 1.1 * rows["tickfont"]["size"])
        named.append(rows.get("dtick"))
    assert set(named) == {None, 1}
