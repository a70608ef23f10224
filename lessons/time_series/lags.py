"""Echoes of the past, and who leads whom."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.tables import NOTTINGHAM, table
from lessons.time_series.changes import Floats, standardised
from lessons.time_series.tables import LYNX, MACRO, NAMES, SUNSPOTS, changes
from lib.charts import Heatmap, Lines, Scatter
from lib.course import (
    Behind,
    Choice,
    Claim,
    Columns,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Slider,
    Step,
    Task,
    Value,
    Write,
    fill,
    working,
)
from lib.course.writing import a_frame_within, run
from lib.stats import (
    autocorrelation,
    autoregressions,
    cross_correlation,
    lagged_correlations,
    partial_autocorrelation,
    prewhiten,
)

_LEVEL = 0.05

_OURS = {"ours A": (0.7,), "ours B": (0.5, 0.0, 0.4), "ours C": (1.1, -0.5)}
_SEEDS = {"ours A": 3, "ours B": 12, "ours C": 14}
_HEARD = (*_OURS, "noise", "lynx, log", "Nottingham")


class Echoes(Step):
    """
    ### What a series says twice

    Correlate a series with itself, some rows later: that is its *autocorrelation* at this *lag*,
    the number of rows. The *partial autocorrelation* asks what a lag adds once the lags between are
    known.

    The band holds {confidence:.0f} of a hundred lags of pure noise. Of {reach} lags one expects
    {by_chance:.1f} outside, by chance.
    """

    readings = {
        "plain, outside the band": "{outside_echo} of {reach}",
        "largest partial, at lag": "{largest_direct}",
    }

    tables = (LYNX, NOTTINGHAM)

    series = Choice("Listen to", _HEARD, default="ours A")
    kind = Choice("Autocorrelation", ("plain", "partial"), default="plain")
    reach = Slider("Lags", 10, 40, default=20, step=5)
    answers = {"answer": Number("ours B looks back", 0, 40)}
    views = ("kind",)

    predict = Predict(
        "*ours A* keeps {first_direct:.1f} of its last value, and looks no further back. How many "
        "of its {reach} plain autocorrelations leave the band?",
        choices=[
            Option(
                text="One: it looks back one row",
                value="one",
                feedback=(
                    "What is kept of the last value is kept of the one before, too, only smaller. "
                    "{outside_echo} leave the band. Of the partial ones it is {outside_direct}."
                ),
                misconception="acf_shows_how_far_it_looks",
                holds=lambda state: state["outside_echo"] > state["outside_direct"],
                tempting=True,
            ),
            Option(
                text="Several: it repeats what it has repeated",
                value="several",
                feedback=(
                    "{outside_echo} of {reach}. Each value carries the last one, and that one the "
                    "one before. Of the partial autocorrelations only that at lag "
                    "{largest_direct} is outside."
                ),
                holds=lambda state: (
                    state["outside_direct"] == state["largest_direct"] == 1 < state["outside_echo"]
                ),
            ),
            Option(
                text="None: it is noise after all",
                value="none",
                feedback=(
                    "There is noise in it. But {outside_echo} of {reach} lags leave the band, and "
                    "the first is {first_echo:.2f}."
                ),
                misconception="rows_are_always_independent",
                holds=lambda state: state["outside_echo"] > 3 * state["by_chance"],
            ),
        ],
        answer=lambda exhibit: "several" if float(exhibit.facts["outside_echo"]) > 2 else "one",
    )

    task = Task(
        "*ours B* was made from its own past: each value from some earlier ones and noise. How "
        "many rows back does it look?",
        goals=[
            Goal(
                "*ours B* is on the screen: now *{series}*",
                met=lambda state: state["series"] == "ours B",
            ),
            Goal(
                "How far it looks back is right: now {answer}",
                met=lambda state: state["answer"] == state["made_from"],
            ),
        ],
        solution={"series": "ours B", "kind": "partial", "answer": 3},
        hints=[
            "The plain one echoes. Which of the two does not?",
            "The last lag that stands far outside the band of the partial autocorrelation.",
        ],
    )

    mistakes = [
        Mistake(
            "{answer} is too many. Of the plain autocorrelations {outside_echo} leave the band, "
            "but most of these repeat what is nearer. Look at the partial ones.",
            when=lambda state: (
                state["series"] == "ours B"
                and state["answer"] is not None
                and state["answer"] > state["made_from"]
            ),
            example={"series": "ours B", "answer": 9},
            misconception="acf_shows_how_far_it_looks",
            holds=lambda state: state["outside_direct"] < state["outside_echo"] / 2,
        ),
        Mistake(
            "It looks further than {answer}. The largest partial autocorrelation is at lag "
            "{largest_direct}, and the largest need not be the last. Go on to where nothing stands "
            "far outside the band any more.",
            when=lambda state: state["series"] == "ours B" and state["answer"] is not None,
            example={"series": "ours B", "answer": 1},
            misconception="largest_echo_is_last",
            holds=lambda state: state["largest_direct"] < state["made_from"] > state["answer"],
        ),
        Mistake(
            "That is about *ours B*. Listen to it first.",
            when=lambda state: state["answer"] is not None,
            example={"answer": 1},
            misconception="acf_shows_how_far_it_looks",
            holds=lambda state: state["series"] != "ours B",
        ),
    ]

    learned = [
        Outcome(
            "*ours B* looks {made_from} rows back. Of its plain autocorrelations {outside_echo} of"
            " {reach} leave the band, of the partial ones {outside_direct}, where chance alone "
            "would give {by_chance:.1f}. The plain ones say that a series repeats itself, the "
            "partial ones from how far back.",
            holds=lambda state: (
                state["outside_direct"] < state["outside_echo"]
                and state["made_from"] == _last_outside("ours B", state["reach"])
            ),
        )
    ]

    def in_the_lab(self, *, kind: str, reach: int, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {
            "x": "trapped",
            "y": "year",
            "show": "PACF" if kind == "partial" else "ACF",
            "lags": reach,
        }
        return LabAddress("lynx", "two_series", settings)

    def show(self, series: str, kind: str, reach: int) -> Exhibit:
        x = _heard(series)
        echo = autocorrelation(x, reach).iloc[1:]
        direct = partial_autocorrelation(x, reach).iloc[1:]
        shown = echo if kind == "plain" else direct
        facts: dict[str, Any] = {
            "rows": len(x),
            "confidence": 95,
            "by_chance": _LEVEL * reach,
            "outside_echo": _outside(echo),
            "outside_direct": _outside(direct),
            "first_echo": float(echo["value"].iloc[0]),
            "first_direct": float(direct["value"].iloc[0]),
            "largest_direct": int(direct["value"].abs().to_numpy().argmax()) + 1,
            "made_from": len(_OURS["ours B"]),
        }
        return Exhibit(
            figures=(
                Lines(
                    pd.DataFrame({"value": x}, pd.RangeIndex(1, len(x) + 1, name="row")),
                    title=series,
                    y="value",
                ),
                _within_band(shown, f"{kind} autocorrelation", f"Its {kind} autocorrelation"),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame({"plain": echo["value"], "partial": direct["value"]}).round(3),
            description=fill(
                "A series of {rows} rows and its autocorrelations up to lag {reach}. "
                "{outside_echo} of the plain ones leave the band, {outside_direct} of the partial "
                "ones.",
                {"reach": reach, **facts},
            ),
        )


def _last_outside(series: str, reach: int) -> int:
    """The last lag at which the partial autocorrelation leaves the band."""
    direct = partial_autocorrelation(_heard(series), reach).iloc[1:]
    is_outside = direct["value"].abs() > direct["high"]
    return int(np.flatnonzero(is_outside.to_numpy()).max()) + 1


def _outside(lags: pd.DataFrame) -> int:
    return int((lags["value"].abs() > lags["high"]).sum())


def _within_band(lags: pd.DataFrame, name: str, title: str) -> Lines:
    """What is found at each lag, and the band that noise keeps within."""
    line, low, high = (lags[[part]].set_axis([name], axis=1) for part in ("value", "low", "high"))
    return Lines(line, title=title, y="r", low=low, high=high, marks={"": 0.0})


@cache
def _heard(series: str) -> Floats:
    if series in _OURS:
        return _from_its_past(_OURS[series], _SEEDS[series])
    if series == "noise":
        return np.random.default_rng(0).normal(size=300)
    if series == "Nottingham":
        return table("nottingham")["temperature"].to_numpy(dtype=float)
    return np.asarray(_log_lynx(), dtype=np.float64)


def _log_lynx() -> "pd.Series[float]":
    return table("lynx")["trapped"].astype(float).transform(np.log)


def _from_its_past(coefficients: tuple[float, ...], seed: int) -> Floats:
    """Each value from earlier ones and noise; the first two hundred are forgotten."""
    rows, before = 300, 200
    noise = np.random.default_rng(seed).normal(size=rows + before)
    x = np.zeros(rows + before)
    for t in range(len(x)):
        past = sum(c * x[t - lag] for lag, c in enumerate(coefficients, 1) if lag <= t)
        x[t] = noise[t] + past
    return x[before:]


_ONE_LEADS = "another pair"
_LEADING = (_ONE_LEADS, "two strangers", "lynx and sunspots")
_LAGS = 15
_FOLLOWS_BY = 3
# Typical pairs: half of all strangers leave the band at nine to twenty lags, these at fourteen.
_STRANGERS, _FOLLOWING = 7, 20


class Leads(Step):
    """
    ### Who speaks first?

    The *cross-correlation* slides one series along the other. A peak at a positive lag says that
    the first one leads.

    Its band is made for noise: one of the two series at least has to be noise. Series that each
    repeat themselves leave it more often, and neighbouring lags leave together. *Prewhitening*
    takes from both what the first one's past foretells, so that the first is nearly noise. In one
    of the three pairs we made somebody lead.
    """

    readings = {
        "outside the band": "{outside} of {lags}",
        "expected by chance": "{by_chance:.1f}",
    }

    tables = (LYNX, SUNSPOTS)

    pair = Choice("Pair", _LEADING, default="two strangers")
    prewhitened = Choice("Prewhiten", ("no", "yes"), default="no")
    answers = {
        "leader": Choice("Where one leads", _LEADING, default=None),
        "answer": Number("By how many rows", -_LAGS, _LAGS),
    }

    predict = Predict(
        "Two strangers, each keeping nine tenths of its last value. Both are prewhitened. How many "
        "of {lags} lags leave the band, although there is nothing between them?",
        choices=[
            Option(
                text="One or two: {by_chance:.1f} by chance",
                value="chance",
                feedback=(
                    "{white_outside} of {lags}. Without prewhitening it is {raw_outside}, with |r| "
                    "up to {raw_largest_size:.2f}: the band is not made for series that repeat "
                    "themselves."
                ),
                tempting=True,
                holds=lambda state: state["raw_outside"] > 3 * state["by_chance"],
            ),
            Option(
                text="None: they are strangers",
                value="none",
                feedback=(
                    "Even of noise {by_chance:.1f} of {lags} leave it, by chance. Here it is "
                    "{white_outside}, and {raw_outside} without prewhitening."
                ),
                misconception="noise_earns_no_stars",
                holds=lambda state: 0 < state["white_outside"] < state["raw_outside"],
            ),
            Option(
                text="Most: they go on repeating themselves",
                value="many",
                feedback=(
                    "As they are {raw_outside} of {lags} leave it. But prewhitening takes away "
                    "what they repeat, and leaves {white_outside}."
                ),
                misconception="nothing_helps_walks",
                holds=lambda state: state["white_outside"] <= 2 < state["raw_outside"],
            ),
        ],
        answer=lambda exhibit: (
            "chance" if 1 <= float(exhibit.facts["white_outside"]) <= 2 else "many"
        ),
        seen_at={"prewhitened": "yes"},
    )

    holds = [
        Claim("leave it more often", lambda state: state["raw_outside"] > 3 * state["by_chance"]),
    ]

    task = Task(
        "Prewhiten. Which is the pair where one leads the other, and by how many rows?",
        goals=[
            Goal(
                "The pair is prewhitened: now {prewhitened}",
                met=lambda state: state["prewhitened"] == "yes",
            ),
            Goal(
                "The pair in which one leads is named: now {leader}",
                met=lambda state: state["leader"] == _ONE_LEADS,
            ),
            Goal(
                "The named pair is on the screen: now {pair}",
                met=lambda state: state["pair"] == state["leader"],
            ),
            Goal(
                "By how many rows is right: now {answer}",
                met=lambda state: state["answer"] == _FOLLOWS_BY,
            ),
        ],
        solution={
            "pair": _ONE_LEADS,
            "prewhitened": "yes",
            "leader": _ONE_LEADS,
            "answer": 3,
        },
        hints=[
            "As they are, even strangers have broad hills.",
            "Look at all three with prewhitening. Where does one peak stand high and alone?",
            "A positive lag: the first one leads, so many rows ahead.",
        ],
    )

    mistakes = [
        Mistake(
            "The right pair, the wrong way round. The peak lies to the right, at a positive lag: "
            "the first one speaks, and the other repeats it later.",
            when=lambda state: state["leader"] == _ONE_LEADS and state["answer"] == -_FOLLOWS_BY,
            example={
                "pair": _ONE_LEADS,
                "prewhitened": "yes",
                "leader": _ONE_LEADS,
                "answer": -3,
            },
            misconception="lag_sign_is_arbitrary",
            holds=lambda state: _leads_by(state["leader"]) == _FOLLOWS_BY,
        ),
        Mistake(
            "You may be right, but these are not prewhitened: {raw_outside} of {lags} lags are "
            "outside the band, which is made for noise.",
            when=lambda state: state["leader"] is not None and state["prewhitened"] == "no",
            example={"leader": "two strangers"},
            misconception="ccf_band_holds_for_all",
            holds=lambda state: state["raw_outside"] > 2 * state["by_chance"],
        ),
        Mistake(
            "Look at *{leader}* again. Prewhitened, none of its lags stands high and alone.",
            when=lambda state: state["leader"] is not None and state["leader"] != _ONE_LEADS,
            example={"prewhitened": "yes", "leader": "lynx and sunspots"},
            misconception="ccf_band_holds_for_all",
            holds=lambda state: not _has_one_peak(state["leader"]),
        ),
        Mistake(
            "The pair is right. By {answer} rows it is not: read the lag of the one high peak.",
            when=lambda state: (
                state["leader"] == _ONE_LEADS and state["answer"] not in (None, _FOLLOWS_BY)
            ),
            example={
                "pair": _ONE_LEADS,
                "prewhitened": "yes",
                "leader": _ONE_LEADS,
                "answer": 0,
            },
            misconception="lag_sign_is_arbitrary",
            holds=lambda state: _has_one_peak(state["leader"]),
        ),
        Mistake(
            "You name *{leader}*, by {answer} rows, and look at *{pair}*. What one pair does says "
            "nothing of another: put the one that you name on the screen.",
            when=lambda state: (
                state["leader"] == _ONE_LEADS
                and state["answer"] == _FOLLOWS_BY
                and state["pair"] != state["leader"]
            ),
            example={
                "pair": "lynx and sunspots",
                "prewhitened": "yes",
                "leader": _ONE_LEADS,
                "answer": 3,
            },
            misconception="ccf_band_holds_for_all",
        ),
    ]

    learned = [
        Outcome(
            "The first leads by {peak} rows: r = {white_largest:.2f} there, and {white_now:.2f} in"
            " the same row. Of {lags} lags {raw_outside} left the band before prewhitening, and "
            "{white_outside} after it. We made this pair: the second repeats the first, {peak} "
            "rows later, with noise.",
            holds=lambda state: (
                state["white_peak"] == state["peak"]
                and state["white_outside"] < state["raw_outside"]
                and state["white_largest"] > 2 * abs(state["white_now"])
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"x": "trapped", "y": "year", "show": "ACF"}
        return LabAddress("lynx", "two_series", settings)

    def show(self, pair: str, prewhitened: str) -> Exhibit:
        x, y = _leading(pair)
        raw, white, order = _crossed(pair)
        raw_peak, white_peak = _peak(raw), _peak(white)
        facts: dict[str, Any] = {
            "rows": len(x),
            "lags": len(raw),
            "by_chance": _LEVEL * len(raw),
            "order": order,
            "peak": _FOLLOWS_BY,
            "raw_outside": _outside(raw),
            "white_outside": _outside(white),
            "outside": _outside(white if prewhitened == "yes" else raw),
            "raw_peak": raw_peak,
            "white_peak": white_peak,
            "raw_largest": float(raw["value"][raw_peak]),
            "raw_largest_size": abs(float(raw["value"][raw_peak])),
            "white_largest": float(white["value"][white_peak]),
            "white_now": float(white["value"][0]),
        }
        shown = white if prewhitened == "yes" else raw
        paths = pd.DataFrame({"first": x, "second": y}, pd.RangeIndex(1, len(x) + 1, name="row"))
        return Exhibit(
            figures=(
                Lines(standardised(paths), title=pair, y="standard deviations"),
                _within_band(
                    shown,
                    "cross-correlation",
                    "Prewhitened" if prewhitened == "yes" else "As they are",
                ),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame({"raw": raw["value"], "prewhitened": white["value"]}).round(3),
            description=fill(
                "Two series of {rows} rows and their cross-correlation over {lags} lags. Raw, "
                "{raw_outside} lags leave the band, prewhitened {white_outside}; the largest are "
                "{raw_largest:.2f} at lag {raw_peak} and {white_largest:.2f} at lag {white_peak}.",
                facts,
            ),
        )


@cache
def _crossed(pair: str) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """The cross-correlations as they are and prewhitened, and the order of the filter."""
    x, y = _leading(pair)
    raw, white = (cross_correlation(x, y, _LAGS, prewhiten=each) for each in (False, True))
    return raw, white, prewhiten(x, y).order


def _leads_by(pair: str) -> int:
    """By how many rows the first of a prewhitened pair leads, where it has one peak."""
    return _peak(_crossed(pair)[1])


def _has_one_peak(pair: str) -> bool:
    """Whether one lag of a prewhitened pair stands far outside the band and above all others."""
    white = _crossed(pair)[1]
    highest, following = white["value"].abs().nlargest(2)
    return bool(highest > 2 * max(following, white["high"].iloc[0] / 2))


def _peak(correlations: pd.DataFrame) -> int:
    """The lag of the value that is farthest from zero."""
    return int(correlations["value"].abs().to_numpy().argmax()) - _LAGS


@cache
def _leading(pair: str) -> tuple[Floats, Floats]:
    if pair == "two strangers":
        x, y = autoregressions(2, 100, phi=0.9, seed=_STRANGERS)
        return x, y
    if pair == _ONE_LEADS:
        return _following(200, _FOLLOWS_BY, seed=_FOLLOWING)
    spots = table("sunspots")["sunspots"].astype(float)
    both = pd.concat([spots, _log_lynx()], axis=1, join="inner")
    return both["sunspots"].to_numpy(), both["trapped"].to_numpy()


def _following(n: int, lag: int, seed: int) -> tuple[Floats, Floats]:
    """An autoregression, and what repeats it some rows later, with noise."""
    random = np.random.default_rng(seed)
    x = random.normal(size=n + lag)
    for t in range(1, n + lag):
        x[t] += 0.8 * x[t - 1]
    noise = random.normal(size=n + lag)
    return x[lag:], 0.8 * x[:n] + noise[lag:]


class MoveTheSecond(Step):
    """
    ### Move the second

    `pair` holds {days} days of rain in the hills and of the river below, each as noise from day to
    day. The river answers some days later. On the same day r is {now:.2f}.

    Write the lines that bring each day's rain beside the river that answers it. `.shift(n)` moves
    a column down by n rows, with a minus up; what has no partner becomes a gap. As long as nothing
    is written, `pair` itself is shown.
    """

    readings = {
        "r": "{r:.2f}",
        "rows with both": "{n}",
    }

    lines = Write("Your lines", gives="moved", names=("pair",), columns=("rain", "river"))

    task = Task(
        "Write the lines that put beside each other what belongs together, in at least {least} "
        "rows, with the values that were measured.",
        goals=[
            Goal(
                "Rain stands beside the river that answers it, r at least {enough:.1f}: now "
                "{r:.2f}",
                met=lambda state: state["r"] >= state["enough"],
            ),
            Goal(
                "At least {least} rows have both: now {n}",
                met=lambda state: state["n"] >= state["least"],
            ),
            Goal(
                "Every value is one that was measured: now {foreign} {foreign:is|are} not",
                met=lambda state: state["foreign"] == 0,
            ),
            Goal(
                "Rain and river are equally many days apart in all rows: now {strange} "
                "{strange:differs|differ}",
                met=lambda state: state["strange"] == 0,
            ),
        ],
        solution={"lines": 'pair.assign(river=pair["river"].shift(-2))'},
        hints=[
            "At which lag is the peak of the cross-correlation? Rain is the first of the two.",
            "The river of a later day has to come *up* beside the rain.",
            "`pair.assign(river=...)` gives the table with another column of that name.",
        ],
    )

    mistakes = [
        Mistake(
            "{n} {n:row has|rows have} both, rain and river. With fewer than three there is "
            "nothing to compare.",
            when=lambda state: state["n"] < 3,
            example={"lines": 'pair[["rain"]]'},
            misconception="complete_rows_cost_nothing",
        ),
        Mistake(
            "{foreign} values were never measured. Your lines changed the numbers of a column, and "
            "not only their places. `.shift(n)` moves a column and leaves its numbers as they are.",
            when=lambda state: state["foreign"] > state["n"] / 2,
            example={"lines": "pair.assign(rain=-pair['rain'], river=pair['river'].shift(-2))"},
            misconception="transform_changes_units_only",
        ),
        Mistake(
            "{foreign} {foreign:value was|values were} never measured. What has no partner is "
            "missing, and a number in its place would be counted as one.",
            when=lambda state: state["foreign"] > 0,
            example={"lines": 'pair.assign(river=pair["river"].shift(-2).fillna(0))'},
            misconception="gaps_take_care_of_themselves",
        ),
        Mistake(
            "In {strange} {strange:row|rows} rain and river are not as many days apart as in the "
            "others. What is rolled over the end comes back at the beginning, beside a day with "
            "which it has nothing to do.",
            when=lambda state: state["strange"] > 0,
            example={"lines": 'pair.assign(river=np.roll(pair["river"], -2))'},
            misconception="one_row_is_little",
        ),
        Mistake(
            "Each day's rain now stands beside the river of {days_before} days *before*, r = "
            "{r:.2f}. The rain speaks first: the river has to go the other way.",
            when=lambda state: state["apart"] < 0,
            example={"lines": 'pair.assign(river=pair["river"].shift(2))'},
            misconception="lag_sign_is_arbitrary",
            holds=lambda state: state["days_before"] == -state["apart"] > 0,
        ),
        Mistake(
            "Rain stands beside the river of {apart} {apart:day|days} later, r = {r:.2f}. The peak "
            "of the cross-correlation is at another lag.",
            when=lambda state: state["r"] < state["enough"],
            example={"lines": 'pair.assign(river=pair["river"].shift(-1))'},
            misconception="zero_now_is_zero_always",
            holds=lambda state: state["apart"] >= 0,
        ),
        Mistake(
            "What stands side by side belongs together, r = {r:.2f}. But {n} rows have both, and "
            "of {days} days no more than a few lose their partner.",
            when=lambda state: state["n"] < state["least"],
            example={"lines": 'pair.assign(river=pair["river"].shift(-2)).head(100)'},
            misconception="complete_rows_cost_nothing",
            holds=lambda state: state["r"] >= state["enough"],
        ),
    ]

    learned = [
        Outcome(
            "{apart} days apart rain and river have r = {r:.2f}, over {n} rows; on the same day it "
            "was {now:.2f}. A map of the same rows would have shown next to nothing here.",
            holds=lambda state: state["r"] > 3 * abs(state["now"]) and state["apart"] > 0,
        )
    ]

    def show(self, lines: str) -> Exhibit:
        pair = _rain_and_river()
        written = run(lines, {"pair": pair}, wants=a_frame_within(pair))
        moved = written.value_or(pair)
        lags = cross_correlation(pair["rain"], pair["river"], 6)
        facts: dict[str, Any] = {
            "days": len(pair),
            "least": 290,
            "enough": 0.5,
            "now": float(lags["value"][0]),
            **_moved_apart(moved),
        }
        shown = moved.dropna() if facts["n"] else pair
        return Exhibit(
            figures=(
                Scatter(
                    shown["rain"],
                    shown["river"],
                    title=fill(written.titled("pair itself") + ", r = {r:.2f}", facts),
                ),
                _within_band(lags, "r", "Cross-correlation of the pair as it was"),
            ),
            across=2,
            facts=facts,
            table=moved.round(3),
            description=fill(
                "A scatter plot of rain and river as the lines left them, r = {r:.2f} over {n} "
                "rows. Beside it the cross-correlation of the pair as it was, at lags of up to six "
                "days.",
                facts,
            ),
            error=written.error,
        )


@cache
def _rain_and_river() -> pd.DataFrame:
    """Rain, and a river that answers it two days later; shared, so not to be changed."""
    drawn = np.random.default_rng(5).normal(size=(2, 302))
    rain, river = drawn[0, 2:], 0.9 * drawn[0, :-2] + 0.6 * drawn[1, 2:]
    return pd.DataFrame({"rain": rain, "river": river}, pd.RangeIndex(1, 301, name="day"))


def _moved_apart(moved: pd.DataFrame) -> dict[str, Any]:
    """Of which days the values are that stand side by side, and what r they have."""
    pair = _rain_and_river()
    both = moved.dropna()
    nothing = {"foreign": 0, "strange": 0, "apart": 0, "days_before": 0}
    n = len(both) if set(both) == set(pair) else 0
    if n < 3:
        return {"n": n, "r": 0.0, **nothing}
    day = {name: both[name].map(dict(zip(pair[name], pair.index, strict=True))) for name in pair}
    apart = (day["river"] - day["rain"]).dropna()
    usual = int(apart.mode().iloc[0]) if len(apart) else 0
    r = float(both["rain"].corr(both["river"])) if (both.std() > 1e-9).all() else 0.0
    return {
        "n": n,
        "r": r,
        "foreign": int(day["rain"].isna().sum() + day["river"].isna().sum()),
        "strange": int((apart != usual).sum()),
        "apart": usual,
        "days_before": max(0, -usual),
    }


_FIVE = ("realgdp", "realcons", "realinv", "cpi", "unemp")
_PAIRS = tuple(f"{x}–{y}" for i, x in enumerate(NAMES) for y in NAMES[i + 1 :])
_PRICES = ("cpi", "unemp")
_ONE_YEAR = 4


class Delays(Step):
    """
    ### A heatmap with a clock

    The usual map compares what happens in the same quarter. A *lag map* has a row for each pair and
    a column for each delay. In the middle stands the usual r. To the right the first of the pair
    leads.

    Here are quarterly changes of the American economy. They repeat themselves, so that a link
    spreads over the delays beside it. Of the {cells} cells {outside} leave the band of
    {band:.2f}, where chance would give noise {by_chance:.1f}. *Prewhiten* them as in the last step,
    pair by pair, and fewer are left.
    """

    readings = {
        "cells outside the band": "{outside} of {cells}",
        "expected by chance": "{by_chance:.1f}",
    }

    tables = (MACRO,)

    chosen = Columns("Columns", NAMES, default=_FIVE, at_least=3)
    reach = Slider("Quarters of delay", 2, 12, default=4, step=1)
    prewhitened = Choice("Prewhiten", ("no", "yes"), default="no")
    answers = {
        "late": Choice("The late answer", _PAIRS, default=None),
        "delay": Number("Its delay", -12, 12),
    }

    predict = Predict(
        "On the usual map `cpi` and `unemp` have r = {prices_now:.2f}: prices and unemployment "
        "seem to ignore each other. Do they?",
        choices=[
            Option(
                text="They do: r is nearly zero",
                value="ignore",
                feedback=(
                    "In the same quarter they seem to. But with unemployment {prices_lag} quarters "
                    "later r is {prices_later:.2f}. Prewhitened it is "
                    "{prices_white_later:.2f} there, and {prices_white_now:.2f} in the same "
                    "quarter, with a band of {band:.2f}."
                ),
                misconception="zero_now_is_zero_always",
                tempting=True,
                holds=lambda state: state["prices_white_later"] > state["band"],
            ),
            Option(
                text="Unemployment answers later",
                value="later",
                feedback=(
                    "{prices_lag} quarters later r is {prices_later:.2f}, and prewhitened "
                    "{prices_white_later:.2f}. Prewhitened there is something in the same quarter "
                    "as well, {prices_white_now:.2f}: the band is {band:.2f}."
                ),
                holds=lambda state: (
                    state["prices_white_later"] > state["band"] < -state["prices_white_now"]
                ),
            ),
            Option(
                text="Prices answer later",
                value="earlier",
                feedback=(
                    "The peak is on the other side: r = {prices_later:.2f}, {prices_lag} quarters "
                    "after *prices* change. After unemployment has changed it is "
                    "{prices_earlier:.2f} at most, whatever the sign."
                ),
                misconception="lag_sign_is_arbitrary",
                holds=lambda state: state["prices_earlier"] < state["band"],
            ),
        ],
        answer=lambda exhibit: "later" if float(exhibit.facts["prices_lag"]) > 0 else "ignore",
    )

    task = Task(
        "Prewhiten. Then name the pair whose link hides most from the usual map: within the band "
        "of {band:.2f} in the same quarter, and furthest outside at some delay. At which?",
        goals=[
            Goal(
                "The pairs are prewhitened: now {prewhitened}",
                met=lambda state: state["prewhitened"] == "yes",
            ),
            Goal(
                "The pair whose link hides most is named: now {late}",
                met=lambda state: state["late"] == state["most_hidden"],
            ),
            Goal(
                "The delay at which it shows is right: now {delay}",
                met=lambda state: (
                    state["late"] == state["most_hidden"] and state["delay"] == state["hidden_lag"]
                ),
            ),
        ],
        solution={"prewhitened": "yes", "late": "realcons–realinv", "delay": 1},
        hints=[
            "Look for a row that is weak in the middle and strong to one side.",
            "Right of the middle the first of the pair leads, and the delay is positive.",
        ],
    )

    mistakes = [
        Mistake(
            "Not prewhitened, `{late}` has {named_now:.2f} in the middle and {named_most:.2f} at "
            "a delay of {named_lag}. Where two series repeat themselves, that alone can make a "
            "hill.",
            when=lambda state: state["is_named"] and state["prewhitened"] == "no",
            example={"late": "cpi–unemp", "delay": 4},
            misconception="ccf_band_holds_for_all",
            holds=lambda state: abs(state["named_now"]) <= abs(state["named_most"]),
        ),
        Mistake(
            "`{late}` shows in the same quarter already: {named_now:.2f} in the middle, outside "
            "the band of {band:.2f}. Look for a middle inside it.",
            when=lambda state: state["is_named"] and abs(state["named_now"]) >= state["band"],
            example={"prewhitened": "yes", "late": "realgdp–unemp", "delay": 1},
            misconception="zero_now_is_zero_always",
            holds=lambda state: abs(state["named_now"]) >= state["band"],
        ),
        Mistake(
            "`{late}` is weak in the middle, {named_now:.2f}, and at no delay outside the band of "
            "{band:.2f}. Nor is any other pair of these columns that is weak in the middle. Take "
            "other columns, or more quarters.",
            when=lambda state: state["is_named"] and state["most_hidden"] == "none",
            example={
                "chosen": ("realgdp", "realcons", "realgovt"),
                "prewhitened": "yes",
                "late": "realcons–realgovt",
            },
            misconception="ccf_band_holds_for_all",
            holds=lambda state: abs(state["named_most"]) <= state["band"],
        ),
        Mistake(
            "`{late}` is weak in the middle, {named_now:.2f}. At most it has {named_most:.2f}, at "
            "a delay of {named_lag}. Another pair goes further.",
            when=lambda state: state["is_named"] and state["late"] != state["most_hidden"],
            example={"prewhitened": "yes", "late": "realcons–cpi", "delay": -1},
            misconception="zero_now_is_zero_always",
            holds=lambda state: abs(state["named_most"]) < abs(state["hidden_r"]),
        ),
        Mistake(
            "The right row, the wrong side. To the right of the middle the first one leads.",
            when=lambda state: state["is_named"] and state["delay"] == -state["hidden_lag"],
            example={"prewhitened": "yes", "late": "realcons–realinv", "delay": -1},
            misconception="lag_sign_is_arbitrary",
            holds=lambda state: state["late"] == state["most_hidden"],
        ),
        Mistake(
            "The pair is right. At a delay of {delay} it is not strongest; find the deepest cell "
            "of its row.",
            when=lambda state: state["is_named"] and state["delay"] is not None,
            example={"prewhitened": "yes", "late": "realcons–realinv", "delay": 0},
            misconception="zero_now_is_zero_always",
            holds=lambda state: state["late"] == state["most_hidden"],
        ),
        Mistake(
            "`{late}` has no row on this map: not both of its columns are chosen. Name a pair that "
            "you can look at, or choose its columns.",
            when=lambda state: state["late"] is not None and not state["is_named"],
            example={"prewhitened": "yes", "late": "realinv–realgovt", "delay": 1},
            misconception="zero_now_is_zero_always",
            holds=lambda state: not {*state["late"].split("–")} <= {*state["chosen"]},
        ),
    ]

    learned = [
        Outcome(
            "`{most_hidden}`, prewhitened: {hidden_now:.2f} in the same quarter, {hidden_r:.2f} "
            "with a delay of {hidden_lag}. {outside} of {cells} cells leave the band. Chance alone "
            "would give noise {by_chance:.1f}, so that one cell just outside is no finding. An r "
            "near zero is about the same quarter. Of other delays it says nothing.\n\n"
            "A series is compared with its own past first, and with others after that.",
            holds=lambda state: abs(state["hidden_now"]) < state["band"] < abs(state["hidden_r"]),
        )
    ]

    holds = [
        Claim("They repeat themselves", lambda state: _all_repeat_themselves(state["chosen"])),
        Claim("and fewer are left", lambda state: state["outside_white"] < state["outside_raw"]),
    ]

    def in_the_lab(self, *, chosen: tuple[str, ...], reach: int, prewhitened: str) -> LabAddress:
        settings: dict[str, Value] = {
            "x": chosen[0],
            "y": chosen[1],
            "show": "CCF, prewhitened" if prewhitened == "yes" else "CCF",
            "lags": max(reach, 2),
        }
        return LabAddress("us_macro", "two_series", settings)

    def show(self, chosen: tuple[str, ...], reach: int, prewhitened: str) -> Exhibit:
        lagged = _lagged(chosen, reach, prewhitened)
        band = _band()
        peaks = lagged.abs().idxmax(axis=1)
        most = lagged.abs().max(axis=1)
        hiding = most[(lagged[0].abs() < band) & (most > band)]
        hidden = str(hiding.idxmax()) if len(hiding) else "none"
        facts: dict[str, Any] = {
            "columns": len(chosen),
            "quarters": len(changes()),
            "pairs": len(lagged),
            "cells": lagged.size,
            "by_chance": _LEVEL * lagged.size,
            "band": band,
            "outside": int((lagged.abs() > band).to_numpy().sum()),
            **_of_five(),
            **_of_prices(),
            "delayed": int((peaks != 0).sum()),
            "most_hidden": hidden,
            "hidden_lag": int(peaks[hidden]) if hidden in peaks else 0,
            "hidden_r": float(lagged[peaks[hidden]][hidden]) if hidden in peaks else 0.0,
            "hidden_now": float(lagged[0][hidden]) if hidden in peaks else 0.0,
        }
        title = "Changes, pair by delay" + (", prewhitened" if prewhitened == "yes" else "")
        return Exhibit(
            figures=(Heatmap(lagged, title=title),),
            facts=facts,
            table=lagged.round(3),
            description=fill(
                "A map with a row for each of {pairs} pairs and a column for each delay up to "
                "{reach} quarters. {outside} of {cells} cells leave the band of {band:.2f}. "
                "Strongest off the middle, in number of pairs: {delayed}.",
                {"reach": reach, **facts},
            ),
            behind=_delayed_behind(prewhitened),
        )

    def appraise(
        self,
        exhibit: Exhibit,
        late: str | None,
        delay: int | None,  # noqa: ARG002
    ) -> Mapping[str, Fact]:
        lagged = _lagged(*(exhibit.setting[name] for name in ("chosen", "reach", "prewhitened")))
        if late is None or late not in lagged.index:
            return {"is_named": False, "named_lag": 0, "named_now": 0.0, "named_most": 0.0}
        peak = int(lagged.abs().idxmax(axis=1)[late])
        return {
            "is_named": True,
            "named_lag": peak,
            "named_now": float(lagged[0][late]),
            "named_most": float(lagged[peak][late]),
        }


def _all_repeat_themselves(names: tuple[str, ...]) -> bool:
    return all(abs(changes()[name].autocorr(1)) > _band() for name in names)


def _band() -> float:
    return float(1.959963984540054 / np.sqrt(len(changes())))


@lru_cache(maxsize=64)
def _lagged(names: tuple[str, ...], reach: int, prewhitened: str) -> pd.DataFrame:
    """Pair by delay; shared, so not to be changed."""
    if prewhitened == "no":
        lagged = lagged_correlations(changes()[list(names)], reach)
    else:
        pairs = [(x, y) for i, x in enumerate(names) for y in names[i + 1 :]]
        found = []
        for number, pair in enumerate(pairs):
            working(number / len(pairs), "Prewhitening")
            found.append(lagged_correlations(_white(*pair), reach))
        lagged = pd.concat(found)
    return lagged.set_axis(pd.Index([f"{x}–{y}" for x, y in lagged.index], name="pair"))


@cache
def _white(x: str, y: str) -> pd.DataFrame:
    """Both without what the past of the first foretells; shared, so not to be changed."""
    white = prewhiten(changes()[x], changes()[y], order=_order(x))
    return pd.DataFrame({x: white.x, y: white.y})


@cache
def _order(name: str) -> int:
    """How far back a column looks: chosen once, as it does not depend on the other column."""
    return prewhiten(changes()[name], changes()[name]).order


@cache
def _of_five() -> dict[str, int]:
    """Of the five columns over a year, how many cells leave the band."""
    maps = {"raw": "no", "white": "yes"}
    return {
        f"outside_{name}": int((_lagged(_FIVE, _ONE_YEAR, chosen).abs() > _band()).to_numpy().sum())
        for name, chosen in maps.items()
    }


@cache
def _of_prices() -> dict[str, float]:
    """Prices and unemployment at each delay up to a year, as they are and prewhitened."""
    raw, white = (_lagged(_PRICES, _ONE_YEAR, each).iloc[0] for each in ("no", "yes"))
    lag = int(raw.abs().to_numpy().argmax()) - _ONE_YEAR
    return {
        "prices_now": float(raw[0]),
        "prices_lag": lag,
        "prices_later": float(raw[lag]),
        "prices_earlier": float(raw.loc[:-1].abs().max()),
        "prices_white_now": float(white[0]),
        "prices_white_later": float(white[lag]),
    }


def _delayed_behind(prewhitened: str) -> Callable[[str, str], Behind]:
    """The scatter plot of a pair as the map has it, the second moved by the delay."""

    def open_cell(pair: str, lag: str) -> Behind:
        first, second = pair.split("–")
        table = changes()[[first, second]] if prewhitened == "no" else _white(first, second)
        moved = table[second].shift(-int(lag))
        both = pd.DataFrame({first: table[first], f"{second}, moved by {lag}": moved}).dropna()
        side = "later" if int(lag) >= 0 else "earlier"
        sentence = fill(
            "{second}, {lag} quarters {side}, beside {first}{white}: {n} quarters have both.",
            {
                "first": first,
                "second": second,
                "lag": abs(int(lag)),
                "side": side,
                "white": ", prewhitened" if prewhitened == "yes" else "",
                "n": len(both),
            },
        )
        return Behind(Scatter(both.iloc[:, 0], both.iloc[:, 1]), sentence)

    return open_cell
