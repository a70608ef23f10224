"""Your own correlation ratio, of the weights of chicks and their feed."""

import numpy as np
import pandas as pd
import seaborn as sns

chicks = pd.read_csv("chickwts.csv")

ratio = chicks["feed"].astype("category").cat.codes.corr(chicks["weight"])
# What you write: lines
# Until here

print(ratio)
sns.boxplot(data=chicks, x="weight", y="feed")

# The numbers that the step names
weight, feed = chicks["weight"], chicks["feed"]
sizes = feed.value_counts()
feeds, fewest, most = len(sizes), sizes.min(), sizes.max()
given = float(ratio)
# One less the share within the feeds
within = sum(((part - part.mean()) ** 2).sum() for _, part in weight.groupby(feed))
share = 1 - within / ((weight - weight.mean()) ** 2).sum()
eta = np.sqrt(share)
feeds_alike = weight.groupby(feed).mean().std() / weight.std()
r_of_codes = feed.astype("category").cat.codes.corr(weight)
r_with_means = feed.map(weight.groupby(feed).mean()).corr(weight)
chicks = len(chicks)
