"""Exercises on what is compared with what, which colours it gets, and which map it makes."""

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.practising import Slip, apart, bands, cell, fair, measurements, one_of
from lessons.tables import table
from lib.charts import Heatmap, below_diagonal, minus_signs, number_text
from lib.course import ChooseOne, ClickCell, Exercise, Reply, TwoTier, TypeNumber, kind


@kind
def unusual_for_its_row(generator: np.random.Generator) -> Exercise:
    """A z-score by head, against the row that the question is about."""
    rows, row, columns, column = one_of(
        generator,
        (
            ("shops", "shop", "months", "month"),
            ("genes", "gene", "patients", "patient"),
            ("stations", "station", "days", "day"),
        ),
    )

    def draw() -> tuple[int, int, int, int, int]:
        mean, deviation, other_mean, other_deviation = map(
            int, generator.integers([20, 2, 20, 5], [60, 7, 60, 16])
        )
        z = int(generator.choice([-3, -2, -1, 1, 2, 3]))
        return mean, deviation, other_mean, other_deviation, z

    def is_fair(drawn: tuple[int, int, int, int, int]) -> bool:
        mean, deviation, other_mean, other_deviation, z = drawn
        value = mean + z * deviation
        other = (value - other_mean) / other_deviation
        return value > 0 and abs(other - z) > 0.5 and other * z < 0

    mean, deviation, other_mean, other_deviation, z = fair(draw, is_fair)
    value = mean + z * deviation
    other = round((value - other_mean) / other_deviation, 1)
    how = f"({value} − {mean}) / {deviation} is {number_text(z, 0)}"
    miss = Slip(
        f"The value less the mean of its {row}, divided by the deviation of its {row}: {how}.",
        "either_axis_will_do",
    )
    return TypeNumber(
        question=f"Rows are {rows}, columns are {columns}. A cell holds {value}. Its row has the "
        f"mean {mean} and the standard deviation {deviation}, its column {other_mean} and "
        f"{other_deviation}. You ask which {columns} were unusual for a {row}. "
        f"Which z-score does the cell get?",
        value=z,
        tolerance=0.05,
        low=-30,
        high=30,
        decimals=1,
        feedback=f"Each {row} against itself: {how}.",
        bands=bands(
            z,
            30,
            {
                other: Slip(
                    f"That compares the {rows} of one {column} with each other, and who is high "
                    f"in every {column} stays high. Each {row} against itself: {how}.",
                    "either_axis_will_do",
                ),
                float(value - mean): Slip(
                    f"That is how far it is from the mean of its row. In deviations of its row: "
                    f"{how}.",
                    "any_normaliser_will_do",
                ),
            },
            miss,
            miss,
            low=-30,
        ),
    )


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def _temperatures() -> pd.DataFrame:
    """Years by months."""
    readings = table("nottingham")["temperature"]
    years = readings.index.astype(str).str[:4].unique().rename("year")
    return pd.DataFrame(readings.to_numpy().reshape(len(years), -1), years, list(_MONTHS))


