"""What a step shows: figures, the numbers behind them, the code that computes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from .controls import Value
from .prose import fill
from .script import Script

if TYPE_CHECKING:
    import pandas as pd

    from ..charts import Chart, Page

Fact = bool | int | float | str


class Table(Protocol):
    """A table as its catalogue describes it: what is shown beside it, and its file if any."""

    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def file(self) -> Path | None: ...


def credit(table: Table) -> str:
    """What is said beside a table: what it is, where it comes from, and on which terms."""
    return f"{table.title}. {table.source}. Terms: {table.licence}."


@dataclass(frozen=True, eq=False)
class Behind:
    """What a cell of a heatmap opens: a chart of the pair and a sentence about it."""

    chart: Chart
    sentence: str


OpenCell: TypeAlias = Callable[[str, str], Behind]
"""Given the row and the column of a cell, what it opens."""


@dataclass(frozen=True)
class Link:
    """A way to another step of the same lesson, by its slug."""

    text: str
    step: str


@dataclass(frozen=True, eq=False)
class Report:
    """One page to keep: what was decided, and why.

    lines   paragraphs, in the order of the page
    chart   one figure
    table   one small table, under the figure
    """

    title: str
    lines: Sequence[str]
    chart: Chart
    table: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Exhibit:
    """What a step shows for one setting of its controls.

    facts        named numbers: prose, checks and tests use these and no others
    table        the numbers of the figure, for who cannot or does not want to see it
    description  two sentences that stand for the figure
    readings     one to four facts that stand large over the figure: label, and the text with its
                 place, `{"Pearson r": "{pearson:.2f}"}`
    figures      charts; none if the library under study stopped, or where there is nothing to draw
    across       how many figures stand side by side where there is room
    leads        whether the first figure stands over the others, in a row of its own
    stopped      that error as the learner would see it, or why there is no figure
    error        why lines that the learner wrote did not run, or why the step cannot take what they
                 gave; the rest is then as without them
    behind       given the row and the column of a cell, what it opens; where it depends on the
                 figure, one for each figure, or None for a figure that opens nothing
    members      given the names that hang together on a branch of a clustermap, what it opens
    links        steps that say more, offered under the figures
    report       a page to download
    code         a script that runs as it is beside the data's file; every fact is a variable in it
    call         the one call of the library, as `hh`, that after the script gives the same numbers;
                 empty where there is none
    setting      the values of the controls that this is the exhibit of
    """

    facts: Mapping[str, Fact]
    table: pd.DataFrame
    description: str
    readings: Mapping[str, str] = field(default_factory=dict)
    figures: Sequence[Chart | Page] = ()
    across: int = 1
    leads: bool = False
    stopped: str = ""
    error: str = ""
    behind: OpenCell | Sequence[OpenCell | None] | None = None
    members: Callable[[tuple[str, ...]], Behind] | None = None
    links: Sequence[Link] = ()
    report: Report | None = None
    code: Script = field(default_factory=Script)
    call: str = ""
    setting: Mapping[str, Value] = field(default_factory=dict)

    @property
    def opens_by_figure(self) -> bool:
        """Whether what a cell opens depends on the figure on which it stands."""
        return isinstance(self.behind, Sequence)

    def behind_cell(self, figure: int) -> OpenCell | None:
        """What opens a cell of the figure with this number; None if nothing does."""
        return self.behind[figure] if isinstance(self.behind, Sequence) else self.behind

    @property
    def words(self) -> dict[str, Value | Fact]:
        """What texts about this exhibit are filled from: its controls and its facts."""
        return {**self.setting, **self.facts}

    def read(self) -> dict[str, str]:
        """The readings by their labels, with their numbers."""
        return {label: fill(text, self.words) for label, text in self.readings.items()}
