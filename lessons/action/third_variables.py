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
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    State,
    Step,
    Task,
    Toggle,
    Value,
    Write,
    fill,
)
from lib.course.writing import a_frame, fits, run
from lib.stats import compare, correlate, correlate_per_group, correlate_within

_TRUTHS = ("x1 + x2", "x1 × x2")


class Interact(Step):
    """
    ### To correlate is not to interact

    For middling correlations, |r| from a third to the popular {popular:.1f}, a recipe advises to
    "think about interactions". But r between two predictors says that they go together. An
    interaction says that the effect of one on the outcome depends on the other. Those are two
    questions, and the outcome is not even in the first. Its *t* says how clear an interaction is:
    the coefficient of the product of the two, over its standard error.

    Below: two predictors that you can correlate at will, and {pairs} of the {all_pairs} pairs of
    predictors of the real highway. (`lane` with `lwid` is left out: other widths than twelve feet
    are found on two-lane roads only, so their product says nothing new.)
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
        "Of the {pairs} pairs, `{strongest}` correlates most, r = {strongest_r:.2f}. Chance alone "
        "gives a |t| above two in about one pair of twenty. How clearly do these two interact on "
        "the accident rate?",
        choices=[
            Option(
                text="More clearly than any other pair",
                value="most",
                feedback=(
                    "|t| = {strongest_t:.2f}, place {strongest_place} of {pairs}. How much two "
                    "columns go together and how they work together are two questions: over these "
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
                    "pairs are above two. Over these pairs |r| and |t| rank with ρ = {rho:.2f}."
                ),
                misconception="correlated_means_interacting",
                holds=lambda state: state["strongest_t"] < 2,
            ),
            Option(
                text="No more clearly than chance would: |t| is below two",
                value="hardly",
                feedback=(
                    "|t| = {strongest_t:.2f}, place {strongest_place} of {pairs}. Over these pairs "
                    "|r| and |t| rank with ρ = {rho:.2f}: to go together and to work together are "
                    "two questions."
                ),
                holds=lambda state: abs(state["rho"]) < 0.3,
            ),
        ],
        answer=lambda exhibit: _clarity(exhibit.facts),
        seen_at=None,
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

    holds = [
        Claim(
            "are found on two-lane roads only",
            lambda _: bool((highway().query("lwid != 12")["lane"] == 2).all()),
        ),
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"target": "rate", "features": PREDICTORS}
        return LabAddress("highway", "interactions", settings)

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
            "all_pairs": len(PREDICTORS) * (len(PREDICTORS) - 1) // 2,
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
    # Other widths than twelve feet are found on two-lane roads only: that product says nothing new.
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


_LEVEL = 0.05
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

    Accident rate and traffic: r = {adt_r:.2f}. The map gives the cell the neutral colour,
    and the reader moves on. No relation.

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
            "{overall_r:.2f} overall and {within_r:.2f} within, {within_p:p}. A relation was "
            "hidden there, and that is half of it. Look for one that turns over.",
            when=lambda state: (
                abs(state["overall_r"]) < state["least"] and state["within_p"] < 0.05
            ),
            example={"pair": "rate – adt", "grouped": True},
            misconception="overall_holds_within",
            holds=lambda state: state["within_r"] > 0.2,
        ),
        Mistake(
            "{overall_r:.2f} overall and {within_r:.2f} within, {within_p:p}. A relation may be "
            "hidden there; chance may do as much. Look for one that turns over.",
            when=lambda state: abs(state["overall_r"]) < state["least"],
            example={"pair": "rate – lane", "grouped": True},
            misconception="overall_holds_within",
            holds=lambda state: state["within_r"] > 0.2 and state["within_p"] >= 0.05,
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
            "Accidents and traffic went from {adt_r:.2f} to {adt_within:.2f}, {p_within:p}. What "
            "holds overall need not hold within. Which of the two you want depends on the "
            "question, and on what came first.\n\n"
            "A last trap. At {level_percent:.0f} % accidents and traffic have a star on `MA`, "
            "{ma_p:p}, and none on `FAI`, {fai_p:p}. Yet r is {ma_r:.2f} and {fai_r:.2f}, on "
            "{ma_n} sections and on {fai_n}. A star asks whether one r is zero. Whether two differ "
            "has a test of its own, {fai_apart_p:p}, and an interval, {fai_apart_low:.2f} to "
            "{fai_apart_high:.2f}: {fai_n} sections cannot tell.",
            holds=lambda state: state["overall_r"] < 0 < state["within_r"] and _one_star(state),
        )
    ]

    holds = [
        Claim("carry the most traffic", lambda _: _means_of_kinds()["adt"].idxmax() == "FAI"),
        Claim("have the fewest accidents", lambda _: _means_of_kinds()["rate"].idxmin() == "FAI"),
    ]

    def in_the_lab(self, *, pair: str, grouped: bool) -> LabAddress:
        name, x, y, kind = _PAIRS[pair]
        if grouped:
            first = table(name)[kind].cat.categories[0]
            settings: dict[str, Value] = {
                "columns": (x, y),
                "groups": f"{kind}: {first} against the rest",
            }
            return LabAddress(name, "two_groups", settings)
        return LabAddress(name, "partial_map", {"columns": (x, y), "fixed": kind})

    def show(self, pair: str, grouped: bool) -> Exhibit:
        name, x, y, kind = _PAIRS[pair]
        units = table(name)
        overall, within = r_between(units, x, y), _pooled(units, x, y, kind)
        facts: dict[str, Any] = {
            "least": 0.1,
            "overall_r": overall,
            "within_r": float(within.r),
            "within_p": float(within.p),
            "change": float(within.r) - overall,
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
            table=_by_kind(units, x, y, kind),
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


def _pooled(units: pd.DataFrame, x: str, y: str, kind: str) -> "pd.Series[Any]":
    """The pair with the kinds' means taken out of both, and with their degrees of freedom."""
    return correlate_within(units[[x, y, kind]], kind, adjust="none").pairs().iloc[0]


