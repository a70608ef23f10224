"""Thirty genes in patients with leukaemia, each against itself, ordered by likeness."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import leaves_list, linkage

scaled = "nothing"
colours = "sequential"
by_likeness = False

golub = pd.read_csv("golub.csv", index_col="gene").drop(columns="description")
drawn = 30
chosen = golub.iloc[np.linspace(0, len(golub) - 1, drawn).round().astype(int)]

match scaled:
    case "nothing":
        shown = chosen
    case "each gene":
        shown = chosen.sub(chosen.mean(axis=1), axis=0).div(chosen.std(axis=1), axis=0)
    case "each patient":
        shown = (chosen - chosen.mean()) / chosen.std()

rows, columns = leaves_list(linkage(shown, "average")), leaves_list(linkage(shown.T, "average"))
alike = shown.iloc[rows, columns]
if by_likeness:
    shown = alike

if colours == "diverging":
    low, high = -3.0, 3.0
    sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r")
else:
    low, high = shown.min().min(), shown.max().max()
    sns.heatmap(shown, vmin=low, vmax=high, cmap="viridis")

# The numbers that the step names
genes, patients = golub.shape


def loudness(table):
    """The share of the variance that only says how loud a row is."""
    values = table.to_numpy()
    return values.mean(axis=1).var() / values.var()


def changes_of(table):
    """How often the diagnosis changes from one patient to the next."""
    diagnoses = table.columns.str[:3]
    return int((diagnoses[1:] != diagnoses[:-1]).sum())


every_loudness, raw_loudness, share = loudness(golub), loudness(chosen), loudness(shown)
steepest, flattest = chosen.std(axis=1).max(), chosen.std(axis=1).min()
largest_mean, nearly_zero = shown.mean(axis=1).abs().max(), 1e-9
likeness_changes, changes = changes_of(alike), changes_of(shown)
beyond = int(((shown < low) | (shown > high)).sum().sum())
print(f"{share:.0%} of the variance on this map says which gene is loud")
