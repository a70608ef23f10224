"""Everything mended at once: the code as it would stand after each fix in its turn."""

from collections.abc import Iterable, Iterator, Sequence

from .flow import follow
from .mending import Fix
from .reading import Cell, UnreadableError, read_cells
from .rule import Found, Rule
from .rules import RULES

Texts = Sequence[tuple[int | None, str]]


def mended(texts: Texts, rules: Sequence[Rule] = RULES) -> Texts:
    """The cells of a review, every fault mended of which it is known how; questions are left.

    What one rule mends the next one reads, worst first, so that two of them may change one line.

    >>> print(mended([(None, "sns.heatmap(df.corr(), vmin=0, vmax=1, cmap='jet')")])[0][1])
    sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap="RdBu_r")
    """
    cells = read_cells(texts)
    program = follow(cells)
    for rule in sorted(rules, key=lambda rule: -rule.severity):
        fixes = list(_apart(rule.find(program)))
        if fixes:
            cells = _after(cells, fixes)
            program = follow(cells)
    return [(cell.number, cell.text) for cell in cells]


def _apart(found: Iterable[Found]) -> Iterator[Fix]:
    """The fixes of one rule that do not touch each other."""
    taken: list[tuple[int, int, int]] = []
    for each in found:
        if each.fix is None or each.is_question:
            continue
        places = [(id(edit.cell), edit.start, edit.end) for edit in each.fix.edits]
        if not any(_touch(place, other) for place in places for other in taken):
            taken += places
            yield each.fix


def _touch(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]


def _after(cells: tuple[Cell, ...], fixes: Sequence[Fix]) -> tuple[Cell, ...]:
    """The cells with the fixes in them; as they were if that were no Python."""
    fix = Fix(tuple(edit for each in fixes for edit in each.edits))
    try:
        return read_cells([(cell.number, fix.applied(cell)) for cell in cells])
    except UnreadableError:
        return cells
