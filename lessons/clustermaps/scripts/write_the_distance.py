"""A tree of columns, by distances of your own."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform
from scipy.stats import spearmanr

highway = pd.read_csv("highway.csv", index_col=0)
r = highway.corr(numeric_only=True)

distances = r
# What you write: lines
# Until here

own = np.abs(np.diag(distances)).max()
least = distances.min().min()
is_distance = bool(least >= 0 and (distances - distances.T).abs().max().max() < 1e-9)
groups = 4


def grown(distances):
    """A tree by average linkage, and the columns in one group with slim."""
    tree = hierarchy.linkage(squareform(distances, checks=False), "average")
    group = pd.Series(hierarchy.cut_tree(tree, groups).ravel(), r.index)
    return tree, ", ".join(group.index[group == group["slim"]])


together = ""
if is_distance and own < 1e-9:
    tree, together = grown(distances)
    sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
plain, steep = grown(1 - r.abs())[1], grown(1 / r.abs() - 1)[1]
slim_rate, slim_lane = r.loc["slim", "rate"], r.loc["slim", "lane"]
slim_rate_apart, slim_lane_apart = distances.loc["slim", "rate"], distances.loc["slim", "lane"]

pairs = [(x, y) for number, x in enumerate(r) for y in list(r)[:number]]
strengths = [r.loc[pair] for pair in pairs]
apart = [round(distances.loc[pair], 9) for pair in pairs]
follows, signed = 0.0, 0.0
if len(set(apart)) > 1:
    follows = spearmanr([round(abs(strength), 9) for strength in strengths], apart).statistic
    signed = spearmanr([round(strength, 9) for strength in strengths], apart).statistic
