"""A model of a column: its cross-validated score, how strongly pairs interact, one surface."""

from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import roc_auc_score
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

if model == "linear":
    chosen = make_pipeline(
        StandardScaler(), LogisticRegression() if positive else LinearRegression()
    )
elif model == "forest":
    kind = RandomForestClassifier if positive else RandomForestRegressor
    chosen = kind(n_estimators=40, min_samples_leaf=5, random_state=0)
else:
    kind = GradientBoostingClassifier if positive else GradientBoostingRegressor
    chosen = kind(n_estimators=50, learning_rate=0.1, max_depth=3, random_state=0)
folds = (StratifiedKFold if positive else KFold)(5, shuffle=True, random_state=0)
base = DummyClassifier(strategy="most_frequent") if positive else DummyRegressor()
score = cross_val_score(chosen, data, outcome, cv=folds).mean()
base_score = cross_val_score(base, data, outcome, cv=folds).mean()
print(f"score {score:.2f}, without features {base_score:.2f}")

stretches = KFold(5)  # of rows as they stand, where neighbours resemble each other
taught = [outcome.iloc[rows].nunique() for rows, _ in stretches.split(outcome)]
echo, stretch_score = outcome.astype(float).autocorr(), np.nan
if echo >= 0.5 and min(taught) > 1:
    stretch_score = cross_val_score(chosen, data, outcome, cv=stretches).mean()
    print(f"score in stretches of rows {stretch_score:.2f}")
else:
    echo = 0.0

chosen.fit(data, outcome)
unit = "in units of the target"
if positive:
    unit = "of probability" if model == "forest" else "of log-odds"


def ask(rows):
    if unit == "of probability":
        return chosen.predict_proba(rows)[:, 1]
    return chosen.decision_function(rows) if positive else chosen.predict(rows)


def mean_prediction(rows, names, settings):
    """The mean over the rows with these columns set to each setting."""
    many = pd.concat([rows] * len(settings), ignore_index=True)
    many[names] = np.repeat(settings, len(rows), axis=0)
    return ask(many).reshape(len(settings), len(rows)).mean(axis=1)


some = data if len(data) <= 100 else data.sample(100, random_state=0)
background = len(some)


def together(*names):
    found = mean_prediction(some, list(names), some[list(names)].to_numpy())
    return found - found.mean()


alone = {name: together(name) for name in used}
found = []
for first, second in combinations(used, 2):
    both = together(first, second)
    beyond = both - alone[first] - alone[second]
    rms, spread = np.sqrt((beyond**2).mean()), np.sqrt((both**2).mean())
    found.append((first, second, rms, rms / spread if spread else np.nan, spread))
strengths = pd.DataFrame(found, columns=["x", "y", "rms", "h", "spread"])
is_nothing = strengths["rms"] <= 1e-9 * strengths["spread"].max()  # rounding
strengths.loc[is_nothing, ["rms", "h"]] = 0.0
strengths = strengths.sort_values("rms", ascending=False, kind="stable")
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
    mean_prediction(data, [surface_x, surface_y], cells).reshape(len(y_ticks), len(x_ticks)),
    y_ticks,
    x_ticks,
)
_, (left, right) = plt.subplots(1, 2, figsize=(12, 5))
sns.heatmap(strengths.pivot_table("rms", "y", "x"), cmap="viridis", ax=left)
sns.heatmap(surface.iloc[::-1], cmap="viridis", ax=right)
right.set(xlabel=surface_x, ylabel=surface_y)

# The numbers that the step names
n, feature_count, pair_count = len(data), len(used), len(strengths)
strong_x, strong_y, strong_rms, strong_h, _ = strengths.iloc[0]
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

# How well each feature alone tells the target
if positive:
    told = {name: roc_auc_score(outcome, data[name]) for name in used}
    told = {name: max(area, 1 - area) for name, area in told.items()}
else:
    told = {
        name: max(abs(data[name].corr(outcome, method=way)) for way in ("pearson", "spearman"))
        for name in used
    }
best = max(told, key=told.get)
leak, leak_strength = best if told[best] >= 0.99 else "", told[best]
