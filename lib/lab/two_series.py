"""Two columns over time: their levels, their changes, and a p that knows what rows repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from ..charts import Chart, Lines, Scatter
from ..course import Choice, Exhibit, Fact, Slider, fill
from ..stats import (
    autocorrelation,
    cross_correlation,
    detrend,
    difference,
    partial_autocorrelation,
    series_test,
)
from .columns import dates, is_clock, listed, numbers
from .instrument import Instrument, Remark, table_of
from .variance import without_variance

if TYPE_CHECKING:
    from ..course.outcome import State
    from ..tables import Sheet

Floats = NDArray[np.float64]

ROWS = "the rows as they stand"
BY_DATES = "as the dates say"
SEASONS = {"none": 0, "4 rows": 4, "7 rows": 7, "12 rows": 12, "24 rows": 24, "52 rows": 52}
SHOWN = ("series", "ACF", "PACF", "CCF", "CCF, prewhitened")

FEWEST = 10
FEW = 30
_WIDE_STEP = 1.5
_TREND = 0.5
_SEASON = 0.3
_DRAWN = 2000
_FEW_VALUES = 12
_REPEATS = 0.5
_ROUNDING = 1e-9


class Cycle(NamedTuple):
    """A season of the calendar: each date has a place in it.

    length     days until it begins again
    finest     it is taken where dates are farther apart than this, in days
    coarsest   and no farther apart than this
    place      the place of each date
    """

    name: str
    length: float
    finest: float
    coarsest: float
    place: Callable[[pd.DatetimeIndex], Any]


CYCLES = (
    Cycle("hour of the day", 1, 0, 0.5, lambda when: when.hour),
    Cycle("day of the week", 7, 0, 3.5, lambda when: when.day_of_week),
    Cycle("week of the year", 364, 0, 3.5, lambda when: when.isocalendar().week),
    Cycle("month of the year", 364, 3.5, 45, lambda when: when.month),
    Cycle("quarter of the year", 364, 45, 100, lambda when: when.quarter),
)


def others_first(table: pd.DataFrame) -> list[str]:
    """The columns of numbers, the first of them last: a second choice begins elsewhere."""
    names = series(table)
    return [*names[1:], *names[:1]]


def series(table: pd.DataFrame) -> list[str]:
    """The columns of numbers, those last that count time or stand for categories."""
    are_last = {
        name: is_clock(table[name]) or table[name].nunique() <= _FEW_VALUES
        for name in numbers(table)
    }
    return sorted(are_last, key=are_last.__getitem__)


def clocks(table: pd.DataFrame) -> list[str]:
    """What says the order of the rows: a column of dates, or the table itself."""
    return [*dates(table), ROWS]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two series in order of time, and what was done to put them there.

    when         dates, or the numbers of rows; in order, each once
    days         the same as numbers: days since the first, or the numbers of rows
    left_out     rows without a date or without one of the two
    duplicates   rows whose date another row had before them; each date keeps its mean
    """

    when: pd.Index[Any]
    days: Floats
    x: Floats
    y: Floats
    left_out: int
    duplicates: int
    is_dated: bool

    @property
    def unit(self) -> str:
        """What steps are counted in. Where each date is a day from Monday to Friday, in those."""
        if not self.is_dated:
            return "rows"
        when = pd.DatetimeIndex(self.when)
        is_daily = float(np.median(np.diff(self.days))) == 1 and bool((self.days % 1 == 0).all())
        return "working days" if is_daily and bool((when.day_of_week < 5).all()) else "days"

    @property
    def steps(self) -> Floats:
        """From each row to the next."""
        if self.unit != "working days":
            return np.diff(self.days)
        dates = pd.DatetimeIndex(self.when).to_numpy().astype("datetime64[D]")
        return np.busday_count(dates[:-1], dates[1:]).astype(np.float64)

    @property
    def wide(self) -> NDArray[np.bool_]:
        """Which steps to the next row are longer than the usual one."""
        return np.asarray(self.steps > _WIDE_STEP * np.median(self.steps))


