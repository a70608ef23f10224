"""Shapley interaction values by their definition, beside Friedman's departure from a sum."""

from importlib.util import find_spec
from itertools import combinations
from math import factorial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import train_test_split

splits = "two"
pair = "mean texture × worst area"
unknown = "other patients'"
patient = 0

tumours = pd.read_csv("breast_cancer.csv")
X, y = tumours.drop(columns="diagnosis"), (tumours["diagnosis"] == "benign").astype(int)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, random_state=42, stratify=y
)
names = ["mean radius", "mean texture", "worst area", "worst concave points"]
table = X_train[names].to_numpy()
depth = {"two": 2, "three": 3}[splits]
model = GradientBoostingClassifier(n_estimators=50, max_depth=depth, random_state=42)
model.fit(table, y_train)
rows, features = table[:100], len(names)


def subsets(members):
    for size in range(len(members) + 1):
        yield from (frozenset(chosen) for chosen in combinations(members, size))


def down(tree, known, node=0):
    # What a tree says of each row: where a feature is not known, the mean of both ways
    left, right = tree.children_left[node], tree.children_right[node]
    if left < 0:
        return np.full(len(rows), tree.value[node, 0, 0])
    ways = [down(tree, known, left), down(tree, known, right)]
    if tree.feature[node] in known:
        column = rows[:, tree.feature[node]].astype(np.float32)
        return np.where(column <= tree.threshold[node], *ways)
    return np.average(ways, axis=0, weights=tree.n_node_samples[[left, right]])


# Log-odds when a set of features is known: the others are any other patient's,
# or each tree takes both ways, weighted by how many training rows went there
asking, counting = {}, {}
for known in subsets(range(features)):
    asked = np.repeat(rows[None], len(rows), axis=0)
    asked[:, :, list(known)] = rows[:, None, list(known)]
    scores = model.decision_function(asked.reshape(-1, features))
    asking[known] = scores.reshape(len(rows), -1).mean(axis=1)
    trees = [stage.tree_ for stage in model.estimators_[:, 0]]
    counting[known] = model.learning_rate * sum(down(tree, known) for tree in trees)


def shapley(v, i):
    value = 0
    for known in subsets([k for k in range(features) if k != i]):
        weight = factorial(len(known)) * factorial(features - len(known) - 1)
        value = value + weight / factorial(features) * (v[known | {i}] - v[known])
    return value


def shapley_interaction(v, i, j):
    value = 0
    for known in subsets([k for k in range(features) if k not in (i, j)]):
        weight = factorial(len(known)) * factorial(features - len(known) - 2)
        beyond = v[known | {i, j}] - v[known | {i}] - v[known | {j}] + v[known]
        value = value + weight / (2 * factorial(features - 1)) * beyond
    return value


v = asking if unknown == "other patients'" else counting
values = np.zeros((features, features, len(rows)))
for i, j in combinations(range(features), 2):
    values[i, j] = values[j, i] = shapley_interaction(v, i, j)
for i in range(features):
    values[i, i] = shapley(v, i) - values[i].sum(axis=0)

# The same pair by Friedman: the departure of partial dependence from a sum
a, b = (names.index(name) for name in pair.split(" × "))
departure = asking[frozenset({a, b})] - asking[frozenset({a})] - asking[frozenset({b})]
departure = departure - departure.mean()
together = 2 * values[a, b]

plt.scatter(departure, together)
plt.xlabel("departure, as in H")
plt.ylabel("SHAP interaction value")

# For more features there is the library shap; it goes by the trees' counts
if find_spec("shap"):
    import shap

    by_shap = shap.TreeExplainer(model).shap_interaction_values(rows)
    print(by_shap[patient, a, b], shapley_interaction(counting, a, b)[patient])

# The numbers that the step names
part = None
shap_here = "installed here" if find_spec("shap") else "not installed here"
sets, patients = 2**features, len(rows)


def correlation(one, other):
    if min(np.abs(one).max(), np.abs(other).max()) < 1e-9:
        return 0.0
    return np.corrcoef(one, other)[0, 1]


r = correlation(together, departure)
r_counted = correlation(2 * shapley_interaction(counting, a, b), departure)
sizes = {
    f"{names[i]} × {names[j]}": np.abs(2 * values[i, j]).mean()
    for i, j in combinations(range(features), 2)
}
strongest = max(sizes, key=sizes.get)
size, strongest_size = sizes[pair], sizes[strongest]
own_first, own_second = values[a, a, patient], values[b, b, patient]
more = (np.abs(together) > np.maximum(np.abs(values[a, a]), np.abs(values[b, b]))).sum()
rms, value = np.sqrt((departure**2).mean()), together[patient]
adds_up = np.allclose(values.sum(axis=(0, 1)), v[frozenset(range(4))] - v[frozenset()])
