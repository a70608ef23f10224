"""A little data flow: what was assigned from what, without running it."""

from .calls import Argument, Call
from .interpreter import follow
from .program import Compared, Program, Subscript
from .values import (
    Column,
    Comparison,
    Constant,
    Dictionary,
    Element,
    Extreme,
    Frame,
    Function,
    Instance,
    Items,
    Library,
    Measure,
    Member,
    Names,
    Part,
    Triangle,
    Value,
    join,
)

__all__ = [
    "Argument",
    "Call",
    "Column",
    "Compared",
    "Comparison",
    "Constant",
    "Dictionary",
    "Element",
    "Extreme",
    "Frame",
    "Function",
    "Instance",
    "Items",
    "Library",
    "Measure",
    "Member",
    "Names",
    "Part",
    "Program",
    "Subscript",
    "Triangle",
    "Value",
    "follow",
    "join",
]
