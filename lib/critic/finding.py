"""A finding: what a rule found, and where, for whoever shows it."""

from dataclasses import dataclass, field

from .mending import Fix
from .rule import Found, Rule, Severity


@dataclass(frozen=True)
class Finding:
    """What a reviewer would say of a stretch of code.

    rule         the id of the rule
    title        what it looks for
    path         the file, as it was given
    cell         the place of the cell in its notebook, from one; None in a script
    line, column, end_line, end_column
                 the stretch, within its cell; from one, columns in characters
    segment      its text
    sentence     what is so
    why          why it matters
    fix          the change that mends it, or None
    belief       the slug of the misconception behind it
    step         the step that shows it: "lesson/step"
    severity     how much a reader is misled
    is_question  the code does not show whether it is so
    """

    rule: str
    title: str
    path: str
    cell: int | None
    line: int
    column: int
    end_line: int
    end_column: int
    segment: str
    sentence: str
    why: str
    fix: Fix | None = field(repr=False)
    belief: str
    step: str
    severity: Severity
    is_question: bool

    @property
    def place(self) -> str:
        """Where it stands, in words: "line 4" or "cell 2, line 4"."""
        line = f"line {self.line}"
        return line if self.cell is None else f"cell {self.cell}, {line}"

    @property
    def mended(self) -> str | None:
        """The changed lines, as they should stand."""
        return None if self.fix is None else self.fix.lines


def finding_of(rule: Rule, found: Found, path: str) -> Finding:
    """The finding that a rule's discovery in a file makes."""
    start, end = found.cell.span(found.node)
    line, column = found.cell.position(start)
    end_line, end_column = found.cell.position(end)
    return Finding(
        rule=rule.id,
        title=rule.title,
        path=path,
        cell=found.cell.number,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        segment=found.cell.segment(found.node),
        sentence=found.sentence,
        why=rule.why,
        fix=found.fix,
        belief=rule.belief,
        step=rule.step,
        severity=rule.severity if found.severity is None else found.severity,
        is_question=found.is_question,
    )
