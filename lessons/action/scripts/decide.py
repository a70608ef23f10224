"""What to keep and how to fit it, by the error on unseen sections and the largest VIF."""

import numpy as np
import pandas as pd
import seaborn as sns
from sklearn.compose import make_column_transformer
from sklearn.decomposition import PCA
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LassoLarsIC, LinearRegression, RidgeCV
from sklearn.model_selection import RepeatedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

purpose = None
columns = ["len", "adt", "trks", "sigs1", "slim", "shld", "lane", "acpt", "itg", "lwid"]
method = "least squares"
reason = None

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


# What enters the regression: the columns, or one component for those that combine
entering = StandardScaler()
if method == "combine adt, lane, itg":
    group = [columns.index(name) for name in ("adt", "lane", "itg") if name in columns]
    component = make_pipeline(StandardScaler(), PCA(n_components=1))
    entering = make_column_transformer((component, group), remainder=StandardScaler())

plain = LinearRegression()
ridge = RidgeCV(alphas=np.logspace(-2, 3, 30))
lasso = LassoLarsIC(criterion="bic")
model = make_pipeline(entering, {"ridge": ridge, "lasso": lasso}.get(method, plain))

rmse = cv_rmse(model, columns)
r = np.corrcoef(entering.fit_transform(table[columns].to_numpy()), rowvar=False)
max_vif = np.linalg.inv(np.atleast_2d(r)).diagonal().max()
print(rmse, max_vif)
sns.heatmap(table[columns].corr(), vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
predictors = list(table)
offered, kept, goal, limit = len(predictors), len(columns), 1.35, 5
terms = len(np.atleast_2d(r))
combined = kept - terms + 1
rmse_plain = cv_rmse(plain, predictors)
rmse_ridge = cv_rmse(make_pipeline(StandardScaler(), ridge), predictors)
without_adt = [name for name in predictors if name != "adt"]
rmse_ridge_without_adt = cv_rmse(make_pipeline(StandardScaler(), ridge), without_adt)
rmse_without_adt = cv_rmse(plain, without_adt)
rmse_mean = cv_rmse(DummyRegressor(), predictors)
adt_vif = np.linalg.inv(table.corr())[predictors.index("adt"), predictors.index("adt")]
max_vif_without_adt = np.linalg.inv(table.drop(columns="adt").corr()).diagonal().max()
lost = rmse - rmse_ridge
best = min([(rmse_ridge, "ridge"), (rmse_without_adt, "without adt"), (rmse_plain, "plain")])[1]

reasons = {"predict": "little error elsewhere", "explain": "readable coefficients"}
reason_fits = purpose is not None and reason == reasons[purpose]
is_readable = method in ("least squares", "combine adt, lane, itg")
match purpose:
    case "predict":
        serves = bool(rmse < goal)
    case "explain":
        serves = bool(is_readable and max_vif < limit and rmse <= rmse_plain)
    case None:
        serves = False
