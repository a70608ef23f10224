"""Your own division of a confusion matrix."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

tumours = pd.read_csv("breast_cancer.csv")
is_malignant = (tumours["diagnosis"] == "malignant").to_numpy()
# A rare class, made on purpose: all benign tumours, and nineteen malignant ones at random.
few = np.random.default_rng(0).choice(np.flatnonzero(is_malignant), 19, replace=False)
rows = np.r_[np.flatnonzero(~is_malignant), few]
X = tumours.drop(columns="diagnosis").to_numpy()[rows]
y = is_malignant[rows]
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
folds = StratifiedKFold(5, shuffle=True, random_state=0)
chance = cross_val_predict(model, X, y, cv=folds, method="predict_proba")[:, 1]
names = ["benign", "malignant"]
counts = pd.DataFrame(confusion_matrix(y, chance > 0.1), index=names, columns=names)

shown = counts
# What you write: lines
# Until here

shown = pd.DataFrame(shown, names, names)
sns.heatmap(shown, vmin=0, cmap="viridis", annot=True, fmt=".4g")

# The numbers that the step names
threshold, cells = 10, counts.size
(quiet, alarms), (missed, found) = counts.to_numpy().tolist()
benign, malignant = quiet + alarms, missed + found
shares = [[quiet / benign, alarms / benign], [missed / malignant, found / malignant]]
by_column = [
    [quiet / (quiet + missed), alarms / (alarms + found)],
    [missed / (quiet + missed), found / (alarms + found)],
]
crossed = [[quiet / benign, alarms / malignant], [missed / benign, found / malignant]]
given = np.nan_to_num(shown.to_numpy(dtype=float))
right = int(np.isclose(given, shares).sum())
benign_sum, malignant_sum = given.sum(axis=1)
total = given.sum()
is_precision, is_crossed = np.allclose(given, by_column), np.allclose(given, crossed)
alarm_share, recall, benign_recall = alarms / benign, found / malignant, quiet / benign
precision = found / (found + alarms)
accuracy = (quiet + found) / len(y)
