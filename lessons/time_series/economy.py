"""Levels and changes: an economy, four stock markets, a gas, and two decades that never met."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

import datasets
from lessons.time_series import scripts
from lessons.time_series.changes import CHANGES, YEAR, Change, Floats
from lib.charts import Heatmap, Lines, Scatter
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Mistake,
    Number,
    Option,
    Predict,
    Slider,
    Step,
    Task,
    fill,
)
from lib.course.behind import pair_behind
from lib.stats import autocorrelation, correlate, difference, effective_n

MACRO = datasets.catalogue()["us_macro"]
STOCKS = datasets.catalogue()["eu_stocks"]
CO2 = datasets.catalogue()["co2"]
PASSENGERS = datasets.catalogue()["air_passengers"]

NAMES = (
    "realgdp", "realcons", "realinv", "realgovt", "realdpi",
    "cpi", "m1", "tbilrate", "unemp", "pop",
)  # fmt: skip
_RATES = ("tbilrate", "unemp")
PAIRS = tuple(f"{x}–{y}" for i, x in enumerate(NAMES) for y in NAMES[i + 1 :])

_LEVEL = 0.05
_STRONG, _MIDDLING, _WEAK = 0.9, 0.5, 0.2


@cache
def levels() -> pd.DataFrame:
    """Ten columns of the American economy, a row a quarter; shared, so not to be changed."""
    return datasets.load("us_macro")[list(NAMES)].astype(float)


@cache
def changes() -> pd.DataFrame:
    """From quarter to quarter: growth in logarithms, and differences of what is a rate already."""
    grown = levels().transform(np.log).diff()
    return grown.assign(**{rate: levels()[rate].diff() for rate in _RATES}).dropna()


class LevelsAndChanges(Step):
    """
    ### The same economy twice

    Ten columns of the American economy, {quarters} quarters from {first_year} on. On the map of
    *levels* everybody talks to everybody. On the map of *changes*, from one quarter to the next,
    most of them have nothing to say.

    But not all. And one link shows up that the levels had hidden.
    """

    tables = (MACRO,)

    shown = Choice("Show", ("levels", "changes", "both"), default="levels")
    killed = Choice("A link that dies", PAIRS, default=None)
    revealed = Choice("A link that appears", PAIRS, default=None)
    views = ("shown",)

    predict = Estimate(
        "Output and prices, `realgdp` and `cpi`, have r = {gdp_cpi_level:.2f} in levels. What is r "
        "of their changes?",
        low=-1,
        high=1,
        step=0.05,
        tolerance=0.2,
        feedback=(
            "{gdp_cpi_change:.2f}. Both rose all these years, and that is all that their levels "
            "had in common."
        ),
        bands=[
            Band(
                low=-1,
                high=-0.2,
                feedback=(
                    "Not as far: {gdp_cpi_change:.2f}. The link is not turned round, it is gone."
                ),
                misconception="differencing_kills_every_link",
            ),
            Band(
                low=0.1,
                high=0.6,
                feedback="Less, surely. But nearly nothing is left of it: {gdp_cpi_change:.2f}.",
                misconception="strong_levels_are_links",
            ),
            Band(
                low=0.6,
                high=1.01,
                feedback=(
                    "So strong a link should survive, if it is one. It does not: "
                    "{gdp_cpi_change:.2f}. Both only rose."
                ),
                misconception="strong_levels_are_links",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["gdp_cpi_change"]),
    )

    task = Task(
        "Name a pair that dies: above {strong:.1f} in levels, below {weak:.1f} in changes, "
        "whatever the sign. And name one that appears: below {weak:.1f} in levels, above "
        "{middling:.1f} in changes.",
        passed=lambda state: (
            abs(state["killed_level"]) > state["strong"]
            and abs(state["killed_change"]) < state["weak"]
            and abs(state["revealed_level"]) < state["weak"]
            and abs(state["revealed_change"]) > state["middling"]
        ),
        solution={"shown": "both", "killed": "realgdp–cpi", "revealed": "realgdp–unemp"},
        hints=[
            "Show both maps. Dark on one and pale on the other is what you look for.",
            "Numbers lists each pair with both of its r.",
            "Who loses work when output falls?",
        ],
    )

    mistakes = [
        Mistake(
            "`{killed}` lives on: {killed_level:.2f} in levels, {killed_change:.2f} in changes. "
            "Differences do not kill what happens at the same time.",
            when=lambda state: (
                abs(state["killed_level"]) > state["strong"]
                and abs(state["killed_change"]) >= state["weak"]
            ),
            example={"killed": "realgdp–realcons"},
            misconception="differencing_kills_every_link",
        ),
        Mistake(
            "`{killed}` had {killed_level:.2f} in levels: there was not much to kill.",
            when=lambda state: state["killed"] and abs(state["killed_level"]) <= state["strong"],
            example={"killed": "tbilrate–unemp"},
            misconception="strong_levels_are_links",
        ),
        Mistake(
            "`{revealed}` has {revealed_change:.2f} in changes: nothing has appeared. A link can "
            "be absent twice.",
            when=lambda state: (
                state["revealed"] and abs(state["revealed_change"]) <= state["middling"]
            ),
            example={"revealed": "realgdp–pop"},
            misconception="weak_levels_are_no_link",
        ),
        Mistake(
            "`{revealed}` was there before, with {revealed_level:.2f}. Look for a pale cell of the "
            "first map that is dark on the second.",
            when=lambda state: state["revealed"] and abs(state["revealed_level"]) >= state["weak"],
            example={"revealed": "realgdp–realcons"},
            misconception="weak_levels_are_no_link",
        ),
    ]

    learned = (
        "{strong_levels} of {pairs} pairs are above {strong:.1f} in levels, {strong_changes} in "
        "changes. Output and prices fall from {gdp_cpi_level:.2f} to {gdp_cpi_change:.2f}. Output "
        "and unemployment go from {gdp_unemp_level:.2f} to {gdp_unemp_change:.2f}: levels can hide "
        "as well."
    )

    def show(self, shown: str, killed: str | None, revealed: str | None) -> Exhibit:
        r = {"levels": _r(levels()), "changes": _r(changes())}
        pairs = _pairs()
        strong = (pairs.abs() > _STRONG).sum()
        mean = pairs.abs().mean()
        walking = _walking()
        facts: dict[str, Any] = {
            "quarters": len(levels()),
            "first_year": int(datasets.load("us_macro")["year"].iloc[0]),
            "columns": len(NAMES),
            "pairs": len(pairs),
            "strong": _STRONG,
            "middling": _MIDDLING,
            "weak": _WEAK,
            "level": 100 * _LEVEL,
            "strong_levels": int(strong["levels"]),
            "strong_changes": int(strong["changes"]),
            "mean_levels": float(mean["levels"]),
            "mean_changes": float(mean["changes"]),
            "walks_levels": walking["levels"],
            "walks_changes": walking["changes"],
        }
        for word, pair in (
            ("gdp_cpi", "realgdp–cpi"),
            ("gdp_unemp", "realgdp–unemp"),
            ("killed", killed),
            ("revealed", revealed),
        ):
            for column in ("level", "change"):
                facts[f"{word}_{column}"] = float(pairs[f"{column}s"][pair]) if pair else 0.0
        maps = {name: Heatmap(table, title=f"Pearson's r of {name}") for name, table in r.items()}
        return Exhibit(
            figures=tuple(maps.values()) if shown == "both" else (maps[shown],),
            across=2 if shown == "both" else 1,
            facts=facts,
            code=scripts.comparing(NAMES, shown, killed, revealed),
            table=pairs.round(2),
            description=fill(
                "Maps of ten columns, as levels and as changes. In levels {strong_levels} of "
                "{pairs} pairs are above {strong:.1f} and the mean |r| is {mean_levels:.2f}; in "
                "changes {strong_changes} are, and the mean is {mean_changes:.2f}.",
                facts,
            ),
            behind=pair_behind(changes() if shown == "changes" else levels(), "quarters"),
        )


def _r(table: pd.DataFrame) -> pd.DataFrame:
    return correlate(table, adjust="none").r


@cache
def _pairs() -> pd.DataFrame:
    """Each pair's r in levels and in changes."""
    of_levels, of_changes = _r(levels()), _r(changes())
    rows = {
        f"{x}–{y}": (of_levels.loc[x, y], of_changes.loc[x, y])
        for i, x in enumerate(NAMES)
        for y in NAMES[i + 1 :]
    }
    return pd.DataFrame(rows, ["levels", "changes"]).T.rename_axis("pair")


