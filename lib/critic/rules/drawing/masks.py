"""What a mask hides, and what it leaves empty."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from ...flow import Call, Measure, Names, Program, Triangle
from ...maps import Map, maps_in
from ...mending import Fix, joined, replaced
from ...rule import Example, Found, Rule, Severity
from .saying import said


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
        Example(
            "def show(shared):\n    hide = np.zeros_like(shared)\n"
            "    hide[np.triu_indices_from(hide)] = True\n"
            "    return sns.heatmap(shared, mask=hide, cmap='Blues')",
            line=4,
        ),
        Example(
            "r = df.corr()\nmask = np.triu(np.ones_like(r, dtype=bool))\n"
            "go.Heatmap(z=r.mask(mask), zmin=-1, zmax=1, colorscale='RdBu')",
            line=3,
            mends=False,
        ),
    )
    clean = (
        "r = df.corr()\nmask = np.triu(np.ones_like(r, dtype=bool), k=1)\n"
        "sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap='RdBu_r')",
        "r = df.corr()\nmask = np.triu(np.ones_like(r, dtype=bool))\n"
        "sns.heatmap(r.iloc[1:, :-1], mask=mask[1:, :-1], vmin=-1, vmax=1, cmap='RdBu_r')",
        "r = df.corr()\nmask = np.triu(np.ones_like(r, dtype=bool))\n"
        "ax = sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap='RdBu_r')\n"
        "for i in range(len(r)):\n    ax.text(i + 0.5, i + 0.5, r.columns[i])",
        "r = df.corr()\nr = r.where(np.tril(np.ones(r.shape, dtype=bool)))\n"
        "go.Heatmap(z=r, zmin=-1, zmax=1, colorscale='RdBu')",
        "r = df.corr()\nmask = ~np.tril(np.ones(r.shape, dtype=bool))\n"
        "sns.heatmap(r, mask=mask, vmin=-1, vmax=1, cmap='RdBu_r')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        if any(map(_writes_names, program.called("text"))):
            return
        for drawn in maps_in(program):
            hidden = _hidden(drawn)
            if hidden is not None and hidden.k == 0 and not hidden.edges:
                first, last = ("first", "last") if hidden.half == "upper" else ("last", "first")
                yield said(
                    drawn,
                    f"The mask hides the diagonal, too, so the {first} row and the {last} column "
                    "are empty.",
                    self._fix(drawn, hidden.half),
                )

    @staticmethod
    def _fix(drawn: Map, half: str) -> Fix | None:
        call = drawn.call
        data, mask = call.argument(*drawn.words.data), call.argument("mask")
        has_labels = call.argument("xticklabels", "yticklabels", "annot")
        if has_labels is not None and not isinstance(has_labels.constant, bool | str):
            return None
        if data is None or mask is None or not (data.is_seen and mask.is_seen):
            return None
        part = "[1:, :-1]" if half == "upper" else "[:-1, 1:]"
        is_array = drawn.data.came_through("to_numpy", "numpy.corrcoef", "array", "asarray")
        table = part if is_array is not None or _is_values(data.node) else f".iloc{part}"
        return joined(_followed_by(call, data.node, table), _followed_by(call, mask.node, part))


def _writes_names(call: Call) -> bool:
    """Whether names of a matrix are written onto the map, so that the diagonal holds them."""
    given = (each.value for each in call.arguments.values())
    return any(
        isinstance(part, Names) and isinstance(part.of, Measure)
        for value in given
        for part in value.lineage()
    )


def _hidden(drawn: Map) -> Triangle | None:
    """The triangle of a whole matrix that is not shown."""
    mask = drawn.call.argument("mask")
    if mask is not None and drawn.library == "seaborn" and drawn.call.name == "heatmap":
        shown = drawn.data
        is_its_own = any(each is shown for each in mask.value.lineage())
        is_whole = shown.is_whole if isinstance(shown, Measure) else is_its_own
        return mask.value if is_whole and isinstance(mask.value, Triangle) else None
    call = drawn.data.call
    if call is None or not call.is_named("mask", "where") or call.argument("other") is not None:
        return None
    given = call.argument("cond")
    if given is None or not isinstance(given.value, Triangle):
        return None
    if not isinstance(call.owner, Measure) or not call.owner.is_whole:
        return None
    shown = given.value
    if call.name == "mask":
        return shown
    half: Literal["upper", "lower"] = "lower" if shown.half == "upper" else "upper"
    return replace(shown, half=half, k=1 - shown.k)


def _is_values(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "values"


def _followed_by(call: Call, node: ast.expr, text: str) -> Fix | None:
    if not call.cell.holds(node):
        return None
    written = call.cell.segment(node)
    if not isinstance(node, ast.Name | ast.Call | ast.Attribute | ast.Subscript):
        written = f"({written})"
    return replaced(call.cell, node, f"{written}{text}")
