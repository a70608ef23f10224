"""Scripts of the steps about correlations that are not what they seem."""

from lessons.action.scripts import HIGHWAY
from lessons.scripting import listed, script


def leaking(columns: tuple[str, ...], error: float) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        from sklearn.linear_model import LinearRegression
        from sklearn.model_selection import RepeatedKFold

        patients = pd.read_csv("diabetes.csv")
        progression = patients["progression"]
        slip = «error» * np.random.default_rng(55).standard_normal(len(patients))
        patients["score"] = (progression + slip).round()  # written down a year later
        honest = [name for name in patients if name not in ("progression", "score")]
        chosen = «columns»
        kept, offered = len(chosen), len(honest) + 1

        r = patients.corr()["progression"].abs()
        rho = patients.corr(method="spearman")["progression"].abs()
        strength = np.maximum(r, rho)
        score_r, bmi_r, s5_rho = r["score"], r["bmi"], rho["s5"]
        s1_s2_r = patients["s1"].corr(patients["s2"])
        is_inside = "score" in chosen

        # A suspect leaves at most half as much unexplained as the next best
        best, second = strength[chosen].sort_values(ascending=False).index[:2]
        halved = 1 - strength[best] ** 2 <= (1 - strength[second] ** 2) / 2
        suspect = best if halved else ""


        def explained(columns, in_use):
            errors = []
            folds = RepeatedKFold(n_splits=10, n_repeats=1, random_state=0)
            for train, test in folds.split(patients):
                x = patients[columns].astype(float)
                model = LinearRegression().fit(x.iloc[train], progression.iloc[train])
                new = x.iloc[test].copy()
                if in_use and "score" in columns:  # not known yet: put its mean
                    new["score"] = x["score"].iloc[train].mean()
                errors.append((progression.iloc[test] - model.predict(new)) ** 2)
            return 1 - pd.concat(errors).sum() / ((progression - progression.mean()) ** 2).sum()


        explained_on_paper = explained(chosen, in_use=False)
        explained_in_use = explained(chosen, in_use=True)
        explained_honestly = explained(honest, in_use=False)
        print(suspect, explained_on_paper, explained_in_use, explained_honestly)

        r[chosen].sort_values().plot.barh()
        """,
        error=error,
        columns=listed(columns),
    )


def encoding(levels: int, rows: int, leave_one_out: bool, draw: int) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import numpy as np
        import pandas as pd

        levels, rows = «levels», «rows»
        rng = np.random.default_rng(«draw»)
        table = pd.DataFrame({
            "town": rng.integers(levels, size=rows),
            "outcome": rng.standard_normal(rows),  # knows nothing of towns
        })

        by_town = table.groupby("town")["outcome"]
        total, count = by_town.transform("sum"), by_town.transform("size")
        mean_of_all = total / count
        mean_of_others = (total - table["outcome"]) / (count - 1).where(count > 1)

        r_all = mean_of_all.corr(table["outcome"])
        r_others = mean_of_others.corr(table["outcome"])
        encoded = mean_of_others if «leave_one_out» else mean_of_all
        r = encoded.corr(table["outcome"])
        expected = np.sqrt((levels - 1) / (rows - 1))
        rows_each = rows / levels
        least, goal = 100, 0.2
        print(r_all, r_others, expected)

        plt.scatter(encoded, table["outcome"])
        """,
        levels=levels,
        rows=rows,
        leave_one_out=leave_one_out,
        draw=draw,
    )


_SHOWN = (
    'highway, "sigs1"',
    'unlit, "sigs1"',
    'highway[highway["signals"] > 0], "sigs1"',
    'highway, "signals"',
)