@cache
def _known_pairs() -> dict[str, Fact]:
    """The pair that the step speaks of, whichever is on the screen."""
    roads, x, y, kind = (highway(), *_PAIRS["rate – adt"][1:])
    means, pooled = _means_of_kinds(), _pooled(roads, x, y, kind)
    facts: dict[str, Fact] = {
        "adt_r": r_between(roads, x, y),
        "adt_within": float(pooled.r),
        "p_within": float(pooled.p),
        "between_r": r_between(means, x, y),
        "level_percent": 100 * _LEVEL,
    }
    within = correlate_per_group(roads[[x, y, kind]], kind, adjust="none").pairs()
    for name in ("FAI", "MA", "PA"):
        found = within.loc[within["group"] == name].iloc[0]
        facts |= {
            f"{name.lower()}_n": int(found.n),
            f"{name.lower()}_r": float(found.r),
            f"{name.lower()}_p": float(found.p),
            f"{name.lower()}_adt": float(means[x][name]),
            f"{name.lower()}_rate": float(means[y][name]),
        }
    for name in ("FAI", "PA"):
        major, other = (roads.loc[roads[kind] == which, [x, y]] for which in ("MA", name))
        apart = compare(major, other, adjust="none", permutations=0).pairs().iloc[0]
        facts |= {
            f"{name.lower()}_apart_p": float(apart.p),
            f"{name.lower()}_apart_low": float(apart.low),
            f"{name.lower()}_apart_high": float(apart.high),
        }
    return facts


def _one_star(state: State) -> bool:
    """Whether r has a star on major arterials and none on interstates, though it is the same."""
    level = state["level_percent"] / 100
    return bool(
        state["ma_p"] < level < min(state["fai_p"], state["fai_apart_p"])
        and abs(state["ma_r"] - state["fai_r"]) < 0.01
        and state["fai_apart_low"] < -0.5
        and state["fai_apart_high"] > 0.5
    )


def _sign_within(facts: Mapping[str, Any]) -> str:
    if abs(facts["adt_within"]) < 0.1:
        return "zero"
    return "positive" if facts["adt_within"] > 0 else "negative"


def _by_kind(units: pd.DataFrame, x: str, y: str, kind: str) -> pd.DataFrame:
    columns = units[[x, y, kind]]
    parts = correlate_per_group(columns, kind, adjust="none").pairs().set_index("group")
    overall = correlate(units[[x, y]], adjust="none").pairs().iloc[0]
    ends = pd.DataFrame([overall, _pooled(units, x, y, kind)], index=["overall", "within, pooled"])
    found = pd.concat([ends, parts.sort_index()])
    return found[["n", "r", "low", "high", "p"]].round(4).rename_axis(kind).astype({"n": int})


_COLUMNS = ["adt", "rate"]
_FROM_BEFORE = 'pair = roads[["adt", "rate"]]\n'


