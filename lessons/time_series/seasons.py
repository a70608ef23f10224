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
    Exhibit,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    fill,
)
from lib.stats import autocorrelation, correlate, difference, effective_n

_LEVEL = 0.05
_TOWN_SEED, _TEN_YEARS = 7, 120
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

    change = Choice("Treat by", tuple(CHANGES), default="nothing")
    seed = Seed("Town", default=_TOWN_SEED)

    predict = Predict(
        "r = {nothing_r:.2f} between ice cream and burglaries. Take the difference from month to "
        "month. What happens to the star?",
        choices=[
            Option(
                text="It goes: differences cure series",
                value="goes",
                feedback=(
                    "They cure walks. The difference of two summers is two springs: r = "
                    "{difference_r:.2f}, p = {difference_p:.7f}."
                ),
                misconception="differencing_cures_everything",
            ),
            Option(
                text="It stays",
                value="stays",
                feedback=(
                    "r = {difference_r:.2f}, p = {difference_p:.7f}. The change from June to July "
                    "is the same every year, for both."
                ),
            ),
            Option(
                text="The sign turns round",
                value="turns",
                feedback=(
                    "Differences have no reason to do that. r only shrinks, to {difference_r:.2f}."
                ),
                misconception="differencing_kills_every_link",
            ),
        ],
        answer=lambda exhibit: "stays" if float(exhibit.facts["difference_p"]) < _LEVEL else "goes",
    )

    task = Task(
        "Take the shared summer out, so that no star is left.",
        goals=[
            Goal(
                "The shared summer is taken out: now {change}",
                met=lambda state: state["change"] in ("season out", "year on year"),
            ),
            Goal(
                "No star is left: p is now {p:.2g}",
                met=lambda state: state["p"] >= _LEVEL,
            ),
        ],
        solution={"change": "season out"},
        hints=[
            "What do both have in common? A line it is not.",
            "Compare July with other Julys.",
        ],
    )

    mistakes = [
        Mistake(
            "Differences from month to month: r = {r:.2f}, p = {p:.7f}. A difference of a season "
            "is a season, shifted by three months.",
            when=lambda state: state["change"] == "difference",
            example={"change": "difference"},
            misconception="differencing_cures_everything",
        ),
        Mistake(
            "There is no line to take out: r was {nothing_r:.2f} and is {r:.2f}. The summer comes "
            "and goes, and comes again.",
            when=lambda state: state["change"] == "detrend",
            example={"change": "detrend"},
            misconception="detrending_cures_everything",
        ),
        Mistake(
            "Another town, and r = {r:.2f} again. Every town has a summer.",
            when=lambda state: state["change"] == "nothing",
            example={"seed": 3},
            misconception="one_draw_shows_chance",
        ),
    ]

    learned = [
        Outcome(
            "Ice cream and burglaries: r = {nothing_r:.2f}, after differences {difference_r:.2f}, "
            "with the months taken out {season_r:.2f}, against the year before {year_r:.2f}. What "
            "comes every year has to be taken out by the year."
        )
    ]

    def show(self, change: str, seed: int) -> Exhibit:
        found = _found(seed)
        treated = _treated(_town(seed), change)
        r, p = found[change]
        facts: dict[str, Any] = {
            "months": _TEN_YEARS,
            "years": _TEN_YEARS // YEAR,
            "level": 100 * _LEVEL,
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
                "Ice cream and burglaries over {n} months, and their scatter plot: r = {r:.2f}, p "
                "= {p:.3f}. Untreated r is {nothing_r:.2f}, with the months taken out "
                "{season_r:.2f}.",
                facts,
            ),
        )


@lru_cache(maxsize=32)
def _town(seed: int) -> pd.DataFrame:
    """Ten years of months; shared, so not to be changed."""
    random = np.random.default_rng(seed)
    season = np.cos(2 * np.pi * (np.arange(_TEN_YEARS) % YEAR - 6) / YEAR)
    ice_cream = 100 + 40 * season + random.normal(0, 10, _TEN_YEARS)
    burglaries = 50 + 12 * season + random.normal(0, 5, _TEN_YEARS)
    return pd.DataFrame({"ice cream": ice_cream, "burglaries": burglaries})


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


_FIRST_FLIGHT = 1949


