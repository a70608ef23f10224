"""A call as it was met, and what was given to which parameter."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..reading import Cell
from .values import Constant, Value


@dataclass(frozen=True)
class Argument:
    """What a call was given for one of its parameters.

    node     the expression, which may stand elsewhere: in a dictionary of keywords
    keyword  the `name=...` of the call that it came by, if it did
    is_seen  the expression is where the value is written; a `**others` may hide it
    """

    value: Value
    node: ast.expr
    keyword: ast.keyword | None = None
    is_seen: bool = True

    @property
    def constant(self) -> object:
        """The constant that it is, or `...` where that is not known."""
        return self.value.value if isinstance(self.value, Constant) else ...


@dataclass(frozen=True, eq=False)
class Call:
    """A call of something that the code did not define itself.

    node       where it stands
    cell       the cell that it stands in
    path       what is called: "seaborn.heatmap", "pandas.DataFrame.corr", or ".corr" where it is
               not known whose method it is
    owner      what the method belongs to, if it is one
    arguments  by the parameters' names; positional ones of unknown functions by their place
    is_open    there may be arguments that are not listed
    inside     the loops, comprehensions and functions around it, the outermost first
    """

    node: ast.Call
    cell: Cell = field(repr=False)
    path: str
    owner: Value | None = field(repr=False)
    arguments: Mapping[str | int, Argument] = field(repr=False)
    is_open: bool = False
    inside: tuple[ast.AST, ...] = field(default=(), repr=False)

    @cached_property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def line(self) -> int:
        return self.node.lineno

    def is_named(self, *names: str) -> bool:
        """Whether it is one of these, by the last part of the path or by all of it."""
        return self.path in names or self.name in names

    def argument(self, *names: str | int) -> Argument | None:
        """What was given under the first of these names that was given."""
        for name in names:
            if name in self.arguments:
                return self.arguments[name]
        return None

    def constant(self, *names: str | int, default: object = ...) -> object:
        """The constant that was given, the default if nothing was, `...` if it is not known."""
        given = self.argument(*names)
        if given is not None:
            return given.constant
        return ... if self.is_open else default

    def surely_lacks(self, *names: str | int) -> bool:
        """Whether nothing is given under any of these names."""
        return not self.is_open and self.argument(*names) is None
