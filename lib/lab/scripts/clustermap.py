"""Rows or columns in the order of a tree: its cut, how often it recurs, and what noise gives."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform

columns = ["x", "y"]
side = "rows"
scaled = "each column standardised"
distance = "Euclidean"
linkage = "average"
k = 3
strip = "none"
order = "clustered"
names_of_rows = ""

table = pd.read_csv("table.csv")
most = 200
values = table[columns].astype(float)
values.index = [f"row {place}" for place in range(1, len(table) + 1)]
if names_of_rows:
    values.index = table[names_of_rows].astype(str)
places = np.flatnonzero(values.notna().all(axis=1))
whole = len(places)
most_rows = most if side == "rows" else 100_000 // min(most, len(columns))
if whole > most_rows:
    places = np.sort(np.random.default_rng(0).choice(places, most_rows, replace=False))
kept = values.iloc[places]
constants = list(kept.columns[kept.nunique() < 2])
varying = kept.drop(columns=constants)
used = varying.iloc[:, :most]
shown = (used - used.mean()) / used.std() if scaled == "each column standardised" else used


def distances(rows):
    if distance == "Euclidean":
        return pdist(rows)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.corrcoef(rows)
    apart = 1 - r if distance == "1 − r" else 1 - np.abs(r)
    return squareform(apart, checks=False).clip(0)


def tree_of(rows):
    return hierarchy.linkage(distances(rows), linkage)


def cut(merges):
    """The group of each leaf when all merges but the last k - 1 are done, whatever their height."""
    leaf = list(range(len(merges) + 1))  # of each branch, one below it
    joined = hierarchy.DisjointSet(leaf.copy())
    for first, second in merges[: len(leaf) - k, :2].astype(int):
        joined.merge(leaf[first], leaf[second])
        leaf.append(leaf[first])
    return np.array([joined[one] for one in range(len(merges) + 1)])


merged = shown if side == "rows" else shown.T
tree = tree_of(merged)
groups = pd.Series(cut(tree), merged.index)
print(groups.value_counts())

if side == "columns":
    r = shown.corr()
    sns.clustermap(r, row_linkage=tree, col_linkage=tree, vmin=-1, vmax=1, cmap="RdBu_r")
else:
    drawn = shown[sorted(shown, key=str.casefold)] if order == "by name" else shown
    colours = {"vmin": -3, "vmax": 3, "cmap": "RdBu_r"}
    if scaled != "each column standardised":
        colours = {"cmap": "viridis"}
    if strip != "none":
        words = table[strip].iloc[places].set_axis(shown.index)
        palette = dict(
            zip(words.dropna().unique(), sns.color_palette("colorblind", 20), strict=False)
        )
        colours["row_colors"] = words.astype(object).map(palette)
    if order == "clustered":
        colours["col_linkage"] = tree_of(drawn.T)
    sns.clustermap(drawn, row_linkage=tree, col_cluster=order == "clustered", **colours)

# The numbers that the step names
leaves = len(merged)
(row_count, width), sampled_from = shown.shape, whole if whole > most_rows else 0
rows_left_out = len(values) - whole
columns_left_out = varying.shape[1] - width
constant_count = len(constants)
constant_names = ", ".join(constants[:3]) + f" and {constant_count - 3} more"
if constant_count < 4:
    constant_names = " and ".join(filter(None, [", ".join(constants[:-1]), *constants[-1:]]))
widest, widest_share = "", 0.0
if scaled != "each column standardised" and (side == "rows" or distance == "Euclidean"):
    shares = used.var() / used.var().sum()
    widest, widest_share = shares.idxmax(), shares.max()
smallest, largest = groups.value_counts().min(), groups.value_counts().max()
cophenetic = hierarchy.cophenet(tree, distances(merged))[0]


def branches(merges):
    members = [frozenset([leaf]) for leaf in range(len(merges) + 1)]
    for first, second in merges[:, :2].astype(int):
        members.append(members[first] | members[second])
    return set(members[len(merges) + 1 :])


parts = [frozenset(np.flatnonzero(groups == group)) for group in groups.unique()]
measured, generator = merged.to_numpy(), np.random.default_rng(0)


def as_ties(apart):
    return (apart / (apart.max() or 1)).round(12)  # what rounding alone tells apart are ties


def groups_of(rows):
    return cut(hierarchy.linkage(as_ties(distances(rows)), linkage))


def squares(rows):
    return (distances(rows) ** 2).sum() / len(rows) if len(rows) > 1 else 0.0


def explained_by(numbers, labels):
    within = sum(squares(numbers[labels == label]) for label in np.unique(labels))
    return 1 - within / squares(numbers)


recurring, mean_r, explained, noise = [], np.nan, np.nan, []
if side == "rows":
    # How like each group is to the nearest of a tree of two thirds of the rows
    resamples = 100
    alike = {part: [] for part in parts if len(part) > 1}
    for _ in range(resamples):
        size = max(k, int(np.ceil(2 * leaves / 3)))
        some = np.sort(generator.choice(leaves, size, replace=False))
        labels = groups_of(measured[some])
        others = [set(some[labels == label]) for label in np.unique(labels)]
        for part, shares in alike.items():
            if here := part & set(some):
                shares.append(max(len(here & other) / len(here | other) for other in others))
    recurring = [np.mean(shares) for shares in alike.values() if shares]

    # What the groups explain, and where each column is shuffled on its own
    explained = explained_by(measured, groups.to_numpy())
    generator = np.random.default_rng(0)
    for _ in range(39):
        shuffled = generator.permuted(measured, axis=0)
        if not np.isnan(distances(shuffled)).any():
            noise.append(explained_by(shuffled, groups_of(shuffled)))
else:
    # How often each group recurs where rows are drawn again
    resamples, found = 100, []
    for draw in generator.integers(len(shown), size=(resamples, len(shown))):
        again = distances(measured[:, draw])
        if not np.isnan(again).any():
            found.append(branches(hierarchy.linkage(as_ties(again), linkage)))
    recurring = [np.mean([part in again for again in found]) for part in parts if len(part) > 1]

    # Mean |r| of two columns, and where each is shuffled on its own
    def mean_r_of(numbers):
        r = np.corrcoef(numbers.T)
        return np.abs(r[np.triu_indices(len(r), 1)]).mean()

    generator = np.random.default_rng(0)
    mean_r = mean_r_of(shown.to_numpy())
    noise = [mean_r_of(generator.permuted(shown.to_numpy(), axis=0)) for _ in range(99)]
weakest, strongest = min(recurring, default=np.nan), max(recurring, default=np.nan)
noise_high, shuffles = np.quantile(noise, 0.95) if noise else np.nan, len(noise)

rand, level_count = np.nan, 0
if strip != "none" and side == "rows":
    words = table[strip].iloc[places].set_axis(groups.index)
    level_count = words.nunique()
    counts = pd.crosstab(words.astype(object), groups).to_numpy()
    total = counts.sum()

    def couples(sizes):
        return (sizes * (sizes - 1) / 2).sum()

    both, one, other = couples(counts), couples(counts.sum(1)), couples(counts.sum(0))
    expected = one * other / (total * (total - 1) / 2)
    rand = 1.0 if one == other == both else (both - expected) / ((one + other) / 2 - expected)
