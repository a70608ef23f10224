"""On your own: a summer of ozone and weather."""

from collections.abc import Mapping
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

import datasets
from lessons.tables import table
from lessons.time_series.changes import standardised
from lib.charts import Lines, Scatter
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Step,
    Task,
    fill,
)

AIRQUALITY = datasets.catalogue()["airquality"]

_OZONE, _WEATHER = "Ozone", ("Solar.R", "Wind", "Temp")
_NOTHING, _DAILY, _LINE, _MONTH = "nothing", "difference", "detrend", "month out"
_LEFT, _DROPPED = "left as gaps", "dropped first"


class OzoneDayByDay(Step):
    """
    ### On your own: ozone, day by day

    New York, {days} days of summer: ozone, sunshine, wind and temperature. On {missing} days nobody
    measured the ozone.

    In levels `Temp` goes with `Ozone` most closely, r = {temp_levels:.2f}. But a summer has warm
    weeks and cool ones. What goes with ozone *from one day to the next*?
    """

    readings = {
        "r": "{r:.2f}",
        "rows": "{n}",
    }

    tables = (AIRQUALITY,)

    beside = Choice("Beside ozone", _WEATHER, default="Temp")
    change = Choice("Treat both by", (_NOTHING, _DAILY, _LINE, _MONTH), default=_NOTHING)
    gaps = Choice("Days without a reading", (_LEFT, _DROPPED), default=_LEFT)
    answers = {"named": Choice("Goes with it most closely", _WEATHER, default=None)}

    task = Task(
        "Which of the three goes with ozone most closely from one day to the next, whatever the "
        "sign? Show it beside ozone, in changes over a single day each, and name it.",
        goals=[
            Goal(
                "Both are changes over one day: now *{change}*, over {longest} {longest:day|days} "
                "at most",
                met=lambda state: state["change"] == _DAILY and state["longest"] == 1,
            ),
            Goal(
                "What goes with ozone most closely is named: now {named}",
                met=lambda state: state["named"] == state["closest"],
            ),
            Goal(
                "It is what stands beside ozone: now {beside}",
                met=lambda state: state["beside"] == state["named"] == state["closest"],
            ),
        ],
        solution={"beside": "Wind", "change": _DAILY, "named": "Wind"},
        hints=[
            "The change of a day is its value less that of the day before.",
            "Where one of the two days has no ozone, there is no such change.",
            "Go through the three with their changes on the screen.",
        ],
    )

    mistakes = [
        Mistake(
            "`{named}` has r = {named_levels:.2f} with ozone in levels, and {named_days:.2f} in "
            "changes from one day to the next. There another one has more.",
            when=lambda state: state["named"] not in (None, state["closest"]),
            example={"change": _DAILY, "named": "Temp"},
            misconception="strong_levels_are_links",
            holds=lambda state: abs(state["named_days"]) < abs(state["closest_days"]),
        ),
        Mistake(
            "{uneven} of {n} differences go over more than a day, the longest over {longest} days. "
            "A row that was dropped takes its day along, and its neighbours become neighbours of "
            "each other.",
            when=lambda state: state["change"] == _DAILY and state["gaps"] == _DROPPED,
            example={"change": _DAILY, "gaps": _DROPPED},
            misconception="any_difference_will_do",
            holds=lambda state: state["uneven"] > 0 and state["longest"] > 1,
        ),
        Mistake(
            "Without their lines r is {r:.2f}, and it was {levels_r:.2f}. A summer goes up and "
            "down again, which no line does: ozone still has {echo:.2f} with its own next day.",
            when=lambda state: state["change"] == _LINE,
            example={"change": _LINE},
            misconception="detrending_cures_everything",
            holds=lambda state: abs(state["r"] - state["levels_r"]) < 0.05 < state["echo"],
        ),
        Mistake(
            "With the mean of each month taken out r is {r:.2f}. Spells of weather are shorter "
            "than a month: ozone still has {echo:.2f} with its own next day.",
            when=lambda state: state["change"] == _MONTH,
            example={"change": _MONTH},
            misconception="one_cure_for_all",
            holds=lambda state: state["echo"] > 0.3,
        ),
        Mistake(
            "r = {r:.2f} in levels. Ozone has {echo:.2f} with its own next day, so that warm and "
            "cool weeks are in it. The question is about one day and the next.",
            when=lambda state: (
                state["change"] == _NOTHING
                and (state["beside"] != "Temp" or state["named"] or state["gaps"] == _DROPPED)
            ),
            example={"beside": "Wind"},
            misconception="strong_levels_are_links",
            holds=lambda state: state["echo"] > 0.3,
        ),
        Mistake(
            "`{named}` is named, and `{beside}` stands beside ozone: r = {r:.2f} from day to day. "
            "Show the one that you name.",
            when=lambda state: state["named"] not in (None, state["beside"]),
            example={"change": _DAILY, "named": "Wind"},
            misconception="strong_levels_are_links",
            holds=lambda state: abs(state["r"]) < abs(state["closest_days"]),
        ),
    ]

    learned = [
        Outcome(
            "From one day to the next `Wind` has r = {wind_days:.2f} with ozone, and `Temp` "
            "{temp_days:.2f}; in levels it was {wind_levels:.2f} and {temp_levels:.2f}. `Temp` "
            "repeats itself most, {temp_echo:.2f} with its own next day, and it lost most. Changes "
            "answer each other: what rose yesterday tends to fall today. So the {n} rows are worth "
            "about {wind_rows:.0f} independent ones for `Wind`, and {temp_rows:.0f} for `Temp`, by "
            "the short formula. Counted so, the intervals go from {wind_low:.2f} to "
            "{wind_high:.2f} and from {temp_low:.2f} to {temp_high:.2f}: by size they overlap, so "
            "that another summer may have the two the other way round.\n\nThat is the lesson on a "
            "table of your own. The quiz can wait until tomorrow.",
            holds=lambda state: (
                state["temp_echo"] > max(state["wind_echo"], state["solar_echo"])
                and abs(state["temp_levels"]) - abs(state["temp_days"])
                > abs(state["wind_levels"]) - abs(state["wind_days"])
                and -state["wind_high"] < state["temp_high"]
                and max(state["wind_rows"], state["temp_rows"]) < state["n"]
            ),
        )
    ]

    holds = [
        Claim(
            "In levels `Temp` goes with `Ozone` most closely",
            lambda state: (
                abs(state["temp_levels"]) > max(abs(state["wind_levels"]), state["solar_levels"])
            ),
        )
    ]

    def in_the_lab(self, *, beside: str, **_: Any) -> LabAddress:
        return LabAddress("airquality", "two_series", {"x": _OZONE, "y": beside})

    def show(self, beside: str, change: str, gaps: str) -> Exhibit:
        pair, over = _treated(beside, change, gaps)
        daily = {name: _r(_treated(name, _DAILY, _LEFT)[0]) for name in _WEATHER}
        closest = max(daily, key=lambda name: abs(daily[name]))
        facts: dict[str, Any] = {
            **_of_the_summer(),
            "closest": closest,
            "closest_days": daily[closest],
            "r": _r(pair),
            "n": len(pair),
            "levels_r": _r(_treated(beside, _NOTHING, _LEFT)[0]),
            "echo": float(pair[_OZONE].reindex(_days().index).autocorr(1)),
            "longest": int(over.max()),
            "uneven": int((over > 1).sum()),
        }
        shown = standardised(pair).reindex(_days().index)
        return Exhibit(
            figures=(
                Scatter(pair[beside], pair[_OZONE], title=fill("r = {r:.2f}", facts)),
                Lines(
                    shown.set_axis(pd.RangeIndex(1, len(shown) + 1, name="day")),
                    title="Both, day by day",
                    y="standard deviations",
                ),
            ),
            across=2,
            facts=facts,
            table=pair.round(3),
            description=fill(
                "A scatter plot of ozone and {beside}, r = {r:.2f} over {n} rows, and both as "
                "lines over {days} days. Treated by: {change}. The levels have r = {levels_r:.2f}.",
                {"beside": beside, "change": change, **facts},
            ),
        )

    def appraise(self, exhibit: Exhibit, named: str | None) -> Mapping[str, Fact]:  # noqa: ARG002
        if named is None:
            return {"named_levels": 0.0, "named_days": 0.0}
        return {
            "named_levels": _r(_treated(named, _NOTHING, _LEFT)[0]),
            "named_days": _r(_treated(named, _DAILY, _LEFT)[0]),
        }


