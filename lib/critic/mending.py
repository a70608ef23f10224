"""Changes of code: arguments set and dropped, expressions replaced, lines put before a statement.

Only what changes is touched; the rest of the text stays as its author wrote it.
"""

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .flow import Argument, Call
from .reading import Cell, UnreadableError, read_cells


@dataclass(frozen=True)
class Edit:
    """The text between two places of a cell, and what stands there afterwards."""

    cell: Cell
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fix:
    """Edits that belong together.

    >>> cell = Cell(None, "draw(r)", ast.parse("draw(r)"))
    >>> Fix((Edit(cell, 6, 6, ", vmin=-1"),)).applied(cell)
    'draw(r, vmin=-1)'
    """

    edits: tuple[Edit, ...]

    def applied(self, cell: Cell) -> str:
        """The text of a cell afterwards."""
        return _edited(cell.text, [edit for edit in self.edits if edit.cell is cell], 0)

    @property
    def cells(self) -> list[Cell]:
        return list({id(edit.cell): edit.cell for edit in self.edits}.values())

    @property
    def lines(self) -> str:
        """The statements that changed, as they stand afterwards, in whole lines."""
        return "\n".join(_changed(cell.text, self.applied(cell)) for cell in self.cells)


def _edited(text: str, edits: Sequence[Edit], start: int) -> str:
    """A part of a cell that begins at `start` after edits within it."""
    for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
        text = text[: edit.start - start] + edit.text + text[edit.end - start :]
    return text


def _changed(before: str, after: str) -> str:
    old, new = before.split("\n"), after.split("\n")
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    first, last = _whole_statements(after, first, len(new) - last)
    return "\n".join(new[first:last])


def _whole_statements(text: str, first: int, last: int) -> tuple[int, int]:
    """Lines from `first` up to `last`, and those of the statements that reach into them.

    Of a loop and its like that is the head alone. Lines count from zero, `last` is left out.
    """
    try:
        (cell,) = read_cells([(None, text)])
    except UnreadableError:
        return first, last
    for node in cell.nodes:
        if isinstance(node, ast.stmt):
            begin, end = _lines_of(node)
            if begin < last and first < end:
                first, last = min(first, begin), max(last, end)
    return first, last


