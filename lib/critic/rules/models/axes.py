"""The axes of a map over a grid: numbers that are written beside it as if they were names."""

import ast
from collections.abc import Iterator

from ...flow import Call, Constant, Extreme, Program, Value
from ...maps import Map, maps_in
from ...mending import Edit, Fix, joined, put_after, put_before, replaced, with_arguments
from ...rule import Example, Found, Rule, Severity

_TURNING = ("invert_yaxis", "set_ylim", "ylim", "flipud", "flip", "sort_index")
_MANY = 30


class ScaleAsNames(Rule):
    id = "scale-as-names"
    title = "A scale that is written beside a heatmap as names"
    belief = "heatmap_is_a_plot"
    step = "interactions/orientation"
    why = (
        "On a plot, up is more. The first row of a heatmap is at the top, so a scale that rises "
        "runs downwards there until the axis is inverted; and of names, seaborn leaves none out."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example(
            "us, vs = np.linspace(0, 1, 50), np.linspace(5, 9, 50)\n"
            "z = model.predict(grid).reshape(50, 50)\n"
            "sns.heatmap(z, xticklabels=np.round(vs, 2), yticklabels=np.round(us, 2))",
            line=3,
        ),
        Example(
            "import numpy as n\nimport seaborn as s\n"
            "heights = n.linspace(x.min(), x.max(), num=20).round(1)\n"
            "axes = s.heatmap(cooled, yticklabels=heights, vmin=0, vmax=1)",
            line=4,
        ),
    )
    clean = (
        "us = np.linspace(0, 1, 50)\nz = model.predict(grid).reshape(50, 50)\n"
        "sns.heatmap(z, yticklabels=np.round(us, 2)).invert_yaxis()",
        "us = np.linspace(0, 1, 20)\nsns.heatmap(z[::-1], yticklabels=us[::-1].round(2))",
        "us = np.linspace(1, 0, 20)\nsns.heatmap(z, yticklabels=us.round(2))",
        "sns.heatmap(z, yticklabels=np.arange(10))",
    )

    def find(self, program: Program) -> Iterator[Found]:
        if program.called(*_TURNING):
            return
        turned = {id(each.result) for each in program.subscripts if _is_backwards(each.node)}
        for drawn in maps_in(program):
            beside = drawn.call.argument("yticklabels")
            made = None if beside is None else beside.value.came_through("numpy.linspace")
            if beside is None or made is None or not _rises(made):
                continue
            if turned & {id(each) for each in (*beside.value.lineage(), *drawn.data.lineage())}:
                continue
            count = made.constant("num", 2, default=50)
            crowd = (
                f" And all {count} numbers are written, whether there is room for them or not."
                if isinstance(count, int) and count >= _MANY
                else ""
            )
            yield Found(
                drawn.call.cell,
                drawn.call.node,
                f"The scale at the left rises downwards: its smallest number is at the top.{crowd}",
                _with_an_index(drawn),
            )


def _is_backwards(node: ast.Subscript) -> bool:
    return any(isinstance(each, ast.Slice) and each.step for each in ast.walk(node.slice))


def _rises(made: Call) -> bool:
    """Whether a scale surely goes from its smallest number to its largest."""
    start, stop = (made.argument(name, place) for place, name in enumerate(("start", "stop")))
    if start is None or stop is None:
        return False
    low, high = _end(start.value), _end(stop.value)
    if isinstance(low, str) or isinstance(high, str):
        return (low, high) == ("smallest", "largest")
    return low is not None and high is not None and low < high


def _end(value: Value) -> float | str | None:
    match value:
        case Constant(value=int(number) | float(number)):
            return number
        case Extreme(which=which):
            return which
    return None


def _with_an_index(drawn: Map) -> Fix | None:
    """The scales as index and columns of a table: seaborn thins them out by itself then."""
    call = drawn.call
    data = call.argument(*drawn.words.data)
    across, down = call.argument("xticklabels"), call.argument("yticklabels")
    if data is None or down is None or not all(each.is_seen for each in (data, down)):
        return None
    written = f"{call.cell.segment(data.node)}, index={call.cell.segment(down.node)}"
    unsaid = {"yticklabels": '"auto"'}
    if across is not None and across.value.came_through("numpy.linspace") and across.is_seen:
        written += f", columns={call.cell.segment(across.node)}"
        unsaid["xticklabels"] = '"auto"'
    return joined(
        Fix(()) if "pd" in call.cell.names else _imported(call),
        replaced(call.cell, data.node, f"pd.DataFrame({written})"),
        with_arguments(call, unsaid),
        _turned(call),
    )


def _imported(call: Call) -> Fix | None:
    return put_before(call.cell, call.node, ["import pandas as pd"])


def _turned(call: Call) -> Fix | None:
    """The axis at the left inverted, in the same statement or after it."""
    match call.cell.statement_around(call.node):
        case ast.Expr(value=value) if value is call.node:
            end = call.cell.span(call.node)[1]
            return Fix((Edit(call.cell, end, end, ".invert_yaxis()"),))
        case ast.Assign(targets=[ast.Name(id=axes)], value=value) if value is call.node:
            return put_after(call.cell, call.node, [f"{axes}.invert_yaxis()"])
    return None
