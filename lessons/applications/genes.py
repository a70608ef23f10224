"""Gene expression: each row against itself."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.tables import GOLUB, table
from lib.charts import Heatmap
from lib.course import (
    Band,
    Choice,
    Claim,
    Estimate,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Step,
    Task,
    Toggle,
    Value,
    fill,
)

_NOTHING, _GENE, _PATIENT = "nothing", "each gene", "each patient"
_SEQUENTIAL, _DIVERGING = "sequential", "diverging"
_DRAWN, _LIMIT = 30, 3.0


class Express(Step):
    """
    ### Genes: each row against itself

    {genes:,} genes in {patients} patients with leukaemia. The map shows {drawn} of the genes, taken
    evenly from the list, so that nobody chose them for a story. The values are not raw: whoever
    made the file took logarithms, and standardised each patient over all {genes:,} genes.

    Some genes are loud in everybody, some quiet in everybody. A map of the values in the file shows
    mostly that, and it is news to no biologist.

    The habits. *Normaliser*: subtract the row's mean, divide by its standard deviation. *Scale*:
    diverging, symmetric about zero. *Order*: by likeness, without a look at the diagnosis. *Trap*:
    a gene that hardly varies gets as much colour as one that does.
    """

    readings = {
        "colour that goes to loudness": "{share:.0%}",
        "values beyond the colours": "{beyond}",
    }

    tables = (GOLUB,)

    scaled = Choice("Standardise", (_NOTHING, _GENE, _PATIENT), default=_NOTHING)
    colours = Choice("Colours", (_SEQUENTIAL, _DIVERGING), default=_SEQUENTIAL)
    by_likeness = Toggle("Order by likeness", default=False)

    predict = Estimate(
        "Of all the variance on the map of the values in the file, which share only says how loud "
        "each gene is in the mean, whoever the patient?",
        low=0.0,
        high=1.0,
        step=0.05,
        tolerance=0.1,
        feedback="{raw_loudness:.0%} here, and {every_loudness:.0%} over all {genes:,} genes. All "
        "that differs between patients, for whom the map was made, is in the rest.",
        bands=[
            Band(
                low=0.0,
                high=0.7,
                feedback=(
                    "More: {raw_loudness:.0%}. Most of the variance is spent on what does not "
                    "differ between patients."
                ),
                misconception="colour_shows_patients",
                holds=lambda state: state["raw_loudness"] > max(0.5, state["value"]),
            ),
            Band(
                low=0.7,
                high=1.05,
                feedback=(
                    "{raw_loudness:.0%}: loud genes rule the map, and leave some of it to the "
                    "patients."
                ),
                misconception="loudness_is_all",
                holds=lambda state: state["raw_loudness"] < state["value"],
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["raw_loudness"]),
        shown_as="{value:.0%}",
    )

    task = Task(
        "Let the map say which patients differ: no colour for loudness, zero in the middle, and "
        "patients in an order that does not know the diagnosis.",
        goals=[
            Goal(
                "No colour goes to loudness: the largest mean of a gene is now {largest_mean:.2f}",
                met=lambda state: state["largest_mean"] < state["nearly_zero"],
            ),
            Goal(
                "Zero is in the middle of the colours",
                met=lambda state: state["colours"] == _DIVERGING,
            ),
            Goal(
                "The order of the patients does not know the diagnosis",
                met=lambda state: state["by_likeness"],
            ),
        ],
        solution={"scaled": _GENE, "colours": _DIVERGING, "by_likeness": True},
        hints=[
            "A gene is a row. Who is to be compared with whom?",
            "After subtracting a mean, values have two sides.",
        ],
    )

    mistakes = [
        Mistake(
            "Each patient now has mean zero over these genes, as nearly before over all. The genes "
            "are as loud as they were: {share:.0%} of the variance, from {raw_loudness:.0%}. You "
            "standardised the other axis.",
            when=lambda state: state["scaled"] == _PATIENT,
            example={"scaled": _PATIENT},
            misconception="either_axis_will_do",
            holds=lambda state: abs(state["share"] - state["raw_loudness"]) < 0.03,
        ),
        Mistake(
            "{share:.0%} of the variance still says which gene is loud. Other colours and another "
            "order only paint that in another way.",
            when=lambda state: state["scaled"] == _NOTHING,
            example={"by_likeness": True},
            misconception="colour_shows_patients",
            holds=lambda state: abs(state["share"] - state["raw_loudness"]) < 1e-9,
        ),
        Mistake(
            "The values have two sides now, and the colours one: they run from {low:.1f} to "
            "{high:.1f}, and the mean of a gene has no colour of its own.",
            when=lambda state: state["colours"] == _SEQUENTIAL,
            example={"scaled": _GENE},
            misconception="any_colours_will_do",
            holds=lambda state: state["low"] < 0 < state["high"],
        ),
        Mistake(
            "The file lists one diagnosis after the other: along the patients it changes {changes} "
            "time. An order that knows the answer shows the answer. Ordered by the likeness of "
            "these genes, the diagnosis changes {likeness_changes} times.",
            when=lambda state: not state["by_likeness"],
            example={"scaled": _GENE, "colours": _DIVERGING},
            misconception="order_is_given",
            holds=lambda state: state["changes"] == 1,
        ),
    ]

    learned = [
        Outcome(
            "Standardised by gene, loudness goes from {raw_loudness:.0%} of the variance to "
            "{share:.0%}. The price: the gene that varies least, by a standard deviation of "
            "{flattest:.2f}, is painted as strongly as the one that varies most, with "
            "{steepest:.2f}. Along the patients, ordered by likeness, the diagnosis changes "
            "{changes} times: these genes alone do not sort it.",
            holds=lambda state: state["share"] < 1e-9 and state["changes"] > 1,
        )
    ]

    holds = [
        Claim("shows\nmostly that", lambda state: state["raw_loudness"] > 0.5),
        Claim("standardised each patient over all", lambda _: _is_standardised_by_patient()),
    ]

    def in_the_lab(self, *, scaled: str, by_likeness: bool, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"order": "clustered" if by_likeness else "as filed"}
        if scaled != _GENE:
            is_standard = scaled == _PATIENT
            settings["scaled"] = "each column standardised" if is_standard else "as it is"
        return LabAddress("golub", "clustermap", settings)

    def show(self, scaled: str, colours: str, by_likeness: bool) -> Exhibit:
        shown = standardised(scaled)
        alike = by_alike(shown)
        facts: dict[str, Any] = {
            **_loudness_facts(),
            "share": loudness(shown),
            "largest_mean": float(shown.mean(axis="columns").abs().max()),
            "nearly_zero": 1e-9,
            "likeness_changes": _changes(alike),
        }
        if by_likeness:
            shown = alike
        is_diverging = colours == _DIVERGING
        values = shown.to_numpy()
        low, high = (
            (-_LIMIT, _LIMIT) if is_diverging else (float(values.min()), float(values.max()))
        )
        facts |= {
            "low": low,
            "high": high,
            "beyond": int(((values < low) | (values > high)).sum()),
            "changes": _changes(shown),
        }
        return Exhibit(
            figures=(gene_map(shown, (low, high), "house" if is_diverging else "viridis"),),
            facts=facts,
            table=shown.round(2),
            description=fill(
                "A map of {drawn} genes in {patients} patients. {share:.0%} of its variance says "
                "which gene is loud; the colours run from {low:.1f} to {high:.1f}.",
                facts,
            ),
        )


def gene_map(shown: pd.DataFrame, limits: tuple[float, float], colours: str) -> Heatmap:
    """Genes by patients."""
    return Heatmap(
        shown,
        limits,
        colours=colours,
        decimals=None,
        scale="expression",
        title="Genes in patients with leukaemia",
    )


@cache
def _expression() -> pd.DataFrame:
    """Every gene in every patient; shared, so not to be changed."""
    return table("golub").drop(columns="description")


def _is_standardised_by_patient() -> bool:
    """Whether the file gives every patient mean zero and deviation one over all genes."""
    means, deviations = _expression().mean(), _expression().std()
    return bool(means.abs().max() < 1e-5 and (deviations - 1).abs().max() < 1e-5)


@cache
def standardised(scaled: str) -> pd.DataFrame:
    """The genes that are drawn, standardised by gene, by patient or not at all."""
    places = np.linspace(0, len(_expression()) - 1, _DRAWN).round().astype(int)
    chosen = _expression().iloc[places]
    if scaled == _GENE:
        centred = chosen.sub(chosen.mean(axis="columns"), axis="index")
        return centred.div(chosen.std(axis="columns"), axis="index")
    return (chosen - chosen.mean()) / chosen.std() if scaled == _PATIENT else chosen


def by_alike(table: pd.DataFrame) -> pd.DataFrame:
    """Rows and columns in the order of an average-linkage tree."""
    from scipy.cluster.hierarchy import leaves_list, linkage

    rows, columns = leaves_list(linkage(table, "average")), leaves_list(linkage(table.T, "average"))
    return table.iloc[rows, columns]


def loudness(table: pd.DataFrame) -> float:
    """The share of the variance that lies between the means of the rows."""
    values = table.to_numpy()
    return float(values.mean(axis=1).var() / values.var())


def _changes(table: pd.DataFrame) -> int:
    """How often the diagnosis changes from one patient to the next."""
    diagnoses = table.columns.str[:3]
    return int((diagnoses[1:] != diagnoses[:-1]).sum())


@cache
def _loudness_facts() -> dict[str, Any]:
    genes, patients = _expression().shape
    chosen = standardised(_NOTHING)
    deviations = chosen.std(axis="columns")
    return {
        "genes": genes,
        "patients": patients,
        "drawn": len(chosen),
        "every_loudness": loudness(_expression()),
        "raw_loudness": loudness(chosen),
        "steepest": float(deviations.max()),
        "flattest": float(deviations.min()),
    }
