"""Exercises on what is near: signs, units, scaling, and the colours of the same call."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.clustermaps.genes import standardised
from lessons.clustermaps.groups import measurements
from lessons.clustermaps.practice.columns import Columns, Pair, some_columns
from lessons.practising import Slip, bands, fair, listed
from lib.charts import Bars, number_text
from lib.course import Arrange, ChooseOne, ClickCell, Exercise, Reply, TypeNumber, kind


def _map_with_a_strongest_pair(generator: np.random.Generator) -> Columns | None:
    """Its strongest pair stands out, and is negative more often than not."""
    columns = some_columns(generator, 6)
    first, second, *_ = columns.pairs
    strongest_is_negative = first.r < 0
    wanted = generator.random() < 0.6
    fits = strongest_is_negative == wanted
    return columns if fits and first.size - second.size > 0.05 and first.size < 0.995 else None


@kind(transfer=True)
def merged_first(generator: np.random.Generator) -> Exercise:
    """Which two columns a tree merges first."""
    drawn = fair(lambda: _map_with_a_strongest_pair(generator))
    first = drawn.pairs[0]
    strongest = f"{first.text}, r = {number_text(first.r)}, are {1 - first.size:.2f} apart"

    def reply(row: str, column: str) -> Reply:
        if {row, column} == {first.x, first.y}:
            return Reply(
                text=f"{row} and {column}",
                feedback=f"{strongest}. No other pair of the map is nearer.",
                right=True,
                holds=all(pair.size < first.size for pair in drawn.pairs[1:]),
            )
        r = float(drawn.r[row][column])
        apart = f"`{row}` and `{column}` have r = {number_text(r)} and are {1 - abs(r):.2f} apart"
        if first.r < 0 < r:
            return Reply(
                text=f"{row} and {column}",
                feedback=f"{apart}. The sign does not count for 1 − |r|: {strongest}.",
                misconception="minus_is_far",
                holds=abs(r) < first.size,
            )
        return Reply(
            text=f"{row} and {column}",
            feedback=f"{apart}. Another pair is nearer: {strongest}. The numbers rank what "
            "colours leave open.",
            misconception="colour_ranks_exactly",
            holds=abs(r) < first.size,
        )

    names = drawn.r.columns.tolist()
    return ClickCell(
        question=f"r between six columns about {drawn.rows}. A tree is built by 1 − |r|. Click "
        "the pair that is merged first.",
        figures=(drawn.map,),
        description=drawn.description,
        chart=drawn.map,
        cells=[(row, column) for row in names for column in names if row != column],
        reply=reply,
    )


def _pairs_apart(generator: np.random.Generator) -> list[Pair] | None:
    """Four pairs of both signs that differ enough, by r as by |r|."""
    chosen: list[Pair] = []
    pairs = some_columns(generator, 8).pairs
    for place in generator.permutation(len(pairs)).tolist():
        if all(abs(pairs[place].size - other.size) > 0.1 for other in chosen):
            chosen.append(pairs[place])
    negative = sum(pair.r < 0 for pair in chosen[:4])
    return chosen[:4] if len(chosen) >= 4 and 1 <= negative <= 3 else None


@kind
def far_by_which_distance(generator: np.random.Generator) -> Exercise:
    """How far apart pairs are, with the sign of r and without."""
    pairs = fair(lambda: _pairs_apart(generator))
    is_signed = bool(generator.random() < 0.5)
    distance = "1 − r" if is_signed else "1 − |r|"
    signed, unsigned = [1 - pair.r for pair in pairs], [1 - pair.size for pair in pairs]
    values, others = (signed, unsigned) if is_signed else (unsigned, signed)
    ranked = sorted(range(4), key=lambda place: -values[place])
    apart = ", ".join(f"{values[place]:.2f}" for place in ranked)
    of_first = f"{pairs[ranked[0]].text}: {values[ranked[0]]:.2f}"
    by_other = tuple(sorted(range(4), key=lambda place: -others[place]))

    def wrong(order: tuple[int, ...]) -> Reply:
        if order == by_other:
            counts = "counts the sign" if is_signed else "does not count the sign"
            feedback = (
                f"That is the order by the other distance. {distance} {counts}. In the right "
                f"order they are {apart} apart, and farthest are {of_first}."
            )
            return Reply(text="", feedback=feedback, misconception="minus_is_far")
        if order == tuple(reversed(ranked)):
            feedback = (
                "That is the nearest first. A distance is what is missing to one: the farthest "
                f"are {of_first}."
            )
            return Reply(text="", feedback=feedback, misconception="height_is_r")
        feedback = (
            f"Compute {distance} for each. In the right order they are {apart}, and the farthest "
            f"are {of_first}."
        )
        return Reply(text="", feedback=feedback, misconception="minus_is_weak")

    return Arrange(
        question=f"Four pairs of columns. Order them by the distance {distance}, the farthest "
        "first.",
        items=[f"{pair.x} and {pair.y}: r = {number_text(pair.r)}" for pair in pairs],
        values=values,
        feedback=f"By {distance} they are {apart} apart. "
        + (
            "The sign counts: what falls while the other rises is more than one apart."
            if is_signed
            else "The sign does not count: one tells the other, rising or falling."
        ),
        wrong=wrong,
    )


@kind
def the_colour_in_the_middle(generator: np.random.Generator) -> Exercise:
    """Which r gets the neutral colour when the limits are left to the data."""

    def attempt(generator: np.random.Generator) -> Columns | None:
        columns = some_columns(generator, 6)
        lowest = columns.r.to_numpy().min()
        return columns if -0.8 < lowest < 0.5 and abs(lowest + 1) > 0.15 else None

    drawn = fair(lambda: attempt(generator))
    lowest = float(drawn.r.to_numpy().min())
    right = (lowest + 1) / 2
    mean = float(drawn.r.to_numpy().mean())
    ends = f"The map's ends are {number_text(lowest)} and 1.00"
    halfway = f"({number_text(lowest)} + 1) / 2 = {number_text(right, 3)}"
    return TypeNumber(
        question='`sns.clustermap(r, cmap="RdBu_r")`, and nothing else is set. The smallest r of '
        f"the matrix is {number_text(lowest)}, and the diagonal is one. Which r gets the pale "
        "colour in the middle?",
        value=right,
        tolerance=0.006,
        low=-1,
        high=1,
        decimals=3,
        feedback=f"{ends}, and the middle is halfway: {halfway}. So zero has a colour, and "
        f"{number_text(right)} looks like nothing.",
        holds=abs(right) > 0.05,
        bands=bands(
            right,
            1,
            {
                0: Slip(
                    f"Zero is in the middle only of limits that are symmetric. {ends}: {halfway}.",
                    "defaults_fit",
                ),
                mean: Slip(
                    f"A colour map knows its two ends, and no average. {ends}: {halfway}.",
                    "pale_means_zero",
                ),
                lowest / 2: Slip(
                    f"That is halfway from the smallest r to zero. {ends}, since the diagonal is "
                    f"drawn as well: {halfway}.",
                    "diagonal_is_a_finding",
                ),
            },
            Slip(
                f"{{said}} lies nearer to the lower end than to the upper. {ends}. The middle is "
                f"halfway between them: {halfway}.",
                "defaults_fit",
            ),
            Slip(
                f"{{said}} lies nearer to the upper end than to the lower. {ends}. The middle is "
                f"halfway between them: {halfway}.",
                "defaults_fit",
            ),
            low=-1,
            near=0.01,
        ),
    )


_UNITS = {
    "un": ("countries", ["fertility", "lifeExpF", "pctUrban", "infantMortality"]),
    "airquality": ("summer days", ["Ozone", "Solar.R", "Wind", "Temp"]),
    "diabetes": ("patients", ["age", "bmi", "bp", "s1", "s2", "s3", "s6"]),
    "mtcars": ("cars", ["mpg", "disp", "hp", "wt", "qsec"]),
    "highway": ("sections of highway", ["len", "adt", "trks", "slim", "shld", "acpt"]),
}
"""Columns that have a unit, such as years, miles or milligrams."""


class _Spreads(NamedTuple):
    """Three columns in their own units: their standard deviations, as they are shown."""

    rows: str
    sds: "pd.Series[float]"

    @property
    def shares(self) -> "pd.Series[float]":
        """Of the variance, and so of all squared distances between rows."""
        squares = self.sds**2
        return squares / squares.sum()

    @property
    def text(self) -> str:
        return listed([f"`{name}` {_short(sd)}" for name, sd in self.sds.items()])

    @property
    def squares(self) -> str:
        return " + ".join(f"{_short(sd)}²" for sd in self.sds)


def _short(value: float) -> str:
    """Three digits, as few decimals as they need."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _spreads(generator: np.random.Generator) -> _Spreads | None:
    table = str(generator.choice(list(_UNITS)))
    rows, columns = _UNITS[table]
    names = generator.permutation(columns)[:3].tolist()
    sds = measurements(table)[names].std().map(lambda sd: float(f"{sd:.3g}"))
    found = _Spreads(rows, sds)
    return found if 0.55 < found.shares.max() < 0.97 else None


