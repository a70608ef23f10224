"""How what is found of a map is said, where it is not sure what the map shows."""

import ast

from ...maps import Map
from ...mending import Fix
from ...rule import Found


def said(
    drawn: Map,
    sentence: str,
    fix: Fix | None = None,
    *,
    node: ast.AST | None = None,
    is_question: bool = False,
) -> Found:
    """What is found of a map, at its call. Of one that only seems to show correlations, it asks."""
    if drawn.supposed:
        sentence = f"Does `{drawn.supposed}` hold correlations? {sentence}"
    return Found(
        drawn.call.cell,
        drawn.call.node if node is None else node,
        sentence,
        fix,
        is_question=is_question or bool(drawn.supposed),
    )
