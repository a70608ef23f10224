"""What a model calls the digits that it has never seen, divided by what was asked."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

model = "naive Bayes"
divided = "nothing"
hide = False

digits = pd.read_csv("digits.csv")
pixels, digit = digits.drop(columns="digit"), digits["digit"]
seen, unseen, named, truth = train_test_split(
    pixels, digit, test_size=0.3, random_state=42, stratify=digit
)
models = {
    "naive Bayes": GaussianNB(),
    "logistic regression": make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)),
}
said = models[model].fit(seen, named).predict(unseen)
counts = confusion_matrix(truth, said)  # rows: the true digit; columns: what the model said

match divided:
    case "nothing":
        shown = counts
    case "true class":
        shown = counts / counts.sum(axis=1, keepdims=True)
    case "predicted class":
        shown = counts / counts.sum(axis=0)
mask = np.eye(10, dtype=bool) if hide else None
digits_after_point = "d" if divided == "nothing" else ".2f"
sns.heatmap(shown, mask=mask, vmin=0, cmap="viridis", annot=True, fmt=digits_after_point)

# The numbers that the step names
found = None
trusted = None

bayes_accuracy, logistic_accuracy = (
    either.fit(seen, named).score(unseen, truth) for either in models.values()
)
images = int(counts.sum())
right = np.diag(counts)
accuracy = right.sum() / images
recall = right / counts.sum(axis=1)
precision = right / counts.sum(axis=0)
recall_of_found = recall[found] if found is not None else 0.0
precision_of_trusted = precision[trusted] if trusted is not None else 0.0
least_found, lowest_recall = int(recall.argmin()), recall.min()
least_trusted, lowest_precision = int(precision.argmin()), precision.min()
said_least_trusted = int(counts.sum(axis=0)[least_trusted])
twos_read_as_eight, threes_read_as_eight = int(counts[2, 8]), int(counts[3, 8])
eights_read_as_one = int(counts[8, 1])

errors = counts - np.diag(right)
largest_error, largest_right = int(errors.max()), int(right.max())
largest_errors = int((errors == errors.max()).sum())
contrast = largest_error / largest_right
print(f"accuracy {accuracy:.3f}; {least_found} is found least, {lowest_recall:.3f}")
