"""Levels and changes: an economy, and four stock markets."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.tables import table
from lessons.time_series.behind import series_behind
from lessons.time_series.tables import MACRO, NAMES, RATES, STOCKS, changes, levels
from lib.charts import Heatmap, Lines
from lib.course import (
    Band,
    Choice,
    Claim,
    Estimate,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    Value,
    fill,
)
from lib.stats import correlate

_PAIRS = tuple(f"{x}–{y}" for i, x in enumerate(NAMES) for y in NAMES[i + 1 :])
_LEVEL = 0.05
_STRONG, _MIDDLING, _WEAK = 0.9, 0.5, 0.2


class LevelsAndChanges(Step):
    """
    ### The same economy twice

    Ten columns of the American economy, {quarters} quarters from {first_year} on. On the map of
    *levels* eight of them go together, and the two rates, `tbilrate` and `unemp`, go closely with
    none of them. The map of *changes* shows what the same columns do from one quarter to the next.

    Changes here are *differences of logarithms*, nearly growth as a share; of what is a rate
    already, plain differences. That is a choice: a plain difference would be in dollars, or in
    points of an index, and its r can be another.

    The *Dickey-Fuller test* asks of one column whether it may be a random walk. It cannot reject
    that for {walks_levels} of {columns} columns in levels, and for {walks_changes} in changes. Not
    to reject is no proof.
    """

    readings = {
        "mean |r| on the screen": "{mean_shown}",
        "columns": "{columns}",
    }

    tables = (MACRO,)

    shown = Choice("Show", ("levels", "changes", "both"), default="levels")
    answers = {
        "killed": Choice("A link that dies", _PAIRS, default=None),
        "revealed": Choice("A link that appears", _PAIRS, default=None),
    }
    views = ("shown",)

    predict = Estimate(
        "Output and prices, `realgdp` and `cpi`, have r = {gdp_cpi_level:.2f} in levels. What is r "
        "of their growth from quarter to quarter?",
        low=-1,
        high=1,
        step=0.05,
        begin=1,
        tolerance=0.2,
        feedback=(
            "{gdp_cpi_change:.2f}. Both rose all these years. But the quarters in which "
            "one grew fast were no special quarters for the other. Plain differences, in dollars "
            "and in points, would have r = {gdp_cpi_plain:.2f}."
        ),
        bands=[
            Band(
                low=-1,
                high=-0.2,
                feedback=(
                    "Not as far: {gdp_cpi_change:.2f}. The strong link of the levels is not turned "
                    "round. There is next to none."
                ),
                misconception="strong_levels_are_links",
                holds=lambda state: abs(state["gdp_cpi_change"]) < state["weak"],
            ),
            Band(
                low=0.1,
                high=0.6,
                feedback=(
                    "Less than in levels, surely. But growth has {gdp_cpi_change:.2f}. It would be "
                    "{gdp_cpi_plain:.2f} with plain differences, in dollars and in points."
                ),
                misconception="strong_levels_are_links",
                holds=lambda state: (
                    abs(state["gdp_cpi_change"]) < state["weak"] < state["gdp_cpi_plain"]
                ),
            ),
            Band(
                low=0.6,
                high=1.01,
                feedback=(
                    "So strong in levels, and next to nothing in changes: {gdp_cpi_change:.2f}. "
                    "What the levels shared is that both rose."
                ),
                misconception="strong_levels_are_links",
                holds=lambda state: (
                    abs(state["gdp_cpi_change"]) < state["weak"]
                    and min(_with_time("realgdp"), _with_time("cpi")) > 0.9
                ),
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["gdp_cpi_change"]),
        seen_at={"shown": "changes"},
    )

    task = Task(
        "Name a pair that dies: above {strong:.1f} in levels, below {weak:.1f} in changes, "
        "whatever the sign. And name one that appears: below {weak:.1f} in levels, above "
        "{middling:.1f} in changes.",
        goals=[
            Goal(
                "The pair that dies is above {strong:.1f} in levels: now {killed_level_now}",
                met=lambda state: abs(state["killed_level"]) > state["strong"],
            ),
            Goal(
                "It is below {weak:.1f} in changes: now {killed_change_now}",
                met=lambda state: (
                    state["killed"] is not None and abs(state["killed_change"]) < state["weak"]
                ),
            ),
            Goal(
                "The pair that appears is below {weak:.1f} in levels: now {revealed_level_now}",
                met=lambda state: (
                    state["revealed"] is not None and abs(state["revealed_level"]) < state["weak"]
                ),
            ),
            Goal(
                "It is above {middling:.1f} in changes: now {revealed_change_now}",
                met=lambda state: abs(state["revealed_change"]) > state["middling"],
            ),
        ],
        solution={"shown": "both", "killed": "realgdp–cpi", "revealed": "realgdp–unemp"},
        hints=[
            "Show both maps. Strong on one and weak on the other is what you look for.",
            "Numbers lists each pair with both of its r.",
            "Who loses work when output falls?",
        ],
    )

    mistakes = [
        Mistake(
            "`{killed}` lives on: {killed_level:.2f} in levels, {killed_change:.2f} in changes. "
            "Differences need not kill what happens in the same quarter.",
            when=lambda state: (
                abs(state["killed_level"]) > state["strong"]
                and abs(state["killed_change"]) >= state["weak"]
            ),
            example={"killed": "realgdp–realcons"},
            misconception="differencing_kills_every_link",
            holds=lambda state: state["killed_level"] * state["killed_change"] > 0,
        ),
        Mistake(
            "`{killed}` had {killed_level:.2f} in levels: that is not above {strong:.1f}, so it is "
            "not what dies here.",
            when=lambda state: state["killed"] and abs(state["killed_level"]) <= state["strong"],
            example={"killed": "tbilrate–unemp"},
            misconception="strong_levels_are_links",
        ),
        Mistake(
            "`{revealed}` has {revealed_change:.2f} in changes, which is not above {middling:.1f}. "
            "What appears has to be weak on the first map and strong on the second.",
            when=lambda state: (
                state["revealed"] and abs(state["revealed_change"]) <= state["middling"]
            ),
            example={"revealed": "realgdp–pop"},
            misconception="weak_levels_are_no_link",
        ),
        Mistake(
            "`{revealed}` had {revealed_level:.2f} in levels, which is not below {weak:.1f}. Look "
            "for a weak cell of the first map that is strong on the second.",
            when=lambda state: state["revealed"] and abs(state["revealed_level"]) >= state["weak"],
            example={"revealed": "realgdp–realcons"},
            misconception="weak_levels_are_no_link",
        ),
    ]

    learned = [
        Outcome(
            "`{killed}`: {killed_level:.2f} in levels, {killed_change:.2f} in changes. "
            "`{revealed}`: {revealed_level:.2f} in levels, {revealed_change:.2f} in changes. "
            "{strong_levels} of {pairs} pairs are above {strong:.1f} in levels, {strong_changes} "
            "in changes. {dying} die by this rule, and {appearing} appear, each of them with "
            "unemployment: a level that goes up and down beside levels that rise. Levels can show "
            "a link that is not there, and hide one that is.",
            holds=lambda state: (
                state["appearing"] == state["appearing_unemp"] > 0
                and _unemployment_alone_does_not_rise()
            ),
        )
    ]

    holds = [
        Claim(
            "eight of them go together, and the two rates, `tbilrate` and `unemp`, go closely with "
            "none",
            lambda state: state["eight_least"] > 0.75 and state["rates_most"] < 0.4,
        ),
        Claim(
            "its r can be another",
            lambda state: abs(state["gdp_cpi_plain"] - state["gdp_cpi_change"]) > state["weak"],
        ),
    ]

    def in_the_lab(self, *, shown: str) -> LabAddress:
        if shown == "levels":
            levels_alone: dict[str, Value] = {"columns": NAMES, "method": "Pearson"}
            return LabAddress("us_macro", "association_map", levels_alone, same_map=True)
        return LabAddress("us_macro", "two_series", {"x": "realgdp", "y": "cpi"})

    def show(self, shown: str) -> Exhibit:
        pairs = _pairs()
        strong = (pairs.abs() > _STRONG).sum()
        mean = pairs.abs().mean()
        names = list(_maps()) if shown == "both" else [shown]
        walking = _walking()
        appears = _is_weak(pairs["levels"]) & (pairs["changes"].abs() > _MIDDLING)
        appearing = pairs.index[appears]
        facts: dict[str, Any] = {
            "quarters": len(levels()),
            "first_year": int(table("us_macro")["year"].iloc[0]),
            "columns": len(NAMES),
            "pairs": len(pairs),
            "strong": _STRONG,
            "middling": _MIDDLING,
            "weak": _WEAK,
            "level": 100 * _LEVEL,
            "dying": int(((pairs["levels"].abs() > _STRONG) & _is_weak(pairs["changes"])).sum()),
            "appearing": len(appearing),
            "appearing_unemp": sum("unemp" in pair for pair in appearing),
            **_beside_the_maps(),
            "strong_levels": int(strong["levels"]),
            "strong_changes": int(strong["changes"]),
            "mean_levels": float(mean["levels"]),
            "mean_changes": float(mean["changes"]),
            "mean_shown": " and ".join(f"{mean[name]:.2f}" for name in names),
            "walks_levels": walking["levels"],
            "walks_changes": walking["changes"],
            **_both("gdp_cpi", "realgdp–cpi"),
            **_both("gdp_unemp", "realgdp–unemp"),
        }
        maps = {name: Heatmap(r, title=f"Pearson's r of {name}") for name, r in _maps().items()}
        columns = {"levels": levels(), "changes": changes()}
        return Exhibit(
            figures=[maps[name] for name in names],
            across=2,
            facts=facts,
            table=pairs.round(2),
            description=fill(
                "Maps of ten columns, as levels and as changes. In levels {strong_levels} of "
                "{pairs} pairs are above {strong:.1f} and the mean |r| is {mean_levels:.2f}; in "
                "changes {strong_changes} are, and the mean is {mean_changes:.2f}.",
                facts,
            ),
            behind=[series_behind(columns[name], "quarters") for name in names],
        )

    def appraise(
        self,
        exhibit: Exhibit,  # noqa: ARG002
        killed: str | None,
        revealed: str | None,
    ) -> Mapping[str, Fact]:
        return _named("killed", killed) | _named("revealed", revealed)


def _is_weak(r: "pd.Series[float]") -> "pd.Series[bool]":
    return r.abs() < _WEAK


def _named(word: str, pair: str | None) -> dict[str, Fact]:
    """The r of a pair that was named, as numbers and as what there is to say of it so far."""
    found = _both(word, pair)
    said = {f"{name}_now": f"{r:.2f}" if pair else "nothing yet" for name, r in found.items()}
    return found | said


@cache
def _beside_the_maps() -> dict[str, float]:
    """The r of plain differences, and how closely the two rates go with the other eight."""
    r = _maps()["levels"]
    eight = [name for name in NAMES if name not in RATES]
    return {
        "gdp_cpi_plain": float(_r(levels().diff().dropna())["cpi"]["realgdp"]),
        "eight_least": float(r.loc[eight, eight].to_numpy().min()),
        "rates_most": float(r.loc[eight, list(RATES)].abs().to_numpy().max()),
    }


def _both(word: str, pair: str | None) -> dict[str, float]:
    """A pair's r in levels and in changes, under names that begin with this word."""
    return {
        f"{word}_{column}": float(_pairs()[f"{column}s"][pair]) if pair else 0.0
        for column in ("level", "change")
    }


