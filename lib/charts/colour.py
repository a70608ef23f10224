"""Colour in numbers: contrast, lightness, colour blindness, and the colour maps of the course.

A colour is ``#rrggbb`` or a row of red, green and blue between 0 and 1; wherever a function takes
colours, it takes one or many, in either form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .theme import LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.colors import Colormap

FloatArray: TypeAlias = NDArray[np.float64]
Colours: TypeAlias = str | Sequence[str] | FloatArray

READABLE = 4.5
"""The contrast that text needs: WCAG 2.2, success criterion 1.4.3."""


def as_rgb(colours: Colours) -> FloatArray:
    """Red, green and blue between 0 and 1 in the last axis.

    >>> as_rgb(["#ff0000", "#0000ff"]).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    """
    if isinstance(colours, str):
        return np.array(list(bytes.fromhex(colours.removeprefix("#"))), dtype=float) / 255
    if isinstance(colours, np.ndarray):
        return np.asarray(colours[..., :3], dtype=float)
    return np.array([as_rgb(colour) for colour in colours])


def as_hex(colours: Colours) -> list[str]:
    """Each colour as ``#rrggbb``.

    >>> as_hex(np.array([[1.0, 0.5, 0.0]]))
    ['#ff8000']
    """
    channels = np.rint(np.atleast_2d(as_rgb(colours)) * 255).astype(np.uint8)
    digits = channels.tobytes().hex()
    return ["#" + digits[start : start + 6] for start in range(0, len(digits), 6)]


def _linear(rgb: FloatArray) -> FloatArray:
    """Undo the gamma of sRGB (IEC 61966-2-1)."""
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _gamma(linear: FloatArray) -> FloatArray:
    """Apply the gamma of sRGB, clipping what a screen cannot show."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def relative_luminance(colours: Colours) -> FloatArray:
    """The light that a colour sends, from 0 (black) to 1 (white), as WCAG 2 defines it.

    >>> relative_luminance(["#000000", "#777777", "#ffffff"]).round(2).tolist()
    [0.0, 0.18, 1.0]
    """
    luminance: FloatArray = _linear(as_rgb(colours)) @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