@kind(transfer=True)
def share_of_squared_distances(generator: np.random.Generator) -> Exercise:
    """How much say a column has in a Euclidean distance."""
    drawn = fair(lambda: _spreads(generator))
    largest = str(drawn.sds.idxmax())
    sd, right = float(drawn.sds.max()), 100 * float(drawn.shares.max())
    of_sds = 100 * sd / float(drawn.sds.sum())
    sum_of_squares = f"{_short(sd)}² / ({drawn.squares}) = {right:.0f}%"
    return TypeNumber(
        question=f"Rows are {drawn.rows}, compared by three columns as measured. Their standard "
        f"deviations are {drawn.text}. How much of all squared Euclidean distances between rows "
        f"comes from `{largest}`?",
        value=right,
        tolerance=2,
        low=0,
        high=100,
        unit="%",
        feedback=f"Squared distances add up as variances do: {sum_of_squares}. The unit of "
        f"`{largest}` gave it that say, not its meaning.",
        bands=bands(
            right,
            100,
            {
                100 / 3: Slip(
                    "A third each would be so after standardising. As measured, what varies by "
                    f"large numbers decides: {sum_of_squares}.",
                    "units_do_not_matter",
                ),
                of_sds: Slip(
                    f"{of_sds:.0f}% is its share of the standard deviations. A squared distance "
                    f"adds up squares: {sum_of_squares}.",
                    "units_do_not_matter",
                ),
            },
            Slip(
                f"{{said}}% is too little for it. Squares make what is large larger still: "
                f"{sum_of_squares}.",
                "units_do_not_matter",
            ),
            Slip(
                f"{{said}}% leaves the other two too little. Their squares count as well: "
                f"{sum_of_squares}.",
                "units_do_not_matter",
            ),
            near=2,
        ),
    )


