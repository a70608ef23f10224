"""What the tests of r, rho and tau promise, and what it takes to keep it."""

from functools import lru_cache
from itertools import permutations
from math import factorial
from typing import Any, NamedTuple, get_args

import numpy as np
import pandas as pd
from scipy import special

from lessons.methods.measuring import coefficient
from lib.charts import Bars, Lines, Scatter, number_text
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
    fill,
    working,
)
from lib.stats import (
    Distribution,
    correlate_rows,
    correlated_pairs,
    heteroscedastic_pairs,
    noise,
)

_UNEQUAL = "unequal spread"
_REPLICATES = 3000
_LEVELS = {"5 %": 0.05, "1 %": 0.01, "0.1 %": 0.001}


class WhatTheTestNeeds(Step):
    """
    ### What the test really needs

    *Pearson is only for normal data*, says the rule. Let us try. Draw two columns that have nothing
    to do with each other, test r by the usual *t test*, and do it {replicates} times over. At a
    level of five per cent the test promises five false alarms in a hundred.

    Seven of the eight kinds of data here are two independent columns of some shape: tame, *skewed*
    (a long tail on one side) or wild. The eighth, *unequal spread*, is all normal draws: the second
    column scatters around zero, but the farther the first is from zero, the wider. Its true r is
    zero too.
    """

    data = Choice("Data", (*get_args(Distribution), _UNEQUAL), default="normal")
    rows = Choice("Rows", ("10", "30", "100", "300"), default="30")
    level = Choice("Level", tuple(_LEVELS), default="5 %")
    seed = Seed("Draw")

    predict = Predict(
        "{n} rows, no true correlation, tested at {level_percent:.0f} %. Which data break the "
        "promise most?",
        choices=[
            Option(
                text="exponential: strongly skewed, nothing like a bell",
                value="exponential",
                feedback=(
                    "The rule of thumb would say so. The false alarms are {exponential:.1f} %, as "
                    "promised. Skewed columns alone do not hurt."
                ),
                misconception="pearson_needs_normality",
            ),
            Option(
                text="cauchy: so wild that it has no variance",
                value="cauchy",
                feedback=(
                    "A fair suspicion: without a variance there is no r to estimate. At this level "
                    "the test survives even that, with {cauchy:.1f} %; its tails come later."
                ),
                misconception="pearson_needs_normality",
            ),
            Option(
                text="unequal spread: normal draws, but one column sets how far the other strays",
                value=_UNEQUAL,
                feedback=(
                    "{unequal:.1f} % false alarms, against {exponential:.1f} % for the skewed and "
                    "{cauchy:.1f} % for the wild. The test needs independent rows *and* a spread "
                    "that does not depend on the other column."
                ),
            ),
            Option(
                text="none: r is robust, and {n} rows are enough",
                value="none",
                feedback=(
                    "For independent columns nearly so. Where one column sets the other's spread "
                    "it is {unequal:.1f} %, and more rows do not help."
                ),
                misconception="more_rows_mend_a_test",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["worst"],
    )

    task = Task(
        "Find data on which the test gives at least {too_often:.0f} times as many false alarms as "
        "it promises, with {enough:.0f} rows or more.",
        goals=[
            Goal(
                "False alarms are {too_often:.0f} times what is promised, or more: now {times:.1f}"
                " times",
                met=lambda state: state["times"] >= state["too_often"],
            ),
            Goal(
                "There are {enough:.0f} rows or more: now {n}",
                met=lambda state: state["n"] >= state["enough"],
            ),
        ],
        solution={"data": _UNEQUAL, "rows": "300"},
        hints=[
            "Compare the bars with the mark.",
            "One kind of data does it at every level. Two more do it at the strictest one.",
        ],
    )

    mistakes = [
        Mistake(
            "{percent:.1f} % instead of {level_percent:g} %: it does cry wolf. Few rows, one might "
            "object. So take more, and see whether it stops.",
            when=lambda state: state["times"] >= state["too_often"],
            example={"data": _UNEQUAL},
            misconception="more_rows_mend_a_test",
        ),
        Mistake(
            "{percent:.2f} % false alarms at a level of {level_percent:g} %: promise more or less "
            "kept. For {data} data, not a bell among them.",
            when=lambda state: state["data"] != "normal",
            example={"data": "exponential"},
            misconception="pearson_needs_normality",
        ),
        Mistake(
            "Normal data keep the promise, {percent:.1f} % for {level_percent:g} %, as they "
            "should. The test was made for them.",
            when=lambda _: True,
            example={"rows": "300"},
            misconception="more_rows_mend_a_test",
        ),
    ]

    learned = [
        Outcome(
            "Skewed data kept the promise, with {exponential:.1f} %. What broke it is dependence "
            "without correlation: {unequal:.1f} % at {n} rows. Not normality: independence."
        )
    ]

    def show(self, data: str, rows: str, level: str, seed: int) -> Exhibit:
        n, alpha = int(rows), _LEVELS[level]
        kinds = type(self).data.named
        shares = {}
        for done, kind in enumerate(kinds):
            working(done / len(kinds), f"Testing {kind} data")
            shares[kind] = _tested(kind, n, seed).alarms[alpha]
        worst = max(shares, key=shares.__getitem__)
        facts: dict[str, Any] = {
            "replicates": _REPLICATES,
            "too_often": 3,
            "enough": 100,
            "n": n,
            "level_percent": 100 * alpha,
            "share": shares[data],
            "percent": 100 * shares[data],
            "times": shares[data] / alpha,
            "worst": worst,
            "exponential": 100 * shares["exponential"],
            "lognormal": 100 * shares["lognormal"],
            "cauchy": 100 * shares["cauchy"],
            "unequal": 100 * shares[_UNEQUAL],
        }
        alarms = pd.DataFrame({"false alarms, %": {kind: 100 * shares[kind] for kind in kinds}})
        x, y = _tested(data, n, seed).sample
        return Exhibit(
            figures=(
                Bars(
                    alarms,
                    title=f"False alarms of {_REPLICATES} tests, {n} rows each",
                    x="%",
                    marks={"promised": 100 * alpha},
                ),
                Scatter(
                    pd.Series(x, name="x"),
                    pd.Series(y, name="y"),
                    title=f"One of the samples: {data}",
                ),
            ),
            facts=facts,
            table=alarms.round(2).rename_axis("data"),
            description=fill(
                f"False alarms of the test of r for eight kinds of data and {{n}} rows. For {data} "
                "data they are {percent:.2f} % at a level of {level_percent:g} %; for unequal "
                "spread {unequal:.2f} %.",
                facts,
            ),
        )


def _replicates(kind: str, n: int, seed: int) -> "tuple[np.ndarray, np.ndarray]":
    if kind == _UNEQUAL:
        return heteroscedastic_pairs(_REPLICATES, n, seed=seed)
    x, y = np.split(noise(2 * _REPLICATES, n, distribution=kind, seed=seed), 2)  # type: ignore[arg-type]
    return x, y


class _Tested(NamedTuple):
    """The share of false alarms at each level, and one of the samples: its x and its y."""

    alarms: dict[float, float]
    sample: "tuple[np.ndarray, np.ndarray]"


@lru_cache(maxsize=1024)
def _tested(kind: str, n: int, seed: int) -> _Tested:
    x, y = _replicates(kind, n, seed)
    p = correlate_rows(x, y)[1]
    alarms = {alpha: float(np.mean(p < alpha)) for alpha in _LEVELS.values()}
    return _Tested(alarms, (x[0].copy(), y[0].copy()))


class AnotherScale(Step):
    """
    ### Celsius and Fahrenheit

    You read r = {strength:.2f} in one paper and τ = {tau:.2f} in another. Is the second link
    weaker?

    Kendall counts pairs of rows. Of two rows, does the one with more x also have more y? τ is the
    share of pairs that agree, less the share that do not. That is another scale, with the same ends
    and the same zero. In between it reads lower.

    For a normal cloud the conversion is known exactly. Spearman's ρ stays close to r.
    """

    strength = Slider("True r", -0.9, 0.9, default=0.5, step=0.05)
    rows = Choice("Rows", ("30", "100", "1000"), default="100")
    seed = Seed("Draw")
    views = ("rows", "seed")

    predict = Estimate(
        "A normal cloud has a true r of {strength:.2f}. What is its Kendall's τ?",
        low=-1,
        high=1,
        step=0.05,
        tolerance=0.05,
        feedback=(
            "τ = {tau:.3f}: {agree:.0f} % of all pairs of rows agree in order, the others do not. "
            "The same cloud, another scale."
        ),
        bands=[
            Band(
                low=-1,
                high=0.1,
                feedback=(
                    "The cloud rises, so more pairs of rows agree than disagree: τ is {tau:.3f}."
                ),
                misconception="smaller_tau_is_weaker",
            ),
            Band(
                low=0.1,
                high=0.4,
                feedback="The direction is right: τ reads lower than r. It is {tau:.3f}.",
                misconception="smaller_tau_is_weaker",
            ),
            Band(
                low=0.4,
                high=0.6,
                feedback=(
                    "That holds for Spearman, whose ρ is {rho:.3f}. Kendall counts pairs and reads "
                    "{tau:.3f}."
                ),
                misconception="smaller_tau_is_weaker",
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback="τ never reads higher than r for a normal cloud. It is {tau:.3f}.",
                misconception="smaller_tau_is_weaker",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["tau"]),
    )

    task = Task(
        "Find the cloud whose true τ is {wanted:.2f}, give or take a hundredth.",
        goals=[
            Goal(
                "The true τ is {wanted:.2f}, give or take a hundredth: now {tau:.3f}",
                met=lambda state: abs(state["tau"] - state["wanted"]) <= 0.01,
            ),
        ],
        solution={"strength": 0.7},
        hints=[
            "τ reads lower than r, so r has to be higher.",
            "In the upper picture, follow the mark to the lowest curve, then look down.",
        ],
    )

    mistakes = [
        Mistake(
            "A falling cloud has more pairs that disagree: τ is {tau:.2f}. The other direction.",
            when=lambda state: state["strength"] < 0,
            example={"strength": -0.7},
            misconception="minus_is_weak",
        ),
        Mistake(
            "τ is {tau:.2f} here, with r = {strength:.2f}. It takes a stronger cloud than you "
            "think: the scales agree only at their ends and at zero.",
            when=lambda state: state["tau"] < state["wanted"],
            example={"strength": 0.55},
            misconception="smaller_tau_is_weaker",
        ),
        Mistake(
            "Too far: τ is {tau:.2f} at r = {strength:.2f}.",
            when=lambda state: state["tau"] > state["wanted"],
            example={"strength": 0.85},
            misconception="smaller_tau_is_weaker",
        ),
    ]

    learned = [
        Outcome(
            "A τ of {tau:.2f} and an r of {strength:.2f} are one and the same normal cloud. "
            "Compare τ with τ, never with r."
        )
    ]

    def show(self, strength: float, rows: str, seed: int) -> Exhibit:
        x, y = correlated_pairs(1, int(rows), r=strength, seed=seed)
        sample = pd.DataFrame({"x": x[0], "y": y[0]})
        facts = {
            "wanted": 0.5,
            "rho": float(6 / np.pi * np.arcsin(strength / 2)),
            "tau": float(2 / np.pi * np.arcsin(strength)),
            "agree": float(50 + 100 / np.pi * np.arcsin(strength)),
            "sample_r": coefficient(sample.x, sample.y),
            "sample_rho": coefficient(sample.x, sample.y, "Spearman"),
            "sample_tau": coefficient(sample.x, sample.y, "Kendall"),
        }
        true_r = pd.Index(np.linspace(-1, 1, 81).round(3), name="true r")
        scales = pd.DataFrame(
            {
                "Pearson's r": true_r,
                "Spearman's ρ": 6 / np.pi * np.arcsin(true_r / 2),
                "Kendall's τ": 2 / np.pi * np.arcsin(true_r),
            },
            index=true_r,
        )
        return Exhibit(
            figures=(
                Lines(
                    scales,
                    title="Three scales for one normal cloud",
                    y="coefficient",
                    marks={f"τ = {number_text(facts['tau'])}": facts["tau"]},
                ),
                Scatter(
                    sample.x,
                    sample.y,
                    title=f"A sample of {rows}: r = {number_text(facts['sample_r'])}, "
                    f"τ = {number_text(facts['sample_tau'])}",
                ),
            ),
            facts=facts,
            table=pd.DataFrame(
                {
                    "true": [strength, facts["rho"], facts["tau"]],
                    "this sample": [facts["sample_r"], facts["sample_rho"], facts["sample_tau"]],
                },
                index=pd.Index(["Pearson's r", "Spearman's ρ", "Kendall's τ"], name="measure"),
            ).round(3),
            description=fill(
                "Curves of r, ρ and τ against the true r of a normal cloud. At r = "
                "{strength:.2f} ρ is {rho:.3f} and τ {tau:.3f}; a sample of {rows} rows has "
                "{sample_r:.2f}, {sample_rho:.2f} and {sample_tau:.2f}.",
                facts | {"strength": strength, "rows": rows},
            ),
        )


_TESTS = ("Spearman, p from t", "Spearman, exact p", "Kendall, exact p")


class EightRows(Step):
    """
    ### Eight rows

    *For small samples, use Kendall.* The advice is old, and half right. Let us not simulate. With
    so few rows we can count.

    Give two unrelated columns {rows} rows. Their ranks can meet in {orders} orders, all equally
    likely. An exact test asks what share of these is at least as extreme as yours: that share is
    *p*. The quick way takes Spearman's ρ to the t table, as if it were an r.

    A p below the level is called *significant*. Whoever calls more orders so than was promised
    raises false alarms.
    """

    rows = Slider("Rows", 3, 8, default=8)
    level = Choice("Level", ("5 %", "1 %"), default="5 %")

    predict = Predict(
        "Eight rows, unrelated, a level of {level_percent:.0f} %. Which test raises more false "
        "alarms than it promises?",
        choices=[
            Option(
                text="Spearman with p from the t table",
                value="Spearman, p from t",
                feedback=(
                    "{t_percent:.1f} % of the {orders} orders. Kendall's exact test calls "
                    "{kendall_percent:.1f} % significant, Spearman's exact one {exact_percent:.1f} "
                    "%."
                ),
            ),
            Option(
                text="Kendall with exact p",
                value="Kendall, exact p",
                feedback=(
                    "An exact p cannot: it counts the orders themselves. Kendall calls only "
                    "{kendall_percent:.1f} % significant. The t table lets {t_percent:.1f} % "
                    "through."
                ),
                misconception="kendall_is_best_in_small_samples",
            ),
            Option(
                text="Spearman with exact p: ranks of eight rows are too coarse",
                value="Spearman, exact p",
                feedback=(
                    "Coarse they are, and that makes the test *careful*: {exact_percent:.1f} %. It "
                    "is the t table that lets {t_percent:.1f} % through."
                ),
                misconception="kendall_is_best_in_small_samples",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["loosest"],
    )

    task = Task(
        "Find the fewest rows with which an exact test can be significant at all, at the level "
        "that you choose.",
        goals=[
            Goal(
                "With these rows the test can be significant: the least p is now {least_p:.2g}, "
                "the level {alpha:.2g}",
                met=lambda state: state["least_p"] < state["alpha"],
            ),
            Goal(
                "With one row less it cannot: the least p would be {least_p_before:.2g}",
                met=lambda state: state["alpha"] <= state["least_p_before"],
            ),
        ],
        solution={"rows": 5},
        hints=[
            "The best that can happen is a perfect order, rising or falling.",
            "That is two orders of all. When does their share drop below the level?",
        ],
    )

    mistakes = [
        Mistake(
            "With {rows} rows even a perfect order is nothing special: two of {orders}, a share of "
            "{least_p:.3f}. No exact test can call it significant. The t table calls its p zero.",
            when=lambda state: state["least_p"] >= state["alpha"],
            example={"rows": 4},
            misconception="a_perfect_order_is_proof",
        ),
        Mistake(
            "With {rows} rows it can: a perfect order has p = {least_p:.4f}. Fewer rows would do "
            "as well.",
            when=lambda _: True,
            example={"rows": 7},
            misconception="kendall_is_best_in_small_samples",
        ),
    ]

    learned = [
        Outcome(
            "With {rows} rows a perfect order has the exact p {least_p:.4f}; the t table says "
            "zero. In small samples it is the exact p that helps, not Kendall."
        )
    ]

    def show(self, rows: int, level: str) -> Exhibit:
        alpha = _LEVELS[level]
        shares = {n: _false_alarms(n, alpha) for n in range(3, 9)}
        t, exact, kendall = shares[rows]
        facts: dict[str, Any] = {
            "orders": factorial(rows),
            "alpha": alpha,
            "level_percent": 100 * alpha,
            "t_percent": 100 * t,
            "exact_percent": 100 * exact,
            "kendall_percent": 100 * kendall,
            "loosest": _TESTS[int(np.argmax(shares[rows]))],
            "least_p": 2 / factorial(rows),
            "least_p_before": 2 / factorial(rows - 1),
        }
        percent = pd.DataFrame(shares, index=list(_TESTS)).T.rename_axis("rows") * 100
        return Exhibit(
            figures=(
                Bars(
                    pd.DataFrame({"false alarms, %": percent.loc[rows]}),
                    title=f"All {facts['orders']} orders of {rows} rows",
                    x="%",
                    marks={"promised": 100 * alpha},
                ),
                Lines(
                    percent,
                    title=f"False alarms at {level}",
                    y="%",
                    marks={"promised": 100 * alpha},
                ),
            ),
            facts=facts,
            table=percent.round(2),
            description=fill(
                f"Of {{orders}} orders of {rows} rows Spearman's test by t calls "
                "{t_percent:.1f} % significant at {level_percent:.0f} %, its exact test "
                "{exact_percent:.1f} %, "
                "Kendall's exact test {kendall_percent:.1f} %. A perfect order has the exact p "
                "{least_p:.4f}.",
                facts,
            ),
        )


@lru_cache(maxsize=16)
def _false_alarms(n: int, alpha: float) -> tuple[float, float, float]:
    """The share of all orders of n ranks that each of the tests calls significant."""
    orders = np.array(list(permutations(range(n))))
    rho = 1 - 6 * ((orders - np.arange(n)) ** 2).sum(axis=1) / (n * (n**2 - 1))
    with np.errstate(divide="ignore"):
        t = np.abs(rho) * np.sqrt((n - 2) / (1 - rho**2))
    first, second = np.triu_indices(n, 1)
    tau = (orders[:, first] < orders[:, second]).mean(axis=1) * 2 - 1
    p_values: tuple[Any, ...] = (2 * special.stdtr(n - 2, -t), _exact_p(rho), _exact_p(tau))
    by_t, exact, kendall = (float(np.mean(p < alpha)) for p in p_values)
    return by_t, exact, kendall


def _exact_p(values: "np.ndarray") -> "np.ndarray":
    """For each value the share of all values that are at least as far from zero."""
    size = np.abs(values).round(9)
    ascending = np.sort(size)
    return np.asarray(1 - np.searchsorted(ascending, size, "left") / len(size))
