"""What a third variable does to a pair: it may turn their relation over, or depend on both."""

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from lessons.action.cross_validation import Floats
from lessons.action.least_squares import coefficient
from lessons.action.tables import IRIS, POPULAR, PREDICTORS
from lessons.highway import r_between
from lessons.tables import HIGHWAY, highway, table
from lib.charts import Scatter
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Fact,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    Toggle,
    fill,
)
from lib.stats import correlate

_TRUTHS = ("x1 + x2", "x1 × x2")


class Interact(Step):
    """
    ### To correlate is not to interact

    For middling correlations, |r| from a third to the popular {popular:.1f}, a recipe advises to
    "think about interactions". But r between two predictors says that they go together. An
    interaction says that the effect of one on the outcome depends on the other. Those are two
    questions, and the outcome is not even in the first. Its *t* says how clear an interaction is:
    the coefficient of the product of the two, over its standard error.

    Below: two predictors that you can correlate at will, and {pairs} pairs of the real highway.
    """

    tables = (HIGHWAY,)

    truth = Choice("The outcome follows", _TRUTHS, default=_TRUTHS[0])
    r = Slider("r of x1 and x2", -0.9, 0.9, default=0.6, step=0.1)
    draw = Seed("Draw", default=10)
    views = ("draw",)
    typical = ("sample_r", "t")

    readings = {
        "r of x1 and x2": "{sample_r:.2f}",
        "t of the product": "{t:.1f}",
    }

    predict = Predict(
        "Of all {pairs} pairs, `{strongest}` correlates most, r = {strongest_r:.2f}. Chance alone "
        "gives a |t| above two in about one pair of twenty. How clearly do these two interact on "
        "the accident rate?",
        choices=[
            Option(
                text="More clearly than any other pair",
                value="most",
                feedback=(
                    "|t| = {strongest_t:.2f}, place {strongest_place} of {pairs}. How much two "
                    "columns go together and how they work together are two questions: over all "
                    "pairs |r| and |t| rank with ρ = {rho:.2f}."
                ),
                misconception="correlated_means_interacting",
                holds=lambda state: abs(state["rho"]) < 0.3,
            ),
            Option(
                text="Clearly, if not most of all: |t| is above two",
                value="clearly",
                tempting=True,
                feedback=(
                    "|t| = {strongest_t:.2f}: what chance gives often enough. {above_two} other "
                    "pairs are above two. Over all pairs |r| and |t| rank with ρ = {rho:.2f}."
                ),
                misconception="correlated_means_interacting",
                holds=lambda state: state["strongest_t"] < 2,
            ),
            Option(
                text="No more clearly than chance would: |t| is below two",
                value="hardly",
                feedback=(
                    "|t| = {strongest_t:.2f}, place {strongest_place} of {pairs}. Over all pairs "
                    "|r| and |t| rank with ρ = {rho:.2f}: to go together and to work together are "
                    "two questions."
                ),
                holds=lambda state: abs(state["rho"]) < 0.3,
            ),
        ],
        answer=lambda exhibit: _clarity(exhibit.facts),
    )

    task = Task(
        "Make two predictors that hardly correlate, |r| below {small:.1f} in the sample, and "
        "interact beyond doubt, |t| above {large}.",
        goals=[
            Goal(
                "In the sample |r| is below {small:.1f}: now r is {sample_r:.2f}",
                met=lambda state: abs(state["sample_r"]) < state["small"],
            ),
            Goal(
                "For the product |t| is above {large}: now t is {t:.1f}",
                met=lambda state: abs(state["t"]) > state["large"],
            ),
        ],
        solution={"truth": _TRUTHS[1], "r": 0.0},
        hints=[
            "The slider decides how they go together. What decides how they work together?",
            "In a sum each effect is what it is. In a product it depends on the other.",
        ],
    )

    mistakes = [
        Mistake(
            "r is {sample_r:.2f} now, and t = {t:.2f}. In a sum nothing interacts, however the two "
            "correlate; what t is left comes from the noise.",
            when=lambda state: not state["is_product"],
            holds=lambda state: abs(state["t"]) < 4,
            example={"r": 0.0},
            misconception="correlated_means_interacting",
        ),
        Mistake(
            "They interact, t = {t:.1f}. With r = {sample_r:.2f} somebody will say that this is "
            "why. Show that it takes no correlation.",
            when=lambda state: abs(state["sample_r"]) >= state["small"],
            holds=lambda state: abs(state["t"]) > 10,
            example={"truth": _TRUTHS[1]},
            misconception="correlated_means_interacting",
        ),
    ]

    learned = [
        Outcome(
            "r = {sample_r:.2f} between the predictors and an interaction of t = {t:.0f}: a map of "
            "the predictors does not show it. Over {pairs} pairs of the highway |r| and |t| rank "
            "with ρ = {rho:.2f}.",
            holds=lambda state: abs(state["sample_r"]) < 0.1 and abs(state["t"]) > 10,
        )
    ]

    def show(self, truth: str, r: float, draw: int) -> Exhibit:
        rng = np.random.default_rng(draw)
        x1, fresh, noise = rng.standard_normal((3, 500))
        x2 = r * x1 + np.sqrt(1 - r**2) * fresh
        y = (x1 * x2 if truth == _TRUTHS[1] else x1 + x2) + noise
        pairs = _interactions()
        strongest, clarity = str(pairs["|r|"].idxmax()), pairs["|t| of the interaction"]
        facts: dict[str, Any] = {
            "popular": POPULAR,
            "small": 0.1,
            "large": 10,
            "is_product": truth == _TRUTHS[1],
            "sample_r": float(np.corrcoef(x1, x2)[0, 1]),
            "t": _t_of_interaction(y, x1, x2),
            "pairs": len(pairs),
            "rho": float(correlate(pairs, "spearman", adjust="none").pairs()["r"].iloc[0]),
            "strongest": strongest,
            "strongest_r": float(pairs["|r|"].max()),
            "strongest_t": float(clarity[strongest]),
            "strongest_place": int((clarity > clarity[strongest]).sum()) + 1,
            "above_two": int((clarity > 2).sum()),
        }
        above = pd.Series(np.where(y > np.median(y), "high", "low"), name="outcome")
        return Exhibit(
            figures=(
                Scatter(
                    pd.Series(x1, name="x1"),
                    pd.Series(x2, name="x2"),
                    groups=above,
                    title="Where the outcome is high",
                ),
                Scatter(
                    pairs["|r|"], pairs["|t| of the interaction"], title="The highway, pair by pair"
                ),
            ),
            across=2,
            facts=facts,
            table=pairs.sort_values("|r|", ascending=False).round(2),
            description=fill(
                "x1 and x2 correlate at {sample_r:.2f} and interact with t = {t:.2f}. For {pairs} "
                "pairs of highway predictors, |r| and |t| rank with ρ = {rho:.2f}.",
                facts,
            ),
        )


