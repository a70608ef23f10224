"""Four ways to fit the accident rate, by their error on sections that they have not seen."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.decomposition import PCA
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LassoLarsIC, LinearRegression, RidgeCV
from sklearn.model_selection import RepeatedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

method = "least squares"
columns = ["len", "adt", "trks", "sigs1", "slim", "shld", "lane", "acpt", "itg", "lwid"]

highway = pd.read_csv("highway.csv", index_col=0)
rate = highway["rate"].to_numpy()
table = highway.drop(columns=["rate", "htype"]).astype(float)
folds = list(RepeatedKFold(n_splits=10, n_repeats=20, random_state=0).split(table))


def cv_rmse(model, columns):
    x = table[columns].to_numpy()
    errors = [
        np.mean((rate[test] - model.fit(x[train], rate[train]).predict(x[test])) ** 2)
        for train, test in folds
    ]
    return np.sqrt(np.mean(errors))


# Everything that learns from the data stands inside the pipeline, so that each fold learns anew
plain = LinearRegression()
ridge = make_pipeline(StandardScaler(), RidgeCV(alphas=np.logspace(-2, 3, 30)))
match method:
    case "least squares":
        model = plain
    case "combine adt, lane, itg":
        group = [columns.index(name) for name in ("adt", "lane", "itg") if name in columns]
        component = make_pipeline(StandardScaler(), PCA(n_components=1))
        combined = make_column_transformer((component, group), remainder=StandardScaler())
        model = make_pipeline(combined, plain)
    case "ridge":
        model = ridge
    case "lasso":
        model = make_pipeline(StandardScaler(), LassoLarsIC(criterion="bic"))
rmse = cv_rmse(model, columns)

# What one more standard deviation of a column adds to the predicted rate, all rows fitted
x = table[columns].to_numpy()
fitted = model.fit(x, rate)
moved = x.mean(axis=0) + np.diag(x.std(axis=0))
weights = pd.Series(fitted.predict(moved) - fitted.predict(x).mean(), columns)
print(rmse, weights)
weights.plot.barh()

# The numbers that the step names
silenced = None
predictors = list(table)
offered, kept = len(predictors), len(columns)
rows, goal = len(rate), 1.35
rmse_plain = cv_rmse(plain, predictors)
rmse_ridge = cv_rmse(ridge, predictors)
component = make_pipeline(StandardScaler(), PCA(n_components=1))
trio = [predictors.index(name) for name in ("adt", "lane", "itg")]
combined = make_column_transformer((component, trio), remainder=StandardScaler())
rmse_combined = cv_rmse(make_pipeline(combined, plain), predictors)
lasso = make_pipeline(StandardScaler(), LassoLarsIC(criterion="bic"))
rmse_lasso = cv_rmse(lasso, predictors)
zeros_lasso = int((np.abs(lasso.fit(table.to_numpy(), rate)[-1].coef_) < 1e-9).sum())
rmse_three = cv_rmse(plain, ["len", "slim", "acpt"])
rmse_mean = cv_rmse(DummyRegressor(), predictors)
verdict = "better" if rmse_combined < rmse_plain else "worse"
zeros = int((weights.abs() < 1e-9).sum())
group = StandardScaler().fit_transform(table[["adt", "lane", "itg"]])
first_share = PCA().fit(group).explained_variance_ratio_[0]
