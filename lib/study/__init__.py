"""To study again: what comes back when, and which exercise is next."""

from lib.study.cards import Card, Face, cards_of, due
from lib.study.practice import FRESH, Asked, next_exercise
from lib.study.schedule import RATINGS, comes_back, review

__all__ = [
    "FRESH",
    "RATINGS",
    "Asked",
    "Card",
    "Face",
    "cards_of",
    "comes_back",
    "due",
    "next_exercise",
    "review",
]