def _clarity(facts: Mapping[str, Fact]) -> str:
    if facts["strongest_place"] == 1:
        return "most"
    return "clearly" if float(facts["strongest_t"]) > 2 else "hardly"


@cache
def _interactions() -> pd.DataFrame:
    """Of each pair of highway predictors |r|, and |t| of their product in a model of the rate."""
    predictors = highway()[list(PREDICTORS)].astype(float)
    rate = highway()["rate"].to_numpy()
    # Wide lanes are found on two-lane roads only: their product says nothing new.
    names = [pair for pair in combinations(PREDICTORS, 2) if pair != ("lane", "lwid")]
    return pd.DataFrame(
        {
            "|r|": [abs(r_between(predictors, a, b)) for a, b in names],
            "|t| of the interaction": [
                abs(_t_of_interaction(rate, predictors[a].to_numpy(), predictors[b].to_numpy()))
                for a, b in names
            ],
        },
        ["–".join(pair) for pair in names],
    )


def _t_of_interaction(y: Floats, x1: Floats, x2: Floats) -> float:
    x1, x2 = x1 - x1.mean(), x2 - x2.mean()
    product = coefficient(np.column_stack([np.ones(len(y)), x1, x2, x1 * x2]), y, place=3)
    return product.value / product.standard_error


_PAIRS = {
    "rate – adt": ("highway", "adt", "rate", "htype"),
    "rate – acpt": ("highway", "acpt", "rate", "htype"),
    "rate – slim": ("highway", "slim", "rate", "htype"),
    "rate – lane": ("highway", "lane", "rate", "htype"),
    "iris sepal": ("iris", "sepal length (cm)", "sepal width (cm)", "species"),
    "iris petal": ("iris", "petal length (cm)", "petal width (cm)", "species"),
    "iris sepal – petal": ("iris", "petal length (cm)", "sepal width (cm)", "species"),
}


