"""User behaviour: when people come, when they buy, and when they buy more often than usual."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.charts import Heatmap
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    State,
    Step,
    Task,
    Write,
    fill,
)
from lib.course.writing import a_frame, run
from lib.stats import adjust_p_values

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = np.arange(24)
USUAL, _LEVEL, SEED = 0.04, 0.05, 75

_VISITS, _ORDERS, _RATE = "visits", "orders", "rate"
_NOTHING, _RAW, _BH = "nothing", "p below 5 %", "BH at 5 %"

_ABOUT, _NEARLY = 4 / 3, 1.15
"""How unlike the scatter of empty and full hours may be, and how far from one that of all."""

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


def _visits_differ_more(state: State) -> bool:
    """Whether visits differ more than rates do, each by its deviation over its mean."""
    data = draw(12, state["seed"])
    visits, rates = (values.std() / values.mean() for values in (data.visits, data.rate))
    return bool(visits > 1.5 * rates)


class Visits(Step):
    """
    ### Behaviour: a rate, not a crowd

    A shop on the web, days of the week by hours: {hours_a_week} cells. Of a hundred visitors four
    usually order. In which hours do they order more often?

    The data are made, so we know the truth: in {lifted} hours of the week people order three times
    as often. The others are all alike. *Draw* makes new data of the same truth.

    The habits. *Normaliser*: orders divided by visits. *Scale*: *diverging* around the usual rate,
    with one arm for more and one for less. *Order*: the calendar. *Trap*: {hours_a_week} cells are
    as many tests, and the emptiest hours have the wildest rates.
    """

    readings = {
        "hours marked": "{marked_hours}",
        "least visits of an hour": "{least_visits:,}",
    }

    weeks = Choice("Weeks of data", ("1", "12"), default="12")
    table = Choice("Show", (_VISITS, _ORDERS, _RATE), default=_VISITS)
    marked = Choice("Mark hours by", (_NOTHING, _RAW, _BH), default=_NOTHING)
    seed = Seed("Draw", default=SEED)
    views = ("table",)
    typical = ("rate_most", "rate_at_busiest", "raw_false", "one_week_most", "orders_by_visits")

    predict = Predict(
        "There are three maps of the same week: visits, orders, and orders a visit. Which of the "
        "other two does the map of *orders* look like?",
        choices=[
            Option(
                text="Like the visits",
                value=_VISITS,
                feedback=(
                    "Cell by cell orders correlate at {orders_by_visits:.2f} with visits, and at "
                    "{orders_by_rate:.2f} with the rate. Where more people come, more order. To "
                    "see where they order more *often*, you have to divide."
                ),
                holds=lambda state: state["orders_by_visits"] > 2 * abs(state["orders_by_rate"]),
                tempting=True,
            ),
            Option(
                text="Like the rate",
                value=_RATE,
                feedback=(
                    "Cell by cell orders correlate at {orders_by_rate:.2f} with the rate, and at "
                    "{orders_by_visits:.2f} with visits. Most orders come where most people are, "
                    "whether they order often or not."
                ),
                misconception="most_is_best",
                holds=lambda state: state["orders_by_visits"] > 2 * abs(state["orders_by_rate"]),
            ),
            Option(
                text="Like both about equally",
                value="both",
                feedback=(
                    "Visits differ more from hour to hour than rates do. Cell by cell orders "
                    "correlate at {orders_by_visits:.2f} with visits, and at {orders_by_rate:.2f} "
                    "with the rate."
                ),
                misconception="most_is_best",
                holds=_visits_differ_more,
            ),
        ],
        answer=lambda exhibit: _most_alike(
            float(exhibit.facts["orders_by_visits"]), float(exhibit.facts["orders_by_rate"])
        ),
        seen_at={"table": "orders"},
    )

    task = Task(
        "Mark the hours in which people truly order more often: all {lifted}, and no other. Show "
        "them on the map where they stand out.",
        goals=[
            Goal(
                "The map is the one on which they stand out: now it shows {table}",
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
            "Marked: {marked_hours}. Truly better among them: {found}. From noise: {false}. "
            "At {level:.0%} each, the hours that are like all others give up to {by_chance:.0f} "
            "of those, on average. Adjust.",
            when=lambda state: state["marked"] == _RAW and state["false"] > 0,
            example={"table": _RATE, "marked": _RAW},
            misconception="cells_are_no_tests",
            holds=lambda state: state["marked_hours"] == state["found"] + state["false"],
        ),
        Mistake(
            "BH keeps false marks rare on average, not in every draw. Of {marked_hours} marked "
            "hours those of noise are now {false}. Draw again.",
            when=lambda state: state["marked"] == _BH and state["false"] > 0,
            example={"table": _RATE, "marked": _BH, "seed": 4},
            misconception="cells_are_no_tests",
            holds=lambda state: state["marked_hours"] == state["found"] + state["false"],
        ),
        Mistake(
            "One week of data. The rates run from {one_week_least:.2f} to {one_week_most:.3f}, and "
            "{found} of {lifted} hours are marked. Nothing false, and not everything: more weeks.",
            when=lambda state: (
                state["weeks"] == "1"
                and state["marked"] != _NOTHING
                and state["found"] < state["lifted"]
            ),
            example={"weeks": "1", "table": _RATE, "marked": _BH},
            misconception="rates_need_no_crowd",
            holds=lambda state: state["false"] == 0,
        ),
        Mistake(
            "The marks are right, {found} of {lifted}. The map under them shows {table}, and there "
            "these hours look like nothing. Show what was tested.",
            when=lambda state: state["found"] == state["lifted"],
            example={"marked": _BH},
            misconception="most_is_best",
            holds=lambda state: state["table"] != _RATE and not state["lifted_stand_out"],
        ),
    ]

    learned = [
        Outcome(
            "Over twelve weeks visits peak on {visits_day} at {visits_hour}, orders on "
            "{orders_day} at {orders_hour}, and the rate on {rate_day} at {rate_hour}, with "
            "{rate_most:.3f} from {visits_at_best:,} visits. With BH {marked_hours} hours are "
            "marked, all of them true; without it {raw_marked}, and {raw_false} of those are "
            "noise.",
            when=lambda state: state["weeks"] == "12" and state["marked"] == _BH,
            holds=lambda state: state["false"] == 0 and state["raw_false"] > 0,
        ),
        Outcome(
            "All that is marked is truly better, {found} in number. That takes some luck here: "
            "try other draws.",
            holds=lambda state: state["false"] == 0,
        ),
    ]

    holds = [
        Claim(
            "the emptiest hours have the wildest rates",
            lambda state: state["spread_empty"] > state["spread_full"],
        )
    ]

    def show(self, weeks: str, table: str, marked: str, seed: int) -> Exhibit:
        data = draw(int(weeks), seed)
        values = {_VISITS: data.visits, _ORDERS: data.orders, _RATE: data.rate}[table]
        raw, by_bh = marked_cells(data)
        chosen = {_NOTHING: np.zeros_like(raw), _RAW: raw, _BH: by_bh}[marked]
        found = int((chosen & _IS_LIFTED).sum())
        day, hour = peak(values)
        facts: dict[str, Any] = {
            **_known(seed),
            "marked_hours": int(chosen.sum()),
            "found": found,
            "false": int(chosen.sum()) - found,
            "day": day,
            "hour": hour,
            "least_visits": int(data.visits.min()),
            "lifted_stand_out": bool(values[_IS_LIFTED].min() > values[~_IS_LIFTED].max()),
        }
        return Exhibit(
            figures=(week_map(values, table, weeks, chosen if marked != _NOTHING else None),),
            facts=facts,
            table=pd.DataFrame(values, DAYS, HOURS).round(3),
            description=fill(
                f"A map of {table} by weekday and hour, largest on {{day}} at {{hour}}. "
                "Of {hours_a_week} hours, marked: {marked_hours}; truly better among those: "
                "{found}.",
                facts,
            ),
        )


class WriteHowUnusual(Step):
    """
    ### Write how unusual an hour is

    `visits` and `orders` are twelve weeks of the shop, and `usual` is the usual rate. The map shows
    `orders / visits`. Its emptiest hours are its wildest, by chance alone.

    If an hour is like all others, `visits * usual` orders are to be expected in it. By chance they
    scatter about that, with a standard error of `np.sqrt(visits * usual * (1 - usual))`. In a full
    hour that is more orders than in an empty one, and a smaller share of its visits.

    Write the lines that say of each hour how far its orders are from what is expected, so that
    empty and full hours can be compared.
    """

    readings = {
        "hours not on their side of zero": "{astray}",
        "scatter, empty to full hours": "{ratio:.2f}",
        "usual hours scatter by": "{spread:.2f}",
    }

    lines = Write("Your lines", gives="shown", names=("visits", "orders", "usual"))

    task = Task(
        "Write the lines that give each hour its distance from the expected, in standard errors.",
        goals=[
            Goal(
                "More orders than expected are above zero, fewer below: now {astray} "
                "{astray:hour is|hours are} not",
                met=lambda state: state["astray"] == 0,
            ),
            Goal(
                "Empty hours scatter about as much as full ones: now {ratio:.2f} times",
                met=lambda state: 1 / _ABOUT < state["ratio"] < _ABOUT,
            ),
            Goal(
                "The unit is the standard error, so that the usual hours scatter by about one: "
                "now {spread:.2f}",
                met=lambda state: 1 / _NEARLY < state["spread"] < _NEARLY,
            ),
        ],
        solution={
            "lines": "expected = visits * usual\n"
            "(orders - expected) / np.sqrt(expected * (1 - usual))"
        },
        hints=[
            "What is counted less what is expected: that is the first half.",
            "The difference is in orders. In what unit are an empty and a full hour alike?",
            "Divide by the standard error of each hour.",
        ],
    )

    mistakes = [
        Mistake(
            "{astray} {astray:hour is|hours are} not on their side of zero. Nothing is more or "
            "less than usual before what is expected has been subtracted from what was counted.",
            when=lambda state: state["astray"] > 0,
            example={"lines": "orders / np.sqrt(visits)"},
            misconception="any_normaliser_will_do",
        ),
        Mistake(
            "Empty hours scatter {ratio:.1f} times as much as full ones, though both are usual. "
            "These are rates, or something like rates: a few visits make them wild.",
            when=lambda state: state["ratio"] >= _ABOUT,
            example={"lines": "orders / visits - usual"},
            misconception="rates_need_no_crowd",
        ),
        Mistake(
            "Empty hours scatter {ratio:.2f} times as much as full ones. Counted in orders, full "
            "hours are far from the expected by chance: there are more orders to scatter.",
            when=lambda state: state["ratio"] <= 1 / _ABOUT,
            example={"lines": "orders - visits * usual"},
            misconception="most_is_best",
        ),
        Mistake(
            "Empty and full hours can be compared now. But usual hours scatter by {spread:.2f}, "
            "and in standard errors it is about one: nobody can say from these numbers what is "
            "far.",
            when=lambda state: not 1 / _NEARLY < state["spread"] < _NEARLY,
            example={"lines": "(orders - visits * usual) / np.sqrt(visits)"},
            misconception="any_normaliser_will_do",
        ),
    ]

    learned = [
        Outcome(
            "Usual hours scatter by {spread:.2f}, empty or full. With {hours_a_week} looks, luck "
            "alone seldom goes beyond {line:.1f} standard errors: {beyond} hours do, and the "
            "{lifted} in which people truly order more often are among them.",
            when=lambda state: state["lifted_beyond"] == state["lifted"],
            holds=lambda state: state["beyond"] >= state["lifted"],
        ),
        Outcome(
            "Usual hours scatter by {spread:.2f}, empty or full. Of the {lifted} hours in which "
            "people truly order more often {lifted_beyond} lie beyond {line:.1f} standard errors.",
        ),
    ]

    holds = [
        Claim(
            "Its emptiest hours are its wildest, by chance alone",
            lambda state: state["ratio"] > _ABOUT,
        )
    ]

    def show(self, lines: str) -> Exhibit:
        data = draw(12)
        visits, orders = (
            pd.DataFrame(values, pd.Index(DAYS, name="day"), pd.Index(HOURS, name="hour"))
            for values in (data.visits, data.orders)
        )
        given = {"visits": visits, "orders": orders, "usual": USUAL}
        written = run(lines, given, wants=a_frame(like=visits))
        shown = written.value_or(orders / visits)
        facts = _unusual(shown.to_numpy(float))
        most = float(np.nan_to_num(shown.abs().to_numpy(float)).max()) or 1.0
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (-most, most) if written.ran else (0.0, most),
                    center=None if written.ran else USUAL,
                    decimals=None,
                    scale="value" if written.ran else "orders a visit",
                    title=written.titled("orders / visits"),
                ),
            ),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A map of seven days by twenty-four hours, as the lines left it. Of {hours_a_week} "
                "hours {astray} {astray:is|are} not on their side of zero. Usual hours scatter by "
                "{spread:.2f}, empty ones {ratio:.2f} times as much as full ones.",
                facts,
            ),
            error=written.error,
        )


def _unusual(given: NDArray[np.float64]) -> dict[str, Any]:
    """What a map says of usual hours, and of the better ones."""
    from scipy import stats

    data = draw(12)
    values = np.nan_to_num(given)
    away = data.orders - data.visits * USUAL
    line = float(stats.norm.isf(_LEVEL / 2 / _IS_LIFTED.size))
    spread_empty, spread_full = _spreads(values, data.visits)
    return {
        "hours_a_week": _IS_LIFTED.size,
        "lifted": int(_IS_LIFTED.sum()),
        "astray": int((np.sign(values) != np.sign(away)).sum()),
        "ratio": spread_empty / spread_full if spread_full > 0 else 0.0,
        "spread": float(values[~_IS_LIFTED].std()),
        "line": line,
        "beyond": int((np.abs(values) > line).sum()),
        "lifted_beyond": int((values[_IS_LIFTED] > line).sum()),
    }


def _spreads(values: NDArray[np.float64], visits: Counts) -> tuple[float, float]:
    """How far the emptiest and the fullest quarter of the usual hours scatter."""
    # The truly better hours are far from the usual rate for a reason of their own.
    by_visits = values[~_IS_LIFTED][visits[~_IS_LIFTED].argsort(kind="stable")]
    quarter = len(by_visits) // 4
    return float(by_visits[:quarter].std()), float(by_visits[-quarter:].std())


def _most_alike(by_visits: float, by_rate: float) -> str:
    """What the orders look like: that with which they correlate twice as much, if one is."""
    if by_visits > 2 * by_rate:
        return _VISITS
    return _RATE if by_rate > 2 * by_visits else "both"


def week_map(values: NDArray[Any], table: str, weeks: str, chosen: Marks | None = None) -> Heatmap:
    """Days of the week by hours; where some cells are chosen, the others step back."""
    frame = pd.DataFrame(values, pd.Index(DAYS, name="day"), pd.Index(HOURS, name="hour"))
    is_rate = table == _RATE
    return Heatmap(
        frame,
        (0.0, float(values.max())),
        center=USUAL if is_rate else None,
        colours="house" if is_rate else "viridis",
        decimals=None,
        scale="orders a visit" if is_rate else table,
        title=f"{table.capitalize()}, weeks added up: {weeks}",
        faded=None if chosen is None else pd.DataFrame(~chosen, frame.index, frame.columns),
    )


@lru_cache(maxsize=256)
def draw(weeks: int, seed: int = SEED) -> Week:
    """Visits and orders of some weeks, added up; on Tuesdays from six to eight people buy more."""
    rng = np.random.default_rng(seed)
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


@lru_cache(maxsize=256)
def _known(seed: int) -> dict[str, Any]:
    """What twelve weeks show, and what one week shows."""
    data, week = draw(12, seed), draw(1, seed)
    raw, by_bh = marked_cells(data)
    (visits_day, visits_hour), (orders_day, orders_hour) = peak(data.visits), peak(data.orders)
    rate_day, rate_hour = peak(data.rate)
    r = np.corrcoef([values.ravel() for values in (data.orders, data.visits, data.rate)])
    spread_empty, spread_full = _spreads(data.rate, data.visits)
    stays_away = data.visits - data.orders
    return {
        "usual": USUAL,
        "level": _LEVEL,
        "hours_a_week": _IS_LIFTED.size,
        "lifted": int(_IS_LIFTED.sum()),
        "by_chance": _LEVEL * float((~_IS_LIFTED).sum()),
        "visits_day": visits_day,
        "visits_hour": visits_hour,
        "orders_day": orders_day,
        "orders_hour": orders_hour,
        "rate_day": rate_day,
        "rate_hour": rate_hour,
        "visits_most": int(data.visits.max()),
        "visits_at_best": int(data.visits.flat[data.rate.argmax()]),
        "rate_most": float(data.rate.max()),
        "rate_at_busiest": float(data.rate.flat[data.visits.argmax()]),
        "orders_by_visits": float(r[0, 1]),
        "orders_by_rate": float(r[0, 2]),
        "spread_empty": spread_empty,
        "spread_full": spread_full,
        "away_at_best": int(stays_away.flat[data.rate.argmax()]),
        "away_at_busiest": int(stays_away.flat[data.visits.argmax()]),
        "raw_marked": int(raw.sum()),
        "raw_false": int((raw & ~_IS_LIFTED).sum()),
        "bh_marked": int(by_bh.sum()),
        "one_week_visits_least": int(week.visits.min()),
        "one_week_least": float(week.rate.min()),
        "one_week_most": float(week.rate.max()),
        "one_week_found": int((marked_cells(week)[1] & _IS_LIFTED).sum()),
    }
