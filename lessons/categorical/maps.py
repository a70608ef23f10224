"""Whole tables with words in them: every cell by its measure, encoded, or sorted into families."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from io import StringIO
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from lessons.tables import CHILE, SALARIES, TITANIC, table
from lib.charts import Heatmap, Lines, below_diagonal, number_text
from lib.course import (
    Behind,
    Choice,
    Exhibit,
    Fact,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    fill,
)
from lib.course.behind import alone, contingency_behind, pair_chart
from lib.stats import (
    Associations,
    associate,
    associate_categories,
    cluster,
    correlate,
    cramers_v,
    neighbour_similarity,
    target_encode,
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
    `vote`, in a survey about a vote. And not every word survives the reading: `read_csv` takes NA,
    among others, for a gap unless it is told `keep_default_na=False`.

    Here each cell has the measure that its two columns allow, and carries its name. Two numbers: r.
    With an order: ρ. Words and a number: η. Words and an order: η of the ranks. Words and words: V.

    They all end at one. They do not share a meaning. Click a cell before you compare it with
    another of a different name.
    """

    tables = (CHILE, TITANIC)

    data = Choice("Table", tuple(_TARGETS), default="chile")
    people = Choice("Rows", (_PAIRWISE, _COMPLETE), default=_PAIRWISE)
    answers = {"partner": Choice("Best partner of vote, or survived", _PARTNERS, default=None)}
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
        goals=[
            Goal(
                "The best partner is named: now {partner}",
                met=lambda state: state["partner"] == state["best"],
            ),
        ],
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

    learned = [
        Outcome(
            "`{target}` goes with `{best}`, {best_measure} = {best_value:.2f}, squared "
            "{best_share:.2f}; with `education` V is {education_v:.2f}, with `sex` {sex_v:.2f}. On"
            " the Titanic `sex` has V = {titanic_sex:.2f} and the class {titanic_class:.2f}. A "
            "mixed map without names in its cells is a riddle."
        )
    ]

    def show(self, data: str, people: str) -> Exhibit:
        target = _TARGETS[data]
        found = _associated(data, people)
        measures = found.measure.replace(_SYMBOLS)
        best = str(found.value[target].drop(target).abs().idxmax())
        facts: dict[str, Any] = {
            **_of_both_tables(people),
            "target": target,
            "n": int(found.n[best][target]),
            "best": best,
            "best_measure": str(measures[best][target]),
            "best_value": float(found.value[best][target]),
            "best_share": float(found.value[best][target] ** 2),
        }
        names = measures.map(lambda name: name.replace(" of ranks", "*"))
        text = names + " " + found.value.map(number_text)
        return Exhibit(
            figures=(
                Heatmap.lower(
                    found.value,
                    text=text,
                    title="Each cell by its own measure (η*: of ranks)",
                    scale="the measure that the cell names",
                ),
            ),
            facts=facts,
            table=_listed(found),
            description=fill(
                "A map of all pairs of columns, each cell by the measure that fits and named. The "
                "strongest in the row of {target} is {best}, {best_measure} = {best_value:.2f}, "
                "over {n:,} people.",
                facts,
            ),
            behind=_opening(_rows(data, people), found),
        )

    def appraise(self, exhibit: Exhibit, partner: str | None) -> Mapping[str, Fact]:
        data, people = (str(exhibit.setting[name]) for name in ("data", "people"))
        found = _associated(data, people)
        if partner not in found.value.index:
            return {"partner_measure": "none", "partner_value": 0.0}
        target = _TARGETS[data]
        return {
            "partner_measure": _SYMBOLS[found.measure[partner][target]],
            "partner_value": float(found.value[partner][target]),
        }


def _rows(data: str, people: str) -> pd.DataFrame:
    return table(data).dropna() if people == _COMPLETE else table(data)


@cache
def _associated(data: str, people: str) -> Associations:
    return associate(table(data), adjust="none", missing=_MISSING[people])


