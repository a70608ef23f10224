"""Echoes of the past, and who leads whom."""

from collections.abc import Mapping
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
    Columns,
    Exhibit,
    Fact,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Slider,
    Step,
    Task,
    fill,
)
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
_SEEDS = {"ours A": 10, "ours B": 12, "ours C": 14}
_HEARD = (*_OURS, "noise", "lynx, log", "Nottingham")


class Echoes(Step):
    """
    ### What a series says twice

    Correlate a series with itself, some rows later: that is its *autocorrelation*. A series that
    repeats what it repeated echoes on and on. The *partial autocorrelation* asks what a lag adds
    once the lags between are known.

    The band holds {confidence:.0f} of a hundred lags of pure noise. Of {reach} lags one expects
    {by_chance:.1f} outside, by chance.
    """

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
                    "What is kept of the last is kept of the one before, too, only smaller. "
                    "{outside_echo} leave the band. The partial one tells: {outside_direct}."
                ),
                misconception="acf_shows_how_far_it_looks",
            ),
            Option(
                text="Several: an echo echoes",
                value="several",
                feedback=(
                    "{outside_echo} of {reach}. Each value carries the last one, and that one the "
                    "one before. The partial autocorrelation cuts through: {outside_direct} "
                    "outside."
                ),
            ),
            Option(
                text="None: it is noise after all",
                value="none",
                feedback=(
                    "There is noise in it, and {outside_echo} of {reach} lags leave the band. The "
                    "first is {first_echo:.2f}."
                ),
                misconception="rows_are_always_independent",
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
            "{answer} is about how many plain autocorrelations leave the band, {outside_echo}. "
            "Those are echoes of echoes. Look at the partial ones.",
            when=lambda state: (
                state["series"] == "ours B"
                and state["answer"] is not None
                and state["answer"] > state["made_from"]
            ),
            example={"series": "ours B", "answer": 9},
            misconception="acf_shows_how_far_it_looks",
        ),
        Mistake(
            "Not {answer}. The largest partial autocorrelation is at lag {largest_direct}, and the "
            "largest need not be the last. Go on to where nothing leaves the band any more.",
            when=lambda state: state["series"] == "ours B" and state["answer"] is not None,
            example={"series": "ours B", "answer": 1},
            misconception="largest_echo_is_last",
        ),
        Mistake(
            "That is about *ours B*. Listen to it first.",
            when=lambda state: state["answer"] is not None,
            example={"answer": 1},
            misconception="acf_shows_how_far_it_looks",
        ),
    ]

    learned = [
        Outcome(
            "*ours B* looks {made_from} rows back. Of its plain autocorrelations {outside_echo} of"
            " {reach} leave the band, of the partial ones {outside_direct}. The plain one says "
            "that a series repeats itself; the partial one says from where."
        )
    ]

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


_LEADING = ("one and its echo", "two strangers", "lynx and sunspots")
_LAGS = 15
_FOLLOWS_BY = 3
_STRANGERS, _FOLLOWING = 7, 4


