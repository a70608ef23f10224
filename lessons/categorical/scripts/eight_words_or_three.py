"""What two columns of words tell of a number, by codes and by the means of their groups."""

import numpy as np
import pandas as pd
import seaborn as sns

number = "infantMortality"
measure = "r² of codes by the alphabet"

un = pd.read_csv("un.csv")
rows = un[["region", "group", number]].dropna()


def by_codes(words):
    """r squared with the words numbered by the alphabet."""
    return words.astype("category").cat.codes.corr(rows[number]) ** 2


def by_means(words):
    """The share of the variance that the means of the groups account for."""
    return rows.groupby(words)[number].transform("mean").var() / rows[number].var()


tell = by_means if measure == "η²" else by_codes
region_share, group_share = tell(rows["region"]), tell(rows["group"])
print(f"region {region_share:.3f}, group {group_share:.3f}")
sns.boxplot(rows, x=number, y="group")

# The numbers that the step names
chance = None
margin = 5
all_regions, all_groups = un["region"].nunique(), un["group"].nunique()
nations, regions, groups = len(rows), rows["region"].nunique(), rows["group"].nunique()
lead = 100 * (group_share - region_share)


def eta2(words, name, transform=lambda x: x):
    """The share that the means of groups tell of a number, or of what is made of it."""
    known = un[["region", "group", name]].dropna()
    values = transform(known[name])
    return values.groupby(known[words]).transform("mean").var() / values.var()


all_numbers = ["infantMortality", "fertility", "ppgdp", "lifeExpF", "pctUrban"]
numbers = len(all_numbers)
region_ahead = sum(bool(eta2("region", name) > eta2("group", name)) for name in all_numbers)
log_lead = 100 * (eta2("group", number, np.log) - eta2("region", number, np.log))
region_r2, group_r2 = by_codes(rows["region"]), by_codes(rows["group"])
region_eta2, group_eta2 = by_means(rows["region"]), by_means(rows["group"])
region_chance, group_chance = (100 * (words - 1) / (nations - 1) for words in (regions, groups))
in_europe = rows["region"] == "Europe"
europe_oecd_of = rows[in_europe & (rows["group"] == "oecd")][number]
europe_other_of = rows[in_europe & (rows["group"] != "oecd")][number]
europe_oecd_n, europe_other_n = len(europe_oecd_of), len(europe_other_of)
europe_oecd, europe_other = europe_oecd_of.mean(), europe_other_of.mean()
