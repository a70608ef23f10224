"""Whole tables with words in them: every cell by its measure, encoded, or sorted into families."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from io import StringIO
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from lessons.cross_fitting import Floats, cross_fitted, explained_by_tree
from lessons.tables import CHILE, SALARIES, TITANIC, table
from lib.charts import Bars, Heatmap, below_diagonal, number_text
from lib.course import (
    Behind,
    Choice,
    Claim,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    Value,
    fill,
)
from lib.course.behind import alone, contingency_behind, pair_chart
from lib.stats import (
    Associations,
    associate,
    associate_categories,
    cluster,
    correlate,
    neighbour_similarity,
    target_encode,
)

_PAIRWISE, _COMPLETE = "each pair's own", "complete only"
_MISSING: dict[str, Literal["pairwise", "complete"]] = {
    _PAIRWISE: "pairwise",
    _COMPLETE: "complete",
}
_TARGETS = {"chile": "vote", "titanic": "survived"}
_NUMBERS = ("age", "income", "population", "statusquo")
_UNORDERED = ("region", "sex")
_SYMBOLS = {
    "pearson": "r",
    "spearman": "ρ",
    "correlation ratio": "η",
    "correlation ratio of ranks": "η of ranks",
    "cramers_v": "V",
}
_INTERVALS = {
    "r": "Fisher's z",
    "ρ": "Fisher's z",
    "η": "noncentral F",
    "V": "noncentral chi-square",
}
_NO_INTERVAL = "No interval: noncentral F does not fit ranks."


class Mixed(Step):
    """
    ### Every cell says what it is

    Chile, {rows:,} people asked before the plebiscite. Words, ordered words and numbers stand side
    by side. `corr(numeric_only=True)` shows the four columns of numbers and keeps quiet about the
    rest: no `vote`, in a survey about a vote. And not every word survives the reading: `read_csv`
    takes NA, among others, for a gap unless it is told `keep_default_na=False`.

    Here each cell has the measure that its two columns allow, and carries its name. Two numbers: r.
    With an order: ρ. Words and a number: η. Words and an order: η of the ranks. Words and words: V.

    Their scales end at one. How far up a pair can get depends on its levels, and on how many
    people are in each. Nor do they share a meaning. Click a cell before you compare it with another
    of a different name.

    The click shows the cell's interval too: of r and ρ by *Fisher's z*, of η by *noncentral F*, of
    V by *noncentral chi-square*. All take the people as if drawn one by one. η of ranks has none:
    noncentral F does not fit ranks. Small does not mean certain: `sex` and `age` have η =
    {sex_age:.2f}, with an interval from {sex_age_low:.2f} to {sex_age_high:.2f}.
    """

    readings = {
        "people": "{people_used:,}",
        "the most frequent answer is right in": "{target_guess:.0%}",
    }

    tables = (CHILE, TITANIC)

    data = Choice("Table", tuple(_TARGETS), default="chile")
    people = Choice("Rows", (_PAIRWISE, _COMPLETE), default=_PAIRWISE)
    answers = {
        "number": Choice("Best of the numbers", _NUMBERS, default=None),
        "words": Choice("Best of the words without order", _UNORDERED, default=None),
    }
    views = ("people",)

    predict = Predict(
        "You have to guess each person's `vote` from one other column: the most frequent vote of "
        "those with the same word, or of the same quarter of a number. Which column is right most "
        "often?",
        choices=[
            Option(
                text="`education`",
                value="education",
                feedback=(
                    "{guess_education:.0%} right. `statusquo` gets {guess_statusquo:.0%}, and "
                    "who knows nothing of a person {guess_nothing:.0%}."
                ),
                misconception="background_decides",
                holds=lambda state: state["guess_education"] < state["guess_statusquo"],
            ),
            Option(
                text="`income`",
                value="income",
                feedback=(
                    "{guess_income:.0%} right, where who knows nothing of a person gets "
                    "{guess_nothing:.0%}. In this survey the purse says little about the vote. "
                    "`statusquo` gets {guess_statusquo:.0%}."
                ),
                misconception="background_decides",
                holds=lambda state: state["guess_income"] < state["guess_nothing"] + 0.05,
            ),
            Option(
                text="`statusquo`, the support for things as they are",
                value="statusquo",
                feedback=(
                    "{guess_statusquo:.0%} right; of the others the best gets {guess_next:.0%}. "
                    "`corr(numeric_only=True)` could not say so: it has no row for `vote`."
                ),
                tempting=True,
                holds=lambda state: state["guess_statusquo"] > 1.3 * state["guess_next"],
            ),
            Option(
                text="`region`",
                value="region",
                feedback=(
                    "{guess_region:.0%} right: the regions voted much alike. `statusquo` gets "
                    "{guess_statusquo:.0%}."
                ),
                misconception="background_decides",
                holds=lambda state: state["guess_region"] < state["guess_nothing"] + 0.06,
            ),
        ],
        answer=lambda exhibit: str(exhibit.facts["guesses_best"]),
        seen_at=None,
    )

    task = Task(
        "For `vote`, or for `survived` on the Titanic: name the column of numbers that goes with "
        "it best, and the column of words without an order. Compare what has one name.",
        goals=[
            Goal(
                "The best of the numbers is named: now {number}",
                met=lambda state: state["number"] == state["best_number"],
            ),
            Goal(
                "The best of the words is named: now {words}",
                met=lambda state: state["words"] == state["best_words"],
            ),
        ],
        solution={"number": "statusquo", "words": "sex"},
        hints=[
            "Read along the row of `vote`, or down its column.",
            "The name in the cell says what the number is. Numbers have η there, words V.",
        ],
    )

    holds = [
        Claim("depends on its levels", lambda _: _highest_rho("education", "income") < 0.95),
        Claim(
            "Small does not mean certain",
            lambda state: (
                state["sex_age_low"] == 0 and state["sex_age_high"] > 1.5 * state["sex_age"]
            ),
        ),
    ]

    mistakes = [
        Mistake(
            "There is no `{absent}` in that table. Its columns are the rows of the map.",
            when=lambda state: state["absent"] != "",
            example={"data": "titanic", "words": "region"},
            misconception="background_decides",
            holds=lambda state: state["data"] == "titanic",
        ),
        Mistake(
            "`{target}` and `{number}`: η = {number_value:.2f}, and the interval ends at "
            "{number_high:.2f}. Another column of numbers has more: its interval begins at "
            "{best_number_low:.2f}.",
            when=lambda state: state["number"] not in (None, state["best_number"]),
            example={"number": "age"},
            misconception="background_decides",
            holds=lambda state: state["number_high"] < state["best_number_low"],
        ),
        Mistake(
            "`{target}` and `{words}`: V = {words_value:.2f}, and the interval ends at "
            "{words_high:.2f}. Another column of words has more: its interval begins at "
            "{best_words_low:.2f}.",
            when=lambda state: state["words"] not in (None, state["best_words"]),
            example={"words": "region"},
            misconception="background_decides",
            holds=lambda state: state["words_high"] < state["best_words_low"],
        ),
    ]

    learned = [
        Outcome(
            "`{best_number}` has η = {best_number_value:.2f} with the `vote`, interval "
            "{best_number_low:.2f} to {best_number_high:.2f}. `{best_words}` has V = "
            "{best_words_value:.2f}, interval {best_words_low:.2f} to {best_words_high:.2f}. The "
            "names differ, so neither sizes nor intervals rank the two. Votes guessed right do: "
            "{best_number_guess:.0%} from `{best_number}`, {best_words_guess:.0%} from "
            "`{best_words}`, {target_guess:.0%} from nothing at all. A mixed map without names in "
            "its cells is a riddle.",
            when=lambda state: state["data"] == "chile",
            holds=lambda state: state["best_number_guess"] > state["best_words_guess"],
        ),
        Outcome(
            "`{best_number}` has η = {best_number_value:.2f} with `survived`, interval "
            "{best_number_low:.2f} to {best_number_high:.2f}. `{best_words}` has V = "
            "{best_words_value:.2f}, interval {best_words_low:.2f} to {best_words_high:.2f}. The "
            "names differ, so neither sizes nor intervals rank the two. What is guessed right "
            "does: {best_number_guess:.0%} from `{best_number}`, {best_words_guess:.0%} from "
            "`{best_words}`, {target_guess:.0%} from nothing at all. A mixed map without names in "
            "its cells is a riddle.",
            holds=lambda state: state["best_number_guess"] < state["best_words_guess"],
        ),
    ]

    def in_the_lab(self, *, data: str, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"method": "by kind", "adjust": "none"}
        return LabAddress(data, "association_map", settings)

    def show(self, data: str, people: str) -> Exhibit:
        target = _TARGETS[data]
        found = _associated(data, people)
        measures = found.measure.replace(_SYMBOLS)
        number, words = (_strongest(found, target, each) for each in (_NUMBERS, _UNORDERED))
        guesses = _guessed_right(data)
        facts: dict[str, Any] = {
            **_of_chile(),
            "target": target,
            "people_used": len(_rows(data, people)),
            "best_number": number,
            "best_number_value": float(found.value[number][target]),
            **_ends("best_number", found, target, number),
            "best_number_guess": guesses[number],
            "best_words": words,
            "best_words_value": float(found.value[words][target]),
            **_ends("best_words", found, target, words),
            "best_words_guess": guesses[words],
            "target_guess": guesses["nothing"],
            "sex_age": float(found.value["age"]["sex"]),
            **_ends("sex_age", found, "sex", "age"),
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
                "A map of all pairs of columns, each cell by the measure that fits and named. In "
                "the row of {target} the strongest number is {best_number}, η = "
                "{best_number_value:.2f}, and of the words {best_words}, V = "
                "{best_words_value:.2f}.",
                facts,
            ),
            behind=_opening(_rows(data, people), found),
        )

    def appraise(
        self, exhibit: Exhibit, number: str | None, words: str | None
    ) -> Mapping[str, Fact]:
        data, people = (str(exhibit.setting[name]) for name in ("data", "people"))
        found, target = _associated(data, people), _TARGETS[data]
        values, high = found.value[target], found.high[target]
        absent = [name for name in (number, words) if name and name not in values.index]
        return {
            "absent": absent[0] if absent else "",
            "number_value": float(values.get(number, 0.0)),
            "number_high": float(high.get(number, 0.0)),
            "words_value": float(values.get(words, 0.0)),
            "words_high": float(high.get(words, 0.0)),
        }


def _rows(data: str, people: str) -> pd.DataFrame:
    return table(data).dropna() if people == _COMPLETE else table(data)


def _highest_rho(first: str, second: str) -> float:
    """Of two columns of Chile that go together as far as their own values allow: both sorted."""
    both = table("chile")[[first, second]].dropna()
    one, other = (np.sort(both[name].rank().to_numpy(float)) for name in (first, second))
    return float(np.corrcoef(one, other)[0, 1])


@cache
def _associated(data: str, people: str) -> Associations:
    return associate(table(data), adjust="none", missing=_MISSING[people])


def _ends(name: str, found: Associations, row: str, column: str) -> dict[str, float]:
    """Of the interval of a cell."""
    return {
        f"{name}_low": float(found.low[column][row]),
        f"{name}_high": float(found.high[column][row]),
    }


def _strongest(found: Associations, target: str, names: tuple[str, ...]) -> str:
    """Of these columns the one that goes with the target best; only one measure among them."""
    there = [name for name in names if name in found.value.index]
    return str(found.value[target][there].abs().idxmax())


@cache
def _guessed_right(data: str) -> dict[str, float]:
    """Share of the target guessed from one column: its most frequent value per word or quarter.

    Of the complete rows, so that all columns are asked about the same people.
    """
    rows, target = table(data).dropna(), _TARGETS[data]
    shares = {"nothing": float(rows[target].value_counts(normalize=True).max())}
    for name in rows.columns.drop(target):
        column = rows[name]
        parts = pd.qcut(column, 4, duplicates="drop") if name in _NUMBERS else column
        shares[name] = float(pd.crosstab(parts, rows[target]).max(axis=1).sum() / len(rows))
    return shares


@cache
def _of_chile() -> dict[str, Fact]:
    """What the texts say of Chile, whichever table is on the screen."""
    chile, guesses = table("chile"), _guessed_right("chile")
    best, following = sorted(set(guesses) - {"nothing"}, key=lambda name: -guesses[name])[:2]
    return {
        "rows": len(chile),
        "complete_rows": len(chile.dropna()),
        "no_vote": int(chile["vote"].isna().sum()),
        **_continents(),
        **{
            f"guess_{name}": guesses[name]
            for name in ("nothing", "education", "income", "statusquo", "region")
        },
        "guess_next": guesses[following],
        "guesses_best": best,
    }


def _continents() -> dict[str, int]:
    """A column with a level NA, for North America, read as usual and read as it is written."""
    file = "continent\nEurope\nNA\nAsia\nNA\n"
    usual, literal = (
        pd.read_csv(StringIO(file), keep_default_na=keep)["continent"] for keep in (True, False)
    )
    return {"american": int((literal == "NA").sum()), "american_lost": int(usual.isna().sum())}


def _opening(data: pd.DataFrame, found: Associations) -> Callable[[str, str], Behind]:
    """What a cell opens: a chart of its two columns, its own measure, and how certain that is."""

    def open_cell(row: str, column: str) -> Behind:
        if row == column:
            return alone(data[row], "people")
        chart = pair_chart(data[[row, column]].dropna(), row, column)
        name = _SYMBOLS[found.measure[column][row]]
        facts: dict[str, Fact] = {
            "name": name,
            "value": float(found.value[column][row]),
            "n": int(found.n[column][row]),
        }
        measured = "{name} = {value:.2f} over {n:,} people"
        if name not in _INTERVALS:
            return Behind(chart, fill(f"{measured}. {_NO_INTERVAL}", facts))
        facts |= {"kind": _INTERVALS[name], **_ends("interval", found, row, column)}
        interval = "95 % interval {interval_low:.2f} to {interval_high:.2f} by {kind}."
        return Behind(chart, fill(f"{measured}; {interval}", facts))

    return open_cell


def _listed(found: Associations) -> pd.DataFrame:
    pairs = found.pairs()
    symbols = pairs["measure"].replace(_SYMBOLS)
    named = pairs.assign(measure=symbols, interval=symbols.map(_INTERVALS).fillna("none"))
    columns = ["measure", "value", "interval", "low", "high", "n"]
    return named[columns].round(3).set_axis(pairs["x"] + "–" + pairs["y"])


_ONE_HOT, _ALL, _OTHERS, _FITTED = "one-hot", "mean of all", "leave-one-out", "cross-fitted"
_BY_TARGET = {_ALL: "all", _OTHERS: "others", _FITTED: "fitted"}
_WORDS = ("rank", "discipline", "sex")
_FEW_OFFICES, _MANY_OFFICES = 4, 198
# In each draw up to the last the many offices beat the rank, and the few are read off the door.
_LAST_DRAW = 299


class Encodings(Step):
    """
    ### The door number explains it

    {rows} professors, their salary, and three columns of words: `rank`, `discipline`, `sex`. To
    get words onto a map of r, two encodings are popular.

    *One-hot* gives each word a column of its own, one or zero; `rank Prof` has r = {prof:.2f}.
    *Target encoding* gives each word the mean salary of its people, one column for all. Of the mean
    there are three kinds: the mean of all; *leave-one-out*, the mean of the others; and
    *cross-fitted*, where the people are dealt into folds and each fold gets the means of the other
    folds.

    There is a fourth column here: the number on the office door. The offices were dealt by chance,
    to real people with real salaries. You decide how many there are.

    The bars ask a *decision tree*: a model that sorts rows by yes-or-no questions. It gets the code
    and the door number, and guesses the salaries of people it has not seen. Below zero it does
    worse than the plain mean.
    """

    readings = {
        "offices": "{offices}",
        "people": "{rows}",
    }

    tables = (SALARIES,)

    offices = Slider("Offices", 2, 198, default=_FEW_OFFICES)
    encoding = Choice("Encode by", (_ONE_HOT, *_BY_TARGET), default=_ONE_HOT)
    draw = Seed("Draw", high=_LAST_DRAW)
    answers = {
        "many": Choice("Flatters many offices", tuple(_BY_TARGET), default=None),
        "few": Choice("Betrays salaries where offices are few", tuple(_BY_TARGET), default=None),
    }
    views = ("draw",)
    typical = ("office_all", "office_others")

    predict = Predict(
        "Encoded by the mean of all, `sex` has r = {sex_all:.2f} with the salary, `rank` "
        "{rank_all:.2f}. How many offices does it take until the office, which knows nothing, can "
        "be expected to do as well as `sex`?",
        choices=[
            Option(
                text="Fewer than {enough}",
                value="few",
                feedback=(
                    "About {as_sex}. The expected r² is offices minus one over people minus one, "
                    "much as for V. To match `rank` it takes {as_rank}."
                ),
                holds=lambda state: (
                    state["as_sex"] < state["enough"] and state["as_sex"] < state["as_rank"]
                ),
            ),
            Option(
                text="About a hundred",
                value="many",
                feedback=(
                    "{as_sex} are enough. A hundred offices can be expected to beat `discipline` "
                    "and `sex` together."
                ),
                misconception="levels_cost_nothing",
                holds=lambda state: (
                    99 / (state["rows"] - 1) > state["discipline_all"] ** 2 + state["sex_all"] ** 2
                ),
            ),
            Option(
                text="It never will: it knows nothing",
                value="never",
                feedback=(
                    "Each mean contains the salary that it is compared with. {as_sex} offices "
                    "match `sex`, {as_rank} match `rank`."
                ),
                misconception="encoding_is_innocent",
                tempting=True,
                holds=lambda state: state["as_sex"] < state["as_rank"],
            ),
        ],
        answer=lambda exhibit: (
            "few" if int(exhibit.facts["as_sex"]) < int(exhibit.facts["enough"]) else "many"
        ),
        seen_at=None,
    )

    task = Task(
        "Try the encodings with few offices and with many. One of them makes many offices beat the "
        "`rank`. Another one lets the tree read salaries off the door where offices are few. Name "
        "both, and show an encoding in one column that does neither.",
        goals=[
            Goal(
                "What flatters many offices is named: now {many}",
                met=lambda state: state["many"] == state["flatters"],
            ),
            Goal(
                "What betrays salaries where offices are few is named: now {few}",
                met=lambda state: state["few"] == state["betrays"],
            ),
            Goal(
                "The encoding on the map does neither, in one column: now {encoding}",
                met=lambda state: (
                    state["encoding"] != _ONE_HOT
                    and state["encoding"] not in (state["flatters"], state["betrays"])
                ),
            ),
        ],
        solution={"encoding": _FITTED, "many": _ALL, "few": _OTHERS},
        hints=[
            "With {many_offices} offices, compare r of the office with r of the rank.",
            "With {few_offices} offices, look at the bars.",
            "Who earns most in an office leaves the poorest colleagues behind: what does the mean "
            "of the others say of a person?",
        ],
    )

    holds = [
        Claim(
            "One of them makes many offices beat the `rank`",
            lambda state: state["many_all"] > state["rank_all"] > state["many_others"],
        ),
        Claim(
            "lets the tree read salaries off the door where offices are few",
            lambda state: state["few_others"] > 0.5 > max(state["few_all"], state["few_fitted"]),
        ),
        Claim(
            "an encoding in one column that does neither",
            lambda state: state["many_fitted"] < state["rank_fitted"] and state["few_fitted"] < 0.1,
        ),
    ]

    mistakes = [
        Mistake(
            "With {many_offices} offices that encoding gives the office r = {named_many:.2f}; the "
            "rank has {rank_all:.2f} by the mean of all.",
            when=lambda state: state["many"] not in (None, state["flatters"]),
            example={"many": _FITTED},
            misconception="levels_cost_nothing",
            holds=lambda state: state["named_many"] < state["rank_all"],
        ),
        Mistake(
            "With {few_offices} offices and that encoding the tree explains {named_few:.0%} of the "
            "salaries of people it has not seen. Another one gives away more.",
            when=lambda state: state["few"] not in (None, state["betrays"]),
            example={"few": _ALL},
            misconception="leave_one_out_is_safe",
            holds=lambda state: state["named_few"] < state["few_others"] / 2,
        ),
        Mistake(
            "One-hot shows no strong office, the best of {offices} has |r| = {best_office:.2f}. "
            "But that is {offices} columns for one, and least squares on all of them explains, of "
            "the people they were fitted to, as much as the mean of all: {office_share:.0%}.",
            when=lambda state: (
                state["encoding"] == _ONE_HOT and state["many"] is not None is not state["few"]
            ),
            example={"offices": 190, "many": _ALL, "few": _OTHERS},
            misconception="one_hot_is_free",
            holds=lambda state: state["best_office"] ** 2 <= state["office_share"] + 1e-9,
        ),
        Mistake(
            "On the map is {encoding}, which is one of the two that you named.",
            when=lambda state: state["encoding"] in (state["many"], state["few"]),
            example={"encoding": _ALL, "many": _ALL, "few": _OTHERS},
            misconception="encoding_is_innocent",
        ),
    ]

    learned = [
        Outcome(
            "Each salary is in the mean of all: {many_offices} offices dealt by chance have r = "
            "{many_all:.2f} with it, more than the rank's {rank_all:.2f}. By leave-one-out "
            "their r is {many_others:.2f}, near zero. But within an office that code runs exactly "
            "against the salary, r = {within:.2f}, and "
            "with {few_offices} offices the tree explains {few_others:.0%}. Cross-fitted, "
            "{many_offices} offices have r = {many_fitted:.2f}, and of {few_offices} the tree "
            "makes nothing; the rank keeps {rank_fitted:.2f}. (Do not test that r: a cross-fitted "
            "code has stars by chance more often than promised.) scikit-learn's `TargetEncoder` "
            "cross-fits in `fit_transform`, and so in a pipeline; `fit` and then `transform` on "
            "the same rows leaks.",
            holds=lambda state: (
                state["many_all"] > state["rank_all"]
                and state["within"] < -0.999
                and abs(state["many_others"]) < 0.2
                and state["few_others"] > 0.5
                and abs(state["many_fitted"]) < 0.3
                and state["few_fitted"] < 0.1
                and state["rank_fitted"] > 0.6
            ),
        )
    ]

    def show(self, offices: int, encoding: str, draw: int) -> Exhibit:
        encoded = pd.concat([_words_encoded(), _office_encoded(offices, draw)])
        many = _office_encoded(_MANY_OFFICES, draw).iloc[0]
        tree, few = (_explained_by_tree(each, draw) for each in (offices, _FEW_OFFICES))
        of_words = _r_one_hot(table("salaries")[list(_WORDS)])
        of_offices = _r_one_hot(_doors(offices, draw).to_frame())
        n = len(table("salaries"))
        facts: dict[str, Any] = {
            "rows": n,
            "enough": 20,
            "few_offices": _FEW_OFFICES,
            "many_offices": _MANY_OFFICES,
            **{
                f"{column}_{kind}": float(encoded[name][column])
                for name, kind in _BY_TARGET.items()
                for column in encoded.index
            },
            **{f"tree_{kind}": tree[name] for name, kind in _BY_TARGET.items()},
            **{f"few_{kind}": few[name] for name, kind in _BY_TARGET.items()},
            **{f"many_{kind}": float(many[name]) for name, kind in _BY_TARGET.items()},
            "flatters": str(many.idxmax()),
            "betrays": max(few, key=lambda name: few[name]),
            "within": _within_offices(_FEW_OFFICES, draw),
            "best_office": float(of_offices.abs().max()),
            "prof": float(of_words["rank Prof"]),
            "office_share": float(encoded[_ALL]["office"] ** 2),
            "as_sex": int(np.ceil(1 + encoded[_ALL]["sex"] ** 2 * (n - 1))),
            "as_rank": int(np.ceil(1 + encoded[_ALL]["rank"] ** 2 * (n - 1))),
        }
        five_offices = of_offices.sort_values(key=abs, ascending=False).head(5)
        shown = (
            pd.concat([of_words, five_offices]).to_frame("salary")
            if encoding == _ONE_HOT
            else encoded[[encoding]]
        )
        explained = pd.DataFrame({"tree": pd.Series(tree)})
        return Exhibit(
            figures=(
                Heatmap(shown, title=f"r with the salary, {encoding}", scale="r"),
                Bars(explained, title=f"Salaries that {offices} doors give away to a tree"),
            ),
            across=2,
            facts=facts,
            table=shown.round(3),
            description=fill(
                "r of the encoded columns with the salary, and what a tree explains with the code "
                "of the office. With {offices} offices r is {office_all:.2f} by the mean of all, "
                "{office_others:.2f} by leave-one-out and {office_fitted:.2f} cross-fitted; the "
                "tree explains {tree_all:.0%}, {tree_others:.0%} and {tree_fitted:.0%}.",
                {"offices": offices, **facts},
            ),
        )

    def appraise(self, exhibit: Exhibit, many: str | None, few: str | None) -> Mapping[str, Fact]:
        """What the encodings that were named do: r of many offices, and what a few give away."""
        facts = exhibit.facts
        return {
            "named_many": facts[f"many_{_BY_TARGET[many]}"] if many else 0.0,
            "named_few": facts[f"few_{_BY_TARGET[few]}"] if few else 0.0,
        }


@lru_cache(maxsize=64)
def _doors(offices: int, draw: int) -> "pd.Series[int]":
    """An office for each professor: every office has as many people, or one more."""
    rows = len(table("salaries"))
    dealt = np.random.default_rng(draw).permutation(np.arange(rows) % offices)
    return pd.Series(dealt, name="office")


def _salary() -> "pd.Series[float]":
    return table("salaries")["salary"].astype(float)


@cache
def _words_encoded() -> pd.DataFrame:
    return pd.concat([_r_encoded(table("salaries")[name]) for name in _WORDS])


@lru_cache(maxsize=64)
def _office_encoded(offices: int, draw: int) -> pd.DataFrame:
    return _r_encoded(_doors(offices, draw))


def _r_encoded(words: "pd.Series[Any]") -> pd.DataFrame:
    """r with the salary, of a column of words: a row, and a column for each of the means."""
    codes, salary = _by_target(words), _salary()
    r = {name: float(code.corr(salary)) for name, code in codes.items()}
    return pd.DataFrame(r, [str(words.name)])


def _r_one_hot(columns: pd.DataFrame) -> "pd.Series[float]":
    """r of each word's own column with the salary, all at once."""
    dummies = pd.get_dummies(columns.astype(str), prefix_sep=" ", dtype=float)
    x, y = (values - values.mean(axis=0) for values in (dummies.to_numpy(), _salary().to_numpy()))
    return pd.Series(y @ x / np.sqrt((x**2).sum(axis=0) * (y @ y)), dummies.columns)


