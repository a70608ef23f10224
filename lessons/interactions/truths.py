"""Where the truth is known, or plain to see: made-up outcomes, and the Titanic."""

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lessons.interactions.models import BOOSTING, FOREST, STUMPS, Floats, grown, ranked
from lessons.tables import TITANIC, table
from lib.charts import Bars, Heatmap, Scatter
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Step,
    Task,
    Toggle,
    Value,
    fill,
    working,
)
from lib.stats import Surface, individual_curves, interaction_strengths

_ROWS, _BACKGROUND = 1000, 150
_NAMES = ("x1", "x2", "x3", "x4", "x5", "x6")
_TRUE = "x1 × x2"
_SIX = tuple(f"{first} × {second}" for first, second in combinations(_NAMES, 2))
_KNOWN = (FOREST, BOOSTING, STUMPS)


class Known(Step):
    """
    ### A world whose rule we wrote

    `10·sin(π·x1·x2) + 20·(x3 − ½)² + 10·x4 + 5·x5`, plus noise. Six features, drawn at random;
    `x6` does nothing. Only `x1` and `x2` do something together. {rows:,} rows to learn from.

    Now forget the rule and ask a model. Which of its {pairs} pairs interact?

    And there is `x3`. Its correlation with the outcome is {x3_r:.3f}, and a popular filter would
    drop it. In the {model} it moves the mean prediction by {x3_swing:.1f}.
    """

    model = Choice("Model", _KNOWN, default=FOREST)
    measure = Choice("Bars show", ("H", "rms"), default="H")
    views = ("measure",)

    readings = {
        "largest H": "{largest_h:.3f}",
        "others above the floor": "{above}",
        "explained": "{r_squared:.0%}",
    }

    predict = Predict(
        "In truth one pair of {pairs} interacts. In how many of the others does the forest have an "
        "H above {floor:.2f}?",
        choices=[
            Option(
                text="In none: it learned the rule",
                value="none",
                tempting=True,
                feedback=(
                    "It learned the rule with trees whose splits are nested: where a branch splits "
                    "on one feature depends on the splits above it, on others. {above} other pairs "
                    "are above {floor:.2f}, the highest at {next_h:.3f}. The true one has "
                    "{true_h:.3f}."
                ),
                misconception="forest_h_has_no_floor",
                holds=lambda state: state["above"] > 2 and state["next_h"] < state["true_h"],
            ),
            Option(
                text="In one or two",
                value="few",
                feedback=(
                    "More: {above}. That is the forest's own floor, and an H of {next_h:.3f} is no "
                    "discovery on it. The true pair stands out at {true_h:.3f}."
                ),
                misconception="forest_h_has_no_floor",
                holds=lambda state: state["true_h"] > 2 * state["next_h"],
            ),
            Option(
                text="In at least three",
                value="many",
                feedback=(
                    "In {above}, up to {next_h:.3f} for {next_pair}. The true pair has "
                    "{true_h:.3f}: read an H against the other pairs of its model, not against "
                    "zero."
                ),
                holds=lambda state: state["next_h"] < state["true_h"],
            ),
        ],
        answer=lambda exhibit: (
            "many"
            if int(exhibit.facts["above"]) > 2
            else "few"
            if exhibit.facts["above"]
            else "none"
        ),
    )

    answers = {"pair": Choice("The pair that truly interacts", _SIX, default=None)}

    task = Task(
        "One of the models cannot interact: every H is below one in a million. Find it, and name "
        "the pair that it therefore misses.",
        goals=[
            Goal(
                "Every H is below one in a million: the largest is now {largest_h:.3f}",
                met=lambda state: state["largest_h"] < 1e-6,
            ),
            Goal(
                "The pair that it misses is named: now {pair}",
                met=lambda state: state["pair"] == _TRUE,
            ),
        ],
        solution={"model": STUMPS, "pair": _TRUE},
        hints=[
            "Interactions come from splits below splits. Which model has none of those?",
            "The rule is printed above. Which features stand in one bracket?",
        ],
    )

    mistakes = [
        Mistake(
            "Its H is {named_h:.3f}, the highest of all pairs that do nothing together by the "
            "rule. In this model so much comes from nested splits alone.",
            when=lambda state: state["pair"] == state["next_pair"] and state["largest_h"] > 1e-6,
            example={"pair": "x3 × x5"},
            misconception="forest_h_has_no_floor",
            holds=lambda state: state["pair"] != _TRUE and state["named_h"] == state["next_h"],
        ),
        Mistake(
            "By the rule {pair} does not interact. Only two features stand in one bracket.",
            when=lambda state: state["pair"] not in (None, _TRUE),
            example={"model": STUMPS, "pair": "x4 × x5"},
            misconception="forest_h_has_no_floor",
            holds=lambda state: state["named_h"] <= state["next_h"] <= state["true_h"],
        ),
        Mistake(
            "That pair it is. This model finds it, with an H of {true_h:.3f}. Another one cannot.",
            when=lambda state: state["pair"] == _TRUE,
            holds=lambda state: state["true_h"] == state["largest_h"],
            example={"pair": _TRUE},
            misconception="every_model_interacts",
        ),
    ]

    learned = [
        Outcome(
            "A sum of *stumps*, trees with one split each, has no nested splits and no "
            "interactions: the largest H is {largest_h:.0f}. On fresh data it still explains "
            "{r_squared:.0%}. H tells what the *model* does. Whether the world does it too is "
            "another question.",
            holds=lambda state: state["largest_h"] < 1e-6,
        )
    ]

    def show(self, model: str, measure: str) -> Exhibit:
        pairs, x3_swing, r_squared = _known(model)
        h = pairs["h"]
        others = h.drop(_TRUE)
        features, outcome = _friedman(0)
        facts: dict[str, Any] = {
            "rows": _ROWS,
            "pairs": len(h),
            "floor": 0.05,
            "true_h": float(h[_TRUE]),
            "true_rms": float(pairs["rms"][_TRUE]),
            "next_h": float(others.max()),
            "next_pair": str(others.idxmax()) if others.max() else "none",
            "largest_h": float(h.max()),
            "above": int((others > 0.05).sum()),
            "x3_r": float(features["x3"].corr(outcome)),
            "x3_swing": x3_swing,
            "r_squared": r_squared,
        }
        shown = pairs["h" if measure == "H" else "rms"]
        bars = shown.sort_values(ascending=False, kind="stable").to_frame(measure)
        return Exhibit(
            figures=(Bars(bars, title=f"{measure}, {model}", x=measure),),
            facts=facts,
            table=pairs.loc[bars.index, ["h", "rms", "max"]].round(4),
            description=fill(
                f"{measure} of {{pairs}} pairs in {model}. The true pair has an H of "
                "{true_h:.3f}, the next one {next_h:.3f}.",
                facts,
            ),
        )

    def appraise(self, exhibit: Exhibit, pair: str | None = None) -> dict[str, Fact]:
        h = _known(str(exhibit.setting["model"])).pairs["h"]
        return {"named_h": float(h[pair]) if pair else 0.0}


