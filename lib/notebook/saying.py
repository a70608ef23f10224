"""What a map of pairs says of itself, in sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..stats import Adjustment
from ..stats.table import check_number
from .mapping import SIGNED, Map

_NAMES = {
    "pearson": "Pearson's r",
    "spearman": "Spearman's ρ",
    "kendall": "Kendall's τ",
    "correlation ratio": "the correlation ratio η",
    "correlation ratio of ranks": "the correlation ratio of ranks",
    "cramers_v": "Cramér's V",
}
_FIT = {
    "pearson": "two numbers",
    "spearman": "an ordered category beside a number or another",
    "correlation ratio": "a category beside a number",
    "correlation ratio of ranks": "a category beside an ordered one",
    "cramers_v": "two categories",
}
_CORRECTIONS: dict[Adjustment, str] = {
    "bonferroni": "Bonferroni's",
    "holm": "Holm's",
    "bh": "Benjamini and Hochberg's",
    "by": "Benjamini and Yekutieli's",
}


def check_alpha(alpha: float) -> None:
    """Raise ValueError for a level of significance that is not between 0 and 1."""
    advice = "choose a level between 0 and 1, say 0.05"
    check_number("alpha", alpha, advice)
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}: {advice}.")


def of_measures(found: Map) -> tuple[str, ...]:
    """By what the pairs are measured, and what the colours mean."""
    measures = [measure for measure in _NAMES if measure in set(found.pairs["measure"])]
    if len(measures) == 1:
        measured = f"Measured by {_NAMES[measures[0]]}."
    else:
        fitting = [f"{_NAMES[measure]} for {_FIT[measure]}" for measure in measures]
        measured = f"Measured by what fits the kinds of two columns: {'; '.join(fitting)}."
    if found.is_signed:
        return measured, "The colours run from −1 to 1 and are neutral at 0."
    unsigned = [_NAMES[measure] for measure in measures if measure not in SIGNED]
    have = "has" if len(unsigned) == 1 else "have"
    strength = (
        f"{_capital(_listed(unsigned))} {have} no sign, so the colours show strength alone, from "
        f"0 to 1, without what chance adds to {'it' if len(unsigned) == 1 else 'them'}."
    )
    if len(unsigned) == len(measures):
        return measured, strength
    ordered = " and ordered categories" if "spearman" in measures else ""
    return (
        measured,
        strength,
        f"For signs in the colours, pass the columns of numbers{ordered} alone.",
    )


def of_rows(n: pd.Series[Any]) -> str:
    """How many rows the pairs have.

    >>> of_rows(pd.Series([39, 39])), of_rows(pd.Series([97, 1530]))
    ('Each pair has 39 rows.', 'A pair has 97 to 1,530 rows.')
    """
    least, most = int(n.min()), int(n.max())
    if least == most:
        return f"Each pair has {_counted(least, 'row')}."
    return f"A pair has {least:,} to {most:,} rows."


def of_marks(p: pd.Series[Any], adjust: Adjustment, alpha: float, what: str = "pair") -> str:
    """How many of the pairs are significant, after which correction, and that the rest is pale.

    >>> of_marks(pd.Series([0.01, 0.2, 0.3]), "holm", 0.05)
    "1 of 3 pairs is significant at 5 % after Holm's correction; pale cells are not."
    >>> of_marks(pd.Series([0.2, 0.3]), "none", 0.05)
    'None of 2 pairs is significant at 5 %, even without a correction: all cells are pale.'
    """
    tested, significant = int(p.notna().sum()), int((p < alpha).sum())
    level = f"{100 * alpha:g} %"
    if tested == 0:
        return f"Nothing is tested: no {what} has a p-value, and all cells are pale."
    if tested == 1:
        are = "significant" if significant else "not significant"
        the = f"The {what}" if len(p) == 1 else f"The only {what} that can be tested"
        return f"{the} is {are} at {level}{'' if significant else ', and pale'}."
    many = f"{tested:,} {what}s" + ("" if tested == len(p) else " that can be tested")
    if adjust == "none":
        if not significant:
            return (
                f"None of {many} is significant at {level}, even without a correction: all cells "
                "are pale."
            )
        chance = f"of as many that are none, about {alpha * tested:.1f} would be"
        return f"{_share(significant, many)} at {level} without a correction, and {chance}{_PALE}"
    corrected = f"at {level} after {_CORRECTIONS[adjust]} correction"
    if not significant:
        return f"None of {many} is significant {corrected}: all cells are pale."
    if significant == tested:
        return f"All {many} are significant {corrected}."
    return f"{_share(significant, many)} {corrected}{_PALE}"


_PALE = "; pale cells are not."


def of_gaps(values: pd.Series[Any]) -> tuple[str, ...]:
    """How many pairs have no value; nothing where all have one.

    >>> of_gaps(pd.Series([0.5, np.nan]))
    ('1 pair has no value, and a cross: too few rows, or a column that does not vary in them.',)
    """
    count = int((~np.isfinite(values.astype(float))).sum())
    if not count:
        return ()
    have = "has no value, and a cross" if count == 1 else "have no value, and crosses"
    why = "too few rows, or a column that does not vary in them"
    return (f"{_counted(count, 'pair')} {have}: {why}.",)


def _share(significant: int, many: str) -> str:
    return f"{significant:,} of {many} {'is' if significant == 1 else 'are'} significant"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
