"""The grammar of lines that a learner writes: assignments and expressions, and nothing else.

What is not named here is refused, with what to write instead. What is left has no loop, so that
the work of a program is the sum of its calls; see `guards`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from types import CodeType, EllipsisType

from RestrictedPython.compile import compile_restricted_exec
from RestrictedPython.transformer import RestrictingNodeTransformer

from .refused import Refused, as_code
from .sizes import MOST_LETTERS

FILE = "<lines>"
"""What the compiled lines call their file, in a traceback."""
VALUE = "value"
"""The name under which the last expression is kept; no learner can write it, see `compiled`."""

_DEEPEST = 40
_LONGEST_NUMBER = 2**53

_ALLOWED = (
    ast.Module, ast.Expr, ast.Assign, ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Call,
    ast.keyword, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Constant,
    ast.List, ast.Tuple, ast.Dict, ast.expr_context, ast.boolop, ast.unaryop, ast.cmpop,
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult,
    ast.BitAnd, ast.BitOr, ast.BitXor,
)  # fmt: skip

_LOOP = "a loop is not needed here: pandas and NumPy work on whole columns at once"
_DEFINITION = "no function can be defined here: write the steps one under the other"
_COMPREHENSION = "a comprehension is not needed here: pandas and NumPy work on whole columns"
_IMPORT = "nothing needs to be imported: `np`, `pd` and `stats` are there already"
DRAWING = {"sns": "seaborn", "plt": "matplotlib"}
"""What a script draws with, below the lines: no line gives these names to something else."""
DRAWN = "the page draws what the last line gives: lines need not draw"
_INSTEAD: dict[type[ast.AST], str] = {
    ast.For: _LOOP,
    ast.While: _LOOP,
    ast.AsyncFor: _LOOP,
    ast.FunctionDef: _DEFINITION,
    ast.AsyncFunctionDef: _DEFINITION,
    ast.ClassDef: _DEFINITION,
    ast.Lambda: "`lambda` cannot be used here: call methods on the whole table. `axis=0` works "
    "down each column, `axis=1` along each row",
    ast.ListComp: _COMPREHENSION,
    ast.SetComp: _COMPREHENSION,
    ast.DictComp: _COMPREHENSION,
    ast.GeneratorExp: _COMPREHENSION,
    ast.Import: _IMPORT,
    ast.ImportFrom: _IMPORT,
    ast.JoinedStr: "an f-string cannot be used here: the result is a table or a number, no text",
    ast.If: "`if` cannot be used as a statement here: choose with `.where` or `np.where`",
    ast.AnnAssign: "a name needs no type here",
    ast.NamedExpr: "give a name with `=` on a line of its own, not with `:=`",
    ast.Delete: "nothing can be deleted here: leave columns out with `.drop(columns=[...])`",
    ast.Starred: "a `*` before a name cannot be used here: write the parts one by one",
    ast.Set: "a set in braces cannot be used here: write a list in square brackets",
    ast.LShift: "`<<` cannot be used here",
    ast.RShift: "`>>` cannot be used here",
}


def parsed(code: str) -> ast.Module:
    """The lines as a tree.

    SyntaxError as Python has it; Refused for what the grammar does not allow.
    """
    try:
        tree = ast.parse(code, FILE)
    except (RecursionError, MemoryError):
        raise Refused("The lines are nested too deeply: give parts of them a name.") from None
    except ValueError as error:
        raise Refused(f"Python cannot read this: {error}.") from None
    _check_depth(tree)
    own = {name for name, _ in assigned(tree)}
    for node in ast.walk(tree):
        _check(node, own)
    return tree


def assigned(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The names that are assigned, each with its line."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield statement.targets[0].id, statement.lineno


def compiled(tree: ast.Module, taken: Collection[str]) -> CodeType:
    """Code that leaves the value of its last line under `_value`.

    Refused where a line assigns to a name that is `taken`.
    """
    for name, line in assigned(tree):
        if name in taken:
            raise Refused(f"`{name}` is taken. Give what you make a name of its own.", line)
    result = compile_restricted_exec(tree, filename=FILE, policy=_Guarding)
    if result.code is None:
        raise Refused(f"This cannot be run here ({'; '.join(result.errors)}).")
    return result.code


def _check_depth(tree: ast.Module) -> None:
    """Without recursion: that is what a deep tree would exhaust."""
    level: list[ast.AST] = [tree]
    for _ in range(2 * _DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    if level:
        line = getattr(level[0], "lineno", None)
        raise Refused("This is nested too deeply: give parts of it a name.", line)


def _check(node: ast.AST, own: Collection[str]) -> None:
    line = getattr(node, "lineno", None)
    if isinstance(node, ast.AugAssign):
        raise Refused(_written_out(node, own), line)
    if isinstance(node, ast.Import | ast.ImportFrom) and _is_drawing(node):
        raise Refused(f"{DRAWN[0].upper()}{DRAWN[1:]}, and nothing needs to be imported.", line)
    if not isinstance(node, _ALLOWED):
        kind = type(node)
        instead = _INSTEAD.get(kind, f"`{kind.__name__.lower()}` cannot be used here")
        raise Refused(f"{instead[0].upper()}{instead[1:]}.", line)
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name.startswith("_"):
            raise Refused(
                f"`{name}` begins with an underscore: that belongs to Python's own works and "
                "cannot be used here.",
                line,
            )
        case ast.Name(id="print"):
            raise Refused("`print` is not needed: what the last line gives is shown.", line)
        case ast.Constant(value=bytes() | complex() | EllipsisType()):
            raise Refused("Only numbers and text can be written here.", line)
        case ast.Constant(value=int() as number) if abs(number) > _LONGEST_NUMBER:
            raise Refused("That number is too long.", line)
        case ast.Constant(value=str() as text) if len(text) > MOST_LETTERS:
            raise Refused(f"A text may have {MOST_LETTERS} letters here.", line)
        case ast.keyword(arg=None):
            raise Refused("`**` before a name cannot be used here: write the arguments out.")
        case ast.Compare(ops=ops) if len(ops) > 1:
            raise Refused(
                "Two comparisons in a row need brackets and `&`: `(a < b) & (b < c)`.", line
            )
        case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
            raise Refused("Compare with `==`, or with `.isna()`, not with `is`.", line)
        case ast.Assign():
            _check_assignment(node, own)


def _is_drawing(node: ast.Import | ast.ImportFrom) -> bool:
    named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
    return any((name or "").partition(".")[0] in DRAWING.values() for name in named)


def _written_out(node: ast.AugAssign, own: Collection[str]) -> str:
    """The same change as an assignment, with all that it needs: brackets, and a table to write into
    where the learner has not made that one."""
    sign = ast.unparse(ast.AugAssign(_X, node.op, _X)).split()[1]
    table, place = _table_and_place(node.target)
    if not place and table in own:
        return f"`{sign}` cannot be used here: write {as_code(f'{table} = {table} {sign[:-1]} …')}."
    if not place:
        return (
            f"`{sign}` cannot be used here: write {as_code(f'mine = {table} {sign[:-1]} …')}, with "
            "a name of your own on the left."
        )
    mine, copied = _copied_first(table, own)
    written = as_code(f"{mine}{place} = {mine}{place} {sign[:-1]} …")
    return f"`{sign}` cannot be used here: {copied}write {written}."


_X = ast.Name("x", ast.Store())


def _table_and_place(target: ast.expr) -> tuple[str, str]:
    """What is written into, and where in it, as lines write that: `mine`, `["rate"]`."""
    if isinstance(target, ast.Attribute):
        return ast.unparse(target.value), f'["{target.attr}"]'
    if isinstance(target, ast.Subscript):
        table = ast.unparse(target.value)
        place = ast.unparse(target).removeprefix(table).replace("'", '"')
        indexer = table.rpartition(".")
        return (indexer[0], f".{indexer[2]}{place}") if indexer[2] in _INDEXERS else (table, place)
    return ast.unparse(target), ""


_INDEXERS = ("loc", "iloc", "at")


def _copied_first(table: str, own: Collection[str]) -> tuple[str, str]:
    """The name of a table of the learner's own, and what to write before it can be written into."""
    if table in own:
        return table, ""
    return "mine", f"begin with {as_code(f'mine = {table}.copy()')}, and on the next line "