@kind(transfer=True)
def unusual_for_its_month(generator: np.random.Generator) -> Exercise:
    """Finding what was unusual on a map that is ruled by the seasons."""
    whole = _temperatures()

    def draw() -> pd.DataFrame:
        years = np.sort(generator.choice(len(whole), 6, replace=False))
        begin = int(generator.integers(8))
        return whole.iloc[years, begin : begin + 5]

    def is_fair(drawn: pd.DataFrame) -> bool:
        values = drawn.to_numpy()
        away = np.abs(values - values.mean(axis=0))
        second, first = np.sort(away, axis=None)[-2:]
        return bool(
            first > 1.2 * second and away.argmax() not in {values.argmax(), values.argmin()}
        )

    drawn = fair(draw, is_fair)
    means = {str(month): float(mean) for month, mean in drawn.mean().items()}
    values = {
        (str(year), str(month)): float(value)
        for month, readings in drawn.items()
        for year, value in readings.items()
    }
    away = {cell: abs(value - means[cell[1]]) for cell, value in values.items()}
    best = max(away, key=lambda cell: away[cell])
    largest, smallest = max(values.values()), min(values.values())

    def told(cell: tuple[str, str]) -> str:
        return f"{values[cell]:.1f}, where {cell[1]} has a mean of {means[cell[1]]:.1f}"

    def reply(year: str, month: str) -> Reply:
        cell = year, month
        text = f"{month} {year}"
        if cell == best:
            return Reply(
                text=text,
                feedback=f"{told(cell)}: {away[cell]:.1f} degrees away, more than anything else "
                "here.",
                right=True,
            )
        extreme = values[cell] in (largest, smallest)
        lead = (
            f"The {'largest' if values[cell] == largest else 'smallest'} number says first of all "
            "which month it is: "
            if extreme
            else ""
        )
        return Reply(
            text=text,
            feedback=f"{lead}{told(cell)}. {best[1]} {best[0]} had {told(best)}: compare each cell "
            "with its own column.",
            misconception="most_is_best" if extreme else "either_axis_will_do",
            holds=away[cell] < away[best],
        )

    chart = Heatmap(
        drawn,
        (smallest, largest),
        colours="viridis",
        decimals=1,
        scale="degrees",
        title="Mean temperature at Nottingham, in °F",
    )
    words = "; ".join(
        f"{row}: " + ", ".join(f"{column} {value:.1f}" for column, value in each.items())
        for row, each in drawn.iterrows()
    )
    return ClickCell(
        question="Years by months. Which cell was most unusual for its month: farthest, in "
        "degrees, from the mean of that month in these six years?",
        figures=[chart],
        description=f"A map of temperatures. {words}.",
        chart=chart,
        cells=list(values),
        reply=reply,
    )


@kind
def same_colour_of_two_rows(generator: np.random.Generator) -> Exercise:
    """What one colour means in two rows that were standardised."""
    first, second = (str(name) for name in generator.permutation(["Ada", "Bix", "Cox", "Dok"])[:2])
    z = round(float(generator.uniform(1.5, 2.8)), 1)
    deviations = fair(
        lambda: [round(float(each), 1) for each in generator.uniform(0.1, 2.0, 2)],
        lambda drawn: apart(drawn, 2.0),
    )
    is_alike = bool(generator.random() < 0.3)
    if is_alike:
        deviations = [deviations[0]] * 2
    changes = [z * deviation for deviation in deviations]
    larger = int(changes[1] > changes[0])
    wants_far = bool(generator.integers(2))
    right = larger if wants_far else 1 - larger
    names = (first, second)
    both = f"{z} × {deviations[0]} = {changes[0]:.2f} for {first}, and {z} × {deviations[1]} = "
    both += f"{changes[1]:.2f} for {second}"
    # Loud is another matter: the means are drawn by themselves.
    means = [round(float(each), 1) for each in generator.uniform(2, 12, 2)]
    story = (
        "A map of genes by patients, each gene standardised over the patients. In one patient "
        f"the genes {first} and {second} both have a z-score of {z}, and so the same red. {first} "
        f"has a mean of {means[0]} and a standard deviation of {deviations[0]}, {second} of "
        f"{means[1]} and {deviations[1]}. Which of them is "
        f"{'farther above' if wants_far else 'nearer to'} its own mean, in"
    )
    if not is_alike and generator.random() < 0.3:
        return _in_deviations(story, names, z, deviations, both)
    question = f"{story} the units of the measurement?"
    choices = [
        Reply(
            text=name,
            feedback=f"With a deviation of its own it might be. But {both}: {name} moves as far as "
            "the other."
            if is_alike
            else f"{both}."
            if place == right
            else f"{names[right]} is {'farther' if wants_far else 'nearer'}: {both}. A row that "
            "hardly varies gets as much colour "
            "as one that does.",
            right=place == right and not is_alike,
            misconception=None if place == right and not is_alike else "colour_shows_patients",
            holds=is_alike
            or (changes[place] > changes[1 - place]) == ((place == right) == wants_far),
        )
        for place, name in enumerate(names)
    ]
    alike = Reply(
        text=_ALIKE,
        feedback=f"As far in deviations, {z} of them"
        + (f", and in units as well: {both}." if is_alike else f". In units: {both}."),
        right=is_alike,
        misconception=None if is_alike else "colour_shows_patients",
        holds=(max(changes) < 1.9 * min(changes)) == is_alike,
    )
    return TwoTier(
        question=question,
        first=ChooseOne(question=question, choices=[*choices, alike]),
        why=ChooseOne(
            question="Why?",
            choices=[
                *(
                    Reply(
                        text=f"its standard deviation is {'larger' if is_larger else 'smaller'}",
                        feedback=f"{'Larger' if is_larger else 'Smaller'} than the other it is "
                        f"not: both have {deviations[0]}."
                        if is_alike
                        else f"{deviations[right]} against {deviations[1 - right]}, and a "
                        "z-score counts deviations. That is the price of standardised rows."
                        if is_larger == wants_far
                        else f"The one that is {'farther' if wants_far else 'nearer'} has "
                        f"{deviations[right]}, the other one {deviations[1 - right]}.",
                        right=is_larger == wants_far and not is_alike,
                        misconception=None
                        if is_larger == wants_far and not is_alike
                        else "colour_shows_patients",
                        holds=is_alike or (deviations[right] > deviations[1 - right]) == wants_far,
                    )
                    for is_larger in (True, False)
                ),
                Reply(
                    text=_SAME_DEVIATIONS,
                    feedback=f"Both have {deviations[0]}, and a z-score counts deviations."
                    if is_alike
                    else f"They differ: {deviations[0]} for {first}, {deviations[1]} for {second}.",
                    right=is_alike,
                    misconception=None if is_alike else "colour_shows_patients",
                ),
                Reply(
                    text=f"its mean is {'larger' if wants_far else 'smaller'}, and so is the step",
                    feedback=f"The means, {means[0]} and {means[1]}, were subtracted from both "
                    "before the map was painted. Only the deviations are left to tell.",
                    misconception="loudness_is_all",
                ),
                Reply(
                    text=_ONE_COLOUR,
                    feedback=f"One colour is one z-score, {z}. That it is {changes[0]:.2f} in both "
                    "rows comes from their deviations: another row may have others."
                    if is_alike
                    else f"One colour is one z-score, {z}. What that is in units, "
                    f"{changes[0]:.2f} or {changes[1]:.2f}, differs from row to row.",
                    misconception="colour_shows_patients",
                ),
            ],
        ),
    )