def constructing(view: int, method: str) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import pandas as pd

        highway = «highway»
        highway["signals"] = (highway["sigs1"] - 1 / highway["len"]).round(9)  # per mile
        unlit = highway[highway["signals"] == 0]
        shown, column = «shown»
        sections, all_sections, unlit_sections = len(shown), len(highway), len(unlit)
        taken_out = column == "signals"

        r = shown["len"].corr(shown[column], method="«method»")
        rho_built = highway["len"].corr(highway["sigs1"], method="spearman")
        rho_signals = highway["len"].corr(highway["signals"], method="spearman")
        rho_unlit = unlit["len"].corr(unlit["sigs1"], method="spearman")
        print(r, rho_built, rho_signals, rho_unlit)

        plt.scatter(shown["len"], shown[column])
        """,
        highway=HIGHWAY,
        shown=_SHOWN[view],
        method=method.lower(),
    )


def interacting(truth: str, r: float, draw: int) -> str:
    return script(
        """
        import itertools

        import matplotlib.pyplot as plt
        import numpy as np
        import pandas as pd
        import statsmodels.api as sm
        from scipy.stats import spearmanr


        def t_of_interaction(y, x1, x2):
            x1, x2 = x1 - x1.mean(), x2 - x2.mean()
            return sm.OLS(y, sm.add_constant(np.column_stack([x1, x2, x1 * x2]))).fit().tvalues[3]


        rng = np.random.default_rng(«draw»)
        x1, fresh, noise = rng.standard_normal((3, 500))
        x2 = «r» * x1 + np.sqrt(1 - «r»**2) * fresh
        y = «truth» + noise
        popular, small, large = 0.8, 0.1, 10
        sample_r = np.corrcoef(x1, x2)[0, 1]
        t = t_of_interaction(y, x1, x2)
        is_product = «is_product»

        highway = «highway»
        rate = highway["rate"].to_numpy()
        predictors = highway.drop(columns=["rate", "htype"]).astype(float)
        names = [  # wide lanes are found on four-lane roads only: that product says nothing new
            pair for pair in itertools.combinations(predictors, 2) if pair != ("lane", "lwid")
        ]
        strengths = [abs(predictors[a].corr(predictors[b])) for a, b in names]
        interactions = [
            abs(t_of_interaction(rate, predictors[a].to_numpy(), predictors[b].to_numpy()))
            for a, b in names
        ]
        pairs = len(names)
        rho = spearmanr(strengths, interactions).statistic
        strongest = "–".join(names[int(np.argmax(strengths))])
        strongest_r, strongest_t = max(strengths), interactions[int(np.argmax(strengths))]
        print(sample_r, t, pairs, rho, strongest, strongest_t)

        plt.scatter(x1, x2, c=y > np.median(y))
        """,
        highway=HIGHWAY,
        truth={"x1 + x2": "x1 + x2", "x1 × x2": "x1 * x2"}[truth],
        is_product=truth == "x1 × x2",
        r=r,
        draw=draw,
    )


def confounding(table: str, x: str, y: str, kind: str, grouped: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        highway = «highway»
        iris = pd.read_csv("iris.csv")


        def within(table, x, y, kind):  # the kinds' means taken out of both
            return (table[x] - table.groupby(kind)[x].transform("mean")).corr(
                table[y] - table.groupby(kind)[y].transform("mean")
            )


        def of(table, x, y, kind, name):
            return table[table[kind] == name][x].corr(table[table[kind] == name][y])


        grouped, least = «grouped», 0.1
        overall_r = «table»["«x»"].corr(«table»["«y»"])
        within_r = within(«table», "«x»", "«y»", "«kind»")
        change = within_r - overall_r

        adt_r = highway["adt"].corr(highway["rate"])
        adt_within = within(highway, "adt", "rate", "htype")
        fai_r, ma_r, pa_r = (of(highway, "adt", "rate", "htype", k) for k in ("FAI", "MA", "PA"))
        sepals = ("sepal length (cm)", "sepal width (cm)", "species")
        sepal_r = iris[sepals[0]].corr(iris[sepals[1]])
        sepal_within = within(iris, *sepals)
        setosa_r, versicolor_r, virginica_r = (
            of(iris, *sepals, kind) for kind in ("setosa", "versicolor", "virginica")
        )
        print(overall_r, within_r)

        sns.scatterplot(«table», x="«x»", y="«y»", hue="«kind»" if grouped else None)
        """,
        highway=HIGHWAY,
        table=table,
        x=x,
        y=y,
        kind=kind,
        grouped=grouped,
    )