@cache
def _of_both_tables(people: str) -> dict[str, Fact]:
    """What the texts say of Chile and the Titanic, whichever is on the screen."""
    chile, titanic, rows = table("chile"), table("titanic"), _rows("chile", people)
    etas = _associated("chile", people).value["vote"]
    return {
        "rows": len(chile),
        "complete_rows": len(chile.dropna()),
        "no_vote": int(chile["vote"].isna().sum()),
        **_continents(),
        "statusquo_eta": float(etas["statusquo"]),
        "statusquo_eta2": float(etas["statusquo"] ** 2),
        "complete_eta2": float(_associated("chile", _COMPLETE).value["vote"]["statusquo"] ** 2),
        "income_eta": float(etas["income"]),
        "education_v": cramers_v(rows["education"], rows["vote"], corrected=False),
        "sex_v": cramers_v(rows["sex"], rows["vote"], corrected=False),
        "region_v": cramers_v(rows["region"], rows["vote"], corrected=False),
        "titanic_sex": cramers_v(titanic["survived"], titanic["sex"], corrected=False),
        "titanic_class": cramers_v(titanic["survived"], titanic["passengerClass"], corrected=False),
    }


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


_ONE_HOT, _ALL, _OTHERS = "one-hot", "mean of all", "mean of the others"
_WORDS = ("rank", "discipline", "sex")


class Encodings(Step):
    """
    ### The door number explains it

    {rows} professors, their salary, and three columns of words: `rank`, `discipline`, `sex`. To
    get words onto a map of r, two encodings are popular.

    *One-hot* gives each word a column of its own, one or zero; `rank Prof` has r = {prof:.2f}.
    *Target encoding* gives each word the mean salary of its people, one column for all.

    There is a fourth column here: the number of the office. The offices were dealt by chance, to
    real people with real salaries. You decide how many there are.
    """

    tables = (SALARIES,)

    offices = Slider("Offices", 2, 198, default=4)
    encoding = Choice("Encode by", (_ONE_HOT, _ALL, _OTHERS), default=_ONE_HOT)
    draw = Seed("Draw")
    views = ("draw",)

    predict = Predict(
        "Encoded by the mean salary, `sex` has r = {sex_all:.2f} with the salary, `rank` "
        "{rank_all:.2f}. How many offices does it take until the office, which knows nothing, can "
        "be expected to do as well as `sex`?",
        choices=[
            Option(
                text="Fewer than {few}",
                value="few",
                feedback=(
                    "About {as_sex}. The expected r is the root of offices minus one over people "
                    "minus one. To match `rank` it takes {as_rank}."
                ),
            ),
            Option(
                text="About a hundred",
                value="many",
                feedback=(
                    "{as_sex} are enough. A hundred offices do better than `discipline` and `sex` "
                    "together."
                ),
                misconception="encoding_is_innocent",
            ),
            Option(
                text="It never will: it knows nothing",
                value="never",
                feedback=(
                    "Each mean contains the salary that it is compared with. {as_sex} offices "
                    "match `sex`, {as_rank} match `rank`."
                ),
                misconception="encoding_is_innocent",
            ),
        ],
        answer=lambda exhibit: (
            "few" if int(exhibit.facts["as_sex"]) < int(exhibit.facts["few"]) else "many"
        ),
    )

    task = Task(
        "Have enough offices that by the mean of all the office beats the `rank`. Then choose the "
        "encoding that ranks it last again.",
        goals=[
            Goal(
                "By the mean of all, the office beats the rank: now {office_all:.2f} against "
                "{rank_all:.2f}",
                met=lambda state: state["office_all"] > state["rank_all"],
            ),
            Goal(
                "The encoding on the screen ranks the office last again",
                met=lambda state: (
                    state["encoding"] == _OTHERS
                    and abs(state["office_others"]) < state["rank_others"]
                ),
            ),
        ],
        solution={"offices": 190, "encoding": _OTHERS},
        hints=[
            "Look at the curve: where does it cross the line of `rank`?",
            "Whose salary must stay out of the mean?",
        ],
    )

    mistakes = [
        Mistake(
            "{offices} offices: r = {office_all:.2f} by the mean of all, `rank` {rank_all:.2f}. It "
            "takes about {as_rank} to get there by chance.",
            when=lambda state: state["office_all"] <= state["rank_all"],
            example={"offices": 20, "encoding": _ALL},
            misconception="levels_cost_nothing",
        ),
        Mistake(
            "The office has r = {office_all:.2f} now and beats `rank`, {rank_all:.2f}. Would you "
            "sell that map? Each person's own salary is inside the mean.",
            when=lambda state: state["encoding"] == _ALL,
            example={"offices": 190, "encoding": _ALL},
            misconception="encoding_is_innocent",
        ),
        Mistake(
            "One-hot shows no strong office, the best of {offices} has |r| = {best_office:.2f}. "
            "But that is {offices} columns for one, and a model that gets them all explains as "
            "much as the target encoding: {office_share:.0%}.",
            when=lambda state: state["encoding"] == _ONE_HOT,
            example={"offices": 190},
            misconception="one_hot_is_free",
        ),
    ]

    learned = [
        Outcome(
            "{offices} offices dealt by chance have r = {office_all:.2f} with the salary, more "
            "than the rank's {rank_all:.2f}. From the others' salaries it is {office_others:.2f}; "
            "the rank keeps {rank_others:.2f}. It is the bias of V again, and the same formula."
        )
    ]

    def show(self, offices: int, encoding: str, draw: int) -> Exhibit:
        of_words, words = _words_encoded()
        of_offices, office = _offices_encoded(offices, draw)
        encoded = pd.concat([words, office])
        n = len(table("salaries"))
        facts: dict[str, Any] = {
            "rows": n,
            "few": 20,
            **{f"{name}_all": float(encoded[_ALL][name]) for name in encoded.index},
            **{f"{name}_others": float(encoded[_OTHERS][name]) for name in encoded.index},
            "best_office": float(of_offices.abs().max()),
            "prof": float(of_words["rank Prof"]),
            "office_share": float(encoded[_ALL]["office"] ** 2),
            "expected": float(np.sqrt((offices - 1) / (n - 1))),
            "as_sex": int(np.ceil(1 + encoded[_ALL]["sex"] ** 2 * (n - 1))),
            "as_rank": int(np.ceil(1 + encoded[_ALL]["rank"] ** 2 * (n - 1))),
        }
        five_offices = of_offices.sort_values(key=abs, ascending=False).head(5)
        shown = {
            _ONE_HOT: pd.concat([of_words, five_offices]).to_frame("salary"),
            _ALL: encoded[[_ALL]],
            _OTHERS: encoded,
        }[encoding]
        return Exhibit(
            figures=(
                Heatmap(shown, title="r with the salary", scale="r"),
                Lines(
                    _theory(n),
                    title="What chance gives",
                    y="expected r, mean of all",
                    marks={name: facts[f"{name}_all"] for name in ("rank", "sex")},
                ),
            ),
            across=2,
            facts=facts,
            table=shown.round(3),
            description=fill(
                "r of the encoded columns with the salary, and the r that chance gives a column "
                "of so many levels. With {offices} offices the office has {office_all:.2f} by the "
                "mean of all, {office_others:.2f} by that of the others; the rank {rank_all:.2f} "
                "and {rank_others:.2f}.",
                {"offices": offices, **facts},
            ),
        )


