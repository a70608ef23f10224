"""The best of many columns of noise, chosen before the folds and inside them."""

import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import RepeatedKFold, cross_val_score
from sklearn.pipeline import make_pipeline

noise = 20
best = 3
draw = 9

rate = pd.read_csv("highway.csv", index_col=0)["rate"].to_numpy()
table = np.random.default_rng(draw).standard_normal((len(rate), noise))
folds = RepeatedKFold(n_splits=10, n_repeats=5, random_state=0)


def cv_rmse(model, x):
    errors = -cross_val_score(model, x, rate, cv=folds, scoring="neg_mean_squared_error")
    return np.sqrt(errors.mean())


# Chosen once, on all rows: the rows to be tested on had a say
chosen = SelectKBest(f_regression, k=best).fit_transform(table, rate)
rmse_outside = cv_rmse(LinearRegression(), chosen)

# Chosen anew in each fold, by the rows to learn from
selecting = make_pipeline(SelectKBest(f_regression, k=best), LinearRegression())
rmse_inside = cv_rmse(selecting, table)

rmse_mean = cv_rmse(DummyRegressor(), table)
errors = pd.Series({"outside": rmse_outside, "inside": rmse_inside, "mean": rmse_mean})
print(errors)
errors.plot.barh()

# The numbers that the step names
honest = None
rows, goal = len(rate), 0.3
flattery = rmse_inside - rmse_outside
verdict = "flatters" if rmse_outside < rmse_mean else "honest"
max_r = max(abs(np.corrcoef(column, rate)[0, 1]) for column in table.T)