def _check_assignment(node: ast.Assign, own: Collection[str]) -> None:
    target = node.targets[0]
    if len(node.targets) > 1 or isinstance(target, ast.Tuple | ast.List):
        raise Refused("Give one name on each line.", node.lineno)
    if isinstance(target, ast.Attribute):
        mine, copied = _copied_first(ast.unparse(target.value), own)
        column = as_code(f'{mine}["{target.attr}"] = …')
        raise Refused(
            f"To write into a column, name it in brackets: {copied}write {column}.", node.lineno
        )


class _Guarding(RestrictingNodeTransformer):
    """Beside attributes, items and writing, which RestrictedPython guards: all that works."""

    def visit_Module(self, node: ast.Module) -> ast.AST:  # noqa: N802
        last = node.body[-1]
        super().visit_Module(node)
        if isinstance(last, ast.Expr):
            kept = ast.Assign([ast.Name(f"_{VALUE}", ast.Store())], last.value)
            node.body[-1] = ast.fix_missing_locations(ast.copy_location(kept, last))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:  # noqa: N802
        self.node_contents_visit(node)
        called = self._guard("_call_", node, [node.func, *node.args])
        called.keywords = node.keywords
        return called

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:  # noqa: N802
        self.node_contents_visit(node)
        return self._operated(node, node.op, [node.left, node.right])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:  # noqa: N802
        self.node_contents_visit(node)
        return self._operated(node, node.op, [node.operand])

    def visit_Compare(self, node: ast.Compare) -> ast.AST:  # noqa: N802
        self.node_contents_visit(node)
        return self._operated(node, node.ops[0], [node.left, *node.comparators])

    def visit_Slice(self, node: ast.Slice) -> ast.AST:  # noqa: N802
        self.node_contents_visit(node)
        nothing = ast.Constant(None)
        return self._guard(
            "_slice_", node, [p or nothing for p in (node.lower, node.upper, node.step)]
        )

    def visit_List(self, node: ast.List) -> ast.AST:  # noqa: N802
        return self._displayed(node)

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:  # noqa: N802
        return self._displayed(node)

    def visit_Dict(self, node: ast.Dict) -> ast.AST:  # noqa: N802
        """The pairs one by one: as a display it would hash keys before anyone has seen them."""
        self.node_contents_visit(node)
        keys = [key for key in node.keys if key is not None]
        parts = [part for pair in zip(keys, node.values, strict=True) for part in pair]
        return self._guard("_dict_", node, parts)

    def _displayed(self, node: ast.List | ast.Tuple) -> ast.AST:
        self.node_contents_visit(node)
        return self._guard("_display_", node, [node])

    def _operated(self, node: ast.expr, operator: ast.AST, operands: list[ast.expr]) -> ast.AST:
        name: ast.expr = ast.Constant(type(operator).__name__)
        return self._guard("_operate_", node, [name, *operands])

    def _guard(self, name: str, node: ast.AST, arguments: list[ast.expr]) -> ast.Call:
        call = ast.Call(ast.Name(name, ast.Load()), arguments, [])
        return ast.fix_missing_locations(ast.copy_location(call, node))
