"""Lines to write: what the main effects leave, and the scale on which nothing is left."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.written import a_full_frame
from lib.charts import Heatmap
from lib.course import Exhibit, Goal, Mistake, Outcome, State, Step, Task, Write, fill
from lib.course.writing import fits, run
from lib.stats import Surface

_ROUNDING = 1e-9
_EXTRA = 2


@cache
def _sides() -> tuple[pd.DataFrame, pd.DataFrame]:
    """x1 and x2 on a grid, with short numbers along its sides; shared, so not to be changed."""
    across, upwards = np.linspace(-1, 1, 11), np.linspace(-1, 1, 9)
    x1, x2 = np.meshgrid(across, upwards)
    rows = pd.Index([f"{value:.2f}" for value in upwards], name="x2")
    columns = pd.Index([f"{value:.1f}" for value in across], name="x1")
    return pd.DataFrame(x1, rows, columns), pd.DataFrame(x2, rows, columns)


def _residual(values: pd.DataFrame) -> npt.NDArray[np.float64]:
    """What is left of each cell without the effects of its row and its column."""
    cells = values.to_numpy(dtype=float)
    rows = cells.mean(axis=1, keepdims=True)
    left: npt.NDArray[np.float64] = cells - cells.mean(axis=0) - rows + cells.mean()
    return left


def _share(values: pd.DataFrame) -> float:
    """Of the variance that is interaction; none where there is no variance."""
    return float(np.nan_to_num(Surface(values).interaction_share))


def _differ(state: State) -> bool:
    """Whether the means of rows or of columns still differ."""
    rows = state["row_high"] - state["row_low"]
    columns = state["column_high"] - state["column_low"]
    return bool(max(rows, columns) > _ROUNDING)


def _is_nearly_out(state: State) -> bool:
    """Whether every mean of a row and of a column is zero but for rounding."""
    means = [state[f"{side}_{end}"] for side in ("row", "column") for end in ("low", "high")]
    return bool(max(map(abs, means)) < 0.005)


_INTERACTION_IS_LEFT = (
    "{share:.0%} of the variance is left: the interaction. It is highest where both features are "
    "above zero, which is where the rule adds something. "
)


def _is_where_the_rule_adds(state: State) -> bool:
    return bool(state["highest_is_corner"] and 0 < state["share"] < 1)


def _fit_another_surface(lines: str) -> bool:
    """Whether the lines leave the interaction of a smaller surface, and that alone, as well."""
    values = np.random.default_rng(0).normal(3, 2, (4, 3))
    s = pd.DataFrame(values, list("abcd"), list("xyz"))
    left = values - values.mean(axis=0) - values.mean(axis=1, keepdims=True) + values.mean()
    return fits(lines, {"s": s}, a_full_frame(like=s), lambda it: np.allclose(it, left))


class WriteWhatIsLeft(Step):
    """
    ### Write what is left

    Now without a switch. `s` is a surface of which you know the rule: an effect of `x1`, an effect
    of `x2`, and {extra} more where both are above zero. Its rows are values of `x2`, its columns
    values of `x1`.

    `s.mean(axis=1)` gives the mean of each row, `s.mean(axis=0)` that of each column.
    `s.sub(means, axis=0)` subtracts a number from each row, and with `axis=1` from each column.

    As long as nothing is written, the map shows `s` itself.
    """

    readings = {
        "means of rows": "{row_low:.2f} to {row_high:.2f}",
        "means of columns": "{column_low:.2f} to {column_high:.2f}",
        "of the variance": "{share:.0%}",
    }

    lines = Write("Your lines", gives="left", names=("s",))

    task = Task(
        "Write the lines that take both main effects out of `s`, and leave the interaction.",
        goals=[
            Goal(
                "Every row has mean zero: now {row_low:.2f} to {row_high:.2f}",
                met=lambda state: max(-state["row_low"], state["row_high"]) < _ROUNDING,
            ),
            Goal(
                "Every column has mean zero: now {column_low:.2f} to {column_high:.2f}",
                met=lambda state: max(-state["column_low"], state["column_high"]) < _ROUNDING,
            ),
            Goal(
                "What was taken away is an effect of the rows plus one of the columns: "
                "{taken:.0%} of it is something else",
                met=lambda state: state["taken"] < _ROUNDING,
            ),
        ],
        solution={
            "lines": "rows = s.mean(axis=1)\ncolumns = s.mean(axis=0)\n"
            "s.sub(rows, axis=0).sub(columns, axis=1) + s.to_numpy().mean()"
        },
        hints=[
            "Subtract the means of the rows from the rows first, and look at the numbers above "
            "the map.",
            "Both kinds of means hold the mean of all. How often may it be taken away?",
            "`s.to_numpy().mean()` is the mean of all cells.",
        ],
    )

    mistakes = [
        Mistake(
            "What you took away is not only effects of rows and of columns: {taken:.0%} of its "
            "variance is interaction, and is now missing from what is left.",
            when=lambda state: state["taken"] > _ROUNDING and state["times"] < 1 - _ROUNDING,
            example={"lines": "s * 0"},
            misconception="map_is_interaction",
        ),
        Mistake(
            "What is left holds {times:.1f} times the interaction of `s`, or another one beside "
            "it. Effects of rows and of columns are to be taken away, and the rest stays as large "
            "as it was.",
            when=lambda state: state["taken"] > _ROUNDING,
            example={
                "lines": "rows = s.mean(axis=1)\ncolumns = s.mean(axis=0)\n"
                "2 * (s.sub(rows, axis=0).sub(columns, axis=1) + s.to_numpy().mean())"
            },
            misconception="autoscale_is_neutral",
            holds=lambda state: state["times"] >= 1 - _ROUNDING,
        ),
        Mistake(
            "Every mean of a row and of a column is nearly zero, and not all are quite. A number "
            "that was rounded on the way is good to read, and not to compute with: leave them "
            "whole.",
            when=lambda state: _differ(state) and _is_nearly_out(state),
            example={
                "lines": "rows = s.mean(axis=1)\ncolumns = s.mean(axis=0)\n"
                "left = s.sub(rows.round(3), axis=0).sub(columns, axis=1)\n"
                "left + s.to_numpy().mean()"
            },
            misconception="both_means_hold_the_mean",
        ),
        Mistake(
            "The means of the rows run from {row_low:.2f} to {row_high:.2f}, those of the columns "
            "from {column_low:.2f} to {column_high:.2f}. As long as they differ, a main effect is "
            "still there.",
            when=_differ,
            example={"lines": "s.sub(s.mean(axis=0), axis=1)"},
            misconception="map_is_interaction",
            holds=lambda state: state["taken"] < _ROUNDING,
        ),
        Mistake(
            "Every mean is nearly zero, and none is quite: the mean of all cells was put back as a "
            "rounded number. `s.to_numpy().mean()` has it whole.",
            when=lambda state: _ROUNDING < abs(state["row_low"]) < 0.005,
            example={"lines": "s.sub(s.mean(axis=1), axis=0).sub(s.mean(axis=0), axis=1) + 1.2374"},
            misconception="both_means_hold_the_mean",
            holds=lambda state: abs(state["row_high"] - state["column_low"]) < _ROUNDING,
        ),
        Mistake(
            "No mean of a row or a column differs from another now, but all are {row_low:.2f}. The "
            "mean of all cells of `s` is {mean_of_all:.2f}. The means of the rows hold it, and so "
            "do those of the columns; it is to be taken away once.",
            when=lambda state: abs(state["row_low"]) > _ROUNDING,
            example={"lines": "s.sub(s.mean(axis=1), axis=0).sub(s.mean(axis=0), axis=1)"},
            misconception="both_means_hold_the_mean",
            holds=lambda state: abs(state["row_high"] - state["column_low"]) < _ROUNDING,
        ),
    ]

    learned = [
        Outcome(
            _INTERACTION_IS_LEFT + "The same lines, run on a surface of another size, leave its "
            "interaction as well.",
            when=lambda state: _fit_another_surface(state["lines"]),
            holds=_is_where_the_rule_adds,
        ),
        Outcome(
            _INTERACTION_IS_LEFT + "Your lines fit this surface; of another one they leave more or "
            "less than the interaction, or do not run.",
            holds=_is_where_the_rule_adds,
        ),
    ]

    def show(self, lines: str) -> Exhibit:
        x1, x2 = _sides()
        s = 3 * x1 + 2 * x2**2 + _EXTRA * ((x1 > _ROUNDING) & (x2 > _ROUNDING))
        written = run(lines, {"s": s}, wants=a_full_frame(like=s))
        left = written.value_or(s)
        rows, columns = left.mean(axis=1), left.mean(axis=0)
        highest = left >= left.to_numpy().max() - _ROUNDING
        facts: dict[str, Any] = {
            "extra": _EXTRA,
            "row_low": float(rows.min()),
            "row_high": float(rows.max()),
            "column_low": float(columns.min()),
            "column_high": float(columns.max()),
            "taken": _share(s - left),
            "times": float((_residual(left) * _residual(s)).sum() / (_residual(s) ** 2).sum()),
            "mean_of_all": float(s.to_numpy().mean()),
            "share": float(left.to_numpy().var() / s.to_numpy().var()),
            "highest_is_corner": bool((x1[highest] > 0).sum().sum() == highest.sum().sum())
            and bool((x2[highest] > 0).sum().sum() == highest.sum().sum()),
        }
        return Exhibit(
            figures=(_painted(left, written.titled("s itself")),),
            facts=facts,
            table=left.round(3),
            description=fill(
                "A map of x1 by x2. The means of its rows run from {row_low:.2f} to "
                "{row_high:.2f}, those of its columns from {column_low:.2f} to {column_high:.2f}.",
                facts,
            ),
            error=written.error,
        )


def _painted(values: pd.DataFrame, title: str) -> Heatmap:
    reach = float(values.abs().to_numpy().max()) or 1.0
    return Heatmap(values[::-1], (-reach, reach), decimals=None, title=title, scale="value")


class WriteTheScale(Step):
    """
    ### Write the scale

    `p` is a map of probabilities, from {p_low:.2f} to {p_high:.2f}. Of its variance {share_p:.1%}
    is interaction: from left to right `p` rises by {p_least:.2f} in one row and by {p_most:.2f} in
    another. Something beneath it adds up. Near zero and near one there is no room for a step, and
    that is all that bends it.

    Write a function of `p`, cell by cell, on whose scale nothing is left to interaction. More must
    stay more.
    """

    readings = {
        "interaction": "{share:.1%}",
        "left to right": "{least:.2f} to {most:.2f}",
    }

    lines = Write("Your lines", gives="shown", names=("p",))

    task = Task(
        "Write the scale on which the two features add up.",
        goals=[
            Goal(
                "Where `p` is higher, your numbers are higher: the rank correlation is {kept:.2f}",
                met=lambda state: state["kept"] > 1 - _ROUNDING,
            ),
            Goal(
                "No interaction is left on your scale: now {share:.2%} of the variance",
                met=lambda state: state["share"] < _ROUNDING,
            ),
        ],
        solution={"lines": "np.log(p / (1 - p))"},
        hints=[
            "Which scale of probabilities has no ends? The gallery had a switch for it.",
            "The odds are `p` against what is missing to one.",
            "On the odds a step multiplies. Which function makes a sum of a product?",
        ],
    )

    mistakes = [
        Mistake(
            "The rank correlation of your numbers with `p` is {kept:.2f}. A scale keeps the order: "
            "what is more likely must stay above what is less likely.",
            when=lambda state: state["kept"] < 1 - _ROUNDING,
            example={"lines": "p.sub(p.mean(axis=1), axis=0)"},
            misconception="adds_up_anywhere",
        ),
        Mistake(
            "From left to right your numbers become {times:.1f} times as large, in every row. That "
            "multiplies, and does not yet add up: {share:.1%} of the variance is interaction. One "
            "more function makes a sum of it.",
            when=lambda state: state["times"] > 0,
            example={"lines": "p / (1 - p)"},
            misconception="adds_up_anywhere",
            holds=lambda state: state["share"] > _ROUNDING,
        ),
        Mistake(
            "{share:.1%} of the variance is interaction on your scale, {share_p:.1%} on that of "
            "`p`. From left to right it rises by {least:.2f} in one row and by {most:.2f} in "
            "another. Both ends need room, near zero as near one.",
            when=lambda state: state["share"] > _ROUNDING,
            example={"lines": "np.log(p)"},
            misconception="adds_up_anywhere",
            holds=lambda state: state["least"] < state["most"],
        ),
    ]

    learned = [
        Outcome(
            "From left to right your numbers rise by {least:.2f} in every row; `p` rises by "
            "{p_least:.2f} to {p_most:.2f}. Nothing about the cells has changed but the scale: "
            "who says that two features interact has to say on which.",
            holds=lambda state: (
                state["most"] - state["least"] < 1e-6
                and state["p_most"] > state["p_least"] + 0.05
                and state["share_p"] > 0.01
            ),
        )
    ]

    def show(self, lines: str) -> Exhibit:
        x1, x2 = _sides()
        p = pd.DataFrame(1 / (1 + np.exp(-(2 * x1 + 3 * x2 + 1))))
        written = run(lines, {"p": p}, wants=a_full_frame(like=p))
        shown = written.value_or(p)
        rises, p_rises = (values.iloc[:, -1] - values.iloc[:, 0] for values in (shown, p))
        facts: dict[str, Any] = {
            "p_low": float(p.to_numpy().min()),
            "p_high": float(p.to_numpy().max()),
            "share_p": _share(p),
            "p_least": float(p_rises.min()),
            "p_most": float(p_rises.max()),
            "share": _share(shown),
            "kept": _kept(p, shown),
            "least": float(rises.min()),
            "most": float(rises.max()),
            "times": _times(shown),
        }
        return Exhibit(
            figures=(
                Heatmap(
                    shown[::-1],
                    limits=None,
                    colours="viridis",
                    decimals=None,
                    title=written.titled("p itself"),
                    scale="your scale",
                ),
            ),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A map of x1 by x2. From left to right it rises by {least:.2f} to {most:.2f}, and "
                "{share:.1%} of its variance is interaction.",
                facts,
            ),
            error=written.error,
        )


def _kept(p: pd.DataFrame, shown: pd.DataFrame) -> float:
    """The rank correlation with p; zero where all numbers are alike."""
    # What differs by rounding alone is a tie.
    ranks = [pd.Series(frame.to_numpy().ravel()).round(9).rank() for frame in (p, shown)]
    is_flat = ranks[1].min() == ranks[1].max()
    return 0.0 if is_flat else float(ranks[0].corr(ranks[1]))


def _times(shown: pd.DataFrame) -> float:
    """By what each row is multiplied from left to right; zero where it is not one number."""
    if shown.to_numpy().min() <= 0 or _share(pd.DataFrame(np.log(shown))) > _ROUNDING:
        return 0.0
    first, *_, last = shown.iloc[0].tolist()
    return float(last / first) if _share(shown) > _ROUNDING else 0.0
