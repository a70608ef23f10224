"""What the arguments of a call are, once its `**others` are looked into."""

import ast
from collections.abc import Sequence

from .calls import Argument
from .values import Dictionary, Value

Keywords = Sequence[tuple[ast.keyword, Value]]
"""The keywords of a call with their values; that of `**others` has no name."""


def assigned(
    names: Sequence[str], node: ast.Call, given: Sequence[Value], keywords: Keywords
) -> tuple[dict[str | int, Argument], bool]:
    """What was given to which parameter, and whether there may be more."""
    arguments: dict[str | int, Argument] = {}
    for place, (each, value) in enumerate(zip(node.args, given, strict=True)):
        if isinstance(each, ast.Starred):
            return arguments | _by_name(keywords), True
        arguments[names[place] if place < len(names) else place] = Argument(value, each)
    return arguments | _by_name(keywords), _is_open(keywords)


def _by_name(keywords: Keywords) -> dict[str | int, Argument]:
    arguments: dict[str | int, Argument] = {}
    for keyword, value in keywords:
        if keyword.arg is not None:
            arguments[keyword.arg] = Argument(value, keyword.value, keyword)
        elif isinstance(value, Dictionary):
            for name, each in value.items.items():
                seen = value.nodes.get(name)
                written = keyword.value if seen is None else seen
                arguments[str(name)] = Argument(each, written, is_seen=seen is not None)
    return arguments


def _is_open(keywords: Keywords) -> bool:
    others = [value for keyword, value in keywords if keyword.arg is None]
    return not all(isinstance(each, Dictionary) and not each.is_open for each in others)


def dictionary(keywords: Keywords) -> Dictionary:
    """What `dict(...)` makes of its keywords."""
    items = {str(name): each.value for name, each in _by_name(keywords).items()}
    nodes = {str(name): each.node for name, each in _by_name(keywords).items() if each.is_seen}
    return Dictionary(
        items=items,
        nodes=nodes,
        is_open=_is_open(keywords),
        sources=tuple(items.values()),
    )
