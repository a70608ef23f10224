"""What may be known of an expression without running it.

Every value remembers what it was computed from, so that a rule can ask where it came from. A value
of which nothing is known is a plain `Value`. Where two branches disagree, nothing is known.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from .calls import Call
    from .scope import Scope

_LONGEST_LINEAGE = 400


@dataclass(frozen=True, eq=False, kw_only=True)
class Value:
    """A value, known or not.

    sources  the values that it was computed from; of a method's result the owner comes first
    call     the call that gave it, if one did
    """

    sources: tuple["Value", ...] = field(default=(), repr=False)
    call: "Call | None" = field(default=None, repr=False)

    def lineage(self) -> Iterator["Value"]:
        """The value, what it was computed from, and so on: nearest first, each once."""
        waiting, seen = [self], {id(self)}
        while waiting and len(seen) < _LONGEST_LINEAGE:
            value = waiting.pop(0)
            yield value
            for source in value.sources:
                if id(source) not in seen:
                    seen.add(id(source))
                    waiting.append(source)

    def way(self) -> "Iterator[Value]":
        """The value, what it is a part, a view or a method's result of, and so on: nearest first.

        It ends where several values come together, as in a sum.
        """
        value: Value | None = self
        for _ in range(_LONGEST_LINEAGE):
            if value is None:
                return
            yield value
            value = value.before

    @property
    def before(self) -> "Value | None":
        """The one value that this one was made of; None if there are several, or none."""
        if self.call is None:
            return None
        if self.call.owner is not None:
            return self.call.owner
        given = next(iter(self.call.arguments.values()), None)
        return None if given is None else given.value

    def came_through(self, *names: str) -> "Call | None":
        """The latest call of one of these names on the way to the value.

        A name is the last part, as in "fillna", or a whole path, as in "pandas.read_csv".
        """
        for value in self.lineage():
            if value.call is not None and value.call.is_named(*names):
                return value.call
        return None


@dataclass(frozen=True, eq=False, kw_only=True)
class Constant(Value):
    """A number, a text, True, False or None that stands in the code."""

    value: object


@dataclass(frozen=True, eq=False, kw_only=True)
class Items(Value):
    """A list or a tuple whose members are written out."""

    items: tuple[Value, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Dictionary(Value):
    """A dictionary whose keys are constants. An open one may hold others as well.

    nodes  the expressions behind its values, where they are written out
    """

    items: Mapping[Any, Value]
    nodes: Mapping[Any, ast.expr] = field(default_factory=dict)
    is_open: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Library(Value):
    """A module, or something in it, by its full path: `pandas.read_csv`."""

    path: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Instance(Value):
    """An object of a class of a library, by the path of the class: a model, a scaler."""

    of: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Function(Value):
    """A function that the code defines itself.

    scope     the names around it
    writes    it writes into something in brackets, which may be what it was given
    of_class  the identity of the class whose method it is
    """

    definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: "Scope"
    writes: bool
    of_class: int | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Member(Value):
    """An attribute of a value, such as a method that is about to be called."""

    owner: Value = field(repr=False)
    name: str

    @property
    def before(self) -> Value | None:
        return self.owner


@dataclass(frozen=True, eq=False, kw_only=True)
class Selection(Value):
    """What stands in brackets behind a value of which little is known: `x[:, 1]`."""

    of: Value = field(repr=False)
    key: Value = field(repr=False)

    @property
    def before(self) -> Value | None:
        return self.of


@dataclass(frozen=True, eq=False, kw_only=True)
class Operation(Value):
    """`left + right` and the like, where it is no constant."""

    operator: str
    left: Value = field(repr=False)
    right: Value = field(repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Part(Value):
    """One of several that come together: by its place, or by its name.

    `_, p = pearsonr(x, y)` makes p the part 1, `pearsonr(x, y).pvalue` the part "pvalue".
    """

    of: Value = field(repr=False)
    which: int | str

    @property
    def before(self) -> Value | None:
        return self.of


@dataclass(frozen=True, eq=False, kw_only=True)
class Element(Value):
    """One of the members of something that is gone through in a loop."""

    of: Value = field(repr=False)

    @property
    def before(self) -> Value | None:
        return self.of


@dataclass(frozen=True, eq=False, kw_only=True)
class Comparison(Value):
    """`left > right`, cell by cell where one of them is a table."""

    operator: str
    left: Value
    right: Value


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame(Value):
    """A table with rows of observations.

    columns      what is known of its columns, by name
    is_complete  there are no other columns
    width        how many columns there are, if that is known
    """

    columns: Mapping[str, Value] = field(default_factory=dict, repr=False)
    is_complete: bool = False
    width: int | None = None

    @property
    def before(self) -> Value | None:
        is_made = self.call is not None and self.call.owner is None
        is_joined = len(self.sources) > 1 and isinstance(self.sources[1], Frame)
        if is_made or not self.sources or is_joined:
            return super().before
        return self.sources[0]

    def column(self, name: str) -> Value:
        known = self.columns.get(name)
        return known if known is not None else Column(of=self, name=name, sources=(self,))


@dataclass(frozen=True, eq=False, kw_only=True)
class Column(Value):
    """A column as it lies in its table."""

    of: Value = field(repr=False)
    name: str

    @property
    def before(self) -> Value | None:
        return self.of


@dataclass(frozen=True, eq=False, kw_only=True)
class Names(Value):
    """The names of a table's columns: `table.columns`."""

    of: Value = field(repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Measure(Value):
    """A matrix of a signed measure, columns against columns.

    name       pearson, spearman, kendall, or None if it could be any
    of         the table whose columns it compares
    ends       the smallest and the largest value that it can have, if there are such
    is_whole   every column against every column, the diagonal on it
    edges      the outer rows and columns that were cut off: "first row", "last column" ...
    side       how many rows and columns it has, if that is known
    """

    name: str | None = None
    of: Value = field(default_factory=Value, repr=False)
    ends: tuple[float, float] | None = (-1.0, 1.0)
    is_whole: bool = True
    edges: frozenset[str] = frozenset()
    side: int | None = None

    @property
    def symbol(self) -> str:
        """What one of its values is called."""
        if self.ends is None:
            return "value"
        return {"pearson": "r", "spearman": "ρ", "kendall": "τ"}.get(self.name or "", "correlation")


@dataclass(frozen=True, eq=False, kw_only=True)
class Triangle(Value):
    """A mask that is True in one triangle: k = 0 begins on the diagonal, k = 1 beside it."""

    half: Literal["upper", "lower"]
    k: int
    edges: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False, kw_only=True)
