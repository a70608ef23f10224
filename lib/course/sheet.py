"""The sheet of a lesson: what remains of it on one page. The moral, what to do when, a recipe."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .script import read_script


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
    recipe      code to keep, which runs as it is beside its table
    """

    moral: str
    decisions: Sequence[Decision]
    recipe: str


def read_sheet(lesson: Path) -> Sheet:
    """Read sheet.toml, and scripts/sheet.py, in the folder of a lesson.

    Raises
    ------
    KeyError, TypeError
        If a part is missing, or there is one that no sheet has.
    """
    entries = tomllib.loads((lesson / "sheet.toml").read_text(encoding="utf-8"))
    decisions = tuple(Decision(**entry) for entry in entries.pop("decision"))
    recipe = read_script(lesson / "scripts" / "sheet.py", {}).recipe
    return Sheet(decisions=decisions, recipe=recipe, **entries)
