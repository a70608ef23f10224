"""Whole tables with words in them: every cell by its measure, and families of columns."""

from collections.abc import Callable
from functools import cache
from io import StringIO
from typing import Any, Literal

import numpy as np
import pandas as pd

from lessons.categorical import scripts
from lessons.categorical.tables import (
    CHILE,
    TITANIC,
    alone,
    counts_behind,
    off_diagonal,
    pair_chart,
    table,
)
from lessons.highway import on_or_above_diagonal
from lib.charts import Heatmap
from lib.course import (
    Behind,
    Choice,
    Exhibit,
    Mistake,
    Number,
    Option,
    Predict,
    Seed,
    Step,
    Task,
    fill,
)
from lib.stats import (
    Associations,
    associate,
    associate_categories,
    cluster,
    correlate,
    cramers_v,
    neighbour_similarity,
)

_PAIRWISE, _COMPLETE = "each pair's own", "complete only"
_MISSING: dict[str, Literal["pairwise", "complete"]] = {
    _PAIRWISE: "pairwise",
    _COMPLETE: "complete",
}
_TARGETS = {"chile": "vote", "titanic": "survived"}
_PARTNERS = (
    "region",
    "population",
    "sex",
    "age",
    "education",
    "income",
    "statusquo",
    "passengerClass",
)
_SYMBOLS = {
    "pearson": "r",
    "spearman": "ρ",
    "correlation ratio": "η",
    "correlation ratio of ranks": "η of ranks",
    "cramers_v": "V",
}


