"""What comes every year, and what a year that overlaps brings back."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.tables import table
from lessons.time_series.changes import CHANGES, YEAR, Floats, standardised
from lessons.time_series.tables import CO2, MACRO, PASSENGERS
from lib.charts import Lines, Scatter
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Goal,
    LabAddress,
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
    Write,
    fill,
)
from lib.course.writing import a_frame_within, fits, run
from lib.stats import (
    correlate,
    correlate_rows,
    deseasonalise,
    detrend,
    difference,
    effective_n,
    series_test,
)

_LEVEL = 0.05
_TOWN_SEED, _TEN_YEARS = 17, 120
_TOWNS = 2000
_HEIGHTS = {"ice cream": 40, "burglaries": 12}
"""Of their summers."""
_CHANGES: dict[str, Callable[[Any], Any]] = {
    **CHANGES,
    "both differences": lambda x: difference(difference(x, YEAR)),
}


class IceCream(Step):
    """
    ### Ice cream and burglaries

    A town that we made up: {months} months of ice cream sold and of burglaries. Both have a summer.
    Apart from that neither has anything to do with the other. We know, since we drew the numbers.

    r = {nothing_r:.2f}. The textbook's advice for series is to take differences. Does it help?
    """

    readings = {
        "r": "{r:.2f}",
        "significance": "{p:p}",
        "the month tells": "{calendar:.0f} %",
    }

    change = Choice("Treat by", tuple(CHANGES), default="nothing")
    seed = Seed("Town", default=_TOWN_SEED)
    answers = {"answer": Number("Of a hundred such towns, with a star", 0, 100)}
    typical = ("nothing_r", "difference_r", "detrend_r", "season_r", "year_r")

    predict = Predict(
        "r = {nothing_r:.2f} between ice cream and burglaries. Take the difference from month to "
        "month. What happens to the star?",
        choices=[
            Option(
                text="It goes: differences cure series",
                value="goes",
                feedback=(
                    "They cure walks. But every spring both rise again, by much the same: r = "
                    "{difference_r:.2f}, {difference_p:p}."
                ),
                misconception="differencing_cures_everything",
                holds=lambda state: state["difference_p"] < _LEVEL,
                tempting=True,
            ),
            Option(
                text="It stays",
                value="stays",
                feedback=(
                    "r = {difference_r:.2f}, {difference_p:p}. Every spring both rise again, and "
                    "every autumn both fall."
                ),
                holds=lambda state: state["difference_p"] < _LEVEL,
            ),
            Option(
                text="The sign turns round",
                value="turns",
                feedback=(
                    "Both rise in the same months, so their differences have one sign. r shrinks, "
                    "to {difference_r:.2f}, and stays above zero."
                ),
                misconception="differencing_kills_every_link",
                holds=lambda state: 0 < state["difference_r"] < state["nothing_r"],
            ),
        ],
        answer=lambda exhibit: "stays" if float(exhibit.facts["difference_p"]) < _LEVEL else "goes",
        seen_at={"change": "difference"},
    )

    task = Task(
        "Take the shared summer out. Then say of how many in a hundred such towns you would still "
        "expect a star, treated in the same way. Within {near} will do.",
        goals=[
            Goal(
                "The month no longer tells the value: now it tells {calendar:.0f} % of it",
                met=lambda state: state["calendar"] < state["little"],
            ),
            Goal(
                "The number of towns with a star is right within {near}: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and abs(state["answer"] - state["starred"]) <= state["near"]
                ),
            ),
        ],
        solution={"change": "season out", "answer": 5},
        hints=[
            "What do both have in common? A line it is not.",
            "Compare July with other Julys.",
            "Nothing links these towns' series once the summer is out. What does the level say?",
        ],
    )

    mistakes = [
        Mistake(
            "Differences from month to month: r = {r:.2f}, {p:p}. The month still tells "
            "{calendar:.0f} % of what is left: differences of a season are a season.",
            when=lambda state: state["change"] == "difference",
            example={"change": "difference"},
            misconception="differencing_cures_everything",
            holds=lambda state: state["p"] < _LEVEL and state["calendar"] > state["little"],
        ),
        Mistake(
            "There is no line to take out: r was {nothing_r:.2f} and is {r:.2f}. The summer comes "
            "and goes, and comes again.",
            when=lambda state: state["change"] == "detrend",
            example={"change": "detrend"},
            misconception="detrending_cures_everything",
            holds=lambda state: abs(state["r"] - state["nothing_r"]) < 0.03,
        ),
        Mistake(
            "The summer is out. But {answer} of a hundred would be fewer than the level, "
            "{level:.0f} %, promises where there is nothing. Look at some towns.",
            when=lambda state: (
                state["calendar"] < state["little"]
                and state["answer"] is not None
                and state["answer"] < state["starred"]
            ),
            example={"change": "season out", "answer": 0},
            misconception="noise_earns_no_stars",
            holds=lambda state: state["answer"] < state["level"] < state["starred"],
        ),
        Mistake(
            "The summer is out, and {answer} of a hundred is too many where nothing else is "
            "shared. Look at some towns.",
            when=lambda state: state["calendar"] < state["little"] and state["answer"] is not None,
            example={"change": "season out", "answer": 50},
            misconception="one_draw_shows_chance",
            holds=lambda state: state["answer"] > state["starred"] + state["near"],
        ),
        Mistake(
            "Another town, and r = {r:.2f} again. Every one of these towns has a summer.",
            when=lambda state: state["change"] == "nothing" and state["seed"] != _TOWN_SEED,
            example={"seed": 3},
            misconception="one_draw_shows_chance",
            holds=lambda state: state["r"] > 0.5 and state["calendar"] > 50,
        ),
    ]

    learned = [
        Outcome(
            "Ice cream and burglaries: r = {nothing_r:.2f}, after differences {difference_r:.2f}, "
            "after *{change}* {r:.2f}. Here a star is left, {p:p}, though there is no link, as in "
            "about {starred:.0f} of a hundred such towns. *Season out* leaves fewer stars, and "
            "none here: r = {season_r:.2f}. A change over a year uses each month twice, so that "
            "rows a year apart repeat each other, and p takes them for independent.",
            when=lambda state: state["p"] < _LEVEL and _season_out_would_do(state),
            holds=lambda state: state["calendar"] < state["little"] and _fewer_stars(state),
        ),
        Outcome(
            "Ice cream and burglaries: r = {nothing_r:.2f}, after differences {difference_r:.2f}, "
            "after *{change}* {r:.2f}. Here a star is left, {p:p}, though there is no link: of a "
            "hundred such towns, treated so, about {starred:.0f} have one. What comes every year "
            "has to be taken out by the year.",
            when=lambda state: state["p"] < _LEVEL,
            holds=lambda state: (
                state["calendar"] < state["little"] and state["difference_p"] < _LEVEL
            ),
        ),
        Outcome(
            "Ice cream and burglaries: r = {nothing_r:.2f}, after differences {difference_r:.2f}, "
            "after *{change}* {r:.2f}, with no star. Of a hundred such towns, treated so, about "
            "{starred:.0f} would have one all the same. What comes every year has to be taken out "
            "by the year.",
            holds=lambda state: (
                state["p"] >= _LEVEL
                and state["calendar"] < state["little"]
                and state["difference_p"] < _LEVEL
            ),
        ),
    ]

    def show(self, change: str, seed: int) -> Exhibit:
        found = _found(seed)
        treated = _treated(_town(seed), change)
        r, p = found[change]
        facts: dict[str, Any] = {
            "months": _TEN_YEARS,
            "years": _TEN_YEARS // YEAR,
            "level": 100 * _LEVEL,
            "near": 6,
            "little": 25.0,
            "calendar": 100 * max(_told_by_month(treated[name]) for name in treated),
            "starred": _starred_towns(change),
            "r": r,
            "p": p,
            "n": len(treated),
            "nothing_r": found["nothing"][0],
            "nothing_p": found["nothing"][1],
            "difference_r": found["difference"][0],
            "difference_p": found["difference"][1],
            "detrend_r": found["detrend"][0],
            "season_r": found["season out"][0],
            "year_r": found["year on year"][0],
        }
        standard = standardised(treated).rename_axis("month")
        compared = pd.DataFrame(found, ["r", "p"]).T.rename_axis("treatment")
        return Exhibit(
            figures=(
                Lines(standard, title="Both, month by month", y="standard deviations"),
                Scatter(
                    treated["ice cream"],
                    treated["burglaries"],
                    title=fill("r = {r:.2f}, {p:p}", facts),
                ),
            ),
            across=2,
            facts=facts,
            table=compared.round(4),
            description=fill(
                "Ice cream and burglaries over {n} months, and their scatter plot: r = {r:.2f}, "
                "{p:p}. Untreated r is {nothing_r:.2f}, with the months taken out {season_r:.2f}.",
                facts,
            ),
        )


@lru_cache(maxsize=32)
def _town(seed: int) -> pd.DataFrame:
    """Ten years of months; shared, so not to be changed."""
    ice_cream, burglaries = _towns(1, seed)
    return pd.DataFrame({"ice cream": ice_cream[0], "burglaries": burglaries[0]})


def _towns(count: int, seed: int) -> tuple[Floats, Floats]:
    """Ice cream and burglaries of so many towns: a row a town, a column a month."""
    random = np.random.default_rng(seed)
    season = np.cos(2 * np.pi * (np.arange(_TEN_YEARS) % YEAR - 6) / YEAR)
    ice_cream = 100 + _HEIGHTS["ice cream"] * season + random.normal(0, 10, (count, _TEN_YEARS))
    burglaries = 50 + _HEIGHTS["burglaries"] * season + random.normal(0, 5, (count, _TEN_YEARS))
    return ice_cream, burglaries


@cache
def _starred_towns(change: str) -> float:
    """How many of a hundred towns have a star after this treatment, from many."""
    _, p = correlate_rows(*(CHANGES[change](series) for series in _towns(_TOWNS, seed=1)))
    return float(np.mean(p < _LEVEL) * 100)


def _season_out_would_do(state: State) -> bool:
    """Whether a change over a year leaves a star here that taking the season out does not."""
    after_season = _found(state["seed"])["season out"][1]
    return bool(state["change"] == "year on year" and after_season >= _LEVEL)


def _fewer_stars(state: State) -> bool:
    return _starred_towns("season out") < float(state["starred"])


def _told_by_month(series: "pd.Series[float]") -> float:
    """What share of the variance the mean of each month tells."""
    left = deseasonalise(series, YEAR)
    return float(1 - left.var() / series.var())


def _told_by_line(series: "pd.Series[float]") -> float:
    """What share of the variance a straight line tells."""
    return float(1 - detrend(series).var() / series.var())


@lru_cache(maxsize=32)
def _found(seed: int) -> dict[str, tuple[float, float]]:
    """r and p after each treatment."""
    return {change: _r_and_p(_treated(_town(seed), change)) for change in CHANGES}


def _treated(pair: pd.DataFrame, change: str) -> pd.DataFrame:
    treat = _CHANGES[change]
    return pd.DataFrame({name: treat(pair[name].to_numpy()) for name in pair})


def _r_and_p(pair: pd.DataFrame) -> tuple[float, float]:
    found = correlate(pair, adjust="none").pairs().iloc[0]
    return float(found.r), float(found.p)


_ROUNDING = 1e-6
_ENOUGH = 0.8
"""The r that what is left must have with what chance put there."""
_SEASON_IS_OUT = (
    "r was {town_r:.2f} and is {r:.2f}, over all {n} months. Of what chance put there the month "
    "tells {chance_calendar:.0f} %, since a few Julys never average to quite the same as a few "
    "Junes. Of what is left it tells {calendar:.0f} %."
)


def _has_no_summer(state: State) -> bool:
    return abs(float(state["summer"])) <= float(state["little"])


def _is_even(state: State) -> bool:
    """Whether the same was taken in every year."""
    return float(state["uneven"]) < _ROUNDING


def _is_taken_out(state: State) -> bool:
    return bool(
        abs(state["r"]) < state["town_r"]
        and state["n"] == state["months"]
        and state["chance_calendar"] > 1
    )


@cache
def _another_town() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Twice as many months whose season has no simple shape; beside it what chance put there."""
    random = np.random.default_rng(4)
    months = pd.period_range("1991-05", periods=2 * _TEN_YEARS, freq="M", name="month")
    by_month = pd.DataFrame(random.normal(0, 30, (YEAR, 2)), columns=list(_HEIGHTS))
    season = by_month.iloc[months.month - 1].set_axis(months)
    chance = pd.DataFrame(random.normal(0, 5, season.shape), months, list(_HEIGHTS))
    return 70 + season + chance, chance


