"""Lines to write: a distance that does not mind the sign, and genes that have the same say."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.clustermaps.genes import agreement_with_diagnoses, by_variance, patients_in
from lessons.clustermaps.groups import group_of, members_of, pair_map, r_of
from lessons.highway import NUMBERS
from lessons.tables import GOLUB, HIGHWAY, highway
from lessons.written import a_full_frame
from lib.charts import Chart, Clustermap, Heatmap
from lib.course import (
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    State,
    Step,
    Task,
    Write,
    fill,
)
from lib.course.writing import run
from lib.stats import cluster

Floats = npt.NDArray[np.float64]

_ROUNDING = 1e-9
_GENES, _ALIKE = 30, 0.02
_GROUPS = 4


def _is_likeness(state: State) -> bool:
    """Whether the numbers rise with |r|, or with r."""
    return bool(max(state["follows"], state["signed"]) > 1 - _ROUNDING)


class WriteTheDistance(Step):
    """
    ### Write the distance

    Now without a list to choose from. `r` is the matrix of the highway. Write a table of distances
    for it: how far each column is from each other.

    What foretells another column is near it, whether it rises or falls with it. `slim` and `rate`
    have r = {slim_rate:.2f}, `slim` and `lane` {slim_lane:.2f}. As soon as your numbers are
    distances, a tree grows from them, by average linkage.

    As long as nothing is written, the map shows `r` itself.
    """

    readings = {
        "slim to rate": "{slim_rate_apart:.2f}",
        "slim to lane": "{slim_lane_apart:.2f}",
        "to itself": "{own:.2f}",
    }

    tables = (HIGHWAY,)

    lines = Write("Your lines", gives="distances", names=("r",), columns=NUMBERS)

    task = Task(
        "Write the lines that make distances of `r`, small for strong pairs of either sign.",
        goals=[
            Goal(
                "Every column is at distance zero from itself: now up to {own:.2f}",
                met=lambda state: state["own"] < _ROUNDING,
            ),
            Goal(
                "No distance is negative, and none depends on the side: the smallest is now "
                "{least:.2f}",
                met=lambda state: state["is_distance"],
            ),
            Goal(
                "The stronger a pair is, the nearer: the rank correlation of |r| and distance is "
                "{follows:.2f}, and minus one is wanted",
                met=lambda state: state["follows"] < -1 + _ROUNDING,
            ),
        ],
        solution={"lines": "1 - r.abs()"},
        hints=[
            "`r.abs()` is the same for both signs.",
            "It is large where columns are alike. A distance is small there.",
        ],
    )

    mistakes = [
        Mistake(
            "Your numbers are large where columns are alike, up to {own:.2f} for a column with "
            "itself: that is a likeness, and a distance is what is missing to it.",
            when=lambda state: state["own"] > _ROUNDING and _is_likeness(state),
            example={"lines": "r.abs()"},
            misconception="height_is_r",
        ),
        Mistake(
            "On the diagonal, where each column meets itself, stand numbers of up to {own:.2f} in "
            "size. Nothing is nearer to a column than it is itself: that distance is zero.",
            when=lambda state: state["own"] > _ROUNDING,
            example={"lines": "2 - r.abs()"},
            misconception="height_is_r",
        ),
        Mistake(
            "The smallest number is {least:.2f}, or a pair has two distances, one from each side. "
            "A tree needs one distance a pair, and none below zero.",
            when=lambda state: not state["is_distance"],
            example={"lines": "np.log(r.abs())"},
            misconception="height_is_r",
            holds=lambda state: state["own"] < _ROUNDING,
        ),
        Mistake(
            "Your distances follow r, and not |r|: `slim` is {slim_rate_apart:.2f} from `rate`, "
            "with r = {slim_rate:.2f}, and {slim_lane_apart:.2f} from `lane`, with "
            "{slim_lane:.2f}. A strong r is near with either sign.",
            when=lambda state: state["signed"] < -1 + _ROUNDING,
            example={"lines": "1 - r"},
            misconception="minus_is_far",
            holds=lambda state: state["slim_rate_apart"] > state["slim_lane_apart"],
        ),
        Mistake(
            "Some weak pair is as near as a strong one, or nearer: the rank correlation of |r| and "
            "your distance is {follows:.2f}. `slim` is {slim_rate_apart:.2f} from `rate` and "
            "{slim_lane_apart:.2f} from `lane`.",
            when=lambda state: state["follows"] > -1 + _ROUNDING,
            example={"lines": "(1 - r).clip(upper=1)"},
            misconception="minus_is_far",
            holds=lambda state: state["is_distance"],
        ),
    ]

    learned = [
        Outcome(
            "`slim` is {slim_rate_apart:.2f} from `rate`, r = {slim_rate:.2f}, and "
            "{slim_lane_apart:.2f} from `lane`, r = {slim_lane:.2f}. Cut into {groups}, its group "
            "is {together}. All distances that fall to zero as |r| rises to one put the pairs in "
            "the same order. Groups need not be the same: by average linkage it counts how far a "
            "pair is, too. By `1 - r.abs()` the group is {plain}, by `1 / r.abs() - 1` it is "
            "{steep}. Say in the caption which you took.",
            holds=lambda state: (
                state["slim_rate_apart"] < state["slim_lane_apart"]
                and abs(state["slim_rate"]) > abs(state["slim_lane"])
                and state["plain"] != state["steep"]
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("highway", "clustermap", {"side": "columns", "k": _GROUPS})

    def show(self, lines: str) -> Exhibit:
        r = r_of(highway()[list(NUMBERS)])
        written = run(lines, {"r": r}, wants=a_full_frame(like=r))
        shown = written.value_or(r)
        values = shown.to_numpy()
        below = np.tril_indices(len(r), -1)
        is_distance = values.min() >= 0 and np.abs(values - values.T).max() < _ROUNDING
        own = float(np.abs(np.diagonal(values)).max())
        facts: dict[str, Any] = {
            "slim_rate": float(r["slim"]["rate"]),
            "slim_lane": float(r["slim"]["lane"]),
            "slim_rate_apart": float(shown["slim"]["rate"]),
            "slim_lane_apart": float(shown["slim"]["lane"]),
            "own": own,
            "least": float(values.min()),
            "is_distance": bool(is_distance),
            "follows": _rank_correlation(np.abs(r.to_numpy()[below]), values[below]),
            "signed": _rank_correlation(r.to_numpy()[below], values[below]),
            "groups": _GROUPS,
            "together": "",
            "plain": _group_of_slim(1 - r.abs()),
            "steep": _group_of_slim(1 / r.abs() - 1),
        }
        chart: Chart = Heatmap(shown, limits=None, title=written.titled("r itself"), scale="value")
        is_tree = is_distance and own < _ROUNDING
        if is_tree:
            tree = cluster(shown, distance="precomputed")
            facts["together"] = _group_of_slim(shown)
            chart = pair_map(r, tree, "r, by your distances")
        return Exhibit(
            figures=(chart,),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A map of {count} columns. By your lines `slim` is {slim_rate_apart:.2f} from "
                "`rate` and {slim_lane_apart:.2f} from `lane`; a column is up to {own:.2f} from "
                "itself.",
                facts | {"count": len(r)},
            ),
            members=members_of(r) if is_tree else None,
            error=written.error,
        )


def _group_of_slim(distances: pd.DataFrame) -> str:
    """The columns that are in one group with `slim`, by these distances."""
    tree = cluster(distances, distance="precomputed")
    return ", ".join(group_of("slim", tree.cut_into(_GROUPS)))


def _rank_correlation(
    x: "np.typing.NDArray[np.float64]", y: "np.typing.NDArray[np.float64]"
) -> float:
    """Spearman's rho; zero where the numbers are all alike, but for rounding."""
    ranks = [pd.Series(values).round(9).rank() for values in (x, y)]
    return 0.0 if ranks[1].min() == ranks[1].max() else float(ranks[0].corr(ranks[1]))


