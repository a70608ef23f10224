"""Exercises on what tests promise, on the scale of tau, and on few rows."""

from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.methods.measuring import coefficient
from lessons.practising import Slip, bands, one_of
from lib.charts import Scatter, number_text
from lib.course import Arrange, ChooseOne, Exercise, Reply, TypeNumber, kind
from lib.stats import correlate_rows, heteroscedastic_pairs, noise


@kind
def tau_of_five_rows(generator: np.random.Generator) -> Exercise:
    """Counting the pairs of rows that agree."""
    while True:
        y = [int(value) for value in generator.permutation(5) + 1]
        agree = sum(y[one] < y[other] for one, other in combinations(range(5), 2))
        tau = (agree - (10 - agree)) / 10
        if 2 <= agree <= 9 and agree != 5:
            break
    x = [int(value) for value in np.sort(generator.choice(range(10, 99), 5, replace=False))]
    low = [int(value) for value in np.sort(generator.choice(range(10, 99), 5, replace=False))]
    values = [low[place - 1] for place in y]
    rho = coefficient(np.array(x, float), np.array(values, float), "Spearman")
    counted = f"of 10 pairs of rows {agree} agree and {10 - agree} do not"
    other = Slip(
        f"Take each row with each other: {counted}. So τ is {agree} less {10 - agree}, by 10: "
        f"{number_text(tau, 1)}.",
        "tau_is_the_share_that_agrees",
    )
    rows = "\n".join(
        ["| row | " + " | ".join("12345") + " |", "|---|" + "---|" * 5]
        + [
            f"| {name} | " + " | ".join(map(str, column)) + " |"
            for name, column in (("x", x), ("y", values))
        ]
    )
    return TypeNumber(
        question=f"Five rows, in the order of x:\n\n{rows}\n\nWhat is Kendall's τ?",
        value=tau,
        tolerance=0.01,
        low=-1,
        high=1,
        decimals=1,
        feedback=f"As x rises throughout, only y is to be compared: {counted}. ({agree} − "
        f"{10 - agree}) / 10 = {number_text(tau, 1)}.",
        bands=bands(
            tau,
            1,
            {
                agree / 10: Slip(
                    f"That is the share that agrees: {counted}. τ is that share less the other: "
                    f"{number_text(tau, 1)}.",
                    "tau_is_the_share_that_agrees",
                ),
                round(rho, 1): Slip(
                    f"ρ is {number_text(rho)} here. τ counts pairs instead: {counted}, which makes "
                    f"{number_text(tau, 1)}.",
                    "smaller_tau_is_weaker",
                ),
            },
            other,
            other,
            low=-1,
        ),
        holds=abs(tau - coefficient(np.array(x), np.array(values), "Kendall")) < 1e-9,
    )


@kind
def pairs_that_agree(generator: np.random.Generator) -> Exercise:
    """How many pairs of rows agree at a given tau."""
    while True:
        rows = int(generator.integers(5, 26))
        pairs = rows * (rows - 1) // 2
        tau = round(float(generator.integers(-8, 10)) / 10, 1)
        agree = pairs * (1 + tau) / 2
        if tau and abs(agree - round(agree)) < 1e-9:
            break
    count = round(agree)
    difference = number_text(2 * count - pairs, 0)
    other = Slip(
        f"Agreeing pairs less the others are τ of all: {count} less {pairs - count} is "
        f"{difference}, and by {pairs} that is {number_text(tau, 1)}.",
        "tau_is_the_share_that_agrees",
    )
    return TypeNumber(
        question=f"{rows} rows without ties make {pairs} pairs of rows. Kendall's τ is "
        f"{number_text(tau, 1)}. In how many of the pairs do both columns agree in order?",
        value=count,
        tolerance=0,
        low=0,
        high=400,
        unit="pairs",
        feedback=f"{count} agree and {pairs - count} do not. The difference, {difference}, "
        f"is {number_text(tau, 1)} of {pairs}.",
        bands=bands(
            count,
            400,
            {
                round(abs(tau) * pairs): Slip(
                    f"That is |τ| of all pairs. τ is a difference of shares: {count} agree, "
                    f"{pairs - count} do not.",
                    "tau_is_the_share_that_agrees",
                ),
                pairs - count: Slip(
                    f"So many do not agree. With τ = {number_text(tau, 1)}, {count} do.",
                    "minus_is_weak",
                ),
            },
            other,
            other,
        ),
        holds=abs((2 * count - pairs) / pairs - tau) < 1e-9,
    )


