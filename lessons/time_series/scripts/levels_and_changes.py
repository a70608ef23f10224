"""The American economy as levels and as changes from quarter to quarter."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from statsmodels.tsa.stattools import adfuller

shown = "levels"

names = ["realgdp", "realcons", "realinv", "realgovt", "realdpi"]
names += ["cpi", "m1", "tbilrate", "unemp", "pop"]
macro = pd.read_csv("us_macro.csv")
levels = macro[names]
changes = np.log(levels).diff()
for rate in ["tbilrate", "unemp"]:  # these are per cent already
    changes[rate] = levels[rate].diff()
changes = changes.dropna()

r = {"levels": levels.corr(), "changes": changes.corr()}
maps = list(r) if shown == "both" else [shown]
figure, axes = plt.subplots(ncols=len(maps), figsize=(8 * len(maps), 6), squeeze=False)
for axis, name in zip(axes[0], maps, strict=True):
    sns.heatmap(r[name], vmin=-1, vmax=1, cmap="RdBu_r", ax=axis).set_title(name)

# The numbers that the step names
killed = None
revealed = None
strong, middling, weak, level = 0.9, 0.5, 0.2, 5.0
quarters, columns, first_year = len(levels), len(names), int(macro["year"].iloc[0])
in_levels, in_changes = (
    np.abs(table.to_numpy()[np.triu_indices(columns, 1)]) for table in r.values()
)
pairs = len(in_levels)
strong_levels, strong_changes = sum(in_levels > strong), sum(in_changes > strong)
mean_levels, mean_changes = in_levels.mean(), in_changes.mean()
mean_of = {"levels": mean_levels, "changes": mean_changes}
mean_shown = " and ".join(f"{mean_of[name]:.2f}" for name in maps)


def both(pair):
    """A pair's r in levels and in changes, nothing where none is named."""
    return [table.loc[tuple(pair.split("–"))] if pair else 0.0 for table in r.values()]


is_weak, is_middling = in_levels < weak, in_changes > middling
dying = sum((in_levels > strong) & (in_changes < weak))
appearing = sum(is_weak & is_middling)
of_unemp = [
    "unemp" in (names[i], names[j]) for i, j in zip(*np.triu_indices(columns, 1), strict=True)
]
appearing_unemp = sum(is_weak & is_middling & of_unemp)
gdp_cpi_plain = levels.diff().corr().loc["realgdp", "cpi"]
eight = levels.columns.drop(["tbilrate", "unemp"])
eight_least = r["levels"].loc[eight, eight].min(axis=None)
rates_most = r["levels"].loc[eight, ["tbilrate", "unemp"]].abs().max(axis=None)
gdp_cpi_level, gdp_cpi_change = both("realgdp–cpi")
gdp_unemp_level, gdp_unemp_change = both("realgdp–unemp")
killed_level, killed_change = both(killed)
revealed_level, revealed_change = both(revealed)
killed_level_now, killed_change_now, revealed_level_now, revealed_change_now = (
    f"{each:.2f}" if pair else "nothing yet" for pair in (killed, revealed) for each in both(pair)
)


def walks(table):
    """How many columns the Dickey-Fuller test takes for walks."""
    p = [adfuller(table[name], result_object=False)[1] for name in names]
    return sum(each > level / 100 for each in p)


walks_levels, walks_changes = walks(levels), walks(changes)