@cache
def _genes() -> pd.DataFrame:
    """The most variable genes in every patient; shared, so not to be changed."""
    return by_variance().head(_GENES)


class WriteTheScaling(Step):
    """
    ### Write the scaling

    `genes` has the {genes} most variable genes of the leukaemia table: a row a gene, a column a
    patient. The patients are to be compared, and each gene is to have the same say. As measured,
    the standard deviations of the genes run from {sd_low_measured:.2f} to {sd_high_measured:.2f}.

    Standardise. `genes.mean(axis=1)` gives the mean of each row, `genes.std(axis=1)` its standard
    deviation, and `genes.sub(numbers, axis=0)` and `genes.div(numbers, axis=0)` take one number for
    each row.

    The tree is that of the patients, by Ward's linkage.
    """

    readings = {
        "means of genes": "{mean_low:.2f} to {mean_high:.2f}",
        "their deviations": "{sd_low:.2f} to {sd_high:.2f}",
        "agreement": "{agreement:.2f}",
    }

    tables = (GOLUB,)

    lines = Write("Your lines", gives="scaled", names=("genes",))

    task = Task(
        "Write the lines after which each gene has the same say, and each is compared with its own "
        "mean.",
        goals=[
            Goal(
                "Every gene has mean zero: now {mean_low:.2f} to {mean_high:.2f}",
                met=lambda state: max(-state["mean_low"], state["mean_high"]) < _ROUNDING,
            ),
            Goal(
                "Every gene has a standard deviation of one: now {sd_low:.2f} to {sd_high:.2f}",
                met=lambda state: max(abs(state["sd_low"] - 1), abs(state["sd_high"] - 1)) < _ALIKE,
            ),
            Goal(
                "No gene has another pattern than before: r with itself as measured is at least "
                "{pattern:.2f}",
                met=lambda state: state["pattern"] > 1 - _ROUNDING,
            ),
        ],
        solution={
            "lines": "centred = genes.sub(genes.mean(axis=1), axis=0)\n"
            "centred.div(genes.std(axis=1), axis=0)"
        },
        hints=[
            "Which side of this table are the genes on, and along which do their means run?",
            "First subtract each gene's mean, then divide by its standard deviation.",
        ],
    )

    mistakes = [
        Mistake(
            "Now each patient has mean zero. The genes still differ: their standard deviations run "
            "from {sd_low:.2f} to {sd_high:.2f}. Without `axis` pandas takes columns, and here the "
            "columns are patients.",
            when=lambda state: state["patients_are_centred"] and not state["genes_are_centred"],
            example={"lines": "(genes - genes.mean()) / genes.std()"},
            misconception="units_do_not_matter",
            holds=lambda state: state["sd_high"] - state["sd_low"] > _ALIKE,
        ),
        Mistake(
            "A gene has another pattern than before: its r with itself as measured is "
            "{pattern:.2f}. To standardise is to shift and to stretch, and no more.",
            when=lambda state: state["pattern"] < 1 - _ROUNDING,
            example={"lines": "genes.rank(axis=1)"},
            misconception="transform_changes_units_only",
        ),
        Mistake(
            "Each gene has the same say now. But its standard deviation is {sd_low:.2f}, and to "
            "standardise is to make it one, so that a colour says how many standard deviations a "
            "patient is from the mean.",
            when=lambda state: (
                state["sd_high"] - state["sd_low"] < _ROUNDING and abs(state["sd_low"] - 1) > _ALIKE
            ),
            example={
                "lines": "centred = genes.sub(genes.mean(axis=1), axis=0)\n"
                "2 * centred.div(genes.std(axis=1), axis=0)"
            },
            misconception="autoscale_is_neutral",
        ),
        Mistake(
            "The deviations still run from {sd_low:.2f} to {sd_high:.2f}: squared, the largest "
            "has {ratio:.1f} times the say of the smallest in a distance between patients.",
            when=lambda state: max(abs(state["sd_low"] - 1), abs(state["sd_high"] - 1)) > _ALIKE,
            example={"lines": "genes.sub(genes.mean(axis=1), axis=0)"},
            misconception="units_do_not_matter",
            holds=lambda state: state["ratio"] >= 1,
        ),
        Mistake(
            "The deviations are one, and the means run from {mean_low:.3g} to {mean_high:.3g}. The "
            "tree does not mind, since a gene's mean is the same for all patients. The colours do: "
            "the one in the middle is zero, and not what is usual for a gene.",
            when=lambda state: not state["genes_are_centred"],
            example={"lines": "genes.div(genes.std(axis=1), axis=0)"},
            misconception="pale_means_zero",
            holds=lambda state: state["pattern"] > 1 - _ROUNDING,
        ),
    ]

    learned = [
        Outcome(
            "Each of {genes} genes has mean zero and a standard deviation of {sd_low:.2f}, where "
            "they ran from {sd_low_measured:.2f} to {sd_high_measured:.2f}. Two groups of patients "
            "agree {agreement:.2f} with the diagnoses, {agreement_measured:.2f} as measured. "
            "Neither number says which scaling is right: that each gene has the same say is your "
            "choice.",
            holds=lambda state: state["sd_high_measured"] > 1.2 * state["sd_low_measured"],
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("golub", "clustermap", {"side": "columns", "linkage": "ward", "k": 2})

    def show(self, lines: str) -> Exhibit:
        genes = _genes()
        written = run(lines, {"genes": genes}, wants=a_full_frame(like=genes))
        shown = written.value_or(genes)
        means, sds = shown.mean(axis=1), shown.std(axis=1)
        tree = cluster(shown, distance="euclidean", linkage="ward")
        measured = cluster(genes, distance="euclidean", linkage="ward")
        facts: dict[str, Any] = {
            "genes": len(genes),
            "sd_low_measured": float(genes.std(axis=1).min()),
            "sd_high_measured": float(genes.std(axis=1).max()),
            "mean_low": float(means.min()),
            "mean_high": float(means.max()),
            "sd_low": float(sds.min()),
            "sd_high": float(sds.max()),
            "ratio": float((sds.max() / sds.min()) ** 2) if sds.min() > 0 else 1.0,
            "pattern": _least_r(genes, shown),
            "genes_are_centred": bool(means.abs().max() < _ROUNDING),
            "patients_are_centred": bool(shown.mean(axis=0).abs().max() < _ROUNDING),
            "agreement": agreement_with_diagnoses(tree),
            "agreement_measured": agreement_with_diagnoses(measured),
        }
        return Exhibit(
            figures=(
                Clustermap(
                    shown.T,
                    tree,
                    limits=(-3, 3),
                    scale="value",
                    title=fill(
                        written.titled("genes itself") + ", agreement {agreement:.2f}", facts
                    ),
                ),
            ),
            facts=facts,
            table=shown.round(2),
            description=fill(
                "A clustermap of patients by {genes} genes. The means of the genes run from "
                "{mean_low:.2f} to {mean_high:.2f}, their standard deviations from {sd_low:.2f} to "
                "{sd_high:.2f}.",
                facts,
            ),
            members=patients_in,
            error=written.error,
        )


def _least_r(genes: pd.DataFrame, shown: pd.DataFrame) -> float:
    """The smallest r of a gene with itself as measured; zero where one has become constant."""
    if (shown.std(axis=1) < _ROUNDING).any():
        return 0.0
    return float(genes.corrwith(shown, axis=1).min())
