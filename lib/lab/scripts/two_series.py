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
period = 0
if season == "as the dates say" and is_dated:
    calendar = [(0.04, 0.045, 24), (0.9, 1.1, 7), (6.5, 7.5, 52), (27, 32, 12), (88, 94, 4)]
    for low, high, rows_of_season in calendar:
        if low <= step <= high and n >= 2 * rows_of_season:
            period = rows_of_season
elif season not in ("as the dates say", "none"):
    period = int(season.split()[0])


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

lines = pair.apply(signal.detrend)  # what is left about the straight line
rest = lines
if period:
    rest = lines - lines.groupby(np.arange(n) % period).transform("mean")
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
gap_count = int((steps > 1.5 * step).sum())
longest = float(steps.max())
unit = "days" if is_dated else "rows"
plain_p = stats.pearsonr(pair[x], pair[y]).pvalue
line_x, line_y = (r_of(np.arange(n), pair[name].to_numpy()) for name in (x, y))
season_x, season_y = 0.0, 0.0
if period:
    season_x, season_y = (
        1 - rest[name].var() / lines[name].var() * (n - 1) / (n - period)
        if varies(lines[name])
        else 0.0
        for name in (x, y)
    )
season_r = r_of(lines[x] - rest[x], lines[y] - rest[y])
echo_x, echo_y = (acf(pair[name], nlags=1)[1] for name in (x, y))
