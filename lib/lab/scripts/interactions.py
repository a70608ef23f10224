"""A model of a column: its score on new rows, how strongly pairs interact, one surface."""

from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.base import clone
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import r2_score, roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

target = "target"
features = ["x", "y"]
model = "forest"
across = "the strongest pair"
upwards = "the strongest pair"
used = ["x", "y"]
positive = ""
identifiers = []
words = []
flat = []
features_left_out = 0

table = pd.read_csv("table.csv")


def as_numbers(column):
    if column.dtype != "category":
        return column.astype(float)
    codes = column.cat.remove_unused_categories().cat.codes
    return codes.where(codes >= 0).astype(float)


data = table[used].apply(as_numbers)
outcome = table[target]
if positive:
    outcome = (outcome.astype(str) == positive).astype(float).where(outcome.notna())
whole = data.notna().all(axis=1) & outcome.notna()
data, outcome = data[whole], outcome[whole].astype(int if positive else float)
sampled_from = len(data) if len(data) > 2000 else 0
if sampled_from:
    data = data.sample(2000, random_state=0).sort_index()
    outcome = outcome.loc[data.index]

cuts = {"max_bins": 32, "min_samples_leaf": 5, "random_state": 0}
boosted = HistGradientBoostingClassifier if positive else HistGradientBoostingRegressor
draw_count = min(len(data), 400)  # a tree
tree_count = min(40, 10_000 // draw_count)
if model == "linear":
    chosen = make_pipeline(
        StandardScaler(), LogisticRegression() if positive else LinearRegression()
    )
elif model == "forest":
    kind = RandomForestClassifier if positive else RandomForestRegressor
    chosen = kind(
        n_estimators=tree_count, min_samples_leaf=5, max_samples=draw_count, random_state=0
    )
else:
    chosen = boosted(max_depth=3, max_iter=30, learning_rate=0.25, **cuts)
scoring = "roc_auc" if positive else "r2"
if model == "forest":
    # Each row by the trees that were grown without it
    forest = clone(chosen).set_params(oob_score=True).fit(data, outcome)
    if positive:
        score, base_score = roc_auc_score(outcome, forest.oob_decision_function_[:, 1]), 0.5
    else:
        by_others = (outcome.sum() - outcome) / (len(outcome) - 1)
        score = r2_score(outcome, forest.oob_prediction_)
        base_score = r2_score(outcome, by_others)
else:
    folds = (StratifiedKFold if positive else KFold)(5, shuffle=True, random_state=0)
    score = cross_val_score(chosen, data, outcome, cv=folds, scoring=scoring).mean()
    base_score = 0.5
    if not positive:
        base_score = cross_val_score(DummyRegressor(), data, outcome, cv=folds).mean()
print(f"score {score:.2f}, without features {base_score:.2f}")

# Stretches of rows as they stand, where neighbours resemble each other; a ROC needs both classes
stretches = [
    (taught, asked)
    for taught, asked in KFold(5).split(outcome)
    if not positive or outcome.iloc[asked].nunique() == 2
]
are_taught = all(len(outcome.iloc[taught].unique()) > 1 for taught, _ in stretches)
echo, stretch_score, stretch_count = outcome.astype(float).autocorr(), np.nan, 0
if echo >= 0.5 and stretches and are_taught:
    stretch_count = len(stretches)
    asked_in_them = clone(chosen)
    if model == "forest":  # about as many trees as tell a row out of bag
        fewest = min(len(taught) for taught, _ in stretches)
        asked_in_them.set_params(n_estimators=12, max_samples=min(fewest, draw_count))
    stretch_score = cross_val_score(
        asked_in_them, data, outcome, cv=stretches, scoring=scoring
    ).mean()
    print(f"score in stretches of rows {stretch_score:.2f}")
else:
    echo = 0.0

chosen.fit(data, outcome)
unit = "in units of the target"
if positive:
    unit = "of probability" if model == "forest" else "of log-odds"


def ask(fitted, rows):
    if unit == "of probability":
        return fitted.predict_proba(rows)[:, 1]
    return fitted.decision_function(rows) if positive else fitted.predict(rows)


def mean_prediction(fitted, rows, names, settings):
    """The mean over the rows with these columns set to each setting."""
    many = pd.concat([rows] * len(settings), ignore_index=True)
    many[names] = np.repeat(settings, len(rows), axis=0)
    return ask(fitted, many).reshape(len(settings), len(rows)).mean(axis=1)


some = data if len(data) <= 100 else data.sample(100, random_state=0)
background = len(some)


def strengths_of(fitted):
    def together(*names):
        found = mean_prediction(fitted, some, list(names), some[list(names)].to_numpy())
        return found - found.mean()

    alone = {name: together(name) for name in used}
    found = []
    for first, second in combinations(used, 2):
        both = together(first, second)
        beyond = both - alone[first] - alone[second]
        rms, spread = np.sqrt((beyond**2).mean()), np.sqrt((both**2).mean())
        found.append((first, second, rms, rms / spread if spread else np.nan, spread))
    found = pd.DataFrame(found, columns=["x", "y", "rms", "h", "spread"])
    is_nothing = found["rms"] <= 1e-9 * found["spread"].max()  # rounding
    found.loc[is_nothing, ["rms", "h"]] = 0.0
    return found.sort_values("rms", ascending=False, kind="stable")


strengths = strengths_of(chosen)
print(strengths)

surface_x, surface_y = strengths.iloc[0][["x", "y"]]
if across != upwards and {across, upwards} <= set(used):
    surface_x, surface_y = across, upwards


def ticks(column):
    values = np.unique(column)
    return values if len(values) <= 15 else np.linspace(values[0], values[-1], 15)


x_ticks, y_ticks = ticks(data[surface_x]), ticks(data[surface_y])
cells = np.array([(x, y) for y in y_ticks for x in x_ticks])
surface = pd.DataFrame(
    mean_prediction(chosen, data, [surface_x, surface_y], cells).reshape(len(y_ticks), -1),
    y_ticks,
    x_ticks,
)
_, (left, right) = plt.subplots(1, 2, figsize=(12, 5))
sns.heatmap(strengths.pivot_table("rms", "y", "x"), cmap="viridis", ax=left)
sns.heatmap(surface.iloc[::-1], cmap="viridis", ax=right)
right.set(xlabel=surface_x, ylabel=surface_y)

# The numbers that the step names
n, feature_count, pair_count = len(data), len(used), len(strengths)
strong_x, strong_y, strong_rms, strong_h, strong_spread = strengths.iloc[0]
middle_rms, prediction_spread = strengths["rms"].median(), strengths["spread"].max()
surface_low, surface_high = surface.min(axis=None), surface.max(axis=None)
surface_r = data[surface_x].corr(data[surface_y])
rows_left_out = int((~whole).sum())


def listed(names):
    shown = names[:3]
    if len(names) > 3:
        return f"{', '.join(shown)} and {len(names) - 3} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


word_count, word_names = len(words), listed(words)
flat_count, flat_names = len(flat), listed(flat)
identifier_count, identifier_names = len(identifiers), listed(identifiers)
numbering = [name for name in used if data[name].is_unique and (data[name] % 1 == 0).all()]
numbering = numbering[0] if numbering else ""

# Cells farther from the mean than every row, by Mahalanobis distance
two = data[[surface_x, surface_y]].to_numpy()
spreads = two.std(axis=0)
rows_apart, cells_apart = (two - two.mean(axis=0)) / spreads, (cells - two.mean(axis=0)) / spreads
inverse = np.linalg.inv(rows_apart.T @ rows_apart / n + 1e-6 * np.eye(2))
farthest = ((rows_apart @ inverse) * rows_apart).sum(axis=1).max()
hatched = (((cells_apart @ inverse) * cells_apart).sum(axis=1) > farthest * (1 + 1e-9)).mean()

# What the same model makes of a target that adds up, by trees of one cut, and scatters as much
floor, drawing = 0.0, np.random.default_rng(0)
if model != "linear":
    sums = boosted(max_depth=1, max_iter=50, learning_rate=0.2, **cuts).fit(data, outcome)
    if positive:
        added_up = (drawing.random(n) < sums.predict_proba(data)[:, 1]).astype(int)
    else:
        added_up = sums.predict(data)
        added_up = added_up + drawing.permutation(outcome - added_up)
    if np.ptp(added_up) > 0:
        floor = strengths_of(clone(chosen).fit(data, added_up))["rms"].max()


# How well each feature alone tells the target
def told_by_nearest(values, is_word=False):
    """By other rows with the same value, else by a line between the two next to it."""
    both = pd.DataFrame({"x": values, "y": outcome.astype(float)}).dropna()
    groups = both.groupby("x", observed=True)["y"]
    size, total = groups.transform("size"), groups.transform("sum")
    told = ((total - both["y"]) / (size - 1).clip(lower=1)).where(size > 1)
    if not is_word:
        means = groups.mean()
        places = means.index.to_numpy(dtype=float)
        for row in both.index[size == 1]:
            place = np.searchsorted(places, both.loc[row, "x"])
            if 0 < place < len(places) - 1:
                next_to = [place - 1, place + 1]
                told[row] = np.interp(places[place], places[next_to], means.iloc[next_to])
    told = told.dropna()
    y = both["y"][told.index]
    if 2 * len(told) < n or y.nunique() < 2:
        return 0.0
    return roc_auc_score(y, told) if positive else np.sqrt(max(r2_score(y, told), 0.0))


told_words = {name: told_by_nearest(table.loc[data.index, name], is_word=True) for name in words}
if positive:
    told = {name: roc_auc_score(outcome, data[name]) for name in used}
    told = {name: max(area, 1 - area) for name, area in told.items()}
else:
    told = {
        name: max(abs(data[name].corr(outcome, method=way)) for way in ("pearson", "spearman"))
        for name in used
    }
told = {name: max(strength, told_by_nearest(data[name])) for name, strength in told.items()}
best, best_word = max(told, key=told.get), max(told_words, key=told_words.get, default="")
leak, leak_strength = best if told[best] >= 0.99 else "", told[best]
leak_word_strength = told_words.get(best_word, 0.0)
leak_word = best_word if leak_word_strength >= 0.99 else ""
