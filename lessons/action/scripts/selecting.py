"""Scripts of the steps about what enters a model, and who tells."""

from lessons.action.scripts import HIGHWAY
from lessons.scripting import listed, script

CROSS_VALIDATION = """
folds = list(RepeatedKFold(n_splits=10, n_repeats=20, random_state=0).split(table))


def cv_rmse(model, columns):
    x = table[columns].to_numpy()
    errors = [
        np.mean((rate[test] - model.fit(x[train], rate[train]).predict(x[test])) ** 2)
        for train, test in folds
    ]
    return np.sqrt(np.mean(errors))
"""

# Everything that learns from the data stands inside the pipeline, so that each fold learns anew.
MODELS = {
    "least squares": "LinearRegression()",
    "combine adt, lane, itg": """make_pipeline(
    make_column_transformer(
        (make_pipeline(StandardScaler(), PCA(n_components=1)), group),
        remainder=StandardScaler(),
    ) if len(group) > 1 else StandardScaler(),
    LinearRegression(),
)""",
    "ridge": "make_pipeline(StandardScaler(), RidgeCV(alphas=np.logspace(-2, 3, 30)))",
    "lasso": 'make_pipeline(StandardScaler(), LassoLarsIC(criterion="bic"))',
}

IMPORTS = """
import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.decomposition import PCA
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import LassoLarsIC, LinearRegression, RidgeCV
from sklearn.model_selection import RepeatedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
"""


def shrinking(columns: tuple[str, ...], method: str) -> str:
    return script(
        """
        «imports»

        highway = «highway»
        rate = highway["rate"].to_numpy()
        table = highway.drop(columns=["rate", "htype"]).astype(float)
        predictors = list(table)
        chosen = «columns»
        group = [chosen.index(name) for name in ("adt", "lane", "itg") if name in chosen]
        «cross_validation»

        plain = LinearRegression()
        ridge = make_pipeline(StandardScaler(), RidgeCV(alphas=np.logspace(-2, 3, 30)))
        model = «model»

        offered, kept = len(predictors), len(chosen)
        rows, goal = len(rate), 1.35
        rmse = cv_rmse(model, chosen)
        rmse_plain = cv_rmse(plain, predictors)
        rmse_ridge = cv_rmse(ridge, predictors)
        rmse_three = cv_rmse(plain, ["len", "slim", "acpt"])
        rmse_mean = cv_rmse(DummyRegressor(), predictors)
        verdict = "better" if rmse_ridge < rmse_plain else "worse"

        trio = StandardScaler().fit_transform(table[["adt", "lane", "itg"]])
        first_share = PCA().fit(trio).explained_variance_ratio_[0]

        # What one more standard deviation of a column adds to the predicted rate, all rows fitted
        x = table[chosen].to_numpy()
        fitted = model.fit(x, rate)
        moved = x.mean(axis=0) + np.diag(x.std(axis=0))
        weights = pd.Series(fitted.predict(moved) - fitted.predict(x).mean(), chosen)
        zeros = int((weights.abs() < 1e-9).sum())
        print(rmse, rmse_plain, rmse_ridge, rmse_three, first_share)

        weights.plot.barh()
        """,
        imports=IMPORTS.strip(),
        highway=HIGHWAY,
        columns=listed(columns),
        cross_validation=CROSS_VALIDATION.strip(),
        model=MODELS[method],
    )


def peeking(noise: int, best: int, draw: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        from sklearn.dummy import DummyRegressor
        from sklearn.feature_selection import SelectKBest, f_regression
        from sklearn.linear_model import LinearRegression
        from sklearn.model_selection import RepeatedKFold, cross_val_score
        from sklearn.pipeline import make_pipeline

        rate = «highway»["rate"].to_numpy()
        noise, best = «noise», «best»
        rows, goal = len(rate), 0.3
        table = np.random.default_rng(«draw»).standard_normal((rows, noise))
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
        flattery = rmse_inside - rmse_outside
        verdict = "flatters" if rmse_outside < rmse_mean else "honest"
        max_r = max(abs(np.corrcoef(column, rate)[0, 1]) for column in table.T)
        print(rmse_outside, rmse_inside, rmse_mean, max_r)

        pd.Series({"outside": rmse_outside, "inside": rmse_inside, "mean": rmse_mean}).plot.barh()
        """,
        highway=HIGHWAY,
        noise=noise,
        best=best,
        draw=draw,
    )


_ORDERS = {
    "as in the table": "list(table)",
    "backwards": "list(table)[::-1]",
    "by |r| with the diagnosis": (
        "list(table.corrwith(malignant.astype(float)).abs().sort_values(ascending=False).index)"
    ),
    "shuffled": "np.random.default_rng(«draw»).permutation(table.columns).tolist()",
}


def ordering(order: str, threshold: float, draw: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold, cross_val_score
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        table = pd.read_csv("breast_cancer.csv")
        malignant = table.pop("diagnosis") == "malignant"
        r = table.corr().abs()
        threshold = «threshold»


        def pruned(order):
            kept = []
            for name in order:
                if (r.loc[name, kept] <= threshold).all():
                    kept.append(name)
            return kept


        def accuracy_with(columns):
            model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
            folds = StratifiedKFold(5, shuffle=True, random_state=0)
            in_order = [name for name in table if name in columns]
            return cross_val_score(model, table[in_order], malignant, cv=folds).mean()


        chosen = pruned(«order»)
        forwards, backwards = pruned(list(table)), pruned(list(table)[::-1])
        columns, kept, fewer = table.shape[1], len(chosen), 15
        kept_forwards, kept_backwards = len(forwards), len(backwards)
        both_ways = len(set(forwards) & set(backwards))
        common = len(set(chosen) & set(forwards))
        accuracy, accuracy_all = accuracy_with(chosen), accuracy_with(list(table))
        accuracy_forwards = accuracy_with(forwards)
        lost = accuracy_all - accuracy
        max_vif = np.linalg.inv(table[chosen].corr()).diagonal().max()
        print(kept, common, accuracy, accuracy_all, max_vif)

        sns.heatmap(table[chosen].corr(), vmin=-1, vmax=1, cmap="RdBu_r")
        """,
        threshold=threshold,
        order=script(_ORDERS[order], draw=draw).strip(),
    )
