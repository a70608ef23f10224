"""What was met on the way through a document, in the order in which it would run."""

import ast
from dataclasses import dataclass, field

from ..reading import Cell
from .calls import Call
from .values import Comparison, Value


@dataclass(frozen=True, eq=False)
class Subscript:
    """`owner[key]`, read or written.

    stored  what was written there, or None
    result  what was read there
    """

    node: ast.Subscript
    cell: Cell
    owner: Value
    key: Value
    result: Value
    stored: Value | None = None
    inside: tuple[ast.AST, ...] = ()


@dataclass(frozen=True, eq=False)
class Compared:
    """A comparison, such as `abs(r) > 0.8`."""

    node: ast.Compare
    cell: Cell
    value: Comparison
    inside: tuple[ast.AST, ...] = ()


@dataclass(eq=False)
class Program:
    """Everything that rules look at.

    calls        of libraries and of methods, in their order; those within a function once for
                 each way in which it was called
    results      what each call gave
    subscripts   what was read or written in brackets
    comparisons  of anything
    cells        what was gone through
    """

    calls: list[Call] = field(default_factory=list)
    results: dict[int, Value] = field(default_factory=dict)
    subscripts: list[Subscript] = field(default_factory=list)
    comparisons: list[Compared] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    def called(self, *names: str) -> list[Call]:
        """The calls of these names, by the last part of the path or by all of it."""
        return [call for call in self.calls if call.is_named(*names)]

    def result(self, call: Call) -> Value:
        return self.results[id(call)]