class Confound(Step):
    """
    ### Two crowds in one picture

    Accident rate and traffic: r = {adt_r:.2f}. The map paints the cell white, and the reader moves
    on. No relation.

    But the table holds four kinds of road. Interstates, `FAI`, carry the most traffic,
    {fai_adt:.0f} thousand vehicles a day, and have the fewest accidents, {fai_rate:.1f} per million
    miles. Major arterials, `MA`, carry {ma_adt:.0f} thousand and have {ma_rate:.1f}. The kind of
    road goes with both columns. What works on both is called a *confounder*. It may hide what
    holds within the kinds, or turn it over; that is *Simpson's paradox*.

    To look within all kinds at once, take the mean of its kind out of every row, in both columns:
    that r is *pooled*.
    """

    tables = (HIGHWAY, IRIS)

    pair = Choice("Pair", tuple(_PAIRS), default="rate – adt")
    grouped = Toggle("Within the kinds", default=False)

    readings = {
        "r overall": "{overall_r:.2f}",
        "pooled within": "{within_r:.2f}",
    }

    predict = Predict(
        "Overall, r(`rate`, `adt`) = {adt_r:.2f}. Pooled within the kinds of road it is ...",
        choices=[
            Option(
                text="About zero as well: no relation is no relation",
                value="zero",
                tempting=True,
                feedback=(
                    "Zero can be the sum of two things. Pooled it is {adt_within:.2f} "
                    "({p_within:p}); between the means of the kinds it runs the other way, "
                    "and the two cancel."
                ),
                misconception="overall_holds_within",
                holds=lambda state: state["between_r"] < 0 < state["adt_within"],
            ),
            Option(
                text="Positive: where there is more traffic of a kind, there are more accidents",
                value="positive",
                feedback=(
                    "{adt_within:.2f} pooled, {p_within:p}. By kinds: {fai_r:.2f} on "
                    "{fai_n} interstates and {ma_r:.2f} on {ma_n} major arterials, {pa_r:.2f} on "
                    "{pa_n} principal arterials. Few rows each: of these three, `MA` alone is "
                    "clear of chance. The two collectors have an r of two points, which is one "
                    "or minus one whatever they are."
                ),
                holds=lambda state: state["ma_p"] < 0.05 < min(state["fai_p"], state["pa_p"]),
            ),
            Option(
                text="Negative: busy roads are built to be safe",
                value="negative",
                feedback=(
                    "That is what lies *between* the kinds: their means correlate at "
                    "{between_r:.2f}. With those taken out, {adt_within:.2f} is left."
                ),
                misconception="overall_holds_within",
                holds=lambda state: state["between_r"] < 0 < state["adt_within"],
            ),
        ],
        answer=lambda exhibit: _sign_within(exhibit.facts),
    )

    task = Task(
        "Find a pair that is negative overall, below −{least:.1f}, and positive within its kinds. "
        "Show it within the kinds.",
        goals=[
            Goal(
                "The pair is shown within its kinds",
                met=lambda state: state["grouped"],
            ),
            Goal(
                "Overall r is below −{least:.1f}: now {overall_r:.2f}",
                met=lambda state: state["overall_r"] < -state["least"],
            ),
            Goal(
                "Within the kinds r is positive: now {within_r:.2f}",
                met=lambda state: state["within_r"] > 0,
            ),
        ],
        solution={"pair": "iris sepal", "grouped": True},
        hints=[
            "Look at each pair twice, without its kinds and with them.",
            "Flowers of one species differ in size. Species differ in shape.",
        ],
    )

    mistakes = [
        Mistake(
            "Overall {overall_r:.2f}. What it is within the kinds, this picture does not say.",
            when=lambda state: not state["grouped"],
            example={"pair": "rate – lane"},
            misconception="overall_holds_within",
        ),
        Mistake(
            "{overall_r:.2f} overall and {within_r:.2f} within. A relation was hidden there, and "
            "that is half of it. Look for one that turns over.",
            when=lambda state: abs(state["overall_r"]) < state["least"],
            example={"pair": "rate – adt", "grouped": True},
            misconception="overall_holds_within",
            holds=lambda state: state["within_r"] > 0.2,
        ),
        Mistake(
            "{overall_r:.2f} overall, {within_r:.2f} within. The kinds change how strong it is, "
            "and not which way it goes.",
            when=lambda state: state["grouped"],
            example={"pair": "rate – acpt", "grouped": True},
            misconception="overall_holds_within",
            holds=lambda state: state["overall_r"] * state["within_r"] > 0,
        ),
    ]

    learned = [
        Outcome(
            "{pair}: {overall_r:.2f} overall, and {within_r:.2f} pooled within the kinds. "
            "Accidents and traffic went from {adt_r:.2f} to {adt_within:.2f}. What holds overall "
            "need not hold within. Which of the two you want depends on the question, and on what "
            "came first. This is the end of the part. A good place to rest.",
            holds=lambda state: state["overall_r"] < 0 < state["within_r"],
        )
    ]

    holds = [
        Claim("carry the most traffic", lambda _: _means_of_kinds()["adt"].idxmax() == "FAI"),
        Claim("have the fewest accidents", lambda _: _means_of_kinds()["rate"].idxmin() == "FAI"),
    ]

    def show(self, pair: str, grouped: bool) -> Exhibit:
        name, x, y, kind = _PAIRS[pair]
        units = table(name)
        overall, within = r_between(units, x, y), _within(units, x, y, kind)
        facts: dict[str, Any] = {
            "least": 0.1,
            "overall_r": overall,
            "within_r": within,
            "change": within - overall,
            **_known_pairs(),
        }
        return Exhibit(
            figures=(
                Scatter(
                    units[x],
                    units[y],
                    groups=units[kind].astype(str) if grouped else None,
                    line=True,
                    title=f"{pair}, {'within the kinds' if grouped else 'overall'}",
                ),
            ),
            facts=facts,
            table=_by_kind(units, x, y, kind, overall, within),
            description=fill(
                f"{x} against {y}: r = {{overall_r:.2f}} overall. With the means of {kind} taken "
                "out of both it is {within_r:.2f}.",
                facts,
            ),
        )


