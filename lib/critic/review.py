"""A review: everything that the rules say of one document, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .finding import Finding, finding_of
from .flow import follow
from .maps import draws_or_measures, praised
from .reading import MOST_CODE, Document, UnreadableError, read_bytes, read_file, read_text
from .rule import Rule
from .rules import RULES

_NO_MAP = "No heatmap was found in this code, and no measure that one could show."


@dataclass(frozen=True)
class Review:
    """What there is to say of a file.

    path      the file, as it was given
    texts     its code, as it was read: of each cell its number, None in a script, and its text
    findings  worst first, then as they stand
    praise    a sentence where a map is honest and nothing is wrong; empty otherwise
    nothing_drawn
              a sentence where there is no map and nothing else to judge; empty otherwise
    left_out  a sentence for each cell that could not be read
    refused   why nothing of the file could be read; empty otherwise
    """

    path: str
    texts: tuple[tuple[int | None, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    praise: str = ""
    nothing_drawn: str = ""
    left_out: tuple[str, ...] = ()
    refused: str = ""


def review_text(
    text: str, path: str = "pasted", rules: Sequence[Rule] = RULES, most: int = MOST_CODE
) -> Review:
    """Review pasted code, or the text of a script or a notebook. Nothing of it is run.

    `most` is how many characters of code may be in it.

    >>> review = review_text("import seaborn as sns\\nsns.heatmap(table.corr(), cmap='vlag')")
    >>> [finding.rule for finding in review.findings]
    ['no-limits']
    >>> print(review.findings[0].mended)
    sns.heatmap(table.corr(), cmap='vlag', vmin=-1, vmax=1)
    """
    try:
        return _reviewed(read_text(text, path, most), rules)
    except UnreadableError as error:
        return Review(path, refused=str(error))


def review_bytes(
    content: bytes, path: str, rules: Sequence[Rule] = RULES, most: int = MOST_CODE
) -> Review:
    """Review the content of a script or a notebook, as `review_text` does."""
    try:
        return _reviewed(read_bytes(content, path, most), rules)
    except UnreadableError as error:
        return Review(path, refused=str(error))


def review_file(path: Path, rules: Sequence[Rule] = RULES) -> Review:
    """Review a script or a notebook. What cannot be read is refused in a sentence."""
    try:
        return _reviewed(read_file(path), rules)
    except UnreadableError as error:
        return Review(str(path), refused=str(error))


def _reviewed(document: Document, rules: Sequence[Rule]) -> Review:
    program = follow(document.cells)
    found: dict[tuple[str, int], Finding] = {}
    for rule in rules:
        for each in rule.find(program):  # a function that is called twice is met twice
            found.setdefault((rule.id, id(each.node)), finding_of(rule, each, document.path))
    findings = sorted(found.values(), key=_worst_first)
    is_empty = not findings and not draws_or_measures(program)
    return Review(
        path=document.path,
        texts=tuple((cell.number, cell.text) for cell in document.cells),
        findings=tuple(findings),
        praise="" if findings else praised(program),
        nothing_drawn=_NO_MAP if is_empty else "",
        left_out=document.left_out,
    )


def _worst_first(finding: Finding) -> tuple[int, bool, int, int, int]:
    cell = finding.cell or 0
    return -finding.severity, finding.is_question, cell, finding.line, finding.column