def _r(table: pd.DataFrame) -> pd.DataFrame:
    return correlate(table, adjust="none").r


@cache
def _maps() -> dict[str, pd.DataFrame]:
    return {"levels": _r(levels()), "changes": _r(changes())}


@cache
def _pairs() -> pd.DataFrame:
    """Each pair's r in levels and in changes."""
    upper = np.triu_indices(len(NAMES), 1)
    columns = {name: r.to_numpy()[upper] for name, r in _maps().items()}
    return pd.DataFrame(columns, pd.Index(_PAIRS, name="pair"))


def _with_time(name: str) -> float:
    """r of a column's level with time."""
    return float(np.corrcoef(levels()[name], np.arange(len(levels())))[0, 1])


def _unemployment_alone_does_not_rise() -> bool:
    """Whether each pair that appears has unemployment, without a trend, beside what rises."""
    pairs = _pairs()
    appears = _is_weak(pairs["levels"]) & (pairs["changes"].abs() > _MIDDLING)
    beside = {name for pair in pairs.index[appears] for name in pair.split("–")} - {"unemp"}
    return abs(_with_time("unemp")) < 0.1 and min(map(_with_time, beside)) > 0.9


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
    ### Four markets, one of them backwards

    Four stock markets, {days} days. Their levels have r up to {levels_dax_smi:.2f}, and by now you
    distrust that. Their changes from day to day are their *daily returns*.

    Here is a test that needs no theory: run one series backwards. A link that lives on shared days
    must die of it. A link that lives on shared drift may keep its strength, and only turn its sign.
    """

    readings = {
        "weakest link of those forwards": "{weakest_forwards:.2f}",
        "strongest of the one backwards": "{backwards_now}",
    }

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
                    "After the last step one may expect it. But on days that are bad in Frankfurt "
                    "Zürich tends to fall as well: {returns_dax_smi:.2f}."
                ),
                misconception="differencing_kills_every_link",
                holds=lambda state: state["returns_dax_smi"] > state["strong"],
            ),
            Option(
                text="Less, but a strong link",
                value="alive",
                feedback=(
                    "{returns_dax_smi:.2f}. The drift is gone, and what is left happens on the "
                    "same days."
                ),
                holds=lambda state: (
                    state["strong"] < state["returns_dax_smi"] < state["levels_dax_smi"] - 0.1
                ),
                tempting=True,
            ),
            Option(
                text="The same: it is the same market",
                value="same",
                feedback=(
                    "The levels shared their days and their drift. Without the drift it is "
                    "{returns_dax_smi:.2f}."
                ),
                misconception="strong_levels_are_links",
                holds=lambda state: state["returns_dax_smi"] < state["levels_dax_smi"] - 0.1,
            ),
        ],
        answer=lambda exhibit: (
            "alive" if 0.4 < float(exhibit.facts["returns_dax_smi"]) < 0.9 else "dead"
        ),
        seen_at={"series": "daily returns"},
    )

    task = Task(
        "Show that the links are of the day: run one market backwards so that its links die, all "
        "below {weak:.1f}, while those among the other three stay above {strong:.1f}.",
        goals=[
            Goal(
                "One market runs backwards: now {backwards}",
                met=lambda state: state["backwards"] != "none",
            ),
            Goal(
                "Its links are below {weak:.1f}: the strongest is now {backwards_now}",
                met=lambda state: (
                    state["backwards"] != "none" and state["strongest_backwards"] < state["weak"]
                ),
            ),
            Goal(
                "Those of the others stay above {strong:.1f}: the weakest is now "
                "{weakest_forwards:.2f}",
                met=lambda state: state["weakest_forwards"] > state["strong"],
            ),
        ],
        solution={"series": "daily returns", "backwards": "FTSE"},
        hints=[
            "Try it with the levels first.",
            "It takes two settings: one for what is correlated, one for who runs backwards.",
        ],
    )

    mistakes = [
        Mistake(
            "`{backwards}` runs backwards, each day beside a wrong one, and its levels still have "
            "|r| up to {strongest_backwards:.2f}. That is drift. On levels this test cannot tell "
            "a shared day from a shared drift.",
            when=lambda state: state["backwards"] != "none" and state["series"] == "levels",
            example={"backwards": "FTSE"},
            misconception="strong_levels_are_links",
            holds=lambda state: state["strongest_backwards"] > state["strong"],
        ),
        Mistake(
            "Returns, and all of them forwards: the weakest link is {weakest_forwards:.2f}. That "
            "they live on shared days is not yet shown. Let one run backwards.",
            when=lambda state: state["backwards"] == "none" and state["series"] != "levels",
            example={"series": "daily returns"},
            misconception="differencing_kills_every_link",
            holds=lambda state: state["weakest_forwards"] > state["strong"],
        ),
    ]

    learned = [
        Outcome(
            "With {backwards} run backwards its links in {series} fall to "
            "{strongest_backwards:.2f} at most, and the weakest among the others is "
            "{weakest_forwards:.2f}. Its levels, run backwards as well, would still have |r| up to "
            "{levels_backwards:.2f}. Differences did not kill what happens at the same time.\n\n"
            "*This part ends here.* Levels that drift can show a link that changes do not have, "
            "and changes can have one that levels hide. Ask both. A good place to rest.",
            holds=lambda state: state["levels_backwards"] > state["strong"],
        )
    ]

    def in_the_lab(self, *, series: str, backwards: str) -> LabAddress:
        if series == "levels":
            levels_alone: dict[str, Value] = {"columns": _INDICES, "method": "Pearson"}
            is_same = backwards == "none"
            return LabAddress("eu_stocks", "association_map", levels_alone, same_map=is_same)
        return LabAddress("eu_stocks", "two_series", {"x": "DAX", "y": "SMI"})

    def show(self, series: str, backwards: str) -> Exhibit:
        prices = table("eu_stocks")[list(_INDICES)].astype(float)
        turned = prices.copy()
        if backwards != "none":
            turned[backwards] = turned[backwards].to_numpy()[::-1]
        compared = _as_series(turned, series)
        r = _r(compared)
        forwards = [name for name in _INDICES if name != backwards]
        among = [abs(float(r[y][x])) for i, x in enumerate(forwards) for y in forwards[i + 1 :]]
        across = [] if backwards == "none" else [abs(float(r[backwards][x])) for x in forwards]
        dax_smi = {
            name: float(_r(_as_series(prices[["DAX", "SMI"]], name))["SMI"]["DAX"])
            for name in _SERIES
        }
        facts: dict[str, Fact] = {
            "days": len(prices),
            "indices": len(_INDICES),
            "levels_dax_smi": dax_smi["levels"],
            "returns_dax_smi": dax_smi["daily returns"],
            "weekly_dax_smi": dax_smi["weekly returns"],
            "weakest_forwards": min(among),
            "strongest_backwards": max(across, default=0.0),
            "backwards_now": f"{max(across):.2f}" if across else "nothing yet",
            "levels_backwards": _strongest(turned, backwards),
            "strong": 0.5,
            "weak": 0.1,
        }
        rising = compared if series == "levels" else compared.cumsum()
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
            table=r.round(3),
            description=fill(
                "A map of four stock markets. The weakest link between those that run forwards is "
                "{weakest_forwards:.2f}, the strongest with one that runs backwards "
                "{strongest_backwards:.2f}.",
                facts,
            ),
            behind=series_behind(compared, "rows"),
        )


def _strongest(prices: pd.DataFrame, name: str) -> float:
    """The strongest r of one market with the others; 0 where there is no such market."""
    return float(_r(prices)[name].drop(name).abs().max()) if name in prices else 0.0


def _as_series(prices: pd.DataFrame, series: str) -> pd.DataFrame:
    if series == "levels":
        return prices
    if series == "daily returns":
        return prices.transform(np.log).diff().dropna()
    return prices.transform(np.log).diff(_FIVE_DAYS).iloc[_FIVE_DAYS::_FIVE_DAYS]