@cache
def _days() -> pd.DataFrame:
    """A row a day, by its date; shared, so not to be changed."""
    air = table("airquality")
    dates = pd.to_datetime(
        "1973-" + air["Month"].astype(str) + "-" + air["Day"].astype(str)
    )  # fmt: skip
    return air[[_OZONE, *_WEATHER]].astype(float).set_axis(pd.DatetimeIndex(dates, name="date"))


@cache
def _treated(beside: str, change: str, gaps: str) -> "tuple[pd.DataFrame, pd.Series[int]]":
    """Ozone and another column after a treatment, and over how many days each row goes; shared."""
    pair = _days()[[_OZONE, beside]]
    if gaps == _DROPPED:
        pair = pair.dropna()
    over = pd.Series(0, pair.index)
    if change == _DAILY:
        over = pair.index.to_series().diff().dt.days.fillna(0).astype(int)
        pair = pair.diff()
    pair = pair.dropna()
    if change == _LINE:
        day = (pair.index - _days().index[0]).days.to_numpy(dtype=float)
        pair = pair.apply(lambda column: column - np.polyval(np.polyfit(day, column, 1), day))
    if change == _MONTH:
        months = pair.index.to_series().dt.month
        pair = pair - pair.groupby(months).transform("mean")
    return pair, over[pair.index]


def _r(pair: pd.DataFrame) -> float:
    return float(pair[_OZONE].corr(pair.iloc[:, 1]))


_NORMAL = NormalDist().inv_cdf(0.975)
"""How many standard errors an interval of 95 % reaches to either side."""


def _worth(pair: pd.DataFrame) -> float:
    """How many independent rows tell as much, by the short formula.

    The echo of a change is that over all days which have one, also where the other column has none.
    """
    a, b = (_days()[name].diff().autocorr(1) for name in pair)
    return float(len(pair) * (1 - a * b) / (1 + a * b))


@cache
def _of_the_summer() -> dict[str, float]:
    """What the texts name of each column, whatever is on the screen."""
    found: dict[str, float] = {
        "days": len(_days()),
        "missing": int(_days()[_OZONE].isna().sum()),
    }
    for name, column in (("solar", "Solar.R"), ("wind", "Wind"), ("temp", "Temp")):
        daily = _treated(column, _DAILY, _LEFT)[0]
        rows = _worth(daily)
        low, high = np.tanh(np.arctanh(_r(daily)) + np.array([-1, 1]) * _NORMAL / np.sqrt(rows - 3))
        found |= {
            f"{name}_levels": _r(_treated(column, _NOTHING, _LEFT)[0]),
            f"{name}_days": _r(daily),
            f"{name}_rows": rows,
            f"{name}_low": float(low),
            f"{name}_high": float(high),
            f"{name}_echo": float(_days()[column].autocorr(1)),
        }
    return found