class Extreme(Value):
    """The smallest or the largest value of something."""

    of: Value = field(repr=False)
    which: Literal["smallest", "largest"]


UNKNOWN = Value()


def name_of_column(value: Value) -> str | None:
    """The name in `table["name"]`, whether or not anything is known of the table."""
    match value:
        case Column(name=name) | Selection(key=Constant(value=str(name))):
            return name
    return None


def join(first: Value, second: Value) -> Value:
    """What is known of a value that is one of two: what is known of both."""
    if first is second:
        return first
    match first, second:
        case Constant(value=one), Constant(value=other) if _same(one, other):
            return first
        case Library(path=one), Library(path=other) if one == other:
            return first
        case Measure(), Measure() if _alike(first, second):
            return Measure(
                sources=(first, second),
                name=first.name if first.name == second.name else None,
                of=join(first.of, second.of),
                ends=first.ends,
                is_whole=first.is_whole,
                edges=first.edges,
                side=first.side if first.side == second.side else None,
            )
        case Frame(), Frame():
            return _joined_frames(first, second)
        case Dictionary(), Dictionary():
            return _joined_dictionaries(first, second)
    return Value(sources=(first, second))


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _alike(first: Measure, second: Measure) -> bool:
    return (first.ends, first.is_whole, first.edges) == (
        second.ends,
        second.is_whole,
        second.edges,
    )


def _joined_frames(first: Frame, second: Frame) -> Frame:
    shared = {
        name: join(first.columns[name], second.columns[name])
        for name in first.columns
        if name in second.columns
    }
    is_complete = first.is_complete and second.is_complete and len(shared) == len(first.columns)
    return Frame(
        sources=(first, second),
        columns=shared,
        is_complete=is_complete and len(shared) == len(second.columns),
        width=first.width if first.width == second.width else None,
    )


def _joined_dictionaries(first: Dictionary, second: Dictionary) -> Dictionary:
    shared = [key for key in first.items if key in second.items]
    same = len(shared) == len(first.items) == len(second.items)
    return Dictionary(
        sources=(first, second),
        items={key: join(first.items[key], second.items[key]) for key in shared},
        is_open=first.is_open or second.is_open or not same,
    )
