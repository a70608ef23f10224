"""The VIF of every predictor at once."""

import numpy as np
import pandas as pd
import seaborn as sns
from statsmodels.stats.outliers_influence import variance_inflation_factor

highway = pd.read_csv("highway.csv", index_col=0)
x = highway.select_dtypes("number").drop(columns="rate").astype(float)

factors = pd.Series(1.0, x.columns)
# What you write: lines
# Until here

factors = pd.Series(np.nan_to_num(factors), x.columns)
sns.barplot(x=factors.to_numpy(), y=x.columns, color="steelblue")

# The numbers that the step names
design = x.assign(constant=1.0).to_numpy()
truth = np.array([variance_inflation_factor(design, i) for i in range(x.shape[1])])
strongest = (x.corr() - np.eye(x.shape[1])).abs().max()
predictors = x.shape[1]
right = int(np.isclose(factors, truth, rtol=1e-6).sum())
below_one, too_small = int((factors < 1 - 1e-9).sum()), int((factors < (1 - 1e-6) * truth).sum())
is_of_pairs = bool(np.allclose(factors, 1 / (1 - strongest**2)))
is_of_covariances = bool(np.allclose(factors * x.var(), truth, rtol=1e-6))
is_rounded = bool((factors - truth).abs().max() <= 0.01 and not np.allclose(factors, truth, 1e-6))
largest, largest_name = factors.max(), factors.idxmax()
adt_said, adt_vif = factors["adt"], truth[x.columns.get_loc("adt")]
max_r = strongest.max()
pair_vif = 1 / (1 - max_r**2)
