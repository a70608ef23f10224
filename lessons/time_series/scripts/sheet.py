"""Two series as levels and as changes, with p from as many rows as they are worth."""

import numpy as np
import pandas as pd
from scipy import stats

table = pd.read_csv("us_macro.csv")
levels = np.log(table[["realcons", "realinv"]])
changes = levels.diff().dropna()

for name, (x, y) in {"levels": levels.T.to_numpy(), "changes": changes.T.to_numpy()}.items():
    n, r = len(x), np.corrcoef(x, y)[0, 1]
    # The memory of both series together says how many of the rows are new (Bartlett 1946)
    a, b = (np.corrcoef(each[:-1], each[1:])[0, 1] for each in (x, y))
    worth = min(n, n * (1 - a * b) / (1 + a * b))
    p = np.nan
    if worth > 3:
        t = r * np.sqrt((worth - 2) / (1 - r**2))
        p = 2 * stats.t.sf(abs(t), worth - 2)
    print(f"{name}: r = {r:.2f}, {n} rows are worth {worth:.0f}, p = {p:.3g}")