def _by_target(words: "pd.Series[Any]") -> "dict[str, pd.Series[float]]":
    """The words as means of the salary, of each kind."""
    salary = _salary()
    number = pd.factorize(words)[0].astype(np.intp)
    return {
        _ALL: target_encode(words, salary, leave_one_out=False),
        _OTHERS: target_encode(words, salary),
        _FITTED: pd.Series(cross_fitted(number, salary.to_numpy(dtype=np.float64)), words.index),
    }


@lru_cache(maxsize=64)
def _explained_by_tree(offices: int, draw: int) -> dict[str, float]:
    """The share of salaries that a tree predicts from the door's number and each of its codes."""
    door, salary = _doors(offices, draw), _salary().to_numpy(dtype=np.float64)
    doors = door.to_numpy(dtype=np.intp)
    codes: dict[str, Floats | None] = {
        name: code.to_numpy(dtype=np.float64) for name, code in _by_target(door).items()
    }
    codes[_FITTED] = None
    return {name: explained_by_tree(doors, salary, doors, code) for name, code in codes.items()}


@lru_cache(maxsize=64)
def _within_offices(offices: int, draw: int) -> float:
    """r of leave-one-out and the salary, each less its mean in the office."""
    door, salary = _doors(offices, draw), _salary()
    others = target_encode(door, salary)
    code, own = (each - each.groupby(door).transform("mean") for each in (others, salary))
    return float(code.corr(own))


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

    The columns can be clustered by one minus V, so that those which are alike stand side by side.
    """

    readings = {
        "mean of neighbours": "{shown:.2f}",
        "largest cell": "{largest:.2f}",
    }

    data = Choice("The answers", (_FAMILIES, _NOISE), default=_FAMILIES)
    measure = Choice("Map of", (_CODES_R, _V), default=_CODES_R)
    order = Choice("Order", (_AS_IT_CAME, _ALPHABET, _CLUSTERED), default=_AS_IT_CAME)
    draw = Seed("Draw", default=129)
    answers = {"families": Number("How many families?", 1, 12)}
    views = ("draw",)
    typical = ("largest", "before", "after", "agreement_codes")

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
                holds=lambda state: state["largest"] == state["largest_after"],
            ),
            Option(
                text="Nothing: it only moves",
                value="same",
                feedback=(
                    "{largest:.2f} before and after. Neighbours are chosen to be alike: their mean "
                    "goes from {before:.2f} to {after:.2f}."
                ),
                tempting=True,
                holds=lambda state: state["after"] > state["before"],
            ),
            Option(
                text="Makes it weaker: it is averaged with its block",
                value="weaker",
                feedback=(
                    "Averages decide which groups merge, and stay in the tree. The map keeps its "
                    "cells: {largest_after:.2f}."
                ),
                misconception="sorting_changes_cells",
                holds=lambda state: state["largest"] == state["largest_after"],
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
                "The families stand side by side: now {order}",
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
            holds=lambda state: state["after"] > state["before"],
        ),
        Mistake(
            "The answers were numbered as they came, and r reads the numbers. As many clusters as "
            "there are families agree with them at {agreement_codes:.2f} by r of codes, at "
            "{agreement_v:.2f} by V; one is perfect, zero is what chance gives.",
            when=lambda state: state["measure"] != _V,
            example={"order": _CLUSTERED},
            misconception="codes_are_measurements",
            holds=lambda state: state["agreement_codes"] <= state["agreement_v"],
        ),
        Mistake(
            "All the families are on that map, scattered. Neighbours have {shown:.2f} on average; "
            "clustered they would have {after:.2f}.",
            when=lambda state: state["order"] != _CLUSTERED,
            example={"measure": _V},
            misconception="any_order_shows_families",
            holds=lambda state: state["shown"] < state["after"],
        ),
        Mistake(
            "Not {families}. Each family is a square on the diagonal, with smaller values "
            "around it.",
            when=lambda state: state["families"] is not None,
            example={"measure": _V, "order": _CLUSTERED, "families": 4},
            misconception="a_square_is_a_finding",
            holds=lambda state: _families_shine(state["draw"]),
        ),
    ]

    learned = [
        Outcome(
            "Clustered by V the {true_families} families stand side by side, neighbours "
            "{after:.2f} instead of {before:.2f}, and no cell has changed. By r of codes the "
            "agreement with the true families is {agreement_codes:.2f}, by V {agreement_v:.2f}. "
            "That there are families was known beforehand. Noise has squares as well, weaker ones.",
            holds=lambda state: (
                state["largest"] == state["largest_after"]
                and state["after"] > state["before"]
                and state["agreement_codes"] <= state["agreement_v"]
                and _families_shine(state["draw"])
                and _squares_of_noise(state["draw"]) < state["after"] / 2
            ),
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


def _families_shine(draw: int) -> bool:
    """Whether V is larger within each family than anywhere between them, so that a tree by V
    has them side by side.
    """
    v, clustered, agreement = _sorted_out(True, draw)[_V]
    family = _answers(True, draw)[1][v.columns].to_numpy()
    sizes = below_diagonal(v).to_numpy()
    within = below_diagonal(
        pd.DataFrame(np.equal.outer(family, family), v.index, v.columns)
    ).to_numpy(dtype=bool)
    side_by_side = pd.Series(family, v.columns)[clustered].diff().ne(0).sum() == 3
    return bool(agreement == 1 and side_by_side and sizes[within].min() > sizes[~within].max())


def _squares_of_noise(draw: int) -> float:
    """The mean V of neighbours in clustered noise."""
    v, clustered, _ = _sorted_out(False, draw)[_V]
    return neighbour_similarity(v, clustered)


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
