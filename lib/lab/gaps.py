"""What tells where cells are missing: other columns, and other columns' missing cells."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, special, stats

from ..course import Fact
from ..stats import adjust_p_values, correlate
from .columns import categories, numbers

Floats = NDArray[np.float64]

IN_RUNS = 0.5
"""Of two columns whose echoes have this product, three rows tell no more than one would alone."""

WORTH_A_WORD = 0.3
"""From this r or V on, what goes together in runs is named."""

_FEWEST_EXPECTED = 1
_NEAREST = 100
_ROUNDING = 1e-9


class Levels(NamedTuple):
    """Levels of a category by how many of their rows are missing: V, and p of no difference."""

    names: list[str]
    shares: Floats
    v: float
    p: float


def missing_by_level(names: list[str], missing: Floats, total: Floats, kept: float = 1) -> Levels:
    """Compare levels by how many of their rows are missing.

    Rare levels count as one. Where that is rare still, it is compared with all others by Fisher's
    exact test: chi-square is rough where fewer than one row is expected. `kept` is what share of
    the rows as many independent ones would be.

    >>> found = missing_by_level(["old", "new"], np.array([8, 2]), np.array([20, 20]))
    >>> found.shares.tolist(), round(found.v, 3)
    ([0.4, 0.1], 0.346)
    """
    n, share = total.sum(), missing.sum() / max(total.sum(), 1)
    fewest = _FEWEST_EXPECTED / max(min(share, 1 - share), _ROUNDING)
    names, missing, total = _as_one(names, missing, total, total < fewest, "a rare level")
    if is_rare := bool((total < fewest).any()):
        names, missing, total = _as_one(names, missing, total, total >= fewest, "another level")
    shares = missing / total
    if len(names) < 2 or not 0 < share < 1:
        return Levels(names, shares, np.nan, np.nan)
    chi_square = float(np.sum((missing - total * share) ** 2 / (total * share * (1 - share))))
    p = float(special.chdtrc(len(names) - 1, chi_square * kept))
    if is_rare:
        p = max(p, float(stats.fisher_exact(np.array([missing, total - missing])).pvalue))
    return Levels(names, shares, float(np.sqrt(chi_square / n)), p)


def _as_one(
    names: list[str], missing: Floats, total: Floats, which: NDArray[np.bool_], name: str
) -> tuple[list[str], Floats, Floats]:
    """Those levels as one, under that name, where they are several."""
    if which.sum() < 2:
        return names, missing, total
    left = [each for each, goes in zip(names, which, strict=True) if not goes]
    missing, total = (np.append(part[~which], part[which].sum()) for part in (missing, total))
    return [*left, name], missing, total


def _kept(echoes: Any) -> Any:
    """Of what share of the rows independent ones tell as much, by the product of two echoes.

    As if both repeated themselves as an autoregression of one lag does: Bartlett (1935), Journal of
    the Royal Statistical Society 98, 536-543.
    """
    echoes = np.clip(echoes, 0, 1 - _ROUNDING)
    return (1 - echoes) / (1 + echoes)


def dependence(gaps: pd.DataFrame, values: pd.DataFrame, level: float) -> dict[str, Fact]:
    """The column that tells most about where another is missing, of numbers and categories.

    What is missing in runs of rows is not tested against what changes little from row to row: of
    those pairs the strongest is named without a p. `gaps` hold 1 where a cell is missing.
    """
    names, words = numbers(values), categories(values)
    columns = [*names, *words]
    echoes = np.outer(
        [echo(gaps[name]) for name in gaps], [echo(values[name]) for name in columns]
    ).reshape(gaps.shape[1], len(columns))
    r, r_p = _by_numbers(gaps, values[names], _kept(echoes[:, : len(names)]))
    by_level = [
        _by_levels(gaps, values[name], _kept(echoes[:, len(names) + place]))
        for place, name in enumerate(words)
    ]
    size = np.column_stack([r, *([each.v for each in found] for found in by_level)])
    p = np.column_stack([r_p, *([each.p for each in found] for found in by_level)])
    in_runs = echoes >= IN_RUNS
    facts = _in_runs(gaps, columns, np.where(in_runs, size, np.nan), len(names))
    p = np.where(in_runs, np.nan, p)
    tested = np.isfinite(p)
    if not tested.any():
        return facts | _NOTHING
    adjusted = adjust_p_values(p.ravel(), "holm")
    place = int((p <= np.nanmin(p) * (1 + _ROUNDING)).argmax())  # of equal ones the first
    row, column = divmod(place, len(columns))
    facts |= {
        **_NOTHING,
        "tested_count": int(tested.sum()),
        "depends_count": int((adjusted < level).sum()),
        "depends": str(gaps.columns[row]),
        "depends_on": columns[column],
        "depends_size": float(size[row, column]),
        "depends_p": float(adjusted[place]),
    }
    if column < len(names):
        return facts | {"depends_word": _word(size[row, column])}
    levels = by_level[column - len(names)][row]
    most, least = int(levels.shares.argmax()), int(levels.shares.argmin())
    return facts | {
        "most_level": levels.names[most],
        "most_share": float(levels.shares[most]),
        "least_level": levels.names[least],
        "least_share": float(levels.shares[least]),
    }


_NOTHING: dict[str, Fact] = {
    **dict.fromkeys(("depends", "depends_on", "depends_word", "most_level", "least_level"), ""),
    **dict.fromkeys(("depends_size", "most_share", "least_share"), 0.0),
    **dict.fromkeys(("tested_count", "depends_count"), 0),
    "depends_p": 1.0,
}


def _word(r: float) -> str:
    return "higher" if r > 0 else "lower"


def _by_numbers(gaps: pd.DataFrame, values: pd.DataFrame, kept: Any) -> tuple[Floats, Floats]:
    if gaps.empty or values.empty:
        nothing = np.full((gaps.shape[1], values.shape[1]), np.nan)
        return nothing, nothing
    gap_names, places = [f"gap {place}" for place in range(gaps.shape[1])], range(values.shape[1])
    data = pd.concat(
        [gaps.set_axis(gap_names, axis=1), values.astype(float).set_axis(list(places), axis=1)],
        axis=1,
    )
    found = correlate(data, x=gap_names, y=list(places), adjust="none")
    r = found.r.to_numpy(float)
    freedom = np.maximum(found.n.to_numpy(float) * kept - 2, _ROUNDING)
    with np.errstate(divide="ignore"):
        t = np.abs(r) * np.sqrt(freedom / (1 - r**2))
    p = np.where(np.isfinite(found.p.to_numpy(float)), 2 * stats.t.sf(t, freedom), np.nan)
    return r, p


def _by_levels(gaps: pd.DataFrame, column: pd.Series[Any], kept: Floats) -> list[Levels]:
    codes = column.cat.codes.to_numpy()
    rows = np.flatnonzero(codes >= 0)
    shape = (len(column.cat.categories), len(column))
    at = sparse.csr_array((np.ones(len(rows)), (codes[rows], rows)), shape=shape)
    total: Floats = np.asarray(at.sum(axis=1))
    missing = at @ gaps.to_numpy()
    used = total > 0
    names = [str(name) for name in column.cat.categories[used]]
    return [
        missing_by_level(names, missing[used, place], total[used], share)
        for place, share in enumerate(kept)
    ]


def echo(column: pd.Series[Any]) -> float:
    """How a column resembles itself one row before: r, or of categories Cohen's kappa.

    >>> echo(pd.Series([1.0, 2, 3, 4])), echo(pd.Series(list("aabb"), dtype="category"))
    (1.0, 0.4)
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy()
        pairs = np.column_stack([codes[:-1], codes[1:]])
        pairs = pairs[(pairs >= 0).all(axis=1)]
        shares = [np.bincount(part, minlength=len(column.cat.categories)) for part in pairs.T]
        by_chance = float(shares[0] @ shares[1]) / max(len(pairs), 1) ** 2
        agree = float((pairs[:, 0] == pairs[:, 1]).mean()) if len(pairs) else 0.0
        return (agree - by_chance) / (1 - by_chance) if by_chance < 1 and len(pairs) else 0.0
    values = column.to_numpy(float, na_value=np.nan)
    largest = np.nanmax(np.abs(values), initial=0.0)
    values = values / largest if largest > 0 else values
    pairs = np.column_stack([values[:-1], values[1:]])
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    if len(pairs) < 3 or (np.ptp(pairs, axis=0) == 0).any():
        return 0.0
    return float(np.corrcoef(pairs.T)[0, 1])