@cache
def _words_encoded() -> "tuple[pd.Series[float], pd.DataFrame]":
    return _encoded(table("salaries")[list(_WORDS)])


@lru_cache(maxsize=64)
def _offices_encoded(offices: int, draw: int) -> "tuple[pd.Series[float], pd.DataFrame]":
    """An office for each professor: every office has as many people, or one more."""
    people = len(table("salaries"))
    doors = np.random.default_rng(draw).permutation(np.arange(people) % offices)
    return _encoded(pd.DataFrame({"office": pd.Categorical(doors.astype(str))}))


def _encoded(columns: pd.DataFrame) -> "tuple[pd.Series[float], pd.DataFrame]":
    """r with the salary: of each one-hot column, and of each column encoded by either mean."""
    salary = table("salaries")["salary"]
    dummies = pd.get_dummies(columns, prefix_sep=" ", dtype=float)
    encoded = {
        name: {
            column: float(
                target_encode(columns[column], salary, leave_one_out=name == _OTHERS).corr(salary)
            )
            for column in columns
        }
        for name in (_ALL, _OTHERS)
    }
    return _r_with(dummies, salary), pd.DataFrame(encoded)


def _r_with(columns: pd.DataFrame, target: "pd.Series[Any]") -> "pd.Series[float]":
    """r of each column with the target, all at once."""
    x, y = (values - values.mean(axis=0) for values in (columns.to_numpy(), target.to_numpy()))
    return pd.Series(y @ x / np.sqrt((x**2).sum(axis=0) * (y @ y)), columns.columns)


