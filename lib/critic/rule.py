"""What a rule is: a belief, what gives it away in code, and what to say then."""

import ast
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from .flow import Program
from .mending import Fix
from .reading import Cell


class Severity(IntEnum):
    """How much a reader of the map is misled; the worst is named first."""

    UNTIDY = 1
    MISLEADING = 2
    WRONG = 3


@dataclass(frozen=True)
class Found:
    """What a rule found.

    cell, node   where it stands
    sentence     what is so, of this code; a question if `is_question`
    fix          the code that mends it, if it can be written down
    is_question  whether it holds depends on what the code does not show
    severity     if it is another than the rule's
    """

    cell: Cell
    node: ast.AST
    sentence: str
    fix: Fix | None = None
    is_question: bool = False
    severity: Severity | None = None


@dataclass(frozen=True)
class Example:
    """Code that a rule finds fault with.

    line    where
    beside  other rules that rightly say something, too
    mends   whether the fault is mended by the fix, so that the rule is silent afterwards
    """

    code: str
    line: int
    beside: tuple[str, ...] = ()
    mends: bool = True


class Rule(ABC):
    """One belief, and what gives it away.

    id         how it is named in reports: words with hyphens
    title      what it looks for, in a few words
    belief     the misconception behind it, by its slug in the course
    step       the step that shows it, as "lesson/step"
    why        why it matters: one or two sentences that hold of whatever it finds
    severity   how much a reader is misled
    faulty     two examples or more that it finds
    clean      two or more, alike on the outside, of which no rule may say anything
    """

    id: ClassVar[str]
    title: ClassVar[str]
    belief: ClassVar[str]
    step: ClassVar[str]
    why: ClassVar[str]
    severity: ClassVar[Severity]
    faulty: ClassVar[tuple[Example, ...]]
    clean: ClassVar[tuple[str, ...]]

    @abstractmethod
    def find(self, program: Program) -> Iterator[Found]:
        """Whatever it finds. What cannot be known is no finding."""