@kind
def normal_clouds_on_two_scales(generator: np.random.Generator) -> Exercise:
    """Putting clouds in order whose strength is told by r or by tau."""
    while True:
        said = [round(float(value), 2) for value in generator.uniform(0.15, 0.9, 4)]
        signs = [one_of(generator, (-1, 1)) for _ in said]
        is_tau = [True, True, False, False]
        sizes = [
            float(np.sin(np.pi * one / 2)) if tau else one
            for one, tau in zip(said, is_tau, strict=True)
        ]
        by_size = sorted(sizes)
        by_print = sorted(range(4), key=lambda place: -said[place])
        order = sorted(range(4), key=lambda place: -sizes[place])
        if min(np.diff(by_size)) > 0.07 and min(np.diff(sorted(said))) > 0.02 and by_print != order:
            break
    items = [
        f"{'τ' if tau else 'r'} = {number_text(sign * one)}"
        for one, sign, tau in zip(said, signs, is_tau, strict=True)
    ]
    on_one = ", ".join(f"{number_text(sizes[place])} for {items[place]}" for place in order)

    def wrong(given: tuple[int, ...]) -> Reply:
        by_sign = sorted(range(4), key=lambda place: -signs[place] * said[place])
        if list(given) == by_sign:
            return Reply(
                text="",
                feedback="That is the order of the signed numbers. Strength has no sign. As |r| "
                f"they are {on_one}.",
                misconception="minus_is_weak",
            )
        return Reply(
            text="",
            feedback="τ reads nearer to zero than r of the same cloud. On one scale, as |r|, they "
            f"are {on_one}.",
            misconception="smaller_tau_is_weaker",
        )

    return Arrange(
        question="Four normal clouds of many rows. Of two you know r, of two τ. Put them in order, "
        "the strongest first.",
        items=items,
        values=sizes,
        feedback=f"As |r| they are {on_one}.",
        wrong=wrong,
    )


@kind
def rows_for_a_level(generator: np.random.Generator) -> Exercise:
    """How many rows an exact test needs to be significant at all."""
    while True:
        one_in = int(round(10 ** float(generator.uniform(1.2, 5.5)), -1))
        least = next(n for n in range(3, 20) if factorial(n) / 2 > one_in)
        # Clear of the edge, where a little more or less would decide.
        if factorial(least) / 2 > 1.15 * one_in and factorial(least - 1) / 2 < 0.85 * one_in:
            break
    orders, before = factorial(least), factorial(least - 1)
    too_low = Slip(
        f"With {{said}} rows even a perfect order is not rare enough. It takes {least}: two of "
        f"{orders:,} orders, one in {orders // 2:,}.",
        "a_perfect_order_is_proof",
    )
    too_high = Slip(
        f"Fewer will do. With {least} rows a perfect order is two of {orders:,}, one in "
        f"{orders // 2:,}: rarer than one in {one_in:,}.",
        "few_rows_show_nothing",
    )
    return TypeNumber(
        question=f"An exact test of ρ at a level of one in {one_in:,}. p has to be below the "
        "level; rising and falling orders count alike. With how many rows, at the fewest, can the "
        "test be significant at all?",
        value=least,
        tolerance=0,
        low=2,
        high=100,
        unit="rows",
        feedback=f"{least} rows have {orders:,} orders. Two are perfect, rising and falling: one "
        f"in {orders // 2:,}. With {least - 1} rows it would be one in {before // 2:,}.",
        bands=bands(least, 100, {}, too_low, too_high, low=2),
        holds=2 / orders < 1 / one_in < 2 / before,
    )


_TESTS = 2000
_LEVELS = {"5 %": 0.05, "1 %": 0.01}


def _tested(
    generator: np.random.Generator, data: str, rows: int
) -> tuple[NDArray[np.float64], pd.DataFrame]:
    """p of many tests of columns with neither a rise nor a fall, and one of the samples."""
    seed = int(generator.integers(2**31))
    if data == "unequal spread":
        x, y = heteroscedastic_pairs(_TESTS, rows, seed=seed)
    else:
        x, y = np.split(noise(2 * _TESTS, rows, distribution=data, seed=seed), 2)  # type: ignore[arg-type]
    return correlate_rows(x, y)[1], pd.DataFrame({"x": x[0], "y": y[0]})


