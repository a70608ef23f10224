"""A rare class: what a model finds of it, by its C, its weights and its threshold."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

strength = "1"
weights = "equal"
threshold = 50
shares = False
seed = 0

tumours = pd.read_csv("breast_cancer.csv")
is_malignant = (tumours["diagnosis"] == "malignant").to_numpy()
# A rare class, made on purpose: all benign tumours, and nineteen malignant ones at random.
few = np.random.default_rng(seed).choice(np.flatnonzero(is_malignant), 19, replace=False)
rows = np.r_[np.flatnonzero(~is_malignant), few]
X = tumours.drop(columns="diagnosis").to_numpy()[rows]
y = is_malignant[rows]
folds = StratifiedKFold(5, shuffle=True, random_state=0)


def chances(C, class_weight=None):
    model = make_pipeline(
        StandardScaler(),
        LogisticRegression(C=C, max_iter=2000, class_weight=class_weight),
    )
    return cross_val_predict(model, X, y, cv=folds, method="predict_proba")[:, 1]


chance = chances(float(strength), None if weights == "equal" else "balanced")
counts = confusion_matrix(y, chance > threshold / 100)

shown = counts / counts.sum(axis=1, keepdims=True) if shares else counts
names = ["benign", "malignant"]
sns.heatmap(
    pd.DataFrame(shown, index=names, columns=names),
    vmin=0,
    cmap="viridis",
    annot=True,
    fmt=".3f" if shares else "d",
)

# The numbers that the step names
believed = None
all_malignant = int(is_malignant.sum())
tumours, malignant = len(y), int(y.sum())
benign = tumours - malignant
always_benign = benign / tumours
goal = 0.9

usual, held = chances(1.0) > 0.5, chances(0.01) > 0.5
usual_found, held_found = int(usual[y].sum()), int(held[y].sum())
usual_errors, held_errors = int((usual != y).sum()), int((held != y).sum())
usual_accuracy, held_accuracy = (usual == y).mean(), (held == y).mean()
usual_recall, held_recall = usual_found / malignant, held_found / malignant
held_at_least = malignant - held_errors

found, missed, alarms = int(counts[1, 1]), int(counts[1, 0]), int(counts[0, 1])
called = found + alarms
accuracy = np.trace(counts) / tumours
recall = found / malignant
precision = found / called if called else 0.0
# Were one in two hundred malignant, and the two shares the same
true_alarms, false_alarms = recall / 200, alarms / benign * 199 / 200
precision_in_screening = true_alarms / (true_alarms + false_alarms) if called else 0.0
print(f"accuracy {accuracy:.3f}, recall {recall:.3f}, {alarms} false alarms")
