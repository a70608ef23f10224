"""Exercises on how strong a link is, and how sure one may be of it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from lessons.practising import apart, fair, interval_of_r, p_of_r
from lib.charts import Heatmap, number_text, p_text
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
from lib.stats import critical_r

Floats = npt.NDArray[np.float64]

_ROWS = (12, 20, 40, 100, 300, 1000, 3000)


class _Sample(NamedTuple):
    r: float
    n: int

    @property
    def text(self) -> str:
        return f"r = {number_text(self.r)} from {self.n} rows"

    @property
    def t(self) -> float:
        return abs(self.r) * float(np.sqrt((self.n - 2) / (1 - self.r**2)))

    @property
    def p(self) -> float:
        return p_of_r(self.r, self.n)

    @property
    def interval(self) -> tuple[float, float]:
        return interval_of_r(self.r, self.n)

    @property
    def width(self) -> float:
        low, high = self.interval
        return high - low


def _drawn(generator: np.random.Generator, smallest: float, largest: float) -> _Sample:
    size = round(float(generator.uniform(smallest, largest)), 2)
    return _Sample(size * int(generator.choice([-1, 1])), int(generator.choice(_ROWS)))


def _order_by(values: Sequence[float]) -> tuple[int, ...]:
    return tuple(sorted(range(len(values)), key=lambda place: -values[place]))


@kind
def clearest_first(generator: np.random.Generator) -> Exercise:
    """Which links are the clearest of chance, by strength and rows."""
    samples = fair(
        lambda: [_drawn(generator, 0.05, 0.7) for _ in range(4)],
        lambda drawn: (
            apart([one.t for one in drawn], 1.6)
            and apart([one.p for one in drawn], 2)
            and _order_by([-one.p for one in drawn]) == _order_by([one.t for one in drawn])
            and apart([one.r for one in drawn], 1.2)
            and _order_by([abs(one.r) for one in drawn]) != _order_by([one.t for one in drawn])
            and max(one.t for one in drawn) < 25
            and min(one.t for one in drawn) > 0.4
        ),
    )
    order = _order_by([one.t for one in samples])
    counted = "In times of what chance typically strays: " + "; ".join(
        f"{samples[place].text} is {samples[place].t:.1f}" for place in order
    )

    def wrong(said: tuple[int, ...]) -> Reply:
        if said == _order_by([abs(one.r) for one in samples]):
            return Reply(
                text="",
                feedback="That is the order of |r|, which is how strong they are. How clear of "
                f"chance also takes the rows, roughly |r| times their root. {counted}.",
                misconception="stars_measure_strength",
            )
        if said == _order_by([one.r for one in samples]):
            return Reply(
                text="",
                feedback="That puts what is negative last. A sign says which way a link goes, and "
                f"not how clear it is. {counted}.",
                misconception="minus_is_weak",
            )
        return Reply(
            text="",
            feedback="Neither r nor the rows decide alone. Roughly |r| times the root of the rows "
            f"does. {counted}.",
            misconception="small_p_is_strong",
        )

    return Arrange(
        question="Four pairs, from four tables. Put them in order of how clear of chance they "
        "are: first the one with the *smallest* p.",
        items=[one.text for one in samples],
        values=[-one.p for one in samples],
        feedback="What counts is how far from zero r lies, beside how far chance typically strays: "
        f"roughly |r| times the root of the rows. {counted}.",
        wrong=wrong,
    )


@kind
def widest_first(generator: np.random.Generator) -> Exercise:
    """Which intervals are the widest, by r and by rows."""
    samples = fair(
        lambda: [_drawn(generator, 0.0, 0.95) for _ in range(4)],
        lambda drawn: (
            apart([one.width for one in drawn], 1.5)
            and len({one.n for one in drawn}) == 3
            and any(abs(one.r) > 0.8 for one in drawn)
            and any(abs(one.r) < 0.3 for one in drawn)
        ),
    )
    order = _order_by([one.width for one in samples])
    ends = "; ".join(
        f"{samples[place].text} goes with {number_text(samples[place].interval[0])} to "
        f"{number_text(samples[place].interval[1])}"
        for place in order
    )

    def wrong(said: tuple[int, ...]) -> Reply:
        by_rows = [-samples[place].n for place in said]
        if by_rows == sorted(by_rows, reverse=True):
            return Reply(
                text="",
                feedback="The rows count, and where two have as many, r does. Near one an interval "
                f"is narrow, since nothing lies beyond: {ends}.",
                misconception="interval_is_symmetric",
            )
        return Reply(
            text="",
            feedback="More rows make an interval narrower, and so does an r near one or minus one, "
            f"beyond which nothing lies: {ends}.",
            misconception="width_goes_with_rows",
        )

    return Arrange(
        question="Four pairs, each with its 95 % interval. Put them in order of the width of that "
        "interval, the *widest* first.",
        items=[one.text for one in samples],
        values=[one.width for one in samples],
        feedback=f"From the widest to the narrowest: {ends}.",
        wrong=wrong,
    )


_ASKED = ("sleep", "income", "age", "commute", "noise", "garden", "music", "sport")
_SIZES = ((15, 60, 400), (12, 100, 900), (20, 150, 1500))


@kind(transfer=True)
def smallest_p_on_the_map(generator: np.random.Generator) -> Exercise:
    """Where the smallest p lies on a map whose rows are surveys of different sizes."""
    sizes = _SIZES[generator.integers(len(_SIZES))]
    names = [str(name) for name in generator.choice(_ASKED, 4, replace=False)]

    largest = str(generator.choice(["smallest p", "another"]))

    rows = np.array(sizes)[:, np.newaxis]

    def draw() -> Floats:
        r: Floats = np.tanh(generator.standard_normal((3, 4)) / np.sqrt(rows) * 1.8).round(2)
        return r

    def clarity(r: Floats) -> Floats:
        t: Floats = np.abs(r) * np.sqrt((rows - 2) / (1 - r**2))
        return t

    def is_fair(r: Floats) -> bool:
        size, t = np.abs(r), clarity(r)
        clear, strong = np.sort(t, axis=None)[-2:], np.sort(size, axis=None)[-2:]
        p = special.stdtr(rows - 2, -t)
        least, next_one = np.sort(p, axis=None)[:2]
        is_same = bool(t.argmax() == size.argmax())
        return bool(
            clear[1] > 1.5 * clear[0]
            # With few rows a p is larger at the same distance from zero.
            and p.argmin() == t.argmax()
            and least < next_one / 5
            and 3 < clear[1] < 14
            and strong[0] + 0.03 < strong[1] < 0.9
            and is_same == (largest == "smallest p")
        )

    drawn = fair(draw, is_fair)
    people = pd.Index([f"{n} people" for n in sizes])
    r, t = (pd.DataFrame(values, people, names) for values in (drawn, clarity(drawn)))
    best, strongest = (
        (str(people[place // 4]), names[place % 4])
        for place in (int(clarity(drawn).argmax()), int(np.abs(drawn).argmax()))
    )

    def told(cell: tuple[str, str]) -> str:
        row, column = cell
        return (
            f"In the survey of {row}, {column} has r = {number_text(r[column][row])}, "
            f"{t[column][row]:.1f} times as far from zero as chance typically strays"
        )

    def reply(row: str, column: str) -> Reply:
        text = f"{row}, {column}"
        if (row, column) == best:
            return Reply(
                text=text,
                feedback=f"{told(best)}. No other cell is as far, by that measure.",
                right=True,
            )
        if (row, column) == strongest:
            return Reply(
                text=text,
                feedback="That is the strongest colour. But so few people give strong colours by "
                f"chance. {told(strongest)}. {told(best)}.",
                misconception="stars_measure_strength",
                holds=bool(t[column][row] < t[best[1]][best[0]]),
            )
        return Reply(
            text=text,
            feedback=f"A p goes with |r| and with the rows. {told((row, column))}. {told(best)}.",
            misconception="stars_measure_strength",
            holds=bool(t[column][row] < t[best[1]][best[0]]),
        )

    return ClickCell(
        question="Three surveys, of different sizes, asked what goes with contentment. Click the "
        "cell that has the smallest p.",
        figures=[chart := Heatmap(r, title="Pearson's r with contentment", colour_bar=False)],
        description="Pearson's r with contentment. "
        + " ".join(
            f"In the survey of {name}: "
            + ", ".join(f"{label} {number_text(value)}" for label, value in values.items())
            + "."
            for name, values in r.iterrows()
        ),
        chart=chart,
        cells=[(str(one), other) for one in r.index for other in names],
        reply=reply,
    )


@kind
def what_a_star_takes(generator: np.random.Generator) -> Exercise:
    """How large r must be for a star, at a number of rows."""
    rows = 5 * round(float(10 ** generator.uniform(1, 2.5)) / 5)
    value = critical_r(rows, 0.05)
    rule = f"Roughly 2 over the root of the rows: 2 / √{rows} = {2 / np.sqrt(rows):.2f}"
    return TypeNumber(
        question=f"One pair of columns, {rows} rows. How large must |r| be, about, to have a star "
        "at 5 %?",
        value=value,
        tolerance=0.12 * value,
        low=0,
        high=1,
        decimals=2,
        feedback=f"{rule}. By the t test it is {value:.3f}.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback=f"|r| = {{said}} is what chance gives {rows} rows more often than in 5 of "
                f"100 cases. {rule}, and by the t test {value:.3f}.",
                misconception="cell_is_exact",
            ),
            Band(
                low=value,
                high=1.01,
                feedback=f"|r| = {{said}} is more than it takes. A star need not mean a strong "
                f"link: with {rows} rows it takes {value:.3f}. {rule}.",
                misconception="stars_measure_strength",
            ),
        ],
    )


@kind
def share_of_variance(generator: np.random.Generator) -> Exercise:
    """Which share of the variance goes with an r, whatever its p."""
    rows = int(generator.choice([50, 200, 1000, 10_000]))
    r = fair(
        lambda: round(float(generator.uniform(0.1, 0.7)), 1) * int(generator.choice([-1, 1])),
        lambda r: p_of_r(r, rows) < 0.02,
    )
    p, value = p_of_r(r, rows), 100 * r**2
    return TypeNumber(
        question=f"r = {number_text(r, 1)} from {rows:,} rows, {p_text(p)}. Which share of the "
        "variance of one column does a straight line fitted to the other account for, in per cent?",
        value=value,
        tolerance=0.5,
        low=0,
        high=100,
        unit="%",
        feedback=f"The square of r: {abs(r):.1f} × {abs(r):.1f} = {r**2:.2f}, or {value:.0f} %. "
        f"The {rows:,} rows make it sure, and not strong.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback=f"{{said}} % is too little. The share is the square of r, which is "
                f"{r**2:.2f} here, or {value:.0f} %.",
                misconception="r_is_a_share",
            ),
            Band(
                low=value,
                high=75,
                feedback=f"{{said}} % is too much. |r| is {100 * abs(r):.0f} %, and shares are "
                f"counted by its square: {r**2:.2f}, or {value:.0f} %.",
                misconception="r_is_a_share",
            ),
            Band(
                low=75,
                high=101,
                feedback=f"A small p says that chance would seldom give so much. It is no share: "
                f"with {rows:,} rows {p_text(p)} goes with r² = {r**2:.2f}, or {value:.0f} %.",
                misconception="small_p_is_strong",
            ),
        ],
    )


@kind
def rows_for_a_narrower_interval(generator: np.random.Generator) -> Exercise:
    """How many rows it takes to make an interval narrower."""
    r = round(float(generator.uniform(0.0, 0.6)), 1)
    rows = int(generator.choice([40, 50, 100, 150, 200, 400]))
    times, word = ((2, "half"), (3, "a third"))[generator.integers(2)]
    width = _Sample(r, rows).width
    value = next(n for n in range(rows, 12 * rows) if _Sample(r, n).width <= width / times)
    low, high = _Sample(r, rows).interval
    rule = (
        f"The width shrinks with the root of the rows, so {word} of it takes about {times} × "
        f"{times} = {times**2} times the rows"
    )
    twice = _Sample(r, times * rows).width
    return TypeNumber(
        question=f"r = {r:.1f} from {rows} rows, with an interval from {number_text(low)} to "
        f"{number_text(high)}. About how many rows would make it {word} as wide, if r stays the "
        "same?",
        value=value,
        tolerance=0.15 * value,
        low=4,
        high=20_000,
        unit="rows",
        feedback=f"{rule}. Exactly it is {value:,} rows: the width goes from {width:.2f} to "
        f"{_Sample(r, value).width:.2f}.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback=f"{{said}} rows are too few. With {times * rows:,}, which is {times} "
                f"times as many, the width is still {twice:.2f}, after {width:.2f}. {rule}: "
                f"{value:,}.",
                misconception="width_goes_with_rows",
            ),
            Band(
                low=value,
                high=20_001,
                feedback=f"Fewer than {{said}} rows will do. {rule}: {value:,}.",
                misconception="width_goes_with_rows",
            ),
        ],
    )


_CLAIMS = (
    "the time spent on homework and marks",
    "the price of a wine and its taste in a blind test",
    "the weather and the mood of a town",
    "coffee and the quality of sleep",
)


@kind(transfer=True)
def no_star_is_no_proof(generator: np.random.Generator) -> Exercise:
    """What may be said where there is no star: what the interval rules out."""
    claim = _CLAIMS[generator.integers(len(_CLAIMS))]
    limit = float(generator.choice([0.2, 0.3]))
    is_shown = bool(generator.integers(2))

    def draw() -> _Sample:
        rows = (200, 400, 800, 1500) if is_shown else (15, 20, 30, 45)
        return _Sample(round(float(generator.uniform(-0.1, 0.15)), 2), int(generator.choice(rows)))

    def is_fair(one: _Sample) -> bool:
        reach = max(map(abs, one.interval))
        is_clear = reach < limit - 0.03 if is_shown else reach > limit + 0.05
        return one.p > 0.07 and is_clear

    sample = fair(draw, is_fair)
    low, high = map(number_text, sample.interval)
    interval = f"the interval runs from {low} to {high}"
    if generator.random() < 0.25:
        return _what_no_star_says(claim, limit, sample)
    weak = f"weaker than {limit:.1f} in either direction"
    first = ChooseOne(
        question=f"A study of {claim}: {sample.text}, {p_text(sample.p)}, so no star. At 95 % "
        f"{interval}. May the report say that the link, if there is one, is {weak}?",
        choices=[
            Reply(
                text="Yes, give or take the 95 %",
                feedback=f"All that goes with these {sample.n:,} rows is {weak}: {interval}."
                if is_shown
                else f"Not with {sample.n} rows: {interval}, and so reaches beyond {limit:.1f}.",
                right=is_shown,
                misconception=None if is_shown else "no_star_means_zero",
            ),
            Reply(
                text="No",
                feedback=f"The report may say so. With {sample.n:,} rows little is left open: "
                f"{interval}, and all "
                f"of that is {weak}."
                if is_shown
                else f"With {sample.n} rows much is left open: {interval}.",
                right=not is_shown,
                misconception="no_star_says_nothing" if is_shown else None,
            ),
        ],
    )
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_NEARER.format(limit),
                feedback=f"So it is: {interval}. That is what many rows without a star can show."
                if is_shown
                else f"Not the whole of it is: {interval}.",
                right=is_shown,
                misconception=None if is_shown else "cell_is_exact",
                holds=(max(map(abs, sample.interval)) < limit) == is_shown,
            ),
            Reply(
                text=_FARTHER.format(limit),
                feedback=f"Not so far: {interval}, which stays nearer to zero than {limit:.1f}."
                if is_shown
                else f"So it does: {interval}. A link beyond {limit:.1f} goes with these rows.",
                right=not is_shown,
                misconception="cell_is_exact" if is_shown else None,
                holds=(max(map(abs, sample.interval)) > limit) != is_shown,
            ),
            Reply(
                text=_STAR_ALONE,
                feedback="The star asks whether zero is ruled out. How strong the link may still "
                f"be, only the interval says: here from {low} to {high}.",
                misconception="no_star_means_zero",
            ),
        ],
    )
    return TwoTier(question=first.question, first=first, why=why)


_NEARER, _FARTHER, _STAR_ALONE = (
    "The whole interval is nearer to zero than {:.1f}",
    "The interval reaches farther from zero than {:.1f}",
    "It depends on the star alone: there is none",
)


def _what_no_star_says(claim: str, limit: float, sample: _Sample) -> Exercise:
    """The same study, asked for no more than its star tells."""
    low, high = map(number_text, sample.interval)
    interval = f"the interval runs from {low} to {high}"
    reach = max(map(abs, sample.interval))
    first = ChooseOne(
        question=f"A study of {claim}: {sample.text}, {p_text(sample.p)}, so no star. At 95 % "
        f"{interval}. May the report say that at 5 % a true r of zero is not ruled out?",
        choices=[
            Reply(
                text="Yes",
                feedback=f"No star means that, and no more: {p_text(sample.p)}, and zero lies in "
                f"the interval from {low} to {high}.",
                right=True,
                holds=sample.p > 0.05 and sample.interval[0] < 0 < sample.interval[1],
            ),
            Reply(
                text="No",
                feedback="It may. Nobody has shown that the true r is zero. But zero is one of the "
                f"values that go with these {sample.n:,} rows: {interval}.",
                misconception="no_star_says_nothing",
            ),
        ],
    )
    asked = "Asked is for zero alone, and there the star is enough"
    why = ChooseOne(
        question="Why?",
        choices=[
            Reply(
                text=_NEARER.format(limit),
                feedback=f"{'So it is' if reach < limit else 'Not the whole of it is'}: "
                f"{interval}. How strong the link may be was not asked. {asked}.",
                misconception="no_star_says_nothing",
            ),
            Reply(
                text=_FARTHER.format(limit),
                feedback=f"{'So it does' if reach > limit else 'It does not'}: {interval}. "
                f"{asked}.",
                misconception="no_star_says_nothing",
            ),
            Reply(
                text=_STAR_ALONE,
                feedback=f"A star rules zero out, and {p_text(sample.p)} gives none.",
                right=True,
                holds=sample.p > 0.05,
            ),
        ],
    )
    return TwoTier(question=first.question, first=first, why=why)
