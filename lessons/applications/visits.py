"""User behaviour: when people come, when they buy, and when they buy more often than usual."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.charts import Heatmap
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    fill,
)
from lib.stats import adjust_p_values

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = np.arange(24)
USUAL, _LEVEL = 0.04, 0.05

_VISITS, _ORDERS, _RATE = "visits", "orders", "rate"
_NOTHING, _RAW, _BH = "nothing", "p below 5 %", "BH at 5 %"

Counts = NDArray[np.int64]
Marks = NDArray[np.bool_]

_IS_LIFTED = np.zeros((7, 24), dtype=bool)
_IS_LIFTED[1, 6:9] = True


class Week(NamedTuple):
    """Visits and orders by weekday and hour, added up over some weeks."""

    visits: Counts
    orders: Counts

    @property
    def rate(self) -> NDArray[np.float64]:
        return self.orders / self.visits


class Visits(Step):
    """
    ### Behaviour: a rate, not a crowd

    A shop on the web, weekdays by hours: {hours_a_week} cells. Of a hundred visitors four usually
    order. You may send an offer in a few hours of the week. Which?

    The data are made, so we know the truth: in {lifted} hours of the week people order three times
    as often. The others are all alike.

    The habits. *Normaliser*: orders divided by visits. *Scale*: diverging around the usual rate.
    *Order*: the calendar. *Trap*: {hours_a_week} cells are as many tests, and the emptiest hours
    have the wildest rates.
    """

    weeks = Choice("Weeks of data", ("1", "12"), default="12")
    table = Choice("Show", (_VISITS, _ORDERS, _RATE), default=_VISITS)
    marked = Choice("Mark hours by", (_NOTHING, _RAW, _BH), default=_NOTHING)
    views = ("table",)

    predict = Predict(
        "Most visits: {visits_day} at {visits_hour}. Most orders: {orders_day} at {orders_hour}. "
        "Where is the share of visitors who order largest?",
        choices=[
            Option(
                text="Where most orders are",
                value="orders",
                feedback=(
                    "Orders follow the crowd. In that cell {orders_most} people order because so "
                    "many come. The best rate, {rate_most:.3f}, is on {rate_day} at {rate_hour}, "
                    "when hardly anybody is there."
                ),
                misconception="most_is_best",
            ),
            Option(
                text="Somewhere in a quiet morning",
                value="elsewhere",
                feedback=(
                    "On {rate_day} at {rate_hour}: {rate_most:.3f}. The busiest hour has "
                    "{rate_at_busiest:.3f}, like any other."
                ),
            ),
            Option(
                text="Where most visits are: that is why they are there",
                value="visits",
                feedback=(
                    "Many come in that hour, {visits_most:,} in twelve weeks, and "
                    "{rate_at_busiest:.3f} of them order. That is the usual rate. On {rate_day} at "
                    "{rate_hour} it is {rate_most:.3f}."
                ),
                misconception="most_is_best",
            ),
        ],
        answer=lambda exhibit: (
            "elsewhere"
            if (exhibit.facts["rate_day"], exhibit.facts["rate_hour"])
            not in (
                (exhibit.facts["orders_day"], exhibit.facts["orders_hour"]),
                (exhibit.facts["visits_day"], exhibit.facts["visits_hour"]),
            )
            else "orders"
        ),
    )

    task = Task(
        "Mark the hours worth an offer: all {lifted} that are truly better, and no other. Show "
        "them on the map where they stand out.",
        goals=[
            Goal(
                "The map is the one on which they stand out",
                met=lambda state: state["table"] == _RATE,
            ),
            Goal(
                "All {lifted} better hours are marked: now {found}",
                met=lambda state: state["found"] == state["lifted"],
            ),
            Goal(
                "No other hour is marked: now {false}",
                met=lambda state: state["false"] == 0,
            ),
        ],
        solution={"table": _RATE, "marked": _BH},
        hints=[
            "Counts show when people are awake. Divide.",
            "{hours_a_week} cells at five in a hundred: how many would stand out by chance?",
        ],
    )

    mistakes = [
        Mistake(
            "{marked_hours} hours are marked, {found} of them truly better. {false} are noise: "
            "{hours_a_week} tests at {level:.0%} earn that much. Adjust.",
            when=lambda state: state["false"] > 0,
            example={"table": _RATE, "marked": _RAW},
            misconception="cells_are_no_tests",
        ),
        Mistake(
            "One week of data. The rates run from {one_week_least:.2f} to {one_week_most:.3f}, and "
            "{found} of {lifted} hours are marked. Nothing false, and not everything: more weeks.",
            when=lambda state: state["weeks"] == "1",
            example={"weeks": "1", "table": _RATE, "marked": _BH},
            misconception="rates_need_no_crowd",
        ),
        Mistake(
            "The marks are right, {found} of {lifted}. The map under them shows {table}, and there "
            "these hours look like nothing. Show what was tested.",
            when=lambda state: state["found"] == state["lifted"],
            example={"marked": _BH},
            misconception="most_is_best",
        ),
    ]

    learned = [
        Outcome(
            "Visits peak on {visits_day} at {visits_hour}, orders on {orders_day} at "
            "{orders_hour}, the rate on {rate_day} at {rate_hour}: {rate_most:.3f}. BH marks "
            "{found} hours, all true; without it {raw_marked} are marked, {raw_false} of them "
            "noise."
        )
    ]

    def show(self, weeks: str, table: str, marked: str) -> Exhibit:
        data = draw(int(weeks))
        values = {_VISITS: data.visits, _ORDERS: data.orders, _RATE: data.rate}[table]
        raw, by_bh = marked_cells(data)
        chosen = {_NOTHING: np.zeros_like(raw), _RAW: raw, _BH: by_bh}[marked]
        found = int((chosen & _IS_LIFTED).sum())
        day, hour = peak(values)
        facts: dict[str, Any] = {
            **_known(),
            "marked_hours": int(chosen.sum()),
            "found": found,
            "false": int(chosen.sum()) - found,
            "day": day,
            "hour": hour,
            "least": float(values.min()),
            "largest": float(values.max()),
        }
        return Exhibit(
            figures=(week_map(values, table, chosen if marked != _NOTHING else None),),
            facts=facts,
            table=pd.DataFrame(values, DAYS, HOURS).round(3),
            description=fill(
                f"A map of {table} by weekday and hour, largest on {{day}} at {{hour}}. "
                "{marked_hours} of {hours_a_week} hours are marked, and {found} of them are "
                "truly better.",
                facts,
            ),
        )


def week_map(values: NDArray[Any], table: str, chosen: Marks | None = None) -> Heatmap:
    """Weekdays by hours; where some cells are chosen, the others step back."""
    frame = pd.DataFrame(values, pd.Index(DAYS, name="day"), pd.Index(HOURS, name="hour"))
    is_rate = table == _RATE
    return Heatmap(
        frame,
        (0.0, float(values.max())),
        center=USUAL if is_rate else None,
        colours="house" if is_rate else "viridis",
        decimals=None,
        scale="orders a visit" if is_rate else table,
        title=f"{table.capitalize()} in a week",
        faded=None if chosen is None else pd.DataFrame(~chosen, frame.index, frame.columns),
    )


@cache
def draw(weeks: int) -> Week:
    """Visits and orders of some weeks, added up; on Tuesdays from six to eight people buy more."""
    rng = np.random.default_rng(11)
    evening = 200 * np.exp(-0.5 * ((HOURS - 20) / 2.5) ** 2)
    noon = 120 * np.exp(-0.5 * ((HOURS - 12.5) / 2) ** 2)
    of_day = np.array([1, 1, 1.05, 1, 0.9, 0.6, 0.55])
    visits = rng.poisson(of_day[:, None] * (60 + evening + noon) * weeks)
    return Week(visits, rng.binomial(visits, np.where(_IS_LIFTED, 0.12, USUAL)))


def peak(table: NDArray[Any]) -> tuple[str, int]:
    """The day and the hour of the largest value."""
    day, hour = np.unravel_index(table.argmax(), table.shape)
    return DAYS[day], int(hour)


def marked_cells(data: Week) -> tuple[Marks, Marks]:
    """Where people order more often than usual: by each p alone, and by BH."""
    from scipy import stats

    p = np.asarray(stats.binom.sf(data.orders - 1, data.visits, USUAL))
    adjusted = np.asarray(adjust_p_values(p.ravel(), "bh")).reshape(p.shape)
    return p < _LEVEL, adjusted < _LEVEL


@cache
def _known() -> dict[str, Any]:
    """What twelve weeks show, and what one week shows."""
    data, week = draw(12), draw(1)
    raw, by_bh = marked_cells(data)
    (visits_day, visits_hour), (orders_day, orders_hour) = peak(data.visits), peak(data.orders)
    rate_day, rate_hour = peak(data.rate)
    return {
        "usual": USUAL,
        "level": _LEVEL,
        "hours_a_week": _IS_LIFTED.size,
        "lifted": int(_IS_LIFTED.sum()),
        "visits_day": visits_day,
        "visits_hour": visits_hour,
        "orders_day": orders_day,
        "orders_hour": orders_hour,
        "rate_day": rate_day,
        "rate_hour": rate_hour,
        "visits_most": int(data.visits.max()),
        "orders_most": int(data.orders.max()),
        "rate_most": float(data.rate.max()),
        "rate_at_busiest": float(data.rate.flat[data.visits.argmax()]),
        "raw_marked": int(raw.sum()),
        "raw_false": int((raw & ~_IS_LIFTED).sum()),
        "bh_marked": int(by_bh.sum()),
        "one_week_least": float(week.rate.min()),
        "one_week_most": float(week.rate.max()),
        "one_week_found": int((marked_cells(week)[1] & _IS_LIFTED).sum()),
    }
