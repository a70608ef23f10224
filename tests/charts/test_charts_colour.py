"""Contrast, lightness, colour blindness and colour maps, in numbers."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.charts import (
    DARK,
    LIGHT,
    as_deuteranope,
    as_hex,
    as_rgb,
    colour_map,
    contrast_ratio,
    ends_distance,
    ends_distance_for_deuteranope,
    ink_on,
    is_diverging,
    lightness,
    relative_luminance,
)
from lib.charts.plot import MOST_GROUPS, group_colours

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
hex_colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(hex_colours)
def test_a_colour_survives_the_way_to_rgb_and_back(colour):
    assert as_hex(as_rgb(colour)) == [colour]


@given(hex_colours)
def test_ink_can_be_read_on_any_colour(colour):
    assert contrast_ratio(ink_on(colour), colour) >= 4.5


@given(hex_colours)
def test_ink_is_pure_only_where_the_soft_inks_do_not_suffice(colour):
    soft = max(contrast_ratio(ink, colour) for ink in (LIGHT.text, LIGHT.background))
    assert (ink_on(colour) in (LIGHT.text, LIGHT.background)) == (soft >= 4.5)


def test_contrast_is_what_wcag_says():
    assert contrast_ratio("#ffffff", "#ffffff") == 1
    assert contrast_ratio("#ffffff", "#000000") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_luminance_and_lightness_of_known_colours():
    primaries = ["#ff0000", "#00ff00", "#0000ff"]
    assert relative_luminance(primaries) == pytest.approx([0.2126, 0.7152, 0.0722])
    assert lightness(primaries) == pytest.approx([53.24, 87.73, 32.30], abs=0.01)


def test_a_deuteranope_sees_greys_as_they_are():
    greys = np.repeat(np.linspace(0, 1, 11)[:, None], 3, axis=1)
    assert as_deuteranope(greys) == pytest.approx(greys, abs=1e-5)


@given(hex_colours)
def test_what_a_deuteranope_sees_can_be_shown(colour):
    seen = as_deuteranope(colour)
    assert seen.min() >= 0
    assert seen.max() <= 1


@pytest.mark.parametrize(
    ("name", "usual", "deuteranope"),
    [
        ("RdYlGn", 0.768, 0.112),
        ("coolwarm", 0.819, 0.767),
        ("RdBu_r", 0.500, 0.361),
        ("PuOr", 0.475, 0.511),
        ("viridis", 1.172, 1.245),
        ("jet", 0.707, 0.607),
    ],
)
def test_how_far_apart_the_ends_are(name, usual, deuteranope):
    colours = colour_map(name)
    assert ends_distance(colours) == pytest.approx(usual, abs=0.001)
    assert ends_distance_for_deuteranope(colours) == pytest.approx(deuteranope, abs=0.001)


DIVERGING = """
    coolwarm RdBu RdBu_r PuOr PRGn BrBG PiYG RdGy RdYlBu RdYlGn Spectral bwr seismic vlag icefire
    berlin managua vanimo
"""
NOT_DIVERGING = """
    viridis magma plasma cividis rocket mako gray Blues Reds jet turbo hsv rainbow tab10
"""


@pytest.mark.parametrize("name", DIVERGING.split())
def test_diverging_maps(name):
    assert is_diverging(colour_map(name))


@pytest.mark.parametrize("name", NOT_DIVERGING.split())
def test_maps_that_do_not_diverge(name):
    assert not is_diverging(colour_map(name))


@both_themes
def test_the_house_map_diverges_and_is_safe_for_deuteranopes(theme):
    colours = colour_map("house", theme)
    assert is_diverging(colours)
    assert ends_distance(colours) > 0.6
    assert ends_distance_for_deuteranope(colours) > 0.4


@both_themes
def test_the_house_map_mirrors_its_lightness(theme):
    light = lightness(colour_map("house", theme))
    assert np.abs(light - light[::-1]).max() < 0.1
    assert (np.diff(light[:128]) * np.sign(light[127] - light[0]) > 0).all()


@both_themes
def test_deuteranopes_tell_the_signs_apart_from_a_quarter_on(theme):
    seen = as_deuteranope(colour_map("house", theme))
    negative, positive = seen[:64], seen[:-65:-1]
    assert np.linalg.norm(negative - positive, axis=1).min() > 0.3


@both_themes
def test_the_neutral_is_near_the_background_and_yet_different(theme):
    steps = abs(float(lightness(theme.neutral)) - float(lightness(theme.background)))
    assert 5 < steps < 15
    middle = colour_map("house", theme)[[127, 128]]
    assert np.abs(middle - as_rgb(theme.neutral)).max() < 0.01


@both_themes
def test_the_ends_of_the_house_map_stand_out_from_the_page(theme):
    for end in colour_map("house", theme)[[0, -1]]:
        assert contrast_ratio(end, theme.background) > 6


@both_themes
@pytest.mark.parametrize("name", ["text", "muted", "accent", "link"])
def test_every_text_of_a_theme_can_be_read(theme, name):
    assert contrast_ratio(getattr(theme, name), theme.background) >= 4.5


def test_registered_maps_are_those_of_matplotlib():
    from matplotlib import colormaps

    for name in ("coolwarm", "viridis", "tab10"):
        registered = colormaps[name]
        expected = registered(np.arange(registered.N))[:, :3]
        assert np.array_equal(colour_map(name, DARK), expected)


def test_an_unknown_map_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no colour map 'coolwam'.*house.*coolwarm.*vlag"):
        colour_map("coolwam")


# Machado, Oliveira and Fernandes (2009), severity 1.0, as published.
BLINDNESS = {
    "none": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}


def as_seen(colour, blindness):
    """CIE L*a*b* of a colour as seen with this blindness, from the definitions of sRGB and CIE."""
    rgb = as_rgb(colour)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(BLINDNESS[blindness] @ linear, 0, 1)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    ratio = to_xyz @ linear / (to_xyz @ np.ones(3))
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@both_themes
@pytest.mark.parametrize(
    ("blindness", "least"), [("none", 35), ("deuteranopia", 25), ("protanopia", 25)]
)
def test_groups_are_told_apart_by_colour(theme, blindness, least):
    seen = [as_seen(colour, blindness) for colour in group_colours(theme, MOST_GROUPS)]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) >= least


@both_themes
def test_groups_can_be_seen_on_their_ground(theme):
    for colour in group_colours(theme, MOST_GROUPS):
        assert contrast_ratio(colour, theme.background) >= 3
