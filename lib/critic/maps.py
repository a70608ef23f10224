"""Calls that draw a heatmap, whatever the library, in one vocabulary."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .colours import Colours, kind_of
from .flow import Argument, Call, Constant, Measure, Operation, Program, Selection, Value


@dataclass(frozen=True)
class _Words:
    """What a library calls the parts of a map: the first word is the one to write."""

    library: str
    data: tuple[str | int, ...]
    low: tuple[str, ...] = ("vmin",)
    high: tuple[str, ...] = ("vmax",)
    center: tuple[str, ...] = ()
    colours: tuple[str, ...] = ("cmap",)
    numbers: tuple[str, ...] = ()
    other_limits: tuple[str, ...] = ("norm",)


_SEABORN = _Words("seaborn", ("data", 0), center=("center",), numbers=("annot",))
_MATPLOTLIB = _Words("matplotlib", ("data", "X", "A", "C", 0))
_MESH = _Words("matplotlib", ("C", 2, 0))
_EXPRESS = _Words(
    "plotly",
    ("img", 0),
    low=("zmin",),
    high=("zmax",),
    center=("color_continuous_midpoint",),
    colours=("color_continuous_scale",),
    numbers=("text_auto",),
    other_limits=("range_color", "contrast_rescaling", "binary_string"),
)
_OBJECTS = _Words(
    "plotly",
    ("z", 0),
    low=("zmin",),
    high=("zmax",),
    center=("zmid",),
    colours=("colorscale",),
    numbers=("texttemplate",),
    other_limits=("coloraxis", "zauto"),
)
_STYLER = _Words("pandas", (), other_limits=("gmap",))

_DRAWING = {
    "seaborn.heatmap": _SEABORN,
    "seaborn.clustermap": _SEABORN,
    "matplotlib.pyplot.imshow": _MATPLOTLIB,
    "matplotlib.pyplot.matshow": _MATPLOTLIB,
    "matplotlib.pyplot.pcolor": _MESH,
    "matplotlib.pyplot.pcolormesh": _MESH,
    "plotly.express.imshow": _EXPRESS,
    "plotly.graph_objects.Heatmap": _OBJECTS,
    "plotly.figure_factory.create_annotated_heatmap": _OBJECTS,
    ".imshow": _MATPLOTLIB,
    ".matshow": _MATPLOTLIB,
    ".pcolor": _MESH,
    ".pcolormesh": _MESH,
    ".background_gradient": _STYLER,
}

_LATER = ("clim", "set_clim", "set_norm", "set_cmap", "rc", "jet", "gray", "hot", "viridis")
"""Calls that set limits or colours of a map that is drawn already, or of all of them."""

_UNSIGNED = ("abs", "dist", "pval", "p_val", "squared")
"""Parts of names of matrices that belong to correlations and have no sign."""

_UPDATES = ("update_traces", "update_coloraxes", "update_layout")
_OF_COLOURS = ("color", "z", "template")
"""Updates of a plotly figure, and how those of their arguments begin that change its colours."""

_BESIDE_COLOURS = ("coloraxis_colorbar", "coloraxis_showscale", "coloraxis_reversescale")
"""Those that only seem to: they leave the limits and the sort of colours as they are."""


@dataclass(frozen=True, eq=False)
class Map:
    """A heatmap that the code draws.

    call        the call that draws it
    data        what it shows
    is_settled  nothing that could set its limits or colours is done elsewhere
    """

    call: Call
    data: Value
    words: _Words
    is_settled: bool

    @property
    def library(self) -> str:
        return self.words.library

    def _given(self, names: Sequence[str]) -> Argument | None:
        """What was given, if it was not None."""
        argument = self.call.argument(*names)
        return argument if argument is not None and argument.constant is not None else None

    @property
    def low(self) -> Argument | None:
        return self._given(self.words.low)

    @property
    def high(self) -> Argument | None:
        return self._given(self.words.high)

    @property
    def center(self) -> Argument | None:
        return self._given(self.words.center)

    @property
    def numbers(self) -> Argument | None:
        return self._given(self.words.numbers)

    @property
    def supposed(self) -> str:
        """The name of what it shows, if that says correlations and nothing else is known of it."""
        given = self.call.argument(*self.words.data)
        if given is None or not _is_unknown(self.data) or not isinstance(given.node, ast.Name):
            return ""
        name = given.node.id.lower()
        return given.node.id if "corr" in name and not any(map(name.count, _UNSIGNED)) else ""

    @property
    def has_known_limits(self) -> bool:
        """Whether whatever sets its limits is in the call, under the names that are known."""
        is_elsewhere = self.call.argument(*self.words.other_limits) is not None
        return self.is_settled and not self.call.is_open and not is_elsewhere

    @property
    def colours(self) -> Colours | None:
        """What sort of colours it has; those of the library if nothing is said."""
        given = self.colours_argument
        if given is not None:
            return kind_of(given.value)
        if self.call.is_open or not self.is_settled:
            return None
        if self.call.argument("coloraxis", "palette") is not None:
            return None
        is_centred = self.center is not None and self.words is not _OBJECTS
        return Colours.DIVERGING if is_centred else Colours.SEQUENTIAL

    @property
    def colours_argument(self) -> Argument | None:
        return self._given(self.words.colours)

    @property
    def shows_ones(self) -> bool:
        """Whether the diagonal is on it, so that its largest value is one."""
        is_bare = self.call.surely_lacks("mask")
        return isinstance(self.data, Measure) and self.data.is_whole and is_bare


@lru_cache(maxsize=1)  # every rule asks
def maps_in(program: Program) -> tuple[Map, ...]:
    """The heatmaps that the code draws, in their order."""
    return tuple(_maps_in(program))


def _maps_in(program: Program) -> Iterator[Map]:
    is_settled = not _sets_later(program)
    for call in program.calls:
        words = _DRAWING.get(call.path) or _DRAWING.get(f".{call.name}" if call.owner else "")
        if words is None:
            continue
        data = _shown(call, words)
        if data is not None:
            yield Map(call, data, words, is_settled or words.library in ("seaborn", "pandas"))


def signed_maps_in(program: Program) -> Iterator[tuple[Map, Measure]]:
    """Those that show a measure with a sign, such as correlations, or seem to by their names."""
    for drawn in maps_in(program):
        if isinstance(drawn.data, Measure):
            yield drawn, drawn.data
        elif drawn.supposed and not _begins_at_zero(drawn):
            yield drawn, Measure(sources=(drawn.data,), of=drawn.data, is_whole=False)


def _is_unknown(data: Value) -> bool:
    """Whether nothing tells what a value is: it came from elsewhere, or from plain arithmetic."""
    if isinstance(data, Selection) or (isinstance(data, Operation) and data.operator != "Pow"):
        is_made = data.came_through("abs", "absolute", "fabs", "square", "sqrt") is not None
        return not is_made and not any(isinstance(each, Measure) for each in data.lineage())
    return type(data) is Value and not data.sources and data.call is None


def _begins_at_zero(drawn: Map) -> bool:
    low = drawn.low.constant if drawn.low is not None else None
    return isinstance(low, int | float) and low >= 0


def _shown(call: Call, words: _Words) -> Value | None:
    if words is _STYLER:
        style = call.owner
        while style is not None and not isinstance(style, Measure):
            style = style.sources[0] if style.sources else None
        return style
    given = call.argument(*words.data)
    if given is not None and call.name == "clustermap" and call.constant("z_score") in (0, 1):
        return Measure(sources=(given.value,), of=given.value, ends=None, is_whole=False)
    if given is not None:
        return given.value
    traces = call.argument("data", 0)
    return traces.value if traces is not None and words is not _OBJECTS else None


def _sets_later(program: Program) -> bool:
    return _sets_default_colours(program) or any(map(_changes_colours, program.calls))


def _sets_default_colours(program: Program) -> bool:
    """Whether `rcParams["image.cmap"] = ...` is among the code, or could be."""
    return any(
        setting.stored is not None
        and getattr(setting.owner, "path", "").endswith("rcParams")
        and (not isinstance(setting.key, Constant) or str(setting.key.value).startswith("image"))
        for setting in program.subscripts
    )


def _changes_colours(call: Call) -> bool:
    if call.name in _UPDATES:
        is_named = any(
            str(name).startswith(_OF_COLOURS) and not str(name).startswith(_BESIDE_COLOURS)
            for name in call.arguments
        )
        return call.is_open or is_named or call.argument(0) is not None
    is_of_figure = call.owner is not None or call.path.startswith("matplotlib.pyplot.")
    return call.path.endswith("rcParams.update") or (is_of_figure and call.name in _LATER)


_OTHER_MAPS = (
    "contour",
    "contourf",
    "hexbin",
    "hist2d",
    "histplot",
    "kdeplot",
    "spy",
    "density_heatmap",
    "compare",
    "interactions",
    "heatmap",
    "clustermap",
    "plot_importance",
)
"""Calls that draw what a heatmap could be, though not in the vocabulary above."""

_MEASURES = (
    "scipy.stats",
    "sklearn.metrics",
    "sklearn.inspection",
    "sklearn.feature_selection",
    "statsmodels",
)


def draws_or_measures(program: Program) -> bool:
    """Whether there is a map in the code, or a measure that a map could show."""
    if maps_in(program) or any(isinstance(each, Measure) for each in program.results.values()):
        return True
    return any(
        call.is_named(*_OTHER_MAPS)
        or call.path.startswith(_MEASURES)
        or call.path.rpartition(".")[0].endswith("Display")
        or call.name.endswith("Display")
        or call.name in ("corr", "corrcoef", "crosstab", "predict_proba")
        for call in program.calls
    )


def praised(program: Program) -> str:
    """A sentence about the maps of a signed measure that show it as it is; empty if none does."""
    honest = [
        drawn
        for drawn, measure in signed_maps_in(program)
        if not drawn.supposed and _is_honest(drawn, measure)
    ]
    if not honest:
        return ""
    if len({id(drawn.call.node) for drawn in honest}) > 1:
        return (
            "The maps here run from −1 to 1 about a neutral zero: one r has one colour on all "
            "of them."
        )
    return (
        "This map runs from −1 to 1 about a neutral zero: equal strength has equal colour, and "
        "an r keeps its colour on every map that is drawn like it."
    )


def _is_honest(drawn: Map, measure: Measure) -> bool:
    low, high = (end.constant if end is not None else None for end in (drawn.low, drawn.high))
    is_whole = measure.ends == (-1.0, 1.0) and (low, high) == (-1, 1)
    return is_whole and drawn.colours is Colours.DIVERGING