def _fit_another_town(lines: str) -> bool:
    """Whether the lines take out the season of another town, and nothing else."""
    town, chance = _another_town()

    def is_right(left: pd.DataFrame) -> bool:
        found = _left_of_the_town(left, town)
        is_whole = found["n"] == len(town) and found["varying"] == len(_HEIGHTS)
        return is_whole and _is_even(found) and bool((left.corrwith(chance) > _ENOUGH).all())

    return fits(lines, {"town": town}, a_frame_within(town), is_right)


class WriteTheSeasonOut(Step):
    """
    ### Write the season out

    Now without a switch. `town` is the town of before, {months} months with their names in the
    index: `town.index.month` is the number of each row's month, one to twelve.

    Write the lines that take the shared summer out of both columns and leave everything else. As
    long as nothing is written, the figure shows `town` itself.
    """

    readings = {
        "r": "{r:.2f}",
        "months": "{n}",
        "the month tells": "{calendar:.0f} %",
    }

    lines = Write("Your lines", gives="left", names=("town",), columns=("ice cream", "burglaries"))

    task = Task(
        "Write the lines that leave no summer, keep all {months} months, and keep what chance put "
        "into each.",
        goals=[
            Goal(
                "No summer is left: with the summer that we drew, what is left has r of at most "
                "{little:.2f} in size, now {summer:.2f}",
                met=_has_no_summer,
            ),
            Goal(
                "All {months} months are there: now {n}",
                met=lambda state: state["n"] == state["months"],
            ),
            Goal(
                "What was taken from a month was the same in every year: now it differs by up to "
                "{uneven:.1f}",
                met=_is_even,
            ),
            Goal(
                "The level of a column is that of `town`, or zero, within {near:.0f}: now it is "
                "{off_level:.1f} off",
                met=lambda state: state["off_level"] <= state["near"],
            ),
            Goal(
                "What is left is what chance put there, r at least {enough:.1f}: now {kept:.2f}",
                met=lambda state: state["kept"] >= state["enough"],
            ),
        ],
        solution={"lines": 'town - town.groupby(town.index.month).transform("mean")'},
        hints=[
            "Which number would each July lose, and which each January?",
            "`town.groupby(town.index.month)` puts all Julys together.",
            '`.transform("mean")` gives each row the mean of its group, in a table as large as '
            "`town`.",
        ],
    )

    mistakes = [
        Mistake(
            "Of the two columns {varying} still {varying:varies|vary} in three rows or more. Both "
            "are to be kept, with whatever in them is not the summer.",
            when=lambda state: state["varying"] < 2,
            example={"lines": "town * 0"},
            misconception="differencing_kills_every_link",
        ),
        Mistake(
            "{n} of {months} months are left, and the month still tells {calendar:.0f} % of what "
            "is in them. A difference from one month to the next keeps a season: every spring both "
            "rise again.",
            when=lambda state: state["is_difference"],
            example={"lines": "town.diff().dropna()"},
            misconception="differencing_cures_everything",
        ),
        Mistake(
            "{n} of {months} months are left, and the month still tells {calendar:.0f} % of what "
            "is in them. So a season is still there, and months are gone that need not have gone. "
            "What all Julys share is to be taken from every July.",
            when=lambda state: state["n"] < state["months"] and state["calendar"] >= 25,
            example={"lines": "(town - town.rolling(3).mean()).dropna()"},
            misconception="one_cure_for_all",
        ),
        Mistake(
            "{n} of {months} months are left. The season can go without them. Who compares with "
            "the year before has nothing to compare the first year with, and uses others "
            "twice.",
            when=lambda state: state["n"] < state["months"],
            example={"lines": "town.diff(12).dropna()"},
            misconception="any_difference_will_do",
            holds=lambda state: state["calendar"] < 25,
        ),
        Mistake(
            "All months are there. What your lines took from each is the same in every year, and "
            "a summer is left: r of {summer:.2f} with the one that we drew. What all Julys share "
            "has to go from a July whole, and from a January what all Januaries share.",
            when=lambda state: _is_even(state) and not _has_no_summer(state),
            example={"lines": "town - town.mean()"},
            misconception="one_cure_for_all",
            holds=lambda state: state["n"] == state["months"],
        ),
        Mistake(
            "What your lines took from one and the same month differs by up to {uneven:.1f} from "
            "year to year. A season is the same in every year: what differs is not the season, and "
            "belongs to what is to be kept.",
            when=lambda state: not _is_even(state),
            example={
                "lines": 'left = town - town.groupby(town.index.month).transform("mean")\n'
                "left.sub(left.mean(axis=1), axis=0)"
            },
            misconception="differencing_kills_every_link",
            holds=lambda state: state["n"] == state["months"],
        ),
        Mistake(
            "No summer is left. But a column has moved as a whole: its mean is {off_level:.1f} "
            "away from zero and from its mean in `town`, whichever is nearer. A season goes up and "
            "down around a level, and adds none.",
            when=lambda state: state["off_level"] > state["near"],
            example={
                "lines": 'town - town.groupby(town.index.month).transform("mean") + 500',
            },
            misconception="one_cure_for_all",
            holds=lambda state: _has_no_summer(state) and _is_even(state),
        ),
        Mistake(
            "The summer that we drew is gone. But what chance put into the months and what is left "
            "have only r = {kept:.2f} in one of the columns: something else that comes every year "
            "was taken as well, or put in.",
            when=lambda state: state["kept"] < state["enough"],
            example={
                "lines": 'left = town - town.groupby(town.index.month).transform("mean")\n'
                "left.add(20 * np.sin(np.arange(120) * np.pi / 6), axis=0)"
            },
            misconception="differencing_kills_every_link",
            holds=lambda state: _has_no_summer(state) and _is_even(state),
        ),
    ]

    learned = [
        Outcome(
            _SEASON_IS_OUT + " The same lines, run on another town whose season has another "
            "shape, take it out as well. A season has to be the same in every year for that; of "
            "one that grows with the years a part stays in. The number of a row's quarter is "
            "`town.index.quarter`.",
            when=lambda state: _fit_another_town(state["lines"]),
            holds=_is_taken_out,
        ),
        Outcome(
            _SEASON_IS_OUT + " Your lines fit this town: run on another one, with a season of "
            "another shape and more years, they do not take it out, or do not run. Means by "
            "`town.index.month` fit any months whose season is the same in every year.",
            holds=_is_taken_out,
        ),
    ]

    def show(self, lines: str) -> Exhibit:
        town, chance = _dated_town(), _chance_of(_dated_town())
        written = run(lines, {"town": town}, wants=a_frame_within(town))
        left = written.value_or(town)
        facts: dict[str, Any] = {
            "months": len(town),
            "enough": _ENOUGH,
            "little": 0.15,
            "near": 2.0,
            "chance_calendar": float(100 * (1 - _by_month(chance).var() / chance.var()).max()),
            "town_r": _found(_TOWN_SEED)["nothing"][0],
            **_left_of_the_town(left, town),
        }
        shown = left.dropna() if len(left.dropna()) else town
        dates = pd.RangeIndex(1, len(shown) + 1, name="month")
        return Exhibit(
            figures=(Lines(shown.set_axis(dates), title=written.titled("the town"), y="value"),),
            facts=facts,
            table=left.set_axis(left.index.astype(str)).round(3),
            description=fill(
                "Lines over {n} months that are left, r = {r:.2f}. The month tells "
                "{calendar:.0f} % of them at most.",
                facts,
            ),
            error=written.error,
        )