def _lines_of(statement: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, or of what stands before its body."""
    body: list[ast.stmt] = getattr(statement, "body", [])
    begin = _first_line(statement) - 1
    return begin, (_first_line(body[0]) - 1 if body else statement.end_lineno or begin + 1)


def joined(*fixes: Fix | None) -> Fix | None:
    """One fix of several; None if one of them is not known."""
    edits: list[Edit] = []
    for fix in fixes:
        if fix is None:
            return None
        edits += fix.edits
    return Fix(tuple(edits))


def replaced(cell: Cell, node: ast.AST, text: str) -> Fix | None:
    """Another expression in the place of one; None if it stands in another cell."""
    if not cell.holds(node):
        return None
    return Fix((Edit(cell, *cell.span(node), text),))


def with_arguments(call: Call, wanted: Mapping[str, str], drop: Sequence[str] = ()) -> Fix | None:
    """The call with these arguments, in the place of what it had under their names.

    None if that cannot be written down: an argument comes out of a variable.
    """
    edits: list[Edit] = []
    added = []
    for name, text in wanted.items():
        given = call.arguments.get(name)
        if given is None:
            added.append(f"{name}={text}")
        else:
            change = replaced(call.cell, given.node, text) if given.is_seen else None
            if change is None:
                return None
            edits += change.edits
    for name in drop:
        given = call.arguments.get(name)
        if given is None or given.keyword is None or given.keyword not in call.node.keywords:
            return None
        edits.append(_dropped(call, given))
    if added:
        edits.append(_added(call, ", ".join(added)))
    return Fix(tuple(edits))


def _places(call: Call) -> list[ast.expr | ast.keyword]:
    given: list[ast.expr | ast.keyword] = [*call.node.args, *call.node.keywords]
    return sorted(given, key=lambda each: call.cell.span(each)[0])


def _added(call: Call, text: str) -> Edit:
    places = _places(call)
    if not places:
        end = call.cell.span(call.node)[1] - 1
        return Edit(call.cell, end, end, text)
    end = call.cell.span(places[-1])[1]
    return Edit(call.cell, end, end, f", {text}")


def _dropped(call: Call, argument: Argument) -> Edit:
    places = _places(call)
    number = next(place for place, each in enumerate(places) if each is argument.keyword)
    start, end = call.cell.span(places[number])
    if number + 1 < len(places):
        return Edit(call.cell, start, call.cell.span(places[number + 1])[0], "")
    if number:
        return Edit(call.cell, call.cell.span(places[number - 1])[1], end, "")
    return Edit(call.cell, start, end, "")


def put_before(cell: Cell, node: ast.AST, lines: Sequence[str]) -> Fix | None:
    """Lines before the statement in which something stands; None if there is no room."""
    statement = cell.statement_around(node)
    indent = None if statement is None else _indent(cell, statement)
    if statement is None or indent is None:
        return None
    start = cell.offset(_first_line(statement), statement.col_offset)
    if cell.text.startswith("elif", start):
        return None
    return Fix((Edit(cell, start, start, "".join(f"{line}\n{indent}" for line in lines)),))


def _first_line(statement: ast.stmt) -> int:
    """Where a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def put_after(cell: Cell, node: ast.AST, lines: Sequence[str]) -> Fix | None:
    """Lines after the statement in which something stands; None if others share its lines."""
    statement = cell.statement_around(node)
    indent = None if statement is None else _indent(cell, statement)
    if statement is None or indent is None:
        return None
    end = cell.span(statement)[1]
    rest = cell.text[end:].partition("\n")[0]
    if rest.strip() and not rest.lstrip().startswith("#"):
        return None
    end += len(rest)
    return Fix((Edit(cell, end, end, "".join(f"\n{indent}{line}" for line in lines)),))


def _indent(cell: Cell, statement: ast.stmt) -> str | None:
    indent = cell.lines[statement.lineno - 1][: statement.col_offset]
    return None if indent.strip() else indent


def without_call(call: Call, note: str) -> Fix | None:
    """The owner of a method in the place of its result; of a statement a note alone remains.

    None if the call is no method, or a statement within another.
    """
    if not isinstance(call.node.func, ast.Attribute):
        return None
    owner = call.cell.segment(call.node.func.value)
    statement = call.cell.statement_around(call.node)
    match statement:
        case ast.Expr(value=value) if value is call.node:
            is_within = statement not in call.cell.tree.body
            return None if is_within else replaced(call.cell, statement, note)
        case ast.Assign(targets=[target], value=value) if value is call.node:
            if statement in call.cell.tree.body and call.cell.segment(target) == owner:
                return replaced(call.cell, statement, note)
    return replaced(call.cell, call.node, owner)


def on_the_way(call: Call, text: str) -> Fix | None:
    """Another method on the owner of a method, before it: `table.corr()` gets a `.drop()`."""
    if not isinstance(call.node.func, ast.Attribute):
        return None
    end = call.cell.span(call.node.func.value)[1]
    return Fix((Edit(call.cell, end, end, text),))


def fresh(name: str, cell: Cell, taken: Collection[str] = ()) -> str:
    """A name like this one that the cell does not use, and that is not taken."""
    while name in cell.names or name in taken:
        name += "_"
    return name


def root(node: ast.expr) -> str | None:
    """The name that an expression begins with: `a` of `a["x"].diff()`."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def serves_only(cells: Sequence[Cell], cell: Cell, made: ast.AST, use: ast.AST) -> bool:
    """Whether what an expression gives is read in one other expression alone.

    It may go there by names: `counts = count(x)`, `shown = pd.DataFrame(counts)`, `draw(shown)`.
    """
    statement = cell.statement_around(made)
    if statement is None or use in ast.walk(statement):
        return statement is not None
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]):
            reads = list(_reads_after(cells, cell, statement, name))
            inner = [read for read in reads if not any(read[1] is each for each in ast.walk(use))]
            return len(reads) > 0 and all(
                len(reads) == 1 and serves_only(cells, where, read, use) for where, read in inner
            )
    return False


def _reads_after(
    cells: Sequence[Cell], cell: Cell, statement: ast.stmt, name: str
) -> Iterator[tuple[Cell, ast.Name]]:
    """Where a name is read below a statement."""
    for each in cells[cells.index(cell) :]:
        for node in each.nodes:
            if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
                continue
            is_below = each is not cell or node.lineno > (statement.end_lineno or 0)
            if is_below and node.id == name:
                yield each, node
