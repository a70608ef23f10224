"""Exercises on what no sum of two effects can do."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.interactions.grids import labelled
from lessons.practising import Slip, bands, fair
from lessons.tables import table
from lib.charts import Heatmap, number_text
from lib.course import ChooseOne, ClickCell, Exercise, Reply, TypeNumber, kind
from lib.stats import Surface

Floats = npt.NDArray[np.float64]

_FIELDS = (
    ("yield", "water", "fertiliser"),
    ("minutes awake", "coffee", "noise"),
    ("sales", "discount", "advertising"),
    ("germination", "warmth", "light"),
)
_LEVELS = ("little", "some", "much", "very much")


def _whole_effects(generator: np.random.Generator, count: int, most: int) -> Floats:
    """Whole numbers whose sum is zero, no two alike."""

    def attempt(generator: np.random.Generator) -> Floats | None:
        effects = generator.integers(-most, most + 1, count)
        is_fair = effects.sum() == 0 and len(set(effects.tolist())) == count
        return effects.astype(np.float64) if is_fair else None

    return fair(lambda: attempt(generator))


def _framed(values: Floats, rows: str, columns: str) -> pd.DataFrame:
    down, across = values.shape
    names = [f"{level} {rows}" for level in _LEVELS[:down]]
    return pd.DataFrame(values, names, [f"{level} {columns}" for level in _LEVELS[:across]])


def _painted(values: pd.DataFrame, scale: str, decimals: int = 0) -> Heatmap:
    return Heatmap(
        values,
        limits=None,
        colours="viridis",
        decimals=decimals,
        scale=scale,
        title=f"Mean {scale}",
    )


def _read_out(values: pd.DataFrame, decimals: int = 0) -> str:
    """The cells of a map, row by row."""
    return "; ".join(
        f"{row}: "
        + ", ".join(
            f"{column} {number_text(float(number), decimals)}"
            for column, number in values.loc[row].items()
        )
        for row in values.index
    )


@kind
def what_is_left_in_a_cell(generator: np.random.Generator) -> Exercise:
    """What the main effects leave in one cell."""
    outcome, rows, columns = _FIELDS[generator.integers(len(_FIELDS))]
    by_row, by_column = (_whole_effects(generator, 3, 9) for _ in range(2))
    left = np.outer(generator.permutation([-1, 0, 1]), generator.permutation([-1, 0, 1]))
    left = left * int(generator.integers(2, 6))
    mean = int(generator.integers(30, 60))
    values = _framed(mean + by_row[:, np.newaxis] + by_column + left, rows, columns)
    places = np.argwhere(left != 0)
    row, column = places[generator.integers(len(places))]
    value = float(values.iloc[row, column])
    of_row, of_column = float(mean + by_row[row]), float(mean + by_column[column])
    right = float(Surface(values).interaction().iloc[row, column])
    sum_says = of_row + of_column - mean
    worked = (
        f"Row and column alone give {of_row:.0f} + {of_column:.0f} − {mean} = {sum_says:.0f}. The "
        f"cell has {value:.0f}: {number_text(right, 0)} is left"
    )
    return TypeNumber(
        question=f"A table of means. The mean of all is {mean}, that of the row "
        f"*{values.index[row]}* is {of_row:.0f}, that of the column *{values.columns[column]}* is "
        f"{of_column:.0f}. What is left in their cell, {value:.0f}, without the main effects?",
        figures=(_painted(values, outcome),),
        description=f"A map of the mean {outcome}. {_read_out(values)}.",
        value=right,
        tolerance=0,
        low=-100,
        high=100,
        feedback=f"{worked}.",
        holds=abs(sum_says + right - value) < 1e-9,
        bands=bands(
            right,
            100,
            {
                value: Slip(
                    f"That is what the map shows. {worked} for what the two do together.",
                    "map_is_interaction",
                ),
                value - mean: Slip(
                    f"That is how far the cell is from the mean of all. {worked}.",
                    "map_is_interaction",
                ),
                value - of_row: Slip(
                    f"That takes the row's mean away, and leaves the column's effect in. {worked}.",
                    "map_is_interaction",
                ),
                value - of_column: Slip(
                    f"That takes the column's mean away, and leaves the row's effect in. {worked}.",
                    "map_is_interaction",
                ),
                -right: Slip(
                    f"The right size, and the wrong way round. {worked}.", "minus_is_weak"
                ),
            },
            Slip(
                "That is too low. Both means hold the mean of all, so that it is taken away twice "
                f"and put back once. {worked}.",
                "map_is_interaction",
            ),
            Slip(
                "That is too high. The effect of the row and that of the column are taken away "
                f"both. {worked}.",
                "map_is_interaction",
            ),
            low=-100,
            near=0.4,
        ),
    )


class _Departing(NamedTuple):
    values: pd.DataFrame
    place: tuple[str, str]
    highest: tuple[str, str]
    added: pd.DataFrame


def _departing(generator: np.random.Generator) -> _Departing | None:
    """A sum, but for one cell that is neither the highest nor the lowest."""
    _, rows, columns = _FIELDS[generator.integers(len(_FIELDS))]
    added = (
        int(generator.integers(30, 60))
        + _whole_effects(generator, 4, 12)[:, np.newaxis]
        + _whole_effects(generator, 4, 12)
    )
    row, column = generator.integers(4, size=2).tolist()
    numbers = added.copy()
    numbers[row, column] += float(generator.choice([-1, 1]) * generator.integers(5, 9))
    values = _framed(numbers, rows, columns)
    highest, lowest = (divmod(int(at), 4) for at in (numbers.argmax(), numbers.argmin()))
    if (row, column) in {highest, lowest}:
        return None
    return _Departing(
        values,
        (str(values.index[row]), str(values.columns[column])),
        (str(values.index[highest[0]]), str(values.columns[highest[1]])),
        _framed(added, rows, columns),
    )


@kind
def the_cell_that_departs(generator: np.random.Generator) -> Exercise:
    """Which cell is no sum of its row and its column."""
    drawn = fair(lambda: _departing(generator))

    def at(frame: pd.DataFrame, row: str, column: str) -> float:
        return float(frame[column][row])

    departing, due = at(drawn.values, *drawn.place), at(drawn.added, *drawn.place)
    it_is = (
        f"*{drawn.place[0]}* with *{drawn.place[1]}* is {departing:.0f}, and the sum of its row "
        f"and its column would be {due:.0f}"
    )

    def reply(row: str, column: str) -> Reply:
        value = at(drawn.values, row, column)
        if (row, column) == drawn.place:
            return Reply(
                text=f"{row}, {column}",
                feedback=f"{it_is}: a difference of {number_text(departing - due, 0)}. Each other "
                "cell is the sum of its own.",
                right=True,
                holds=abs(Surface(drawn.added).interaction()).to_numpy().max() < 1e-9,
            )
        if (row, column) == drawn.highest:
            feedback = (
                f"*{row}* with *{column}* is the highest, {value:.0f}, since its row and its "
                f"column are high: their sum is just that. But {it_is}."
            )
        else:
            feedback = (
                f"*{row}* with *{column}* is {value:.0f}, just the sum of its row and "
                f"its column. But {it_is}."
            )
        return Reply(
            text=f"{row}, {column}",
            feedback=feedback,
            misconception="map_is_interaction",
            holds=value == at(drawn.added, row, column),
        )

    chart = _painted(drawn.values, "outcome")
    return ClickCell(
        question="But for one cell, this map is a sum of an effect of its row and an effect of its "
        "column. Click the cell where the two do something together.",
        figures=(chart,),
        description=f"A map. {_read_out(drawn.values)}.",
        chart=chart,
        cells=[(row, column) for row in drawn.values.index for column in drawn.values.columns],
        reply=reply,
    )


class _Shape(NamedTuple):
    """A surface, in words and as a formula of x, y and two numbers of its own."""

    text: str
    formula: Callable[[Floats, Floats, float, float], npt.NDArray[Any]]
    belief: str


_SUMS = (
    _Shape("a·x + b·y", lambda x, y, a, b: a * x + b * y, "diagonal_is_interaction"),
    _Shape(
        "a step in x plus a step in y",
        lambda x, y, a, b: a * (x > 0.1) + b * (y > -0.3),
        "sharp_is_interaction",
    ),
    _Shape("a·x² + b·y²", lambda x, y, a, b: a * x**2 + b * y**2, "sharp_is_interaction"),
    _Shape(
        "a wave in x plus a wave in y",
        lambda x, y, a, b: a * np.sin(5 * x) + b * np.sin(7 * y),
        "sharp_is_interaction",
    ),
)
_NO_SUMS = (
    _Shape("a·x·y", lambda x, y, a, _b: a * x * y, "smooth_cannot_interact"),
    _Shape("a·|x − y|", lambda x, y, a, _b: a * np.abs(x - y), "smooth_cannot_interact"),
    _Shape(
        "zero, but for a corner where x and y are high",
        lambda x, y, a, _b: a * ((x > 0.1) & (y > -0.3)),
        "sharp_is_interaction",
    ),
    _Shape(
        "a times the larger of x and y",
        lambda x, y, a, _b: a * np.maximum(x, y),
        "map_is_interaction",
    ),
)


def _surface(shape: _Shape, a: float, b: float) -> Surface:
    side = pd.Index(np.linspace(-1, 1, 15))
    x, y = np.meshgrid(side, side)
    return Surface(pd.DataFrame(shape.formula(x, y, a, b), side.rename("y"), side.rename("x")))


def _corners(surface: Surface) -> str:
    numbers = surface.values.to_numpy()
    corners = {
        "bottom left": numbers[0, 0],
        "bottom right": numbers[0, -1],
        "top left": numbers[-1, 0],
        "top right": numbers[-1, -1],
    }
    return ", ".join(f"{name} {number_text(float(value), 1)}" for name, value in corners.items())


@kind
def which_map_is_the_odd_one(generator: np.random.Generator) -> Exercise:
    """Which of three maps interacts, or is a sum."""
    wants_a_sum = bool(generator.random() < 0.5)
    few, many = (_SUMS, _NO_SUMS) if wants_a_sum else (_NO_SUMS, _SUMS)
    others = generator.choice(len(many), 2, replace=False)
    shapes = [few[generator.integers(len(few))], *(many[place] for place in others)]
    shapes = [shapes[place] for place in generator.permutation(3)]
    sizes = generator.uniform(1, 3, (3, 2)) * generator.choice([-1, 1], (3, 2))
    surfaces = [_surface(shape, *size) for shape, size in zip(shapes, sizes.tolist(), strict=True)]
    letters = "ABC"
    asked = "a sum of an effect of x and an effect of y" if wants_a_sum else "no sum of two effects"
    return ChooseOne(
        question=f"Three maps over x and y. One of them is {asked}. Which?",
        figures=tuple(
            Heatmap(
                labelled(surface.values[::-1]),
                limits=None,
                colours="viridis",
                decimals=None,
                title=letter,
                scale="outcome",
            )
            for letter, surface in zip(letters, surfaces, strict=True)
        ),
        description=" ".join(
            f"Map {letter}, its corners: {_corners(surface)}."
            for letter, surface in zip(letters, surfaces, strict=True)
        ),
        choices=[
            Reply(
                text=f"Map {letter}",
                feedback=f"Map {letter} is {shape.text}, and {surface.interaction_share:.0%} of "
                "its variance "
                "is interaction: "
                + (
                    "a step to the right does the same in every row."
                    if shape in _SUMS
                    else "what a step to the right does depends on the row."
                ),
                right=shape in few,
                misconception=None if shape in few else shape.belief,
                holds=(surface.interaction_share < 1e-9) == (shape in _SUMS)
                and (shape in _SUMS or surface.interaction_share > 0.1),
            )
            for letter, shape, surface in zip(letters, shapes, surfaces, strict=True)
        ],
    )


class _Split(NamedTuple):
    """A table to be halved by two of its columns."""

    table: str
    rows: str
    outcome: str
    first: str
    second: str
    decimals: int = 1


_SPLITS = (
    _Split("airquality", "days", "Ozone", "Temp", "Wind"),
    _Split("mtcars", "cars", "mpg", "wt", "qsec"),
    _Split("diabetes", "patients", "progression", "bmi", "s5", 0),
    _Split("un", "countries", "infantMortality", "fertility", "pctUrban"),
    _Split("quakes", "earthquakes", "stations", "mag", "depth"),
)


@cache
def _complete(split: _Split) -> pd.DataFrame:
    return table(split.table)[[split.outcome, split.first, split.second]].dropna()


class _Quarters(NamedTuple):
    split: _Split
    limits: tuple[float, float]
    means: pd.DataFrame


def _quarters(generator: np.random.Generator) -> _Quarters | None:
    split = _SPLITS[generator.integers(len(_SPLITS))]
    data = _complete(split)
    limits = [float(data[name].quantile(generator.uniform(0.4, 0.6))) for name in split[3:5]]
    low, high = (round(limit, 1) for limit in limits)
    is_high = [data[split.first] > low, data[split.second] > high]
    groups = [
        [data[split.outcome][(is_high[0] == one) & (is_high[1] == two)] for two in (False, True)]
        for one in (False, True)
    ]
    if min(len(group) for row in groups for group in row) < 5:
        return None
    means = pd.DataFrame(
        [[round(float(group.mean()), split.decimals) for group in row] for row in groups],
        [f"low {split.first}", f"high {split.first}"],
        [f"low {split.second}", f"high {split.second}"],
    )
    numbers = means.to_numpy()
    apart = numbers[1, 1] - numbers[1, 0] - numbers[0, 1] + numbers[0, 0]
    return _Quarters(split, (low, high), means) if abs(apart) > 0.1 * np.ptp(numbers) else None


@kind(transfer=True)
def difference_of_differences(generator: np.random.Generator) -> Exercise:
    """How much an effect differs from one half of a table to the other."""
    split, limits, means = fair(lambda: _quarters(generator))
    numbers = means.to_numpy()
    low, high = (float(row[1] - row[0]) for row in numbers)
    right = round(high - low, split.decimals)
    units = 10.0**-split.decimals

    def text(value: float) -> str:
        return number_text(value, split.decimals)

    worked = (
        f"From low to high `{split.second}` the mean moves by {text(high)} where "
        f"`{split.first}` is high, and by {text(low)} where it is low. "
        f"{text(high)} less {text(low)} is {text(right)}"
    )
    reach = float(np.ceil(4 * np.abs(numbers).max()))
    return TypeNumber(
        question=f"Mean `{split.outcome}` of {split.rows}, halved at `{split.first}` "
        f"{limits[0]:g} and `{split.second}` {limits[1]:g}. How far does high `{split.second}` "
        f"move the mean where `{split.first}` is high, less how far it does where "
        f"`{split.first}` is low?",
        figures=(_painted(means, split.outcome, split.decimals),),
        description=f"A map of the mean {split.outcome}. {_read_out(means, split.decimals)}.",
        value=right,
        tolerance=units / 2,
        low=-reach,
        high=reach,
        decimals=split.decimals,
        feedback=f"{worked}. A sum of two effects would have zero.",
        holds=abs(right) > 0,
        bands=bands(
            right,
            reach,
            {
                0: Slip(f"Zero would be a sum of two effects. {worked}.", "adds_up_anywhere"),
                high: Slip(
                    f"That is one of the two differences, and holds the effect of `{split.second}` "
                    f"itself. {worked}.",
                    "map_is_interaction",
                ),
                low: Slip(
                    f"That is one of the two differences, and holds the effect of `{split.second}` "
                    f"itself. {worked}.",
                    "map_is_interaction",
                ),
                -right: Slip(f"The other way round. {worked}.", "minus_is_weak"),
                float(numbers[1, 1] - numbers[0, 0]): Slip(
                    f"That goes from one corner of the map to the other. {worked}.",
                    "map_is_interaction",
                ),
            },
            Slip(
                f"That is too low. Two cells beside each other catch the eye, and this takes all "
                f"four. {worked}.",
                "map_is_interaction",
            ),
            Slip(
                f"That is too high. Two cells catch the eye, and the other two have a say as well. "
                f"{worked}.",
                "map_is_interaction",
            ),
            low=-reach,
            near=0.4 * units,
        ),
    )


_SCENES = (
    ("recover", "the drug", "the elderly"),
    ("germinate", "watering", "old seeds"),
    ("pass the test", "practice", "beginners"),
    ("answer the letter", "a stamp", "strangers"),
)
_PROBABILITY, _LOG_ODDS = "In probability", "In log-odds"
_NEITHER = "On neither of the two scales"


def _four_shares(generator: np.random.Generator) -> tuple[str, Floats] | None:
    """Two rows, two columns; on which scale they add up, and clearly not on the other."""
    case = str(generator.choice([_PROBABILITY, _LOG_ODDS, _NEITHER]))
    if case == _LOG_ODDS:
        base, first, second = generator.choice([0.125, 0.25, 0.5, 1, 2, 4, 8], 3)
        odds = base * np.array([[1, first], [second, first * second]])
        shares = odds / (1 + odds)
    else:
        shares = generator.integers(1, 20, (2, 2)) / 20
        if case == _PROBABILITY:
            shares[1, 1] = shares[1, 0] + shares[0, 1] - shares[0, 0]
    rows = np.diff(shares, axis=1).ravel()
    if shares.min() < 0.05 or shares.max() > 0.95 or rows.min() < 0.04:
        return None
    ratios = _odds_ratios(shares)
    additive = abs(rows[0] - rows[1]) < 1e-9
    far_apart = abs(rows[0] - rows[1]) > 0.1
    ratio = ratios.max() / ratios.min()
    fits = {
        _PROBABILITY: additive and ratio > 1.6 and rows.min() > 0.1,
        _LOG_ODDS: ratio < 1 + 1e-9 and far_apart,
        _NEITHER: far_apart and ratio > 1.6,
    }[case]
    return (case, shares) if fits else None


def _odds_ratios(shares: Floats) -> Floats:
    odds = shares / (1 - shares)
    ratios: Floats = odds[:, 1] / odds[:, 0]
    return ratios


@kind(transfer=True)
def on_which_scale(generator: np.random.Generator) -> Exercise:
    """On which scale two effects add up."""
    case, shares = fair(lambda: _four_shares(generator))
    does, cause, who = _SCENES[generator.integers(len(_SCENES))]
    rows, ratios = np.diff(100 * shares, axis=1).ravel(), _odds_ratios(shares)
    values = pd.DataFrame(100 * shares, ["others", who], [f"without {cause}", f"with {cause}"])
    odds = shares / (1 - shares)
    points = f"{number_text(rows[0], 0)} and {number_text(rows[1], 0)} percentage points"
    times = f"{ratios[0]:.2f} and {ratios[1]:.2f}"
    moves = f"with {cause} the share moves by {points}"
    factors = f"the odds are multiplied by {times}"
    said = {
        _PROBABILITY: {
            _PROBABILITY: f"Just so: {moves}. In log-odds it is not alike: {factors}.",
            _LOG_ODDS: "A classifier adds up log-odds, and so may seem to have the right scale. "
            f"But {factors}, and {moves}.",
            _NEITHER: f"In log-odds it is not alike: {factors}. But one scale is enough: {moves}.",
        },
        _LOG_ODDS: {
            _PROBABILITY: f"The map is in per cent, and so invites it. But {moves}, and {factors}.",
            _LOG_ODDS: f"Just so: {factors}, and the same factor is the same step in log-odds. In "
            f"probability it is not alike: {moves}.",
            _NEITHER: f"In probability it is not alike: {moves}. But one scale is enough: "
            f"{factors}, and the same factor is the same step in log-odds.",
        },
        _NEITHER: {
            _PROBABILITY: f"The map is in per cent, and so invites it. But {moves}.",
            _LOG_ODDS: "What interacts in probability is often a sum in log-odds. Here it is not: "
            f"{factors}.",
            _NEITHER: f"Just so: {moves}, and {factors}. Neither pair is alike.",
        },
    }[case]
    beliefs = {
        _PROBABILITY: "adds_up_anywhere",
        _LOG_ODDS: "interaction_is_only_scale",
        _NEITHER: "every_model_interacts",
    }
    return ChooseOne(
        question=f"The map has the per cent who {does}. The odds are {odds[0, 0]:.2f} and "
        f"{odds[0, 1]:.2f} for the others, {odds[1, 0]:.2f} and {odds[1, 1]:.2f} for {who}. On "
        f"which scale does {cause} do the same for both, so that nothing is left to interaction?",
        figures=(
            Heatmap(values, (0, 100), colours="viridis", decimals=0, scale="%", title="Per cent"),
        ),
        description=f"A map of per cent. {_read_out(values)}.",
        choices=[
            Reply(
                text=text,
                feedback=feedback,
                right=text == case,
                misconception=None if text == case else beliefs[text],
                holds=(abs(rows[0] - rows[1]) < 1e-6) == (case == _PROBABILITY)
                and (abs(ratios[0] / ratios[1] - 1) < 1e-6) == (case == _LOG_ODDS),
            )
            for text, feedback in said.items()
        ],
    )


@kind
def share_of_a_map(generator: np.random.Generator) -> Exercise:
    """Which share of a map's variance is interaction."""
    rows, columns, left = generator.permutation([1, 2, 3, 4, 5, 6, 7, 8])[:3].tolist()
    sides = np.array([[-1, 1]])
    numbers = 50 + rows * sides.T + columns * sides + left * sides.T @ sides
    outcome, first, second = _FIELDS[generator.integers(len(_FIELDS))]
    values = _framed(numbers.astype(np.float64), first, second)
    right = 100 * Surface(values).interaction_share
    total = rows**2 + columns**2 + left**2
    worked = f"{left}² / ({rows}² + {columns}² + {left}²) = {left**2} / {total} = {right:.0f}%"
    return TypeNumber(
        question=f"From the mean of this map the rows are {rows} away, down or up, and the columns "
        f"{columns}. Without both, {left} is left in each cell, plus or minus. Which share of the "
        "map's variance is interaction?",
        figures=(_painted(values, outcome),),
        description=f"A map of the mean {outcome}. {_read_out(values)}.",
        value=right,
        tolerance=1,
        low=0,
        high=100,
        unit="%",
        feedback=f"A variance adds up squares: {worked}.",
        holds=abs(right - 100 * left**2 / total) < 1e-9,
        bands=bands(
            right,
            101,
            {
                100: Slip(
                    f"The map shows all three, and the interaction is one of them: {worked}.",
                    "map_is_interaction",
                ),
                100 * left / (rows + columns + left): Slip(
                    f"That is the share of the distances. A variance adds up their squares: "
                    f"{worked}.",
                    "map_is_interaction",
                ),
                100 / 3: Slip(
                    f"There are three parts, and they are not alike: {worked}.",
                    "map_is_interaction",
                ),
            },
            Slip(
                f"{{said}}% is too little. What is left counts in every cell, and by its square: "
                f"{worked}.",
                "map_is_interaction",
            ),
            Slip(
                f"{{said}}% is too much. Rows and columns have squares as well: {worked}.",
                "map_is_interaction",
            ),
            near=1,
        ),
    )