def _dated_town() -> pd.DataFrame:
    months = pd.period_range("2015-01", periods=_TEN_YEARS, freq="M", name="month")
    return _town(_TOWN_SEED).set_axis(months)


def _summer(months: Any) -> "pd.Series[float]":
    """The summer that was drawn, highest in July: between minus one and one."""
    return pd.Series(np.cos(2 * np.pi * (months.month - 7) / YEAR), months)


def _chance_of(town: pd.DataFrame) -> pd.DataFrame:
    """What chance put into the months of a town: all but its summers, which are known."""
    summer = _summer(town.index)
    return town - pd.DataFrame({name: height * summer for name, height in _HEIGHTS.items()})


def _by_month(data: pd.DataFrame) -> pd.DataFrame:
    """What is left when the mean of each month is taken out."""
    return data - data.groupby(data.index.month).transform("mean")  # type: ignore[attr-defined]


def _left_of_the_town(left: pd.DataFrame, town: pd.DataFrame) -> dict[str, Any]:
    """What is in the lines' table: rows, r, a season, and what chance put there."""
    both = left.dropna()
    varying = int((both.std() > 1e-9).sum()) if len(both) > 2 else 0
    if varying < 2:
        nothing = ("r", "calendar", "summer", "uneven", "off_level", "kept")
        unknown = dict.fromkeys(nothing, 0.0)
        return {"n": len(both), "varying": varying, "is_difference": False, **unknown}
    summers = both.corrwith(_summer(both.index)).to_numpy()
    taken = town.loc[both.index] - both
    by_month = taken.groupby(taken.index.month)  # type: ignore[attr-defined]
    levels = pd.DataFrame([both.mean(), both.mean() - town.mean()])
    return {
        "varying": varying,
        "n": len(both),
        "r": float(both["ice cream"].corr(both["burglaries"])),
        "calendar": float(100 * (1 - _by_month(both).var() / both.var()).max()),
        "is_difference": bool(np.allclose(both, town.diff().loc[both.index])),
        "summer": float(summers[np.abs(summers).argmax()]),
        "uneven": float((by_month.max() - by_month.min()).to_numpy().max()),
        "off_level": float(levels.abs().min().max()),
        "kept": float(both.corrwith(_chance_of(town).loc[both.index]).min()),
    }


