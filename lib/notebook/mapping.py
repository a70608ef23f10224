"""A map of pairs: what each pair has, whatever measured it, and how it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from ..charts import Heatmap, minus_signs, number_text
from ..stats import Associations, Correlations

SYMBOLS = {
    "pearson": "r",
    "spearman": "ρ",
    "kendall": "τ",
    "correlation ratio": "η",
    "correlation ratio of ranks": "η of ranks",
    "cramers_v": "V",
}
SIGNED = ("pearson", "spearman", "kendall")


@dataclass(frozen=True, eq=False)
class Map:
    """Frames of the same rows and columns: what was measured, how, over how many rows.

    pairs   one row a pair, strongest first: x, y, value, measure, n, p, p_adjusted, low, high
    """

    value: pd.DataFrame
    measure: pd.DataFrame
    n: pd.DataFrame
    p_adjusted: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    pairs: pd.DataFrame

    @classmethod
    def of(cls, found: Associations | Correlations) -> Map:
        """The map of what `associate` or `correlate` found."""
        value, pairs = _valued(found)
        measure = (
            found.measure
            if isinstance(found, Associations)
            else pd.DataFrame(found.method, value.index, value.columns)
        )
        return cls(
            value=value,
            measure=measure,
            n=found.n,
            p_adjusted=found.p_adjusted,
            low=found.low,
            high=found.high,
            pairs=ranked(pairs, value),
        )

    @property
    def is_square(self) -> bool:
        return self.value.index.equals(self.value.columns)

    @property
    def is_signed(self) -> bool:
        """Whether every measure in it has a sign."""
        return bool(self.pairs["measure"].isin(SIGNED).all())

    def ordered(self, rows: Sequence[Any], columns: Sequence[Any]) -> Map:
        """The same map with its rows and columns in this order."""
        at = list(rows), list(columns)
        return Map(
            value=self.value.loc[at],
            measure=self.measure.loc[at],
            n=self.n.loc[at],
            p_adjusted=self.p_adjusted.loc[at],
            low=self.low.loc[at],
            high=self.high.loc[at],
            pairs=self.pairs,
        )


def _valued(found: Associations | Correlations) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values, and the pairs with a value and a measure, whatever these are called."""
    if isinstance(found, Associations):
        return found.value, found.pairs()
    pairs = found.pairs().rename(columns={"r": "value"})
    pairs.insert(3, "measure", found.method)
    return found.r, pairs


def ranked(pairs: pd.DataFrame, shown: pd.DataFrame, by: str = "value") -> pd.DataFrame:
    """Pairs by their size; what differs by rounding alone stands in the order of the map."""
    x = pd.Index(shown.index).get_indexer(pd.Index(pairs["x"]))
    y = pd.Index(shown.columns).get_indexer(pd.Index(pairs["y"]))
    size = pairs[by].abs().round(10).fillna(-1).to_numpy()
    return pairs.iloc[np.lexsort((y, x, -size))].reset_index(drop=True)


def in_order(found: Map, order: str) -> Map:
    """The map as it is, by name, or with what goes together side by side.

    `order` is "by name", "clustered" or, for as it is, any other word.
    """
    rows, columns = list(found.value.index), list(found.value.columns)
    if order == "by name":
        return found.ordered(sorted(rows, key=_by_name), sorted(columns, key=_by_name))
    if order == "clustered":
        strength = found.value.abs().fillna(0).to_numpy()
        if found.is_square:
            places = _neighbours(1 - (strength + strength.T) / 2)
            return found.ordered([rows[i] for i in places], [rows[i] for i in places])
        return found.ordered(
            [rows[i] for i in _neighbours(_distances(strength))],
            [columns[i] for i in _neighbours(_distances(strength.T))],
        )
    return found


def _by_name(name: Any) -> tuple[str, str]:
    return str(name).casefold(), str(name)


def _distances(vectors: Any) -> Any:
    return np.sqrt(((vectors[:, np.newaxis] - vectors) ** 2).sum(axis=2))


def _neighbours(distances: Any) -> list[int]:
    """The leaves of the tree of average linkage, from one end to the other."""
    if len(distances) < 3:
        return list(range(len(distances)))
    np.fill_diagonal(distances, 0)
    tree = hierarchy.linkage(squareform(distances, checks=False), "average")
    return [int(place) for place in hierarchy.leaves_list(tree)]


def _strength(measures: set[str]) -> str:
    """What the colours of several measures mean, whether or not their cells have texts.

    >>> _strength({"cramers_v", "pearson", "correlation ratio", "correlation ratio of ranks"})
    'strength (|r|, η, V)'
    """
    letters = dict.fromkeys(
        f"|{symbol}|" if measure in SIGNED else symbol[0]
        for measure, symbol in SYMBOLS.items()
        if measure in measures
    )
    return f"strength ({', '.join(letters)})"


def painted(
    found: Map,
    *,
    half: str = "both halves",
    texts: pd.DataFrame | None = None,
    faded: pd.DataFrame | None = None,
    title: str = "",
) -> Heatmap:
    """The map in colours that suit its measures: with a sign, or strength alone from 0 to 1."""
    signed = found.is_signed
    measures = set(found.pairs["measure"])
    settings: dict[str, Any] = {
        "limits": (-1, 1) if signed else (0, 1),
        "colours": "house" if signed else "viridis",
        "scale": SYMBOLS[measures.pop()] if len(measures) == 1 else _strength(measures),
        "text": texts,
        "faded": faded,
        "title": title,
    }
    value = found.value if signed else found.value.abs()
    if not found.is_square or half == "both halves" or len(value) < 2:
        hidden = pd.DataFrame(False, value.index, value.columns)
        if found.is_square:
            hidden = hidden | np.eye(len(value), dtype=bool)
        return Heatmap(value, hidden=hidden, **settings)
    if half == "lower half":
        return Heatmap.lower(value, **settings)
    upper = pd.DataFrame(np.tri(len(value), dtype=bool), value.index, value.columns)
    trimmed: dict[str, Any] = {
        name: setting.iloc[:-1, 1:] if isinstance(setting, pd.DataFrame) else setting
        for name, setting in (settings | {"hidden": upper}).items()
    }
    return Heatmap(value.iloc[:-1, 1:], **trimmed)


def cell_texts(found: Map, cells: str, starred: pd.DataFrame | None) -> pd.DataFrame | None:
    """What stands in the cells: the value, with its symbol if it is none of several r; n; ends.

    None for values of one measure, which a map writes by itself.
    """
    symbols = found.measure.map(SYMBOLS.__getitem__).to_numpy(dtype=object)
    several = len(set(found.pairs["measure"])) > 1
    if cells == "value" and starred is None and not several:
        return None
    value, n = found.value.to_numpy(dtype=float), found.n.to_numpy(dtype=float)
    low, high = found.low.to_numpy(dtype=float), found.high.to_numpy(dtype=float)
    texts = np.full(value.shape, "", dtype=object)
    for place in np.argwhere(np.isfinite(value)):
        at = tuple(place)
        if cells == "value":
            sign = f"{symbols[at]} " if several and symbols[at] != "r" else ""
            texts[at] = sign + number_text(float(value[at]))
        elif cells == "rows":
            texts[at] = f"{n[at]:,.0f}"
        elif cells == "interval" and np.isfinite(low[at]):
            texts[at] = minus_signs(f"{low[at]:.2f} to {high[at]:.2f}")
    if starred is not None:
        texts = texts + np.where(starred.to_numpy(dtype=bool), "*", "").astype(object)
    return pd.DataFrame(texts, found.value.index, found.value.columns)
