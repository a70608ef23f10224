"""Misconceptions have names, so that feedback, cards and progress can speak of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .controls import Value


@dataclass(frozen=True)
class Misconception:
    """A belief in the learner's words, and the truth with its number.

    The places in `truth` are filled with the facts of `step` in `lesson`, at the values `at`.
    """

    slug: str
    belief: str
    truth: str
    lesson: str
    step: str
    at: Mapping[str, Value]


def read_misconceptions(path: Path) -> dict[str, Misconception]:
    """Read misconceptions.toml, a table for each."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        slug: Misconception(slug=slug, at=entry.pop("at", {}), **entry)
        for slug, entry in entries.items()
    }