def _in_runs(
    gaps: pd.DataFrame, columns: list[str], size: Floats, number_count: int
) -> dict[str, Fact]:
    strength = np.nan_to_num(np.abs(size)).round(10)
    if not strength.size or strength.max() < WORTH_A_WORD:
        return {"run_gap": "", "run_on": "", "run_measure": "", "run_size": 0.0}
    row, column = divmod(int(strength.argmax()), len(columns))
    return {
        "run_gap": str(gaps.columns[row]),
        "run_on": columns[column],
        "run_measure": "r" if column < number_count else "V",
        "run_size": float(size[row, column]),
    }


def together(gaps: pd.DataFrame, r: pd.DataFrame | None) -> dict[str, Fact]:
    """The two columns whose gaps go together, or apart, most surely, by Fisher's exact test.

    It is tried on the hundred pairs whose r is farthest from zero: of as many rows, those have
    the smallest p but where gaps are few.
    """
    facts: dict[str, Fact] = {"together_x": "", "together_y": "", "pair_count": 0}
    facts |= dict.fromkeys(("together_r", "with_share", "without_share"), 0.0)
    facts |= {"together_p": 1.0, "together_runs": False}
    if r is None:
        return facts
    above = np.triu_indices(len(r), 1)
    found = r.to_numpy()[above]
    nearest = np.argsort(-np.abs(found).round(10), kind="stable")[:_NEAREST]
    missing = gaps.to_numpy() > 0
    echoes = [echo(gaps[name]) for name in gaps]
    tables, p = [], []
    for x, y in zip(*(part[nearest] for part in above), strict=True):
        both = int((missing[:, x] & missing[:, y]).sum())
        only_x, only_y = int(missing[:, x].sum()) - both, int(missing[:, y].sum()) - both
        tables.append((both, only_x, only_y, len(gaps) - both - only_x - only_y))
        exact = stats.fisher_exact(np.reshape(tables[-1], (2, 2))).pvalue
        chi_square = len(gaps) * r.to_numpy()[x, y] ** 2 * _kept(echoes[x] * echoes[y])
        p.append(max(float(exact), float(special.chdtrc(1, chi_square))))
    best = int((np.array(p) <= min(p) * (1 + _ROUNDING)).argmax())
    both, only_x, only_y, neither = tables[best]
    x, y = (int(part[nearest[best]]) for part in above)
    return {
        "together_x": str(gaps.columns[x]),
        "together_y": str(gaps.columns[y]),
        "together_r": float(found[nearest[best]]),
        "together_p": float(min(1, p[best] * len(found))),
        "pair_count": len(found),
        "with_share": both / (both + only_x),
        "without_share": only_y / (only_y + neither),
        "together_runs": bool(echoes[x] * echoes[y] >= IN_RUNS),
    }
