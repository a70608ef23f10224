"""What computes and draws in a script, short enough for paper."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

_SHORT = 60


def gist(recipe: str) -> str:
    """A recipe without imports and settings; if it is still long, without bodies of functions.

    Settings are the literals that it assigns before anything else. Of a function its first line
    stays, and what it says of itself.

    >>> print(gist("import math\\n\\nn = 2\\n\\nroot = math.sqrt(n)\\nprint(root)\\n"))
    root = math.sqrt(n)
    print(root)
    """
    lines = recipe.splitlines()
    statements = list(_working(ast.parse(recipe).body))
    parts = [_with_gap(lines, node, node.end_lineno) for node in statements]
    if sum(map(len, parts)) > _SHORT:
        parts = [_outside(lines, node) for node in statements]
    text = "\n".join(line for part in parts for line in part).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text)


def _working(statements: Iterable[ast.stmt]) -> Iterable[ast.stmt]:
    has_begun = False
    for node in statements:
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        has_begun = has_begun or not _is_setting(node)
        if has_begun:
            yield node


def _is_setting(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign):
        return False
    try:
        ast.literal_eval(node.value)
    except ValueError:
        return False
    return True


def _outside(lines: list[str], node: ast.stmt) -> list[str]:
    """A statement; of a function what stands outside its body."""
    if not isinstance(node, ast.FunctionDef):
        return _with_gap(lines, node, node.end_lineno)
    if ast.get_docstring(node) is not None:
        return [*_with_gap(lines, node, node.body[0].end_lineno), "    ..."]
    *before, last = _with_gap(lines, node, node.body[0].lineno - 1)
    return [*before, f"{last} ..."]


def _with_gap(lines: list[str], node: ast.stmt, end: int | None) -> list[str]:
    """The lines of a statement up to `end`, with the comments and empty lines before it."""
    start = node.lineno - 1
    while start > 0 and (not lines[start - 1] or lines[start - 1].startswith(("#", "@"))):
        start -= 1
    return lines[start:end]
