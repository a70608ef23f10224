"""Three families of columns, half of each upside down, in a tree by three kinds of distance."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import cophenet, cut_tree, linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import adjusted_rand_score

distance = "Euclidean, rows"
groups = 3
draw = 0

rows, families, size, noise_size = 300, 3, 6, 0.6
rng = np.random.default_rng(draw)
causes = rng.normal(size=(rows, families))
noise = rng.normal(size=(rows, families * size))
signs = np.tile(np.repeat([1, -1], size // 2), families)
values = signs * np.repeat(causes, size, axis=1) + noise_size * noise
numbers = range(1, size // 2 + 1)
names = [f"{family} {way}{i}" for family in "ABC" for way in "↑↓" for i in numbers]
r = pd.DataFrame(values, columns=names)[list(rng.permutation(names))].corr()

trees = {
    "Euclidean, rows": linkage(pdist(r), "average"),
    "1 − r": linkage(squareform(1 - r, checks=False), "average"),
    "1 − |r|": linkage(squareform(1 - r.abs(), checks=False), "average"),
}
tree = trees[distance]
agreement = adjusted_rand_score(r.columns.str[0], cut_tree(tree, groups).ravel())
print(f"agreement with the families: {agreement:.2f}")

sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
keep = None
rows_agreement, signed_agreement, absolute_agreement = (
    adjusted_rand_score(r.columns.str[0], cut_tree(each, families).ravel())
    for each in trees.values()
)
within = 1 / (1 + noise_size**2)
flipped, nearly_one = -within, 0.999

halves_agreement = adjusted_rand_score(r.columns.str[:3], cut_tree(tree, groups).ravel())

# Whether more than a family hangs on the branch where its two halves meet
meets = pd.DataFrame(squareform(cophenet(tree)), r.index, r.columns)
strangers_first = all(
    int((meets[f"{family} ↑1"] <= meets.loc[f"{family} ↑1", f"{family} ↓1"]).sum()) > size
    for family in "ABC"
)
