"""A cloud of noise, and what one more point does to r and to rho."""

import numpy as np
import pandas as pd
import seaborn as sns

point = [0.0, 0.0]
n = 30
seed = 11

noise = np.random.default_rng(seed).normal(size=(n, 2))
cloud = pd.DataFrame(noise, columns=["x", "y"])
extra = pd.DataFrame([point], columns=["x", "y"])
both = pd.concat([cloud, extra], ignore_index=True)

before = cloud["x"].corr(cloud["y"])
r = both["x"].corr(both["y"])
rho_before = cloud["x"].corr(cloud["y"], method="spearman")
rho = both["x"].corr(both["y"], method="spearman")
print(before, r, rho_before, rho)

sns.scatterplot(both, x="x", y="y")

# The numbers that the step names
rows = len(both)
corner = pd.concat([cloud, pd.DataFrame({"x": [8], "y": [8]})])
squares = (corner - corner.mean()) ** 2
corner_share = (squares.iloc[-1] / squares.sum()).min()
corner_r = corner["x"].corr(corner["y"])
corner_rho = corner["x"].corr(corner["y"], method="spearman")
strong, weak = 0.6, 0.2
