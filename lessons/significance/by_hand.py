"""Holm's adjustment, written by the learner."""

from functools import cache

import numpy as np
import pandas as pd

from lessons.highway import NUMBERS, pair_name, pearson
from lessons.significance.stars import LEVEL, behind, starred_map
from lessons.tables import HIGHWAY, highway
from lib.course import Claim, Exhibit, Fact, Goal, Mistake, Outcome, State, Step, Task, Write, fill
from lib.course.writing import a_series, run
from lib.stats import adjust_p_values, correlate


def _begins_with_the_smallest(_: State) -> bool:
    return bool(_p().is_monotonic_increasing)


class WriteHolm(Step):
    """
    ### Write Holm's adjustment

    What a library does in one call is three rules. `p` holds the p of all {pairs} pairs of the
    highway, the smallest first, each as if it were alone.

    The smallest p is multiplied by the number of tests, the next by one less, and so on to the
    last. A p that would come out smaller than the one before it takes the value of that one. And
    none is larger than one.

    Write the lines that give every pair its adjusted p, in the order of `p`. As long as nothing is
    written, the map has its stars by `p` itself.
    """

    readings = {
        "stars": "{stars} of {pairs}",
        "without adjustment": "{raw}",
        "not as Holm has them": "{wrong}",
    }

    tables = (HIGHWAY,)

    lines = Write("Your lines", gives="adjusted", names=("p",))

    task = Task(
        "Write Holm's adjustment.",
        goals=[
            Goal(
                "The smallest p is multiplied by the number of tests: now by {first_times:,.2f}",
                met=lambda state: _is(state["first_times"], state["pairs"]),
            ),
            Goal(
                "None is smaller than the one before it: now {falls}",
                met=lambda state: state["falls"] == 0,
            ),
            Goal(
                "None is larger than one: now {above_one}",
                met=lambda state: state["above_one"] == 0,
            ),
            Goal(
                "Every p is as Holm has it: now {wrong} {wrong:is|are} not",
                met=lambda state: state["wrong"] == 0,
            ),
        ],
        solution={
            "lines": "times = np.arange(len(p), 0, -1)\n(p * times).cummax().clip(upper=1)",
        },
        hints=[
            "`np.arange(len(p), 0, -1)` counts down from the number of tests to one.",
            "`.cummax()` gives at each place the largest value so far.",
            "`.clip(upper=1)` cuts off what is above one.",
        ],
    )

    mistakes = [
        Mistake(
            "The tests are counted rightly. But where Holm multiplies p, your lines take one minus "
            "`(1 - p)` to the power of the number of tests. That is the chance that at least one "
            "of so many *independent* tests comes out below p, and tests of one map are not "
            "independent. Holm's product promises the same whatever they are.",
            when=lambda state: state["is_power"],
            example={"lines": "(1 - (1 - p) ** np.arange(len(p), 0, -1)).cummax()"},
            misconception="adjustments_promise_the_same",
            holds=lambda state: state["wrong"] > 0,
        ),
        Mistake(
            "The factors are right. But where a p comes out smaller than the one before it, your "
            "lines give its value to that one: the smaller of the two, from the end to the "
            "beginning. That is Hochberg's rule. It leaves no fewer stars, here {stars}, and "
            "promises less: not every kind of dependence between tests is allowed.",
            when=lambda state: state["is_hochberg"],
            example={
                "lines": "times = np.arange(len(p), 0, -1)\n"
                "(p * times)[::-1].cummin()[::-1].clip(upper=1)"
            },
            misconception="adjustments_promise_the_same",
            holds=lambda state: state["stars"] >= state["holm"] and state["wrong"] > 0,
        ),
        Mistake(
            "Your lines made the smallest p smaller: it is {first_times:.3g} times what it was. An "
            "adjustment for many tests makes no p smaller. (What was rounded may have become "
            "zero.)",
            when=lambda state: state["first_times"] < 1 - 1e-6,
            example={"lines": "p * 0.05"},
            misconception="any_p_will_do",
        ),
        Mistake(
            "The smallest p came out {first_times:,.1f} times as large. {columns} columns make "
            "{pairs} pairs, and so many tests were made.",
            when=lambda state: not _is(state["first_times"], state["pairs"]),
            example={"lines": "p * 11"},
            misconception="chance_counts_columns",
        ),
        Mistake(
            "Every p is multiplied by {pairs}: that is Bonferroni. It keeps the same promise and "
            "leaves {stars} {stars:star|stars} here, Holm {holm}. Holm never leaves fewer: each "
            "further p is multiplied by one less.",
            when=lambda state: state["is_bonferroni"],
            example={"lines": "(p * len(p)).clip(upper=1)"},
            misconception="strictest_is_best",
            holds=lambda state: state["stars"] <= state["holm"],
        ),
        Mistake(
            "The second p is multiplied by {second_times:.1f}. Its factor is one less than "
            "{pairs}, and so on, one less each time. What falls faster leaves more stars, here "
            "{stars}, and gives up the promise for the whole map.",
            when=lambda state: (
                state["second_times"] < state["pairs"] - 1.001 and state["stars"] > state["holm"]
            ),
            example={"lines": "(p * len(p) / np.arange(1, len(p) + 1)).cummax().clip(upper=1)"},
            misconception="adjustments_promise_the_same",
        ),
        Mistake(
            "{falls} {falls:p is|p are} smaller than the one before. Then a pair could pass where "
            "one with a smaller p has failed.",
            when=lambda state: state["falls"] > 0,
            example={"lines": "(p * np.arange(len(p), 0, -1)).clip(upper=1)"},
            misconception="any_p_will_do",
        ),
        Mistake(
            "{above_one} {above_one:p is|p are} larger than one. Of a hundred maps no more than a "
            "hundred can go wrong.",
            when=lambda state: state["above_one"] > 0,
            example={"lines": "(p * np.arange(len(p), 0, -1)).cummax()"},
            misconception="any_p_will_do",
        ),
        Mistake(
            "{wrong} of {pairs} p are not as Holm has them, though the first is, and none falls "
            "or is larger than one. Go through the factors once more.",
            when=lambda state: state["wrong"] > 0,
            example={"lines": "(p * np.arange(len(p), 0, -1)).cummax().clip(upper=0.9)"},
            misconception="any_p_will_do",
            holds=lambda state: state["falls"] == state["above_one"] == 0,
        ),
    ]

    learned = [
        Outcome(
            "Holm in your own lines: {stars} of {pairs} pairs keep their star, where {raw} had "
            "one. The first p that fails stops all that come after it. So the factors may fall, "
            "and the promise for the whole map is kept.",
            holds=lambda state: state["stars"] == state["holm"] < state["raw"],
        )
    ]

    holds = [
        Claim("the smallest first", _begins_with_the_smallest),
    ]

    def show(self, lines: str) -> Exhibit:
        p = _p()
        written = run(lines, {"p": p}, wants=a_series(like=p))
        adjusted = written.value_or(p)
        facts = _facts_of(p, adjusted)
        r = pearson(highway()[list(NUMBERS)])
        return Exhibit(
            figures=(
                starred_map(
                    r,
                    _on_the_map(adjusted < LEVEL),
                    title=fill(written.titled("p itself") + ", {stars} {stars:star|stars}", facts),
                ),
            ),
            facts=facts,
            table=pd.DataFrame({"p": p, "adjusted": adjusted}).round(4),
            description=fill(
                "The lower triangle of {pairs} highway pairs, of which {stars} {stars:has|have} a "
                "star. Holm leaves {holm}, and without an adjustment there are {raw}.",
                facts,
            ),
            behind=behind(highway(), "sections"),
            error=written.error,
        )


