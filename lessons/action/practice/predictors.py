"""Exercises on predictors that say the same: what it costs, and whom."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.action.practice.maps import drawn_map
from lessons.highway import pearson
from lessons.practising import apart, fair
from lib.charts import Heatmap, number_text
from lib.course import (
    Arrange,
    Band,
    ChooseOne,
    ClickCell,
    Exercise,
    Reply,
    TwoTier,
    TypeNumber,
    kind,
)
from lib.stats import vif


@kind
def vif_by_head(generator: np.random.Generator) -> Exercise:
    """The VIF that follows from r, or from R²."""
    of_two = bool(generator.integers(2))
    share = float(generator.choice([0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.96, 0.98]))
    r = round(float(generator.uniform(0.5, 0.97)), 2) * int(generator.choice([-1, 1]))
    explained = r**2 if of_two else share
    value = 1 / (1 - explained)
    asked = (
        f"A regression has two predictors, with r = {number_text(r)} between them."
        if of_two
        else f"A regression on all other predictors accounts for {share:.0%} of the variance of "
        "one predictor.".replace("%", " %")
    )
    counted = (
        f"With two predictors R² is r², {explained:.4f}. So 1 / (1 − {explained:.4f}) = {value:.1f}"
        if of_two
        else f"R² is {share:g}. So 1 / (1 − {share:g}) = {value:.1f}"
    )
    return TypeNumber(
        question=f"{asked} What is its VIF?" if not of_two else f"{asked} What is their VIF?",
        value=value,
        tolerance=0.04 * value,
        low=0,
        high=1000,
        decimals=1,
        feedback=f"{counted}.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback=f"{{said}} is too small. {counted}. It climbs steeply near the end, where "
                "little is left that the others do not know.",
                misconception="vif_grows_evenly",
            ),
            Band(
                low=value,
                high=1001,
                feedback=f"{{said}} is too large. {counted}."
                + (" It goes with the square of r, which is smaller than |r|." if of_two else ""),
                misconception="threshold_is_collinearity",
            ),
        ],
    )


@kind
def growth_of_the_standard_error(generator: np.random.Generator) -> Exercise:
    """What a VIF does to a standard error."""
    factor = round(float(10 ** generator.uniform(0.25, 1.5)), 1)
    value = 100 * (np.sqrt(factor) - 1)
    variance = 100 * (factor - 1)
    counted = f"The root of {factor:g} is {np.sqrt(factor):.2f}: {value:.0f} per cent more"
    return TypeNumber(
        question=f"A predictor has a VIF of {factor:g}. By how many per cent is the standard error "
        "of its coefficient larger than if the other predictors said nothing about it?",
        value=float(value),
        tolerance=max(2.0, 0.04 * float(value)),
        low=0,
        high=10_000,
        unit="%",
        feedback=f"The VIF belongs to the variance, and the standard error goes with its root. "
        f"{counted}.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback=f"{{said}} per cent is too little. The standard error goes with the root "
                f"of the VIF. {counted}.",
                misconception="threshold_is_collinearity",
            ),
            Band(
                low=value,
                high=10_001,
                feedback=f"{{said}} per cent is too much. By {variance:.0f} per cent the "
                f"*variance* is larger; the standard error goes with its root. {counted}.",
                misconception="threshold_is_collinearity",
            ),
        ],
    )


class _Known(NamedTuple):
    """A predictor, and the share of its variance that the others account for."""

    form: str
    number: str
    share: float

    @property
    def text(self) -> str:
        return f"{self.form} {self.number}"

    @property
    def vif(self) -> float:
        return 1 / (1 - self.share)


def _drawn_known(generator: np.random.Generator) -> _Known:
    size = round(float(generator.uniform(0.3, 0.97)), 2)
    match int(generator.integers(3)):
        case 0:
            r = size * int(generator.choice([-1, 1]))
            return _Known("one of two with r =", number_text(r), r**2)
        case 1:
            return _Known("one of many whose R² on the others is", f"{size:.2f}", size)
        case _:
            factor = round(1 / (1 - size**2), 1)
            return _Known("one of many with a VIF of", f"{factor:.1f}", 1 - 1 / factor)


@kind
def worst_known_first(generator: np.random.Generator) -> Exercise:
    """Which predictors the others know best, by r, R² and VIF."""
    known = fair(
        lambda: [_drawn_known(generator) for _ in range(4)],
        lambda drawn: (
            apart([one.vif for one in drawn], 1.35) and len({one.form for one in drawn}) == 3
        ),
    )
    order = sorted(known, key=lambda one: -one.vif)
    told = "; ".join(f"{one.text} has {one.vif:.1f}" for one in order)

    def wrong(said: tuple[int, ...]) -> Reply:  # noqa: ARG001
        return Reply(
            text="",
            feedback="Bring all to the same scale. With two predictors R² is r², whatever the "
            f"sign, and the VIF is 1 / (1 − R²). So, as VIF, {told}.",
            misconception="threshold_is_collinearity",
        )

    return Arrange(
        question="Four predictors from four regressions. Put them in order of how much the "
        "variance of their coefficient is inflated, the *most* inflated first.",
        items=[one.text for one in known],
        values=[one.vif for one in known],
        feedback=f"As VIF: {told}.",
        wrong=wrong,
    )


@kind(transfer=True)
def largest_vif_of_two(generator: np.random.Generator) -> Exercise:
    """Which pair of predictors inflates the most, read from a map."""
    drawn = fair(
        lambda: drawn_map(generator, 5),
        lambda one: (
            (sizes := sorted(map(one.size, one.pairs), reverse=True))[0] > 0.55
            and sizes[0] > sizes[1] + 0.07
        ),
    )
    best = drawn.strongest

    def factor(cell: tuple[str, str]) -> float:
        return 1 / (1 - drawn.size(cell) ** 2)

    def reply(row: str, column: str) -> Reply:
        told = f"{drawn.told((row, column))}, so their VIF is {factor((row, column)):.2f}"
        text = f"{column} and {row}"
        if (row, column) == best:
            return Reply(text=text, feedback=f"{told}, the largest of all pairs.", right=True)
        is_minus = drawn.known[best] < 0
        why = (
            "The sign does not matter, since r is squared."
            if is_minus
            else "Another pair is stronger."
        )
        return Reply(
            text=text,
            feedback=f"{told}. {why} {drawn.told(best)}, and there it is {factor(best):.2f}.",
            misconception="minus_is_weak" if is_minus else "threshold_is_collinearity",
            holds=factor((row, column)) < factor(best),
        )

    return ClickCell(
        question="Only two of these columns will be the predictors of a regression. Click the pair "
        "with which the VIF would be largest.",
        figures=[chart := drawn.chart()],
        description=drawn.described(),
        chart=chart,
        cells=drawn.pairs,
        reply=reply,
    )


_TOTALS = (
    ("questions of an exam", "question", "the total mark", "the number of the seat"),
    ("monthly bills of a household", "bill", "the sum for the month", "the house number"),
    ("parts of a journey, in minutes", "part", "the time from door to door", "the ticket number"),
)


@kind(transfer=True)
def does_a_column_follow(generator: np.random.Generator) -> Exercise:
    """Whether a column follows from all others, where no pair is strong."""
    things, part, total, other = _TOTALS[generator.integers(len(_TOTALS))]
    parts, rows = int(generator.integers(5, 8)), 200
    is_sum = bool(generator.integers(2))
    if generator.random() < 0.2:
        return _recorded_twice(generator, things, part, parts, rows)

    def draw() -> pd.DataFrame:
        columns = generator.standard_normal((rows, parts))
        noise = generator.standard_normal(rows)
        last = columns.sum(axis=1) + 0.2 * noise if is_sum else noise
        names = [f"{part} {number}" for number in range(1, parts + 1)]
        return pd.DataFrame(np.column_stack([columns, last]), columns=[*names, "the last"])

    def strongest(data: pd.DataFrame) -> float:
        return float(np.abs(np.corrcoef(data.to_numpy(), rowvar=False) - np.eye(parts + 1)).max())

    data = fair(draw, lambda one: strongest(one) < (0.6 if is_sum else 0.3))
    factors, top = vif(data), strongest(data)
    largest = float(factors.max())
    last = total if is_sum else other
    first = ChooseOne(
        question=f"{rows} rows of {parts} {things}, which have nothing to do with each other, and "
        f"as the last column {last}{', recorded almost without error' if is_sum else ''}. The "
        f"strongest |r| on the map is {top:.2f}. How large is the largest VIF?",
        figures=[Heatmap.lower(pearson(data), decimals=2, colour_bar=False)],
        description=f"A map of {parts + 1} columns. The last one has an |r| of up to "
        f"{pearson(data)['the last'].drop('the last').abs().max():.2f} with the others.",
        choices=[
            Reply(
                text="Above ten",
                feedback=f"The largest VIF is {largest:.0f}, with no |r| above {top:.2f}."
                if is_sum
                else f"The largest VIF is {largest:.2f}: no column follows from the others.",
                right=is_sum,
                misconception=None if is_sum else "threshold_is_collinearity",
                holds=(largest > 10) == is_sum,
            ),
            Reply(
                text="Below two",
                feedback=f"The largest VIF is {largest:.0f}. Two at a time the columns say "
                "little, at most "
                f"{top:.2f}; all together they give {last} away."
                if is_sum
                else f"The largest VIF is {largest:.2f}: here the map and the VIF agree.",
                right=not is_sum,
                misconception="pairs_show_everything" if is_sum else None,
                holds=(largest < 2) != is_sum,
            ),
        ],
    )
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_BY_PAIRS,
                feedback=f"A pair with an |r| of {top:.2f} makes 1 / (1 − {top:.2f}²) = "
                f"{1 / (1 - round(top, 2) ** 2):.2f}. What all others together know of a column "
                f"counts, and that makes {largest:.0f}."
                if is_sum
                else "Weak pairs set it no limit: a sum of these columns would be given away by "
                f"them together. There is none, and so it is {largest:.2f}.",
                misconception="pairs_show_everything",
            ),
            Reply(
                text=_TOGETHER,
                feedback=f"{last.capitalize()} is what the parts add up to: {largest:.0f}."
                if is_sum
                else f"Nothing adds up here: even the best known column has a VIF of "
                f"{largest:.2f}.",
                right=is_sum,
                misconception=None if is_sum else "threshold_is_collinearity",
            ),
            Reply(
                text=_NOT_TOGETHER,
                feedback=f"One can: {last} is what the parts add up to. {largest:.0f}."
                if is_sum
                else f"So it is, and that is what a VIF asks: {largest:.2f}.",
                right=not is_sum,
                misconception="pairs_show_everything" if is_sum else None,
            ),
        ],
    )
    return TwoTier(
        question=first.question,
        figures=first.figures,
        description=first.description,
        first=first,
        why=why,
    )


_BY_PAIRS, _TOGETHER, _NOT_TOGETHER = (
    "The strongest pair alone says how large it is",
    "The other columns together tell one of them",
    "No column can be told from all others together",
)


def _recorded_twice(
    generator: np.random.Generator, things: str, part: str, parts: int, rows: int
) -> Exercise:
    """The same parts, the last of them twice: what follows does so from one other column."""
    columns = generator.standard_normal((rows, parts))
    again = columns[:, -1:] + 0.15 * generator.standard_normal((rows, 1))
    names = [*(f"{part} {number}" for number in range(1, parts + 1)), "the last"]
    data = pd.DataFrame(np.column_stack([columns, again]), columns=names)
    r = pearson(data)
    top, largest = abs(float(r["the last"].iloc[parts - 1])), float(vif(data).max())
    by_pair = 1 / (1 - top**2)
    pair = f"`{part} {parts}` and the last column have an |r| of {top:.3f}"
    allowed = f"{pair}, and that alone makes a VIF of {by_pair:.0f}"
    first = ChooseOne(
        question=f"{rows} rows of {parts} {things}, which have nothing to do with each other, and "
        f"as the last column {part} {parts} once more, recorded by somebody else. How large is "
        "the largest VIF?",
        figures=[Heatmap.lower(r, decimals=2, colour_bar=False)],
        description=f"A map of {parts + 1} columns. {pair}.",
        choices=[
            Reply(
                text="Above ten",
                feedback=f"The largest VIF is {largest:.0f}: {pair}.",
                right=True,
                holds=largest > 10,
            ),
            Reply(
                text="Below two",
                feedback=f"So it would be without the last column. {allowed}.",
                misconception="pairs_show_everything",
                holds=float(vif(data.drop(columns="the last")).max()) < 2,
            ),
        ],
    )
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_BY_PAIRS,
                feedback=f"{allowed}. With all others it is {largest:.0f}: they add next to "
                "nothing.",
                right=True,
                holds=largest < 1.2 * by_pair,
            ),
            Reply(
                text=_TOGETHER,
                feedback=f"It does not take them together: {allowed}, and with all others it is "
                f"{largest:.0f}.",
                misconception="threshold_is_collinearity",
                holds=largest < 1.2 * by_pair,
            ),
            Reply(
                text=_NOT_TOGETHER,
                feedback=f"Two can, each from one other column already: {allowed}.",
                misconception="pairs_show_everything",
            ),
        ],
    )
    return TwoTier(
        question=first.question,
        figures=first.figures,
        description=first.description,
        first=first,
        why=why,
    )


class _Two(NamedTuple):
    """Two normal predictors: the first with an effect of one, the noise with a spread of one.

    The expected errors on new rows are exact, since the rows are draws of a normal distribution
    (Hocking 1976, Biometrics 32): (n + 1)(n - 2) / (n (n - p - 2)) times what is left over.
    """

    r: float
    n: int
    effect: float

    @property
    def vif(self) -> float:
        return 1 / (1 - self.r**2)

    @property
    def spread(self) -> float:
        """By which the second's coefficient strays from table to table."""
        return float(np.sqrt(self.vif / (self.n - 4)))

    @property
    def with_both(self) -> float:
        return (self.n + 1) * (self.n - 2) / (self.n * (self.n - 4))

    @property
    def with_one(self) -> float:
        left_over = 1 + self.effect**2 * (1 - self.r**2)
        return left_over * (self.n + 1) * (self.n - 2) / (self.n * (self.n - 3))


