"""Genes chosen by t with the diagnoses, and the tree of patients that then finds them."""

from functools import cache

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.stats import false_discovery_control, ttest_ind
from sklearn.metrics import adjusted_rand_score

data = "noise"
chosen = "without labels"
draws = 1

golub = pd.read_csv("golub.csv", index_col="gene").drop(columns="description")
(genes_in_all, patients), chosen_genes = golub.shape, 50


def t_of(x, y):
    # Student's t of every row
    n, m = x.shape[1], y.shape[1]
    pooled = (x.var(axis=1) * n + y.var(axis=1) * m) / (n + m - 2)
    return (x.mean(axis=1) - y.mean(axis=1)) / np.sqrt(pooled * (1 / n + 1 / m))


def genes_of(data, chosen, draw):
    # The chosen genes, each standardised, in the patients in whom they are shown
    rng = np.random.default_rng(draw)
    values, names = golub.to_numpy(), golub.columns.to_numpy(dtype=str)
    if data == "noise":
        values = rng.normal(size=values.shape)
    elif data == "genes, labels shuffled":
        names = rng.permutation(names)
    is_myeloid = np.char.startswith(names, "AML")
    tested = np.full(patients, True)
    if chosen == "by t, other half":
        mixed = rng.permutation(patients)
        for sick in (mixed[~is_myeloid[mixed]], mixed[is_myeloid[mixed]]):
            tested[sick[: len(sick) // 2]] = False
    best = np.arange(chosen_genes)
    if chosen != "without labels":
        t = t_of(values[:, tested & is_myeloid], values[:, tested & ~is_myeloid])
        best = np.argsort(-np.abs(t), kind="stable")[:chosen_genes]
    seen = ~tested if chosen == "by t, other half" else tested
    genes = pd.DataFrame(values[best][:, seen], columns=names[seen])
    return genes.sub(genes.mean(axis=1), axis=0).div(genes.std(axis=1), axis=0)


def agreement_of(genes):
    groups = fcluster(linkage(genes.T, "ward"), 2, "maxclust")
    return adjusted_rand_score(genes.columns.str[:3], groups)


shown = genes_of(data, chosen, draws - 1)
tree, last = linkage(shown.T, "ward"), agreement_of(shown)
print(f"agreement with the diagnoses: {last:.2f}")

sns.clustermap(shown.corr(), row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
verdict = None
enough, drawn = 20, "one draw" if draws == 1 else f"{draws} draws"
lymphoid, myeloid = (int((golub.columns.str[:3] == name).sum()) for name in ("ALL", "AML"))


@cache
def agreements(data, chosen):
    return np.array([agreement_of(genes_of(data, chosen, draw)) for draw in range(draws)])


mean = agreements(data, chosen).mean()
noise = agreements("noise", "by t, all patients")
noise_mean, noise_perfect = noise.mean(), (noise > 0.999).mean()
blind_mean = agreements("noise", "without labels").mean()
halves_mean = agreements("noise", "by t, other half").mean()
shuffled_mean = agreements("genes, labels shuffled", "by t, all patients").mean()
real_halves_mean = agreements("genes and labels", "by t, other half").mean()

level, is_myeloid = 0.05, golub.columns.str.startswith("AML")
p = ttest_ind(golub.loc[:, is_myeloid], golub.loc[:, ~is_myeloid], axis=1).pvalue
telling = int((false_discovery_control(p) < level).sum())
