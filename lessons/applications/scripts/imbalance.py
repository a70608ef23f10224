"""A screening: what a model finds of a rare class, by its weight and by the threshold."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

weights = "equal"
threshold = 50
shares = False

tumours = pd.read_csv("breast_cancer.csv")
is_malignant = (tumours["diagnosis"] == "malignant").to_numpy()
# A screening: all benign tumours, and nineteen malignant ones at random.
few = np.random.default_rng(0).choice(np.flatnonzero(is_malignant), 19, replace=False)
rows = np.r_[np.flatnonzero(~is_malignant), few]
X = tumours.drop(columns="diagnosis").to_numpy()[rows]
y = is_malignant[rows]
folds = StratifiedKFold(5, shuffle=True, random_state=0)


def chances(class_weight):
    model = make_pipeline(
        StandardScaler(),
        LogisticRegression(C=0.01, max_iter=2000, class_weight=class_weight),
    )
    return cross_val_predict(model, X, y, cv=folds, method="predict_proba")[:, 1]


chance = chances(None if weights == "equal" else "balanced")
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
women, malignant = len(y), int(y.sum())
benign = women - malignant
always_benign = benign / women
goal = 0.9

usual = chances(None) > 0.5
usual_found = int(usual[y].sum())
usual_accuracy = (usual == y).mean()
usual_recall = usual_found / malignant

found, missed, alarms = int(counts[1, 1]), int(counts[1, 0]), int(counts[0, 1])
accuracy = np.trace(counts) / women
recall = found / malignant
print(f"accuracy {accuracy:.3f}, recall {recall:.3f}, {alarms} false alarms")
