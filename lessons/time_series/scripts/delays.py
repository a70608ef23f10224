"""A heatmap with a clock: a row for each pair of columns, a column for each delay."""

import numpy as np
import pandas as pd
import seaborn as sns

chosen = ["realgdp", "realcons", "realinv", "cpi", "unemp"]
reach = 4

levels = pd.read_csv("us_macro.csv")
changes = np.log(levels[chosen]).diff()
for rate in changes.columns.intersection(["tbilrate", "unemp"]):  # these are per cent already
    changes[rate] = levels[rate].diff()
changes = changes.dropna()

z = (changes - changes.mean()) / changes.std(ddof=0)
delays = range(-reach, reach + 1)
lagged = pd.DataFrame(
    {
        # At a positive delay the first one leads.
        f"{a}–{b}": [(z[a] * z[b].shift(-delay)).sum() / len(z) for delay in delays]
        for number, a in enumerate(chosen)
        for b in chosen[number + 1 :]
    },
    index=delays,
).T
print(lagged.round(2))

sns.heatmap(lagged, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
late = None
delay = None
columns, quarters, pairs = len(chosen), len(changes), len(lagged)
band = 1.959963984540054 / np.sqrt(quarters)
peaks = lagged.abs().idxmax(axis=1)
delayed = int((peaks != 0).sum())
most_hidden = str((lagged.abs().max(axis=1) - lagged[0].abs()).idxmax())
hidden_lag, hidden_now = int(peaks[most_hidden]), lagged.loc[most_hidden, 0]
hidden_r = lagged.loc[most_hidden, hidden_lag]
is_there = late in lagged.index
named_lag, named_now = (int(peaks[late]), lagged.loc[late, 0]) if is_there else (0, 0.0)
