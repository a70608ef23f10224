"""The names beside a map: whether they stand at their own columns."""

import ast
from collections.abc import Iterator

from ...flow import Call, Items, Measure, Names, Program, Value
from ...maps import Map, signed_maps_in
from ...mending import Edit, Fix, joined, replaced, with_arguments
from ...rule import Example, Found, Rule, Severity
from .saying import said


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
