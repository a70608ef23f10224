"""Rows or columns in the order of a tree, with what the tree is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import charts
from ..course import (
    Behind,
    Choice,
    Columns,
    Exhibit,
    Fact,
    Slider,
    Value,
    fill,
    one_call,
    unless,
    working,
)
from ..stats import Clustering, Distance, Linkage, branch_stability, cluster, correlate
from .columns import NONE, categories_or_none, everything, listed, numbers
from .cut_worth import (
    SUBSETS,
    distances,
    explained,
    explained_by_noise,
    likeness,
)
from .instrument import Instrument, Remark, table_of
from .variance import without_variance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..tables import Sheet

ROWS, COLUMNS = "rows", "columns"
STANDARD, AS_IT_IS = "each column standardised", "as it is"
DISTANCES: dict[str, Distance] = {"Euclidean": "euclidean", "1 − r": "1-r", "1 − |r|": "1-|r|"}
LINKAGES: tuple[Linkage, ...] = ("average", "complete", "single", "ward")
ORDERS = ("clustered", "as filed", "by name")

MOST = 200
"""Leaves that a tree may have: more cannot be seen, and each costs."""

_RESAMPLES = 100
_SHUFFLES_OF_COLUMNS = 99
_MOST_CELLS = 100_000  # where columns are clustered: their trees are grown again from rows
_MOST_COLOURS = 6
_MOST_BARS = 12
_DECIDES = 0.5
_MOST_OF = 0.8
_RECURS = 0.5  # of the trees
_LIKE = 0.6  # of the rows: below it, a group should not be trusted (Hennig 2007)
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Chosen:
    """The numbers that are clustered, and what was left out on the way to them.

    values   rows x columns, none missing, brought to one scale if that was asked for
    places   which rows of the sheet they are
    beyond   columns whose numbers are so large or so small that their variance is none
    """

    values: pd.DataFrame
    places: Sequence[int]
    constants: Sequence[str]
    columns_left_out: int
    rows_left_out: int
    sampled_from: int
    beyond: Sequence[str]
    widest: str
    widest_share: float


class Clustermap(Instrument):
    """The map, its tree, the groups beside it, and whether others would come again."""

    title = "Clustermap"
    question = "Which rows or columns hang together, and would they do so again?"
    lesson = ("clustermaps", "scaling")
    example = "iris"
    foremost = ("side", "k", "strip")

    columns = Columns("Columns", numbers, default=())
    side = Choice("Cluster the", (ROWS, COLUMNS), default=ROWS)
    scaled = Choice("Values", (STANDARD, AS_IT_IS), default=STANDARD)
    distance = Choice("Distance", tuple(DISTANCES), default="Euclidean")
    linkage = Choice("Linkage", LINKAGES, default="average")
    k = Slider("Groups to cut into", 2, 8, default=3)
    strip = Choice("Groups beside the map", categories_or_none, default=NONE)
    order = Choice("Order of the columns", ORDERS, default="clustered")

    findings = (
        Remark(
            "Cut into {k}, the {leaves} {side} fall into groups of {smallest} to {largest}.",
            when=lambda s: s["leaves"] > 0,
            holds=lambda s: 1 <= s["smallest"] <= s["largest"] <= s["leaves"],
        ),
        Remark(
            "{resamples} more trees were grown from rows drawn again. The group that lasts least "
            "came back in {weakest:.0%} of them, the one that lasts most in {strongest:.0%}.",
            when=lambda s: s["side"] == COLUMNS and s["weakest"] < s["strongest"],
            holds=lambda s: 0 <= s["weakest"] < s["strongest"] <= 1,
        ),
        Remark(
            "{resamples} more trees were grown from rows drawn again. Each group of two or more "
            "came back in {weakest:.0%} of them.",
            when=lambda s: s["side"] == COLUMNS and s["weakest"] == s["strongest"],
            holds=lambda s: 0 <= s["weakest"] <= 1,
        ),
        Remark(
            "{resamples} more trees were grown, each from two thirds of the rows, and cut into {k} "
            "as well. Each group was laid beside the one there that is most like it. Of the rows "
            "in either, on average {weakest:.0%} are in both for the group that lasts least, and "
            "{strongest:.0%} for the one that lasts most.",
            when=lambda s: s["side"] == ROWS and s["weakest"] < s["strongest"],
            holds=lambda s: 0 <= s["weakest"] < s["strongest"] <= 1,
        ),
        Remark(
            "{resamples} more trees were grown, each from two thirds of the rows, and cut into {k} "
            "as well. Each group of two or more was laid beside the one there that is most like "
            "it. Of the rows in either, on average {weakest:.0%} are in both.",
            when=lambda s: s["side"] == ROWS and s["weakest"] == s["strongest"],
            holds=lambda s: 0 <= s["weakest"] <= 1,
        ),
        Remark(
            "The {k} groups explain {explained:.0%} of the squared distances between rows. Of "
            "{shuffles} tables with each column shuffled on its own, groups of the same kind of "
            "tree explain {noise_high:.0%} at most in 19 of 20. Columns that go together are "
            "enough for such a difference: it is no proof that the groups lie apart.",
            when=lambda s: s["explained"] > s["noise_high"] + _ROUNDING,
            holds=lambda s: s["side"] == ROWS and s["noise_high"] < s["explained"] <= 1 + 1e-9,
        ),
        Remark(
            "With {strip} the cut agrees by an adjusted Rand index of {rand:.2f}. It is 1 for the "
            "same groups and about 0 by chance.",
            when=lambda s: s["rand"] == s["rand"],
            holds=lambda s: s["strip"] != NONE and s["rand"] <= 1 + 1e-9,
        ),
        Remark(
            "The heights of the tree and the distances that they stand for have r = "
            "{cophenetic:.2f}.",
            when=lambda s: s["cophenetic"] == s["cophenetic"],
            holds=lambda s: abs(s["cophenetic"]) <= 1 + 1e-9,
        ),
        Remark(
            "{strip} is a column of the rows: it stands beside the map where rows are clustered.",
            when=lambda s: s["strip"] != NONE and s["side"] == COLUMNS and s["leaves"] > 0,
            holds=lambda s: s["rand"] != s["rand"],
        ),
    )
    bewares = (
        Remark(
            "One group holds {largest} of {leaves} {side}. The cut sets a few apart and finds no "
            "groups among the rest. Another linkage may.",
            when=lambda s: s["largest"] > _MOST_OF * s["leaves"],
            holds=lambda s: 5 * s["largest"] > 4 * s["leaves"],
        ),
        Remark(
            "No group of this cut lasts: the best of them came back in {strongest:.0%} of the "
            "trees. Read the map, and leave the groups.",
            when=lambda s: s["side"] == COLUMNS and s["strongest"] < _RECURS,
            holds=lambda s: s["weakest"] <= s["strongest"] < 0.5,
        ),
        Remark(
            "Not every group of this cut lasts. Of the rows in one of them, or in the group that "
            "is most like it in a tree of two thirds of the rows, only {weakest:.0%} are in both. "
            "Read the map, and leave that group.",
            when=lambda s: s["side"] == ROWS and s["weakest"] < _LIKE,
            holds=lambda s: s["weakest"] <= s["strongest"] and s["weakest"] < 0.6,
        ),
        Remark(
            "The scale decides. {widest} has {widest_share:.0%} of the variance of all {width} "
            "columns, so the distances are mostly about it. Standardise, or give a reason not to.",
            when=lambda s: s["widest_share"] > _DECIDES,
            holds=lambda s: s["scaled"] == AS_IT_IS,
        ),
        Remark(
            "A tree finds groups in noise as well. Here the mean |r| of two columns is "
            "{mean_r:.2f}. With each column shuffled on its own it is up to {noise_high:.2f} in "
            "19 of 20 tables. The blocks of this map are no more than that.",
            when=lambda s: s["mean_r"] <= s["noise_high"],
            holds=lambda s: s["side"] == COLUMNS and s["mean_r"] <= s["noise_high"],
        ),
        Remark(
            "A tree finds groups in columns that have nothing in common as well. Here the {k} "
            "groups explain {explained:.0%} of the squared distances between rows. Of {shuffles} "
            "tables with each column shuffled on its own, groups of the same kind of tree explain "
            "up to {noise_high:.0%} in 19 of 20. The groups of this map say no more than its "
            "columns do one by one.",
            when=lambda s: s["explained"] <= s["noise_high"] + _ROUNDING,
            holds=lambda s: s["side"] == ROWS and s["explained"] <= s["noise_high"] + 1e-9,
        ),
        Remark(
            "{constant_names} {constant_count:does|do} not vary, and {constant_count:is|are} left "
            "out.",
            when=lambda s: s["constant_count"] > 0,
            holds=lambda s: bool(s["constant_names"]),
        ),
        Remark(
            "Of {sampled_from:,} rows, {row_count:,} were drawn by lot: a tree of more cannot be "
            "seen. Another draw would give another tree.",
            when=lambda s: s["sampled_from"] > 0 and s["side"] == ROWS,
            holds=lambda s: s["sampled_from"] > s["row_count"] == s["most"],
        ),
        Remark(
            "Of {sampled_from:,} rows, {row_count:,} were drawn by lot, so that it takes seconds.",
            when=lambda s: s["sampled_from"] > 0 and s["side"] == COLUMNS,
            holds=lambda s: s["sampled_from"] > s["row_count"],
        ),
        Remark(
            "{rows_left_out:,} {rows_left_out:row|rows} with a missing value "
            "{rows_left_out:is|are} left out.",
            when=lambda s: s["rows_left_out"] > 0,
            holds=lambda s: s["rows_left_out"] > 0,
        ),
        Remark(
            "Only the first {most} columns are shown; {columns_left_out:,} "
            "{columns_left_out:is|are} left out.",
            when=lambda s: s["columns_left_out"] > 0,
            holds=lambda s: s["columns_left_out"] > 0,
        ),
        Remark(
            "{strip} has {level_count} levels, more than colours can tell apart. The strip shows "
            "the five most frequent ones, and the rest as one.",
            when=lambda s: s["level_count"] > _MOST_COLOURS,
            holds=lambda s: s["level_count"] > _MOST_COLOURS,
        ),
    )

    def fits(self, sheet: Sheet) -> str:
        if len(numbers(table_of(sheet))) < 2:
            return (
                "A clustermap needs two columns of numbers. Change the kind of a column, or take "
                "another table."
            )
        if len(sheet.frame) < 3:
            return "A clustermap needs three rows, and this table has fewer."
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:  # noqa: ARG002
        return {"names_of_rows": _naming(sheet)}

    def measure(
        self,
        sheet: Sheet,
        *,
        columns: Sequence[str],
        side: str,
        scaled: str,
        distance: str,
        linkage: Linkage,
        k: int,
        strip: str,
        order: str,
    ) -> Exhibit:
        chosen = _choose(sheet, columns, side, scaled, distance)
        if reason := _refused(chosen, side, distance, linkage, k):
            return _stopped(reason)
        leaves = chosen.values.T if side == ROWS else chosen.values
        tree = cluster(leaves, distance=DISTANCES[distance], linkage=linkage)
        groups = tree.cut_into(k)
        working(0.3, "Growing more trees")
        worth = _of_rows if side == ROWS else _of_columns
        words = None if strip == NONE or side == COLUMNS else _words(sheet, strip, chosen)
        facts = {
            **_left_out(chosen),
            **_cut(tree, groups),
            **worth(chosen.values, groups, DISTANCES[distance], linkage),
            "rand": np.nan if words is None else _agreement(groups, words),
            "level_count": 0 if words is None else int(words.nunique()),
        }
        figure = _figure(chosen, tree, k, words, side, scaled, order, distance, linkage)
        return Exhibit(
            facts=facts,
            table=_listed(tree, groups, words),
            description=_described(facts, side, k, distance, linkage),
            readings=READINGS[side] | ({} if words is None else AGREEMENT),
            figures=(figure,),
            members=_opened(chosen.values, side, DISTANCES[distance], linkage),
            call=_call(side, scaled, distance, linkage),
        )


def _call(side: str, scaled: str, distance: str, linkage: str) -> str:
    """None for rows as they are: the library standardises their columns."""
    if side == ROWS and scaled == AS_IT_IS:
        return ""
    return one_call(
        "clustermap",
        "shown",
        side=unless(side, COLUMNS),
        distance=unless(DISTANCES[distance], "euclidean" if side == ROWS else "1-|r|"),
        linkage=unless(linkage, "average"),
    )


_SIZES = {"leaves": "{leaves}", "sizes of the groups": "{smallest} to {largest}"}
READINGS = {
    ROWS: {**_SIZES, "rows in common, weakest group": "{weakest:.0%}"},
    COLUMNS: {**_SIZES, "recur, weakest group": "{weakest:.0%}"},
}
AGREEMENT = {"agreement with the groups": "{rand:.2f}"}


def _naming(sheet: Sheet) -> str:
    """The column that names the rows, each by its own name; "" if none does."""
    for name in sheet.of_kind("identifier"):
        column = sheet.frame[name]
        if column.notna().all() and column.astype(str).is_unique:
            return name
    return ""


def _choose(sheet: Sheet, columns: Sequence[str], side: str, scaled: str, distance: str) -> Chosen:
    values = sheet.frame[list(columns)].astype(float)
    naming = _naming(sheet)
    if naming:
        values.index = pd.Index(sheet.frame[naming].astype(str).to_list())
    else:
        values.index = pd.Index([f"row {place}" for place in range(1, len(values) + 1)])
    places = np.flatnonzero(values.notna().all(axis=1))
    whole = len(places)
    most_rows = MOST if side == ROWS else _MOST_CELLS // min(MOST, len(columns))
    if whole > most_rows:
        places = np.sort(np.random.default_rng(0).choice(places, most_rows, replace=False))
    kept = values.iloc[places]
    constants = [str(name) for name in kept if kept[name].nunique() < 2]
    kept = kept.drop(columns=constants)
    used = kept.iloc[:, :MOST]
    by_scale = scaled == AS_IT_IS and (side == ROWS or DISTANCES[distance] == "euclidean")
    with np.errstate(over="ignore"):  # which is refused, and said
        shares = (used.var() / used.var().sum()).fillna(0)
        standard = (used - used.mean()) / used.std()
    decides = by_scale and used.shape[1] > 1
    return Chosen(
        standard if scaled == STANDARD else used,
        places.tolist(),
        constants,
        columns_left_out=kept.shape[1] - used.shape[1],
        rows_left_out=len(values) - whole,
        sampled_from=whole if whole > most_rows else 0,
        beyond=without_variance(used),
        widest=str(shares.idxmax()) if decides else "",
        widest_share=float(shares.max()) if decides else 0.0,
    )


def _refused(chosen: Chosen, side: str, distance: str, linkage: str, k: int) -> str:
    rows, columns = chosen.values.shape
    if rows < 3:
        return f"Only {rows} rows have all these columns. Choose fewer columns."
    if columns < 2:
        return "Fewer than two of these columns vary. Choose others."
    if linkage == "ward" and distance != "Euclidean":
        return "Ward's linkage is made for Euclidean distances. Choose these, or another linkage."
    if chosen.beyond:
        return f"{listed(chosen.beyond)}: too large or too small to compute with. Change the unit."
    leaves = rows if side == ROWS else columns
    if leaves < k:
        return f"There are {leaves} {side}: they cannot be cut into {k} groups."
    if side == ROWS and distance != "Euclidean":
        flat = int((chosen.values.nunique(axis=1) < 2).sum())
        if columns < 3 or flat:
            return (
                "Between rows, r needs three columns in which each row varies. Choose Euclidean "
                "distances, or other columns."
            )
    return ""


def _stopped(reason: str) -> Exhibit:
    counts = (
        "leaves",
        "largest",
        "constant_count",
        "rows_left_out",
        "columns_left_out",
        "sampled_from",
    )
    undefined = ("weakest", "strongest", "rand", "cophenetic", "mean_r", "explained", "noise_high")
    return Exhibit(
        facts={
            **dict.fromkeys((*counts, "level_count"), 0),
            **dict.fromkeys(undefined, np.nan),
            "widest_share": 0.0,
        },
        table=pd.DataFrame({"reason": [reason]}),
        description=f"There is no figure. {reason}",
        readings={"leaves": "{leaves}"},
        stopped=reason,
    )


def _left_out(chosen: Chosen) -> dict[str, Fact]:
    return {
        "row_count": len(chosen.values),
        "width": chosen.values.shape[1],
        "most": MOST,
        "constant_count": len(chosen.constants),
        "constant_names": listed(chosen.constants),
        "rows_left_out": chosen.rows_left_out,
        "columns_left_out": chosen.columns_left_out,
        "sampled_from": chosen.sampled_from,
        "widest": chosen.widest,
        "widest_share": chosen.widest_share,
    }


def _cut(tree: Clustering, groups: pd.Series[Any]) -> dict[str, Fact]:
    sizes = groups.value_counts()
    return {
        "leaves": len(tree.order),
        "smallest": int(sizes.min()),
        "largest": int(sizes.max()),
        "cophenetic": float(tree.cophenetic),
    }


def _of_rows(
    values: pd.DataFrame, groups: pd.Series[Any], distance: Distance, linkage: Linkage
) -> dict[str, Fact]:
    """How like the groups are to those of fewer rows, and what they explain, beside noise."""
    apart = distances(values.to_numpy(), distance)
    numbers, sizes = np.unique(groups, return_inverse=True)[1], np.bincount(groups)[1:]
    shares = likeness(apart, numbers, linkage)[sizes > 1].tolist()
    working(0.6, "Shuffling columns")
    noise = explained_by_noise(values.to_numpy(), distance, linkage, len(sizes))
    return {
        "resamples": SUBSETS,
        "weakest": min(shares, default=np.nan),
        "strongest": max(shares, default=np.nan),
        "mean_r": np.nan,
        "explained": explained(apart, numbers),
        "noise_high": float(np.quantile(noise, 0.95)) if len(noise) else np.nan,
        "shuffles": len(noise),
    }


def _of_columns(
    values: pd.DataFrame, groups: pd.Series[Any], distance: Distance, linkage: Linkage
) -> dict[str, Fact]:
    """How often the groups recur, and the mean |r| of two columns, beside noise."""
    recurring = branch_stability(values, distance=distance, linkage=linkage, resamples=_RESAMPLES)
    share_of = {
        frozenset(members): float(share)
        for members, share in zip(recurring["members"], recurring["share"], strict=True)
    }
    parts = [frozenset(part.index) for _, part in groups.groupby(groups)]
    shares = [share_of[part] for part in parts if len(part) > 1]
    working(0.7, "Shuffling columns")
    generator, numbers = np.random.default_rng(0), values.to_numpy()
    shuffled = (generator.permuted(numbers, axis=0) for _ in range(_SHUFFLES_OF_COLUMNS))
    return {
        "resamples": _RESAMPLES,
        "weakest": min(shares, default=np.nan),
        "strongest": max(shares, default=np.nan),
        "mean_r": _mean_r(numbers),
        "explained": np.nan,
        "noise_high": float(np.quantile([_mean_r(table) for table in shuffled], 0.95)),
        "shuffles": _SHUFFLES_OF_COLUMNS,
    }


def _opened(
    values: pd.DataFrame, side: str, distance: Distance, linkage: Linkage
) -> Callable[[tuple[str, ...]], Behind]:
    """What a branch opens: how often it recurs, and what its members have in common."""

    def open_branch(members: tuple[str, ...]) -> Behind:
        leaves = values.T if side == ROWS else values
        recurring = branch_stability(
            leaves, distance=distance, linkage=linkage, resamples=_RESAMPLES
        )
        found = {frozenset(each): place for place, each in enumerate(recurring["members"])}
        branch = recurring.iloc[found[frozenset(members)]]
        facts = {
            "count": len(members),
            "side": side,
            "height": float(branch["height"]),
            "share": float(branch["share"]),
            "trees": int(branch["resamples"]),
            "redrawn": COLUMNS if side == ROWS else ROWS,
        }
        sentence = fill(
            "{count} {side} hang together at a height of {height:.3g}. Of {trees} trees from "
            "{redrawn} drawn again, {share:.0%} have exactly this branch.",
            facts,
        )
        return Behind(_in_common(values, side, list(members)), sentence)

    return open_branch


def _in_common(values: pd.DataFrame, side: str, members: list[str]) -> charts.Chart:
    """Of rows, the columns in which their mean is farthest from that of all; of columns, r."""
    if side == COLUMNS:
        return charts.Heatmap.lower(correlate(values[members]).r)
    apart = (values.loc[members].mean() - values.mean()) / values.std()
    farthest = apart.abs().nlargest(_MOST_BARS).index
    return charts.Bars(
        apart[farthest].to_frame("mean"),
        x="mean of these rows: standard deviations from that of all",
        marks={"": 0.0},
    )


def _mean_r(values: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    r = np.corrcoef(values, rowvar=False)
    return float(np.abs(r[np.triu_indices(len(r), 1)]).mean())


def _words(sheet: Sheet, strip: str, chosen: Chosen) -> pd.Series[Any]:
    column = sheet.frame[strip].iloc[list(chosen.places)]
    column = column.astype("category").cat.remove_unused_categories()
    return column.set_axis(chosen.values.index)


def _agreement(groups: pd.Series[Any], words: pd.Series[Any]) -> float:
    """The adjusted Rand index: of pairs of rows, how far two ways to group them agree.

    1 is full agreement, 0 what chance gives. Hubert and Arabie (1985), Journal of Classification
    2, 193-218. That of scikit-learn takes half a second to import.
    """
    known = words.notna()
    shared = pd.crosstab(groups[known], words[known].astype(str)).to_numpy()
    in_both, in_groups, in_words, all_pairs = (
        float((counts * (counts - 1)).sum() / 2)
        for counts in (shared, shared.sum(axis=1), shared.sum(axis=0), shared.sum(keepdims=True))
    )
    by_chance = in_groups * in_words / all_pairs if all_pairs else 0.0
    most = (in_groups + in_words) / 2
    return 1.0 if most == by_chance else (in_both - by_chance) / (most - by_chance)


def _figure(
    chosen: Chosen,
    tree: Clustering,
    k: int,
    words: pd.Series[Any] | None,
    side: str,
    scaled: str,
    order: str,
    distance: str,
    linkage: Linkage,
) -> charts.Clustermap:
    heights = tree.linkage[:, 2]
    cut = float(heights[-k : len(heights) - k + 2].mean()) if k <= len(heights) else 0.0
    if side == COLUMNS:
        return charts.Clustermap(correlate(chosen.values).r, tree, tree, cut=cut)
    values, beside = chosen.values, None
    if order == "clustered":
        beside = cluster(values, distance=DISTANCES[distance], linkage=linkage)
    elif order == "by name":
        by_name = sorted(everything(values), key=str.casefold)
        values = values[by_name]
    standard = scaled == STANDARD
    return charts.Clustermap(
        values,
        tree,
        beside,
        limits=(-3, 3) if standard else None,
        colours="house" if standard else "viridis",
        scale="standard deviations from the column's mean" if standard else "value",
        cut=cut,
        strips=None if words is None else _strip(words).to_frame(),
    )


def _strip(words: pd.Series[Any]) -> pd.Series[Any]:
    """The words in as many colours as can be told apart; rare ones have one word together."""
    if words.nunique() <= _MOST_COLOURS:
        return words
    frequent = words.value_counts().index[: _MOST_COLOURS - 1]
    rest = "all others"
    return words.astype(object).where(words.isin(frequent) | words.isna(), rest)


def _listed(tree: Clustering, groups: pd.Series[Any], words: pd.Series[Any] | None) -> pd.DataFrame:
    table = pd.DataFrame({"group": groups.loc[tree.order]})
    return table if words is None else table.assign(**{str(words.name): words.loc[tree.order]})


def _described(facts: Mapping[str, Fact], side: str, k: int, distance: str, linkage: str) -> str:
    words = {**facts, "side": side, "k": k, "distance": distance, "linkage": linkage}
    return fill(
        "{leaves} {side} in the order of a tree, {distance} distance and {linkage} linkage, with "
        "the tree beside them. A line cuts it into {k} groups of {smallest} to {largest}.",
        words,
    )
