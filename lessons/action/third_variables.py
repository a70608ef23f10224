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
    Band,
    Choice,
    Estimate,
    Exhibit,
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
    ### Together is not jointly

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
    draw = Seed("Draw")
    views = ("draw",)

    predict = Estimate(
        "Rank the {pairs} pairs of highway predictors by |r|, and again by how strongly they "
        "interact on the accident rate, |t|. What is ρ between the two rankings?",
        low=-1,
        high=1,
        step=0.1,
        begin=-1,
        tolerance=0.21,
        feedback=(
            "ρ = {rho:.2f}. The strongest pair, `{strongest}` with {strongest_r:.2f}, interacts "
            "with |t| = {strongest_t:.2f}: not at all."
        ),
        bands=[
            Band(
                low=-1,
                high=0,
                feedback=(
                    "There is no such order, in either direction: ρ = {rho:.2f}. How much two "
                    "columns go together and how they work together are two questions."
                ),
                misconception="correlated_means_interacting",
            ),
            Band(
                low=0,
                high=1.1,
                feedback=(
                    "So it would be if going together made predictors interact. On the real roads "
                    "ρ = {rho:.2f}. The strongest pair, `{strongest}` with {strongest_r:.2f}, has "
                    "|t| = {strongest_t:.2f}."
                ),
                misconception="correlated_means_interacting",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["rho"]),
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
            "correlate.",
            when=lambda state: not state["is_product"],
            example={"r": 0.0},
            misconception="correlated_means_interacting",
        ),
        Mistake(
            "They interact, t = {t:.1f}. With r = {sample_r:.2f} somebody will say that this is "
            "why. Show that it takes no correlation.",
            when=lambda state: abs(state["sample_r"]) >= state["small"],
            example={"truth": _TRUTHS[1]},
            misconception="correlated_means_interacting",
        ),
    ]

    learned = [
        Outcome(
            "r = {sample_r:.2f} between the predictors and an interaction of t = {t:.0f}: the map "
            "of predictors does not show it. Over {pairs} pairs of the highway the two rank with ρ"
            " = {rho:.2f}."
        )
    ]

    def show(self, truth: str, r: float, draw: int) -> Exhibit:
        rng = np.random.default_rng(draw)
        x1, fresh, noise = rng.standard_normal((3, 500))
        x2 = r * x1 + np.sqrt(1 - r**2) * fresh
        y = (x1 * x2 if truth == _TRUTHS[1] else x1 + x2) + noise
        pairs = _interactions()
        strongest = str(pairs["|r|"].idxmax())
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
            "strongest_t": float(pairs["|t| of the interaction"][strongest]),
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


@cache
def _interactions() -> pd.DataFrame:
    """Of each pair of highway predictors |r|, and |t| of their product in a model of the rate."""
    predictors = highway()[list(PREDICTORS)].astype(float)
    rate = highway()["rate"].to_numpy()
    # Wide lanes are found on four-lane roads only: their product says nothing new.
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

    But interstates carry much traffic and are built to be safe; collectors carry little and are
    not. The kind of road works on both. Put in one picture, the kinds may hide what holds in each
    of them, or turn it over. The statistician calls the first a confounder and the second
    Simpson's paradox.
    """

    tables = (HIGHWAY, IRIS)

    pair = Choice("Pair", tuple(_PAIRS), default="rate – adt")
    grouped = Toggle("Within the kinds", default=False)

    predict = Predict(
        "Overall, r(`rate`, `adt`) = {adt_r:.2f}. And within the kinds of road?",
        choices=[
            Option(
                text="About zero as well: no relation is no relation",
                value="zero",
                feedback=(
                    "Zero can be the sum of two things. Within the kinds more traffic goes with "
                    "more accidents: {fai_r:.2f} on interstates, {ma_r:.2f} and {pa_r:.2f} on "
                    "arteries, {adt_within:.2f} pooled."
                ),
                misconception="overall_holds_within",
            ),
            Option(
                text="Clearly positive in each",
                value="positive",
                feedback=(
                    "{fai_r:.2f} on interstates, {ma_r:.2f} and {pa_r:.2f} on arteries, "
                    "{adt_within:.2f} pooled. Between the kinds it runs the other way, and the two "
                    "cancel."
                ),
            ),
            Option(
                text="Positive in some, negative in others, so that they cancel",
                value="mixed",
                feedback=(
                    "A good guess, and it would give zero too. Here they agree: {fai_r:.2f}, "
                    "{ma_r:.2f}, {pa_r:.2f}. It is the difference *between* kinds that cancels "
                    "them."
                ),
                misconception="overall_holds_within",
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
            when=lambda state: state["change"] > 0.2,
            example={"pair": "rate – adt", "grouped": True},
            misconception="overall_holds_within",
        ),
        Mistake(
            "{overall_r:.2f} overall, {within_r:.2f} within: the same sign. The kinds are no "
            "danger to this pair.",
            when=lambda state: state["grouped"],
            example={"pair": "rate – acpt", "grouped": True},
            misconception="overall_holds_within",
        ),
    ]

    learned = [
        Outcome(
            "What holds overall need not hold within: sepals go from {sepal_r:.2f} to "
            "{setosa_r:.2f}, {versicolor_r:.2f} and {virginica_r:.2f}, traffic from {adt_r:.2f} to"
            " {adt_within:.2f}. Which one is yours depends on the question, and on what came "
            "first."
        )
    ]

    def show(self, pair: str, grouped: bool) -> Exhibit:
        name, x, y, kind = _PAIRS[pair]
        units = table(name)
        overall, within = r_between(units, x, y), _within(units, x, y, kind)
        facts = {
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


def _within(units: pd.DataFrame, x: str, y: str, kind: str) -> float:
    """r with the kinds' means taken out of both."""
    columns = units[[x, y]]
    means = columns.groupby(units[kind], observed=True).transform("mean")
    return r_between(columns - means, x, y)


def _r_of_kind(units: pd.DataFrame, x: str, y: str, kind: str, name: str) -> float:
    return r_between(units[units[kind] == name], x, y)


@cache
def _known_pairs() -> dict[str, float]:
    """The two pairs that the step speaks of, whichever is on the screen."""
    roads = (highway(), *_PAIRS["rate – adt"][1:])
    flowers = (table("iris"), *_PAIRS["iris sepal"][1:])
    return {
        "adt_r": r_between(*roads[:3]),
        "adt_within": _within(*roads),
        **{f"{name.lower()}_r": _r_of_kind(*roads, name) for name in ("FAI", "MA", "PA")},
        "sepal_r": r_between(*flowers[:3]),
        "sepal_within": _within(*flowers),
        **{
            f"{name}_r": _r_of_kind(*flowers, name)
            for name in ("setosa", "versicolor", "virginica")
        },
    }


def _sign_within(facts: Mapping[str, Any]) -> str:
    signs = {facts[name] > 0 for name in ("fai_r", "ma_r", "pa_r")}
    if len(signs) == 2:
        return "mixed"
    return "positive" if facts["adt_within"] > 0.1 else "zero"


def _by_kind(
    units: pd.DataFrame, x: str, y: str, kind: str, overall: float, within: float
) -> pd.DataFrame:
    rows = [
        (name, len(part), r_between(part, x, y) if len(part) > 2 else float("nan"))
        for name, part in units.groupby(kind, observed=True)
    ]
    ends = [("overall", len(units), overall), ("within, pooled", len(units), within)]
    return pd.DataFrame([*ends, *rows], columns=[kind, "n", "r"]).set_index(kind).round(3)
