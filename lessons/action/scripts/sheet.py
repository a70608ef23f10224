"""What each column owes to all the others: its variance inflation, and its r with the target."""

import numpy as np
import pandas as pd

table = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
target = "rate"
features = table.drop(columns=target)

# On the diagonal of the inverse of r stand the variance inflation factors
r = features.corr()
vif = pd.Series(np.diag(np.linalg.inv(r)), features.columns)
told = 1 - 1 / vif
with_target = features.corrwith(table[target])

found = pd.DataFrame({"VIF": vif, "R² by the others": told, f"r with {target}": with_target})
print(found.sort_values("VIF", ascending=False).round(2))
