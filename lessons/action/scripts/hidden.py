"""Variance inflation factors beside the strongest pair of each column."""

import numpy as np
import pandas as pd
import seaborn as sns
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.tools import add_constant

table = "parts and their sum"
parts = 9
draw = 4


def each_vif(data):
    x = add_constant(data).to_numpy()
    factors = [variance_inflation_factor(x, i) for i in range(1, x.shape[1])]
    return pd.Series(factors, data.columns)


def strongest_r(data):
    r = data.corr().abs()
    return r.where(~np.eye(len(r), dtype=bool)).max()


patients = pd.read_csv("diabetes.csv").drop(columns="progression")
match table:
    case "parts and their sum":
        rng = np.random.default_rng(draw)
        pieces = rng.standard_normal((1000, parts))
        shown = pd.DataFrame(pieces, columns=[f"part {i + 1}" for i in range(parts)])
        shown["sum"] = pieces.sum(axis=1) + 0.3 * rng.standard_normal(1000)
    case "diabetes":
        shown = patients

print(pd.DataFrame({"strongest |r|": strongest_r(shown), "VIF": each_vif(shown)}))
sns.heatmap(shown.corr(), vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
suspect = None
informer = None
popular, limit = 0.8, 10
columns = shown.shape[1]
max_r, max_vif = strongest_r(shown).max(), each_vif(shown).max()
alarms = int((strongest_r(shown) > popular).sum())
verdict = "above" if max_vif > limit else "below"

r_of, vif_of = strongest_r(patients), each_vif(patients)
named_r = r_of[suspect] if suspect else 0.0
named_vif = vif_of[suspect] if suspect else 0.0
vif_without = informer_r = 0.0
if suspect and informer and informer != suspect:
    vif_without = each_vif(patients.drop(columns=informer))[suspect]
    informer_r = patients[suspect].corr(patients[informer])
