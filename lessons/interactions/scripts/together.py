"""Three worlds: what r says of two features, and what H says of a model of them."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import statsmodels.api as sm
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

world = "XOR"
model = "forest"
draw = 1

rng = np.random.default_rng(draw)
features = {
    "XOR": rng.uniform(-1, 1, (1000, 2)),
    "sum, r = 0.9": rng.multivariate_normal([0, 0], [[1, 0.9], [0.9, 1]], 1000),
}
noise = 0.3 * rng.normal(size=1000)
features["sum, r = 0"] = rng.normal(size=(1000, 2))
X = pd.DataFrame(features[world], columns=["x1", "x2"])
x1, x2 = X["x1"], X["x2"]
y = ((x1 > 0) ^ (x2 > 0)) * 1.0 if world == "XOR" else x1 + x2 + noise

fitted = {
    "forest": RandomForestRegressor(n_estimators=100, min_samples_leaf=5, random_state=0),
    "least squares": make_pipeline(
        PolynomialFeatures(interaction_only=True, include_bias=False), LinearRegression()
    ),
}[model].fit(X, y)

# Friedman's H from predictions: each row's values, set for all the rows
known = X.head(200).to_numpy()


def average(*features):
    asked = np.repeat(known[None], len(known), axis=0)
    for j in features:
        asked[:, :, j] = known[:, [j]]
    asked = pd.DataFrame(asked.reshape(-1, 2), columns=X.columns)
    means = fitted.predict(asked).reshape(len(known), -1).mean(axis=1)
    return means - means.mean()


in_all = average(0, 1)
rms = np.sqrt(((in_all - average(0) - average(1)) ** 2).mean())
h = rms / in_all.std()
print(f"r of the features: {x1.corr(x2):.2f}, H: {h:.2f}")

plt.scatter(x1, x2, c=y)

# The numbers that the step names
rows, strong, little = len(X), 0.8, 0.05
r_features = x1.corr(x2)
r_first, r_second = np.corrcoef(x1, y)[0, 1], np.corrcoef(x2, y)[0, 1]
fit = sm.OLS(y, sm.add_constant(X.assign(product=x1 * x2))).fit()
coefficient, p = fit.params["product"], fit.pvalues["product"]

# The same H for XOR, with the recipe's forest
X = pd.DataFrame(features["XOR"], columns=["x1", "x2"])
forest = RandomForestRegressor(n_estimators=100, min_samples_leaf=5, random_state=0)
fitted = forest.fit(X, ((X["x1"] > 0) ^ (X["x2"] > 0)) * 1.0)
known = X.head(200).to_numpy()
both = average(0, 1)
h_either = np.sqrt(((both - average(0) - average(1)) ** 2).mean()) / both.std()
