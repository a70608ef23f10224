"""What is left of a link in changes, what made r of strangers, and what overlap does to p."""

from functools import cache

import numpy as np
import pandas as pd

from lessons.practising import Slip, ranges
from lessons.tables import table
from lessons.time_series.changes import YEAR, Floats
from lessons.time_series.practice.starred import LEVEL, told
from lessons.time_series.tables import NAMES, changes, levels
from lib.charts import Lines, number_text
from lib.course import ChooseOne, Exercise, Reply, TwoTier, TypeNumber, kind
from lib.stats import correlate_rows, critical_r, deseasonalise, detrend, random_walks


def _r(x: Floats, y: Floats) -> float:
    return float(np.corrcoef(x, y)[0, 1])


_DIES, _LIVES, _APPEARS = "dies", "lives", "appears"


def _fate(level: float, change: float, rows: int) -> str | None:
    """What differences make of a link; None where it is not clear."""
    # Well below what has a star, which is about two over the root of the rows.
    if abs(level) > 0.85 and abs(change) < 1.3 / np.sqrt(rows):
        return _DIES
    if abs(level) > 0.85 and abs(change) > 0.45 and level * change > 0:
        return _LIVES
    if abs(level) < 0.25 and abs(change) > 0.45:
        return _APPEARS
    return None


@kind
def levels_and_growth(generator: np.random.Generator) -> Exercise:
    """What r of levels and r of changes say together."""
    wanted = str(generator.choice([_DIES, _LIVES, _APPEARS]))
    level, grown = levels().loc[changes().index].to_numpy(), changes().to_numpy()
    while True:
        rows = int(generator.integers(70, 150))
        start = int(generator.integers(0, len(grown) - rows))
        one, other = generator.choice(len(NAMES), 2, replace=False)
        window = slice(start, start + rows)
        of_levels = _r(level[window, one], level[window, other])
        of_changes = _r(grown[window, one], grown[window, other])
        if _fate(of_levels, of_changes, rows) == wanted:
            break
    x, y, critical = NAMES[one], NAMES[other], critical_r(rows, LEVEL)
    year = int(table("us_macro")["year"][changes().index[start]])
    both = f"{number_text(of_levels)} in levels and {number_text(of_changes)} in changes"
    small = (
        f"{number_text(of_changes)} is what {rows} independent rows without any link may well "
        f"have: a star "
        f"would take {number_text(critical)}"
    )
    feedback = {
        _DIES: {
            _DIES: f"{both}. {small}. What the levels share is that they went the same way, or "
            "opposite ways, for years.",
            _LIVES: f"The levels say so, with {number_text(of_levels)}. But {small}.",
            _APPEARS: f"The levels go together and the changes do not: {both}.",
        },
        _LIVES: {
            _DIES: f"Differences do not kill what happens in the same quarter: {both}.",
            _LIVES: f"{both}, with one sign. A quarter in which the one changes much is one for "
            "the other, too.",
            _APPEARS: f"The levels hide nothing here: they have {number_text(of_levels)} "
            f"themselves.",
        },
        _APPEARS: {
            _DIES: f"The levels hardly share a way: {number_text(of_levels)}. The changes do "
            f"share their "
            f"quarters: {number_text(of_changes)}.",
            _LIVES: f"Over the years they do not: {number_text(of_levels)} in levels.",
            _APPEARS: f"{both}. One of the two has a long way of its own, and that covers what "
            "they share from quarter to quarter.",
        },
    }[wanted]
    texts = {
        _DIES: "They share a long way; from quarter to quarter nothing links them that could not "
        "be chance",
        _LIVES: "They go together over the years, and from quarter to quarter as well",
        _APPEARS: "They go together from quarter to quarter, and the levels hide it",
    }
    misconceptions = {
        _DIES: "strong_levels_are_links",
        _LIVES: "differencing_kills_every_link",
        _APPEARS: "weak_levels_are_no_link",
    }
    return ChooseOne(
        question=f"`{x}` and `{y}`, {rows} quarters of the American economy from {year} on. r is "
        f"{number_text(of_levels)} in levels and {number_text(of_changes)} in changes from "
        f"quarter to quarter. What "
        "do the two numbers say?",
        choices=[
            Reply(
                text=text,
                feedback=feedback[fate],
                right=fate == wanted,
                misconception=None if fate == wanted else misconceptions[wanted],
            )
            for fate, text in texts.items()
        ],
    )


_CALENDAR, _DIRECTION = "the calendar", "the direction"


