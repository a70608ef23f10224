"""Scripts of the steps that average over patients."""

from lessons.interactions.scripts import FOREST, LEAVES, SHARE, SPLIT, joined
from lessons.scripting import script

_BOOSTING = """
from sklearn.ensemble import GradientBoostingClassifier

model = GradientBoostingClassifier(max_depth=«depth», random_state=42).fit(X_train, y_train)
"""

_LOGISTIC = """
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
"""

_MODELS = {
    "forest": FOREST,
    "another forest": FOREST.replace("random_state=42", "random_state=0"),
    "boosting": _BOOSTING.replace("«depth»", "3"),
    "stumps": _BOOSTING.replace("«depth»", "1"),
    "logistic regression": _LOGISTIC,
}

_SLICE = """
grid = pd.DataFrame(np.tile(X_train.mean(), (side * side, 1)), columns=X.columns)
grid[first] = np.repeat(first_values, side)
grid[second] = np.tile(second_values, side)
surface = model.predict_proba(grid)[:, 1].reshape(side, side)
"""

_AVERAGE = """
# Every patient in every cell
grid = pd.DataFrame(np.tile(X_train, (side * side, 1)), columns=X.columns)
grid[first] = np.repeat(first_values, side * rows)
grid[second] = np.tile(np.repeat(second_values, rows), side)
surface = model.predict_proba(grid)[:, 1].reshape(side, side, rows).mean(axis=2)
"""

_LOCAL = """

def bin_ends(values, size=8):
    last = -(-np.arange(size) * len(values) // (size - 1)) - 1
    return np.unique(np.sort(values)[np.maximum(last, 0)])


def predicted(**values):
    moved = X_train.assign(**{names[key]: value for key, value in values.items()})
    return model.predict_proba(moved[X.columns])[:, 1]


def added_up(steps):
    return np.concatenate([[0], np.cumsum(steps)])


# Move each patient to the ends of its own bins
names = {"a": first, "b": second}
a, b = X_train[first].to_numpy(), X_train[second].to_numpy()
first_values, second_values = bin_ends(a), bin_ends(b)
a_bin = np.maximum(np.searchsorted(first_values, a) - 1, 0)
b_bin = np.maximum(np.searchsorted(second_values, b) - 1, 0)
a_low, a_high = first_values[a_bin], first_values[a_bin + 1]
b_low, b_high = second_values[b_bin], second_values[b_bin + 1]
a_within, b_within = (a - a_low) / (a_high - a_low), (b - b_low) / (b_high - b_low)

# What a step in both does beyond the two steps alone: the mean of each bin
both = predicted(a=a_high, b=b_high) - predicted(a=a_high, b=b_low)
both = both - (predicted(a=a_low, b=b_high) - predicted(a=a_low, b=b_low))
shape = len(first_values) - 1, len(second_values) - 1
sums, counts = np.zeros(shape), np.zeros(shape)
np.add.at(sums, (a_bin, b_bin), both)
np.add.at(counts, (a_bin, b_bin), 1)
steps = sums / np.maximum(counts, 1)

# A bin without patients borrows from the nearest
centres = np.meshgrid(
    (first_values[1:] + first_values[:-1]) / 2 / np.ptp(first_values),
    (second_values[1:] + second_values[:-1]) / 2 / np.ptp(second_values),
    indexing="ij",
)
for i, j in np.argwhere(counts == 0):
    distances = (centres[0] - centres[0][i, j]) ** 2 + (centres[1] - centres[1][i, j]) ** 2
    distances[counts == 0] = np.inf
    steps[i, j] = steps[distances <= distances.min() * (1 + 1e-9)].mean()
surface = np.zeros((shape[0] + 1, shape[1] + 1))
surface[1:, 1:] = steps.cumsum(axis=0).cumsum(axis=1)

# What a step in one of them does, so far as the surface does not have it yet
rises = np.diff(surface, axis=1)
has = rises[a_bin, b_bin] + a_within * (rises[a_bin + 1, b_bin] - rises[a_bin, b_bin])
lacks = predicted(b=b_high) - predicted(b=b_low) - has
surface = surface + added_up(np.bincount(b_bin, lacks) / np.bincount(b_bin))
rises = np.diff(surface, axis=0)
has = rises[a_bin, b_bin] + b_within * (rises[a_bin, b_bin + 1] - rises[a_bin, b_bin])
lacks = predicted(a=a_high) - predicted(a=a_low) - has
surface = surface + added_up(np.bincount(a_bin, lacks) / np.bincount(a_bin))[:, None]

# The mean over the patients is the mean prediction
near = surface[a_bin, b_bin] * (1 - a_within) + surface[a_bin + 1, b_bin] * a_within
far = surface[a_bin, b_bin + 1] * (1 - a_within) + surface[a_bin + 1, b_bin + 1] * a_within
at_patients = near * (1 - b_within) + far * b_within
surface = surface + model.predict_proba(X_train)[:, 1].mean() - at_patients.mean()
"""

_METHODS = {
    "slice at the mean": _SLICE,
    "partial dependence": _AVERAGE,
    "accumulated effects": _LOCAL,
}


