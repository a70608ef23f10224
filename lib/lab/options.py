"""Settings that several instruments share: how p is corrected, and what counts as significant."""

from ..course import Choice, unless
from ..stats import Adjustment

ADJUSTMENTS: dict[str, Adjustment] = {
    "none": "none",
    "Bonferroni": "bonferroni",
    "Holm": "holm",
    "BH": "bh",
    "BY": "by",
}
"""By the names that people know."""

LEVELS = {"5 %": 0.05, "1 %": 0.01, "0.1 %": 0.001}


def adjust_choice() -> Choice:
    """How p is corrected for the number of pairs; Holm's way at first."""
    return Choice("Correction", tuple(ADJUSTMENTS), default="Holm")


def level_choice() -> Choice:
    """Below which p a pair counts as significant."""
    return Choice("Level", tuple(LEVELS), default="5 %")


def significance_settings(adjust: str, level: str) -> dict[str, object]:
    """The settings of a test that are not the defaults, by the names that people know.

    >>> significance_settings("BH", "5 %")
    {'adjust': 'bh', 'alpha': None}
    """
    return {"adjust": unless(adjust.lower(), "holm"), "alpha": unless(LEVELS[level], 0.05)}