@kind(transfer=True)
def made_of_what(generator: np.random.Generator) -> Exercise:
    """What makes r of two series whose rows never met."""
    made_of = str(generator.choice([_CALENDAR, _DIRECTION]))
    while True:
        x, y, words = _strangers(made_of, generator)
        if np.isnan(y).any():
            continue
        r = _r(x, y)
        without_season = _r(deseasonalise(x, YEAR), deseasonalise(y, YEAR))
        without_line = _r(detrend(x), detrend(y))
        is_calendar = r > 0.6 and abs(without_season) < 0.25 and without_line > 0.6
        is_direction = r > 0.4 and without_season > 0.8 and abs(without_line) < 0.35
        if (made_of == _CALENDAR and is_calendar) or (made_of == _DIRECTION and is_direction):
            break
    rows = len(x)
    frame = pd.DataFrame(
        {"first": (x - x.mean()) / x.std(), "second": (y - y.mean()) / y.std()},
        pd.RangeIndex(1, rows + 1, name="row"),
    )
    numbers = (
        f"With the season out of both r is {number_text(without_season)}, with the straight "
        f"lines out "
        f"{number_text(without_line)}"
    )
    right = {
        _CALENDAR: f"{numbers}: the summers stand beside summers, and that is all.",
        _DIRECTION: f"{numbers}. Both rise, and that is enough.",
    }[made_of]
    return ChooseOne(
        question=f"{words}, {rows} rows. r is {number_text(r)}. What makes it?",
        figures=[Lines(frame, title=f"Both, r = {number_text(r)}", y="standard deviations")],
        description=f"Two lines over {rows} rows, in standard deviations from their means. "
        f"{told('the first', x)} {told('the second', y)}",
        choices=[
            Reply(
                text="The calendar: both have a season",
                feedback=right
                if made_of == _CALENDAR
                else f"They do have seasons. But without them r is "
                f"{number_text(without_season)}, no "
                "smaller than before.",
                right=made_of == _CALENDAR,
                misconception=None if made_of == _CALENDAR else "one_cure_for_all",
                holds=made_of == _CALENDAR or without_season >= r,
            ),
            Reply(
                text="The direction: both go one way all the time",
                feedback=right
                if made_of == _DIRECTION
                else "There is hardly a line in them: taken out, it leaves r at "
                f"{number_text(without_line)}.",
                right=made_of == _DIRECTION,
                misconception=None if made_of == _DIRECTION else "detrending_cures_everything",
            ),
            Reply(
                text="A link between the rows that stand side by side",
                feedback=f"They lie in different years, and no row has to do with the one beside "
                f"it. {numbers}.",
                misconception="strong_levels_are_links",
            ),
        ],
    )


def _strangers(made_of: str, generator: np.random.Generator) -> tuple[Floats, Floats, str]:
    """Two series whose rows lie in different years, and what they are."""
    years = int(generator.integers(3, 8))
    if made_of == _CALENDAR:
        temperature = table("nottingham")["temperature"]
        early, late = int(generator.integers(1920, 1927)), int(generator.integers(1927, 1933))
        early = min(early, late - years)
        one, other = (
            temperature.loc[f"{year}-01" : f"{year + years - 1}-12"] for year in (early, late)
        )
        words = (
            f"The temperature at Nottingham, month by month from {early} on, and beside it the "
            f"temperature at the same place from {late} on"
        )
        return np.asarray(one, np.float64), np.asarray(other, np.float64), words
    passengers, co2 = table("air_passengers")["passengers"], table("co2")["co2"]
    early, late = int(generator.integers(1949, 1962 - years)), int(generator.integers(1965, 1994))
    one = passengers.loc[f"{early}-01" : f"{early + years - 1}-12"]
    other = co2.loc[f"{late}-01" : f"{late + years - 1}-12"]
    words = (
        f"Airline passengers, month by month from {early} on, and beside them the carbon dioxide "
        f"over Hawaii from {late} on"
    )
    return np.asarray(one, np.float64), np.asarray(other, np.float64), words


_SPANS = (
    ("days", "trading days", "the closing price"),
    ("weeks", "weeks", "the price of fuel"),
    ("months", "months", "the number of people without work"),
)