def averaging(model: str, method: str, first: str, second: str) -> str:
    return joined(
        "import matplotlib.pyplot as plt",
        SPLIT,
        _MODELS[model],
        SHARE,
        script(
            """
            first, second = "«first»", "«second»"
            side, rows = 15, len(X_train)
            first_values = np.linspace(X_test[first].min(), X_test[first].max(), side)
            second_values = np.linspace(X_test[second].min(), X_test[second].max(), side)

            # One curve a patient
            curves = np.array(
                [model.predict_proba(X_train.assign(**{first: v}))[:, 1] for v in first_values]
            )
            swings = np.ptp(curves, axis=0)
            mean_swing, largest_swing = np.ptp(curves.mean(axis=1)), swings.max()
            hardly, plenty = 0.05, 0.5
            unmoved = (swings < hardly).mean()
            """,
            first=first,
            second=second,
        ),
        _METHODS[method],
        """

        def edges(values):
            middles = (values[1:] + values[:-1]) / 2
            return np.concatenate(
                [[2 * values[0] - middles[0]], middles, [2 * values[-1] - middles[-1]]]
            )


        inside, _, _ = np.histogram2d(
            X_train[first], X_train[second], bins=[edges(first_values), edges(second_values)]
        )
        empty = (inside == 0).mean()
        low, high = surface.min(), surface.max()
        largest = np.abs(interaction(surface)).max()
        print(low, high, largest, mean_swing, largest_swing)

        figure, axes = plt.subplots(ncols=2)
        axes[0].pcolormesh(second_values, first_values, surface, vmin=0, vmax=1)
        axes[1].plot(np.linspace(*X_test[first].agg(["min", "max"]), side), curves, lw=0.2)
        """,
    )


_TREES = {
    "forest": "trees, weight = [t.tree_ for t in model.estimators_], 1 / len(model.estimators_)",
    "boosting": "trees, weight = [t.tree_ for t in model.estimators_[:, 0]], model.learning_rate",
}
_TREES["another forest"] = _TREES["forest"]
_TREES["stumps"] = _TREES["boosting"]

_ASKED = """

def centred(values):
    return values - values.mean(axis=-1, keepdims=True)


def average(*features):
    \"\"\"Mean log-odds over the rows, with these features set to each row's own values.\"\"\"
    asked = np.repeat(rows[None], len(rows), axis=0)
    for j in features:
        asked[:, :, j] = rows[:, [j]]
    return centred((asked @ weights).mean(axis=1))


# In log-odds the model is a sum, and asking it is a product with its weights
weights = model[-1].coef_[0] / model[0].scale_
alone = np.array([average(j) for j in range(X.shape[1])])
in_all = np.zeros((X.shape[1], X.shape[1], len(rows)))
for j in range(X.shape[1]):
    for k in range(j + 1, X.shape[1]):
        in_all[j, k] = average(j, k)
together = in_all - alone[:, None] - alone
"""


def all_pairs(model: str, rank: str, background: int, first: str | None, second: str | None) -> str:
    is_linear = model == "logistic regression"
    drawn = min(background, 30) if is_linear else background
    return joined(
        "import matplotlib.pyplot as plt\nimport seaborn as sns",
        SPLIT,
        _MODELS[model],
        f"""
        rows = X_train.to_numpy()
        drawn = {drawn}
        if drawn < len(rows):
            chosen = np.random.default_rng(0).choice(len(rows), drawn, replace=False)
            rows = rows[np.sort(chosen)]
        """,
        _ASKED if is_linear else LEAVES,
        ""
        if is_linear
        else f"""
        {_TREES[model]}
        together, in_all = interactions(trees, rows.astype(np.float32), weight)
        """,
        script(
            """
            table = []
            for j in range(X.shape[1]):
                for k in range(j + 1, X.shape[1]):
                    rms = np.sqrt((together[j, k] ** 2).mean())
                    spread = in_all[j, k].std()
                    h = rms / spread if rms > 1e-9 else 0.0
                    table.append((X.columns[j], X.columns[k], h, rms if rms > 1e-9 else 0.0))
            table = pd.DataFrame(table, columns=["x", "y", "H", "rms"])
            table.index = table["x"] + " × " + table["y"]

            rows, pairs, scale = len(rows), len(table), "«scale»"
            strongest, highest = table["rms"].idxmax(), table["H"].idxmax()
            if table["rms"].max() == 0:
                strongest = highest = "none"
            names = [«first», «second»]
            named = " × ".join(name for name in X.columns if name in names)
            if named not in table.index:
                named = "none"


            def measured(pair):
                if pair == "none":
                    return 0.0, 0.0, 0
                rms, h = table.loc[pair, ["rms", "H"]]
                return rms, h, (table["rms"] > rms).sum() + 1


            strongest_rms, strongest_h, strongest_rank = measured(strongest)
            highest_rms, highest_h, highest_rank = measured(highest)
            mapped_rms, mapped_h, mapped_rank = measured("mean radius × mean texture")
            named_rms, named_h, named_rank = measured(named)
            print(strongest, strongest_rms, highest, highest_h)

            square = table.pivot(index="y", columns="x", values="«rank»")
            order = [name for name in X.columns]
            sns.heatmap(square.reindex(index=order[1:], columns=order[:-1]), cmap="viridis", vmin=0)
            """,
            scale="probability" if "forest" in model else "log-odds",
            first=repr(first).replace("'", '"'),
            second=repr(second).replace("'", '"'),
            rank=rank,
        ),
    )