@kind
def keep_the_second(generator: np.random.Generator) -> Exercise:
    """Whether to keep a predictor that is collinear, if one wants to predict."""
    is_kept = bool(generator.integers(2))

    def draw() -> _Two:
        return _Two(
            float(generator.choice([0.9, 0.95, 0.97, 0.98])),
            int(generator.choice([12, 15, 20, 30, 50, 100])),
            round(float(generator.uniform(0.1, 1.6)), 1),
        )

    two = fair(
        draw,
        lambda one: (
            one.effect > 1.7 * one.spread and one.with_one > 1.01 * one.with_both
            if is_kept
            else one.effect < 0.6 * one.spread and one.with_both > 1.01 * one.with_one
        ),
    )
    errors = f"{two.with_both:.3f} with both, {two.with_one:.3f} with the first alone"
    first = ChooseOne(
        question=f"{two.n} rows. Two predictors with r = {two.r:.2f}, so a VIF of {two.vif:.0f}; "
        f"beside them there is noise with a spread of one. The second has an effect of "
        f"{two.effect:.1f}, and its coefficient strays by {two.spread:.2f} from table to table. "
        "You want to predict new rows, by least squares. Keep the second?",
        choices=[
            Reply(
                text="Keep it",
                feedback=("" if is_kept else "More columns need not know more. ")
                + f"The mean squared error on new rows is {errors}.",
                right=is_kept,
                misconception=None if is_kept else "dropping_is_free",
                holds=(two.with_both < two.with_one) == is_kept,
            ),
            Reply(
                text="Leave it out",
                feedback=(f"A VIF of {two.vif:.0f} is no order to drop. " if is_kept else "")
                + f"The mean squared error on new rows is {errors}.",
                right=not is_kept,
                misconception="collinearity_spoils_prediction" if is_kept else None,
                holds=(two.with_one < two.with_both) != is_kept,
            ),
        ],
    )
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text="Its effect is larger than what its coefficient strays by",
                feedback=f"{two.effect:.1f} against {two.spread:.2f}: it tells more than it costs."
                if is_kept
                else f"The effect is smaller: {two.effect:.1f} against {two.spread:.2f}.",
                right=is_kept,
                misconception=None if is_kept else "dropping_is_free",
            ),
            Reply(
                text="Its effect is smaller than what its coefficient strays by",
                feedback=f"The effect is larger: {two.effect:.1f} against {two.spread:.2f}."
                if is_kept
                else f"{two.effect:.1f} against {two.spread:.2f}: it costs more than it tells.",
                right=not is_kept,
                misconception="collinearity_spoils_prediction" if is_kept else None,
            ),
            Reply(
                text=f"The VIF of {two.vif:.0f} decides",
                feedback=f"The VIF is {two.vif:.0f} whatever the second does. With no effect it "
                "would be better left out, with a large one better kept. Here the effect is "
                f"{two.effect:.1f}, and its coefficient strays by {two.spread:.2f}.",
                misconception="collinearity_spoils_prediction",
                holds=_Two(two.r, two.n, 0).with_one < two.with_both
                and _Two(two.r, two.n, 3 * two.spread).with_one > two.with_both,
            ),
        ],
    )
    return TwoTier(question=first.question, first=first, why=why)
