"""A heatmap with a clock: a row for each pair of columns, a column for each delay."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import signal
from statsmodels.tsa.ar_model import AutoReg, ar_select_order

chosen = ["realgdp", "realcons", "realinv", "cpi", "unemp"]
reach = 4
prewhitened = "no"

levels = pd.read_csv("us_macro.csv")
changes = np.log(levels.loc[:, "realgdp":"pop"]).diff()
for rate in ["tbilrate", "unemp"]:  # these are per cent already
    changes[rate] = levels[rate].diff()
changes = changes.dropna()


def whitened(x, y):
    """Both without what the past of x foretells of x."""
    x, y = x - x.mean(), y - y.mean()
    most = min(int(10 * np.log10(len(x))), len(x) // 4)
    past = ar_select_order(x, most, ic="aic", trend="c").ar_lags
    if past is None:
        return x, y
    weights = AutoReg(x, max(past), trend="c").fit().params[1:]
    return tuple(signal.lfilter([1, *-weights], [1], z)[max(past) :] for z in (x, y))


def cross(a, b, reach=reach, prewhitened=prewhitened):
    """r of two columns at each delay. At a positive one the first leads."""
    x, y = changes[a].to_numpy(), changes[b].to_numpy()
    if prewhitened == "yes":
        x, y = whitened(x, y)
    x, y = ((z - z.mean()) / z.std() for z in (x, y))
    r = signal.correlate(y, x) / len(x)
    return pd.Series(r[len(x) - 1 - reach : len(x) + reach], range(-reach, reach + 1))


lagged = pd.DataFrame(
    {f"{a}–{b}": cross(a, b) for number, a in enumerate(chosen) for b in chosen[number + 1 :]}
).T
print(lagged.round(2))

sns.heatmap(lagged, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
late = None
delay = None
columns, quarters, pairs, cells = len(chosen), len(changes), len(lagged), lagged.size
by_chance = 0.05 * cells
band = 1.959963984540054 / np.sqrt(quarters)
outside = int((lagged.abs() > band).sum(axis=None))
peaks = lagged.abs().idxmax(axis=1)
delayed = int((peaks != 0).sum())
most = lagged.abs().max(axis=1)
hiding = most[(lagged[0].abs() < band) & (most > band)]
most_hidden, hidden_lag, hidden_r, hidden_now = "none", 0, 0.0, 0.0
if len(hiding):
    most_hidden = str(hiding.idxmax())
    hidden_lag, hidden_now = int(peaks[most_hidden]), lagged.loc[most_hidden, 0]
    hidden_r = lagged.loc[most_hidden, hidden_lag]
is_named = late in lagged.index
named_lag, named_now, named_most = 0, 0.0, 0.0
if is_named:
    named_lag, named_now = int(peaks[late]), lagged.loc[late, 0]
    named_most = lagged.loc[late, named_lag]

five = ["realgdp", "realcons", "realinv", "cpi", "unemp"]
outside_raw, outside_white = (
    sum(
        int((cross(a, b, 4, way).abs() > band).sum())
        for number, a in enumerate(five)
        for b in five[number + 1 :]
    )
    for way in ("no", "yes")
)
raw, white = (cross("cpi", "unemp", 4, way) for way in ("no", "yes"))
prices_lag = int(raw.abs().idxmax())
prices_now, prices_later = raw[0], raw[prices_lag]
prices_earlier = raw.loc[:-1].abs().max()
prices_white_now, prices_white_later = white[0], white[prices_lag]