@cache
def _friedman(seed: int) -> tuple[pd.DataFrame, "pd.Series[float]"]:
    from sklearn.datasets import make_friedman1

    features, outcome = make_friedman1(_ROWS, n_features=len(_NAMES), noise=1, random_state=seed)
    return pd.DataFrame(features, columns=list(_NAMES)), pd.Series(outcome)


def _known_model(name: str) -> Any:
    features, outcome = _friedman(0)
    if name == FOREST:
        from sklearn.ensemble import RandomForestRegressor

        return grown(RandomForestRegressor(min_samples_leaf=2, random_state=0), features, outcome)
    from sklearn.ensemble import GradientBoostingRegressor

    working(0.1, "Fitting the model")
    depth = 1 if name == STUMPS else 3
    return GradientBoostingRegressor(n_estimators=300, max_depth=depth, random_state=0).fit(
        features, outcome
    )


class _Known(NamedTuple):
    """What is asked of a model, which is not kept itself: a forest takes 8 MB.

    The pairs come a row each, in the order of the features.
    """

    pairs: pd.DataFrame
    x3_swing: float
    r_squared: float


@cache
def _known(name: str) -> _Known:
    fitted = _known_model(name)
    working(0.9, "Counting leaves")
    background = _friedman(0)[0].sample(_BACKGROUND, random_state=0)
    pairs = ranked(interaction_strengths(fitted, background)).loc[list(_SIX)]
    curves = individual_curves(fitted, background, "x3", x_values=np.linspace(0, 1, 21))
    return _Known(
        pairs,
        x3_swing=float(np.ptp(curves.mean(axis=1))),
        r_squared=float(fitted.score(*_friedman(1))),
    )


_PROBABILITY, _LOG_ODDS = "probability", "log-odds"
_CLASSES = ("1st", "2nd", "3rd")