def _means_of_kinds() -> pd.DataFrame:
    """Traffic and accident rate of each kind of road."""
    roads = highway()
    return roads[["adt", "rate"]].groupby(roads["htype"], observed=True).mean()


def _within(units: pd.DataFrame, x: str, y: str, kind: str) -> float:
    """r with the kinds' means taken out of both."""
    columns = units[[x, y]]
    means = columns.groupby(units[kind], observed=True).transform("mean")
    return r_between(columns - means, x, y)


@cache
def _known_pairs() -> dict[str, Fact]:
    """The pair that the step speaks of, whichever is on the screen."""
    from scipy import stats

    roads, x, y, kind = (highway(), *_PAIRS["rate – adt"][1:])
    within = _within(roads, x, y, kind)
    means = _means_of_kinds()
    # The means of the kinds are taken out of both, and so are their degrees of freedom.
    freedom = len(roads) - len(means) - 1
    t = within * np.sqrt(freedom / (1 - within**2))
    facts: dict[str, Fact] = {
        "adt_r": r_between(roads, x, y),
        "adt_within": within,
        "p_within": float(2 * stats.t.sf(abs(t), freedom)),
        "between_r": r_between(means, x, y),
    }
    for name in ("FAI", "MA", "PA"):
        there = roads[roads[kind] == name]
        facts |= {
            f"{name.lower()}_n": len(there),
            f"{name.lower()}_r": r_between(there, x, y),
            f"{name.lower()}_p": float(stats.pearsonr(there[x], there[y]).pvalue),
            f"{name.lower()}_adt": float(there[x].mean()),
            f"{name.lower()}_rate": float(there[y].mean()),
        }
    return facts


def _sign_within(facts: Mapping[str, Any]) -> str:
    if abs(facts["adt_within"]) < 0.1:
        return "zero"
    return "positive" if facts["adt_within"] > 0 else "negative"


def _by_kind(
    units: pd.DataFrame, x: str, y: str, kind: str, overall: float, within: float
) -> pd.DataFrame:
    rows = [
        (name, len(part), r_between(part, x, y) if len(part) > 2 else float("nan"))
        for name, part in units.groupby(kind, observed=True)
    ]
    ends = [("overall", len(units), overall), ("within, pooled", len(units), within)]
    return pd.DataFrame([*ends, *rows], columns=[kind, "n", "r"]).set_index(kind).round(3)