class _Change(NamedTuple):
    before: _Spreads
    column: str
    factor: float
    after: _Spreads


def _change(generator: np.random.Generator) -> _Change | None:
    before = _spreads(generator)
    if before is None:
        return None
    column = str(before.sds.idxmax() if generator.random() < 0.5 else before.sds.idxmin())
    factor = float(generator.choice([1 / 1000, 1 / 100, 1 / 10, 10, 100, 1000]))
    sds = before.sds.copy()
    sds[column] *= factor
    after = _Spreads(before.rows, sds)
    return _Change(before, column, factor, after) if 0.6 < after.shares.max() < 0.98 else None


@kind(transfer=True)
def after_a_change_of_units(generator: np.random.Generator) -> Exercise:
    """Who decides a distance after a change of units."""
    drawn = fair(lambda: _change(generator))
    leads, led = str(drawn.after.shares.idxmax()), str(drawn.before.shares.idxmax())
    times = (
        f"{drawn.factor:g} times as large"
        if drawn.factor > 1
        else (f"divided by {1 / drawn.factor:g}")
    )
    now = f"{_short(float(drawn.after.sds[drawn.column]))}"

    def feedback(name: str) -> str:
        share = f"`{leads}` now has {drawn.after.shares[leads]:.0%} of the variance"
        if name == leads:
            same = "That is as before" if leads == led else f"Before, `{led}` had most"
            return f"`{drawn.column}` now has a standard deviation of {now}. {share}. {same}."
        if name == led:
            return (
                f"`{name}` had {drawn.before.shares[name]:.0%} in the old units. A unit changes no "
                f"row, but it changes the distances: {share}."
            )
        return f"{share}, and `{name}` has {drawn.after.shares[name]:.1%}."

    return ChooseOne(
        question=f"Rows are {drawn.before.rows}, compared by three columns as measured. Their "
        f"standard deviations are {drawn.before.text}. Then `{drawn.column}` is given in another "
        f"unit: its numbers are {times}. Which column decides most about who is near whom now?",
        figures=(
            Bars(
                drawn.before.shares.mul(100).to_frame("share"),
                title="Before the change",
                x="% of the variance",
            ),
        ),
        description="Bars: before the change "
        + listed([f"{name} has {share:.1%}" for name, share in drawn.before.shares.items()])
        + " of the variance.",
        choices=[
            Reply(
                text=f"`{name}`",
                feedback=feedback(str(name)),
                right=name == leads,
                misconception=None if name == leads else "units_do_not_matter",
                holds=drawn.after.shares[leads] > 0.5,
            )
            for name in drawn.before.sds.index
        ],
    )