_ALIKE, _SAME_DEVIATIONS, _ONE_COLOUR = (
    "both alike",
    "their standard deviations are the same",
    "one colour is one z-score on the whole map",
)


def _in_deviations(
    story: str, names: tuple[str, str], z: float, deviations: list[float], both: str
) -> Exercise:
    """The same two rows, asked for what the map does show."""
    question = f"{story} standard deviations of its own?"
    differ = f"They are {deviations[0]} for {names[0]} and {deviations[1]} for {names[1]}"
    return TwoTier(
        question=question,
        first=ChooseOne(
            question=question,
            choices=[
                *(
                    Reply(
                        text=name,
                        feedback=f"In units {name} is another matter: {both}. In deviations of "
                        f"their own both are {z} above.",
                        misconception="colour_shows_patients",
                    )
                    for name in names
                ),
                Reply(
                    text=_ALIKE,
                    feedback=f"A z-score counts deviations of its own row, and both have {z}.",
                    right=True,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text=_SAME_DEVIATIONS,
                    feedback=f"{differ}. In deviations it does not matter how large they are.",
                    misconception="colour_shows_patients",
                    holds=deviations[0] != deviations[1],
                ),
                Reply(
                    text="their means are the same",
                    feedback="They are not, and each was subtracted before the map was painted.",
                    misconception="loudness_is_all",
                ),
                Reply(
                    text=_ONE_COLOUR,
                    feedback=f"Each row was divided by its own deviation, so that one red is {z} "
                    "of them in every row.",
                    right=True,
                ),
            ],
        ),
    )


