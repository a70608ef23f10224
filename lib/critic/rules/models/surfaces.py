"""Maps of what a model predicts: what their colours run over, and what they are called."""

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...flow import Argument, Call, Frame, Operation, Program, Value
from ...maps import Map, maps_in
from ...mending import Fix, fresh, joined, put_before, replaced, with_arguments
from ...rule import Example, Found, Rule, Severity

_SHAPING = ("reshape", "pivot", "pivot_table", "unstack")
_KEEPING = ("DataFrame", "Series", "array", "asarray", "round", "to_numpy", "transpose", "flipud")
_PREDICTING = ("predict_proba", "predict")


def _predicted(value: Value) -> Call | None:
    """The call that predicted what is drawn as a surface, if nothing was done to it since."""
    is_shaped = False
    waiting: Value | None = value
    while waiting is not None:
        following = waiting.before
        call = waiting.call
        if call is not None and call.name in _PREDICTING:
            return call if is_shaped else None
        if call is not None and call.name in _SHAPING:
            is_shaped = True
            following = _pivoted(call) or following
        elif call is not None and call.name not in _KEEPING:
            return None
        waiting = following
    return None


def _pivoted(call: Call) -> Value | None:
    """The column that a pivot spreads out."""
    name = call.constant("values")
    if isinstance(call.owner, Frame) and isinstance(name, str):
        return call.owner.columns.get(name)
    return None


def _has_no_limits(drawn: Map) -> bool:
    ends = (drawn.low, drawn.high, drawn.center)
    is_bare = drawn.call.argument("robust", "levels") is None
    return drawn.has_known_limits and is_bare and all(end is None for end in ends)


