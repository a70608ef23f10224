"""Columns that know the target suspiciously well: where to look before a model is trusted."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from ..correlation import complete_r, correlate, rows_of_r
from ..table import (
    Floats,
    Integers,
    Table,
    bounded,
    constant_columns,
    is_among,
    numeric_matrix,
    refuse_category_as_target,
    table_of,
)

_LEAST_ROWS = 10
_SUSPICIOUS_SHARE = 0.5


def leakage_suspects(data: Table, target: Hashable) -> pd.DataFrame:
    """How well each column alone knows the target, and which ones know it suspiciously well.

    A column leaks if it is not known yet when a prediction is due: it was computed from the
    target, follows from it, or was recorded afterwards. No table can tell. A suspect is worth a
    look at where it comes from, and may well be innocent: the best of honest columns can lead by
    as much. Nor are the others cleared: two leaks of equal strength hide each other.

    A column is a suspect if one of these holds:

    1. It is the target in other units (|r| = 1), or in the same or the opposite order as the
       target (|rho| = 1).
    2. It is missing exactly where the target has one of its two values (|r_missing| = 1).
    3. It leaves at most half as much of the target unexplained, 1 - strength², as the next best
       column, its own duplicates aside.

    In tables of independent normal columns, the third finds a suspect in about 7 of 100 with 10
    rows, and in fewer than 1 with 20 rows or more.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`. Of a category, ask for one
        level at a time: `data.assign(spam=data["kind"] == "spam")`.
    target
        The name of the column to predict. Rows in which it is missing are left out.

    Returns
    -------
    A DataFrame with the other columns as index, strongest first:

    - r, rho: Pearson's and Spearman's correlation with the target; NaN for a constant, and with
      fewer than 10 shared rows, among which luck looks like a leak.
    - n: the rows that the column shares with the target.
    - r_missing: Pearson's correlation of the target with whether the column is missing; NaN where
      it never is.
    - strength: the largest of |r|, |rho| and |r_missing|.
    - lead: strength minus that of the next best column, duplicates aside. Negative for all but the
      best.
    - duplicate_of: the first column before it in `data` with |r| = 1 between the two, or None.
    - suspect: whether one of the rules holds.
    - reason: which one, in words; empty for the others.

    Raises
    ------
    ValueError
        As `correlate`; also for a target that is not in the table or has no values.

    References
    ----------
    Kaufman, Rosset, Perlich and Stitelman (2012), ACM Transactions on Knowledge Discovery from
    Data 6, article 15: what leakage is, and how looking at single columns can find it.

    Examples
    --------
    >>> loans = pd.DataFrame(
    ...     {
    ...         "income": [31, 45, 28, 60, 39, 52, 35, 70, 44, 25, 58, 41],
    ...         "reminders": [5, 3, 6, 1, 3, 3, 2, 0, 1, 6, 1, 2],
    ...         "loss": [52, 30, 64, 12, 33, 27, 25, 2, 14, 61, 11, 21],
    ...     }
    ... )
    >>> found = leakage_suspects(loans, "loss")
    >>> found[["r", "lead", "suspect"]].round(2)
                  r  lead  suspect
    reminders  0.99  0.12     True
    income    -0.87 -0.12    False
    >>> print(found.loc["reminders", "reason"])
    leaves 1.1% of the target unexplained, the next best, 'income', 23.5%
    """
    data = table_of(data)
    refuse_category_as_target(data, target)
    values = numeric_matrix(data)
    place = _place(data, target)
    values = values[~np.isnan(values[:, place])]
    others = np.arange(values.shape[1]) != place
    columns, outcome = values[:, others], values[:, place]
    found = correlate(pd.DataFrame(values), x=place, min_n=_LEAST_ROWS, adjust="none")
    measures = np.column_stack(
        [found.r.to_numpy()[0], _rho(columns, outcome), _r_of_missing(columns, outcome)]
    )
    strength = np.fmax.reduce(np.abs(measures), axis=1)
    names = data.columns[others]
    rival, rival_strength, duplicate_of = _rivals_and_duplicates(columns, strength, names)
    reasons = [
        _reason(*row)
        for row in zip(*measures.T, strength, names[rival].tolist(), rival_strength, strict=True)
    ]
    table = pd.DataFrame(
        {
            "r": measures[:, 0],
            "rho": measures[:, 1],
            "n": found.n.to_numpy()[0],
            "r_missing": measures[:, 2],
            "strength": strength,
            "lead": strength - rival_strength,
            "duplicate_of": duplicate_of,
            "suspect": [bool(reason) for reason in reasons],
            "reason": reasons,
        },
        index=names,
    )
    return table.iloc[np.argsort(-strength, kind="stable")]


def _place(data: pd.DataFrame, target: Hashable) -> int:
    names: list[Any] = data.columns.tolist()
    if not is_among(target, names):
        raise ValueError(f"The table has no column {target!r} to be the target: choose one it has.")
    place = names.index(target)
    if data.iloc[:, place].isna().all():
        raise ValueError(f"Column {target!r} has no values: choose another target.")
    return place


def _rho(columns: Floats, outcome: Floats) -> Floats:
    """Spearman's rho of each column with the outcome, over the rows in which it has a value."""
    shared = np.where(np.isnan(columns), np.nan, outcome[:, np.newaxis])
    x, y = _centred_ranks(columns), _centred_ranks(shared)
    with np.errstate(invalid="ignore"):
        rho = bounded((x * y).sum(axis=0) / np.sqrt((x * x).sum(axis=0) * (y * y).sum(axis=0)))
    too_few = np.isfinite(columns).sum(axis=0) < _LEAST_ROWS
    return np.where(too_few | constant_columns(columns) | constant_columns(shared), np.nan, rho)


def _centred_ranks(columns: Floats) -> Floats:
    """Ranks minus their mean, 0 where a value is missing."""
    ranks: Floats = pd.DataFrame(columns).rank().to_numpy()
    means = (np.isfinite(ranks).sum(axis=0) + 1) / 2
    return np.where(np.isfinite(ranks), ranks - means, 0.0)


def _r_of_missing(columns: Floats, outcome: Floats) -> Floats:
    """Pearson's r of the outcome with whether each column is missing."""
    if len(outcome) < _LEAST_ROWS:
        return np.full(columns.shape[1], np.nan)
    return complete_r(np.column_stack([np.isnan(columns), outcome]))[-1, :-1]


def _rivals_and_duplicates(
    columns: Floats, strength: Floats, names: "pd.Index[str]"
) -> tuple[Integers, Floats, "pd.Series[Any]"]:
    """Position and strength of the best column that is neither itself nor a duplicate, for each.

    Where there is none, the strength is NaN and the position means nothing. And the name of the
    first duplicate before each column, or None.
    """
    rival = np.zeros(len(names), dtype=np.int64)
    rival_strength = np.full(len(names), np.nan)
    labels, first = names.tolist(), []
    for some, r in rows_of_r(columns, _LEAST_ROWS):
        duplicates = np.abs(r) == 1
        itself = np.equal.outer(np.arange(some.start, some.stop), np.arange(len(names)))
        strengths = np.where(duplicates | itself | np.isnan(strength), -1, strength)
        rival[some] = strengths.argmax(axis=1)
        best = strengths.max(axis=1)
        rival_strength[some] = np.where(best < 0, np.nan, best)
        before = np.tril(duplicates, some.start - 1)
        first += [labels[row.argmax()] if row.any() else None for row in before]
    return rival, rival_strength, pd.Series(first, names, dtype=object)


def _reason(
    r: float,
    rho: float,
    r_missing: float,
    strength: float,
    rival: Hashable,
    rival_strength: float,
) -> str:
    """Which of the rules makes the column a suspect, in words; empty if none does."""
    if abs(r) == 1:
        return "the target in other units"
    if abs(rho) == 1:
        return f"the {'same' if rho > 0 else 'opposite'} order as the target"
    if abs(r_missing) == 1:
        return "missing exactly where the target has one of its two values"
    left, left_by_rival = 1 - strength**2, 1 - rival_strength**2
    if left <= _SUSPICIOUS_SHARE * left_by_rival:
        return (
            f"leaves {left:.1%} of the target unexplained, the next best, {rival!r}, "
            f"{left_by_rival:.1%}"
        )
    return ""