@kind
def pairs_below_the_colours(generator: np.random.Generator) -> Exercise:
    """What limits that begin too high do to a map of correlations."""
    begin = one_of(generator, (0.0, 0.0, -0.2, 0.2))

    def is_fair(r: pd.DataFrame) -> bool:
        pairs = below_diagonal(r)
        lost = int((pairs < begin).sum())
        return bool(
            np.abs(pairs - begin).min() > 0.006 and 0 < lost < len(pairs) and lost != len(pairs) / 2
        )

    drawn = fair(lambda: measurements(generator, 4), lambda drawn: is_fair(drawn.data.corr()))
    r = drawn.data.corr()
    pairs = below_diagonal(r)
    value, count = int((pairs < begin).sum()), len(pairs)
    least = float(pairs.min())
    end = minus_signs(f"{begin:g}")
    how = f"{value} of {count} pairs are below {end}, down to {number_text(least)}"
    few = Slip(f"{how}. The sign counts here, not the strength.",
               "correlation_has_one_end")  # fmt: skip
    many = Slip(f"{how}. The others lie within the colours.", "correlation_has_one_end")
    title = f"{len(drawn.data)} {drawn.rows}"
    told = ", ".join(f"{x} and {y} {number_text(cell(r, x, y))}" for x, y in drawn.pairs)
    return TypeNumber(
        question=f"{title}. Somebody paints these numbers with `vmin={begin:g}, vmax=1`. How many "
        f"pairs get the colour of {end}, though they are below it?",
        figures=[Heatmap.lower(r, title=f"Pearson's r, {title}")],
        description=f"A map of all pairs: {told}.",
        value=value,
        tolerance=0,
        low=0,
        high=50,
        unit="pairs",
        feedback=f"{how}. With `vmin=-1` each has a colour of its own.",
        bands=bands(
            value,
            50,
            {
                count - value: Slip(
                    f"So many keep a colour of their own. {how}.", "correlation_has_one_end"
                ),
                2 * value: Slip(
                    f"Twice as many: the whole matrix has each pair twice. {how}.",
                    "correlation_has_one_end",
                ),
            },
            few,
            many,
        ),
    )


class _Numbers(NamedTuple):
    """What a map is of, where its numbers lie, and where its neutral value is, if it has one."""

    what: str
    low: float
    high: float
    middle: float | None


def _numbers(generator: np.random.Generator) -> _Numbers:
    least, most = (round(float(each), 1) for each in generator.uniform([1.2, 2.5], [2.4, 4.5]))
    if generator.integers(2):
        least, most = most, least
    usual = int(generator.integers(3, 12))
    top = int(generator.integers(40, 900))
    return one_of(
        generator,
        (
            _Numbers("how many storks nest in each square of a map", 0, top, None),
            _Numbers("how many calls come in by day and hour", 0, top, None),
            _Numbers("temperatures of a greenhouse by day and hour, in degrees Celsius", 4 + usual,
                     20 + 2 * usual, None),
            _Numbers("the year in which the oldest house was built, by block of a town",
                     1850 + usual, 1990 + usual, None),
            _Numbers("z-scores of blood values of athletes", -least, most, 0),
            _Numbers("how far each count is from what the margins expect, in standard errors",
                     -least, most, 0),
            _Numbers("this year's temperature less the mean of thirty years", -least, most, 0),
            _Numbers(f"the share of rejects by machine and hour, in percent. {usual}% are usual, "
                     "and the question is who has more and who has less", 0, 3 * usual + 4, usual),
            _Numbers(f"waiting times by ward and day, in minutes. {4 * usual} minutes were "
                     "promised, and the question is who is above and who below",
                     usual, 11 * usual, 4 * usual),
        ),
    )  # fmt: skip


_FROM_ZERO = "sequential, from zero"
_HALFWAY = "diverging, neutral halfway between the least value and the largest"


_FROM_LEAST = "sequential, from the least value to the largest"


def _colours_of_measurements(low: float, high: float) -> list[Reply]:
    """Where neither zero nor any other number is one to compare with."""
    ends, halfway = f"{low:g} to {high:g}", (low + high) / 2
    return [
        Reply(
            text=_FROM_LEAST,
            feedback=f"No number among them is one to compare with, and zero is not there. From "
            f"{ends} every colour is used.",
            right=True,
            holds=low > 0,
        ),
        Reply(
            text=_FROM_ZERO,
            feedback=f"Zero is not the least there is here: the colours from 0 to {low:g} would "
            "be left unused, and what differs would look alike.",
            misconception="any_colours_will_do",
            holds=low > 0,
        ),
        Reply(
            text=_HALFWAY,
            feedback=f"Halfway from {ends} lies {halfway:.4g}, and nothing in particular happens "
            "there.",
            misconception="pale_means_zero",
        ),
        Reply(
            text="diverging, neutral at zero",
            feedback=f"All of them, {ends}, lie on one side of zero: one of the two arms would "
            "never be seen.",
            misconception="any_colours_will_do",
            holds=low > 0,
        ),
    ]


