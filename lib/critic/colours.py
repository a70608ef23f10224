"""Colour maps by their names: what they are fit for."""

import re
from enum import Enum

from .flow import Call, Constant, Items, Library, Value


class Colours(Enum):
    """DIVERGING has a neutral middle between two arms that everybody can tell apart."""

    DIVERGING = "diverging"
    SEQUENTIAL = "sequential"
    RAINBOW = "rainbow"
    RED_GREEN = "red-green"


_NAMES = {
    Colours.DIVERGING: (
        "piyg prgn brbg puor rdgy rdbu rdylbu spectral coolwarm bwr seismic vlag icefire berlin "
        "managua vanimo balance delta curl oxy picnic portland tropic temps armyrose fall geyser "
        "tealrose"
    ),
    Colours.SEQUENTIAL: (
        "viridis plasma inferno magma cividis rocket mako flare crest greys purples blues greens "
        "oranges reds ylorbr ylorrd orrd purd rdpu bupu gnbu pubu ylgnbu pubugn bugn ylgn binary "
        "gist_yarg gist_gray gist_grey gray grey bone pink spring summer autumn winter cool wistia "
        "hot afmhot gist_heat copper blugrn bluyl brwnyl burg burgyl darkmint emrld magenta mint "
        "oryel peach pinkyl purpor redor sunset sunsetdark teal tealgrn plotly3 bluered blackbody "
        "electric ice thermal"
    ),
    Colours.RAINBOW: "jet rainbow gist_rainbow hsv nipy_spectral gist_ncar turbo prism flag",
    Colours.RED_GREEN: "rdylgn",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}

_PALETTES = {
    "seaborn.diverging_palette": Colours.DIVERGING,
    "seaborn.light_palette": Colours.SEQUENTIAL,
    "seaborn.dark_palette": Colours.SEQUENTIAL,
    "seaborn.cubehelix_palette": Colours.SEQUENTIAL,
}
_BY_NAME = (
    "seaborn.color_palette",
    "seaborn.mpl_palette",
    "matplotlib.pyplot.get_cmap",
    "matplotlib.cm.get_cmap",
    "matplotlib.pyplot.cm.get_cmap",
    "matplotlib.colormaps.get_cmap",
)


def named(value: Value) -> str | None:
    """The name of the colour map that a value stands for."""
    match value:
        case Constant(value=str(name)):
            return name
        case Library(path=path) if ".cm." in path or ".colors." in path:
            return path.rpartition(".")[2]
    call = value.call
    if call is not None and call.path in _BY_NAME:
        first = call.argument("palette", "name", "cmap", 0)
        return named(first.value) if first is not None else None
    of_registry = [each for each in value.sources if isinstance(each, Library)]
    if of_registry and of_registry[0].path == "matplotlib.colormaps":
        return named(value.sources[1])
    return None


def kind_of(value: Value) -> Colours | None:
    """What sort of colours a value gives to a map; None if that is not known."""
    name = named(value)
    if name is not None:
        return _KINDS.get(name.lower().removesuffix("_r"))
    call = value.call
    if call is not None and call.path in _PALETTES:
        return _of_hues(call) if call.name == "diverging_palette" else _PALETTES[call.path]
    return _of_list(value)


def _of_hues(call: Call) -> Colours | None:
    """Of two hues by number: about 120 is green, up to 30 red."""
    hues = [call.constant(name, place) for place, name in enumerate(("h_neg", "h_pos"))]
    if not all(isinstance(hue, int | float) for hue in hues):
        return None
    low, high = sorted(float(hue) % 360 for hue in hues if isinstance(hue, int | float))
    is_red_green = (low <= 30 or low >= 350) and 90 <= high <= 150
    return Colours.RED_GREEN if is_red_green else Colours.DIVERGING


def _of_list(value: Value) -> Colours | None:
    if isinstance(value, Items) and value.items:
        ends = {str(getattr(value.items[place], "value", "")).lower() for place in (0, -1)}
        if ends in ({"red", "green"}, {"r", "g"}, {"darkred", "darkgreen"}):
            return Colours.RED_GREEN
        if _runs_in_one_sweep([_lightness(each) for each in value.items]):
            return Colours.SEQUENTIAL
    return None


def _runs_in_one_sweep(lightness: list[float | None]) -> bool:
    known = [each for each in lightness if each is not None]
    is_ordered = known in (sorted(known), sorted(known, reverse=True))
    return len(known) == len(lightness) > 2 and is_ordered


def _lightness(value: Value) -> float | None:
    """Of a colour such as "#1a1442": its share of white, as the eye weighs red, green and blue."""
    text = getattr(value, "value", None)
    if not isinstance(text, str) or re.fullmatch("#[0-9a-fA-F]{6}", text) is None:
        return None
    parts = (int(text[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return sum(part * share for part, share in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))