_BESIDE_ITS_OWN_KIND = (
    "r is {r:.2f}, where it was {overall_r:.2f}: the same {sections} sections, each beside its own "
    "kind. "
)
_TEST_OF_IT = (
    " A test of this r has to know that the means of {kinds} kinds were taken out first.\n\n"
    "This is the end of the part. A good place to rest."
)


def _is_within(state: State) -> bool:
    return bool(abs(state["r"] - state["within_r"]) < 1e-6)


def _fit_other_kinds(lines: str) -> bool:
    """Whether the lines centre other sections with other kinds as well."""
    pair = pd.DataFrame(np.random.default_rng(0).normal(size=(9, 2)), columns=_COLUMNS)
    kinds = pd.Series(list("abcabcabb"), dtype="category")

    def is_right(centred: pd.DataFrame) -> bool:
        found = _centred_facts(centred, pair, kinds)
        return bool(found["largest_mean"] < _NOTHING and found["moved"] == 0)

    return fits(lines, {"roads": pair.assign(htype=kinds)}, a_frame(like=pair), is_right)


class WriteWithin(Step):
    """
    ### Write the look within

    What "pooled within the kinds" means can be written in two lines. `roads` has traffic, accident
    rate and kind of the {sections} sections, in the columns `adt`, `rate` and `htype`.

    Write the lines that take the mean of its kind out of every section, in `adt` and in `rate`, and
    give a table of these two columns. As long as nothing is written, the picture shows them as they
    are.
    """

    readings = {
        "r of what is shown": "{r:.2f}",
        "largest mean of a kind": "{largest_mean:.2f}",
    }

    tables = (HIGHWAY,)

    lines = Write("Your lines", gives="centred", names=("roads",), columns=(*_COLUMNS, "htype"))

    task = Task(
        "Write the lines after which no kind of road has a mean other than zero, and everything "
        "within the kinds is as it was.",
        goals=[
            Goal(
                "Each kind has a mean of zero in both columns: now the largest is "
                "{largest_mean:.2f}",
                met=lambda state: state["largest_mean"] < _NOTHING,
            ),
            Goal(
                "Every section lies where it did among those of its kind, as far above or below "
                "their mean: now {moved} of {sections} do not",
                met=lambda state: state["moved"] == 0,
            ),
        ],
        solution={
            "lines": _FROM_BEFORE + 'pair - pair.groupby(roads["htype"]).transform("mean")',
        },
        hints=[
            '`pair = roads[["adt", "rate"]]` takes the two columns.',
            '`pair.groupby(roads["htype"])` deals the rows into kinds.',
            '`.transform("mean")` gives a table as long as before, with the mean of its kind in '
            "every row.",
        ],
    )

    mistakes = [
        Mistake(
            "These are the means of the kinds themselves, the same for all sections of a kind. "
            "Their r, {r:.2f}, is what lies *between* the kinds. That is what is to be taken out.",
            when=lambda state: state["is_means"],
            example={"lines": _FROM_BEFORE + 'pair.groupby(roads["htype"]).transform("mean")'},
            misconception="overall_holds_within",
            holds=lambda state: state["r"] < 0,
        ),
        Mistake(
            "One mean was taken out of all sections alike. That moves the cloud, and r stays "
            "{overall_r:.2f}. The kinds still have means of their own, up to {largest_mean:.2f}.",
            when=lambda state: state["is_moved_whole"],
            example={"lines": _FROM_BEFORE + "pair - pair.mean()"},
            misconception="overall_holds_within",
            holds=lambda state: (
                abs(state["r"] - state["overall_r"]) < 1e-6 and state["largest_mean"] > _NOTHING
            ),
        ),
        Mistake(
            "The means are out, and every section lies as far from the others of its kind as "
            "before. But {turned} is turned round: what was above the mean of its kind is now "
            "below. r is {r:.2f}, and of the values as they were {within_r:.2f}.",
            when=lambda state: state["turned"] != "" and state["largest_mean"] < _NOTHING,
            example={
                "lines": _FROM_BEFORE
                + 'left = pair - pair.groupby(roads["htype"]).transform("mean")\n'
                + 'left.assign(adt=-left["adt"])'
            },
            misconception="signs_need_no_direction",
            holds=lambda state: abs(abs(state["r"]) - abs(state["within_r"])) < 1e-6,
        ),
        Mistake(
            "The means are out. But {moved} of {sections} sections lie farther from those of "
            "their kind than before, or nearer. That gives the kinds other weights: r is {r:.2f} "
            "instead of {within_r:.2f}.",
            when=lambda state: state["largest_mean"] < _NOTHING,
            example={
                "lines": _FROM_BEFORE
                + 'kinds = pair.groupby(roads["htype"])\n'
                + '(pair - kinds.transform("mean")) / kinds.transform("std")'
            },
            misconception="transform_changes_units_only",
            holds=lambda state: state["moved"] > 0,
        ),
        Mistake(
            "A kind still has a mean of {largest_mean:.2f}, so what lies between the kinds is not "
            "out: r is {r:.2f}, and pooled within them {within_r:.2f}.",
            when=lambda state: state["largest_mean"] >= _NOTHING,
            example={
                "lines": _FROM_BEFORE
                + 'pair.assign(adt=pair["adt"] - '
                + 'pair.groupby(roads["htype"])["adt"].transform("mean"))'
            },
            misconception="overall_holds_within",
        ),
    ]

    learned = [
        Outcome(
            _BESIDE_ITS_OWN_KIND + "The same lines, run on other sections of other kinds, centre "
            "them as well." + _TEST_OF_IT,
            when=lambda state: _fit_other_kinds(state["lines"]),
            holds=_is_within,
        ),
        Outcome(
            _BESIDE_ITS_OWN_KIND + "Your lines fit these kinds; other sections of other kinds they "
            "do not centre." + _TEST_OF_IT,
            holds=_is_within,
        ),
    ]

    def show(self, lines: str) -> Exhibit:
        roads = highway()[[*_COLUMNS, "htype"]].copy()
        pair = roads[_COLUMNS].astype(float)
        roads[_COLUMNS] = pair
        written = run(lines, {"roads": roads}, wants=a_frame(like=pair))
        centred = written.value_or(pair)
        facts = _centred_facts(centred, pair, roads["htype"])
        return Exhibit(
            figures=(
                Scatter(
                    centred["adt"],
                    centred["rate"],
                    groups=roads["htype"].astype(str),
                    title=fill(written.titled("roads itself") + ", r = {r:.2f}", facts),
                ),
            ),
            facts=facts,
            table=centred.groupby(roads["htype"], observed=True).mean().round(3),
            description=fill(
                "Traffic against accident rate, as your lines give them: r = {r:.2f}. The largest "
                "mean of a kind is {largest_mean:.2f}.",
                facts,
            ),
            error=written.error,
        )


