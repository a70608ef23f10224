"""One map in three orders, and one tree in as many drawings as its branches can turn."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

order = "as filed"
turn = "no branch"
draw = 3

r = pd.read_csv("breast_cancer.csv").select_dtypes("number").corr()
columns, merges = len(r), len(r) - 1
tree = linkage(squareform(1 - r.abs(), checks=False), "average")


def turned(flipped):
    # The two sides of a merge are its first two numbers
    mobile = tree.copy()
    mobile[flipped, :2] = tree[flipped, 1::-1]
    return mobile


drawn = {
    "no branch": tree,
    "the top one": turned(np.arange(merges) == merges - 1),
    "some, at random": turned(np.random.default_rng(draw).random(merges) < 0.5),
}[turn]
places = {
    "as filed": np.arange(columns),
    "shuffled": np.random.default_rng(draw).permutation(columns),
    "clustered": leaves_list(drawn),
}[order]
shown = r.iloc[places, places]
if order == "clustered":
    sns.clustermap(r, row_linkage=drawn, col_linkage=drawn, vmin=-1, vmax=1, cmap="RdBu_r")
else:
    sns.heatmap(shown, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
kept = None
library_first = r.columns[leaves_list(tree)[0]]
pairs, drawings, draws = columns * merges // 2, 2**merges, 100


def neighbours_in(places):
    return np.abs(r.to_numpy()[places[:-1], places[1:]]).mean()


filed, clustered = neighbours_in(np.arange(columns)), neighbours_in(leaves_list(tree))
shuffles, turns = [], []
for seed in range(draws):
    shuffles.append(neighbours_in(np.random.default_rng(seed).permutation(columns)))
    flipped = np.random.default_rng(seed).random(merges) < 0.5
    turns.append(neighbours_in(leaves_list(turned(flipped))))
shuffled_mean, turned_low, turned_high = np.mean(shuffles), min(turns), max(turns)

neighbours, first = neighbours_in(places), shown.columns[0]
changed = int((shown.loc[r.index, r.columns] != r).to_numpy().sum()) // 2
is_clustered = order == "clustered"
is_turned = is_clustered and list(places) != list(leaves_list(tree))
print(f"neighbours: {neighbours:.2f}; {changed} of {pairs} values changed")
