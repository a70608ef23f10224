"""Patients in a tree by their genes: what separates them, and who had chosen the genes."""

from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.clustermaps.groups import agreement, height_for, pair_map, r_of
from lessons.tables import GOLUB, table
from lib.charts import Bars
from lib.course import (
    Behind,
    Choice,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Redraws,
    Slider,
    Step,
    Task,
    Toggle,
    Value,
    fill,
    working,
)
from lib.stats import Clustering, Linkage, adjust_p_values, cluster

_LINKAGES = ("average", "complete", "ward")
_LEVEL = 0.05


class Leukaemia(Step):
    """
    ### The setting that works

    {patients} patients, {genes_in_all:,} genes. {lymphoid} have one leukaemia, ALL, and {myeloid}
    another, AML. The tree is not told. It hangs up patients by their genes, and is cut into two.

    Which genes? Often "the most variable ones", as many as somebody likes. Often each gene is
    standardised first. Often the linkage is *Ward's*, which merges the two groups whose union
    adds least to the spread within groups. Each of these is a knob, and the diagnosis is right
    there to say when to stop turning.

    Agreement is one if the two groups are the two diagnoses, and zero for groups by lot.
    """

    readings = {
        "agreement": "{agreement:.2f}",
        "with the other number": "{other_agreement:.2f}",
    }

    tables = (GOLUB,)

    genes = Slider("Most variable genes", 50, 500, default=200, step=10)
    other = Slider("And beside it", 50, 500, default=500, step=10)
    scaled = Toggle("Standardise each gene", default=True)
    linkage = Choice("Linkage", _LINKAGES, default="ward")

    predict = Predict(
        "All {genes_in_all:,} genes, standardised, Ward's linkage, two groups. How well do they "
        "agree with the diagnoses?",
        choices=[
            Option(
                text="Perfectly: all the information is there",
                value="perfect",
                feedback=(
                    "{all_agreement:.2f}. Of {genes_in_all:,} genes {telling:,} differ between the "
                    "diagnoses (BH, at {level:.0%}). The others need not know anything of them, "
                    "and standardised they all have the same say."
                ),
                misconception="more_genes_see_more",
                holds=lambda state: state["telling"] < state["genes_in_all"] / 2,
            ),
            Option(
                text="Well, with a few patients astray",
                value="well",
                feedback=(
                    "{all_agreement:.2f}, while a hundred genes give {hundred_agreement:.2f}. More "
                    "genes were not more evidence."
                ),
                misconception="more_genes_see_more",
                holds=lambda state: state["all_agreement"] < state["hundred_agreement"],
                tempting=True,
            ),
            Option(
                text="Not at all",
                value="not",
                feedback=(
                    "{all_agreement:.2f}: about what groups by lot would have. Two groups there "
                    "are, since two were asked for. They are not the diagnoses."
                ),
                holds=lambda state: abs(state["all_agreement"]) < 0.1,
            ),
        ],
        answer=lambda exhibit: _in_words(float(exhibit.facts["all_agreement"])),
        seen_at=None,
    )

    task = Task(
        "With one method, find a number of genes that separates the diagnoses perfectly, and "
        "beside it another, at most {near} genes away, with an agreement below {failing:.1f}.",
        goals=[
            Goal(
                "One number of genes separates the diagnoses perfectly: the agreement is now "
                "{agreement:.2f}",
                met=lambda state: state["agreement"] > state["nearly_one"],
            ),
            Goal(
                "The other agrees less than {failing:.1f}: now {other_agreement:.2f}",
                met=lambda state: state["other_agreement"] < state["failing"],
            ),
            Goal(
                "They are at most {near} genes apart: now {genes} and {other}",
                met=lambda state: abs(state["genes"] - state["other"]) <= state["near"],
            ),
        ],
        solution={"genes": 100, "other": 80},
        hints=[
            "With the settings as they are, look around a hundred.",
            "One slider finds what works. The other one looks next door.",
        ],
    )

    mistakes = [
        Mistake(
            "{genes} genes separate perfectly, and a paper might end here. {other} genes, {apart} "
            "away, give {other_agreement:.2f}. Look nearer.",
            when=lambda state: (
                state["agreement"] > state["nearly_one"] and state["apart"] > state["near"]
            ),
            example={"genes": 100},
            misconception="one_good_setting_is_enough",
            holds=lambda state: state["apart"] > state["near"],
        ),
        Mistake(
            "{genes} genes separate perfectly, and {other} genes have {other_agreement:.2f}. You "
            "have looked at one neighbour. There are others.",
            when=lambda state: state["agreement"] > state["nearly_one"],
            example={"genes": 100, "other": 90},
            misconception="one_good_setting_is_enough",
            holds=lambda state: state["other_agreement"] >= state["failing"],
        ),
        Mistake(
            "{genes} genes have {agreement:.2f}, and {other} genes {other_agreement:.2f}. A number "
            "that fails says little alone. It says much beside one that separates perfectly: find "
            "that one first.",
            when=lambda state: (
                state["agreement"] <= state["nearly_one"]
                and state["other_agreement"] < state["failing"]
            ),
            example={"genes": 270, "other": 80},
            misconception="one_good_setting_is_enough",
            holds=lambda state: state["agreement"] < 1,
        ),
    ]

    learned = [
        Outcome(
            "{genes} genes agree {agreement:.2f} with the diagnoses, {other} genes "
            "{other_agreement:.2f}. All of them, by Ward's linkage and standardised, have "
            "{all_agreement:.2f}. One clustermap is one setting of many, and somebody chose it. "
            "Ask for its neighbours.",
            holds=lambda state: (
                state["agreement"] > state["nearly_one"]
                and state["other_agreement"] < state["failing"]
            ),
        )
    ]

    def in_the_lab(self, *, linkage: str, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"side": "columns", "linkage": linkage, "k": 2}
        return LabAddress("golub", "clustermap", settings)

    def show(self, genes: int, other: int, scaled: bool, linkage: str) -> Exhibit:
        drawn, beside = (_separated(number, scaled, linkage) for number in (genes, other))
        facts: dict[str, Any] = {
            **_facts_of_golub(),
            "apart": abs(genes - other),
            "near": 20,
            "failing": 0.5,
            "nearly_one": 0.999,
            "agreement": drawn.agreement,
            "other_agreement": beside.agreement,
            **_by_popular_settings(),
        }
        return Exhibit(
            figures=tuple(
                pair_map(
                    each.r,
                    each.tree,
                    f"{number} genes: {each.agreement:.2f}",
                    height_for(each.tree, 2),
                )
                for number, each in ((genes, drawn), (other, beside))
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame(
                {f"by {genes}": drawn.tree.cut_into(2), f"and by {other}": beside.tree.cut_into(2)}
            ),
            description=fill(
                f"Two clustermaps of {{patients}} patients, by {genes} and by {other} genes, each "
                "cut into two groups. Their agreement with the diagnoses is {agreement:.2f} and "
                "{other_agreement:.2f}.",
                facts,
            ),
            members=patients_in,
        )


class Separated(NamedTuple):
    """Patients by some of their genes; shared, so not to be changed."""

    r: pd.DataFrame
    tree: Clustering
    agreement: float


def _in_words(agreed: float) -> str:
    if agreed > 0.999:
        return "perfect"
    return "well" if agreed > 0.5 else "not"


@cache
def _golub() -> pd.DataFrame:
    """Every gene in every patient; shared, so not to be changed."""
    return table("golub").drop(columns="description")


@cache
def _facts_of_golub() -> dict[str, Any]:
    diagnoses = _diagnoses(_golub().columns)
    return {
        "genes_in_all": len(_golub()),
        "patients": len(diagnoses),
        "lymphoid": int((diagnoses == "ALL").sum()),
        "myeloid": int((diagnoses == "AML").sum()),
        "level": _LEVEL,
        "telling": _telling_genes(diagnoses == "AML"),
    }


def _telling_genes(is_myeloid: NDArray[np.bool_]) -> int:
    """How many genes differ between the diagnoses, by Student's t, adjusted after BH."""
    from scipy.special import stdtr

    values = _golub().to_numpy()
    t = t_of_rows(values[:, is_myeloid], values[:, ~is_myeloid])
    p = 2 * stdtr(values.shape[1] - 2, -np.abs(t))
    return int((adjust_p_values(p, "bh") < _LEVEL).sum())


def _diagnoses(patients: "pd.Index[str]") -> "NDArray[np.object_]":
    return np.asarray(patients.str[:3], dtype=object)


def agreement_with_diagnoses(tree: Clustering) -> float:
    """Of two groups of patients, with their diagnoses."""
    groups = tree.cut_into(2)
    return agreement(groups, _diagnoses(groups.index))


def standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row with mean zero and standard deviation one."""
    z: NDArray[np.float64] = values - values.mean(axis=1, keepdims=True)
    z /= z.std(axis=1, ddof=1, keepdims=True)
    return z


@cache
def by_variance() -> pd.DataFrame:
    order = np.argsort(-_golub().to_numpy().var(axis=1, ddof=1), kind="stable")
    return _golub().iloc[order]


@lru_cache(maxsize=64)
def _separated(genes: int, scaled: bool, linkage: str) -> Separated:
    """By the most variable genes."""
    shown = by_variance().head(genes)
    if scaled:
        shown = pd.DataFrame(standardised(shown.to_numpy()), columns=shown.columns)
    tree = cluster(shown, distance="euclidean", linkage=cast("Linkage", linkage))
    return Separated(r_of(shown), tree, agreement_with_diagnoses(tree))


@cache
def _by_popular_settings() -> dict[str, float]:
    """Standardised and by Ward's linkage: by every gene, and by a hundred."""
    return {
        "all_agreement": _separated(len(_golub()), True, "ward").agreement,
        "hundred_agreement": _separated(100, True, "ward").agreement,
    }


def patients_in(names: tuple[str, ...]) -> Behind:
    """What a branch of patients opens: their diagnoses."""
    diagnoses = [name[:3] for name in names]
    counts = {diagnosis: diagnoses.count(diagnosis) for diagnosis in ("ALL", "AML")}
    return Behind(
        Bars(pd.DataFrame({"patients": counts}), x="patients on this branch"),
        f"{len(names)} patients: {counts['ALL']} ALL, {counts['AML']} AML.",
    )


_NOISE, _SHUFFLED, _REAL = "noise", "genes, labels shuffled", "genes and labels"
_NOBODY, _ALL, _OTHERS = "without labels", "by t, all patients", "by t, other half"
_KINDS, _CHOOSERS = (_NOISE, _SHUFFLED, _REAL), (_NOBODY, _ALL, _OTHERS)
_CHOSEN, _MOST_DRAWS, _ENOUGH = 50, 40, 20
_KINDS_OF_PATIENTS = "two kinds of patients"
_NOTHING = "nothing yet"
_TREE_TESTED = "a tree cannot be wrong"


class Dipping(Step):
    """
    ### The genes that knew the answer

    A popular recipe. Test every gene for a difference between two diagnoses, keep the
    {chosen_genes} with the largest t, cluster the patients by these. The tree, which was never
    told the diagnosis, finds it. A picture for page one.

    Here the recipe is run on noise: {genes_in_all:,} rows of random numbers and the real list of
    diagnoses. Nothing is in there. Draw, and look.

    The remedy is an old one: choose with some patients, look at others. Genes chosen in one half
    are shown in the other half.
    """

    readings = {
        "mean agreement": "{mean:.2f}",
        "last draw": "{last:.2f}",
        "draws": "{draws}",
    }

    tables = (GOLUB,)

    data = Choice("Data", _KINDS, default=_NOISE)
    chosen = Choice("Genes chosen", _CHOOSERS, default=_NOBODY)
    draws = Redraws("Draws", _MOST_DRAWS)

    predict = Predict(
        "Pure noise, {enough} times. The {chosen_genes} genes with the largest t, chosen with "
        "the diagnoses. How well do two groups of the tree agree with the diagnoses?",
        choices=[
            Option(
                text="About zero: it is noise",
                value="zero",
                feedback=(
                    "{noise_mean:.2f} on average. Of {genes_in_all:,} rows of noise the best "
                    "{chosen_genes} do differ between the two groups, in these patients. That is "
                    "how they were chosen."
                ),
                misconception="chosen_genes_prove",
                holds=lambda state: state["noise_mean"] > 0.8,
                tempting=True,
            ),
            Option(
                text="About a half",
                value="half",
                feedback=(
                    "{noise_mean:.2f}. With {genes_in_all:,} to choose from, noise can do better."
                ),
                misconception="chosen_genes_prove",
                holds=lambda state: state["noise_mean"] > 0.8,
            ),
            Option(
                text="Nearly perfectly",
                value="nearly",
                feedback=(
                    "{noise_mean:.2f} on average, perfect in {noise_perfect:.0%} of the draws. "
                    "Without the choice, {blind_mean:.2f}."
                ),
                holds=lambda state: abs(state["blind_mean"]) < 0.2 < state["noise_mean"],
            ),
        ],
        answer=lambda exhibit: (
            "nearly"
            if float(exhibit.facts["noise_mean"]) > 0.8
            else ("half" if float(exhibit.facts["noise_mean"]) > 0.25 else "zero")
        ),
        answer_at={"draws": _ENOUGH},
        seen_at={"chosen": "by t, all patients"},
    )

    answers = {
        "verdict": Choice(
            "A tree splits by diagnosis: proof of",
            (_KINDS_OF_PATIENTS, _NOTHING, _TREE_TESTED),
            default=None,
        )
    }

    task = Task(
        "Let noise put on the show, in at least {enough} draws: the recipe as above. Then say what "
        "such a tree is proof of.",
        goals=[
            Goal(
                "The data are noise: now {data}",
                met=lambda state: state["data"] == _NOISE,
            ),
            Goal(
                "The recipe is the one from above: now {chosen}",
                met=lambda state: state["chosen"] == _ALL,
            ),
            Goal(
                "There are at least {enough} draws: now {draws}",
                met=lambda state: state["draws"] >= state["enough"],
            ),
            Goal(
                "What such a tree is proof of is said rightly",
                met=lambda state: state["verdict"] == _NOTHING,
            ),
        ],
        solution={"chosen": _ALL, "draws": _ENOUGH, "verdict": _NOTHING},
        hints=[
            "The recipe chooses by t, in all patients.",
            "If noise gives it, what can it be proof of?",
        ],
    )

    mistakes = [
        Mistake(
            "With these settings agreement is {mean:.2f} over {drawn}. With noise and the recipe "
            "it is {noise_mean:.2f}. What noise gives as well is no proof of two kinds of "
            "patients.",
            when=lambda state: state["verdict"] == _KINDS_OF_PATIENTS and state["chosen"] == _ALL,
            example={"chosen": _ALL, "draws": _ENOUGH, "verdict": _KINDS_OF_PATIENTS},
            misconception="chosen_genes_prove",
            holds=lambda state: state["noise_mean"] > 0.7,
        ),
        Mistake(
            "The tree was never told the diagnoses, true. But by this recipe the genes were picked "
            "for them. In noise the agreement goes from {blind_mean:.2f} to {noise_mean:.2f} by "
            "the picking alone.",
            when=lambda state: state["verdict"] == _TREE_TESTED,
            example={"chosen": _ALL, "verdict": _TREE_TESTED},
            misconception="unsupervised_is_innocent",
            holds=lambda state: state["noise_mean"] > state["blind_mean"] + 0.5,
        ),
        Mistake(
            "Real genes, and labels dealt out by lot: over {drawn} the recipe gives "
            "{shuffled_mean:.2f}. With noise it gives {noise_mean:.2f}. Real genes go together, so "
            "picking many of them is more like picking a few. The task is about noise.",
            when=lambda state: state["data"] == _SHUFFLED,
            example={"data": _SHUFFLED, "chosen": _ALL},
            misconception="chosen_genes_prove",
            holds=lambda state: state["shuffled_mean"] < state["noise_mean"],
        ),
        Mistake(
            "In patients who had no part in the choice the real genes have {mean:.2f} over "
            "{drawn}, noise has {halves_mean:.2f}. That is a fair question, and an answer. The "
            "task is about the recipe.",
            when=lambda state: state["data"] == _REAL and state["chosen"] == _OTHERS,
            example={"data": _REAL, "chosen": _OTHERS},
            misconception="chosen_genes_prove",
            holds=lambda state: (
                state["mean"] == state["real_halves_mean"] > state["halves_mean"] + 0.3
            ),
        ),
        Mistake(
            "The real ones: {mean:.2f} over {drawn}. By the recipe noise has {noise_mean:.2f}, so "
            "such a picture is not what tells you. The task is about noise.",
            when=lambda state: state["data"] == _REAL,
            example={"data": _REAL, "chosen": _ALL},
            misconception="chosen_genes_prove",
            holds=lambda state: state["noise_mean"] > 0.8,
        ),
        Mistake(
            "Chosen like this, noise has {mean:.2f} over {drawn}. Chosen by t, in all patients, it "
            "has {noise_mean:.2f}. Put that on the screen.",
            when=lambda state: state["chosen"] != _ALL,
            example={"chosen": _OTHERS},
            misconception="chosen_genes_prove",
            holds=lambda state: state["mean"] < state["noise_mean"],
        ),
        Mistake(
            "Rightly said, after {drawn}, with {mean:.2f} on average. So few can be luck. Over "
            "{enough} one sees what the recipe makes of noise as a rule.",
            when=lambda state: state["verdict"] == _NOTHING and state["draws"] < state["enough"],
            example={"chosen": _ALL, "draws": 2, "verdict": _NOTHING},
            misconception="one_draw_shows_chance",
            holds=lambda state: state["data"] == _NOISE and state["chosen"] == _ALL,
        ),
    ]

    learned = [
        Outcome(
            "Noise, {drawn}: agreement {noise_mean:.2f}, perfect in {noise_perfect:.0%}. "
            "Chosen without labels {blind_mean:.2f}, chosen in one half and shown in the other "
            "{halves_mean:.2f}. Real labels pass that last test, with {real_halves_mean:.2f} on "
            "average. So the diagnoses are in the genes; it is the recipe that could not show it.",
            holds=lambda state: (
                state["noise_mean"] > 0.8
                and max(abs(state["blind_mean"]), abs(state["halves_mean"])) < 0.2
                and state["real_halves_mean"] > 0.6
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"side": "columns", "linkage": "ward", "k": 2}
        return LabAddress("golub", "clustermap", settings)

    def show(self, data: str, chosen: str, draws: int) -> Exhibit:
        found = _agreements(data, chosen, draws)
        compared = {
            f"{kind}, {chooser}": _agreements(kind, chooser, draws) for kind, chooser in _COMPARED
        }
        values, names = _dipped(data, chosen, draws - 1)
        shown = pd.DataFrame(values, columns=names)
        r, tree = r_of(shown), cluster(shown, distance="euclidean", linkage="ward")
        noise, blind, halves, shuffled, real_halves = compared.values()
        facts: dict[str, Any] = {
            **_facts_of_golub(),
            "chosen_genes": _CHOSEN,
            "enough": _ENOUGH,
            "drawn": "one draw" if draws == 1 else f"{draws} draws",
            "last": found[-1],
            "mean": float(np.mean(found)),
            "noise_mean": float(np.mean(noise)),
            "noise_perfect": float(np.mean(np.array(noise) > 0.999)),
            "blind_mean": float(np.mean(blind)),
            "halves_mean": float(np.mean(halves)),
            "shuffled_mean": float(np.mean(shuffled)),
            "real_halves_mean": float(np.mean(real_halves)),
        }
        bars = pd.DataFrame({"agreement": {name: np.mean(x) for name, x in compared.items()}})
        return Exhibit(
            figures=(
                pair_map(r, tree, fill("This draw: {last:.2f}", facts), height_for(tree, 2)),
                Bars(bars, title="Mean agreement", x=f"over {facts['drawn']}"),
            ),
            across=2,
            facts=facts,
            table=bars.round(3),
            description=fill(
                f"A clustermap of {len(r)} patients, {data}, {{chosen_genes}} genes chosen "
                f"{chosen}: agreement with the labels {{last:.2f}}. Bars compare the mean over "
                "{drawn}: noise chosen by t {noise_mean:.2f}, without labels {blind_mean:.2f}.",
                facts,
            ),
            members=patients_in,
        )


_COMPARED = (
    (_NOISE, _ALL),
    (_NOISE, _NOBODY),
    (_NOISE, _OTHERS),
    (_SHUFFLED, _ALL),
    (_REAL, _OTHERS),
)


def _agreements(data: str, chosen: str, draws: int) -> list[float]:
    """Of the first so many draws."""
    found = []
    for draw in range(draws):
        working(draw / draws, f"{data.capitalize()}, {chosen}")
        found.append(_agreement_in(data, chosen, draw))
    return found


@cache
def _agreement_in(data: str, chosen: str, draw: int) -> float:
    """Of two groups with the labels. Hundreds are asked for, and `cluster` checks each anew."""
    from scipy.cluster.hierarchy import fcluster, linkage  # 0.3 s to import

    values, names = _dipped(data, chosen, draw)
    groups = fcluster(linkage(values.T, "ward"), 2, "maxclust")
    return agreement(groups, np.char.startswith(names, "AML"))


def _dipped(data: str, chosen: str, draw: int) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """The chosen genes, standardised, in the patients in whom they are shown; and their names."""
    rng = np.random.default_rng(draw)
    values, names = _golub().to_numpy(), np.array(_golub().columns, dtype=str)
    if data == _NOISE:
        values = rng.normal(size=values.shape)
    elif data == _SHUFFLED:
        names = rng.permutation(names)
    is_myeloid = np.char.startswith(names, "AML")
    tested = np.full(len(names), fill_value=True)
    if chosen == _OTHERS:
        mixed = rng.permutation(len(names))
        for diagnosis in (mixed[~is_myeloid[mixed]], mixed[is_myeloid[mixed]]):
            tested[diagnosis[: len(diagnosis) // 2]] = False
    if chosen == _NOBODY:
        genes = np.arange(_CHOSEN)
    else:
        t = t_of_rows(values[:, tested & is_myeloid], values[:, tested & ~is_myeloid])
        genes = np.argsort(-np.abs(t), kind="stable")[:_CHOSEN]
    seen = ~tested if chosen == _OTHERS else tested
    return standardised(values[genes][:, seen]), names[seen]


def t_of_rows(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Student's t of every row between two groups of columns."""
    n, m = first.shape[1], second.shape[1]
    pooled = (first.var(axis=1) * n + second.var(axis=1) * m) / (n + m - 2)
    t: NDArray[np.float64] = (first.mean(axis=1) - second.mean(axis=1)) / np.sqrt(
        pooled * (1 / n + 1 / m)
    )
    return t
