"""Who was admitted to Berkeley, all together and one department at a time."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association
from statsmodels.stats.contingency_tables import StratifiedTable

split = False
dept = None

counts = pd.read_csv("ucb_admissions.csv")


def table_of(row, column, data=counts):
    return data.pivot_table("count", row, column, aggfunc="sum", sort=False)


# All six together: rows men and women, columns admitted and rejected
everybody = table_of("gender", "admit")
v = association(everybody, method="cramer")
p = chi2_contingency(everybody, correction=False).pvalue

# One department at a time
tables = {name: table_of("gender", "admit", there) for name, there in counts.groupby("dept")}


def phi_of(table):
    """V with a sign: positive where men are ahead."""
    (a, b), (c, d) = table.to_numpy(dtype=float)
    return (a * d - b * c) / np.sqrt((a + b) * (c + d) * (a + c) * (b + d))


strata = pd.DataFrame(
    {
        "phi": {name: phi_of(table) for name, table in tables.items()},
        "p": {
            name: chi2_contingency(table, correction=False).pvalue for name, table in tables.items()
        },
    }
)
print(f"All together V = {v:.3f}; one department at a time:", strata.round(3), sep="\n")

match split, dept:
    case False, _:
        names = ["admit", "dept", "gender"]
        V = pd.DataFrame(np.nan, names, names)
        for row in names:
            for column in set(names) - {row}:
                V.loc[row, column] = association(table_of(row, column), method="cramer")
        sns.heatmap(V, vmin=0, vmax=1, cmap="viridis", annot=True, fmt=".3f")
    case True, None:
        sns.heatmap(strata[["phi"]], vmin=-0.2, vmax=0.2, cmap="RdBu_r", annot=True, fmt=".3f")
    case True, _:
        sns.heatmap(tables[dept], cmap="viridis", annot=True, fmt=".0f")

# The numbers that the step names
leading = None
level_percent = 5.0
men_admitted, women_admitted = everybody["Admitted"] / everybody.sum(axis=1)
dept_admit = association(table_of("dept", "admit"), method="cramer")
dept_gender = association(table_of("dept", "gender"), method="cramer")

men_ahead = strata["phi"] > 0
ahead = int(men_ahead.sum())
against_women = int((men_ahead & (strata["p"] < level_percent / 100)).sum())
largest_for_men = strata["phi"].max()
a_v, a_p = abs(strata.loc["A", "phi"]), strata.loc["A", "p"]
a_men, a_women = tables["A"]["Admitted"] / tables["A"].sum(axis=1)
elsewhere, elsewhere_p = strata["phi"][1:].abs().max(), strata["p"][1:].min()
dept_phi, dept_p = strata.loc[dept] if dept else (0.0, 1.0)
ahead_there = ("men" if dept_phi > 0 else "women") if dept else ""
gap_now = "nothing yet"
if dept:
    gap_now = "p < 0.001" if dept_p < 0.001 else f"p = {dept_p:.3f}"
where = dept if split and dept else "all six"
there = everybody if where == "all six" else tables[dept]
men_there, women_there = there["Admitted"] / there.sum(axis=1)
sizes = strata["phi"].abs()
if not split:
    v_shown = f"{v:.2f}"
else:
    v_shown = f"{sizes[dept]:.2f}" if dept else f"{sizes.min():.2f} to {sizes.max():.2f}"

# Who applied to the three departments that admit fewest
admitted_by_dept = table_of("dept", "admit")
share_admitted = admitted_by_dept["Admitted"] / admitted_by_dept.sum(axis=1)
applied = table_of("dept", "gender")
in_hard = applied.loc[share_admitted.nsmallest(3).index].sum() / applied.sum()
men_in_hard, women_in_hard = in_hard["Male"], in_hard["Female"]

# Odds of admission: men's over women's
(a, b), (c, d) = everybody.to_numpy()
crude = a * d / (b * c)
mantel_haenszel = StratifiedTable([table.to_numpy() for table in tables.values()])
pooled = mantel_haenszel.oddsratio_pooled
pooled_low, pooled_high = mantel_haenszel.oddsratio_pooled_confint()
pooled_p = mantel_haenszel.test_null_odds(correction=False).pvalue