class SurfaceLimits(Rule):
    id = "surface-limits"
    title = "A map of predictions whose colours end where it ends"
    belief = "autoscale_is_neutral"
    step = "interactions/recipe"
    why = (
        "Colours that are stretched over whatever a map holds make a difference of a hundredth "
        "look like all or nothing, and no two maps can be compared."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "p = model.predict_proba(grid)[:, k].reshape(50, 50)\nsns.heatmap(p, cmap='viridis')",
            line=2,
        ),
        Example(
            "grid['p'] = model.predict_proba(grid[names])[:, k]\n"
            "plt.imshow(grid.pivot(index='a', columns='b', values='p'), origin='lower')",
            line=2,
        ),
        Example(
            "a = runs.pivot_table(index='depth', columns='rate', values='train_error')\n"
            "b = runs.pivot_table(index='depth', columns='rate', values='test_error')\n"
            "sns.heatmap(a, ax=left)\nsns.heatmap(b, ax=right)",
            line=4,
        ),
    )
    clean = (
        "p = model.predict_proba(grid)[:, k].reshape(50, 50)\n"
        "sns.heatmap(p, vmin=0, vmax=1, cmap='viridis')",
        "z = regression.predict(grid).reshape(50, 50)\nplt.pcolormesh(x, y, z)",
        "a = runs.pivot_table(index='depth', columns='rate', values='error')\n"
        "b = runs.pivot_table(index='depth', columns='rate', values='seconds')\n"
        "sns.heatmap(a, ax=left)\nsns.heatmap(b, ax=right)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        bare = [drawn for drawn in maps_in(program) if _has_no_limits(drawn)]
        for drawn in bare:
            made = _predicted(drawn.data)
            if made is not None and made.name == "predict_proba":
                yield Found(
                    drawn.call.cell,
                    drawn.call.node,
                    "The colours run from the smallest probability on this map to the largest, "
                    "however near each other the two are.",
                    with_arguments(drawn.call, {drawn.words.low[0]: "0", drawn.words.high[0]: "1"}),
                )
        for first, second in _alike(bare):
            yield Found(
                second.call.cell,
                second.call.node,
                "Two maps of the same rows and columns, each with colours of its own: the same "
                "number need not have the same colour on both.",
                _shared_limits(first, second),
            )


def _alike(drawn: Sequence[Map]) -> Iterator[tuple[Map, Map]]:
    """Maps of pivots that differ only in a word of what they show, such as train and test."""
    pivots = [
        (each, each.data.call)
        for each in drawn
        if each.data.call is not None and each.data.call.name == "pivot_table"
    ]
    for (first, one), (second, other) in pairwise(pivots):
        if one is other or not _same(one, other, "index") or not _same(one, other, "columns"):
            continue
        names = one.constant("values"), other.constant("values")
        if isinstance(names[0], str) and isinstance(names[1], str):
            words = [set(str(name).lower().split("_")) for name in names]
            if words[0] & words[1] and (words[0] ^ words[1]) <= _HALVES:
                yield first, second


_HALVES = {"train", "training", "test", "testing", "valid", "validation", "val", "before", "after"}


def _same(one: Call, other: Call, name: str) -> bool:
    first, second = one.argument(name), other.argument(name)
    return (
        first is not None and second is not None and ast.dump(first.node) == ast.dump(second.node)
    )


def _shared_limits(first: Map, second: Map) -> Fix | None:
    given = [each.call.argument(*each.words.data) for each in (first, second)]
    nodes = [each.node for each in given if each is not None]
    names = [node.id for node in nodes if isinstance(node, ast.Name)]
    if len(names) != 2 or first.call.cell is not second.call.cell:
        return None
    if first.call.inside != second.call.inside:
        return None
    low = f"min({', '.join(f'{name}.min().min()' for name in names)})"
    high = f"max({', '.join(f'{name}.max().max()' for name in names)})"
    return joined(
        *(
            with_arguments(each.call, {each.words.low[0]: low, each.words.high[0]: high})
            for each in (first, second)
        )
    )


class PredictionsAsInteraction(Rule):
    id = "predictions-as-interaction"
    title = "A grid of predictions that is called interaction"
    belief = "map_is_interaction"
    step = "interactions/recipe"
    why = (
        "A map of predictions shows everything that two columns do, above all what each does "
        "alone. Interaction is what is left when the means of rows and columns are taken off."
    )
    severity = Severity.WRONG
    faulty = (
        Example(
            "grid = pd.DataFrame([{'a': u, 'b': v} for u in us for v in vs])\n"
            "for name in others:\n    grid[name] = X_train[name].mean()\n"
            "z = model.predict(grid).reshape(len(us), len(vs))\n"
            "sns.heatmap(z, cmap='viridis')\nplt.title('Feature interaction')",
            line=5,
        ),
        Example(
            "def plot_interaction(forest, X, a, b):\n"
            "    grid = pd.DataFrame(np.tile(X.median(), (900, 1)), columns=X.columns)\n"
            "    grid[a], grid[b] = us, vs\n"
            "    p = forest.predict_proba(grid)[:, k].reshape(30, 30)\n"
            "    plt.imshow(p, vmin=0, vmax=1)",
            line=5,
        ),
    )
    clean = (
        "grid = pd.DataFrame([{'a': u, 'b': v} for u in us for v in vs])\n"
        "grid['c'] = X['c'].mean()\nz = model.predict(grid).reshape(50, 50)\n"
        "sns.heatmap(z)\nplt.title('What the model predicts')",
        "grid = pd.DataFrame([{'a': u, 'b': v} for u in us for v in vs])\n"
        "grid['c'] = X['c'].mean()\nz = model.predict(grid).reshape(50, 50)\n"
        "left = z - z.mean(axis=0) - z.mean(axis=1, keepdims=True) + z.mean()\n"
        "sns.heatmap(left, center=0, cmap='RdBu_r')\nplt.title('Interaction')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        drawn_maps = maps_in(program)
        if not _says_interaction(program) or any(map(_is_left_over, drawn_maps)):
            return
        for drawn in drawn_maps:
            made = _predicted(drawn.data)
            grid = made.argument("X", 0) if made is not None else None
            if grid is not None and grid.value.came_through("mean", "median") is not None:
                yield Found(
                    drawn.call.cell,
                    drawn.call.node,
                    "These are predictions for rows that need not exist: all other columns stay at "
                    "one value. And what either column does alone is on the map as well as their "
                    "interaction.",
                    _what_is_left(drawn),
                )


def _says_interaction(program: Program) -> bool:
    for cell in program.cells:
        for each in cell.nodes:
            word = getattr(each, "value", None) if isinstance(each, ast.Constant) else None
            if isinstance(each, ast.FunctionDef):
                word = each.name
            if isinstance(word, str) and "interaction" in word.lower():
                return True
    return False


def _is_left_over(drawn: Map) -> bool:
    """Whether something was taken off predictions before they were drawn."""
    return (
        any(isinstance(each, Operation) and each.operator == "Sub" for each in drawn.data.lineage())
        and drawn.data.came_through(*_PREDICTING) is not None
    )


def _what_is_left(drawn: Map) -> Fix | None:
    call = drawn.call
    given: Argument | None = call.argument(*drawn.words.data)
    if given is None or not given.is_seen or not call.cell.holds(given.node):
        return None
    z, left = fresh("z", call.cell), fresh("interaction", call.cell)
    lines = [
        "import numpy as np",
        f"{z} = np.asarray({call.cell.segment(given.node)})",
        f"{left} = {z} - {z}.mean(axis=0) - {z}.mean(axis=1, keepdims=True) + {z}.mean()",
    ]
    far = f"abs({left}).max()"
    wanted = {drawn.words.low[0]: f"-{far}", drawn.words.high[0]: far}
    wanted[drawn.words.colours[0]] = '"RdBu_r"'
    return joined(
        put_before(call.cell, call.node, lines),
        replaced(call.cell, given.node, left),
        with_arguments(call, wanted),
    )
