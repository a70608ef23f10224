"""What is written into the cells of a map and beside it."""

import ast
import re
from collections.abc import Iterator

from ...flow import Call, Constant, Items, Measure, Names, Program, Triangle, Value
from ...maps import Map, maps_in, signed_maps_in
from ...mending import Edit, Fix, joined, replaced, with_arguments
from ...rule import Example, Found, Rule, Severity
from .saying import said

_MOST_DIGITS = 3
_DIGITS_OF_PLOTLY = 7
"""Significant ones, in a cell whose number has no format."""

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
        "More are noise of the sample that looks like precision, and without any, every r is "
        "zero or one."
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
            sentence = (
                f"{written} with up to {decimals} digits."
                if decimals
                else f"{written} without a digit after the point: 0.4 and −0.4 are both 0."
            )
            two = '"%{z:.2f}"' if name == "texttemplate" else '".2f"'
            fix = with_arguments(drawn.call, {name: two})
            yield said(drawn, sentence, fix)

    @staticmethod
    def _format(drawn: Map, measure: Measure) -> tuple[str, str | None]:
        """The argument that says how numbers are written, and what it says."""
        numbers = drawn.numbers
        if numbers is None:
            return "", None
        if drawn.library == "seaborn":
            shows_data = numbers.constant is True or numbers.value is measure
            given = drawn.call.constant("fmt", default=".2g")
            return "fmt", given if shows_data and isinstance(given, str) else None
        given = numbers.constant
        name = drawn.words.numbers[0]
        if given in (True, "%{z}"):
            is_rounded = measure.came_through("round", "around") is not None
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
    if drawn.library != "seaborn" or numbers is None or numbers.constant is not True:
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


