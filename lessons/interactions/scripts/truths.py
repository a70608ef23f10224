"""Scripts of the steps in which the truth is known."""

from lessons.interactions.scripts import LEAVES, SHARE, joined
from lessons.scripting import script

_KNOWN = {
    "forest": """
from sklearn.ensemble import RandomForestRegressor

model = RandomForestRegressor(n_estimators=200, min_samples_leaf=2, random_state=0).fit(X, y)
trees, weight = [tree.tree_ for tree in model.estimators_], 1 / len(model.estimators_)
""",
    "boosting": """
from sklearn.ensemble import GradientBoostingRegressor

model = GradientBoostingRegressor(n_estimators=300, max_depth=3, random_state=0).fit(X, y)
trees, weight = [tree.tree_ for tree in model.estimators_[:, 0]], model.learning_rate
""",
}
_KNOWN["stumps"] = _KNOWN["boosting"].replace("max_depth=3", "max_depth=1")


def known(model: str, measure: str, pair: str | None) -> str:
    return joined(
        """
        import numpy as np
        import pandas as pd
        from sklearn.datasets import make_friedman1

        names = ["x1", "x2", "x3", "x4", "x5", "x6"]
        X, y = make_friedman1(1000, n_features=6, noise=1, random_state=0)
        X = pd.DataFrame(X, columns=names)
        """,
        _KNOWN[model],
        LEAVES,
        script(
            """
            background = X.sample(150, random_state=0)
            together, in_all = interactions(trees, background.to_numpy(np.float32), weight)
            table = {}
            for j in range(6):
                for k in range(j + 1, 6):
                    rms = np.sqrt((together[j, k] ** 2).mean())
                    h = rms / in_all[j, k].std() if rms > 1e-9 else 0.0
                    table[f"{names[j]} × {names[k]}"] = {"H": h, "rms": rms if h else 0.0}
            table = pd.DataFrame(table).T
            others = table["H"].drop("x1 × x2")

            rows, pairs, floor, model_name = len(X), len(table), 0.05, "«model»"
            true_h, true_rms = table.loc["x1 × x2", ["H", "rms"]]
            next_h = others.max()
            next_pair = others.idxmax() if next_h else "none"
            largest_h = table["H"].max()
            above = (others > floor).sum()
            named_h = «named»
            x3_r = X["x3"].corr(pd.Series(y))
            asked = pd.concat([background.assign(x3=v) for v in np.linspace(0, 1, 21)])
            x3_swing = np.ptp(model.predict(asked).reshape(21, -1).mean(axis=1))
            fresh, fresh_y = make_friedman1(1000, n_features=6, noise=1, random_state=1)
            r_squared = model.score(pd.DataFrame(fresh, columns=names), fresh_y)
            model = model_name
            print(true_h, next_pair, next_h, r_squared)

            table["«measure»"].sort_values().plot.barh()
            """,
            model=model,
            measure=measure,
            named=f'table.loc["{pair}", "H"]' if pair else "0.0",
        ),
    )


