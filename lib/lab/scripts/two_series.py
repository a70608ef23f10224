"""Two columns over time: levels, changes, what is left of both, and p with effective rows."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy import signal, stats
from statsmodels.tsa.ar_model import AutoReg, ar_select_order
from statsmodels.tsa.stattools import acf, pacf

x = "x"
y = "y"
time = "the rows as they stand"
season = "as the dates say"
show = "series"
lags = 12

table = pd.read_csv("table.csv")
is_dated = time != "the rows as they stand"
both = table[[x, y]].astype(float)
both.index = pd.DatetimeIndex(table[time]) if is_dated else np.arange(1, len(table) + 1)
whole = both[both.notna().all(axis=1) & both.index.notna()]
pair = whole.groupby(level=0).mean()  # in order of time, each time once
n = len(pair)
changes = pair.diff().dropna()

days = (pair.index - pair.index[0]) / pd.Timedelta(days=1) if is_dated else pair.index
steps = np.diff(days)
step = float(np.median(steps))
when = pair.index
calendar = {}  # the place of each row in the seasons that came twice
if is_dated:
    span = days[-1] + step
    if step <= 0.5 and span >= 2:
        calendar["hour of the day"] = when.hour
    if step <= 3.5 and span >= 2 * 7:
        calendar["day of the week"] = when.day_of_week
    if step <= 100 and span >= 2 * 364:
        if step <= 3.5:
            calendar["week of the year"] = when.isocalendar().week.to_numpy()
        elif step <= 45:
            calendar["month of the year"] = when.month
        else:
            calendar["quarter of the year"] = when.quarter
removed = {}
if season == "as the dates say":
    removed = calendar
elif season != "none":
    period = int(season.split()[0])
    rows = np.arange(n) if is_dated else when - 1
    removed = {f"place in {period} rows": rows % period}


def varies(values):
    return np.ptp(values) > 1e-9 * np.abs(values).max()


def r_of(first, second):
    if not (varies(first) and varies(second)):
        return np.nan
    return np.corrcoef(first, second)[0, 1]


def honest(first, second):
    """r, how many independent rows the rows are worth, and the p that follows."""
    first, second = np.asarray(first), np.asarray(second)
    r = r_of(first, second)
    if np.isnan(r):
        return np.nan, np.nan, np.nan
    rows = len(first)
    lag = np.arange(1, rows)
    products = (acf(first, nlags=rows - 1) * acf(second, nlags=rows - 1))[1:]
    rows = rows / (1 + 2 * np.sum((1 - lag / rows) * products))
    if rows <= 2:
        return r, rows, 1.0
    t = abs(r) * np.sqrt((rows - 2) / (1 - r**2))
    return r, rows, 2 * stats.t.sf(t, rows - 2)


r_levels, rows_levels, p_levels = honest(pair[x], pair[y])
r_changes, rows_changes, p_changes = honest(changes[x], changes[y])


def parted(seasons):
    """What is left of both by a line and the means of seasons, and the same with the seasons."""
    dummies = [pd.get_dummies(np.asarray(places), dtype=float) for places in seasons.values()]
    line = pd.DataFrame({"level": 1.0, "line": np.arange(n)})
    design = pd.concat([line, *dummies], axis=1).to_numpy()
    weights = np.linalg.lstsq(design, pair.to_numpy())[0]
    rest = pair - design @ weights
    waves = pd.DataFrame(design[:, 2:] @ weights[2:], rest.index, rest.columns)
    rest, waves = (  # without what is no more than the last digits
        part * (part.max() - part.min() > 1e-9 * (pair.max() - pair.min()))
        for part in (rest, waves - waves.mean())
    )
    return rest, rest + waves


rest, lines = parted(removed)  # what is left, and what is left about the straight line
r_rest, rows_rest, p_rest = honest(rest[x], rest[y])
print(f"levels {r_levels:.2f}, changes {r_changes:.2f}, without lines and season {r_rest:.2f}")

reach = min(lags, n // 2)


def cross(first, second):
    first, second = ((z - z.mean()) / z.std() for z in (first, second))
    r = signal.correlate(second, first) / len(first)
    return pd.Series(r[len(first) - 1 - reach : len(first) + reach], range(-reach, reach + 1))


def whitened(first, second):
    """Both without what the past of the first foretells of it."""
    first, second = first - first.mean(), second - second.mean()
    most = min(int(10 * np.log10(len(first))), len(first) // 4)
    past = ar_select_order(first, most, ic="aic", trend="c").ar_lags
    if past is None:
        return first, second
    weights = AutoReg(first, max(past), trend="c").fit().params[1:]
    return tuple(signal.lfilter([1, *-weights], [1], z)[max(past) :] for z in (first, second))


white_lag, white_r = 0, np.nan
if show == "ACF":
    echoes = pd.DataFrame({name: acf(pair[name], nlags=reach)[1:] for name in (x, y)})
elif show == "PACF":
    echoes = pair.apply(lambda column: pacf(column, nlags=reach, method="ldbiased")[1:])
elif show == "CCF":
    echoes = cross(pair[x].to_numpy(), pair[y].to_numpy())
elif show == "CCF, prewhitened":
    echoes = cross(*whitened(pair[x].to_numpy(), pair[y].to_numpy()))
    white_lag = int(echoes.abs().idxmax())
    white_r = echoes[white_lag]
if show == "series":
    ((pair - pair.mean()) / pair.std()).plot(ylabel="standard deviations from the mean")
else:
    echoes.plot(marker="o", ylabel="r")
    plt.axhline(0, color="grey")

# The numbers that the step names
left_out, duplicate_count = len(both) - len(whole), len(whole) - n
unit = "days" if is_dated else "rows"
if is_dated and step == 1 and (days % 1 == 0).all() and (pair.index.day_of_week < 5).all():
    unit = "working days"  # a weekend is no gap
    dates = pair.index.to_numpy().astype("datetime64[D]")
    steps = np.busday_count(dates[:-1], dates[1:])
gap_count = int((steps > 1.5 * step).sum())
longest = float(steps.max())
plain_p = stats.pearsonr(pair[x], pair[y]).pvalue
line_x, line_y = (r_of(np.arange(n), pair[name].to_numpy()) for name in (x, y))
seasons = " and of each ".join(removed)
freedom = sum(len(set(places)) - 1 for places in removed.values())
place_count = freedom + 1 if removed else 0


def explained(before, after, means):
    """The share of variance that means explain, less what so many explain by chance."""
    if not means or not varies(before):
        return 0.0
    return 1 - after.var() / before.var() * (n - 1) / (n - 1 - means)


season_x, season_y = (explained(lines[name], rest[name], freedom) for name in (x, y))
season_r = r_of(lines[x] - rest[x], lines[y] - rest[y])
echo_x, echo_y = (acf(pair[name], nlags=1)[1] for name in (x, y))


def repeats(values, places):
    """Whether the second half of the rows goes as the first: a season does, a drift does not."""
    halves = [
        values[part].groupby(np.asarray(places)[part]).mean()
        for part in (slice(n // 2), slice(n // 2, None))
    ]
    first, second = halves[0].align(halves[1], join="inner", axis=0)
    return len(first) > 1 and all(r_of(first[name], second[name]) >= 0.5 for name in (x, y))


season_repeats = any(repeats(lines, places) for places in removed.values())

# A season of the calendar that is strong in both after what was taken away
left, left_x, left_y = "", 0.0, 0.0
for name, places in calendar.items():
    if name in removed or left:
        continue
    after, both = parted({**removed, name: places})
    means = len(set(places)) - 1
    share_x, share_y = (explained(rest[each], after[each], means) for each in (x, y))
    if min(share_x, share_y) >= 0.3 and repeats(both, places):
        left, left_x, left_y = name, share_x, share_y