_FIRST_FLIGHT = 1949
_START_YEARS = range(1959, 1990)
_SHARED = ("the direction", "the calendar")


class Decades(Step):
    """
    ### They never met

    Airline passengers, every month from {flown_from} to {flown_to}. Beside them the carbon dioxide
    over Hawaii, in months of *later* years. January stands beside January, in different decades.

    No month of the one has anything to do with the month beside it. The heatmap does not know that.
    Two things are shared all the same: a *direction*, since both rise, and a *calendar*, since both
    have a season.
    """

    readings = {
        "r": "{r:.2f}",
        "a line tells": "{line:.0f} %",
        "the month tells": "{calendar:.0f} %",
    }

    tables = (PASSENGERS, CO2)

    year = Slider("CO₂ from", 1959, 1989, default=1970, step=1)
    change = Choice("Change", tuple(_CHANGES), default="nothing")
    answers = {"makes": Choice("What makes r so large", _SHARED, default=None)}

    predict = Predict(
        "Passengers of {flown_from} to {flown_to}, CO₂ of {year} to {last_year}. r of the "
        "two columns is about ...",
        choices=[
            Option(
                text="{value:.1f}: they cannot know each other",
                value=0.0,
                feedback="They do not. But both rise, and r = {levels_r:.2f}.",
                misconception="strong_levels_are_links",
                holds=lambda state: state["levels_r"] > 0.5,
                tempting=True,
            ),
            Option(
                text="{value:.1f}: both have seasons",
                value=0.3,
                feedback=(
                    "Both have seasons, and both rise: r = {levels_r:.2f}. Which of the two does "
                    "it can be tried below."
                ),
                misconception="one_cure_for_all",
                holds=lambda state: state["line_before"] > 80 and state["calendar_before"] > 60,
            ),
            Option(
                text="{value:.1f}",
                value=0.9,
                feedback=(
                    "{levels_r:.2f}, and p has so many noughts that nobody prints them. Rows that "
                    "have nothing to do with each other are enough, where both columns rise."
                ),
                holds=lambda state: state["levels_p"] < 1e-12 and state["line_before"] > 80,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["levels_r"],
        tolerance=0.15,
    )

    task = Task(
        "Say which of the two things that they share makes r so large. And change both series "
        "until neither is left: a line tells less than {little_line:.0f} % of them, and the month "
        "less than {little_calendar:.0f} % of what the line leaves.",
        goals=[
            Goal(
                "What makes r so large: now {makes}",
                met=lambda state: state["makes"] == state["culprit"],
            ),
            Goal(
                "No direction is left: a line now tells {line:.0f} %",
                met=lambda state: state["line"] < state["little_line"],
            ),
            Goal(
                "No calendar is left: the month now tells {calendar:.0f} %",
                met=lambda state: state["calendar"] < state["little_calendar"],
            ),
        ],
        solution={"change": "both differences", "makes": "the direction"},
        hints=[
            "Take the season out, then the line instead, and compare what becomes of r.",
            "Two things are shared. One difference for each of them.",
        ],
    )

    mistakes = [
        Mistake(
            "Take the calendar out, and r is {season_r:.2f}. Take the line out instead, and it is "
            "{detrend_r:.2f}. Without which of the two does it fall?",
            when=lambda state: state["makes"] not in (None, state["culprit"]),
            example={"makes": "the calendar"},
            misconception="one_cure_for_all",
            holds=lambda state: state["season_r"] > state["levels_r"] > state["detrend_r"],
        ),
        Mistake(
            "r = {r:.2f} after *{change}*, and no star. But the month still tells {calendar:.0f} % "
            "of what is left. There is no star because the months in which they rise fall apart, "
            "and not because the season is gone.",
            when=lambda state: (
                state["p"] >= _LEVEL and state["calendar"] >= state["little_calendar"]
            ),
            example={"change": "difference"},
            misconception="no_rejection_is_proof",
            holds=lambda state: _rise_apart(state),
        ),
        Mistake(
            "The mean of each month is gone, and r has risen to {r:.2f}. With the means went the "
            "rise within each year, so that both now climb in steps from December to January. The "
            "direction is still there.",
            when=lambda state: state["change"] == "season out",
            example={"change": "season out"},
            misconception="one_cure_for_all",
            holds=lambda state: state["r"] > state["levels_r"] and state["line"] > 80,
        ),
        Mistake(
            "CO₂ from {year} on, and still r = {r:.2f}. It is about as large from every start year "
            "on this slider.",
            when=lambda state: state["change"] == "nothing" and state["makes"] is None,
            example={"year": 1985},
            misconception="strong_levels_are_links",
            holds=lambda state: _is_as_large_as_anywhere(state["r"]),
        ),
        Mistake(
            "After *{change}*: r = {r:.2f}, {p:p}. A line still tells up to {line:.0f} % of a "
            "column, and of what the line leaves the month tells up to {calendar:.0f} %. So "
            "direction or calendar are still there.",
            when=lambda state: (
                state["line"] >= state["little_line"]
                or state["calendar"] >= state["little_calendar"]
            ),
            example={"change": "year on year"},
            misconception="one_cure_for_all",
        ),
    ]

    learned = [
        Outcome(
            "Passengers of {flown_from} to {flown_to} and CO₂ of {year} to {last_year}: r = "
            "{levels_r:.2f}. The direction makes it: without the calendar r even rises to "
            "{season_r:.2f}. With neither it is {r:.2f}. There is a star all the same, {p:p}, as "
            "in {starred_years} of {start_years} start years. This p takes rows for independent, "
            "though each month comes twice in them, a year apart; counted for what the rows are "
            "worth, most of these stars stay. Neighbouring start years share most of their months, "
            "so {start_years} of them are far from {start_years} trials.",
            when=lambda state: state["p"] < _LEVEL,
            holds=lambda state: (
                state["season_r"] > state["levels_r"]
                and state["change"] == "both differences"
                and _most_years_stay()
            ),
        ),
        Outcome(
            "Passengers of {flown_from} to {flown_to} and CO₂ of {year} to {last_year}: r = "
            "{levels_r:.2f}. The direction makes it: without the calendar r even rises to "
            "{season_r:.2f}. With neither it is {r:.2f}, with no star. In {starred_years} of "
            "{start_years} start years one is left; these years share most of their months with "
            "the next. What rises together need not even live at the same time.",
            holds=lambda state: (
                state["season_r"] > state["levels_r"]
                and state["change"] == "both differences"
                and state["p"] >= _LEVEL
            ),
        ),
    ]

    holds = [
        Claim("both rise", lambda state: state["line_before"] > 80),
        Claim("both have a season", lambda state: state["calendar_before"] > 60),
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        # One series and its dates: there is no other one beside it.
        return LabAddress("air_passengers", "association_map", {"method": "Pearson"})

    def show(self, year: int, change: str) -> Exhibit:
        pair = _apart(year)
        changed = _treated(pair, change)
        levels_r, levels_p = _r_and_p(pair)
        r, p = _r_and_p(changed)
        season_r, detrend_r = (
            _r_and_p(_treated(pair, name))[0] for name in ("season out", "detrend")
        )
        straight, left = _treated(pair, "detrend"), _treated(changed, "detrend")
        facts: dict[str, Any] = {
            "months": len(pair),
            "flown_from": _FIRST_FLIGHT,
            "flown_to": _FIRST_FLIGHT + len(pair) // YEAR - 1,
            "last_year": year + len(pair) // YEAR - 1,
            "little_line": 5.0,
            "little_calendar": 20.0,
            "line": 100 * max(_told_by_line(changed[name]) for name in changed),
            "calendar": 100 * max(_told_by_month(left[name]) for name in left),
            "line_before": 100 * min(_told_by_line(pair[name]) for name in pair),
            "calendar_before": 100 * min(_told_by_month(straight[name]) for name in pair),
            "season_r": season_r,
            "detrend_r": detrend_r,
            "culprit": _SHARED[0] if season_r > detrend_r else _SHARED[1],
            "starred_years": _starred_years(),
            "start_years": len(_START_YEARS),
            "levels_r": levels_r,
            "levels_p": levels_p,
            "r": r,
            "p": p,
        }
        return Exhibit(
            figures=(
                Lines(
                    standardised(changed).rename_axis("month"),
                    title=fill("Month by month: r = {r:.2f}", facts),
                    y="standard deviations",
                ),
                Scatter(changed["passengers"], changed["CO₂"], title="The same months"),
            ),
            across=2,
            facts=facts,
            table=changed.describe().round(3),
            description=fill(
                "Passengers and CO₂ of different decades, laid over each other month by month, and "
                "their scatter plot. r = {r:.2f}, {p:p}; untreated it is {levels_r:.2f}.",
                facts,
            ),
        )


@cache
def _apart(year: int) -> pd.DataFrame:
    """Passengers beside the carbon dioxide of later years; shared, so not to be changed."""
    passengers = table("air_passengers")["passengers"].to_numpy(dtype=float)
    air = _months_of_co2(year, len(passengers))
    return pd.DataFrame({"passengers": passengers, "CO₂": air})


def _rise_apart(state: State) -> bool:
    """Whether both still have a season, and the means of their months hardly go together."""
    changed = _treated(_apart(state["year"]), state["change"])
    months = changed.groupby(np.arange(len(changed)) % YEAR).mean()
    return bool(abs(months.corr().to_numpy()[0, 1]) < 0.3 and state["calendar"] > 50)


def _is_as_large_as_anywhere(r: float) -> bool:
    """Whether r of the two columns is about the same from every start year."""
    everywhere = [_r_and_p(_apart(year))[0] for year in _START_YEARS]
    return max(everywhere) - 0.1 < r < min(everywhere) + 0.1


@cache
def _starred_years() -> int:
    """In how many start years a star is left after both differences."""
    treated = (_treated(_apart(year), "both differences") for year in _START_YEARS)
    return sum(_r_and_p(pair)[1] < _LEVEL for pair in treated)


@cache
def _honest_years() -> int:
    """In how many start years a star is left if rows count for what they are worth."""
    treated = (_treated(_apart(year), "both differences") for year in _START_YEARS)
    return sum(series_test(pair["passengers"], pair["CO₂"]).p < _LEVEL for pair in treated)


def _months_of_co2(year: int, months: int) -> Floats:
    """So many months from January on; gaps of a few months are bridged by a line."""
    co2 = table("co2")["co2"].interpolate()
    from_january: Floats = co2[co2.index >= pd.Period(f"{year}-01")].to_numpy()[:months]
    return from_january


_WITH_CO2 = ("realgdp", "cpi", "unemp")
_QUARTER, _YEARLY, _FOURTH = "quarter on quarter", "year on year", "year on year, every fourth"
_OVER = ("levels", _QUARTER, _YEARLY, _FOURTH)
_LINES = ("left in", "taken out")
_TWO_YEARS = 8


class Overlap(Step):
    """
    ### The year that counts every quarter four times

    The carbon dioxide over Hawaii, {quarters} quarters, beside the American economy. In levels r is
    {levels_r:.2f}, from drift. From quarter to quarter it is {quarter_r:.2f}, with no star.

    The news likes to compare with *a year ago*. That is a difference too. Now r is {year_r:.2f},
    {year_p:p}. But each quarter lies in four of those years, so that rows *overlap*.
    """

    readings = {
        "r": "{r:.2f}",
        "rows": "{n}",
        "as if independent": "{p:p}",
    }

    tables = (CO2, MACRO)

    change = Choice("Compare", _OVER, default="levels")
    first = Choice("Every fourth, from quarter", ("1", "2", "3", "4"), default="1")
    beside = Choice("Beside CO₂", _WITH_CO2, default="realgdp")
    line = Choice("The line of both", _LINES, default="left in")
    answers = {"answer": Number("Independent rows that they are worth", 1, 200)}

    predict = Predict(
        "Keep every fourth of the {year_n} year-on-year rows only, so that no two overlap: "
        "{fourth_n} rows. What becomes of r = {year_r:.2f} and {year_p:p}?",
        choices=[
            Option(
                text="r stays about as large, and p grows",
                value="p",
                feedback=(
                    "r lies between {fourth_low:.2f} and {fourth_high:.2f}, by the quarter with "
                    "which one begins, and p between {fourth_p_low:.3f} and {fourth_p_high:.2f}. "
                    "Overlap makes p too small. It does not make r."
                ),
                tempting=True,
                holds=lambda state: (
                    state["fourth_low"] < state["year_r"] < state["fourth_high"]
                    and state["fourth_p_low"] > 100 * state["year_p"]
                ),
            ),
            Option(
                text="r falls back to about {quarter_r:.2f}: the overlap has made it",
                value="r",
                feedback=(
                    "It lies between {fourth_low:.2f} and {fourth_high:.2f}, by the quarter with "
                    "which one begins. Something else has raised r; the overlap made p small."
                ),
                misconception="overlap_makes_r",
                holds=lambda state: (
                    state["fourth_low"] > state["quarter_r"] + 0.1
                    and state["fourth_p_low"] > 100 * state["year_p"]
                ),
            ),
            Option(
                text="Nothing: the same years are in it",
                value="nothing",
                feedback=(
                    "r is much the same, {fourth_low:.2f} to {fourth_high:.2f}. But p counts rows, "
                    "and now there are {fourth_n} of them: it is {fourth_p_low:.3f} or more."
                ),
                misconception="overlap_costs_nothing",
                holds=lambda state: state["fourth_p_low"] > 100 * state["year_p"],
            ),
        ],
        answer=lambda exhibit: (
            "p"
            if float(exhibit.facts["fourth_low"]) > float(exhibit.facts["quarter_r"]) + 0.1
            and float(exhibit.facts["fourth_p_low"]) > 10 * float(exhibit.facts["year_p"])
            else "r"
        ),
        seen_at={"change": "year on year, every fourth"},
    )

    task = Task(
        "Compare CO₂ and output with the year before, overlap and all. How many independent rows "
        "are these {year_n} worth? Say it within a quarter. And find out what raised r: change "
        "both series so that, counted at what the rows are worth, no star is left.",
        goals=[
            Goal(
                "CO₂ and output are compared over years that overlap: now {change}, {beside}",
                met=lambda state: state["change"] == _YEARLY and state["beside"] == "realgdp",
            ),
            Goal(
                "The number of independent rows is right within a quarter: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and abs(state["answer"] - state["worth"]) <= 0.25 * state["worth"]
                ),
            ),
            Goal(
                "At what overlapping rows are worth, there is no star: now {honest:p}",
                met=lambda state: state["honest"] >= _LEVEL,
            ),
        ],
        solution={"change": _YEARLY, "line": "taken out", "answer": 50},
        hints=[
            "Without any overlap {fourth_n} rows are left. Those between them add a little.",
            "Look at both over time. Which way do the changes themselves go, over the decades?",
        ],
    )

    mistakes = [
        Mistake(
            "{answer} is too many. Year on year, each row shares three of its four quarters with "
            "the next, and so most of what it says.",
            when=lambda state: (
                state["answer"] is not None and state["answer"] > 1.25 * state["worth"]
            ),
            example={"change": _YEARLY, "answer": 168},
            misconception="overlap_costs_nothing",
        ),
        Mistake(
            "{answer} is too few. Every fourth row is left when nothing overlaps, and those are "
            "{fourth_n}.",
            when=lambda state: (
                state["answer"] is not None
                and state["answer"] < 0.75 * state["worth"]
                and state["fourth_n"] < state["worth"]
            ),
            example={"change": _YEARLY, "answer": 5},
            misconception="overlap_costs_everything",
        ),
        Mistake(
            "Every fourth row, from quarter {first}: nothing overlaps, r = {r:.2f}, {p:p}. "
            "Over the four first quarters r goes from {fourth_low:.2f} to {fourth_high:.2f}; with "
            "all rows it is {year_r:.2f}. So the overlap does not make r. What does?",
            when=lambda state: state["change"] == _FOURTH and state["line"] == _LINES[0],
            example={"change": _FOURTH},
            misconception="overlap_makes_r",
            holds=lambda state: (
                state["fourth_low"] <= state["r"] <= state["fourth_high"]
                and state["fourth_low"] < state["year_r"] < state["fourth_high"]
            ),
        ),
        Mistake(
            "Every fourth row, from quarter {first}, without the line of both: r = {r:.2f}, "
            "{p:p}. Nothing overlaps here. The task is about all the rows.",
            when=lambda state: state["change"] == _FOURTH,
            example={"change": _FOURTH, "line": "taken out"},
            misconception="overlap_makes_r",
            holds=lambda state: state["line"] == _LINES[1],
        ),
        Mistake(
            "Quarter on quarter: r = {r:.2f}, {p:p}. Nothing overlaps here. The time of the year "
            "tells {season_share:.0f} % of the changes of CO₂, but that does not hide a link: "
            "with the season taken out of both, and the lines left in, r is "
            "{quarter_calm_r:.2f}; year on year it is {year_r:.2f}.",
            when=lambda state: state["change"] == _QUARTER,
            example={"change": _QUARTER},
            misconception="any_difference_will_do",
            holds=lambda state: (
                state["season_share"] > 90
                and 2 * abs(state["quarter_calm_r"]) < abs(state["year_r"])
            ),
        ),
        Mistake(
            "r = {r:.2f}. Taken for independent, these {n} rows have {p:p}; at what they are worth "
            "{honest:p}. The overlap has made the one out of the other, and has left r alone. What "
            "took r there from {quarter_r:.2f}, quarter on quarter?",
            when=lambda state: state["change"] == _YEARLY and state["honest"] < _LEVEL,
            example={"change": _YEARLY},
            misconception="overlap_costs_nothing",
            holds=lambda state: (
                10 * state["p"] < state["honest"]
                and state["fourth_low"] < state["r"] < state["fourth_high"]
                and _quarters_are_worth_themselves(state["beside"], state["line"])
            ),
        ),
    ]

    learned = [
        Outcome(
            "Year on year r is {year_r:.2f}, with the line of both taken out {r:.2f}: through the "
            "decades the yearly changes of both grew, and that was a part of it. In logarithms "
            "output does not grow in this way, and r is {year_log_r:.2f}. The season is not the "
            "reason: without it quarter on quarter is still {quarter_calm_r:.2f}. The {n} rows are "
            "worth about {worth:.0f} independent ones, by their echoes over two "
            "years: {honest:p}, where independent rows would have {p:p}. Overlap makes p too "
            "small, and leaves r about as it is.\n\n"
            "For two series of your own there is `series_test` in `lib.stats`, the library of this "
            "course. By default it counts effective rows, by all their echoes, and says "
            "{series_p:p} here. A trend or a season that both have must be taken out before.\n\n"
            "*This part ends here.* What comes every year is taken out by the year; a year that "
            "overlaps has fewer rows than it shows. A good place to rest.",
            holds=lambda state: (
                abs(state["r"]) < abs(state["year_r"])
                and state["p"] < min(state["honest"], state["series_p"])
                and state["worth"] < state["n"] / 2
                and min(state["year_drift"], state["co2_drift"]) > 0.3
                and state["year_log_drift"] < 0.1
                and abs(state["quarter_calm_r"] - state["quarter_r"]) < 0.1
            ),
        )
    ]

    holds = [
        Claim("with no star", lambda state: state["quarter_p"] >= _LEVEL),
    ]

    def in_the_lab(self, *, beside: str, **_: Any) -> LabAddress:
        # The carbon dioxide is not in this table; the population drifts upwards as it does.
        return LabAddress("us_macro", "two_series", {"x": beside, "y": "pop"})

    def show(self, change: str, first: str, beside: str, line: str) -> Exhibit:
        pair = _compared(beside, change, line, int(first))
        yearly = _compared(beside, _YEARLY, line)
        r, p = _r_and_p(pair)
        worth, honest = _at_worth(beside, line)
        fourths = [_r_and_p(_compared(beside, _FOURTH, "left in", start)) for start in (1, 2, 3, 4)]
        fourth_r, fourth_p = zip(*fourths, strict=True)
        year_r, year_p = _r_and_p(_compared(beside, _YEARLY))
        quarter_r, quarter_p = _r_and_p(_compared(beside, _QUARTER))
        drift = {name: _drift(_compared(beside, _YEARLY)[name]) for name in ("co2", beside)}
        facts: dict[str, Any] = {
            "quarters": len(_with_co2()),
            "level": 100 * _LEVEL,
            "levels_r": _r_and_p(_compared(beside, "levels"))[0],
            "quarter_r": quarter_r,
            "quarter_p": quarter_p,
            **_beside_the_comparison(beside),
            "year_r": year_r,
            "year_p": year_p,
            "year_n": len(yearly),
            "co2_drift": drift["co2"],
            "year_drift": drift[beside],
            "fourth_n": len(_compared(beside, _FOURTH)),
            "fourth_low": min(fourth_r),
            "fourth_high": max(fourth_r),
            "fourth_p_low": min(fourth_p),
            "fourth_p_high": max(fourth_p),
            "worth": worth,
            "honest": honest,
            "series_p": series_test(yearly["co2"], yearly[beside]).p,
            "r": r,
            "p": p,
            "n": len(pair),
        }
        years = [quarter.year + (quarter.quarter - 1) / 4 for quarter in pair.index]
        return Exhibit(
            figures=(
                Scatter(pair["co2"], pair[beside], title=fill("r = {r:.2f}, {p:p}", facts)),
                Lines(
                    standardised(pair).set_axis(pd.Index(years, name="year")),
                    title="Both over time",
                    y="standard deviations",
                ),
            ),
            across=2,
            facts=facts,
            table=_every_comparison(beside, line),
            description=fill(
                "A scatter plot of CO₂ and the other series, r = {r:.2f}, {p:p} from {n} rows, "
                "and both over time. Year on year r is {year_r:.2f}, and with every fourth of "
                "these rows {fourth_low:.2f} to {fourth_high:.2f}.",
                facts,
            ),
        )


@cache
def _with_co2() -> pd.DataFrame:
    """CO2 by quarter beside the economy; shared, so not to be changed."""
    months = table("co2")["co2"]
    quarterly = months.groupby(months.index.asfreq("Q")).mean()  # type: ignore[attr-defined]
    macro = table("us_macro")
    quarters = pd.PeriodIndex.from_fields(  # type: ignore[attr-defined]
        year=macro["year"], quarter=macro["quarter"], freq="Q"
    )
    return macro.set_axis(quarters).join(quarterly, how="inner").dropna(subset="co2")


@cache
def _compared(beside: str, change: str, line: str = "left in", first: int = 1) -> pd.DataFrame:
    """CO2 and another column as they are compared; shared, so not to be changed."""
    pair = _over(_with_co2()[["co2", beside]], change, first)
    if line == "left in":
        return pair
    return pair.apply(lambda column: pd.Series(detrend(column.to_numpy()), column.index))


def _over(both: pd.DataFrame, change: str, first: int) -> pd.DataFrame:
    if change == "levels":
        return both
    if change == _QUARTER:
        return difference(both)
    yearly = difference(both, 4)
    return yearly if change == _YEARLY else yearly.iloc[first - 1 :: 4]


@cache
def _at_worth(beside: str, line: str) -> tuple[float, float]:
    """How many independent rows the overlapping ones are worth, and p with that many.

    By the echoes that overlap makes: `series_test` counts all, and with them what a line makes.
    """
    from scipy import stats  # slow to import

    pair = _compared(beside, _YEARLY, line)
    worth = effective_n(pair["co2"], pair[beside], lags=_TWO_YEARS)
    r = _r_and_p(pair)[0]
    t = abs(r) * np.sqrt((worth - 2) / (1 - r**2))
    return worth, float(2 * stats.t.sf(t, worth - 2))


def _quarters_are_worth_themselves(beside: str, line: str) -> bool:
    """Whether rows that do not overlap count in full: what lessens the others is the overlap."""
    quarterly = _compared(beside, _QUARTER, line)
    worth = effective_n(quarterly["co2"], quarterly[beside], lags=_TWO_YEARS)
    return bool(worth >= len(quarterly))


def _most_years_stay() -> bool:
    return 2 * _honest_years() > _starred_years()


@cache
def _every_comparison(beside: str, line: str) -> pd.DataFrame:
    rows = {
        name if name != _FOURTH else f"{name}, from {first}": _compared(beside, name, line, first)
        for name in _OVER
        for first in ((1, 2, 3, 4) if name == _FOURTH else (1,))
    }
    found = {name: [len(pair), *_r_and_p(pair)] for name, pair in rows.items()}
    return pd.DataFrame(found, ["rows", "r", "p"]).T.round(6).rename_axis("compared")


@cache
def _beside_the_comparison(beside: str) -> dict[str, float]:
    """What might have raised r: the season, and that a column is not in logarithms."""
    quarterly = _compared(beside, _QUARTER)
    calm = quarterly - quarterly.groupby(quarterly.index.quarter).transform("mean")  # type: ignore[attr-defined]
    both = _with_co2()[["co2", beside]]
    yearly = difference(both.assign(**{beside: np.log(both[beside])}), 4)
    return {
        "season_share": 100 * float(1 - calm["co2"].var() / quarterly["co2"].var()),
        "quarter_calm_r": _r_and_p(calm)[0],
        "year_log_r": _r_and_p(yearly)[0],
        "year_log_drift": _drift(yearly[beside]),
    }


def _drift(series: "pd.Series[float]") -> float:
    """r of a series with time."""
    return float(np.corrcoef(series, np.arange(len(series)))[0, 1])