@kind(transfer=True)
def rows_without_overlap(generator: np.random.Generator) -> Exercise:
    """How many changes are left when none overlap."""
    unit, units, measured = _SPANS[int(generator.integers(len(_SPANS)))]
    span, times = int(generator.integers(3, 13)), int(generator.integers(8, 41))
    rows = span * times
    changes_, value = rows - span, times - 1
    right = (
        f"The first {span} values have nothing {span} {unit} before them: {changes_} changes. "
        f"One in {span} of these makes {value}"
    )
    return TypeNumber(
        question=f"{measured.capitalize()} over {rows} {units}, one value each. Each value is "
        f"compared with that of {span} {unit} before. How many of these changes can be kept so "
        "that no two of them overlap, if one begins with the first?",
        value=value,
        tolerance=0,
        low=0,
        high=1000,
        unit="changes",
        feedback=f"{right}.",
        bands=ranges(
            0,
            (value, Slip(f"{{said}} is too few. {right}.", "overlap_costs_everything")),
            (
                times + 0.5,
                Slip(
                    f"{{said}} would take a change for the first {span} {unit} as well, and they "
                    f"have none. {right}.",
                    "overlap_costs_nothing",
                ),
            ),
            (
                changes_ - 0.5,
                Slip(
                    f"{{said}} is more than fit without overlap. {right}.",
                    "overlap_costs_nothing",
                ),
            ),
            (
                changes_ + 0.5,
                Slip(
                    f"{{said}} are all the changes there are. Each shares {span - 1} of its {span} "
                    f"{unit} with the next. {right}.",
                    "overlap_costs_nothing",
                ),
            ),
            (
                1001,
                Slip(
                    f"{{said}} is more than the changes there are. {right}.",
                    "overlap_costs_nothing",
                ),
            ),
        ),
    )


@cache
def _starred_changes(rows: int, span: int, every: int) -> float:
    """Per cent of pairs of walks with a star, compared over a span, every so many rows."""
    walks = random_walks(2000, rows, seed=1)
    compared = (walks[:, span:] - walks[:, :-span])[:, ::every]
    _, p = correlate_rows(compared[:1000], compared[1000:])
    return float(100 * np.mean(p < LEVEL))


@kind(transfer=True)
def changes_that_overlap(generator: np.random.Generator) -> Exercise:
    """Whether changes over several days earn false stars, and why."""
    span, rows = int(generator.choice([5, 10, 20])), int(generator.choice([400, 600, 800]))
    way = str(generator.choice(["overlap", "apart", "a day"]))
    over, every = (1, 1) if way == "a day" else (span, 1 if way == "overlap" else span)
    share = _starred_changes(rows, over, every)
    count = len(range(0, rows - over, every))
    told = {
        "overlap": f"for each day is the change from {span} days before",
        "apart": f"for one day in {span} is the change from {span} days before",
        "a day": "for each day is the change from the day before",
    }[way]
    often = way == "overlap"
    said = f"Of a thousand such pairs {share:.0f} % have a star"
    question = (
        f"Two prices that are unrelated random walks, {rows} days. Written down {told}: "
        f"{count} rows. r of such a pair is tested at 5 %. How often does it have a star?"
    )
    days_shared = {
        True: f"Each change shares {span - 1} of its {span} days with the next",
        False: "No two changes have a day in common",
    }
    return TwoTier(
        question=question,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text="Much more often than in 5 % of pairs",
                    feedback=f"{said}: p counts {count} rows, and they repeat each other."
                    if often
                    else f"{said}. A walk's own steps are independent, and none of these rows "
                    "repeats another.",
                    right=often,
                    misconception=None if often else "nothing_helps_walks",
                    holds=share > 15 if often else abs(share - 5) < 2.5,
                ),
                Reply(
                    text="In about 5 %, as the level says",
                    feedback=f"{said}. The level holds for rows that do not know each other."
                    if often
                    else f"{said}, as the level promises for rows that do not know each other.",
                    right=not often,
                    misconception="overlap_costs_nothing" if often else None,
                    holds=share > 15 if often else abs(share - 5) < 2.5,
                ),
                Reply(
                    text="Never: they are unrelated",
                    feedback=f"{said}, though there is no link in any of them.",
                    misconception="noise_earns_no_stars",
                    holds=share > 2,
                ),
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text="Each change shares days with the next",
                    feedback=f"{days_shared[True]}, so that it says little new."
                    if often
                    else f"{days_shared[False]} here. Over {span} days, one row a day, they would.",
                    right=often,
                    misconception=None if often else "overlap_costs_everything",
                ),
                Reply(
                    text="No change shares a day with another",
                    feedback=f"{days_shared[True]}."
                    if often
                    else f"{days_shared[False]}: each is made of steps of its own.",
                    right=not often,
                    misconception="overlap_costs_nothing" if often else None,
                ),
                Reply(
                    text=f"There are many rows: {count}",
                    feedback="p knows how many rows there are; it takes them for independent. "
                    f"Here they {'are not' if often else 'are'}: {share:.0f} % of such pairs have "
                    "a star.",
                    misconception="more_rows_cure_drift",
                ),
            ],
        ),
    )
