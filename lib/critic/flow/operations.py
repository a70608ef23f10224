"""What arithmetic and brackets make of values."""

import ast
import operator
from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from .known.pandas import chosen
from .values import (
    Comparison,
    Constant,
    Dictionary,
    Extreme,
    Frame,
    Items,
    Measure,
    Member,
    Operation,
    Part,
    Selection,
    Triangle,
    Value,
    join,
)

_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LARGEST = 1e12


def compute(sign: ast.operator, left: Value, right: Value) -> Value:
    """What is known of `left sign right`."""
    if isinstance(left, Constant) and isinstance(right, Constant):
        return _computed(sign, left.value, right.value)
    sources = (left, right)
    if isinstance(left, Measure) and isinstance(right, Measure) and isinstance(sign, ast.Sub):
        return replace(left, sources=sources, call=None, name=None, ends=None, is_whole=False)
    if isinstance(left, Measure) and isinstance(right, Measure) and isinstance(sign, ast.Add):
        is_whole = left.is_whole and right.is_whole
        return replace(left, sources=sources, call=None, name=None, ends=None, is_whole=is_whole)
    if isinstance(sign, ast.Mult | ast.Div):
        for measure, other in ((left, right), (right, left)):
            is_scaled = isinstance(other, Constant) and isinstance(other.value, int | float)
            if isinstance(measure, Measure) and is_scaled and measure is not right:
                return replace(measure, sources=sources, call=None, ends=None)
    if isinstance(left, Extreme) and isinstance(right, Constant):  # with a margin
        return replace(left, sources=sources, call=None)
    return Operation(operator=type(sign).__name__, left=left, right=right, sources=sources)


def _computed(sign: ast.operator, left: object, right: object) -> Value:
    compute = _ARITHMETIC.get(type(sign))
    if compute is not None and _is_number(left) and _is_number(right):
        try:
            return Constant(value=compute(left, right))  # type: ignore[arg-type]
        except (ZeroDivisionError, OverflowError):
            return Value()
    return Value()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < _LARGEST


def invert(sign: ast.unaryop, value: Value) -> Value:
    """What is known of `-value`, `~value` and `not value`."""
    match sign, value:
        case ast.USub(), Constant(value=int(number) | float(number)):
            return Constant(value=-number)
        case ast.Invert(), Triangle(half=half, k=k):
            other = "lower" if half == "upper" else "upper"
            return Triangle(half=other, k=1 - k, sources=(value,))  # type: ignore[arg-type]
        case ast.USub(), Measure():
            return replace(value, sources=(value,), call=None, is_whole=False)
    return Value(sources=(value,))


def subscript(owner: Value, key: Value, node: ast.expr) -> Value:
    """What is known of `owner[key]`."""
    match owner, key:
        case Items(items=items), Constant(value=int(place)) if -len(items) <= place < len(items):
            return items[place]
        case Dictionary(items=items), Constant(value=name) if name in items:
            return items[name]
        case Dictionary(items=items), Value() if items and not owner.is_open:
            return reduce(join, items.values())
        case Frame(), _:
            return chosen(owner, key)
        case Member(owner=Frame() as frame, name="loc"), Items(items=(_, columns)):
            return chosen(frame, columns)
        case Member(owner=Frame() as frame, name="loc" | "iloc"), _:
            return Frame(sources=(frame, key))
        case Member(owner=Measure() | Triangle() as matrix, name="loc" | "iloc"), _:
            return _cut(matrix, key, node, owner)
        case (Measure() | Triangle()) as matrix, _:
            return _cut(matrix, key, node, owner)
        case Value(), Items(items=(Constant(value=str()), *_)):  # only tables take a list of names
            return chosen(Frame(sources=(owner,)), key)
        case Value(), Constant(value=int(place)):
            return Part(of=owner, which=place, sources=(owner,))
    return Selection(of=owner, key=key, sources=(owner, key))


def _cut(matrix: Measure | Triangle, key: Value, node: ast.expr, owner: Value) -> Value:
    """A part of a matrix: some of its rows and columns."""
    edges = matrix.edges | _edges(node)
    if isinstance(matrix, Triangle):
        return replace(matrix, sources=(matrix,), call=None, edges=edges)
    if isinstance(key, Comparison):  # cells that fail become gaps
        if isinstance(key.left, Measure):  # of one sign, perhaps
            return Value(sources=(matrix, key))
        return replace(matrix, sources=(matrix, key), call=None, is_whole=False)
    is_one_column = owner is matrix and isinstance(key, Constant)
    if is_one_column:
        return Part(of=matrix, which=str(key), sources=(matrix,))
    return replace(matrix, sources=(matrix, key), call=None, is_whole=False, edges=edges, side=None)


def _edges(node: ast.expr) -> frozenset[str]:
    """What `[1:, :-1]` and the like cut off."""
    if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
        return frozenset({"unknown"})
    cut = set()
    for name, part in zip(("row", "column"), node.elts, strict=True):
        match part:
            case ast.Slice(lower=None, upper=None, step=None):
                pass
            case ast.Slice(lower=ast.Constant(value=1), upper=None, step=None):
                cut.add(f"first {name}")
            case ast.Slice(
                lower=None,
                upper=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)),
                step=None,
            ):
                cut.add(f"last {name}")
            case _:
                cut.add("unknown")
    return frozenset(cut)
