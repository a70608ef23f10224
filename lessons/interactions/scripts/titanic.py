"""Survival by sex and class, on two scales, with and without the main effects."""

import numpy as np
import pandas as pd
import seaborn as sns
import statsmodels.api as sm
from scipy.stats import chi2

scale = "probability"
residual = False
with_age = False

passengers = pd.read_csv("titanic.csv")
passengers["survived"] = (passengers["survived"] == "yes") * 1.0
known = passengers.dropna(subset="age")
those = known if with_age else passengers
rates = those.pivot_table("survived", "sex", "passengerClass")
log_odds = np.log(rates / (1 - rates))


def interaction(table):
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    return table.sub(rows, axis=0).sub(columns, axis=1) + table.to_numpy().mean()


chosen = rates if scale == "probability" else log_odds
left = interaction(chosen)
sns.heatmap(left if residual else chosen, annot=True, center=0)

# The numbers that the step names
answer = None
share, share_log_odds = (
    interaction(table).to_numpy().var() / table.to_numpy().var() for table in (rates, log_odds)
)
largest, most = left.abs().max().max(), left.abs().max().idxmax()
female_1, female_2, female_3 = rates.loc["female"]
male_1, male_2, male_3 = rates.loc["male"]
gain_1, gain_3 = female_1 - male_1, female_3 - male_3
odds_1, odds_2, odds_3 = np.exp(log_odds.loc["female"] - log_odds.loc["male"])
people, people_age, shown = len(passengers), len(known), len(those)


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


ratio, ratio_age = likelihood_ratio(those, []), likelihood_ratio(known, ["age"])
freedom = 2
p, p_age = chi2.sf([ratio, ratio_age], freedom)
