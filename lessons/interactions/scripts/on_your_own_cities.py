"""Four means as a surface, and how much of it is interaction on a scale."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

scale = "dollars"
residual = False

un = pd.read_csv("un.csv", index_col=0)[["ppgdp", "fertility", "pctUrban"]].dropna()
high = un[["fertility", "pctUrban"]] > un[["fertility", "pctUrban"]].median()
means = un.pivot_table("ppgdp", high["fertility"], high["pctUrban"])
scales = {
    "dollars": means,
    "square root": np.sqrt(means),
    "logarithm": np.log(means),
    "one over it": 1 / means,
}


def interaction(s):
    return s.sub(s.mean(axis=1), axis=0).sub(s.mean(axis=0), axis=1) + s.to_numpy().mean()


def share_of(s):
    return float(
        (interaction(s) ** 2).to_numpy().sum() / ((s - s.to_numpy().mean()) ** 2).sum().sum()
    )


surface = scales[scale]
share = share_of(surface)
print(f"{share:.2%} of the variance is interaction")

figure, axes = plt.subplots(1, 2)
sns.heatmap(surface, annot=True, ax=axes[0])
if residual:
    sns.heatmap(interaction(surface), annot=True, center=0, ax=axes[1])

# The numbers that the step names
more = None
countries, little, near = len(un), 0.01, 50
share_dollars = share_of(means)
low_low, low_high, high_low, high_high = means.to_numpy().ravel().tolist()
gain_low, gain_high = low_high - low_low, high_high - high_low
apart = gain_low - gain_high
factor_low, factor_high = low_high / low_low, high_high / high_low
