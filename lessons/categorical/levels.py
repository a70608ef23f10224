"""Many levels and few rows: what chance alone makes of V, and of a mean for each level."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.categorical import scripts
from lessons.categorical.tables import SALARIES, counts_behind, off_diagonal, table
from lessons.highway import on_or_above_diagonal
from lib.charts import Heatmap, Lines
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Mistake,
    Option,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    Toggle,
    fill,
)
from lib.stats import associate_categories, target_encode

_DICE = tuple("abcdefghijkl")


class Bias(Step):
    """
    ### Dice with opinions

    Twelve columns of dice, {rows} throws, {levels} faces each. No die knows of another. So V
    should be about nothing, in all {pairs} cells.

    It is not. V is a root of squares, and squares do not cancel. Each empty or crowded cell adds
    its little bit, and a table of {levels} by {levels} has many cells for {rows} rows.

    Bergsma's correction takes off what chance gives.
    """

    levels = Slider("Faces of each die", 2, 20, default=10)
    rows = Choice("Throws", ("50", "100", "200", "500", "1000", "5000"), default="100")
    corrected = Toggle("Correct the bias", default=False)
    draw = Seed("Draw")
    views = ("draw",)

    predict = Estimate(
        "{levels} faces, {rows} throws, nothing in it. What is V on average?",
        low=0,
        high=1,
        step=0.05,
        tolerance=0.06,
        feedback=(
            "{mean_v:.2f} on this map, {expected:.2f} by theory: the root of faces minus one over "
            "throws minus one. With the correction {mean_corrected:.2f} is left."
        ),
        bands=[
            Band(
                low=0,
                high=0.15,
                feedback=(
                    "So it ought to be. V cannot be negative, so chance has only one direction: "
                    "{mean_v:.2f} on average, and up to {largest_v:.2f}."
                ),
                misconception="independent_means_no_v",
            ),
            Band(
                low=0.15,
                high=0.5,
                feedback="Along those lines. Theory says {expected:.2f}, this map {mean_v:.2f}.",
                misconception="independent_means_no_v",
            ),
            Band(
                low=0.5,
                high=1.1,
                feedback="With twenty faces and fifty throws it would be. Here it is {mean_v:.2f}.",
                misconception="v_has_one_scale",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["mean_v"]),
    )

    task = Task(
        "Keep at least {least_levels} faces and at most {most_rows} throws, and bring the mean of "
        "the map below {goal:.1f}.",
        passed=lambda state: (
            state["levels"] >= state["least_levels"]
            and int(state["rows"]) <= state["most_rows"]
            and state["mean"] < state["goal"]
        ),
        solution={"corrected": True},
        hints=[
            "More throws help, and you do not have them.",
            "The bias is known: faces and throws are all that it takes.",
        ],
    )

    mistakes = [
        Mistake(
            "With {rows} throws the mean is {mean:.2f}, as theory says: {expected:.2f}. Most "
            "tables do not grow on request.",
            when=lambda state: int(state["rows"]) > state["most_rows"],
            example={"rows": "5000"},
            misconception="v_has_one_scale",
        ),
        Mistake(
            "{levels} faces, {mean:.2f} on average. So you may not compare a V of few levels with "
            "a V of many: chance is not the same. But the faces are what they are; keep "
            "{least_levels}.",
            when=lambda state: state["levels"] < state["least_levels"],
            example={"levels": 2},
            misconception="v_has_one_scale",
        ),
        Mistake(
            "{mean:.2f} on average. Nothing in the columns; all of it comes from faces and throws. "
            "Theory: {expected:.2f}.",
            when=lambda state: not state["corrected"],
            example={"levels": 20},
            misconception="independent_means_no_v",
        ),
    ]

    learned = (
        "Dice with {levels} faces, thrown {rows} times, have V = {mean_v:.2f}; corrected "
        "{mean_corrected:.2f}. A map of V without the correction is in part a map of who has many "
        "levels."
    )

    def show(self, levels: int, rows: str, corrected: bool, draw: int) -> Exhibit:
        dice = _dice(levels, int(rows), draw)
        found = associate_categories(dice, adjust="none")
        v, corrected_v = off_diagonal(found.v_uncorrected), off_diagonal(found.v)
        shown = found.v if corrected else found.v_uncorrected
        hidden = on_or_above_diagonal(shown).iloc[1:, :-1]
        facts: dict[str, Any] = {
            "levels": levels,
            "rows": rows,
            "pairs": len(v),
            "least_levels": 10,
            "most_rows": 100,
            "goal": 0.1,
            "mean_v": float(v.mean()),
            "largest_v": float(v.max()),
            "mean_corrected": float(corrected_v.mean()),
            "largest_corrected": float(corrected_v.max()),
            "mean": float((corrected_v if corrected else v).mean()),
            "expected": float(np.sqrt((levels - 1) / (int(rows) - 1))),
        }
        return Exhibit(
            figures=(
                Heatmap(
                    shown.iloc[1:, :-1],
                    limits=(0, 1),
                    hidden=hidden,
                    colours="viridis",
                    title=fill("Twelve dice: V is {mean:.2f} on average", facts),
                    scale="V, corrected" if corrected else "V",
                ),
            ),
            facts=facts,
            code=scripts.rolling(levels, int(rows), corrected, draw),
            table=pd.DataFrame(
                {
                    "mean": [facts["mean_v"], facts["mean_corrected"]],
                    "largest": [facts["largest_v"], facts["largest_corrected"]],
                },
                ["V", "V, corrected"],
            ).round(3),
            description=fill(
                "A map of V between twelve independent columns of {levels} levels in {rows} rows, "
                "{mean:.2f} on average. Without the correction the mean is {mean_v:.2f}, with it "
                "{mean_corrected:.2f}.",
                facts,
            ),
            behind=counts_behind(dice, "throws"),
        )


def _dice(faces: int, throws: int, draw: int) -> pd.DataFrame:
    thrown = np.random.default_rng(draw).integers(1, faces + 1, size=(throws, len(_DICE)))
    return pd.DataFrame(thrown, columns=list(_DICE)).astype("category")


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
        passed=lambda state: (
            state["office_all"] > state["rank_all"]
            and state["encoding"] == _OTHERS
            and abs(state["office_others"]) < state["rank_others"]
        ),
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

    learned = (
        "{offices} offices dealt by chance have r = {office_all:.2f} with the salary, more than "
        "the rank's {rank_all:.2f}. From the others' salaries it is {office_others:.2f}; the rank "
        "keeps {rank_others:.2f}. It is the bias of V again, and the same formula."
    )

    def show(self, offices: int, encoding: str, draw: int) -> Exhibit:
        staff = _with_office(offices, draw)
        dummies = pd.get_dummies(staff.drop(columns="salary"), prefix_sep=" ", dtype=float)
        one_hot = _r_with(dummies, staff["salary"])
        is_office = one_hot.index.str.startswith("office ")
        encoded = pd.DataFrame(
            {
                name: {
                    column: float(
                        target_encode(
                            staff[column], staff["salary"], leave_one_out=name == _OTHERS
                        ).corr(staff["salary"])
                    )
                    for column in (*_WORDS, "office")
                }
                for name in (_ALL, _OTHERS)
            }
        )
        n = len(staff)
        facts: dict[str, Any] = {
            "rows": n,
            "offices": offices,
            "few": 20,
            **{f"{name}_all": float(encoded[_ALL][name]) for name in encoded.index},
            **{f"{name}_others": float(encoded[_OTHERS][name]) for name in encoded.index},
            "best_office": float(one_hot[is_office].abs().max()),
            "prof": float(one_hot["rank Prof"]),
            "office_share": float(encoded[_ALL]["office"] ** 2),
            "expected": float(np.sqrt((offices - 1) / (n - 1))),
            "as_sex": int(np.ceil(1 + encoded[_ALL]["sex"] ** 2 * (n - 1))),
            "as_rank": int(np.ceil(1 + encoded[_ALL]["rank"] ** 2 * (n - 1))),
        }
        five_offices = one_hot[is_office].sort_values(key=abs, ascending=False).head(5)
        shown = {
            _ONE_HOT: pd.concat([one_hot[~is_office], five_offices]).to_frame("salary"),
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
            code=scripts.encoding(offices, draw),
            table=shown.round(3),
            description=fill(
                "r of the encoded columns with the salary, and the r that chance gives a column "
                "of so many levels. With {offices} offices the office has {office_all:.2f} by the "
                "mean of all, {office_others:.2f} by that of the others; the rank {rank_all:.2f} "
                "and {rank_others:.2f}.",
                facts,
            ),
        )


def _with_office(offices: int, draw: int) -> pd.DataFrame:
    """The professors, and an office for each: every office has as many people, or one more."""
    staff = table("salaries")[[*_WORDS, "salary"]]
    doors = np.random.default_rng(draw).permutation(np.arange(len(staff)) % offices)
    return staff.assign(office=pd.Categorical(doors.astype(str)))


def _r_with(columns: pd.DataFrame, target: "pd.Series[Any]") -> "pd.Series[float]":
    """r of each column with the target, all at once."""
    centred = columns - columns.mean()
    y = target - target.mean()
    products = centred.mul(y, axis=0).sum().to_numpy()
    r = products / np.sqrt((centred**2).sum().to_numpy() * float((y**2).sum()))
    return pd.Series(r, columns.columns)


@cache
def _theory(n: int) -> pd.DataFrame:
    levels = pd.RangeIndex(2, 199, name="levels")
    return pd.DataFrame({"expected r": np.sqrt((levels - 1) / (n - 1))}, levels)