class Titanic(Step):
    """
    ### One that is real

    {people:,} passengers of the Titanic. Of the women in first class {female_1:.1%} survived, in
    second {female_2:.1%}, in third {female_3:.1%}. Of the men {male_1:.1%}, {male_2:.1%} and
    {male_3:.1%}.

    The gain from being a woman differs from class to class: an interaction.

    Or is it? The interaction of the sigmoid vanished in log-odds. There effects are compared by an
    *odds ratio*: the odds of the women over those of the men. And a *likelihood ratio* says how
    much more probable a model with the interaction makes the table than one without it.
    """

    tables = (TITANIC,)

    scale = Choice("Scale", (_PROBABILITY, _LOG_ODDS), default=_PROBABILITY)
    residual = Toggle("Subtract the main effects", default=False)
    with_age = Toggle("Only those whose age is known", default=False)

    readings = {
        "interaction, probability": "{share:.1%}",
        "in log-odds": "{share_log_odds:.1%}",
        "farthest from a sum": "{largest:.2f}",
    }

    predict = Predict(
        "In probability, being a woman was worth {gain_1:.0%} in first class and {gain_3:.0%} in "
        "third. And by the odds ratio of the sexes?",
        choices=[
            Option(
                text="More in first class, too",
                value="first",
                tempting=True,
                feedback=(
                    "{odds_1:.0f} in first class, {odds_2:.0f} in second, {odds_3:.1f} in third. "
                    "On neither of the two scales is it one effect for all classes."
                ),
                holds=lambda state: (
                    state["odds_1"] > 5 * state["odds_3"] and state["gain_1"] > state["gain_3"]
                ),
            ),
            Option(
                text="About the same: what differs comes from the floor at zero and the ceiling at "
                "one",
                value="same",
                feedback=(
                    "So it was with the sigmoid, and it is a good suspicion. Here the odds ratio "
                    "is {odds_1:.0f} in first class, {odds_2:.0f} in second, {odds_3:.1f} in "
                    "third."
                ),
                misconception="interaction_is_only_scale",
                holds=lambda state: state["odds_1"] > 5 * state["odds_3"],
            ),
            Option(
                text="More in third class: there was more to gain",
                value="third",
                feedback=(
                    "There was more room above, and less was made of it: an odds ratio of "
                    "{odds_3:.1f} in third class, against {odds_1:.0f} in first."
                ),
                misconception="interaction_is_only_scale",
                holds=lambda state: (
                    state["female_3"] < state["female_1"] and state["male_3"] < state["male_1"]
                ),
            ),
        ],
        answer=lambda exhibit: _worth_more(exhibit.facts),
        seen_at={"scale": "log-odds"},
    )

    answers = {"answer": Choice("The class that departs most", _CLASSES, default=None)}

    task = Task(
        "Show what is left in log-odds once the main effects are gone, and name the class that "
        "departs most.",
        goals=[
            Goal(
                "The effects are compared by the logarithms of the odds",
                met=lambda state: state["scale"] == _LOG_ODDS,
            ),
            Goal(
                "The main effects are gone",
                met=lambda state: state["residual"],
            ),
            Goal(
                "The class that departs most is named: now {answer}",
                met=lambda state: state["answer"] == state["most"],
            ),
        ],
        solution={"scale": _LOG_ODDS, "residual": True, "answer": "3rd"},
        hints=[
            "Two switches turn the table into what is left in log-odds.",
            "Then read the columns: the one with the strongest colours departs most.",
        ],
    )

    mistakes = [
        Mistake(
            "Read the columns again: on this scale {most} class departs most, by up to "
            "{largest:.2f}; {answer} class does not.",
            when=lambda state: state["answer"] not in (None, state["most"]),
            example={"residual": True, "answer": "1st"},
            misconception="interaction_is_only_scale",
            holds=lambda state: state["answer"] != state["most"],
        ),
        Mistake(
            "Left over in probability: up to {largest:.2f}. A sceptic will say that probabilities "
            "cannot go beyond one. Answer in log-odds.",
            when=lambda state: state["scale"] == _PROBABILITY and state["residual"],
            example={"residual": True},
            misconception="interaction_is_only_scale",
        ),
        Mistake(
            "These are log-odds, main effects and all. What is left without them?",
            when=lambda state: state["scale"] == _LOG_ODDS and not state["residual"],
            example={"scale": _LOG_ODDS},
            misconception="map_is_interaction",
        ),
    ]

    learned = [
        Outcome(
            "Of {shown:,} passengers: in log-odds {share_log_odds:.1%} of the table's variance is "
            "interaction, in probability {share:.1%}. Chance alone would hardly do it: the "
            "*likelihood ratio statistic* is {ratio:.1f} on {freedom} *degrees of freedom*, {p:p}; "
            "with age in the model, among the {people_age:,} whose age is known, {ratio_age:.1f}. "
            "Sex and class interact on either scale.",
            holds=lambda state: (
                min(state["share"], state["share_log_odds"]) > 0.02
                and max(state["p"], state["p_age"]) < 1e-6
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"x": "sex", "y": "survived", "strata": "passengerClass"}
        return LabAddress("titanic", "two_categories", settings)

    def show(self, scale: str, residual: bool, with_age: bool) -> Exhibit:
        surface = _survival(with_age)
        log_odds = surface.on_log_odds()
        chosen = surface if scale == _PROBABILITY else log_odds
        left = chosen.interaction()
        odds = np.exp(log_odds.values.loc["female"] - log_odds.values.loc["male"])
        rates = surface.values
        gains = [float(rates[name]["female"] - rates[name]["male"]) for name in _CLASSES]
        facts: dict[str, Any] = {
            "people": len(_passengers()),
            "shown": len(_passengers(with_age)),
            "people_age": len(_passengers(with_age=True)),
            **{
                f"{sex}_{name[0]}": float(rates[name][sex])
                for sex in ("female", "male")
                for name in _CLASSES
            },
            "gain_1": gains[0],
            "gain_3": gains[2],
            **{f"odds_{name[0]}": float(odds[name]) for name in _CLASSES},
            "share": surface.interaction_share,
            "share_log_odds": log_odds.interaction_share,
            "largest": float(left.abs().to_numpy().max()),
            "most": str(left.abs().max().idxmax()),
            "ratio": _likelihood_ratio(with_age, given_age=False),
            "ratio_age": _likelihood_ratio(with_age=True, given_age=True),
            "freedom": 2,
            # Chi-square on two degrees of freedom is the exponential distribution.
            "p": float(np.exp(-_likelihood_ratio(with_age, given_age=False) / 2)),
            "p_age": float(np.exp(-_likelihood_ratio(with_age=True, given_age=True) / 2)),
        }
        reach = 1.0 if scale == _LOG_ODDS else 0.15
        whole = (-4.0, 4.0) if scale == _LOG_ODDS else (0.0, 1.0)
        heatmap = Heatmap(
            left if residual else chosen.values,
            limits=(-reach, reach) if residual else whole,
            colours="viridis" if scale == _PROBABILITY and not residual else "house",
            decimals=3 if scale == _PROBABILITY else 2,
            title="Main effects gone" if residual else "Survived",
            scale=scale,
        )
        sexes = chosen.values.T
        between = pd.DataFrame({"women − men": sexes["female"] - sexes["male"]})
        return Exhibit(
            figures=(heatmap, Bars(between, title="Women − men", x=scale)),
            across=2,
            facts=facts,
            table=chosen.values.round(3),
            description=fill(
                f"Survival by sex and class, in {scale}. {{share:.1%}} of the variance is "
                "interaction in probability and {share_log_odds:.1%} in log-odds.",
                facts,
            ),
        )


def _worth_more(facts: Mapping[str, Fact]) -> str:
    ratio = float(facts["odds_1"]) / float(facts["odds_3"])
    if 2 / 3 < ratio < 3 / 2:
        return "same"
    return "first" if ratio > 1 else "third"


@cache
def _passengers(with_age: bool = False) -> pd.DataFrame:
    """Everybody, or everybody whose age is known; shared, so not to be changed."""
    people = table("titanic").dropna(subset="age") if with_age else table("titanic")
    return people.assign(survived=(people["survived"] == "yes") * 1.0)


@cache
def _survival(with_age: bool) -> Surface:
    rates = _passengers(with_age).pivot_table("survived", "sex", "passengerClass", observed=True)
    rates.columns = pd.Index([str(name) for name in rates.columns], name="class")
    rates.index = pd.Index([str(name) for name in rates.index], name="sex")
    return Surface(rates, "probability")


@cache
def _likelihood_ratio(with_age: bool, given_age: bool) -> float:
    """Twice what the products of sex and class add to the log-likelihood."""
    working(0.2, "Fitting the model")
    from statsmodels.discrete.discrete_model import Logit  # the whole api would take 20 MB

    people = _passengers(with_age)
    female = (people["sex"] == "female").to_numpy(float)
    later = [(people["passengerClass"] == name).to_numpy(float) for name in ("2nd", "3rd")]
    columns = [np.ones(len(people)), female, *later]
    if given_age:
        columns.append(people["age"].to_numpy(float))
    products = [female * each for each in later]
    plain, full = (
        Logit(people["survived"].to_numpy(), np.column_stack(design)).fit(disp=0).llf
        for design in (columns, columns + products)
    )
    return float(2 * (full - plain))


_EITHER, _CORRELATED, _APART = "XOR", "sum, r = 0.9", "sum, r = 0"
_LEAST_SQUARES = "least squares"
_TREES, _AVERAGED = 100, 200


class Together(Step):
    """
    ### Going together is not working together

    "These two correlate at {strong:.1f}, so think about an interaction." That advice hangs
    under many a correlation heatmap. Three worlds of {rows:,} rows to try it on:

    *XOR*: the outcome is one where exactly one of two features is positive. *Sum*: the outcome is
    `x1 + x2` and some noise, with `x1` and `x2` correlated, or not.

    The forest may do what it likes. Least squares fits `x1`, `x2` and `x1·x2`, and gives the
    product a p-value.
    """

    world = Choice("World", (_EITHER, _CORRELATED, _APART), default=_EITHER)
    model = Choice("H of", (FOREST, _LEAST_SQUARES), default=FOREST)
    draw = Seed("Draw", default=1)
    views = ("draw",)
    typical = ("h", "r_first", "r_features")

    readings = {
        "r of the features": "{r_features:.2f}",
        "H": "{h:.2f}",
        "r with the outcome": "{r_first:.2f}",
    }

    predict = Estimate(
        "XOR: the outcome hangs on the two features together and on neither alone. What is r "
        "between one feature and the outcome?",
        low=-0.6,
        high=1,
        step=0.1,
        tolerance=0.15,
        feedback=(
            "r = {r_first:.2f} and {r_second:.2f} with the outcome, {r_features:.2f} between the "
            "two. A correlation heatmap of this table is blank. H = {h:.2f}."
        ),
        bands=[
            Band(
                low=-0.6,
                high=1.1,
                feedback=(
                    "Whatever one feature says, the other turns it over, and what is left is "
                    "{r_first:.2f}. A correlation heatmap of this table is blank. H = {h:.2f}."
                ),
                misconception="interaction_shows_in_r",
                holds=lambda state: (
                    max(abs(state[f"r_{of}"]) for of in ("first", "second", "features")) < 0.15
                ),
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["r_first"]),
    )

    task = Task(
        "Find two features that correlate above {strong:.1f} and do nothing together: an H below "
        "{little:.2f}.",
        goals=[
            Goal(
                "The two features correlate above {strong:.1f}: now {r_features:.2f}",
                met=lambda state: state["r_features"] > state["strong"],
            ),
            Goal(
                "Their H is below {little:.2f}: now {h:.2f}",
                met=lambda state: state["h"] < state["little"],
            ),
        ],
        solution={"world": _CORRELATED, "model": _LEAST_SQUARES},
        hints=[
            "In which of the worlds do the features go together?",
            "Where two features go together, a tree splits on the one below the other, even if "
            "their effects add up. Which model has no splits?",
        ],
    )

    mistakes = [
        Mistake(
            "r = {r_features:.2f}, and the outcome is a plain sum. Yet H = {h:.2f}. That comes "
            "from the forest, whose splits are nested: on the one feature below the other. Least "
            "squares gives the product a coefficient of {coefficient:.3f}. Ask a model that adds.",
            when=lambda state: (
                state["r_features"] > state["strong"] and state["h"] >= state["little"]
            ),
            example={"world": _CORRELATED},
            misconception="forest_h_has_no_floor",
            holds=lambda state: state["model"] == FOREST and abs(state["coefficient"]) < 0.06,
        ),
        Mistake(
            "The other way round: r = {r_features:.2f} between the features, and H = {h:.2f}. "
            "These work together and do not go together. Now a pair that goes together and does "
            "not work together.",
            when=lambda state: state["h"] > 0.9,
            holds=lambda state: abs(state["r_features"]) < 0.15,
            example={"model": _LEAST_SQUARES},
            misconception="correlated_means_interacting",
        ),
        Mistake(
            "These do not go together, r = {r_features:.2f}. Their H is {h:.2f}.",
            when=lambda state: state["r_features"] <= state["strong"],
            example={"world": _APART},
            misconception="correlated_means_interacting",
            holds=lambda state: abs(state["r_features"]) < 0.15,
        ),
    ]

    learned = [
        Outcome(
            "r = {r_features:.2f} between two features whose product adds next to nothing: "
            "coefficient {coefficient:.3f}, H = {h:.3f}. And in XOR, where all correlations are "
            "about zero, the forest has an H of {h_either:.2f}.",
            holds=lambda state: state["h"] < 0.05 and state["h_either"] > 0.9,
        )
    ]

    def show(self, world: str, model: str, draw: int) -> Exhibit:
        features, outcome = _world(world, draw)
        together = _strength(world, model, draw)
        coefficient, p = _product(features, outcome)
        facts: dict[str, Any] = {
            "rows": len(features),
            "strong": 0.8,
            "little": 0.05,
            "r_features": float(features["x1"].corr(features["x2"])),
            "r_first": float(np.corrcoef(features["x1"], outcome)[0, 1]),
            "r_second": float(np.corrcoef(features["x2"], outcome)[0, 1]),
            "h": together.h,
            "rms": together.rms,
            "coefficient": coefficient,
            "p": p,
            "h_either": _strength(_EITHER, FOREST, draw).h,
        }
        above = pd.Series(np.where(outcome > np.median(outcome), "high", "low"), name="outcome")
        if world == _EITHER:
            above = pd.Series(np.where(outcome > 0.5, "high", "low"), name="outcome")
        return Exhibit(
            figures=(
                Scatter(features["x1"], features["x2"], groups=above, title="Where it is high"),
                Heatmap(features.assign(outcome=outcome).corr(), title="Correlations", decimals=2),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame(
                {
                    "value": {
                        "r of the features": facts["r_features"],
                        "H": facts["h"],
                        "coefficient of the product": coefficient,
                        "its p": p,
                    }
                }
            ).round(4),
            description=fill(
                "Two features that correlate at {r_features:.2f}, and with the outcome at "
                "{r_first:.2f} and {r_second:.2f}. H of the model is {h:.2f}.",
                facts,
            ),
        )


@lru_cache(maxsize=64)
def _world(world: str, draw: int) -> tuple[pd.DataFrame, Floats]:
    """Two features and an outcome; shared, so not to be changed."""
    rng = np.random.default_rng(draw)
    either = rng.uniform(-1, 1, (1000, 2))
    correlated = rng.multivariate_normal([0, 0], [[1, 0.9], [0.9, 1]], 1000)
    noise = 0.3 * rng.normal(size=1000)
    apart = rng.normal(size=(1000, 2))
    numbers = {_EITHER: either, _CORRELATED: correlated, _APART: apart}[world]
    outcome = numbers.sum(axis=1) + noise
    if world == _EITHER:
        outcome = ((numbers[:, 0] > 0) ^ (numbers[:, 1] > 0)) * 1.0
    return pd.DataFrame(numbers, columns=["x1", "x2"]), outcome


class _Strength(NamedTuple):
    h: float
    rms: float


@lru_cache(maxsize=1024)
def _strength(world: str, model: str, draw: int) -> _Strength:
    """How much x1 and x2 do together in the model."""
    features, outcome = _world(world, draw)
    working(0.2, "Fitting the model")
    fitted = _fitted(model, features, outcome)
    found = interaction_strengths(fitted, features.head(_AVERAGED), background=_AVERAGED)
    return _Strength(float(found.h["x2"]["x1"]), float(found.rms["x2"]["x1"]))


def _fitted(model: str, features: pd.DataFrame, outcome: Floats) -> Any:
    if model == FOREST:
        from sklearn.ensemble import RandomForestRegressor

        forest = RandomForestRegressor(_TREES, min_samples_leaf=5, random_state=0)
        return forest.fit(features, outcome)
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures

    products = PolynomialFeatures(interaction_only=True, include_bias=False)
    return make_pipeline(products, LinearRegression()).fit(features.to_numpy(), outcome)


def _product(features: pd.DataFrame, outcome: Floats) -> tuple[float, float]:
    """The coefficient of x1·x2 beside x1 and x2, and its p."""
    from scipy import stats

    x1, x2 = features.to_numpy().T
    design = np.column_stack([np.ones(len(x1)), x1, x2, x1 * x2])
    weights = np.linalg.lstsq(design, outcome, rcond=None)[0]
    residuals = outcome - design @ weights
    freedom = len(x1) - design.shape[1]
    variance = residuals @ residuals / freedom * np.linalg.inv(design.T @ design)[3, 3]
    return float(weights[3]), float(2 * stats.t.sf(abs(weights[3]) / np.sqrt(variance), freedom))
