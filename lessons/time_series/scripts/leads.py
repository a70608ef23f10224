"""Who speaks first: the cross-correlation of two series, as they are and prewhitened."""

import numpy as np
import pandas as pd
from scipy import signal
from statsmodels.tsa.ar_model import AutoReg, ar_select_order

pair = "two strangers"
prewhitened = "no"

match pair:
    case "two strangers":
        noise = np.random.default_rng(7).normal(size=(2, 100))
        noise[:, 0] /= np.sqrt(1 - 0.9**2)  # as if they had been going on for ever
        x, y = signal.lfilter([1], [1, -0.9], noise)
    case "another pair":
        random = np.random.default_rng(20)
        x = signal.lfilter([1], [1, -0.8], random.normal(size=203))
        y = 0.8 * x[:-3] + random.normal(size=203)[3:]
        x = x[3:]
    case "lynx and sunspots":
        spots = pd.read_csv("sunspots.csv", index_col="year")["sunspots"]
        lynx = np.log(pd.read_csv("lynx.csv", index_col="year")["trapped"])
        x, y = pd.concat([spots, lynx], axis=1, join="inner").to_numpy().T


def whitened(x, y):
    """Both without what the past of x foretells of x."""
    x, y = x - x.mean(), y - y.mean()
    most = min(int(10 * np.log10(len(x))), len(x) // 4)
    chosen = ar_select_order(x, most, ic="aic", trend="c").ar_lags
    if chosen is None:
        return x, y
    past = AutoReg(x, max(chosen), trend="c").fit().params[1:]
    return tuple(signal.lfilter([1, *-past], [1], z)[max(chosen) :] for z in (x, y))


def cross(x, y, lags=15):
    """r at each lag. At a positive one x leads."""
    x, y = ((z - z.mean()) / z.std() for z in (x, y))
    n = len(x)
    r = signal.correlate(y, x) / n
    return pd.Series(r[n - 1 - lags : n + lags], range(-lags, lags + 1))


def count_outside(r, n):
    """How many leave the band of noise in so many rows."""
    return int((r.abs() > 1.959963984540054 / np.sqrt(n)).sum())


white_x, white_y = whitened(x, y)
raw, white = cross(x, y), cross(white_x, white_y)
print(pd.DataFrame({"raw": raw, "prewhitened": white}).round(2))

(white if prewhitened == "yes" else raw).plot.bar()

# The numbers that the step names
leader = None
answer = None
rows, lags, order, peak = len(x), len(raw), len(x) - len(white_x), 3
by_chance = 0.05 * lags
raw_outside, white_outside = count_outside(raw, len(x)), count_outside(white, len(white_x))
outside = white_outside if prewhitened == "yes" else raw_outside
raw_peak, white_peak = int(raw.abs().idxmax()), int(white.abs().idxmax())
raw_largest, white_largest, white_now = raw[raw_peak], white[white_peak], white[0]
raw_largest_size = abs(raw_largest)