def _is(value: float, wanted: float) -> bool:
    return bool(np.isclose(value, wanted, rtol=1e-6))


@cache
def _p() -> "pd.Series[float]":
    """The p of each pair, as if it were alone; shared, so not to be changed."""
    pairs = correlate(highway()[list(NUMBERS)], adjust="none").pairs().sort_values("p")
    names = [pair_name(x, y) for x, y in zip(pairs.x, pairs.y, strict=True)]
    return pairs["p"].set_axis(names).rename("p")


def _facts_of(p: "pd.Series[float]", adjusted: "pd.Series[float]") -> dict[str, Fact]:
    holm, bonferroni = (adjust_p_values(p, method) for method in ("holm", "bonferroni"))
    left = np.arange(len(p), 0, -1)
    powers = (
        np.maximum.accumulate(-np.expm1(times * np.log1p(-p.to_numpy())))
        for times in (left, len(p))
    )
    hochberg = (p * left)[::-1].cummin()[::-1]
    times = np.nan_to_num((adjusted / p).to_numpy())
    return {
        "pairs": len(p),
        "columns": len(NUMBERS),
        "raw": int((p < LEVEL).sum()),
        "holm": int((holm < LEVEL).sum()),
        "stars": int((adjusted < LEVEL).sum()),
        "first_times": float(times[0]),
        "second_times": float(times[1]),
        "falls": int((adjusted.diff() < 0).sum()),
        "above_one": int((adjusted > 1).sum()),
        "wrong": int((~np.isclose(adjusted, holm, rtol=1e-9, atol=0)).sum()),
        "is_power": any(np.allclose(adjusted, power, rtol=1e-6, atol=1e-9) for power in powers),
        "is_hochberg": bool(np.allclose(adjusted, hochberg.clip(upper=1), rtol=1e-9, atol=0)),
        "is_bonferroni": bool(np.allclose(adjusted.clip(upper=1), bonferroni, rtol=1e-9, atol=0)),
    }


def _on_the_map(starred: "pd.Series[bool]") -> pd.DataFrame:
    """The pairs at their places on the map, both ways."""
    names = list(NUMBERS)
    places = [[pair_name(row, column) for column in names] for row in names]
    known = starred.to_dict()
    return pd.DataFrame([[known.get(name, False) for name in row] for row in places], names, names)
