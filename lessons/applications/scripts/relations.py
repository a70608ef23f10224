"""The script of the correlation map."""

from lessons.scripting import script

_LIMITS = {
    "from the data": "r.to_numpy().min(), r.to_numpy().max()",
    "0 to 1": "0.0, 1.0",
    "−1 to 1": "-1.0, 1.0",
}


def relating(gdp: str, mortality: str, limits: str, by_sign: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        un = pd.read_csv("un.csv", index_col="country").select_dtypes("number").dropna()
        nations, columns = un.shape
        pairs = columns * (columns - 1) // 2
        income, deaths = un["ppgdp"], un["infantMortality"]
        raw_r = income.corr(deaths)
        one_log_r = np.log(income).corr(deaths)
        log_r = np.log(income).corr(np.log(deaths))
        rho = income.corr(deaths, method="spearman")

        un["ppgdp"] = «gdp»
        un["infantMortality"] = «mortality»
        r = un.corr()
        if «by_sign»:
            order = r["lifeExpF"].sort_values(ascending=False).index
            r = r.loc[order, order]
        goal = 0.85
        shown_r = r.loc["ppgdp", "infantMortality"]
        below = r.to_numpy()[np.tril_indices(columns, -1)]
        negative = int((below < 0).sum())
        changes = int((np.diff(np.sign(r.to_numpy()), axis=1) != 0).sum())

        low, high = «limits»
        neutral = (low + high) / 2
        lost = int((below < low).sum())
        print(f"r = {shown_r:.3f}; the middle of the colours is {neutral:.2f}")

        sns.heatmap(r, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        gdp=gdp,
        mortality=mortality,
        limits=_LIMITS[limits],
        by_sign=by_sign,
    )