@kind(transfer=True)
def times_the_promise(generator: np.random.Generator) -> Exercise:
    """How many times the false alarms are what was promised."""
    data = one_of(generator, ("normal", "exponential", "lognormal", "unequal spread"))
    level = one_of(generator, tuple(_LEVELS))
    rows = int(generator.integers(20, 60))
    p, _ = _tested(generator, data, rows)
    alarms, promised = int((p < _LEVELS[level]).sum()), round(_TESTS * _LEVELS[level])
    times = alarms / promised
    counted = (
        f"{level} of {_TESTS:,} tests are {promised}. There were {alarms}: {times:.2f} times as "
        "many."
    )
    return TypeNumber(
        question=f"{_TESTS:,} tests of r at a level of {level}, each on {rows} rows of columns "
        f"whose true r is zero. {alarms} of them raise a false alarm. How many times is that "
        "what the test promises?",
        value=times,
        tolerance=0.051,
        low=0,
        high=1000,
        decimals=2,
        unit="times",
        feedback=f"{level} of {_TESTS:,} tests are {promised}, and {alarms} / {promised} = "
        f"{times:.2f}.",
        bands=bands(
            times,
            1000,
            {
                round(100 * alarms / _TESTS, 2): Slip(
                    f"That is the share of the tests, in per cent. Promised are {level}: "
                    f"{promised} tests. {alarms} are {times:.2f} times as many.",
                    "strict_levels_are_safe",
                )
            },
            Slip(counted, "strict_levels_are_safe"),
            Slip(counted, "few_rows_break_every_test"),
        ),
        holds=abs(times - float(np.mean(p < _LEVELS[level])) / _LEVELS[level]) < 1e-9,
    )


_KEPT, _TAILS, _SPREAD = (
    "about as many as promised",
    "too many: a few far values decide",
    "too many: one column sets the other's spread",
)
_CASES = {
    _KEPT: (("normal", "1 %"), ("uniform", "5 %"), ("exponential", "5 %"), ("lognormal", "5 %")),
    _TAILS: (("cauchy", "1 %"),),
    _SPREAD: (("unequal spread", "5 %"), ("unequal spread", "1 %")),
}
_WRONG = {
    (_TAILS, _KEPT): "pearson_needs_normality",
    (_SPREAD, _KEPT): "pearson_needs_normality",
    (_KEPT, _TAILS): "strict_levels_are_safe",
    (_SPREAD, _TAILS): "independence_is_enough",
    (_KEPT, _SPREAD): "more_rows_mend_a_test",
    (_TAILS, _SPREAD): "pearson_needs_normality",
}


@kind
def what_the_test_will_do(generator: np.random.Generator) -> Exercise:
    """Whether a test of r keeps its promise, seen from one sample."""
    answer = one_of(generator, tuple(_CASES))
    data, level = one_of(generator, _CASES[answer])
    while True:
        rows = int(generator.integers(30, 61))
        p, sample = _tested(generator, data, rows)
        times = float(np.mean(p < _LEVELS[level])) / _LEVELS[level]
        if (0.65 < times < 1.45) if answer == _KEPT else times > 2.5:
            break
    percent = 100 * times * _LEVELS[level]
    numbers = (
        f"of {_TESTS:,} such tests {percent:.1f} % raise a false alarm, where {level} were due"
    )
    reasons = {
        _KEPT: {
            _KEPT: "The columns are independent, and at this level no far value decides too often",
            _TAILS: "A test of r is said to suffer from far values. But the columns are "
            "independent, and at this level that is enough",
            _SPREAD: "Where there are many points they always scatter wider. But the columns are "
            "independent, and neither sets the spread of the other",
        },
        _TAILS: {
            _KEPT: f"The columns are independent, and {level} is a strict level. But that is where "
            "one or two far values decide r too often",
            _TAILS: "The columns are independent, but in some samples one or two far values decide "
            "r, and a strict level notices",
            _SPREAD: "Where x is far out, y may seem to keep to the middle. But the columns are "
            "independent; it is far values that decide r",
        },
        _SPREAD: {
            _KEPT: "The true r is zero, and so the test may seem to be safe. But it takes the "
            "columns for independent, and the farther x is from zero, the wider y scatters",
            _TAILS: "Single points lie far out, but not anywhere: the farther x is from zero, the "
            "wider y scatters",
            _SPREAD: "The farther x is from zero, the wider y scatters: the columns are not "
            "independent, although the true r is zero",
        },
    }[answer]
    told = {
        "normal": "both columns are bell-shaped",
        "uniform": "both columns fill a stretch evenly",
        "exponential": "both columns have a long tail on one side",
        "lognormal": "both columns have a long tail on one side",
        "cauchy": "most values lie near zero, and single ones very far off, to either side",
        "unequal spread": "around x = 0 the points lie close to y = 0, and farther out they fan "
        "out to both sides",
    }[data]
    return ChooseOne(
        question=f"One sample of many: {rows} rows of two columns, with neither a rise nor a fall "
        f"built in. Each sample is tested at a level of {level}. How many false alarms will there "
        "be?",
        figures=[Scatter(sample.x, sample.y, title=f"One sample, {rows} rows")],
        description=f"A scatter plot of {rows} points: {told}.",
        choices=[
            Reply(
                text=text,
                feedback=f"{reasons[text]}. {numbers[0].upper()}{numbers[1:]}.",
                right=text == answer,
                misconception=None if text == answer else _WRONG[text, answer],
            )
            for text in _CASES
        ],
    )