def _colours_of_counts(high: float) -> list[Reply]:
    border = max(1, round(high / 10))
    return [
        Reply(
            text=_FROM_ZERO,
            feedback=f"A count has one end, zero, and no opposite. From there it goes to {high:g}.",
            right=True,
        ),
        Reply(
            text=_HALFWAY,
            feedback=f"Halfway from 0 to {high:g} lies {high / 2:g}, and nothing in particular "
            "happens there.",
            misconception="pale_means_zero",
        ),
        Reply(
            text=f"diverging, neutral at {border}",
            feedback=f"Then {border} looks like the border of two opposites. A count of {border} "
            f"is only more than none and less than {high:g}.",
            misconception="any_colours_will_do",
        ),
    ]


def _colours_about(middle: float, low: float, high: float) -> list[Reply]:
    lowest, halfway = minus_signs(f"{low:g}"), (low + high) / 2
    ends = f"{lowest} to {high:g}"
    return [
        Reply(
            text=f"diverging, neutral at {middle:g}",
            feedback=f"The values run from {ends}, and {middle:g} is what they are compared with: "
            "more has one colour, less the other.",
            right=True,
        ),
        Reply(
            text=_HALFWAY,
            feedback=f"Halfway from {ends} lies {minus_signs(f'{halfway:.4g}')}. Neutral should be "
            f"{middle:g}.",
            misconception="pale_means_zero",
            holds=abs(halfway - middle) > 0.04,
        ),
        Reply(
            text=_FROM_ZERO,
            feedback=f"Then all that lies below zero, down to {lowest}, has the colour of zero."
            if low < 0
            else f"Then {middle:g}, which everything is compared with, is a colour like any other.",
            misconception="any_colours_will_do",
        ),
        Reply(
            text=_FROM_LEAST,
            feedback=f"From {ends} the colour only says how much. Where {middle:g} lies, the eye "
            "cannot tell.",
            misconception="any_colours_will_do",
        ),
    ]


@kind(transfer=True)
def colours_for_these_numbers(generator: np.random.Generator) -> Exercise:
    """Which colours and which middle fit what is shown."""
    what, low, high, middle = _numbers(generator)
    if middle is not None:
        choices = _colours_about(middle, low, high)
    else:
        choices = _colours_of_measurements(low, high) if low > 0 else _colours_of_counts(high)
    return ChooseOne(
        question=f"A map shows {what}. Its numbers run from {minus_signs(f'{low:g}')} to {high:g}. "
        "Which colours fit?",
        choices=choices,
    )


class _Case(NamedTuple):
    """A case, what is to be done with its numbers, and what is said to other things."""

    question: str
    right: tuple[str, str]
    wrong: tuple[tuple[str, str, str], ...]