class TwoSeries(Instrument):
    """Levels beside changes, echoes and delays, each with its honest p."""

    title = "Two series"
    question = "Do two columns go together over time, or do both merely drift?"
    lesson = ("time_series", "levels_and_changes")
    example = "us_macro"
    in_order = True
    foremost = ("x", "y", "show")

    x = Choice("One series", series, default="")
    y = Choice("The other", others_first, default="")
    time = Choice("In order of", clocks, default="")
    season = Choice("A season has", (BY_DATES, *SEASONS), default=BY_DATES)
    show = Choice("Show", SHOWN, default="series")
    lags = Slider("Lags", 2, 48, default=12)

    findings = (
        Remark(
            "The levels have r = {r_levels:.2f}. The changes from row to row have r = "
            "{r_changes:.2f}.",
            when=lambda s: s["r_changes"] == s["r_changes"],
            holds=lambda s: s["n"] >= FEWEST,
        ),
        Remark(
            "The levels have r = {r_levels:.2f}. One of the two always changes by the same, so "
            "the changes have no r.",
            when=lambda s: s["n"] > 0 and s["r_changes"] != s["r_changes"],
            holds=lambda s: s["n"] >= FEWEST,
        ),
        Remark(
            "Were the {n:,} rows independent, this r would have {plain_p:p}. Rows that resemble "
            "those before them tell less: these tell as much as {rows_levels:.0f} would, and "
            "then {p_levels:p}.",
            when=lambda s: s["rows_levels"] < 0.9 * s["n"],
            holds=lambda s: s["rows_levels"] < s["n"],
        ),
        Remark(
            "The rows tell about as much as independent ones, or more: {p_levels:p}.",
            when=lambda s: s["rows_levels"] >= 0.9 * s["n"],
            holds=lambda s: s["rows_levels"] >= 0.9 * s["n"],
        ),
        Remark(
            "Without their straight lines, the two have r = {r_rest:.2f}, {p_rest:p}.",
            when=lambda s: not s["seasons"] and s["r_rest"] == s["r_rest"],
            holds=lambda s: s["place_count"] == 0,
        ),
        Remark(
            "Without their straight lines and the mean of each {seasons}, the two have r = "
            "{r_rest:.2f}, {p_rest:p}.",
            when=lambda s: bool(s["seasons"]) and s["r_rest"] == s["r_rest"],
            holds=lambda s: s["place_count"] > 1,
        ),
        Remark(
            "Of {reach} lags each way, r is farthest from zero at lag {white_lag}: "
            "{white_r:.2f}, after prewhitening. At a positive lag {x} is ahead.",
            when=lambda s: s["show"] == "CCF, prewhitened" and s["white_r"] == s["white_r"],
            holds=lambda s: abs(s["white_lag"]) <= s["reach"],
        ),
    )
    bewares = (
        Remark(
            "Both trend: with the place of the row, {x} has r = {line_x:.2f} and {y} r = "
            "{line_y:.2f}. Two columns that trend have a large r whatever they have to do with "
            "each other. Its p is not to be believed, not even the one with fewer rows.",
            when=lambda s: min(abs(s["line_x"]), abs(s["line_y"])) >= _TREND,
            holds=lambda s: abs(s["line_x"]) >= _TREND and abs(s["line_y"]) >= _TREND,
        ),
        Remark(
            "Both have a season. The mean of each {seasons} makes {season_x:.0%} of what {x} does "
            "about its line, and {season_y:.0%} of what {y} does. The two seasons alone have r = "
            "{season_r:.2f}.",
            when=lambda s: (
                s["season_repeats"]
                and min(s["season_x"], s["season_y"]) >= _SEASON
                and abs(s["season_r"]) >= _TREND
            ),
            holds=lambda s: s["place_count"] > 1,
        ),
        Remark(
            "A season is left in both. The mean of each {left} makes {left_x:.0%} of what is left "
            "of {x}, and {left_y:.0%} of what is left of {y}. Take the season as the dates say: "
            "until then the last r and its p are not to be believed.",
            when=lambda s: bool(s["left"]),
            holds=lambda s: min(s["left_x"], s["left_y"]) >= _SEASON and s["season"] != BY_DATES,
        ),
        Remark(
            "The season is counted in rows, and rows lack: behind a gap it is out of step. Take "
            "it as the dates say.",
            when=lambda s: (
                (s["gap_count"] > 0 or s["unit"] == "working days")
                and s["time"] != ROWS
                and SEASONS.get(s["season"], 0) > 0
            ),
            holds=lambda s: s["unit"] != "rows" and s["place_count"] > 1,
        ),
        Remark(
            "Without lines and seasons, both still resemble their own past: these {n:,} rows tell "
            "as much as {rows_rest:.0f} would. Two columns that wander, each by itself, often seem "
            "to go together then, and p is rough.",
            when=lambda s: s["rows_rest"] < min(FEW, s["n"] / 3),
            holds=lambda s: s["rows_rest"] < s["n"] / 3,
        ),
        Remark(
            "There {gap_count:is|are} {gap_count:,} {gap_count:gap|gaps}: in {unit}, the usual "
            "step is {step:.3g} and the longest {longest:.3g}. Changes, lags and effective rows "
            "take the rows on both sides of a gap for neighbours.",
            when=lambda s: s["gap_count"] > 0,
            holds=lambda s: s["longest"] > _WIDE_STEP * s["step"],
        ),
        Remark(
            "{duplicate_count:,} {duplicate_count:row shares its date|rows share their date} with "
            "a row before. Each date has the mean of its rows here. If several series stand below "
            "each other in this table, filter one of them first.",
            when=lambda s: s["duplicate_count"] > 0,
            holds=lambda s: s["time"] != ROWS,
        ),
        Remark(
            "There are {n} rows only. Trends, seasons and echoes need more to be told from chance.",
            when=lambda s: 0 < s["n"] < FEW,
            holds=lambda s: s["n"] < FEW,
        ),
        Remark(
            "The order of the rows is taken for the order of time. Nothing in the table says so.",
            when=lambda s: s["n"] > 0 and s["time"] == ROWS,
            holds=lambda s: s["unit"] == "rows",
        ),
        Remark(
            "Where both columns resemble their own past, delays without prewhitening stray far "
            "from zero by chance, and neighbouring lags together.",
            when=lambda s: s["show"] == "CCF" and min(s["echo_x"], s["echo_y"]) > 0.3,
            holds=lambda s: s["echo_x"] > 0.3 and s["echo_y"] > 0.3,
        ),
    )

    def fits(self, sheet: Sheet) -> str:
        if len(numbers(table_of(sheet))) < 2:
            return (
                "Two series need two columns of numbers. Change the kind of a column, or take "
                "another table."
            )
        if len(sheet.frame) < FEWEST:
            return f"Series need at least {FEWEST} rows, and this table has fewer."
        return ""

    def idle(self, state: State) -> Sequence[str]:
        return ("lags",) if state["show"] == "series" else ()

    def measure(
        self, sheet: Sheet, *, x: str, y: str, time: str, season: str, show: str, lags: int
    ) -> Exhibit:
        if x == y:
            return _stopped("Both are one column. Choose another as the second.")
        pair = _pair(sheet.frame, x, y, time)
        if len(pair.x) < FEWEST:
            return _stopped(
                f"Only {len(pair.x)} rows have both columns and their time. Series need "
                f"{FEWEST}: choose other columns."
            )
        for name, values in ((x, pair.x), (y, pair.y)):
            if np.ptp(values) == 0:
                return _stopped(f"{name} does not vary. Choose another column.")
        if beyond := without_variance(_levels(pair, x, y)):
            return _stopped(
                f"{listed(beyond)}: too large or too small to compute with. Change the unit."
            )
        period = SEASONS.get(season, 0)
        if len(pair.x) < 2 * period:
            return _stopped(
                f"A season of {period} rows needs two of them, {2 * period} rows. There are "
                f"{len(pair.x)}: choose a shorter season."
            )
        reach = min(lags, len(pair.x) // 2)
        facts = _facts(pair, season, reach, whiten=show == SHOWN[-1])
        echoes = _echoes(pair, show, reach, x, y)
        return Exhibit(
            facts=facts,
            table=_levels(pair, x, y) if echoes is None else echoes,
            description=_described(facts, x, y, show),
            readings=READINGS,
            figures=_series(pair, x, y, facts) if echoes is None else _lagged(echoes, show),
        )


READINGS = {
    "r of levels": "{r_levels:.2f}",
    "r of changes": "{r_changes:.2f}",
    "rows, as if independent": "{rows_levels:.0f} of {n:,}",
    "honest p of the levels": "{p_levels:p}",
}


def _stopped(reason: str) -> Exhibit:
    facts: Mapping[str, Fact] = {**dict.fromkeys(_NUMBERS, np.nan), **dict.fromkeys(_COUNTS, 0)}
    return Exhibit(
        facts={**facts, **dict.fromkeys(("seasons", "left"), ""), "unit": "rows"}
        | {"season_repeats": False},
        table=pd.DataFrame({"reason": [reason]}),
        description=f"There is no figure. {reason}",
        readings={"rows": "{n}"},
        stopped=reason,
    )


_NUMBERS = (
    *("r_levels", "plain_p", "rows_levels", "p_levels", "r_changes", "rows_changes"),
    *("p_changes", "r_rest", "rows_rest", "p_rest", "line_x", "line_y", "season_x", "season_y"),
    *("season_r", "left_x", "left_y", "echo_x", "echo_y", "white_r", "step", "longest"),
)
_COUNTS = ("n", "left_out", "duplicate_count", "gap_count", "place_count", "reach", "white_lag")


def _pair(frame: pd.DataFrame, x: str, y: str, time: str) -> Pair:
    values = pd.DataFrame({name: frame[name].to_numpy(float, na_value=np.nan) for name in (x, y)})
    is_dated = time != ROWS
    values.index = _moments(frame[time]) if is_dated else pd.RangeIndex(1, len(values) + 1)
    whole = values[values.notna().all(axis=1).to_numpy() & values.index.notna()]
    once = whole.groupby(level=0).mean()
    return Pair(
        when=once.index,
        days=_days(once.index),
        x=once[x].to_numpy(),
        y=once[y].to_numpy(),
        left_out=len(values) - len(whole),
        duplicates=len(whole) - len(once),
        is_dated=is_dated,
    )


def _moments(column: pd.Series[Any]) -> pd.DatetimeIndex:
    """Dates of any zone by one clock, whose name no figure needs."""
    moments = pd.DatetimeIndex(column)
    return moments if moments.tz is None else moments.tz_convert("UTC").tz_localize(None)


def _days(when: pd.Index[Any]) -> Floats:
    if not isinstance(when, pd.DatetimeIndex):
        return np.asarray(when, dtype=np.float64)
    return np.asarray((when - when.min()) / pd.Timedelta(days=1), dtype=np.float64)


Places = NDArray[np.int64]
"""Where each row stands in a season, from 0."""


def _removed(pair: Pair, season: str) -> dict[str, Places]:
    """The seasons that are taken away, and the places of the rows in each."""
    if season == BY_DATES:
        return _calendar(pair)
    period = SEASONS[season]
    rows = np.arange(len(pair.x)) if pair.is_dated else np.asarray(pair.when) - 1
    return {f"place in {period} rows": rows % period} if period else {}


def _calendar(pair: Pair) -> dict[str, Places]:
    """The seasons of the calendar that dates so far apart can have, and that came twice."""
    if not pair.is_dated:
        return {}
    step = float(np.median(np.diff(pair.days)))
    when = pd.DatetimeIndex(pair.when)
    return {
        cycle.name: np.unique(np.asarray(cycle.place(when)), return_inverse=True)[1]
        for cycle in CYCLES
        if cycle.finest < step <= cycle.coarsest and pair.days[-1] + step >= 2 * cycle.length
    }


class Parts(NamedTuple):
    """A series without its straight line, in two parts that were fitted with that line at once.

    Were the line taken away first, it would take some of a season along: of a wave over three
    years, a line takes up a part, and what it leaves no mean of a week can take away.
    """

    season: Floats
    rest: Floats

    @property
    def about_line(self) -> Floats:
        return self.season + self.rest


def _parted(values: Floats, seasons: Iterable[Places]) -> Parts:
    rows = np.arange(len(values))
    line = sparse.csr_array(np.column_stack([np.ones(len(rows)), rows / len(rows) - 0.5]))
    at = [sparse.csr_array((np.ones(len(rows)), (rows, places))) for places in seasons]
    if not at:
        return Parts(np.zeros(len(rows)), detrend(values))
    design = sparse.hstack([line, *at], format="csr")
    centred = values - values.mean()
    weights = np.linalg.lstsq((design.T @ design).toarray(), design.T @ centred, rcond=1e-10)[0]
    season = sparse.hstack(at) @ weights[2:]
    return Parts(
        _more_than_rounding(season - season.mean(), values),
        _more_than_rounding(centred - design @ weights, values),
    )


def _more_than_rounding(part: Floats, values: Floats) -> Floats:
    """A part of these values; 0 where it is no more than their last digits."""
    return part if np.ptp(part) > _ROUNDING * np.ptp(values) else np.zeros(len(part))


def _means(values: Floats, places: Places) -> Floats:
    means: Floats = np.bincount(places, values) / np.maximum(np.bincount(places), 1)
    return means


def _facts(pair: Pair, season: str, reach: int, *, whiten: bool) -> dict[str, Fact]:
    seasons = _removed(pair, season)
    x, y = (_parted(values, seasons.values()) for values in (pair.x, pair.y))
    freedom = sum(len(np.unique(places)) - 1 for places in seasons.values())
    peak = _peak(pair, reach) if whiten else (0, np.nan)
    rows = np.arange(len(pair.x))
    return {
        "n": len(pair.x),
        "left_out": pair.left_out,
        "duplicate_count": pair.duplicates,
        "gap_count": int(pair.wide.sum()),
        "step": float(np.median(pair.steps)),
        "longest": float(pair.steps.max()),
        "unit": pair.unit,
        "plain_p": float(stats.pearsonr(pair.x, pair.y).pvalue),
        **_tested("levels", pair.x, pair.y),
        **_tested("changes", *(difference(values) for values in (pair.x, pair.y))),
        **_tested("rest", x.rest, y.rest),
        "line_x": _r(rows, pair.x),
        "line_y": _r(rows, pair.y),
        "seasons": " and of each ".join(seasons),
        "place_count": freedom + 1 if seasons else 0,
        "season_x": _share(x.about_line, x.rest, freedom),
        "season_y": _share(y.about_line, y.rest, freedom),
        "season_r": _r(x.season, y.season),
        "season_repeats": any(_repeats([x, y], places) for places in seasons.values()),
        **_left(pair, [x.rest, y.rest], seasons),
        "echo_x": float(autocorrelation(pair.x, 1)["value"].iloc[1]),
        "echo_y": float(autocorrelation(pair.y, 1)["value"].iloc[1]),
        "reach": reach,
        "white_lag": peak[0],
        "white_r": peak[1],
    }


def _left(pair: Pair, rest: list[Floats], removed: Mapping[str, Places]) -> dict[str, Fact]:
    """The first season of the calendar that is strong in both after what was taken away."""
    for name, places in _calendar(pair).items():
        if name in removed:
            continue
        freedom = len(np.unique(places)) - 1
        both = [_parted(values, [*removed.values(), places]) for values in (pair.x, pair.y)]
        shares = [_share(old, new.rest, freedom) for old, new in zip(rest, both, strict=True)]
        if min(shares) >= _SEASON and _repeats(both, places):
            return {"left": name, "left_x": shares[0], "left_y": shares[1]}
    return {"left": "", "left_x": 0.0, "left_y": 0.0}


def _repeats(both: list[Parts], places: Places) -> bool:
    """Whether the second half of the rows goes as the first: a season does, a drift does not."""
    half = len(places) // 2
    parts = (slice(half), slice(half, None))
    shared = np.intersect1d(places[:half], places[half:])
    halves = [
        [_means(each.about_line[part], places[part])[shared] for part in parts] for each in both
    ]
    return len(shared) > 1 and all(_r(first, second) >= _REPEATS for first, second in halves)


def _tested(name: str, x: Any, y: Any) -> dict[str, Fact]:
    if _does_not_vary(x) or _does_not_vary(y):
        found = (np.nan, np.nan, np.nan)
    else:
        test = series_test(x, y)
        found = (test.r, test.effective_n, test.p)
    return dict(zip((f"r_{name}", f"rows_{name}", f"p_{name}"), found, strict=True))


def _does_not_vary(values: Floats) -> bool:
    """Up to rounding: the changes of a straight line differ in their last digits."""
    size = np.abs(values).max()
    return bool(np.ptp(values) <= _ROUNDING * size)


def _r(x: Any, y: Any) -> float:
    if _does_not_vary(x) or _does_not_vary(y):
        return np.nan
    return float(np.corrcoef(x, y)[0, 1])


def _share(line: Floats, rest: Floats, freedom: int) -> float:
    """What seasons explain of the variance, less what so many means explain by chance."""
    if not freedom or _does_not_vary(line):
        return 0.0
    n = len(line)
    return float(1 - rest.var() / line.var() * (n - 1) / (n - 1 - freedom))


def _peak(pair: Pair, reach: int) -> tuple[int, float]:
    found = cross_correlation(pair.x, pair.y, reach, prewhiten=True)["value"]
    if found.isna().all():
        return 0, np.nan
    lag = cast("int", found.abs().idxmax())
    return int(lag), float(found[lag])


def _echoes(pair: Pair, show: str, reach: int, x: str, y: str) -> pd.DataFrame | None:
    """What a figure of lags shows: a column a series, and the band; None for the series."""
    if show == "series":
        return None
    if show in ("ACF", "PACF"):
        measured = autocorrelation if show == "ACF" else partial_autocorrelation
        found = [measured(values, reach).iloc[1:] for values in (pair.x, pair.y)]
        names = [x, y]
    else:
        prewhiten = show == SHOWN[-1]
        found = [cross_correlation(pair.x, pair.y, reach, prewhiten=prewhiten)]
        names = [f"{x} and {y}"]
    values = {name: each["value"] for name, each in zip(names, found, strict=True)}
    return pd.DataFrame({**values, "low": found[0]["low"], "high": found[0]["high"]})


def _levels(pair: Pair, x: str, y: str) -> pd.DataFrame:
    index = pd.Index(pair.when, name="time" if pair.is_dated else "row")
    return pd.DataFrame({x: pair.x, y: pair.y}, index)


def _series(pair: Pair, x: str, y: str, facts: Mapping[str, Fact]) -> tuple[Chart, ...]:
    levels = _levels(pair, x, y)
    changes = levels.diff().iloc[1:]
    every = -(-len(levels) // _DRAWN)
    standard = _with_breaks(pair, (levels - levels.mean()) / levels.std())[::every]
    title = "To scale; a gap breaks the line" if facts["gap_count"] else "Over time"
    if every > 1:
        title += f" (each {every}th row is drawn)"
    return (
        Lines(standard, title=title, y="standard deviations from the mean"),
        _points(levels, fill("Levels: r = {r_levels:.2f}", facts)),
        _points(changes, fill("Changes: r = {r_changes:.2f}", facts)),
    )


def _with_breaks(pair: Pair, values: pd.DataFrame) -> pd.DataFrame:
    """The same with an empty row one usual step after each row before a gap."""
    places = np.flatnonzero(pair.wide)
    if not len(places):
        return values
    step = np.median(np.diff(pair.days))
    moved: Any = pd.Timedelta(days=step) if pair.is_dated else int(step)
    broken = pd.DataFrame(np.nan, pair.when[places] + moved, values.columns)
    broken.index.name = values.index.name
    return pd.concat([values, broken]).sort_index()


def _points(values: pd.DataFrame, title: str) -> Scatter:
    if len(values) > _DRAWN:
        values = values.sample(_DRAWN, random_state=0).sort_index()
        title += f" ({_DRAWN:,} rows drawn by lot)"
    return Scatter(values.iloc[:, 0], values.iloc[:, 1], title=title)


def _lagged(echoes: pd.DataFrame, show: str) -> tuple[Chart, ...]:
    values = echoes.drop(columns=["low", "high"])
    first = values.columns[:1]
    low, high = (echoes[[end]].set_axis(first, axis=1) for end in ("low", "high"))
    title = f"{show}; in the band are 19 of 20 lags of white noise"
    return (Lines(values, title=title, y="r", low=low, high=high, marks={"": 0.0}),)


def _described(facts: Mapping[str, Fact], x: str, y: str, show: str) -> str:
    words = {**facts, "x": x, "y": y, "show": show}
    figure = (
        "{x} and {y} over time in {n:,} rows, and points of their levels and of their changes. "
        if show == "series"
        else "{show} of {x} and {y} at up to {reach} lags, from {n:,} rows. "
    )
    return fill(
        figure + "The levels have r = {r_levels:.2f}, {p_levels:p}; the changes have r = "
        "{r_changes:.2f}, {p_changes:p}.",
        words,
    )
