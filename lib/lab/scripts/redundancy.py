"""How much of each column the others explain, which go, and how many directions there are."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

columns = ["x", "y"]
threshold = 0.8
numbers = ["x", "y"]
categories = []
identifiers = []
crossed = []
amounts = []
beside = []
row_counts = ""
left_out = 0

table = pd.read_csv("table.csv")
data = table[columns].astype(float)
complete = data.dropna()
varying = [name for name in columns if len(complete) and np.ptp(complete[name]) > 0]

# Variance inflation: each column by least squares from the others
inflation = pd.Series(np.nan, columns)
if len(complete) > len(columns):
    scores = (complete[varying] - complete[varying].mean()) / complete[varying].std(ddof=0)
    for name in varying:
        others = scores.drop(columns=name).to_numpy()
        fitted = others @ np.linalg.lstsq(others, scores[name].to_numpy())[0]
        left = ((scores[name] - fitted) ** 2).mean()
        inflation[name] = np.inf if left < 1e-14 else 1 / left

# Pruning: a column goes if it is too close to one that is kept
r = data.corr(min_periods=3).abs()
kept, dropped = [], []
for name in columns:
    near = bool((r.loc[name, kept] > threshold + 1e-13).any())  # rounding is no excess
    (dropped if near else kept).append(name)

# Principal components of the standardised columns
shares = np.array([])
if len(varying) > 1 and len(complete) > 2:
    shares = (
        np.linalg.svd(
            scores
            if len(complete) > len(columns)
            else ((complete[varying] - complete[varying].mean()) / complete[varying].std(ddof=0)),
            compute_uv=False,
        )
        ** 2
    )
    shares = shares / shares.sum()

explained = (1 - 1 / inflation).sort_values()
explained.tail(40).plot.barh()
plt.xlabel("share that the others explain")

# The numbers that the step names


def in_words(names):
    shown = names[:3]
    if len(names) > 3:
        return f"{', '.join(shown)} and {len(names) - 3} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


high_limit, share_percent = 0.9, 90.0
column_count, row_count, rows_used = len(columns), len(data), len(complete)
known = inflation.dropna()
others, freedom = len(varying) - 1, len(complete) - 1
adjusted = known * np.nan
if others < freedom:
    # Adjusted R squared, by the formula of Ezekiel
    adjusted = (1 - (1 / known) * freedom / (freedom - others)).clip(lower=0)
high = adjusted[adjusted >= high_limit].sort_values(ascending=False, kind="stable")
high_count, high_names = len(high), in_words(list(high.index))
worst, worst_vif, worst_adjusted, noise_share = "", np.nan, np.nan, np.nan
if len(known):
    worst_vif = known.max()
    worst = (known >= worst_vif * (1 - 1e-9)).idxmax()  # of equal ones the first
    worst_adjusted, noise_share = adjusted[worst], others / freedom
worst_share = 1 - 1 / worst_vif
worst_left, worst_kept = 100 / worst_vif, worst in kept
kept_count, dropped_count, dropped_names = len(kept), len(dropped), in_words(dropped)
varying_count = len(varying)
reached = np.flatnonzero(shares.cumsum() >= share_percent / 100 - 1e-9)
component_count = int(reached[0]) + 1 if len(reached) else 0
