"""Scripts of the steps about predictors that say the same."""

from lessons.action.scripts import HIGHWAY
from lessons.scripting import listed, script


def inflating(r: float, threshold: int) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import numpy as np

        r = «r»
        vif = 1 / (1 - r**2)
        se_factor = np.sqrt(vif)

        popular = 0.8
        popular_vif = 1 / (1 - popular**2)
        threshold = «threshold»
        threshold_r = np.sqrt(1 - 1 / threshold)
        print(vif, se_factor, popular_vif, threshold_r)

        grid = np.linspace(0, max(r, 0.96), 97)
        plt.plot(grid, 1 / (1 - grid**2))
        plt.axhline(threshold, linestyle="--")
        plt.plot(r, vif, "o")
        plt.xlabel("|r|")
        plt.ylabel("VIF")
        """,
        r=r,
        threshold=threshold,
    )


_TABLES = {
    "parts and their sum": """
rng = np.random.default_rng(«draw»)
pieces = rng.standard_normal((1000, «parts»))
total = pieces.sum(axis=1) + 0.3 * rng.standard_normal(1000)
table = pd.DataFrame(pieces, columns=[f"part {i + 1}" for i in range(«parts»)]).assign(sum=total)
""",
    "diabetes": "\ntable = patients\n",
}


def hiding(table: str, parts: int, draw: int, suspect: str | None) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from statsmodels.stats.outliers_influence import variance_inflation_factor
        from statsmodels.tools import add_constant


        def each_vif(table):
            x = add_constant(table).to_numpy()
            factors = [variance_inflation_factor(x, i) for i in range(1, x.shape[1])]
            return pd.Series(factors, table.columns)


        def strongest_r(table):
            r = table.corr().abs()
            return r.where(~np.eye(len(r), dtype=bool)).max()


        patients = pd.read_csv("diabetes.csv").drop(columns="progression")
        «table»
        parts = «parts»
        popular, limit = 0.8, 10
        columns = table.shape[1]
        max_r = strongest_r(table).max()
        max_vif = each_vif(table).max()
        alarms = int((strongest_r(table) > popular).sum())
        verdict = "above" if max_vif > limit else "below"

        r_of, vif_of = strongest_r(patients), each_vif(patients)
        s3_r, s3_vif = r_of["s3"], vif_of["s3"]
        s5_r, s5_vif = r_of["s5"], vif_of["s5"]
        named = «suspect»
        named_r = r_of[named] if named else 0.0
        named_vif = vif_of[named] if named else 0.0
        print(max_r, max_vif, named, named_r, named_vif)

        sns.heatmap(table.corr(), vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        table=script(_TABLES[table], draw=draw, parts=parts).strip(),
        parts=parts,
        suspect=repr(suspect or "").replace("'", '"'),
    )


def dropping(kept: tuple[str, ...], kinds: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        import statsmodels.api as sm


        def generalised_vif(table, column):  # Fox and Monette 1992; of a number, its VIF
            coded = pd.get_dummies(table, drop_first=True, dtype=float)
            its = [name for name in coded if name == column or name.startswith(f"{column}_")]
            others = [name for name in coded if name not in its]
            r = coded.corr()
            inside, outside = r.loc[its, its], r.loc[others, others]
            return np.linalg.det(inside) * np.linalg.det(outside) / np.linalg.det(r)


        def se(columns, of):
            return sm.OLS(rate, sm.add_constant(highway[columns])).fit().bse[of]


        highway = «highway»
        rate = highway["rate"]
        predictors = [name for name in highway if name not in ("rate", "htype")]
        chosen = «kept»

        table = highway[chosen«kinds»]
        vif = pd.Series({name: generalised_vif(table, name) for name in chosen})
        kept = len(chosen)
        max_vif, max_name = vif.max(), vif.idxmax()
        above = int((vif >= 5).sum())
        r = highway[chosen].corr()
        max_r = r.abs().where(~np.eye(kept, dtype=bool)).max().max()

        full = pd.Series({n: generalised_vif(highway[predictors], n) for n in predictors})
        without = {
            gone: pd.Series({
                n: generalised_vif(highway[predictors].drop(columns=gone), n)
                for n in predictors if n != gone
            })
            for gone in ("adt", "itg")
        }
        adt_vif, itg_vif, lane_vif = full["adt"], full["itg"], full["lane"]
        adt_itg_r = highway["adt"].corr(highway["itg"])
        adt_lane_r = highway["adt"].corr(highway["lane"])
        adt_without_itg = without["itg"]["adt"]
        max_without_adt = without["adt"].max()
        max_without_itg = without["itg"].max()
        se_adt = se(predictors, "adt")
        se_adt_without_itg = se([n for n in predictors if n != "itg"], "adt")

        everything = highway[[*predictors, "htype"]]
        kinds_gvif = generalised_vif(everything, "htype")
        kinds_df = highway["htype"].nunique() - 1
        kinds_scaled = kinds_gvif ** (1 / (2 * kinds_df))
        print(vif, max_vif, kinds_gvif, kinds_scaled)

        sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        highway=HIGHWAY,
        kept=listed(kept),
        kinds=' + ["htype"]' if kinds else "",
    )


def harming(r: float, n: int, effect: float, draw: int) -> str:
    return script(
        """
        import matplotlib.pyplot as plt
        import numpy as np

        r, n, effect = «r», «n», «effect»
        tables = 2000
        rng = np.random.default_rng(«draw»)
        x1, fresh, noise = rng.standard_normal((3, tables, n))
        x2 = r * x1 + np.sqrt(1 - r**2) * fresh
        y = x1 + effect * x2 + noise


        def squares(a, b):  # sum of products about the means, one number a table
            a, b = (values - values.mean(axis=1, keepdims=True) for values in (a, b))
            return (a * b).sum(axis=1)


        # Least squares with both predictors, and with the first alone
        determinant = squares(x1, x1) * squares(x2, x2) - squares(x1, x2) ** 2
        b1 = (squares(x2, x2) * squares(x1, y) - squares(x1, x2) * squares(x2, y)) / determinant
        b2 = (squares(x1, x1) * squares(x2, y) - squares(x1, x2) * squares(x1, y)) / determinant
        alone = squares(x1, y) / squares(x1, x1)


        def error_on_new_rows(b1, b2):  # exact: x1, x2 and the noise have variance 1
            constant = (y - b1[:, None] * x1 - b2[:, None] * x2).mean(axis=1)
            off1, off2 = 1 - b1, effect - b2
            return (1 + constant**2 + off1**2 + off2**2 + 2 * r * off1 * off2).mean()


        vif = 1 / (1 - r**2)
        mse_both = error_on_new_rows(b1, b2)
        mse_one = error_on_new_rows(alone, 0 * b2)
        change = mse_one / mse_both - 1
        verdict = "worse" if mse_both > mse_one else "half" if change > 0.5 else "a little better"
        sd_b = b1.std()
        sd_unrelated = sd_b / np.sqrt(vif)
        wrong_sign = (b1 < 0).mean()
        print(mse_both, mse_one, sd_b, wrong_sign)

        plt.hist(b1, bins=40)
        plt.axvline(1)
        """,
        r=r,
        n=n,
        effect=effect,
        draw=draw,
    )