def _case(generator: np.random.Generator) -> _Case:
    times = int(generator.integers(4, 30))
    many = 20 * int(generator.integers(5, 30))
    part = int(generator.integers(3, 10))
    rare = int(generator.integers(2, 6))
    cells = int(generator.integers(20, 60)) * 10
    return one_of(
        generator,
        (
            _Case(
                "Books brought back too late, by branch of a library and weekday. The largest "
                f"branch lends {times} times as many books as the smallest. Where are readers "
                "most often late?",
                ("Divide each cell by the books that were lent there",
                 f"A share of a whole. At one and the same share of late books the largest branch "
                 f"would have {times} times as many of them."),
                (("Colour the number of late books",
                  f"With {times} times as many books lent, it has {times} times as many late ones "
                  "at the same share. The map would show the crowd.", "most_is_best"),
                 ("Correlate the branches with the weekdays",
                  "One number for the whole map, and names are no numbers. Asked is for a share "
                  "in every cell.", "correlation_answers_all"),
                 ("Standardise each weekday, so that its branches compare",
                  f"At one and the same share of late books, the branch with {times} times the "
                  "books stays ahead on every weekday.",
                  "either_axis_will_do")),
            ),
            _Case(
                f"A model calls {many} mushrooms deadly or harmless; {rare} in a hundred are "
                "deadly. Rows are the truth, columns are what it said. How many of the deadly ones "
                "does it overlook?",
                ("Divide each cell by the sum of its row",
                 f"The row of the deadly ones holds about {many * rare / 100:.0f}. Its shares say "
                 "how many were found, and how many were not."),
                (("Divide each cell by the sum of its column",
                  "The column says how far the word deadly is to be believed. Those that were "
                  "overlooked stand in the other column.", "rows_are_columns"),
                 ("Give the accuracy",
                  f"To call everything harmless is right for about {100 - rare}%, and overlooks "
                  "all.", "accuracy_is_enough"),
                 ("Colour the counts",
                  f"{rare} in a hundred are at the low end of the colours, found or overlooked.",
                  "brightest_is_worst")),
            ),
            _Case(
                f"Bites of ticks on a map, in squares of one area. In one square, twice as many "
                f"hikers were asked as in most, and it has {part} times as many bites. How "
                "dangerous is a walk there, beside other squares?",
                ("Divide the bites by the hikers asked there",
                 f"{part} times the bites of twice the hikers is {part / 2:g} times the risk."),
                (("Colour the bites",
                  f"That would say {part} times. Twice as many walk there, so the risk of one is "
                  f"{part / 2:g} times.", "most_is_best"),
                 ("Divide the bites by the area of each square",
                  f"All squares have one area, so it still says {part} times, and not "
                  f"{part / 2:g}.", "any_normaliser_will_do"),
                 ("Take smaller squares",
                  "Other squares move the hottest place, and none of them knows how many hikers "
                  f"there were. The risk is {part / 2:g} times.", "grid_is_given")),
            ),
            _Case(
                f"Pupils by school and by grade, {cells} cells. In which cells does a grade occur "
                "more often than it would if schools did not differ?",
                ("Compare each count with what both margins expect",
                 f"That is a residual. Of {cells} cells alike some "
                 f"{cells * 0.05:.0f} would still pass a test at 5% each, so adjust."),
                (("Colour the counts",
                  "A large school and a common grade meet in a large count, whether they have to "
                  "do with each other or not.", "most_is_best"),
                 ("Divide by the sum of the row alone",
                  "Shares of a school allow for its size, and not for how common a grade is "
                  "everywhere.", "any_normaliser_will_do"),
                 ("Mark each cell whose own p is below 5%",
                  f"Were all schools alike, some {cells * 0.05:.0f} of {cells} cells would still "
                  "be marked.", "cells_are_no_tests")),
            ),
            _Case(
                f"Rents of {part + 3} towns in {times + 6} years. One town is {part} times as dear "
                "as another. In which years was a town unusual, beside its own other years?",
                ("Subtract each town's mean, and divide by its deviation",
                 f"Each town against itself. That one is {part} times as dear has then no colour."),
                (("Colour the rents",
                  f"A town {part} times as dear has {part} times the number, in usual years and "
                  "in unusual ones. The map says which town it is.", "colour_shows_patients"),
                 ("Subtract each year's mean, and divide by its deviation",
                  f"That compares the towns of one year. The one that is {part} times as dear "
                  "stays above the other.", "either_axis_will_do"),
                 ("Correlate the towns with each other",
                  "That says which towns move alike, one number for two towns. Asked is for "
                  "years.", "correlation_answers_all")),
            ),
        ),
    )  # fmt: skip


@kind(transfer=True)
def what_is_to_be_done(generator: np.random.Generator) -> Exercise:
    """Finding the recipe for a case of one's own."""
    case = _case(generator)
    text, feedback = case.right
    return ChooseOne(
        question=f"{case.question} What is to be done?",
        choices=[
            Reply(text=text, feedback=feedback, right=True),
            *(
                Reply(text=text, feedback=feedback, misconception=misconception)
                for text, feedback, misconception in case.wrong
            ),
        ],
    )
