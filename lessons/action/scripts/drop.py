"""The variance inflation factors of the predictors that are kept."""

import numpy as np
import pandas as pd
import seaborn as sns
import statsmodels.api as sm

columns = ["len", "adt", "trks", "sigs1", "slim", "shld", "lane", "acpt", "itg", "lwid"]
kinds = False


def generalised_vif(table, column):  # Fox and Monette 1992; of a number, its VIF
    coded = pd.get_dummies(table, drop_first=True, dtype=float)
    its = [name for name in coded if name == column or name.startswith(f"{column}_")]
    others = [name for name in coded if name not in its]
    r = coded.corr()
    inside, outside = r.loc[its, its], r.loc[others, others]
    return np.linalg.det(inside) * np.linalg.det(outside) / np.linalg.det(r)


highway = pd.read_csv("highway.csv", index_col=0)
table = highway[columns + ["htype"] * kinds]
vif = pd.Series({name: generalised_vif(table, name) for name in table})
print(vif)

r = highway[columns].corr()
sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
kept = len(columns)
max_vif, max_name = vif[columns].max(), vif[columns].idxmax()
above = int((vif[columns] >= 5).sum())
max_r = r.abs().where(~np.eye(kept, dtype=bool)).max().max()

predictors = highway.drop(columns=["rate", "htype"])
full = pd.Series({name: generalised_vif(predictors, name) for name in predictors})
without_adt = predictors.drop(columns="adt")
without_itg = predictors.drop(columns="itg")
adt_vif, itg_vif, lane_vif = full["adt"], full["itg"], full["lane"]
adt_itg_r = highway["adt"].corr(highway["itg"])
adt_lane_r = highway["adt"].corr(highway["lane"])
adt_without_itg = generalised_vif(without_itg, "adt")
max_without_adt = max(generalised_vif(without_adt, name) for name in without_adt)
max_without_itg = max(generalised_vif(without_itg, name) for name in without_itg)
se_adt = sm.OLS(highway["rate"], sm.add_constant(predictors)).fit().bse["adt"]
se_adt_without_itg = sm.OLS(highway["rate"], sm.add_constant(without_itg)).fit().bse["adt"]

kinds_gvif = generalised_vif(highway.drop(columns="rate"), "htype")
kinds_df = highway["htype"].nunique() - 1
kinds_alike = kinds_gvif ** (1 / kinds_df)
