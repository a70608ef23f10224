"""The sheet of a lesson: what remains of it on one page. The moral, what to do when, a recipe."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Decision:
    """What to do in a case, and why."""

    when: str
    do: str
    because: str


@dataclass(frozen=True)
class Sheet:
    """What remains of a lesson.

    moral       two or three sentences
    decisions   a table to decide by
    recipe      the step whose script is the code to keep
    """

    moral: str
    decisions: Sequence[Decision]
    recipe: str


def read_sheet(path: Path) -> Sheet:
    """Read sheet.toml.

    Raises
    ------
    KeyError, TypeError
        If a part is missing, or there is one that no sheet has.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    decisions = tuple(Decision(**entry) for entry in entries.pop("decision"))
    return Sheet(decisions=decisions, **entries)
