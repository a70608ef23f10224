"""A map of two features by three methods, beside one curve a patient of the first of them."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

pair = "mean radius × mean texture"
model = "forest"
method = "partial dependence"
residual = False

tumours = pd.read_csv("breast_cancer.csv")
X, y = tumours.drop(columns="diagnosis"), (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
fitted = {
    "forest": RandomForestClassifier(n_estimators=200, random_state=42),
    "boosting": GradientBoostingClassifier(max_depth=3, random_state=42),
    "stumps": GradientBoostingClassifier(max_depth=1, random_state=42),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression()),
}[model].fit(X_train, y_train)

first, second = pair.split(" × ")
a, b = X_train[first].to_numpy(), X_train[second].to_numpy()
side, rows = 15, len(X_train)
first_values, second_values = (
    np.linspace(X_test[name].min(), X_test[name].max(), side) for name in (first, second)
)


def predicted(table, moved):
    return fitted.predict_proba(table.assign(**moved))[:, 1]


def bin_ends(values, size=8):
    last = -(-np.arange(size) * len(values) // (size - 1)) - 1
    return np.unique(np.sort(values)[np.maximum(last, 0)])


def added_up(steps):
    return np.concatenate([[0], np.cumsum(steps)])


def accumulated(a_ends, b_ends):
    # Move each patient to the ends of its own bins
    a_bin = np.maximum(np.searchsorted(a_ends, a) - 1, 0)
    b_bin = np.maximum(np.searchsorted(b_ends, b) - 1, 0)
    a_low, a_high = a_ends[a_bin], a_ends[a_bin + 1]
    b_low, b_high = b_ends[b_bin], b_ends[b_bin + 1]
    a_within, b_within = (a - a_low) / (a_high - a_low), (b - b_low) / (b_high - b_low)

    # What a step in both does beyond the two steps alone: the mean of each bin
    at_high = predicted(X_train, {first: a_high, second: b_high})
    at_high = at_high - predicted(X_train, {first: a_high, second: b_low})
    at_low = predicted(X_train, {first: a_low, second: b_high})
    at_low = at_low - predicted(X_train, {first: a_low, second: b_low})
    shape = len(a_ends) - 1, len(b_ends) - 1
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (a_bin, b_bin), at_high - at_low)
    np.add.at(counts, (a_bin, b_bin), 1)
    steps = sums / np.maximum(counts, 1)

    # A bin without patients borrows from the nearest
    middles = [(ends[1:] + ends[:-1]) / 2 / np.ptp(ends) for ends in (a_ends, b_ends)]
    a_middle, b_middle = np.meshgrid(*middles, indexing="ij")
    for i, j in np.argwhere(counts == 0):
        distances = (a_middle - a_middle[i, j]) ** 2 + (b_middle - b_middle[i, j]) ** 2
        distances[counts == 0] = np.inf
        steps[i, j] = steps[distances <= distances.min() * (1 + 1e-9)].mean()
    surface = np.zeros((shape[0] + 1, shape[1] + 1))
    surface[1:, 1:] = steps.cumsum(axis=0).cumsum(axis=1)

    # What a step in one of them does, so far as the surface does not have it yet
    rises = np.diff(surface, axis=1)
    has = rises[a_bin, b_bin] * (1 - a_within) + rises[a_bin + 1, b_bin] * a_within
    lacks = predicted(X_train, {second: b_high}) - predicted(X_train, {second: b_low}) - has
    surface = surface + added_up(np.bincount(b_bin, lacks) / np.bincount(b_bin))
    rises = np.diff(surface, axis=0)
    has = rises[a_bin, b_bin] * (1 - b_within) + rises[a_bin, b_bin + 1] * b_within
    lacks = predicted(X_train, {first: a_high}) - predicted(X_train, {first: a_low}) - has
    surface = surface + added_up(np.bincount(a_bin, lacks) / np.bincount(a_bin))[:, None]

    # The mean over the patients is the mean prediction
    near = surface[a_bin, b_bin] * (1 - a_within) + surface[a_bin + 1, b_bin] * a_within
    far = surface[a_bin, b_bin + 1] * (1 - a_within) + surface[a_bin + 1, b_bin + 1] * a_within
    at_patients = near * (1 - b_within) + far * b_within
    return surface + fitted.predict_proba(X_train)[:, 1].mean() - at_patients.mean()


match method:
    case "slice at the mean":  # one invented patient in every cell
        asked = pd.DataFrame(np.tile(X_train.mean(), (side * side, 1)), columns=X.columns)
        cells = np.repeat(first_values, side), np.tile(second_values, side)
        surface = predicted(asked, {first: cells[0], second: cells[1]}).reshape(side, side)
    case "partial dependence":  # every patient in every cell
        asked = pd.DataFrame(np.tile(X_train, (side * side, 1)), columns=X.columns)
        cells = np.repeat(first_values, side * rows), np.tile(np.repeat(second_values, rows), side)
        surface = predicted(asked, {first: cells[0], second: cells[1]})
        surface = surface.reshape(side, side, rows).mean(axis=2)
    case "accumulated effects":  # every patient where it is
        first_values, second_values = bin_ends(a), bin_ends(b)
        surface = accumulated(first_values, second_values)

left_over = surface - surface.mean(axis=0) - surface.mean(axis=1)[:, None] + surface.mean()
largest = np.abs(left_over).max()

# One curve a patient
curve_values = np.linspace(X_test[first].min(), X_test[first].max(), side)
curves = np.array([predicted(X_train, {first: value}) for value in curve_values])

figure, axes = plt.subplots(ncols=2)
reach = max(0.1, largest)
if residual:
    axes[0].pcolormesh(
        second_values, first_values, left_over, vmin=-reach, vmax=reach, cmap="RdBu_r"
    )
else:
    axes[0].pcolormesh(second_values, first_values, surface, vmin=0, vmax=1)
axes[1].plot(curve_values, curves, lw=0.2)

# The numbers that the step names
swings = np.ptp(curves, axis=0)
mean_swing, largest_swing = np.ptp(curves.mean(axis=1)), swings.max()
hardly, plenty = 0.05, 0.5
unmoved = (swings < hardly).mean()
low, high = surface.min(), surface.max()
logistic = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
moved = [X_train.assign(**{first: value}) for value in curve_values]
in_log_odds = np.ptp([logistic.decision_function(table) for table in moved], axis=0)
fanned = np.ptp([logistic.predict_proba(table)[:, 1] for table in moved], axis=0)
logistic_log, logistic_unlike = in_log_odds.mean(), np.round(np.ptp(in_log_odds), 9)
logistic_least, logistic_most = np.round(fanned.min(), 9), fanned.max()


def edges(values):
    middles = (values[1:] + values[:-1]) / 2
    return np.concatenate([[2 * values[0] - middles[0]], middles, [2 * values[-1] - middles[-1]]])


inside, _, _ = np.histogram2d(a, b, bins=[edges(first_values), edges(second_values)])
empty = (inside == 0).mean()
print(low, high, largest, mean_swing, largest_swing)