@cache
def _theory(n: int) -> pd.DataFrame:
    levels = pd.RangeIndex(2, 199, name="levels")
    return pd.DataFrame({"expected r": np.sqrt((levels - 1) / (n - 1))}, levels)


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
    draw = Seed("Draw")
    answers = {"families": Number("How many families?", 1, 12)}
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
        goals=[
            Goal(
                "The answers are the ones with families: now {data}",
                met=lambda state: state["data"] == _FAMILIES,
            ),
            Goal(
                "The map shows a measure that is made for words: now {measure}",
                met=lambda state: state["measure"] == _V,
            ),
            Goal(
                "The families stand side by side",
                met=lambda state: state["order"] == _CLUSTERED,
            ),
            Goal(
                "Their number is said rightly: now {families}",
                met=lambda state: state["families"] == state["true_families"],
            ),
        ],
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
            when=lambda state: state["measure"] != _V,
            example={"order": _CLUSTERED},
            misconception="codes_are_measurements",
        ),
        Mistake(
            "All the families are on that map, scattered. Neighbours have {shown:.2f} on average; "
            "clustered they would have {after:.2f}.",
            when=lambda state: state["order"] != _CLUSTERED,
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

    learned = [
        Outcome(
            "Clustered by V the {true_families} families stand side by side, neighbours "
            "{after:.2f} instead of {before:.2f}, and no cell has changed. By r of codes the "
            "agreement with the true families is {agreement_codes:.2f}, by V {agreement_v:.2f}."
        )
    ]

    def show(self, data: str, measure: str, order: str, draw: int) -> Exhibit:
        answers, truth = _answers(data == _FAMILIES, draw)
        sorted_out = _sorted_out(data == _FAMILIES, draw)
        values, clustered, _ = sorted_out[measure]
        v, v_clustered, agreement_v = sorted_out[_V]
        names = {
            _AS_IT_CAME: values.columns.tolist(),
            _ALPHABET: list(_QUESTIONS),
            _CLUSTERED: clustered,
        }[order]
        shown = values.loc[names, names]
        facts: dict[str, Any] = {
            "rows": len(answers),
            "share": _LOYALTY,
            "true_families": truth.nunique() if data == _FAMILIES else 0,
            "before": neighbour_similarity(values),
            "after": neighbour_similarity(values, clustered),
            "after_v": neighbour_similarity(v, v_clustered),
            "shown": neighbour_similarity(shown),
            "largest": float(below_diagonal(values).max()),
            "largest_after": float(below_diagonal(values.loc[clustered, clustered]).max()),
            "agreement_codes": sorted_out[_CODES_R].agreement,
            "agreement_v": agreement_v,
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
            table=shown.round(3),
            description=fill(
                f"A map of {measure} between twelve questions, {order}. Neighbours have "
                "{shown:.2f} on average, {before:.2f} as it came and {after:.2f} when clustered; "
                "the largest value is {largest:.2f} in any order.",
                facts,
            ),
            behind=contingency_behind(answers.astype("category"), "people"),
        )


_LOYALTY = 0.5


@lru_cache(maxsize=24)
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


class _Sorted(NamedTuple):
    """A map of the questions, their order in its tree, and how well three clusters of it agree
    with the true families: one if they are the same.
    """

    values: pd.DataFrame
    clustered: list[str]
    agreement: float


@lru_cache(maxsize=64)
def _sorted_out(has_families: bool, draw: int) -> dict[str, _Sorted]:
    """By either measure."""
    from sklearn.metrics import adjusted_rand_score  # slow to import

    answers, truth = _answers(has_families, draw)
    maps = {
        _V: associate_categories(answers.astype("category"), adjust="none").v,
        _CODES_R: correlate(answers, adjust="none").r.abs(),
    }
    trees = {name: cluster(1 - values, distance="precomputed") for name, values in maps.items()}
    return {
        name: _Sorted(maps[name], tree.order, float(adjusted_rand_score(truth, tree.cut_into(3))))
        for name, tree in trees.items()
    }