@cache
def _walking() -> dict[str, int]:
    """How many columns the Dickey-Fuller test takes for walks, in levels and in changes."""
    from statsmodels.tsa.stattools import adfuller  # slow to import

    return {
        name: sum(
            bool(adfuller(table[column], result_object=False)[1] > _LEVEL) for column in NAMES
        )
        for name, table in (("levels", levels()), ("changes", changes()))
    }


_INDICES = ("DAX", "SMI", "CAC", "FTSE")
_SERIES = ("levels", "daily returns", "weekly returns")
_FIVE_DAYS = 5


class Markets(Step):
    """
    ### Some links are real

    Four stock markets, {days} days. Their levels have r up to {levels_dax_smi:.2f}, and by now you
    distrust that.

    So here is a test that needs no theory: run one series backwards. A link that lives on shared
    days must die of it. A link that lives on shared drift may not even notice.
    """

    tables = (STOCKS,)

    series = Choice("Series", _SERIES, default="levels")
    backwards = Choice("Run backwards", ("none", *_INDICES), default="none")

    predict = Predict(
        "In levels DAX and SMI have r = {levels_dax_smi:.2f}. And in their daily returns?",
        choices=[
            Option(
                text="Nearly nothing: returns are noise",
                value="dead",
                feedback=(
                    "After the last step one expects it. But a day that is bad in Frankfurt is bad "
                    "in Zürich: {returns_dax_smi:.2f}."
                ),
                misconception="differencing_kills_every_link",
            ),
            Option(
                text="Less, but a strong link",
                value="alive",
                feedback=(
                    "{returns_dax_smi:.2f}. The drift is gone, and what is left happens on the "
                    "same days."
                ),
            ),
            Option(
                text="The same: it is the same market",
                value="same",
                feedback=(
                    "The levels shared their days and their drift. Without the drift it is "
                    "{returns_dax_smi:.2f}."
                ),
                misconception="strong_levels_are_links",
            ),
        ],
        answer=lambda exhibit: (
            "alive" if 0.4 < float(exhibit.facts["returns_dax_smi"]) < 0.9 else "dead"
        ),
    )

    task = Task(
        "Show that the links are real: run one market backwards so that its links die, below "
        "{weak:.1f}, while those among the other three stay above {strong:.1f}.",
        passed=lambda state: (
            state["backwards"] != "none"
            and state["strongest_backwards"] < state["weak"]
            and state["weakest_forwards"] > state["strong"]
        ),
        solution={"series": "daily returns", "backwards": "FTSE"},
        hints=[
            "Try it with the levels first.",
            "It takes two settings: one for what is correlated, one for who runs backwards.",
        ],
    )

    mistakes = [
        Mistake(
            "`{backwards}` runs backwards, day by day against the wrong days, and its levels still "
            "have |r| up to {strongest_backwards:.2f}. That is drift. Levels cannot tell.",
            when=lambda state: state["backwards"] != "none" and state["series"] == "levels",
            example={"backwards": "FTSE"},
            misconception="strong_levels_are_links",
        ),
        Mistake(
            "Returns, and all of them forwards: the weakest link is {weakest_forwards:.2f}. Now "
            "let one run backwards, or nobody has proved anything.",
            when=lambda state: state["backwards"] == "none",
            example={"series": "daily returns"},
            misconception="differencing_kills_every_link",
        ),
    ]

    learned = (
        "Returns of DAX and SMI have r = {returns_dax_smi:.2f}. With one market run backwards its "
        "links fall to {strongest_backwards:.2f} at most, the others stay above "
        "{weakest_forwards:.2f}. Differences do not kill what is real."
    )

    def show(self, series: str, backwards: str) -> Exhibit:
        prices = datasets.load("eu_stocks")[list(_INDICES)].astype(float)
        turned = prices.copy()
        if backwards != "none":
            turned[backwards] = turned[backwards].to_numpy()[::-1]
        table = _as_series(turned, series)
        r = _r(table)
        forwards = [name for name in _INDICES if name != backwards]
        among = [abs(float(r[y][x])) for i, x in enumerate(forwards) for y in forwards[i + 1 :]]
        across = [] if backwards == "none" else [abs(float(r[backwards][x])) for x in forwards]
        both = {name: float(_r(_as_series(prices, name))["SMI"]["DAX"]) for name in _SERIES}
        facts = {
            "days": len(prices),
            "indices": len(_INDICES),
            "levels_dax_smi": both["levels"],
            "returns_dax_smi": both["daily returns"],
            "weekly_dax_smi": both["weekly returns"],
            "weakest_forwards": min(among),
            "strongest_backwards": max(across, default=0.0),
            "strong": 0.5,
            "weak": 0.1,
        }
        rising = table if series == "levels" else table.cumsum()
        scaled = (rising / rising.iloc[0] * 100) if series == "levels" else 100 * rising
        return Exhibit(
            figures=(
                Heatmap(r, title=f"Pearson's r, {series}"),
                Lines(
                    scaled.iloc[:: max(1, len(scaled) // 300)].rename_axis("year"),
                    title="The four over time",
                    y="first day = 100" if series == "levels" else "sum of returns, %",
                ),
            ),
            across=2,
            facts=facts,
            code=scripts.trading(series, backwards),
            table=r.round(3),
            description=fill(
                "A map of four stock markets. The weakest link between those that run forwards is "
                "{weakest_forwards:.2f}, the strongest with one that runs backwards "
                "{strongest_backwards:.2f}.",
                facts,
            ),
            behind=pair_behind(table, "rows"),
        )


def _as_series(prices: pd.DataFrame, series: str) -> pd.DataFrame:
    if series == "levels":
        return prices
    if series == "daily returns":
        return prices.transform(np.log).diff().dropna()
    return prices.transform(np.log).diff(_FIVE_DAYS).iloc[_FIVE_DAYS::_FIVE_DAYS]


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
    answer = Number("Rows it is worth", 1, 200)

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
        passed=lambda state: (
            state["change"] == "year on year"
            and state["beside"] == "realgdp"
            and state["answer"] is not None
            and abs(state["answer"] - state["worth"]) <= 0.1 * state["worth"]
        ),
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

    learned = (
        "Quarter on quarter r = {quarter_r:.2f}, year on year {year_r:.2f} with p = {year_p:.6f}. "
        "The {n} rows overlap and are worth {worth:.0f}; with that many p = {honest:.2f}. Changes "
        "that overlap bring back what differences took away."
    )

    def show(self, change: str, beside: str, answer: int | None) -> Exhibit:  # noqa: ARG002
        both = _with_co2()[["co2", beside]]
        tested = _tested(_compared(both, change))
        quarter, year = (_tested(_compared(both, name)) for name in _OVER[1:3])
        facts = {
            "quarters": len(both),
            "level": 100 * _LEVEL,
            "levels_r": _tested(both)["r"],
            "quarter_r": quarter["r"],
            "quarter_p": quarter["p"],
            "year_r": year["r"],
            "year_p": year["p"],
            "year_worth": year["worth"],
            "year_honest": year["honest"],
            "year_echo": year["co2_echo"],
            **tested,
            "n": int(tested["n"]),
        }
        pair = _compared(both, change)
        years = [quarter.year + (quarter.quarter - 1) / 4 for quarter in pair.index]
        table = pd.DataFrame({name: _tested(_compared(both, name)) for name in _OVER})
        return Exhibit(
            figures=(
                Scatter(pair["co2"], pair[beside], title=fill("r = {r:.2f}, p = {p:.2g}", facts)),
                Lines(
                    (pair - pair.mean()).div(pair.std()).set_axis(pd.Index(years, name="year")),
                    title="Both over time",
                    y="standard deviations",
                ),
            ),
            across=2,
            facts=facts,
            code=scripts.overlapping(beside, change),
            table=table.astype(float).round(6),
            description=fill(
                "A scatter plot of CO₂ and the other series, r = {r:.2f} with p = {p:.2g}, and "
                "both over time. The {n} rows are worth {worth:.1f} independent ones.",
                facts,
            ),
        )


@cache
def _with_co2() -> pd.DataFrame:
    """CO2 by quarter beside the economy; shared, so not to be changed."""
    months = datasets.load("co2")["co2"]
    quarterly = months.groupby(months.index.asfreq("Q")).mean()  # type: ignore[attr-defined]
    macro = datasets.load("us_macro")
    macro.index = pd.PeriodIndex.from_fields(  # type: ignore[attr-defined]
        year=macro["year"], quarter=macro["quarter"], freq="Q"
    )
    return macro.join(quarterly, how="inner").dropna(subset="co2")


def _compared(both: pd.DataFrame, change: str) -> pd.DataFrame:
    if change == "levels":
        return both
    if change == "quarter on quarter":
        return difference(both)
    yearly = difference(both, 4)
    return yearly if change == "year on year" else yearly.iloc[::4]


def _tested(pair: pd.DataFrame) -> dict[str, float]:
    """r and p as if rows were independent, what the rows are worth, and p with that many."""
    from scipy import stats  # slow to import

    found = correlate(pair, adjust="none").pairs().iloc[0]
    x, y = (pair.iloc[:, column].to_numpy() for column in (0, 1))
    worth, r = effective_n(x, y), float(found.r)
    honest = float("nan")
    if worth > 2:
        t = r * np.sqrt((worth - 2) / (1 - r**2))
        honest = float(2 * stats.t.sf(abs(t), worth - 2))
    return {
        "r": r,
        "p": float(found.p),
        "n": float(found.n),
        "worth": worth,
        "honest": honest,
        "co2_echo": float(autocorrelation(x, 1)["value"].iloc[1]),
        "other_echo": float(autocorrelation(y, 1)["value"].iloc[1]),
    }


_FIRST_FLIGHT = 1949
_DISPLACED = {
    **{name: change for name, change in CHANGES.items() if name != "season out"},
    "both differences": Change(
        lambda x: difference(difference(x, YEAR)), "np.diff(x[12:] - x[:-12])"
    ),
}


class Decades(Step):
    """
    ### They never met

    Airline passengers, every month from {flown_from} to {flown_to}. Beside them the carbon dioxide
    over Hawaii, in months of *later* years. January stands beside January, in different decades.

    Nobody can have caused anything here. The heatmap does not know that.
    """

    tables = (PASSENGERS, CO2)

    year = Slider("CO₂ from", 1959, 1989, default=1970, step=1)
    change = Choice("Change", tuple(_DISPLACED), default="nothing")

    predict = Predict(
        "Passengers of {flown_from} to {flown_to}, CO₂ of {first_year} to {last_year}. r of the "
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
        passed=lambda state: abs(state["r"]) < state["weak"] and state["p"] >= _LEVEL,
        solution={"change": "both differences"},
        hints=[
            "Two things are shared: a direction and a calendar.",
            "One difference for each of them.",
        ],
    )

    mistakes = [
        Mistake(
            "CO₂ from {first_year} on, and still r = {r:.2f}. Any rising stretch will do. The year "
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

    learned = (
        "Passengers of {flown_from} to {flown_to} and CO₂ of {first_year} to {last_year}: r = "
        "{levels_r:.2f}. Without their direction and their calendar it is {r:.2f}. What rises "
        "together need not even live at the same time."
    )

    def show(self, year: int, change: str) -> Exhibit:
        passengers = datasets.load("air_passengers")["passengers"].to_numpy(dtype=float)
        air = _months_of_co2(year, len(passengers))
        pair = pd.DataFrame({"passengers": passengers, "CO₂": air})
        changed = pd.DataFrame(
            {name: _DISPLACED[change].apply(pair[name].to_numpy()) for name in pair}
        )
        found = correlate(changed, adjust="none").pairs().iloc[0]
        untouched = correlate(pair, adjust="none").pairs().iloc[0]
        facts: dict[str, Any] = {
            "months": len(pair),
            "flown_from": _FIRST_FLIGHT,
            "flown_to": _FIRST_FLIGHT + len(pair) // YEAR - 1,
            "first_year": year,
            "last_year": year + len(pair) // YEAR - 1,
            "weak": 0.2,
            "level": 100 * _LEVEL,
            "levels_r": float(untouched.r),
            "levels_p": float(untouched.p),
            "r": float(found.r),
            "p": float(found.p),
        }
        standard = changed.sub(changed.mean()).div(changed.std())
        return Exhibit(
            figures=(
                Lines(
                    standard.rename_axis("month"),
                    title=fill("Month by month: r = {r:.2f}", facts),
                    y="standard deviations",
                ),
                Scatter(changed["passengers"], changed["CO₂"], title="The same months"),
            ),
            across=2,
            facts=facts,
            code=scripts.displacing(year, change, _DISPLACED[change].code),
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
    co2 = datasets.load("co2")["co2"].interpolate()
    from_january: Floats = co2[co2.index >= pd.Period(f"{year}-01")].to_numpy()[:months]
    return from_january