class Mixed(Step):
    """
    ### Every cell says what it is

    Chile, {rows:,} people asked before the plebiscite. Words, ordered words and numbers stand side
    by side. `corr()` would show the four columns of numbers and keep quiet about the rest: no
    `vote`, in a survey about a vote.

    Here each cell has the measure that its two columns allow, and carries its name. Two numbers: r.
    With an order: ρ. Words and a number: η. Words and an order: η of the ranks. Words and words: V.

    They all end at one. They do not share a meaning. Click a cell before you compare it with
    another of a different name.
    """

    tables = (CHILE, TITANIC)

    data = Choice("Table", tuple(_TARGETS), default="chile")
    people = Choice("Rows", (_PAIRWISE, _COMPLETE), default=_PAIRWISE)
    partner = Choice("Best partner of vote, or survived", _PARTNERS, default=None)
    views = ("people",)

    predict = Predict(
        "Which column tells most about the `vote`?",
        choices=[
            Option(
                text="`education`",
                value="education",
                feedback=(
                    "Words with words: V = {education_v:.2f}. The scale of support for the status "
                    "quo has η = {statusquo_eta:.2f}, η² = {statusquo_eta2:.2f}."
                ),
                misconception="background_decides",
            ),
            Option(
                text="`income`",
                value="income",
                feedback=(
                    "η = {income_eta:.2f}. In this survey the purse says little about the vote. "
                    "`statusquo` has {statusquo_eta:.2f}."
                ),
                misconception="background_decides",
            ),
            Option(
                text="`statusquo`, the support for things as they are",
                value="statusquo",
                feedback=(
                    "η = {statusquo_eta:.2f}, η² = {statusquo_eta2:.2f}. On the complete "
                    "rows η² = {complete_eta2:.2f}. `corr()` could not say so: it has no row for "
                    "`vote`."
                ),
            ),
            Option(
                text="`region`",
                value="region",
                feedback=(
                    "V = {region_v:.2f}. The regions voted much alike. `statusquo` has η = "
                    "{statusquo_eta:.2f}."
                ),
                misconception="background_decides",
            ),
        ],
        answer=lambda exhibit: str(exhibit.facts["best"]),
    )

    task = Task(
        "Find the best partner of `vote`, or of `survived` on the Titanic.",
        passed=lambda state: state["partner"] == state["best"],
        solution={"data": "chile", "partner": "statusquo"},
        hints=[
            "Read along the row of `vote`, or down its column.",
            "The name in the cell says what the number is.",
        ],
    )

    mistakes = [
        Mistake(
            "There is no `{partner}` in that table. Its columns are the rows of the map.",
            when=lambda state: state["partner_measure"] == "none" and state["partner"] is not None,
            example={"data": "titanic", "partner": "region"},
            misconception="background_decides",
        ),
        Mistake(
            "`{target}` and `{partner}`: {partner_measure} = {partner_value:.2f}. The best has "
            "{best_measure} = {best_value:.2f}.",
            when=lambda state: state["partner"] is not None,
            example={"partner": "sex"},
            misconception="background_decides",
        ),
    ]

    learned = (
        "`{target}` goes with `{best}`, {best_measure} = {best_value:.2f}, squared "
        "{best_share:.2f}; with `education` V is {education_v:.2f}, with `sex` {sex_v:.2f}. On the "
        "Titanic `sex` has V = {titanic_sex:.2f} and the class {titanic_class:.2f}. A mixed map "
        "without names in its cells is a riddle."
    )

    def show(self, data: str, people: str, partner: str | None) -> Exhibit:
        target = _TARGETS[data]
        found = _associated(data, people)
        measures = found.measure.replace(_SYMBOLS)
        strengths = found.value[target].drop(target).abs()
        best = str(strengths.idxmax())
        is_there = partner in strengths.index
        chile, titanic = table("chile"), table("titanic")
        votes = _associated("chile", people).value["vote"]
        rows = chile.dropna() if people == _COMPLETE else chile
        facts: dict[str, Any] = {
            "rows": len(chile),
            "complete_rows": len(chile.dropna()),
            "no_vote": int(chile["vote"].isna().sum()),
            **_continents(),
            "target": target,
            "n": int(found.n[best][target]),
            "best": best,
            "best_measure": str(measures[best][target]),
            "best_value": float(found.value[best][target]),
            "best_share": float(found.value[best][target] ** 2),
            "partner_measure": str(measures[partner][target]) if is_there else "none",
            "partner_value": float(found.value[partner][target]) if is_there else 0.0,
            "statusquo_eta": float(votes["statusquo"]),
            "statusquo_eta2": float(votes["statusquo"] ** 2),
            "complete_eta2": float(_associated("chile", _COMPLETE).value["vote"]["statusquo"] ** 2),
            "income_eta": float(votes["income"]),
            "education_v": cramers_v(rows["education"], rows["vote"], corrected=False),
            "sex_v": cramers_v(rows["sex"], rows["vote"], corrected=False),
            "region_v": cramers_v(rows["region"], rows["vote"], corrected=False),
            "titanic_sex": cramers_v(titanic["survived"], titanic["sex"], corrected=False),
            "titanic_class": cramers_v(
                titanic["survived"], titanic["passengerClass"], corrected=False
            ),
        }
        names = measures.map(lambda name: name.replace(" of ranks", "*"))
        text = names + " " + found.value.map(lambda value: f"{value:.2f}".replace("-", "−"))
        hidden = on_or_above_diagonal(found.value)
        return Exhibit(
            figures=(
                Heatmap(
                    found.value.iloc[1:, :-1],
                    hidden=hidden.iloc[1:, :-1],
                    text=text.iloc[1:, :-1],
                    title="Each cell by its own measure (η*: of ranks)",
                    scale="the measure that the cell names",
                ),
            ),
            facts=facts,
            code=scripts.mixing(data, people == _COMPLETE, partner or ""),
            table=_listed(found),
            description=fill(
                "A map of all pairs of columns, each cell by the measure that fits and named. The "
                "strongest in the row of {target} is {best}, {best_measure} = {best_value:.2f}, "
                "over {n:,} people.",
                facts,
            ),
            behind=_opening(table(data).dropna() if people == _COMPLETE else table(data), found),
        )


@cache
def _associated(data: str, people: str) -> Associations:
    return associate(table(data), adjust="none", missing=_MISSING[people])


def _continents() -> dict[str, int]:
    """A column with a level NA, for North America, read as usual and read as it is written."""
    file = "continent\nEurope\nNA\nAsia\nNA\n"
    usual, literal = (
        pd.read_csv(StringIO(file), keep_default_na=keep)["continent"] for keep in (True, False)
    )
    return {"american": int((literal == "NA").sum()), "american_lost": int(usual.isna().sum())}


