"""What comes back: seasons, echoes of the past, and who leads whom."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

import datasets
from lessons.time_series import scripts
from lessons.time_series.changes import CHANGES, YEAR, Floats
from lessons.time_series.economy import MACRO, NAMES, changes
from lib.charts import Heatmap, Lines, Scatter
from lib.course import (
    Behind,
    Choice,
    Columns,
    Exhibit,
    Mistake,
    Number,
    Option,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    fill,
)
from lib.stats import (
    autocorrelation,
    autoregressions,
    correlate,
    cross_correlation,
    lagged_correlations,
    partial_autocorrelation,
    prewhiten,
)

LYNX = datasets.catalogue()["lynx"]
SUNSPOTS = datasets.catalogue()["sunspots"]
NOTTINGHAM = datasets.catalogue()["nottingham"]

_LEVEL = 0.05
_TOWN_SEED = 7


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
        passed=lambda state: (
            state["change"] in ("season out", "year on year") and state["p"] >= _LEVEL
        ),
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

    learned = (
        "Ice cream and burglaries: r = {nothing_r:.2f}, after differences {difference_r:.2f}, with "
        "the months taken out {season_r:.2f}, against the year before {year_r:.2f}. What comes "
        "every year has to be taken out by the year."
    )

    def show(self, change: str, seed: int) -> Exhibit:
        town = _town(seed)
        found = {name: _treated(town, name) for name in CHANGES}
        treated = pd.DataFrame({n: CHANGES[change].apply(town[n].to_numpy()) for n in town})
        r, p = found[change]
        facts: dict[str, Any] = {
            "months": len(town),
            "years": len(town) // YEAR,
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
        standard = treated.sub(treated.mean()).div(treated.std()).rename_axis("month")
        table = pd.DataFrame(found, ["r", "p"]).T.rename_axis("treatment")
        return Exhibit(
            figures=(
                Lines(standard, title="Both, month by month", y="standard deviations"),
                Scatter(
                    treated["ice cream"],
                    treated["burglaries"],
                    title=fill("r = {r:.2f}, p = {p:.3f}", facts),
                ),
            ),
            across=2,
            facts=facts,
            code=scripts.cooling(change, seed),
            table=table.round(4),
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
    months = 120
    random = np.random.default_rng(seed)
    season = np.cos(2 * np.pi * (np.arange(months) % YEAR - 6) / YEAR)
    ice_cream = 100 + 40 * season + random.normal(0, 10, months)
    burglaries = 50 + 12 * season + random.normal(0, 5, months)
    return pd.DataFrame({"ice cream": ice_cream, "burglaries": burglaries})


def _treated(town: pd.DataFrame, change: str) -> tuple[float, float]:
    treated = pd.DataFrame({name: CHANGES[change].apply(town[name].to_numpy()) for name in town})
    pair = correlate(treated, adjust="none").pairs().iloc[0]
    return float(pair.r), float(pair.p)


_OURS = {"ours A": (0.7,), "ours B": (0.5, 0.0, 0.4), "ours C": (1.1, -0.5)}
_SEEDS = {"ours A": 10, "ours B": 12, "ours C": 14}
_HEARD = (*_OURS, "noise", "lynx, log", "Nottingham")


class Echoes(Step):
    """
    ### What a series says twice

    Correlate a series with itself, some rows later: that is its *autocorrelation*. A series that
    repeats what it repeated echoes on and on. The *partial* autocorrelation asks what a lag adds
    once the lags between are known.

    The band holds {confidence:.0f} of a hundred lags of pure noise. Of {lags} lags one expects
    {by_chance:.1f} outside, by chance.
    """

    tables = (LYNX, NOTTINGHAM)

    series = Choice("Listen to", _HEARD, default="ours A")
    kind = Choice("Autocorrelation", ("plain", "partial"), default="plain")
    reach = Slider("Lags", 10, 40, default=20, step=5)
    answer = Number("ours B looks back", 0, 40)
    views = ("kind",)

    predict = Predict(
        "*ours A* keeps {first_direct:.1f} of its last value, and looks no further back. How many "
        "of its {lags} plain autocorrelations leave the band?",
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
                    "{outside_echo} of {lags}. Each value carries the last one, and that one the "
                    "one before. The partial autocorrelation cuts through: {outside_direct} "
                    "outside."
                ),
            ),
            Option(
                text="None: it is noise after all",
                value="none",
                feedback=(
                    "There is noise in it, and {outside_echo} of {lags} lags leave the band. The "
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
        passed=lambda state: state["series"] == "ours B" and state["answer"] == state["made_from"],
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

    learned = (
        "*ours B* looks {made_from} rows back. Of its plain autocorrelations {outside_echo} of "
        "{lags} leave the band, of the partial ones {outside_direct}. The plain one says that a "
        "series repeats itself; the partial one says from where."
    )

    def show(
        self,
        series: str,
        kind: str,
        reach: int,
        answer: int | None,  # noqa: ARG002
    ) -> Exhibit:
        x = _heard(series)
        echo = autocorrelation(x, reach).iloc[1:]
        direct = partial_autocorrelation(x, reach).iloc[1:]
        shown = echo if kind == "plain" else direct
        facts: dict[str, Any] = {
            "rows": len(x),
            "lags": reach,
            "confidence": 95,
            "by_chance": _LEVEL * reach,
            "outside_echo": _outside(echo),
            "outside_direct": _outside(direct),
            "first_echo": float(echo["value"].iloc[0]),
            "first_direct": float(direct["value"].iloc[0]),
            "largest_direct": int(direct["value"].abs().to_numpy().argmax()) + 1,
            "made_from": len(_OURS["ours B"]),
        }
        line = shown[["value"]].set_axis([f"{kind} autocorrelation"], axis=1)
        named = {end: shown[[end]].set_axis(line.columns, axis=1) for end in ("low", "high")}
        return Exhibit(
            figures=(
                Lines(
                    pd.DataFrame({"value": x}, pd.RangeIndex(1, len(x) + 1, name="row")),
                    title=series,
                    y="value",
                ),
                Lines(
                    line,
                    title=f"Its {kind} autocorrelation",
                    y="r",
                    low=named["low"],
                    high=named["high"],
                    marks={"": 0.0},
                ),
            ),
            across=2,
            facts=facts,
            code=scripts.listening(_heard_code(series), reach, partial=kind == "partial"),
            table=pd.DataFrame({"plain": echo["value"], "partial": direct["value"]}).round(3),
            description=fill(
                "A series of {rows} rows and its autocorrelations up to lag {lags}. "
                "{outside_echo} of the plain ones leave the band, {outside_direct} of the partial "
                "ones.",
                facts,
            ),
        )


def _outside(lags: pd.DataFrame) -> int:
    return int((lags["value"].abs() > lags["high"]).sum())


@cache
def _heard(series: str) -> Floats:
    if series in _OURS:
        return _from_its_past(_OURS[series], _SEEDS[series])
    if series == "noise":
        return np.random.default_rng(0).normal(size=300)
    if series == "Nottingham":
        return datasets.load("nottingham")["temperature"].to_numpy(dtype=float)
    return np.asarray(_log_lynx(), dtype=np.float64)


def _log_lynx() -> "pd.Series[float]":
    return datasets.load("lynx")["trapped"].astype(float).transform(np.log)


def _from_its_past(coefficients: tuple[float, ...], seed: int) -> Floats:
    """Each value from earlier ones and noise; the first two hundred are forgotten."""
    rows, before = 300, 200
    noise = np.random.default_rng(seed).normal(size=rows + before)
    x = np.zeros(rows + before)
    for t in range(len(x)):
        past = sum(c * x[t - lag] for lag, c in enumerate(coefficients, 1) if lag <= t)
        x[t] = noise[t] + past
    return x[before:]


def _heard_code(series: str) -> str:
    if series in _OURS:
        return f"ours({list(_OURS[series])}, seed={_SEEDS[series]})"
    return {
        "noise": "np.random.default_rng(0).normal(size=300)",
        "Nottingham": 'pd.read_csv("nottingham.csv")["temperature"]',
        "lynx, log": 'np.log(pd.read_csv("lynx.csv")["trapped"])',
    }[series]


_LEADING = ("one and its echo", "two strangers", "lynx and sunspots")
_LAGS = 15
_FOLLOWS_BY = 3


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
    leader = Choice("Where one leads", _LEADING, default=None)
    answer = Number("By how many rows", -15, 15)

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
        passed=lambda state: (
            state["prewhitened"] == "yes"
            and state["leader"] == _LEADING[0]
            and state["answer"] == _FOLLOWS_BY
        ),
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

    learned = (
        "The first leads by {peak} rows: r = {white_largest:.2f} there, and {white_now:.2f} in "
        "the same row. Raw, {raw_outside} of {lags} lags left the band, prewhitened "
        "{white_outside}. Whiten first, then ask who leads."
    )

    def show(
        self,
        pair: str,
        prewhitened: str,
        leader: str | None,  # noqa: ARG002
        answer: int | None,  # noqa: ARG002
    ) -> Exhibit:
        x, y = _leading(pair)
        raw = cross_correlation(x, y, _LAGS)
        white = cross_correlation(x, y, _LAGS, prewhiten=True)
        raw_peak, white_peak = (
            int(found["value"].abs().to_numpy().argmax()) - _LAGS for found in (raw, white)
        )
        facts: dict[str, Any] = {
            "rows": len(x),
            "lags": len(raw),
            "by_chance": _LEVEL * len(raw),
            "order": prewhiten(x, y).order,
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
        line = shown[["value"]].set_axis(["cross-correlation"], axis=1)
        ends = {end: shown[[end]].set_axis(line.columns, axis=1) for end in ("low", "high")}
        paths = pd.DataFrame({"first": x, "second": y}, pd.RangeIndex(1, len(x) + 1, name="row"))
        return Exhibit(
            figures=(
                Lines(
                    paths.sub(paths.mean()).div(paths.std()),
                    title=pair,
                    y="standard deviations",
                ),
                Lines(
                    line,
                    title="Prewhitened" if prewhitened == "yes" else "As they are",
                    y="r",
                    low=ends["low"],
                    high=ends["high"],
                    marks={"": 0.0},
                ),
            ),
            across=2,
            facts=facts,
            code=scripts.leading(_leading_code(pair), prewhiten=prewhitened == "yes"),
            table=pd.DataFrame({"raw": raw["value"], "prewhitened": white["value"]}).round(3),
            description=fill(
                "Two series of {rows} rows and their cross-correlation over {lags} lags. Raw, "
                "{raw_outside} lags leave the band, prewhitened {white_outside}; the largest are "
                "{raw_largest:.2f} at lag {raw_peak} and {white_largest:.2f} at lag {white_peak}.",
                facts,
            ),
        )


@cache
def _leading(pair: str) -> tuple[Floats, Floats]:
    if pair == "two strangers":
        x, y = autoregressions(2, 100, phi=0.9, seed=_STRANGERS)
        return x, y
    if pair == "one and its echo":
        return _following(200, _FOLLOWS_BY, seed=_FOLLOWING)
    spots = datasets.load("sunspots")["sunspots"].astype(float)
    both = pd.concat([spots, _log_lynx()], axis=1, join="inner")
    return both["sunspots"].to_numpy(), both["trapped"].to_numpy()


_STRANGERS, _FOLLOWING = 7, 4


def _following(n: int, lag: int, seed: int) -> tuple[Floats, Floats]:
    """An autoregression, and what repeats it some rows later, with noise."""
    random = np.random.default_rng(seed)
    x = random.normal(size=n + lag)
    for t in range(1, n + lag):
        x[t] += 0.8 * x[t - 1]
    noise = random.normal(size=n + lag)
    return x[lag:], 0.8 * x[:n] + noise[lag:]


def _leading_code(pair: str) -> str:
    if pair == "two strangers":
        return f"x, y = echoes(0.9, 100, seed={_STRANGERS})"
    if pair == "one and its echo":
        return f"x, y = following(200, {_FOLLOWS_BY}, seed={_FOLLOWING})"
    return (
        'spots = pd.read_csv("sunspots.csv", index_col="year")["sunspots"]\n'
        'lynx = np.log(pd.read_csv("lynx.csv", index_col="year")["trapped"])\n'
        'x, y = (z.to_numpy() for _, z in pd.concat([spots, lynx], axis=1, join="inner").items())'
    )


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
    late = Choice("The late answer", _DELAYED, default=None)
    delay = Number("Its delay", -12, 12)

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
        passed=lambda state: (
            state["late"] == state["most_hidden"] and state["delay"] == state["hidden_lag"]
        ),
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

    learned = (
        "`{most_hidden}`: {hidden_now:.2f} in the same quarter, {hidden_r:.2f} with a delay of "
        "{hidden_lag}. {delayed} of {pairs} pairs are strongest off the middle. An r near zero is "
        "about now, and about nothing else."
    )

    def show(
        self,
        chosen: tuple[str, ...],
        reach: int,
        late: str | None,
        delay: int | None,  # noqa: ARG002
    ) -> Exhibit:
        names = [name for name in NAMES if name in chosen]
        lagged = _lagged(tuple(names), reach)
        peaks = lagged.abs().idxmax(axis=1)
        gain = lagged.abs().max(axis=1) - lagged[0].abs()
        hidden = str(gain.idxmax())
        named = late if late in lagged.index else None
        facts: dict[str, Any] = {
            "columns": len(names),
            "reach": reach,
            "quarters": len(changes()),
            "pairs": len(lagged),
            "band": float(1.959963984540054 / np.sqrt(len(changes()))),
            "delayed": int((peaks != 0).sum()),
            "most_hidden": hidden,
            "hidden_lag": int(peaks[hidden]),
            "hidden_r": float(lagged[peaks[hidden]][hidden]),
            "hidden_now": float(lagged[0][hidden]),
            "named_lag": int(peaks[named]) if named else 0,
            "named_now": float(lagged[0][named]) if named else 0.0,
        }
        return Exhibit(
            figures=(Heatmap(lagged, title="Changes, pair by delay"),),
            facts=facts,
            code=scripts.delaying(tuple(names), reach, named),
            table=lagged.round(3),
            description=fill(
                "A map with a row for each of {pairs} pairs and a column for each delay up to "
                "{reach} quarters. {delayed} pairs are strongest off the middle; {most_hidden} has "
                "{hidden_now:.2f} there and {hidden_r:.2f} at a delay of {hidden_lag}.",
                facts,
            ),
            behind=_delayed_behind,
        )


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
    chart = Scatter(both.iloc[:, 0], both.iloc[:, 1])
    return Behind(
        chart,
        f"{second} of {lag} quarters later beside {first}: {len(both)} quarters have both.".replace(
            "-", "−"
        ),
    )
