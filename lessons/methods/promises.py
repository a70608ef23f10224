"""What the tests of r, rho and tau promise, and what it takes to keep it."""

from collections.abc import Mapping
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
    Choice,
    Claim,
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
    State,
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
_FEW_ROWS = "Too few rows"
_TAILS = "Long tails: a few values decide"
_SPREAD = "One column sets the other's spread"
_NOTHING = "nothing"
_LONG_TAILED = ("exponential", "lognormal", "t3", "cauchy")
_TYPICAL_DRAW = 16


class WhatTheTestNeeds(Step):
    """
    ### What the test really needs

    *Pearson is only for normal data*, says the rule. Let us try. Draw two columns that have nothing
    to do with each other, test r by the usual *t test*, and do it {replicates} times over. At a
    level of five per cent the test promises five false alarms in a hundred. So many tests show that
    share to within about {margin:.1f} points, and the share of one in a thousand to within about
    {margin_strict:.2f}.

    Seven of the eight kinds of data here are two independent columns of some shape: tame, *skewed*
    (a long tail on one side) or wild. The eighth, *unequal spread*, is made of normal draws: the
    second column scatters around zero, but the farther the first is from zero, the wider. Its true
    r is zero.
    """

    readings = {
        "false alarms": "{percent:.1f} %",
        "promised": "{level_percent:g} %",
        "times": "{times:.1f}",
    }

    data = Choice("Data", (*get_args(Distribution), _UNEQUAL), default="normal")
    rows = Choice("Rows", ("10", "30", "100", "300"), default="30")
    level = Choice("Level", tuple(_LEVELS), default="5 %")
    seed = Seed("Draw", default=_TYPICAL_DRAW)
    answers = {"because": Choice("What does it?", (_FEW_ROWS, _TAILS, _SPREAD), default=None)}
    typical = ("exponential", "exponential_rising", "cauchy", "unequal")

    predict = Predict(
        "{n} rows, no true correlation, tested at {level_percent:.0f} %. Which data break the "
        "promise most?",
        choices=[
            Option(
                text="exponential: strongly skewed, nothing like a bell",
                value="exponential",
                feedback=(
                    "The rule of thumb would say so. But {exponential:.1f} % of the tests raise a "
                    "false alarm, about as promised. What is off is the share of the two signs: "
                    "{exponential_rising:.1f} % rise and {exponential_falling:.1f} % fall."
                ),
                misconception="pearson_needs_normality",
                holds=lambda state: (
                    abs(state["exponential"] - state["level_percent"]) < 2 * state["margin"]
                    and state["exponential_rising"] > 2 * state["exponential_falling"]
                ),
                tempting=True,
            ),
            Option(
                text="cauchy: so wild that it has no variance",
                value="cauchy",
                feedback=(
                    "A fair suspicion: without a variance there is no true r to estimate. At this "
                    "level the alarms are {cauchy:.1f} %, and {unequal:.1f} % with unequal spread. "
                    "Stricter levels are another matter; try them."
                ),
                misconception="pearson_needs_normality",
                holds=lambda state: state["unequal"] > 2 * state["cauchy"],
            ),
            Option(
                text="unequal spread: normal draws, but one column sets how far the other strays",
                value=_UNEQUAL,
                feedback=(
                    "{unequal:.1f} % false alarms, against {exponential:.1f} % for the skewed and "
                    "{cauchy:.1f} % for the wild. The test asks for rows that do not depend on "
                    "each other *and* for a spread that does not depend on the other column."
                ),
                holds=lambda state: (
                    state["unequal"] > 2 * max(state["exponential"], state["cauchy"])
                ),
            ),
            Option(
                text="none: r is robust, and {n} rows are enough",
                value="none",
                feedback=(
                    "For independent columns nearly so, at this level. Where one column sets the "
                    "other's spread it is {unequal:.1f} %. Whether more rows help you can try."
                ),
                misconception="more_rows_mend_a_test",
                holds=lambda state: state["cauchy"] < 2 * state["level_percent"] < state["unequal"],
            ),
        ],
        answer=lambda exhibit: exhibit.facts["worst"],
        seen_at={"data": "unequal spread"},
    )

    task = Task(
        "Find data on which the test gives at least {too_often:.0f} times as many false alarms as "
        "it promises, with {enough:.0f} rows or more. Then say what does it.",
        goals=[
            Goal(
                "False alarms are {too_often:.0f} times what is promised, or more, and not by the "
                "luck of the draw: now {times:.1f} times, and {at_least:.1f} at least",
                met=lambda state: state["at_least"] >= state["too_often"],
            ),
            Goal(
                "There are {enough:.0f} rows or more: now {n}",
                met=lambda state: state["n"] >= state["enough"],
            ),
            Goal(
                "The cause is that of the data on the screen",
                met=lambda state: (
                    state["at_least"] >= state["too_often"] and state["because"] == state["cause"]
                ),
            ),
        ],
        solution={"data": _UNEQUAL, "rows": "300", "because": _SPREAD},
        hints=[
            "Compare the bars with the mark.",
            "One kind of data does it at every level. Others do it at the strictest one, for "
            "another reason.",
        ],
    )

    mistakes = [
        Mistake(
            "{percent:.1f} % instead of {level_percent:g} %: too many. Few rows, one might "
            "object. So take more, and see whether it stops.",
            when=lambda state: _breaks(state) and state["n"] < state["enough"],
            example={"data": _UNEQUAL},
            misconception="more_rows_mend_a_test",
            holds=lambda state: state["data"] != "normal",
        ),
        Mistake(
            "There are {n} rows, and {percent:.2f} % false alarms all the same. The t table knows "
            "how many rows there are; it does not know these data.",
            when=lambda state: _breaks(state) and state["because"] == _FEW_ROWS,
            example={"data": _UNEQUAL, "rows": "300", "because": _FEW_ROWS},
            misconception="more_rows_mend_a_test",
            holds=lambda state: state["n"] >= state["enough"],
        ),
        Mistake(
            "The second column does have long tails. But give each y to the x of another sample: "
            "the tails stay, and the false alarms are {parted:.1f} %. It takes the two columns "
            "together.",
            when=lambda state: (
                _breaks(state) and state["data"] == _UNEQUAL and state["because"] == _TAILS
            ),
            example={"data": _UNEQUAL, "rows": "300", "because": _TAILS},
            misconception="pearson_needs_normality",
            holds=lambda state: state["parted"] < 2 * state["level_percent"],
        ),
        Mistake(
            "These two columns are independent: neither sets anything of the other. At this level "
            "they give {percent:.2f} %. What is there in the sample that could decide r alone?",
            when=lambda state: _breaks(state) and state["because"] == _SPREAD,
            example={"data": "cauchy", "level": "0.1 %", "rows": "100", "because": _SPREAD},
            misconception="pearson_needs_normality",
            holds=lambda state: state["data"] != _UNEQUAL,
        ),
        Mistake(
            "Normal data give {percent:.2f} % for {level_percent:g} %. The test was made for them. "
            "Try others.",
            when=lambda state: state["at_least"] < state["too_often"] and state["data"] == "normal",
            example={"rows": "300"},
            misconception="more_rows_mend_a_test",
            holds=lambda state: abs(state["times"] - 1) < 1,
        ),
        Mistake(
            "{percent:.2f} % false alarms for {data} data at a level of {level_percent:g} %, that "
            "is {times:.1f} times the promise. So many tests leave {give:.2f} points open: the "
            "truth may be {at_least:.1f} times. That is not {too_often:.0f} times for sure.",
            when=lambda state: state["at_least"] < state["too_often"],
            example={"data": "exponential"},
            misconception="pearson_needs_normality",
            holds=lambda state: state["data"] != "normal",
        ),
    ]

    learned = [
        Outcome(
            "{percent:.1f} % false alarms for {level_percent:g} %, with {n} rows. The true r is "
            "zero, and still the columns are not independent: the first sets how far the second "
            "strays. With each y given to another sample's x it is {parted:.2f} %.",
            when=lambda state: state["data"] == _UNEQUAL,
            holds=lambda state: (
                state["times"] >= state["too_often"] and state["parted"] < state["percent"] / 2
            ),
        ),
        Outcome(
            "Independent columns, and {percent:.2f} % false alarms for {level_percent:g} %: here "
            "a few far values decide r. At {five:.0f} % the same tests give {at_five:.1f} %. So "
            "long tails hurt most where the level is strict.",
            holds=lambda state: (
                state["at_five"] / state["five"] < state["times"] and state["data"] in _LONG_TAILED
            ),
        ),
    ]

    def show(self, data: str, rows: str, level: str, seed: int) -> Exhibit:
        n, alpha = int(rows), _LEVELS[level]
        kinds = type(self).data.named
        shares = {}
        for done, kind in enumerate(kinds):
            working(done / len(kinds), f"Testing {kind} data")
            shares[kind] = float(np.mean(_tested(kind, n, seed).p < alpha))
        worst = max(shares, key=shares.__getitem__)
        skewed = _tested("exponential", n, seed)
        facts: dict[str, Any] = {
            "replicates": _REPLICATES,
            "margin": _give(0.05),
            "margin_strict": _give(0.001),
            "give": _give(shares[data]),
            "at_least": max(0.0, shares[data] - _give(shares[data]) / 100) / alpha,
            "too_often": 3,
            "enough": 100,
            "five": 5,
            "n": n,
            "level_percent": 100 * alpha,
            "share": shares[data],
            "percent": 100 * shares[data],
            "times": shares[data] / alpha,
            "at_five": float(100 * np.mean(_tested(data, n, seed).p < _LEVELS["5 %"])),
            "worst": worst,
            "cause": _cause(data),
            "exponential": 100 * shares["exponential"],
            "exponential_rising": float(100 * np.mean((skewed.p < alpha) & (skewed.r > 0))),
            "exponential_falling": float(100 * np.mean((skewed.p < alpha) & (skewed.r < 0))),
            "lognormal": 100 * shares["lognormal"],
            "cauchy": 100 * shares["cauchy"],
            "unequal": 100 * shares[_UNEQUAL],
            "parted": float(100 * np.mean(_parted(n, seed) < alpha)),
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


def _give(share: float) -> float:
    """By how many points so many tests may miss a share, on 95 % of occasions."""
    return float(196 * np.sqrt(share * (1 - share) / _REPLICATES))


def _breaks(state: State) -> bool:
    """Whether false alarms are too many, and not by the luck of the draw."""
    return bool(state["at_least"] >= state["too_often"] and state["cause"] != _NOTHING)


def _cause(data: str) -> str:
    """What makes false alarms of these data; nothing where none are to be expected."""
    if data == _UNEQUAL:
        return _SPREAD
    return _TAILS if data in _LONG_TAILED else _NOTHING


def _replicates(kind: str, n: int, seed: int) -> "tuple[np.ndarray, np.ndarray]":
    if kind == _UNEQUAL:
        return heteroscedastic_pairs(_REPLICATES, n, seed=seed)
    x, y = np.split(noise(2 * _REPLICATES, n, distribution=kind, seed=seed), 2)  # type: ignore[arg-type]
    return x, y


class _Tested(NamedTuple):
    """r and p of every replicate, and the first of them: its x and its y."""

    r: "np.ndarray"
    p: "np.ndarray"
    sample: "tuple[np.ndarray, np.ndarray]"


@lru_cache(maxsize=128)  # 50 KB each
def _tested(kind: str, n: int, seed: int) -> _Tested:
    x, y = _replicates(kind, n, seed)
    return _Tested(*correlate_rows(x, y), (x[0].copy(), y[0].copy()))


@lru_cache(maxsize=64)
def _parted(n: int, seed: int) -> "np.ndarray":
    """p where spreads are unequal, but each y stands beside the x of another replicate."""
    x, y = _replicates(_UNEQUAL, n, seed)
    return correlate_rows(x, np.roll(y, 1, axis=0))[1]


class AnotherScale(Step):
    """
    ### Celsius and Fahrenheit

    You read r = {strength:.2f} in one paper and τ = {other_tau:.2f} in another. Is the second link
    weaker?

    Kendall counts pairs of rows. Of two rows, does the one with more x also have more y? Where no
    two rows tie, τ is the share of pairs that agree, less the share that do not. That is another
    scale, with the same ends and the same zero. Between these, for a normal cloud, it reads nearer
    to zero.

    For such a cloud the conversion is known exactly. Spearman's ρ stays within {rho_apart:.2f} of
    r.
    """

    readings = {
        "true r": "{strength:.2f}",
        "true ρ": "{rho:.2f}",
        "true τ": "{tau:.2f}",
    }

    strength = Slider("True r", -0.9, 0.9, default=0.5, step=0.05)
    rows = Choice("Rows", ("30", "100", "1000"), default="100")
    seed = Seed("Draw", default=7)
    views = ("rows", "seed")
    answers = {"agreeing": Number("Of a hundred pairs of rows agree", 0, 100)}
    typical = ("sample_r", "sample_rho", "sample_tau")

    predict = Predict(
        "Two normal clouds: one has r = {strength:.2f}, the other τ = {other_tau:.2f}. Which link "
        "is the stronger one?",
        choices=[
            Option(
                text="The first: its number is higher",
                value="first",
                feedback=(
                    "The numbers stand on two scales. A τ of {other_tau:.2f} is an r of "
                    "{other_r:.2f}, and an r of {strength:.2f} is a τ of {tau:.2f}."
                ),
                misconception="smaller_tau_is_weaker",
                holds=lambda state: state["other_r"] > state["strength"],
                tempting=True,
            ),
            Option(
                text="The second",
                value="second",
                feedback=(
                    "On the scale of r it is {other_r:.2f}. The first, on the scale of τ, is "
                    "{tau:.2f}."
                ),
                holds=lambda state: (
                    state["other_r"] > state["strength"] and state["other_tau"] > state["tau"]
                ),
            ),
            Option(
                text="Nobody can say: the two measure different things",
                value="nobody",
                feedback=(
                    "For clouds of any shape that would be wise. For normal ones the conversion is "
                    "exact: τ = {other_tau:.2f} is r = {other_r:.2f}."
                ),
                misconception="smaller_tau_is_weaker",
                holds=lambda state: (
                    abs(state["other_r"] - np.sin(np.pi * state["other_tau"] / 2)) < 1e-9
                ),
            ),
        ],
        answer=lambda exhibit: (
            "second"
            if float(exhibit.facts["other_r"]) > float(exhibit.setting["strength"])  # type: ignore[arg-type]
            else "first"
        ),
    )

    task = Task(
        "Find the cloud whose true τ is {wanted:.2f}, give or take a hundredth. Then say of how "
        "many pairs of its rows in a hundred the two columns agree, give or take one.",
        goals=[
            Goal(
                "The true τ is {wanted:.2f}, give or take a hundredth: now {tau:.3f}",
                met=lambda state: abs(state["tau"] - state["wanted"]) <= 0.01,
            ),
            Goal(
                "The pairs that agree are those of this τ",
                met=lambda state: (
                    state["agreeing"] is not None and abs(state["agreeing"] - state["agree"]) <= 1
                ),
            ),
        ],
        solution={"strength": 0.7, "agreeing": 75},
        hints=[
            "τ reads lower than r, so r has to be higher.",
            "In the upper picture, follow the mark to the lowest curve, then look down.",
            "Those that agree, less those that do not, are τ. Together they are all.",
        ],
    )

    mistakes = [
        Mistake(
            "A falling cloud has more pairs that disagree: τ is {tau:.2f}. The other direction.",
            when=lambda state: state["strength"] < 0,
            example={"strength": -0.7},
            misconception="minus_is_weak",
            holds=lambda state: state["agree"] < 50,
        ),
        Mistake(
            "τ is {tau:.2f} here, with r = {strength:.2f}. It takes a stronger cloud: the two "
            "scales meet at their ends and at zero.",
            when=lambda state: state["tau"] < state["wanted"] - 0.01,
            example={"strength": 0.55},
            misconception="smaller_tau_is_weaker",
            holds=lambda state: 0 <= state["tau"] <= state["strength"] < 1,
        ),
        Mistake(
            "Too far: τ is {tau:.2f} at r = {strength:.2f}.",
            when=lambda state: state["tau"] > state["wanted"] + 0.01,
            example={"strength": 0.85},
            misconception="smaller_tau_is_weaker",
        ),
        Mistake(
            "If {agreeing} of a hundred agreed, τ would be {tau_if:.2f}: agreeing pairs less the "
            "others. Here it is {tau:.2f}.",
            when=lambda state: "tau_if" in state,
            example={"strength": 0.7, "agreeing": 50},
            misconception="tau_is_the_share_that_agrees",
            holds=lambda state: abs(state["tau_if"] - state["tau"]) > 0.01,
        ),
    ]

    learned = [
        Outcome(
            "A τ of {tau:.2f} and an r of {strength:.2f} are one and the same normal cloud: "
            "{agree:.0f} of a hundred pairs of its rows agree, the others do not. Compare τ with "
            "τ, or convert first.",
            holds=lambda state: abs(2 * state["agree"] / 100 - 1 - state["tau"]) < 1e-9,
        )
    ]

    holds = [
        Claim("it reads nearer to zero", lambda state: abs(state["tau"]) < abs(state["strength"])),
        Claim(
            "Spearman's ρ stays within",
            lambda state: abs(state["rho"] - state["strength"]) < state["rho_apart"],
        ),
    ]

    def appraise(self, exhibit: Exhibit, agreeing: int | None) -> Mapping[str, Fact]:  # noqa: ARG002
        return {} if agreeing is None else {"tau_if": 2 * agreeing / 100 - 1}

    def show(self, strength: float, rows: str, seed: int) -> Exhibit:
        x, y = correlated_pairs(1, int(rows), r=strength, seed=seed)
        sample = pd.DataFrame({"x": x[0], "y": y[0]})
        facts = {
            "wanted": 0.5,
            "other_tau": 0.4,
            "other_r": float(np.sin(np.pi * 0.4 / 2)),
            "rho_apart": 0.02,
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


_BY_T, _BY_BELL = "Spearman, p from t", "Kendall, p from the bell"
_TESTS = (_BY_T, "Spearman, exact p", _BY_BELL, "Kendall, exact p")
_EXACT, _KENDALL, _SPEARMAN = "exact", "Kendall", "Spearman"
_RARE = 1e-5


class EightRows(Step):
    """
    ### Eight rows

    *For small samples, use Kendall.* The advice is old. Let us not simulate it. With so few rows we
    can count.

    Give two unrelated columns {rows} rows. Their ranks can meet in {orders} orders, all equally
    likely. An exact test asks what share of these is at least as extreme as yours: that share is
    *p*. The quick ways ask no orders. One takes Spearman's ρ to the t table, as if it were an r;
    the other takes Kendall's τ to the bell curve.

    A p below the level is called *significant*. The columns here are unrelated, so each order that
    is called so is a false alarm. The level says how many are promised.
    """

    readings = {
        "orders of the rows": "{orders:,}",
        "least p of all": "one in {one_in:,.0f}",
    }

    rows = Slider("Rows", 3, 8, default=8)
    level = Choice("Level", ("5 %", "1 %"), default="5 %")
    answers = {"rare_rows": Number("Rows for a level of one in a hundred thousand", 3, 20)}

    predict = Predict(
        "{rows} rows, unrelated, a level of {level_percent:.0f} %. Which tests raise no more false "
        "alarms than they promise?",
        choices=[
            Option(
                text="Kendall's, from the bell curve as well: τ is made for few rows",
                value=_KENDALL,
                feedback=(
                    "From the bell curve Kendall's test calls {bell_percent:.1f} % of the {orders} "
                    "orders significant, from the orders themselves {kendall_percent:.1f} %. It is "
                    "not τ that keeps the promise, but the counting."
                ),
                misconception="kendall_is_best_in_small_samples",
                holds=lambda state: (
                    state["bell_percent"] > state["level_percent"] >= state["kendall_percent"]
                ),
            ),
            Option(
                text="Those with an exact p, for ρ and for τ",
                value=_EXACT,
                feedback=(
                    "{exact_percent:.1f} % for Spearman and {kendall_percent:.1f} % for Kendall. "
                    "The t table lets {t_percent:.1f} % through, the bell curve "
                    "{bell_percent:.1f} %."
                ),
                holds=lambda state: (
                    max(state["exact_percent"], state["kendall_percent"])
                    <= state["level_percent"]
                    < min(state["t_percent"], state["bell_percent"])
                ),
                tempting=True,
            ),
            Option(
                text="Spearman's, from the t table as well: it knows the number of rows",
                value=_SPEARMAN,
                feedback=(
                    "The t table was made for r of normal columns, not for ranks: "
                    "{t_percent:.1f} % of {orders} orders, against {exact_percent:.1f} % by "
                    "counting."
                ),
                misconception="any_p_will_do",
                holds=lambda state: (
                    state["t_percent"] > state["level_percent"] >= state["exact_percent"]
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["keepers"],
    )

    task = Task(
        "Find the fewest rows with which an exact test can be significant at all, at the level "
        "that you choose. Then foresee how many it takes at a level of one in a hundred thousand.",
        goals=[
            Goal(
                "With these rows the test can be significant: the least p is now one in "
                "{one_in:,.0f}, the level one in {level_one_in:.0f}",
                met=lambda state: state["least_p"] < state["alpha"],
            ),
            Goal(
                "With one row less it cannot: the least p would be one in {one_in_before:,.0f}",
                met=lambda state: state["alpha"] <= state["least_p_before"],
            ),
            Goal(
                "The fewest rows for a level of one in a hundred thousand are named: now "
                "{rare_rows}",
                met=lambda state: state["rare_rows"] == state["needed"],
            ),
        ],
        solution={"rows": 5, "rare_rows": 9},
        hints=[
            "The best that can happen is a perfect order, rising or falling.",
            "That is two orders of all. When does their share drop below the level?",
            "One row more, and there are as many times more orders as there are rows.",
        ],
    )

    mistakes = [
        Mistake(
            "With {rows} rows even a perfect order is nothing special: two of {orders}, so "
            "{least_p:p}. No exact test can call it significant. The t table calls its p zero.",
            when=lambda state: state["least_p"] >= state["alpha"],
            example={"rows": 4},
            misconception="a_perfect_order_is_proof",
            holds=lambda state: state["exact_percent"] == state["kendall_percent"] == 0,
        ),
        Mistake(
            "With {rows} rows it can: a perfect order has {least_p:p}. Fewer rows would do as "
            "well.",
            when=lambda state: state["least_p_before"] < state["alpha"],
            example={"rows": 7},
            misconception="few_rows_show_nothing",
            holds=lambda state: state["least_p"] < state["alpha"],
        ),
        Mistake(
            "With {rare_rows} rows a perfect order is one in {rare_one_in:,.0f}. That is not as "
            "rare as one in a hundred thousand.",
            when=lambda state: "rare_p" in state and state["rare_p"] >= _RARE,
            example={"rows": 5, "rare_rows": 6},
            misconception="a_perfect_order_is_proof",
        ),
        Mistake(
            "With {rare_rows} rows a perfect order is one in {rare_one_in:,.0f}. That is rare "
            "enough, and so it would be with one row less.",
            when=lambda state: "rare_p" in state,
            example={"rows": 5, "rare_rows": 12},
            misconception="few_rows_show_nothing",
            holds=lambda state: state["rare_p"] * state["rare_rows"] < _RARE,
        ),
    ]

    learned = [
        Outcome(
            "With {rows} rows a perfect order has {least_p:p} by counting; the t table says zero. "
            "Over all orders of {most} rows the exact tests keep what they promise at this "
            "level: {most_exact:.2f} % for Spearman, {most_kendall:.2f} % for Kendall. The t table "
            "lets {most_t:.2f} % through. What helps in small samples is the exact p, with either "
            "measure.\n\n"
            "*A place to rest.* A test of r asks for more than a true r of zero: the columns have "
            "to be independent, and at strict levels without long tails. τ and r are two scales. "
            "Few rows want an exact p. What is left is to choose the measure.",
            holds=lambda state: (
                max(state["most_exact"], state["most_kendall"])
                <= state["level_percent"]
                < state["most_t"]
            ),
        )
    ]

    def show(self, rows: int, level: str) -> Exhibit:
        alpha = _LEVELS[level]
        most = 8
        shares = {n: _false_alarms(n, alpha) for n in range(3, most + 1)}
        t, exact, bell, kendall = (100 * share for share in shares[rows])
        facts: dict[str, Any] = {
            "orders": factorial(rows),
            "alpha": alpha,
            "level_percent": 100 * alpha,
            "t_percent": t,
            "exact_percent": exact,
            "bell_percent": bell,
            "kendall_percent": kendall,
            "keepers": _keepers(shares[rows], alpha),
            "level_one_in": 1 / alpha,
            "least_p": 2 / factorial(rows),
            "one_in": factorial(rows) / 2,
            "least_p_before": 2 / factorial(rows - 1),
            "one_in_before": factorial(rows - 1) / 2,
            "needed": next(n for n in range(3, 21) if 2 / factorial(n) < _RARE),
            "most": most,
            "most_t": 100 * shares[most][0],
            "most_exact": 100 * shares[most][1],
            "most_kendall": 100 * shares[most][3],
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
                "{exact_percent:.1f} %, Kendall's by the bell curve {bell_percent:.1f} %, its "
                "exact test {kendall_percent:.1f} %. By counting a perfect order has {least_p:p}.",
                facts,
            ),
        )

    def appraise(self, exhibit: Exhibit, rare_rows: int | None) -> Mapping[str, Fact]:  # noqa: ARG002
        if rare_rows is None:
            return {}
        return {"rare_p": 2 / factorial(rare_rows), "rare_one_in": factorial(rare_rows) / 2}


def _keepers(shares: tuple[float, ...], alpha: float) -> str:
    """Whose tests raise no more false alarms than promised."""
    t, exact, bell, kendall = (share <= alpha for share in shares)
    if bell and kendall and not t:
        return _KENDALL
    if t and exact and not bell:
        return _SPEARMAN
    return _EXACT


@lru_cache(maxsize=16)
def _false_alarms(n: int, alpha: float) -> tuple[float, ...]:
    """The share of all orders of n ranks that each of the tests calls significant."""
    orders = np.array(list(permutations(range(n))))
    rho = 1 - 6 * ((orders - np.arange(n)) ** 2).sum(axis=1) / (n * (n**2 - 1))
    with np.errstate(divide="ignore"):
        t = np.abs(rho) * np.sqrt((n - 2) / (1 - rho**2))
    first, second = np.triu_indices(n, 1)
    tau = (orders[:, first] < orders[:, second]).mean(axis=1) * 2 - 1
    z = np.abs(tau) * np.sqrt(9 * n * (n - 1) / (2 * (2 * n + 5)))
    p_values: tuple[Any, ...] = (
        2 * special.stdtr(n - 2, -t),
        _exact_p(rho),
        2 * special.ndtr(-z),
        _exact_p(tau),
    )
    return tuple(float(np.mean(p < alpha)) for p in p_values)


def _exact_p(values: "np.ndarray") -> "np.ndarray":
    """For each value the share of all values that are at least as far from zero."""
    size = np.abs(values).round(9)
    ascending = np.sort(size)
    return np.asarray(1 - np.searchsorted(ascending, size, "left") / len(size))