def _opening(data: pd.DataFrame, found: Associations) -> Callable[[str, str], Behind]:
    """What a cell opens: a chart of its two columns, and its own measure."""

    def open_cell(row: str, column: str) -> Behind:
        if row == column:
            return alone(data[row], "people")
        chart = pair_chart(data[[row, column]].dropna(), row, column)
        name = _SYMBOLS[found.measure[column][row]]
        facts = {"value": float(found.value[column][row]), "n": int(found.n[column][row])}
        return Behind(chart, f"{name} = " + fill("{value:.2f} over {n:,} people.", facts))

    return open_cell


def _listed(found: Associations) -> pd.DataFrame:
    pairs = found.pairs()
    names = pairs["x"] + "–" + pairs["y"]
    return pairs.assign(measure=pairs["measure"].replace(_SYMBOLS), value=pairs["value"].round(3))[
        ["measure", "value", "n"]
    ].set_axis(names)


_FAMILIES, _NOISE = "three families", "noise"
_V, _CODES_R = "V", "|r| of codes"
_AS_IT_CAME, _ALPHABET, _CLUSTERED = "as it came", "alphabet", "clustered"
_QUESTIONS = tuple("abcdefghijkl")


class Blocks(Step):
    """
    ### Families of questions

    A survey of {rows} people, twelve questions with six answers each. Somebody shuffled the
    questions, and numbered the answers as they came.

    Behind them stand three hidden tastes. Four questions ask about each, and people answer by
    their taste {share:.0%} of the time, else at random.

    Cluster the columns by one minus V, and put neighbours side by side. It changes the order of
    the rows and columns. It changes no value.
    """

    data = Choice("The answers", (_FAMILIES, _NOISE), default=_FAMILIES)
    measure = Choice("Map of", (_CODES_R, _V), default=_CODES_R)
    order = Choice("Order", (_AS_IT_CAME, _ALPHABET, _CLUSTERED), default=_AS_IT_CAME)
    families = Number("How many families?", 1, 12)
    draw = Seed("Draw")
    views = ("draw",)

    predict = Predict(
        "The same map of V, as it came and clustered. What does clustering do to the strongest "
        "cell, {largest:.2f}?",
        choices=[
            Option(
                text="Makes it stronger: blocks stand out",
                value="stronger",
                feedback=(
                    "The eye says so, the cell does not: {largest:.2f} before and "
                    "{largest_after:.2f} after. What rose is the mean of neighbours, from "
                    "{before:.2f} to {after:.2f}."
                ),
                misconception="sorting_changes_cells",
            ),
            Option(
                text="Nothing: it only moves",
                value="same",
                feedback=(
                    "{largest:.2f} before and after. Neighbours are chosen to be alike: their mean "
                    "goes from {before:.2f} to {after:.2f}."
                ),
            ),
            Option(
                text="Makes it weaker: it is averaged with its block",
                value="weaker",
                feedback=(
                    "Averages decide which groups merge, and stay in the tree. The map keeps its "
                    "cells: {largest_after:.2f}."
                ),
                misconception="sorting_changes_cells",
            ),
        ],
        answer=lambda exhibit: (
            "same" if exhibit.facts["largest"] == exhibit.facts["largest_after"] else "stronger"
        ),
        answer_at={"measure": _V, "order": _CLUSTERED},
    )

    task = Task(
        "Bring the families of the answers side by side, and say how many there are.",
        passed=lambda state: (
            state["data"] == _FAMILIES
            and state["is_v"]
            and state["is_clustered"]
            and state["families"] == state["true_families"]
        ),
        solution={"measure": _V, "order": _CLUSTERED, "families": 3},
        hints=[
            "The answers were numbered as they came. What does r make of such codes?",
            "Count the squares along the diagonal.",
        ],
    )

    mistakes = [
        Mistake(
            "These answers are noise. Clustering raises the neighbours' mean all the same, from "
            "{before:.3f} to {after:.3f}: alike things were put together, however little alike.",
            when=lambda state: state["data"] == _NOISE,
            example={"data": _NOISE, "measure": _V, "order": _CLUSTERED},
            misconception="a_square_is_a_finding",
        ),
        Mistake(
            "The answers were numbered as they came, and r reads the numbers. Three clusters by r "
            "of codes agree with the true families at {agreement_codes:.2f}, by V at "
            "{agreement_v:.2f}; one is perfect.",
            when=lambda state: not state["is_v"],
            example={"order": _CLUSTERED},
            misconception="codes_are_measurements",
        ),
        Mistake(
            "All the families are on that map, scattered. Neighbours have {shown:.2f} on average; "
            "clustered they would have {after:.2f}.",
            when=lambda state: not state["is_clustered"],
            example={"measure": _V},
            misconception="any_order_shows_families",
        ),
        Mistake(
            "Not {families}. Each family is a bright square on the diagonal, with dark around it.",
            when=lambda state: state["families"] is not None,
            example={"measure": _V, "order": _CLUSTERED, "families": 4},
            misconception="a_square_is_a_finding",
        ),
    ]

    learned = (
        "Clustered by V the {true_families} families stand side by side, neighbours {after:.2f} "
        "instead of {before:.2f}, and no cell has changed. By r of codes the agreement with the "
        "true families is {agreement_codes:.2f}, by V {agreement_v:.2f}."
    )

    def show(
        self,
        data: str,
        measure: str,
        order: str,
        families: int | None,  # noqa: ARG002
        draw: int,
    ) -> Exhibit:
        answers, truth = _answers(data == _FAMILIES, draw)
        v = associate_categories(answers.astype("category"), adjust="none").v
        r = correlate(answers, adjust="none").r.abs()
        values = v if measure == _V else r
        tree = cluster(1 - values, distance="precomputed")
        names: list[str] = {
            _AS_IT_CAME: values.columns.tolist(),
            _ALPHABET: list(_QUESTIONS),
            _CLUSTERED: tree.order,
        }[order]
        shown = values.loc[names, names]
        clustered = values.loc[tree.order, tree.order]
        facts: dict[str, Any] = {
            "rows": len(answers),
            "share": _LOYALTY,
            "true_families": truth.nunique() if data == _FAMILIES else 0,
            "is_v": measure == _V,
            "is_clustered": order == _CLUSTERED,
            "before": neighbour_similarity(values),
            "after": neighbour_similarity(clustered),
            "after_v": neighbour_similarity(v, cluster(1 - v, distance="precomputed").order),
            "shown": neighbour_similarity(shown),
            "largest": float(off_diagonal(values).max()),
            "largest_after": float(off_diagonal(clustered).max()),
            "agreement_codes": _agreement(r, truth),
            "agreement_v": _agreement(v, truth),
        }
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    limits=(0, 1),
                    hidden=pd.DataFrame(np.eye(12, dtype=bool), names, names),
                    colours="viridis",
                    title=f"Twelve questions, {order}: {measure}",
                    scale=measure,
                ),
            ),
            facts=facts,
            code=scripts.sorting_out(data == _FAMILIES, measure == _V, order, draw),
            table=shown.round(3),
            description=fill(
                f"A map of {measure} between twelve questions, {order}. Neighbours have "
                "{shown:.2f} on average, {before:.2f} as it came and {after:.2f} when clustered; "
                "the largest value is {largest:.2f} in any order.",
                facts,
            ),
            behind=counts_behind(answers.astype("category"), "people"),
        )


_LOYALTY = 0.5


@cache
def _answers(has_families: bool, draw: int) -> "tuple[pd.DataFrame, pd.Series[int]]":
    """Twelve columns of answers in shuffled order, and the family of each; shared."""
    rng = np.random.default_rng(draw)
    tastes = rng.integers(6, size=(400, 3))
    by_chance = rng.integers(6, size=(400, 12))
    is_loyal = rng.random(size=(400, 12)) < _LOYALTY
    family = np.repeat(np.arange(3), 4)
    answers = np.where(is_loyal, tastes[:, family], by_chance) if has_families else by_chance
    for column in range(12):
        answers[:, column] = rng.permutation(6)[answers[:, column]]  # numbered as it came
    dealt = rng.permutation(12)
    names = rng.permutation(list(_QUESTIONS))
    return pd.DataFrame(answers[:, dealt], columns=names), pd.Series(family[dealt], names)


def _agreement(similarity: pd.DataFrame, truth: "pd.Series[int]") -> float:
    """Adjusted Rand index of three clusters and the true families: one if they are the same."""
    from sklearn.metrics import adjusted_rand_score

    found = cluster(1 - similarity, distance="precomputed").cut_into(3)
    return float(adjusted_rand_score(truth, found))