def contrast_ratio(first: Colours, second: Colours) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2).

    >>> contrast_ratio("#000000", "#ffffff")
    21.0
    """
    return _contrast(float(relative_luminance(first)), float(relative_luminance(second)))


def _contrast(first: float, second: float) -> float:
    """The contrast of two luminances."""
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def ink_on(background: Colours) -> str:
    """A text colour that can be read on this background: its contrast is at least 4.5.

    Soft ink or off-white where they suffice. Black or white elsewhere: one of them always does,
    since the worst background has a contrast of 4.58 with both.

    >>> ink_on("#ebe7de"), ink_on("#204e88"), ink_on("#777777")
    ('#22252b', '#fcfaf6', '#000000')
    """
    return _ink(float(relative_luminance(background)))


def inks_on(backgrounds: Iterable[str]) -> dict[str, str]:
    """:func:`ink_on` for each of many backgrounds.

    >>> inks_on(["#ebe7de", "#204e88"])
    {'#ebe7de': '#22252b', '#204e88': '#fcfaf6'}
    """
    colours = list(backgrounds)
    luminances = relative_luminance(colours).tolist() if colours else []
    return dict(zip(colours, map(_ink, luminances), strict=True))


_SOFT, _HARD = (
    {ink: float(relative_luminance(ink)) for ink in inks}
    for inks in ((LIGHT.text, LIGHT.background), ("#000000", "#ffffff"))
)


def _ink(luminance: float) -> str:
    """The ink for a background that sends so much light."""
    for inks in (_SOFT, _HARD):
        contrasts = {ink: _contrast(light, luminance) for ink, light in inks.items()}
        best = max(contrasts, key=lambda ink: contrasts[ink])
        if contrasts[best] >= READABLE:
            break
    return best


# From linear sRGB to CIE XYZ, relative to the white of D65.
_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_XYZ_OF_WHITE = _XYZ.sum(axis=1, keepdims=True)
_TO_XYZ = _XYZ / _XYZ_OF_WHITE
_FROM_XYZ = np.linalg.inv(_TO_XYZ)
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27


def _lab(colours: Colours) -> FloatArray:
    """CIE 1976 L*a*b*."""
    xyz = _linear(as_rgb(colours)) @ _TO_XYZ.T
    x, y, z = np.moveaxis(np.where(xyz > _EPSILON, np.cbrt(xyz), (_KAPPA * xyz + 16) / 116), -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _rgb_of_lab(lab: FloatArray) -> FloatArray:
    y = (lab[..., 0] + 16) / 116
    root = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], axis=-1)
    xyz = np.where(root**3 > _EPSILON, root**3, (116 * root - 16) / _KAPPA)
    return _gamma(xyz @ _FROM_XYZ.T)


def lightness(colours: Colours) -> FloatArray:
    """CIE lightness L*, from 0 (black) to 100 (white): equal steps look equal.

    >>> lightness(["#000000", "#777777", "#ffffff"]).round(0).tolist()
    [0.0, 50.0, 100.0]
    """
    return _lab(colours)[..., 0]


# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color
# vision deficiency", IEEE Trans. Vis. Comput. Graph. 15(6): deuteranopia, severity 1.0.
_DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)


def as_deuteranope(colours: Colours) -> FloatArray:
    """The colours as a person without green cones sees them, about one man in a hundred.

    The model of Machado, Oliveira and Fernandes (2009) at full severity, in linear RGB, clipped
    to what a screen can show.

    >>> as_hex(as_deuteranope(["#ff0000", "#00ff00"]))
    ['#a39000', '#efd63a']
    """
    return _gamma(_linear(as_rgb(colours)) @ _DEUTERANOPIA.T)


def ends_distance(colours: Colours) -> float:
    """The Euclidean distance in sRGB between a colour map's two ends, from 0 to 1.73.

    >>> ends_distance(["#a50026", "#ffffbf", "#006837"])
    0.77
    """
    rgb = as_rgb(colours)
    return float(np.linalg.norm(rgb[0] - rgb[-1]))


def ends_distance_for_deuteranope(colours: Colours) -> float:
    """:func:`ends_distance` as a deuteranope sees the colours.

    Below about 0.2 the signs of a diverging map can no longer be told apart.

    >>> ends_distance_for_deuteranope(["#a50026", "#ffffbf", "#006837"])
    0.11
    """
    return ends_distance(as_deuteranope(colours))


def is_diverging(colours: Colours) -> bool:
    """Whether a colour map has a middle to diverge from, so that it can show a sign.

    Four conditions, with thresholds that separate the diverging maps of matplotlib and seaborn
    from the others:

    - each half runs one way in lightness: its steps back sum to at most 1 L*;
    - the middle is lighter, or darker, than both ends by at least 20 L*;
    - the halves mirror each other: nowhere do they differ by more than 25 L* (PuOr: 24);
    - the middle is pale: its red, green and blue differ by at most 0.35 (RdYlGn: 0.25,
      jet: 0.53, turbo: 0.74).

    It says nothing about who can tell the ends apart: RdYlGn diverges.

    >>> is_diverging(["#3b4cc0", "#dddddd", "#b40426"])
    True
    >>> is_diverging(["#440154", "#21918c", "#fde725"])
    False
    """
    rgb = as_rgb(colours)
    light = lightness(rgb)
    count = len(light)
    middle = light[(count - 1) // 2 : count // 2 + 1].mean()
    sign = np.sign(middle - light[0])
    left, right = sign * light[: (count + 1) // 2], sign * light[count // 2 :][::-1]
    steps_back = [-np.diff(half).clip(max=0).sum() for half in (left, right)]
    return bool(
        max(steps_back) <= 1
        and sign * middle - max(left[0], right[0]) >= 20
        and np.abs(light - light[::-1]).max() <= 25
        and np.ptp(rgb[count // 2]) <= 0.35
    )


HOUSE = "house"
"""The name of the course's own diverging colour map: blue, the theme's neutral, red."""

# Blue end, blue halfway, red halfway, red end. The two ends of a theme are equally light.
_ARMS = {
    "light": ("#204e88", "#739bc3", "#d18375", "#951e2f"),
    "dark": ("#70b0ee", "#446e98", "#a15550", "#fe8a7f"),
}


@cache
def _house(theme: Theme) -> FloatArray:
    """Hue and chroma pass through the arms' colours; lightness is linear, hence symmetric."""
    blue, half_blue, half_red, red = _ARMS[theme.name]
    anchors = _lab([blue, half_blue, theme.neutral, half_red, red])
    position = np.linspace(-1, 1, 256)
    places = np.linspace(-1, 1, len(anchors))
    end, neutral = anchors[0, 0], anchors[2, 0]
    lab = np.stack(
        [
            neutral + (end - neutral) * np.abs(position),
            np.interp(position, places, anchors[:, 1]),
            np.interp(position, places, anchors[:, 2]),
        ],
        axis=-1,
    )
    colours = _rgb_of_lab(lab)
    colours.flags.writeable = False
    return colours


def _registered(name: str) -> Colormap:
    """A colour map that matplotlib knows, or seaborn, which registers its own when imported."""
    from matplotlib import colormaps

    if name not in colormaps:
        import seaborn  # noqa: F401
    if name not in colormaps:
        known = [HOUSE, *sorted(known for known in colormaps if not known.endswith("_r"))]
        raise ValueError(
            f"There is no colour map {name!r}. There are {', '.join(known)}; "
            f"all but {HOUSE} also reversed, with _r."
        )
    return colormaps[name]


def colour_map(name: str, theme: Theme = LIGHT) -> FloatArray:
    """The colours of a map from its low end to its high end: n x 3, red, green and blue.

    "house" is the course's own map for signed values: blue, the theme's neutral, red; symmetric
    in lightness and safe for deuteranopes. Any name registered in matplotlib or seaborn works
    too and does not depend on the theme. An unknown name is a ValueError that lists the known.

    >>> as_hex(colour_map("house"))[::255], as_hex(colour_map("coolwarm"))[::255]
    (['#204e88', '#951e2f'], ['#3b4cc0', '#b40426'])
    """
    if name == HOUSE:
        return _house(theme)
    registered = _registered(name)
    return as_rgb(registered(np.arange(registered.N)))
