"""Two series: what drifts, returns or lacks dates is said, and clean ones are left in peace."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from playing import WAYS, bundled, check_charts, check_script, play
from scipy import stats
from statsmodels.tsa.stattools import acf, ccf, pacf

from lib.lab import instrument
from lib.tables import Sheet, from_frame

pytestmark = pytest.mark.usefixtures("undrawn")

SERIES = instrument("two_series")
DAYS = pd.date_range("2020-01-01", periods=120, freq="D")
MONTHS = pd.date_range("2010-01-01", periods=120, freq="MS")


def sheet(x: Any, y: Any, dates: Any = DAYS) -> Sheet:
    columns = {"x": np.asarray(x, float), "y": np.asarray(y, float)}
    return from_frame(pd.DataFrame({"when": dates[: len(columns["x"])], **columns}), "planted")


def noise(n: int = 120, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(2, n))


def clean() -> Sheet:
    return sheet(*noise())


def echoing() -> Sheet:
    news = noise(seed=1)
    series = news.copy()
    for row in range(1, 120):
        series[:, row] = 0.7 * series[:, row - 1] + news[:, row]
    return sheet(*series)


def warnings(table: Sheet, **setting: Any) -> str:
    return " ".join(SERIES.beware(play(SERIES, table, setting)))


def with_trends() -> Sheet:
    return sheet(*(0.05 * np.arange(120) + noise()))


def with_seasons() -> Sheet:
    return sheet(*(3 * np.sin(np.arange(120) * 2 * np.pi / 12) + noise()), MONTHS)


def with_gaps() -> Sheet:
    kept = np.delete(np.arange(120), [*range(40, 50), 80])
    return sheet(*noise()[:, kept], DAYS[kept])


def stacked() -> Sheet:
    return sheet(*noise(), DAYS[:60].append(DAYS[:60]))


def returning(dates: pd.DatetimeIndex, place: Any, length: int) -> Sheet:
    """Nothing in common but a wave of the calendar."""
    wave = 3 * np.sin(2 * np.pi * np.asarray(place) / length)
    return sheet(*(wave + noise(len(dates))), dates)


def with_lost_days() -> Sheet:
    days = pd.date_range("2020-01-01", periods=400, freq="D")
    kept = days[np.sort(np.random.default_rng(4).choice(400, 370, replace=False))]
    return returning(kept, kept.day_of_week, 7)


def on_business_days() -> Sheet:
    days = pd.bdate_range("2020-01-01", periods=400)
    return returning(days, days.day_of_week, 5)


def over_years() -> Sheet:
    days = pd.date_range("2020-01-01", periods=3 * 365, freq="D")
    return returning(days, days.day_of_year, 365)


def over_one_year() -> Sheet:
    days = pd.date_range("2020-01-01", periods=365, freq="D")
    return returning(days, days.day_of_year, 365)


PLANTED: dict[str, tuple[Callable[[], Sheet], dict[str, Any]]] = {
    "Both trend": (with_trends, {}),
    "The mean of each month of the year makes": (with_seasons, {}),
    "A season is left in both. The mean of each week": (over_years, {"season": "7 rows"}),
    "and rows lack: behind a gap it is out of step": (with_lost_days, {"season": "7 rows"}),
    "both still resemble their own past: these 365 rows": (over_one_year, {}),
    "There are 2 gaps": (with_gaps, {}),
    "60 rows share their date": (stacked, {}),
    "There are 25 rows only": (lambda: sheet(*noise(25)), {}),
    "The order of the rows is taken": (clean, {"time": "the rows as they stand"}),
    "delays without prewhitening": (echoing, {"show": "CCF"}),
}


@pytest.mark.parametrize("words", PLANTED)
def test_what_is_planted_is_said_and_a_clean_table_is_left_in_peace(words: str) -> None:
    make, setting = PLANTED[words]
    assert words in warnings(make(), **setting)
    assert not warnings(clean())


def test_every_beware_has_its_planted_table() -> None:
    assert len(PLANTED) == len(SERIES.bewares)


@pytest.mark.parametrize(
    ("make", "show"),
    [
        (with_trends, "series"),
        (with_seasons, "series"),
        (with_gaps, "ACF"),
        (stacked, "PACF"),
        (echoing, "CCF"),
        (echoing, "CCF, prewhitened"),
    ],
)
def test_the_script_finds_the_same(make: Callable[[], Sheet], show: str) -> None:
    table = make()
    exhibit = play(SERIES, table, {"show": show})
    check_script(exhibit, table)
    check_charts(exhibit)


def test_levels_changes_and_rows_are_those_of_a_loop() -> None:
    table = echoing()
    x, y = (table.frame[name].to_numpy() for name in "xy")
    facts = SERIES.exhibit(table).facts
    assert facts["r_levels"] == pytest.approx(stats.pearsonr(x, y).statistic)
    assert facts["r_changes"] == pytest.approx(stats.pearsonr(np.diff(x), np.diff(y)).statistic)
    a, b = (acf(series, nlags=119) for series in (x, y))
    rows = 120 / (1 + 2 * sum((1 - lag / 120) * a[lag] * b[lag] for lag in range(1, 120)))
    assert facts["rows_levels"] == pytest.approx(rows)
    assert rows < 60
    t = stats.t.ppf(1 - facts["p_levels"] / 2, rows - 2)
    assert t / np.sqrt(t**2 + rows - 2) == pytest.approx(abs(facts["r_levels"]))


def test_echoes_are_those_of_statsmodels() -> None:
    table = echoing()
    x, y = (table.frame[name].to_numpy() for name in "xy")
    found = SERIES.exhibit(table, {"show": "ACF", "lags": 8}).table
    assert found["x"].to_numpy() == pytest.approx(acf(x, nlags=8)[1:])
    assert found["high"].to_numpy() == pytest.approx(np.full(8, 1.959964 / np.sqrt(120)))
    found = SERIES.exhibit(table, {"show": "PACF", "lags": 8}).table
    assert found["y"].to_numpy() == pytest.approx(pacf(y, nlags=8, method="ldbiased")[1:])
    found = SERIES.exhibit(table, {"show": "CCF", "lags": 8}).table["x and y"]
    # statsmodels' second series is the one that is ahead.
    assert found[range(9)].to_numpy() == pytest.approx(ccf(y, x, adjusted=False, nlags=9))


def test_a_planted_lead_is_found_at_its_lag() -> None:
    news = noise(seed=5)
    follower = np.roll(news[0], 3) + 0.5 * news[1]
    facts = SERIES.exhibit(sheet(news[0], follower), {"show": "CCF, prewhitened"}).facts
    assert facts["white_lag"] == 3
    assert facts["white_r"] > 0.7


@pytest.mark.parametrize(
    ("freq", "rows", "seasons"),
    [
        ("D", 110, "day of the week"),
        ("B", 110, "day of the week"),
        ("D", 728, "day of the week and of each week of the year"),
        ("MS", 110, "month of the year"),
        ("MS", 23, ""),
        ("QS", 12, "quarter of the year"),
        ("h", 110, "hour of the day"),
        ("h", 340, "hour of the day and of each day of the week"),
        ("W", 110, "month of the year"),
        ("YS", 110, ""),
    ],
)
def test_dates_say_which_seasons_came_twice(freq: str, rows: int, seasons: str) -> None:
    dates = pd.date_range("2010-01-01", periods=rows, freq=freq)
    assert SERIES.exhibit(sheet(*noise(rows), dates)).facts["seasons"] == seasons


@pytest.mark.parametrize("make", [on_business_days, with_lost_days, over_years, with_seasons])
def test_a_season_goes_by_the_calendar_where_days_lack(make: Callable[[], Sheet]) -> None:
    table = make()
    exhibit = play(SERIES, table, {})
    assert exhibit.facts["r_levels"] > 0.5
    assert abs(exhibit.facts["r_rest"]) < 0.12
    assert exhibit.facts["p_rest"] > 0.05
    check_script(exhibit, table)
    check_script(play(SERIES, table, {"season": "7 rows"}), table)


def test_what_is_left_is_that_of_a_regression_on_the_calendar() -> None:
    table = on_business_days()
    frame = table.frame.assign(row=np.arange(400), day=table.frame["when"].dt.day_name())
    x, y = (smf.ols(f"{name} ~ row + C(day)", frame).fit().resid for name in "xy")
    assert SERIES.exhibit(table).facts["r_rest"] == pytest.approx(x.corr(y))


def test_a_drift_is_no_season() -> None:
    """Of two random walks, the weeks of two years differ much, and differ anew each year."""
    walks = noise(2 * 365, seed=7).cumsum(axis=1)
    facts = SERIES.exhibit(sheet(*walks, pd.date_range("2020-01-01", periods=730))).facts
    assert min(facts["season_x"], facts["season_y"]) > 0.3
    assert not facts["season_repeats"]


def test_months_and_leap_years_are_no_gaps() -> None:
    assert SERIES.exhibit(sheet(*noise(), MONTHS)).facts["gap_count"] == 0


def test_rows_are_put_in_order_of_their_dates() -> None:
    table = echoing()
    shuffled = from_frame(table.frame.sample(frac=1, random_state=1).reset_index(drop=True), "")
    pd.testing.assert_frame_equal(SERIES.exhibit(shuffled).table, SERIES.exhibit(table).table)


def test_a_gap_breaks_the_line_where_it_is() -> None:
    line = SERIES.exhibit(with_gaps()).figures[0].values
    empty = line.index[line["x"].isna()]
    assert [str(day.date()) for day in empty] == ["2020-02-10", "2020-03-21"]


@pytest.mark.parametrize(
    ("table", "setting", "reason"),
    [
        (clean(), {"y": "x"}, "one column"),
        (sheet(noise()[0], np.ones(120)), {}, "y does not vary"),
        (sheet(noise()[0], 1e300 * noise()[1]), {}, "y: too large or too small"),
        (sheet(*noise(20)), {"season": "12 rows"}, "two of them, 24 rows"),
        (sheet(noise()[0], [1.0, 2, *118 * [np.nan]]), {}, "Only 2 rows"),
    ],
)
def test_what_cannot_be_computed_is_said(table: Sheet, setting: dict, reason: str) -> None:
    assert reason in SERIES.exhibit(table, setting).stopped


def test_a_straight_line_has_no_r_of_changes() -> None:
    table = sheet(np.arange(120) * 0.1, noise()[1])
    exhibit = SERIES.exhibit(table)
    assert np.isnan(exhibit.facts["r_rest"])
    check_script(exhibit, table)
    assert np.isnan(exhibit.facts["r_changes"])
    assert "the changes have no r" in SERIES.found(exhibit)[0]


def test_what_has_no_two_series_is_refused_with_a_way_out() -> None:
    alone = from_frame(pd.DataFrame({"x": np.arange(20.0) ** 2}), "one")
    assert "two columns of numbers" in SERIES.fits(alone)
    short = from_frame(pd.DataFrame(noise(5).T, columns=["x", "y"]), "five rows")
    assert "at least 10 rows" in SERIES.fits(short)


@pytest.mark.parametrize("ways", WAYS)
def test_a_bundled_table_plays_at_every_option(ways: Any) -> None:
    table = bundled("airquality")
    for setting in ways(SERIES, table):
        play(SERIES, table, setting)
    check_script(play(SERIES, table, {}), table)