_NOTHING = 1e-6


def _centred_facts(
    centred: pd.DataFrame, pair: pd.DataFrame, kinds: "pd.Series[Any]"
) -> dict[str, Any]:
    """How far what was written is from the deviations of each section from its kind."""
    truth = pair - pair.groupby(kinds, observed=True).transform("mean")
    means = centred.groupby(kinds, observed=True).transform("mean")
    own = centred - means
    shift = (centred - pair).fillna(0)
    return {
        "sections": len(pair),
        "kinds": kinds.nunique(),
        "r": _r_of_columns(centred),
        "overall_r": _r_of_columns(pair),
        "within_r": _r_of_columns(truth),
        "largest_mean": float(np.nan_to_num(means.abs().to_numpy()).max()),
        "moved": int((~np.isclose(own, truth, atol=_NOTHING)).any(axis=1).sum()),
        "turned": _turned(own, truth),
        "is_means": bool(np.allclose(own.fillna(1), 0, atol=_NOTHING) and means.any(axis=None)),
        "is_moved_whole": bool(np.allclose(shift, shift.iloc[0]) and shift.any(axis=None)),
    }


def _turned(own: pd.DataFrame, truth: pd.DataFrame) -> str:
    """The columns that are what they should be but for the sign, where the others are so with it.

    Their names as a sentence has them; nothing where none is turned, or something else is wrong.
    """
    is_turned = {x: bool(np.allclose(own[x], -truth[x], atol=_NOTHING)) for x in truth}
    is_right = {x: bool(np.allclose(own[x], truth[x], atol=_NOTHING)) for x in truth}
    if not all(is_turned[x] or is_right[x] for x in truth):
        return ""
    return " and ".join(f"`{x}`" for x in truth if is_turned[x])


def _r_of_columns(pair: pd.DataFrame) -> float:
    """Zero where a column has no spread, or too little is left."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.nan_to_num(pair["adt"].corr(pair["rate"])))
