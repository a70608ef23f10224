"""The numbers that are written into the cells of a map, and whether they fit."""

import re
from collections.abc import Iterator

from ...flow import Call, Constant, Items, Measure, Program, Value
from ...maps import Map, maps_in, signed_maps_in
from ...mending import with_arguments
from ...rule import Example, Found, Rule, Severity
from .saying import said

_MOST_DIGITS = 3
_DIGITS_OF_PLOTLY = 7
"""Significant ones, in a cell whose number has no format."""

_TEXTS, _DIGITS_OF_FLOATS = "annotation_text", 16
"""An annotated heatmap of plotly writes its numbers as they are, unless it is given texts."""

_FORMAT = re.compile(r"\.?(\d*)([fFeEgGd%]?)$")


def _decimals(text: str) -> int | None:
    """How many digits after the point a format gives to a number below one; None if unknown."""
    match = _FORMAT.search(text.strip("{}").partition(":")[2] or text)
    if match is None or not text:
        return None
    digits, kind = match.groups()
    if kind == "d":
        return 0
    if kind == "%":
        return int(digits or 6) + 2
    if kind in ("f", "F", "g", "G"):
        return int(digits) if digits else 6
    return None


class Digits(Rule):
    id = "digits"
    title = "Numbers with too many digits, or with none"
    belief = "cell_is_exact"
    step = "five_steps/read"
    why = (
        "Two digits after the point say what a correlation can say; a third tells twins apart. "
        "More are noise of the sample that looks like precision; without any, 0.1 and 0.4 are one "
        "number."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag', annot=True, fmt='.10f')", line=1
        ),
        Example(
            "import plotly.express as px\n"
            "px.imshow(df.corr(), text_auto='.0f', zmin=-1, zmax=1,\n"
            "          color_continuous_scale='RdBu_r')",
            line=2,
        ),
        Example(
            "import plotly.figure_factory as ff\n"
            "ff.create_annotated_heatmap(df.corr().values, zmin=-1, zmax=1, colorscale='RdBu')",
            line=2,
            mends=False,
        ),
        Example(
            "import plotly.graph_objects as go\n"
            "fig = go.Figure(data=[go.Heatmap(z=df.corr(), zmin=-1, zmax=1, colorscale='RdBu',\n"
            "                                 texttemplate='%{z}')])\n"
            "fig.update_layout(title='r')",
            line=2,
        ),
    )
    clean = (
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag', annot=True, fmt='.3f')",
        "px.imshow(df.corr().round(2), text_auto=True, zmin=-1, zmax=1, "
        "color_continuous_scale='RdBu_r')",
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag', annot=stars, fmt='')",
        "sns.heatmap(confusion, annot=True, fmt='d')",
        "z = df.corr().round(2).values\n"
        "ff.create_annotated_heatmap(z, zmin=-1, zmax=1, colorscale='RdBu')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            if measure.ends is None:
                continue
            name, given = self._format(drawn, measure)
            decimals = _decimals(given) if given is not None else None
            if decimals is None or 1 <= decimals <= _MOST_DIGITS:
                continue
            written = f"Each {measure.symbol} is written"
            if decimals:
                sentence = f"{written} with up to {decimals} digits."
            elif drawn.library == "seaborn" and given is not None and given.endswith("d"):
                sentence = f"`{given}` is for whole numbers, and seaborn stops with an error."
            else:
                sentence = f"{written} without a digit after the point: 0.1 and 0.4 are both 0."
            two = '"%{z:.2f}"' if name == "texttemplate" else '".2f"'
            fix = None if name == _TEXTS else with_arguments(drawn.call, {name: two})
            yield said(drawn, sentence, fix)

    @staticmethod
    def _format(drawn: Map, measure: Measure) -> tuple[str, str | None]:
        """The argument that says how numbers are written, and what it says."""
        numbers = drawn.numbers
        is_rounded = measure.came_through("round", "around") is not None
        if drawn.call.name == "create_annotated_heatmap" and drawn.call.surely_lacks(_TEXTS):
            return _TEXTS, None if is_rounded else f".{_DIGITS_OF_FLOATS}f"
        if numbers is None:
            return "", None
        if drawn.library == "seaborn":
            shows_data = numbers.constant is True or numbers.value is measure
            given = drawn.call.constant("fmt", default=".2g")
            return "fmt", given if shows_data and isinstance(given, str) else None
        given = numbers.constant
        name = drawn.words.numbers[0]
        if given in (True, "%{z}"):
            return name, None if is_rounded else f".{_DIGITS_OF_PLOTLY}f"
        template = re.fullmatch(r"%\{z:(.*)\}", given) if isinstance(given, str) else None
        if name == "texttemplate":
            return name, template[1] if template is not None else None
        return name, given if isinstance(given, str) else None


_WIDEST_SHARE = 0.77
"""Of a figure's width, that cells have at most beside a colour bar: 0.62 as matplotlib lays a
page out, 0.77 after tight_layout()."""

_NARROW = 0.3
"""Inches. At ten points, a number such as −0.56 takes 0.36."""

_MANY = 20


def _crowded(drawn: Map, program: Program) -> tuple[int, float] | None:
    """How many columns and how many inches a map has, if its numbers cannot fit into its cells."""
    numbers = drawn.numbers
    if drawn.library != "seaborn" or numbers is None:
        return None
    if numbers.constant is not True and not isinstance(numbers.value, Measure):
        return None
    side = _side(drawn.data)
    if side is None or side <= _MANY or drawn.call.argument("annot_kws") is not None:
        return None
    width = _width_of_figure(drawn.call, program)
    if width is None or drawn.call.argument("cbar") is not None:
        return None
    return (side, width) if width * _WIDEST_SHARE / side < _NARROW else None


def _side(data: Value) -> int | None:
    return data.side if isinstance(data, Measure) else None


def _width_of_figure(drawing: Call, program: Program) -> float | None:
    """The inches of the figure that is drawn on, if the code says them or leaves the default."""
    if drawing.name == "clustermap":
        return _first_of(drawing.argument("figsize"), 10.0)
    default = None if _sets_figures(program) else 6.4
    width: float | None = default
    for call in program.calls:
        if call is drawing:
            return width
        if call.is_named("matplotlib.pyplot.figure", "matplotlib.pyplot.subplots", "Figure"):
            width = _first_of(call.argument("figsize"), default)
        elif call.name in ("set_size_inches", "set_figwidth"):
            width = None
    return width


def _sets_figures(program: Program) -> bool:
    """Whether the usual size of a figure may be another than matplotlib's."""
    setters = ("seaborn.set_theme", "seaborn.set", "seaborn.set_context", "rc", "use")
    is_updated = any(call.path.endswith("rcParams.update") for call in program.calls)
    return (
        is_updated
        or bool(program.called(*setters))
        or any(
            each.stored is not None and getattr(each.owner, "path", "").endswith("rcParams")
            for each in program.subscripts
        )
    )


def _first_of(figsize: object, default: float | None) -> float | None:
    if figsize is None:
        return default
    value = getattr(figsize, "value", None)
    if isinstance(value, Items) and value.items and isinstance(value.items[0], Constant):
        width = value.items[0].value
        return float(width) if isinstance(width, int | float) else None
    return None


class ManyNumbers(Rule):
    id = "many-numbers"
    title = "A number in each of too many cells"
    belief = "defaults_fit"
    step = "five_steps/export"
    why = (
        "A number has to be narrower than its cell. Where it is not, each reaches over its "
        "neighbours, and none can be read. Colours alone give the overview; a table or a part of "
        "the map gives the numbers."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "from sklearn.datasets import load_breast_cancer\n"
            "data = load_breast_cancer()\n"
            "df = pd.DataFrame(data.data, columns=data.feature_names)\n"
            "plt.figure(figsize=(10, 8))\n"
            "sns.heatmap(df.corr(), annot=True, vmin=-1, vmax=1, cmap='vlag')",
            line=5,
        ),
        Example(
            "import numpy as np\nnoise = pd.DataFrame(np.random.randn(100, 40))\n"
            "sns.heatmap(noise.corr(), annot=True, vmin=-1, vmax=1, cmap='RdBu_r')",
            line=3,
        ),
    )
    clean = (
        "from sklearn.datasets import load_wine\nX, y = load_wine(return_X_y=True, as_frame=True)\n"
        "sns.heatmap(X.corr(), annot=True, vmin=-1, vmax=1, cmap='vlag')",
        "from sklearn.datasets import load_breast_cancer\n"
        "df = load_breast_cancer(as_frame=True).frame\n"
        "plt.figure(figsize=(24, 20))\n"
        "sns.heatmap(df.corr(), annot=True, vmin=-1, vmax=1, cmap='vlag')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn in maps_in(program):
            crowded = _crowded(drawn, program)
            if crowded is not None:
                side, width = crowded
                yield said(
                    drawn,
                    f"{side} × {side} numbers on a figure {width:g} inches wide: a cell has less "
                    f"than {width * _WIDEST_SHARE / side:.2f} inches, and a number such as −0.56 "
                    "takes 0.36.",
                    with_arguments(drawn.call, {"annot": "False"}),
                )


class TightCure(Rule):
    id = "tight-is-no-cure"
    title = "`tight` for numbers that do not fit"
    belief = "tight_fixes_everything"
    step = "five_steps/export"
    why = (
        "bbox_inches='tight' makes the page as large as what is drawn on it, so that no label is "
        "cut off. Cells and letters keep their sizes, and numbers that overlapped overlap."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "noise = pd.DataFrame(np.random.randn(100, 40))\n"
            "sns.heatmap(noise.corr(), annot=True, vmin=-1, vmax=1, cmap='RdBu_r')\n"
            "plt.savefig('map.png', bbox_inches='tight')",
            line=3,
            beside=("many-numbers",),
            mends=False,
        ),
        Example(
            "X = pd.DataFrame(np.random.normal(size=(50, 25)))\n"
            "ax = sns.heatmap(X.corr(), annot=True, vmin=-1, vmax=1, cmap='vlag')\n"
            "ax.get_figure().savefig('map.pdf', dpi=300, bbox_inches='tight')",
            line=3,
            beside=("many-numbers",),
            mends=False,
        ),
    )
    clean = (
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='RdBu_r')\n"
        "plt.savefig('map.png', bbox_inches='tight')",
        "X = pd.DataFrame(np.random.normal(size=(50, 8)))\n"
        "sns.heatmap(X.corr(), annot=True, vmin=-1, vmax=1, cmap='vlag')\n"
        "plt.savefig('map.png', bbox_inches='tight')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        crowded = [drawn.call for drawn in maps_in(program) if _crowded(drawn, program)]
        for call in program.called("savefig"):
            is_tight = call.constant("bbox_inches", default=None) == "tight"
            before = program.calls[: program.calls.index(call)]
            if is_tight and any(drawing in before for drawing in crowded):
                yield Found(
                    call.cell,
                    call.node,
                    "`tight` keeps the labels on the page. The numbers of this map are wider "
                    "than its cells, and stay so.",
                )