class EmptyEdges(Rule):
    id = "empty-edges"
    title = "A mask that leaves a row and a column empty"
    belief = "mask_leaves_no_trace"
    step = "five_steps/mask"
    why = (
        "A triangle of k=0 begins on the diagonal and hides it as well. One row and one column "
        "then hold nothing but their names."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "import numpy as np\nr = df.corr()\nmask = np.triu(np.ones_like(r, dtype=bool))\n"
            "sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap='RdBu_r')",
            line=4,
        ),
        Example(
            "r = df.corr()\nhide = np.zeros_like(r, dtype=np.bool_)\n"
            "hide[np.tril_indices_from(hide)] = True\n"
            "sns.heatmap(r.to_numpy(), mask=hide, vmin=-1, vmax=1, cmap='RdBu_r')",
            line=4,
        ),
    )
    clean = (
        "r = df.corr()\nmask = np.triu(np.ones_like(r, dtype=bool), k=1)\n"
        "sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap='RdBu_r')",
        "r = df.corr()\nmask = np.triu(np.ones_like(r, dtype=bool))\n"
        "sns.heatmap(r.iloc[1:, :-1], mask=mask[1:, :-1], vmin=-1, vmax=1, cmap='RdBu_r')",
        "r = df.corr()\nmask = ~np.tril(np.ones(r.shape, dtype=bool))\n"
        "sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap='RdBu_r')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            mask = drawn.call.argument("mask")
            if mask is None or not isinstance(mask.value, Triangle) or drawn.library != "seaborn":
                continue
            hides_diagonal = mask.value.k == 0 and not mask.value.edges
            if drawn.call.name == "heatmap" and hides_diagonal and measure.is_whole:
                first, last = ("first", "last") if mask.value.half == "upper" else ("last", "first")
                yield said(
                    drawn,
                    f"The mask hides the diagonal, too, so the {first} row and the {last} column "
                    "are empty.",
                    self._fix(drawn, measure, mask.value.half),
                )

    @staticmethod
    def _fix(drawn: Map, measure: Measure, half: str) -> Fix | None:
        call = drawn.call
        data, mask = call.argument(*drawn.words.data), call.argument("mask")
        has_labels = call.argument("xticklabels", "yticklabels", "annot")
        if has_labels is not None and not isinstance(has_labels.constant, bool | str):
            return None
        if data is None or mask is None or not (data.is_seen and mask.is_seen):
            return None
        part = "[1:, :-1]" if half == "upper" else "[:-1, 1:]"
        is_array = measure.came_through("to_numpy", "numpy.corrcoef", "array", "asarray")
        table = part if is_array is not None or _is_values(data.node) else f".iloc{part}"
        return joined(_followed_by(call, data.node, table), _followed_by(call, mask.node, part))


def _is_values(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "values"


def _followed_by(call: Call, node: ast.expr, text: str) -> Fix | None:
    if not call.cell.holds(node):
        return None
    written = call.cell.segment(node)
    if not isinstance(node, ast.Name | ast.Call | ast.Attribute | ast.Subscript):
        written = f"({written})"
    return replaced(call.cell, node, f"{written}{text}")


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


class WrongTicks(Rule):
    id = "wrong-ticks"
    title = "Names that need not stand at their own columns"
    belief = "defaults_fit"
    step = "five_steps/export"
    why = (
        "A name says which column a cell belongs to. Put on ticks by hand, names follow their "
        "order and their number, and nothing checks that they are those of the matrix."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "fig, ax = plt.subplots()\nr = df.corr()\n"
            "ax.matshow(r, vmin=-1, vmax=1, cmap='RdBu_r')\n"
            "ax.set_xticklabels(r.columns, rotation=90)",
            line=4,
        ),
        Example(
            "df = pd.read_csv('a.csv')\nr = df.select_dtypes('number').corr()\n"
            "sns.heatmap(r, vmin=-1, vmax=1, cmap='vlag', xticklabels=df.columns)",
            line=3,
        ),
        Example(
            "r = df[['a', 'b', 'c']].corr()\n"
            "sns.heatmap(r, vmin=-1, vmax=1, cmap='vlag', yticklabels=['a', 'b'])",
            line=2,
        ),
    )
    clean = (
        "fig, ax = plt.subplots()\nr = df.corr()\n"
        "ax.imshow(r, vmin=-1, vmax=1, cmap='RdBu_r')\n"
        "ax.set_xticks(range(len(r)))\nax.set_xticklabels(r.columns)",
        "ax = sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='RdBu_r')\n"
        "ax.set_xticklabels(ax.get_xticklabels(), rotation=45)",
        "r = df[['a', 'b']].corr()\n"
        "sns.heatmap(r, vmin=-1, vmax=1, cmap='vlag', xticklabels=r.columns, yticklabels=False)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            if drawn.library == "matplotlib":
                yield from self._on_chosen_ticks(drawn, program)
            elif drawn.library == "seaborn":
                yield from self._of_another_table(drawn, measure)

    def _on_chosen_ticks(self, drawn: Map, program: Program) -> Iterator[Found]:
        """Labels on an axis whose ticks nobody set."""
        axes = drawn.call.owner
        if axes is None:
            return
        for axis in ("x", "y"):
            setters = (f"set_{axis}ticks", f"{axis}ticks", "set_major_locator", "setp", ".set")
            if program.called(*setters):
                continue
            for call in program.called(f"set_{axis}ticklabels"):
                labels = call.argument("labels")
                if call.owner is not axes or labels is None:
                    continue
                if labels.value.came_through(f"get_{axis}ticklabels") is not None:
                    continue
                yield Found(
                    call.cell,
                    call.node,
                    "These names go to the ticks that matplotlib happens to choose, the first to "
                    "the first. They need not stand at their own columns.",
                    _with_places(call, axis),
                )

    def _of_another_table(self, drawn: Map, measure: Measure) -> Iterator[Found]:
        for name in ("xticklabels", "yticklabels"):
            given = drawn.call.argument(name)
            if given is None:
                continue
            fix = with_arguments(drawn.call, {name: "True"})
            count = len(given.value.items) if isinstance(given.value, Items) else None
            if count is not None and measure.side is not None and count != measure.side:
                yield said(
                    drawn,
                    f"{count} names are written for {measure.side} columns.",
                    fix,
                    node=given.node if drawn.call.cell.holds(given.node) else None,
                )
            elif isinstance(given.value, Names) and _is_narrowed(given.value.of, measure):
                yield said(
                    drawn,
                    "Is every column of the table a number? If not, the map has fewer columns "
                    "than there are names here, and the names move to the wrong ones.",
                    fix,
                    is_question=True,
                    node=given.node if drawn.call.cell.holds(given.node) else None,
                )


def _with_places(call: Call, axis: str) -> Fix | None:
    """`set_xticks(range(len(names)), names)` in the place of `set_xticklabels(names)`."""
    labels = call.argument("labels")
    if (
        labels is None
        or labels.keyword is not None
        or not isinstance(call.node.func, ast.Attribute)
    ):
        return None
    if not call.cell.holds(labels.node):
        return None
    names = call.cell.segment(labels.node)
    end = call.cell.span(call.node.func)[1]
    old = call.node.func.attr
    renamed = Edit(call.cell, end - len(old), end, f"set_{axis}ticks")
    return joined(
        Fix((renamed,)), replaced(call.cell, labels.node, f"range(len({names})), {names}")
    )


def _is_narrowed(table: Value, measure: Measure) -> bool:
    """Whether the matrix was made of a part of the columns of this table."""
    made = measure.came_through("corr")
    if table is measure.of:
        return made is not None and made.constant("numeric_only", default=False) is True
    for value in measure.of.lineage():
        if value is table:
            return measure.of.came_through("select_dtypes") is not None
    return False