class Decades(Step):
    """
    ### They never met

    Airline passengers, every month from {flown_from} to {flown_to}. Beside them the carbon dioxide
    over Hawaii, in months of *later* years. January stands beside January, in different decades.

    Nobody can have caused anything here. The heatmap does not know that.
    """

    tables = (PASSENGERS, CO2)

    year = Slider("CO₂ from", 1959, 1989, default=1970, step=1)
    change = Choice(
        "Change", tuple(name for name in _CHANGES if name != "season out"), default="nothing"
    )

    predict = Predict(
        "Passengers of {flown_from} to {flown_to}, CO₂ of {year} to {last_year}. r of the "
        "two columns is about ...",
        choices=[
            Option(
                text="{value:.1f}: they cannot know each other",
                value=0.0,
                feedback="They do not. But both rise, and both have a summer: r = {levels_r:.2f}.",
                misconception="strong_levels_are_links",
            ),
            Option(
                text="{value:.1f}: both have seasons",
                value=0.3,
                feedback="The seasons help a little. The rise does the rest: r = {levels_r:.2f}.",
                misconception="one_cure_for_all",
            ),
            Option(
                text="{value:.1f}",
                value=0.9,
                feedback=(
                    "{levels_r:.2f}, and p has so many noughts that nobody prints them. A shared "
                    "calendar and a shared direction are enough."
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["levels_r"],
        tolerance=0.15,
    )

    task = Task(
        "Change both series until r is what it should be between decades that never met: below "
        "{weak:.1f}, with no star.",
        goals=[
            Goal(
                "|r| is below {weak:.1f}: now r is {r:.2f}",
                met=lambda state: abs(state["r"]) < state["weak"],
            ),
            Goal(
                "There is no star: p is now {p:.2g}",
                met=lambda state: state["p"] >= _LEVEL,
            ),
        ],
        solution={"change": "both differences"},
        hints=[
            "Two things are shared: a direction and a calendar.",
            "One difference for each of them.",
        ],
    )

    mistakes = [
        Mistake(
            "CO₂ from {year} on, and still r = {r:.2f}. Any rising stretch will do. The year "
            "is not the matter.",
            when=lambda state: state["change"] == "nothing",
            example={"year": 1985},
            misconception="strong_levels_are_links",
        ),
        Mistake(
            "r = {r:.2f} with p = {p:.3f} after *{change}*: a star between different decades. One "
            "of the two things that they share is still there.",
            when=lambda state: state["p"] < _LEVEL,
            example={"change": "year on year"},
            misconception="one_cure_for_all",
        ),
    ]

    learned = [
        Outcome(
            "Passengers of {flown_from} to {flown_to} and CO₂ of {year} to {last_year}: r = "
            "{levels_r:.2f}. Without their direction and their calendar it is {r:.2f}. What rises "
            "together need not even live at the same time."
        )
    ]

    def show(self, year: int, change: str) -> Exhibit:
        passengers = table("air_passengers")["passengers"].to_numpy(dtype=float)
        air = _months_of_co2(year, len(passengers))
        pair = pd.DataFrame({"passengers": passengers, "CO₂": air})
        changed = _treated(pair, change)
        levels_r, levels_p = _r_and_p(pair)
        r, p = _r_and_p(changed)
        facts: dict[str, Any] = {
            "months": len(pair),
            "flown_from": _FIRST_FLIGHT,
            "flown_to": _FIRST_FLIGHT + len(pair) // YEAR - 1,
            "last_year": year + len(pair) // YEAR - 1,
            "weak": 0.2,
            "level": 100 * _LEVEL,
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
                "their scatter plot. r = {r:.2f} with p = {p:.2g}; untreated it is "
                "{levels_r:.2f}.",
                facts,
            ),
        )


def _months_of_co2(year: int, months: int) -> Floats:
    """So many months from January on; gaps of a few months are bridged by a line."""
    co2 = table("co2")["co2"].interpolate()
    from_january: Floats = co2[co2.index >= pd.Period(f"{year}-01")].to_numpy()[:months]
    return from_january


_WITH_CO2 = ("realgdp", "cpi", "unemp")
_OVER = (
    "levels",
    "quarter on quarter",
    "year on year",
    "year on year, every fourth",
)


class Overlap(Step):
    """
    ### The year that counts every quarter four times

    The carbon dioxide over Hawaii, {quarters} quarters, beside the American economy. In levels r is
    {levels_r:.2f}, from drift. From quarter to quarter it is {quarter_r:.2f}: nothing.

    The news likes to compare with *a year ago*. That is a difference too. But each quarter lies in
    four of those years.
    """

    tables = (CO2, MACRO)

    change = Choice("Compare", _OVER, default="levels")
    beside = Choice("Beside CO₂", _WITH_CO2, default="realgdp")
    answers = {"answer": Number("Rows it is worth", 1, 200)}

    predict = Predict(
        "Quarter on quarter: r = {quarter_r:.2f}, p = {quarter_p:.2f}. And year on year, in the "
        "same data?",
        choices=[
            Option(
                text="Nothing as well: a difference is a difference",
                value="nothing",
                feedback=(
                    "It is a sum of four differences, and three of them come again in the next "
                    "row. r becomes {year_r:.2f}, with p = {year_p:.6f}."
                ),
                misconception="any_difference_will_do",
            ),
            Option(
                text="A star comes back",
                value="star",
                feedback=(
                    "r = {year_r:.2f}, p = {year_p:.6f}. Rows that overlap repeat each other: each "
                    "keeps {year_echo:.2f} of the last. All these rows are worth {year_worth:.0f}."
                ),
            ),
            Option(
                text="The link of the levels, nearly whole",
                value="levels",
                feedback=(
                    "The drift is gone, so that cannot be. What comes back is smaller, r = "
                    "{year_r:.2f}, and has a star: p = {year_p:.6f}."
                ),
                misconception="strong_levels_are_links",
            ),
        ],
        answer=lambda exhibit: "star" if float(exhibit.facts["year_p"]) < _LEVEL else "nothing",
    )

    task = Task(
        "Bring the star of CO₂ and output back by comparing with the year before. Then say how "
        "many independent rows that is worth, within a tenth.",
        goals=[
            Goal(
                "It is compared with the year before: now {change}",
                met=lambda state: state["change"] == "year on year",
            ),
            Goal(
                "CO₂ stands beside output: now {beside}",
                met=lambda state: state["beside"] == "realgdp",
            ),
            Goal(
                "The number of independent rows is right within a tenth: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and abs(state["answer"] - state["worth"]) <= 0.1 * state["worth"]
                ),
            ),
        ],
        solution={"change": "year on year", "answer": 30},
        hints=[
            "Numbers has the rows that each comparison is worth.",
            "Of {n} rows the more is lost, the more each repeats of the last. For CO₂ and output "
            "Numbers has both echoes as well.",
        ],
    )

    mistakes = [
        Mistake(
            "{answer} is the number of rows in the table. They overlap: each year shares three "
            "quarters with the next. Together they are worth {worth:.0f}.",
            when=lambda state: (
                state["change"] == "year on year"
                and state["answer"] is not None
                and state["answer"] > 2 * state["worth"]
            ),
            example={"change": "year on year", "answer": 168},
            misconception="any_difference_will_do",
        ),
        Mistake(
            "Not {answer}. Each year keeps {co2_echo:.2f} of the last one for CO₂ and "
            "{other_echo:.2f} for the other. The more of both, the fewer rows.",
            when=lambda state: state["change"] == "year on year" and state["answer"] is not None,
            example={"change": "year on year", "answer": 5},
            misconception="any_difference_will_do",
        ),
        Mistake(
            "Every fourth year-on-year change: no overlap, {n} rows, p = {p:.2f}. That is the "
            "honest way. But the task wants to see the star come back.",
            when=lambda state: state["change"] == "year on year, every fourth",
            example={"change": "year on year, every fourth"},
            misconception="one_cure_for_all",
        ),
        Mistake(
            "Quarter on quarter there is no star: r = {r:.2f}, p = {p:.2f}. Nothing overlaps here.",
            when=lambda state: state["change"] == "quarter on quarter",
            example={"change": "quarter on quarter"},
            misconception="differencing_kills_every_link",
        ),
    ]

    learned = [
        Outcome(
            "Quarter on quarter r = {quarter_r:.2f}, year on year {year_r:.2f} with p = "
            "{year_p:.6f}. The {n} rows overlap and are worth {worth:.0f}; with that many p = "
            "{honest:.2f}. Changes that overlap bring back what differences took away."
        )
    ]

    def show(self, change: str, beside: str) -> Exhibit:
        pair = _compared(beside, change)
        tested = {name: _tested(beside, name) for name in _OVER}
        quarter, year = tested["quarter on quarter"], tested["year on year"]
        facts = {
            "quarters": len(_with_co2()),
            "level": 100 * _LEVEL,
            "levels_r": tested["levels"]["r"],
            "quarter_r": quarter["r"],
            "quarter_p": quarter["p"],
            "year_r": year["r"],
            "year_p": year["p"],
            "year_worth": year["worth"],
            "year_honest": year["honest"],
            "year_echo": year["co2_echo"],
            **tested[change],
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
            table=pd.DataFrame(tested).round(6),
            description=fill(
                "A scatter plot of CO₂ and the other series, r = {r:.2f} with p = {p:.2g}, and "
                "both over time. The {n} rows are worth {worth:.1f} independent ones.",
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


def _compared(beside: str, change: str) -> pd.DataFrame:
    both = _with_co2()[["co2", beside]]
    if change == "levels":
        return both
    if change == "quarter on quarter":
        return difference(both)
    yearly = difference(both, 4)
    return yearly if change == "year on year" else yearly.iloc[::4]


@cache
def _tested(beside: str, change: str) -> dict[str, float]:
    """r and p as if rows were independent, what the rows are worth, and p with that many."""
    from scipy import stats  # slow to import

    pair = _compared(beside, change)
    r, p = _r_and_p(pair)
    x, y = (pair[name].to_numpy() for name in ("co2", beside))
    worth = effective_n(x, y)
    honest = float("nan")
    if worth > 2:
        t = r * np.sqrt((worth - 2) / (1 - r**2))
        honest = float(2 * stats.t.sf(abs(t), worth - 2))
    return {
        "r": r,
        "p": p,
        "n": float(len(pair)),
        "worth": worth,
        "honest": honest,
        "co2_echo": float(autocorrelation(x, 1)["value"].iloc[1]),
        "other_echo": float(autocorrelation(y, 1)["value"].iloc[1]),
    }
