"""To study again: what comes back when, and which exercise is next."""

from .cards import Card, Face, cards_of, due
from .practice import FRESH, Asked, next_exercise
from .schedule import RATINGS, comes_back, review

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