def titanic(scale: str, *, residual: bool, with_age: bool) -> str:
    return joined(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        import statsmodels.api as sm
        """,
        SHARE,
        script(
            """
            people = pd.read_csv("titanic.csv")
            people["survived"] = (people["survived"] == "yes") * 1.0
            known = people.dropna(subset="age")
            rates = «those».groupby(["sex", "passengerClass"])["survived"].mean().unstack()
            log_odds = np.log(rates / (1 - rates))
            share_log_odds, share = share(log_odds.to_numpy()), share(rates.to_numpy())

            female_1, female_2, female_3 = rates.loc["female"]
            male_1, male_2, male_3 = rates.loc["male"]
            gain_1, gain_3 = female_1 - male_1, female_3 - male_3
            odds_1, odds_2, odds_3 = np.exp(log_odds.loc["female"] - log_odds.loc["male"])
            chosen = «chosen»
            left = chosen.copy()
            left[:] = interaction(chosen.to_numpy())
            largest, most = left.abs().max().max(), left.abs().max().idxmax()


            def likelihood_ratio(people, columns):
                design = pd.DataFrame({"constant": 1.0, "female": people["sex"] == "female"})
                for name in ("2nd", "3rd"):
                    design[name] = people["passengerClass"] == name
                design[columns] = people[columns]
                full = design.astype(float)
                for name in ("2nd", "3rd"):
                    full[f"female {name}"] = full["female"] * full[name]
                plain = sm.Logit(people["survived"], design.astype(float)).fit(disp=0)
                return 2 * (sm.Logit(people["survived"], full).fit(disp=0).llf - plain.llf)


            ratio = likelihood_ratio(people, [])
            ratio_age = likelihood_ratio(known, ["age"])
            freedom = 2
            people, people_age = len(people), len(known)
            print(share, share_log_odds, ratio, ratio_age)

            sns.heatmap(«shown», annot=True, center=0)
            """,
            those="known" if with_age else "people",
            chosen="rates" if scale == "probability" else "log_odds",
            shown="left" if residual else "chosen",
        ),
    )


_WORLDS = {
    "XOR": ("either", "((x1 > 0) ^ (x2 > 0)) * 1.0"),
    "sum, r = 0.9": ("correlated", "x1 + x2 + noise"),
    "sum, r = 0": ("apart", "x1 + x2 + noise"),
}

_WORLD_FOREST = """
from sklearn.ensemble import RandomForestRegressor

model = RandomForestRegressor(n_estimators=100, min_samples_leaf=5, random_state=0).fit(X, y)
"""

_WORLD_SQUARES = """
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

products = PolynomialFeatures(interaction_only=True, include_bias=False)
model = make_pipeline(products, LinearRegression()).fit(X, y)
"""


def together(world: str, model: str, draw: int) -> str:
    features, outcome = _WORLDS[world]
    return joined(
        script(
            """
            import matplotlib.pyplot as plt
            import numpy as np
            import pandas as pd
            import statsmodels.api as sm

            rng = np.random.default_rng(«draw»)
            either = rng.uniform(-1, 1, (1000, 2))
            correlated = rng.multivariate_normal([0, 0], [[1, 0.9], [0.9, 1]], 1000)
            noise = 0.3 * rng.normal(size=1000)
            apart = rng.normal(size=(1000, 2))
            X = pd.DataFrame(«features», columns=["x1", "x2"])
            x1, x2 = X["x1"], X["x2"]
            y = «outcome»
            """,
            draw=draw,
            features=features,
            outcome=outcome,
        ),
        _WORLD_FOREST if model == "forest" else _WORLD_SQUARES,
        """
        # Friedman's H from predictions: each row's values, set for all the rows
        rows = X.head(200).to_numpy()


        def average(*features):
            asked = np.repeat(rows[None], len(rows), axis=0)
            for j in features:
                asked[:, :, j] = rows[:, [j]]
            asked = pd.DataFrame(asked.reshape(-1, 2), columns=X.columns)
            means = model.predict(asked).reshape(len(rows), -1).mean(axis=1)
            return means - means.mean()


        in_all = average(0, 1)
        departure = in_all - average(0) - average(1)
        rms = np.sqrt((departure**2).mean())
        h = rms / in_all.std()

        rows, strong, little = len(X), 0.8, 0.05
        r_features = x1.corr(x2)
        r_first, r_second = np.corrcoef(x1, y)[0, 1], np.corrcoef(x2, y)[0, 1]
        fit = sm.OLS(y, sm.add_constant(X.assign(product=x1 * x2))).fit()
        coefficient, p = fit.params["product"], fit.pvalues["product"]
        print(r_features, r_first, r_second, h, coefficient, p)

        plt.scatter(x1, x2, c=y)
        """,
    )