_THINGS = (
    ("a patient", "a blood value in its own unit", "patients", ("sodium", "iron", "platelets")),
    ("a city", "a yearly figure in its own unit", "cities", ("rain", "income", "tram lines")),
    ("a player", "a figure of the season in its own unit", "players", ("goals", "minutes", "km")),
    ("a school", "a figure in its own unit", "schools", ("pupils", "budget", "mean mark")),
)


@kind(transfer=True)
def which_side_to_standardise(generator: np.random.Generator) -> Exercise:
    """Which side of a table is standardised before its things are compared."""
    thing, figure, things, names = _THINGS[generator.integers(len(_THINGS))]
    is_row = bool(generator.random() < 0.5)
    right = 1 if is_row else 0
    side = ("row", "column")
    here, there = (thing, figure) if is_row else (figure, thing)

    def attempt(generator: np.random.Generator) -> tuple[float, float, int] | None:
        spreads = generator.permutation([1, generator.uniform(1.5, 2.5), generator.uniform(3, 6)])
        values = generator.normal(8, 1, (12, 3)) * spreads
        by_thing = standardised(values).var(axis=0)
        shares = values.var(axis=0) / values.var(axis=0).sum()
        other = float(by_thing.max() / by_thing.sum())
        most = int(shares.argmax())
        return (float(shares[most]), other, most) if shares[most] > 0.55 and other > 0.4 else None

    share, other, most = fair(lambda: attempt(generator))
    return ChooseOne(
        question=f"In a table each row is {here} and each column is {there}. The {things} are to "
        "be clustered, and each figure is to have the same say. `z_score=0` standardises each row, "
        "`z_score=1` each column. Which do you choose?",
        choices=[
            Reply(
                text=f"`z_score={right}`",
                feedback=f"A figure is a {side[right]} of this table. Each then has a third of the "
                f"variance. As measured `{names[most]}` has {share:.0%}.",
                right=True,
                holds=share > 0.5,
            ),
            Reply(
                text=f"`z_score={1 - right}`",
                feedback=f"That standardises each of the {things} over its own figures. In numbers "
                f"drawn for this, one figure has {other:.0%} of the variance even so, not a "
                f"third. A figure is a {side[right]} here.",
                misconception="units_do_not_matter",
                holds=other > 0.35,
            ),
            Reply(
                text="Neither: the distance takes care of units",
                feedback=f"In numbers drawn for this, `{names[most]}` has {share:.0%} of the "
                "variance as measured. A Euclidean distance takes each unit as it comes.",
                misconception="units_do_not_matter",
                holds=share > 0.5,
            ),
        ],
    )
