"""Years and salary of professors, over all and within groups."""

import numpy as np
import pandas as pd
import seaborn as sns
import statsmodels.api as sm
from scipy.stats import pearsonr

years = "yrs.service"
groups = "nobody"

salaries = pd.read_csv("salaries.csv")
columns = {"ranks": "rank", "disciplines": "discipline", "women and men": "sex"}
kind = columns.get(groups)

overall_r, within_p = pearsonr(salaries[years], salaries["salary"])
within_r = overall_r
if kind is not None:  # the groups' means taken out of both
    pair = salaries[[years, "salary"]]
    centred = pair - pair.groupby(salaries[kind]).transform("mean")
    within_r = centred[years].corr(centred["salary"])
print(overall_r, within_r)
sns.scatterplot(salaries, x=years, y="salary", hue=kind)

# The numbers that the step names
finding = None
growth = None
level_percent = 5.0
if kind is not None:
    dummies = pd.get_dummies(salaries[kind], dtype=float).assign(years=salaries[years])
    within_p = sm.OLS(salaries["salary"], dummies).fit().pvalues["years"]
one_by_one = salaries.groupby(kind) if kind is not None else [("all", salaries)]
found = {name: pearsonr(part[years], part["salary"]) for name, part in one_by_one}
parts, part = len(found), min(found, key=lambda name: found[name].pvalue)
part_r, part_p = found[part]
part_adjusted = min(1.0, parts * part_p)
professors = len(salaries)
service_r = salaries["yrs.service"].corr(salaries["salary"])
years_r = salaries["yrs.service"].corr(salaries["yrs.since.phd"])
vif = 1 / (1 - years_r**2)
se_percent = 100 * (np.sqrt(vif) - 1)
means = salaries.groupby("rank")[["yrs.service", "salary"]].mean()
full_years, full_salary = means.loc["Prof"]
young_years, young_salary = means.loc["AsstProf"]
