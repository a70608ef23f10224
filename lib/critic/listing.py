"""A review beside its code: what a screen or a page shows, without the syntax trees."""

from collections.abc import Iterator
from dataclasses import dataclass

from .finding import Finding
from .review import Review
from .rule import Severity

MOST_NOTES = 100
"""Of one file: nobody reads more, and the worst come first."""


@dataclass(frozen=True)
class Note:
    """A finding, as it is shown.

    number       its rank among those of the file, the worst is 1
    place        where it stands, in words
    cell         the place of the cell in its notebook, from one; None in a script
    line, last   the lines of the cell that it speaks of, from one
    mended       the changed lines, or None
    belief       the slug of the misconception behind it
    step         the step that shows it: "lesson/step"
    """

    number: int
    title: str
    place: str
    cell: int | None
    line: int
    last: int
    sentence: str
    why: str
    mended: str | None
    belief: str
    step: str
    severity: Severity
    is_question: bool


@dataclass(frozen=True)
class Stretch:
    """Lines of one cell, and what is said under the last of them.

    first   the number of the first line, from one
    marked  the numbers of the lines of which something is said anywhere
    """

    cell: int | None
    first: int
    lines: tuple[str, ...]
    marked: frozenset[int]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Listing:
    """A review beside its code.

    path      the file, as it was given
    cells     the number and the text of every cell; one without a number of a script
    notes     the worst, worst first
    to_mend, to_ask  how many findings there are, shown or not: faults and questions
    praise, nothing_drawn, left_out, refused  as in the review
    """

    path: str
    cells: tuple[tuple[int | None, str], ...] = ()
    notes: tuple[Note, ...] = ()
    to_mend: int = 0
    to_ask: int = 0
    praise: str = ""
    nothing_drawn: str = ""
    left_out: tuple[str, ...] = ()
    refused: str = ""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.to_mend + self.to_ask - len(self.notes)

    @property
    def to_mend_at_once(self) -> int:
        """How many of those that are shown can be mended together."""
        return sum(note.mended is not None for note in self.faults)

    @property
    def faults(self) -> list[Note]:
        return [note for note in self.notes if not note.is_question]

    @property
    def questions(self) -> list[Note]:
        return [note for note in self.notes if note.is_question]

    def stretches(self) -> Iterator[Stretch]:
        """The code from top to bottom, parted under each line of which something is said.

        >>> from .review import review_text
        >>> code = "import seaborn as sns\\nsns.heatmap(r.corr(), cmap='vlag')\\nplt.show()"
        >>> [len(each.lines) for each in listing_of(review_text(code)).stretches()]
        [2, 1]
        """
        for number, text in self.cells:
            yield from _parted(number, text, [note for note in self.notes if note.cell == number])


def listing_of(review: Review) -> Listing:
    """What there is to show of a review."""
    shown = review.findings[:MOST_NOTES]
    asked = sum(finding.is_question for finding in review.findings)
    return Listing(
        path=review.path,
        cells=review.texts,
        notes=tuple(_note(number, finding) for number, finding in enumerate(shown, 1)),
        to_mend=len(review.findings) - asked,
        to_ask=asked,
        praise=review.praise,
        nothing_drawn=review.nothing_drawn,
        left_out=review.left_out,
        refused=review.refused,
    )


def _note(number: int, finding: Finding) -> Note:
    return Note(
        number=number,
        title=finding.title,
        place=finding.place,
        cell=finding.cell,
        line=finding.line,
        last=finding.end_line,
        sentence=finding.sentence,
        why=finding.why,
        mended=finding.mended,
        belief=finding.belief,
        step=finding.step,
        severity=finding.severity,
        is_question=finding.is_question,
    )


def _parted(cell: int | None, text: str, notes: list[Note]) -> Iterator[Stretch]:
    lines = text.rstrip("\n").split("\n")
    marked = frozenset(line for note in notes for line in range(note.line, note.last + 1))
    begin = 0
    for end in sorted({min(note.last, len(lines)) for note in notes} | {len(lines)}):
        here = tuple(note for note in notes if min(note.last, len(lines)) == end)
        if end > begin or here:
            yield Stretch(cell, begin + 1, tuple(lines[begin:end]), marked, here)
        begin = end
