"""Cells that step back, and cells that are struck through."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex

from lib.charts import DARK, LIGHT, Heatmap, as_rgb, contrast_ratio, ink_on, render


@pytest.fixture
def weak(highway):
    return highway.abs() < 0.316


def from_ground(colour, theme):
    return float(np.abs(as_rgb(colour) - as_rgb(theme.background)).sum())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_faded_cells_come_near_the_ground_and_others_stay(highway, weak, theme):
    plain = Heatmap(highway).cell_colours(theme).to_numpy()
    faded = Heatmap(highway, faded=weak).cell_colours(theme).to_numpy()
    marked = weak.to_numpy()
    assert (faded[~marked] == plain[~marked]).all()
    for before, after in zip(plain[marked], faded[marked], strict=True):
        assert from_ground(after, theme) < 0.35 * from_ground(before, theme) + 3 / 255


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_can_be_read_on_faded_cells(highway, weak, theme):
    for colour in set(Heatmap(highway, faded=weak).cell_colours(theme).to_numpy()[weak]):
        assert contrast_ratio(ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_pale_cells_of_strength_are_neither_empty_nor_full(theme):
    strength = pd.DataFrame([np.linspace(0, 1, 41)])
    settings = {"limits": (0, 1), "colours": "viridis"}
    full = Heatmap(strength, **settings).cell_colours(theme).iloc[0]
    pale = Heatmap(strength, **settings, faded=strength.notna()).cell_colours(theme).iloc[0]
    assert min(contrast_ratio(colour, theme.background) for colour in pale) > 1.18
    # Grey beside full colour: the channels of a pale cell lie less than half as far apart.
    for before, after in zip(full, pale, strict=True):
        assert np.ptp(as_rgb(after)) < 0.5 * np.ptp(as_rgb(before))


def test_the_screen_lays_the_ground_over_faded_cells_alone(highway, weak):
    mesh, veil, *_ = Heatmap(highway, faded=weak).screen(LIGHT).data
    np.testing.assert_array_equal(~np.isnan(veil["z"]), weak)
    assert veil["colorscale"][0][1] == LIGHT.background
    # What shines through is what `cell_colours` says.
    colour = as_rgb(Heatmap(highway).cell_colours().iloc[0, 2])
    mixed = (1 - veil["opacity"]) * colour + veil["opacity"] * as_rgb(LIGHT.background)
    said = as_rgb(Heatmap(highway, faded=weak | True).cell_colours().iloc[0, 2])
    np.testing.assert_allclose(mixed, said, atol=1.01 / 255)
    assert mesh["showscale"]
    assert not veil["showscale"]


def test_strokes_stay_within_their_cells(highway, weak):
    for decimals, strokes in ((2, 2), (None, 3)):
        heatmap = Heatmap(highway, hatched=weak, decimals=decimals)
        points = [point for shape in shapes(heatmap) for point in ends(shape)]
        cells = {(round(y), round(x)) for x, y in points if x % 1 != 0.5 and y % 1 != 0.5}
        assert cells <= set(zip(*np.nonzero(weak.to_numpy()), strict=True))
        assert len(points) == 2 * strokes * weak.to_numpy().sum()


def shapes(heatmap, theme=DARK):
    return heatmap.screen(theme).layout["shapes"]


def ends(shape):
    return [
        tuple(map(float, point.split(",")))
        for stroke in shape["path"].split("M")[1:]
        for point in stroke.split("L")
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_strokes_can_be_seen_on_every_colour(theme):
    values = pd.DataFrame([np.linspace(-1, 1, 41)])
    heatmap = Heatmap(values, hatched=values.notna())
    colours = heatmap.cell_colours(theme)
    seen = 0
    for shape in shapes(heatmap, theme):
        for x, _ in ends(shape):
            assert contrast_ratio(shape["line"]["color"], colours.iloc[0, round(x)]) >= 4.5
            assert "opacity" not in shape
            seen += 1
    assert seen >= 2 * 2 * 41
    for patch in heatmap.paper().axes[0].patches:
        painted = heatmap.cell_colours().iloc[0, int(patch.get_x())]
        assert contrast_ratio(to_hex(patch.get_edgecolor()), painted) >= 4.5


def test_strokes_leave_the_middle_to_the_number(highway, weak):
    for shape in shapes(Heatmap(highway, hatched=weak)):
        points = ends(shape)
        for (x0, y0), (x1, y1) in zip(points[::2], points[1::2], strict=True):
            middle = ((x0 + x1) / 2 - round((x0 + x1) / 2), (y0 + y1) / 2 - round((y0 + y1) / 2))
            assert np.hypot(*middle) > 0.35


def test_paper_fades_and_strikes_the_same_cells(highway, weak):
    struck = Heatmap(highway, hatched=weak).paper().axes[0].patches
    assert {(patch.get_y(), patch.get_x()) for patch in struck} == set(
        zip(*np.nonzero(weak.to_numpy()), strict=True)
    )
    assert all(patch.get_hatch() for patch in struck)
    (faded,) = pale_cells(Heatmap(highway, faded=weak))
    assert len(faded.get_paths()) == weak.to_numpy().sum()
    colours = Heatmap(highway, faded=weak).cell_colours().to_numpy()
    for path, painted in zip(faded.get_paths(), faded.get_facecolor(), strict=True):
        column, row = path.vertices.min(axis=0).astype(int)
        np.testing.assert_array_equal(path.vertices.max(axis=0), (column + 1, row + 1))
        assert weak.iloc[row, column]
        np.testing.assert_allclose(painted[:3], as_rgb(colours[row, column]), atol=1e-6)


def pale_cells(heatmap):
    """What is drawn over the cells that step back."""
    return [each for each in heatmap.paper().axes[0].collections if type(each) is PolyCollection]


def test_the_cells_of_a_large_map_are_one_picture_however_many_step_back():
    values = pd.DataFrame(np.sin(np.arange(61 * 61)).reshape(61, 61))
    large = render(Heatmap(values, limits=(-1, 1), faded=values.abs() < 0.5).paper(), "svg")
    small = values.iloc[:60, :60]
    drawn = render(Heatmap(small, limits=(-1, 1), faded=small.abs() < 0.5).paper(), "svg")
    assert large.count(b"<image ") > drawn.count(b"<image ")
    assert len(large) < len(drawn) / 2


def test_hidden_cells_are_neither_faded_nor_struck(highway, weak):
    hidden = pd.DataFrame(True, highway.index, highway.columns)
    hidden.iloc[0, 1] = False
    chart = Heatmap(highway, hidden=hidden, faded=~hidden, hatched=weak)
    assert chart.screen(LIGHT).layout["shapes"] == []
    assert len(chart.paper().axes[0].patches) == int(weak.iloc[0, 1])
    (faded,) = pale_cells(chart)
    assert len(faded.get_paths()) == 1


def test_marks_must_fit(highway, weak):
    with pytest.raises(ValueError, match="faded must have the rows and columns"):
        Heatmap(highway, faded=weak.iloc[1:])
    with pytest.raises(ValueError, match="hatched must have the rows and columns"):
        Heatmap(highway, hatched=weak.iloc[:, 1:])
