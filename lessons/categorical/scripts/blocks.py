"""Twelve questions in three families, or in none, and the orders in which they can stand."""

from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import squareform
from scipy.stats import chi2_contingency
from scipy.stats.contingency import crosstab
from sklearn.metrics import adjusted_rand_score

data = "three families"
measure = "|r| of codes"
order = "as it came"
draw = 129

rows, share = 400, 0.5
random = np.random.default_rng(draw)
tastes = random.integers(6, size=(rows, 3))
answers = random.integers(6, size=(rows, 12))
is_loyal = random.random(size=(rows, 12)) < share
family = np.repeat(range(3), 4)
if data == "three families":
    answers = np.where(is_loyal, tastes[:, family], answers)
for column in range(12):
    answers[:, column] = random.permutation(6)[answers[:, column]]  # numbered as it came
dealt = random.permutation(12)
answers, family = answers[:, dealt], family[dealt]
names = random.permutation(list("abcdefghijkl"))


def cramers_v(x, y):
    """Corrected for what chance gives."""
    table = crosstab(x, y).count
    r, k = table.shape
    phi2 = chi2_contingency(table, correction=False).statistic / rows
    phi2 = max(0, phi2 - (r - 1) * (k - 1) / (rows - 1))
    r, k = (side - (side - 1) ** 2 / (rows - 1) for side in (r, k))
    return np.sqrt(phi2 / min(r - 1, k - 1))


V = np.eye(12)
for i, j in combinations(range(12), 2):
    V[i, j] = V[j, i] = cramers_v(answers[:, i], answers[:, j])
maps = {"|r| of codes": np.abs(np.corrcoef(answers, rowvar=False)), "V": V}
trees = {
    name: linkage(squareform(1 - values, checks=False), "average") for name, values in maps.items()
}

orders = {
    "as it came": range(12),
    "alphabet": np.argsort(names),
    "clustered": leaves_list(trees[measure]),
}
shown_map = pd.DataFrame(maps[measure], names, names).iloc[orders[order], orders[order]]
sns.heatmap(shown_map, vmin=0, vmax=1, cmap="viridis", annot=True, fmt=".2f")

# The numbers that the step names
families = None
true_families = 3 if data == "three families" else 0


def neighbours(values, order):
    return np.mean([values[i, j] for i, j in pairwise(order)])


before, shown, after = (
    neighbours(maps[measure], orders[each]) for each in ("as it came", order, "clustered")
)
after_v = neighbours(V, leaves_list(trees["V"]))
agreement_codes, agreement_v = (
    adjusted_rand_score(family, fcluster(tree, 3, "maxclust")) for tree in trees.values()
)
off_diagonal = ~np.eye(12, dtype=bool)
largest = maps[measure][off_diagonal].max()
largest_after = maps[measure][np.ix_(orders["clustered"], orders["clustered"])][off_diagonal].max()