class Leads(Step):
    """
    ### Who speaks first?

    The *cross-correlation* slides one series along the other. A peak at a positive lag says that
    the first one leads.

    Its band is made for noise. Two series that each repeat themselves leave it all the time, and
    neighbouring lags leave together. *Prewhitening* takes from both what the first one's past
    foretells, so that only news meets news. In one of three pairs somebody really leads.
    """

    tables = (LYNX, SUNSPOTS)

    pair = Choice("Pair", _LEADING, default="two strangers")
    prewhitened = Choice("Prewhiten", ("no", "yes"), default="no")
    answers = {
        "leader": Choice("Where one leads", _LEADING, default=None),
        "answer": Number("By how many rows", -_LAGS, _LAGS),
    }

    predict = Predict(
        "Two strangers, each keeping nine tenths of its last value. How many of {lags} lags leave "
        "the band, although there is nothing between them?",
        choices=[
            Option(
                text="One or two: {by_chance:.1f} by chance",
                value="chance",
                feedback=(
                    "That holds for noise. These two repeat themselves, and {raw_outside} of "
                    "{lags} lags leave the band. After prewhitening: {white_outside}."
                ),
                misconception="ccf_band_holds_for_all",
            ),
            Option(
                text="None: they are strangers",
                value="none",
                feedback=(
                    "Even noise leaves it {by_chance:.1f} times. These leave it {raw_outside} "
                    "times, with |r| up to {raw_largest_size:.2f}."
                ),
                misconception="ccf_band_holds_for_all",
            ),
            Option(
                text="Many",
                value="many",
                feedback=(
                    "{raw_outside} of {lags}, with |r| up to {raw_largest_size:.2f}. After "
                    "prewhitening it is {white_outside}."
                ),
            ),
        ],
        answer=lambda exhibit: "many" if float(exhibit.facts["raw_outside"]) > 4 else "chance",
    )

    task = Task(
        "Prewhiten. Which is the pair where one leads the other, and by how many rows?",
        goals=[
            Goal(
                "The pair is prewhitened: now {prewhitened}",
                met=lambda state: state["prewhitened"] == "yes",
            ),
            Goal(
                "The pair in which one leads is named: now {leader}",
                met=lambda state: state["leader"] == _LEADING[0],
            ),
            Goal(
                "By how many rows is right: now {answer}",
                met=lambda state: state["answer"] == _FOLLOWS_BY,
            ),
        ],
        solution={
            "pair": "one and its echo",
            "prewhitened": "yes",
            "leader": "one and its echo",
            "answer": 3,
        },
        hints=[
            "A real lead is one peak, high and alone. A stranger's are broad hills.",
            "Look at all three with prewhitening.",
            "A positive lag: the first one leads, so many rows ahead.",
        ],
    )

    mistakes = [
        Mistake(
            "The right pair, the wrong way round. The peak lies at +{peak}, to the right: the "
            "first one speaks, and the other repeats it {peak} rows later.",
            when=lambda state: (
                state["leader"] == _LEADING[0]
                and state["answer"] is not None
                and state["answer"] < 0
            ),
            example={
                "pair": "one and its echo",
                "prewhitened": "yes",
                "leader": "one and its echo",
                "answer": -3,
            },
            misconception="lag_sign_is_arbitrary",
        ),
        Mistake(
            "You may be right, but without prewhitening the band says nothing: {raw_outside} of "
            "{lags} lags are outside here.",
            when=lambda state: state["leader"] is not None and state["prewhitened"] == "no",
            example={"leader": "two strangers"},
            misconception="ccf_band_holds_for_all",
        ),
        Mistake(
            "Look at *{leader}* again. Prewhitened, nothing there stands high and alone.",
            when=lambda state: state["leader"] is not None and state["leader"] != _LEADING[0],
            example={"prewhitened": "yes", "leader": "lynx and sunspots"},
            misconception="ccf_band_holds_for_all",
        ),
        Mistake(
            "The pair is right. By {answer} rows it is not: read the lag of the one high peak.",
            when=lambda state: state["leader"] == _LEADING[0] and state["answer"] is not None,
            example={
                "prewhitened": "yes",
                "leader": "one and its echo",
                "answer": 0,
            },
            misconception="lag_sign_is_arbitrary",
        ),
    ]

    learned = [
        Outcome(
            "The first leads by {peak} rows: r = {white_largest:.2f} there, and {white_now:.2f} in"
            " the same row. Raw, {raw_outside} of {lags} lags left the band, prewhitened "
            "{white_outside}. Whiten first, then ask who leads."
        )
    ]

    def show(self, pair: str, prewhitened: str) -> Exhibit:
        x, y = _leading(pair)
        raw, white, order = _crossed(pair)
        raw_peak, white_peak = (
            int(found["value"].abs().to_numpy().argmax()) - _LAGS for found in (raw, white)
        )
        facts: dict[str, Any] = {
            "rows": len(x),
            "lags": len(raw),
            "by_chance": _LEVEL * len(raw),
            "order": order,
            "peak": _FOLLOWS_BY,
            "raw_outside": _outside(raw),
            "white_outside": _outside(white),
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


@cache
def _leading(pair: str) -> tuple[Floats, Floats]:
    if pair == "two strangers":
        x, y = autoregressions(2, 100, phi=0.9, seed=_STRANGERS)
        return x, y
    if pair == "one and its echo":
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


_FIVE = ("realgdp", "realcons", "realinv", "cpi", "unemp")
_DELAYED = tuple(f"{x}–{y}" for i, x in enumerate(_FIVE) for y in _FIVE[i + 1 :])


class Delays(Step):
    """
    ### A heatmap with a clock

    The usual map compares what happens in the same quarter. A *lag map* has a row for each pair and
    a column for each delay. In the middle stands the usual r. To the right the first of the pair
    leads.

    Here are quarterly changes of the American economy. Somebody answers late.
    """

    tables = (MACRO,)

    chosen = Columns("Columns", NAMES, default=_FIVE, at_least=3)
    reach = Slider("Quarters of delay", 2, 12, default=4, step=1)
    answers = {
        "late": Choice("The late answer", _DELAYED, default=None),
        "delay": Number("Its delay", -12, 12),
    }

    predict = Predict(
        "On the usual map `cpi` and `unemp` have r = {hidden_now:.2f}: prices and unemployment "
        "seem to ignore each other. Do they?",
        choices=[
            Option(
                text="They do: r is nearly zero",
                value="ignore",
                feedback=(
                    "In the same quarter. {hidden_lag} quarters after prices rise, so does "
                    "unemployment: r = {hidden_r:.2f}."
                ),
                misconception="zero_now_is_zero_always",
            ),
            Option(
                text="Unemployment answers later",
                value="later",
                feedback=(
                    "{hidden_lag} quarters later: r = {hidden_r:.2f}, with a band of {band:.2f}. "
                    "The usual map has no place for that."
                ),
            ),
            Option(
                text="Prices answer later",
                value="earlier",
                feedback=(
                    "The peak is on the other side: {hidden_lag} quarters after *prices* move. r = "
                    "{hidden_r:.2f}."
                ),
                misconception="lag_sign_is_arbitrary",
            ),
        ],
        answer=lambda exhibit: "later" if float(exhibit.facts["hidden_lag"]) > 0 else "ignore",
    )

    task = Task(
        "Among the five columns: name the pair whose link hides most from the usual map, and the "
        "delay at which it shows.",
        goals=[
            Goal(
                "The pair whose link hides most is named: now {late}",
                met=lambda state: state["late"] == state["most_hidden"],
            ),
            Goal(
                "The delay at which it shows is right: now {delay}",
                met=lambda state: state["delay"] == state["hidden_lag"],
            ),
        ],
        solution={"late": "cpi–unemp", "delay": 4},
        hints=[
            "Look for a row that is pale in the middle and deep to one side.",
            "Right of the middle the first of the pair leads, and the delay is positive.",
        ],
    )

    mistakes = [
        Mistake(
            "The right row, the wrong side. To the right the first one leads: prices move, and "
            "{hidden_lag} quarters later unemployment does.",
            when=lambda state: (
                state["late"] == state["most_hidden"] and state["delay"] == -state["hidden_lag"]
            ),
            example={"late": "cpi–unemp", "delay": -4},
            misconception="lag_sign_is_arbitrary",
        ),
        Mistake(
            "`{late}` shows in the same quarter already: {named_now:.2f} in the middle. Look for a "
            "middle that is pale.",
            when=lambda state: state["late"] is not None and state["late"] != state["most_hidden"],
            example={"late": "realcons–realinv", "delay": 1},
            misconception="zero_now_is_zero_always",
        ),
        Mistake(
            "The pair is right. At a delay of {delay} it is not strongest; find the deepest cell "
            "of its row.",
            when=lambda state: state["late"] == state["most_hidden"] and state["delay"] is not None,
            example={"late": "cpi–unemp", "delay": 0},
            misconception="zero_now_is_zero_always",
        ),
    ]

    learned = [
        Outcome(
            "`{most_hidden}`: {hidden_now:.2f} in the same quarter, {hidden_r:.2f} with a delay of"
            " {hidden_lag}. {delayed} of {pairs} pairs are strongest off the middle. An r near "
            "zero is about now, and about nothing else."
        )
    ]

    def show(self, chosen: tuple[str, ...], reach: int) -> Exhibit:
        lagged = _lagged(chosen, reach)
        peaks = lagged.abs().idxmax(axis=1)
        gain = lagged.abs().max(axis=1) - lagged[0].abs()
        hidden = str(gain.idxmax())
        facts: dict[str, Any] = {
            "columns": len(chosen),
            "quarters": len(changes()),
            "pairs": len(lagged),
            "band": float(1.959963984540054 / np.sqrt(len(changes()))),
            "delayed": int((peaks != 0).sum()),
            "most_hidden": hidden,
            "hidden_lag": int(peaks[hidden]),
            "hidden_r": float(lagged[peaks[hidden]][hidden]),
            "hidden_now": float(lagged[0][hidden]),
        }
        return Exhibit(
            figures=(Heatmap(lagged, title="Changes, pair by delay"),),
            facts=facts,
            table=lagged.round(3),
            description=fill(
                "A map with a row for each of {pairs} pairs and a column for each delay up to "
                "{reach} quarters. {delayed} pairs are strongest off the middle; {most_hidden} has "
                "{hidden_now:.2f} there and {hidden_r:.2f} at a delay of {hidden_lag}.",
                {"reach": reach, **facts},
            ),
            behind=_delayed_behind,
        )

    def appraise(
        self,
        exhibit: Exhibit,
        late: str | None,
        delay: int | None,  # noqa: ARG002
    ) -> Mapping[str, Fact]:
        chosen, reach = exhibit.setting["chosen"], exhibit.setting["reach"]
        lagged = _lagged(chosen, reach)
        if late is None or late not in lagged.index:
            return {"named_lag": 0, "named_now": 0.0}
        return {
            "named_lag": int(lagged.abs().idxmax(axis=1)[late]),
            "named_now": float(lagged[0][late]),
        }


@lru_cache(maxsize=64)
def _lagged(names: tuple[str, ...], reach: int) -> pd.DataFrame:
    lagged = lagged_correlations(changes()[list(names)], reach)
    lagged.index = pd.Index([f"{x}–{y}" for x, y in lagged.index], name="pair")
    return lagged


def _delayed_behind(pair: str, lag: str) -> Behind:
    """The scatter plot of a pair, the second moved by the delay."""
    first, second = pair.split("–")
    moved = changes()[second].shift(-int(lag))
    both = pd.DataFrame({first: changes()[first], f"{second}, moved by {lag}": moved}).dropna()
    sentence = fill(
        "{second} of {lag} quarters later beside {first}: {quarters} quarters have both.",
        {"first": first, "second": second, "lag": int(lag), "quarters": len(both)},
    )
    return Behind(Scatter(both.iloc[:, 0], both.iloc[:, 1]), sentence)
