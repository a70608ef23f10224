"""The quiz at the end of a lesson: questions in a TOML file, feedback for every choice."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .controls import Value


@dataclass(frozen=True)
class Answer:
    text: str
    feedback: str
    right: bool = False
    misconception: str | None = None


@dataclass(frozen=True)
class Question:
    """One question. Its places are filled with the facts of `step` at the values `at`.

    transfer   whether it asks about a case that the lesson did not show
    """

    slug: str
    step: str
    text: str
    answers: Sequence[Answer]
    at: Mapping[str, Value]
    transfer: bool = False

    def order(self, seed: int) -> list[int]:
        """The order in which the learner with this seed sees the answers.

        A random.Random seeded by a string gives the same order in every process.
        """
        order = list(range(len(self.answers)))
        random.Random(f"{seed} {self.slug}").shuffle(order)
        return order


Quiz = tuple[Question, ...]


def read_quiz(path: Path) -> Quiz:
    """Read quiz.toml: [[question]] tables with their [[question.answer]].

    Raises
    ------
    ValueError
        If a question has no single right answer, a wrong one names no misconception, or two
        questions have one slug.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    quiz = tuple(_question(entry) for entry in entries["question"])
    slugs = [question.slug for question in quiz]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise ValueError(f"Two questions are called {slug!r}.")
    return quiz


def _question(entry: dict[str, Any]) -> Question:
    answers = tuple(Answer(**answer) for answer in entry.pop("answer"))
    if sum(answer.right for answer in answers) != 1:
        raise ValueError(f"Question {entry['slug']!r} needs exactly one right answer.")
    for answer in answers:
        if answer.right == bool(answer.misconception):
            raise ValueError(
                f"In question {entry['slug']!r} each wrong answer, and no right one, "
                f"names a misconception: {answer.text!r}."
            )
    return Question(**{"at": {}, **entry}, answers=answers)
